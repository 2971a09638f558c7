"""The look-up as it is stored, read once: ``areas.csv``, which ``tools/build_areas.py`` makes."""

from __future__ import annotations

import csv
import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import attrs

from bucks_cs.geography.model import Authority, England, Region
from bucks_cs.geography.sources import BY_KEY
from bucks_cs.provenance import Dated, InForce

__all__ = ["Table", "folded", "table"]

A = TypeVar("A", bound=Authority | Region | England)

_AREAS = Path(__file__).with_name("areas.csv")


@attrs.frozen(kw_only=True)
class Table:
    """Every area, by what it can be found by."""

    england: England
    regions: Mapping[str, Region]
    """The nine regions and the two parts of London, by ONS code."""
    authorities: Mapping[str, Authority]
    """By LA number, in its order; those that have ended too."""
    above: Mapping[str, Region | England]
    """The regions and England, by ONS code."""
    la_numbers: Mapping[str, str]
    """LA number by ONS code, for every code there ever was."""
    authorities_named: Mapping[str, tuple[Authority, ...]]
    """By each of their names, folded."""
    others_named: Mapping[str, Region | England]
    """England and the regions by each of their names, folded, and by LAIT's number."""


def folded(name: str) -> str:
    """A name without its case and its surplus spaces."""
    return " ".join(name.split()).casefold()


@functools.cache
def table() -> Table:
    """The look-up; read from the file the first time."""
    with _AREAS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    (england,) = (_england(row) for row in rows if row["level"] == "country")
    regions = {row["ons_code"]: _region(row) for row in rows if row["level"] in {"region", "part_of_london"}}
    by_number: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        if row["level"] == "local_authority":
            by_number[row["la_number"]].append(row)
    authorities = {number: _authority(of_it, regions) for number, of_it in by_number.items()}
    above: list[Region | England] = [*regions.values(), england]
    return Table(
        england=england,
        regions=MappingProxyType(regions),
        authorities=MappingProxyType(authorities),
        above=MappingProxyType({each.ons_code: each for each in above}),
        la_numbers=MappingProxyType({row["ons_code"]: row["la_number"] for row in rows if row["la_number"]}),
        authorities_named=MappingProxyType(_by_name(authorities.values())),
        others_named=MappingProxyType(
            {name: areas[0] for name, areas in _by_name(above).items()}
            | {each.lait_number: each for each in above if each.lait_number}
        ),
    )


def _by_name(areas: Iterable[A]) -> dict[str, tuple[A, ...]]:
    found: dict[str, tuple[A, ...]] = {}
    for area in areas:
        for name in dict.fromkeys(folded(name) for name in (area.name, *area.also_known_as)):
            found[name] = (*found.get(name, ()), area)
    return found


def _names(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in row["also_known_as"].split("|") if name)


def _england(row: Mapping[str, str]) -> England:
    return England(ons_code=row["ons_code"], name=row["name"], lait_number=row["lait_number"], also_known_as=_names(row))


def _region(row: Mapping[str, str]) -> Region:
    return Region(
        ons_code=row["ons_code"],
        name=row["name"],
        part_of=row["region_code"] or None,
        lait_number=row["lait_number"],
        also_known_as=_names(row),
    )


def _authority(rows: list[dict[str, str]], regions: Mapping[str, Region]) -> Authority:
    row = rows[-1]
    codes: Any = tuple(_code(each) for each in rows)  # Any: mypy takes Dated's converter for one of its values
    return Authority(
        la_number=row["la_number"],
        name=row["name"],
        region=regions[row["region_code"]],
        part_of_london=regions.get(row["part_of_london_code"]),
        codes=Dated(what=f"ONS code of {row['name']} ({row['la_number']})", values=codes),
        also_known_as=_names(row),
    )


def _code(row: Mapping[str, str]) -> InForce[str]:
    since, until = row["valid_from"], row["valid_to"]
    return InForce(
        value=row["ons_code"],
        since=dt.date.fromisoformat(since),
        until=dt.date.fromisoformat(until) if until else None,
        source=BY_KEY[row["source"]],
    )
