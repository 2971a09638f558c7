"""The workforce: survival in service by months since the start, by Kaplan and Meier's estimate with Greenwood's interval."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.engine import small_table
from bucks_cs.indicators import Better, Indicator, Interval, Kind, Measure, Withheld
from bucks_cs.marking import area_number, drill_down, groups, marked, over_periods, periods_of_a_flow, tally, unmarked
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.rates.estimates import checked_confidence, z_score
from bucks_cs.readings import Readings
from bucks_cs.workforce.calculations.following import MONTHS, as_months, followed_for, last_day, served
from bucks_cs.workforce.schema.academy_members import AcademyMembers
from bucks_cs.workforce.sources.academy import EXPONENTIAL_GREENWOOD, GREENWOOD, KAPLAN_MEIER, NO_SERIES_OF_RETENTION

__all__ = ["SURVIVAL", "SURVIVAL_AT_RISK", "SURVIVAL_LEFT", "mark_survival", "survival"]

SURVIVAL = Indicator(
    key="workforce.survival",
    title="Academy starters still in service, by months since they started",
    counts="the part of those who started that is in service after so many whole months, estimated month by month from those "
    "followed to the end of each; how many is in the column months",
    leaves_out="of those who are followed to the middle of a month, that month",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.HIGHER,
    sources=(KAPLAN_MEIER, GREENWOOD, EXPONENTIAL_GREENWOOD, NO_SERIES_OF_RETENTION),
)

SURVIVAL_AT_RISK = Indicator(
    key="workforce.survival_at_risk",
    title="Academy starters at risk of leaving in the month",
    counts="those who were in service at the beginning of the month of service and are followed to its end; at month 0 all",
    measure=Measure.COUNT,
    kind=Kind.FLOW,
    unit="worker",
    better=Better.NEITHER,
    sources=(KAPLAN_MEIER, NO_SERIES_OF_RETENTION),
)

SURVIVAL_LEFT = Indicator(
    key="workforce.survival_left",
    title="Academy starters who left in the month",
    counts="those at risk in the month of service who left before it was whole",
    measure=Measure.COUNT,
    kind=Kind.FLOW,
    unit="worker",
    better=Better.LOWER,
    sources=(KAPLAN_MEIER, NO_SERIES_OF_RETENTION),
)

_INDICATORS = (SURVIVAL, SURVIVAL_AT_RISK, SURVIVAL_LEFT)
_OWN = ("months_followed",)
_PERIOD = ("period_kind", "period_start", "period_end")
# A product of months is rounded here, so that it is the same number on every engine: theirs differ in the last digits.
_DIGITS = 12


def mark_survival(frame: FrameT | Checked[FrameT], *, followed_to: dt.date) -> FrameT:
    """The caller's members, each with how long she was followed and whether she left: the drill-down of `survival`.

    Args:
        frame: Members of an academy, of any engine, or checked by `AcademyMembers`.
        followed_to: The last day of which everyone who left is in the frame. It cannot be seen from the rows.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where she had started by then),
        ``in_numerator`` (yes where she left in a month that is followed to its end) and ``months_followed``: the month of her
        service in which she left, 1 for the first, or the whole months she is followed for; null where she had not started.

    Raises:
        FrameProblems: A rule of `AcademyMembers` is broken.
        InvalidValue: ``followed_to`` is no plain date.

    Source:
        As `survival`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.workforce import mark_survival
        >>> members = pl.DataFrame({"worker_id": ["W1", "W2"], "start_date": dt.date(2020, 9, 1), "moved_to_team_date": None,
        ...     "leaving_date": [None, dt.date(2020, 12, 15)]})
        >>> mark_survival(members, followed_to=dt.date(2021, 3, 31)).select("in_numerator", "months_followed").rows()
        [(False, 7), (True, 4)]
    """
    last, checked = last_day(followed_to), AcademyMembers.admit(frame)
    native: FrameT = drill_down(checked, _marked(checked, last), *_OWN)
    return native


def survival(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    followed_to: dt.date,
    months: int,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """The share of those who started in a period who are still in service after 0, 1, 2 and so on months.

    With n at risk in a month and d of them who left in it, the share after month k is the product over months 1 to k of 1 - d/n.
    Those who started late are in the months they have been followed for, and in no later one; that is right as long as they leave
    as those before them did. The month of service is what is counted by: who leaves before k whole months has left in month k.

    Args:
        frame: Members of an academy, of any engine, or checked by `AcademyMembers`; those who have left among them.
        period: When they started, one or several.
        followed_to: The last day of which everyone who left is in the frame. It cannot be seen from the rows.
        months: The last month to give, from 1 to 600.
        by: Columns to break it down by, such as an intake.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.

    Returns:
        Three indicators for each group of the frame, each of the ``months`` from 0 (a column) and each period, in the caller's
        own kind of frame. ``workforce.survival``: percent, 0 to 100, never rising, with the exponential Greenwood (log-log)
        interval at each month by itself; no interval where nobody has left yet or nobody is left, where the formula has none;
        ``x`` where nobody has been followed for so long, ``z`` where nobody had started. ``workforce.survival_at_risk`` and
        ``workforce.survival_left``: how many, 0 or more, never a gap.

    Raises:
        FrameProblems: A rule of `AcademyMembers` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is none that events are
            counted over; ``months`` is no whole number from 1 to 600; ``followed_to`` is no plain date.

    Source:
        Kaplan and Meier (1958) for the estimate, Greenwood (1926) for its variance, S² times the sum of d/(n(n - d)); the
        interval is on the scale log(-log S), as SciPy's ``log-log`` has it: unlike the plain one it does not leave 0 to 100.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.periods import FinancialYear
        >>> from bucks_cs.workforce import SURVIVAL, survival
        >>> members = pl.DataFrame({"worker_id": ["W1", "W2", "W3"], "moved_to_team_date": None,
        ...     "start_date": [dt.date(2020, 9, 1), dt.date(2020, 9, 1), dt.date(2021, 1, 4)],
        ...     "leaving_date": [None, dt.date(2020, 12, 15), None]})
        >>> found = survival(members, period=FinancialYear("2020-21"), followed_to=dt.date(2021, 4, 30), months=5)
        >>> for reading in found.where(indicator=SURVIVAL):
        ...     print(dict(reading.dims)["months"], reading.value)
        0 100.0 percent
        1 100.0 percent
        2 100.0 percent
        3 100.0 percent
        4 50.0 percent
        5 50.0 percent
    """
    (longest,), last, periods = as_months([months]), last_day(followed_to), periods_of_a_flow(period)
    z, level = z_score(confidence), checked_confidence(confidence)
    checked = AcademyMembers.admit(frame)
    columns = groups(checked, by, own=(MONTHS, *_OWN))
    counted = _counted(checked, _marked(checked, last), periods, by=columns, longest=longest)
    estimated = _limited(_estimated(counted, keys=(*columns, *_PERIOD)), z=z, level=level)
    named = estimated.filter(nw.col(MONTHS) <= longest).with_columns(nw.lit(area_number(area)).cast(nw.String).alias("area"))
    return Readings.worked_out(
        _three(named), home=checked.home, indicators=_INDICATORS, by=(*columns, MONTHS), source=source
    )


def _marked(checked: Checked[Any], followed_to: dt.date) -> nw.LazyFrame[Any]:
    """Rows with the month in which each left, where it is followed to its end, or the months she is followed for."""
    rows = unmarked(checked.lazy, *_OWN).with_columns(__followed=followed_for(followed_to), __left_in=served() + 1)
    left = (nw.col("__left_in") <= nw.col("__followed")).fill_null(value=False)
    started = nw.col("start_date") <= followed_to
    month = nw.when(left).then(nw.col("__left_in")).otherwise(nw.col("__followed"))
    return marked(rows.with_columns(months_followed=nw.when(started).then(month)), whole=started, part=left)


def _counted(
    checked: Checked[Any], rows: nw.LazyFrame[Any], periods: Sequence[Period], *, by: tuple[str, ...], longest: int
) -> nw.LazyFrame[Any]:
    """How many are followed to each month and no longer, and how many left in it, of every group and period, zeros among them."""
    keys = (*by, *_PERIOD, MONTHS)
    capped = nw.when(nw.col("months_followed") > longest).then(nw.lit(longest + 1)).otherwise(nw.col("months_followed"))
    narrow = rows.filter(nw.col("in_denominator")).with_columns(__month=capped.cast(nw.Int64))
    left = tally(nw.col("in_numerator") & (nw.col("__month") <= longest))
    found = over_periods(
        narrow, date="start_date", periods=periods, by=(*by, "__month"), sums={"__out": nw.len(), "__left": left}
    ).with_columns(nw.col("__month").alias(MONTHS), *(nw.col(n).fill_null(0).cast(nw.Float64) for n in ("__out", "__left")))
    table = small_table(rows, {MONTHS: range(longest + 2)}, {MONTHS: nw.Int64})
    groups_of = over_periods(checked.lazy, date="start_date", periods=periods, by=by, sums={"__n": nw.len()})
    empty = groups_of.join(table, how="cross").with_columns(*(nw.lit(0.0).alias(name) for name in ("__out", "__left")))
    both = nw.concat([part.select(*keys, "__out", "__left") for part in (found, empty)], how="vertical")
    # Groups that are null find each other by grouping, as they would not by a join.
    return both.group_by(*keys).agg(nw.col("__out").sum(), nw.col("__left").sum())


def _estimated(counted: nw.LazyFrame[Any], *, keys: tuple[str, ...]) -> nw.LazyFrame[Any]:
    """Those at risk, and the sums over the months so far that the share and its variance are made of."""

    def so_far(column: str) -> nw.Expr:
        return nw.col(column).cum_sum().over(*keys, order_by=MONTHS)

    rows = counted.with_columns(__all=nw.col("__out").sum().over(*keys), __gone=so_far("__out"))
    rows = rows.with_columns(__risk=nw.col("__all") - nw.col("__gone") + nw.col("__out"))
    n, d = nw.col("__risk"), nw.col("__left")
    # Null before it is divided by or the logarithm taken: some engines stop in a branch that is not chosen.
    some = nw.when((d > 0) & (d < n))
    rows = rows.with_columns(
        __log=some.then((n - d) / some.then(n)).log().fill_null(0.0),
        __variance=(some.then(d) / some.then(n * (n - d))).fill_null(0.0),
        __end=nw.when((d > 0) & (d >= n)).then(nw.lit(1.0)).otherwise(nw.lit(0.0)),
    )
    return rows.with_columns(__logs=so_far("__log"), __g=so_far("__variance"), __ended=so_far("__end"))


def _limited(rows: nw.LazyFrame[Any], *, z: float, level: float) -> nw.LazyFrame[Any]:
    """The share in percent, its log-log limits, and the reason where there is none."""
    over, logs = nw.col("__ended") > 0, nw.col("__logs")
    nobody = nw.when(nw.col("__all") == 0).then(nw.lit(Withheld.NOT_APPLICABLE.value))
    reason = nw.when((nw.col("__all") > 0) & (nw.col("__risk") == 0) & ~over).then(nw.lit(Withheld.NOT_AVAILABLE.value))
    rows = rows.with_columns(withheld=reason.otherwise(nobody))
    told = nw.col("withheld").is_null()
    share = nw.when(over).then(nw.lit(0.0)).otherwise(logs.exp().round(_DIGITS))
    between = told & ~over & (logs < 0)
    distance = nw.when(between).then(-logs)
    rows = rows.with_columns(
        value=nw.when(told).then((share * 100).round(_DIGITS - 2)),
        __distance=distance,
        __error=z * nw.when(between).then(nw.col("__g")).sqrt() / distance,
    )
    return rows.with_columns(
        lower=(-nw.col("__distance") * nw.col("__error").exp()).exp() * 100,
        upper=(-nw.col("__distance") * (-nw.col("__error")).exp()).exp() * 100,
        interval=nw.when(between).then(nw.lit(Interval.CONFIDENCE.value)),
        level=nw.when(between).then(nw.lit(level)),
    )


def _three(rows: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Each row beside each of the three indicators, with that one's number: only the share has limits and gaps."""
    keys = small_table(rows, {"indicator": [each.key for each in _INDICATORS]}, {"indicator": nw.String})
    of = {each: nw.col("indicator") == each.key for each in _INDICATORS}
    counts = nw.when(of[SURVIVAL_AT_RISK]).then(nw.col("__risk")).otherwise(nw.col("__left"))
    own = ("lower", "upper", "interval", "level", "withheld")
    shares = (nw.when(of[SURVIVAL]).then(nw.col(name)).alias(name) for name in own)
    value = nw.when(of[SURVIVAL]).then(nw.col("value")).otherwise(counts)
    return rows.join(keys, how="cross").with_columns(value.alias("value"), *shares)
