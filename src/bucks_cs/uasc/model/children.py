"""Unaccompanied children looked after on a day, and those who were and have turned 18: two things that are never added."""

from __future__ import annotations

from typing import NoReturn

import attrs

from bucks_cs.errors import InvalidValue, MissingSource, NotComparable, of_kind
from bucks_cs.geography import area_key
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import AnySource, NoOfficialSource, Source
from bucks_cs.uasc.model.amounts import as_cases, as_children
from bucks_cs.units import Quantity

__all__ = ["FormerUnaccompaniedChildren", "UnaccompaniedChildren", "need_children"]


def _apart() -> NotComparable:
    """What is raised where former unaccompanied children are taken for children, or added to them."""
    return NotComparable(
        what="unaccompanied children and former unaccompanied children over 18",
        why="who has turned 18 is a care leaver, is no child, and is not counted towards the threshold",
    )


_NOT_ADDED = "nothing to be added to them: they are counted on one day, and in one area"


@attrs.frozen(kw_only=True)
class _Counted:
    """What both have: an area, a day and a source, and that nothing is added to them."""

    area: str | None = attrs.field(default=None, converter=attrs.converters.optional(area_key))
    at: Snapshot = attrs.field(validator=of_kind(Snapshot, expected="a Snapshot: the day they are counted on"))
    source: AnySource = attrs.field()

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.source, (Source, NoOfficialSource)):
            raise MissingSource(what=type(self).__name__)

    def __add__(self, other: object) -> NoReturn:
        raise _apart() if isinstance(other, _Counted) else InvalidValue(what="unaccompanied children", expected=_NOT_ADDED)

    __radd__ = __add__

    @property
    def _where(self) -> str:
        return "" if self.area is None else f" in {self.area}"


@attrs.frozen(kw_only=True)
class FormerUnaccompaniedChildren(_Counted):
    """Young people of 18 and over who were unaccompanied children: care leavers whom the service still supports.

    Reports call them "UASC over the age of 18". They are counted as cases open to the service and not as children, so that
    their number cannot be added to that of children.

    Args:
        area: LA number, ONS code or name of the authority; None for the caller's own.
        at: The day.
        over_18: How many: a whole number of cases.
        source: Who says so.

    Raises:
        MissingSource: There is no source.
        UnitError: It is no number of cases.
        ImpossibleFigure: It is not whole, or below 0.
        InvalidValue: A part is of another kind.
        UnknownArea: No area is known by that.

    Example:
        >>> from bucks_cs.uasc import FormerUnaccompaniedChildren
        >>> from bucks_cs.units import quantity
        >>> print(FormerUnaccompaniedChildren(area="825", at=Snapshot("11 October 2022"), over_18=quantity(68, "case"),
        ...     source=NoOfficialSource(reason="an example")))
        68 former unaccompanied children over 18 in 825, 11 October 2022
    """

    over_18: Quantity = attrs.field(converter=as_cases)

    @property
    def number(self) -> int:
        """How many, without the unit."""
        return int(self.over_18.magnitude)

    def __str__(self) -> str:
        return f"{self.number:,} former unaccompanied children over 18{self._where}, {self.at}"


@attrs.frozen(kw_only=True)
class UnaccompaniedChildren(_Counted):
    """Unaccompanied asylum-seeking children whom an authority looks after on a day, all of them under 18.

    Args:
        area: LA number, ONS code or name of the authority; None for the caller's own.
        at: The day.
        under_18: How many: a whole number of children.
        former: Those who have turned 18 since, who are counted apart; None where that is not said.
        source: Who says so.

    Raises:
        MissingSource: There is no source.
        UnitError: It is no number of children.
        ImpossibleFigure: It is not whole, or below 0.
        NotComparable: The former unaccompanied children are of another area.
        InvalidValue: A part is of another kind.
        UnknownArea: No area is known by that.

    Example:
        >>> from bucks_cs.uasc import UnaccompaniedChildren
        >>> from bucks_cs.units import quantity
        >>> print(UnaccompaniedChildren(area="825", at=Snapshot("11 October 2022"), under_18=quantity(32, "child"),
        ...     source=NoOfficialSource(reason="an example")))
        32 unaccompanied children under 18 in 825, 11 October 2022
    """

    under_18: Quantity = attrs.field(converter=as_children)
    former: FormerUnaccompaniedChildren | None = attrs.field(
        default=None, validator=of_kind(FormerUnaccompaniedChildren, type(None), expected="FormerUnaccompaniedChildren, or None")
    )

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if self.former is not None and self.former.area != self.area:
            raise NotComparable(what="unaccompanied children and former ones", why="they are of two areas")

    @property
    def number(self) -> int:
        """How many, without the unit."""
        return int(self.under_18.magnitude)

    def __str__(self) -> str:
        apart = "" if self.former is None else f"; counted apart, {self.former}"
        return f"{self.number:,} unaccompanied children under 18{self._where}, {self.at}{apart}"


def need_children(given: object, *, what: str = "children") -> UnaccompaniedChildren:
    """Unaccompanied children under 18, and not those who were.

    Args:
        given: What is given for them.
        what: The argument, for the message.

    Raises:
        NotComparable: They are former unaccompanied children.
        InvalidValue: It is something else.
    """
    if isinstance(given, FormerUnaccompaniedChildren):
        raise _apart()
    if not isinstance(given, UnaccompaniedChildren):
        raise InvalidValue(what=what, expected="UnaccompaniedChildren: how many are looked after on a day, with the source")
    return given
