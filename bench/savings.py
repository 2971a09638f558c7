"""Totals, gap and profile of a big savings tracker beside what an analyst would write by hand: ratios.

100,000 lines by 10 years, a row each. By hand is in polars and in pandas, on the long frame, with each line read as its basis and
its recurrence say, and as both bases where the basis is not stated; nothing is checked, and no year is looked for that has no
figure. Ours is timed on a tracker that was checked before, and on one that was not. Before anything is timed, the hand-written
numbers and ours must be the same. Runs are taken turn about and the fastest of each is compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import polars as pl

from bench import by_hand_savings_pandas, by_hand_savings_polars
from bench.measures import fastest
from bucks_cs import savings
from bucks_cs.frames.engine import collect, enter
from bucks_cs.periods import FinancialYear
from bucks_cs.savings.schema.tracker import whole_lines

LINES = 100_000
YEARS = tuple(FinancialYear.starting(2020 + n) for n in range(10))
ENGINES = ("polars", "pandas")
BY_HAND: dict[str, Any] = {"polars": by_hand_savings_polars, "pandas": by_hand_savings_pandas}
Run = Callable[[Any, Any], Any]
_TWO = ("kind", "cost_centre")

CASES: dict[str, Run] = {
    "totals_by_year": lambda frame, _: savings.tracker_total_level(frame, years=YEARS),
    "totals_by_programme": lambda frame, _: savings.tracker_total_level(frame, years=YEARS, by="programme"),
    "totals_by_kind_and_cost_centre": lambda frame, _: savings.tracker_total_level(frame, years=YEARS, by=_TWO),
    "cash_by_programme": lambda frame, _: savings.tracker_total_cash(frame, first=YEARS[0], last=YEARS[-1], by="programme"),
    "gap": lambda frame, pressures: savings.tracker_gap(frame, pressures=pressures),
    "profile_by_programme": lambda frame, _: savings.tracker_profile(frame, years=YEARS, by="programme"),
}


def tracker(lines: int) -> pl.DataFrame:
    """A made-up tracker that keeps every rule, from one seed: nobody's plan.

    Args:
        lines: How many lines; each has a figure for each of the ten years.
    """
    random = np.random.default_rng(825)
    number = np.arange(lines)
    basis = random.choice(np.array(["incremental", "cumulative", ""]), lines, p=[0.5, 0.3, 0.2])
    of_line = pl.DataFrame(
        {
            "line": "S" + pl.Series(number).cast(pl.String).str.zfill(7),
            "description": "Saving " + pl.Series(number).cast(pl.String),
            "programme": "Programme " + pl.Series(random.integers(0, 40, lines)).cast(pl.String),
            "cost_centre": "CC" + pl.Series(random.integers(0, 200, lines)).cast(pl.String),
            "kind": random.choice(np.array(["cashable", "cost avoidance", "income"]), lines, p=[0.6, 0.3, 0.1]),
            "status": random.choice(np.array(["agreed", "on track", "at risk", "not achievable"]), lines, p=[0.3, 0.4, 0.2, 0.1]),
            "recurrence": random.choice(np.array(["recurring", "one-off"]), lines, p=[0.8, 0.2]),
            "already_counted_in": random.choice(np.array(["nothing", "MTFP"]), lines, p=[0.9, 0.1]),
            "basis": basis,
        }
    ).with_columns(pl.when(pl.col("basis") != "").then("basis").alias("basis"))
    base = pl.when(pl.col("basis") == "cumulative").then(pl.lit(YEARS[0].previous().label)).alias("base_year")
    year = pl.DataFrame({"financial_year": [one.label for one in YEARS]})
    long = of_line.with_columns(base).join(year, how="cross")
    return long.with_columns(pence=pl.Series(random.integers(-2_000_000, 20_000_000, len(long))))


def pressures() -> pl.DataFrame:
    """A made-up pressure a year, all against one plan."""
    return pl.DataFrame(
        {"financial_year": [one.label for one in YEARS], "against": "the plan", "pence": [10**9 * (n + 1) for n in range(10)]}
    )


def frames_for(engine: str, lines: int) -> tuple[Any, Any]:
    """The tracker and the pressures as frames of an engine.

    Args:
        engine: One of `ENGINES`.
        lines: How many lines.
    """
    made = tracker(lines), pressures()
    return tuple(frame.to_pandas() for frame in made) if engine == "pandas" else made  # type: ignore[return-value]


def need_same_numbers(case: str, ours: Any, by_hand: Any) -> None:
    """Make sure that both have the same pounds, the least and the most.

    Args:
        case: What was asked.
        ours: Our readings' frame.
        by_hand: Rows of ``indicator``, ``financial_year`` (none over all years), the groups, ``least`` and ``most`` in pence.

    Raises:
        AssertionError: They are not.
    """
    mine = {}
    for row in collect(enter(ours)[0]).to_dicts():
        ends = (row["value"], row["value"]) if row["value"] is not None else (row["lower"], row["upper"])
        of_year = (row["period_end"] - row["period_start"]).days < 366
        label = FinancialYear.containing(row["period_start"]).label if of_year else None
        mine[_key(row, label)] = ends
    theirs = {_key(row, row["financial_year"]): (row["least"], row["most"]) for row in collect(enter(by_hand)[0]).to_dicts()}
    assert theirs, f"{case}: nothing by hand"
    assert set(mine) == set(theirs), f"{case}: other rows than by hand"
    for key, ends in theirs.items():
        assert all(round(pounds * 100) == pence for pounds, pence in zip(mine[key], ends, strict=True)), f"{case}: other pounds"


def _key(row: dict[str, Any], label: str | None) -> tuple[Any, ...]:
    return row["indicator"], label, *(row.get(name) for name in ("programme", "kind", "cost_centre"))


def timed(engine: str, case: str, frames: tuple[Any, Any], *, runs: int) -> dict[str, float]:
    """The times of one case on one engine, in seconds, after its numbers were found the same.

    Args:
        engine: One of `ENGINES`.
        case: One of `CASES`.
        frames: The tracker and the pressures.
        runs: How many runs of each.
    """
    raw, needed = frames
    checked = whole_lines(savings.SavingsTracker.conform(raw))
    pressed = savings.PlanPressures.conform(needed)
    hand = getattr(BY_HAND[engine], case)
    need_same_numbers(case, CASES[case](checked, pressed).frame, hand(raw, needed))
    by_hand, on_checked, on_raw = fastest(
        runs, lambda: hand(raw, needed), lambda: CASES[case](checked, pressed).frame, lambda: CASES[case](raw, needed).frame
    )
    return {"by_hand": by_hand, "checked": on_checked, "raw": on_raw}


def report(*, lines: int = LINES, runs: int) -> None:
    """Print, for each case and engine, our time over the hand-written one, on a checked tracker and on a raw one.

    Args:
        lines: How many lines, by ten years.
        runs: How many runs of each; the fastest counts.
    """
    for text in _lines(lines=lines, runs=runs):
        print(text, flush=True)


def _lines(*, lines: int, runs: int) -> Iterator[str]:
    yield f"{lines:,} made-up lines by 10 years, fastest of {runs} runs: our time / that of code by hand (under 1 is faster)"
    for engine in ENGINES:
        frames = frames_for(engine, lines)
        yield f"\n{engine:<34} checked     raw   by hand  checked      raw"
        for case in CASES:
            found = timed(engine, case, frames, runs=runs)
            by_hand, checked, raw = (found[way] for way in ("by_hand", "checked", "raw"))
            yield (
                f"  {case:<32} {checked / by_hand:7.2f} {raw / by_hand:7.2f}"
                f" {by_hand:7.3f} s {checked:6.3f} s {raw:6.3f} s"
            )
