"""A line over time: what is drawn, what is said, and where nothing is claimed."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs import charts, demand, trend
from bucks_cs.charts.claiming import direction
from bucks_cs.charts.naming_periods import at, pair, short, shorts, span
from bucks_cs.charts.plotting import ends_of
from bucks_cs.errors import AcrossBreak, InvalidValue
from bucks_cs.frames import Engine
from bucks_cs.indicators import Interval, Measure, Reading, Withheld
from bucks_cs.periods import AcademicYear, FinancialYear, Month, MonthlyAverage, ReportingYear, Snapshot, Span
from bucks_cs.readings import Readings
from made_up_charts import CONTACTS, MEAN, SHARE, YEARS, broken, data_of, indicator, on_engine, readings, series, spec, title_of

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
ON_EVERY_ENGINE = pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
MADE = readings(series(SHARE, [60, 64, None, 70, 72, 75, 78, 83], margin=2), series(SHARE, [50] * 8, area="826", margin=2))


def parts(chart):
    """The parts of the lines, by what is said of each point."""
    return {(row["series"], row["when"]): row["part"] for row in data_of(chart, "part")}


# Inputs


@ON_EVERY_ENGINE
def test_readings_of_every_engine_give_the_same_chart(engine):
    """To the last byte of its specification."""
    assert spec(charts.over_time(on_engine(MADE, engine))) == spec(charts.over_time(MADE))


@pytest.mark.spark
def test_readings_of_spark_give_the_same_chart(spark):
    """As those of every other engine."""
    assert spec(charts.over_time(on_engine(MADE, Engine.PYSPARK, spark=spark))) == spec(charts.over_time(MADE))


@pytest.mark.parametrize(
    "given", [None, 5, "readings", [], MADE.frame, CONTACTS], ids=["none", "number", "text", "list", "frame", "indicator"]
)
def test_what_is_no_readings_is_refused_by_name(given):
    """By our own error, which names the argument."""
    with pytest.raises(InvalidValue, match="readings: expected Readings") as caught:
        charts.over_time(given)
    assert caught.value.__context__ is None


REFUSED = {
    "none": (Readings.of([], by=()), "one reading or more that has a value"),
    "all withheld": (readings(series(SHARE, [None, None])), "one reading or more that has a value"),
    "one period": (readings(series(SHARE, [5])), "two periods or more"),
    "five series": (
        readings(*(series(SHARE, [1, 2], area=area) for area in ("825", "826", "869", "931", "867"))),
        "4 series or fewer",
    ),
    "two indicators": (readings(series(SHARE, [1, 2]), series(MEAN, [1, 2])), "of one indicator"),
    "a month and a year": (
        readings(series(SHARE, [1, 2], periods=[FinancialYear("2020-21"), Month("2022-01")])),
        "periods of one kind",
    ),
    "years that end on other days": (
        readings(series(SHARE, [1, 2], periods=[ReportingYear(2020, ends=(3, 31)), ReportingYear(2021, ends=(9, 30))])),
        "periods of one kind",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_readings_that_make_no_line_are_refused_by_name(case):
    """Each says what would do."""
    found, expected = REFUSED[case]
    with pytest.raises(InvalidValue, match=expected):
        charts.over_time(found)


def test_months_and_monthly_averages_stand_on_one_line():
    """They are of one kind, as trend.change has it."""
    periods = [MonthlyAverage("2020-01", "2020-03"), Month("2022-01")]
    assert charts.over_time(readings(series(CONTACTS, [5, 6], periods=periods)))


# What is said


def test_the_headline_gives_the_change_and_the_subtitle_what_is_counted():
    """First and last figure, each with its year; and the span of the years said once."""
    years = [ReportingYear(year, ends=(3, 31)) for year in (2013, 2014, 2015)]
    chart = charts.over_time(readings(series(CONTACTS, [1000, 1300, 1200], periods=years)))
    assert title_of(chart) == (
        "Contacts in Buckinghamshire rose from 1,000 contacts in 2013 to 1,200 contacts in 2015",
        "Contacts in Buckinghamshire, contacts, years to 31 March, 2013 to 2015",
    )
    assert charts.alt_text(chart) == (
        "Line chart of Contacts in Buckinghamshire, years to 31 March, 2013 to 2015. From 1,000 contacts in the year to 31 March "
        "2013 to 1,200 contacts in the year to 31 March 2015; lowest 1,000 contacts in the year to 31 March 2013, highest 1,300 "
        "contacts in the year to 31 March 2014."
    )


def test_a_figure_that_stands_where_it_stood_has_not_moved():
    """5 and 5."""
    assert (
        title_of(charts.over_time(readings(series(SHARE, [5, 9, 5]))))[0]
        == "Seen in time in Buckinghamshire stood at 5% in 2017-18, as in 2015-16"
    )


def test_where_the_intervals_overlap_no_change_is_claimed():
    """60 ± 5 and 66 ± 5 share 61 to 65; 60 ± 2 and 66 ± 2 share nothing."""
    wide, narrow = (charts.over_time(readings(series(SHARE, [60, 66], margin=margin))) for margin in (5, 2))
    assert title_of(wide)[0] == "Seen in time in Buckinghamshire: 60% in 2015-16, 66% in 2016-17"
    assert title_of(narrow)[0] == "Seen in time in Buckinghamshire rose from 60% in 2015-16 to 66% in 2016-17"


def test_a_figure_without_an_interval_is_a_point_beside_one_that_has_one():
    """60 ± 5 and a plain 62: it may have fallen. A bound on one side leaves the other open. What touches may be the same."""
    wide, plain = series(SHARE, [60], margin=5), series(SHARE, [62], periods=YEARS[1:])
    assert " rose " not in title_of(charts.over_time(readings(wide, plain)))[0]
    assert " rose " in title_of(charts.over_time(readings(wide, series(SHARE, [66], periods=YEARS[1:]))))[0]
    open_ = Reading.of(SHARE, 90, period=YEARS[1], area="825", upper=95, interval=Interval.BOUNDS)
    assert " rose " not in title_of(charts.over_time(readings(wide, [open_])))[0]
    for tenth in range(200, 300):
        first, last = (
            Reading.of(SHARE, n / 10, period=year, lower=n / 10 - 0.05, upper=n / 10 + 0.05, interval=Interval.ROUNDING)
            for n, year in ((tenth, YEARS[0]), (tenth + 1, YEARS[1]))
        )
        assert direction(trend.change(first, last)) == 0, tenth


def test_several_series_are_named_with_their_last_figures():
    """In the headline, beside the lines and in the alternative text."""
    chart = charts.over_time(MADE)
    assert title_of(chart)[0] == "Seen in time: Buckinghamshire 83% and Milton Keynes 50% in 2022-23"
    labels = {row["text"] for row in data_of(chart, "place")}
    assert labels == {"Buckinghamshire: 83%", "Milton Keynes: 50%"}
    assert "2 series" in charts.alt_text(chart)
    assert "Milton Keynes: from 50% in 2015-16 to 50% in 2022-23" in charts.alt_text(chart)


def test_ones_own_headline_and_subtitle_stand_as_they_are():
    """And the alternative text is of the figures still."""
    chart = charts.over_time(MADE, headline="Ours rose", subtitle="Our own words\nand a line of their own")
    assert title_of(chart) == ("Ours rose", "Our own words and a line of their own")
    assert spec(chart)["title"]["subtitle"] == ["Our own words", "and a line of their own"]
    assert charts.alt_text(chart).startswith("Line chart of Seen in time, 2 series")


@given(values=st.lists(st.integers(0, 10**6), min_size=2, max_size=8))
@settings(max_examples=15)
def test_the_headline_says_rose_only_of_what_rose(values):
    """And fell of what fell; and the axis has zero and every value on it."""
    chart = charts.over_time(readings(series(CONTACTS, values)))
    said = title_of(chart)[0]
    assert (" rose " in said) == (values[-1] > values[0])
    assert (" fell " in said) == (values[-1] < values[0])
    low, high = spec(chart)["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert low == 0
    assert high >= max(values)


# Gaps


def test_no_line_is_drawn_across_a_gap_and_the_gap_is_named():
    """On the chart by its mark, below the title by what the mark means, in the text with its year."""
    chart = charts.over_time(readings(series(SHARE, [60, None, 70, 71])))
    drawn = parts(chart)
    assert ("", "2016-17") not in drawn
    assert drawn["", "2015-16"] != drawn["", "2017-18"] == drawn["", "2018-19"]
    assert {row["text"] for row in data_of(chart, "text")} >= {"[c]"}
    assert "[c]: suppressed to protect confidentiality" in title_of(chart)[1]
    assert "No value in 2016-17 (suppressed to protect confidentiality)." in charts.alt_text(chart)


def test_no_line_is_drawn_across_a_year_that_has_no_reading():
    """2017-18 is not there at all."""
    chart = charts.over_time(readings(series(SHARE, [60, 61, 70, 71], periods=[*YEARS[:2], *YEARS[3:5]])))
    drawn = parts(chart)
    assert drawn["", "2015-16"] == drawn["", "2016-17"] != drawn["", "2018-19"] == drawn["", "2019-20"]
    assert "No reading between 2016-17 and 2018-19." in charts.alt_text(chart)


def test_many_gaps_are_counted_past_the_sixth():
    """Eight gaps: six by name and two more."""
    years = [FinancialYear.starting(2010 + n) for n in range(10)]
    chart = charts.over_time(readings(series(SHARE, [60, *[None] * 8, 70], periods=years)))
    assert charts.alt_text(chart).endswith("; and 2 more.")


def test_a_series_of_gaps_alone_is_named_beside_the_others():
    """It has no line, and says so."""
    chart = charts.over_time(readings(series(SHARE, [60, 61]), series(SHARE, [None, None], area="826")))
    assert "Milton Keynes: no value." in charts.alt_text(chart)
    assert title_of(chart)[0] == "Seen in time: Buckinghamshire and Milton Keynes"


# Breaks


def test_no_line_joins_what_trend_change_refuses_to_compare():
    """Every pair of neighbours is on one part of the line where trend.change compares them, and only there."""
    for on in (dt.date(2018, 4, 1), dt.date(2018, 9, 1), dt.date(2019, 3, 31)):
        of = broken(SHARE, on)
        found = series(of, [60, 61, 62, 63, 64, 65])
        drawn = parts(charts.over_time(readings(found)))
        for earlier, later in itertools.pairwise(found):
            joined = drawn["", str(earlier.period)] == drawn["", str(later.period)]
            try:
                trend.change(earlier, later)
            except AcrossBreak:
                assert not joined, (on, earlier.period)
            else:
                assert joined, (on, earlier.period)


@pytest.mark.parametrize(("certain", "words"), [(True, "a break"), (False, "a probable break")])
def test_a_break_is_named_and_no_change_is_claimed_across_it(certain, words):
    """60 then 90, with a break between: neither rose nor fell."""
    chart = charts.over_time(readings(series(broken(SHARE, dt.date(2016, 4, 1), certain=certain), [60, 90])))
    headline = title_of(chart)[0]
    assert headline == f"Seen in time in Buckinghamshire: 90% in 2016-17, after {words} in the series"
    assert f"{words.capitalize()} on 1 April 2016: a new form." in charts.alt_text(chart)
    assert ("break in the series" if certain else "probable break") in {row["text"] for row in data_of(chart, "text")}


def test_each_stretch_between_breaks_has_its_own_first_and_last():
    """Two and two values: 60 and 61, then 90 and 80 across a break; the highest of all is not set against the first."""
    said = charts.alt_text(charts.over_time(readings(series(broken(SHARE, dt.date(2017, 4, 1)), [60, 61, 90, 80]))))
    assert "From 60% in 2015-16 to 61% in 2016-17; lowest 60% in 2015-16, highest 61% in 2016-17." in said
    assert (
        "Then, across a break and to be compared only with care: from 90% in 2017-18 to 80% in 2018-19; "
        "lowest 80% in 2018-19, highest 90% in 2017-18."
    ) in said


def test_of_several_areas_the_words_say_whose_break_it_is():
    """Buckinghamshire's; the line of Milton Keynes is whole, from its first to its last."""
    of = broken(SHARE, dt.date(2016, 4, 1), area="825", certain=False)
    said = charts.alt_text(charts.over_time(readings(series(of, [60, 90]), series(of, [50, 55], area="826"))))
    assert "A probable break in Buckinghamshire on 1 April 2016: a new form." in said
    assert "Milton Keynes: from 50% in 2015-16 to 55% in 2016-17" in said
    assert "Buckinghamshire: 60% in 2015-16. Then, across a probable break" in said


