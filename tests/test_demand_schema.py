"""Tables of rows about children: exports of the census and of Annex A come in, and each broken rule is refused by name."""

from __future__ import annotations

import datetime as dt
import json

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs import demand
from bucks_cs.demand import schema, sources
from bucks_cs.demand.schema import (
    Allocations,
    Assessments,
    ChildrenInNeedEpisodes,
    Contacts,
    InitialConferences,
    PlanReviews,
    ProtectionPlans,
    Referrals,
    Section47Enquiries,
)
from bucks_cs.errors import FrameProblems, InvalidValue, NotInForce
from bucks_cs.frames import Engine
from bucks_cs.frames.dictionary import as_markdown, as_table_schema
from bucks_cs.testing import as_engine, frames

pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet")

TABLES = (
    Contacts,
    Referrals,
    Assessments,
    Section47Enquiries,
    InitialConferences,
    ProtectionPlans,
    PlanReviews,
    ChildrenInNeedEpisodes,
    Allocations,
)
ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.value)
def engine(request):
    """Each engine but Spark."""
    return request.param


@pytest.fixture(params=[Engine.POLARS, Engine.DUCKDB], ids=lambda engine: engine.value)
def memory_or_sql(request):
    """One engine in memory and one in SQL, for rules that are tried on all of them where frames are tested."""
    return request.param


def day(text):
    """A day, as a date."""
    return dt.date.fromisoformat(text)


def at(text):
    """A day with a time, as case systems export one."""
    return dt.datetime.fromisoformat(text)


def conformed_rows(checked):
    """The conformed rows under the schema's names, in order of their cells."""
    found = checked.lazy.collect("polars").to_native()
    return sorted(found.select(list(checked.schema.to_schema().columns)).rows(), key=repr)


# Exports: each heading, cell by cell, as it comes; then the rows that it must become.

CENSUS = {
    Referrals: (
        {
            "LAchildID": ["C1", "C1", "C2"],
            "CINreferralDate": [at("2023-05-02T00:00:00"), at("2024-02-29T00:00:00"), at("2024-03-01T00:00:00")],
            "ReferralSource": ["5D", "6", "2A"],
            "ReferralNFA": [0, 0, 1],
            "CINclosureDate": [at("2023-07-01T00:00:00"), None, None],
            "ReasonForClosure": ["RC9", None, None],
            "decision_date": pl.Series([None, None, None], dtype=pl.Date),
            "seen_date": pl.Series([None, None, None], dtype=pl.Date),
        },
        [
            ("C1", day("2023-05-02"), None, None, False, day("2023-07-01"), "RC9"),
            ("C1", day("2024-02-29"), None, None, False, None, None),
            ("C2", day("2024-03-01"), None, None, True, None, None),
        ],
    ),
    Assessments: (
        {
            "LAchildID": ["C1", "C2"],
            "CINreferralDate": [day("2023-05-02"), day("2024-03-01")],
            "AssessmentActualStartDate": [day("2023-05-02"), day("2024-03-04")],
            "AssessmentAuthorisationDate": [day("2023-05-02"), None],
        },
        [
            ("C1", day("2023-05-02"), day("2023-05-02"), day("2023-05-02")),
            ("C2", day("2024-03-01"), day("2024-03-04"), None),
        ],
    ),
    Section47Enquiries: (
        {
            "LAchildID": ["C1", "C2", "C3"],
            "S47ActualStartDate": [day("2023-05-10"), day("2024-03-05"), day("2024-03-05")],
            "InitialCPCtarget": [day("2023-06-01"), day("2024-03-26"), None],
            "DateOfInitialCPC": [day("2023-05-10"), None, None],
            "ICPCnotRequired": [0, 1, None],
        },
        [
            ("C1", day("2023-05-10"), day("2023-05-10"), False),
            ("C2", day("2024-03-05"), None, True),
            ("C3", day("2024-03-05"), None, None),
        ],
    ),
    InitialConferences: (
        {
            "LAchildID": ["C1", "C4"],
            "S47ActualStartDate": [day("2023-05-10"), None],
            "DateOfInitialCPC": [day("2023-05-31"), day("2023-06-01")],
            "transfer_in": [False, True],
            "led_to_plan": [True, None],
        },
        [
            ("C1", day("2023-05-31"), day("2023-05-10"), False, True),
            ("C4", day("2023-06-01"), None, True, None),
        ],
    ),
    ProtectionPlans: (
        {
            "LAchildID": ["C1", "C1", "C4"],
            "CPPstartDate": [day("2019-05-31"), day("2023-05-31"), day("2023-06-01")],
            "CPPendDate": [day("2019-05-31"), None, None],
            "InitialCategoryOfAbuse": ["NEG", "EMO", "MUL"],
            "LatestCategoryOfAbuse": ["NEG", "NEG", "MUL"],
            "NumberOfPreviousCPP": [0.0, 1.0, None],
        },
        [
            ("C1", day("2019-05-31"), day("2019-05-31"), "NEG", 0),
            ("C1", day("2023-05-31"), None, "EMO", 1),
            ("C4", day("2023-06-01"), None, "MUL", None),
        ],
    ),
    PlanReviews: (
        {
            "LAchildID": ["C1", "C1"],
            "CPPstartDate": [day("2023-05-31"), day("2023-05-31")],
            "CPPreviewDate": [day("2023-08-29"), day("2024-02-20")],
        },
        [("C1", day("2023-05-31"), day("2023-08-29")), ("C1", day("2023-05-31"), day("2024-02-20"))],
    ),
    ChildrenInNeedEpisodes: (
        {
            "LAchildID": ["C1", "C2"],
            "CINreferralDate": [day("2023-05-02"), day("2024-03-01")],
            "PrimaryNeedCode": ["N1", "N0"],
            "CINclosureDate": [day("2023-07-01"), None],
            "ReasonForClosure": ["RC8", None],
        },
        [("C1", day("2023-05-02"), day("2023-07-01"), "N1", "RC8"), ("C2", day("2024-03-01"), None, "N0", None)],
    ),
}
"""Item names of the census's XML, one row an element, as a flat export has them."""

