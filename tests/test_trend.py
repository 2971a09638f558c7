"""Changes: the arithmetic, its gaps, what may be compared, and what is said of a break."""

from __future__ import annotations

import datetime as dt
import itertools
import pickle

import attrs
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs import trend
from bucks_cs.demand import REFERRALS
from bucks_cs.errors import AcrossBreak, InvalidValue, NotComparable
from bucks_cs.indicators import Better, Break, Indicator, Interval, Kind, Measure, Reading, Withheld
from bucks_cs.periods import AcademicYear, CalendarYear, FinancialYear, Month, MonthlyAverage, ReportingYear, Snapshot, Span
from bucks_cs.provenance import NoOfficialSource, Source
from bucks_cs.readings import Readings

LOCAL = NoOfficialSource(reason="made up for a test")
CABINET = Source(
    title="Children's Services Update", publisher="Buckinghamshire Council", date=dt.date(2022, 10, 11), place="paragraph 3.19"
)


def made_up(key="demand.contacts", *, unit="contact", measure=Measure.COUNT, title="Contacts", breaks=(), kind=Kind.FLOW):
    """An indicator of a test."""
    return Indicator(
        key=key, title=title, counts="contacts received", measure=measure, kind=kind, unit=unit, better=Better.NEITHER,
        sources=LOCAL, breaks=breaks,
    )  # fmt: skip


CONTACTS = made_up()
ON_TIME = made_up("ehcp.on_time", unit="percent", measure=Measure.SHARE, title="EHC plans on time")
SAVINGS = made_up("savings.net", unit="GBP", measure=Measure.AMOUNT, title="Net saving")
RATE = Indicator(
    key="uasc.rate", title="Rate", counts="children", measure=Measure.RATE, kind=Kind.STOCK, unit="per_10_000", per=10_000,
    better=Better.NEITHER, sources=LOCAL,
)  # fmt: skip
PER_100 = attrs.evolve(RATE, unit="percent", per=100)
BEFORE, AFTER = FinancialYear("2021-22"), FinancialYear("2022-23")
SPAN = Span("2021-04-01", "2023-03-31")


def pair(before, after, indicator=CONTACTS, **fields):
    """Two readings of two years."""
    return Reading.of(indicator, before, period=BEFORE, **fields), Reading.of(indicator, after, period=AFTER, **fields)


def a_break(on, *, area=None, what="a new form", certain=True):
    """A break of a test."""
    return Break(on=dt.date.fromisoformat(on), what=what, area=area, certain=certain, source=LOCAL)


def years_of(readings):
    """The changes of readings in a frame."""
    return trend.change(Readings.of(readings), earlier=BEFORE, later=AFTER)


# The arithmetic.


@pytest.mark.parametrize(
    ("row", "before", "after", "absolute", "percent"),
    [
        ("Contacts", 1_375, 2_088, 713, "51.9"),  # 713 / 1,375 = 0.51855
        ("Referrals", 902, 1_282, 380, "42.1"),  # 380 / 902 = 0.42129
        ("Section 47 enquiries", 200, 256, 56, "28.0"),  # 56 / 200 = 0.28; the report prints 24
        ("Initial child protection conferences", 55, 74, 19, "34.5"),  # 19 / 55 = 0.34545; it prints 43
        ("Child protection plans", 512, 730, 218, "42.6"),  # 218 / 512 = 0.42578
        ("Allocated social worker", 2_283, 4_144, 1_861, "81.5"),  # 1,861 / 2,283 = 0.81516; it prints 26
    ],
)
def test_the_demand_table_of_october_2022_changes_by_what_its_own_rows_give(row, before, after, absolute, percent):
    """Buckinghamshire, Cabinet, 11 October 2022, paragraph 3.19: two monthly averages whose months are not printed."""
    windows = MonthlyAverage("2020-01", "2020-03", exact=False), MonthlyAverage("2022-01", "2022-09", exact=False)
    first, last = (
        Reading.of(CONTACTS, n, period=window, source=CABINET) for n, window in zip((before, after), windows, strict=True)
    )
    change = trend.change(first, last)
    assert change.absolute.number == absolute
    assert f"{change.percent.number:.1f}" == percent
    assert change.points is None
    assert change.absolute.source == CABINET
    assert change.absolute.period == Span("2020-01-01", "2022-09-30")


def test_a_share_changes_by_points_and_not_by_percent():
    """40% to 50% is 10 points; as a percent it would be 25, and nobody would know which was meant."""
    change = trend.change(*pair(40, 50, ON_TIME))
    assert change.points.number == 10
    assert change.points.indicator.unit == "percentage_point"
    assert change.points.indicator.key == "ehcp.on_time/change_points"
    assert change.percent is None
    assert change.absolute == change.points
    assert change.readings == (change.points,)


def test_a_change_is_defined_after_the_indicator_that_changes():
    """Key, title, unit; sources, direction, stock or flow and breaks are the indicator's own."""
    absolute, percent = (reading.indicator for reading in trend.change(*pair(10, 15)).readings)
    assert (absolute.key, absolute.title, absolute.unit) == (
        "demand.contacts/change",
        "Change in contacts from 2021-22 to 2022-23",
        "contact",
    )
    assert (percent.key, percent.title, percent.unit) == (
        "demand.contacts/change_percent",
        "Change in contacts, percent, from 2021-22 to 2022-23",
        "percent",
    )
    for derived in (absolute, percent):
        assert derived.measure is Measure.CHANGE
        assert (derived.sources, derived.better, derived.kind) == (CONTACTS.sources, CONTACTS.better, CONTACTS.kind)
        assert derived.counts.endswith("of contacts received")
    points = trend.change(*pair(40, 50, ON_TIME)).points.indicator
    assert points.title == "Change in EHC plans on time, percentage points, from 2021-22 to 2022-23"


