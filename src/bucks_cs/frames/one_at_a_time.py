"""Spans of days that belong to someone one at a time, such as a child's plans: the one before, and that none overlaps it.

That is a rule across rows, which no query of a single row can tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import narwhals as nw

from bucks_cs.frames.checked import Checked, FrameT
from bucks_cs.frames.rules import Test

if TYPE_CHECKING:
    from bucks_cs.frames.model import FrameModel

__all__ = ["END_BEFORE", "START_BEFORE", "one_at_a_time", "with_the_one_before"]

START_BEFORE, END_BEFORE = "__start_before", "__end_before"
"""The columns with the first and the last day of the span before."""


def one_at_a_time(
    frame: FrameT | Checked[FrameT], *, schema: type[FrameModel], whose: str, starts: str, ends: str, rule: str, hint: str
) -> Checked[FrameT]:
    """A frame, checked, once it is sure that no one in it has two spans at a time.

    A span goes from the day it started to the day before the one it ended on, so that one which starts on the day another ends
    does not overlap it. SQL lets no aggregate look at other rows, so that a lazy frame is asked a second small question, after
    that of the schema; one that is checked is asked it by the first measure, and not again.

    Args:
        frame: Rows of any engine, or checked by the schema, of which no two of one person start on the same day.
        schema: The schema.
        whose: The column with whose span it is.
        starts: The column with the day it started.
        ends: The column with the day it ended; null where it has not.
        rule: What is broken, in words.
        hint: What to do about it.

    Raises:
        FrameProblems: A rule of the schema is broken; or spans started while the one before was open.
    """
    checked: Checked[FrameT] = schema.admit(frame)
    if rule in checked.kept:
        return checked
    none_before, after_it = nw.col(START_BEFORE).is_null(), nw.col(starts) >= nw.col(END_BEFORE)
    alone = Test(column=f"{starts}, {ends}", rule=rule, holds=none_before | after_it.fill_null(value=False), hint=hint)
    before = with_the_one_before(checked.lazy, whose=whose, starts=starts, ends=ends)
    schema.admit(attrs.evolve(checked, lazy=before), also=(alone,))
    checked.kept.add(rule)
    return checked


def with_the_one_before(lazy: nw.LazyFrame[Any], *, whose: str, starts: str, ends: str) -> nw.LazyFrame[Any]:
    """Rows with the days of the span before of the same person: `START_BEFORE`, null where there is none, and `END_BEFORE`.

    Args:
        lazy: The rows.
        whose: The column with whose span it is.
        starts: The column with the day it started.
        ends: The column with the day it ended.
    """
    # In one order of all rows it takes a fifth of the time on polars; but Spark would bring them all together for it.
    parts = (whose,) if lazy.implementation is nw.Implementation.PYSPARK else ()
    before = {"__whose_before": whose, START_BEFORE: starts, END_BEFORE: ends}
    shifted = lazy.with_columns(
        **{name: nw.col(column).shift(1).over(*parts, order_by=(whose, starts)) for name, column in before.items()}
    )
    same = nw.col("__whose_before") == nw.col(whose)
    return shifted.with_columns(*(nw.when(same).then(nw.col(name)).alias(name) for name in (START_BEFORE, END_BEFORE)))
