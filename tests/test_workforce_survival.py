"""Survival by month: against a plain loop with fractions on every engine, against SciPy, and what is expected from a curve."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import attrs
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from bucks_cs import record
from bucks_cs.errors import (
    FrameProblems,
    ImpossibleFigure,
    InvalidValue,
    MissingSource,
    OutsideCoverage,
    UnitError,
    UnknownColumn,
)
from bucks_cs.frames.engine import Engine, collect, enter
from bucks_cs.indicators import Interval, Withheld
from bucks_cs.periods import CalendarYear, FinancialYear, MonthlyAverage, Snapshot, Span
from bucks_cs.provenance import DateBounds, NoOfficialSource
from bucks_cs.testing import as_engine, frames
from bucks_cs.units import quantity
from bucks_cs.workforce import (
    SURVIVAL,
    SURVIVAL_AT_RISK,
    SURVIVAL_LEFT,
    AcademyCohort,
    AcademyMembers,
    BeyondLastMonth,
    CohortStatus,
    Qualification,
    SurvivalCurve,
    SurvivalPoint,
    expected_in_post,
    mark_survival,
    retained,
    survival,
)
from made_up_academy import FOLLOWED_TO, SCHEMA, members, served_by, ten_thousand

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
ALL_TIME = Span("2000-01-01", "2030-12-31")
MADE_UP = NoOfficialSource(reason="made up")
LONGEST = 48
PERIODS = (FinancialYear("2019-20"), FinancialYear("2020-21"), CalendarYear(2020), FinancialYear("2030-31"))


def rows_of(native):
    """The rows of a frame of any engine; in pandas with numpy types a day comes back as its midnight."""
    return collect(enter(native)[0]).with_columns(pl.col(pl.Datetime).dt.date()).to_dicts()


def table_by_hand(rows, followed_to, longest):
    """At risk, left and the share as a fraction after each month: what a person with a calendar and a ledger would write."""
    there = [row for row in rows if row["start_date"] <= followed_to]
    at_risk, left = [0] * (longest + 1), [0] * (longest + 1)
    for row in there:
        start, leaving = row["start_date"], row["leaving_date"]
        for month in range(1, longest + 1):
            if served_by(start, month) > followed_to + dt.timedelta(days=1):
                break  # the month is not over for her
            at_risk[month] += 1
            if leaving is not None and leaving < served_by(start, month):
                left[month] += 1
                break  # and she is in no later one
    table, share = [(len(there), 0, Fraction(1) if there else None)], Fraction(1)
    for n, d in zip(at_risk[1:], left[1:], strict=True):
        share = share * (1 - Fraction(d, n)) if n else share
        table.append((n, d, share if there and (n or share == 0) else None))
    return table


@pytest.fixture(scope="module")
def made():
    """The ten thousand, and the table by hand of each intake and period."""
    frame = ten_thousand()
    tables = {}
    for intake in ("autumn", "spring", None):
        for period in PERIODS:
            chosen = [
                row for row in frame.to_dicts() if row["intake"] == intake and period.start <= row["start_date"] <= period.end
            ]
            tables[intake, period] = table_by_hand(chosen, FOLLOWED_TO, LONGEST)
    return frame, tables


def agrees_with_the_ledger(native, made):
    """Each share, number at risk and number who left, by intake, period and month."""
    _, tables = made
    found = rows_of(survival(native, period=PERIODS, followed_to=FOLLOWED_TO, months=LONGEST, by="intake").frame)
    assert len(found) == 3 * 3 * len(PERIODS) * (LONGEST + 1)
    periods = {(str(period.kind), period.start): period for period in PERIODS}
    withheld = {"x": 0, "z": 0}
    for row in found:
        period = periods[row["period_kind"], row["period_start"]]
        at_risk, left, share = tables[row["intake"], period][row["months"]]
        if row["indicator"] == SURVIVAL_AT_RISK.key:
            assert row["value"] == at_risk
        elif row["indicator"] == SURVIVAL_LEFT.key:
            assert row["value"] == left
        elif share is None:
            assert row["value"] is None
            assert row["withheld"] == ("z" if period.start > FOLLOWED_TO else "x")
            withheld[row["withheld"]] += 1
        else:
            assert row["value"] == pytest.approx(float(100 * share), abs=1e-9)
            assert row["withheld"] is None
    assert withheld["x"] > 20
    assert withheld["z"] == 3 * (LONGEST + 1)


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
def test_ten_thousand_starters_survive_as_a_ledger_says_on_every_engine(engine, made):
    """By intake with one that is not recorded, over years that overlap and one that is to come."""
    agrees_with_the_ledger(as_engine(made[0], engine), made)


@pytest.mark.spark
def test_ten_thousand_starters_survive_as_a_ledger_says_on_spark(spark, made):
    """The same on Spark."""
    agrees_with_the_ledger(as_engine(made[0], Engine.PYSPARK, spark=spark), made)


def in_months(rows, followed_to):
    """(month, left) of each starter: the month in which she left, or the whole months she is followed for."""
    out = []
    for row in rows:
        start, leaving = row["start_date"], row["leaving_date"]
        followed = next(n for n in range(600) if served_by(start, n + 1) > followed_to + dt.timedelta(days=1))
        left_in = None if leaving is None else next(n for n in range(1, 600) if leaving < served_by(start, n))
        out.append((left_in, True) if left_in is not None and left_in <= followed else (followed, False))
    return out


@pytest.mark.filterwarnings("ignore:The confidence interval is undefined")
@pytest.mark.parametrize("confidence", [0.95, 0.8])
def test_shares_and_limits_are_those_of_scipy(confidence):
    """Its Kaplan-Meier estimate of censored data and its log-log limits, which are made by other people: to nine digits."""
    rows = ten_thousand().head(600).filter(pl.col("start_date") <= FOLLOWED_TO)
    pairs = in_months(rows.to_dicts(), FOLLOWED_TO)
    sample = stats.CensoredData(
        uncensored=[month for month, left in pairs if left], right=[month for month, left in pairs if not left]
    )
    theirs = stats.ecdf(sample).sf
    limits = theirs.confidence_interval(confidence_level=confidence, method="log-log")
    found = survival(rows, period=ALL_TIME, followed_to=FOLLOWED_TO, months=36, confidence=confidence)
    seen = 0
    for reading in found.where(indicator=SURVIVAL):
        month = int(dict(reading.dims)["months"])
        assert reading.number == pytest.approx(100 * float(theirs.evaluate(month)), abs=1e-9)
        low, high = float(limits.low.evaluate(month)), float(limits.high.evaluate(month))
        if reading.lower is None:
            assert month == 0
        else:
            assert (reading.bound("lower"), reading.bound("upper")) == (
                pytest.approx(100 * low, abs=1e-9), pytest.approx(100 * high, abs=1e-9),
            )  # fmt: skip
            assert (reading.interval, reading.level) == (Interval.CONFIDENCE, confidence)
            seen += 1
    assert seen == 36


FREIREICH = {
    "left": (6, 6, 6, 7, 10, 13, 16, 22, 23),
    "censored": (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35),
}


def test_a_known_example_by_hand():
    """21 followed for 6 to 35 months, 9 of whom left: the shape of the textbook example of Freireich, with months for weeks.

    At risk 21, 17, 15, 12, 11, 7, 6 at months 6, 7, 10, 13, 16, 22, 23, with 3 leaving at the first and one at each other:
    18/21 = 0.857, x 16/17 = 0.807, x 14/15 = 0.753, x 11/12 = 0.690, x 10/11 = 0.627, x 6/7 = 0.538, x 5/6 = 0.448.
    """
    last = dt.date(2022, 12, 31)
    rows = [(month, True) for month in FREIREICH["left"]] + [(month, False) for month in FREIREICH["censored"]]
    given_rows = []
    for month, left in rows:
        # Who is followed for so many months started that long before 1 January 2023; who left had started long before.
        start = dt.date(2015, 1, 1) if left else dt.date(2023 - (month + 11) // 12, 12 - (month + 11) % 12, 1)
        leaving = served_by(start, month) - dt.timedelta(days=1) if left else None
        given_rows.append({"start_date": start.isoformat(), "leaving_date": leaving and leaving.isoformat()})
    found = survival(members(*given_rows), period=ALL_TIME, followed_to=last, months=24)
    assert [found.at(indicator=SURVIVAL_AT_RISK, months=n).number for n in (6, 7, 10, 13, 16, 22, 23)] == [
        21, 17, 15, 12, 11, 7, 6,
    ]  # fmt: skip
    by_hand = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    for month, share in by_hand.items():
        assert found.at(indicator=SURVIVAL, months=month).number == pytest.approx(100 * share, abs=0.05)
    # At month 6: G = 3/(21 x 18) = 1/126; |log(6/7)| = 0.154151; 1.959964 x 0.0890871/0.154151 = 1.132702, e^ is 3.104032;
    # limits e^(-0.154151 x 3.104032) = 0.6197 and e^(-0.154151/3.104032) = 0.9516.
    first = found.at(indicator=SURVIVAL, months=6)
    assert (round(first.bound("lower"), 1), round(first.bound("upper"), 1)) == (62.0, 95.2)


@settings(max_examples=12)
@given(
    frames(
        AcademyMembers,
        max_rows=12,
        columns={
            "worker_id": st.sampled_from("ABCDEFGHIJKL"),
            "start_date": st.dates(dt.date(2020, 1, 25), dt.date(2020, 12, 31)),
            "leaving_date": st.none() | st.dates(dt.date(2020, 2, 1), dt.date(2021, 12, 31)),
            "moved_to_team_date": st.none(),
        },
    ),
    st.dates(dt.date(2020, 2, 1), dt.date(2021, 12, 31)),
)
def test_survival_never_rises_and_lies_within_its_limits(frame, followed_to):
    """Any members followed to any day; nobody who left comes back, and who is at risk falls too."""
    found = list(survival(frame, period=ALL_TIME, followed_to=followed_to, months=24))
    of = {key: [one for one in found if one.indicator.key == key] for key in (SURVIVAL.key, SURVIVAL_AT_RISK.key)}
    ordered = {key: sorted(rows, key=lambda one: int(dict(one.dims)["months"])) for key, rows in of.items()}
    shares = [one.number for one in ordered[SURVIVAL.key]]
    known = [share for share in shares if share is not None]
    assert known == sorted(known, reverse=True)
    assert shares[: len(known)] == known  # once it is not known it is known no more
    at_risk = [one.number for one in ordered[SURVIVAL_AT_RISK.key]]
    assert at_risk == sorted(at_risk, reverse=True)
    for one in ordered[SURVIVAL.key]:
        if one.lower is not None:
            assert 0 <= one.bound("lower") <= one.number <= one.bound("upper") <= 100
    assert (shares[0] is None) == (frame.filter(pl.col("start_date") <= followed_to).is_empty())
    rows = mark_survival(frame, followed_to=followed_to)
    assert rows["in_denominator"].sum() == at_risk[0]
    left = sum(one.number for one in found if one.indicator.key == SURVIVAL_LEFT.key)
    assert rows["in_numerator"].sum() == left


def test_where_everybody_is_followed_long_enough_survival_is_the_share_retained():
    """Nothing is censored: both are the same numbers, the one a product of months and the other one count over another."""
    frame = ten_thousand().filter(pl.col("start_date") < dt.date(2020, 1, 1))
    of_months = survival(frame, period=ALL_TIME, followed_to=FOLLOWED_TO, months=24).where(indicator=SURVIVAL)
    counted = retained(frame, period=ALL_TIME, followed_to=FOLLOWED_TO, months=range(1, 25))
    for month in range(1, 25):
        assert of_months.at(months=month).number == pytest.approx(counted.at(months=month).number, abs=1e-9)


def test_who_started_late_is_in_the_months_she_is_followed_for_and_in_no_later_one():
    """Two of four stay a month, and of those followed to month 2 one of two: a half of a half."""
    frame = members(
        {"start_date": "2022-01-01", "leaving_date": "2022-01-20"},
        {"start_date": "2022-01-01", "leaving_date": "2022-02-20"},
        {"start_date": "2022-01-01"},
        {"start_date": "2022-02-01", "leaving_date": "2022-02-10"},
    )
    found = survival(frame, period=CalendarYear(2022), followed_to=dt.date(2022, 2, 28), months=3)
    assert [found.at(indicator=SURVIVAL, months=n).number for n in (0, 1, 2)] == [100, 50, 25]
    assert [found.at(indicator=SURVIVAL_AT_RISK, months=n).number for n in (0, 1, 2, 3)] == [4, 4, 2, 0]
    assert found.at(indicator=SURVIVAL, months=3).value is Withheld.NOT_AVAILABLE


@pytest.mark.parametrize(
    ("leaving", "month"),
    [("2022-01-31", 1), ("2022-02-01", 2), ("2022-02-28", 2), ("2022-03-01", 3), ("2022-01-01", 1), ("2023-12-31", None)],
)
def test_who_leaves_before_a_month_is_whole_leaves_in_it(leaving, month):
    """From 1 January: to 31 January the first month, on 1 February the second; one who is to leave later has not left."""
    frame = members({"start_date": "2022-01-01", "leaving_date": leaving})
    (row,) = rows_of(mark_survival(frame, followed_to=dt.date(2022, 6, 30)))
    assert (row["in_numerator"], row["months_followed"]) == ((True, month) if month else (False, 6))


def test_when_all_have_left_nobody_is_in_service_at_any_later_month():
    """0%, and no gap; there is no interval where the formula has none."""
    frame = members({"start_date": "2022-01-01", "leaving_date": "2022-02-15"})
    found = survival(frame, period=CalendarYear(2022), followed_to=dt.date(2022, 12, 31), months=12).where(indicator=SURVIVAL)
    assert [found.at(months=n).number for n in (1, 2, 12)] == [100, 0, 0]
    assert all(one.lower is None and one.interval is None for one in found)


def test_nobody_started_is_not_applicable_and_an_empty_frame_by_intake_has_no_groups():
    """``z`` at every month."""
    found = survival(members(), period=CalendarYear(2022), followed_to=FOLLOWED_TO, months=2)
    assert [one.value for one in found.where(indicator=SURVIVAL)] == [Withheld.NOT_APPLICABLE] * 3
    assert [one.number for one in found.where(indicator=SURVIVAL_LEFT)] == [0, 0, 0]
    assert len(survival(members(), period=CalendarYear(2022), followed_to=FOLLOWED_TO, months=2, by="intake")) == 0


def test_columns_of_the_frame_that_are_called_as_those_made_here_change_nothing():
    """DuckDB takes no notice of case."""
    frame = members({"start_date": "2022-01-01"}).with_columns(
        Months=pl.lit(5), Months_Followed=pl.lit(7), IN_NUMERATOR=pl.lit(1), value=pl.lit(3)
    )
    for engine in (Engine.POLARS, Engine.DUCKDB):
        native = as_engine(frame, engine)
        found = survival(native, period=CalendarYear(2022), followed_to=FOLLOWED_TO, months=2)
        assert found.at(indicator=SURVIVAL, months=2).number == 100
        assert retained(native, period=CalendarYear(2022), followed_to=FOLLOWED_TO, months=[1, 2]).at(months=2).number == 100
        assert [name for name in rows_of(mark_survival(native, followed_to=FOLLOWED_TO))[0] if "ollowed" in name] == [
            "months_followed"
        ]


def test_a_lazy_frame_stays_lazy_and_is_asked_once():
    """One query validates; the numbers wait until they are asked for."""
    asked = []

    def seen(batch):
        asked.append(batch.height)
        return batch

    lazy = members({"start_date": "2022-01-01"}).lazy().map_batches(seen, schema=None)
    found = survival(lazy, period=CalendarYear(2022), followed_to=FOLLOWED_TO, months=2)
    assert isinstance(found.frame, pl.LazyFrame)
    assert asked == [1]


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"months": 0}, InvalidValue, "^months: "),
        ({"months": 601}, InvalidValue, "^months: "),
        ({"months": True}, InvalidValue, "^months: "),
        ({"months": 2.5}, InvalidValue, "^months: "),
        ({"months": "12"}, InvalidValue, "^months: "),
        ({"months": [12]}, InvalidValue, "^months: "),
        ({"followed_to": dt.datetime(2022, 1, 1)}, InvalidValue, "^followed_to: "),
        ({"followed_to": "2022-01-01"}, InvalidValue, "^followed_to: "),
        ({"followed_to": dt.date.max}, InvalidValue, "^followed_to: "),
        ({"period": Snapshot("31 March 2022")}, InvalidValue, "^period: "),
        ({"period": MonthlyAverage("2022-04", "2022-09")}, InvalidValue, "^period: "),
        ({"period": None}, InvalidValue, "^period: "),
        ({"by": "worker_id"}, InvalidValue, "worker_id"),
        ({"by": "months"}, (InvalidValue, UnknownColumn), "months"),
        ({"by": "locality"}, UnknownColumn, "locality"),
        ({"confidence": 95}, InvalidValue, "confidence"),
        ({"area": 825}, InvalidValue, "area"),
    ],
    ids=lambda value: "-".join(f"{k}={v}" for k, v in value.items()) if isinstance(value, dict) else None,
)
def test_an_argument_that_cannot_be_is_refused_by_its_name(arguments, error, says):
    """None of them as an error of another's."""
    frame = members({"start_date": "2022-01-01"})
    asked = {"period": CalendarYear(2022), "followed_to": FOLLOWED_TO, "months": 12} | arguments
    with pytest.raises(error, match=says):
        survival(frame, **asked)


