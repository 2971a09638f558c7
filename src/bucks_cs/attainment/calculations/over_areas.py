"""Attainment: a table of published figures beside a national ambition, over areas and years, where the frame lives."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, TypeVar

import attrs
import narwhals as nw

from bucks_cs.attainment.model.ambition import GCSE_AMBITION, KEY_STAGE_2_AMBITION, Ambition
from bucks_cs.attainment.model.figure import need_ambition
from bucks_cs.attainment.sources import NO_PUBLISHED_LINE, OPPORTUNITY_FOR_ALL
from bucks_cs.errors import InvalidValue
from bucks_cs.frames.engine import enter, small_table
from bucks_cs.indicators import Better, Indicator, Interval, Measure, Withheld
from bucks_cs.periods import AcademicYear
from bucks_cs.readings import Readings
from bucks_cs.readings.table import PERIOD, recast
from bucks_cs.units import in_unit

__all__ = [
    "KEY_STAGE_2_GAP_TO_LINE",
    "KEY_STAGE_2_YEARLY_PROGRESS",
    "MEAN_GCSE_GRADE_GAP_TO_LINE",
    "MEAN_GCSE_GRADE_YEARLY_PROGRESS",
    "gap_to_line",
    "yearly_progress",
]

FrameT = TypeVar("FrameT")

TARGET_YEAR = "target_year"
_CERTAIN = [Interval.ROUNDING.value, Interval.BOUNDS.value]
_NATIONAL = "of an authority it is a comparison: the ambition is England's, and no authority has a target in it"


def _derived(ambition: Ambition, name: str, *, title: str, counts: str, per: str, better: Better, sources: Any) -> Indicator:
    of = ambition.indicator
    # A plain Indicator, whatever class the figure's own is of.
    kept = {field.name: getattr(of, field.name) for field in attrs.fields(Indicator)}
    own = {
        "key": f"{of.key}/{name}",
        "title": f"{of.title}: {title}",
        "counts": f"{counts}; {_NATIONAL}",
        "measure": Measure.CHANGE,
        "unit": f"{ambition.distance_unit}{per}",
        "better": better,
        "sources": sources,
    }
    return Indicator(**kept | own)


def _gap(ambition: Ambition) -> Indicator:
    counts = "the figure less what stands that year on a straight line from the ambition's baseline to its target"
    return _derived(
        ambition, "gap_to_line", title="gap to the line to the national ambition", counts=counts, per="", better=Better.HIGHER,
        sources=(NO_PUBLISHED_LINE, OPPORTUNITY_FOR_ALL),
    )  # fmt: skip


def _yearly(ambition: Ambition) -> Indicator:
    counts = "the target less the figure, 0 where it is reached, over the years left"
    return _derived(
        ambition, "yearly_progress", title="needed a year for the national ambition", counts=counts, per="/year",
        better=Better.LOWER, sources=(OPPORTUNITY_FOR_ALL,),
    )  # fmt: skip


KEY_STAGE_2_GAP_TO_LINE: Indicator = _gap(KEY_STAGE_2_AMBITION)
"""In percentage points, below 0 under the line."""

KEY_STAGE_2_YEARLY_PROGRESS: Indicator = _yearly(KEY_STAGE_2_AMBITION)
"""In percentage points a year."""

MEAN_GCSE_GRADE_GAP_TO_LINE: Indicator = _gap(GCSE_AMBITION)
"""In grades, below 0 under the line."""

MEAN_GCSE_GRADE_YEARLY_PROGRESS: Indicator = _yearly(GCSE_AMBITION)
"""In grades a year."""


def gap_to_line(readings: Readings[FrameT], *, ambition: Ambition) -> Readings[FrameT]:
    """How far each published figure is from the straight line to a national ambition.

    Args:
        readings: Published figures of the ambition's indicator, as `read_attainment` gives; other indicators are passed over.
        ambition: `KEY_STAGE_2_AMBITION` or `GCSE_AMBITION`.

    Returns:
        Readings of the same kind of frame, lazy if they were, in percentage points of a share and grades of a mean, below 0 under
        the line; broken down further by ``target_year``, since "by 2030" can mean two academic years: a row for each. The bounds
        are those of the figure's rounding. A gap keeps its reason; a figure of another period than an academic year from the
        baseline's to the target's is ``z``. Of an authority it is a comparison and no target.

    Raises:
        NotFound: There are no readings of the ambition's indicator.
        InvalidValue: ``readings`` are none, ``ambition`` is none, or they are broken down by ``target_year`` already.

    Source:
        `NoOfficialSource`: the straight line is this library's choice. Its ends: *Opportunity for all*, 28 March 2022.

    Example:
        >>> from bucks_cs.attainment import KEY_STAGE_2, KEY_STAGE_2_AMBITION, gap_to_line
        >>> from bucks_cs.indicators import Reading
        >>> from bucks_cs.periods import AcademicYear
        >>> from bucks_cs.readings import Readings
        >>> found = Readings.of([Reading.of(KEY_STAGE_2, 65, area="825", period=AcademicYear("2024/25"))])
        >>> for reading in gap_to_line(found, ambition=KEY_STAGE_2_AMBITION):
        ...     print(reading.dims, f"{reading.number:.1f}")
        (('target_year', '2028/29'),) -15.0
        (('target_year', '2029/30'),) -13.6
    """
    joined = _beside(readings, ambition)
    line = nw.col("__line")
    figures = {name: nw.col(name) - line for name in ("value", "lower", "upper")}
    return joined.readings(_gap(ambition), figures, known=~line.is_null())


def yearly_progress(readings: Readings[FrameT], *, ambition: Ambition) -> Readings[FrameT]:
    """What each published figure would have to rise by a year, every year alike, to reach a national ambition.

    Args:
        readings: As `gap_to_line`.
        ambition: As `gap_to_line`.

    Returns:
        As `gap_to_line`, in percentage points or grades a year, at least 0: 0 where the target is reached, and ``z`` where it is
        not and its year is past. A year before the baseline's is ``z`` too.

    Raises:
        NotFound: As `gap_to_line`; so are the others.

    Source:
        Arithmetic on the ambition's own figures: *Opportunity for all*, 28 March 2022.

    Example:
        >>> from bucks_cs.attainment import KEY_STAGE_2, KEY_STAGE_2_AMBITION, yearly_progress
        >>> from bucks_cs.indicators import Reading
        >>> from bucks_cs.periods import AcademicYear
        >>> from bucks_cs.readings import Readings
        >>> found = Readings.of([Reading.of(KEY_STAGE_2, 65, area="825", period=AcademicYear("2024/25"))])
        >>> [reading.number for reading in yearly_progress(found, ambition=KEY_STAGE_2_AMBITION)]
        [6.25, 5.0]
    """
    joined = _beside(readings, ambition)
    target = in_unit(ambition.target, ambition.indicator.unit)
    left = nw.col("__left")
    # Null before it is divided by: some engines stop at a division by zero in a branch that is not chosen.
    years = nw.when(left > 0).then(left)

    def needed(name: str) -> nw.Expr:
        short = nw.lit(target) - nw.col(name)
        return nw.when(short <= 0).then(nw.lit(0.0)).otherwise(short / years)

    figures = {"value": needed("value"), "lower": needed("upper"), "upper": needed("lower")}
    known = ~left.is_null() & ((left > 0) | (nw.col("value") >= target))
    # Of a figure that reached the target in the last year, a lower end that did not has nothing to divide by.
    whole = known & ((left > 0) | (nw.col("lower") >= target).fill_null(value=False))
    return joined.readings(_yearly(ambition), figures, known=known.fill_null(value=False), bounded=whole)


@attrs.frozen(kw_only=True)
class _Beside:
    """The readings of one indicator, each beside each target year and what stands on its line then."""

    lazy: nw.LazyFrame[Any]
    of: Readings[Any]
    home: Any

    def readings(
        self, indicator: Indicator, figures: dict[str, nw.Expr], *, known: nw.Expr, bounded: nw.Expr | None = None
    ) -> Readings[Any]:
        """What was worked out of them, as readings.

        Args:
            indicator: What it is.
            figures: Its value and both bounds.
            known: Where it can be worked out at all.
            bounded: Where its bounds can; None for where it can.
        """
        own = nw.col("interval").is_in(_CERTAIN).fill_null(value=False) & ~nw.col("lower").is_null() & ~nw.col("upper").is_null()
        certain = (own & (known if bounded is None else bounded)).fill_null(value=False)
        there = known.fill_null(value=False) & ~nw.col("value").is_null()
        gap = nw.when(~nw.col("withheld").is_null()).then(nw.col("withheld")).otherwise(nw.lit(Withheld.NOT_APPLICABLE.value))
        lazy = self.lazy.with_columns(
            indicator=nw.lit(indicator.key),
            value=nw.when(there).then(figures["value"]),
            lower=nw.when(certain).then(figures["lower"]),
            upper=nw.when(certain).then(figures["upper"]),
            interval=nw.when(certain).then(nw.col("interval")),
            withheld=nw.when(~there).then(gap),
            **{name: nw.lit(None, dtype=nw.Float64) for name in ("level", "numerator", "denominator")},
        )
        return Readings.worked_out(
            lazy, home=self.home, indicators=indicator, by=(*self.of.by, TARGET_YEAR), source=self.of.source
        )


def _beside(readings: Any, ambition: Any) -> _Beside:
    need_ambition(ambition)
    if not isinstance(readings, Readings):
        raise InvalidValue(what="readings", expected="Readings, such as read_attainment gives")
    if TARGET_YEAR in readings.by:
        raise InvalidValue(what="readings", expected=f"readings that are not broken down by {TARGET_YEAR} already")
    mine = readings.where(indicator=ambition.indicator)
    mine.indicator(ambition.indicator.key)
    entered, home = enter(mine.frame)
    lazy = recast(entered, mine.by)
    asked = {TARGET_YEAR: [year.label for year in ambition.by.years]}
    each = lazy.join(small_table(lazy, asked, {TARGET_YEAR: nw.String}), how="cross")
    lines = _lines(ambition)
    schema: dict[str, Any] = {TARGET_YEAR: nw.String, **PERIOD, "__line": nw.Float64, "__left": nw.Float64}
    beside = small_table(lazy, lines, schema)
    return _Beside(lazy=each.join(beside, on=[TARGET_YEAR, *PERIOD], how="left"), of=mine, home=home)


def _lines(ambition: Ambition) -> dict[str, list[Any]]:
    """What stands on the line to each target year in each academic year, and how many years are then left."""
    years = [AcademicYear.ending(year) for year in range(ambition.baseline_year.end.year, ambition.by.latest.end.year + 1)]
    rows = [(by, year, year.end.year - ambition.baseline_year.end.year) for by in ambition.by.years for year in years]
    return {
        TARGET_YEAR: [by.label for by, _, _ in rows],
        "period_kind": [str(year.kind) for _, year, _ in rows],
        "period_start": [year.start for _, year, _ in rows],
        "period_end": [year.end for _, year, _ in rows],
        "__line": [float(ambition.expected(Fraction(passed), by=by)) for by, _, passed in rows],
        "__left": [float(max(0, ambition.length(by) - passed)) for by, _, passed in rows],
    }
