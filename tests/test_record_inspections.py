"""The record's inspections: typed facts, each as its source has it: the reports, the documents, Ofsted's files."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import fastexcel
import pytest

from bucks_cs import inspections, record
from bucks_cs.inspections import Direction, InterventionKind, NoGrade, action_plan_due, compare, directions, timeline
from bucks_cs.interchange import from_json, from_toml, to_json, to_toml
from bucks_cs.provenance import DateBounds

BY_REGIME = {"single inspection framework": "single_inspection_framework", "ILACS": "ilacs"}


def the(regime, year):
    """The graded outcome of a regime that began in a year."""
    found = record.inspection_outcomes()
    (one,) = [x for x in found if x.regime.key == regime and isinstance(x.start, dt.date) and x.start.year == year]
    return one


@pytest.fixture(scope="session")
def read_from_reports(published) -> list[dict[str, str]]:
    """The judgements of 2014, 2017 and 2021 as they were read from the reports, beside the published statistics."""
    with Path(published.parent / "record" / "inspections_buckinghamshire.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_judgement_read_from_the_reports_is_in_the_record_and_no_other(read_from_reports):
    """Seventeen judgements of three inspections, with their dates; the wording of 2014 is the short form of one grade."""
    assert len(read_from_reports) == 17
    seen = set()
    for row in read_from_reports:
        found = the(BY_REGIME[row["regime"]], int(row["inspection_start"][:4]))
        dates = [row[name] for name in ("inspection_start", "inspection_end", "published")]
        assert [day.isoformat() for day in (found.start, found.end, found.published)] == dates
        judgement = found.regime.judgement(row["judgement"], on=found.start)
        assert found.grade(judgement) == judgement.scale.read(row["grade"])
        seen.add((found.start, judgement.key))
    ours = {(year, key) for year in (2014, 2017) for key in the("single_inspection_framework", year).grades}
    assert {(day.year, key) for day, key in seen} == ours | {(2021, key) for key in the("ilacs", 2021).grades}


def test_the_overall_grades_are_inadequate_twice_and_then_requires_improvement():
    """2014 and 2017 inadequate; December 2021 and January 2025 requires improvement to be good; nothing across the regimes."""
    authority = [one for one in record.inspection_outcomes() if one.regime.family is inspections.Family.LOCAL_AUTHORITY]
    assert [(one.start.year, way) for one, way in directions(authority)] == [
        (2014, Direction.FIRST),
        (2017, Direction.SAME),
        (2021, Direction.NOT_COMPARABLE),
        (2025, Direction.SAME),
    ]
    adoption = compare(the("single_inspection_framework", 2014), the("single_inspection_framework", 2017)).judgements[3]
    assert (adoption.judgement.key, adoption.direction) == ("adoption_performance", Direction.IMPROVED)


def test_the_monitoring_visit_and_the_annual_conversation_have_no_grade():
    """October 2019 and July 2022: only the months are printed, and neither carries a grade."""
    visits = [one for one in record.inspection_outcomes() if not one.activity.carries_grades]
    assert [(one.activity.key, one.overall, one.start.earliest, one.start.latest) for one in visits] == [
        ("monitoring_visit", NoGrade.NOT_GRADED, dt.date(2019, 10, 1), dt.date(2019, 10, 31)),
        ("annual_conversation", NoGrade.NOT_GRADED, dt.date(2022, 7, 1), dt.date(2022, 7, 31)),
    ]


def test_the_area_send_inspection_has_both_dates():
    """Ofsted's list: from 7 March 2022, published on 5 May; the report to Cabinet: 28 February to 11 March."""
    area = the("area_send_2016", 2022)
    assert (area.start, area.end, area.published) == (dt.date(2022, 3, 7), None, dt.date(2022, 5, 5))
    (printed,) = area.dates_elsewhere
    assert (printed.start, printed.end) == (dt.date(2022, 2, 28), dt.date(2022, 3, 11))
    assert area.grades["written_statement_of_action_required"].key == "required"
    assert area.number_of_weaknesses == len(area.areas_of_weakness) == 3
    for figure, day in (("from", printed.start), ("to", printed.end)):
        assert record.figure(f"cabinet-2022-10/3.10/inspection-{figure}").period.start == day


def test_the_recommendations_and_weaknesses_are_printed_word_for_word(documents):
    """Each text stands in the report to Cabinet as it is here, with its numeral; seven and three, as the figures have it."""
    report = documents["003"]
    assert all(f"{one.number}. {one.text}" in report for one in (*record.recommendations(), *record.areas_of_weakness()))
    assert len(record.recommendations()) == record.figure("cabinet-2022-10/3.4/recommendations").low == 7
    assert len(record.areas_of_weakness()) == record.figure("cabinet-2022-10/3.12/areas-of-weakness").low == 3
    assert the("ilacs", 2021).recommendations == record.recommendations()


def test_the_childrens_home_is_good_and_no_more_is_known(documents):
    """The minutes print 'good' at its first inspection; its other judgements are missing and its day is bounded."""
    home = next(one for one in record.inspection_outcomes() if one.regime.key == "childrens_home_sccif")
    assert "had been rated as ‘good’ at its first Ofsted inspection" in documents["002"]
    assert home.overall.wording == "good"
    assert len(home.missing) == 2
    assert isinstance(home.start, DateBounds)
    assert home.start.latest == dt.date(2020, 1, 13)


