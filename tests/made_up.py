"""A made-up schema with every kind of rule, a frame that keeps it, ways to break it, and each engine's own kind of frame.

The kinds are made with each library's own functions, and not with `bucks_cs.testing`, which is under test itself.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl

from bucks_cs.frames import Boolean, Date, FrameModel, Number, Text, WholeNumber, field, rule


class Episodes(FrameModel):
    """Made-up episodes of need."""

    child_id: Text = field(
        title="Child",
        description="The number of the child.",
        aliases=["Child Unique ID", "LAchildID"],
        identifies="child",
        str_length={"min_value": 1},
    )
    team: Text = field(title="Team", description="The team.", aliases=["Team name"], nullable=True, gap="not recorded")
    started: Date = field(title="Started", description="The first day.", aliases=["Date started"])
    ended: Date = field(title="Ended", description="The last day.", aliases=["Date ended"], nullable=True, gap="still open")
    contacts: WholeNumber = field(
        title="Contacts",
        description="How many.",
        unit="contact",
        aliases=["No. of contacts"],
        nullable=True,
        gap="see withheld",
        ge=0,
    )
    withheld: Text = field(
        title="Withheld", description="Why there is no count.", nullable=True, gap="there is a count", isin=["c", "x", "z"]
    )
    cost: Number = field(title="Cost", description="In pounds.", unit="GBP", nullable=True, gap="not known", ge=0)
    urgent: Boolean = field(title="Urgent", description="Whether it was.", nullable=True, gap="not recorded")

    @rule("ended before it started", columns=("started", "ended"))
    def ended_after(cls, col: Any) -> Any:  # noqa: N805
        """Not ended before it started."""
        return col("ended") >= col("started")

    @rule("a gap with no reason", columns=("contacts", "withheld"))
    def explained(cls, col: Any) -> Any:  # noqa: N805
        """No gap without a reason."""
        return ~(col("contacts").is_null() & col("withheld").is_null())

    class Config:
        """One episode of a child a day."""

        unique = ["child_id", "started"]


DAY = dt.date
SCHEMA = {
    "child_id": pl.String,
    "team": pl.String,
    "started": pl.Date,
    "ended": pl.Date,
    "contacts": pl.Int64,
    "withheld": pl.String,
    "cost": pl.Float64,
    "urgent": pl.Boolean,
}
GOOD = pl.DataFrame(
    [
        ("1001", "North", DAY(2022, 1, 4), DAY(2022, 3, 1), 3, None, 120.5, True),
        ("1001", "North", DAY(2022, 6, 1), None, 0, None, 0.0, False),
        ("1002", "South", DAY(2022, 1, 4), DAY(2022, 1, 4), 12, None, None, None),
        ("1003", None, DAY(2020, 2, 29), DAY(2021, 2, 28), None, "c", 9.25, True),
    ],
    schema=SCHEMA,
    orient="row",
)
"""Four rows that keep every rule."""

NOTHING = "more than one row has the same"

BREAKS: dict[str, tuple[Any, set[tuple[str, str, int | None]]]] = {
    "a column is missing": (
        lambda f: f.drop("started", "team"),
        {("started", "there is no such column", None), ("team", "there is no such column", None)},
    ),
    "text in a number column": (
        lambda f: f.with_columns(contacts=pl.Series(["3", None, "many", None])),
        {("contacts", "holds text, not whole numbers", 2), ("contacts, withheld", "a gap with no reason", 1)},
    ),
    "numbers in a date column": (
        lambda f: f.with_columns(started=pl.lit(44_565)),
        {("started", "holds whole numbers, not dates", 4)},
    ),
    "a count below 0": (lambda f: f.with_columns(contacts=pl.Series([-1, 0, -7, None])), {("contacts", "is below 0", 2)}),
    "an end before its start": (
        lambda f: f.with_columns(ended=pl.lit(DAY(2021, 12, 31))),
        {("started, ended", "ended before it started", 3)},
    ),
    "a key twice": (lambda f: pl.concat([f, f.head(1), f.head(1)]), {("child_id, started", NOTHING, 3)}),
    "an unexplained gap": (
        lambda f: f.with_columns(withheld=pl.lit(None, pl.String)),
        {("contacts, withheld", "a gap with no reason", 1)},
    ),
    "a missing day": (
        lambda f: f.with_columns(started=pl.Series([None, None, *f["started"][2:]])),
        {("started", "is missing", 2), ("child_id, started", NOTHING, 2)},
    ),
    "a code that is none": (
        lambda f: f.with_columns(withheld=pl.Series([None, None, None, "k"])),
        {("withheld", "is not one of c, x, z", 1)},
    ),
    "a blank name": (lambda f: f.with_columns(child_id=pl.Series(["", "1001", "1002", "1003"])), {("child_id", "is blank", 1)}),
    "half a contact": (
        lambda f: f.with_columns(contacts=pl.Series([0.5, 0.0, 12.0, None])),
        {("contacts", "is not a whole number", 1)},
    ),
    "an endless cost": (
        lambda f: f.with_columns(cost=pl.Series([float("inf"), 0.0, None, 1.0])),
        {("cost", "is not a finite number", 1)},
    ),
    "a two for a yes": (lambda f: f.with_columns(urgent=pl.Series([2, 1, 0, None])), {("urgent", "is neither 0 nor 1", 1)}),
}
"""Ways to break it, and exactly what must be said: column, rule, rows; each counted by hand on the four rows."""

WORST = pl.DataFrame(
    [
        ("1001", "North", DAY(2022, 3, 1), DAY(2022, 1, 4), -3, None, "dear"),
        ("1001", "North", DAY(2022, 3, 1), None, 0, None, "cheap"),
        ("", "South", DAY(2022, 1, 4), DAY(2022, 1, 3), None, None, None),
        (None, None, DAY(2020, 2, 29), DAY(2021, 2, 28), None, "k", "dear"),
    ],
    schema={**{name: kind for name, kind in SCHEMA.items() if name not in {"cost", "urgent"}}, "cost": pl.String},
    orient="row",
)
"""Everything at once."""

WORST_SAID: set[tuple[str, str, int | None]] = {
    ("urgent", "there is no such column", None),
    ("cost", "holds text, not numbers", 3),
    ("child_id", "is missing", 1),
    ("child_id", "is blank", 1),
    ("contacts", "is below 0", 1),
    ("withheld", "is not one of c, x, z", 1),
    ("started, ended", "ended before it started", 2),
    ("contacts, withheld", "a gap with no reason", 1),
    ("child_id, started", NOTHING, 2),
}


def said(error: Any) -> set[tuple[str, str, int | None]]:
    """What an error says, without its hints."""
    return {(problem.column, problem.rule, problem.rows) for problem in error.problems}


def in_duckdb(frame: pl.DataFrame) -> Any:
    """A relation on a connection of its own."""
    import duckdb

    return duckdb.connect().from_arrow(frame.to_arrow())


MAKE: dict[str, Any] = {
    "polars": lambda frame: frame,
    "polars (lazy)": lambda frame: frame.lazy(),
    "pandas": lambda frame: frame.to_pandas(),
    "pandas (Arrow types)": lambda frame: frame.to_pandas(use_pyarrow_extension_array=True),
    "pyarrow": lambda frame: frame.to_arrow(),
    "DuckDB": in_duckdb,
}
"""How to make a frame of each engine but Spark."""

LAZY = ("polars (lazy)", "DuckDB")


def kind_of(frame: Any) -> str:
    """The library a frame is of, by its class."""
    return f"{type(frame).__module__.split('.')[0].lstrip('_')}.{type(frame).__name__}"


def rows(frame: Any) -> list[dict[str, Any]]:
    """A frame of any engine as plain rows, pandas' own ways with dates, nulls and whole numbers undone."""
    if isinstance(frame, (pl.DataFrame, pl.LazyFrame)):
        return frame.lazy().collect().to_dicts()
    if kind_of(frame) == "duckdb.DuckDBPyRelation":
        return pl.from_arrow(frame.to_arrow_table()).to_dicts()
    if kind_of(frame) == "pyarrow.Table":
        return frame.to_pylist()
    if kind_of(frame).startswith("pyspark"):
        return [row.asDict() for row in frame.collect()]
    return [{name: _plain(cell) for name, cell in row.items()} for row in frame.to_dict("records")]


def _plain(cell: Any) -> Any:
    import pandas as pd

    if cell is None or pd.isna(cell):
        return None
    return cell.date() if isinstance(cell, pd.Timestamp) else cell


def in_order(frame: Any) -> list[str]:
    """Rows of any engine as text in one order, since SQL engines keep none; whole numbers are as pandas may make them, floats."""

    def alike(cell: Any) -> Any:
        return float(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell

    return sorted(str(sorted((name, alike(cell)) for name, cell in row.items())) for row in rows(frame))