COMMON = {"Sex": ["b) Female", "a) Male"], "Ethnicity": ["WBRI", "AIND"], "Age of Child (Years)": [3, 14]}
ANNEX_A = {
    Contacts: (
        {
            "Child Unique ID": [101, 102],
            **COMMON,
            "Date of Contact": [at("2024-02-29T09:15:00"), at("2024-03-01T00:00:00")],
            "Contact Source": ["Police", None],
            "led_to_referral": [True, None],
        },
        [("101", day("2024-02-29"), "Police", True), ("102", day("2024-03-01"), None, None)],
    ),
    Referrals: (
        {
            "Child Unique ID": [101, 102],
            **COMMON,
            "Date of referral": [at("2024-02-29T09:15:00"), at("2024-03-01T00:00:00")],
            "Referral Source": ["6", "2A"],
            "Referral NFA?": [False, True],
            "Number of Referrals in Last 12 Months": [1, 2],
            "Allocated Team": ["Assessment North", "Assessment South"],
            "Allocated Worker": ["W1", "W2"],
            "decision_date": [day("2024-03-01"), None],
            "seen_date": [None, day("2024-03-07")],
            "CIN Closure Date": [day("2024-04-02"), None],  # of list 6, joined
            "Reason for Closure": ["RC8", None],
        },
        [
            ("101", day("2024-02-29"), day("2024-03-01"), None, False, day("2024-04-02"), "RC8"),
            ("102", day("2024-03-01"), None, day("2024-03-07"), True, None, None),
        ],
    ),
    Assessments: (
        {
            "Child Unique ID": [101, 102],
            **COMMON,
            "Continuous Assessment Start Date": [at("2024-03-01T10:00:00"), at("2024-03-04T00:00:00")],
            "Continuous Assessment Date of Authorisation": [at("2024-04-01T16:45:00"), None],
            "Was the child assessed as requiring LA children's social care support?": ["a) Yes", None],
            "Date of referral": [day("2024-02-29"), None],  # of list 3, joined
        },
        [("101", day("2024-02-29"), day("2024-03-01"), day("2024-04-01")), ("102", None, day("2024-03-04"), None)],
    ),
    Section47Enquiries: (
        {
            "Child Unique ID": [101, 102],
            **COMMON,
            "Strategy discussion initiating Section 47 Enquiry Start Date": [day("2024-03-05"), day("2024-03-06")],
            "Was an Initial Child Protection Conference deemed unnecessary?": [False, True],
            "Date of Initial Child Protection Conference": [day("2024-03-26"), None],
            "Did the Initial Child Protection Conference Result in a Child Protection Plan": [True, None],
        },
        [("101", day("2024-03-05"), day("2024-03-26"), False), ("102", day("2024-03-06"), None, True)],
    ),
    InitialConferences: (
        {
            "Child Unique ID": [101, 102],
            **COMMON,
            "Strategy discussion initiating Section 47 Enquiry Start Date": [day("2024-03-05"), None],
            "Date of Initial Child Protection Conference": [day("2024-03-26"), day("2024-04-02")],
            "Did the Initial Child Protection Conference Result in a Child Protection Plan": [True, False],
            "icpc_icpc_transfer_in": [0, 1],
        },
        [
            ("101", day("2024-03-26"), day("2024-03-05"), False, True),
            ("102", day("2024-04-02"), None, True, False),
        ],
    ),
    ProtectionPlans: (
        {
            "Child Unique ID": [101, 102],
            **COMMON,
            "Child Protection Plan Start Date": [day("2024-03-26"), day("2022-04-02")],
            "Initial Category of Abuse": ["PHY", None],
            "Date of latest review conference": [None, day("2024-01-10")],
            "Child Protection Plan End Date": [None, day("2024-04-01")],
            "Number of Previous Child Protection Plans": [0, 2],
        },
        [("101", day("2024-03-26"), None, "PHY", 0), ("102", day("2022-04-02"), day("2024-04-01"), None, 2)],
    ),
    ChildrenInNeedEpisodes: (
        {
            "Child Unique ID": [101, 102],
            **COMMON,
            "CIN Start Date": [day("2024-02-29"), day("2022-04-02")],
            "Primary Need Code": ["N1", None],
            "CIN Closure Date": [None, day("2024-04-01")],
            "Reason for Closure": [None, "RC7"],
            "Case Status": ["b) Child Protection plan", "e) Closed episode"],
        },
        [("101", day("2024-02-29"), None, "N1", None), ("102", day("2022-04-02"), day("2024-04-01"), None, "RC7")],
    ),
    Allocations: (
        {
            "Child Unique ID": [101, 102],
            **COMMON,
            "Allocated Worker": [7001, 7002],
            "Allocated Team": ["North", "South"],
            "invo_involvement_start_date": [at("2024-02-29T09:00:00"), at("2022-04-02T00:00:00")],
            "invo_involvement_end_date": [None, at("2024-04-01T00:00:00")],
        },
        [("101", "7001", "North", day("2024-02-29"), None), ("102", "7002", "South", day("2022-04-02"), day("2024-04-01"))],
    ),
}
"""Headings of Annex A's lists as public schemas of it print them, with the columns it lacks added under this library's names."""


