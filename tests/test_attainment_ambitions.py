"""The two national ambitions: what is needed a year, where a figure stands to the line, and how many pupils it is short."""

from __future__ import annotations

import datetime as dt
import pickle
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucks_cs import attainment
from bucks_cs.attainment import (
    ENGLISH_AND_MATHEMATICS,
    GCSE_AMBITION,
    KEY_STAGE_2,
    KEY_STAGE_2_AMBITION,
    MEAN_GCSE_GRADE,
    PHONICS,
    Ambition,
    LineStanding,
    ProgressStatus,
    TargetYear,
    grade_points_short,
    on_line,
    progress_needed,
    pupils_short,
)
from bucks_cs.errors import (
    BucksError,
    ImpossibleFigure,
    InvalidValue,
    MissingSource,
    NotComparable,
    OutsideCoverage,
    UnitError,
    UnknownArea,
)
from bucks_cs.indicators import Interval, Reading, Withheld
from bucks_cs.periods import AcademicYear, FinancialYear
from bucks_cs.units import quantity

ENGLAND = "E92000001"
BY_2029, BY_2030 = AcademicYear("2028/29"), AcademicYear("2029/30")
SUMMER_2025 = AcademicYear("2024/25")


def percent(number):
    """A share."""
    return quantity(number, "percent")


def grade(number):
    """A mean grade."""
    return quantity(number, "grade")


def pupils(number):
    """A cohort."""
    return quantity(number, "pupil")


def rounded(number, area="825", year=SUMMER_2025, **other):
    """A published share of key stage 2, to the nearest whole percent."""
    bounds = {"lower": number - 0.5, "upper": number + 0.5, "interval": Interval.ROUNDING}
    return Reading.of(KEY_STAGE_2, number, area=area, period=year, **bounds | other)


def ends(pair):
    """The two ends of a range as numbers."""
    return tuple(float(end.magnitude) for end in pair)


# The ambitions


def test_the_ambitions_are_those_of_the_white_paper():
    """DfE, 28 March 2022: 90% "up from 65% in 2019", and a mean grade "from 4.5 in 2019 to 5 by 2030"."""
    key_stage_2, gcse = KEY_STAGE_2_AMBITION, GCSE_AMBITION
    assert (key_stage_2.baseline, key_stage_2.target) == (percent(65), percent(90))
    assert (gcse.baseline, gcse.target) == (grade(4.5), grade(5))
    for ambition in (key_stage_2, gcse):
        assert ambition.baseline_year == AcademicYear("2018/19")
        assert ambition.by.years == (BY_2029, BY_2030)
        assert ambition.area == ENGLAND
        assert ambition.source.date == dt.date(2022, 3, 28)
        assert "which academic year 2030 means" in ambition.open_questions


def test_the_measure_of_the_second_is_a_mean_grade_and_of_the_first_a_share():
    """Each in a unit of its own, so that the one is never taken for the other."""
    assert (KEY_STAGE_2_AMBITION.is_share, KEY_STAGE_2.unit) == (True, "percent")
    assert (GCSE_AMBITION.is_share, MEAN_GCSE_GRADE.unit) == (False, "grade")
    assert (KEY_STAGE_2_AMBITION.distance_unit, GCSE_AMBITION.distance_unit) == ("percentage_point", "grade")


def test_the_two_years_without_results_are_named_with_their_reason():
    """LAIT's data dictionary, key stage 2: "Assessments were cancelled in 2020 and 2021"."""
    years = [str(none) for none in KEY_STAGE_2_AMBITION.without_results]
    assert [text.split(":")[0] for text in years] == ["2019/20", "2020/21"]
    assert all("cancelled because of the coronavirus pandemic" in text for text in years)


@pytest.mark.parametrize("ambition", [KEY_STAGE_2_AMBITION, GCSE_AMBITION])
def test_an_ambition_is_kept_by_pickle_and_says_that_it_is_no_authoritys(ambition):
    """A sentence a head of service would read."""
    assert pickle.loads(pickle.dumps(ambition)) == ambition
    assert str(ambition).endswith("A national ambition for England, and no target of any authority.")


