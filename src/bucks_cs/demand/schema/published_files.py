"""Demand: the rows of DfE's data files of children in need, under one set of names whatever the release calls its columns.

Each row comes out with its area as readings have it, its year, and each figure as a number or the reason there is none.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import narwhals as nw
import polars as pl

from bucks_cs.demand.schema.published_headings import Heading, PublishedFile
from bucks_cs.errors import FrameProblems, InvalidValue, Problem, did_you_mean
from bucks_cs.frames.engine import Engine, Home, collect, column_names, engine_of, enter, sealed, small_table
from bucks_cs.geography import england, lookup_rows, parts_of_london, regions
from bucks_cs.indicators import Withheld
from bucks_cs.periods import ReportingYear
from bucks_cs.provenance import Source

__all__ = [
    "PublishedRows",
    "area_keys",
    "figure",
    "heading_names",
    "is_unread",
    "opened",
    "published_rows",
    "why_withheld",
]

_NEEDED_KEYS = ("time_period", "geographic_level", "country_code", "region_code")
_CODES = ("old_la_code", "new_la_code")
_KIND = "reporting year"
_YEARS = range(2000, 2101)
_BY_AUTHORITY, _ABOVE = "local authority", {"regional": "region_code", "national": "country_code"}
_SYMBOLS = ("c", "x", "z", "low", "u", "k", "~", ":", "-")
_NUMBER = r"^-?[0-9]+(\.[0-9]+)?$"


@attrs.frozen(kw_only=True)
class PublishedRows:
    """The rows of a published file under this library's names.

    Args:
        lazy: ``area``, ``above`` (whether it is a region or England), ``year``, ``start`` and ``end`` of the reporting year, and
            for each figure a number and, in ``<figure>_withheld``, why there is none.
        home: The kind of frame it came as.
        figures: The figures it has.
        source: The release, as far as it tells.
        latest: Its newest year; None where it has no rows.
    """

    lazy: nw.LazyFrame[Any]
    home: Home
    figures: frozenset[str]
    source: Source
    latest: int | None


def opened(frame: Any) -> Any:
    """A frame as it is, or the CSV file at a path as polars with every cell as text.

    Args:
        frame: A path, or a frame of any engine.

    Raises:
        InvalidValue: There is no such file.
        FrameProblems: The file cannot be read as CSV.
    """
    if not isinstance(frame, (str, os.PathLike)):
        return frame
    path = Path(frame)
    if not path.is_file():
        raise InvalidValue(what="frame", expected="a frame, or the path of a CSV file that is there")
    return sealed(lambda: pl.read_csv(path, infer_schema=False), what="reading the CSV file")


def published_rows(frame: Any, file: PublishedFile, *, ends: tuple[int, int] = (3, 31)) -> PublishedRows:
    """The rows of one of DfE's files, checked in one query.

    Args:
        frame: The path of the CSV file, or a frame of it of any engine.
        file: Which file it is.
        ends: The month and day its reporting year ends.

    Returns:
        Its rows; a lazy frame stays lazy. Columns that are not asked for are left behind.

    Raises:
        FrameProblems: A column is missing or there under two names; a row's year, level or area is not known, or a figure is
            neither a number nor one of DfE's symbols, is below 0, or is a percentage above 100; two rows of one area and year.
            Counts of rows, and no cell.
        InvalidValue: There is no such file.
        UnsupportedFrame: It is no frame.
    """
    native = opened(frame)
    there = heading_names(native)
    found = _matched(file, there)
    keys = [name for name in (*_NEEDED_KEYS, *_CODES, "time_identifier") if name in there]
    lazy, home = enter(native, columns=[*keys, *(heading.text for heading in found.values())])
    types = dict(sealed(lazy.collect_schema, what="reading the frame's columns"))
    figures = [part for ours, heading in found.items() for part in figure(heading.text, types[heading.text], name=ours)]
    joined = _joined(lazy.select(*_row_keys(types), *figures), ends=ends)
    latest = _need_good_rows(joined, file, found)
    return PublishedRows(
        lazy=joined, home=home, figures=frozenset(found), source=file.source(found.values(), latest=latest), latest=latest
    )


def heading_names(frame: Any) -> tuple[str, ...]:
    """The headings of a frame of any engine; no query of rows runs.

    Args:
        frame: The frame.
    """
    if engine_of(frame) in {Engine.PANDAS, Engine.PANDAS_ARROW}:
        return tuple(str(name) for name in frame.columns)
    return column_names(enter(frame)[0])


def _matched(file: PublishedFile, there: tuple[str, ...]) -> dict[str, Heading]:
    """Which heading each figure has in this file."""
    found: dict[str, Heading] = {}
    problems = [_missing(name, there) for name in _NEEDED_KEYS if name not in there]
    if not set(_CODES) & set(there):
        problems.append(Problem(column=", ".join(_CODES), rule="there is neither column"))
    for ours, headings in file.headings.items():
        known = [heading for heading in headings if heading.text in there]
        if len(known) > 1:
            rule = f"could be any of {', '.join(heading.text for heading in known)}, which no one release has"
            problems.append(Problem(column=ours, rule=rule))
        elif known:
            found[ours] = known[0]
        elif ours not in file.optional:
            problems.append(_missing(" or ".join(map(_spoken, headings)), there, asked=headings[-1].text))
    if problems:
        raise FrameProblems(schema=f"DfE's data file {file.name}", problems=tuple(problems))
    return found


def _spoken(heading: Heading) -> str:
    if heading.until is not None:
        return f"{heading.text} (releases to {heading.until})"
    return heading.text if heading.since is None else f"{heading.text} (since the release of {heading.since})"


def _missing(column: str, there: tuple[str, ...], *, asked: str = "") -> Problem:
    return Problem(column=column, rule="there is no such column", hint=did_you_mean(asked or column, there))


def _text(name: str, dtype: Any) -> nw.Expr:
    """A column as text without surplus spaces; a code that a reader took for a number is a whole one again."""
    column = nw.col(name)
    if dtype.is_numeric():
        return column.cast(nw.Int64).cast(nw.String)
    return column.cast(nw.String).str.strip_chars()


def figure(heading: str, dtype: Any, *, name: str) -> tuple[nw.Expr, nw.Expr]:
    """A published figure: its number, and why there is none. Where it is neither, both are null: see `is_unread`.

    Args:
        heading: The column it stands in.
        dtype: The type that has.
        name: What it is called here.

    Returns:
        Two columns: ``name`` and ``name_withheld``.
    """
    if dtype.is_numeric():
        return nw.col(heading).cast(nw.Float64).alias(name), nw.lit(None, dtype=nw.String).alias(f"{name}_withheld")
    text = nw.col(heading).cast(nw.String).str.strip_chars()
    is_number = text.str.contains(_NUMBER).fill_null(value=False)
    number = nw.when(is_number).then(text).cast(nw.Float64)
    return number.alias(name), why_withheld(text).alias(f"{name}_withheld")


def is_unread(name: str) -> nw.Expr:
    """Whether a figure is neither a finite number nor a symbol; a number of hundreds of digits is an infinite one.

    Args:
        name: What the figure is called here.
    """
    number = nw.col(name)
    return (number.is_null() & nw.col(f"{name}_withheld").is_null()) | ~number.is_finite().fill_null(value=True)


def why_withheld(text: nw.Expr) -> nw.Expr:
    """The reason behind a printed symbol, as `Withheld.read` has it; null where it is none.

    Args:
        text: The cells as text.
    """
    bare = text.str.to_lowercase()
    known: dict[str, list[str]] = {}
    for symbol in _SYMBOLS:
        known.setdefault(Withheld.read(symbol).value, []).extend((symbol, f"[{symbol}]"))
    why = nw.lit(None, dtype=nw.String)
    for reason, symbols in known.items():
        why = nw.when(bare.is_in(symbols)).then(nw.lit(reason)).otherwise(why)
    return why


def _row_keys(types: Mapping[str, Any]) -> list[nw.Expr]:
    """The year, the level and the code of each row, as far as they can be read."""
    year = _text("time_period", types["time_period"])
    level = _text("geographic_level", types["geographic_level"]).str.to_lowercase()
    code = nw.lit(None, dtype=nw.String)
    for column in (name for name in reversed(_CODES) if name in types):
        text = _text(column, types[column])
        # An authority's number is three digits; a file may have a colon there, and its code of nine characters beside it.
        code = nw.when(text.str.contains(r"^([0-9]{3}|[A-Z][0-9]{8})$").fill_null(value=False)).then(text).otherwise(code)
    for name, column in _ABOVE.items():
        code = nw.when(level == name).then(_text(column, types[column])).otherwise(code)
    kind = _text("time_identifier", types["time_identifier"]).str.to_lowercase() if "time_identifier" in types else nw.lit(_KIND)
    return [
        nw.when(year.str.contains("^[0-9]{4}$").fill_null(value=False)).then(year).cast(nw.Int64).alias("year"),
        level.alias("__level"),
        code.alias("__code"),
        (kind != _KIND).fill_null(value=True).alias("__other_kind"),
    ]


def _joined(rows: nw.LazyFrame[Any], *, ends: tuple[int, int]) -> nw.LazyFrame[Any]:
    """The rows with the area as readings have it, and the first and last day of their year."""
    known = [(level, code, key) for level, of_it in area_keys().items() for code, key in of_it.items()]
    names = ("__level", "__code", "area")
    areas = small_table(rows, dict(zip(names, zip(*known, strict=True), strict=True)), dict.fromkeys(names, nw.String))
    years = [ReportingYear(year, ends=ends) for year in _YEARS]
    days = {"year": _YEARS, "start": [year.start for year in years], "end": [year.end for year in years]}
    calendar = small_table(rows, days, {"year": nw.Int64, "start": nw.Date, "end": nw.Date})
    both = rows.join(areas, on=["__level", "__code"], how="left").join(calendar, on="year", how="left")
    return both.with_columns(above=(nw.col("__level") != _BY_AUTHORITY))


def area_keys() -> dict[str, dict[str, str]]:
    """What stands for an area in readings, by DfE's level and each number and code the area has or had."""
    authorities = {row["ons_code"]: row["la_number"] for row in lookup_rows()}
    return {
        _BY_AUTHORITY: authorities | {number: number for number in authorities.values()},
        "regional": {each.ons_code: each.key for each in (*regions(), *parts_of_london())},
        "national": {england().ons_code: england().key},
    }