def test_the_line_of_a_region_goes_on_across_the_break_of_one_of_its_authorities():
    """That of the authority beside it does not."""
    of = broken(SHARE, dt.date(2016, 4, 1), area="825")
    drawn = parts(charts.over_time(readings(series(of, [60, 90]), series(of, [50, 55], area="E12000008"))))
    assert drawn["South East", "2015-16"] == drawn["South East", "2016-17"]
    assert drawn["Buckinghamshire", "2015-16"] != drawn["Buckinghamshire", "2016-17"]


def test_the_upright_of_a_break_stands_amid_the_two_points_it_parts():
    """A new form from 1 April 2016: points at 31 March 2016 and 2017, and half of the 365 days between them is 182."""
    chart = charts.over_time(readings(series(broken(SHARE, dt.date(2016, 4, 1)), [60, 90])))
    assert [row["at"] for row in data_of(chart, "text") if row["text"] == "break in the series"] == ["2016-09-29T12:00:00Z"]


def test_the_headline_names_a_break_only_before_its_own_figure():
    """A break that lies after the last figure there is is none of it: 60, 70, then a gap beyond the break."""
    chart = charts.over_time(readings(series(broken(SHARE, dt.date(2017, 4, 1)), [60, 70, None])))
    assert title_of(chart)[0] == "Seen in time in Buckinghamshire rose from 60% in 2015-16 to 70% in 2016-17"


