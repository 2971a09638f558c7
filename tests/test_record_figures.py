"""The record: every figure beside the document it was printed in, and every digit of the documents accounted for."""

from __future__ import annotations

import collections
import datetime as dt
import math
import pickle
import re

import attrs
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucks_cs.audit import Bound, restatement
from bucks_cs.errors import FrameProblems, InvalidValue, NotFound, UnitError
from bucks_cs.frames import as_markdown
from bucks_cs.periods import AcademicYear, CalendarYear, FinancialYear, Snapshot
from bucks_cs.provenance import DateBounds, Source
from bucks_cs.record import (
    CABINET_REPORT_OCTOBER_2022,
    Body,
    DocumentKind,
    FigureKind,
    Figures,
    Legibility,
    NotFigures,
    PrintedFigure,
    Subject,
    demand_table,
    document,
    figure,
    figures,
    not_figures,
)
from bucks_cs.record import documents as the_documents
from bucks_cs.units import quantity

JANUARY_2020 = "cabinet-minutes-2020-01"
IMPROVEMENT = "improvement-plan-minutes-2021-22"
REPORT = "cabinet-2022-10"
MINUTES = "cabinet-minutes-2022-10"
TRANSFORMATION = "transformation-minutes-2023"
FILES = {JANUARY_2020: "002", IMPROVEMENT: "001", REPORT: "003", MINUTES: "000", TRANSFORMATION: "004"}


@pytest.fixture(scope="module")
def rows():
    """The figures, a dict each."""
    return figures().to_dicts()


@pytest.fixture(scope="module")
def text(documents):
    """The text of each document by its key."""
    return {key: documents[file] for key, file in FILES.items()}


def places_of(printed, within):
    """Where a printed figure stands in a text, not as part of a longer number or word."""
    return [m.start() for m in re.finditer(rf"(?<![\w.])(?<!\d,){re.escape(printed)}(?!\w|[.,]\d)", within)]


def starts_of(part, whole):
    """Where a part begins in a whole."""
    return [m.start() for m in re.finditer(re.escape(part), whole)]


def spans_of_figures(rows, text):
    """For each document, where each of its figures is printed: the start and end of the figure itself, and which rows say so."""
    spans = {key: collections.defaultdict(list) for key in FILES}
    for row in rows:
        for begin in starts_of(row["printed_text"], text[row["document"]]):
            for place in places_of(row["printed"], row["printed_text"]):
                spans[row["document"]][begin + place, begin + place + len(row["printed"])].append(row["id"])
    return spans


def test_each_figure_stands_in_its_document_in_the_words_given(rows, text):
    """White space folded, and nothing else changed: the figure within its words, the words within the document."""
    for row in rows:
        assert row["printed_text"] in text[row["document"]], row["id"]
        assert places_of(row["printed"], row["printed_text"]), row["id"]


def test_there_is_a_row_for_each_place_where_a_figure_stands_and_no_more(rows, text):
    """390 390 780 is two rows of 390 for its two places; a paragraph that stands twice has its figures twice."""
    sharing = collections.Counter((row["document"], row["printed_text"], row["printed"]) for row in rows)
    for (key, words, printed), how_many in sharing.items():
        places = len(starts_of(words, text[key])) * len(places_of(printed, words))
        assert places == how_many, (key, words, printed)


def test_no_place_is_recorded_as_two_figures(rows, text):
    """Where rows share a print and its words they are as many as its places, so the words of no two others overlap on it."""
    for key, spans in spans_of_figures(rows, text).items():
        for span, ids in spans.items():
            alike = {(r["printed_text"], r["printed"]) for r in rows if r["id"] in ids}
            assert len(alike) == 1, (key, span, ids)


def digits_of_no_figure(text):
    """For each document, the start and end of each group of digits that the list of reasons names."""
    found = {key: [] for key in FILES}
    for row in not_figures().iter_rows(named=True):
        starts = starts_of(row["text"], text[row["document"]])
        assert starts, ("stale: the words are not in the document", row)
        for start in starts:
            at = 0
            for token in row["digits"].split():
                where = re.compile(rf"(?<!\d){re.escape(token)}(?!\d)").search(row["text"], at)
                assert where, ("stale: the digits are not in the words", row)
                at = where.end()
                begin = start + where.start()
                found[row["document"]] += [(begin + m.start(), begin + m.end()) for m in re.finditer(r"\d+", token)]
    return found


