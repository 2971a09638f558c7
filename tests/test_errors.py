"""Errors: each is what one expects to catch, says its fields and no more, and carries nothing behind it."""

from __future__ import annotations

import ast
import copy
import datetime as dt
import inspect
import pickle
import traceback
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucks_cs import errors, periods, provenance, units
from bucks_cs.errors import (
    AcrossBreak,
    Ambiguous,
    BucksError,
    EngineMismatch,
    FrameProblems,
    ImpossibleFigure,
    InvalidValue,
    MissingExtra,
    MissingSource,
    NotComparable,
    NotFound,
    NotInForce,
    OutsideCoverage,
    Problem,
    UnitError,
    UnknownArea,
    UnknownColumn,
    Unreadable,
    UnsupportedFrame,
    did_you_mean,
    of_kind,
)
from bucks_cs.indicators import Indicator, Withheld

TOKEN = "Qx7childNameQx7"

# One of each, what else it is, and its message written out by hand.
SAMPLES = [
    (BucksError(), Exception, "bucks_cs could not go on."),
    (InvalidValue(what="by", expected="a column"), ValueError, "by: expected a column."),
    (InvalidValue(what="by", expected="a column", hint=" Try team."), ValueError, "by: expected a column. Try team."),
    (
        Unreadable(what="a date", length=12, expected="2022-10-11"), ValueError,
        "cannot read a text of 12 characters as a date: expected 2022-10-11.",
    ),
    (
        Unreadable(what="a date", length=1, expected="2022-10-11"), ValueError,
        "cannot read a text of 1 character as a date: expected 2022-10-11.",
    ),
    (
        Ambiguous(what="this text", readings=("May", "June"), settle_by="say which"), ValueError,
        "this text could be May or June: say which.",
    ),
    (
        MissingSource(what="a share"), ValueError,
        "a share has no source: give a Source with title, publisher, date and place in it, "
        "or NoOfficialSource with the reason there is none.",
    ),
    (
        NotInForce(what="threshold", on="2015-01-01", ranges=("1 July 2016 to now",)), LookupError,
        "threshold: nothing in force on 2015-01-01; known: 1 July 2016 to now.",
    ),
    (NotInForce(what="limit", on="2015-01-01", ranges=()), LookupError, "limit: nothing in force on 2015-01-01; known: nothing."),
    (
        OutsideCoverage(what="the calendar", first="2012-01-01", last="2028-12-31"), ValueError,
        "the calendar is known from 2012-01-01 to 2028-12-31 only.",
    ),
    (UnitError(what="plan cannot be turned into child"), ValueError, "plan cannot be turned into child."),
    (ImpossibleFigure(what="a share", why="more than the whole"), ValueError, "a share: more than the whole."),
    (NotComparable(what="two years", why="of two kinds"), ValueError, "two years cannot be compared: of two kinds."),
    (
        AcrossBreak(what="two counts", why="a break lies between", breaks=("1 April 2020: a new council",)), NotComparable,
        "two counts cannot be compared: a break lies between (1 April 2020: a new council).",
    ),
    (
        NotFound(what="at", asked_on=("area", "period"), rows=1200), LookupError,
        "at: 1,200 rows match on area, period, where exactly one was asked for.",
    ),
    (NotFound(what="at", asked_on=(), rows=0), LookupError, "at: 0 rows match on nothing, where exactly one was asked for."),
    (UnknownArea(what="LA number"), LookupError, "unknown LA number."),
    (
        UnknownColumn(column="referal_date", columns=("child_id", "referral_date")), LookupError,
        "column: the frame has no column 'referal_date'; it has child_id, referral_date. Did you mean 'referral_date'?",
    ),
    (UnknownColumn(column="x", columns=(), argument="by"), LookupError, "by: the frame has no column 'x'; it has none."),
    (FrameProblems(schema="Referrals", problems=()), ValueError, "Referrals: 0 problems"),
    (
        UnsupportedFrame(kind="list"), TypeError,
        "cannot use a list as a frame: bucks_cs takes polars (eager or lazy), pandas, pyarrow, DuckDB relations and PySpark.",
    ),
    (
        EngineMismatch(first="duckdb", second="pyspark"), TypeError,
        "one frame is duckdb and the other pyspark: a frame is not moved out of a lazy engine unasked. "
        "Give both in one engine, or the second as polars, pandas or pyarrow.",
    ),
    (MissingExtra(package="pandas", extra="pandas"), ImportError, "pandas is not installed: pip install 'bucks_cs[pandas]'."),
]
EACH = [error for error, _, _ in SAMPLES]
KINDS = {thing for thing in vars(errors).values() if inspect.isclass(thing) and issubclass(thing, BucksError)}


def named(error):
    """A name for a case: the class."""
    return type(error).__name__ if isinstance(error, BaseException) else ""


def test_every_error_there_is_is_among_the_samples_of_this_file():
    """So that the tests below leave none out."""
    assert {type(error) for error in EACH} == KINDS