def test_an_ambition_needs_a_source_a_target_above_its_baseline_and_one_unit():
    """Each refused by name."""
    with pytest.raises(MissingSource):
        attrs.evolve(GCSE_AMBITION, source=None)
    with pytest.raises(MissingSource):
        attrs.evolve(GCSE_AMBITION, baseline_source="the Department")
    with pytest.raises(UnitError):
        attrs.evolve(GCSE_AMBITION, target=percent(5))
    with pytest.raises(InvalidValue, match="above the baseline"):
        attrs.evolve(GCSE_AMBITION, target=grade(4.5))
    with pytest.raises(InvalidValue, match="above the baseline"):
        attrs.evolve(GCSE_AMBITION, target=grade(10))
    with pytest.raises(InvalidValue, match="after that of the baseline"):
        attrs.evolve(GCSE_AMBITION, baseline_year=BY_2029)
    with pytest.raises(InvalidValue, match="number"):
        attrs.evolve(GCSE_AMBITION, most="nine")
    with pytest.raises(InvalidValue, match="not before the earliest"):
        TargetYear(printed="by 2030", earliest=BY_2030, latest=BY_2029, why="")
    assert isinstance(GCSE_AMBITION, Ambition)


# Progress needed


def test_england_at_63_percent_in_2025_needs_5_4_points_a_year_to_2030():
    """By hand: (90 - 63) / 5 = 5.4 to summer 2030, and 27 / 4 = 6.75 to summer 2029."""
    found = progress_needed(KEY_STAGE_2_AMBITION, percent(63), at=SUMMER_2025, area=ENGLAND)
    assert ends(found.a_year) == (5.4, 6.75)
    assert ends(found.years_left) == (4, 5)
    assert ends(found.distance) == (27, 27)
    assert found.status is ProgressStatus.TO_GO
    assert str(found.a_year[0].units) == "percentage_point / year"
    assert not found.is_comparison


def test_the_rounding_of_a_published_share_is_kept_as_a_range():
    """By hand: (90 - 65.5) / 5 = 4.9, and (90 - 64.5) / 4 = 6.375."""
    found = progress_needed(KEY_STAGE_2_AMBITION, rounded(65))
    assert ends(found.a_year) == (4.9, 6.375)
    assert ends(found.distance) == (24.5, 25.5)
    assert (found.area, found.is_comparison) == ("825", True)
    assert ends(progress_needed(KEY_STAGE_2_AMBITION, rounded(65), by=BY_2030).a_year) == (4.9, 5.1)


def test_from_the_baseline_the_mean_grade_needs_half_a_grade_over_eleven_years():
    """By hand: 0.5 / 11 to summer 2030, 0.5 / 10 to summer 2029."""
    found = progress_needed(GCSE_AMBITION, grade(4.5), at=AcademicYear("2018/19"), area="England")
    assert ends(found.a_year) == pytest.approx((0.5 / 11, 0.05))
    assert str(found.a_year[0].units) == "grade / year"


def test_a_day_counts_as_part_of_its_academic_year():
    """31 July 2025 ends the academic year; half way through a year of 365 days more is left. By hand: 27 / (5 - 183/365)."""
    at_end = progress_needed(KEY_STAGE_2_AMBITION, percent(63), at=dt.date(2025, 7, 31), by=BY_2030)
    assert ends(at_end.a_year) == (5.4, 5.4)
    # 30 January 2026 is day 183 of the 365 from 1 August 2025: 31 + 30 + 31 + 30 + 31 + 30.
    midway = progress_needed(KEY_STAGE_2_AMBITION, percent(63), at=dt.date(2026, 1, 30), by=BY_2030)
    assert ends(midway.a_year) == pytest.approx((27 / (5 - 183 / 365),) * 2)


def test_a_target_that_is_reached_needs_nothing_and_says_so():
    """At it and above it; within rounding it is unsettled."""
    for number in (90, 95):
        found = progress_needed(KEY_STAGE_2_AMBITION, percent(number), at=SUMMER_2025)
        assert found.status is ProgressStatus.REACHED
        assert ends(found.a_year) == ends(found.distance) == (0, 0)
        assert "the target is reached" in str(found)
    unsettled = progress_needed(KEY_STAGE_2_AMBITION, rounded(90))
    assert unsettled.status is ProgressStatus.UNSETTLED
    assert ends(unsettled.a_year) == (0, 0.125)
    assert "reached or not within its bounds" in str(unsettled)


