"""Charts of change, of groups, of growth by need and of savings: from whatever holds them, and what they say."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from bucks_cs import charts, ehcp, record, savings
from bucks_cs.errors import InvalidValue
from bucks_cs.frames import Engine
from bucks_cs.indicators import Interval, Kind, Measure, Reading, Withheld
from bucks_cs.periods import FinancialYear, Month, ReportingYear
from bucks_cs.readings import Readings
from bucks_cs.savings import SavingsTracker
from bucks_cs.testing import as_engine
from bucks_cs.units import quantity
from made_up_charts import (
    CONTACTS,
    MEAN,
    NOTHING,
    SAID,
    SHARE,
    YEARS,
    bars_of,
    broken,
    data_of,
    indicator,
    on_engine,
    readings,
    saving_line,
    series,
    spec,
    title_of,
)

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
ON_EVERY_ENGINE = pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
PLANS = indicator("demand.plans", "Plans", Measure.COUNT, "plan", Kind.STOCK)


# Change


@ON_EVERY_ENGINE
def test_a_change_is_the_same_of_readings_of_every_engine(engine):
    """And so are bars of its later year."""
    made = readings(series(SHARE, [50, 70], margin=2, team="North"), series(SHARE, [60, 55], margin=2, team="South"))
    other = on_engine(made, engine)
    assert spec(charts.change(other)) == spec(charts.change(made))
    assert spec(charts.bars(other.where(period=YEARS[1]))) == spec(charts.bars(made.where(period=YEARS[1])))


def test_the_change_of_the_record_is_as_the_audit_has_it():
    """2,088 / 1,375 is 1.51855: up 51.9%, where the report prints 52%. The chart claims that all six counts rose, as they did."""
    chart = charts.change(record.demand())
    assert title_of(chart) == (
        "All 6 counts rose in Buckinghamshire",
        "6 counts in Buckinghamshire, monthly averages: within January 2020 to March 2020, and within January 2022 to "
        "September 2022",
    )
    assert ("Contacts", 2088, "2022: 2,088 contacts (up 51.9%)") in bars_of(chart)
    assert bars_of(chart)[0] == ("Children with an allocated social worker", 2283, "2020: 2,283 children")


def test_one_change_is_the_headline():
    """100 to 150 is a half more; 50% to 60% is ten points, said by its ends."""
    assert title_of(charts.change(readings(series(CONTACTS, [100, 150]))))[0] == "Contacts in Buckinghamshire rose by 50%"
    assert title_of(charts.change(readings(series(SHARE, [60, 50]))))[0] == "Seen in time in Buckinghamshire fell from 60% to 50%"
    assert title_of(charts.change(readings(series(CONTACTS, [100, 100]))))[0] == "Contacts in Buckinghamshire: no change"


def test_of_several_changes_the_headline_counts_those_that_are_plain():
    """One rose by 20 with ± 2, one fell, and one of 60 ± 2 to 61 ± 2 may be either."""
    made = [
        series(SHARE, [50, 70], margin=2, team="A"),
        series(SHARE, [70, 50], margin=2, team="B"),
        series(SHARE, [60, 61], margin=2, team="C"),
    ]
    chart = charts.change(readings(*made))
    assert title_of(chart)[0] == "Of 3 groups, 1 rose, 1 fell and 1 did not plainly change: seen in time in Buckinghamshire"
    assert ("C", 61, "2016-17: 61% (no plain change: intervals overlap)") in bars_of(chart)


def test_all_areas_that_fell_are_said_to():
    """Two areas."""
    made = readings(series(CONTACTS, [9, 5]), series(CONTACTS, [8, 7], area="826"))
    assert title_of(charts.change(made))[0] == "All 2 areas fell: contacts"


def test_a_change_across_a_break_is_claimed_nowhere():
    """Neither in the headline nor beside the bar; that the series breaks is said."""
    chart = charts.change(readings(series(broken(SHARE, dt.date(2016, 4, 1)), [60, 90])))
    assert title_of(chart)[0] == "Seen in time in Buckinghamshire at two times"
    assert [said for _, _, said in bars_of(chart)] == ["2015-16: 60%", "2016-17: 90%"]
    why = "the series, or that of a part, breaks between the two, or may"
    assert f"60% to 90%, no change is given: {why}." in charts.alt_text(chart)
    assert title_of(chart)[1].endswith(f"No change is given: {why}")


def test_where_some_rows_have_no_change_it_is_said_which():
    """Buckinghamshire's series breaks; that of Milton Keynes does not."""
    of = broken(SHARE, dt.date(2016, 4, 1), area="825")
    chart = charts.change(readings(series(of, [60, 90]), series(of, [50, 55], area="826")))
    assert "2015-16 and 2016-17 No change is given for Buckinghamshire: the series" in title_of(chart)[1]
    assert ("Milton Keynes", 55, "2016-17: 55% (up 5 percentage points)") in bars_of(chart)