def test_the_interventions_are_of_their_legal_kinds_with_the_dates_that_are_printed(documents):
    """The direction of July 2018 lifted after December 2021; the notice of May 2021 is not statutory; what followed each."""
    direction, notice, after, statement = record.interventions()
    assert (direction.kind, direction.kind.is_statutory, direction.begun) == (
        InterventionKind.STATUTORY_DIRECTION,
        True,
        dt.date(2018, 7, 12),
    )
    assert direction.holds(dt.date(2021, 12, 16)) is True
    assert direction.holds(dt.date(2022, 2, 11)) is None
    assert direction.holds(dt.date(2022, 10, 11)) is False
    assert notice.kind.is_statutory is False
    assert (notice.begun.earliest, notice.begun.latest) == (dt.date(2021, 5, 1), dt.date(2021, 5, 31))
    assert (after.kind.value, after.begun) == ("support and supervision", direction.ended)
    assert statement.begun == the("area_send_2016", 2022).published
    assert "Direction issued to Buckinghamshire in July 2018 has been lifted" in documents["003"]
    assert "non-statutory Improvement Notice in May 2021" in documents["001"]


def test_the_plan_was_due_when_the_report_to_cabinet_says():
    """25 May 2022: 70 working days after the report, and the figure of paragraph 3.4."""
    assert action_plan_due(the("ilacs", 2021)) == dt.date(2022, 5, 25)
    assert record.figure("cabinet-2022-10/3.4/plan-due").period.start == dt.date(2022, 5, 25)


def test_the_timeline_says_what_was_in_force_when_the_report_went_to_cabinet():
    """On 11 October 2022: requires improvement, a statement of action, support and supervision; of the notice nobody knows."""
    then = timeline(record.inspection_outcomes(), interventions=record.interventions()).on(dt.date(2022, 10, 11))
    assert {(one.regime.key, one.start.year) for one in then.outcomes if isinstance(one.start, dt.date)} == {
        ("ilacs", 2021),
        ("area_send_2016", 2022),
    }
    assert [one.kind for one in then.interventions] == [
        InterventionKind.WRITTEN_STATEMENT_OF_ACTION,
        InterventionKind.SUPPORT_AND_SUPERVISION,
    ]
    assert [one.title for one in then.perhaps] == ["Improvement notice"]


def test_the_outcomes_since_ilacs_are_as_ofsteds_list_has_them(published):
    """LA_Inspection_Outcomes_as_at_31_March_2025.ods, worksheet ILACS_inspection_history, both rows of Buckinghamshire."""
    file = published / "inspections" / "LA_Inspection_Outcomes_as_at_31_March_2025.ods"
    sheet = fastexcel.read_excel(file).load_sheet("ILACS_inspection_history", header_row=None, dtypes="string").to_polars()
    rows = [row for row in sheet.iter_rows() if row[2] == "Buckinghamshire"]
    assert len(rows) == 2
    for row in rows:
        found = the("ilacs", int(row[5][:4]))
        assert (found.start.isoformat(), found.published.isoformat()) == (row[5][:10], row[6][:10])
        assert found.activity == found.regime.activity(row[7])
        given = [found.overall, *(found.grade(name) for name in ("impact_of_leaders", "help_and_protection", "children in care"))]
        assert [grade.wording for grade in given] == [cell.casefold() for cell in row[8:12]]
        care_leavers = found.grade("care leavers")
        assert (care_leavers is NoGrade.NOT_YET) if row[12] is None else care_leavers.wording == row[12].casefold()


def test_the_area_send_outcome_is_as_ofsteds_list_has_it(published):
    """Area_SEND_inspection_data_01_May_2016_to_31_August_2022.ods, the row of Buckinghamshire: not revisited yet."""
    file = published / "inspections" / "Area_SEND_inspection_data_01_May_2016_to_31_August_2022.ods"
    sheet = fastexcel.read_excel(file).load_sheet("Area_SEND_up_to_31_Aug_2022", header_row=None, dtypes="string").to_polars()
    (row,) = [row for row in sheet.iter_rows() if row[2] == "Buckinghamshire"]
    area = the("area_send_2016", 2022)
    assert (area.start.isoformat(), area.published.isoformat()) == (row[4][:10], row[5][:10])
    assert (row[6], row[7], row[8]) == ("Yes", str(area.number_of_weaknesses), "Not revisited yet")


def test_all_of_it_comes_back_from_documents_the_same():
    """JSON and TOML give back each outcome, intervention, recommendation and weakness, equal."""
    every = (*record.inspection_outcomes(), *record.interventions(), *record.recommendations(), *record.areas_of_weakness())
    assert len(every) == 8 + 4 + 7 + 3
    for one in every:
        assert from_json(to_json(one), type(one)) == from_toml(to_toml(one), type(one)) == one
    assert (
        record.inspection_outcomes()[0] is record.inspection_outcomes()[0]
        or record.inspection_outcomes() == record.inspection_outcomes()
    )
    assert all(one.source.title for one in every)