def test_a_year_that_is_past_is_told_by_name_and_has_no_number_a_year():
    """Summer 2029 is past in one reading of 2030; summer 2030 and later in both."""
    one = progress_needed(KEY_STAGE_2_AMBITION, percent(80), at=BY_2029)
    assert one.status is ProgressStatus.PAST_IN_ONE_READING
    assert ends(one.a_year) == (10, 10)
    for year in (BY_2030, AcademicYear("2031/32")):
        past = progress_needed(KEY_STAGE_2_AMBITION, percent(80), at=year)
        assert past.status is ProgressStatus.YEAR_PAST
        assert past.a_year is None
        assert ends(past.years_left) == (0, 0)
        assert "its year is past: 10 percentage points short" in str(past)
    assert progress_needed(KEY_STAGE_2_AMBITION, percent(90), at=BY_2030).status is ProgressStatus.REACHED


@given(number=st.integers(0, 899), year=st.integers(2019, 2028), by=st.sampled_from([BY_2029, BY_2030]))
def test_what_is_needed_a_year_reaches_the_target_in_the_years_left(number, year, by):
    """Whatever the figure: a year's step times the years left is the distance, in exact fractions of tenths."""
    share = percent(number / 10)
    if AcademicYear.ending(year) in [none.year for none in KEY_STAGE_2_AMBITION.without_results]:
        year = 2022
    found = progress_needed(KEY_STAGE_2_AMBITION, share, at=AcademicYear.ending(year), by=by)
    left = by.end.year - year
    assert ends(found.a_year)[0] == pytest.approx(float((Fraction(90) - Fraction(number, 10)) / left))
    assert ends(found.a_year)[0] == ends(found.a_year)[1]


@given(low=st.integers(0, 100), width=st.integers(0, 100), year=st.sampled_from([2019, 2022, 2025, 2028, 2029, 2030]))
def test_a_range_holds_what_each_of_its_figures_gives(low, width, year):
    """Of a range, the result is no narrower than that of each end by each year."""
    high, at = min(100, low + width), AcademicYear.ending(year)
    whole = progress_needed(KEY_STAGE_2_AMBITION, (percent(low), percent(high)), at=at)
    for end in (low, high):
        for by in (BY_2029, BY_2030):
            one = progress_needed(KEY_STAGE_2_AMBITION, percent(end), at=at, by=by)
            if one.a_year is not None and whole.a_year is not None:
                least, most = ends(whole.a_year)
                assert least - 1e-9 <= ends(one.a_year)[0] <= most + 1e-9


# The line


def test_at_the_baseline_and_at_the_target_the_line_is_at_them():
    """Its two ends are the printed figures, in each reading of the year."""
    start = on_line(KEY_STAGE_2_AMBITION, percent(65), at=AcademicYear("2018/19"))
    assert (ends(start.expected), ends(start.gap), start.standing) == ((65, 65), (0, 0), LineStanding.ON)
    for by in (BY_2029, BY_2030):
        end = on_line(KEY_STAGE_2_AMBITION, percent(90), at=by, by=by)
        assert (ends(end.expected), end.standing) == ((90, 90), LineStanding.ON)


def test_england_of_2025_is_15_to_17_points_below_the_line():
    """By hand: the line to 2030 has 65 + 25 x 6/11 = 78.64 in 2025, that to 2029 65 + 25 x 6/10 = 80."""
    found = on_line(KEY_STAGE_2_AMBITION, rounded(63, area=ENGLAND))
    assert ends(found.expected) == pytest.approx((78 + 7 / 11, 80))
    assert ends(found.gap) == pytest.approx((62.5 - 80, 63.5 - 78 - 7 / 11))
    assert found.standing is LineStanding.BELOW
    assert str(found.gap[0].units) == "percentage_point"


@pytest.mark.parametrize(
    ("number", "standing"),
    [
        (78, LineStanding.BELOW),
        (79, LineStanding.UNSETTLED),
        (80.4, LineStanding.ABOVE),
    ],
)
def test_a_figure_is_above_or_below_where_both_lines_say_so(number, standing):
    """Between the two lines of 2025, 78.64 and 80, the side depends on which year 2030 is."""
    assert on_line(KEY_STAGE_2_AMBITION, percent(number), at=SUMMER_2025).standing is standing


def test_a_rounded_figure_is_on_the_line_where_its_bounds_hold_it():
    """80 of 2025 is 79.5 to 80.5, and the line to 2029 is at 80."""
    found = on_line(KEY_STAGE_2_AMBITION, rounded(80), by=BY_2029)
    assert found.standing is LineStanding.ON
    assert ends(found.gap) == (-0.5, 0.5)
    assert on_line(KEY_STAGE_2_AMBITION, percent(80), at=SUMMER_2025, by=BY_2029).standing is LineStanding.ON