def test_no_error_shows_a_cell():
    """A number that stands for a worker is in no message."""
    token = "SECRET-WORKER-7"
    frame = members({"worker_id": token, "start_date": "2022-01-02", "leaving_date": "2022-01-01"})
    with pytest.raises(FrameProblems) as caught:
        survival(frame, period=CalendarYear(2022), followed_to=FOLLOWED_TO, months=2)
    assert [(one.column, one.rule, one.rows) for one in caught.value.problems] == [
        ("start_date, leaving_date", "left before starting", 1)
    ]
    assert token not in f"{caught.value} {caught.value!r} {caught.value.__cause__} {caught.value.__context__}"


# A curve.


def curve(**shares):
    """A curve from m6=95, m12=(80, 90)."""
    return SurvivalCurve.of_shares({int(name[1:]): share for name, share in shares.items()}, source=MADE_UP)


def test_a_curve_of_readings_has_their_shares_and_limits():
    """Where a reading has no limits its neighbours' are taken: nobody had left before who left later."""
    frame = members(
        {"start_date": "2022-01-01", "leaving_date": "2022-02-20"}, {"start_date": "2022-01-01"}, {"start_date": "2022-01-01"}
    )
    found = survival(frame, period=CalendarYear(2022), followed_to=dt.date(2022, 4, 30), months=6, source=MADE_UP)
    made_of = SurvivalCurve.of(found)
    second = found.at(indicator=SURVIVAL, months=2)
    assert made_of.last_month == 4
    assert [round(made_of.after(n).share.magnitude, 3) for n in (0, 1, 2, 4)] == [100, 100, 66.667, 66.667]
    assert (made_of.after(2).least.magnitude, made_of.after(2).most.magnitude) == (second.bound("lower"), second.bound("upper"))
    assert (made_of.after(1).least.magnitude, made_of.after(1).most.magnitude) == (second.bound("lower"), 100)
    assert (made_of.after(0).least, made_of.after(0).most) == (quantity(100, "percent"), quantity(100, "percent"))
    assert made_of.source == MADE_UP


