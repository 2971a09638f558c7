"""Inspections: the share of schools, and the share of pupils in schools, judged good or outstanding: two things, two types.

A school counts once in the one, and by its pupils in the other. Where large schools are judged better than small ones the share
of pupils is above that of schools: 90% of pupils beside 87.8% of schools is no contradiction, and no difference.
"""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

import attrs

from bucks_cs.errors import InvalidValue, MissingSource, NotComparable, of_kind
from bucks_cs.geography import area_key, area_name
from bucks_cs.indicators import Reading
from bucks_cs.inspections.model.fields import source_of
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource, DateBounds
from bucks_cs.units import Quantity, quantity

__all__ = ["ShareOfPupils", "ShareOfSchools"]

_HALF_A_POINT = 0.5
_A = TypeVar("_A", bound="_GoodOrOutstanding")


def _as_it_is(given: Any) -> Any:
    """What was given, whatever it should be."""
    return given


def _count(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
        raise InvalidValue(what=f"{type(instance).__name__}.{attribute.name}", expected="a whole number from 0 up, or None")


@attrs.frozen(kw_only=True)
class _GoodOrOutstanding:
    """What the two have in common; neither compares with the other."""

    counted: ClassVar[str]
    indicator: ClassVar[str]

    percent: Quantity = attrs.field()
    number: int | None = attrs.field(default=None, validator=_count)
    out_of: int | None = attrs.field(default=None, validator=_count)
    area: str = attrs.field(converter=area_key)
    at: Period | DateBounds = attrs.field(validator=of_kind(Period, DateBounds, expected="a Period, or DateBounds"))
    source: AnySource = attrs.field(default=None, validator=source_of)

    def __attrs_post_init__(self) -> None:
        what, given = type(self).__name__, _as_it_is(self.percent)
        is_share = isinstance(given, Quantity) and str(given.units) == "percent" and 0 <= given.magnitude <= 100
        if not is_share:
            raise InvalidValue(what=f"{what}.percent", expected='a quantity from 0 to 100 in "percent"')
        if (self.number is None) != (self.out_of is None):
            raise InvalidValue(what=f"{what}.number", expected="beside out_of, or neither")
        if self.number is not None and self.out_of is not None:
            self._need_that_it_follows(self.number, self.out_of)

    def _need_that_it_follows(self, number: int, out_of: int) -> None:
        follows = 0 < out_of and number <= out_of and abs(100 * number / out_of - self.percent.magnitude) <= _HALF_A_POINT
        if not follows:
            raise InvalidValue(
                what=f"{type(self).__name__}.percent", expected=f"what {self.counted}s good or outstanding are of all graded"
            )

    @classmethod
    def of(cls: type[_A], number: int, out_of: int, *, area: int | str, at: Period | DateBounds, source: AnySource) -> _A:
        """The share that two counts give.

        Args:
            number: Those good or outstanding, or in schools that are.
            out_of: Those with a grade, or in schools that have one.
            area: LA number, ONS code or name.
            at: The day.
            source: Where the counts are from.

        Raises:
            InvalidValue: The counts give no share.
        """
        for value in (_as_it_is(number), _as_it_is(out_of)):
            if isinstance(value, bool) or not isinstance(value, int) or value < 0:
                raise InvalidValue(what=cls.__name__, expected="counts: whole numbers from 0 up")
        if not 0 < out_of >= number:
            raise InvalidValue(what=f"{cls.__name__}.out_of", expected="1 or more, and no less than those good or outstanding")
        share = quantity(100 * number / out_of, "percent")
        return cls(percent=share, number=number, out_of=out_of, area=area_key(area), at=at, source=source)

    @classmethod
    def of_reading(cls: type[_A], reading: Reading) -> _A:
        """The share that a reading is.

        Args:
            reading: A reading of the indicator that this is of, and no other.

        Raises:
            NotComparable: It is a reading of something else: of pupils where this is of schools, or the other way round.
            InvalidValue: It is no reading, has no area, or no value.
            MissingSource: It has no source.
        """
        if not isinstance(_as_it_is(reading), Reading):
            raise InvalidValue(what="reading", expected="a Reading")
        if reading.source is None:
            raise MissingSource(what="a reading")
        if reading.indicator.key != cls.indicator:
            raise NotComparable(what=f"a reading of {reading.indicator.key} with {cls.indicator}", why=_WHY)
        if reading.number is None or reading.area is None:
            raise InvalidValue(what="reading", expected="a reading of an area, with a value")
        counts = [None if each is None else int(each) for each in (reading.numerator, reading.denominator)]
        return cls(
            percent=quantity(reading.number, "percent"),
            number=counts[0],
            out_of=counts[1],
            area=reading.area,
            at=reading.period,
            source=reading.source,
        )

    def minus(self, other: object) -> Quantity:
        """How many percentage points it is above another share of the same kind; below 0 for a lower one.

        Args:
            other: Another share, of schools where this is of schools, of pupils where this is of pupils.

        Raises:
            NotComparable: One is of schools and the other of pupils.
            InvalidValue: The other is no such share.
        """
        if not isinstance(other, _GoodOrOutstanding):
            raise InvalidValue(what="the share to compare with", expected=f"a {type(self).__name__}")
        if type(other) is not type(self):
            raise NotComparable(what=f"a share of {self.counted}s with a share of {other.counted}s", why=_WHY)
        return quantity(self.percent.magnitude - other.percent.magnitude, "percentage_point")

    def __sub__(self, other: object) -> Quantity:
        return self.minus(other)

    def __lt__(self, other: object) -> bool:
        return bool(self.minus(other).magnitude < 0)

    def __le__(self, other: object) -> bool:
        return bool(self.minus(other).magnitude <= 0)

    def __gt__(self, other: object) -> bool:
        return bool(self.minus(other).magnitude > 0)

    def __ge__(self, other: object) -> bool:
        return bool(self.minus(other).magnitude >= 0)

    def __str__(self) -> str:
        counts = "" if self.number is None else f", {self.number:,} of {self.out_of:,}"
        about = (
            "schools judged good or outstanding" if self.counted == "school" else "pupils in schools judged good or outstanding"
        )
        return f"{area_name(self.area)}, {self.at}: {self.percent.magnitude:.3g}% of {about}{counts}"


_WHY = "a school counts once in the one, and by its pupils in the other"


@attrs.frozen(kw_only=True)
class ShareOfSchools(_GoodOrOutstanding):
    """The share of schools judged good or outstanding, of those with a grade: a school counts once, large or small.

    Args:
        percent: The share, 0 to 100.
        number: The schools judged good or outstanding, where that is known.
        out_of: The schools with a grade, beside it.
        area: LA number, ONS code or name.
        at: The day, or the days it lies between.
        source: Where it is from.

    Raises:
        MissingSource: There is no source.
        InvalidValue: No share, counts that do not give it (to half a point), or a part of another kind.

    Example:
        >>> from bucks_cs.inspections import ShareOfPupils, ShareOfSchools
        >>> from bucks_cs.periods import Snapshot
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> known = {"area": 825, "at": Snapshot("31 August 2022"), "source": NoOfficialSource(reason="an example")}
        >>> schools = ShareOfSchools.of(194, 221, **known)
        >>> print(schools)
        Buckinghamshire, 31 August 2022: 87.8% of schools judged good or outstanding, 194 of 221
        >>> ShareOfPupils(percent=quantity(90, "percent"), **known) > schools
        Traceback (most recent call last):
        bucks_cs.errors.NotComparable: a share of pupils with a share of schools cannot be compared: a school counts once in the
        one, and by its pupils in the other.
    """

    counted: ClassVar[str] = "school"
    indicator: ClassVar[str] = "inspections.schools_good_or_outstanding"


@attrs.frozen(kw_only=True)
class ShareOfPupils(_GoodOrOutstanding):
    """The share of pupils who are in schools judged good or outstanding, of those in schools with a grade.

    Args:
        percent: The share, 0 to 100.
        number: The pupils in schools judged good or outstanding, where that is known.
        out_of: The pupils in schools with a grade, beside it.
        area: LA number, ONS code or name.
        at: The day, or the days it lies between.
        source: Where it is from.

    Raises:
        MissingSource: There is no source.
        InvalidValue: As `ShareOfSchools`.

    Example:
        >>> from bucks_cs.record import schools_inspected
        >>> print(schools_inspected().pupils)
        Buckinghamshire, between 1 July 2022 and 31 July 2022 (...): 90% of pupils in schools judged good or outstanding
    """

    counted: ClassVar[str] = "pupil"
    indicator: ClassVar[str] = "inspections.pupils_in_good_or_outstanding_schools"