def test_every_group_of_digits_is_in_a_figure_or_in_the_list_of_reasons_and_in_one_of_them_only(rows, text):
    """In the figure itself, not only in the words round it; nothing is passed over, and no reason is stale."""
    spans, reasons = spans_of_figures(rows, text), digits_of_no_figure(text)
    for key, words in text.items():
        groups = {m.span() for m in re.finditer(r"\d+", words)}
        in_figures = {(a, b) for a, b in groups if any(low <= a and b <= high for low, high in spans[key])}
        assert len(reasons[key]) == len(set(reasons[key])), key
        assert not in_figures & set(reasons[key]), key
        assert groups == in_figures | set(reasons[key]), [words[a - 30 : b + 30] for a, b in groups - in_figures][:5]


def test_the_coverage_test_would_find_a_figure_left_out(rows, text):
    """Without the row of 5,704 its digits are in nothing, so the test above cannot pass by being blind."""
    fewer = [row for row in rows if row["id"] != f"{REPORT}/3.22/plans"]
    left, complete = spans_of_figures(fewer, text), spans_of_figures(rows, text)
    assert [text[REPORT][a:b] for a, b in set(complete[REPORT]) - set(left[REPORT])] == ["5,704"]


def test_ids_are_unique_and_say_document_place_and_what(rows):
    """``document/place/what``; those of the demand table have which column too, after the id that the table has."""
    ids = [row["id"] for row in rows]
    assert len(set(ids)) == len(ids)
    for row in rows:
        key, place, *what = row["id"].split("/")
        assert key == row["document"]
        assert place == re.sub(r"[^a-z0-9.]+", "-", row["place"].lower())
        assert len(what) in {1, 2}
    table = demand_table()
    columns = {"early_2020_monthly_average": "early-2020", "monthly_average_2022": "2022", "percent_change": "change"}
    for one in table.iter_rows(named=True):
        for column, end in columns.items():
            assert figure(f"{one['id']}/{end}").as_printed == one[column]


def test_a_restated_figure_points_to_an_earlier_one_and_says_the_same(rows):
    """Earlier in the record, kind, numbers, unit and days alike; and to the first of all, not to another that restates."""
    seen = {}
    for row in rows:
        if row["restates"]:
            first = seen[row["restates"]]
            assert first["restates"] is None, row["id"]
            for same in ("subject", "kind", "low", "high", "unit", "period_start", "period_end"):
                assert first[same] == row[same], (row["id"], same)
        seen[row["id"]] = row


def test_the_percentages_of_the_minutes_restate_those_of_the_table():
    """52, 42 and the 43 of the conferences, as the audit compares two prints of one fact."""
    for what in ("contacts", "referrals", "initial-child-protection-conferences"):
        later, first = figure(f"{MINUTES}/discussion-2/{what}"), figure(f"{REPORT}/3.19/{what}/change")
        assert later.restates == first.id
        assert restatement(first.as_printed, later.as_printed)[0].status.value == "agrees"


def test_figures_counted_once_are_those_counted_by_hand(rows):
    """Rows, less those that repeat an earlier one.

    January 2020: 57 and "all local authorities", less the paragraphs 17-19 and 32-34, the visit of October 2019 and the home's
    grade, each said again.
    Improvement plan: 11, "a huge increase" and "many more" pathways, less the notice's month said again.
    Report: 148, five claims in words (poverty, how great the surge was and that it went on, almost exclusively, marked changes),
    all children in a trust, one category of help, later this year twice and next year's Queen's Speech: 10 more; less the 7
    recommendations said twice more, the list of three areas, two headings of the table, and the first 6 months said again: 6.
    Minutes of October 2022: 22, and in the Decision and again in the Minutes three more claims (6), the school places and the
    national issue (2), less six statements in the Decision and the same in the Minutes (12), two figures of the first ambition
    and four of the second (6), five of the academy and three of the table (8): 26. What is left is the gap on Ukrainian
    children, their school places, the pointer to 3.19 and the national issue.
    Transformation: 44, "improved significantly" and phase two, less the judgement of December 2021, and 22-23 and 23-24 said
    again.
    """
    all_of_them = collections.Counter(row["document"] for row in rows)
    once = collections.Counter(row["document"] for row in rows if row["restates"] is None)
    now = {JANUARY_2020: 57 + 1, IMPROVEMENT: 11 + 2, REPORT: 148 + 10, MINUTES: 22 + 6 + 2, TRANSFORMATION: 44 + 2}
    again = {JANUARY_2020: 4, IMPROVEMENT: 1, REPORT: 6, MINUTES: 12 + 6 + 8, TRANSFORMATION: 3}
    assert all_of_them == now
    assert once == {key: now[key] - again[key] for key in now}
    left = [row["id"] for row in rows if row["document"] == MINUTES and row["restates"] is None]
    own = ("discussion-1/ukrainian-children", "discussion-1/school-places", "discussion-2/table", "discussion-2/national-issue")
    assert left == [f"{MINUTES}/{what}" for what in own]