def test_the_reading_of_a_change_says_between_which_two_periods_it_is():
    """Its own period is from the first day to the last, which hides where the one ends and the other begins."""
    changes = trend.change(Readings.of(pair(16_500, 25_056, area="825")), earlier=BEFORE, later=AFTER)
    absolute, percent = changes
    assert str(absolute) == "Change in contacts from 2021-22 to 2022-23 in 825, 1 April 2021 to 31 March 2023: 8,556 contacts"
    assert str(percent).startswith("Change in contacts, percent, from 2021-22 to 2022-23 in 825, ")
    assert "Change in contacts from 2021-22 to 2022-23 (contacts)" in changes.to_html()
    assert absolute.indicator.counts == (
        "the later figure (financial year 2022-23) less the earlier (financial year 2021-22), of contacts received"
    )
    quarters = Span("2022-04-01", "2022-06-30"), Span("2022-07-01", "2022-09-30")
    change = trend.change(*(Reading.of(CONTACTS, n, period=quarter) for n, quarter in zip((1, 2), quarters, strict=True)))
    between = "from (1 April 2022 to 30 June 2022) to (1 July 2022 to 30 September 2022)"
    assert change.absolute.indicator.title == f"Change in contacts {between}"


def test_the_change_of_a_rate_is_in_its_own_unit():
    """A rate has a number it is per; its change does not, and keeps the unit."""
    change = trend.change(*pair(40, 50, RATE))
    assert (change.absolute.number, change.absolute.indicator.unit, change.percent.number) == (10, "per_10_000", 25)


@given(before=st.integers(1, 10**9), after=st.integers(0, 10**9))
def test_the_earlier_figure_and_the_change_give_back_the_later(before, after):
    """Absolute and percent both lead from the one to the other."""
    change = trend.change(*pair(before, after))
    assert before + change.absolute.number == after
    assert before * (1 + change.percent.number / 100) == pytest.approx(after, rel=1e-9, abs=1e-6)


# Gaps.


def test_a_percent_of_nothing_is_not_applicable_and_the_absolute_change_stands():
    """0 to 5 is up 5; there is nothing to take a percent of."""
    change = trend.change(*pair(0, 5))
    assert change.absolute.number == 5
    assert change.percent.withheld is Withheld.NOT_APPLICABLE
    assert trend.change(*pair(0, 0)).percent.withheld is Withheld.NOT_APPLICABLE


def test_a_percent_of_a_base_below_0_is_unresolved():
    """−£100 to £50 is up £150: 150% of the base's size, −150% of the base. Neither is chosen."""
    change = trend.change(*pair(-100, 50, SAVINGS))
    assert change.absolute.number == 150
    assert change.percent.withheld is Withheld.UNRESOLVED


@pytest.mark.parametrize("gap", list(Withheld))
def test_a_gap_on_either_side_is_a_gap_of_the_change_with_its_reason(gap):
    """Before, after or both."""
    for first, last in ((gap, 5), (5, gap), (gap, gap)):
        change = trend.change(*pair(first, last))
        assert {reading.withheld for reading in change.readings} == {gap}
    assert trend.change(*pair(gap, 50, ON_TIME)).points.withheld is gap


def test_of_two_gaps_the_first_in_order_is_the_reason():
    """c before x before z; a base of 0 is a z like another."""
    assert trend.change(*pair(Withheld.NOT_AVAILABLE, Withheld.CONFIDENTIAL)).absolute.withheld is Withheld.CONFIDENTIAL
    assert trend.change(*pair(0, Withheld.CONFIDENTIAL)).percent.withheld is Withheld.CONFIDENTIAL
    assert trend.change(*pair(-1, Withheld.NOT_APPLICABLE, SAVINGS)).percent.withheld is Withheld.UNRESOLVED
    assert trend.change(*pair(-1, Withheld.NOT_APPLICABLE, SAVINGS)).absolute.withheld is Withheld.NOT_APPLICABLE


# Bounds.


def test_bounds_of_rounding_give_bounds_of_the_change():
    """10 stands for 9.5 to 10.5 and 15 for 14.5 to 15.5: from 4 to 6, and from 14.5/10.5 to 15.5/9.5: 38.1% to 63.2%."""
    rounding = {"interval": Interval.ROUNDING}
    first = Reading.of(CONTACTS, 10, period=BEFORE, lower=9.5, upper=10.5, **rounding)
    last = Reading.of(CONTACTS, 15, period=AFTER, lower=14.5, upper=15.5, **rounding)
    change = trend.change(first, last)
    assert (change.absolute.bound("lower"), change.absolute.bound("upper")) == (4, 6)
    assert change.percent.bound("lower") == pytest.approx((14.5 / 10.5 - 1) * 100)
    assert change.percent.bound("upper") == pytest.approx((15.5 / 9.5 - 1) * 100)
    assert change.percent.interval is change.absolute.interval is Interval.ROUNDING