def test_a_curve_in_which_nobody_has_left_yet_is_not_certain_that_nobody_will():
    """All of five stayed six months and of three twelve: Wilson's lower limits are 5/(5 + z²) and 3/(3 + z²), z² of 3.8415."""
    late = [{"start_date": "2022-07-01"}] * 2
    found = survival(
        members(*[{"start_date": "2022-01-01"}] * 3, *late), period=CalendarYear(2022), followed_to=dt.date(2022, 12, 31),
        months=12, source=MADE_UP,
    )  # fmt: skip
    made_of = SurvivalCurve.of(found)
    for months, at_risk in ((0, None), (6, 5), (7, 3), (12, 3)):
        point = made_of.after(months)
        assert (point.share.magnitude, point.most.magnitude) == (100, 100)
        assert point.least.magnitude == pytest.approx(100 if at_risk is None else 100 * at_risk / (at_risk + 1.959964**2))
    # Readings narrowed to the share do not say how many there were: anything is possible.
    assert SurvivalCurve.of(found.where(indicator=SURVIVAL)).after(12).least.magnitude == 0


def test_a_curve_of_readings_of_several_groups_is_refused():
    """One curve is of one group and one period, and it needs a source."""
    frame = members({"start_date": "2022-01-01", "intake": "spring"}, {"start_date": "2022-02-01", "intake": "autumn"})
    found = survival(frame, period=CalendarYear(2022), followed_to=FOLLOWED_TO, months=3, by="intake")
    with pytest.raises(InvalidValue, match="one group and one period"):
        SurvivalCurve.of(found, source=MADE_UP)
    assert SurvivalCurve.of(found.where(intake="spring"), source=MADE_UP).last_month == 3
    with pytest.raises(MissingSource, match="a survival curve"):
        SurvivalCurve.of(found.where(intake="spring"))
    none = survival(members(), period=CalendarYear(2022), followed_to=FOLLOWED_TO, months=3)
    with pytest.raises(InvalidValue, match="not withheld"):
        SurvivalCurve.of(none, source=MADE_UP)
    for nonsense in (None, frame, retained(frame, period=CalendarYear(2022), followed_to=FOLLOWED_TO).frame, 5):
        with pytest.raises(InvalidValue, match=r"^readings: "):
            SurvivalCurve.of(nonsense, source=MADE_UP)


