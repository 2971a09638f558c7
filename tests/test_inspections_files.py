"""Ofsted's files as typed outcomes and readings: rows read, or refused and why."""

from __future__ import annotations

import csv
import datetime as dt
import logging
import pickle
from collections import Counter

import attrs
import polars as pl
import pytest

from bucks_cs import inspections
from bucks_cs.errors import (
    BucksError,
    FrameProblems,
    InvalidValue,
    MissingSource,
    UnknownArea,
    UnsupportedFrame,
)
from bucks_cs.geography import authority
from bucks_cs.inspections import (
    LocalAuthoritySheet,
    NoGrade,
    OutcomesRead,
    RefusedRow,
    area_send_of_ended_areas,
    read_area_send,
    read_local_authority_outcomes,
    read_schools_by_authority,
)
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import DateBounds
from bucks_cs.testing import as_engine
from ofsted_files import AS_AT, HEADS, MADE_UP, ON_EVERY_ENGINE, SECRET, SHEETS, cells, day

# Local authorities


def test_every_row_of_the_three_sheets_is_read(la_outcomes, la_cells):
    """153, 112 and 271 rows, none refused; counted in the file by itself."""
    for sheet, (_, rows) in SHEETS.items():
        assert len(la_cells[sheet]) == rows == la_outcomes[sheet].rows == len(la_outcomes[sheet])
        assert la_outcomes[sheet].refused == ()
        assert la_outcomes[sheet].need_every_row() is la_outcomes[sheet]


def test_every_cell_of_the_three_sheets_is_as_it_stands_there(la_outcomes, la_cells):
    """Area, days, kind, theme and each grade, row for row."""
    for sheet, outcomes in la_outcomes.items():
        kind = {"In-year_inspections": "Inspection/Visit type", "ILACS_inspection_history": "Inspection type"}.get(
            SHEETS[sheet][0]
        )
        for row, outcome in zip(la_cells[sheet], outcomes, strict=True):
            assert row["Local authority area code"] in {code.value for code in authority(outcome.area).codes}
            started = row["Inspection/Visit date" if sheet is LocalAuthoritySheet.IN_YEAR else "Inspection date"]
            assert (outcome.start, outcome.end, outcome.published) == (day(started), None, day(row["Publication date"]))
            assert kind is None or outcome.activity.title.lower() in row[kind].lower()
            assert outcome.theme == row.get("Visit Theme")
            printed = [row[heading] for heading in HEADS.values() if row[heading] is not None]
            assert [grade.wording.capitalize() for grade in outcome.grades.values()] == printed


def test_the_care_leavers_judgement_begins_on_1_january_2023(la_outcomes, la_cells):
    """168 blanks in column K of the history: every one before the day, none after, and none of them missing."""
    history = la_outcomes[LocalAuthoritySheet.HISTORY]
    blank = [row[HEADS["care_leavers"]] is None for row in la_cells[LocalAuthoritySheet.HISTORY]]
    assert sum(blank) == 168
    for is_blank, outcome in zip(blank, history, strict=True):
        assert is_blank == (outcome.start < dt.date(2023, 1, 1))
        assert (outcome.grade("care leavers") is NoGrade.NOT_YET) == is_blank
        assert ("children_in_care_and_care_leavers" in outcome.grades) == is_blank
        assert outcome.missing == ()


def test_visits_have_a_theme_and_no_grades(la_outcomes):
    """36 focused and 24 monitoring visits, 52 inspections with grades."""
    kinds = Counter(outcome.activity.key for outcome in la_outcomes[LocalAuthoritySheet.IN_YEAR])
    assert kinds == {"focused_visit": 36, "monitoring_visit": 24, "short_inspection": 30, "standard_inspection": 22}
    for outcome in la_outcomes[LocalAuthoritySheet.IN_YEAR]:
        visit = outcome.activity.key.endswith("visit")
        assert (outcome.theme is not None) == visit == (not outcome.grades)
        assert (outcome.overall is NoGrade.NOT_GRADED) == visit