def test_children_seen_within_5_working_days_are_a_statement_and_no_limit_that_is_set():
    """They "were seen" within it: how many is not printed; 5 working days is the claim's own measure."""
    seen = figure(f"{IMPROVEMENT}/bullet-13/seen-within")
    assert (seen.kind, seen.as_printed, seen.printed) == (FigureKind.CLAIM, "within 5 working days", None)
    assert "children from the MASH needing an assessment" in seen.basis


MILLION, BILLION = 1e6, 1e9
READ_BY_HAND = {
    f"{REPORT}/2.14-iii/year-three": ("£1.25 billion", 1.25 * BILLION, 1.25 * BILLION, "GBP", "as printed"),
    f"{REPORT}/2.14-iii/year-one": ("£46 million", 46 * MILLION, 46 * MILLION, "GBP", "as printed"),
    f"{REPORT}/2.14-iii/total": ("£2.6bn", 2.6 * BILLION, 2.6 * BILLION, "GBP", "as printed"),
    f"{REPORT}/2.10/new-places": ("£2.6 billion", 2.6 * BILLION, 2.6 * BILLION, "GBP", "as printed"),
    f"{REPORT}/2.4/education-endowment-foundation": ("At least £100m", 100 * MILLION, 100 * MILLION, "GBP", "at least"),
    f"{REPORT}/2.5/tutoring-packages": ("up to six million", 6 * MILLION, 6 * MILLION, None, "up to"),
    f"{REPORT}/2.5/starting-salary": ("£30,000", 30_000, 30_000, "GBP/year", "as printed"),
    f"{REPORT}/2.14-x/foster-carers": ("9000", 9_000, 9_000, None, "as printed"),
    f"{REPORT}/2.4/school-week": ("32.5", 32.5, 32.5, None, "as printed"),
    f"{REPORT}/2.3-ii/gcse-ambition": ("5.0", 5, 5, "grade", "as printed"),
    f"{REPORT}/2.14-xiii/virtual-school": ("18 up to 25", 18, 25, "year", "range"),
    f"{REPORT}/3.2-iv/ages": ("16 and 17 years", 16, 17, "year", "range"),
    f"{REPORT}/3.2-vii/recommendations-listed": ("vii", 7, 7, "recommendation", "as printed"),
    f"{REPORT}/3.11/parents-and-carers": ("over 1000", 1_000, 1_000, None, "over"),
    f"{REPORT}/3.22/plans": ("5,704", 5_704, 5_704, "plan", "as printed"),
    f"{REPORT}/3.23-iii/post-16": ("post-16", 16, 16, "year", "over"),
    f"{REPORT}/3.30/threshold-percent": ("0.10%", 0.1, 0.1, "percent", "as printed"),
    f"{REPORT}/3.30/previous-percent": ("0.07%", 0.07, 0.07, "percent", "as printed"),
    f"{REPORT}/3.30/population-ages": ("0-18", 0, 18, "year", "range"),
    f"{REPORT}/3.33/decision-2017": ("about a year", 1, 1, "year", "about"),
    f"{REPORT}/3.33/decision-2018-2020": ("2 to 3 three", 2, 3, "year", "range"),
    f"{REPORT}/3.33/decision-now": ("over 4 years", 4, 4, "year", "over"),
    f"{JANUARY_2020}/discussion-6.1/academy-increase": ("10-20", 10, 20, "worker", "range"),
    f"{JANUARY_2020}/discussion-6.2/overseas-recruits": ("eight", 8, 8, "worker", "as printed"),
    f"{JANUARY_2020}/discussion-7/outreach": ("almost 1,000", 1_000, 1_000, None, "almost"),
    f"{JANUARY_2020}/discussion-8/weeks-taken": ("close to 29 weeks", 29, 29, "week", "about"),
    f"{JANUARY_2020}/cranmer-2/children-per-classroom": ("approximately three", 3, 3, "child", "about"),
    f"{JANUARY_2020}/cranmer-6/paragraphs": ("23 and 24", 23, 24, None, "range"),
    f"{IMPROVEMENT}/bullet-3/temporary-teams": ("two", 2, 2, "team", "as printed"),
    f"{IMPROVEMENT}/bullet-11/grant": ("£1.7m", 1.7 * MILLION, 1.7 * MILLION, "GBP", "as printed"),
    f"{REPORT}/2.4-i/all-children": ("all children", 100, 100, "percent", "as printed"),
    f"{REPORT}/2.9-vii/level": ("3", 3, 3, None, "as printed"),
    f"{REPORT}/2.14-v/family-help": ("one", 1, 1, None, "as printed"),
    f"{TRANSFORMATION}/presentation-6/phases": ("Phase two", 2, 2, None, "as printed"),
    f"{TRANSFORMATION}/presentation-1/children-in-care": ("surpass 100,000", 100_000, 100_000, "child", "over"),
    f"{TRANSFORMATION}/question-4/increase": ("£13.3m", 13.3 * MILLION, 13.3 * MILLION, "GBP", "as printed"),
    f"{TRANSFORMATION}/response-table-1/2023-24": ("-332", -332_000, -332_000, "GBP", "as printed"),
    f"{TRANSFORMATION}/response-table-1/2024-25": ("-2,331", -2_331_000, -2_331_000, "GBP", "as printed"),
    f"{TRANSFORMATION}/response-table-2/in-house-placements/2023-24": ("0", 0, 0, "GBP", "as printed"),
    f"{TRANSFORMATION}/response-table-2/total/future": ("2,015", 2_015_000, 2_015_000, "GBP", "as printed"),
    f"{TRANSFORMATION}/response-3/age": ("12 plus", 12, 12, "year", "at least"),
    f"{TRANSFORMATION}/response-3/in-house-placements": ("£1,325m", 1_325_000_000, 1_325_000_000, "GBP", "as printed"),
}
"""Read from the pages by hand: as printed, low, high, unit, bound."""


