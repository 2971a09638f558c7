"""Growth of cohorts of EHC plans: total, by part, a year, in points, per 1,000, and what a printed growth implies."""

from __future__ import annotations

import datetime as dt
import math
import random
from fractions import Fraction

import attrs
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from bucks_cs import audit
from bucks_cs.audit import read_printed
from bucks_cs.demand import CHILDREN_AT_MID_YEAR as CHILDREN
from bucks_cs.demand import CHILDREN_TO_MID_2024, REFERRALS, read_mid_year_population
from bucks_cs.ehcp import (
    PLANS,
    SMALL_BASE,
    EHCPCohort,
    ImpliedCohort,
    PrimaryNeed,
    Rest,
    change_in_share,
    compound_growth,
    contribution_to_growth,
    growth,
    growth_by,
    implied_earlier,
    prevalence,
    prevalence_by_area,
    share_of_plans,
    years_between,
    years_to_double,
)
from bucks_cs.ehcp.calculations.small_base import growth_limits
from bucks_cs.errors import (
    AcrossBreak,
    ImpossibleFigure,
    InvalidValue,
    MissingSource,
    NotComparable,
    UnitError,
    UnknownColumn,
    Unreadable,
)
from bucks_cs.frames.engine import Engine
from bucks_cs.indicators import Interval, Reading, Withheld
from bucks_cs.periods import CalendarYear, Month, Snapshot
from bucks_cs.provenance import NoOfficialSource
from bucks_cs.rates import rate
from bucks_cs.readings import Readings
from bucks_cs.testing import as_engine
from bucks_cs.trend import change
from bucks_cs.units import quantity

MADE_UP = NoOfficialSource(reason="made up for a test")
SURVEY_DAYS = {
    2019: dt.date(2019, 1, 17),
    2020: dt.date(2020, 1, 16),
    2021: dt.date(2021, 1, 14),
    2022: dt.date(2022, 1, 20),
    2023: dt.date(2023, 1, 19),
    2024: dt.date(2024, 1, 18),
    2025: dt.date(2025, 1, 16),
}
"""The survey day of each return, as a public repository of the field keeps them, each from that year's guide to SEN2."""
BUCKINGHAMSHIRE = {2019: 4_054, 2020: 4_595, 2021: 4_910, 2022: 5_415, 2023: 5_890, 2024: 6_697, 2025: 7_217}
ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
NEEDS = ["ASD", "SLCN", "SLD", "MSI", "PMLD", None]
FIRST = Month("January 2019")
TOKEN = "Zq7SECRETzq7"


def cohort(at=FIRST, total=None, **fields):
    """A cohort of Buckinghamshire, its total that of its needs unless told otherwise."""
    if total is None:
        total = sum(fields["by_primary_need"].values())
    return EHCPCohort(**{"area": "825", "at": at, "total": total, "source": MADE_UP} | fields)


def by_need(at, counts):
    """A cohort by need."""
    return cohort(at, by_primary_need=dict(zip(NEEDS, counts, strict=True)))


def january(year):
    """Buckinghamshire's plans on the survey day of a year."""
    return cohort(SURVEY_DAYS[year], BUCKINGHAMSHIRE[year])


# Published


def test_the_plans_of_buckinghamshire_are_those_published(published):
    """DfE's caseload.csv, column ehcplans: 4,054 in January 2019 to 7,217 in January 2025."""
    table = pl.read_csv(published / "ehc_plans" / "caseload.csv", infer_schema=False)
    here = table.filter((pl.col("old_la_code") == "825") & (pl.col("breakdown") == "All EHC plans"))
    found = {2000 + int(year[-2:]): int(plans) for year, plans in here.select("time_period", "ehcplans").rows()}
    assert found == BUCKINGHAMSHIRE