def test_each_row_of_the_as_at_sheet_is_the_latest_of_its_authority_in_the_history(la_outcomes):
    """All 153, with no exception; the history has three more authorities, which have ended."""
    latest = {}
    for outcome in la_outcomes[LocalAuthoritySheet.HISTORY]:
        latest[outcome.area] = max(latest.get(outcome.area, outcome), outcome, key=lambda one: one.start)
    as_at = {outcome.area: outcome for outcome in la_outcomes[LocalAuthoritySheet.AS_AT]}
    assert len(as_at) == 153
    for area, outcome in as_at.items():
        assert attrs.evolve(latest[area], source=outcome.source) == outcome
    ended = {outcome.body_name: outcome for outcome in latest.values() if outcome.area not in as_at}
    assert set(ended) == {"Bournemouth", "Cumbria", "Northamptonshire"}
    for outcome in ended.values():
        assert outcome.note == "Ofsted: the authority no longer exists"
        assert not authority(outcome.area).exists(AS_AT.start)
    assert {outcome.note for outcome in latest.values() if outcome.area in as_at} == {""}


def test_the_inspections_of_the_year_are_those_of_the_history_that_began_in_it(la_outcomes):
    """52 with grades, the same in both sheets."""
    began = {
        (one.area, one.start): one.grades
        for one in la_outcomes[LocalAuthoritySheet.HISTORY]
        if dt.date(2024, 4, 1) <= one.start <= AS_AT.start
    }
    year = {(one.area, one.start): one.grades for one in la_outcomes[LocalAuthoritySheet.IN_YEAR] if one.grades}
    assert len(year) == 52
    assert began == year


def test_buckinghamshire_is_as_its_report_and_ofsteds_file_have_it(la_outcomes, root):
    """6 December 2021, published 11 February 2022, four judgements; January 2025 as the file has it."""
    first, second = la_outcomes[LocalAuthoritySheet.HISTORY].of(825)
    requires = "requires improvement to be good"
    assert (first.start, first.published, first.activity.key) == (
        dt.date(2021, 12, 6),
        dt.date(2022, 2, 11),
        "standard_inspection",
    )
    record = root.parent / "shared" / "record" / "inspections_buckinghamshire.csv"
    rows = list(csv.DictReader(record.read_text(encoding="utf-8").splitlines()))
    printed = {row["judgement"]: row["grade"] for row in rows if row["regime"] == "ILACS"}
    assert {first.regime.judgement(name, on=first.start).key: grade for name, grade in printed.items()} == {
        key: grade.wording for key, grade in first.grades.items()
    }
    assert (second.start, second.published) == (dt.date(2025, 1, 27), dt.date(2025, 5, 14))
    want = dict.fromkeys(("overall_effectiveness", "impact_of_leaders", "help_and_protection", "care_leavers"), requires)
    assert {key: grade.wording for key, grade in second.grades.items()} == want | {"children_in_care": "good"}
    assert str(second.source).startswith("Ofsted, Local authority inspection outcomes as at 31 March 2025, 25 September 2025")


def la_rows(*rows, kind="Inspection type", started="Inspection date", status=True):
    """Rows of a worksheet as a frame."""
    base = {
        "Local authority area code": "E06000060",
        started: "2023-05-01",
        "Publication date": "2023-07-01",
        kind: "ILACS Standard Inspection",
        "Local authority status": "Current",
        **dict.fromkeys(HEADS.values(), "Good"),
    }
    made = [base | row for row in rows]
    return pl.DataFrame(made if status else [{k: v for k, v in row.items() if k != "Local authority status"} for row in made])


WRONG_ROWS = {
    "Local authority area code: expected the code": {"Local authority area code": SECRET},
    "an authority that was there on the first day": {"Local authority area code": "E10000021", "Inspection date": "2022-05-01"},
    "Inspection date: expected the first day": {"Inspection date": None},
    "Inspection date: expected a day": {"Inspection date": SECRET},
    "Publication date: expected a day": {"Publication date": "31/02/2023"},
    "InspectionOutcome.published: expected a day on or after": {"Publication date": "2023-04-30"},
    "a kind of inspection of": {"Inspection type": SECRET},
    "an inspection whose kind is said": {"Inspection type": None},
    "Overall effectiveness: expected a grade of ilacs": {HEADS["overall"]: "Expected standard"},
    "was not yet a judgement": {"Inspection date": "2022-12-31", HEADS["care_leavers"]: "Good"},
    "makes no such judgement": {"Inspection type": "ILACS Focused Visit"},
    "was not in force on the first day": {"Inspection date": "2017-12-31", HEADS["care_leavers"]: None},
    "Local authority status: expected Current": {"Local authority status": SECRET},
}