@given(
    first=st.tuples(st.floats(0.5, 1e6), st.floats(0, 1e5)),
    last=st.tuples(st.floats(-1e6, 1e6), st.floats(0, 1e5)),
    where=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_whatever_the_unrounded_figures_were_their_change_is_within_the_bounds(first, last, where):
    """Any point of the one interval and any of the other; a later figure may be below 0."""
    (low, width), (low2, width2) = first, last
    range_ = {"interval": Interval.BOUNDS}
    one = Reading.of(SAVINGS, low, period=BEFORE, lower=low, upper=low + width, **range_)
    two = Reading.of(SAVINGS, low2, period=AFTER, lower=low2, upper=low2 + width2, **range_)
    true, true2 = low + where[0] * width, low2 + where[1] * width2
    change = trend.change(one, two)
    slack = 1e-6 * (1 + abs(true2 / true) * 100)
    assert change.absolute.bound("lower") - slack <= true2 - true <= change.absolute.bound("upper") + slack
    assert change.percent.bound("lower") - slack <= (true2 / true - 1) * 100 <= change.percent.bound("upper") + slack
    assert change.absolute.interval is Interval.BOUNDS


def test_confidence_intervals_of_two_figures_make_none_of_their_change():
    """Nor does an interval on one side alone, nor a percent of what may be 0."""
    sure = {"interval": Interval.ROUNDING}
    guess = {"interval": Interval.CONFIDENCE, "level": 0.95}
    last = Reading.of(CONTACTS, 15, period=AFTER, lower=14, upper=16, **sure)
    for first in (
        Reading.of(CONTACTS, 10, period=BEFORE, lower=9, upper=11, **guess),
        Reading.of(CONTACTS, 10, period=BEFORE),
        Reading.of(CONTACTS, 10, period=BEFORE, upper=11, **sure),
    ):
        assert {reading.interval for reading in trend.change(first, last).readings} == {None}
    low = Reading.of(CONTACTS, 0.4, period=BEFORE, lower=0, upper=0.5, **sure)
    assert trend.change(low, last).absolute.interval is Interval.ROUNDING
    assert trend.change(low, last).percent.interval is None


# Comparable periods.


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (FinancialYear("2021-22"), FinancialYear("2022-23")),
        (AcademicYear("2018/19"), AcademicYear("2022/23")),
        (CalendarYear(2021), CalendarYear(2022)),
        (ReportingYear(2021, ends=(3, 31)), ReportingYear(2022, ends=(3, 31))),
        (Month("2020-02"), Month("2022-03")),
        (Snapshot("2021-03-31"), Snapshot("2022-03-31")),
        (MonthlyAverage("2020-01", "2020-03"), MonthlyAverage("2022-01", "2022-12")),
        (MonthlyAverage("2020-01", "2020-03", exact=False), MonthlyAverage("2022-01", "2022-12")),
        (Month("2020-02"), MonthlyAverage("2022-01", "2022-12")),
        (Span("2022-04-01", "2022-06-30"), Span("2022-07-01", "2022-09-30")),  # 91 and 92 days: three months each
        (Span("2020-10-01", "2021-09-30"), Span("2021-10-01", "2022-09-30")),  # a year that is none of the kinds
        (Span("2022-04-05", "2022-04-11"), Span("2022-05-05", "2022-05-11")),
    ],
    ids=str,
)
def test_periods_of_one_kind_and_length_are_comparable(first, last):
    """A month has the figure of one month, and so has a monthly average, of however many."""
    change = trend.change(Reading.of(CONTACTS, 10, period=first), Reading.of(CONTACTS, 12, period=last))
    assert change.absolute.number == 2
    assert change.absolute.period == Span(first.start, last.end)


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        (FinancialYear("2021-22"), Month("2022-05"), "one figure is of a financial year, the other of a month"),
        (FinancialYear("2021-22"), MonthlyAverage("2022-04", "2023-03"), "the other of a monthly average"),
        (FinancialYear("2021-22"), ReportingYear(2023, ends=(3, 31)), "the other of a reporting year"),
        (ReportingYear(2021, ends=(3, 31)), ReportingYear(2022, ends=(9, 30)), "only periods of one kind have an order"),
        (FinancialYear("2022-23"), FinancialYear("2021-22"), "the earlier period must come before the later"),
        (FinancialYear("2022-23"), FinancialYear("2022-23"), "the earlier period must come before the later"),
        (Snapshot("2022-03-31"), Snapshot("2021-03-31"), "the earlier period must come before the later"),
        (MonthlyAverage("2022-01", "2022-12"), Month("2022-12"), "the earlier months must be over"),
        (
            MonthlyAverage("2021-01", "2022-01", exact=False),
            MonthlyAverage("2022-01", "2022-12"),
            "the earlier months must be over",
        ),
        (Span("2022-01-01", "2022-06-30"), Span("2022-02-01", "2022-07-31"), "must be over before the later begins"),
        (Span("2021-07-01", "2022-06-30"), Span("2021-10-01", "2022-09-30"), "must be over before the later begins"),
        (Span("2022-04-01", "2022-06-30"), Span("2022-06-30", "2022-09-28"), "must be over before the later begins"),
        (Span("2022-04-01", "2022-06-30"), Span("2022-07-01", "2022-12-31"), "not of one length"),
        (Span("2022-04-05", "2022-04-11"), Span("2022-05-05", "2022-05-12"), "not of one length"),
    ],
    ids=str,
)
def test_other_periods_are_refused_with_the_reason(first, last, why):
    """For two readings and for readings alike."""
    one, two = Reading.of(CONTACTS, 10, period=first), Reading.of(CONTACTS, 12, period=last)
    with pytest.raises(NotComparable, match=why):
        trend.change(one, two)
    if first != last:
        with pytest.raises(NotComparable, match=why):
            trend.change(Readings.of([one, two]), earlier=first, later=last)


def test_two_readings_of_different_things_are_refused():
    """Another indicator, another definition under the same key, another area, another breakdown; no cell is named."""
    first, _ = pair(1, 2)
    other = made_up(title="Contacts by telephone")
    for reading, differ in (
        (pair(1, 2, ON_TIME)[1], "indicator"),
        (pair(1, 2, other)[1], "indicator"),
        (pair(1, 2, area="825")[1], "area"),
        (pair(1, 2, dims={"team": "secret 900913"})[1], "dims"),
    ):
        with pytest.raises(NotComparable, match=f"they differ in {differ}") as caught:
            trend.change(first, reading)
        assert "900913" not in str(caught.value)