def test_between_two_months_a_curve_gives_the_limits_they_leave_it():
    """Nobody comes back: at 9 months no fewer than at 12, no more than at 6."""
    stays = curve(m6=95, m12=(80, 90))
    assert stays.after(9) == SurvivalPoint(months=9, least=80, most=95)
    assert stays.after(3) == SurvivalPoint(months=3, least=95, most=100)
    assert stays.after(12) == SurvivalPoint(months=12, least=80, most=90)


def test_after_its_last_month_a_curve_says_nothing_unless_it_is_told_how():
    """80% at 12 months: it holds, it goes on (80% of 80% at 24), or anything from 0."""
    stays = curve(m12=80)
    with pytest.raises(OutsideCoverage, match="month 0 to month 12 only"):
        stays.after(13)
    assert stays.after(24, beyond=BeyondLastMonth.NOBODY_LEAVES).share == quantity(80, "percent")
    assert stays.after(24, beyond=BeyondLastMonth.SAME_PACE).share.magnitude == pytest.approx(64)
    unknown = stays.after(24, beyond=BeyondLastMonth.NOT_KNOWN)
    assert (unknown.share, unknown.least.magnitude, unknown.most.magnitude) == (None, 0, 80)
    with pytest.raises(InvalidValue, match=r"^beyond: "):
        stays.after(24, beyond="held")
    with pytest.raises(InvalidValue, match="a month or more"):
        curve(m0=100).after(1, beyond=BeyondLastMonth.SAME_PACE)


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: curve(m6=80, m12=90), ImpossibleFigure),
        (lambda: curve(m0=90), InvalidValue),
        (lambda: curve(m6=101), InvalidValue),
        (lambda: curve(m6=-1), InvalidValue),
        (lambda: curve(m6=float("nan")), InvalidValue),
        (lambda: curve(m6=(90, 80)), ImpossibleFigure),
        (lambda: curve(m6=(90, 80, 70)), InvalidValue),
        (lambda: curve(m6="80"), InvalidValue),
        (lambda: curve(m6=quantity(5, "worker")), UnitError),
        (lambda: SurvivalCurve.of_shares({}, source=MADE_UP), InvalidValue),
        (lambda: SurvivalCurve.of_shares([80], source=MADE_UP), InvalidValue),
        (lambda: SurvivalCurve.of_shares({"6": 80}, source=MADE_UP), InvalidValue),
        (lambda: SurvivalCurve.of_shares({6: 80}, source=None), MissingSource),
        (lambda: SurvivalCurve(points=5, source=MADE_UP), InvalidValue),
        (lambda: SurvivalCurve(points=[], source=MADE_UP), InvalidValue),
        (lambda: SurvivalCurve(points=[SurvivalPoint(months=6, least=1, most=2)] * 2, source=MADE_UP), InvalidValue),
        (lambda: SurvivalPoint(months=6, share=50, least=60, most=70), ImpossibleFigure),
        (lambda: curve(m6=80).after(-1), InvalidValue),
        (lambda: curve(m6=80).after(2.5), InvalidValue),
    ],
)
def test_a_curve_that_cannot_be_is_refused(make, error):
    """By our own errors."""
    with pytest.raises(error):
        make()