def exports():
    """Every export with its schema, for tests that take one at a time."""
    for kind, every in (("census", CENSUS), ("annex-a", ANNEX_A)):
        for model, (cells, expected) in every.items():
            yield pytest.param(model, cells, expected, id=f"{kind}-{model.__name__}")


def check_export(model, cells, expected, native):
    """The rows are as expected, every heading is said, what the schema does not know comes along, and the kind is kept."""
    checked = model.conform(native)
    assert conformed_rows(checked) == sorted(expected, key=repr)
    assert type(checked.frame) is type(native)
    ours = set(model.to_schema().columns)
    read = {str(note).partition(": read from ")[2].strip("'") for note in checked.notes if ": read from " in str(note)}
    others = set(checked.names) - ours
    assert set(cells) == (set(cells) & ours) | read | others
    assert not (read & others)
    assert len(read) + len(set(cells) & ours) == len(ours)


@pytest.mark.parametrize(("model", "cells", "expected"), list(exports()))
def test_an_export_with_the_headings_of_the_census_or_of_annex_a_conforms(model, cells, expected, engine):
    """Whole-number ids, times of day, 0 and 1, float counts and the publication's own headings, on every engine."""
    check_export(model, cells, expected, as_engine(pl.DataFrame(cells), engine))


@pytest.mark.spark
@pytest.mark.parametrize(("model", "cells", "expected"), list(exports()))
def test_an_export_with_the_headings_of_the_census_or_of_annex_a_conforms_on_spark(model, cells, expected, spark):
    """The same on Spark."""
    check_export(model, cells, expected, as_engine(pl.DataFrame(cells), Engine.PYSPARK, spark=spark))


