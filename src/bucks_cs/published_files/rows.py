"""The rows of a data file under one set of names, whatever its release calls its columns, and checked in one query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.errors import FrameProblems, InvalidValue, Problem, did_you_mean
from bucks_cs.frames.engine import Home, collect, enter, sealed, small_table
from bucks_cs.provenance import Source
from bucks_cs.published_files.areas import AUTHORITY, CODES, LEVELS, area_keys, code_of, is_joint
from bucks_cs.published_files.figures import SYMBOLS, figure, is_unread, out_of_range, text_of
from bucks_cs.published_files.headings import Heading, PublishedFile, Topic
from bucks_cs.published_files.opening import BREAKDOWN, NEEDED_KEYS, heading_names, known_headings, matched, opened, schema_named

__all__ = ["PublishedRows", "published_rows"]

_CALENDAR = {"__identifier": nw.String, "__time_period": nw.String, "year": nw.Int64}
_CALENDAR |= {"kind": nw.String, "start": nw.Date, "end": nw.Date}
_CALENDAR |= {"stock_kind": nw.String, "stock_start": nw.Date, "stock_end": nw.Date}
_PERIOD, _STOCK = ("kind", "start", "end"), ("stock_kind", "stock_start", "stock_end")


@attrs.frozen(kw_only=True)
class PublishedRows:
    """The rows of a published file under this library's names.

    Args:
        lazy: ``area``, ``above`` (whether it is a region or England); the ``kind``, first and last day (``start``, ``end``) of
            its year, and the same of the day or month in which a stock was counted (``stock_kind``, ``stock_start``,
            ``stock_end``); the column it is broken down by, if any; and for each figure a number and, in ``<figure>_withheld``,
            why there is none.
        home: The kind of frame it came as.
        figures: The figures it has.
        by: The column it is broken down by, or none.
        source: The release, as far as it tells.
        latest: The year of its newest figures; None where it has no rows.
        told_apart_by: The columns that tell the rows of one area and year apart, each with the texts it may hold.
    """

    lazy: nw.LazyFrame[Any]
    home: Home
    figures: frozenset[str]
    by: tuple[str, ...] = ()
    source: Source
    latest: int | None
    told_apart_by: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)


def published_rows(
    frame: Any, file: PublishedFile, *, by: str | None = None, figures: Iterable[str] | None = None
) -> PublishedRows:
    """The rows of a data file, checked in one query.

    Args:
        frame: The path of the CSV file, or a frame of it of any engine.
        file: Which file it is.
        by: The topic to take the rows of, one of the file's; None for the totals, where ``breakdown`` repeats the topic.
        figures: The figures to read, of those of the file; None for all of them. The others may be missing, or unreadable.

    Returns:
        Its rows; a lazy frame stays lazy. Columns that are not asked for are left behind.

    Raises:
        FrameProblems: A column is missing or there under two names; a row's year, level or area is not known, or a figure is
            neither a number nor a symbol, is below 0, or is a percentage above 100; two rows of one area, year and group; there
            are rows and none of the topic. Counts of rows, and no cell.
        InvalidValue: There is no such file, topic or figure, or ``file`` is no `PublishedFile`.
        UnsupportedFrame: It is no frame.
    """
    wanted, topic = _asked(file, by, figures)
    native = opened(frame)
    there = heading_names(native)
    found = matched(file, there, figures=wanted)
    apart = (*(BREAKDOWN if file.topics else ()), *file.told_apart_by)
    keys = [name for name in (*NEEDED_KEYS, *CODES, "time_identifier", *apart) if name in there]
    lazy, home = enter(native, columns=[*keys, *(heading.text for heading in found.values())])
    types = dict(sealed(lazy.collect_schema, what="reading the frame's columns"))
    lazy = lazy.filter(~is_joint(types)) if file.joint_areas else lazy
    numbers = [part for ours, heading in found.items() for part in figure(heading.text, types[heading.text], name=ours)]
    groups = _groups(types, by, topic) if file.topics else [text_of(name, types[name]) for name in file.told_apart_by]
    joined = _once(_joined(lazy.select(*_row_keys(types, file), *groups, *numbers), file), home)
    latest = _need_good_rows(joined, file, found, topic=topic, by=by)
    return PublishedRows(
        lazy=joined.filter(nw.col("__asked")) if file.topics else joined,
        home=home,
        figures=frozenset(found),
        by=(by,) if by is not None else (),
        source=file.source(known_headings(file, there), latest=latest),
        latest=latest,
        told_apart_by=file.told_apart_by,
    )


def _asked(file: PublishedFile, by: object, figures: object) -> tuple[tuple[str, ...], Topic | None]:
    if not isinstance(file, PublishedFile):
        raise InvalidValue(what="file", expected="a PublishedFile")
    several: Any = file.headings if figures is None else figures
    given = tuple(several) if isinstance(several, Iterable) else ()
    if not given or not all(isinstance(name, str) and name in file.headings for name in given):
        raise InvalidValue(what="figures", expected=f"some of {', '.join(file.headings)}")
    wanted = tuple(name for name in file.headings if name in given)
    if by is None:
        return wanted, None
    if not isinstance(by, str) or by not in file.topics:
        known = f"None, or one of {', '.join(file.topics)}" if file.topics else "None: this file is not broken down in rows"
        raise InvalidValue(what="by", expected=known, hint=did_you_mean(str(by), file.topics))
    return wanted, file.topics[by]


def _row_keys(types: Mapping[str, Any], file: PublishedFile) -> list[nw.Expr]:
    """The year, the level and the code of each row, as far as they can be read."""
    level = text_of("geographic_level", types["geographic_level"]).str.to_lowercase()
    assumed = nw.lit(file.timing.identifiers[0].lower())
    named = "time_identifier" in types
    identifier = text_of("time_identifier", types["time_identifier"]).str.to_lowercase() if named else assumed
    return [
        text_of("time_period", types["time_period"]).alias("__time_period"),
        identifier.alias("__identifier"),
        level.alias("__level"),
        code_of(types, level=level).alias("__code"),
    ]


def _groups(types: Mapping[str, Any], by: str | None, topic: Topic | None) -> list[nw.Expr]:
    """Whether a row is of the topic, and what of it; a total is the row whose group is called what its topic is."""
    about, group = (text_of(name, types[name]) for name in BREAKDOWN)
    if by is None or topic is None:
        return [(about == group).fill_null(value=False).alias("__asked")]
    bare = group
    for prefix in topic.prefixes:
        has = group.str.to_lowercase().str.starts_with(prefix.lower()).fill_null(value=False)
        bare = nw.when(has).then(group.str.slice(len(prefix)).str.strip_chars()).otherwise(bare)
    unknown = group.str.to_lowercase().is_in([text.lower() for text in topic.not_recorded])
    of_it = about.is_in(list(topic.texts)).fill_null(value=False)
    known, blank = ~unknown.fill_null(value=True), (group.is_null() | (group == "")).fill_null(value=True)
    return [of_it.alias("__asked"), nw.when(known).then(bare).alias(by), blank.alias("__blank")]


def _joined(rows: nw.LazyFrame[Any], file: PublishedFile) -> nw.LazyFrame[Any]:
    """The rows with the area as readings have it, and the days of their years."""
    known = [(level, code, key) for level, of_it in area_keys().items() for code, key in of_it.items()]
    names = ("__level", "__code", "area")
    areas = small_table(rows, dict(zip(names, zip(*known, strict=True), strict=True)), dict.fromkeys(names, nw.String))
    calendar = small_table(rows, file.timing.calendar(), _CALENDAR)
    both = rows.join(areas, on=["__level", "__code"], how="left").join(calendar, on=["__identifier", "__time_period"], how="left")
    return both.with_columns(above=(nw.col("__level") != AUTHORITY))


def _once(rows: nw.LazyFrame[Any], home: Home) -> nw.LazyFrame[Any]:
    """Rows that were eager, read once and not again for each measure; a lazy frame stays a plan."""
    return rows if home.engine.is_lazy else nw.from_native(collect(rows).lazy())


@attrs.frozen
class _Test:
    column: str
    rule: str
    broken: nw.Expr


def _tests(file: PublishedFile, found: Mapping[str, Heading], *, by: str | None) -> list[_Test]:
    """What every row must keep to."""
    level_known = nw.col("__level").is_in(list(LEVELS)).fill_null(value=False)
    names = [name.lower() for name in file.timing.identifiers]
    kind_known = nw.col("__identifier").is_in(names).fill_null(value=False)
    tests = [
        _Test("time_period", f"is no {file.timing.form}", kind_known & nw.col("start").is_null()),
        _Test("time_identifier", f"is not {' or '.join(file.timing.identifiers)}", ~kind_known),
        _Test("geographic_level", "is not National, Regional or Local authority", ~level_known),
        _Test("area", "has a code that no area of its level is known by", level_known & nw.col("area").is_null()),
    ]
    if by is not None:
        tests.append(_Test("breakdown", "is blank", nw.col("__blank")))
    tests += [
        _Test(name, f"is not {' or '.join(texts)}", ~nw.col(name).is_in(list(texts)).fill_null(value=False))
        for name, texts in file.told_apart_by.items()
    ]
    tests += [
        _Test(heading.text, f"is neither a number nor one of {', '.join(SYMBOLS)}", is_unread(ours))
        for ours, heading in found.items()
    ]
    return tests + [_Test(heading.text, *out_of_range(ours, most=file.most(ours))) for ours, heading in found.items()]


def _need_good_rows(
    rows: nw.LazyFrame[Any], file: PublishedFile, found: Mapping[str, Heading], *, topic: Topic | None, by: str | None
) -> int | None:
    """The year of the newest figures, once every row asked for can be read: one query, which brings back counts and a year."""
    tests = _tests(file, found, by=by)
    asked = rows.filter(nw.col("__asked")) if file.topics else rows
    flags = {f"__test_{n}": test.broken.cast(nw.Int64) for n, test in enumerate(tests)}
    when = [*(_PERIOD if file.timing.month is None else _STOCK), *([] if by is None else [by]), *file.told_apart_by]
    sums = [nw.col(name).sum() for name in flags]
    of_key = asked.with_columns(**flags).group_by("area", *when).agg(nw.len().alias("__n"), nw.col("year").max(), *sums)
    placed = ~nw.col("area").is_null() & ~nw.col(when[0]).is_null()
    twice = nw.when(placed & (nw.col("__n") > 1)).then(nw.col("__n")).otherwise(0).sum().alias("twice")
    counted = of_key.select(nw.col("year").max(), twice, nw.col("__n").sum().alias("rows"), *sums)
    everything = rows.select(nw.len().alias("everything"))
    counts = collect(counted.join(everything, how="cross")).row(0, named=True)
    problems = [
        Problem(column=test.column, rule=test.rule, rows=int(counts[f"__test_{n}"]))
        for n, test in enumerate(tests)
        if counts[f"__test_{n}"]
    ]
    if counts["twice"]:
        columns = ("area", "time_period", *([] if by is None else ["breakdown"]), *file.told_apart_by)
        problems.append(Problem(column=", ".join(columns), rule="more than one row has the same", rows=int(counts["twice"])))
    if counts["everything"] and not counts["rows"]:
        problems.append(_nothing_asked(topic))
    if problems:
        raise FrameProblems(schema=schema_named(file), problems=tuple(problems))
    return None if counts["year"] is None else int(counts["year"])


def _nothing_asked(topic: Topic | None) -> Problem:
    if topic is None:
        return Problem(column="breakdown", rule="no row is a total, whose breakdown is called what its breakdown_topic is")
    return Problem(column="breakdown_topic", rule=f"no row is of {' or '.join(topic.texts)}")