def test_a_break_within_bounds_is_a_band_over_them():
    """From the first day it can be to the last."""
    of = broken(SHARE, dt.date(2016, 4, 1), latest=dt.date(2017, 3, 31))
    chart = charts.over_time(readings(series(of, [60, 61, 62])))
    assert data_of(chart, "to") == [{"at": "2016-04-01T12:00:00Z", "to": "2017-03-31T12:00:00Z"}]


def test_a_break_of_another_area_is_not_drawn_and_one_of_a_part_is_only_said():
    """Kent's break is not Milton Keynes's; Buckinghamshire's is inside the South East."""
    of = broken(SHARE, dt.date(2016, 4, 1), area="825")
    other = charts.over_time(readings(series(of, [60, 90], area="826")))
    above = charts.over_time(readings(series(of, [60, 90], area="E12000008")))
    assert " rose " in title_of(other)[0]
    assert "break" not in charts.alt_text(other)
    assert "A break in Buckinghamshire, which is a part of this area, on 1 April 2016" in charts.alt_text(above)
    assert not data_of(above, "to")
    assert parts(above)["", "2015-16"] == parts(above)["", "2016-17"]
    assert title_of(above)[0] == "Seen in time in South East: 90% in 2016-17"


def test_where_no_area_is_named_a_break_of_any_area_may_be_its_own():
    """It is drawn, with whose it is."""
    chart = charts.over_time(readings(series(broken(SHARE, dt.date(2016, 4, 1), area="825"), [60, 90], area=None)))
    assert "break in the series, if this is Buckinghamshire" in {row["text"] for row in data_of(chart, "text")}
    assert title_of(chart)[0] == "Seen in time: 90% in 2016-17, after a break in the series, if this is Buckinghamshire"
    assert "A break, if this is Buckinghamshire, on 1 April 2016: a new form." in charts.alt_text(chart)