def test_every_table_has_an_export_and_every_known_heading_is_in_one():
    """No heading is listed that no export here has: each was read in a schema of the census, of Annex A or of the dataset."""
    assert {*CENSUS, *ANNEX_A} == set(TABLES)
    not_in_either = {"invo_person_id", "invo_professional_id", "invo_professional_team"}  # of the standard safeguarding dataset
    for model in TABLES:
        seen = {heading for every in (CENSUS, ANNEX_A) if model in every for heading in every[model][0]}
        known = {alias for column in model.to_schema().columns for alias in model.aliases(column)}
        standard = {"LAchildID", "Child Unique ID"}
        assert known - seen <= not_in_either | standard, model.__name__


def test_the_involvements_of_the_standard_safeguarding_dataset_are_allocations(engine):
    """Its five headings, with integers for worker and team's name as text."""
    cells = {
        "invo_person_id": ["P1"],
        "invo_professional_id": [12],
        "invo_professional_team": ["North"],
        "invo_involvement_start_date": [at("2024-01-02T08:30:00")],
        "invo_involvement_end_date": pl.Series([None], dtype=pl.Datetime),
    }
    checked = Allocations.conform(as_engine(pl.DataFrame(cells), engine))
    assert conformed_rows(checked) == [("P1", "12", "North", day("2024-01-02"), None)]


def test_the_assessments_of_early_help_are_not_read_as_assessments_of_children_in_need():
    """List 2 of Annex A has 'Assessment start date' and 'Assessment completion date', and is another thing."""
    early_help = pl.DataFrame(
        {
            "Child Unique ID": [1],
            "Assessment start date": [day("2024-01-02")],
            "Assessment completion date": [day("2024-02-02")],
            "Organisation completing assessment": ["School"],
        }
    )
    with pytest.raises(FrameProblems) as raised:
        Assessments.conform(early_help)
    missing = {problem.column for problem in raised.value.problems if problem.rule == "there is no such column"}
    assert missing == {"referral_date", "start_date", "authorisation_date"}


def test_where_two_headings_are_known_for_one_column_neither_is_guessed():
    """A frame joined from both publications has two days of referral."""
    cells = CENSUS[Assessments][0] | {"Date of referral": [day("2023-05-02"), day("2024-03-01")]}
    with pytest.raises(FrameProblems, match="could be any of CINreferralDate, Date of referral") as raised:
        Assessments.conform(pl.DataFrame(cells))
    assert "Say which is meant" in str(raised.value)
    assert Assessments.conform(pl.DataFrame(cells), columns={"referral_date": "Date of referral"}).rows == 2


# Rules