@pytest.mark.parametrize(("which", "read"), READ_BY_HAND.items(), ids=list(READ_BY_HAND))
def test_a_figure_is_read_as_a_person_reads_it(which, read):
    """Words, ranges, hedges, millions, thousands of a heading and minus signs."""
    one = figure(which)
    assert (one.as_printed, one.low, one.high, one.unit, one.bound) == (*read[:-1], Bound(read[-1]))


def test_each_number_is_what_an_independent_reading_of_the_print_gives(rows):
    """The audit reads the print itself, where it is not words: value, bound, and both ends of a range."""
    checked = 0
    for row in rows:
        one = figure(row["id"])
        printed = one.printed
        if printed is None or printed.text != one.as_printed:
            continue
        checked += 1
        assert printed.bound is one.bound, row["id"]
        if printed.bound is Bound.AS_PRINTED:
            assert float(printed.value) == pytest.approx(one.low, rel=1e-12), row["id"]
        elif printed.bound is Bound.RANGE:
            assert (printed.low, printed.high) == (one.low - 0.5, one.high + 0.5), row["id"]
        elif printed.bound.opens_upwards:
            assert (printed.low, printed.high) == (one.low, None), row["id"]
        elif printed.bound.opens_downwards:
            assert (printed.low, printed.high) == (0, one.high), row["id"]
    assert checked > 100


def test_what_the_audit_reads_of_words_is_the_number_they_say():
    """``two`` is 2, ``2 to 3 three`` 2 to 3, ``close to 29 weeks`` about 29: no stated width."""
    two = figure(f"{IMPROVEMENT}/bullet-3/temporary-teams").printed
    assert (two.value, two.bound) == (2, Bound.AS_PRINTED)
    years = figure(f"{REPORT}/3.33/decision-2018-2020").printed
    assert (years.low, years.high, years.bound) == (1.5, 3.5, Bound.RANGE)
    weeks = figure(f"{JANUARY_2020}/discussion-8/weeks-taken").printed
    assert (weeks.span, weeks.bound) == (None, Bound.ABOUT)
    over = figure(f"{TRANSFORMATION}/presentation-1/children-in-care").printed
    assert (over.low, over.high) == (100_000, None)


