"""Tables of EHC plans: exports of the SEN2 return come in, each broken rule is refused by name, and no cell is ever repeated."""

from __future__ import annotations

import datetime as dt
import logging

import polars as pl
import pytest

from bucks_cs import ehcp
from bucks_cs.ehcp import Assessments, Journeys, Plans, Requests, journeys
from bucks_cs.ehcp.schema.plans import one_plan_at_a_time
from bucks_cs.errors import BucksError, EngineMismatch, FrameProblems, InvalidValue
from bucks_cs.frames import Engine
from bucks_cs.periods import CalendarYear
from bucks_cs.testing import as_engine
from made_up_ehcp import ASSESSMENTS, ENGINES, PLANS, REQUESTS, journey, journeys_of, rows_of

DAY = dt.date.fromisoformat


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.value)
def engine(request):
    """Each engine but Spark."""
    return request.param


@pytest.fixture(params=[Engine.POLARS, Engine.DUCKDB], ids=lambda engine: engine.value)
def memory_or_sql(request):
    """One engine in memory and one in SQL, for rules that are tried on all of them where frames are tested."""
    return request.param


def problems(schema, frame):
    """What a frame breaks of a schema: (column, rule, rows)."""
    with pytest.raises(FrameProblems) as caught:
        schema.conform(frame)
    return {(problem.column, problem.rule, problem.rows) for problem in caught.value.problems}


# Exports: each heading and cell as it comes, then the rows that it must become.

EXPORTS = {
    Requests: (
        {
            "persontableid": [101, 102, 103],
            "requeststableid": [1, 2, 3],
            "receiveddate": [dt.datetime(2024, 2, 29), dt.datetime(2024, 3, 1), None],
            "requestsource": [1, 2, None],
            "rya": [0, 1, None],
            "requestoutcomedate": [dt.datetime(2024, 4, 1), None, None],
            "requestoutcome": ["N", "A", "H"],
            "requestmediation": [1, None, None],
        },
        [
            ("101", "1", DAY("2024-02-29"), False, "N", DAY("2024-04-01")),
            ("102", "2", DAY("2024-03-01"), True, "A", None),
            ("103", "3", None, None, "H", None),
        ],
    ),
    Assessments: (
        {
            "PersonTableID": ["101", "102"],
            "RequestsTableID": ["1", "2"],
            "AssessmentOutcome": ["Y", "W"],
            "AssessmentOutcomeDate": [DAY("2024-07-18"), None],
            "Week20": [1, None],
        },
        [("Y", DAY("2024-07-18"), True, "1", "101"), ("W", None, None, "2", "102")],
    ),
    Plans: (
        {
            "persontableid": ["101", "104"],
            "requeststableid": ["1", None],
            "startdate": [DAY("2024-07-18"), DAY("2019-09-01")],
            "planres": [None, "A"],
            "ceasedate": [None, DAY("2024-08-31")],
            "ceasereason": [None, 5],
            "sentype": ["SPLD", "DS"],
        },
        [
            ("101", "1", DAY("2024-07-18"), None, None, "SPLD"),
            ("104", None, DAY("2019-09-01"), DAY("2024-08-31"), "5", "DS"),
        ],
    ),
}


@pytest.mark.parametrize("schema", EXPORTS, ids=lambda schema: schema.__name__)
def test_an_export_of_the_return_is_read_under_its_own_headings_on_every_engine(schema, engine):
    """Ids as numbers, days as timestamps, yes and no as 0 and 1; the other columns come along."""
    cells, rows = EXPORTS[schema]
    checked = schema.conform(as_engine(pl.DataFrame(cells), engine))
    found = checked.lazy.collect("polars").to_native().select(list(schema.to_schema().columns)).rows()
    assert sorted(found, key=repr) == sorted(rows, key=repr)
    more = set(cells) - {"persontableid", "requeststableid", "PersonTableID", "RequestsTableID"}
    assert {name for name in more if name in {"requestsource", "requestmediation", "planres"}} <= set(checked.names)


