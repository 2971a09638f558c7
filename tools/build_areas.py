"""Make ``src/bucks_cs/geography/areas.csv`` from the published files: one row an area, ONS code and the dates it held.

LA numbers, ONS codes, names and regions are read from every table of ``../shared/published`` that has both
``old_la_code`` (the LA number) and ``new_la_code`` (the ONS code); other names from the look-ups there. Those
files do not say *when* a code held: DfE writes the code of its own day over past years (Buckinghamshire's 2024
plans are under E10000002). So the dates are from ONS's Code History Database, written out below, and a code that
is not among them stops the build: no date is made up.

Run from the root of the repository::

    python tools/build_areas.py ../shared/published

The same files give the same bytes; ``tests/test_geography.py`` checks that the committed file is up to date.
"""

from __future__ import annotations

import csv
import io
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

AREAS = Path(__file__).resolve().parents[1] / "src" / "bucks_cs" / "geography" / "areas.csv"

COLUMNS = (
    "level",
    "la_number",
    "lait_number",
    "ons_code",
    "name",
    "also_known_as",
    "region_code",
    "part_of_london_code",
    "valid_from",
    "valid_to",
    "source",
    "note",
)

Row = dict[str, str]

# ONS numbered its nine-character codes on 1 January 2009. In the Code History Database of July 2024 each of these
# kinds runs from 1 to the number given with that date; later numbers have dates of their own, below.
NUMBERED_IN_2009 = {"E06": 46, "E08": 36, "E09": 33, "E10": 34, "E12": 9, "E13": 2, "E92": 1}
NUMBERED_ON = "2009-01-01"

# Code History Database (July 2024), ChangeHistory: first day of the codes that came later ...
BEGAN = {
    **{f"E060000{number}": "2009-04-01" for number in range(47, 57)},
    "E06000057": "2013-04-01",
    "E08000037": "2013-04-01",
    "E06000058": "2019-04-01",
    "E06000059": "2019-04-01",
    "E06000060": "2020-04-01",
    "E06000061": "2021-04-01",
    "E06000062": "2021-04-01",
    "E06000063": "2023-04-01",
    "E06000064": "2023-04-01",
    "E06000065": "2023-04-01",
    "E06000066": "2023-04-01",
    "E08000038": "2025-04-01",
    "E08000039": "2025-04-01",
}

# ... and last day of those that have ended.
ENDED = {
    "E06000048": "2013-03-31",
    "E08000020": "2013-03-31",
    "E06000028": "2019-03-31",
    "E06000029": "2019-03-31",
    "E10000009": "2019-03-31",
    "E10000002": "2020-03-31",
    "E10000021": "2021-03-31",
    "E10000006": "2023-03-31",
    "E10000023": "2023-03-31",
    "E10000027": "2023-03-31",
    "E08000016": "2025-03-31",
    "E08000019": "2025-03-31",
}

# Codes that ended before the first table here begins, of authorities that did not: LA number by code.
BEFORE_THE_FILES = {"E06000048": "929", "E08000020": "390"}

# The two that the edition of July 2024 does not have, and the two they replaced.
BY_ORDER = ("E08000016", "E08000019", "E08000038", "E08000039")
BY_ORDER_NOTE = (
    "the Order moves the boundary on 1 April 2025; that ONS's code changed with it is inferred: "
    "the edition of the database that has it was not seen"
)

# LAIT's own numbers for what is above an authority, by ONS code; its number 1000, "England (discontinued)", is left out.
LAIT_NUMBERS = {
    "E92000001": "970",
    "E12000001": "980",
    "E12000002": "981",
    "E12000003": "982",
    "E12000004": "983",
    "E12000005": "984",
    "E12000006": "985",
    "E12000007": "986",
    "E13000001": "987",
    "E13000002": "988",
    "E12000008": "989",
    "E12000009": "990",
}
LEVELS = {"E92": "country", "E12": "region", "E13": "part_of_london"}


def tables(published: Path) -> Iterator[list[Row]]:
    """The tables that have both codes, each as rows, in order of path."""
    for path in sorted(published.rglob("*.csv"), key=lambda path: path.relative_to(published).as_posix()):
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            reader = csv.DictReader(file)
            if {"old_la_code", "new_la_code"} <= set(reader.fieldnames or ()):
                yield list(reader)


def lait_names(published: Path) -> dict[str, str]:
    """The names in the Local authority interactive tool's list, by its number."""
    import polars as pl

    sheet = pl.read_excel(published / "lait" / "la_code_list.xlsx", columns=["LA Number", "LA Name"])
    return {str(number): name for number, name in sheet.iter_rows()}