# Expected in post.


def cohort(started, started_in, **more):
    return AcademyCohort(
        area="825", who=Qualification.NEWLY_QUALIFIED, status=CohortStatus.PLANNED, started=started, started_in=started_in,
        source=MADE_UP, **more,
    )  # fmt: skip


def test_starters_times_the_share_that_stays_so_long():
    """20 who start on 1 September 2022, 80% after 12 months and 70% after 24: 16 on 1 September 2023, 14 a year on."""
    stays, intake = curve(m12=80, m24=70), cohort(20, dt.date(2022, 9, 1))
    for day, number in (("1 September 2023", 16), ("1 September 2024", 14), ("1 September 2022", 20), ("31 August 2022", 0)):
        found = expected_in_post(intake, at=Snapshot(day), survival=stays)
        assert found.range == (quantity(number, "worker"), quantity(number, "worker")), day
        assert found.by_shares == found.range
    both = expected_in_post([intake, cohort(10, dt.date(2023, 9, 1))], at=Snapshot("1 September 2024"), survival=stays)
    assert both.range[0].magnitude == 14 + 8
    assert str(both) == "Expected in service on 1 September 2024: 22 of 30 who start (22 by the shares alone)."


def test_a_range_of_starters_a_range_of_shares_and_a_day_within_bounds_each_make_a_range():
    """10-20 more at 65 to 75%: 6.5 to 15. Started between September 2022 and March 2023: 12 to 18 months on 1 March 2024."""
    more = attrs.evolve(record.academy().planned_in_january_2020, started_in=dt.date(2020, 9, 1))
    at = Snapshot("1 September 2021")
    found = expected_in_post(more, at=at, survival=curve(m12=(65, 75)))
    assert [end.magnitude for end in found.range] == [6.5, 15]
    assert found.by_shares is None
    exact = expected_in_post(more, at=at, survival=curve(m12=70))
    assert [end.magnitude for end in exact.range] == [7, 14]
    bounds = DateBounds(earliest=dt.date(2022, 9, 1), latest=dt.date(2023, 3, 1), why="made up")
    (one,) = expected_in_post(cohort(10, bounds), at=Snapshot("1 March 2024"), survival=curve(m12=80, m18=75)).intakes
    assert [months.magnitude for months in one.months] == [12, 18]
    assert (one.least.magnitude, one.most.magnitude) == (7.5, 8)
    assert one.by_shares is None  # months 13 to 17 lie between two that are known