def test_one_change_whose_intervals_overlap_is_called_neither_up_nor_down():
    """60 ± 2 and 61 ± 2, and what overlaps is named where it is too narrow to be drawn: 60 ± 0.1 and 60.1 ± 0.1."""
    chart = charts.change(readings(series(SHARE, [60, 61], margin=2)))
    assert title_of(chart)[0] == "Seen in time in Buckinghamshire did not plainly change: 60%, then 61%"
    thin = charts.change(readings(series(SHARE, [60, 60.1], margin=0.1)))
    for said in (charts.alt_text(chart), charts.alt_text(thin), *title_of(chart), *title_of(thin)):
        assert not re.search(r"\b(up|down|rose|fell)\b", said)
    assert "Intervals: 95% confidence interval" in title_of(thin)[1]
    assert "Line on a bar" not in title_of(thin)[1]


def test_a_row_that_lacks_a_period_or_a_value_has_no_change():
    """A withheld one has its mark and what it means; one that is not there says so."""
    made = readings(series(CONTACTS, [9, None]), series(CONTACTS, [8], area="826"))
    chart = charts.change(made)
    assert {said for _, _, said in bars_of(chart)} == {
        "2015-16: 9 contacts",
        "2016-17: [c]",
        "2015-16: 8 contacts",
        "2016-17: no reading",
    }
    assert title_of(chart)[0] == "Contacts at two times"
    assert "[c]: suppressed" in title_of(chart)[1]
    assert "no change is given" not in title_of(chart)[1].lower()
    assert charts.alt_text(chart).endswith("[c]: suppressed to protect confidentiality.")


@pytest.mark.parametrize("given", NOTHING, ids=lambda given: type(given).__name__)
def test_a_change_of_no_readings_is_refused(given):
    """By name."""
    with pytest.raises(InvalidValue, match="readings: expected Readings"):
        charts.change(given)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (readings(series(SHARE, [5])), r"two periods \(these are of 1\)"),
        (readings(series(SHARE, [5, 6, 7])), r"two periods \(these are of 3\)"),
        (readings(series(SHARE, [None, None])), "that has a value"),
        (readings(series(SHARE, [5, 6]), series(MEAN, [5, 6])), "indicators of one unit"),
        (readings(series(CONTACTS, [5, 60], periods=[Month("2022-01"), FinancialYear("2022-23")])), "periods of one kind"),
    ],
    ids=["one", "three", "withheld", "two units", "a month and a year"],
)
def test_a_change_that_cannot_be_drawn_is_refused(made, expected):
    """By our own error."""
    with pytest.raises(InvalidValue, match=expected):
        charts.change(made)


# Bars


def test_bars_stand_from_the_highest_down_and_gaps_last():
    """With the interval of each, and the mark of what has none."""
    made = readings(*(series(SHARE, [n], margin=2, team=team) for team, n in (("A", 50), ("B", None), ("C", 70))))
    chart = charts.bars(made)
    assert bars_of(chart) == [("C", 70, "70%"), ("A", 50, "50%"), ("B", None, "[c]")]
    assert [row["low"] for row in data_of(chart, "low")][:2] == [68, 48]
    assert title_of(chart)[0] == "C: 70%, the highest given"
    assert title_of(chart)[1] == (
        "Seen in time in Buckinghamshire, %, 2015-16 Line on a bar: 95% confidence interval "
        "[c]: suppressed to protect confidentiality"
    )
    assert "C: 70%; A: 50%; B: [c]. Line on a bar: 95% confidence interval. No value for B in 2015-16" in charts.alt_text(chart)


