"""Where one area stands among others: rank, quartile, and how far from their aggregate, mean and median."""

from __future__ import annotations

import enum
import statistics
from collections import Counter
from collections.abc import Iterable

import attrs
from attrs.validators import deep_iterable, instance_of, optional

from bucks_cs import geography
from bucks_cs.comparison.neighbourhood import NeighbourModel
from bucks_cs.errors import InvalidValue
from bucks_cs.indicators import Better, Break, Measure, Reading, Withheld, definition_table, with_unit, written
from bucks_cs.units import Quantity, quantity

__all__ = ["Among", "AreaValue", "LeftOut", "Position", "Quartile"]

_FEWEST = 4
"""Quarters want four areas at the least."""


class Among(enum.Enum):
    """Whom an area is compared with."""

    ENGLAND = "England"
    REGION = "region"
    NEIGHBOURS = "statistical neighbours"
    GIVEN = "given"

    @property
    def takes_the_area_in(self) -> bool:
        """Whether the area is one of those whose aggregate, mean and median are taken: England's and its region's, it is."""
        return self in {Among.ENGLAND, Among.REGION}


class Quartile(enum.Enum):
    """A quarter of the areas, by which way the indicator is better: A is the best, D the worst."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


@attrs.frozen(kw_only=True)
class AreaValue:
    """The value of another area.

    Args:
        area: Its LA number, or those of a joint return.
        value: The number, in the indicator's unit.
        numerator: What was divided, where that is known.
        denominator: And what by.
    """

    area: str = attrs.field(validator=instance_of(str))
    value: float = attrs.field(converter=float)
    numerator: float | None = None
    denominator: float | None = None


@attrs.frozen(kw_only=True)
class LeftOut:
    """An area whose value is withheld, so that it has no rank.

    Args:
        area: Its LA number, or those of a joint return.
        why: The reason.
    """

    area: str = attrs.field(validator=instance_of(str))
    why: Withheld = attrs.field(validator=instance_of(Withheld))


def _values(given: Iterable[AreaValue]) -> tuple[AreaValue, ...]:
    return tuple(sorted(given, key=lambda each: each.area))


def _gaps(given: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    return tuple(sorted(given, key=lambda each: each.area))


def _sorted(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(given))


@attrs.frozen(kw_only=True)
class Position:
    """Where an area stands among others in one indicator and period.

    Everything but the areas' values is worked out from them: the rank, the quartile, and three different things to be
    compared with, which are often given one name:

    - `aggregate`: as if the others were one area, the sum of numerators over the sum of denominators;
    - `mean`: of the areas' values, each counting alike however large it is;
    - `median`: the value with as many areas above it as below.

    Of England and of a region the area is one of them, as it is in official figures; of neighbours and of a list it is not.

    Args:
        reading: The area's own reading.
        among: Whom it is compared with.
        model: The model of statistical neighbours, for those and only those.
        peers: The values of the others.
        withheld: Those whose value is withheld, with the reason of each.
        missing: Those for whom there is no reading.
        not_there: Those that were no authority on the last day of the period: ended before, or begun after.

    Raises:
        UnknownArea: The reading is of no known area.
        InvalidValue: The reading is of no authority; an area is there twice, or is its own peer; a model without neighbours,
            or neighbours without a model.
    """

    reading: Reading = attrs.field(validator=instance_of(Reading))
    among: Among = attrs.field(validator=instance_of(Among))
    model: NeighbourModel | None = attrs.field(default=None, validator=optional(instance_of(NeighbourModel)))
    peers: tuple[AreaValue, ...] = attrs.field(converter=_values, validator=deep_iterable(instance_of(AreaValue)))
    withheld: tuple[LeftOut, ...] = attrs.field(default=(), converter=_gaps, validator=deep_iterable(instance_of(LeftOut)))
    missing: tuple[str, ...] = attrs.field(default=(), converter=_sorted)
    not_there: tuple[str, ...] = attrs.field(default=(), converter=_sorted)

    def __attrs_post_init__(self) -> None:
        if not isinstance(geography.area(self.area), (geography.Authority, geography.JointReturn)):
            raise InvalidValue(what="Position.reading", expected="the reading of an authority, with its LA number")
        areas = [*(peer.area for peer in self.peers), *(each.area for each in self.withheld)]
        areas += [*self.missing, *self.not_there, self.area]
        if len(set(areas)) != len(areas):
            raise InvalidValue(what="Position", expected="each area once, and the area itself not among the others")
        if (self.model is not None) != (self.among is Among.NEIGHBOURS):
            raise InvalidValue(what="Position.model", expected="a model for statistical neighbours, and for them alone")

    @property
    def area(self) -> str:
        """The LA number of the area, or those of a joint return."""
        return self.reading.area or ""

    @property
    def is_by_size(self) -> bool:
        """Whether the rank is by size alone, the indicator being better neither way: then first is the largest."""
        return self.reading.indicator.better is Better.NEITHER

    @property
    def of(self) -> int:
        """How many areas have a rank, the area itself among them where it has a value."""
        return len(self.peers) + (self.reading.number is not None)

    @property
    def rank(self) -> int | None:
        """1 for the best, or by size for the largest; areas of one value share the best rank. None of a withheld value."""
        own = self.reading.number
        if own is None:
            return None
        lower = self.reading.indicator.better is Better.LOWER
        return 1 + sum(1 for peer in self.peers if (peer.value < own if lower else peer.value > own))

    @property
    def tied_with(self) -> tuple[str, ...]:
        """The other areas that have the same value, and so the same rank."""
        return tuple(peer.area for peer in self.peers if peer.value == self.reading.number)

    @property
    def quartile(self) -> Quartile | None:
        """The quarter of the ranked areas that the area is in; None by size alone, of a withheld value, and of under four areas.

        Source:
            Local authority interactive tool (dfe-analytical-services/local-authority-interactive-tool, R/fn_analysis.R,
            ``calculate_quartile_band``): the quartiles of all areas that have a value, by R's ``quantile`` (type 7), and a value
            on a quartile in the quarter below it. The tool does so for England; here it is done for the areas compared with.
        """
        own = self.reading.number
        if own is None or self.is_by_size or self.of < _FEWEST:
            return None
        values = sorted([own, *(peer.value for peer in self.peers)])
        above = sum(1 for quarter in (0.25, 0.5, 0.75) if own > _quantile(values, quarter))
        order = list(Quartile)
        return order[above] if self.reading.indicator.better is Better.LOWER else order[3 - above]

    @property
    def group(self) -> tuple[AreaValue, ...]:
        """The areas whose aggregate, mean and median are taken: with the area itself of England and of a region, else without."""
        own = self.reading.number
        if own is None or not self.among.takes_the_area_in:
            return self.peers
        mine = AreaValue(
            area=self.area, value=own, numerator=self.reading.numerator, denominator=self.reading.denominator
        )
        return _values((*self.peers, mine))

    @property
    def aggregate(self) -> Quantity | None:
        """The sum of the group's numerators over the sum of its denominators, in the indicator's unit.

        None where the indicator is no share, rate or mean, where an area of the group has no numerator or denominator (the
        aggregate of some would be of another group), and where the denominators sum to 0.
        """
        indicator = self.reading.indicator
        scale = {Measure.SHARE: 100, Measure.RATE: indicator.per or 1, Measure.MEAN: 1}.get(indicator.measure)
        parts = [(each.numerator, each.denominator) for each in self.group]
        known = [(top, bottom) for top, bottom in parts if top is not None and bottom is not None]
        whole = sum(bottom for _, bottom in known)
        if scale is None or len(known) < len(parts) or whole <= 0:
            return None
        return self._amount(sum(top for top, _ in known) / whole * scale)

    @property
    def mean(self) -> Quantity | None:
        """The mean of the group's values, each area counting alike; None where none has one."""
        return self._amount(statistics.fmean(each.value for each in self.group)) if self.group else None

    @property
    def median(self) -> Quantity | None:
        """The median of the group's values; None where none has one."""
        return self._amount(statistics.median(each.value for each in self.group)) if self.group else None

    @property
    def difference_from_aggregate(self) -> Quantity | None:
        """The area's value less the aggregate: of a share in percentage points."""
        return self._from(self.aggregate)

    @property
    def difference_from_mean(self) -> Quantity | None:
        """The area's value less the mean: of a share in percentage points."""
        return self._from(self.mean)

    @property
    def difference_from_median(self) -> Quantity | None:
        """The area's value less the median: of a share in percentage points."""
        return self._from(self.median)

    @property
    def withheld_by_reason(self) -> dict[Withheld, int]:
        """How many areas have no rank because their value is withheld, by the reason."""
        counts = Counter(each.why for each in self.withheld)
        return {reason: counts[reason] for reason in Withheld if reason in counts}

    @property
    def breaks(self) -> tuple[Break, ...]:
        """The known breaks in the series of one of these areas alone, up to the end of the period.

        From such a break on, what that area counts may not be what the others count.
        """
        there = (self.area, *(peer.area for peer in self.peers))
        end, known = self.reading.period.end, (each for each in self.reading.indicator.breaks if each.area is not None)
        found = (each for each in known if each.on <= end and any(each.concerns(area) for area in there))
        return tuple(sorted(found, key=lambda each: each.on))

    def _amount(self, number: float) -> Quantity:
        return quantity(number, self.reading.indicator.unit)

    def _from(self, other: Quantity | None) -> Quantity | None:
        own, unit = self.reading.number, self.reading.indicator.unit
        if own is None or other is None:
            return None
        return quantity(own - float(other.m_as(unit)), "percentage_point" if unit == "percent" else unit)

    def __str__(self) -> str:
        said = [self._ranked(), self._quarter(), self._distances(), self._not_ranked(), self._broken()]
        return f"{self._heading()}: {'; '.join(part for part in said if part)}"

    def _repr_html_(self) -> str:
        said = {"Value": self._own(), "Position": self._ranked(), "Quartile": self.quartile.value if self.quartile else ""}
        for name in ("aggregate", "mean", "median"):
            found: Quantity | None = getattr(self, name)
            said[name.capitalize()] = "" if found is None else self._amounts(found)
        said |= {"Left out": self._not_ranked(), "Breaks": self._broken()}
        return definition_table(self._heading(), {name: text for name, text in said.items() if text})

    def _heading(self) -> str:
        by = "".join(f", {name} {value if value is not None else 'not recorded'}" for name, value in self.reading.dims)
        return f"{self.reading.indicator.title} in {geography.area_name(self.area)}{by}, {self.reading.period}"

    def _own(self) -> str:
        number = self.reading.number
        return str(self.reading.withheld) if number is None else with_unit(number, self.reading.indicator.unit)

    def _amounts(self, amount: Quantity) -> str:
        return with_unit(float(amount.m_as(self.reading.indicator.unit)), self.reading.indicator.unit)

    def _ranked(self) -> str:
        if self.rank is None:
            return f"{self._own()}, so that it has no rank among {self._whom()}"
        first = {
            Better.HIGHER: "first is the highest, and higher is better",
            Better.LOWER: "first is the lowest, and lower is better",
            Better.NEITHER: "first is the highest: by size alone, since neither way is better",
        }[self.reading.indicator.better]
        place = f"joint {_ordinal(self.rank)}" if self.tied_with else _ordinal(self.rank)
        return f"{self._own()}, {place} of {self._whom()} ({first})"

    def _whom(self) -> str:
        if self.among is Among.ENGLAND:
            return f"{self.of} authorities of England"
        if self.among is Among.REGION:
            first = geography.authority(self.area.split("/")[0])
            return f"{self.of} authorities of its region, {first.region}"
        whom = f"its statistical neighbours by the {self.model}" if self.among is Among.NEIGHBOURS else "those given"
        return f"{self.of}, itself and {whom}" if self.rank is not None else f"{self.of}, {whom}"

    def _quarter(self) -> str:
        return f"quartile {self.quartile.value}" if self.quartile else ""

    def _distances(self) -> str:
        said = []
        for name in ("aggregate", "mean", "median"):
            apart: Quantity | None = getattr(self, f"difference_from_{name}")
            there: Quantity | None = getattr(self, name)
            if apart is not None and there is not None:
                said.append(f"{self._apart(float(apart.magnitude))} the {name} of {self._amounts(there)}")
        return ", ".join(said)

    def _apart(self, by: float) -> str:
        size, unit = written(abs(by)), self.reading.indicator.unit
        if size == "0":
            return "at" if by == 0 else f"a little {'above' if by > 0 else 'below'}"
        amount = with_unit(abs(by), unit) if unit != "percent" else f"{size} percentage point{'' if size == '1' else 's'}"
        return f"{amount} {'above' if by > 0 else 'below'}"

    def _not_ranked(self) -> str:
        said = [f"{count} {reason}" for reason, count in self.withheld_by_reason.items()]
        said += [f"{len(self.missing)} without a reading"] if self.missing else []
        said += [f"{len(self.not_there)} that were no authority at the end of the period"] if self.not_there else []
        return f"left out: {', '.join(said)}" if said else ""

    def _broken(self) -> str:
        return f"known breaks of one area alone: {'; '.join(map(str, self.breaks))}" if self.breaks else ""


def _quantile(values: list[float], share: float) -> float:
    """R's type 7, as LAIT takes it: between the two nearest of the sorted values, and exactly on one where it falls there."""
    place = (len(values) - 1) * share
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (place - below)


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