@pytest.mark.parametrize(("error", "kind", "_"), SAMPLES, ids=named)
def test_every_error_is_a_bucks_error_and_the_built_in_one_a_caller_expects(error, kind, _):
    """``except ValueError`` and ``except BucksError`` both catch it."""
    assert isinstance(error, BucksError)
    assert isinstance(error, kind)


@pytest.mark.parametrize(("error", "_", "message"), SAMPLES, ids=named)
def test_the_message_is_built_from_the_fields(error, _, message):
    """As str, as the only argument of the exception, and in repr behind the name of the class."""
    assert str(error) == error.message == message
    assert error.args == (message,)
    assert repr(error) == f"{type(error).__name__}({message!r})"


@pytest.mark.parametrize("error", EACH, ids=named)
def test_an_error_made_again_from_its_fields_is_equal_and_of_one_hash(error):
    """The fields are all there is to it."""
    again = type(error)(**error.fields)
    assert again == error
    assert hash(again) == hash(error)
    assert len({again, error}) == 1
    assert again is not error


@pytest.mark.parametrize("error", EACH, ids=named)
def test_errors_differ_where_a_field_or_the_class_differs(error):
    """The like of another class, with the same text in it, is another error, and so is the text."""
    assert error != str(error)
    assert all(error != other for other in EACH if other is not error)
    assert NotComparable(what="a", why="b") != AcrossBreak(what="a", why="b")
    assert AcrossBreak(what="a", why="b") != NotComparable(what="a", why="b")


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("error", EACH, ids=named)
def test_an_error_survives_pickling_and_copying(error, protocol):
    """As errors must that cross from a worker process."""
    for again in (pickle.loads(pickle.dumps(error, protocol)), copy.copy(error), copy.deepcopy(error)):
        assert again == error
        assert type(again) is type(error)
        assert again.args == error.args
        assert (again.__cause__, again.__context__) == (None, None)


def test_every_error_takes_its_fields_by_name_only():
    """A field is never mistaken for another by its place."""
    for kind in KINDS:
        with pytest.raises(TypeError):
            kind("text")


def test_every_error_is_exported_and_documented():
    """The page of reference shows what is public and has a docstring of its own: every class and every field of it."""
    page = Path(__file__).resolve().parents[1] / "docs" / "reference" / "api" / "errors.md"
    assert "::: bucks_cs.errors" in page.read_text(encoding="utf-8")
    assert {kind.__name__ for kind in KINDS} <= set(errors.__all__)
    for name in errors.__all__:
        thing = getattr(errors, name)
        own = vars(thing).get("__doc__") if inspect.isclass(thing) else thing.__doc__
        assert own, name
        assert not own.startswith("Method generated by attrs")
    for kind in KINDS - {BucksError}:
        assert attrs.fields(kind), f"{kind.__name__} has no fields to act on"
        assert "message" in vars(kind), f"{kind.__name__} says nothing of its own"


# Frames


def test_frame_problems_lists_every_broken_rule_with_its_count_of_rows():
    """Hand-written: singular and plural, thousands parted, no count where it is no matter of rows."""
    error = FrameProblems(
        schema="Referrals",
        problems=(
            Problem(column="referral_date", rule="is missing"),
            Problem(column="end, start", rule="end is before start", rows=1),
            Problem(column="child_id", rule="is null", rows=1234, hint=" Is it the local id?"),
            Problem(rule="rows repeat", rows=0),
        ),
    )
    assert str(error) == (
        "Referrals: 4 problems\n"
        "  - referral_date: is missing.\n"
        "  - end, start: end is before start (1 row).\n"
        "  - child_id: is null (1,234 rows). Is it the local id?\n"
        "  - the table: rows repeat (0 rows)."
    )


def test_a_single_problem_is_one_problem():
    """Not "1 problems"."""
    assert str(FrameProblems(schema="Plans", problems=(Problem(rule="no rows"),))) == "Plans: 1 problem\n  - the table: no rows."


@given(rows=st.integers(0, 10**12))
def test_a_problem_has_rows_but_for_one_which_is_a_row(rows):
    """Whatever the count."""
    said = str(Problem(column="a", rule="b", rows=rows))
    assert said == f"a: b ({rows:,} row{'' if rows == 1 else 's'})."


# Hints


def test_a_near_name_is_offered_as_it_is_written():
    """Case is passed over in the search, and kept in the hint."""
    assert did_you_mean("CHILDID", ["ChildId", "Team"]) == " Did you mean 'ChildId'?"


def test_two_near_names_are_both_offered():
    """The nearer first: one letter away against two."""
    assert did_you_mean("start_dat", ["start_dates", "start_date"]) == " Did you mean 'start_date' or 'start_dates'?"


def test_nothing_near_gives_no_hint():
    """Nor does a list of nothing."""
    assert did_you_mean("height", ["child_id", "team"]) == ""
    assert did_you_mean("height", []) == ""


@given(asked=st.text(max_size=20), known=st.lists(st.sampled_from(["child_id", "team", "start_date"]), unique=True))
def test_a_hint_prints_known_names_only(asked, known):
    """What was asked for may have been a cell, and is never in the hint unless it is one of the names."""
    hint = did_you_mean(asked, known)
    pairs = (f"{one!r} or {other!r}" for one in known for other in known)
    assert hint.replace(" Did you mean ", "").rstrip("?") in {"", *map(repr, known), *pairs}


