"""The workforce: a survival curve, the share of starters still in service after so many months, to be read at any month."""

from __future__ import annotations

import enum
import itertools
from collections.abc import Iterable, Mapping
from numbers import Real
from typing import TYPE_CHECKING, Any

import attrs

from bucks_cs.errors import ImpossibleFigure, InvalidValue, MissingSource, OutsideCoverage, UnitError
from bucks_cs.indicators import written
from bucks_cs.provenance import AnySource, NoOfficialSource, Source
from bucks_cs.units import Quantity, in_unit, quantity, same_dimension

if TYPE_CHECKING:
    from bucks_cs.indicators import Reading
    from bucks_cs.readings import Readings

__all__ = ["BeyondLastMonth", "SurvivalCurve", "SurvivalPoint"]

_KEY, _AT_RISK = "workforce.survival", "workforce.survival_at_risk"


class BeyondLastMonth(enum.Enum):
    """What is taken of the months after a curve's last one: each is an assumption, and none of them is in the curve.

    `NOBODY_LEAVES`: the last share holds. `SAME_PACE`: as large a part of those still there leaves each month as did on average
    up to the last one. `NOT_KNOWN`: anything from nobody left in service to the last share.
    """

    NOBODY_LEAVES = "nobody leaves after the last month"
    SAME_PACE = "they leave at the average pace of the months before"
    NOT_KNOWN = "anything from nobody to the last share"


def _percent(given: object) -> Quantity:
    """An attrs converter: a share in percent, from a quantity or a plain number from 0 to 100."""
    number: object = given
    if isinstance(given, Quantity):
        if not same_dimension(str(given.units), "percent"):
            raise UnitError(what=f"SurvivalPoint: {given.units} where a percentage is wanted")
        number = in_unit(given, "percent")
    if isinstance(number, bool) or not isinstance(number, Real) or not 0 <= float(number) <= 100:
        raise InvalidValue(what="SurvivalPoint", expected="a share from 0 to 100 percent, or the least and the most of one")
    return quantity(float(number), "percent")


def _percent_or_none(given: object) -> Quantity | None:
    return None if given is None else _percent(given)