@pytest.mark.parametrize("reason", WRONG_ROWS)
def test_a_row_that_cannot_be_is_refused_with_its_reason_and_the_others_are_read(reason):
    """The reason names the column or the judgement, the number of the row, and no cell."""
    frame = la_rows({}, WRONG_ROWS[reason], {"Local authority area code": "E10000025"})
    got = read_local_authority_outcomes(frame, sheet=LocalAuthoritySheet.HISTORY, source=MADE_UP)
    assert (len(got), got.rows) == (2, 3)
    (refused,) = got.refused
    assert refused.number == 2
    assert reason in refused.reason
    assert SECRET not in str(got)
    with pytest.raises(FrameProblems, match="1 row") as caught:
        got.need_every_row()
    assert SECRET not in str(caught.value)


def test_a_blank_is_missing_where_the_judgement_was_made(la_file):
    """After 1 January 2023 a blank for care leavers is a gap; before, it is none; a blank overall grade is one."""
    frame = la_rows(
        {HEADS["care_leavers"]: None}, {HEADS["care_leavers"]: None, "Inspection date": "2022-05-01"}, {HEADS["overall"]: None}
    )
    after, before, overall = read_local_authority_outcomes(frame, sheet=LocalAuthoritySheet.HISTORY, source=MADE_UP)
    assert [one.key for one in after.missing] == ["care_leavers"]
    assert before.missing == ()
    assert overall.overall is NoGrade.MISSING


@ON_EVERY_ENGINE
def test_a_sheet_is_read_from_a_frame_of_any_engine(engine, la_cells, la_outcomes):
    """The history and the visits as frames give what the file gives."""
    for sheet in (LocalAuthoritySheet.HISTORY, LocalAuthoritySheet.IN_YEAR):
        frame = as_engine(pl.DataFrame(la_cells[sheet], infer_schema_length=None), engine)
        got = read_local_authority_outcomes(frame, sheet=sheet, source=la_outcomes[sheet][0].source)
        assert sorted(map(str, got)) == sorted(map(str, la_outcomes[sheet]))


@pytest.mark.spark
def test_a_sheet_is_read_from_a_frame_of_spark(la_cells, la_outcomes, spark):
    """The same on Spark."""
    sheet = LocalAuthoritySheet.HISTORY
    frame = spark.createDataFrame(pl.DataFrame(la_cells[sheet], infer_schema_length=None).to_arrow())
    got = read_local_authority_outcomes(frame, sheet=sheet, source=la_outcomes[sheet][0].source)
    assert sorted(map(str, got)) == sorted(map(str, la_outcomes[sheet]))


def test_the_as_at_sheet_as_a_frame_needs_the_history_beside_it(la_cells, la_outcomes):
    """It does not say whether an inspection was standard or short; an inspection not in the history is refused."""
    sheet = LocalAuthoritySheet.AS_AT
    frame, history = (pl.DataFrame(la_cells[each], infer_schema_length=None) for each in (sheet, LocalAuthoritySheet.HISTORY))
    got = read_local_authority_outcomes(frame, sheet=sheet, history=history, source=la_outcomes[sheet][0].source)
    assert got.outcomes == la_outcomes[sheet].outcomes
    with pytest.raises(InvalidValue, match="history: expected a frame of the history"):
        read_local_authority_outcomes(frame, sheet=sheet, source=MADE_UP)
    short = history.filter(pl.col("Local authority area code") != "E06000060")
    got = read_local_authority_outcomes(frame, sheet=sheet, history=short, source=MADE_UP)
    assert [row.reason for row in got.refused] == [
        "Inspection date: expected an inspection whose kind is said, there or in the history"
    ]


def test_dates_are_read_as_dates_and_as_text():
    """A date, a timestamp, and text of three forms; in pandas a blank is no text."""
    days = [dt.date(2023, 5, 1), dt.datetime(2023, 5, 1, 9)]
    for days_given in (pl.Series(days[:1]), pl.Series(days[1:]), pl.Series(["01/05/2023"]), pl.Series(["2023-05-01T00:00:00"])):
        frame = la_rows({}).with_columns(days_given.alias("Inspection date"))
        (got,) = read_local_authority_outcomes(frame, sheet=LocalAuthoritySheet.HISTORY, source=MADE_UP)
        assert got.start == dt.date(2023, 5, 1)
    frame = la_rows({}, {"Publication date": None}).to_pandas()
    assert read_local_authority_outcomes(frame, sheet=LocalAuthoritySheet.HISTORY, source=MADE_UP)[1].published is None