def test_assessments_need_no_child_where_the_export_leaves_the_child_out():
    """COLLECT's export names the request alone: the request says whose it is."""
    cells = {name: values for name, values in EXPORTS[Assessments][0].items() if name != "PersonTableID"}
    assert len(Assessments.conform(pl.DataFrame(cells), columns={"child_id": None})) == 2
    assert ("child_id", "there is no such column", None) in problems(Assessments, pl.DataFrame(cells))


def test_plans_need_no_primary_need():
    """The return keeps needs in a table of their own; where the column is there, its codes are looked at."""
    plan = pl.DataFrame([("C1", "1", DAY("2024-05-21"), None, None)], schema=list(PLANS.items())[:5], orient="row")
    assert "primary_need" not in Plans.conform(plan).names


# Rules. Each is broken in one row of two or three; the counts are exact.

NONE = None
REQUEST_RULES = {
    "not a code": ({"request_outcome": "X"}, ("request_outcome", "is not one of Y, N, A, W, H")),
    "decided before it was received": (
        {"request_outcome_date": "2024-01-01"},
        ("received_date, request_outcome_date", "decided before it was received"),
    ),
    "decided and no day": (
        {"request_outcome_date": NONE},
        ("request_outcome, request_outcome_date", "decided and no day of it"),
    ),
    "a day and not decided": (
        {"request_outcome": NONE, "assessment_outcome": NONE, "assessment_outcome_date": NONE, "plan_start_date": NONE},
        ("request_outcome, request_outcome_date", "a day of a decision that was not made"),
    ),
    "no day of receipt": (
        {"received_date": NONE},
        ("received_date, request_outcome", "no day it was received, and not historical"),
    ),
    "no child": ({"child_id": NONE}, ("child_id", "is missing")),
    "a blank request": ({"request_id": ""}, ("request_id", "is blank")),
}
JOURNEY_RULES = {
    "not a code": ({"assessment_outcome": "X", "plan_start_date": NONE}, ("assessment_outcome", "is not one of Y, N, A, W, H")),
    "assessed before the request": (
        {"assessment_outcome_date": "2023-12-31"},
        ("received_date, assessment_outcome_date", "the assessment ended before the request was received"),
    ),
    "a plan before the request": (
        {"plan_start_date": "2023-12-31"},
        ("received_date, plan_start_date", "the plan started before the request was received"),
    ),
    "no plan and no day": (
        {"assessment_outcome": "N", "assessment_outcome_date": NONE, "plan_start_date": NONE},
        ("assessment_outcome, assessment_outcome_date", "decided that there is no plan, and no day of it"),
    ),
    "a day and no outcome of the assessment": (
        {"assessment_outcome": "A", "plan_start_date": NONE},
        ("assessment_outcome, assessment_outcome_date", "a day of a decision that was not made"),
    ),
    "a plan out of an assessment that was not made": (
        {"assessment_outcome": NONE, "assessment_outcome_date": NONE},
        ("assessment_outcome, plan_start_date", "a plan out of an assessment that did not end, or was withdrawn"),
    ),
    "a plan out of one that was withdrawn": (
        {"assessment_outcome": "W"},
        ("assessment_outcome, plan_start_date", "a plan out of an assessment that did not end, or was withdrawn"),
    ),
    "an assessment nobody agreed to": (
        {"request_outcome": "W", "request_outcome_date": NONE, "plan_start_date": NONE},
        ("request_outcome, assessment_outcome", "an assessment that ended, of a request not decided or withdrawn"),
    ),
}


def dated(change):
    """A change of a row, its days as days."""
    return {name: DAY(value) if name.endswith("_date") and value else value for name, value in change.items()}


@pytest.mark.parametrize("name", REQUEST_RULES)
def test_a_broken_rule_of_requests_is_refused_by_name_with_its_count(name, memory_or_sql):
    """Requests and journeys have the same rules of a request."""
    change, (column, rule) = REQUEST_RULES[name]
    rows = [journey("1"), journey("2"), {**journey("3"), **dated(change)}]
    asked = pl.DataFrame(rows, schema=REQUESTS)
    assert problems(Requests, as_engine(asked, memory_or_sql)) == {(column, rule, 1)}
    assert problems(Journeys, as_engine(journeys_of(*rows), memory_or_sql)) == {(column, rule, 1)}


