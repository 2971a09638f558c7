"""Where one area stands among others: rank, quartile, and how far from their aggregate, mean and median."""

from __future__ import annotations

import enum
import statistics
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from types import NoneType
from typing import TypeVar

import attrs

from bucks_cs import geography
from bucks_cs.comparison import saying
from bucks_cs.comparison.neighbourhood import NeighbourModel
from bucks_cs.comparison.others import Among, AreaValue, LeftOut
from bucks_cs.comparison.rounding import rounded, rounding
from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.indicators import Better, Break, Interval, Measure, Reading, Withheld
from bucks_cs.units import Quantity, quantity

__all__ = ["Position", "Quartile"]

_FEWEST = 4
"""Quarters want four areas at the least."""

T = TypeVar("T")


class Quartile(enum.Enum):
    """A quarter of the areas, by which way the indicator is better: A is the best, D the worst."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


def _is_key(text: str) -> bool:
    """Whether it is what an authority, or those of a joint return, stand under in readings."""
    found = geography.area(text)
    return isinstance(found, (geography.Authority, geography.JointReturn)) and found.key == text


def _several(given: object, kind: type[T]) -> tuple[T, ...]:
    """What was given for several of a kind, each of that kind."""
    found: tuple[object, ...] = tuple(given) if isinstance(given, Iterable) and not isinstance(given, str) else (None,)
    good = tuple(each for each in found if isinstance(each, kind))
    if len(good) < len(found):
        named = "LA numbers as text" if kind is str else f"{kind.__name__} objects"
        raise InvalidValue(what="Position: the other areas", expected=f"a list of {named}")
    return good


def _values(given: Iterable[AreaValue]) -> tuple[AreaValue, ...]:
    return tuple(sorted(_several(given, AreaValue), key=lambda each: each.area))


def _gaps(given: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    return tuple(sorted(_several(given, LeftOut), key=lambda each: each.area))


def _sorted(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(_several(given, str)))


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
        UnknownArea: The reading is of no known area, or one of the others is none.
        InvalidValue: The reading is of no authority; an area is there twice, or is its own peer; a model without neighbours,
            or neighbours without a model; a field of another kind.
    """

    reading: Reading = attrs.field(validator=of_kind(Reading, expected="the Reading of the area"))
    among: Among = attrs.field(validator=of_kind(Among, expected="one of Among"))
    model: NeighbourModel | None = attrs.field(
        default=None, validator=of_kind(NeighbourModel, NoneType, expected="a NeighbourModel, or None")
    )
    peers: tuple[AreaValue, ...] = attrs.field(converter=_values)
    withheld: tuple[LeftOut, ...] = attrs.field(default=(), converter=_gaps)
    missing: tuple[str, ...] = attrs.field(default=(), converter=_sorted)
    not_there: tuple[str, ...] = attrs.field(default=(), converter=_sorted)

    def __attrs_post_init__(self) -> None:
        if not _is_key(self.area):
            raise InvalidValue(what="Position.reading", expected="the reading of an authority, with its LA number")
        areas = [*(peer.area for peer in self.peers), *(each.area for each in self.withheld), *self.missing, *self.not_there]
        if not all(_is_key(area) for area in areas):
            raise InvalidValue(what="Position", expected="areas that are authorities, by their LA numbers")
        areas.append(self.area)
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
    def ranked_to(self) -> float | None:
        """The step that every value is rounded to before they are ranked: the coarsest that one of them is published to.

        None where all are exact, or say nothing of their rounding: then they are ranked as they are.
        """
        steps = [self._own_step, *(peer.rounded_to for peer in self.peers)]
        return max((step for step in steps if step is not None), default=None)

    @property
    def is_rounded_to_be_ranked(self) -> bool:
        """Whether one of the values is published less rounded than they are ranked by, so that rounding may have tied two."""
        own = [] if self.reading.number is None else [self._own_step]
        return any(step != self.ranked_to for step in (*own, *(peer.rounded_to for peer in self.peers)))

    @property
    def ranked_as(self) -> float | None:
        """The number that the area is ranked by: its own, to the nearest `ranked_to` and a half up; None of a withheld value.

        An exact 19.87% stands beside published figures as what it would be published as, 19.9%, and shares its place with
        another 19.9%, which may be anything from 19.85% up to 19.95%. The differences from the averages are of the value itself.

        Source:
            Of 52 percentages in *Children in need* 2025 that fall exactly between two (data files c1, d3 and d5, authorities,
            2013 to 2025) DfE has rounded 51 up, and Shropshire's 28.75% of 2017 down.
        """
        return self._compared[0]

    @property
    def rank(self) -> int | None:
        """1 for the best, or by size for the largest; areas of one value share the best rank. None of a withheld value.

        The values are those of `ranked_as` and of the others, rounded alike.
        """
        own, others = self._compared
        if own is None:
            return None
        lower = self.reading.indicator.better is Better.LOWER
        return 1 + sum(1 for other in others if (other < own if lower else other > own))

    @property
    def tied_with(self) -> tuple[str, ...]:
        """The other areas that have the same value, rounded as they are ranked, and so the same rank."""
        own, others = self._compared
        return tuple(peer.area for peer, other in zip(self.peers, others, strict=True) if other == own)

    @property
    def quartile(self) -> Quartile | None:
        """The quarter of the ranked areas that the area's rank falls in; `why_no_quartile` says why there is none.

        Each place has its quarter, and an area the quarter of its place. Areas that share a value take as many places as they
        are: where these are not all in one quarter they have none, since they are as much of the one as of the other.

        Source:
            Local authority interactive tool (dfe-analytical-services/local-authority-interactive-tool, R/fn_analysis.R,
            ``calculate_quartile_band``): the quartiles of all areas that have a value, by R's ``quantile`` (type 7), and a value
            on a quartile in the quarter below it. The tool does so for England; here it is done for the areas compared with.
            Of tied areas it takes the lowest of their places by value: where higher is better, six of seven at 100% would be
            in D. Here they have no quartile; where there is one, it is the tool's.
        """
        if self.why_no_quartile:
            return None
        return self._quarter_of(self.rank or 1)

    @property
    def why_no_quartile(self) -> str:
        """Why the area has no quartile, in words; nothing where it has one."""
        if self.rank is None:
            return "the area's own value is withheld"
        if self.is_by_size:
            return "neither way is better"
        if self.of < _FEWEST:
            return f"there are only {self.of} areas, and quarters want {_FEWEST}"
        alike = 1 + len(self.tied_with)
        first, last = self.rank, self.rank + alike - 1
        best, worst = self._quarter_of(first), self._quarter_of(last)
        if best is worst:
            return ""
        return f"the {alike} areas of this value share the places {first} to {last}, from quartile {best.value} to {worst.value}"

    @property
    def group(self) -> tuple[AreaValue, ...]:
        """The areas whose aggregate, mean and median are taken: with the area itself of England and of a region, else without."""
        own = self.reading.number
        if own is None or not self.among.takes_the_area_in:
            return self.peers
        mine = AreaValue(area=self.area, value=own, numerator=self.reading.numerator, denominator=self.reading.denominator)
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

    @cached_property
    def _compared(self) -> tuple[float | None, tuple[float, ...]]:
        """The area's own number and those of the others, rounded alike."""
        step, own = self.ranked_to, self.reading.number
        others = tuple(peer.value for peer in self.peers)
        if step is None:
            return own, others
        return None if own is None else rounded(own, to=step), tuple(rounded(other, to=step) for other in others)

    @property
    def _own_step(self) -> float | None:
        """What the area's own value is published rounded to."""
        reading, own = self.reading, self.reading.number
        if own is None or reading.interval is not Interval.ROUNDING:
            return None
        return rounding(own, lower=reading.bound("lower"), upper=reading.bound("upper"))

    def _quarter_of(self, place: int) -> Quartile:
        """The quarter of a place, the best first: LAIT's of the value that would stand there, were none of them tied."""
        lower = self.reading.indicator.better is Better.LOWER
        below = place - 1 if lower else self.of - place
        passed = sum(1 for quarter in (1, 2, 3) if 4 * below > quarter * (self.of - 1))
        return list(Quartile)[passed if lower else 3 - passed]

    def __str__(self) -> str:
        return saying.sentence(self)

    def _repr_html_(self) -> str:
        return saying.as_table(self)