def test_who_may_not_have_started_by_the_date_counts_from_none():
    """A further 60 by April 2023: on 31 December 2022 anything from 0 to 60 of them may be there."""
    planned = record.academy().planned_to_april_2023
    found = expected_in_post(planned, at=Snapshot("31 December 2022"), survival=curve(m12=80))
    assert [end.magnitude for end in found.range] == [0, 60]
    before = expected_in_post(planned, at=Snapshot("1 January 2020"), survival=curve(m12=80))
    assert [end.magnitude for end in before.range] == [0, 0]


def test_after_the_last_month_it_refuses_unless_it_is_told_how():
    """And says what was taken, where it was needed."""
    intake, stays, later = cohort(20, dt.date(2022, 9, 1)), curve(m12=80), Snapshot("1 September 2024")
    with pytest.raises(OutsideCoverage, match="beyond="):
        expected_in_post(intake, at=later, survival=stays)
    numbers = {}
    for beyond in BeyondLastMonth:
        found = expected_in_post(intake, at=later, survival=stays, beyond=beyond)
        numbers[beyond] = [end.magnitude for end in found.range]
        assert str(found).endswith(f"after the curve's last month {beyond.value}.")
    assert numbers == {
        BeyondLastMonth.NOBODY_LEAVES: [16, 16],
        BeyondLastMonth.SAME_PACE: [pytest.approx(12.8), pytest.approx(12.8)],
        BeyondLastMonth.NOT_KNOWN: [0, 16],
    }
    early = expected_in_post(intake, at=Snapshot("1 September 2023"), survival=stays, beyond=BeyondLastMonth.SAME_PACE)
    assert early.beyond is None
    assert "mean" in early.does_not_say[0]