def test_the_mean_grade_line_is_at_4_75_half_way_to_2029():
    """By hand: 4.5 + 0.5 x 5/10."""
    found = on_line(GCSE_AMBITION, grade(4.75), at=AcademicYear("2023/24"), by=BY_2029)
    assert ends(found.expected) == (4.75, 4.75)
    assert found.standing is LineStanding.ON


def test_a_day_lies_between_two_points_of_the_line():
    """By hand: 30 January 2026 is 6 + 183/365 years after the baseline's end, of 11."""
    found = on_line(KEY_STAGE_2_AMBITION, percent(63), at=dt.date(2026, 1, 30), by=BY_2030)
    assert ends(found.expected)[0] == pytest.approx(65 + 25 * (6 + 183 / 365) / 11)


def test_the_line_stays_at_the_target_where_only_the_later_year_is_to_come():
    """In 2030 the line to 2029 has ended, at 90."""
    assert ends(on_line(KEY_STAGE_2_AMBITION, percent(85), at=BY_2030).expected) == (90, 90)


def test_there_is_no_line_before_the_baseline_or_after_the_target():
    """Named with the years it is known for."""
    for year, by in (("2017/18", None), ("2030/31", None), ("2029/30", BY_2029)):
        with pytest.raises(OutsideCoverage, match="line to the ambition"):
            on_line(KEY_STAGE_2_AMBITION, percent(70), at=AcademicYear(year), by=by)
    with pytest.raises(OutsideCoverage):
        on_line(KEY_STAGE_2_AMBITION, percent(70), at=dt.date(2019, 7, 30))


def test_what_the_line_passes_over_is_said():
    """The pandemic lies between 2019 and every later result of key stage 2, and grades were given otherwise in three years."""
    found = on_line(KEY_STAGE_2_AMBITION, rounded(61, year=AcademicYear("2021/22")))
    assert [broken.on for broken in found.breaks] == [dt.date(2021, 8, 1)]
    assert "assessments and their standards stayed as in 2019" in str(found)
    assert on_line(KEY_STAGE_2_AMBITION, rounded(65, year=AcademicYear("2018/19"))).breaks == ()
    grades = on_line(GCSE_AMBITION, grade(4.6), at=AcademicYear("2022/23")).breaks
    assert [broken.on.year for broken in grades] == [2019, 2020, 2021, 2022]


@given(number=st.integers(0, 1000), year=st.sampled_from([2019, *range(2022, 2031)]))
def test_the_gap_is_the_figure_less_the_line(number, year):
    """And its sign is the side, where both lines agree."""
    found = on_line(KEY_STAGE_2_AMBITION, percent(number / 10), at=AcademicYear.ending(year))
    lines = [Fraction(65) + Fraction(25) * min(Fraction(year - 2019, years), 1) for years in (10, 11)]
    gaps = [Fraction(number, 10) - line for line in lines]
    assert ends(found.gap) == pytest.approx((float(min(gaps)), float(max(gaps))))
    sides = {(gap > 0) - (gap < 0) for gap in gaps}
    named = {1: LineStanding.ABOVE, 0: LineStanding.ON, -1: LineStanding.BELOW}
    assert found.standing is (named[sides.pop()] if len(sides) == 1 else LineStanding.UNSETTLED)


# Pupils and grade points


def test_a_cohort_of_6500_at_65_percent_is_1593_to_1657_pupils_short():
    """By hand: 90% is 5,850; 65% rounded is 4,193 (64.51%) to 4,257 (65.49%) pupils; 5,850 less each."""
    found = pupils_short(KEY_STAGE_2_AMBITION, rounded(65), cohort=pupils(6500))
    assert ends(found.short) == (5850 - 4257, 5850 - 4193)
    assert found.is_comparison
    exact = pupils_short(KEY_STAGE_2_AMBITION, percent(65), cohort=pupils(6500))
    assert ends(exact.short) == (5850 - 4225,) * 2


def test_pupils_are_whole_and_the_target_is_not_missed_by_part_of_one():
    """90% of 33 pupils is 29.7: with 29 one more is needed, with 30 none. 29 of 33 is 87.878787...%."""
    assert ends(pupils_short(KEY_STAGE_2_AMBITION, percent(100 * 29 / 33), cohort=pupils(33)).short) == (1, 1)
    assert ends(pupils_short(KEY_STAGE_2_AMBITION, percent(100 * 30 / 33), cohort=pupils(33)).short) == (0, 0)


