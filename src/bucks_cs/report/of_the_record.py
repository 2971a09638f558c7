"""What the update of October 2022 is made of: the record."""

from __future__ import annotations

from typing import Any

from bucks_cs import inspections, record
from bucks_cs.errors import MissingSource
from bucks_cs.geography import area_name
from bucks_cs.provenance import AnySource, NoOfficialSource, Source, day_in_words
from bucks_cs.report.audited import how_many
from bucks_cs.report.blocks import Section
from bucks_cs.report.demand_table import demand_findings
from bucks_cs.report.sections.ambitions import national_ambitions
from bucks_cs.report.sections.demand import demand, demand_alone
from bucks_cs.report.sections.early_help import early_help
from bucks_cs.report.sections.ehc_plans import ehc_plans
from bucks_cs.report.sections.inspections import inspections_of_the_area
from bucks_cs.report.sections.savings import planned_savings
from bucks_cs.report.sections.schools import schools_inspected
from bucks_cs.report.sections.unaccompanied import unaccompanied_children
from bucks_cs.report.sections.workforce import social_work_academy
from bucks_cs.report.sentences import paragraph, said
from bucks_cs.report.update import Chapter, Evidence

__all__ = ["demand_table_alone", "october_2022"]

_TITLE = "Children's Services Update"
_MINUTES_2020, _REPORT, _MINUTES_2023 = "cabinet-minutes-2020-01", "cabinet-2022-10", "transformation-minutes-2023"
_PRESSURES = (f"{_MINUTES_2023}/question-4/overspend", f"{_MINUTES_2023}/question-4/increase")


def october_2022() -> Evidence:
    """The record of the Children's Services Update of October 2022, section by section.

    Returns:
        `Evidence` for `bucks_cs.report.cabinet_update`: demand, EHC plans, inspections, schools, workforce, unaccompanied
        children, savings, national ambitions and early help. Savings and some of the rest are of other documents, which the
        sections say.

    Source:
        Buckinghamshire Council, *Children's Services Update*, report to Cabinet, 11 October 2022, and the documents beside it,
        through `bucks_cs.record`.

    Example:
        >>> from bucks_cs.report import october_2022
        >>> [chapter.title for chapter in october_2022().chapters][:3]
        ['Demand', 'Education, health and care plans', 'Inspections']
    """
    document = record.document(_REPORT)
    introduction = (
        paragraph(
            "This is the ",
            said(document.title),
            ", of ",
            said(day_in_words(document.latest)),
            ", rebuilt from what was printed. Every figure is as printed, or worked out from what is printed, or an official one "
            "that is said to be, and each leads to what it counts and who says so.",
        ),
        how_many(record.audit(), of="relations between the printed figures of all documents of the record"),
        paragraph(
            "Nothing printed is altered to fit. A figure that does not follow from those beside it stays as it stands, and what "
            "follows is said beside it.",
        ),
    )
    return Evidence(title=_TITLE, area=area_name(record.early_help().area), introduction=introduction, chapters=_CHAPTERS)


def demand_table_alone(table: Any, *, source: AnySource) -> Evidence:
    """A demand table of one's own, audited as that of October 2022 is.

    Args:
        table: A frame of any engine with the columns of `bucks_cs.record.demand_table` (text as printed).
        source: Where it is from.

    Returns:
        `Evidence` of one section, for `bucks_cs.report.cabinet_update`.

    Raises:
        MissingSource: There is no source.
        UnknownColumn: A column is missing.

    Example:
        >>> from bucks_cs import record
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> from bucks_cs.report import cabinet_update, demand_table_alone
        >>> mine = demand_table_alone(record.demand_table().head(2), source=NoOfficialSource(reason="my own table"))
        >>> print(cabinet_update(mine).section("demand").paragraphs[0])
        Of 2 percentages, 2 follow from the two averages beside them and 0 do not.
    """
    if not isinstance(source, (Source, NoOfficialSource)):
        raise MissingSource(what="a page of printed figures")
    findings = demand_findings(table)
    introduction = (
        paragraph("Each percentage of the table is worked out again from the two averages beside it: ", said(source), "."),
    )
    chapters = (Chapter(title="Demand", make=lambda: demand_alone(findings, source=source)),)
    return Evidence(title=f"{_TITLE}: demand", area="a table as it was given", introduction=introduction, chapters=chapters)


def _demand() -> Section:
    source = record.CABINET_REPORT_OCTOBER_2022
    keys = record.demand_table()["indicator"].to_list()
    return demand(record.demand(), demand_findings(), indicators=keys, audit=record.audit(), source=source)


def _ehc_plans() -> Section:
    place = f"{_MINUTES_2020}/vouyioukas-5"
    return ehc_plans(
        record.ehcp_cohorts(),
        audit=record.audit(),
        issued_in_time=record.figure(f"{place}/issued-within-20-weeks"),
        limit=record.figure(f"{place}/limit"),
    )


def _inspections() -> Section:
    return inspections_of_the_area(
        inspections.timeline(record.inspection_outcomes(), interventions=record.interventions()),
        told=record.document(_REPORT).latest,
        asked_for=record.recommendations(),
        weak=record.areas_of_weakness(),
        listed=(record.figure(f"{_REPORT}/3.4/recommendations"), record.figure(f"{_REPORT}/3.12/areas-of-weakness")),
        send_days=(record.figure(f"{_REPORT}/3.10/inspection-from"), record.figure(f"{_REPORT}/3.10/inspection-to")),
        plan_due=record.figure(f"{_REPORT}/3.4/plan-due"),
        audit=record.audit(),
    )


def _savings() -> Section:
    return planned_savings(
        record.savings_lines(),
        zip(record.pressures(), map(record.figure, _PRESSURES), strict=True),
        audit=record.audit(),
        document=record.document(_MINUTES_2023),
        in_words=record.figure(f"{_MINUTES_2023}/response-3/in-house-placements"),
    )


def _workforce() -> Section:
    months = (record.figure(f"{_REPORT}/3.27/first-months"), record.figure(f"{_REPORT}/3.27/remaining-months"))
    return social_work_academy(
        record.academy(),
        audit=record.audit(),
        further=(record.figure(f"{_REPORT}/3.28/planned"), record.figure(f"{_REPORT}/3.28/planned-by")),
        months=months,
        agency=record.figure(f"{_MINUTES_2020}/discussion-6.4/agency-share"),
    )


def _unaccompanied_children() -> Section:
    return unaccompanied_children(record.unaccompanied_children(), audit=record.audit())


def _early_help() -> Section:
    place = f"{_MINUTES_2020}/discussion-7"
    return early_help(
        record.early_help(),
        centres=record.figure(f"{place}/family-centres"),
        people=record.figure(f"{place}/outreach"),
        strategy=record.figure(f"{_REPORT}/3.39/strategy"),
        audit=record.audit(),
    )


_CHAPTERS = (
    Chapter(title="Demand", make=_demand),
    Chapter(title="Education, health and care plans", make=_ehc_plans),
    Chapter(title="Inspections", make=_inspections),
    Chapter(title="Schools", make=lambda: schools_inspected(record.schools_inspected(), audit=record.audit())),
    Chapter(title="Workforce", make=_workforce),
    Chapter(title="Unaccompanied children", make=_unaccompanied_children),
    Chapter(title="Savings and pressures", make=_savings),
    Chapter(title="National ambitions", make=lambda: national_ambitions(record.ambitions(), audit=record.audit())),
    Chapter(title="Early help", make=_early_help),
)