def _need_good_rows(rows: nw.LazyFrame[Any], file: PublishedFile, found: Mapping[str, Heading]) -> int | None:
    """The newest year, once every row can be read: one query, which brings back counts and a year."""
    known = nw.col("__level").is_in([_BY_AUTHORITY, *_ABOVE]).fill_null(value=False)
    tests = [
        ("time_period", "is no year of four digits", nw.col("start").is_null()),
        ("time_identifier", "is not Reporting year", nw.col("__other_kind")),
        ("geographic_level", "is not National, Regional or Local authority", ~known),
        ("area", "has a code that no area of its level is known by", known & nw.col("area").is_null()),
    ]
    tests += [
        (heading.text, f"is neither a number nor one of {', '.join(_SYMBOLS)}", is_unread(ours))
        for ours, heading in found.items()
    ]
    tests += [(heading.text, *_out_of_range(ours, most=file.most(ours))) for ours, heading in found.items()]
    sums = {f"test_{n}": broken.cast(nw.Int64).sum() for n, (_, _, broken) in enumerate(tests)}
    twice = rows.filter(~nw.col("area").is_null()).group_by("area", "year").agg(__n=nw.len()).filter(nw.col("__n") > 1)
    query = rows.select(latest=nw.col("year").max(), **sums).join(twice.select(nw.col("__n").sum().alias("twice")), how="cross")
    counts = collect(query).row(0, named=True)
    problems = [
        Problem(column=column, rule=rule, rows=int(counts[f"test_{n}"]))
        for n, (column, rule, _) in enumerate(tests)
        if counts[f"test_{n}"]
    ]
    if counts["twice"]:
        problems.append(Problem(column="area, time_period", rule="more than one row has the same", rows=int(counts["twice"])))
    if problems:
        raise FrameProblems(schema=f"DfE's data file {file.name}", problems=tuple(problems))
    return None if counts["latest"] is None else int(counts["latest"])


def _out_of_range(figure: str, *, most: float | None) -> tuple[str, nw.Expr]:
    """The rule that a figure's number keeps to, and where it does not; what is no number at all is told of by another."""
    number = nw.col(figure)
    finite = number.is_finite().fill_null(value=False)
    if most is None:
        return "is below 0", ((number < 0) & finite).fill_null(value=False)
    return f"is not a percentage from 0 to {most:g}", (((number < 0) | (number > most)) & finite).fill_null(value=False)
