"""Needing: the social workers that a demand needs for a caseload to be kept, and how many case holders are short of it."""

from __future__ import annotations

from typing import Any, overload

import attrs
import narwhals as nw

from bucks_cs.errors import InvalidValue
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.engine import enter
from bucks_cs.indicators import Better, Indicator, Interval, Kind, Measure, Withheld
from bucks_cs.readings import Readings
from bucks_cs.readings.table import recast
from bucks_cs.units import OneOrRange, ends_of, quantity, same_dimension
from bucks_cs.workforce.calculations.caseload import CASELOAD_FTE
from bucks_cs.workforce.model.needed import WorkersNeeded
from bucks_cs.workforce.model.shares import share_ends
from bucks_cs.workforce.sources.capacity import NO_CASELOAD_LIMIT
from bucks_cs.workforce.sources.publications import CASELOAD_DEFINITION

__all__ = ["CASE_HOLDERS_SHORT", "SOCIAL_WORKERS_NEEDED", "case_holders_short", "social_workers_needed"]

Ends = tuple[float, float]

SOCIAL_WORKERS_NEEDED = Indicator(
    key="workforce.social_workers_needed",
    title="Social workers needed (FTE)",
    counts="full-time equivalents of social workers needed for the cases of a day to be held at a stated caseload",
    leaves_out="work that is no case, and that cases differ in the work they take",
    measure=Measure.AMOUNT,
    kind=Kind.STOCK,
    unit="FTE",
    better=Better.NEITHER,
    sources=(NO_CASELOAD_LIMIT, CASELOAD_DEFINITION),
)

CASE_HOLDERS_SHORT = Indicator(
    key="workforce.case_holders_short",
    title="Case holders short (FTE)",
    counts="full-time equivalents of social workers needed to hold the cases of a day at a stated caseload, less those who hold "
    "them; below 0 there are more than needed",
    leaves_out=SOCIAL_WORKERS_NEEDED.leaves_out,
    measure=Measure.AMOUNT,
    kind=Kind.STOCK,
    unit="FTE",
    better=Better.LOWER,
    sources=SOCIAL_WORKERS_NEEDED.sources,
)


@overload
def social_workers_needed(
    cases: Readings[FrameT], *, caseload: OneOrRange, holding: OneOrRange | None = ..., absence: OneOrRange | None = ...
) -> Readings[FrameT]: ...
@overload
def social_workers_needed(
    cases: OneOrRange, *, caseload: OneOrRange, holding: OneOrRange | None = ..., absence: OneOrRange | None = ...
) -> WorkersNeeded: ...
def social_workers_needed(
    cases: Readings[Any] | OneOrRange,
    *,
    caseload: OneOrRange,
    holding: OneOrRange | None = None,
    absence: OneOrRange | None = None,
) -> Readings[Any] | WorkersNeeded:
    """Social workers needed, in FTE, for cases to be held at a caseload: cases over the caseload.

    DfE's caseload is cases over the FTE of those who *hold* cases, agency workers among them. So without ``holding`` the answer
    is case holders, and with it all social workers, managers and those without a case among them: in post and agency together.

    Args:
        cases: How many cases: ``quantity(3542, "case")``, the least and most, or readings: of cases held on a day, from any
            engine (``demand.cases``, ``workforce.cases``), or of `CASELOAD_FTE`, whose numerator they are.
        caseload: The cases a full-time equivalent is to hold, ``quantity(16, "case/FTE")``, or the least and most. No default,
            since no law sets one.
        holding: The share who hold cases, in FTE, as ``quantity(51, "percent")``, or both ends: of social workers in post *and*
            agency workers, since DfE's case holders are both. Over those in post alone it is too high, and too few are needed.
        absence: The share of working days lost to sickness, as ``quantity(3.5, "percent")``; or both ends. Given, the caseload is
            kept by those who are there.

    Returns:
        Of quantities, `WorkersNeeded`: FTE, 0 or more, with ``lower`` and ``upper``, and ``whole_workers``, rounded up. Of
        readings, readings by the same columns in the same kind of frame, lazy if it was; a gap keeps its reason, bounds are
        carried, and where the caseload or a share is a range the value is ``unresolved`` between ``bounds``.

    Raises:
        InvalidValue: ``cases`` are neither; the caseload is not above 0; a share is not between 0% and 100%; readings are of
            several indicators, or of something else than cases held on a day.
        UnitError: A quantity is in another unit.

    Source:
        No caseload is set: `NO_CASELOAD_LIMIT` among the indicator's sources. That the divisor is case holders, agency workers
        included: DfE, *Local authority interactive tool*, data dictionary, measure Work_Force_AvgNumCase_SW.

    Example:
        >>> from bucks_cs.units import quantity
        >>> from bucks_cs.workforce import social_workers_needed
        >>> print(social_workers_needed(quantity(3542, "case"), caseload=quantity(16, "case/FTE")))
        221.4 FTE of social workers who hold cases: 222 if whole-time
        >>> needed = social_workers_needed((quantity(3400, "case"), quantity(3600, "case")), caseload=quantity(16, "case/FTE"),
        ...     holding=quantity(60, "percent"))
        >>> print(needed)
        354.2 to 375.0 FTE of social workers, agency workers among them: 355 to 375 if whole-time
        >>> print(*(f"{end.magnitude:.1f}" for end in needed.gap(quantity(340, "FTE"))))
        14.2 35.0
    """
    each = _cases_each(caseload, holding, absence)
    of_all = holding is not None
    if isinstance(cases, Readings):
        indicator = _said(SOCIAL_WORKERS_NEEDED, caseload, holding, absence)
        return _of_readings(cases, each, indicator=indicator, less_holders=False)
    low, high = ends_of(cases, "case", what="cases")
    who = "social workers, agency workers among them" if of_all else "social workers who hold cases"
    return WorkersNeeded(lower=quantity(low / each[1], "FTE"), upper=quantity(high / each[0], "FTE"), who=who)