def test_no_bar_is_called_the_highest_whose_interval_reaches_the_next():
    """70 ± 6 and 64 ± 6; 70 ± 3 and 64 ± 3 touch at 67; 70 ± 2.9 and 64 ± 2.9 do not."""
    for margin, plain in ((6, False), (3, False), (2.9, True)):
        made = readings(*(series(SHARE, [n], margin=margin, team=team) for team, n in (("A", 64), ("C", 70))))
        headline = "C: 70%, the highest of 2" if plain else "Seen in time in Buckinghamshire in 2015-16"
        assert title_of(charts.bars(made))[0] == headline


def test_what_is_not_recorded_is_no_group_that_another_is_the_highest_of():
    """70% of C and 50% of A, and 10% of nobody knows which."""
    made = readings(*(series(SHARE, [n], margin=2, team=team) for team, n in (("A", 50), ("C", 70), (None, 10))))
    assert title_of(charts.bars(made))[0] == "C: 70%, the highest of the 2 recorded"


def test_no_bar_is_called_the_highest_that_a_third_may_be_above():
    """70 ± 2 is above 60 ± 2, and 58 ± 20 may be 78."""
    made = readings(*(series(SHARE, [n], margin=by, team=team) for team, n, by in (("A", 70, 2), ("B", 60, 2), ("C", 58, 20))))
    assert title_of(charts.bars(made))[0] == "Seen in time in Buckinghamshire in 2015-16"
    open_ = Reading.of(
        SHARE, Withheld.UNRESOLVED, period=YEARS[0], area="825", dims={"team": "D"}, lower=40, interval=Interval.BOUNDS
    )
    plain = readings(series(SHARE, [70], team="A"), series(SHARE, [60], team="B"), [open_])
    assert title_of(charts.bars(plain))[0] == "Seen in time in Buckinghamshire in 2015-16"


def test_a_withheld_value_whose_range_is_known_has_both_in_words():
    """Unresolved, 40 to 60 or at least 40: on the bar and in the alternative text, as it is drawn."""
    for ends, said in (
        ({"lower": 40, "upper": 60}, "40% to 60%"),
        ({"lower": 40}, "at least 40%"),
        ({"upper": 60}, "at most 60%"),
    ):
        open_ = Reading.of(
            SHARE, Withheld.UNRESOLVED, period=YEARS[0], area="825", dims={"team": "B"}, interval=Interval.BOUNDS, **ends
        )
        chart = charts.bars(readings(series(SHARE, [70], team="A"), [open_]))
        assert ("B", None, f"[unresolved] ({said})") in bars_of(chart)
        assert f"{Withheld.UNRESOLVED}, {said})." in charts.alt_text(chart)


def test_a_note_on_many_rows_counts_them():
    """Five of six series break."""
    of = [broken(SHARE, dt.date(2016, 4, 1), area=area) for area in ("825", "826", "869", "931", "867")]
    breaks = tuple(each.breaks[0] for each in of)
    several = indicator(SHARE.key, SHARE.title, SHARE.measure, SHARE.unit, breaks=breaks)
    areas = ("825", "826", "869", "931", "867", "870")
    chart = charts.change(readings(*(series(several, [60, 70], area=area) for area in areas)))
    assert "No change is given for 5 rows: the series" in title_of(chart)[1]


def test_a_mark_is_written_as_in_a_table():
    """With a space and not an underscore, on the bar and below the headline."""
    gap = Reading.of(SHARE, Withheld.NO_HISTORY, period=YEARS[0], area="825", dims={"team": "B"})
    chart = charts.bars(readings(series(SHARE, [70], team="A"), [gap]))
    assert ("B", None, "[no history]") in bars_of(chart)
    assert "[no history]: not enough history" in title_of(chart)[1]
    assert "_" not in charts.alt_text(chart)


def test_bars_of_several_periods_are_refused():
    """With what to draw instead."""
    with pytest.raises(InvalidValue, match=r"one period.*charts\.over_time"):
        charts.bars(readings(series(SHARE, [5, 6])))