def test_a_change_of_a_change_is_refused():
    """It would be read as acceleration, and its key has no form."""
    a, b = trend.change(*pair(1, 2)), trend.change(*pair(5, 8))
    with pytest.raises(NotComparable, match="it is a change itself"):
        trend.change(a.absolute, b.absolute)
    with pytest.raises(NotComparable, match="it is a change itself"):
        trend.change(Readings.of([a.absolute]), earlier=BEFORE, later=AFTER)


def test_anything_but_two_readings_or_readings_with_two_periods_is_refused():
    """With what was expected."""
    one, two = pair(1, 2)
    for call in (
        lambda: trend.change(one),
        lambda: trend.change(one, two, earlier=BEFORE, later=AFTER),
        lambda: trend.change(Readings.of([one, two])),
        lambda: trend.change(Readings.of([one, two]), earlier=BEFORE),
        lambda: trend.change(Readings.of([one, two]), earlier="2021-22", later="2022-23"),
        lambda: trend.change(Readings.of([one, two]), two, earlier=BEFORE, later=AFTER),
        lambda: trend.change(1_375, 2_088),
    ):
        with pytest.raises(InvalidValue, match=r"trend\.change"):
            call()


# Breaks.


@pytest.mark.parametrize(
    ("on", "passed"),
    [
        ("2021-04-01", False),  # the first day of the earlier year: both years are of the new series
        ("2021-04-02", True),  # within the earlier year
        ("2022-04-01", True),  # between them
        ("2023-03-31", True),  # the last day of the later year
        ("2023-04-01", False),  # after it
    ],
)
def test_a_break_after_the_first_day_of_the_earlier_and_up_to_the_last_of_the_later_is_in_the_way(on, passed):
    """Within either period too: part of that figure is then of the other series."""
    broken = made_up(breaks=[a_break(on)])
    readings = pair(10, 12, broken, area="825")
    if not passed:
        assert trend.change(*readings).breaks == ()
        return
    for call in (lambda: trend.change(*readings), lambda: trend.change(Readings.of(readings), earlier=BEFORE, later=AFTER)):
        with pytest.raises(AcrossBreak, match="a new form") as caught:
            call()
        assert len(caught.value.breaks) == 1


def test_a_stock_is_not_broken_by_what_changed_on_its_earlier_day():
    """From 31 March to 31 March: a break on the first is over, one on the second is in the way."""
    days = Snapshot("2021-03-31"), Snapshot("2022-03-31")
    for on, passed in (("2021-03-31", False), ("2021-04-01", True), ("2022-03-31", True), ("2022-04-01", False)):
        plans = made_up(breaks=[a_break(on)], kind=Kind.STOCK)
        change = trend.change(*(Reading.of(plans, 1, period=day, area="825") for day in days), across_breaks=True)
        assert bool(change.breaks) is passed


def test_going_on_across_a_break_is_said_in_the_result():
    """In the sentence, in the breaks of the change, and in the title and definition of what is derived."""
    broken = made_up(breaks=[a_break("2022-04-01", certain=False), a_break("2021-10-01", what="an earlier thing")])
    change = trend.change(*pair(10, 12, broken, area="825"), across_breaks=True)
    assert [b.what for b in change.breaks] == ["an earlier thing", "a new form"]
    inferred = "1 April 2022: a new form (inferred from the figures, not published)"
    told = f"1 October 2021: an earlier thing (certain); {inferred}"
    assert str(change).endswith(f"; across 2 breaks (1 of them inferred from the figures): {told}")
    assert change.absolute.indicator.title == "Change in contacts from 2021-22 to 2022-23 (across 2 breaks)"
    assert change.percent.indicator.counts.endswith(f"passing over {told}")


def test_a_break_of_another_area_is_not_in_the_way_but_where_no_area_is_given_it_may_be():
    """The caller's own area may be that one; she is told to say."""
    broken = made_up(breaks=[a_break("2022-04-01", area="825")])
    assert trend.change(*pair(10, 12, broken, area="826")).breaks == ()
    with pytest.raises(AcrossBreak):
        trend.change(*pair(10, 12, broken, area="825"))
    with pytest.raises(AcrossBreak, match="where no area is given any area's break may be its own"):
        trend.change(*pair(10, 12, broken))


def test_readings_are_stopped_by_the_breaks_of_the_areas_they_have():
    """Another area's rows go through; one row of the area is enough, in either period."""
    broken = made_up(breaks=[a_break("2022-04-01", area="825")])
    others = pair(10, 12, broken, area="826")
    assert len(trend.change(Readings.of(others), earlier=BEFORE, later=AFTER)) == 2
    with_it = Readings.of([*others, pair(10, 12, broken, area="825")[1]])
    with pytest.raises(AcrossBreak):
        trend.change(with_it, earlier=BEFORE, later=AFTER)
    across = trend.change(with_it, earlier=BEFORE, later=AFTER, across_breaks=True)
    assert {indicator.title for indicator in across.indicators} == {
        "Change in contacts from 2021-22 to 2022-23 (across a break in 825)",
        "Change in contacts, percent, from 2021-22 to 2022-23 (across a break in 825)",
    }


@pytest.mark.parametrize(
    ("certain", "refusal", "sentence"),
    [
        (True, "a known break lies in the series and only", "; across a known break: "),
        (False, "a break inferred from the figures lies in the series", "; across a break inferred from the figures: "),
    ],
)
def test_a_break_that_is_inferred_is_not_called_known(certain, refusal, sentence):
    """In the refusal and in the sentence, of two readings and of a frame."""
    broken = made_up(breaks=[a_break("2022-04-01", area="825", certain=certain)])
    readings = pair(10, 12, broken, area="825")
    for call in (lambda: trend.change(*readings), lambda: trend.change(Readings.of(readings), earlier=BEFORE, later=AFTER)):
        with pytest.raises(AcrossBreak, match=refusal):
            call()
    assert sentence in str(trend.change(*readings, across_breaks=True))


