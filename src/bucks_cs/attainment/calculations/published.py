"""Attainment: what DfE publishes of it for every authority, as readings: the Local authority interactive tool."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any, overload

import polars as pl

from bucks_cs.attainment.model.indicators import (
    A_LEVEL_POINTS,
    ATTAINMENT_8,
    ENGLISH_AND_MATHEMATICS,
    GOOD_LEVEL_OF_DEVELOPMENT,
    KEY_STAGE_2,
    PHONICS,
)
from bucks_cs.attainment.sources import (
    TOOL_A_LEVEL_POINTS,
    TOOL_ATTAINMENT_8,
    TOOL_ENGLISH_AND_MATHEMATICS,
    TOOL_GOOD_LEVEL,
    TOOL_KEY_STAGE_2,
    TOOL_PHONICS,
)
from bucks_cs.errors import InvalidValue
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Indicator
from bucks_cs.periods import AcademicYear
from bucks_cs.provenance import AnySource
from bucks_cs.published_files import TO_ONE_DECIMAL, Rounding, ToolMeasure, read_interactive_tool
from bucks_cs.readings import Readings

__all__ = ["read_attainment"]

_WHOLE = Rounding(authority=1, above=1)
# England's average points stand in the file with four decimals, those of authorities and regions with two.
_TO_TWO_DECIMALS = Rounding(authority=0.01)


_MEASURES = {
    indicator.key: ToolMeasure(source=source, indicator=indicator, rounding=rounding, period=AcademicYear.ending)
    for indicator, source, rounding in (
        (GOOD_LEVEL_OF_DEVELOPMENT, TOOL_GOOD_LEVEL, TO_ONE_DECIMAL),
        (PHONICS, TOOL_PHONICS, _WHOLE),
        (KEY_STAGE_2, TOOL_KEY_STAGE_2, _WHOLE),
        (ATTAINMENT_8, TOOL_ATTAINMENT_8, TO_ONE_DECIMAL),
        (ENGLISH_AND_MATHEMATICS, TOOL_ENGLISH_AND_MATHEMATICS, TO_ONE_DECIMAL),
        (A_LEVEL_POINTS, TOOL_A_LEVEL_POINTS, _TO_TWO_DECIMALS),
    )
}


@overload
def read_attainment(
    frame: str | os.PathLike[str], *, indicators: Indicator | Iterable[Indicator] | None = ..., source: AnySource | None = ...
) -> Readings[pl.DataFrame]: ...
@overload
def read_attainment(
    frame: FrameT, *, indicators: Indicator | Iterable[Indicator] | None = ..., source: AnySource | None = ...
) -> Readings[FrameT]: ...
def read_attainment(
    frame: Any, *, indicators: Indicator | Iterable[Indicator] | None = None, source: AnySource | None = None
) -> Readings[Any]:
    """Attainment of every authority, region and England, as DfE's Local authority interactive tool has it.

    Args:
        frame: The path of the tool's long file (``bds_long``, CSV or parquet), or a frame of it of any engine.
        indicators: Which measures: of `GOOD_LEVEL_OF_DEVELOPMENT`, `PHONICS`, `KEY_STAGE_2`, `ATTAINMENT_8`,
            `ENGLISH_AND_MATHEMATICS` and `A_LEVEL_POINTS`; None for all six. There must be rows of each.
        source: The release; None for the tool, at the date its data dictionary has of the measures.

    Returns:
        Readings in percent (0 to 100) or as a score, of the academic year that ends in the year the tool names: key stage 2 and
        phonics have the bounds of rounding to a whole percent, the others of theirs. ``-`` is a gap, not available: so are all of
        2019/20 and 2020/21 of the first three, when assessments were cancelled in the pandemic. The tool's England of key stage 2
        is of state-funded schools. No mean GCSE grade is in the tool, nor in any file here. A path gives polars, and a frame its
        own kind, lazy if it was.

    Raises:
        FrameProblems: A column is missing, no row is of a measure that is asked for, or rows cannot be read: see
            `bucks_cs.published_files.read_interactive_tool`. Counts of rows, and no cell.
        InvalidValue: There is no such file, or an indicator that is not in the tool.
        UnsupportedFrame: It is neither a path nor a frame.

    Source:
        DfE, *Local authority interactive tool*, ``bds_long`` and ``lait_data_dictionary``, column Measure_short.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.attainment import KEY_STAGE_2, read_attainment
        >>> tool = pl.DataFrame({"Short Desc": ["KS2RWM_Expected_STD"] * 2, "Years": ["2019", "2020"],
        ...     "LA Number": ["825", "825"], "Values": ["66", "-"]})
        >>> for reading in read_attainment(tool, indicators=KEY_STAGE_2):
        ...     print(reading.area, reading.period, reading.number or reading.withheld)
        825 2018/19 academic year 66.0
        825 2019/20 academic year not available
    """
    return read_interactive_tool(frame, _asked(indicators), source=source)


def _asked(indicators: Any) -> list[ToolMeasure]:
    if indicators is None:
        return list(_MEASURES.values())
    given = (indicators,) if isinstance(indicators, Indicator) else indicators
    several: tuple[Any, ...] = tuple(given) if isinstance(given, Iterable) else ()
    keys = [each.key for each in several if isinstance(each, Indicator)]
    if not keys or len(keys) < len(several) or not set(keys) <= set(_MEASURES):
        known = ", ".join(measure.indicator.key for measure in _MEASURES.values())
        raise InvalidValue(what="indicators", expected=f"None, or some of the indicators of {known}")
    return [_MEASURES[key] for key in dict.fromkeys(keys)]