def test_a_file_or_frame_that_is_not_it_is_refused(tmp_path, ofsted_folder, la_file):
    """No file, no spreadsheet, another spreadsheet, a column missing, no source, no sheet, no frame."""
    sheet = LocalAuthoritySheet.HISTORY
    with pytest.raises(InvalidValue, match="the path of a file that is there"):
        read_local_authority_outcomes(tmp_path / "none.ods", sheet=sheet)
    with pytest.raises(InvalidValue, match="a CSV file that is there"):
        read_local_authority_outcomes(tmp_path / "none.csv", sheet=sheet)
    (tmp_path / "bad.ods").write_text(SECRET, encoding="utf-8")
    with pytest.raises(FrameProblems, match="reading the spreadsheet") as caught:
        read_local_authority_outcomes(tmp_path / "bad.ods", sheet=sheet)
    assert SECRET not in str(caught.value)
    with pytest.raises(FrameProblems, match="no one worksheet has a name that begins with ILACS"):
        read_local_authority_outcomes(ofsted_folder / "Area_SEND_inspection_data_01_May_2016_to_31_August_2022.ods", sheet=sheet)
    with pytest.raises(FrameProblems, match="Publication date: there is no such column"):
        read_local_authority_outcomes(la_rows({}).drop("Publication date"), sheet=sheet, source=MADE_UP)
    for source in (None, "Ofsted"):
        with pytest.raises(MissingSource):
            read_local_authority_outcomes(la_rows({}), sheet=sheet, source=source)
    for odd in (None, "ILACS_inspection_history"):
        with pytest.raises(InvalidValue, match="a LocalAuthoritySheet"):
            read_local_authority_outcomes(la_file, sheet=odd)
    with pytest.raises(UnsupportedFrame):
        read_local_authority_outcomes([1, 2], sheet=sheet, source=MADE_UP)


def test_an_inspection_with_a_theme_is_refused():
    """Ofsted gives themes to visits alone."""
    frame = la_rows({"Visit Theme": "Front door"}, kind="Inspection/Visit type", started="Inspection/Visit date", status=False)
    got = read_local_authority_outcomes(frame, sheet=LocalAuthoritySheet.IN_YEAR, source=MADE_UP)
    assert [row.reason for row in got.refused] == ["Visit Theme: expected a blank: a standard or short inspection has no theme"]


# Area SEND


@pytest.fixture(scope="session")
def area_send(ofsted_folder):
    """The file of 2016 to 2022."""
    return read_area_send(ofsted_folder / "Area_SEND_inspection_data_01_May_2016_to_31_August_2022.ods")


def test_every_row_of_the_area_send_file_is_read(area_send, ofsted_folder):
    """149 areas: 82 statements required, 67 not; 46 revisits, 20 in all, 24 in some, 2 in none; 36 not revisited yet."""
    path = ofsted_folder / "Area_SEND_inspection_data_01_May_2016_to_31_August_2022.ods"
    rows = cells(path, "Area_SEND_up_to_31_Aug_2022", skip=4)
    assert (area_send.rows, area_send.refused, len(rows)) == (149, (), 149)
    said = Counter((one.activity.key, *(grade.key for grade in one.grades.values())) for one in area_send)
    assert said == {
        ("inspection", "required"): 82,
        ("inspection", "not_required"): 67,
        ("revisit", "in_all"): 20,
        ("revisit", "in_some"): 24,
        ("revisit", "in_none"): 2,
    }
    assert sum(row["Revisit start date"] == "Not revisited yet" for row in rows) == 36 == 82 - 46
    by_area = {}
    for one in area_send:
        by_area.setdefault(one.area, []).append(one)
    for row, of_area in zip(rows, by_area.values(), strict=True):
        inspection, *revisit = of_area
        assert row["Local authority code"] in {code.value for code in authority(inspection.area).codes}
        assert inspection.start == day(row["Inspection start date"])
        assert inspection.published == day(row["Inspection publication date"])
        number = row["Number significant weaknesses identified in written statement of action"]
        assert inspection.number_of_weaknesses == (None if number is None else int(number))
        assert bool(revisit) == (row["Revisit publication date"] is not None)
        for one in revisit:
            parts = [row[f"Number significant weaknesses where sufficient progress has {no}been made"] for no in ("", "not ")]
            assert (one.start, one.published) == (day(row["Revisit start date"]), day(row["Revisit publication date"]))
            assert [one.number_with_progress, one.number_without_progress] == [int(part) for part in parts]
            assert sum(map(int, parts)) == one.number_of_weaknesses == inspection.number_of_weaknesses