def test_a_break_is_in_the_way_under_every_code_of_its_area():
    """DfE's rows of Buckinghamshire have 825, E10000002 and E06000060; Milton Keynes is 826, and E06000042."""
    broken = made_up(breaks=[a_break("2022-04-01", area="825")])
    for area in ("825", "E10000002", "E06000060"):
        readings = pair(10, 12, broken, area=area)
        for call in (lambda r=readings: trend.change(*r), lambda r=readings: years_of(r)):
            with pytest.raises(AcrossBreak, match="a known break lies in the series and only"):
                call()
    for area in ("826", "E06000042", "E12000009", "314 / 318"):
        assert trend.change(*pair(10, 12, broken, area=area)).breaks == ()
        assert len(years_of(pair(10, 12, broken, area=area))) == 2


@pytest.mark.parametrize("area", ["E12000008", "E92000001"])
def test_a_break_in_a_part_of_an_area_is_in_its_way_too_and_said_to_be_of_that_part(area):
    """The South East's referrals fell by 5,520 from 2023 to 2024, and Buckinghamshire's alone by 5,537."""
    known, inferred = (made_up(breaks=[a_break("2022-04-01", area="825", certain=certain)]) for certain in (True, False))
    with pytest.raises(AcrossBreak, match="a known break in Buckinghamshire, which is in this area, lies in the series and only"):
        trend.change(*pair(10, 12, known, area=area))
    with pytest.raises(AcrossBreak, match="a known break in Buckinghamshire, which is in an area of these readings, lies in"):
        years_of(pair(10, 12, known, area=area))
    here = "a break in Buckinghamshire, which is in this area, inferred from the figures"
    with pytest.raises(AcrossBreak, match=f"{here}, lies in the series"):
        trend.change(*pair(10, 12, inferred, area=area))
    change = trend.change(*pair(10, 12, inferred, area=area), across_breaks=True)
    assert str(change).endswith(f"; across {here}: 1 April 2022, in 825: a new form (inferred from the figures, not published)")
    assert change.absolute.indicator.title.endswith("(across a break in 825)")
    both = made_up(breaks=[a_break("2022-04-01", area="825"), a_break("2021-10-01", what="a new law")])
    with pytest.raises(
        AcrossBreak, match="2 known breaks, 1 of them in Buckinghamshire, which is in this area, lie in the series"
    ):
        trend.change(*pair(10, 12, both, area=area))


def test_a_break_of_one_who_returns_with_another_is_in_the_way_of_their_joint_row():
    """Kingston (314) and Richmond (318) have one row in DfE's workforce tables."""
    broken = made_up(breaks=[a_break("2022-04-01", area="314")])
    for call in (trend.change, lambda *readings: years_of(readings)):
        with pytest.raises(AcrossBreak, match="a known break in Kingston upon Thames, which is in "):
            call(*pair(10, 12, broken, area="314 / 318"))
    assert len(years_of(pair(10, 12, broken, area="202 / 203"))) == 2


def test_no_other_area_is_accused_of_a_break():
    """Milton Keynes beside Buckinghamshire: the title says whose break it is."""
    broken = made_up(breaks=[a_break("2022-04-01", area="825")])
    both = Readings.of([*pair(10, 12, broken, area="825"), *pair(20, 25, broken, area="826")])
    across = trend.change(both, earlier=BEFORE, later=AFTER, across_breaks=True)
    said = str(across.at(indicator="demand.contacts/change", area="826"))
    title = "Change in contacts from 2021-22 to 2022-23 (across a break in 825)"
    assert said == f"{title} in 826, 1 April 2021 to 31 March 2023: 5 contacts"


def test_readings_of_no_area_may_be_of_the_area_of_the_break():
    """As one reading may, and it is said."""
    broken = made_up(breaks=[a_break("2022-04-01", area="825")])
    with pytest.raises(AcrossBreak, match="where no area is given any area's break may be its own"):
        years_of(pair(10, 12, broken))


def test_a_break_of_which_only_the_year_is_known_is_in_the_way_within_that_year():
    """From April to December 2023, and from 2023-24 to 2024-25: it may lie within the earlier year. After the year it is over."""
    year = Break(on=dt.date(2023, 4, 1), latest=dt.date(2024, 3, 31), what="a new form", certain=False, area="825", source=LOCAL)
    broken = made_up(breaks=[year])
    for first, last in (
        (Month("2023-04"), Month("2023-12")),
        (Month("2023-03"), Month("2023-04")),
        (FinancialYear("2023-24"), FinancialYear("2024-25")),
        (FinancialYear("2022-23"), FinancialYear("2023-24")),
    ):
        readings = [Reading.of(broken, n, area="825", period=period) for n, period in ((10, first), (12, last))]
        with pytest.raises(AcrossBreak, match="between 1 April 2023 and 31 March 2024, in 825: a new form"):
            trend.change(*readings)
        with pytest.raises(AcrossBreak, match="between 1 April 2023 and 31 March 2024, in 825: a new form"):
            trend.change(Readings.of(readings), earlier=first, later=last)
    for first, last in (
        (Month("2024-04"), Month("2024-05")),
        (FinancialYear("2021-22"), FinancialYear("2022-23")),
        (FinancialYear("2024-25"), FinancialYear("2025-26")),
        (Snapshot("2024-03-31"), Snapshot("2025-03-31")),
    ):
        readings = [Reading.of(broken, n, area="825", period=period) for n, period in ((10, first), (12, last))]
        assert trend.change(*readings).breaks == ()


