"""Which two tables stand beside one another: places and need, homes and the need for them, by the columns they share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.errors import InvalidValue
from bucks_cs.frames import Checked, FrameModel
from bucks_cs.frames.engine import small_table
from bucks_cs.periods import AcademicYear, Snapshot
from bucks_cs.sufficiency.schema.columns import ACADEMIC_YEARS
from bucks_cs.sufficiency.schema.tables import Homes, Need, NeedForHomes, Places

__all__ = ["EDUCATION", "HOMES", "Shape"]


@attrs.frozen(kw_only=True)
class Shape:
    """Two tables that are of the same lines at the same times.

    Args:
        places: The schema of the places.
        need: The schema of the children who need them.
        line: The columns that say which line a row is of.
        when: The column that says of which time it is.
    """

    places: type[FrameModel]
    need: type[FrameModel]
    line: tuple[str, ...]
    when: str

    def grouping(self, checked: Checked[Any], by: str | Sequence[str] | None) -> tuple[str, ...]:
        """The columns to break a measure down by, which are those of a line.

        Args:
            checked: The places.
            by: One column, several, or None for none.

        Raises:
            UnknownColumn: The frame lacks one.
            InvalidValue: One is no column of a line, or is named twice.
        """
        columns = checked.grouping(by)
        for column in columns:
            if column not in self.line:
                raise InvalidValue(what=f"by={column!r}", expected=f"one or several of {', '.join(self.line)}")
        return columns

    def with_period(self, lazy: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """Rows with the three columns of their period, in place of the one they are of.

        Args:
            lazy: Rows with the column `when`.
        """
        if self.when == "day":
            kind = nw.lit(str(Snapshot.kind)).alias("period_kind")
            return lazy.with_columns(kind, nw.col("day").alias("period_start"), nw.col("day").alias("period_end"))
        data: dict[str, list[Any]] = {
            "__label": [year.label for year in ACADEMIC_YEARS],
            "period_start": [year.start for year in ACADEMIC_YEARS],
            "period_end": [year.end for year in ACADEMIC_YEARS],
        }
        table = small_table(lazy, data, {"__label": nw.String, "period_start": nw.Date, "period_end": nw.Date})
        kind = nw.lit(str(AcademicYear.kind)).alias("period_kind")
        return lazy.join(table, left_on=self.when, right_on="__label", how="inner").with_columns(kind)


EDUCATION = Shape(places=Places, need=Need, line=("locality", "phase", "kind", "need"), when="academic_year")
HOMES = Shape(places=Homes, need=NeedForHomes, line=("locality", "kind", "provider"), when="day")
