"""EHC plans to come: counts of bands of ages as counts of single years of age, which is what a year's step moves."""

from __future__ import annotations

from typing import Any

import polars as pl

from bucks_cs.ehcp.model.needs import OLDEST_AGE
from bucks_cs.errors import FrameProblems, Problem
from bucks_cs.frames.checked import Checked, folded
from bucks_cs.frames.engine import Home, collect, headings
from bucks_cs.frames.model import FrameModel

__all__ = ["ALL_AGES", "KNOWN_AGES", "NO_AREA", "admitted", "counted", "in_single_years", "totals"]

KNOWN_AGES = 0.9
"""The least share of an area's plans whose age must be known for its ages to be used; they are then taken for those of all.

Nobody publishes such a limit: it is this library's own choice. In January 2024 two authorities gave a total and no ages (DfE,
data guidance 2025, caseload.csv, footnote 5), and all others gave every age.
"""

NO_AREA = ""
"""What stands for the caller's own area while it is worked with: a schema refuses it as an area's name."""

_KEY = ("area", "day", "youngest_age", "oldest_age")
ALL_AGES = (pl.col("youngest_age") == 0) & (pl.col("oldest_age") == OLDEST_AGE)
"""Whether a row is of everybody, ages unknown included."""


def admitted(frame: Any, model: type[FrameModel], *, value: str, by: tuple[str, ...] = ()) -> tuple[pl.DataFrame, Home, Any]:
    """A table by age, checked and brought here: counts of an area, a day and an age are few.

    Args:
        frame: The table, of any engine, or checked; without ``area`` it is the caller's own, and without
            ``oldest_age`` of single ages.
        model: Its schema.
        value: The column with the counts.
        by: Further columns of the schema to keep.

    Returns:
        ``area``, ``day``, ``youngest_age``, ``oldest_age``, ``by`` and ``n``, null where there is no count; the kind of frame it
        came as; and the lazy frame itself.

    Raises:
        FrameProblems: A rule of the schema is broken; bands of ages with a count overlap.
        UnsupportedFrame: It is no frame.
    """
    checked = frame if isinstance(frame, Checked) else model.conform(frame, columns=_left_out(frame, model, by))
    checked = model.admit(checked)
    small = collect(checked.lazy.select(*_KEY, *by, value))
    rows = small.rename({value: "n"}).with_columns(
        pl.col("area").fill_null(NO_AREA), pl.col("oldest_age").fill_null(pl.col("youngest_age")), pl.col("n").cast(pl.Float64)
    )
    _need_bands_apart(rows.filter(pl.col("n").is_not_null()), model, by)
    return rows, checked.home, checked.lazy


def counted(rows: pl.DataFrame, *, by: tuple[str, ...] = ()) -> pl.DataFrame:
    """The rows with a count, of the areas and days that are known: a gap is not taken for 0.

    Where an age has no count and no total stands beside the ages, nobody knows how many there were, and the area's day is left
    out. Beside a total it does no harm: its plans are among those of no known age.

    Args:
        rows: As `admitted` gives them.
        by: The further columns that they have.
    """
    keys = ["area", "day", *by]
    there = pl.col("n").is_not_null()
    gaps = rows.group_by(keys).agg(open=(~there & ~ALL_AGES).any() & ~(there & ALL_AGES).any()).filter("open")
    return rows.filter(there).join(gaps, on=["area", "day"], how="anti")


def _left_out(frame: Any, model: type[FrameModel], by: tuple[str, ...]) -> dict[str, str | None]:
    """The columns that need not be there, where they are not."""
    there = {folded(name) for name in headings(frame)}
    known = {name: {folded(name), *(folded(alias) for alias in model.aliases(name))} for name in ("area", "oldest_age", *by)}
    return {name: None for name, spellings in known.items() if not spellings & there}


def _need_bands_apart(rows: pl.DataFrame, model: type[FrameModel], by: tuple[str, ...]) -> None:
    """No two bands with an age in common, but for the total; an age written with its own oldest age twice is one too."""
    keys = ["area", "day", *by]
    parts = rows.filter(~ALL_AGES).sort(*keys, "youngest_age", "oldest_age", nulls_last=True)
    before = pl.col("oldest_age").cum_max().shift(1).over(keys)
    overlapping = parts.filter(pl.col("youngest_age") <= before).height
    totals_twice = rows.filter(ALL_AGES).group_by(keys).len().filter(pl.col("len") > 1).height
    if overlapping or totals_twice:
        hint = " Give each age once; ages 0 to 25 alone may stand beside the others, as the total."
        problem = Problem(
            column="youngest_age, oldest_age", rule="overlaps another band of ages", rows=overlapping + totals_twice, hint=hint
        )
        raise FrameProblems(schema=model.__name__, problems=(problem,))


def totals(rows: pl.DataFrame, *, what: str) -> pl.DataFrame:
    """The total of each area and day: as given, or else the sum of its ages.

    Args:
        rows: As `counted` gives them.
        what: The schema, for the message.

    Returns:
        ``area``, ``day``, ``total`` and ``known``, the sum of the ages.

    Raises:
        FrameProblems: Ages make more than the total.
    """
    summed = rows.group_by("area", "day").agg(
        total=pl.col("n").filter(ALL_AGES).sum(),
        has_total=ALL_AGES.any(),
        known=pl.col("n").filter(~ALL_AGES).sum(),
    )
    above = summed.filter(pl.col("has_total") & (pl.col("known") > pl.col("total"))).height
    if above:
        problem = Problem(rule="areas and days whose ages make more than the total", rows=above)
        raise FrameProblems(schema=what, problems=(problem,))
    return summed.select("area", "day", pl.when("has_total").then("total").otherwise("known").alias("total"), "known")


def in_single_years(rows: pl.DataFrame, whole: pl.DataFrame) -> pl.DataFrame:
    """Counts of each single year of age, 0 to 25, of the areas and days whose ages are known.

    Those of a band are spread over its years evenly, and those of no known age as the others.

    Args:
        rows: As `counted` gives them.
        whole: As `totals` gives them.

    Returns:
        ``area``, ``day``, ``age`` and ``n``: 26 rows for an area and day, which sum to its total.
    """
    usable = whole.filter((pl.col("known") > 0) & (pl.col("known") >= KNOWN_AGES * pl.col("total")))
    parts = rows.filter(~ALL_AGES).join(usable, on=["area", "day"]).with_columns(
        n=pl.col("n") * pl.col("total") / pl.col("known") / (pl.col("oldest_age") - pl.col("youngest_age") + 1),
        age=pl.int_ranges("youngest_age", pl.col("oldest_age") + 1),
    )
    every = usable.select("area", "day").join(pl.DataFrame({"age": range(OLDEST_AGE + 1)}, schema={"age": pl.Int64}), how="cross")
    spread = parts.explode("age").select("area", "day", pl.col("age").cast(pl.Int64), "n")
    filled = every.join(spread, on=["area", "day", "age"], how="left").with_columns(pl.col("n").fill_null(0.0))
    return filled.sort("area", "day", "age")
