"""Unaccompanied children: the children that the threshold is a share of, with the edition of the estimate they are from."""

from __future__ import annotations

from typing import Any

import attrs

from bucks_cs.errors import InvalidValue, MissingSource, of_kind
from bucks_cs.geography import area_key
from bucks_cs.indicators import Kind, Measure, Reading
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import AnySource, NoOfficialSource, Source, Vintage
from bucks_cs.uasc.model.amounts import as_children
from bucks_cs.uasc.sources import AGES_OF_A_CHILD
from bucks_cs.units import Quantity, quantity, same_dimension

__all__ = ["ChildPopulation"]

_OLDEST = 120


def _as_ages(given: Any) -> Any:
    pair = tuple(given) if isinstance(given, (tuple, list)) else ()
    whole = all(isinstance(age, int) and not isinstance(age, bool) for age in pair)
    if len(pair) != 2 or not whole or not 0 <= pair[0] <= pair[1] <= _OLDEST:
        raise InvalidValue(what="ChildPopulation.ages", expected="the first and the last age, both included, such as (0, 17)")
    return pair


def _words(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, str) or not value.strip():
        expected = "which edition of the estimate it is, in words, such as 'as first published'"
        raise InvalidValue(what=f"{type(instance).__name__}.{attribute.name}", expected=expected)


@attrs.frozen(kw_only=True)
class ChildPopulation:
    """How many children an area has, at which mid-year, of which ages, and by which edition of the estimate.

    An estimate is published more than once: Buckinghamshire's children of mid-2020 were 126,804 as first published and are
    122,495 since they were rebased to the Census of 2021. A share of the one is not a share of the other.

    Args:
        area: LA number, ONS code or name of the authority; None for the caller's own.
        mid_year: The day of the estimate.
        count: How many: a whole number of children.
        ages: The first and the last age counted, both included.
        vintage: Which edition: ``"as first published"``, ``"rebased to the Census of 2021"``.
        source: Where that edition is.

    Raises:
        MissingSource: There is no source.
        InvalidValue: The vintage is not said, the ages are no two ages in order, or a part is of another kind.
        UnitError: It is no number of children.
        ImpossibleFigure: It is not whole, or below 0.
        UnknownArea: No area is known by that.

    Example:
        >>> from bucks_cs import demand
        >>> from bucks_cs.uasc import ChildPopulation
        >>> print(ChildPopulation(area="825", mid_year=Snapshot("30 June 2020"), count=quantity(126_804, "child"),
        ...     vintage="as first published", source=demand.CHILDREN_AT_MID_2020_UNREBASED))
        126,804 aged 0 to 17 in 825 on 30 June 2020, as first published
    """

    area: str | None = attrs.field(default=None, converter=attrs.converters.optional(area_key))
    mid_year: Snapshot = attrs.field(validator=of_kind(Snapshot, expected="a Snapshot: the day of the estimate"))
    count: Quantity = attrs.field(converter=as_children)
    ages: tuple[int, int] = attrs.field(default=AGES_OF_A_CHILD, converter=_as_ages)
    vintage: str = attrs.field(validator=_words)
    source: AnySource = attrs.field()

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.source, (Source, NoOfficialSource)):
            raise MissingSource(what="a ChildPopulation")

    @classmethod
    def of_vintage(
        cls, edition: Vintage[Any], *, mid_year: Snapshot, area: str | None = None, ages: tuple[int, int] = AGES_OF_A_CHILD
    ) -> ChildPopulation:
        """The population of one edition out of `bucks_cs.provenance.Vintages`, which never chooses one itself.

        Args:
            edition: The edition, such as ``vintages.named("rebased")``: a number of children, plain or with its unit.
            mid_year: The day of the estimate.
            area: The authority.
            ages: The first and the last age counted.

        Raises:
            InvalidValue: It is no `Vintage`, such as all the editions at once; or what is in it is no number.
        """
        if not isinstance(edition, Vintage):
            raise InvalidValue(what="edition", expected="one Vintage, such as vintages.named('rebased')")
        of: Any = edition.value
        count = of if isinstance(of, Quantity) else quantity(of, "child")
        return cls(area=area, mid_year=mid_year, count=count, ages=ages, vintage=edition.name, source=edition.source)

    @classmethod
    def of_reading(cls, reading: Reading, *, vintage: str, ages: tuple[int, int] = AGES_OF_A_CHILD) -> ChildPopulation:
        """The population of a reading, such as ``demand.read_mid_year_population(..., source=...).at(area="825", ...)``.

        Args:
            reading: A count of children on a day, with its source.
            vintage: Which edition of the estimate it is from.
            ages: The first and the last age counted.

        Raises:
            MissingSource: The reading has no source, so that its vintage cannot be looked up.
            InvalidValue: It is no reading of a count of children on a day, is broken down, or is withheld.
        """
        expected = "a Reading: a count of all the children of an area on a day"
        if not isinstance(reading, Reading):
            raise InvalidValue(what="reading", expected=expected)
        of = reading.indicator
        counts = of.kind is Kind.STOCK and of.measure is Measure.COUNT and same_dimension(of.unit, "child")
        if not counts or reading.dims or not isinstance(reading.period, Snapshot):
            raise InvalidValue(what="reading", expected=expected)
        if reading.source is None:
            raise MissingSource(what="a population whose vintage is not said")
        if not isinstance(reading.value, Quantity):
            raise InvalidValue(what="reading", expected="a number of children; this one is withheld")
        return cls(
            area=reading.area, mid_year=reading.period, count=reading.value, ages=ages, vintage=vintage, source=reading.source
        )

    @property
    def number(self) -> int:
        """How many, without the unit."""
        return int(self.count.magnitude)

    @property
    def is_of_children(self) -> bool:
        """Whether it has all who are under 18, and nobody else."""
        return self.ages == AGES_OF_A_CHILD

    def __str__(self) -> str:
        where = "" if self.area is None else f" in {self.area}"
        return f"{self.number:,} aged {self.ages[0]} to {self.ages[1]}{where} on {self.mid_year}, {self.vintage}"