def test_buckinghamshires_area_send_inspection_is_as_ofsted_has_it(area_send):
    """7 March 2022, published 5 May 2022, a statement for three weaknesses, and not revisited yet."""
    (one,) = area_send.of(825)
    assert (one.start, one.published, one.number_of_weaknesses) == (dt.date(2022, 3, 7), dt.date(2022, 5, 5), 3)
    assert one.grade("written statement of action required").key == "required"
    assert one.overall is NoGrade.NOT_GRADED


def test_dorset_and_northamptonshire_are_in_the_notes_alone(area_send):
    """The reorganised areas are not in the table, nor are the authorities that came after inspected in their place."""
    assert len(area_send.notes) == 3
    assert "Dorset and Northamptonshire" in area_send.notes[0]
    assert not {"835", "838", "928", "940", "941"} & {one.area for one in area_send}
    dorset, again, northamptonshire = area_send_of_ended_areas()
    assert "Dorset were inspected in January 2017 and required a WSoA." in area_send.notes[1]
    assert dorset.start == DateBounds(
        earliest=dt.date(2017, 1, 1), latest=dt.date(2017, 1, 31), why="the note names the month alone"
    )
    assert (dorset.area, dorset.grade("written statement of action required").key) == ("835", "required")
    assert "The revisit took place in February 2019" in area_send.notes[1]
    assert "sufficient progress in addressing some" in area_send.notes[1]
    assert (again.start.earliest, again.grade("sufficient progress").key) == (dt.date(2019, 2, 1), "in_some")
    assert "Northamptonshire were inspected in May 2017 and did not require a WSoA." in area_send.notes[2]
    assert (northamptonshire.area, northamptonshire.start.latest) == ("928", dt.date(2017, 5, 31))
    assert northamptonshire.grade("written statement of action required").key == "not_required"
    assert not authority("835").exists(dt.date(2019, 4, 1))
    assert not authority("928").exists(dt.date(2021, 4, 1))


def test_every_row_of_the_file_of_2023_is_read(ofsted_folder):
    """16 areas by name: 5, 6 and 5 of the three outcomes; the failings with a plan and 2 or 5 areas for action."""
    path = ofsted_folder / "mi_ofsted_winter_2223.csv"
    got = read_area_send(path, source=inspections.AREA_SEND_OUTCOMES_2023)
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert (got.rows, len(got), got.refused) == (16, 16, ())
    for row, one in zip(rows, got, strict=True):
        assert one.body_name == row["Local.area.partnership"]
        assert one.start.strftime("%d/%m/%Y") == row["Inspection.start.date"]
        assert one.published.strftime("%d/%m/%Y") == row["Inspection.publication.date"]
        assert one.overall.wording == row["Inspection.outcome"].lower()
        number = row["Number.of.areas.for.priority.action"]
        assert one.number_of_weaknesses == (None if number == "NA" else int(number))
    assert sorted(Counter(str(one.overall) for one in got).values()) == [5, 5, 6]
    with pytest.raises(MissingSource):
        read_area_send(path)


SEND = {
    "Local authority code": "E06000060",
    "Inspection start date": "2018-03-05",
    "Inspection publication date": "2018-05-05",
    "Inspection outcome: written statement of action required?": "Yes",
    "Number significant weaknesses identified in written statement of action": "3",
    "Revisit start date": "2020-03-02",
    "Revisit publication date": "2020-05-05",
    "Revisit outcome: sufficient progress in addressing all significant weaknesses?": "Some",
    "Number significant weaknesses where sufficient progress has been made": "2",
    "Number significant weaknesses where sufficient progress has not been made": "1",
}
WSOA, WEAK, AGAIN, PROGRESS, MADE, NOT_MADE = (list(SEND)[n] for n in (3, 4, 5, 7, 8, 9))
NO_REVISIT = dict.fromkeys(list(SEND)[5:])
WRONG_SEND = {
    "expected Yes or No": {WSOA: SECRET},
    "a number where a statement was required, and only there": {WEAK: None},
    "expected a whole number from 0 up": {WEAK: "three"},
    "InspectionOutcome.number_of_weaknesses": {WEAK: "0"},
    "a blank where there was no revisit": {AGAIN: "Not revisited yet"},
    "a day or 'Not revisited yet'": NO_REVISIT,
    "a blank where no statement was required": {WSOA: "No", WEAK: None},
    "a day after the inspection": {AGAIN: "2017-03-02"},
    "a grade of area_send_2016": {PROGRESS: SECRET},
    "with those without, as many as there are": {MADE: "1"},
    "as the outcome of the revisit has it": {MADE: "0", NOT_MADE: "3"},
    "beside the number without, or neither": {NOT_MADE: None},
    "was not in force on the first day": {"Inspection start date": "2022-04-01", "Inspection publication date": "2022-05-05"}
    | {AGAIN: "2022-06-01"},
}