def test_growth_from_january_to_january_follows_from_the_published_counts():
    """By hand: 541 / 4,054 = 13.3%, 315 / 4,595 = 6.9%, 505 / 4,910 = 10.3%; then the break; 807 / 5,890 and 520 / 6,697."""
    by_hand = {2020: 13.3, 2021: 6.9, 2022: 10.3, 2024: 13.7, 2025: 7.8}
    found = {year: round(growth(january(year - 1), january(year)).number, 1) for year in by_hand}
    assert found == by_hand
    with pytest.raises(AcrossBreak, match="January 2023"):
        growth(january(2022), january(2023))
    across = growth(january(2022), january(2023), across_breaks=True)
    assert round(across.number, 1) == 8.8
    assert "across" in across.indicator.title
    for measure in (compound_growth, lambda *pair: growth_by(*pair, by="locality")):
        with pytest.raises(AcrossBreak):
            measure(january(2019), january(2025))


def test_the_break_lies_between_2022_and_2023_however_a_january_is_dated():
    """By survey day or by month; and not between 2023 and 2024."""
    months = {year: cohort(Month.of(year, 1), plans) for year, plans in BUCKINGHAMSHIRE.items()}
    for earlier, later in ((2023, 2024), (2023, 2025), (2019, 2022)):
        assert growth(months[earlier], months[later]).number == growth(january(earlier), january(later)).number
    for earlier, later in ((2022, 2023), (2019, 2025)):
        with pytest.raises(AcrossBreak):
            growth(months[earlier], months[later])


def test_a_printed_growth_implies_plans_between_the_januaries_around_them():
    """5,704 / 1.105 = 5,161.99 and / 1.095 = 5,209.1; 5,704 / 1.295 = 4,404.6 and / 1.285 = 4,438.9, whole plans."""
    july = cohort(Month("July 2022"), 5_704)
    one = implied_earlier(july, "+10%", at=Month("July 2021"))
    three = implied_earlier(july, "29%", at=Month("July 2019"))
    assert (one.least.magnitude, one.most.magnitude) == (5_162, 5_209)
    assert (three.least.magnitude, three.most.magnitude) == (4_405, 4_438)
    assert BUCKINGHAMSHIRE[2021] < one.least.magnitude <= one.most.magnitude < BUCKINGHAMSHIRE[2022]
    assert BUCKINGHAMSHIRE[2019] < three.least.magnitude <= three.most.magnitude < BUCKINGHAMSHIRE[2020]
    assert isinstance(one, ImpliedCohort)
    assert one.source == MADE_UP


@settings(max_examples=40)
@given(st.integers(1, 9_000), st.integers(-60, 150), st.data())
def test_every_plan_of_an_implied_cohort_gives_the_printed_growth_and_none_beside_it_does(plans, percent, data):
    """By the door of the audit, which works the other way: is so many percent what comes of these two counts?"""
    later, printed = cohort(Month("July 2022"), plans), f"{percent:+d}%"
    try:
        found = implied_earlier(later, printed, at=Month("July 2021"))
    except ImpossibleFigure:
        middle = round(plans / (1 + percent / 100))
        near = range(max(1, middle - 3), middle + 4)
        assert not any(_as_printed(base, plans, printed) for base in near)
        return
    least, most = (bound.magnitude for bound in found.bounds)
    inside = data.draw(st.integers(least, most))
    assert all(_as_printed(base, plans, printed) for base in {least, most, inside})
    assert not any(_as_printed(base, plans, printed) for base in (least - 1, most + 1) if base > 0)


def _as_printed(before, after, printed):
    (finding,) = audit.change(before, after, printed=printed, rounded_to={"before": 0, "after": 0}, suggest=False)
    # The audit also agrees where further digits may have been dropped, and "+10%" stands for what rounds to it.
    return finding.agrees and abs(finding.recomputed - float(printed.removesuffix("%"))) <= 0.5


def test_a_coarser_rounding_implies_a_wider_range():
    """29% to the nearest 5 is 26.5% to 31.5%: 5,704 / 1.315 = 4,337.6 and / 1.265 = 4,509.1."""
    july = cohort(Month("July 2022"), 5_704)
    wide = implied_earlier(july, "29%", at=Month("July 2019"), rounded_to=5)
    assert wide.bounds == (quantity(4_338, "plan"), quantity(4_509, "plan"))
    assert implied_earlier(july, read_printed("29%", rounded_to=5), at=Month("July 2019")).bounds == wide.bounds
    assert implied_earlier(july, "29.0%", at=Month("July 2019")).bounds == (quantity(4_420, "plan"), quantity(4_423, "plan"))


