"""EHC plans: a cohort that nobody printed, known only to lie between two numbers of plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from bucks_cs.ehcp.model.breakdown import counted_plans, number_of
from bucks_cs.ehcp.model.cohort import as_source, as_total, as_when
from bucks_cs.ehcp.model.plans_maintained import PLANS
from bucks_cs.errors import ImpossibleFigure, of_kind
from bucks_cs.geography import area, area_key
from bucks_cs.indicators import Interval, Reading, Withheld, definition_table
from bucks_cs.periods import Period, Snapshot
from bucks_cs.provenance import AnySource
from bucks_cs.units import Quantity

if TYPE_CHECKING:
    import polars as pl

    from bucks_cs.readings import Readings

__all__ = ["ImpliedCohort"]


@attrs.frozen(kw_only=True)
class ImpliedCohort:
    """Plans maintained in an area at a date, of which only the least and the most are known.

    It is a class of its own and no `EHCPCohort` without a total: nothing it is made of is known, and every calculation on a
    cohort would have to ask first whether there is a number. `bucks_cs.ehcp.implied_earlier` makes it.

    Args:
        area: As `EHCPCohort`.
        at: As `EHCPCohort`.
        least: The fewest plans there can have been: a whole number, kept as a quantity of plans.
        most: The most.
        follows_from: What implies it, in words.
        source: Where that is printed.

    Raises:
        MissingSource: There is no source.
        ImpossibleFigure: ``most`` is below ``least``, or a number below 0.
        UnitError: A quantity of something else than plans.
        InvalidValue: A part of another kind.
        UnknownArea: No look-up knows the area.

    Example:
        >>> from bucks_cs.ehcp import ImpliedCohort
        >>> from bucks_cs.periods import Month
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> print(ImpliedCohort(area="825", at=Month("July 2021"), least=5_162, most=5_209,
        ...     follows_from="5,704 in July 2022 is 10% more", source=NoOfficialSource(reason="an example")))
        Buckinghamshire maintained between 5,162 and 5,209 EHC plans in July 2021: 5,704 in July 2022 is 10% more.
    """

    area: str = attrs.field(converter=area_key)
    at: Period = attrs.field(converter=as_when)
    least: Quantity = attrs.field(converter=as_total)
    most: Quantity = attrs.field(converter=as_total)
    follows_from: str = attrs.field(validator=of_kind(str, expected="text"))
    source: AnySource = attrs.field(default=None, converter=as_source)

    def __attrs_post_init__(self) -> None:
        area(self.area, on=self.at.end)
        if self.most < self.least:
            raise ImpossibleFigure(what="ImpliedCohort.most", why="it is below least")

    @property
    def bounds(self) -> tuple[Quantity, Quantity]:
        """The least and the most."""
        return self.least, self.most

    def holds(self, plans: object) -> bool:
        """Whether there can have been so many plans.

        Args:
            plans: A whole number, or a quantity of plans.

        Raises:
            InvalidValue: It is no whole number of plans.
            UnitError: It is a quantity of something else.
            ImpossibleFigure: It is below 0.
        """
        return number_of(self.least) <= number_of(counted_plans(plans, what="plans")) <= number_of(self.most)

    def to_readings(self) -> Readings[pl.DataFrame]:
        """One reading of ``ehcp.plans``: its value unresolved, between bounds.

        Returns:
            In polars; `Withheld.UNRESOLVED` with ``lower`` and ``upper`` beside it, of the interval "bounds".
        """
        from bucks_cs.readings import Readings

        between = {"lower": self.least, "upper": self.most, "interval": Interval.BOUNDS}
        where = {"area": self.area, "period": self.at, "source": self.source}
        return Readings.of([Reading.of(PLANS, Withheld.UNRESOLVED, **between, **where)])

    def _said(self) -> str:
        low, high = number_of(self.least), number_of(self.most)
        return f"{low:,}" if low == high else f"between {low:,} and {high:,}"

    def __str__(self) -> str:
        when = f"on {self.at}" if isinstance(self.at, Snapshot) else f"in {self.at}"
        return f"{area(self.area).name} maintained {self._said()} EHC plans {when}: {self.follows_from}."

    def _repr_html_(self) -> str:
        said = {"Plans": self._said(), "Follows from": self.follows_from, "Source": str(self.source)}
        return definition_table(f"EHC plans maintained, {area(self.area).name}, {self.at}", said)
