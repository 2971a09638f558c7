"""Areas: an authority with its codes by date, a region, England, and authorities that make one return together."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import TypeAlias

import attrs
from attrs.validators import deep_iterable, instance_of, min_len, optional

from bucks_cs.errors import InvalidValue
from bucks_cs.provenance import Dated

__all__ = ["Area", "Authority", "England", "JointReturn", "Region", "plain_day"]


def _has_form(instance: object, attribute: attrs.Attribute[str], value: object) -> None:
    forms = {"la_number": (r"[0-9]{3}", "three digits, as text"), "ons_code": (r"E[0-9]{8}", "E and eight digits")}
    pattern, expected = forms[attribute.name]
    if not isinstance(value, str) or re.fullmatch(pattern, value) is None:
        raise InvalidValue(what=f"{type(instance).__name__}.{attribute.name}", expected=expected)


def plain_day(on: object) -> dt.date:
    """A day, refused if it has a time of day or is none.

    Raises:
        InvalidValue: It is no plain date.
    """
    if isinstance(on, dt.datetime) or not isinstance(on, dt.date):
        raise InvalidValue(what="on", expected="a datetime.date with no time of day (for a datetime, its .date())")
    return on


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(names)


@attrs.frozen(kw_only=True)
class England:
    """England.

    Args:
        ons_code: E92000001.
        name: What DfE calls it.
        lait_number: Its number in the Local authority interactive tool.
        also_known_as: Other names in published look-ups.
    """

    ons_code: str = attrs.field(validator=_has_form)
    name: str
    lait_number: str | None = None
    also_known_as: tuple[str, ...] = attrs.field(default=(), converter=_names)

    @property
    def key(self) -> str:
        """What stands in a column ``area``: the ONS code."""
        return self.ons_code

    def __str__(self) -> str:
        return self.name


@attrs.frozen(kw_only=True)
class Region:
    """A region of England, or Inner or Outer London, for which DfE gives figures of their own.

    Args:
        ons_code: E12 and six digits; E13 for the two parts of London.
        name: What DfE calls it.
        part_of: The ONS code of the region it is a part of; None for a whole region.
        lait_number: Its number in the Local authority interactive tool.
        also_known_as: Other names in published look-ups.
    """

    ons_code: str = attrs.field(validator=_has_form)
    name: str
    part_of: str | None = None
    lait_number: str | None = None
    also_known_as: tuple[str, ...] = attrs.field(default=(), converter=_names)

    @property
    def key(self) -> str:
        """What stands in a column ``area``: the ONS code."""
        return self.ons_code

    def __str__(self) -> str:
        return self.name


@attrs.frozen(kw_only=True)
class Authority:
    """A local authority with children's services, by its LA number; its ONS codes by the dates they held.

    The LA number is DfE's, and it is what to join on: it stayed the same when Buckinghamshire County Council became
    Buckinghamshire Council and the ONS code changed. A new number means a new authority (Dorset is 835 to 31 March
    2019 and 838 from 1 April 2019).

    Args:
        la_number: Three digits, as text.
        name: What DfE calls it.
        region: Its region; for London the whole of it.
        part_of_london: Inner or Outer London, for a London authority.
        codes: Its ONS codes by date. The first dates of all, 1 January 2009, are those of ONS's nine-character codes
            and not of the authority.
        also_known_as: Other names in published look-ups.

    Raises:
        InvalidValue: The LA number has not three digits.
    """

    la_number: str = attrs.field(validator=_has_form)
    name: str
    region: Region = attrs.field(validator=instance_of(Region))
    part_of_london: Region | None = attrs.field(default=None, validator=optional(instance_of(Region)))
    codes: Dated[str] = attrs.field(validator=instance_of(Dated))
    also_known_as: tuple[str, ...] = attrs.field(default=(), converter=_names)

    @property
    def key(self) -> str:
        """What stands in a column ``area``: the LA number."""
        return self.la_number

    @property
    def since(self) -> dt.date:
        """The first day of its first ONS code."""
        return self.codes.values[0].since

    @property
    def until(self) -> dt.date | None:
        """The last day of an authority that has ended; None for one that has not."""
        return self.codes.values[-1].until

    def exists(self, on: dt.date) -> bool:
        """Whether it had a code on a day.

        Args:
            on: The day.

        Raises:
            InvalidValue: ``on`` is no plain date.
        """
        day = plain_day(on)
        return any(code.holds(day) for code in self.codes)

    def code(self, *, on: dt.date) -> str:
        """The ONS code that held on a day.

        Args:
            on: The day.

        Raises:
            NotInForce: It had none on that day: it was not there yet, or no longer.
            InvalidValue: ``on`` is no plain date.
        """
        return self.codes.on(plain_day(on))

    def __str__(self) -> str:
        ended = "" if self.until is None else f", to {self.until.day} {self.until:%B %Y}"
        return f"{self.name} ({self.la_number}{ended})"


def _in_order(members: Iterable[Authority]) -> tuple[Authority, ...]:
    return tuple(sorted(members, key=lambda member: member.la_number))


@attrs.frozen(kw_only=True)
class JointReturn:
    """Authorities that make one return together, and so have one row: "314 / 318" in DfE's workforce tables.

    Their figures are of all of them and cannot be told apart.

    Args:
        members: The authorities, two or more; in order of LA number whatever order they are given in.

    Raises:
        InvalidValue: One of them is there twice.
    """

    members: tuple[Authority, ...] = attrs.field(
        converter=_in_order, validator=[min_len(2), deep_iterable(instance_of(Authority))]
    )

    def __attrs_post_init__(self) -> None:
        if len({member.la_number for member in self.members}) != len(self.members):
            raise InvalidValue(what="JointReturn", expected="authorities that are not one another")

    @property
    def key(self) -> str:
        """What stands in a column ``area``: the LA numbers, as DfE writes them."""
        return " / ".join(member.la_number for member in self.members)

    @property
    def name(self) -> str:
        """The names, as DfE writes them."""
        return " / ".join(member.name for member in self.members)

    def __str__(self) -> str:
        return f"{self.name} ({self.key})"


Area: TypeAlias = Authority | JointReturn | Region | England
"""An area that is published on: an authority, two that make one return, a region or England."""