# As a sentence.


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (pair(1_375, 2_088), "Contacts rose from 1,375 contacts (2021-22) to 2,088 contacts (2022-23): up 713 contacts (51.9%)"),
        (pair(2, 1), "Contacts fell from 2 contacts (2021-22) to 1 contact (2022-23): down 1 contact (50%)"),
        (pair(2, 2, area="825"), "Contacts in 825 stayed at 2 contacts (2021-22 and 2022-23)"),
        (pair(40, 41, ON_TIME), "EHC plans on time rose from 40% (2021-22) to 41% (2022-23): up 1 percentage point"),
        (pair(40, 50, ON_TIME), "EHC plans on time rose from 40% (2021-22) to 50% (2022-23): up 10 percentage points"),
        (
            pair(Withheld.CONFIDENTIAL, 5, dims={"team": None}),
            "Contacts, team not recorded from 2021-22 to 2022-23: suppressed to protect confidentiality",
        ),
        (
            pair(-100, 50, SAVINGS),
            "Net saving rose from −£100 (2021-22) to £50 (2022-23): up £150 (no percent: the base is below zero)",
        ),
        (
            pair(0, 5),
            "Contacts rose from 0 contacts (2021-22) to 5 contacts (2022-23): up 5 contacts (no percent: the base is zero)",
        ),
        (
            pair(10_000, 10_004),
            "Contacts rose from 10,000 contacts (2021-22) to 10,004 contacts (2022-23): up 4 contacts (0.04%)",
        ),
        (
            pair(40, 40.04, ON_TIME),
            "EHC plans on time rose from 40% (2021-22) to 40.04% (2022-23): up 0.04 percentage points",
        ),
        (
            pair(10_000, 1),
            "Contacts fell from 10,000 contacts (2021-22) to 1 contact (2022-23): down 9,999 contacts (99.99%)",
        ),
        (pair(30, (0.1 + 0.2) * 100, ON_TIME), "EHC plans on time stayed at 30% (2021-22 and 2022-23)"),
        (
            pair(60.9, 70.9, RATE),
            "Rate rose from 60.9 per 10,000 (2021-22) to 70.9 per 10,000 (2022-23): up 10 per 10,000 (16.4%)",
        ),
        (
            pair(60.9, 70.9, PER_100),
            "Rate rose from 60.9 per 100 (2021-22) to 70.9 per 100 (2022-23): up 10 percentage points",
        ),
    ],
)
def test_a_change_is_a_sentence(change, said):
    """As a head of service would read it."""
    assert str(trend.change(*change)) == said


def test_a_change_is_frozen_comparable_and_pickles():
    """Like the readings it is made of."""
    change = trend.change(*pair(10, 15))
    assert change == trend.Change(earlier=change.earlier, later=change.later)
    assert pickle.loads(pickle.dumps(change)) == change
    assert len({change, trend.change(*pair(10, 15))}) == 1
    with pytest.raises(AttributeError):
        change.later = change.earlier
    with pytest.raises(NotComparable):
        trend.Change(earlier=change.later, later=change.earlier)


def test_a_change_of_figures_of_two_sources_names_neither():
    """The two readings have theirs."""
    first, last = Reading.of(CONTACTS, 1, period=BEFORE, source=CABINET), Reading.of(CONTACTS, 2, period=AFTER, source=LOCAL)
    assert trend.change(first, last).absolute.source is None
    assert trend.change(Readings.of([first, last]), earlier=BEFORE, later=AFTER).source is None
    assert trend.change(first, Reading.of(CONTACTS, 2, period=AFTER, source=CABINET)).absolute.source == CABINET


# Readings, on every engine.


def _duckdb(frame):
    import duckdb

    return duckdb.connect().from_arrow(frame.to_arrow())


ENGINES = {
    "polars": lambda frame: frame,
    "polars lazy": lambda frame: frame.lazy(),
    "pandas": lambda frame: frame.to_pandas(),
    "pandas with Arrow types": lambda frame: frame.to_pandas(use_pyarrow_extension_array=True),
    "pyarrow": lambda frame: frame.to_arrow(),
    "DuckDB": _duckdb,
}
ROUNDED = {"interval": Interval.ROUNDING}
PAIRS = [
    pair(1_375, 2_088, area="825", dims={"team": "north"}),
    pair(0, 5, area="825", dims={"team": "south"}),
    pair(Withheld.NOT_AVAILABLE, Withheld.CONFIDENTIAL, area="825", dims={"team": None}),
    pair(7, Withheld.LOW, dims={"team": "north"}),
    pair(40, 50, ON_TIME, area="825", dims={"team": "north"}),
    pair(-100, 50, SAVINGS, area="E92000001", dims={"team": None}),
    (
        Reading.of(CONTACTS, 10, period=BEFORE, area="826", dims={"team": "north"}, lower=9.5, upper=10.5, **ROUNDED),
        Reading.of(CONTACTS, 15, period=AFTER, area="826", dims={"team": "north"}, lower=14.5, upper=15.5, **ROUNDED),
    ),
]
ELSEWHEN = Reading.of(CONTACTS, 99, period=FinancialYear("2019-20"), area="825", dims={"team": "north"})
SAME_DAYS = Reading.of(CONTACTS, 98, period=ReportingYear(2022, ends=(3, 31)), area="825", dims={"team": "north"})
ALL = Readings.of([*(reading for both in PAIRS for reading in both), ELSEWHEN, SAME_DAYS])
KNOWN = (CONTACTS, ON_TIME, SAVINGS)