def test_the_published_rereferrals_of_buckinghamshire_are_broken_where_the_record_says(published):
    """DfE's table C1: 26.0% in 2013 and 22.8% in 2025, with a probable break in 2023-24, and no fall claimed."""
    table = published / "children_in_need" / "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv"
    found = demand.read_referrals(table).where(indicator="demand.rereferrals").where(area="825")
    chart = charts.over_time(found)
    assert title_of(chart) == (
        "Re-referrals within 12 months in Buckinghamshire: 22.8% in 2025, after a probable break in the series",
        "Re-referrals within 12 months in Buckinghamshire, %, years to 31 March, 2013 to 2025",
    )
    # From the file: 26.0, 34.6, ... 39.1, then 23.3 in 2024 and 22.8 in 2025: nothing is set against a figure beyond the break.
    year = "in the year to 31 March"
    assert charts.alt_text(chart).partition(" A probable break")[0] == (
        "Line chart of Re-referrals within 12 months in Buckinghamshire, years to 31 March, 2013 to 2025. "
        f"From 26% {year} 2013 to 39.1% {year} 2023; lowest 26% {year} 2013, highest 39.1% {year} 2023. "
        "Then, each across a probable break and to be compared only with care: "
        f"23.3% {year} 2024; then 22.8% {year} 2025."
    )
    drawn = parts(chart)
    assert drawn["", "year to 31 March 2022"] == drawn["", "year to 31 March 2023"] != drawn["", "year to 31 March 2024"]