def test_dates_references_and_words_are_no_figures_for_the_audit(rows):
    """3.10 to 3.15 is no range of numbers, 2030 no count."""
    for row in rows:
        if row["kind"] in {"date", "year", "period", "reference", "claim", "gap"}:
            assert figure(row["id"]).printed is None


def test_the_text_and_the_table_print_one_saving_a_thousand_times_apart():
    """£1,325m in the text and 1,325 under £’000: both are kept, and the text is marked unresolved."""
    said = figure(f"{TRANSFORMATION}/response-3/in-house-placements")
    tabled = figure(f"{TRANSFORMATION}/response-table-2/in-house-placements/future")
    assert (said.quantity, tabled.quantity) == (quantity(1_325_000_000.0, "GBP"), quantity(1_325_000.0, "GBP"))
    assert (said.reading, tabled.reading) == (Legibility.UNRESOLVED, Legibility.READ)
    assert (tabled.scale, tabled.printed.value) == (1000, 1_325_000)
    assert said.restates is None


def test_what_is_unresolved_is_kept_as_printed_with_the_reason(rows):
    """The growth in "SLD", the dozens of recommendations and £1,325m."""
    unresolved = {row["id"]: row for row in rows if row["reading"] == "unresolved"}
    assert set(unresolved) == {
        f"{REPORT}/2.14/recommendations",
        f"{REPORT}/3.22/sld",
        f"{TRANSFORMATION}/response-3/in-house-placements",
    }
    sld = figure(f"{REPORT}/3.22/sld")
    assert (sld.as_printed, sld.low, sld.is_resolved) == ("75%", 75, False)
    assert "SPLD" in sld.note
    assert "severe" in sld.note
    assert "Unresolved" in str(sld)


ALIKE = {
    "two £2.6bn": (f"{REPORT}/2.10/new-places", f"{REPORT}/2.14-iii/total"),
    "two 60s": (f"{REPORT}/3.28/been-through", f"{REPORT}/3.28/planned"),
    "two 32s": (f"{JANUARY_2020}/cranmer-5/schools-enrolled", f"{REPORT}/3.30/supported"),
    "two 43%": (f"{REPORT}/3.19/initial-child-protection-conferences/change", f"{REPORT}/3.19/child-protection-plans/change"),
    "two 90%": (f"{REPORT}/2.3-i/key-stage-2", f"{REPORT}/3.38/pupils"),
    "two 4s": (f"{REPORT}/3.36/improved", f"{REPORT}/3.36/dropped"),
}


@pytest.mark.parametrize("ids", ALIKE.values(), ids=ALIKE)
def test_two_figures_that_look_alike_are_two(ids):
    """The same number, and another measure; neither restates the other."""
    one, other = map(figure, ids)
    assert (one.low, one.high) == (other.low, other.high)
    assert one.measure != other.measure
    assert one.restates is None
    assert other.restates is None
    assert one != other


def test_stock_and_flow_of_the_demand_table_are_told_apart():
    """Children on a plan are counted at a time, conferences over a month."""
    assert figure(f"{REPORT}/3.19/child-protection-plans/2022").basis.startswith("stock")
    assert figure(f"{REPORT}/3.19/initial-child-protection-conferences/2022").basis.startswith("flow")


MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]


def test_each_day_and_month_is_read_as_it_is_printed(rows):
    """``13th January 2020`` is that day, ``October 2019`` lies in that month; an independent reading of the print.

    Of 41 dates 12 are printed otherwise: the end of 2020 three times, the end of March 2022, towards the end of 2022, Spring
    2024, 28 February without its year, the same point in 2021 and in 2019, later this year twice and next year's Queen's Speech.
    """
    checked = 0
    for row in rows:
        match = re.fullmatch(r"(?:(\d{1,2})(?:th)? )?([A-Z][a-z]+) (\d{4})", row["printed"])
        if row["kind"] != "date" or match is None or match[2] not in MONTHS:
            continue
        checked += 1
        month, year = MONTHS.index(match[2]) + 1, int(match[3])
        first = dt.date(year, month, int(match[1] or 1))
        last = first if match[1] else (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1))
        assert (row["period_start"], row["period_end"]) == (first, last), row["id"]
        assert row["period_is"] == ("exact" if match[1] else "within")
    assert checked == 41 - 12


