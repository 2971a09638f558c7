"""Inspections: Ofsted's counts of schools by grade, area and year, as a row each area, year and type of school."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import narwhals as nw

from bucks_cs.errors import FrameProblems, Problem, did_you_mean
from bucks_cs.frames.engine import Home, collect, enter, sealed, small_table
from bucks_cs.geography import authorities, england, regions
from bucks_cs.inspections.sources.schools import SCHOOLS_BY_GRADE_COUNTED_ON
from bucks_cs.periods import Snapshot
from bucks_cs.published_files import figure, heading_names, is_unread, opened

__all__ = ["GRADES", "SCHOOL_TYPE", "schools_by_grade"]

SCHOOL_TYPE = "school_type"
GRADES = {
    "outstanding": "Outstanding",
    "good": "Good",
    "requires_improvement": "Requires improvement",
    "inadequate": "Inadequate",
}
"""Our names of the counts, and what the file calls the grades."""

_SCHEMA = "Ofsted's file of schools by grade"
_NUMBER, _PERCENT = (f"Overall effectiveness ({of} of schools)" for of in ("number", "%"))
_TOTAL, _GRADE, _LEVEL = "grand_total_schools", "Overall effectiveness", "geographic_level"
_HEADINGS = ("Year", SCHOOL_TYPE, _GRADE, _TOTAL, _LEVEL, "Region", "la_name", "Measure", "Value")
_YEARS = range(2000, 2025)
_KEY = ("area", "period_start", SCHOOL_TYPE)
# The percentages are given to two decimals.
_PERCENT_WITHIN = 0.005 + 1e-9


def schools_by_grade(frame: Any) -> tuple[nw.LazyFrame[Any], Home]:
    """Schools by grade for each area, year and type of school, checked in one query.

    Args:
        frame: The path of the CSV file, or a frame of it of any engine.

    Returns:
        ``area``, the three columns of a snapshot, ``school_type`` and a count for each of `GRADES`; and the kind of frame.

    Raises:
        FrameProblems: A column is missing, or rows break a rule.
        InvalidValue: There is no such file.
        UnsupportedFrame: It is no frame.
    """
    native = opened(frame)
    there = heading_names(native)
    missing = [name for name in _HEADINGS if name not in there]
    if missing:
        each = (Problem(column=name, rule="there is no such column", hint=did_you_mean(name, there)) for name in missing)
        raise FrameProblems(schema=_SCHEMA, problems=tuple(each))
    lazy, home = enter(native, columns=_HEADINGS)
    types = dict(sealed(lazy.collect_schema, what="reading the frame's columns"))
    read = _placed(lazy, types)
    of_each = _of_each(read)
    _need_good_rows(read, of_each)
    return of_each.select(*_KEY, "period_kind", "period_end", *GRADES), home


def _placed(lazy: nw.LazyFrame[Any], types: Mapping[str, Any]) -> nw.LazyFrame[Any]:
    """The rows with their area and day, each null where it cannot be read."""
    level = _text(_LEVEL)
    name = nw.when(level == "Local authority").then(_text("la_name")).otherwise(_text("Region"))
    text = lazy.select(
        nw.concat_str(level, name, separator="|").str.to_lowercase().alias("__where"),
        nw.col("Year").cast(nw.String).str.strip_chars().alias("__year"),
        _text(SCHOOL_TYPE).alias(SCHOOL_TYPE),
        _text(_GRADE).alias("__grade"),
        _text("Measure").alias("__measure"),
        *figure(_TOTAL, types[_TOTAL], name="__total"),
        *figure("Value", types["Value"], name="__value"),
    )
    days = small_table(lazy, _days(), {"__year": nw.String, "period_start": nw.Date})
    areas = small_table(lazy, _areas(), {"__where": nw.String, "__year": nw.String, "area": nw.String})
    return text.join(days, on="__year", how="left").join(areas, on=["__where", "__year"], how="left")


def _text(name: str) -> nw.Expr:
    return nw.col(name).cast(nw.String).str.strip_chars()


def _days() -> dict[str, list[Any]]:
    return {
        "__year": [str(year) for year in _YEARS],
        "period_start": [dt.date(year, *SCHOOLS_BY_GRADE_COUNTED_ON) for year in _YEARS],
    }


def _areas() -> dict[str, list[str]]:
    """Each area under its name, in each year: a name (Dorset's) may pass from one authority to another."""
    found: dict[tuple[str, str], str] = {}
    for year in (year for year in _YEARS if year > 2009):
        day = dt.date(year, *SCHOOLS_BY_GRADE_COUNTED_ON)
        for one in authorities(day):
            for name in (one.name, *one.also_known_as):
                found[f"Local authority|{name}".lower(), str(year)] = one.key
        for region in regions():
            found[f"Regional|{region.name}".lower(), str(year)] = region.key
        found[f"National|{england().name}".lower(), str(year)] = england().key
    wheres, years = zip(*found, strict=True)
    return {"__where": list(wheres), "__year": list(years), "area": list(found.values())}


def _of_each(read: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """A row each area, day and type of school: a grade that no school has is not in the file, and is 0."""
    number = nw.col("__measure") == _NUMBER
    counts = {
        ours: nw.when(number & (nw.col("__grade") == theirs)).then(nw.col("__value")).otherwise(0.0).sum()
        for ours, theirs in GRADES.items()
    }
    totals = {"__least": nw.col("__total").min(), "__most": nw.col("__total").max()}
    of_each = read.group_by(*_KEY).agg(**counts, **totals)
    day = nw.col("period_start")
    return of_each.with_columns(nw.lit(str(Snapshot.kind)).alias("period_kind"), day.alias("period_end"))


def _need_good_rows(read: nw.LazyFrame[Any], of_each: nw.LazyFrame[Any]) -> None:
    measure, grade = nw.col("__measure"), nw.col("__grade")
    tests = {
        ("Year", f"is no year from {_YEARS[0]} to {_YEARS[-1]}, the last with overall grades"): nw.col("period_start").is_null(),
        ("geographic_level, Region, la_name", "is no area that is known in that year"): nw.col("area").is_null()
        & ~nw.col("period_start").is_null(),
        (SCHOOL_TYPE, "is blank"): nw.col(SCHOOL_TYPE).is_null(),
        (_GRADE, f"is not {' or '.join(GRADES.values())}"): ~grade.is_in(list(GRADES.values())).fill_null(value=False),
        ("Measure", f"is not {_NUMBER} or {_PERCENT}"): ~measure.is_in([_NUMBER, _PERCENT]).fill_null(value=False),
        (_TOTAL, "is no number"): is_unread("__total") | nw.col("__total").is_null(),
        ("Value", "is no number from 0 up"): is_unread("__value") | nw.col("__value").is_null() | (nw.col("__value") < 0),
    }
    flags = {f"test_{n}": test.fill_null(value=True).cast(nw.Int64).sum() for n, test in enumerate(tests.values())}
    twice = read.group_by(*_KEY, "__grade", "__measure").agg(__n=nw.len()).filter(nw.col("__n") > 1)
    summed = nw.sum_horizontal(*(nw.col(name) for name in GRADES))
    apart = ((summed != nw.col("__least")) | (summed != nw.col("__most"))).fill_null(value=True)
    query = read.select(rows=nw.len(), **flags)
    query = query.join(twice.select(nw.col("__n").sum().alias("twice")), how="cross")
    query = query.join(of_each.select(apart.cast(nw.Int64).sum().alias("apart")), how="cross")
    query = query.join(_percentages(read, of_each), how="cross")
    found = collect(query).row(0, named=True)
    problems = [Problem(column=column, rule=rule, rows=int(found[f"test_{n}"] or 0)) for n, (column, rule) in enumerate(tests)]
    problems = [problem for problem in problems if problem.rows]
    if not problems:
        problems = [problem for problem in _of_figures(found) if problem.rows]
    if problems:
        raise FrameProblems(schema=_SCHEMA, problems=tuple(problems))


def _of_figures(found: Mapping[str, Any]) -> list[Problem]:
    """What can be said of the figures once every row is read."""
    return [
        Problem(column=", ".join(_HEADINGS[:-1]), rule="more than one row has the same", rows=int(found["twice"] or 0)),
        Problem(column=_TOTAL, rule="is not what the grades of an area, year and type add up to", rows=int(found["apart"] or 0)),
        Problem(column="Value", rule="is a percentage that the numbers do not give", rows=int(found["other_percent"] or 0)),
    ]


def _percentages(read: nw.LazyFrame[Any], of_each: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """How many percentages are not those of the numbers beside them."""
    there = read.filter(nw.col("__measure") == _PERCENT).select(*_KEY, "__grade", "__value")
    count: nw.Expr = nw.lit(None, dtype=nw.Float64)
    for ours, theirs in GRADES.items():
        count = nw.when(nw.col("__grade") == theirs).then(nw.col(ours)).otherwise(count)
    both = there.join(of_each, on=[*_KEY], how="inner")
    off = (nw.col("__value") - count * 100 / nw.col("__most")).abs() > _PERCENT_WITHIN
    return both.select(off.fill_null(value=True).cast(nw.Int64).sum().alias("other_percent"))
