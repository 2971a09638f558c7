"""The published files as rows of text, and a fact of the record made of one: what ``build_official_facts.py`` extracts with."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl

from bucks_cs.periods import Period
from bucks_cs.record.officially.measures import OFFICIAL_MEASURES

COLUMNS = (
    *("measure", "area", "part", "period_kind", "period_start", "period_end"),
    *("value", "numerator", "denominator", "said", "withheld"),
)

BUCKS, SOUTH_EAST, ENGLAND = "825", "E12000008", "E92000001"
REGION_NAME, LAIT_AREAS = "South East", {"England": ENGLAND, "South East": SOUTH_EAST}
MARKS = {"c": "c", "x": "x", "z": "z", "u": "u", "low": "low", "k": "low", ":": "x", "-": "x"}

Fact = dict[str, str]
Row = dict[str, str | None]
Numbers = dict[str, str | None]


def number(text: str | None) -> tuple[str, str]:
    """A published number without its binary noise, or the mark that stands in its place."""
    cell = (text or "").strip()
    if cell in MARKS:
        return "", MARKS[cell]
    value = round(float(cell), 6)
    return (f"{value:.0f}" if value == int(value) else repr(value)), ""


def fact(measure: str, area: str, period: Period, numbers: Numbers, *, of: str = "", said: str = "") -> Fact:
    """One row of the file, of the numbers there are: a value, a numerator, a denominator."""
    made = {"measure": measure, "area": area, "part": of, "said": said, "period_kind": str(period.kind)}
    made |= {"period_start": period.start.isoformat(), "period_end": period.end.isoformat(), "withheld": ""}
    for name in ("value", "numerator", "denominator"):
        made[name], mark = number(numbers[name]) if name in numbers else ("", "")
        if name == "value":
            made["withheld"] = mark
    return {column: made[column] for column in COLUMNS}


class Published:
    """The folder of published files, each read once, every cell as text."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, list[Row]] = {}

    def rows(self, file: str) -> list[Row]:
        """The rows of a CSV file, or of the interactive tool's table."""
        if file not in self._read:
            self._read[file] = list(self._rows(self.folder / file))
        return self._read[file]

    @staticmethod
    def _rows(path: Path) -> Iterator[Row]:
        if path.suffix == ".parquet":
            wanted = [measure.source.place.removeprefix("measure ") for measure in OFFICIAL_MEASURES.values()]
            table = (
                pl.read_parquet(path)
                .filter(pl.col("Short Desc").is_in(wanted))
                .with_columns(pl.col("LA Number").cast(pl.Int64).cast(pl.String))
            )
            yield from table.iter_rows(named=True)
        else:
            with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
                yield from csv.DictReader(file)

    def sheet(self, file: str, name: str, *, header: int) -> list[Row]:
        """The rows of a worksheet."""
        table = pl.read_excel(self.folder / file, sheet_name=name, read_options={"header_row": header}, infer_schema_length=0)
        return list(table.iter_rows(named=True))

    def single(self, file: str, **filters: str) -> Row:
        """The one row with these cells."""
        found = [row for row in self.rows(file) if all(row[name] == cell for name, cell in filters.items())]
        if len(found) != 1:
            raise SystemExit(f"{file}: {len(found)} rows where one was looked for")
        return found[0]


def key_of(row: Row) -> str:
    """What the facts call an area of a DfE data file."""
    level = row["geographic_level"]
    return str({"National": ENGLAND, "Regional": row["region_code"]}.get(level or "", row["old_la_code"]))


def in_south_east(*years: int) -> Callable[[Row], bool]:
    """Whether it is Buckinghamshire, or, of these years, England, the South East or one of its authorities."""

    def wanted(row: Row) -> bool:
        above = row["geographic_level"] == "National" or row["region_name"] == REGION_NAME
        return row["old_la_code"] == BUCKS or (above and row["time_period"] in map(str, years))

    return wanted


def of_file(
    published: Published,
    measure: str,
    years: dict[str, Period],
    *,
    value: str,
    parts: tuple[str, tuple[str, ...]] | None = None,
    wanted: Callable[[Row], bool] = lambda row: row["old_la_code"] == BUCKS,
    **filters: str,
) -> Iterator[Fact]:
    """A measure of a DfE data file: the column of its value, and those of its numerator and (summed) denominator."""
    for row in published.rows(OFFICIAL_MEASURES[measure].file or ""):
        if row["time_period"] not in years or not wanted(row) or any(row[name] != cell for name, cell in filters.items()):
            continue
        numbers: Numbers = {"value": row[value]}
        if parts:
            numbers["numerator"] = row[parts[0]]
            cells = [row[name] or "" for name in parts[1]]
            numbers["denominator"] = next((cell for cell in cells if cell in MARKS), None) or str(sum(map(float, cells)))
        yield fact(measure, key_of(row), years[row["time_period"] or ""], numbers)


def children(published: Published) -> dict[tuple[str, str], str]:
    """Children aged 0 to 17 by area and year of the estimate."""
    file = OFFICIAL_MEASURES["demand.children_at_mid_year"].file or ""
    return {(key_of(row), str(row["time_period"])): str(row["population_estimate"]) for row in published.rows(file)}


def of_lait(
    published: Published,
    measure: str,
    years: dict[str, Period],
    *,
    wanted: Callable[[str], bool] = lambda area: area == BUCKS,
    over: dict[tuple[str, str], str] | None = None,
) -> Iterator[Fact]:
    """A measure of the interactive tool; ``over`` gives the children that a rate is divided by, those of the mid-year before."""
    name = OFFICIAL_MEASURES[measure].source.place.removeprefix("measure ")
    referrals = {
        (key_of(row), row["time_period"]): row["referral_count"]
        for row in published.rows(OFFICIAL_MEASURES["demand.referrals"].file or "")
    }
    for row in published.rows(OFFICIAL_MEASURES[measure].file or ""):
        place, year = row["LA and Regions"] or "", (row["Years"] or "").split(" ")[0]
        area = LAIT_AREAS.get(place) or row["LA Number"] or ""
        if row["Short Desc"] != name or year not in years or not wanted(area) or "prov" in (row["Years"] or ""):
            continue
        numbers: Numbers = {"value": row["Values"]}
        if over is not None:
            numbers["denominator"] = over[area, str(int(year) - 1)]
        if measure == "demand.referrals_per_10_000":
            numbers["numerator"] = referrals[area, year]
        yield fact(measure, area, years[year], numbers)