@pytest.mark.parametrize(
    ("growth_said", "error"),
    [
        ("about 10%", InvalidValue),
        ("over 10%", InvalidValue),
        ("up to 10%", InvalidValue),
        ("10", InvalidValue),
        ("10 percentage points", InvalidValue),
        ("-100%", InvalidValue),
        (TOKEN, Unreadable),
        (0.1, InvalidValue),
        (None, InvalidValue),
    ],
)
def test_a_growth_that_settles_no_range_is_refused(growth_said, error):
    """Hedged, no percentage, or no figure; nothing of it is repeated."""
    with pytest.raises(error) as caught:
        implied_earlier(cohort(Month("July 2022"), 5_704), growth_said, at=Month("July 2021"))
    assert TOKEN not in f"{caught.value!r}"
    assert caught.value.__context__ is None


def test_an_implied_cohort_needs_an_earlier_date_of_the_same_kind_and_plans():
    """No day beside a month, nothing later, nothing from 0, and no plan between two whole numbers."""
    july = cohort(Month("July 2022"), 5_704)
    for at in (dt.date(2021, 7, 1), Month("July 2022"), Month("August 2022")):
        with pytest.raises(NotComparable):
            implied_earlier(july, "10%", at=at)
    with pytest.raises(InvalidValue):
        implied_earlier(cohort(Month("July 2022"), 0), "10%", at=Month("July 2021"))
    with pytest.raises(ImpossibleFigure, match="no whole number"):
        implied_earlier(cohort(Month("July 2022"), 3), "10%", at=Month("July 2021"))
    with pytest.raises(InvalidValue):
        implied_earlier(july, read_printed("10%"), at=Month("July 2021"), rounded_to=5)
    implied = implied_earlier(july, "10%", at=Month("July 2021"))
    with pytest.raises(InvalidValue, match="a range"):
        growth(implied, july)


def test_growth_by_need_has_one_published_year_and_nothing_to_be_set_against(published):
    """What the documents print of January 2019 to July 2022 cannot be worked out again: DfE's table has January 2025 alone."""
    table = pl.read_csv(published / "ehc_plans" / "sen_needs_all_plans.csv", infer_schema=False, columns=["time_period"])
    assert table["time_period"].unique().to_list() == ["202425"]


def test_the_shares_by_need_are_those_published_but_for_two_of_surreys(published):
    """DfE's columns asd_pc to vi_pc and unknown_pc, to one decimal, in every row of all plans of sen_needs_all_plans.csv.

    Of 2,119 two do not follow: Surrey amended its figures (footnote 2), and its row has amended counts (595 SLD, 665 SPLD) beside
    percentages of other ones: 7.8% and 0.1% of 16,069 are 1,251 and 9, which have the same sum of 1,260.
    """
    table = pl.read_csv(published / "ehc_plans" / "sen_needs_all_plans.csv", infer_schema=False)
    codes = {need.value: need.value.lower() for need in PrimaryNeed if need is not PrimaryNeed.DS}
    compared, differ = 0, []
    for n, row in enumerate(table.filter(pl.col("breakdown") == "All EHC plans").iter_rows(named=True)):
        counts = {code: int(row[f"number_{name}"]) for code, name in codes.items()} | {None: int(row["number_need_unknown"])}
        area, whole = row["old_la_code"] or row["region_code"] or row["country_code"], int(row["ehc_plans"])
        if n % 8 == 0 or area in {"825", "936"}:
            shares = share_of_plans(cohort(SURVEY_DAYS[2025], area=area, by_primary_need=counts))
            found = {dict(reading.dims)["primary_need"]: reading.number for reading in shares}
            assert found == pytest.approx({need: 100 * plans / whole for need, plans in counts.items()})
        for need, plans in counts.items():
            printed = row["unknown_pc" if need is None else f"{codes[need]}_pc"]
            compared += 1
            # Halves are rounded either way by those who print them.
            if abs(Fraction(printed) - Fraction(100 * plans, whole)) > Fraction(1, 20):
                differ.append((area, need, plans, printed))
    assert compared == 2_119
    assert sorted(differ) == [("936", "SLD", 595, "7.8"), ("936", "SPLD", 665, "0.1")]
    assert (round(100 * 1_251 / 16_069, 1), round(100 * 9 / 16_069, 1), 1_251 + 9) == (7.8, 0.1, 595 + 665)


