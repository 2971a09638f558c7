"""The measures of demand and of EHC plans beside what an analyst would write by hand: ratios and peak memory.

By hand is in polars, pandas and DuckDB's SQL. By hand nothing is checked, no gap is given and no interval: so each measure is
timed on a frame that was checked before and on one that was not. Before anything is timed, the hand-written numbers and ours must
be the same. Runs are taken turn about and the fastest of each is compared. Memory is that of a process of its own for each case.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from bench import (
    by_hand_ehc_pandas,
    by_hand_ehc_polars,
    by_hand_ehc_sql,
    by_hand_pandas,
    by_hand_polars,
    ehc_plans,
    events,
    memory,
)
from bench.by_hand_sql import SQL
from bench.cases import DAYS, FLOW, YEAR, Case, Frames, case_of
from bucks_cs import demand, working_days
from bucks_cs.demand import Stage
from bucks_cs.frames.engine import collect, enter

ENGINES = ("polars", "pandas", "DuckDB")
AIMS = {"polars": 1.15, "pandas": 0.75, "DuckDB": 1.3}
SCHEMAS: dict[str, Any] = {
    "referrals": demand.Referrals,
    "assessments": demand.Assessments,
    "enquiries": demand.Section47Enquiries,
    "conferences": demand.InitialConferences,
    "plans": demand.ProtectionPlans,
    "reviews": demand.PlanReviews,
    "allocations": demand.Allocations,
    **ehc_plans.SCHEMAS,
}

_AFTER = dt.date(2023, 12, 29)  # when everything made up has been decided
_KNOWN: dict[str, Any] = {**FLOW, "history_from": events.FIRST}


def _conversion(frames: Frames) -> Any:
    return demand.conversion(
        frames["enquiries"],
        later=frames["conferences"],
        from_stage=Stage.SECTION_47_ENQUIRY,
        to_stage=Stage.INITIAL_CHILD_PROTECTION_CONFERENCE,
        within=28,
        followed_to=events.END,
        **FLOW,
    )


CASES: dict[str, Case] = {
    "referrals": case_of(demand.referrals, "referrals", FLOW),
    "rereferrals": case_of(demand.rereferrals, "referrals", _KNOWN),
    "no_further_action": case_of(demand.no_further_action, "referrals", FLOW),
    "assessed_not_in_need": case_of(demand.assessed_not_in_need, "referrals", FLOW),
    "conversion": Case(_conversion, ("enquiries", "conferences")),
    "assessments_per_child": case_of(demand.assessments_per_child, "assessments", FLOW),
    "second_or_subsequent_plans": case_of(demand.second_or_subsequent_plans, "plans", _KNOWN),
    "second_or_subsequent_plans_within_two_years": case_of(demand.second_or_subsequent_plans_within_two_years, "plans", _KNOWN),
    "plans_ended_after_two_years": case_of(demand.plans_ended_after_two_years, "plans", FLOW),
    "plans_open_two_years": case_of(demand.plans_open_two_years, "plans", {**DAYS, "at": YEAR.at_end()}),
    "plans_reviewed_in_time": Case(
        lambda frames: demand.plans_reviewed_in_time(
            frames["plans"], reviews=frames["reviews"], history_from=events.FIRST, at=YEAR.at_end(), by="team"
        ),
        ("plans", "reviews"),
    ),
    "children_with_a_plan": case_of(demand.children_subject_to_a_child_protection_plan, "plans", DAYS),
    "caseload": case_of(demand.caseload, "allocations", DAYS),
    "caseload_by_worker": case_of(demand.caseload_by_worker, "allocations", {**DAYS, "limit": 18}),
    "decided_in_time": case_of(demand.decided_in_time, "referrals", {**FLOW, "followed_to": _AFTER}, aim=False),
    "assessed_in_time": case_of(demand.assessed_in_time_from_referral, "assessments", FLOW, aim=False),
    "conferences_in_time": case_of(demand.conferences_in_time, "conferences", FLOW, aim=False),
    **ehc_plans.CASES,
}
BY_HAND = {"polars": (by_hand_ehc_polars, by_hand_polars), "pandas": (by_hand_ehc_pandas, by_hand_pandas)}


def frames_for(engine: str, tables: dict[str, pl.DataFrame]) -> Frames:
    """Tables as frames of an engine, and what the hand-written code has at hand.

    Args:
        engine: One of `ENGINES`.
        tables: The made-up tables.
    """
    calendar = working_days.england()
    frames: Frames = {"days": [day.start for day in DAYS["at"]], "holidays": list(calendar.weekday_holidays())}
    if engine == "DuckDB":
        frames["connection"] = duckdb.connect()
        _with_calendar(frames, calendar.first, calendar.last)
    for name, table in tables.items():
        if engine == "DuckDB":
            _table(frames["connection"], name, table)
            frames[name] = frames["connection"].table(name)
        else:
            frames[name] = table.to_pandas() if engine == "pandas" else table
    return frames


def _table(connection: Any, name: str, rows: pl.DataFrame) -> None:
    connection.register("arriving", rows.to_arrow())
    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM arriving")
    connection.unregister("arriving")


def _with_calendar(frames: Frames, first: dt.date, last: dt.date) -> None:
    day = pl.date_range(first, last, eager=True)
    worked = pl.select(pl.business_day_count(pl.lit(first), day + dt.timedelta(days=1), holidays=frames["holidays"])).to_series()
    _table(frames["connection"], "calendar", pl.DataFrame({"day": day, "worked": worked}))
    _table(frames["connection"], "days", pl.DataFrame({"day": frames["days"]}))


def by_hand(engine: str, case: str) -> Callable[[Frames], Any]:
    """The hand-written code of a case, to be given frames of its engine."""
    if engine == "DuckDB":
        return lambda frames: frames["connection"].sql((SQL | by_hand_ehc_sql.SQL)[case]).pl()
    written: Callable[[Frames], Any] = next(getattr(room, case) for room in BY_HAND[engine] if hasattr(room, case))
    return written


def ours(case: str) -> Callable[[Frames], Any]:
    """Our code of a case, run to its end: a DuckDB relation is fetched."""

    def run(frames: Frames) -> Any:
        out = CASES[case].ours(frames).frame
        return out.pl() if hasattr(out, "fetchall") else out

    return run


def checked(frames: Frames, case: str) -> Frames:
    """The tables of a case, checked before they are timed."""
    return {name: SCHEMAS[name].conform(frames[name]) for name in CASES[case].tables}


def need_same_numbers(case: str, ours: Any, by_hand: Any) -> None:
    """Make sure that both have the same numbers; one of nothing at all may be lacking in either.

    Raises:
        AssertionError: They are not.
    """
    mine, theirs = _numbers(ours), {}
    for row in _rows(by_hand):
        day = row["period_start"]
        key = row["team"], day.date() if isinstance(day, dt.datetime) else day
        for name in set(row) - {"team", "period_start"}:
            theirs[(*key, name)] = None if row[name] != row[name] else row[name]  # pandas has nan for none
    assert theirs, f"{case}: nothing by hand"
    for key, number in theirs.items():
        if number is not None and not abs(mine.get(key, float("nan")) - number) <= 1e-9 * max(1.0, abs(number)):
            raise AssertionError(f"{case}: a number differs from the one by hand, under {key[2]}")
    named = {name for *_, name in theirs}
    assert all(key in theirs or not mine[key] for key in mine if key[2] in named), f"{case}: by hand lacks some"


def _numbers(readings: Any) -> dict[Any, float]:
    rows = _rows(readings)
    several = len({row["indicator"] for row in rows}) > 1
    found = {}
    for row in rows:
        day, key = row["period_start"], row["indicator"].split(".", maxsplit=1)[1]
        where = row["team"], day.date() if isinstance(day, dt.datetime) else day
        for name in ("numerator", "denominator"):
            if row[name] is not None and (not several or key == "conversion"):
                found[(*where, name)] = row[name]
        if row["value"] is not None:
            found[(*where, key if several else "value")] = row["value"]
    return found


def _rows(frame: Any) -> list[dict[str, Any]]:
    lazy, _ = enter(frame)
    return collect(lazy).to_dicts()


def fastest(runs: int, *ways: Callable[[], Any]) -> list[float]:
    """The fastest run of each of several ways, taken turn about."""
    taken: list[list[float]] = [[] for _ in ways]
    for _ in range(runs):
        for way, times in zip(ways, taken, strict=True):
            begun = time.perf_counter()
            way()
            times.append(time.perf_counter() - begun)
    return [min(times) for times in taken]


def timed(engine: str, case: str, frames: Frames, *, runs: int) -> dict[str, float]:
    """The times of one case on one engine, in seconds, after its numbers were found the same."""
    admitted = {**frames, **checked(frames, case)}
    hand, mine = by_hand(engine, case), ours(case)
    need_same_numbers(case, mine(admitted), hand(frames))
    need_same_numbers(case, mine(frames), hand(frames))
    by_hand_time, on_checked, on_raw = fastest(runs, lambda: hand(frames), lambda: mine(admitted), lambda: mine(frames))
    return {"by_hand": by_hand_time, "checked": on_checked, "raw": on_raw}


def report(*, rows: int, runs: int, only: Collection[str] = (), engines: Collection[str] = ENGINES, peaks: bool = True) -> None:
    """Print, for each measure and engine, our time over the hand-written one, on checked and on raw frames, and peak memory."""
    for line in _lines(rows=rows, runs=runs, only=only, engines=engines, peaks=peaks):
        print(line, flush=True)


def _lines(*, rows: int, runs: int, only: Collection[str], engines: Collection[str], peaks: bool) -> Iterator[str]:
    yield f"{rows:,} made-up rows a table, fastest of {runs} runs: our time / that of code by hand (under 1 is faster)"
    aims = ", ".join(f"{engine} {AIMS[engine]}" for engine in engines)
    yield f"Aims on a frame that is checked: {aims}; * is above its aim, - has none"
    with tempfile.TemporaryDirectory() as folder:
        made = events.saved(rows, Path(folder)) | ehc_plans.saved(rows, Path(folder))
        for engine in engines:
            frames = frames_for(engine, made)
            memory_heading = "    peak MB by hand, checked, raw" if peaks else ""
            yield f"\n{engine:<44} checked     raw   by hand  checked      raw{memory_heading}"
            for case in only or CASES:
                found = timed(engine, case, frames, runs=runs)
                yield _line(engine, case, found) + (_peaks(engine, case, Path(folder)) if peaks else "")
            del frames


def _line(engine: str, case: str, found: dict[str, float]) -> str:
    by_hand_time, on_checked, on_raw = (found[way] for way in ("by_hand", "checked", "raw"))
    ratio = on_checked / by_hand_time
    mark = "-" if not CASES[case].aim else "*" if ratio > AIMS[engine] else " "
    ratios = f"{ratio:7.2f}{mark} {on_raw / by_hand_time:7.2f}"
    return f"  {case:<42} {ratios} {by_hand_time:7.3f} s {on_checked:6.3f} s {on_raw:6.3f} s"


def _peaks(engine: str, case: str, folder: Path) -> str:
    found = [memory.peak(engine, case, who, folder) for who in memory.WAYS]
    return "".join(f" {each / 2**20:8.0f}" for each in found)