def test_a_longer_stay_or_a_larger_intake_never_expects_fewer():
    """Any intake and any two shares."""

    @settings(max_examples=25)
    @given(
        st.integers(0, 100), st.integers(0, 100), st.floats(0, 100), st.floats(0, 100), st.integers(0, 700), st.integers(0, 300)
    )
    def holds(few, more, one, other, days, within):
        first = dt.date(2020, 1, 31) + dt.timedelta(days=days)
        bounds = DateBounds(earliest=first, latest=first + dt.timedelta(days=within), why="made up")
        intake = cohort((min(few, more), max(few, more)), bounds)
        low, high = sorted((one, other))
        asked = {"at": Snapshot("1 January 2022"), "beyond": BeyondLastMonth.NOBODY_LEAVES}
        shorter = expected_in_post(intake, survival=curve(m12=low), **asked).range
        longer = expected_in_post(intake, survival=curve(m12=high), **asked).range
        either = expected_in_post(intake, survival=curve(m12=(low, high)), **asked).range
        assert either == (shorter[0], longer[1])
        assert shorter[0] <= longer[0]
        assert shorter[1] <= longer[1]
        assert 0 <= either[0].magnitude <= either[1].magnitude <= max(few, more)

    holds()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"intakes": []}, "^intakes: "),
        ({"intakes": None}, "^intakes: "),
        ({"intakes": 5}, "^intakes: "),
        ({"intakes": "60"}, "^intakes: "),
        ({"intakes": ["x"]}, "^intakes: "),
        ({"at": dt.date(2022, 1, 1)}, "^at: "),
        ({"at": None}, "^at: "),
        ({"survival": 0.7}, "^survival: "),
        ({"survival": None}, "^survival: "),
        ({"beyond": "held"}, "^beyond: "),
    ],
    ids=str,
)
def test_what_cannot_be_expected_from_is_refused_by_its_name(arguments, says):
    """Nothing raises a raw error."""
    good = {"intakes": cohort(20, dt.date(2022, 9, 1)), "at": Snapshot("1 September 2023"), "survival": curve(m12=80)}
    asked = good | arguments
    with pytest.raises(InvalidValue, match=says):
        expected_in_post(asked.pop("intakes"), **asked)


def test_a_plan_with_no_date_and_a_cohort_with_no_starters_are_refused_by_what_they_lack():
    """January 2020: 10-20 more, when is not printed; ten in the academy, how many had started is not."""
    printed = record.academy()
    for one, missing in ((printed.planned_in_january_2020, "when they start"), (printed.in_january_2020, "how many start")):
        with pytest.raises(InvalidValue, match=missing):
            expected_in_post(one, at=Snapshot("1 September 2023"), survival=curve(m12=80))


def test_the_made_up_frame_keeps_its_schema():
    """And holds what it is there for: leaving on an anniversary, leap days, starts after the last day."""
    frame = ten_thousand()
    assert frame.schema == pl.Schema(SCHEMA)
    rows = frame.to_dicts()
    assert sum(row["start_date"] > FOLLOWED_TO for row in rows) > 50
    assert sum(row["start_date"] == dt.date(2020, 2, 29) for row in rows) > 50
    on_the_day = [row for row in rows if row["leaving_date"] in {served_by(row["start_date"], n) for n in range(1, 30)}]
    assert len(on_the_day) > 500
    assert np.isclose(sum(row["leaving_date"] is not None for row in rows) / 10_000, 0.55, atol=0.05)