@pytest.mark.parametrize("reason", WRONG_SEND)
def test_an_area_send_row_that_cannot_be_is_refused_with_its_reason(reason):
    """Neither the inspection nor the revisit of a wrong row is taken."""
    got = read_area_send(pl.DataFrame([SEND, SEND | WRONG_SEND[reason]]), source=MADE_UP)
    assert len(got) == 2
    assert [(row.number, reason in row.reason) for row in got.refused] == [(2, True)], got.refused
    assert SECRET not in str(got)


SINCE = {
    "Local.area.partnership": "Oxfordshire",
    "Inspection.start.date": "17/07/2023",
    "Inspection.publication.date": "15/09/2023",
    "Inspection.outcome": "Widespread and/or systemic failings",
    "Priority.action.plan.required.": "Yes",
    "Number.of.areas.for.priority.action": "5",
}


@ON_EVERY_ENGINE
def test_rows_since_2023_that_cannot_be_are_refused_on_every_engine(engine):
    """A plan without failings, failings without a plan, no number of areas, an outcome of before, an area that is none."""
    wrong = (
        {"Inspection.outcome": "Inconsistent experiences and outcomes"},
        {"Priority.action.plan.required.": "No", "Number.of.areas.for.priority.action": "NA"},
        {"Number.of.areas.for.priority.action": "NA"},
        {"Inspection.outcome": "required"},
        {"Local.area.partnership": SECRET},
        {"Inspection.start.date": "17/07/2022"},
    )
    frame = as_engine(pl.DataFrame([SINCE, *(SINCE | row for row in wrong)]), engine)
    got = read_area_send(frame, source=MADE_UP)
    assert (len(got), [row.number for row in got.refused]) == (1, [2, 3, 4, 5, 6, 7])
    blank = read_area_send(
        pl.DataFrame([SINCE | {"Inspection.outcome": None, "Priority.action.plan.required.": "No"}]).with_columns(
            pl.lit(None, dtype=pl.String).alias("Number.of.areas.for.priority.action")
        ),
        source=MADE_UP,
    )
    assert blank[0].overall is NoGrade.MISSING


def test_dorset_by_name_is_the_authority_of_the_day():
    """835 to 31 March 2019 and 838 after: a name alone is settled by the first day."""
    (got,) = read_area_send(
        pl.DataFrame(
            [
                SINCE
                | {"Local.area.partnership": "Dorset", "Inspection.outcome": "Inconsistent experiences and outcomes"}
                | {"Priority.action.plan.required.": "No", "Number.of.areas.for.priority.action": "NA"}
            ]
        ),
        source=MADE_UP,
    )
    assert got.area == "838"


def test_what_was_read_is_a_sequence_that_says_what_it_is():
    """Length, index, slice, str, pickle; a class of its own parts."""
    got = read_area_send(pl.DataFrame([SEND, SEND | {WSOA: SECRET}]), source=MADE_UP)
    assert (len(got), got[0], got[1:]) == (2, got.outcomes[0], got.outcomes[1:])
    assert str(got).splitlines()[0] == "Area SEND inspections and revisits, 2016 to 2022: 2 rows, 2 outcomes, 1 row refused."
    assert pickle.loads(pickle.dumps(got)) == got
    with pytest.raises(UnknownArea):
        got.of("Atlantis")
    with pytest.raises(InvalidValue):
        OutcomesRead(what="x", outcomes=(), refused=(RefusedRow(number=1, reason="why"),), rows=0)
    with pytest.raises(InvalidValue):
        OutcomesRead(what="x", outcomes=("outcome",), rows=1)
    with pytest.raises(InvalidValue):
        RefusedRow(number=1, reason=" ")


# Schools by authority

SCHOOLS_FILE = "schools_overall_effectiveness_by_la_2019_2023.csv"