# What an error never has in it


def tried(call):
    """The error a call raises."""
    with pytest.raises(BucksError) as caught:
        call()
    return caught.value


def inside_a_handler(call):
    """The same, while another error with the token is being handled by the library's caller."""
    try:
        int(TOKEN)
    except ValueError:
        return tried(call)


def an_indicator(**fields):
    """An indicator with one thing wrong."""
    good = {"key": "a.b", "title": "A", "counts": "b", "unit": "plan", "sources": ()}
    return Indicator(**good, **fields)


READERS = {
    "a unit": lambda: units.unit(TOKEN),
    "a quantity": lambda: units.quantity(f"5 {TOKEN}"),
    "a number alone": lambda: units.quantity(TOKEN),
    "a unit that is turned into": lambda: units.in_unit(units.quantity(5, "plan"), TOKEN),
    "a date": lambda: provenance.published(TOKEN),
    "a mark": lambda: Withheld.read(TOKEN),
    "a period": lambda: periods.parse(TOKEN),
    "a source's date": lambda: provenance.Source(title="T", publisher="P", place="1", date=TOKEN),
    "a source's title": lambda: provenance.Source(title=[TOKEN], publisher="P", place="1", date=dt.date(2022, 1, 1)),
    "a value's date": lambda: provenance.InForce(value=1, since=TOKEN, source=provenance.NoOfficialSource(reason="none")),
    "a value's source": lambda: provenance.InForce(value=1, since=dt.date(2022, 1, 1), source=TOKEN),
    "an indicator's measure": lambda: an_indicator(measure=TOKEN, kind=TOKEN, better=TOKEN),
}


@pytest.mark.parametrize("call", READERS.values(), ids=READERS)
def test_what_could_not_be_read_is_not_repeated_nor_carried_behind_the_error(call):
    """Not in message, repr, args, fields, notes, cause or context: attrs, pint and int() would all repeat it."""
    error = tried(call)
    assert (error.__cause__, error.__context__) == (None, None)
    for said in (str(error), repr(error), repr(error.args), repr(error.fields), repr(vars(error))):
        assert TOKEN not in said
    assert not hasattr(error, "__notes__")
    assert TOKEN not in "".join(traceback.format_exception_only(error))


@pytest.mark.parametrize("call", READERS.values(), ids=READERS)
def test_the_library_adds_no_context_of_its_own_inside_a_callers_handler(call):
    """Python ties the error to the one the caller was handling; the library puts none between."""
    error = inside_a_handler(call)
    assert error.__cause__ is None
    assert type(error.__context__) is ValueError
    assert error.__context__.__context__ is None


def test_nothing_in_the_library_raises_from_another_error_or_inside_a_handler():
    """``raise ... from`` would keep a cause, and a raise inside ``except`` a context: both hold what pint or polars said."""
    source = Path(errors.__file__).parent
    found = []
    for path in sorted(source.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        raised = [node for node in ast.walk(tree) if isinstance(node, ast.Raise)]
        handlers = [node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler)]
        handled = [node for handler in handlers for node in ast.walk(handler) if isinstance(node, ast.Raise)]
        # A bare raise lets the caller's own error through as it was.
        trouble = [node for node in raised if node.cause is not None] + [node for node in handled if node.exc is not None]
        found += [f"{path.name}:{node.lineno}" for node in trouble]
    assert found == []


# The validator


@attrs.frozen(kw_only=True)
class Visit:
    """Something with fields of each sort."""

    on: dt.date = attrs.field(default=dt.date(2022, 1, 1), validator=of_kind(dt.date, expected="a date"))
    count: int = attrs.field(default=1, validator=of_kind(int, expected="a whole number"))
    done: bool = attrs.field(default=False, validator=of_kind(bool, expected="yes or no"))
    at: object = attrs.field(default=None, validator=of_kind(dt.datetime, type(None), expected="a time, or None"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"on": TOKEN}, {"on": None}, {"on": dt.datetime(2022, 1, 1)}, {"count": TOKEN}, {"count": True}, {"count": 1.0},
        {"done": 1}, {"done": TOKEN}, {"at": dt.date(2022, 1, 1)}, {"at": TOKEN},
    ],
    ids=repr,
)
def test_of_kind_refuses_another_kind_and_names_the_field(wrong):
    """A date with a time of day is no date, True is no number, and 1 is no True."""
    error = tried(lambda: Visit(**wrong))
    assert isinstance(error, InvalidValue)
    assert error.what == f"Visit.{next(iter(wrong))}"
    assert TOKEN not in str(error)


def test_of_kind_takes_what_it_was_made_for():
    """Each kind by itself, and None where None is one of them."""
    assert Visit(on=dt.date(2022, 1, 2), count=3, done=True, at=dt.datetime(2022, 1, 1, 9, 30)).count == 3
    assert Visit(at=None).at is None