@pytest.mark.parametrize("name", JOURNEY_RULES)
def test_a_broken_rule_of_journeys_is_refused_by_name_with_its_count(name, memory_or_sql):
    """Two rows of three break it."""
    change, (column, rule) = JOURNEY_RULES[name]
    rows = [journey("1"), {**journey("2"), **dated(change)}, {**journey("3"), **dated(change)}]
    assert problems(Journeys, as_engine(journeys_of(*rows), memory_or_sql)) == {(column, rule, 2)}


def test_a_plan_that_is_to_be_issued_and_has_not_been_needs_no_day(memory_or_sql):
    """SEN2 guide, item 3.2: "If a decision to issue has been made but no plan has been issued, please leave blank"."""
    to_be_issued = {"assessment_outcome": "Y", "assessment_outcome_date": None, "plan_start_date": None}
    rows = as_engine(journeys_of(journey("1"), {**journey("2"), **to_be_issued}), memory_or_sql)
    assert len(Journeys.conform(rows)) == 2
    (share,) = ehcp.plans_after_assessment(rows, period=CalendarYear(2024))
    assert (share.numerator, share.denominator) == (1, 1)
    (issued,) = ehcp.issued_in_time_including_exceptions(rows, period=CalendarYear(2024))
    assert issued.denominator == 1


def test_a_request_that_is_there_twice_is_refused(memory_or_sql):
    """One record kept twice: in requests, in assessments and in journeys."""
    rows = [journey("1"), journey("1"), journey("2")]
    twice = {("request_id", "more than one row has the same", 2)}
    assert problems(Requests, as_engine(pl.DataFrame(rows, schema=REQUESTS), memory_or_sql)) == twice
    assert problems(Assessments, as_engine(pl.DataFrame(rows, schema=ASSESSMENTS), memory_or_sql)) == twice
    assert problems(Journeys, as_engine(journeys_of(*rows), memory_or_sql)) == twice


def plans_of(*rows):
    """Plans from (child, request, started, ceased, reason, need)."""
    days = [(child, asked, DAY(start), DAY(end) if end else None, why, need) for child, asked, start, end, why, need in rows]
    return pl.DataFrame(days, schema=PLANS, orient="row")


def test_an_unknown_need_an_unknown_reason_and_days_out_of_order_are_refused(memory_or_sql):
    """NSA is a code of the school census and never that of a plan; there are nine reasons."""
    frame = plans_of(
        ("A", "1", "2024-01-01", None, None, "NSA"),
        ("B", "2", "2024-01-01", "2023-12-31", "10", "ASD"),
        ("C", "3", "2024-01-01", None, "2", None),
    )
    found = problems(Plans, as_engine(frame, memory_or_sql))
    assert {(column, rows) for column, _, rows in found} == {
        ("primary_need", 1),
        ("cease_reason", 1),
        ("start_date, cease_date", 1),
        ("cease_date, cease_reason", 1),
    }


@pytest.mark.parametrize(
    ("first", "second", "overlaps"),
    [
        (("2020-01-01", None), ("2022-01-01", None), True),
        (("2020-01-01", "2022-01-02"), ("2022-01-01", None), True),
        (("2020-01-01", "2022-01-01"), ("2022-01-01", None), False),  # one that starts on the day another ceases
        (("2020-01-01", "2021-01-01"), ("2022-01-01", None), False),
        (("2020-01-01", "2024-01-01"), ("2021-01-01", "2022-01-01"), True),
    ],
)
def test_two_open_plans_of_a_child_are_refused_with_their_number(first, second, overlaps, memory_or_sql):
    """In either order in the frame; another child's plan of the same days is none of them."""
    plans = [("A", "1", *first, None, None), ("A", "2", *second, None, None), ("B", "3", "2020-01-01", None, None, None)]
    for rows in (plans, plans[::-1]):
        frame = as_engine(plans_of(*rows), memory_or_sql)
        if not overlaps:
            assert len(one_plan_at_a_time(frame)) == 3
            continue
        with pytest.raises(FrameProblems) as caught:
            one_plan_at_a_time(frame)
        (problem,) = caught.value.problems
        assert (problem.column, problem.rows) == ("start_date, cease_date", 1)


# The three tables together.