@given(cohort=st.integers(1, 3000), share=st.data())
def test_as_many_pupils_as_are_short_reach_the_target_and_one_fewer_does_not(cohort, share):
    """Of every whole number of a cohort's pupils."""
    reached = share.draw(st.integers(0, cohort))
    found = pupils_short(KEY_STAGE_2_AMBITION, percent(100 * reached / cohort), cohort=pupils(cohort))
    least, most = ends(found.short)
    assert least == most
    assert 10 * (reached + least) >= 9 * cohort or reached == cohort
    assert least == 0 or 10 * (reached + least - 1) < 9 * cohort


@given(cohort=st.integers(100, 3000), share=st.data())
def test_the_range_of_a_rounded_share_holds_every_number_of_pupils_that_rounds_to_it(cohort, share):
    """Half up or half to even alike."""
    reached = share.draw(st.integers(0, cohort))
    printed = round(100 * reached / cohort)
    reading = rounded(printed, lower=max(0, printed - 0.5), upper=min(100, printed + 0.5))
    least, most = ends(pupils_short(KEY_STAGE_2_AMBITION, reading, cohort=pupils(cohort)).short)
    needed = -(-9 * cohort // 10)
    assert least <= max(0, needed - reached) <= most


def test_from_4_5_to_5_over_12000_grades_is_6000_grade_points():
    """By hand: 0.5 x 12,000; rounded to one decimal the mean is 4.45 to 4.55."""
    assert ends(grade_points_short(GCSE_AMBITION, grade(4.5), grades=grade(12_000)).short) == (6000, 6000)
    between = grade_points_short(GCSE_AMBITION, (grade(4.45), grade(4.55)), grades=grade(12_000))
    assert ends(between.short) == (5400, 6600)
    assert ends(grade_points_short(GCSE_AMBITION, grade(5.2), grades=grade(10)).short) == (0, 0)
    assert str(between).startswith("Mean GCSE grade in English language and mathematics: at 4.45 grades to 4.55 grades, 5,400 to")


def test_a_mean_grade_has_no_pupils_who_are_short_and_a_share_no_grade_points():
    """Each refused by name, and told of the other."""
    with pytest.raises(InvalidValue, match="grade_points_short is for it"):
        pupils_short(GCSE_AMBITION, grade(4.5), cohort=pupils(100))
    with pytest.raises(InvalidValue, match="pupils_short is for it"):
        grade_points_short(KEY_STAGE_2_AMBITION, percent(65), grades=grade(100))


@pytest.mark.parametrize("cohort", [None, 6500, pupils(0), pupils(-5), pupils(1.5), pupils(float("nan")), percent(65), "6500"])
def test_a_cohort_is_a_whole_number_of_pupils(cohort):
    """Nothing else is taken for one."""
    with pytest.raises(InvalidValue, match="cohort"):
        pupils_short(KEY_STAGE_2_AMBITION, percent(65), cohort=cohort)


def test_a_rounded_share_taken_for_an_exact_one_is_told():
    """65% of 6,501 pupils is 4,225.65: no number of pupils is that share."""
    with pytest.raises(ImpossibleFigure, match="no whole number over 6,501"):
        pupils_short(KEY_STAGE_2_AMBITION, percent(65), cohort=pupils(6501))


# Refused

CALLS = [
    lambda ambition, value, **other: progress_needed(ambition, value, **{"at": SUMMER_2025} | other),
    lambda ambition, value, **other: on_line(ambition, value, **{"at": SUMMER_2025} | other),
]


@pytest.mark.parametrize("call", CALLS)
def test_a_share_at_a_grade_is_no_mean_grade_and_a_mean_grade_no_share(call):
    """The confusion that the figures invite: 43% at grade 5 or above, against a mean of 5."""
    with pytest.raises(UnitError, match="a mean grade, and no share of pupils at a grade"):
        call(GCSE_AMBITION, percent(43.2))
    with pytest.raises(UnitError, match="a share of pupils"):
        call(KEY_STAGE_2_AMBITION, grade(5))


def test_a_reading_of_another_measure_is_refused_even_in_the_same_unit():
    """Phonics is in percent too."""
    for indicator, ambition in ((PHONICS, KEY_STAGE_2_AMBITION), (ENGLISH_AND_MATHEMATICS, GCSE_AMBITION)):
        with pytest.raises(NotComparable, match=indicator.key):
            progress_needed(ambition, Reading.of(indicator, 65, period=SUMMER_2025))


def test_a_reading_that_is_withheld_has_nothing_to_set_beside_unless_it_has_bounds():
    """With its reason."""
    with pytest.raises(NotComparable, match="suppressed to protect confidentiality"):
        progress_needed(KEY_STAGE_2_AMBITION, Reading.of(KEY_STAGE_2, Withheld.CONFIDENTIAL, period=SUMMER_2025))
    bounded = Reading.of(KEY_STAGE_2, Withheld.UNRESOLVED, period=SUMMER_2025, lower=60, upper=70, interval=Interval.BOUNDS)
    assert ends(progress_needed(KEY_STAGE_2_AMBITION, bounded, by=BY_2030).a_year) == (4, 6)


def test_bounds_that_are_not_certain_are_not_taken_for_a_range():
    """A confidence interval is no rounding."""
    reading = rounded(65, interval=Interval.CONFIDENCE, level=0.95)
    assert ends(progress_needed(KEY_STAGE_2_AMBITION, reading, by=BY_2030).a_year) == (5, 5)


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("year", ["2019/20", "2020/21"])
def test_a_figure_of_a_year_without_results_cannot_be(call, year):
    """No national assessment of key stage 2 was held in the two years."""
    with pytest.raises(ImpossibleFigure, match="cancelled because of the coronavirus pandemic"):
        call(KEY_STAGE_2_AMBITION, percent(65), at=AcademicYear(year))
    call(GCSE_AMBITION, grade(4.6), at=AcademicYear(year))
    with pytest.raises(ImpossibleFigure):
        pupils_short(KEY_STAGE_2_AMBITION, rounded(65, year=AcademicYear(year)), cohort=pupils(6500))


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    "value", [None, 65, "65%", (percent(60),), (percent(70), percent(60)), (60, 70), [percent(60), percent(70)], KEY_STAGE_2]
)
def test_what_is_no_figure_is_refused_by_name(call, value):
    """Numbers without their unit too."""
    with pytest.raises(InvalidValue, match="value"):
        call(KEY_STAGE_2_AMBITION, value)


