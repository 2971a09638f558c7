"""The record: what Buckinghamshire published, every figure as it was printed.

Printed text is never altered to fit: a figure that does not follow from those beside it stays as it stands, and what follows is
said beside it.

The figures as printed:

- `documents` gives the five documents, each with its date, or the days that an undated one must lie between, and why;
- `figures` gives every figure, a row each, with a reading beside the print, and `figure` one of them as an object;
- `not_figures` gives the digits that are no figures, and why not, so that none is passed over in silence;
- `demand` gives the demand table of the Cabinet report of October 2022 as readings, and `demand_table` the same as printed;
- `ehcp_cohorts` gives the EHC plans of that report as cohorts, with the earlier ones that its percentages imply;
- `schools_inspected` gives the school inspections of that report as typed data, with its share of pupils, not of schools;
- `academy` gives the cohorts of the Social Work Academy, counted and planned, with what is not printed left unknown;
- `ambitions` gives the two national ambitions of the Schools White Paper as both papers of October 2022 print them;
- `unaccompanied_children` gives the unaccompanied children of that report, those over 18 apart, the threshold's numbers
  with the population they follow from, and the lengths of decisions with their hedges;
- `savings_lines` gives the savings of the Transformation Programme's two tables of 2023 as typed data, with what they do not
  state left unstated, and `pressures` the two overspends they are to answer;
- `inspection_outcomes` gives what inspections found, each in its own regime, `recommendations` and `areas_of_weakness` what
  they asked for, and `interventions` the direction, the notice and what followed, each of its legal kind;
- `early_help` gives how far early help reached in January 2020, the people as the upper bound that is printed.

Whether they fit one another:

- `relations` gives what should follow from what;
- `audit` checks every one of them, and says what follows and what an officer should do where it is not what is printed;
- `verdicts` says of each figure whether it agrees, disagrees or cannot be checked, and why, and `verdict` of one.

Beside official statistics:

- `official_facts` gives the official figures that are set beside the printed ones, a row each, and `official_fact` one of them;
  `official_measures` and `official_measure` what they measure, and where they are published;
- `against_official` gives each printed figure beside the official ones, as a frame; `comparisons` and `comparison` as objects;
- `claims` gives the claims in words, and `claim` one of them, each with the tests that official figures allow and what they say.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bucks_cs.record.academy_cohorts import PrintedAcademy, academy
    from bucks_cs.record.checks.auditing import audit
    from bucks_cs.record.checks.declared import DeclaredRelation, RelationKind, relations
    from bucks_cs.record.checks.found import Outcome, RecordFinding, RecordFindings
    from bucks_cs.record.checks.judged import Verdict, verdict, verdicts
    from bucks_cs.record.checks.verdict_schema import Unchecked, Verdicts
    from bucks_cs.record.cohorts import PrintedCohorts, PrintedNeedGrowth, ehcp_cohorts
    from bucks_cs.record.early_help_reach import early_help
    from bucks_cs.record.inspection_findings import areas_of_weakness, recommendations
    from bucks_cs.record.inspections import inspection_outcomes
    from bucks_cs.record.intervening import interventions
    from bucks_cs.record.kinds import FigureKind, Legibility, PeriodIs, Subject
    from bucks_cs.record.national_ambitions import PrintedAmbition, ambitions
    from bucks_cs.record.october_2022 import EARLY_2020, SO_FAR_IN_2022, demand, demand_table
    from bucks_cs.record.officially.claims_in_words import Claim, ClaimTest, claim, claims
    from bucks_cs.record.officially.comparisons import Beside, Comparison, against_official, comparison, comparisons
    from bucks_cs.record.officially.facts import OfficialFact, official_fact, official_facts
    from bucks_cs.record.officially.kinds import ClaimVerdict, Match
    from bucks_cs.record.officially.measures import OfficialMeasure, official_measure, official_measures
    from bucks_cs.record.officially.schema import AgainstOfficial, OfficialFacts
    from bucks_cs.record.papers import Body, Document, DocumentKind, document, documents
    from bucks_cs.record.printed_figures import PrintedFigure, figure, figures, not_figures
    from bucks_cs.record.savings import pressures, savings_lines
    from bucks_cs.record.schema import Figures, NotFigures
    from bucks_cs.record.schools import PrintedSchoolsInspected, schools_inspected
    from bucks_cs.record.sources import CABINET_REPORT_OCTOBER_2022
    from bucks_cs.record.unaccompanied import PrintedTransferThreshold, PrintedUnaccompaniedChildren, unaccompanied_children

__all__ = [
    "CABINET_REPORT_OCTOBER_2022",
    "EARLY_2020",
    "SO_FAR_IN_2022",
    "AgainstOfficial",
    "Beside",
    "Body",
    "Claim",
    "ClaimTest",
    "ClaimVerdict",
    "Comparison",
    "DeclaredRelation",
    "Document",
    "DocumentKind",
    "FigureKind",
    "Figures",
    "Legibility",
    "Match",
    "NotFigures",
    "OfficialFact",
    "OfficialFacts",
    "OfficialMeasure",
    "Outcome",
    "PeriodIs",
    "PrintedAcademy",
    "PrintedAmbition",
    "PrintedCohorts",
    "PrintedFigure",
    "PrintedNeedGrowth",
    "PrintedSchoolsInspected",
    "PrintedTransferThreshold",
    "PrintedUnaccompaniedChildren",
    "RecordFinding",
    "RecordFindings",
    "RelationKind",
    "Subject",
    "Unchecked",
    "Verdict",
    "Verdicts",
    "academy",
    "against_official",
    "ambitions",
    "areas_of_weakness",
    "audit",
    "claim",
    "claims",
    "comparison",
    "comparisons",
    "demand",
    "demand_table",
    "document",
    "documents",
    "early_help",
    "ehcp_cohorts",
    "figure",
    "figures",
    "inspection_outcomes",
    "interventions",
    "not_figures",
    "official_fact",
    "official_facts",
    "official_measure",
    "official_measures",
    "pressures",
    "recommendations",
    "relations",
    "savings_lines",
    "schools_inspected",
    "unaccompanied_children",
    "verdict",
    "verdicts",
]

if not TYPE_CHECKING:
    # No room is called as something in it is: importing the room would put it in that name's place.
    _ROOMS = {
        **dict.fromkeys(("PrintedAcademy", "academy"), "academy_cohorts"),
        "audit": "checks.auditing",
        **dict.fromkeys(("DeclaredRelation", "RelationKind", "relations"), "checks.declared"),
        **dict.fromkeys(("Outcome", "RecordFinding", "RecordFindings"), "checks.found"),
        **dict.fromkeys(("Verdict", "verdict", "verdicts"), "checks.judged"),
        **dict.fromkeys(("Unchecked", "Verdicts"), "checks.verdict_schema"),
        **dict.fromkeys(("PrintedCohorts", "PrintedNeedGrowth", "ehcp_cohorts"), "cohorts"),
        "early_help": "early_help_reach",
        **dict.fromkeys(("areas_of_weakness", "recommendations"), "inspection_findings"),
        "inspection_outcomes": "inspections",
        "interventions": "intervening",
        **dict.fromkeys(("FigureKind", "Legibility", "PeriodIs", "Subject"), "kinds"),
        **dict.fromkeys(("PrintedAmbition", "ambitions"), "national_ambitions"),
        **dict.fromkeys(("EARLY_2020", "SO_FAR_IN_2022", "demand", "demand_table"), "october_2022"),
        **dict.fromkeys(("Claim", "ClaimTest", "claim", "claims"), "officially.claims_in_words"),
        **dict.fromkeys(("Beside", "Comparison", "against_official", "comparison", "comparisons"), "officially.comparisons"),
        **dict.fromkeys(("OfficialFact", "official_fact", "official_facts"), "officially.facts"),
        **dict.fromkeys(("ClaimVerdict", "Match"), "officially.kinds"),
        **dict.fromkeys(("OfficialMeasure", "official_measure", "official_measures"), "officially.measures"),
        **dict.fromkeys(("AgainstOfficial", "OfficialFacts"), "officially.schema"),
        **dict.fromkeys(("Body", "Document", "DocumentKind", "document", "documents"), "papers"),
        **dict.fromkeys(("PrintedFigure", "figure", "figures", "not_figures"), "printed_figures"),
        **dict.fromkeys(("pressures", "savings_lines"), "savings"),
        **dict.fromkeys(("Figures", "NotFigures"), "schema"),
        **dict.fromkeys(("PrintedSchoolsInspected", "schools_inspected"), "schools"),
        "CABINET_REPORT_OCTOBER_2022": "sources",
        **dict.fromkeys(
            ("PrintedTransferThreshold", "PrintedUnaccompaniedChildren", "unaccompanied_children"), "unaccompanied"
        ),
    }

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{__name__}.{_ROOMS[name]}"), name)

    def __dir__() -> list[str]:
        return sorted(__all__)