def test_schools_by_authority_are_as_the_file_has_them(ofsted_folder):
    """Every number of the file, by type; the share of each follows, and the printed percentages agree with it."""
    table = pl.read_csv(ofsted_folder / SCHOOLS_FILE)
    got = read_schools_by_authority(ofsted_folder / SCHOOLS_FILE, by="school_type").to_polars()
    printed = table.filter(pl.col("Measure").str.contains("number"))
    assert got.filter(pl.col("withheld").is_not_null()).height == 0
    counts = got.filter(pl.col("numerator").is_null())
    assert counts["value"].sum() == printed["Value"].sum()
    assert counts.filter(pl.col("value") > 0).height == printed.filter(pl.col("Value") > 0).height
    shares = got.filter(pl.col("numerator").is_not_null())
    assert shares.height == printed.select("Year", "school_type", "geographic_level", "Region", "la_name").unique().height
    named = table.filter(pl.col("la_name").is_not_null()).select("la_name", "Year", "school_type", "grand_total_schools").unique()
    totals = shares.filter(pl.col("area").str.len_chars() == 3)
    assert totals["denominator"].sum() == named["grand_total_schools"].sum()


def test_the_shares_of_england_are_those_of_ofsteds_main_findings(ofsted_folder):
    """State-funded schools inspections and outcomes as at 31 August: 86% (2019, 2021), 88% (2022), 89% (2023)."""
    got = read_schools_by_authority(ofsted_folder / SCHOOLS_FILE)
    share = got.where(indicator="inspections.schools_good_or_outstanding", area="E92000001")
    shares = {reading.period.start.year: round(reading.number) for reading in share}
    assert {year: shares[year] for year in (2019, 2021, 2022, 2023)} == {2019: 86, 2021: 86, 2022: 88, 2023: 89}
    whole = got.where(area="E92000001", period=Snapshot("31 August 2022"))
    counts = {reading.indicator.key: reading.number for reading in whole}
    assert counts["inspections.schools_good_or_outstanding"] == pytest.approx(100 * (3_837 + 15_298) / 21_725)
    # Authorities add up to regions and to England, every year.
    for year in range(2019, 2024):
        of_year = share.where(period=Snapshot(f"31 August {year}")).at()
        parts = got.where(indicator="inspections.schools_good_or_outstanding", period=Snapshot(f"31 August {year}")).to_polars()
        for form in (r"^\d{3}$", "^E12"):
            assert parts.filter(pl.col("area").str.contains(form))["denominator"].sum() == of_year.denominator


def test_dorset_and_cumberland_are_the_authorities_of_the_day(ofsted_folder):
    """Names of 2019 to 2023 settled by 31 August of each year."""
    got = read_schools_by_authority(ofsted_folder / SCHOOLS_FILE).where(indicator="inspections.schools_good").to_polars()
    years = {
        area: set(got.filter(pl.col("area") == area)["period_start"].dt.year())
        for area in ("838", "835", "909", "942", "928", "940")
    }
    assert years["838"] == {2019, 2020, 2021, 2022, 2023}
    assert years["835"] == set()
    assert (years["909"], years["942"]) == ({2019, 2020, 2021, 2022}, {2023})
    assert (years["928"], years["940"]) == ({2019, 2020}, {2021, 2022, 2023})


@ON_EVERY_ENGINE
def test_schools_by_authority_are_read_on_every_engine(engine, ofsted_folder):
    """The same readings from a frame of each kind."""
    table = pl.read_csv(ofsted_folder / SCHOOLS_FILE, infer_schema=False)
    table = table.filter(pl.col("Region").is_in(["South East", "England"]))
    want = read_schools_by_authority(table).to_polars()
    assert want.height > 500
    got = read_schools_by_authority(as_engine(table, engine)).to_polars()
    assert got.drop("value", "lower", "upper").equals(want.drop("value", "lower", "upper"))
    for column in ("value", "lower", "upper"):
        assert (got[column] - want[column]).abs().max() < 1e-9


@pytest.mark.spark
def test_schools_by_authority_are_read_on_spark(ofsted_folder, spark):
    """The same on Spark."""
    table = pl.read_csv(ofsted_folder / SCHOOLS_FILE, infer_schema=False)
    table = table.filter(pl.col("Region").is_in(["South East", "England"]))
    want = read_schools_by_authority(table).to_polars()
    got = read_schools_by_authority(spark.createDataFrame(table.to_arrow())).to_polars()
    assert got.select("indicator", "area", "numerator").equals(want.select("indicator", "area", "numerator"))