def asked_of(*rows):
    """Requests from journeys."""
    return pl.DataFrame(list(rows), schema=REQUESTS)


def examined_of(*rows):
    """Assessments from journeys."""
    return pl.DataFrame(list(rows), schema=ASSESSMENTS)


def issued_of(*rows):
    """Plans from journeys."""
    return pl.DataFrame([{**row, "start_date": row["plan_start_date"]} for row in rows], schema=PLANS)


def test_what_does_not_belong_together_is_one_error_with_counts(memory_or_sql):
    """An assessment and two plans of no request, another child's plan, and a plan before its request and out of no assessment."""
    asked = asked_of(journey("1"), journey("2"), journey("3"))
    tested = examined_of(journey("1"), journey("2"), journey("9"))
    issued = issued_of(
        journey("1", child_id="somebody else"),
        journey("3", plan_start_date="2023-01-01"),
        journey("7"),
        journey("8"),
    )
    with pytest.raises(FrameProblems) as caught:
        journeys(*(as_engine(asked, memory_or_sql),), assessments=tested, plans=issued)
    found = {(problem.column, problem.rule, problem.rows) for problem in caught.value.problems}
    assert found == {
        ("assessments: request_id", "is of no request among the requests", 1),
        ("plans: request_id", "is of no request among the requests", 2),
        ("plans: child_id", "is not the child of its request", 1),
        ("received_date, plan_start_date", "the plan started before the request was received", 1),
        ("assessment_outcome, plan_start_date", "a plan out of an assessment that did not end, or was withdrawn", 1),
    }


def test_two_plans_of_a_request_are_refused():
    """An amended plan goes on; a row twice would make two journeys of one request."""
    first, second = journey("1"), journey("1", plan_start_date="2024-08-01")
    issued = issued_of(first, second).with_columns(cease_date=pl.Series([DAY("2024-08-01"), None]))
    with pytest.raises(FrameProblems) as caught:
        journeys(asked_of(first), assessments=examined_of(first), plans=issued)
    (problem,) = caught.value.problems
    assert (problem.column, problem.rule, problem.rows) == ("plans: request_id", "more than one row has the same", 2)


def test_two_open_plans_of_a_child_are_refused_before_they_are_joined():
    """Of two requests of hers."""
    first, second = journey("1"), journey("2", child_id="C1")
    issued = issued_of(first, {**second, "plan_start_date": DAY("2024-06-30")})
    with pytest.raises(FrameProblems) as caught:
        journeys(asked_of(first, second), assessments=examined_of(first, second), plans=issued)
    (problem,) = caught.value.problems
    assert (problem.column, problem.rows) == ("start_date, cease_date", 1)


def test_a_plan_that_moved_in_is_in_no_journey_and_a_request_without_more_is_one():
    """Whatever has not happened is null."""
    waiting = journey("2", request_outcome="A", request_outcome_date=None)
    moved_in = issued_of(journey("9")).with_columns(request_id=pl.lit(None, pl.String))
    rows = rows_of(journeys(asked_of(waiting), assessments=examined_of(), plans=moved_in))
    assert len(rows) == 1
    assert all(rows[0][name] is None for name in ("assessment_outcome", "exceptions_apply", "plan_start_date", "cease_date"))


def test_further_columns_come_along_and_the_earlier_table_has_the_right_to_a_name():
    """A locality in requests and in plans: that of the request is kept; so is nothing that a request says of its assessment."""
    asked = asked_of(journey("1")).with_columns(locality=pl.lit("Aylesbury"), assessment_outcome=pl.lit("N"))
    issued = issued_of(journey("1")).with_columns(locality=pl.lit("Wycombe"), setting=pl.lit("EYP"), primary_need=pl.lit("ASD"))
    (row,) = rows_of(journeys(asked, assessments=examined_of(journey("1")), plans=issued))
    assert (row["locality"], row["setting"], row["primary_need"], row["assessment_outcome"]) == ("Aylesbury", "EYP", "ASD", "Y")
    found = ehcp.issued_in_time_including_exceptions(
        journeys(asked, assessments=examined_of(journey("1")), plans=issued), period=CalendarYear(2024), by="primary_need"
    )
    assert found.at(primary_need="ASD").number == 100