GOOD = {
    Contacts: {"child_id": "A", "contact_date": day("2024-02-29"), "contact_source": "6", "led_to_referral": True},
    Referrals: {
        "child_id": "A",
        "referral_date": day("2024-02-29"),
        "decision_date": day("2024-02-29"),
        "seen_date": day("2024-02-28"),
        "no_further_action": False,
        "closure_date": day("2024-02-29"),
        "closure_reason": "RC8",
    },
    Assessments: {
        "child_id": "A",
        "referral_date": day("2024-02-29"),
        "start_date": day("2024-02-29"),
        "authorisation_date": day("2024-02-29"),
    },
    Section47Enquiries: {
        "child_id": "A",
        "start_date": day("2024-02-29"),
        "conference_date": day("2024-02-29"),
        "conference_not_required": False,
    },
    InitialConferences: {
        "child_id": "A",
        "conference_date": day("2024-02-29"),
        "strategy_discussion_date": day("2024-02-29"),
        "transfer_in": False,
        "led_to_plan": True,
    },
    ProtectionPlans: {
        "child_id": "A",
        "start_date": day("2024-02-29"),
        "end_date": day("2024-02-29"),
        "initial_category": "NEG",
        "number_of_previous_plans": 0,
    },
    PlanReviews: {"child_id": "A", "plan_start_date": day("2024-02-29"), "review_date": day("2024-02-29")},
    ChildrenInNeedEpisodes: {
        "child_id": "A",
        "start_date": day("2024-02-29"),
        "end_date": day("2024-02-29"),
        "primary_need": "N1",
        "closure_reason": "RC7",
    },
    Allocations: {
        "child_id": "A",
        "worker_id": "W",
        "team": "North",
        "start_date": day("2024-02-29"),
        "end_date": day("2024-02-29"),
    },
}
"""A good row of each table, with everything on one day: a limit is itself allowed."""

BEFORE = day("2024-02-28")
BROKEN = [
    (Referrals, {"decision_date": BEFORE}, "referral_date, decision_date", "decided before it was received"),
    (Referrals, {"closure_date": BEFORE}, "referral_date, closure_date", "closed before it was received"),
    (Referrals, {"closure_date": None}, "closure_date, closure_reason", "a reason for closing and no day of it"),
    (Assessments, {"start_date": BEFORE}, "referral_date, start_date", "started before the referral"),
    (Assessments, {"authorisation_date": BEFORE}, "start_date, authorisation_date", "authorised before it started"),
    (
        Section47Enquiries,
        {"conference_date": BEFORE},
        "start_date, conference_date",
        "a conference before its strategy discussion",
    ),
    (
        InitialConferences,
        {"conference_date": BEFORE},
        "strategy_discussion_date, conference_date",
        "a conference before its strategy discussion",
    ),
    (ProtectionPlans, {"end_date": BEFORE}, "start_date, end_date", "ended before it started"),
    (ProtectionPlans, {"number_of_previous_plans": -1}, "number_of_previous_plans", "is below 0"),
    (PlanReviews, {"review_date": BEFORE}, "plan_start_date, review_date", "reviewed before the plan started"),
    (ChildrenInNeedEpisodes, {"end_date": BEFORE}, "start_date, end_date", "ended before it started"),
    (ChildrenInNeedEpisodes, {"end_date": None}, "end_date, closure_reason", "a reason for closing and no day of it"),
    (Allocations, {"end_date": BEFORE}, "start_date, end_date", "ended before it started"),
    (Allocations, {"team": ""}, "team", "is blank"),
    *((model, {"child_id": ""}, "child_id", "is blank") for model in TABLES),
    (Allocations, {"worker_id": ""}, "worker_id", "is blank"),
]


def rows_of(model, *changes):
    """A good row of another child, and the good row with each change, for a child of its own."""
    rows = [GOOD[model], *({**GOOD[model], "child_id": f"B{i}", **change} for i, change in enumerate(changes))]
    types = {name: model.narwhals_type(name) for name in model.to_schema().columns}
    dtypes = {"String": pl.String, "Int64": pl.Int64, "Date": pl.Date, "Boolean": pl.Boolean}
    return pl.DataFrame(rows, schema={name: dtypes[kind.__name__] for name, kind in types.items()})


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_a_row_with_everything_on_one_day_is_good(model, memory_or_sql):
    """Each limit is included: decided, seen, closed, held and ended on the first day."""
    checked = model.conform(as_engine(rows_of(model), memory_or_sql))
    assert checked.rows == 1
    assert checked.notes == ()