@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)
def test_every_engine_gives_the_changes_of_each_pair_in_its_own_kind_of_frame(engine):
    """A null area and a null team are matched; other periods, also of the same days, are left out; rows are as of pairs."""
    readings = Readings.from_frame(engine(ALL.frame), indicators=KNOWN, by="team")
    changes = trend.change(readings, earlier=BEFORE, later=AFTER)
    assert type(changes.frame) is type(readings.frame)
    want = Readings.of(reading for both in PAIRS for reading in trend.change(*both).readings)
    assert changes.collect() == want
    assert changes.at(indicator="ehcp.on_time/change_points").number == 10
    assert changes.at(indicator="demand.contacts/change_percent", area="825", team="south").withheld is Withheld.NOT_APPLICABLE


@pytest.mark.wide
@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)
def test_every_engine_finds_the_rows_that_a_break_concerns(engine):
    """Under the number, either code, the region's or England's, in a joint row, and where no area is said; not in others."""
    broken = made_up(breaks=[a_break("2022-04-01", area="825")])

    def of(*areas):
        readings = Readings.of(reading for area in areas for reading in pair(10, 12, broken, area=area))
        return Readings.from_frame(engine(readings.frame), indicators=broken)

    for area in ("825", "E10000002", "E06000060", "E12000008", "E92000001", "825 / 826", None):
        with pytest.raises(AcrossBreak):
            trend.change(of(area), earlier=BEFORE, later=AFTER)
    others = of("826", "E06000042", "E12000009", "314 / 318", "1825 / 8250")
    assert len(trend.change(others, earlier=BEFORE, later=AFTER)) == 2 * 5


@pytest.mark.spark
def test_spark_gives_the_same_changes():
    """Its ANSI mode stops at a division by zero."""
    sql = pytest.importorskip("pyspark.sql")
    builder = sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.shuffle.partitions", "1").getOrCreate()
    readings = Readings.from_frame(session.createDataFrame(ALL.frame.to_arrow()), indicators=KNOWN, by="team")
    changes = trend.change(readings, earlier=BEFORE, later=AFTER)
    assert changes.collect() == Readings.of(reading for both in PAIRS for reading in trend.change(*both).readings)
    broken = made_up(breaks=[a_break("2022-04-01", area="825")])
    for area in ("E06000060", "E12000008", "825 / 826"):
        frame = session.createDataFrame(Readings.of(pair(10, 12, broken, area=area)).frame.to_arrow())
        with pytest.raises(AcrossBreak):
            trend.change(Readings.from_frame(frame, indicators=broken), earlier=BEFORE, later=AFTER)


@settings(max_examples=12)
@given(
    st.lists(
        st.tuples(
            *[st.one_of(st.sampled_from(list(Withheld)), st.integers(-50, 50), st.floats(-1e6, 1e6).map(lambda x: round(x, 3)))]
            * 2,
            st.sampled_from([CONTACTS, ON_TIME, SAVINGS]),
        ),
        min_size=5,
        max_size=60,
    )
)
def test_the_changes_of_readings_are_the_changes_of_their_pairs(rows):
    """Any values, gaps and indicators; each pair a team of its own."""
    pairs = [pair(before, after, indicator, dims={"team": str(n)}) for n, (before, after, indicator) in enumerate(rows)]
    readings = Readings.of(reading for both in pairs for reading in both)
    changes = trend.change(readings, earlier=BEFORE, later=AFTER)
    assert changes == Readings.of(reading for both in pairs for reading in trend.change(*both).readings)


def test_a_row_that_one_period_lacks_is_not_available():
    """It is neither dropped nor taken for 0: the area may have reported nothing, or not been asked."""
    first, last = pair(10, 12, area="825")
    alone = Reading.of(CONTACTS, 5, period=AFTER, area="826")
    gone = Reading.of(CONTACTS, 6, period=BEFORE, area="827")
    changes = trend.change(Readings.of([first, last, alone, gone]), earlier=BEFORE, later=AFTER)
    assert changes.at(indicator="demand.contacts/change", area="825").number == 2
    for area in ("826", "827"):
        assert changes.at(indicator="demand.contacts/change", area=area).withheld is Withheld.NOT_AVAILABLE
        assert changes.at(indicator="demand.contacts/change_percent", area=area).withheld is Withheld.NOT_AVAILABLE


def test_readings_with_none_of_a_period_are_refused_and_no_readings_give_none():
    """A year mistyped is no year of gaps."""
    readings = Readings.of(pair(10, 12))
    with pytest.raises(NotComparable, match="none of the earlier period, financial year 2018-19"):
        trend.change(readings, earlier=FinancialYear("2018-19"), later=AFTER)
    with pytest.raises(NotComparable, match="none of the later period"):
        trend.change(readings, earlier=BEFORE, later=FinancialYear("2023-24"))
    empty = Readings.from_frame(readings.frame.clear(), indicators=(CONTACTS, ON_TIME))
    none = trend.change(empty, earlier=BEFORE, later=AFTER)
    assert len(none) == 0
    assert [found.key for found in none.indicators] == [
        "demand.contacts/change",
        "demand.contacts/change_percent",
        "ehcp.on_time/change_points",
    ]
    assert len(trend.change(Readings.of([]), earlier=BEFORE, later=AFTER)) == 0


def test_lazy_readings_stay_lazy_and_one_query_of_counts_runs(monkeypatch):
    """The answer is a plan; what was run brought back one row."""
    from bucks_cs.trend import columns

    seen = []
    real = columns.collect
    monkeypatch.setattr(columns, "collect", lambda lazy: seen.append(out := real(lazy)) or out)
    changes = trend.change(Readings.from_frame(ALL.frame.lazy(), indicators=KNOWN, by="team"), earlier=BEFORE, later=AFTER)
    assert isinstance(changes.frame, pl.LazyFrame)
    assert [frame.height for frame in seen] == [1]