def test_each_year_is_read_as_it_is_printed(rows):
    """``2030`` is the calendar year; ``22-23`` and ``2023/2024`` the financial year; the academic year is its own.

    Calendar years: 10 in the report, 3 in its minutes and 1 in 2023. Financial years: the report's planning round, 6 in the
    question of 2023, 3 at the head of its first table and 1 of its second.
    """
    kinds = collections.Counter()
    for row in rows:
        if row["kind"] != "year":
            continue
        period = figure(row["id"]).period
        kinds[type(period)] += 1
        if re.fullmatch(r"\d{4}", row["printed"]):
            assert period == CalendarYear(row["printed"])
        elif row["printed"].startswith("academic"):
            assert period == AcademicYear("2021/22")
        else:
            assert period == FinancialYear(row["printed"])
    assert kinds == {CalendarYear: 10 + 3 + 1, FinancialYear: 1 + 6 + 3 + 1, AcademicYear: 1}


def test_days_of_the_week_printed_beside_dates_are_right():
    """Monday 13th January 2020, Tuesday 11 October 2022."""
    january, october = figure(f"{JANUARY_2020}/header/date"), figure(f"{REPORT}/header/date")
    assert january.period == Snapshot("2020-01-13")
    assert (january.period.start.isoweekday(), october.period.start.isoweekday()) == (1, 2)


def test_a_period_known_within_bounds_is_no_period():
    """Early 2020 is bounds with a reason; 2022-23 is a financial year; what is not dated has none."""
    early = figure(f"{REPORT}/3.19/contacts/early-2020").period
    assert isinstance(early, DateBounds)
    assert (early.earliest, early.latest) == (dt.date(2020, 1, 1), dt.date(2020, 3, 31))
    assert "early part of 2020" in early.why
    assert figure(f"{TRANSFORMATION}/question-4/overspend").period == FinancialYear("2022-23")
    assert figure(f"{JANUARY_2020}/discussion-6.2/overseas-recruits").period is None


def test_the_documents_are_five_in_order_with_the_body_of_their_day():
    """The county council until 31 March 2020, the unitary council from 1 April; the figures come in the same order."""
    assert [one.key for one in the_documents()] == list(FILES)
    assert list(dict.fromkeys(figures()["document"])) == list(FILES)
    assert [one.body.ons_code for one in the_documents()] == ["E10000002", *["E06000060"] * 4]
    assert (Body.on(dt.date(2020, 3, 31)), Body.on(dt.date(2020, 4, 1))) == (Body.COUNTY_COUNCIL, Body.COUNCIL)
    assert [one.key for one in the_documents() if one.restates] == [MINUTES]
    assert document(MINUTES).restates == REPORT
    assert document(MINUTES).kind is DocumentKind.DECISION_AND_MINUTES


def test_an_undated_document_has_bounds_with_a_reason_at_both_ends(text):
    """No date is printed in three of them; what bounds them is, or is said to be inferred."""
    undated = {one.key: one for one in the_documents() if isinstance(one.dated, DateBounds)}
    assert set(undated) == {IMPROVEMENT, MINUTES, TRANSFORMATION}
    assert (undated[IMPROVEMENT].earliest, undated[IMPROVEMENT].latest) == (dt.date(2021, 5, 1), dt.date(2022, 2, 11))
    assert (undated[TRANSFORMATION].earliest, undated[TRANSFORMATION].latest) == (dt.date(2023, 5, 1), dt.date(2024, 3, 31))
    assert undated[MINUTES].earliest == undated[MINUTES].latest == document(REPORT).dated
    assert "improvement notice in May 2021" in text[IMPROVEMENT]
    assert "December 2021" not in text[IMPROVEMENT]
    assert "Ofsted" not in text[IMPROVEMENT]
    assert "table at 3.19 of the report" in text[MINUTES]
    assert "presented to Cabinet in May 2023" in text[TRANSFORMATION]
    assert "Full year numbers have yet to be reported" in text[TRANSFORMATION]
    assert all("no date is printed" in one.dated.why for one in undated.values())


def test_the_dated_documents_print_their_dates(text):
    """As the record has them."""
    assert document(JANUARY_2020).dated == dt.date(2020, 1, 13)
    assert "Monday 13th January 2020" in text[JANUARY_2020]
    assert document(REPORT).dated == dt.date(2022, 10, 11)
    assert "Tuesday 11 October 2022" in text[REPORT]


