"""The area of a row: what it is known by in readings, whichever of its codes stands in the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from bucks_cs.geography import england, lookup_rows, parts_of_london, regions
from bucks_cs.published_files.figures import text_of

__all__ = ["AUTHORITY", "CODES", "LEVELS", "area_keys", "code_of", "is_joint"]

AUTHORITY = "local authority"
"""DfE's ``geographic_level`` of an authority, in small letters."""

CODES = ("old_la_code", "new_la_code")
"""The columns with an authority's LA number and its code of nine characters."""

_JOINT = r"^([0-9]{3}|[A-Z][0-9]{8})( */ *([0-9]{3}|[A-Z][0-9]{8}))+$"
_ABOVE = {"regional": "region_code", "national": "country_code"}

LEVELS = (AUTHORITY, *_ABOVE)
"""The levels that are known, in small letters."""


def area_keys() -> dict[str, dict[str, str]]:
    """What stands for an area in readings, by DfE's level and each number and code the area has or had.

    Example:
        >>> from bucks_cs.published_files import area_keys
        >>> authorities = area_keys()["local authority"]
        >>> authorities["E10000002"], authorities["E06000060"], authorities["825"]
        ('825', '825', '825')
    """
    authorities = {row["ons_code"]: row["la_number"] for row in lookup_rows()}
    return {
        AUTHORITY: authorities | {number: number for number in authorities.values()},
        "regional": {each.ons_code: each.key for each in (*regions(), *parts_of_london())},
        "national": {england().ons_code: england().key},
    }


def code_of(types: Mapping[str, Any], *, level: nw.Expr) -> nw.Expr:
    """The code of each row's area: of an authority the LA number, or else its code of nine characters.

    Args:
        types: The type of each column of the file.
        level: The level of the row, in small letters.
    """
    code = nw.lit(None, dtype=nw.String)
    for column in (name for name in reversed(CODES) if name in types):
        text = text_of(column, types[column])
        # An authority's number is three digits; a file may have a colon there, and its code of nine characters beside it.
        code = nw.when(text.str.contains(r"^([0-9]{3}|[A-Z][0-9]{8})$").fill_null(value=False)).then(text).otherwise(code)
    for name, column in _ABOVE.items():
        code = nw.when(level == name).then(text_of(column, types[column])).otherwise(code)
    return code


def is_joint(types: Mapping[str, Any]) -> nw.Expr:
    """Whether a row is of two authorities or more together, with the codes of each and a slash between them.

    Args:
        types: The type of each column of the file.
    """
    joint = nw.lit(value=False)
    for column in (name for name in CODES if name in types):
        joint = joint | text_of(column, types[column]).str.contains(_JOINT).fill_null(value=False)
    return joint
