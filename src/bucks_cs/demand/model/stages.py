"""Demand: the stages a child may pass through, and the indicators that count them."""

from __future__ import annotations

import enum

import attrs
from attrs.validators import instance_of, optional

from bucks_cs.indicators import Indicator
from bucks_cs.provenance import Dated
from bucks_cs.units import Quantity

__all__ = ["DemandIndicator", "Stage", "Timescale"]


class Stage(enum.Enum):
    """A stage of the pathway, in the order in which a child may come to it; few children pass through all.

    The last two are states a child may be in along the way, and not further steps.
    """

    CONTACT = "contact"
    REFERRAL = "referral"
    ASSESSMENT = "assessment"
    SECTION_47_ENQUIRY = "section 47 enquiry"
    INITIAL_CHILD_PROTECTION_CONFERENCE = "initial child protection conference"
    CHILD_PROTECTION_PLAN = "child protection plan"
    CHILD_IN_NEED = "child in need"
    ALLOCATED_SOCIAL_WORKER = "child with an allocated social worker"

    @property
    def next(self) -> Stage | None:
        """The step that may follow, or None at the end of the way and for the two states."""
        steps = list(Stage)[:6]
        return steps[steps.index(self) + 1] if self in steps[:-1] else None


@attrs.frozen(kw_only=True)
class Timescale:
    """How soon something must happen after something else, by the date the limit came into force.

    Args:
        begins: The event it runs from.
        ends: The event that must happen in time.
        limits: The limit by date in force.

    Example:
        >>> import datetime as dt
        >>> from bucks_cs.demand import INITIAL_CHILD_PROTECTION_CONFERENCES as conferences
        >>> print(conferences.timescale.limits.on(dt.date(2022, 10, 11)))
        15 working_day
    """

    begins: str
    ends: str
    limits: Dated[Quantity] = attrs.field(validator=instance_of(Dated))

    def __str__(self) -> str:
        latest = self.limits.values[-1].value
        unit = str(latest.units).replace("_", " ") + ("" if latest.magnitude == 1 else "s")
        return f"{self.ends} within {latest.magnitude:g} {unit} of {self.begins}"


@attrs.frozen(kw_only=True)
class DemandIndicator(Indicator):
    """What is counted at a stage of the pathway from contact to plan.

    Args:
        stage: The stage it counts.
        timescale: How soon it must happen, where law, guidance or an authority's own statement says so; None where nothing does.

    Raises:
        MissingSource: No source.
    """

    stage: Stage = attrs.field(validator=instance_of(Stage))
    timescale: Timescale | None = attrs.field(default=None, validator=optional(instance_of(Timescale)))