def case_holders_short(caseloads: Readings[FrameT], *, caseload: OneOrRange) -> Readings[FrameT]:
    """Case holders short of a caseload, in FTE: those needed for the cases there are, less those who hold them.

    Args:
        caseloads: Readings of `CASELOAD_FTE`, from DfE's file or worked out, with the cases as numerator and the FTE of those who
            hold them as denominator.
        caseload: The cases a full-time equivalent is to hold, as for `social_workers_needed`.

    Returns:
        FTE, below 0 where there are more than needed, by the same columns in the same kind of frame, lazy if it was. A gap keeps
        its reason, and where one of the two parts is not given it is ``x``. Where the caseload is a range the value is
        ``unresolved`` between ``bounds``.

    Raises:
        InvalidValue: They are no readings of `CASELOAD_FTE`, or the caseload is not above 0.
        UnitError: The caseload is in another unit.

    Source:
        As for `social_workers_needed`.

    Example:
        >>> from bucks_cs.indicators import Reading
        >>> from bucks_cs.periods import Snapshot
        >>> from bucks_cs.readings import Readings
        >>> from bucks_cs.units import quantity
        >>> from bucks_cs.workforce import CASELOAD_FTE, case_holders_short
        >>> there = Readings.of([Reading.of(CASELOAD_FTE, 20, period=Snapshot("30 September 2024"), numerator=3200,
        ...     denominator=160)])
        >>> print(case_holders_short(there, caseload=quantity(16, "case/FTE")).at())
        Case holders short (FTE), 16 cases each, 30 September 2024: 40 FTE
    """
    given: object = caseloads
    if not isinstance(given, Readings) or [one.key for one in given.indicators] != [CASELOAD_FTE.key]:
        raise InvalidValue(what="caseloads", expected="readings of CASELOAD_FTE, and of nothing else")
    each = _cases_each(caseload, None, None)
    return _of_readings(caseloads, each, indicator=_said(CASE_HOLDERS_SHORT, caseload, None, None), less_holders=True)


def _cases_each(caseload: object, holding: object, absence: object) -> Ends:
    """The cases there may be for each FTE that is asked for, the fewest and the most."""
    low, high = ends_of(caseload, "case/FTE", what="caseload", above=0)
    hold = (1.0, 1.0) if holding is None else share_ends(holding, what="holding", least=False, most=True)
    away = (0.0, 0.0) if absence is None else share_ends(absence, what="absence", least=True, most=False)
    return low * hold[0] * (1 - away[1]), high * hold[1] * (1 - away[0])


