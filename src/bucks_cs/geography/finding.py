"""Finding an area by LA number, ONS code or name; what is not found is described and never repeated."""

from __future__ import annotations

import datetime as dt
import operator
import re
from typing import SupportsIndex

from bucks_cs.errors import Ambiguous, BucksError, InvalidValue, NotInForce, UnknownArea, did_you_mean
from bucks_cs.geography.model import Area, Authority, England, JointReturn, Region, plain_day
from bucks_cs.geography.sources import DISTRICTS_OF_BUCKINGHAMSHIRE
from bucks_cs.geography.table import folded, table

__all__ = [
    "area",
    "area_key",
    "area_name",
    "authority",
    "la_number_of",
    "region",
]

_FORMS = "an LA number (825), an ONS code (E06000060) or a name"


def authority(which: int | str | Authority, *, on: dt.date | None = None) -> Authority:
    """A local authority, by LA number, by any ONS code it ever had, or by name.

    Args:
        which: Such as ``825``, ``"825"``, ``"E06000060"``, ``"E10000002"`` or ``"Buckinghamshire"``; case and
            surplus spaces in a name do not matter.
        on: A day on which the authority, and the code if a code is given, must have been in force. It also tells
            apart two authorities of one name (Dorset).

    Returns:
        The authority, its codes with their dates.

    Raises:
        UnknownArea: There is none; the hint names the nearest names there are, and what else it could be.
        Ambiguous: Two authorities have had the name, and no ``on`` tells them apart.
        NotInForce: The authority, or the code, is known but was not in force on that day.
        InvalidValue: ``which`` is neither text nor a whole number, or ``on`` is no plain date.

    Source:
        `CODE_HISTORY` for the dates; DfE's published tables for number, code, name and region together.

    Example:
        >>> buckinghamshire = authority("E10000002")
        >>> print(buckinghamshire)
        Buckinghamshire (825)
        >>> buckinghamshire.code(on=dt.date(2020, 3, 31)), buckinghamshire.code(on=dt.date(2020, 4, 1))
        ('E10000002', 'E06000060')
        >>> print(authority("Dorset", on=dt.date(2018, 3, 31)))
        Dorset (835, to 31 March 2019)
    """
    day = None if on is None else plain_day(on)
    if isinstance(which, Authority):
        return _in_force(which, day)
    text = _text(which)
    if text.isdigit() or _is_code(text):
        return _in_force(_numbered(text), day, code=text.upper() if _is_code(text) else None)
    named = table().authorities_named.get(folded(text), ())
    if not named:
        raise _unknown("local authority", text)
    if len(named) > 1:
        return _one_of(named, day)
    return _in_force(named[0], day)


def region(which: int | str | Region) -> Region:
    """A region of England, or Inner or Outer London, by ONS code, name or LAIT's number.

    Args:
        which: Such as ``"E12000008"``, ``"South East"``, ``"Inner London"`` or ``989``.

    Raises:
        UnknownArea: There is none.
        InvalidValue: It is neither text nor a whole number.

    Example:
        >>> region("south east").ons_code, region("E13000001").part_of
        ('E12000008', 'E12000007')
    """
    if isinstance(which, Region):
        return which
    text = _text(which)
    found = table().regions.get(text.upper()) or table().others_named.get(folded(text))
    if not isinstance(found, Region):
        raise _unknown("region", text, names=[each.name for each in table().regions.values()])
    return found


def area(which: int | str | Area, *, on: dt.date | None = None) -> Area:
    """Any area: an authority, authorities that return together, a region, England.

    Args:
        which: LA number, ONS code, LAIT's number or name; for a joint return two or more of them with a slash.
        on: A day on which an authority must have been in force.

    Raises:
        UnknownArea: There is none.
        Ambiguous: Two authorities have had the name, and no ``on`` tells them apart.
        NotInForce: Known, but not in force on that day.
        InvalidValue: It is neither an area, nor text, nor a whole number.

    Example:
        >>> print(area("England"), area(989), area("314 / 318"), sep="; ")
        England; South East; Kingston upon Thames / Richmond upon Thames (314 / 318)
    """
    if isinstance(which, (England, Region)):
        return which
    if isinstance(which, JointReturn):
        return JointReturn(members=tuple(authority(member, on=on) for member in which.members))
    if isinstance(which, Authority):
        return authority(which, on=on)
    text = _text(which)
    if "/" in text:
        return JointReturn(members=tuple(authority(part, on=on) for part in text.split("/")))
    above = table().others_named.get(folded(text)) or table().above.get(text.upper())
    if above is not None:
        return above
    if not text.isdigit() and not _is_code(text) and folded(text) not in table().authorities_named:
        named = [*table().authorities.values(), *table().above.values()]
        raise _unknown("area", text, names=[each.name for each in named])
    return authority(text, on=on)