@pytest.mark.parametrize(
    ("model", "change", "column", "words"), BROKEN, ids=lambda part: part.__name__ if isinstance(part, type) else ""
)
def test_each_rule_is_refused_by_name_with_its_count_of_rows(model, change, column, words, memory_or_sql):
    """Three rows break it, one does not, and that is all that is said."""
    bad = {**change, "child_id": ""} if change == {"child_id": ""} else change
    frame = rows_of(model, *[bad] * 3)
    if change == {"child_id": ""}:  # three blank ids on three days, so that no key is repeated
        moved = pl.Series([day("2024-02-29"), day("2024-03-01"), day("2024-03-02"), day("2024-03-03")])
        frame = frame.with_columns(moved.alias(name) for name, kind in frame.schema.items() if kind == pl.Date)
    with pytest.raises(FrameProblems) as raised:
        model.conform(as_engine(frame, memory_or_sql))
    assert [(problem.column, problem.rule, problem.rows) for problem in raised.value.problems] == [(column, words, 3)]


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_what_may_be_empty_is_and_its_gap_is_said_and_all_else_is_refused(model, memory_or_sql):
    """Every column that may be empty, empty at once; then each of the others, alone."""
    columns = model.to_schema().columns
    nullable = {name: None for name, column in columns.items() if column.nullable}
    assert model.conform(as_engine(rows_of(model, nullable), memory_or_sql)).rows == 2
    assert all(columns[name].metadata["gap"] for name in nullable)
    for name in set(columns) - set(nullable):
        with pytest.raises(FrameProblems) as raised:
            model.conform(as_engine(rows_of(model, {name: None}), memory_or_sql))
        assert [(problem.column, problem.rule, problem.rows) for problem in raised.value.problems] == [(name, "is missing", 1)]


NULLABLE = {
    Contacts: {"contact_source", "led_to_referral"},
    Referrals: {"decision_date", "seen_date", "closure_date", "closure_reason"},
    Assessments: {"referral_date", "authorisation_date"},
    Section47Enquiries: {"conference_date", "conference_not_required"},
    InitialConferences: {"strategy_discussion_date", "led_to_plan"},
    ProtectionPlans: {"end_date", "initial_category", "number_of_previous_plans"},
    PlanReviews: set(),
    ChildrenInNeedEpisodes: {"end_date", "primary_need", "closure_reason"},
    Allocations: {"end_date"},
}
KEYS = {
    Contacts: None,
    Referrals: ("child_id", "referral_date"),
    Assessments: ("child_id", "start_date"),
    Section47Enquiries: ("child_id", "start_date"),
    InitialConferences: ("child_id", "conference_date"),
    ProtectionPlans: ("child_id", "start_date"),
    PlanReviews: ("child_id", "plan_start_date", "review_date"),
    ChildrenInNeedEpisodes: ("child_id", "start_date"),
    Allocations: None,
}


def test_what_may_be_empty_is_what_was_settled():
    """Written out here, so that a column does not become empty or full by accident."""
    for model in TABLES:
        columns = model.to_schema().columns
        assert {name for name, column in columns.items() if column.nullable} == NULLABLE[model]


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_a_record_kept_twice_is_refused_where_a_day_can_have_one_alone(model, memory_or_sql):
    """A child may have two contacts a day and two workers; of all else a second on one day is a record kept twice."""
    twice = as_engine(pl.concat([rows_of(model), rows_of(model)]), memory_or_sql)
    if KEYS[model] is None:
        assert model.conform(twice).rows == 2
        return
    with pytest.raises(FrameProblems) as raised:
        model.conform(twice)
    expected = [(", ".join(KEYS[model]), "more than one row has the same", 2)]
    assert [(problem.column, problem.rule, problem.rows) for problem in raised.value.problems] == expected


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_a_child_and_a_worker_are_refused_as_groups(model):
    """A measure is broken down by a team, a locality or a need, never by a person."""
    people = ("child_id", "worker_id") if model is Allocations else ("child_id",)
    assert model.identifiers() == people
    checked = model.conform(rows_of(model))
    for person in people:
        with pytest.raises(InvalidValue, match="not one that identifies a person"):
            checked.grouping(person)


def test_no_cell_is_repeated_in_an_error(engine):
    """A token in every text and a broken rule in every table: the token is nowhere in what is raised."""
    token = "SMITH-TOKEN"
    for model in TABLES:
        texts = {name for name in GOOD[model] if isinstance(GOOD[model][name], str)}
        coded = texts - {"child_id", "worker_id", "team", "contact_source"}
        change = dict.fromkeys(texts, token) | ({} if coded else {"child_id": ""})
        with pytest.raises(FrameProblems) as raised:
            model.conform(as_engine(rows_of(model, change), engine))
        assert token not in str(raised.value) + repr(raised.value) + repr(raised.value.args)
        assert raised.value.__cause__ is None
        assert raised.value.__context__ is None


