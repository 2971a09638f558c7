"""Validation: one schema of ours beside the same schema in native pandera, on pandas and on polars.

Both check the same rules on the same made-up rows: types, nulls, ranges, codes, a pattern, a rule between two dates and a
key of two columns. The fastest of several runs of each is compared, in one process and turn about, because machines are noisy.
"""

from __future__ import annotations

import datetime as dt
import time
import warnings
from collections.abc import Callable
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl

from bucks_cs.frames import Boolean, Date, FrameModel, Text, WholeNumber, field, rule

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pandera.pandas as pandera_pandas
    import pandera.polars as pandera_polars

CODES = ["1A", "1B", "2A", "2B", "3A", "4", "5A", "5B", "6", "7", "8", "9", "10"]


class Ours(FrameModel):
    """Referrals, as this library's schema."""

    referral_id: Text = field(title="Referral", description="Its number.", str_matches=r"R\d{7}$")
    child_id: Text = field(title="Child", description="Its number.", identifies="child", str_length={"min_value": 1})
    referred: Date = field(title="Referred", description="The day of the referral.")
    closed: Date = field(title="Closed", description="The day it was closed.", nullable=True, gap="still open")
    source: Text = field(title="Source", description="Who referred.", isin=CODES)
    age: WholeNumber = field(title="Age", description="In years.", ge=0, le=17)
    no_further_action: Boolean = field(title="No further action", description="Whether none followed.")

    @rule("closed before it was referred", columns=("referred", "closed"))
    def closed_after(cls, col: Any) -> nw.Expr:  # noqa: N805
        """Not closed before it was referred."""
        return col("closed") >= col("referred")

    class Config:
        """No two rows of one referral and day."""

        unique = ["referral_id", "referred"]


POLARS = pandera_polars.DataFrameSchema(
    {
        "referral_id": pandera_polars.Column(pl.String, pandera_polars.Check.str_matches(r"^R\d{7}$")),
        "child_id": pandera_polars.Column(pl.String, pandera_polars.Check.str_length(min_value=1)),
        "referred": pandera_polars.Column(pl.Date),
        "closed": pandera_polars.Column(pl.Date, nullable=True),
        "source": pandera_polars.Column(pl.String, pandera_polars.Check.isin(CODES)),
        "age": pandera_polars.Column(pl.Int64, [pandera_polars.Check.ge(0), pandera_polars.Check.le(17)]),
        "no_further_action": pandera_polars.Column(pl.Boolean),
    },
    checks=pandera_polars.Check(
        lambda data: data.lazyframe.select((pl.col("closed") >= pl.col("referred")) | pl.col("closed").is_null())
    ),
    unique=["referral_id", "referred"],
)

PANDAS = pandera_pandas.DataFrameSchema(
    {
        "referral_id": pandera_pandas.Column("str", pandera_pandas.Check.str_matches(r"^R\d{7}$")),
        "child_id": pandera_pandas.Column("str", pandera_pandas.Check.str_length(min_value=1)),
        "referred": pandera_pandas.Column("datetime64[ms]"),
        "closed": pandera_pandas.Column("datetime64[ms]", nullable=True),
        "source": pandera_pandas.Column("str", pandera_pandas.Check.isin(CODES)),
        "age": pandera_pandas.Column("int64", [pandera_pandas.Check.ge(0), pandera_pandas.Check.le(17)]),
        "no_further_action": pandera_pandas.Column("bool"),
    },
    checks=pandera_pandas.Check(lambda frame: (frame["closed"] >= frame["referred"]) | frame["closed"].isna(), ignore_na=False),
    unique=["referral_id", "referred"],
)


def made_up(rows: int) -> pl.DataFrame:
    """Made-up referrals that keep every rule."""
    random = np.random.default_rng(825)
    start = dt.date(2018, 4, 1)
    days = random.integers(0, 2500, rows)
    lasted = random.integers(0, 400, rows)
    return pl.DataFrame(
        {
            "referral_id": "R" + pl.Series(np.arange(rows)).cast(pl.String).str.zfill(7),
            "child_id": pl.Series(random.integers(0, max(rows // 3, 1), rows)).cast(pl.String),
            "referred": pl.Series(days).cast(pl.Int32) + (start - dt.date(1970, 1, 1)).days,
            "closed": pl.Series(days + lasted).cast(pl.Int32) + (start - dt.date(1970, 1, 1)).days,
            "open": random.random(rows) < 0.2,
            "source": pl.Series(random.choice(CODES, rows)),
            "age": random.integers(0, 18, rows),
            "no_further_action": random.random(rows) < 0.3,
        }
    ).with_columns(
        pl.col("referred").cast(pl.Date),
        pl.when(~pl.col("open")).then(pl.col("closed").cast(pl.Date)).alias("closed"),
    ).drop("open")


def fastest(one: Callable[[], Any], other: Callable[[], Any], runs: int) -> tuple[float, float]:
    """The fastest run of each of two, taken turn about after a run of each to warm up."""
    one(), other()
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for run, times in zip((one, other), taken, strict=True):
            begun = time.perf_counter()
            run()
            times.append(time.perf_counter() - begun)
    return min(taken[0]), min(taken[1])


def report(*, rows: int, runs: int) -> None:
    """Print the ratio of our time to native pandera's, on each engine."""
    frame = made_up(rows)
    in_pandas = frame.to_pandas()
    print(f"Validation of {rows:,} rows against one schema: our time / native pandera's (under 1 is faster)")
    cases = {
        "polars": (lambda: Ours.validate(frame), lambda: POLARS.validate(frame, lazy=True)),
        "pandas": (lambda: Ours.validate(in_pandas), lambda: PANDAS.validate(in_pandas, lazy=True)),
    }
    for name, (ours, native) in cases.items():
        our_time, native_time = fastest(ours, native, runs)
        print(f"  {name:<7} {our_time / native_time:5.2f}   (ours {our_time:.3f} s, pandera {native_time:.3f} s)")