@pytest.mark.parametrize("call", CALLS)
def test_a_figure_lies_on_its_scale(call):
    """0 to 100% and grade 0 to 9, and is a number."""
    for ambition, value in (
        (KEY_STAGE_2_AMBITION, percent(101)),
        (KEY_STAGE_2_AMBITION, percent(-1)),
        (GCSE_AMBITION, grade(9.5)),
    ):
        with pytest.raises(ImpossibleFigure, match="lies between"):
            call(ambition, value)
    for odd in (float("nan"), float("inf")):
        with pytest.raises(ImpossibleFigure, match="finite"):
            call(KEY_STAGE_2_AMBITION, percent(odd))


@pytest.mark.parametrize("call", CALLS)
def test_the_time_the_area_and_the_target_year_are_asked_for_by_name(call):
    """A nonsense object never raises an error that is not ours."""
    for at in (None, 2025, "2024/25", FinancialYear("2024-25"), dt.datetime(2025, 7, 31)):
        with pytest.raises(InvalidValue, match="at: expected"):
            call(KEY_STAGE_2_AMBITION, percent(65), at=at)
    for by in (2030, "2029/30", AcademicYear("2030/31"), FinancialYear("2029-30")):
        with pytest.raises(InvalidValue, match="by: expected None, or an AcademicYear"):
            call(KEY_STAGE_2_AMBITION, percent(65), by=by)
    with pytest.raises(UnknownArea):
        call(KEY_STAGE_2_AMBITION, percent(65), area="Narnia")
    for area in (object(), 8.25):
        with pytest.raises(BucksError):
            call(KEY_STAGE_2_AMBITION, percent(65), area=area)
    for ambition in (None, "key stage 2", KEY_STAGE_2):
        with pytest.raises(InvalidValue, match="ambition: expected an Ambition"):
            call(ambition, percent(65))


def test_a_reading_has_its_own_year_and_area():
    """Another beside it is refused."""
    for other in ({"at": SUMMER_2025}, {"area": "825"}):
        with pytest.raises(InvalidValue, match="nothing beside a Reading"):
            progress_needed(KEY_STAGE_2_AMBITION, rounded(65), **other)
    with pytest.raises(InvalidValue, match="at: expected"):
        progress_needed(KEY_STAGE_2_AMBITION, rounded(65, year=FinancialYear("2024-25")))


