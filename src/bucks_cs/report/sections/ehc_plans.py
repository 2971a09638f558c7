"""Education, health and care plans: how many, how they grew, by which need, and what is printed of the 20 weeks."""

from __future__ import annotations

from bucks_cs import charts, ehcp, geography
from bucks_cs.ehcp import ImpliedCohort
from bucks_cs.indicators.wording import capital
from bucks_cs.record import PrintedCohorts, PrintedFigure, PrintedNeedGrowth, RecordFindings, comparison
from bucks_cs.report.audited import audited_section
from bucks_cs.report.blocks import Block, Bullets, Drawing, Section, Subheading, Table
from bucks_cs.report.definitions import Definition, Use
from bucks_cs.report.sentences import Paragraph, amount, listed, paragraph, printed, said, span
from bucks_cs.tables import Layout

__all__ = ["ehc_plans"]

_PLACES = ("cabinet-2022-10/3.22", "cabinet-2022-10/3.23")
_TWENTY_WEEKS = "cabinet-minutes-2020-01/vouyioukas-5"
_NOT_COUNTED = "The counts behind the growth of a need are not printed."


def ehc_plans(cohorts: PrintedCohorts, *, audit: RecordFindings, issued_in_time: PrintedFigure, limit: PrintedFigure) -> Section:
    """EHC plans as the update of October 2022 has them.

    Args:
        cohorts: As `bucks_cs.record.ehcp_cohorts` gives them.
        audit: What the audit found of the record.
        issued_in_time: The share issued within the limit, which another document prints.
        limit: The limit, as that document prints it.
    """
    blocks: list[Block] = [
        _maintained(cohorts),
        *(_implied(cohort) for cohort in cohorts.implied),
        Subheading(text="Growth by primary need"),
        *_by_need(cohorts),
        _growth_chart(cohorts.growth_by_need),
        Subheading(text="How soon plans are issued"),
        *_how_soon(issued_in_time, limit),
        _counts(cohorts),
    ]
    return audited_section("ehc-plans", "Education, health and care plans", blocks, places=(*_PLACES, _TWENTY_WEEKS), audit=audit)


def _maintained(cohorts: PrintedCohorts) -> Paragraph:
    cohort = cohorts.cohort
    plans = amount(cohort.total, of=ehcp.PLANS, source=cohort.source)
    where, when = geography.area(cohort.area).name, cohort.at
    return paragraph(
        "In ", said(when), " ", said(where), " maintained ", plans, ".", f" {capital(cohort.note)}." if cohort.note else ""
    )


def _implied(cohort: ImpliedCohort) -> Paragraph:
    low, high = cohort.bounds
    between = span(low, high, of=ehcp.PLANS, source=cohort.source)
    return paragraph(
        "The count of ",
        said(cohort.at),
        " is not printed. ",
        said(cohort.follows_from.rstrip(".")),
        ", so that it was ",
        between,
        ".",
    )


def _by_need(cohorts: PrintedCohorts) -> list[Block]:
    found = cohorts.growth_by_need
    earlier = found[0].earlier
    blocks: list[Block] = [
        paragraph(
            "Growth by primary need is counted from ",
            said(earlier),
            ", and that of all plans from ",
            listed(str(cohort.at) for cohort in cohorts.implied),
            ": they are of other windows and do not compare. ",
            _NOT_COUNTED,
        )
    ]
    open_to_doubt = [one for one in found if one.need is None]
    if open_to_doubt:
        blocks.append(Bullets(items=[_which_need(one) for one in open_to_doubt]))
    return blocks


def _which_need(one: PrintedNeedGrowth) -> Paragraph:
    needs = listed(need.meaning.lower() for need in one.needs)
    return paragraph(
        said(f"“{one.label}”"), ", ", printed(one.figure), ", may be either of ", needs, ": print does not settle which."
    )


def _growth_chart(found: tuple[PrintedNeedGrowth, ...]) -> Drawing:
    rows = [(one.label, str(one.earlier), str(one.later), one.figure.as_printed) for one in found]
    laid = Layout(
        title="Growth of EHC plans by primary need, as printed",
        keys=("Primary need",),
        figures=("From", "To", "More plans (printed)"),
        rows=rows,
        notes=(_NOT_COUNTED,),
        sources=tuple(dict.fromkeys(str(one.source) for one in found)),
    )
    uses = [Use(definition=Definition.of_printed(one.figure), source=one.source) for one in found]
    return Drawing(name="growth-by-primary-need", chart=charts.growth_by_need(found), layout=laid, uses=uses)


def _how_soon(issued: PrintedFigure, limit: PrintedFigure) -> list[Block]:
    return [
        paragraph(
            "The update prints no share of plans issued in time. Another document, ",
            said(issued.document),
            ", says that its target of ",
            printed(issued),
            " was met (",
            said(issued.period_said),
            "), against the limit of ",
            printed(limit),
            " from the request.",
        ),
        paragraph("Beside official statistics: ", said(comparison(issued.id))),
    ]


def _counts(cohorts: PrintedCohorts) -> Table:
    cohort = cohorts.cohort
    rows: list[tuple[str, float, float, str]] = [
        (str(one.at), float(one.least.magnitude), float(one.most.magnitude), "follows from a printed percentage")
        for one in reversed(cohorts.implied)
    ]
    plans = float(cohort.total.magnitude)
    rows.append((str(cohort.at), plans, plans, "printed"))
    laid = Layout(
        title="EHC plans maintained: printed, and as far as a printed percentage settles them",
        keys=("When",),
        figures=("Fewest (plans)", "Most (plans)", "How it is known"),
        rows=rows,
        sources=tuple(dict.fromkeys((str(cohort.source), *(str(one.source) for one in cohorts.implied)))),
    )
    return Table(
        name="ehc-plans-maintained", layout=laid, uses=(Use(definition=Definition.of(ehcp.PLANS), source=cohort.source),)
    )