def test_a_document_of_another_body_than_there_was_is_refused():
    """The county council had no paper of October 2022; a document does not restate itself."""
    with pytest.raises(InvalidValue, match="the council that there was"):
        attrs.evolve(document(REPORT), body=Body.COUNTY_COUNCIL)
    with pytest.raises(InvalidValue, match="another document"):
        attrs.evolve(document(REPORT), restates=REPORT)
    with pytest.raises(InvalidValue, match=r"Document\.source"):
        attrs.evolve(document(REPORT), source=None)


def test_every_figure_has_its_source_with_the_place(rows):
    """No number without one: the document, at the paragraph."""
    for row in rows:
        source = figure(row["id"]).source
        assert isinstance(source, Source)
        assert source.place == row["place"]
    assert figure(f"{REPORT}/3.19/contacts/2022").source == CABINET_REPORT_OCTOBER_2022.at("3.19")


def test_every_figure_is_a_sentence_and_an_object_that_keeps(rows):
    """``str`` has measure, print and place; the object hashes, compares and pickles."""
    for row in rows:
        one = figure(row["id"])
        said = str(one)
        assert said.endswith((".", '."'))
        assert row["printed"] in said
        assert row["place"] in said
        assert "\n" not in said
        assert pickle.loads(pickle.dumps(one)) == one
        assert hash(one) == hash(figure(row["id"]))


def test_a_sentence_says_what_the_heading_of_a_column_says():
    """52 under "% change" is a percentage, -332 under £'000 is £332,000; £5m says it itself."""
    assert "change: 52 [%] (" in str(figure(f"{REPORT}/3.19/contacts/change"))
    assert ": -332 [−£332,000] (" in str(figure(f"{TRANSFORMATION}/response-table-1/2023-24"))
    assert ": £5m (" in str(figure(f"{TRANSFORMATION}/question-4/overspend"))
    assert str(document(TRANSFORMATION)).endswith("(Buckinghamshire Council, undated, between 1 May 2023 and 31 March 2024)")


def test_a_quantity_leaves_the_hedge_out_and_a_range_has_two_ends():
    """Over 4 years is 4 years; 10-20 has no one quantity; people have no unit."""
    assert figure(f"{REPORT}/3.33/decision-now").quantity == quantity(4.0, "year")
    several = figure(f"{JANUARY_2020}/discussion-6.1/academy-increase")
    assert several.quantity is None
    assert several.ends == (quantity(10.0, "worker"), quantity(20.0, "worker"))
    assert figure(f"{JANUARY_2020}/discussion-7/outreach").ends is None
    assert figure(f"{IMPROVEMENT}/bullet-12/timely-plans").ends is None


def test_a_gap_is_no_zero_and_a_zero_is_no_gap():
    """No comprehensive data is nothing; the 0 of the savings table is a number."""
    gap = figure(f"{MINUTES}/discussion-1/ukrainian-children")
    assert (gap.kind, gap.low, gap.quantity) == (FigureKind.GAP, None, None)
    zero = figure(f"{TRANSFORMATION}/response-table-2/in-house-placements/2023-24")
    assert (zero.kind, zero.low, zero.quantity) == (FigureKind.AMOUNT, 0, quantity(0.0, "GBP"))


def test_a_figure_that_is_not_there_is_refused_with_the_nearest_name():
    """And what is no text is refused for that."""
    with pytest.raises(NotFound, match=r"Did you mean 'cabinet-2022-10/3.22/plans'"):
        figure("cabinet-2022-10/3.22/plan")
    with pytest.raises(NotFound, match=r"Did you mean 'cabinet-2022-10'"):
        document("cabinet-2022-11")
    for asked in (figure, document):
        with pytest.raises(InvalidValue, match="as text"):
            asked(None)


WRONG = {
    "one end": ({"high": None}, InvalidValue, "both low and high"),
    "upside down": ({"low": 9999.0}, InvalidValue, "low not above high"),
    "a unit of physics": ({"unit": "furlong"}, UnitError, "unknown unit"),
    "ends that are no numbers": ({"low": math.nan, "high": math.nan}, InvalidValue, r"PrintedFigure\.low"),
    "an end without an end": ({"high": math.inf}, InvalidValue, r"PrintedFigure\.high"),
    "a scale of nothing": ({"scale": 0}, InvalidValue, r"PrintedFigure\.scale"),
    "kind as text": ({"kind": "count"}, InvalidValue, r"PrintedFigure\.kind"),
    "subject as text": ({"subject": "demand"}, InvalidValue, r"PrintedFigure\.subject"),
    "document as text": ({"document": REPORT}, InvalidValue, r"PrintedFigure\.document"),
}


