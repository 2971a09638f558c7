"""Demand: ONS's table of the population by single year of age, as the young people of each area."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from bucks_cs.errors import FrameProblems, Problem
from bucks_cs.frames.engine import Home, collect, enter, sealed, small_table
from bucks_cs.published_files import area_keys, figure, heading_names, is_unread, opened

__all__ = ["people_by_area"]

_SCHEMA = "ONS's table by single year of age"


def people_by_area(frame: Any, *, oldest: int) -> tuple[nw.LazyFrame[Any], Home]:
    """People from birth to an age, of each area that is known here, checked in one query.

    Args:
        frame: The path of the CSV file, or a frame of it of any engine.
        oldest: The last age that is counted.

    Returns:
        ``area`` and ``value``, and the kind of frame it came as.

    Raises:
        FrameProblems: A column is missing; an age is no number, is infinite or below 0; an area is there twice; or none is known.
        InvalidValue: There is no such file.
        UnsupportedFrame: It is no frame.
    """
    ages = tuple(f"age_{age}" for age in range(oldest + 1))
    native = opened(frame)
    there = heading_names(native)
    missing = [Problem(column=name, rule="there is no such column") for name in ("code", *ages) if name not in there]
    if missing:
        raise FrameProblems(schema=_SCHEMA, problems=tuple(missing))
    lazy, home = enter(native, columns=["code", *ages])
    types = dict(sealed(lazy.collect_schema, what="reading the frame's columns"))
    numbers = [part for age in ages for part in figure(age, types[age], name=age)]
    keys = {code: key for of_level in area_keys().values() for code, key in of_level.items()}
    areas = small_table(lazy, {"__code": list(keys), "area": list(keys.values())}, {"__code": nw.String, "area": nw.String})
    read = lazy.select(nw.col("code").cast(nw.String).str.strip_chars().alias("__code"), *numbers)
    known = read.join(areas, on="__code", how="inner")
    _need_good_rows(known, ages)
    people = nw.sum_horizontal(*(nw.col(age) for age in ages))
    return known.select(nw.col("area"), people.alias("value")), home


def _need_good_rows(known: nw.LazyFrame[Any], ages: tuple[str, ...]) -> None:
    counts = {age: _is_no_number_of_people(age).cast(nw.Int64).sum() for age in ages}
    twice = known.group_by("area").agg(__n=nw.len()).filter(nw.col("__n") > 1).select(nw.col("__n").sum().alias("twice"))
    found = collect(known.select(rows=nw.len(), **counts).join(twice, how="cross")).row(0, named=True)
    problems = [Problem(column=age, rule="is no number from 0 up", rows=int(found[age])) for age in ages if found[age]]
    if not found["rows"]:
        problems.append(Problem(column="code", rule="none is that of an authority with children's services, a region or England"))
    if found["twice"]:
        problems.append(Problem(column="code", rule="more than one row is of the same area", rows=int(found["twice"])))
    if problems:
        raise FrameProblems(schema=_SCHEMA, problems=tuple(problems))


def _is_no_number_of_people(age: str) -> nw.Expr:
    """Whether a cell is blank, a symbol, not a number, infinite or below 0."""
    number = nw.col(age)
    return number.is_null() | is_unread(age) | (number < 0).fill_null(value=False)
