"""EHC plans: requests, assessments and plans joined into journeys."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import narwhals as nw

from bucks_cs.ehcp.schema import Assessments, Journeys, Requests
from bucks_cs.ehcp.schema.plans import one_plan_at_a_time
from bucks_cs.errors import FrameProblems, Problem
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.engine import collect, column_names
from bucks_cs.frames.second_table import carried
from bucks_cs.marking import left_joined, tally

__all__ = ["journeys"]


def journeys(requests: FrameT | Checked[FrameT], *, assessments: Any, plans: Any) -> FrameT:
    """Requests for an EHC needs assessment, each with what became of it: the frame that the measures of timeliness take.

    Plans of no request, those of children who moved in, are in no journey. Further columns of the three tables come along under
    their own names; where two tables have one of the same name, that of the earlier stage does.

    Args:
        requests: Requests, of any engine, or checked by `Requests`.
        assessments: Their assessments, of any engine, or checked by `Assessments`: one a request at most. An eager frame is
            carried over to the engine of the requests; a lazy one must be of that engine.
        plans: Their plans, as the assessments: one a request at most.

    Returns:
        A row for each request, with the columns of `Journeys` first, in the requests' own kind of frame; what has not happened is
        null.

    Raises:
        FrameProblems: A rule of one of the three tables is broken; an assessment or a plan has no request among them, is another
            child's, or comes before its request; a request has two plans, or a child two at a time; a plan came of
            no assessment.
        EngineMismatch: A table is of a lazy engine that is not the requests'.

    Source:
        The tables are modules 2 to 4 of DfE's SEN2 person-level return.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import journeys
        >>> requested = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"],
        ...     "received_date": dt.date(2024, 1, 2), "rya": 0, "request_outcome": ["Y", "N"],
        ...     "request_outcome_date": dt.date(2024, 2, 13)})
        >>> assessed = pl.DataFrame({"child_id": ["A"], "request_id": ["1"], "assessment_outcome": ["Y"],
        ...     "assessment_outcome_date": dt.date(2024, 4, 22), "week20": [0]})
        >>> issued = pl.DataFrame({"child_id": ["A"], "request_id": ["1"], "start_date": [dt.date(2024, 5, 21)],
        ...     "cease_date": None, "cease_reason": None})
        >>> rows = journeys(requested, assessments=assessed, plans=issued)
        >>> rows.select("request_id", "exceptions_apply", "plan_start_date").rows()
        [('1', False, datetime.date(2024, 5, 21)), ('2', None, None)]
    """
    first: Checked[FrameT] = Requests.admit(requests)
    second, third = Assessments.admit(assessments), one_plan_at_a_time(plans)
    assessed, planned = carried(second, like=first.lazy), carried(third, like=first.lazy)
    planned = planned.filter(~nw.col("request_id").is_null())
    problems = _problems_between(first.lazy, assessed, planned)
    rows = _joined(first.lazy, assessed, planned)
    if not any(problem.rule == _RULES["plans_twice"][1] for problem in problems):
        problems += _problems_within(rows)
    if problems:
        raise FrameProblems(schema=Journeys.__name__, problems=problems)
    native: FrameT = first.home.back(rows)
    return native


def _joined(requests: nw.LazyFrame[Any], assessed: nw.LazyFrame[Any], planned: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Requests beside their assessments and plans: the columns of journeys first, then the others."""
    known = list(Journeys.to_schema().columns)
    later = {name for name in known if name not in Requests.to_schema().columns}
    requests = requests.drop(*(name for name in column_names(requests) if name.casefold() in later))
    rows = left_joined(requests, _beside(assessed, column_names(requests)), ["request_id"], known_as=["__request"])
    started = planned.with_columns(plan_start_date=nw.col("start_date")).drop("start_date")
    rows = left_joined(rows, _beside(started, column_names(rows)), ["request_id"], known_as=["__request"])
    others = (name for name in column_names(rows) if name not in known and not name.startswith("__"))
    return rows.select(*known, *others)


def _beside(table: nw.LazyFrame[Any], there: Collection[str]) -> nw.LazyFrame[Any]:
    """A table's columns but for those that are there already, whatever their case, and its request as ``__request``."""
    taken = {name.casefold() for name in there}
    own = (name for name in column_names(table) if name.casefold() not in taken)
    return table.select(nw.col("request_id").alias("__request"), *own)


def _problems_between(
    requests: nw.LazyFrame[Any], assessed: nw.LazyFrame[Any], planned: nw.LazyFrame[Any]
) -> tuple[Problem, ...]:
    """What is wrong between the tables, counted in one query: whose request, and how many plans of it."""
    asked = requests.select(__request="request_id", __child="child_id")
    once = planned.group_by("request_id").agg(__plans=nw.len()).filter(nw.col("__plans") > 1)
    query = (
        _against(assessed, asked, of="assessments")
        .join(_against(planned, asked, of="plans"), how="cross")
        .join(once.select(plans_twice=nw.col("__plans").sum()), how="cross")
    )
    counts = collect(query).row(0, named=True)
    return tuple(
        Problem(column=column, rule=rule, rows=int(counts[name]), hint=hint)
        for name, (column, rule, hint) in _RULES.items()
        if counts[name]
    )


def _against(rows: nw.LazyFrame[Any], asked: nw.LazyFrame[Any], *, of: str) -> nw.LazyFrame[Any]:
    """How many rows have no request, and how many are of another child than their request."""
    both = rows.join(asked, left_on="request_id", right_on="__request", how="left")
    other = (nw.col("child_id") != nw.col("__child")).fill_null(value=False)
    return both.select(tally(nw.col("__child").is_null()).alias(f"{of}_unasked"), tally(other).alias(f"{of}_other_child"))


def _problems_within(rows: nw.LazyFrame[Any]) -> tuple[Problem, ...]:
    """The rules of a journey that the joined rows break."""
    try:
        Journeys.conform(rows.to_native())
    except FrameProblems as broken:
        return broken.problems
    return ()


_UNASKED, _OTHER_CHILD = "is of no request among the requests", "is not the child of its request"
_EARLIER_YEARS = " Give the requests of earlier years too, or leave such rows out."
_MOVED_IN = " Give the requests of earlier years too; where a child moved in with the plan, leave request_id empty."
_RULES = {
    "assessments_unasked": ("assessments: request_id", _UNASKED, _EARLIER_YEARS),
    "assessments_other_child": ("assessments: child_id", _OTHER_CHILD, ""),
    "plans_unasked": ("plans: request_id", _UNASKED, _MOVED_IN),
    "plans_other_child": ("plans: child_id", _OTHER_CHILD, ""),
    "plans_twice": ("plans: request_id", "more than one row has the same", " An amended plan goes on: keep one row of it."),
}