# Growth, contributions and shares against plain Python


@settings(max_examples=settings.default.max_examples // 20)
@given(st.lists(st.integers(0, 3_000), min_size=6, max_size=6), st.lists(st.integers(0, 3_000), min_size=6, max_size=6))
def test_growth_contributions_and_shares_are_what_plain_arithmetic_gives(before, after):
    """By fractions; contributions add up to the growth of all plans, changes of shares to nothing."""
    earlier, later = by_need(Month("January 2019"), before), by_need(Month("July 2022"), after)
    whole, since = sum(after), sum(before)
    total = growth(earlier, later)
    assert total.withheld is (None if since else Withheld.NOT_APPLICABLE)
    brought = {dict(r.dims)["primary_need"]: r for r in contribution_to_growth(earlier, later)}
    grown = {(r.indicator.key, dict(r.dims)["primary_need"]): r for r in growth_by(earlier, later)}
    points = {dict(r.dims)["primary_need"]: r for r in change_in_share(earlier, later)}
    for need, one, two in zip(NEEDS, before, after, strict=True):
        assert grown["ehcp.plans/change", need].number == two - one
        percent = grown["ehcp.plans/change_percent", need]
        if one:
            assert math.isclose(percent.number, Fraction(100 * (two - one), one), abs_tol=1e-9)
        else:
            assert percent.withheld is Withheld.NOT_APPLICABLE
        if since:
            assert math.isclose(brought[need].number, Fraction(100 * (two - one), since), abs_tol=1e-9)
            assert (brought[need].numerator, brought[need].denominator) == (two - one, since)
        else:
            assert brought[need].withheld is Withheld.NOT_APPLICABLE
        if since and whole:
            expected = Fraction(100 * two, whole) - Fraction(100 * one, since)
            assert math.isclose(points[need].number, expected, abs_tol=1e-9)
        else:
            assert points[need].withheld is Withheld.NOT_APPLICABLE
    if since:
        assert math.isclose(total.number, Fraction(100 * (whole - since), since), abs_tol=1e-9)
        assert math.isclose(sum(r.number for r in brought.values()), total.number, abs_tol=1e-9)
    if since and whole:
        assert math.isclose(sum(r.number for r in points.values()), 0, abs_tol=1e-9)


def test_a_need_that_grew_most_may_have_brought_least():
    """75% of 100 plans is 75, 37% of 900 is 333: by hand, out of 1,000."""
    earlier, later = by_need(Month("January 2019"), [0, 900, 100, 0, 0, 0]), by_need(Month("July 2022"), [0, 1_233, 175, 0, 0, 0])
    grown, brought = growth_by(earlier, later), contribution_to_growth(earlier, later)
    percent = grown.where(indicator="ehcp.plans/change_percent")
    assert (percent.at(primary_need="SLCN").number, percent.at(primary_need="SLD").number) == (37, 75)
    assert (brought.at(primary_need="SLCN").number, brought.at(primary_need="SLD").number) == (33.3, 7.5)


def test_a_part_that_one_cohort_lacks_is_none_there_unless_plans_are_not_given():
    """0 where the parts make the whole; not available where the plan may be among those not given."""
    january, july = Month("January 2019"), Month("July 2022")
    full = cohort(january, by_primary_need={"ASD": 10})
    later = cohort(july, by_primary_need={"ASD": 12, "HI": 3})
    assert contribution_to_growth(full, later).at(primary_need="HI").number == 30
    some = cohort(january, by_primary_need={"ASD": 8, Rest.NOT_GIVEN: 2})
    brought = contribution_to_growth(some, later)
    assert brought.at(primary_need="ASD").number == 40
    assert brought.at(primary_need="HI").withheld is Withheld.NOT_AVAILABLE
    assert brought.at(primary_need="not given").withheld is Withheld.NOT_AVAILABLE
    assert growth_by(some, later).at(indicator="ehcp.plans/change", primary_need="HI").withheld is Withheld.NOT_AVAILABLE
    assert change_in_share(some, later).at(primary_need="HI").withheld is Withheld.NOT_AVAILABLE
    alike = contribution_to_growth(some, cohort(july, by_primary_need={"ASD": 9, Rest.NOT_GIVEN: 6}))
    assert (alike.at(primary_need="ASD").number, alike.at(primary_need="not given").number) == (10, 40)


def test_a_need_that_was_no_code_at_the_earlier_date_is_not_set_against_it():
    """Down Syndrome in 2025 and not in 2024; counted as the published tables count it, it is."""
    earlier = cohort(SURVEY_DAYS[2024], by_primary_need={"OTH": 10, "ASD": 90})
    later = cohort(SURVEY_DAYS[2025], by_primary_need={"OTH": 8, "DS": 4, "ASD": 108})
    for measure in (growth_by, contribution_to_growth, change_in_share):
        with pytest.raises(NotComparable, match=r"DS was no code.*as_published"):
            measure(earlier, later)
    found = contribution_to_growth(earlier, later.as_published())
    assert found.at(primary_need="OTH").number == 2
    none = cohort(SURVEY_DAYS[2025], by_primary_need={"OTH": 12, "DS": 0, "ASD": 108})
    assert contribution_to_growth(earlier, none).at(primary_need="DS").number == 0


@pytest.fixture(scope="module")
def four():
    """Four authorities' random plans by need in January 2019 and July 2022: their readings, and their growth by `growth_by`."""
    pick = random.Random(5704)
    rows, grown = [], {}
    for number in range(301, 305):
        earlier, later = (
            attrs.evolve(by_need(at, [pick.choice([0, 1, 5, 99, 100, 1_000]) for _ in NEEDS]), area=str(number))
            for at in (FIRST, Month("July 2022"))
        )
        rows += [reading for one in (earlier, later) for reading in one.to_readings(by="primary_need")]
        found = growth_by(earlier, later, small_base=0)
        grown |= {(reading.indicator.key, reading.area, reading.dims): reading.value for reading in found}
    return Readings.of(rows, by="primary_need").to_polars(), grown


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
def test_growth_by_of_cohorts_is_what_trend_gives_of_readings_in_every_engine(engine, four):
    """The same numbers both ways, to the last digit."""
    long, grown = four
    theirs = Readings.from_frame(as_engine(long, engine), indicators=PLANS, by="primary_need")
    changed = change(theirs, earlier=FIRST, later=Month("July 2022"))
    assert changed.engine is engine
    assert {(reading.indicator.key, reading.area, reading.dims): reading.value for reading in changed} == grown
    assert len(grown) == 2 * 4 * len(NEEDS)


# Small bases


def test_the_interval_is_that_of_the_published_example_of_rateratio_test():
    """Fay, vignette of rateratio.test: 2 of 17,877 and 9 of 16,660 give 0.02177406 to 1.00054910 for the ratio of the rates."""
    lower, upper = growth_limits(9, 2, confidence=0.95)
    ratios = [(1 + percent / 100) * 16_660 / 17_877 for percent in (lower, upper)]
    assert ratios == pytest.approx([0.02177406, 1.00054910], abs=5e-9)


@settings(max_examples=60)
@given(st.integers(1, 400), st.integers(0, 400), st.sampled_from([0.8, 0.95, 0.99]))
def test_the_interval_is_that_of_another_implementation(before, after, confidence):
    """scipy's exact interval of a share, found by root-finding: given both together, the later count is binomial."""
    found = stats.binomtest(after, before + after).proportion_ci(confidence_level=confidence, method="exact")
    expected = [(share / (1 - share) - 1) * 100 for share in (found.low, found.high)]
    assert growth_limits(before, after, confidence=confidence) == pytest.approx(expected, rel=1e-6, abs=1e-6)


def test_growth_from_fewer_than_a_hundred_plans_has_an_interval_and_from_a_hundred_has_none():
    """The base is the earlier count; one plan in a hundred is one point."""
    assert SMALL_BASE == quantity(100, "plan")
    for base, has in ((99, True), (100, False)):
        found = growth(cohort(total=base), cohort(Month("July 2022"), 160))
        assert (found.interval is Interval.CONFIDENCE, found.level) == (has, 0.95 if has else None)
        assert (found.lower is None) == (not has)
    few = growth(cohort(total=20), cohort(Month("July 2022"), 32), confidence=0.8)
    assert few.level == 0.8
    assert few.lower < few.value < few.upper
    assert growth(cohort(total=20), cohort(Month("July 2022"), 32), small_base=20).interval is None
    assert growth(cohort(total=20), cohort(Month("July 2022"), 32), small_base=quantity(21, "plan")).interval is not None
    assert growth(cohort(total=20), cohort(Month("July 2022"), 0)).bound("lower") == -100
    gone = growth(cohort(total=0), cohort(Month("July 2022"), 5))
    assert (gone.withheld, gone.interval) == (Withheld.NOT_APPLICABLE, None)


def test_each_part_has_its_own_base():
    """MSI from 20 plans has an interval, ASD from 1,200 none; the change in plans never has one."""
    earlier = cohort(by_primary_need={"ASD": 1_200, "MSI": 20})
    found = growth_by(earlier, cohort(Month("July 2022"), by_primary_need={"ASD": 1_788, "MSI": 32}))
    told = {(r.indicator.key, dict(r.dims)["primary_need"]): r.interval for r in found}
    assert {key for key, interval in told.items() if interval} == {("ehcp.plans/change_percent", "MSI")}


# A year, and doubling


@pytest.mark.parametrize(
    ("earlier", "later", "years"),
    [
        (dt.date(2019, 1, 17), dt.date(2022, 1, 17), 3),
        (dt.date(2019, 1, 17), dt.date(2020, 1, 16), 364 / 365),
        (dt.date(2020, 1, 16), dt.date(2021, 1, 14), 364 / 366),
        (dt.date(2020, 2, 29), dt.date(2021, 2, 28), 365 / 366),
        (dt.date(2020, 2, 29), dt.date(2021, 3, 1), 1),
        (dt.date(2020, 2, 29), dt.date(2024, 2, 29), 4),
        (dt.date(2021, 3, 1), dt.date(2024, 2, 29), 2 + 365 / 366),
        (dt.date(2019, 12, 31), dt.date(2020, 1, 1), 1 / 366),
        (Month("July 2019"), Month("July 2022"), 3),
        (Month("January 2019"), Month("July 2022"), 3.5),
        (Month("December 2021"), Month("January 2022"), 1 / 12),
    ],
)
def test_years_are_counted_by_the_date_and_days_left_over_by_the_year_they_are_in(earlier, later, years):
    """By hand: the days since the last anniversary over those from it to the next."""
    assert years_between(earlier, later) == quantity(years, "year")


def test_years_need_two_dates_of_a_kind_in_order():
    """Neither a day beside a month nor the same twice."""
    for earlier, later in (
        (Month("July 2019"), dt.date(2022, 7, 1)),
        (dt.date(2022, 7, 1), dt.date(2022, 7, 1)),
        (Month("July 2022"), Month("July 2019")),
    ):
        with pytest.raises(NotComparable):
            years_between(earlier, later)
    for odd in ("2019", None, CalendarYear(2019), dt.datetime(2019, 1, 1, 1)):
        with pytest.raises(InvalidValue):
            years_between(odd, dt.date(2022, 7, 1))


def test_compound_growth_is_the_rate_that_makes_the_later_of_the_earlier():
    """10% twice is 21%; Buckinghamshire's 4,054 to 5,415 in three years and three days is 10.1% a year."""
    found = compound_growth(cohort(total=1_000), cohort(Month("January 2021"), 1_210))
    assert found.m_as("percent/year") == pytest.approx(10)
    here = compound_growth(january(2019), january(2022))
    years = 3 + 3 / 365
    assert 4_054 * (1 + here.m_as("percent/year") / 100) ** years == pytest.approx(5_415)
    assert round(here.m_as("percent/year"), 1) == 10.1
    assert compound_growth(cohort(total=5), cohort(Month("July 2022"), 0)).m_as("percent/year") == -100
    with pytest.raises(ImpossibleFigure):
        compound_growth(cohort(total=0), cohort(Month("July 2022"), 5))
    day_by_day = cohort(dt.date(2022, 1, 1), 1), cohort(dt.date(2022, 1, 2), 7_217)
    with pytest.raises(ImpossibleFigure, match="so short a time") as refused:
        compound_growth(*day_by_day)
    assert refused.value.__context__ is None


@settings(max_examples=40)
@given(st.floats(0.01, 500))
def test_plans_that_grow_for_the_years_it_takes_have_doubled(percent):
    """Growth compounded for so many years is 2."""
    years = years_to_double(quantity(percent, "percent/year")).m_as("year")
    assert (1 + percent / 100) ** years == pytest.approx(2)


@pytest.mark.parametrize("growth_said", [0, -3, float("inf"), float("nan")])
def test_nothing_doubles_without_growth(growth_said):
    """At 0, below it, and at what is no number."""
    with pytest.raises(ImpossibleFigure):
        years_to_double(quantity(growth_said, "percent/year"))


@pytest.mark.parametrize("growth_said", [10, "10%", None, quantity(10, "percent"), quantity(10, "percent/week")])
def test_a_growth_that_is_not_a_year_does_not_double(growth_said):
    """Nor does a plain number."""
    with pytest.raises(InvalidValue):
        years_to_double(growth_said)


# Refusals


def test_cohorts_that_cannot_be_set_against_each_other_are_refused():
    """Two areas, the wrong order, a day beside a month, no cohort, no breakdown."""
    here = cohort(by_primary_need={"ASD": 5})
    later = cohort(Month("July 2022"), by_primary_need={"ASD": 6})
    for measure in (growth, growth_by, contribution_to_growth, change_in_share, compound_growth):
        for earlier, after in (
            (here, attrs.evolve(later, area="826")),
            (later, here),
            (here, here),
            (here, attrs.evolve(later, at=dt.date(2022, 7, 1))),
        ):
            with pytest.raises(NotComparable):
                measure(earlier, after)
        for earlier, after in ((5, later), (here, None), (here, "cohort")):
            with pytest.raises(InvalidValue):
                measure(earlier, after)
    for measure in (growth_by, contribution_to_growth, change_in_share):
        with pytest.raises(InvalidValue, match="by phase"):
            measure(here, later, by="phase")
        with pytest.raises(UnknownColumn):
            measure(here, later, by="team")
    for small_base in (-1, 1.5, "few", quantity(5, "child")):
        with pytest.raises((InvalidValue, ImpossibleFigure, UnitError)):
            growth(here, later, small_base=small_base)
    for confidence in (0, 1, 95, None):
        with pytest.raises(InvalidValue):
            growth(here, later, confidence=confidence)
    with pytest.raises(InvalidValue):
        share_of_plans(here, by="phase")
    with pytest.raises(InvalidValue):
        share_of_plans(None)


# Prevalence


def children(number, day="30 June 2021", **fields):
    """Children of Buckinghamshire at a mid-year."""
    return Reading.of(CHILDREN, number, **{"area": "825", "period": Snapshot(day), "source": CHILDREN_TO_MID_2024} | fields)


def test_prevalence_is_plans_over_the_children_of_the_mid_year_before(published):
    """5,415 plans of January 2022 over DfE's 123,510 children of mid-2021: 43.8 per 1,000; the interval is that of a rate."""
    read = read_mid_year_population(
        str(published / "population" / "ons_mid-year_population_estimates_2012_to_2024.csv"), source=CHILDREN_TO_MID_2024
    )
    population = read.at(area="825", period=Snapshot("30 June 2021"))
    assert population.number == 123_510
    found = prevalence(january(2022), population=population)
    assert round(found.number, 1) == 43.8
    assert (found.numerator, found.denominator, found.area) == (5_415, 123_510, "825")
    expected = rate(5_415, 123_510, per=1_000)
    assert (found.bound("lower"), found.bound("upper"), found.interval) == (expected.lower, expected.upper, Interval.CONFIDENCE)
    years = prevalence_by_area([january(2022), january(2024)], population=read)
    assert [reading.number for reading in years] == [
        pytest.approx(1_000 * plans / read.at(area="825", period=Snapshot(day)).number)
        for plans, day in ((5_415, "30 June 2021"), (6_697, "30 June 2023"))
    ]


def test_the_mid_year_is_the_last_before_the_plans():
    """30 June itself for that day, the year before for the day before; a July for its own year."""
    for at, day in (
        (dt.date(2022, 6, 30), "30 June 2022"),
        (dt.date(2022, 6, 29), "30 June 2021"),
        (dt.date(2022, 1, 1), "30 June 2021"),
        (dt.date(2022, 12, 31), "30 June 2022"),
        (Month("July 2022"), "30 June 2022"),
        (Month("June 2022"), "30 June 2021"),
    ):
        assert prevalence(cohort(at, 5), population=children(1_000, day)).number == 5
        for other in ("30 June 2020", "30 June 2023", "31 March 2022"):
            with pytest.raises(NotComparable, match=day):
                prevalence(cohort(at, 5), population=children(1_000, other))


def test_plans_of_some_ages_alone_are_counted_where_ages_are_given():
    """0 to 17 of a cohort to 25: 3 + 4 + 5 of 20; not recorded and older are left out, an open bottom goes in whole or not."""
    by_age = cohort(dt.date(2022, 1, 20), 20, by_age={"under 3": 3, 3: 4, 17: 5, 18: 6, None: 2})
    people = children(1_000)
    assert prevalence(by_age, population=people).number == 20
    assert prevalence(by_age, population=people, ages=(0, 17)).number == 12
    assert prevalence(by_age, population=people, ages=(3, 25)).number == 15
    assert prevalence(by_age, population=people, ages=(17, 17)).number == 5
    for ages in ((1, 17), (0, 1), (17, 3), (0, 26), (-1, 5), (0,), 17, "0-17", (0.0, 17.0), (True, 17)):
        with pytest.raises(InvalidValue):
            prevalence(by_age, population=people, ages=ages)
    with pytest.raises(InvalidValue, match="by single year of age"):
        prevalence(cohort(dt.date(2022, 1, 20), 20), population=people, ages=(0, 17))


def test_a_population_that_does_not_fit_is_refused():
    """Of another area, of no area, without a source, of something else, over a period, of a part, no reading."""
    plans = cohort(dt.date(2022, 1, 20), 20)
    wrong = (
        (children(1_000, area="826"), NotComparable),
        (children(1_000, area=None), NotComparable),
        (children(1_000, source=None), MissingSource),
        (children(1_000, dims={"locality": "A"}), InvalidValue),
        (Reading.of(REFERRALS, 5, area="825", period=CalendarYear(2021), source=MADE_UP), UnitError),
        (Reading.of(PLANS, 5, area="825", period=Snapshot("30 June 2021"), source=MADE_UP), UnitError),
        (123_510, InvalidValue),
        (None, InvalidValue),
    )
    for population, error in wrong:
        with pytest.raises(error):
            prevalence(plans, population=population)
    with pytest.raises(InvalidValue):
        prevalence(None, population=children(1_000))
    with pytest.raises(InvalidValue):
        prevalence(plans, population=children(1_000), confidence=95)
    for readings in (children(1_000), None, Readings.of([children(5, dims={"locality": "A"})])):
        with pytest.raises(InvalidValue):
            prevalence_by_area([plans], population=readings)
    for cohorts in (5, [5], None):
        with pytest.raises(InvalidValue):
            prevalence_by_area(cohorts, population=Readings.of([children(5)]))


def test_gaps_of_the_population_keep_their_reason():
    """Withheld as it is, 0 as not applicable, an area that is not there as not available; no cohorts, no readings."""
    plans = cohort(dt.date(2022, 1, 20), 20)
    for gap in Withheld:
        assert prevalence(plans, population=children(gap)).withheld is gap
    assert prevalence(plans, population=children(0)).withheld is Withheld.NOT_APPLICABLE
    found = prevalence_by_area([plans, attrs.evolve(plans, area="826")], population=Readings.of([children(1_000)]))
    assert [reading.withheld for reading in found] == [None, Withheld.NOT_AVAILABLE]
    assert len(prevalence_by_area([], population=Readings.of([children(1_000)]))) == 0
    nothing = share_of_plans(cohort(total=0, by_primary_need={"ASD": 0}))
    assert nothing.at().withheld is Withheld.NOT_APPLICABLE