def test_groups_that_their_names_do_not_tell_apart_are_refused():
    """None is written as not recorded, and so is the text."""
    made = readings(series(SHARE, [5], team=None), series(SHARE, [6], team="not recorded"), series(SHARE, [6], team="A"))
    with pytest.raises(InvalidValue, match="tell apart"):
        charts.bars(made)


# Growth by need


def test_growth_as_printed_is_drawn_as_printed():
    """The five growths of paragraph 3.40: 75, 60, 59, 49 and 37%; which need the first is stays open."""
    chart = charts.growth_by_need(record.ehcp_cohorts())
    assert [value for _, value, _ in bars_of(chart)] == [75, 60, 59, 49, 37]
    assert "which need is open" in title_of(chart)[0]
    assert "as printed" in charts.alt_text(chart)
    assert spec(charts.growth_by_need(list(record.ehcp_cohorts().growth_by_need))) == spec(chart)


def grown(earlier, later):
    """The growth of plans by need between two Januaries."""

    def cohort(month, needs):
        return ehcp.EHCPCohort(area="825", at=Month(month), total=sum(needs.values()), by_primary_need=needs, source=SAID)

    return ehcp.growth_by(cohort("January 2019", earlier), cohort("January 2022", later))


def test_growth_as_counted_names_the_needs_and_their_intervals():
    """1,200 to 1,788 is 49% more, 300 to 280 is 6.7% fewer; of twenty plans the growth has a wide interval."""
    chart = charts.growth_by_need(grown({"ASD": 1_200, "MLD": 300, "MSI": 20}, {"ASD": 1_788, "MLD": 280, "MSI": 32}))
    assert [(label, said) for label, _, said in bars_of(chart)] == [
        ("Multi-sensory impairment", "60%"), ("Autistic spectrum disorder", "49%"), ("Moderate learning difficulty", "−6.7%"),
    ]  # fmt: skip
    assert title_of(chart)[0] == "Growth of EHC plans by primary need in Buckinghamshire"
    plain = charts.growth_by_need(grown({"ASD": 1_200, "MLD": 300}, {"ASD": 1_788, "MLD": 280}))
    assert title_of(plain)[0] == "Plans for Autistic spectrum disorder grew most in Buckinghamshire: 49%"


def test_no_need_is_said_to_have_grown_most_where_none_grew_or_there_is_one():
    """300 to 280 and 200 to 150 are both fewer; one need alone is no most."""
    fewer = charts.growth_by_need(grown({"ASD": 3_000, "MLD": 2_000}, {"ASD": 2_800, "MLD": 1_500}))
    one = charts.growth_by_need(grown({"ASD": 1_200}, {"ASD": 1_788}))
    for chart in (fewer, one):
        assert title_of(chart)[0] == "Growth of EHC plans by primary need in Buckinghamshire"


@pytest.mark.parametrize("given", [*NOTHING, readings(series(SHARE, [5, 6]))], ids=lambda given: type(given).__name__)
def test_what_is_no_growth_is_refused(given):
    """By name."""
    with pytest.raises(InvalidValue, match=r"growth: expected what ehcp\.growth_by"):
        charts.growth_by_need(given)


# Savings


@pytest.mark.wide
@ON_EVERY_ENGINE
def test_a_tracker_of_every_engine_gives_the_chart_of_its_lines(engine):
    """Raw and checked."""
    lines = record.savings_lines()
    plain = [line for line in lines if not line.depends_on and not line.delivered and line.status is None]
    tracker = as_engine(savings.tracker_of_lines(plain).frame, engine)
    expected = spec(charts.savings_profile(plain))
    assert spec(charts.savings_profile(tracker)) == expected
    assert spec(charts.savings_profile(SavingsTracker.conform(tracker))) == expected


def test_what_a_year_adds_and_what_is_saved_in_it_stand_side_by_side():
    """£1m, then £0.5m on top of it: £1.5m is saved in the second year."""
    chart = charts.savings_profile(saving_line(savings.Basis.INCREMENTAL, {"2023-24": 1_000_000, "2024-25": 500_000}))
    assert bars_of(chart) == [
        ("2023-24", 1.0, "Added in the year: £1 million"),
        ("2023-24", 1.0, "Saved in the year: £1 million"),
        ("2024-25", 0.5, "Added in the year: £0.5 million"),
        ("2024-25", 1.5, "Saved in the year: £1.5 million"),
    ]
    assert title_of(chart) == ("Planned savings of £1.5 million in 2024-25", "Planned savings in £ million, 2023-24 to 2024-25")