# Intervals and axes


def test_an_interval_that_is_too_narrow_to_see_is_not_spoken_of():
    """± 0.05 on an axis to 80 is a fifth of a pixel of 320; ± 2 is 16."""
    thin, wide = (charts.over_time(readings(series(SHARE, [60, 75], margin=margin))) for margin in (0.05, 2))
    assert "Shaded" not in title_of(thin)[1]
    assert not any(layer["mark"]["type"] == "area" for layer in spec(thin)["layer"])
    assert title_of(wide)[1].endswith("Shaded: 95% confidence interval")
    assert charts.alt_text(wide).endswith("Shaded: 95% confidence interval.")
    assert "Shaded" not in charts.alt_text(thin)
    assert any(layer["mark"]["type"] == "area" for layer in spec(wide)["layer"])


def test_a_lone_point_has_its_interval_as_an_upright():
    """A band needs two points."""
    chart = charts.over_time(readings(series(SHARE, [60, None, 70], margin=5)))
    kinds = [layer["mark"]["type"] for layer in spec(chart)["layer"]]
    assert "area" not in kinds
    assert [row["low"] for row in data_of(chart, "low")][:2] == [55, 65]


def test_a_range_without_a_value_is_drawn():
    """Unresolved, between 40 and 60."""
    open_ = Reading.of(SHARE, Withheld.UNRESOLVED, period=YEARS[1], area="825", lower=40, upper=60, interval=Interval.BOUNDS)
    chart = charts.over_time(readings(series(SHARE, [50]), [open_], series(SHARE, [55], periods=YEARS[2:])))
    assert {"low": 40, "high": 60}.items() <= next(row for row in data_of(chart, "low") if row["when"] == "2016-17").items()
    assert "the least and the most it may be" in title_of(chart)[1]
    assert f"No value in 2016-17 ({Withheld.UNRESOLVED}, 40% to 60%)." in charts.alt_text(chart)


@pytest.mark.parametrize("measure", [Measure.COUNT, Measure.AMOUNT, Measure.SHARE, Measure.RATE])
def test_the_axis_of_what_has_a_height_begins_at_zero(measure):
    """Counts, amounts, shares and rates."""
    unit = {"count": "contact", "amount": "GBP", "share": "percent", "rate": "per_10_000"}[measure.value]
    per = {"per": 10_000} if measure is Measure.RATE else {}
    chart = charts.over_time(readings(series(indicator("demand.x", "X", measure, unit, **per), [97, 99])))
    assert spec(chart)["layer"][0]["encoding"]["y"]["scale"]["domain"][0] == 0


def test_an_axis_that_does_not_begin_at_zero_says_so():
    """A mean may be drawn close, and then it is told."""
    assert title_of(charts.over_time(readings(series(MEAN, [97, 99]))))[1].endswith("The axis does not begin at zero")