def area_key(which: int | str | Area, *, on: dt.date | None = None) -> str:
    """What stands for an area in the column ``area`` of readings.

    Args:
        which: As `area`.
        on: As `area`.

    Returns:
        The LA number of an authority, the ONS code of a region or of England, ``"314 / 318"`` for a joint return.

    Raises:
        UnknownArea: As `area`; so are the others.

    Example:
        >>> area_key("E06000060"), area_key("Buckinghamshire"), area_key("South East"), area_key("England")
        ('825', '825', 'E12000008', 'E92000001')
    """
    return area(which, on=on).key


def area_name(key: int | str) -> str:
    """The name of an area, from its key.

    Args:
        key: The LA number, or the ONS code of an area above an authority.

    Raises:
        UnknownArea: There is none with that key.

    Example:
        >>> area_name("825"), area_name("E12000008")
        ('Buckinghamshire', 'South East')
    """
    return area(key).name


def name_or_code(key: str) -> str:
    """The name of an area as a title or a table has it; its own code where no look-up has it, for readings may be of any area.

    Args:
        key: What stands for the area in readings.

    Example:
        >>> name_or_code("825"), name_or_code("ward 12")
        ('Buckinghamshire', 'ward 12')
    """
    try:
        return area_name(key)
    except BucksError:
        return key


def la_number_of(ons_code: str) -> str:
    """The LA number behind an ONS code, whenever the code held: DfE's files mix old and new ones.

    Args:
        ons_code: A code an authority has or had; for a joint return several with a slash.

    Returns:
        The LA number as text; ``"314 / 318"`` for a joint return.

    Raises:
        UnknownArea: No authority has had it: it is of a region, of a district, or of none.
        InvalidValue: It is no text.

    Example:
        >>> la_number_of("E10000002"), la_number_of("E06000060"), la_number_of("E09000021 / E09000027")
        ('825', '825', '314 / 318')
    """
    if not isinstance(ons_code, str):
        raise InvalidValue(what="ons_code", expected="an ONS code as text, such as E06000060")
    if "/" in ons_code:
        return " / ".join(sorted(la_number_of(part) for part in ons_code.split("/")))
    code = ons_code.strip().upper()
    if not _is_code(code):
        raise UnknownArea(what=f"ONS code ({_length(ons_code)}; expected E and eight digits)")
    return _numbered(code).la_number


def _text(which: object) -> str:
    if isinstance(which, str):
        return which.strip()
    if isinstance(which, SupportsIndex) and not isinstance(which, bool):
        return str(operator.index(which))
    raise InvalidValue(what="area", expected=f"{_FORMS}, as text or a whole number")


def _is_code(text: str) -> bool:
    return re.fullmatch(r"[A-Za-z][0-9]{8}", text) is not None


def _numbered(text: str) -> Authority:
    """The authority with an LA number or an ONS code."""
    number = table().la_numbers.get(text.upper(), text)
    found = table().authorities.get(number)
    if found is None:
        raise _unknown("local authority", text)
    return found


def _in_force(found: Authority, on: dt.date | None, *, code: str | None = None) -> Authority:
    held = [each for each in found.codes if code in (None, each.value)]
    if on is not None and not any(each.holds(on) for each in held):
        what = f"{found.name} ({found.la_number})" if code is None else f"the ONS code {held[0].value} of {found.name}"
        raise NotInForce(what=what, on=on.isoformat(), ranges=tuple(str(each) for each in held))
    return found


def _one_of(named: tuple[Authority, ...], on: dt.date | None) -> Authority:
    if on is None:
        readings = tuple(str(each) for each in named)
        raise Ambiguous(what="the name of an authority", readings=readings, settle_by="give the LA number, or on= a day")
    there = [each for each in named if each.exists(on)]
    if len(there) != 1:
        ranges = tuple(f"{each}: {code}" for each in named for code in each.codes)
        raise NotInForce(what=f"an authority called {named[0].name}", on=on.isoformat(), ranges=ranges)
    return there[0]


def _unknown(what: str, text: str, *, names: list[str] | None = None) -> UnknownArea:
    """The error for what is not found: its length, what it might have been, and the nearest *public* names."""
    known = names if names is not None else [each.name for each in table().authorities.values()]
    code = text.upper() if _is_code(text) else ""
    if code in DISTRICTS_OF_BUCKINGHAMSHIRE:
        hint = " It is a district's: to 31 March 2020 children's services there were the county's, Buckinghamshire (825)."
    elif code.startswith("E07"):
        hint = " It has the form of a district's code, and a district has no children's services: its county has."
    elif "/" in text:
        hint = " It has a slash, as a joint return of several authorities has: area() reads those."
    elif folded(text) in table().others_named or code in table().above:
        hint = " It is a region's or England's: area() finds those too."
    else:
        hint = did_you_mean(text, known) if not code and not text.isdigit() else ""
    return UnknownArea(what=f"{what} ({_length(text)}; expected {_FORMS})", hint=hint)


def _length(text: str) -> str:
    return f"a text of {len(text)} {'character' if len(text) == 1 else 'characters'}"
