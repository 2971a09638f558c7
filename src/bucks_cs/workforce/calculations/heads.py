"""The workforce: who of a return's rows is in post, who is there for an agency, who began and who left, and which row is a head.

A row belongs to the day its return is of, so that all of this is said of the row alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.marking import MARKS, drill_down, is_open, unmarked
from bucks_cs.workforce.schema.social_workers import in_the_year_to

__all__ = ["AGENCY", "EMPLOYED", "FTE", "IN_POST", "KNOWN_FTE", "LEFT", "PRESENT", "STARTED", "Marks", "one_a_worker", "only"]

EMPLOYED = ~nw.col("agency_worker")
"""Employed by the authority."""

PRESENT = is_open("role_start_date", "role_end_date", nw.col("as_at")).fill_null(value=True)
"""There on the day of the return: not left, or left after it; an agency worker need have no day on which she began."""

IN_POST = EMPLOYED & PRESENT
"""Employed, and there on the day of the return."""

AGENCY = nw.col("agency_worker") & PRESENT
"""An agency worker, and there on the day of the return."""

_BEGAN_IN_THE_YEAR = in_the_year_to(nw.col("role_start_date"), nw.col("as_at")).fill_null(value=False)

STARTED = IN_POST & _BEGAN_IN_THE_YEAR
"""Employed, and took up the post in the year to the day of the return: DfE leaves out those who left in the same year."""

LEFT = EMPLOYED & (nw.col("role_end_date") <= nw.col("as_at")).fill_null(value=False) & ~_BEGAN_IN_THE_YEAR
"""Was employed, and left in the year to the day of the return, that day included: not who had begun in the same year."""

FTE = nw.col("fte")
KNOWN_FTE = ~FTE.is_null()

_NO_ROLE, _NO_DAY = "none", dt.date(1900, 1, 1)


def only(number: nw.Expr, where: nw.Expr) -> nw.Expr:
    """A number where a row counts, and null elsewhere.

    Args:
        number: The number.
        where: Which rows count.
    """
    return nw.when(where).then(number)


def one_a_worker(
    rows: nw.LazyFrame[Any], who: nw.Expr, *, each: Sequence[str] = (), by: Sequence[str] = (), name: str = "__head"
) -> nw.LazyFrame[Any]:
    """Rows with whether each is the one that stands for its worker: of two posts the more senior counts, as DfE has it.

    Where two posts are as senior, it is the one taken up first, then that of more hours, then the first by its group, so that
    a worker is in one group and the groups add up.

    Args:
        rows: The rows.
        who: Which rows are looked at; the others stand for nobody.
        each: What a worker counts once for each of, such as the day she left.
        by: The groups.
        name: The column that says so.
    """
    groups = {f"__of_{n}": nw.concat_str(nw.lit("="), nw.col(group).cast(nw.String)).fill_null("") for n, group in enumerate(by)}
    order = {
        "__seniority": nw.col("role").fill_null(_NO_ROLE),
        "__since": nw.col("role_start_date").fill_null(_NO_DAY),
        "__hours": FTE.fill_null(-1.0) * -1,
        **groups,
    }
    counted = rows.with_columns(__there=nw.when(who).then(nw.lit(1)).otherwise(nw.lit(0)), **order)
    so_far = nw.col("__there").cum_sum().over("as_at", "worker_id", *each, order_by=[*order])
    return counted.with_columns(__so_far=so_far).with_columns(
        ((nw.col("__there") == 1) & (nw.col("__so_far") == 1)).alias(name)
    ).drop("__there", "__so_far", *order)  # fmt: skip


@attrs.frozen(kw_only=True)
class Marks:
    """Rows, and which of them are in the denominator and in the numerator of a figure of their return.

    Args:
        rows: The rows.
        whole: Which are in the denominator.
        part: Which are in the numerator; it need not be a part of the denominator, as leavers are none of those in post.
        own: What the figure adds beside the two marks.
    """

    rows: nw.LazyFrame[Any]
    whole: nw.Expr
    part: nw.Expr
    own: dict[str, nw.Expr] = attrs.field(factory=dict)

    def drilled(self, checked: Checked[FrameT], day: dt.date) -> FrameT:
        """The caller's rows, marked for the return of a day: what every ``mark_`` function gives back.

        Args:
            checked: The caller's frame.
            day: The day.
        """
        of_the_return = nw.col("as_at") == day
        tests = dict(zip(MARKS, (self.whole, self.part), strict=True)) | self.own
        # Worked out under names of their own first: a frame that was marked before has columns of the final ones.
        marks = {f"__{name}": (test & of_the_return).fill_null(value=False) for name, test in tests.items()}
        worked = self.rows.with_columns(**marks)
        clean = unmarked(worked, *self.own).with_columns(**{name: nw.col(f"__{name}") for name in tests})
        return drill_down(checked, clean, *self.own)