@pytest.mark.parametrize(
    ("area", "told"), [(825, "825 has no target"), (None, "this area has no target"), (ENGLAND, "for England.")]
)
def test_an_authoritys_figure_is_a_comparison_and_says_so(area, told):
    """No authority has a share of a national ambition, and the caller's own area is none but an authority's."""
    value = percent(65)
    said = [progress_needed(KEY_STAGE_2_AMBITION, value, at=SUMMER_2025, area=area)]
    said += [on_line(KEY_STAGE_2_AMBITION, value, at=SUMMER_2025, area=area)]
    said += [pupils_short(KEY_STAGE_2_AMBITION, value, cohort=pupils(20), area=area)]
    assert all(told in str(found) for found in said)
    assert {found.is_comparison for found in said} == {area != ENGLAND}


def test_no_figure_is_in_an_error():
    """Nothing that was given is repeated."""
    token = 64.98765
    for call in (
        lambda: progress_needed(GCSE_AMBITION, percent(token), at=SUMMER_2025),
        lambda: progress_needed(GCSE_AMBITION, grade(token), at=SUMMER_2025),
        lambda: pupils_short(KEY_STAGE_2_AMBITION, percent(token), cohort=pupils(10)),
        lambda: progress_needed(KEY_STAGE_2_AMBITION, (percent(token), percent(1)), at=SUMMER_2025),
    ):
        with pytest.raises(BucksError) as caught:
            call()
        shown = f"{caught.value}{caught.value!r}{caught.value.args}"
        assert "98765" not in shown
        assert caught.value.__cause__ is None
        assert caught.value.__context__ is None


def test_no_line_was_published_and_the_line_says_so():
    """The straight line is this library's choice, with no official source."""
    assert "no year-by-year path" in str(attainment.KEY_STAGE_2_GAP_TO_LINE.sources[0])
    assert "a straight line of this library's own" in str(on_line(KEY_STAGE_2_AMBITION, rounded(65)))


@pytest.mark.parametrize("day", [dt.date(2019, 8, 1), dt.date(2021, 7, 31)])
def test_a_day_in_a_year_without_results_is_refused_as_the_year_is(day):
    """The first day of 2019/20 and the last of 2020/21; the day after it is taken, and printed in words."""
    for call in (on_line, progress_needed):
        with pytest.raises(ImpossibleFigure, match="there are no results of 20"):
            call(KEY_STAGE_2_AMBITION, percent(60), at=day)
    assert " 60% on 1 August 2021, below the line" in str(on_line(KEY_STAGE_2_AMBITION, percent(60), at=dt.date(2021, 8, 1)))


def test_a_target_that_may_be_missed_is_not_said_to_be_missed():
    """89.5% to 90.5% in the last year: 0 to 0.5 points short, and which is not known."""
    said = str(progress_needed(KEY_STAGE_2_AMBITION, (percent(89.5), percent(90.5)), at=AcademicYear("2029/30")))
    assert "the target's year is past: 0 to 0.5 percentage points short" in said
    assert "not reached and" not in said
    assert "(reached or not within its bounds)" in said


@pytest.mark.parametrize("nonsense", [5, "x", None, object(), (5,), (5, 5)])
def test_parts_of_another_kind_are_refused_by_name(nonsense):
    """Of an ambition's lists, and of what is worked out."""
    progress = progress_needed(KEY_STAGE_2_AMBITION, percent(65), at=AcademicYear("2018/19"))
    line = on_line(KEY_STAGE_2_AMBITION, percent(65), at=AcademicYear("2018/19"))
    short = pupils_short(KEY_STAGE_2_AMBITION, percent(65), cohort=quantity(100, "pupil"))
    fields = [(KEY_STAGE_2_AMBITION, name) for name in ("without_results", "open_questions")]
    fields += [(progress, name) for name in ("figure", "by", "status", "distance", "years_left")]
    fields += [(line, name) for name in ("figure", "by", "expected", "gap", "standing")]
    fields += [(short, name) for name in ("figure", "of", "short")]
    fields += [(progress.figure, name) for name in ("ambition", "low", "high")]
    for whole, name in fields:
        with pytest.raises(InvalidValue, match=f"{type(whole).__name__}.{name}"):
            attrs.evolve(whole, **{name: nonsense})