@given(
    st.lists(st.floats(-1e9, 1e9).filter(lambda value: value == 0 or abs(value) > 1e-6), min_size=1, max_size=6), st.booleans()
)
@settings(max_examples=100)
def test_the_ends_of_an_axis_are_about_every_value(values, zero):
    """Neither cuts one off, and neither is far away: less than the values' own breadth and a part more."""
    low, high = ends_of(values, zero=zero)
    numbers = [*values, 0.0] if zero else values
    slack = 1e-9 * max(map(abs, numbers), default=1) + 1e-9
    assert low <= min(numbers) + slack
    assert high >= max(numbers) - slack
    assert low < high
    breadth = max(numbers) - min(numbers)
    assert not breadth or high - low <= breadth * 3 + slack


def test_four_series_have_a_dash_each_and_their_names_stand_apart():
    """So that nobody needs colour: and 17 of 320 pixels lie between the names of equal figures."""
    areas = ("825", "826", "869", "931")
    chart = charts.over_time(readings(*(series(SHARE, [50, 50], area=area) for area in areas)))
    line = next(layer for layer in spec(chart)["layer"] if layer["mark"]["type"] == "line")
    dashes = line["encoding"]["strokeDash"]["scale"]["range"]
    assert len({tuple(dash) for dash in dashes}) == 4
    places = sorted({row["place"] for row in data_of(chart, "place")})
    assert min(b - a for a, b in itertools.pairwise(places)) == pytest.approx(50 * 17 / 320)


def test_a_series_that_ends_early_says_when():
    """Its name stands at the edge like the others, with the year of its figure."""
    chart = charts.over_time(readings(series(SHARE, [50, 51, 52]), series(SHARE, [60, 61], area="826")))
    assert "Milton Keynes: 61% (2016-17)" in {row["text"] for row in data_of(chart, "place")}


# Periods in words


def test_periods_are_named_in_full_once_and_then_short():
    """Each kind as people write it."""
    first, last = (ReportingYear(year, ends=(3, 31)) for year in (2013, 2025))
    days = [Snapshot("31 March 2013"), Snapshot("31 March 2025")]
    averages = [MonthlyAverage("2020-01", "2020-03"), MonthlyAverage("2022-01", "2022-09")]
    assert span([first, last]) == "years to 31 March, 2013 to 2025"
    assert span(days) == "31 March, 2013 to 2025"
    assert span([Snapshot("1 May 2013"), Snapshot("31 March 2025")]) == "1 May 2013 to 31 March 2025"
    assert span([AcademicYear("2020/21"), AcademicYear("2022/23")]) == "2020/21 to 2022/23 academic years"
    assert span(averages) == "monthly averages, January 2020 to September 2022"
    assert span([Span("1 April 2022", "30 June 2022"), Span("1 July 2022", "30 September 2022")]) == (
        "periods from 1 April 2022 to 30 September 2022"
    )
    assert span([first]) == "year to 31 March 2013"
    assert pair(first, last) == "years to 31 March, 2013 and 2025"
    assert pair(*averages) == "monthly averages: January 2020 to March 2020, and January 2022 to September 2022"
    assert pair(Span("1 April 2021", "30 June 2021"), Span("1 April 2022", "30 June 2022")) == (
        "1 April 2021 to 30 June 2021, and 1 April 2022 to 30 June 2022"
    )
    assert shorts(*averages) == ("2020", "2022")
    assert shorts(Month("2020-01"), Month("2022-03")) == ("Jan 2020", "Mar 2022")
    assert shorts(ReportingYear(2020, ends=(3, 31)), ReportingYear(2020, ends=(9, 30))) == (
        "year to 31 March 2020", "year to 30 September 2020",
    )  # fmt: skip
    assert [short(each) for each in (first, days[0], Month("2020-01"), YEARS[0])] == [
        "2013",
        "31 Mar 2013",
        "Jan 2020",
        "2015-16",
    ]
    assert at(averages[0]) == "as a monthly average, January 2020 to March 2020"
    assert at(Span("1 April 2022", "30 June 2022")) == "from 1 April 2022 to 30 June 2022"
    assert at(AcademicYear("2020/21")) == "in the 2020/21 academic year"