def _said(indicator: Indicator, caseload: object, holding: object, absence: object) -> Indicator:
    """The indicator at its caseload, so that figures of two are never put together under one definition."""
    low, high = ends_of(caseload, "case/FTE", what="caseload", above=0)
    said = f"{_span(low, high)} cases each"
    if holding is not None:
        said += f", {_span(*(100 * end for end in share_ends(holding, what='holding', least=False, most=True)))}% holding cases"
    if absence is not None:
        said += f", {_span(*(100 * end for end in share_ends(absence, what='absence', least=True, most=False)))}% away"
    return attrs.evolve(indicator, title=f"{indicator.title}, {said}", counts=f"{indicator.counts}: {said}")


def _span(low: float, high: float) -> str:
    return f"{low:.6g}" if low == high else f"{low:.6g} to {high:.6g}"


def _of_readings(cases: Readings[Any], each: Ends, *, indicator: Indicator, less_holders: bool) -> Readings[Any]:
    by_caseload = _are_caseloads(cases)
    native, home = enter(cases.frame)
    lazy = _with_cases(recast(native, cases.by), by_caseload=by_caseload, less_holders=less_holders)
    exact = each[0] == each[1]
    some = ~nw.col("__cases").is_null() & ~nw.col("__holders").is_null()
    gap = nw.when(nw.col("withheld").is_null()).then(nw.lit(Withheld.NOT_AVAILABLE.value)).otherwise(nw.col("withheld"))
    reason: nw.Expr = nw.when(~some).then(gap)
    least, most = nw.col("__low") / each[1] - nw.col("__holders"), nw.col("__high") / each[0] - nw.col("__holders")
    if exact:
        ends = ~nw.col("__interval").is_null()
        value = nw.col("__cases") / each[0] - nw.col("__holders")
        figures: dict[str, nw.Expr] = {"value": value, "interval": nw.col("__interval")}
    else:
        ends = ~(least.is_null() & most.is_null())
        reason = nw.when(some).then(nw.lit(Withheld.UNRESOLVED.value)).otherwise(gap)
        figures = {"value": nw.lit(None, dtype=nw.Float64), "interval": nw.when(ends).then(nw.lit(Interval.BOUNDS.value))}
        lazy = lazy.with_columns(nw.lit(None, dtype=nw.Float64).alias("level"))
    figures |= {"lower": nw.when(ends).then(least), "upper": nw.when(ends).then(most), "withheld": reason}
    figures |= {"indicator": nw.lit(indicator.key), "level": nw.when(ends).then(nw.col("level"))}
    figures |= dict.fromkeys(("numerator", "denominator"), nw.lit(None, dtype=nw.Float64))
    out = lazy.with_columns(*(figure.alias(name) for name, figure in figures.items()))
    source = None if cases.other_sources else cases.source
    return Readings.worked_out(out, home=home, indicators=indicator, by=cases.by, source=source)


def _with_cases(lazy: nw.LazyFrame[Any], *, by_caseload: bool, less_holders: bool) -> nw.LazyFrame[Any]:
    """Readings with their cases, how few and how many they may be, and those who hold them already where that is asked.

    The bounds of a caseload are none of its cases. A number without an interval is its own two ends.
    """
    number = nw.col("numerator" if by_caseload else "value")
    nothing, none = nw.lit(None, dtype=nw.String), nw.col("interval").is_null()
    low, high = (number if by_caseload else nw.when(none).then(number).otherwise(nw.col(end)) for end in ("lower", "upper"))
    return lazy.with_columns(
        number.alias("__cases"),
        low.alias("__low"),
        high.alias("__high"),
        (nothing if by_caseload else nw.col("interval")).alias("__interval"),
        (nw.col("denominator") if less_holders else nw.lit(0.0)).alias("__holders"),
    )


def _are_caseloads(cases: Readings[Any]) -> bool:
    """Whether the cases are the numerator of a caseload; refused where they are neither that nor cases held on a day."""
    if len(cases.indicators) == 1:
        (indicator,) = cases.indicators
        if indicator.key == CASELOAD_FTE.key:
            return True
        counted = indicator.measure in {Measure.COUNT, Measure.AMOUNT} and indicator.kind is Kind.STOCK
        if counted and same_dimension(indicator.unit, "case"):
            return False
    expected = 'readings of one indicator: cases held on a day, in "case", or CASELOAD_FTE'
    raise InvalidValue(what="cases", expected=expected, hint=" Ask for one with where(indicator=...).")