def by_grade(*rows):
    """Rows of the file of schools."""
    base = {
        "Year": "2022",
        "school_type": "State-funded special school",
        "Overall effectiveness": "Good",
        "grand_total_schools": "6",
        "geographic_level": "Local authority",
        "Region": "South East",
        "la_name": "Buckinghamshire",
        "Measure": "Overall effectiveness (number of schools)",
        "Value": "6.0",
    }
    return pl.DataFrame([base | row for row in rows])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"Year": "2025"}, "Year: is no year from 2000 to 2024"),
        ({"la_name": SECRET}, "is no area that is known in that year"),
        ({"la_name": "Cumberland"}, "is no area that is known in that year"),
        ({"Overall effectiveness": "Satisfactory"}, "Overall effectiveness: is not Outstanding or Good"),
        ({"Measure": "pupils"}, "Measure: is not Overall effectiveness"),
        ({"Value": SECRET}, "Value: is no number from 0 up"),
        ({"Value": "-1"}, "Value: is no number from 0 up"),
        ({"Value": "inf"}, "Value: is no number from 0 up"),
        ({"grand_total_schools": "x"}, "grand_total_schools: is no number"),
        ({"grand_total_schools": "7"}, "is not what the grades of an area, year and type add up to"),
        ({"Measure": "Overall effectiveness (% of schools)", "Value": "99.9"}, "is a percentage that the numbers do not give"),
        ({"school_type": None}, "school_type: is blank"),
        ({}, "more than one row has the same"),
    ],
    ids=lambda given_part: given_part if isinstance(given_part, str) else "",
)
def test_a_row_of_schools_that_cannot_be_is_counted_and_refused(row, said):
    """By its column and a count, and no cell."""
    with pytest.raises(FrameProblems, match=said) as caught:
        read_schools_by_authority(by_grade({}, row))
    assert SECRET not in str(caught.value)


def test_the_last_year_with_overall_grades_is_2024():
    """31 August 2024 lies before 2 September 2024: five indicators in each of the two years."""
    read = read_schools_by_authority(by_grade({}, {"Year": "2024"}))
    assert sorted(reading.period.start.year for reading in read) == [2022] * 5 + [2024] * 5


def test_odd_arguments_of_the_file_of_schools_are_refused(tmp_path):
    """Another breakdown, no source, no file, no such column."""
    with pytest.raises(InvalidValue, match='None for all types of school together, or "school_type"'):
        read_schools_by_authority(by_grade({}), by="Region")
    with pytest.raises(MissingSource):
        read_schools_by_authority(by_grade({}), source=None)
    with pytest.raises(InvalidValue, match="frame"):
        read_schools_by_authority(tmp_path / "none.csv")
    with pytest.raises(FrameProblems, match="Value: there is no such column"):
        read_schools_by_authority(by_grade({}).drop("Value"))
    with pytest.raises(UnsupportedFrame):
        read_schools_by_authority(3)
    assert read_schools_by_authority(by_grade({}), source=MADE_UP).source == MADE_UP


# Leaks


def test_no_cell_is_in_an_error_or_a_log(ofsted_folder, caplog, tmp_path):
    """Of each file: message, repr, args, fields, causes."""
    caplog.set_level(logging.DEBUG)
    (tmp_path / "secret.csv").write_text(f'"{SECRET}\n2031,x', encoding="utf-8")
    for refused in (
        lambda: read_schools_by_authority(by_grade({"la_name": SECRET, "Year": "2031", "Value": SECRET})),
        lambda: read_area_send(
            pl.DataFrame([SEND | {WSOA: SECRET, "Inspection start date": "2031-07-09"}]), source=MADE_UP
        ).need_every_row(),
        lambda: read_area_send(tmp_path / "secret.csv", source=MADE_UP),
        lambda: read_local_authority_outcomes(
            la_rows({"Inspection date": "2031-07-09", "Publication date": SECRET}),
            sheet=LocalAuthoritySheet.HISTORY,
            source=MADE_UP,
        ).need_every_row(),
    ):
        with pytest.raises(BucksError) as caught:
            refused()
        error = caught.value
        said = " ".join(map(repr, (error, str(error), error.args, error.fields, error.__cause__, error.__context__, caplog.text)))
        assert error.__cause__ is None
        assert error.__context__ is None
        for cell in (SECRET, "2031"):
            assert cell not in said
