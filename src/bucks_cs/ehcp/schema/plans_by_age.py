"""EHC plans by age: counts that a history is made of, of plans on a day and of plans that started or ceased before it."""

from __future__ import annotations

from typing import Any, ClassVar

from bucks_cs.ehcp.model.needs import OLDEST_AGE
from bucks_cs.frames import Date, FrameModel, Number, Text, WholeNumber, field, rule

__all__ = ["CeasedByAge", "NewPlansByAge", "PlansByAge"]

_ALONE = "it is a single year of age, that of youngest_age"


def _area() -> Any:
    return field(
        title="Area",
        description="The area's LA number, or its ONS code above an authority. A history is of areas of one level.",
        aliases=["old_la_code", "la_number"],
        nullable=True,
        gap="the caller's own area",
        str_length={"min_value": 1},
    )


def _youngest() -> Any:
    return field(
        title="Age from",
        description="The youngest age, in whole years, of those counted.",
        unit="year",
        aliases=["age", "age_from"],
        ge=0,
        le=OLDEST_AGE,
    )


def _oldest() -> Any:
    return field(
        title="Age to",
        description="The oldest age, in whole years, of those counted. 0 to 25 is everybody, those whose age is not known too.",
        unit="year",
        aliases=["age_to"],
        nullable=True,
        gap=_ALONE,
        ge=0,
        le=OLDEST_AGE,
    )


class _ByAge(FrameModel):
    """What the three tables share: an area, a day, and an age or a band of ages."""

    area: Text = _area()
    day: Date = field(
        title="Day",
        description="The day of the snapshot. What started or ceased is of the year up to it.",
    )
    youngest_age: WholeNumber = _youngest()
    oldest_age: WholeNumber = _oldest()

    @rule("the oldest age is below the youngest", columns=("youngest_age", "oldest_age"))
    def ages_in_order(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """Not from an age down to another."""
        return col("oldest_age") >= col("youngest_age")


class PlansByAge(_ByAge):
    """EHC plans maintained in an area on a day, by age: a row a single year of age or a band of ages.

    A row of ages 0 to 25 is the total. It may stand alone, where ages are not published, or beside the ages, which then make it,
    or less where some are not known. Other bands do not overlap. An area has at most one snapshot in a calendar year.
    """

    plans: Number = field(
        title="Plans",
        description="EHC plans maintained on the day.",
        unit="plan",
        aliases=["ehcplans", "ehc_plans"],
        nullable=True,
        gap="not published",
        ge=0,
    )

    class Config:
        """An age is there once."""

        unique: ClassVar = ["area", "day", "youngest_age", "oldest_age"]


class NewPlansByAge(_ByAge):
    """EHC plans that started in the year up to a snapshot, by age when they started; bands as in `PlansByAge`."""

    new_plans: Number = field(
        title="New plans",
        description="EHC plans that started in the year up to the day.",
        unit="plan",
        aliases=["new_ehc_plans", "plans_issued_den"],
        nullable=True,
        gap="not published",
        ge=0,
    )

    class Config:
        """An age is there once."""

        unique: ClassVar = ["area", "day", "youngest_age", "oldest_age"]


class CeasedByAge(_ByAge):
    """EHC plans that ceased in the year up to a snapshot, by age when they ceased and by reason; bands as in `PlansByAge`."""

    ceased: Number = field(
        title="Ceased",
        description="EHC plans that ceased in the year up to the day.",
        unit="plan",
        nullable=True,
        gap="not published",
        ge=0,
    )
    cease_reason: Text = field(
        title="Reason",
        description="Why the plan ceased.",
        aliases=["ceasereason"],
        nullable=True,
        gap="not recorded",
    )

    class Config:
        """An age is there once a reason."""

        unique: ClassVar = ["area", "day", "youngest_age", "oldest_age", "cease_reason"]