def test_an_unstated_basis_leaves_a_range():
    """£1m and £0.5m: incremental, £1.5m is saved in the second year; cumulative, £0.5m."""
    chart = charts.savings_profile(saving_line(savings.Basis.UNSTATED, {"2023-24": 1_000_000, "2024-25": 500_000}))
    assert ("2024-25", 0.5, "Saved in the year: £0.5 million to £1.5 million") in bars_of(chart)
    assert ("2024-25", 0.0, "Added in the year: −£0.5 million to £0.5 million") in bars_of(chart)
    assert "basis or recurrence is not stated" in title_of(chart)[1]
    assert charts.alt_text(chart).endswith("A range is what the lines can come to where their basis or recurrence is not stated.")


def test_readings_of_a_profile_and_one_year_are_drawn():
    """What tracker_profile gives; one year is named once."""
    tracker = savings.tracker_of_lines([saving_line(savings.Basis.INCREMENTAL, {"2023-24": 1_000_000})])
    found = savings.tracker_profile(tracker, years=FinancialYear("2023-24"), area="825")
    assert title_of(charts.savings_profile(found)) == (
        "Planned savings in Buckinghamshire of £1 million in 2023-24", "Planned savings in Buckinghamshire in £ million, 2023-24",
    )  # fmt: skip


@pytest.mark.parametrize("given", [*NOTHING, readings(series(SHARE, [5, 6]))], ids=lambda given: type(given).__name__)
def test_what_is_no_savings_is_refused(given):
    """By name."""
    with pytest.raises(InvalidValue, match="savings: expected"):
        charts.savings_profile(given)


def test_a_broken_down_profile_and_lines_without_amounts_are_refused():
    """Bars of several programmes are another chart."""
    tracker = savings.tracker_of_lines([saving_line(savings.Basis.INCREMENTAL, {"2023-24": 1_000_000})])
    with pytest.raises(InvalidValue, match="not broken down"):
        charts.savings_profile(savings.tracker_profile(tracker, years=FinancialYear("2023-24"), by="programme"))
    year = FinancialYear("2023-24")
    of_two = [savings.tracker_profile(tracker, years=year, area=area) for area in ("825", "826")]
    with pytest.raises(InvalidValue, match="of one area"):
        charts.savings_profile(Readings.concat(of_two))
    profile = savings.tracker_profile(tracker, years=year)
    with pytest.raises(InvalidValue, match=r"years: expected none with readings"):
        charts.savings_profile(profile, years=year)
    with pytest.raises(InvalidValue, match=r"amount in a financial year, or years="):
        charts.savings_profile(saving_line(savings.Basis.INCREMENTAL, {}, unplaced=savings.UnplacedSaving(
            said="Future", after=FinancialYear("2023-24"), saving=quantity(5, "GBP"))))  # fmt: skip


def test_reporting_years_that_end_in_one_year_are_told_apart():
    """Two bars a row need two names."""
    periods = [ReportingYear(2021, ends=(3, 31)), ReportingYear(2022, ends=(3, 31))]
    assert {row["group"] for row in data_of(charts.change(readings(series(PLANS, [5, 6], periods=periods))), "group")} == {
        "2021",
        "2022",
    }


def test_a_range_that_shows_is_explained_and_one_that_does_not_is_left_out():
    """± 0.5 of 2,000 is a tenth of a pixel; ± 200 is 40."""

    def rounded(by):
        return Reading.of(
            CONTACTS, 2000, period=YEARS[0], area="825", lower=2000 - by, upper=2000 + by, interval=Interval.ROUNDING
        )

    assert "Line on a bar" not in title_of(charts.bars(readings([rounded(0.5)])))[1]
    assert "before it was rounded" in title_of(charts.bars(readings([rounded(200)])))[1]


def test_a_withheld_reason_is_explained_once():
    """However many bars have it."""
    made = readings(*(series(SHARE, [value], team=team) for team, value in (("A", 5), ("B", None), ("C", None))))
    assert title_of(charts.bars(made))[1].count(Withheld.CONFIDENTIAL.meaning) == 1