def other_names(published: Path) -> dict[str, set[str]]:
    """What the look-ups call each authority, by LA number."""
    names: dict[str, set[str]] = defaultdict(set)
    neighbours = published / "neighbours"
    for name, number, called in (
        ("sn_model_2025_wide.csv", "old_la_code", "la_name"),
        ("New_Statistical_Neighbour_Groupings_April_2021.csv", "LA num", "LA Name"),
    ):
        with (neighbours / name).open(encoding="utf-8-sig", errors="replace", newline="") as file:
            for row in csv.DictReader(file):
                names[row[number].strip()].add(row[called].strip())
    for number, called in lait_names(published).items():
        names[number].add(called.strip())
    return names


def dates(code: str) -> tuple[str, str]:
    """First and last day of a code; the last is empty while it holds."""
    kind, number = code[:3], int(code[3:])
    began = BEGAN.get(code) or (NUMBERED_ON if number <= NUMBERED_IN_2009.get(kind, 0) else "")
    if not began:
        raise SystemExit(f"no date is known for the code {code}: add it to BEGAN, with its source")
    return began, ENDED.get(code, "")


def sources(code: str) -> tuple[str, str]:
    """Who says so, and what to know about it."""
    return ("si-2024-1328", BY_ORDER_NOTE) if code in BY_ORDER else ("chd-2024-07", "")


def row(*, level: str, code: str, name: str, aliases: Iterable[str] = (), **fields: str) -> Row:
    """One row of the file."""
    began, ended = dates(code)
    source, note = sources(code)
    others = sorted({alias for alias in aliases if alias and alias.casefold() != name.casefold()})
    made = {"level": level, "ons_code": code, "name": name, "also_known_as": "|".join(others), **fields}
    made |= {"valid_from": began, "valid_to": ended, "source": source, "note": note}
    return {column: made.get(column, "") for column in COLUMNS}


def authorities(rows: Iterable[Row], names: dict[str, set[str]]) -> list[Row]:
    """A row an authority and code; DfE's joint rows ("314 / 318") are two authorities that have rows of their own."""
    called: dict[str, str] = {}
    codes: dict[str, set[str]] = defaultdict(set)
    regions: dict[str, str] = {}
    parts: dict[str, str] = {}
    for line in rows:
        number, code, region = line["old_la_code"].strip(), line["new_la_code"].strip(), line["region_code"].strip()
        if line["geographic_level"] != "Local authority" or "/" in number:
            continue
        if called.setdefault(number, line["la_name"].strip()) != line["la_name"].strip():
            raise SystemExit(f"LA number {number} has two names in the files")
        codes[number].add(code)
        target = parts if region.startswith("E13") else regions
        if target.setdefault(number, region) != region:
            raise SystemExit(f"LA number {number} is in two regions in the files")
    for code, number in BEFORE_THE_FILES.items():
        codes[number].add(code)
    return [
        row(
            level="local_authority",
            code=code,
            name=called[number],
            aliases=names[number],
            la_number=number,
            region_code=regions[number],
            part_of_london_code=parts.get(number, ""),
        )
        for number in sorted(codes)
        for code in sorted(codes[number], key=dates)
    ]


def over_authorities(rows: Iterable[Row], names: dict[str, set[str]]) -> list[Row]:
    """England, its regions, and Inner and Outer London."""
    found: dict[str, str] = {}
    for line in rows:
        if line["geographic_level"] == "National":
            found[line["country_code"].strip()] = line["country_name"].strip()
        elif line["geographic_level"] == "Regional":
            found[line["region_code"].strip()] = line["region_name"].strip()
    return [
        row(
            level=LEVELS[code[:3]],
            code=code,
            name=name,
            aliases=names[LAIT_NUMBERS[code]],
            lait_number=LAIT_NUMBERS[code],
            region_code="E12000007" if code.startswith("E13") else "",
        )
        for code, name in sorted(found.items(), key=lambda pair: (list(LEVELS).index(pair[0][:3]), pair[0]))
    ]


def build(published: Path) -> str:
    """The whole file, as text."""
    area = ("geographic_level", "country_code", "country_name", "region_code", "region_name")
    wanted = (*area, "old_la_code", "new_la_code", "la_name")
    distinct = {tuple(line[column] or "" for column in wanted) for table in tables(published) for line in table}
    rows = [dict(zip(wanted, values, strict=True)) for values in sorted(distinct)]
    names = other_names(published)
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows([*over_authorities(rows, names), *authorities(rows, names)])
    return text.getvalue()


if __name__ == "__main__":
    AREAS.write_text(build(Path(sys.argv[1])), encoding="utf-8", newline="\n")
