"""A data file as it comes: a path or a frame, and which of its headings is which figure."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl

from bucks_cs.errors import FrameProblems, InvalidValue, Problem, did_you_mean
from bucks_cs.frames.engine import Engine, column_names, engine_of, enter, sealed
from bucks_cs.published_files.areas import CODES
from bucks_cs.published_files.headings import Heading, PublishedFile

__all__ = ["BREAKDOWN", "NEEDED_KEYS", "heading_names", "known_headings", "matched", "opened", "schema_named"]

NEEDED_KEYS = ("time_period", "geographic_level", "country_code", "region_code")
"""The columns that every file has."""

BREAKDOWN = ("breakdown_topic", "breakdown")
"""The columns of a file that is broken down in rows."""


def schema_named(file: PublishedFile) -> str:
    """What a file is called in an error.

    Args:
        file: The file.
    """
    whose = "DfE" if file.publication.publisher == "Department for Education" else file.publication.publisher
    return f"{whose}'s data file {file.name}"


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


def heading_names(frame: Any) -> tuple[str, ...]:
    """The headings of a frame of any engine; no query of rows runs.

    Args:
        frame: The frame.
    """
    if engine_of(frame) in {Engine.PANDAS, Engine.PANDAS_ARROW}:
        return tuple(str(name) for name in frame.columns)
    return column_names(enter(frame)[0])


def matched(file: PublishedFile, there: tuple[str, ...], *, figures: Iterable[str]) -> dict[str, Heading]:
    """Which heading each figure has in this file.

    Args:
        file: Which file it is.
        there: The headings it has.
        figures: The figures that are asked for.

    Raises:
        FrameProblems: A column is missing, or a figure is there under two names.
    """
    found: dict[str, Heading] = {}
    needed = (*NEEDED_KEYS, *(BREAKDOWN if file.topics else ()), *file.told_apart_by)
    problems = [_missing(name, there) for name in needed if name not in there]
    if not set(CODES) & set(there):
        problems.append(Problem(column=", ".join(CODES), rule="there is neither column"))
    for ours in figures:
        headings = file.headings[ours]
        known = [heading for heading in headings if heading.text in there]
        if len(known) > 1:
            rule = f"could be any of {', '.join(heading.text for heading in known)}, which no one release has"
            problems.append(Problem(column=ours, rule=rule))
        elif known:
            found[ours] = known[0]
        elif ours not in file.optional:
            problems.append(_missing(" or ".join(map(_spoken, headings)), there, asked=headings[-1].text))
    if problems:
        raise FrameProblems(schema=schema_named(file), problems=tuple(problems))
    return found


def known_headings(file: PublishedFile, there: tuple[str, ...]) -> tuple[Heading, ...]:
    """The headings of a file that are there, those of figures that are not asked for too: they tell its release.

    Args:
        file: Which file it is.
        there: The headings it has.
    """
    return tuple(heading for headings in file.headings.values() for heading in headings if heading.text in there)


def _spoken(heading: Heading) -> str:
    if heading.until is not None:
        return f"{heading.text} (releases to {heading.until})"
    return heading.text if heading.since is None else f"{heading.text} (since the release of {heading.since})"


def _missing(column: str, there: tuple[str, ...], *, asked: str = "") -> Problem:
    return Problem(column=column, rule="there is no such column", hint=did_you_mean(asked or column, there))