def test_eager_tables_of_any_engine_go_with_requests_of_any_other(engine):
    """Requests in one engine, the others in pandas and pyarrow; the result is of the requests' kind."""
    asked = as_engine(asked_of(journey("1"), journey("2")), engine)
    tested, issued = as_engine(examined_of(journey("1")), Engine.PANDAS), as_engine(issued_of(journey("1")), Engine.PYARROW)
    joined = journeys(asked, assessments=tested, plans=issued)
    assert type(joined) is type(asked)
    assert sorted((row["request_id"], row["plan_start_date"]) for row in rows_of(joined))[0] == ("1", DAY("2024-05-21"))


def test_tables_of_two_lazy_engines_do_not_go_together():
    """DuckDB's cannot be brought into a lazy polars query."""
    tested = as_engine(examined_of(journey("1")), Engine.DUCKDB)
    with pytest.raises(EngineMismatch):
        journeys(asked_of(journey("1")).lazy(), assessments=tested, plans=issued_of(journey("1")))


@pytest.mark.parametrize("nonsense", [None, 3, "requests", {"child_id": ["A"]}])
def test_what_is_no_frame_is_refused_by_an_error_of_ours(nonsense):
    """For each of the three tables."""
    good = {"assessments": examined_of(journey("1")), "plans": issued_of(journey("1"))}
    with pytest.raises(BucksError):
        journeys(nonsense, **good)
    for name in good:
        with pytest.raises(BucksError):
            journeys(asked_of(journey("1")), **good | {name: nonsense})
    with pytest.raises(BucksError):
        ehcp.refused(nonsense, period=CalendarYear(2024))


# No cell is ever repeated.

TOKEN = "Zebedee-4711"


def everything_about(error, caplog):
    """What an error says of itself, and what was logged."""
    return "\n".join([str(error), repr(error), repr(error.args), caplog.text])


@pytest.mark.parametrize(
    ("call", "frame"),
    [
        (Requests.conform, lambda: asked_of(journey(TOKEN, child_id=TOKEN, request_outcome=TOKEN))),
        (Requests.conform, lambda: asked_of(journey(TOKEN), journey(TOKEN, child_id=TOKEN))),
        (Assessments.conform, lambda: examined_of(journey(TOKEN, assessment_outcome=TOKEN))),
        (Journeys.conform, lambda: journeys_of(journey(TOKEN, plan_start_date="1947-11-03"))),
        (Journeys.conform, lambda: journeys_of(journey("1")).with_columns(received_date=pl.lit(TOKEN))),
        (Plans.conform, lambda: plans_of((TOKEN, TOKEN, "2024-01-01", None, TOKEN, TOKEN))),
        (
            one_plan_at_a_time,
            lambda: plans_of((TOKEN, "1", "1947-11-03", None, None, None), (TOKEN, "2", "2024-01-01", None, None, None)),
        ),
        (
            lambda frame: journeys(frame, assessments=examined_of(journey(TOKEN)), plans=issued_of(journey(TOKEN))),
            lambda: asked_of(journey("1")),
        ),
        (
            lambda frame: journeys(frame, assessments=examined_of(journey("1")), plans=issued_of(journey("1", child_id=TOKEN))),
            lambda: asked_of(journey("1")),
        ),
    ],
)
@pytest.mark.parametrize("kind", [Engine.POLARS, Engine.PANDAS, Engine.DUCKDB], ids=lambda kind: kind.value)
def test_no_cell_is_in_an_error_its_cause_or_the_log(call, frame, kind, caplog):
    """Children, requests, days and codes are planted; none comes back."""
    caplog.set_level(logging.DEBUG)
    with pytest.raises(FrameProblems) as caught:
        call(as_engine(frame(), kind))
    said = everything_about(caught.value, caplog)
    assert TOKEN not in said
    assert "1947" not in said
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_a_group_by_a_childs_or_a_requests_number_is_refused():
    """Under the schema's names; each names one child."""
    for by in ("child_id", "request_id"):
        with pytest.raises(InvalidValue, match="identifies a person"):
            ehcp.issued_in_time_including_exceptions(journeys_of(journey()), period=CalendarYear(2024), by=by)