# Codes

CLOSURE = ["RC1", "RC2", "RC3", "RC4", "RC5", "RC6", "RC7", "RC8", "RC9"]
NEED = ["N0", "N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9"]
ABUSE = ["NEG", "PHY", "SAB", "EMO", "MUL"]


@pytest.mark.parametrize(
    ("model", "column", "codes"),
    [
        (Referrals, "closure_reason", CLOSURE),
        (ChildrenInNeedEpisodes, "closure_reason", CLOSURE),
        (ChildrenInNeedEpisodes, "primary_need", NEED),
        (ProtectionPlans, "initial_category", ABUSE),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_every_code_of_the_census_is_taken_and_nothing_else(model, column, codes, memory_or_sql):
    """The census's own lists; other text, another case and a code with its meaning behind it are counted and refused."""
    assert model.conform(as_engine(rows_of(model, *({column: code} for code in codes)), memory_or_sql)).rows == len(codes) + 1
    wrong = [codes[0].lower(), f"{codes[0]} - with its meaning", "ZZ", ""]
    with pytest.raises(FrameProblems) as raised:
        model.conform(as_engine(rows_of(model, *({column: code} for code in wrong)), memory_or_sql))
    (problem,) = raised.value.problems
    assert (problem.column, problem.rows) == (column, len(wrong))
    assert problem.rule.startswith("is not one of ")
    assert "with its meaning" not in str(raised.value)


def test_referred_to_early_help_is_a_reason_from_the_census_of_2022_23():
    """In the schema of 2023 and not in that of 2022: RC9, and 5D among the sources; nothing else came or went."""
    last, first = day("2022-03-31"), day("2022-04-01")
    before, after = sources.CLOSURE_REASON_CODES.on(last), sources.CLOSURE_REASON_CODES.on(first)
    assert list(before) == CLOSURE[:8]
    assert list(after) == CLOSURE
    assert after["RC8"] == "Case closed after assessment, no further action"
    assert after["RC9"] == "Case closed after assessment, referred to early help"
    sent_before, sent_after = sources.REFERRAL_SOURCE_CODES.on(last), sources.REFERRAL_SOURCE_CODES.on(first)
    assert (len(sent_before), len(sent_after)) == (21, 22)
    assert set(sent_after) - set(sent_before) == {"5D"}
    assert {code: sent_after[code] for code in ("1C", "2A", "5D", "6", "9", "10")} == {
        "1C": "Individual: self",
        "2A": "Schools",
        "5D": "LA services: early help",
        "6": "Police",
        "9": "Anonymous",
        "10": "Unknown",
    }


def test_a_primary_need_of_abuse_or_neglect_names_exploitation_from_2025_26():
    """The same code in the schemas of 2025 and 2026, with another meaning; the other nine are as they were."""
    before, after = sources.PRIMARY_NEED_CODES.on(day("2025-03-31")), sources.PRIMARY_NEED_CODES.on(day("2025-04-01"))
    assert (before["N1"], after["N1"]) == ("Abuse or neglect", "Abuse, neglect and exploitation")
    assert {code: words for code, words in before.items() if code != "N1"} == {
        code: words for code, words in after.items() if code != "N1"
    }
    assert (after["N0"], after["N9"]) == ("Not stated", "Cases other than children in need")


def test_the_categories_of_abuse_have_their_meanings():
    """Five, unchanged in every schema that was read."""
    assert dict(sources.CATEGORY_OF_ABUSE_CODES.on(day("2016-04-01"))) == {
        "NEG": "Neglect",
        "PHY": "Physical abuse",
        "SAB": "Sexual abuse",
        "EMO": "Emotional abuse",
        "MUL": "Multiple/not recommended",
    }


@pytest.mark.parametrize(
    ("dated", "ever"),
    [
        (sources.CLOSURE_REASON_CODES, sources.CLOSURE_REASONS),
        (sources.REFERRAL_SOURCE_CODES, sources.REFERRAL_SOURCES),
        (sources.PRIMARY_NEED_CODES, sources.PRIMARY_NEEDS),
        (sources.CATEGORY_OF_ABUSE_CODES, sources.CATEGORIES_OF_ABUSE),
    ],
)
def test_a_code_list_says_whose_it_is_and_nothing_of_years_before_the_first_schema_kept(dated, ever):
    """From 1 April 2015, the first day of the census of 2015-16; no list can be changed by whoever reads it."""
    with pytest.raises(NotInForce):
        dated.on(day("2015-03-31"))
    assert set(dated.on(day("2015-04-01"))) <= set(ever)
    for edition in dated:
        assert edition.source.publisher == "Department for Education"
        with pytest.raises(TypeError):
            edition.value["X"] = "x"


# Drawn frames

ORDERED = {
    Referrals: [("referral_date", "decision_date"), ("referral_date", "closure_date")],
    Assessments: [("referral_date", "start_date"), ("start_date", "authorisation_date")],
    Section47Enquiries: [("start_date", "conference_date")],
    InitialConferences: [("strategy_discussion_date", "conference_date")],
    ProtectionPlans: [("start_date", "end_date")],
    PlanReviews: [("plan_start_date", "review_date")],
    ChildrenInNeedEpisodes: [("start_date", "end_date")],
    Allocations: [("start_date", "end_date")],
    Contacts: [],
}


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_drawn_frames_keep_the_rules(model):
    """What the strategy draws is taken as it is, and a plain loop over its rows finds no day out of order and no key twice."""

    @settings(max_examples=settings.default.max_examples // 12)
    @given(data=st.data())
    def each_drawn_frame(data):
        frame = data.draw(frames(model, max_rows=6))
        assert model.validate(frame) is frame
        assert model.conform(frame).notes == ()
        rows = frame.to_dicts()
        for first, second in ORDERED[model]:
            assert all(row[first] is None or row[second] is None or row[first] <= row[second] for row in rows)
        if KEYS[model]:
            keys = [tuple(row[name] for name in KEYS[model]) for row in rows]
            assert len(set(keys)) == len(keys)

    each_drawn_frame()


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_an_empty_table_conforms(model, memory_or_sql):
    """No rows are no problem."""
    assert model.conform(as_engine(rows_of(model).clear(), memory_or_sql)).rows == 0


# The dictionary and the door


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_the_data_dictionary_has_every_column_with_its_gap_its_headings_and_its_rules(model):
    """As Markdown for readers and as Table Schema for programs."""
    said = as_markdown(model)
    for name, column in model.to_schema().columns.items():
        (line,) = [line for line in said.splitlines() if line.startswith(f"| `{name}` |")]
        assert f"**{column.title}**" in line
        assert column.metadata["gap"] in line
        assert all(alias in line for alias in model.aliases(name))
    for broken, change, _, words in BROKEN:
        if broken is model and len(change) == 1 and words not in {"is blank", "is below 0"}:
            assert f"- Refused: {words} (" in said
    program = json.loads(as_table_schema(model))
    assert [field["name"] for field in program["fields"]] == list(model.to_schema().columns)
    # What no two rows may share is among the standard's uniqueKeys, a list of columns each; none is made the primary key.
    assert program.get("uniqueKeys") == ([list(KEYS[model])] if KEYS[model] else None)
    assert "primaryKey" not in program


def test_every_table_and_code_list_is_at_the_door_and_each_table_on_the_page_of_the_data_dictionary(root):
    """The page shows each by its name at the door."""
    for name in ("CATEGORY_OF_ABUSE_CODES", "CLOSURE_REASON_CODES", "PRIMARY_NEED_CODES", "REFERRAL_SOURCE_CODES"):
        assert name in demand.__all__
        assert getattr(demand, name) is getattr(sources, name)
    page = (root / "docs" / "reference" / "data-dictionary.md").read_text(encoding="utf-8")
    for name in schema.__all__:
        assert getattr(demand, name) is getattr(schema, name)
        assert f"`bucks_cs.demand.{name}`" in page
        assert f"as_markdown({name})" in page