def _a_month(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 1_200:
        raise InvalidValue(what="SurvivalPoint.months", expected="a whole number of months, 0 or more")


@attrs.frozen(kw_only=True)
class SurvivalPoint:
    """The share still in service after so many months: a number, a number with limits, or limits alone.

    Args:
        months: How many whole months after they started.
        share: The share, in percent; None where only limits are known.
        least: Its lower limit.
        most: Its upper limit.

    Raises:
        InvalidValue: No whole number of months, or a share outside 0 to 100.
        ImpossibleFigure: The limits are the wrong way round, or the share is not between them.
        UnitError: A quantity of something else.
    """

    months: int = attrs.field(validator=_a_month)
    share: Quantity | None = attrs.field(default=None, converter=_percent_or_none)
    least: Quantity = attrs.field(converter=_percent)
    most: Quantity = attrs.field(converter=_percent)

    def __attrs_post_init__(self) -> None:
        if not self.least <= (self.least if self.share is None else self.share) <= self.most:
            raise ImpossibleFigure(what="SurvivalPoint", why="the share is not between its limits, the least first")

    @property
    def parts(self) -> tuple[float | None, float, float]:
        """The share, its least and its most as parts of 1."""
        share = None if self.share is None else float(self.share.magnitude) / 100
        return share, float(self.least.magnitude) / 100, float(self.most.magnitude) / 100


def _points(given: Iterable[SurvivalPoint]) -> tuple[SurvivalPoint, ...]:
    if not isinstance(given, Iterable):
        raise InvalidValue(what="SurvivalCurve.points", expected="one or more SurvivalPoint")
    found = tuple(given)
    if not found or not all(isinstance(point, SurvivalPoint) for point in found):
        raise InvalidValue(what="SurvivalCurve.points", expected="one or more SurvivalPoint")
    return tuple(sorted(found, key=lambda point: point.months))


def _source(given: AnySource | None) -> AnySource:
    if not isinstance(given, (Source, NoOfficialSource)):
        raise MissingSource(what="a survival curve")
    return given


@attrs.frozen(kw_only=True)
class SurvivalCurve:
    """The share of starters still in service after so many months, as far as it is known; at month 0 all are.

    Args:
        points: A `SurvivalPoint` for each month that is known; they need not be all months.
        source: Where they are from.

    Raises:
        MissingSource: There is no source.
        ImpossibleFigure: A share rises from one month to a later one.
        InvalidValue: No points, two of one month, or fewer than all in service at month 0.

    Example:
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> from bucks_cs.workforce import SurvivalCurve
        >>> curve = SurvivalCurve.of_shares({6: 95, 12: (80, 90)}, source=NoOfficialSource(reason="made up"))
        >>> print(curve.after(6).share, curve.after(9).least, curve.after(9).most)
        95.0 percent 80.0 percent 95.0 percent
    """

    points: tuple[SurvivalPoint, ...] = attrs.field(converter=_points)
    source: AnySource = attrs.field(default=None, converter=_source)

    def __attrs_post_init__(self) -> None:
        months = [point.months for point in self.points]
        if len(set(months)) < len(months):
            raise InvalidValue(what="SurvivalCurve.points", expected="each month once")
        if months[0] == 0 and self.points[0].parts != (1, 1, 1):
            raise InvalidValue(what="SurvivalCurve.points", expected="100 percent at month 0")
        shares = [point.parts[0] for point in self.points if point.share is not None]
        if any(later > earlier for earlier, later in itertools.pairwise(shares)):  # type: ignore[operator]
            raise ImpossibleFigure(what="SurvivalCurve", why="a share rises, and nobody who left is in service later")

    @classmethod
    def of_shares(cls, shares: Mapping[int, Any], *, source: AnySource) -> SurvivalCurve:
        """A curve from shares by month, each a number, or the least and the most.

        Args:
            shares: Whole months to percent from 0 to 100, or to a pair of them.
            source: Where they are from.

        Raises:
            InvalidValue: No mapping, or as `SurvivalPoint` and the class.
            ImpossibleFigure: As `SurvivalPoint` and the class.
            MissingSource: There is no source.
        """
        given: object = shares
        if not isinstance(given, Mapping) or not given:
            raise InvalidValue(what="shares", expected="a mapping of months to percent, such as {6: 95, 12: (80, 90)}")
        return cls(points=[_point(months, share) for months, share in given.items()], source=source)

    @classmethod
    def of(cls, readings: Readings[Any], *, source: AnySource | None = None) -> SurvivalCurve:
        """The curve that readings of `survival` hold, of one group and one period of starting.

        Where a reading has no limits, because nobody had left or nobody was left, the limits of its neighbours are taken: nobody
        who is in service later had left before. Where nobody has left in any later month either, the lower limit is Wilson's 95%
        one of as many as are at risk in the month, all of whom stayed: five of five do not make 100% certain. Where the readings
        do not say how many were at risk it is 0. The curve ends before the first month that nobody had been followed for.

        Args:
            readings: What `bucks_cs.workforce.survival` gives; narrow it to one group and period with ``where``.
            source: Where the rows are from, if the readings do not say.

        Raises:
            InvalidValue: No readings of survival, or those of several groups, areas or periods.
            MissingSource: Neither the readings nor the call name a source.
            NotFound: The readings are of other indicators.
        """
        from bucks_cs.readings import Readings as Known

        given: object = readings
        if not isinstance(given, Known) or "months" not in given.by:
            raise InvalidValue(what="readings", expected="the Readings that survival gives")
        found = list(readings.where(indicator=_KEY))
        at_risk = [one for one in readings if one.indicator.key == _AT_RISK]
        others = {(one.area, one.period, tuple(pair for pair in one.dims if pair[0] != "months")) for one in found}
        if len(others) != 1:
            hint = " Narrow them with readings.where(period=..., team=...)."
            raise InvalidValue(what="readings", expected="the survival of one group and one period", hint=hint)
        rows = [
            (_month(one), one.number, one.bound("lower"), one.bound("upper")) for one in found if one.number is not None
        ]
        if not rows:
            raise InvalidValue(what="readings", expected="a share that is not withheld")
        followed = {_month(one): int(one.number) for one in at_risk if one.number}
        return cls(points=_filled(sorted(rows), followed), source=readings.source if source is None else source)

    @property
    def last_month(self) -> int:
        """The last month that is known."""
        return self.points[-1].months

    def after(self, months: int, *, beyond: BeyondLastMonth | None = None) -> SurvivalPoint:
        """The share after so many months; between two months that are known, the limits that these leave it.

        Args:
            months: How many whole months.
            beyond: What is taken after the last month that is known; None to refuse.

        Raises:
            OutsideCoverage: The month is after the last one, and ``beyond`` does not say what to take.
            InvalidValue: No whole number of months, or ``beyond`` is no `BeyondLastMonth`.
        """
        if beyond is not None and not isinstance(beyond, BeyondLastMonth):
            raise InvalidValue(what="beyond", expected="a BeyondLastMonth, or None to refuse")
        asked = SurvivalPoint(months=months, least=0, most=100).months
        start = SurvivalPoint(months=0, share=100, least=100, most=100)
        before = [start, *(point for point in self.points if point.months <= asked)][-1]
        if before.months == asked:
            return before
        later = next((point for point in self.points if point.months > asked), None)
        if later is not None:
            return SurvivalPoint(months=asked, least=min(later.least, before.most), most=before.most)
        return self._beyond(before, asked, beyond)

    def _beyond(self, last: SurvivalPoint, months: int, beyond: BeyondLastMonth | None) -> SurvivalPoint:
        if beyond is None:
            hint = " Say with beyond= what is to be taken after it."
            raise OutsideCoverage(what="survival", first="month 0", last=f"month {self.last_month}", hint=hint)
        if beyond is BeyondLastMonth.NOBODY_LEAVES:
            return attrs.evolve(last, months=months)
        if beyond is BeyondLastMonth.NOT_KNOWN:
            return SurvivalPoint(months=months, least=0, most=last.most)
        if last.months == 0:
            raise InvalidValue(what="beyond", expected="a curve of a month or more, to have a pace")
        power = months / last.months
        share, least, most = (None if part is None else 100 * part**power for part in last.parts)
        return SurvivalPoint(months=months, share=share, least=least, most=most)

    def __str__(self) -> str:
        last = self.points[-1]
        ends = [written(float(end.magnitude)) for end in (last.least, last.most)]
        said = " to ".join(dict.fromkeys(ends))
        return f"Survival to month {last.months}, when {said}% are still in service. Source: {self.source}."


def _point(months: int, share: Any) -> SurvivalPoint:
    if isinstance(share, (tuple, list)):
        if len(share) != 2:
            raise InvalidValue(what="SurvivalPoint", expected="a share from 0 to 100 percent, or the least and the most of one")
        return SurvivalPoint(months=months, least=share[0], most=share[1])
    return SurvivalPoint(months=months, share=share, least=share, most=share)


def _month(reading: Reading) -> int:
    return int(str(dict(reading.dims)["months"]))


def _filled(rows: list[tuple[int, float, float | None, float | None]], followed: Mapping[int, int]) -> list[SurvivalPoint]:
    """Points whose missing lower limits are those of later months, and missing upper ones those of earlier months."""
    from bucks_cs.rates.estimates import proportion

    most, highest = 100.0, []
    for _, share, _, high in rows:
        most = most if high is None else high
        highest.append(max(share, most))
    lowest: list[float] = []
    least: float | None = None
    for months, share, low, _ in reversed(rows):
        least = least if low is None else low
        if least is None and share > 0:
            of = followed.get(months, 0)
            lowest.append(100 if months == 0 else 100 * proportion(of, of).lower if of else 0)
        else:
            lowest.append(share if least is None or months == 0 else min(share, least))
    limits = zip(rows, reversed(lowest), highest, strict=True)
    return [SurvivalPoint(months=row[0], share=row[1], least=low, most=high) for row, low, high in limits]