def test_the_source_of_readings_is_the_source_of_their_changes():
    """Where they share it."""
    readings = Readings.of(Reading.of(CONTACTS, n, period=p, source=CABINET) for n, p in ((1, BEFORE), (2, AFTER)))
    changes = trend.change(readings, earlier=BEFORE, later=AFTER)
    assert changes.source == CABINET
    assert {reading.period for reading in changes} == {SPAN}


def test_the_change_of_published_counts_follows_from_the_published_rows(published):
    """DfE, Children looked after 2025, Buckinghamshire (825) at 31 March: each year's change is the difference of two cells."""
    path = published / "children_looked_after" / "cla_number_and_rate_per_10k_children.csv"
    rows = pl.read_csv(path, infer_schema_length=0).filter(
        pl.col("old_la_code") == "825", pl.col("population_type") == "Children looked after on 31 March each year"
    )
    counts = {int(year): int(count) for year, count in rows.select("time_period", "children_count").rows()}
    looked_after = made_up("made_up.looked_after", unit="child", title="Children looked after", kind=Kind.STOCK)
    readings = Readings.of(Reading.of(looked_after, n, area="825", period=Snapshot(dt.date(y, 3, 31))) for y, n in counts.items())
    years = sorted(counts)
    assert len(years) == 5
    for before, after in itertools.pairwise(years):
        days = {"earlier": Snapshot(dt.date(before, 3, 31)), "later": Snapshot(dt.date(after, 3, 31))}
        changes = trend.change(readings, **days)
        difference = counts[after] - counts[before]
        assert changes.at(indicator="made_up.looked_after/change").number == difference
        percent = changes.at(indicator="made_up.looked_after/change_percent").number
        assert percent == pytest.approx(difference / counts[before] * 100)


def test_the_fall_of_the_south_easts_referrals_is_buckinghamshires_and_is_not_passed_over_in_silence(published):
    """DfE, Children in need 2025, file c1: 126,750 to 121,230 is 5,520 fewer, and Buckinghamshire alone has 5,537 fewer."""
    (path,) = (published / "children_in_need").glob("c1*")
    rows = pl.read_csv(path, infer_schema_length=0)
    south_east = rows.filter(pl.col("geographic_level") == "Regional", pl.col("region_code") == "E12000008")
    own = rows.filter(pl.col("old_la_code") == "825")
    fell = {}
    for area, code, of_it in (("E12000008", "region_code", south_east), ("E06000060", "new_la_code", own)):
        found = of_it.filter(pl.col(code) == area, pl.col("time_period").is_in(["2023", "2024"])).sort("time_period")
        counts = [int(count) for count in found["referral_count"]]
        fell[area] = counts[0] - counts[1]
        years = [ReportingYear(year, ends=(3, 31)) for year in (2023, 2024)]
        readings = [Reading.of(REFERRALS, n, area=area, period=year) for n, year in zip(counts, years, strict=True)]
        with pytest.raises(AcrossBreak, match=r"inferred from the figures,? lies in the series"):
            trend.change(*readings)
        with pytest.raises(AcrossBreak, match=r"between 1 April 2023 and 31 March 2024, in 825"):
            trend.change(Readings.of(readings), earlier=years[0], later=years[1])
    assert fell == {"E12000008": 5_520, "E06000060": 5_537}


def test_april_to_december_2023_is_not_passed_over_in_silence():
    """Annual data cannot say on which day of 2023-24 the referrals of Buckinghamshire became what they are."""
    months = [Reading.of(REFERRALS, n, area="825", period=Month(month)) for n, month in ((900, "2023-04"), (500, "2023-12"))]
    with pytest.raises(AcrossBreak):
        trend.change(*months)


@pytest.mark.parametrize(
    ("before", "after", "shared"),
    [
        ((40, 38, 42), (44, 43, 45), False), ((40, 38, 42), (44, 42, 46), True), ((44, 43, 45), (40, 38, 42), False),
        ((40, 38, 42), (44, 41, 46), True), ((40, 38, 42), (42, None, None), True), ((40, 38, 42), (43, None, None), False),
        ((40, None, None), (40, None, None), False), ((40, None, 42), (30, None, None), True),
        ((40, None, 42), (43, None, None), False),
        ((40, 38, 0.1 + 0.2 + 41.7), (44, 42, 46), True),
    ],
)  # fmt: skip
def test_nothing_may_have_changed_where_intervals_share_a_value(before, after, shared):
    """Value, lower, upper: what touches shares, a figure without an interval is a point, and two of those claim what they say."""
    both = []
    for (value, low, high), period in ((before, BEFORE), (after, AFTER)):
        ends = {name: end for name, end in (("lower", low), ("upper", high)) if end is not None}
        both.append(Reading.of(ON_TIME, value, period=period, **ends, **({"interval": Interval.BOUNDS} if ends else {})))
    assert trend.change(*both).intervals_overlap is shared


def test_the_referrals_with_no_further_action_in_the_docs_are_dfes(published, root):
    """DfE, Children in need 2025, file c1: each row of the table is count, count without action, share and the rest."""
    (path,) = (published / "children_in_need").glob("c1*")
    rows = pl.read_csv(path, infer_schema_length=0).filter(pl.col("old_la_code") == "825").sort("time_period")
    page = (root / "docs" / "reference" / "demand-pathway.md").read_text(encoding="utf-8")
    printed = [line for line in page.splitlines() if line.startswith("| 31 March 20")]
    wanted = []
    for year, all_, none in rows.select("time_period", "referral_count", "no_further_action_count").rows():
        if 2020 <= int(year) <= 2024:
            share = f"{100 * int(none) / int(all_):.1f}%"
            wanted.append(f"| 31 March {year} | {int(all_):,} | {int(none):,} | {share} | {int(all_) - int(none):,} |")
    assert printed == wanted
    assert len(wanted) == 5
