"""Savings: pressures on plans as a frame, a row each, and the same from objects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl

from bucks_cs.errors import InvalidValue
from bucks_cs.frames import Checked, FrameModel, Text, WholeNumber, field, rule
from bucks_cs.savings.model.money import in_pence
from bucks_cs.savings.model.pressure import Pressure
from bucks_cs.savings.schema.tracker import MOST_PENCE, YEAR_LABELS

__all__ = ["PlanPressures", "pressures_given"]


class PlanPressures(FrameModel):
    """What is needed above plans, a row a pressure; those of one year against one plan add up, and no others do.

    Further columns (a cost centre, a programme) come along, to break a gap down by.
    """

    financial_year: Text = field(title="Financial year", description="The year, as 2023-24 is written.")
    against: Text = field(
        title="Against",
        description="The plan it is measured against: the Budget of 2023-24, the original plan. Against another it is another.",
        aliases=["Plan", "Measured against"],
        str_length={"min_value": 1},
    )
    pence: WholeNumber = field(
        title="Pence",
        description="How much more than planned is needed, in pence: a forecast less its budget. Below 0 for an underspend.",
        aliases=["Pressure in pence"],
        ge=-MOST_PENCE,
        le=MOST_PENCE,
    )

    @rule("is no financial year as 2023-24 is one", columns=("financial_year",))
    def has_a_year(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """A year and the one after it."""
        return col("financial_year").is_in(YEAR_LABELS)


def pressures_given(given: object) -> Checked[Any]:
    """Pressures as a checked frame.

    Args:
        given: A frame of any engine, one checked by `PlanPressures`, a `Pressure`, or several in a list or tuple.

    Raises:
        FrameProblems: A rule of `PlanPressures` is broken.
        InvalidValue: It is a list or tuple with something else than pressures in it, or with nothing.
        UnsupportedFrame: It is none of these.
    """
    several = (given,) if isinstance(given, Pressure) else given
    if not isinstance(several, (list, tuple)):
        checked: Checked[Any] = PlanPressures.admit(several)
        return checked
    objects: Iterable[Pressure] = [one for one in several if isinstance(one, Pressure)]
    rows = [{"financial_year": one.year.label, "against": one.against, "pence": in_pence(one.amount)} for one in objects]
    if not rows or len(rows) < len(several):
        raise InvalidValue(what="pressures", expected="a frame, a Pressure, or several in a list or tuple")
    made: Checked[Any] = PlanPressures.conform(pl.DataFrame(rows))
    return made