@pytest.mark.parametrize(("change", "error", "says"), WRONG.values(), ids=WRONG)
def test_a_figure_put_together_wrongly_is_refused(change, error, says):
    """Each by its own name."""
    with pytest.raises(error, match=says):
        attrs.evolve(figure(f"{REPORT}/3.22/plans"), **change)


def test_a_figure_of_a_callers_own_can_be_made():
    """What another council printed, with the same parts."""
    own = PrintedFigure(
        id="own/1/contacts", document=document(REPORT), place="1", subject=Subject.DEMAND, measure="contacts",
        as_printed="about 50", printed_text="about 50 contacts",
        kind=FigureKind.COUNT, low=50, high=50, unit="contact", bound=Bound.ABOUT, said_by="me",
    )  # fmt: skip
    assert str(own) == "Contacts: about 50 (Children's Services Update, report to Cabinet, 1)."
    assert own.printed.bound is Bound.ABOUT


def test_the_frame_is_typed_and_no_text_is_empty():
    """Dates are dates, numbers numbers, and what is not there is null."""
    frame = figures()
    types = dict(frame.schema)
    assert (types["period_start"], types["period_end"]) == (pl.Date, pl.Date)
    assert (types["low"], types["high"], types["scale"]) == (pl.Float64, pl.Float64, pl.Int64)
    others = types.keys() - {"period_start", "period_end", "low", "high", "scale"}
    assert {types[name] for name in others} == {pl.String}
    assert frame.columns == list(Figures.to_schema().columns)
    for name, kind in types.items():
        if kind == pl.String:
            assert not frame[name].eq("").any()
            assert frame[name].drop_nulls().eq(frame[name].drop_nulls().str.strip_chars()).all()
    assert figures() is not figures()
    assert not_figures().null_count().row(0) == (0, 0, 0, 0)


BROKEN = {
    "an id twice": {"id": f"{REPORT}/header/date"},
    "an id of another form": {"id": "F001"},
    "a subject of no list": {"subject": "Demand"},
    "one end": {"high": None},
    "upside down": {"low": 6000.0},
    "no number": {"low": None, "high": None},
    "unresolved without a note": {"reading": "unresolved"},
    "days that are not known": {"period_is": "unknown"},
    "backwards": {"period_end": dt.date(2000, 1, 1)},
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_the_schema_refuses_a_row_that_breaks_a_rule(change):
    """Each rule has a row that breaks it, and the whole record breaks none."""
    here = pl.col("id") == f"{REPORT}/3.22/plans"
    changed = [pl.when(here).then(pl.lit(new)).otherwise(pl.col(name)).alias(name) for name, new in change.items()]
    broken = figures().with_columns(changed)
    with pytest.raises(FrameProblems):
        Figures.validate(broken)


def test_the_data_dictionary_has_every_column_of_both_frames():
    """Made from the schemas themselves."""
    for model in (Figures, NotFigures):
        said = as_markdown(model)
        assert all(f"| `{name}` |" in said for name in model.to_schema().columns)


@given(st.integers(1, 20_000))
def test_a_figure_that_is_changed_is_read_as_what_it_is_changed_to(number):
    """Printed text and reading belong together: the audit's reading follows the print, not the record's number."""
    plans = figure(f"{REPORT}/3.22/plans")
    assert attrs.evolve(plans, as_printed=f"{number:,}").printed.value == number


def test_units_are_all_of_this_librarys_registry(rows):
    """And a share, a change or a threshold in percent is a percent."""
    for row in rows:
        if row["unit"] is not None:
            quantity(1.0, row["unit"])
        if "%" in row["printed"] or row["kind"] in {"share", "change"}:
            assert row["unit"] == "percent", row["id"]
        if "£" in row["printed"]:
            assert row["unit"] in {"GBP", "GBP/year"}, row["id"]
        if row["low"] is None:
            assert row["unit"] is None or row["reading"] == "unresolved", row["id"]
