"""Trackers as councils keep them: headings, cells and words read exactly or refused with counts, and written back the same."""

from __future__ import annotations

import datetime as dt
import pickle
from decimal import Decimal

import attrs
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs.errors import Ambiguous, BucksError, FrameProblems, InvalidValue, MissingSource, Unreadable, UnsupportedFrame
from bucks_cs.frames import Checked
from bucks_cs.frames.engine import Engine, collect, engine_of, enter
from bucks_cs.periods import FinancialYear
from bucks_cs.record import savings_lines
from bucks_cs.savings import (
    Basis,
    CheckedTracker,
    Delivered,
    Dependency,
    PrintedSign,
    Recurrence,
    SavingsTracker,
    Status,
    StatusOn,
    TotalRows,
    TrackerLayout,
    YearColumn,
    as_tracker,
    in_pence,
    lines_of_tracker,
    pounds,
    read_money,
    read_tracker,
    tracker_of_lines,
    write_tracker,
)
from bucks_cs.testing import as_engine
from made_up_savings import KEPT, SAID, TOKEN, YEARS, lines, ods, xlsx

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
BELOW, ABOVE = PrintedSign.BELOW_ZERO, PrintedSign.ABOVE_ZERO
Y23, Y24 = FinancialYear("2023-24"), FinancialYear("2024-25")
DAY = dt.date(2024, 1, 31)


def read(cells, *, heading="2023/24 £'000", sign=ABOVE, **said):
    """A tracker of one column of cells, a line each."""
    names = [f"S{n:03}" for n in range(len(cells))]
    made = pl.DataFrame({"Ref": names, "description": "A saving", heading: pl.Series(cells, strict=False)})
    return read_tracker(made, sign=sign, programme="P", **said)


def figures(tracker):
    """The pence of a tracker, line by line and year by year."""
    return {(row["line"], row["financial_year"]): row["pence"] for row in rows_of(tracker)}


def rows_of(tracker):
    """The rows of a checked tracker or a frame of any engine, in order of line and year where it has them."""
    lazy = tracker.lazy if isinstance(tracker, Checked) else enter(tracker)[0]
    return collect(lazy).to_dicts()


def problems(caught):
    """The rules that are broken, with their columns and counts."""
    return {(problem.column, problem.rule): problem.rows for problem in caught.value.problems}


# Read


@pytest.mark.parametrize("engine", ENGINES)
def test_a_wide_tracker_becomes_a_row_a_line_and_year_in_its_own_engine(engine):
    """By hand: (390) under £'000 where savings are below 0 is £390,000; -0.390 under £m is the same; a blank is no 0."""
    tracker = read_tracker(as_engine(KEPT, engine), sign=BELOW, basis=Basis.INCREMENTAL, recurrence=Recurrence.RECURRING)
    assert figures(tracker) == {
        ("S1", "2023-24"): 39_000_000,
        ("S1", "2024-25"): 39_000_000,
        ("S2", "2023-24"): 33_200_000,
        ("S2", "2024-25"): None,
        ("S3", "2023-24"): 0,
        ("S3", "2024-25"): 2_500_000,
    }
    assert engine_of(tracker.frame) is engine
    rows = rows_of(tracker)
    first = next(row for row in rows if (row["line"], row["financial_year"]) == ("S1", "2023-24"))
    expected = {
        "description": "An Edge of Care Team",
        "programme": "Placements",
        "cost_centre": "CC1",
        "kind": "cashable",
        "basis": "incremental",
        "recurrence": "recurring",
        "as_printed": "(390)",
        "printed_unit": "£'000",
        "printed_sign": "savings below 0",
        "Comments": "x",
    }
    assert {name: first[name] for name in expected} == expected
    assert {row["kind"] for row in rows} == {"cashable", "cost avoidance", "income"}
    assert isinstance(tracker, CheckedTracker)
    assert pickle.loads(pickle.dumps(tracker.layout)) == tracker.layout


@pytest.mark.parametrize(
    ("heading", "cell", "pence"),
    [
        ("2023/24 £'000", "450", 45_000_000),
        ("2023-24 (£m)", "1.3", 130_000_000),
        ("£000s 2023/24", "450", 45_000_000),
        ("FY2023/24, £k", "450", 45_000_000),
        ("2023 to 2024 in £m", "0.00000001", 1),
        ("financial year 2023/2024\n£ million", "2", 200_000_000),
        ("23/24 £", "450.25", 45_025),
        ("2023–24", "£450,000", 45_000_000),
        ("2023-24", "£1.3m", 130_000_000),
    ],
)
def test_the_year_and_the_unit_are_read_from_the_heading(heading, cell, pence):
    """By hand: thousands, millions and pounds, in the order and with the dashes that people write; or in each cell."""
    assert figures(read([cell], heading=heading)) == {("S000", "2023-24"): pence}


def test_the_unit_may_be_said_for_headings_that_do_not():
    """And must agree with those that do."""
    assert figures(read(["450"], heading="2023-24", unit="£'000")) == {("S000", "2023-24"): 45_000_000}
    assert figures(read(["450"], heading="2023-24 £000", unit="£'000")) == {("S000", "2023-24"): 45_000_000}
    with pytest.raises(InvalidValue, match="unit"):
        read(["450"], heading="2023-24 £m", unit="£'000")


def test_figures_without_a_unit_are_refused_with_the_readings_they_could_have():
    """As text and as numbers, with how many there are and none of them; some with a unit of their own do not help the others."""
    for cells in (["450", "12.5"], [450, 12], [450.0, 12.5], ["£450", "£1m", "450", "12"]):
        with pytest.raises(Ambiguous) as caught:
            read(cells, heading="2023-24")
        assert caught.value.readings == read_money_readings()
        assert "(2 of them without a unit)" in str(caught.value)
        assert "450" not in str(caught.value)
        assert caught.value.__context__ is None


def read_money_readings():
    """The readings that a single amount without a unit could have."""
    with pytest.raises(Ambiguous) as caught:
        read_money("450")
    return caught.value.readings


def test_every_wrong_cell_is_counted_by_column_and_none_is_shown():
    """What is no amount, what says two units and what says none; and rows that are well."""
    made = pl.DataFrame({
        "Ref": ["a", "b", "c", "d"], "description": "A", "programme": "P",
        "2023/24 £'000": ["1", TOKEN, "£5", "over £1m"], "2024/25": ["£1", "2", "3", "45%"],
    })  # fmt: skip
    with pytest.raises(FrameProblems) as caught:
        read_tracker(made, sign=ABOVE)
    assert problems(caught) == {
        ("2023/24 £'000", "is no amount of money"): 2,
        ("2023/24 £'000", "has a £ of its own, under a heading of £'000"): 1,
        ("2024/25", "is no amount of money"): 1,
        ("2024/25", "says no unit, nor does its heading"): 2,
    }


# Cells, against the reading of one text


def one_reading(text, heading):
    """What `read_money` makes of a text: pence, or the kind of refusal; None for a blank. A rate is no figure of a year."""
    if not text.strip():
        return None
    try:
        amount = read_money(text, heading=heading).amount
    except Ambiguous as refused:
        return "two units" if "own £" in str(refused) else "no unit"
    except Unreadable:
        return "unread"
    return in_pence(amount) if str(amount.units) == "GBP" else "unread"


def as_a_column(texts, heading, engine):
    """What the columns make of the same texts."""
    from bucks_cs.savings.schema.tracker_cells import CellColumn, with_pence

    made = pl.DataFrame({"n": range(len(texts)), "t": texts}, schema={"n": pl.Int64, "t": pl.String})
    lazy, _ = enter(as_engine(made, engine))
    cell = CellColumn(name="t", number=0, dtype=lazy.collect_schema()["t"], heading=heading)
    found = collect(with_pence(lazy, [cell])).sort("n")
    words = {1: "unread", 2: "no unit", 3: "two units"}
    return [pence if not wrong else words[wrong] for pence, wrong in found.select("__pence_0", "__wrong_0").rows()]


SHAPES = [
    "£450,000", "(450)", "£1.3m", "-£2,331k", "-2,331", "£(450)", "−£0.05", "0", "1.325", "£1.325m", "£450", "(1,325)", "£1,325m",
    "", "  ", "-", "nil", "n/a", "TBC", "£0.005", "0.00000001", "1.30 million [note 2]", "£1\u00a0234\u2009567",
    "£1\u00a0234\u00a0567",
    "5.", ".5", "+3", "+£3", "-£-3", "(-3)", "((3))", "(3", "£99999bn", "£1bn", "1000000000000", "1000000000001", "0" * 30 + "12",
    "12.5000000000", "over £1m", "(£5k)", "( 5 )*", "1,23", "1,234,56", "450 children", "45%", "£1e6", "5 k", "5 K",
    "£5 Thousand",
    "£5mm", "k", "£", "£ - 5", "5†", "[r]", "£5 (p)", "about £5m", "10-20", "\u20035\u2003", "٣", "1.2.3", "--5", "– 5",
]  # fmt: skip


@pytest.mark.parametrize("engine", [Engine.POLARS, Engine.DUCKDB])
@pytest.mark.parametrize("heading", [None, "£", "£'000", "£m", "£bn"])
def test_cells_are_read_in_columns_as_one_text_is_read(heading, engine):
    """Every shape that people write, in every unit: the same pence, and the same refusals."""
    assert as_a_column(SHAPES, heading, engine) == [one_reading(text, heading) for text in SHAPES]


AMOUNTS = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "", "(", "-", "−", "+", " "]), st.sampled_from(["", "£", "£ "]), st.sampled_from(["", "-", "("]),
        st.from_regex(r"[0-9]{1,3}(,[0-9]{3}){0,4}(\.[0-9]{1,10})?", fullmatch=True) | st.from_regex(r"[0-9]{0,14}\.?[0-9]{0,4}"),
        st.sampled_from(["", "k", "m", " m", "bn", "mn", " million", "K", "x"]), st.sampled_from(["", ")", "*", " (r)", "%"]),
    ),
)  # fmt: skip


TEXTS = st.text(max_size=8).filter(lambda text: "\x00" not in text)


@given(st.lists(AMOUNTS | TEXTS, max_size=60), st.sampled_from([None, "£", "£'000", "£m"]))
@settings(max_examples=settings.default.max_examples // 3)
def test_any_text_is_read_in_a_column_as_it_is_read_alone(texts, heading):
    """Amounts put together from their parts, and any text at all; but for a rate, which a column of a year never is."""
    said = [one_reading(text, heading) for text in texts]
    found = as_a_column(texts, heading, Engine.POLARS)
    assert [one for one, text in zip(found, texts, strict=True) if "/" not in text] == [
        one for one, text in zip(said, texts, strict=True) if "/" not in text
    ]


PENCE = st.integers(-(10**13), 10**13)


@given(st.lists(PENCE, min_size=1, max_size=40), st.sampled_from([("£", 1), ("£'000", 1_000), ("£m", 10**6)]))
@settings(max_examples=settings.default.max_examples // 10)
def test_numbers_are_read_to_the_penny(pence, unit):
    """Pence divided by what a unit is worth, as a float, are the same pence again; so is the float that a sum of floats gives."""
    heading, times = unit
    cells = [amount / (100 * times) for amount in pence]
    assert list(figures(read(cells, heading=f"2023/24 {heading}")).values()) == pence
    assert figures(read([0.1 + 0.2], heading="2023/24 £")) == {("S000", "2023-24"): 30}


@pytest.mark.parametrize("cell", [0.005, 1e15, float("inf"), float("nan"), 10**16, -(10**16)])
def test_a_number_that_is_no_whole_pence_is_counted(cell):
    """Half a penny, and more than there are pounds; in polars what is no number is no blank."""
    with pytest.raises(FrameProblems) as caught:
        read([cell, 1], heading="2023/24 £")
    assert problems(caught) == {("2023/24 £", "is no amount of money"): 1}


def test_whole_numbers_and_true_decimals_are_figures_too():
    """A column of either, and one of nothing at all beside another."""
    assert figures(read([450, -7])) == {("S000", "2023-24"): 45_000_000, ("S001", "2023-24"): -700_000}
    assert list(figures(read([Decimal("0.01"), Decimal("-2")], heading="2023/24 £")).values()) == [1, -200]
    made = pl.DataFrame({"Ref": ["a"], "description": "A", "programme": "P", "2023/24 £k": ["1"], "2024/25 £k": [None]})
    assert figures(read_tracker(made, sign=ABOVE)) == {("a", "2023-24"): 100_000, ("a", "2024-25"): None}


def test_blanks_and_noughts_may_have_words():
    """TBC is no figure and a dash is 0 where somebody says so; without that both are refused."""
    made = pl.DataFrame({
        "Ref": ["a", "b", "c"], "description": "A", "programme": "P", "2023/24 £k": ["TBC", " - ", "5"], "2024/25 £k": 1,
    })  # fmt: skip
    found = read_tracker(made, sign=ABOVE, blanks=("tbc",), zeros=("-",))
    assert [figures(found)[line, "2023-24"] for line in "abc"] == [None, 0, 500_000]
    with pytest.raises(FrameProblems) as caught:
        read_tracker(made, sign=ABOVE)
    assert problems(caught) == {("2023/24 £k", "is no amount of money"): 2}
    with pytest.raises(InvalidValue, match="each text in one"):
        read(["5"], blanks=("-",), zeros=("-",))


# Headings


def test_headings_with_more_words_are_named_or_passed_over_with_a_note():
    """A column of a year's colours is no figure; one of savings is, once it is named, and its unit is read from its heading."""
    made = pl.DataFrame({
        "Ref": ["a"], "description": "A", "programme": "P", "Saving 2023/24 (£k)": [5], "2023/24 RAG": ["G"], "2024/25 £k": [1],
    })  # fmt: skip
    passed = read_tracker(made, sign=ABOVE)
    assert figures(passed) == {("a", "2024-25"): 100_000}
    said = [note.column for note in passed.notes if "beside other words" in note.what]
    assert said == ["Saving 2023/24 (£k)", "2023/24 RAG"]
    named = read_tracker(made, sign=ABOVE, years={Y23: "Saving 2023/24 (£k)", Y24: "2024/25 £k"})
    assert figures(named) == {("a", "2023-24"): 500_000, ("a", "2024-25"): 100_000}


def test_headings_that_cannot_be_told_are_refused():
    """No year at all, two columns of one year, a named column that is not there."""
    made = pl.DataFrame({"Ref": ["a"], "description": "A", "programme": "P", "Amount": ["£5"]})
    with pytest.raises(FrameProblems, match="no heading is a financial year"):
        read_tracker(made, sign=ABOVE)
    with pytest.raises(FrameProblems, match="there is no such column"):
        read_tracker(made, sign=ABOVE, years={Y23: "Amounts"})
    assert figures(read_tracker(made, sign=ABOVE, years={Y23: "Amount"})) == {("a", "2023-24"): 500}
    twice = made.with_columns(pl.lit("1").alias("2023/24 £k"), pl.lit("1").alias("2023-24 (£m)"))
    with pytest.raises(FrameProblems, match="are all of 2023-24"):
        read_tracker(twice, sign=ABOVE)


def test_columns_about_the_line_are_found_named_or_done_without():
    """By headings that are known, by columns=, and not at all; without a name of its own a line is called what it does."""
    made = pl.DataFrame({"What we will do": ["A", "B"], "Budget holder": ["X", None], "2023/24 £k": [1, 2]})
    found = read_tracker(made, sign=ABOVE, programme="P", columns={"description": "What we will do", "owner": "Budget holder"})
    assert [(row["line"], row["description"], row["owner"], row["programme"]) for row in rows_of(found)] == [
        ("A", "A", "X", "P"),
        ("B", "B", None, "P"),
    ]
    with pytest.raises(FrameProblems, match="is no column of this schema"):
        read_tracker(made, sign=ABOVE, programme="P", columns={"desc": "What we will do"})
    with pytest.raises(FrameProblems, match="programme: there is no such column"):
        read_tracker(made, sign=ABOVE, columns={"description": "What we will do"})


def test_numbers_as_names_of_lines_become_text():
    """As spreadsheets keep them, with or without a point."""
    made = pl.DataFrame({"ID": [101.0, 102.0], "description": "A", "programme": "P", "2023/24 £k": [1, 2]})
    assert set(figures(read_tracker(made, sign=ABOVE))) == {("101", "2023-24"), ("102", "2023-24")}


def test_numbers_beside_texts_in_pandas_are_read_as_text():
    """As pandas reads a spreadsheet: a column of objects, numbers and texts, and names of both kinds; said in a note."""
    made = pd.DataFrame({"Ref": [101, "S2"], "description": "A", "programme": "P", "2023/24 £k": [450.5, "(12)"]})
    found = read_tracker(made, sign=ABOVE)
    assert figures(found) == {("101", "2023-24"): 45_050_000, ("S2", "2023-24"): -1_200_000}
    assert [note.column for note in found.notes if "read as text" in note.what] == ["Ref", "2023/24 £k"]
    assert isinstance(found.frame, pd.DataFrame)
    made["2023/24 £k"] = [[450], "12"]
    with pytest.raises(FrameProblems, match="is no amount of money"):
        read_tracker(made, sign=ABOVE)


# Words


def test_words_for_closed_choices_are_known_said_or_refused():
    """Those of this library with any case, space or hyphen; a tracker's own where it is said what they mean; no others."""
    made = pl.DataFrame({
        "Ref": ["a", "b", "c"], "description": "A", "programme": "P", "2023/24 £k": 1,
        "Recurrence": ["One Off", "RECURRING", "Ongoing"], "Status": ["On-Track", "not stated", "G"],
    })  # fmt: skip
    with pytest.raises(FrameProblems) as caught:
        read_tracker(made, sign=ABOVE)
    assert sorted(problems(caught).values()) == [1, 1]
    assert {column for column, _ in problems(caught)} == {"recurrence", "status"}
    found = read_tracker(made, sign=ABOVE, words={"ongoing": Recurrence.RECURRING, "g": Status.AT_RISK})
    assert [(row["recurrence"], row["status"]) for row in rows_of(found)] == [
        ("one-off", "on track"),
        ("recurring", None),
        ("recurring", "at risk"),
    ]


def test_what_a_column_says_nobody_may_say_again():
    """The basis, the base year, the recurrence and the programme; a cumulative basis goes with its base year."""
    made = pl.DataFrame({
        "Ref": ["a"], "description": "A", "Programme": "P", "Basis": "cumulative", "Base year": "2022/2023", "2023/24 £k": 1,
    })  # fmt: skip
    assert rows_of(read_tracker(made, sign=ABOVE))[0]["base_year"] == "2022-23"
    for said in ({"basis": Basis.INCREMENTAL}, {"programme": "Q"}, {"base_year": Y23}):
        with pytest.raises(InvalidValue, match="a column that says it"):
            read_tracker(made, sign=ABOVE, **said)
    bare = made.drop("Basis", "Base year")
    for said in ({"basis": Basis.CUMULATIVE}, {"basis": Basis.INCREMENTAL, "base_year": Y23}):
        with pytest.raises(InvalidValue, match="base_year"):
            read_tracker(bare, sign=ABOVE, **said)
    found = read_tracker(bare, sign=ABOVE, basis=Basis.CUMULATIVE, base_year=FinancialYear("2022-23"))
    assert (rows_of(found)[0]["basis"], rows_of(found)[0]["base_year"]) == ("cumulative", "2022-23")
    with pytest.raises(FrameProblems, match="a figure in the base year or before it"):
        read_tracker(bare, sign=ABOVE, basis=Basis.CUMULATIVE, base_year=Y23)
    with pytest.raises(FrameProblems, match="a base year without the cumulative basis"):
        read_tracker(made.drop("Base year"), sign=ABOVE)
    assert rows_of(read_tracker(bare, sign=ABOVE, basis=Basis.UNSTATED))[0]["basis"] is None


def test_a_figure_of_no_named_year_comes_after_those_that_have_one():
    """As table 2 of the Director's response prints it: Future Savings."""
    made = pl.DataFrame({
        "Ref": ["a", "b", "c"], "description": "A", "programme": "P", "2023/24 £k": ["390", "620", ""],
        "Future Savings (£k)": ["390", "", "1,325"],
    })  # fmt: skip
    found = read_tracker(made, sign=ABOVE, unplaced="Future Savings (£k)")
    said = [(row["unplaced"], row["unplaced_after"], row["unplaced_pence"], row["unplaced_as_printed"]) for row in rows_of(found)]
    future = "Future Savings (£k)"
    assert said == [(future, "2023-24", 39_000_000, "390"), (None, None, None, None), (future, "2023-24", 132_500_000, "1,325")]
    with pytest.raises(FrameProblems, match="there is no such column"):
        read_tracker(made, sign=ABOVE, unplaced="Future")


# Rows


def test_rows_that_are_no_lines_are_left_out_or_refused_with_counts():
    """Blank rows are left out and said; words without a figure, a line twice and a missing name are refused."""
    blank = pl.DataFrame({"Ref": ["a", None, " "], "description": ["A", "", None], "2023/24 £k": ["1", None, ""]})
    found = read_tracker(blank, sign=ABOVE, programme="P")
    assert figures(found) == {("a", "2023-24"): 100_000}
    assert [(note.what, note.rows) for note in found.notes if note.rows] == [("blank rows left out", 2)]
    wordy = blank.with_columns(description=pl.Series(["A", "Adults", None]))
    with pytest.raises(FrameProblems) as caught:
        read_tracker(wordy, sign=ABOVE, programme="P")
    assert problems(caught) == {(None, "rows have words and no figure in any year"): 1}
    twice = pl.DataFrame({"Ref": ["a", "a", None], "description": ["A", "B", None], "2023/24 £k": 1, "2024/25 £k": 1})
    with pytest.raises(FrameProblems) as caught:
        read_tracker(twice, sign=ABOVE, programme="P")
    assert problems(caught) == {
        ("line", "is missing"): 1,
        ("description", "is missing"): 1,
        ("line", "more than one row has the same"): 2,
    }


TOTALS = pl.DataFrame({
    "Ref": ["a", "b", "Sub-total", "c", "Grand total", None],
    "description": ["A", "B", None, "Totally new", None, "Placements total"],
    "Programme": ["Placements", "Placements", None, "Staff", None, None],
    "2023/24 £k": [1, 2, 3, 4, 7, 3],
    "2024/25 £k": [1, None, 1, 1, 2, 1],
})  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_of_totals_are_refused_left_out_and_compared_or_taken_for_lines(engine):
    """By hand: 1 + 2 + 4 = 7 and 1 + 1 = 2, so the grand total agrees; 3 is not 7, so that "Placements total", which names no
    programme in its column, differs in both years; the sub-total does not say of what.
    """
    with pytest.raises(FrameProblems) as caught:
        read_tracker(as_engine(TOTALS, engine), sign=ABOVE)
    assert problems(caught) == {(None, "rows say that they are a total of others"): 3}
    found = read_tracker(as_engine(TOTALS, engine), sign=ABOVE, totals=TotalRows.LEFT_OUT)
    assert {line for line, _ in figures(found)} == {"a", "b", "c"}
    assert [(note.what, note.rows) for note in found.notes if note.rows] == [
        ("rows of totals left out", 3),
        ("figures of those totals that are not the sum of their lines", 2),
        ("rows of sub-totals that do not say of what, and were not compared", 1),
    ]


def test_a_total_of_a_programme_is_compared_with_its_lines_alone():
    """Placements: 1 + 2 = 3 and 1, said in the column or after the name as a spreadsheet's own subtotals do."""
    for said in ("Placements", "Placements Total", "Sub-total: Placements"):
        total = {"Ref": ["Total"], "description": [None], "Programme": [said], "2023/24 £k": [3], "2024/25 £k": [1]}
        made = TOTALS.filter(pl.col("Ref").is_in(["a", "b", "c"])).vstack(pl.DataFrame(total, schema=TOTALS.schema))
        found = read_tracker(made, sign=ABOVE, totals=TotalRows.LEFT_OUT)
        assert [note.what for note in found.notes if note.rows] == ["rows of totals left out"]


def test_a_line_may_be_called_a_total():
    """Where somebody says so, it is one like any other."""
    made = pl.DataFrame({"Ref": ["a"], "description": "Total Mobile licences", "programme": "P", "2023/24 £k": [1]})
    with pytest.raises(FrameProblems):
        read_tracker(made, sign=ABOVE)
    assert figures(read_tracker(made, sign=ABOVE, totals=TotalRows.LINES)) == {("a", "2023-24"): 100_000}


# Files

SHEET = [
    ["Savings tracker", None, None, None, None],
    ["Ref", "Savings description", "Programme", "2023/24 £'000", "2024/25 £m"],
    ["S1", "A", "P", -332, -2.331],
    ["S2", "B", "P", 0.1 + 0.2, "(0.5)"],
    [101, "C", "P", None, -1.325],
]
IN_SHEET = {
    ("S1", "2023-24"): 33_200_000,
    ("S1", "2024-25"): 233_100_000,
    ("S2", "2023-24"): -30_000,
    ("S2", "2024-25"): 50_000_000,
    ("101", "2023-24"): None,
    ("101", "2024-25"): 132_500_000,
}


@pytest.mark.parametrize("written", [xlsx, ods])
def test_a_spreadsheet_is_read_with_its_headings_in_a_later_row(tmp_path, written):
    """By hand, to the penny: numbers as numbers, and numbers beside a text as the text they are."""
    path = written(tmp_path / f"tracker.{written.__name__}", SHEET)
    assert figures(read_tracker(path, sign=BELOW, header_row=2)) == IN_SHEET
    assert figures(read_tracker(str(path), sign=BELOW, header_row=2, sheet="Tracker")) == IN_SHEET
    with pytest.raises(InvalidValue, match="sheet"):
        read_tracker(path, sign=BELOW, sheet=TOKEN)


def test_a_csv_file_is_read_as_text(tmp_path):
    """Whatever it looks like, so that 001 stays 001."""
    path = tmp_path / "tracker.csv"
    path.write_text("A title\nRef,description,programme,2023/24 £'000\n001,A,P,\"(1,325)\"\n", "utf-8")
    assert figures(read_tracker(path, sign=BELOW, header_row=2)) == {("001", "2023-24"): 132_500_000}


def test_files_that_cannot_be_read_are_refused(tmp_path):
    """No such file, another kind, and one that is not what it says; nothing of it is shown."""
    for path in (tmp_path / "none.csv", tmp_path, "none.xlsx"):
        with pytest.raises(InvalidValue, match="frame"):
            read_tracker(path, sign=BELOW)
    for name, refusal in (("a.pdf", InvalidValue), ("a.xlsx", FrameProblems), ("a.ods", FrameProblems), ("a.csv", FrameProblems)):
        (tmp_path / name).write_bytes(TOKEN.encode() + b"\xff\x00" * 9)
        with pytest.raises(refusal) as caught:
            read_tracker(tmp_path / name, sign=BELOW)
        assert TOKEN not in str(caught.value)
        assert caught.value.__context__ is None
    for said in ({"header_row": 0}, {"header_row": True}, {"sheet": 5}, {"header_row": 2}, {"sheet": "a"}):
        with pytest.raises(InvalidValue):
            read_tracker(KEPT, sign=BELOW, **said)


# Written back


@pytest.mark.parametrize("engine", ENGINES)
def test_a_tracker_is_written_back_in_the_same_shape(engine):
    """The same headings in the same order, and the same cells but for their form; the caller's own kind."""
    back = as_tracker(read_tracker(as_engine(KEPT, engine), sign=BELOW))
    assert engine_of(back) is engine
    rows = rows_of(back)
    assert list(rows[0]) == KEPT.columns
    assert [row["2023/24 £'000"] for row in rows] == [-390.0, -332.0, 0.0]
    assert [row["2024-25 (£m)"] for row in rows] == [-0.39, None, -0.025]
    assert [row["Comments"] for row in rows] == ["x", "y", None]
    assert [row["Type"] for row in rows] == ["cashable", "cost avoidance", "income"]


THREE = st.lists(st.none() | PENCE, min_size=3, max_size=3).filter(lambda row: any(cell is not None for cell in row))


def in_pounds(pence):
    """Pence as people write pounds; None stays."""
    return None if pence is None else f"{'-' if pence < 0 else ''}£{abs(pence) // 100}.{abs(pence) % 100:02}"


@given(st.lists(THREE, min_size=1, max_size=8), st.sampled_from(["£", "£'000", "£m", None]), st.sampled_from(PrintedSign))
@settings(max_examples=settings.default.max_examples // 12)
def test_reading_what_was_written_gives_the_same_tracker(rows, unit, sign):
    """Any pence in any unit with either sign, blanks among them: the same lines, years and pence, and again the same cells."""
    headings = [f"{year}{'' if unit is None else f' {unit}'}" for year in YEARS[:3]]
    said = {"Ref": [f"S{n}" for n in range(len(rows))], "description": "A", "programme": "P"}
    columns = {f"{year}": pl.Series([in_pounds(row[n]) for row in rows], dtype=pl.String) for n, year in enumerate(YEARS[:3])}
    first = read_tracker(pl.DataFrame(said | columns), sign=sign)
    layout = TrackerLayout(
        columns={"line": "Ref", "description": "description", "programme": "programme"},
        years=[YearColumn(year=year, heading=heading, unit=unit) for year, heading in zip(YEARS, headings, strict=False)],
        sign=sign,
        order=["Ref", "description", "programme", *headings],
    )
    wide = as_tracker(first, layout=layout)
    again = read_tracker(wide, sign=sign)
    assert figures(again) == figures(first)
    assert as_tracker(again).equals(wide)


def test_a_tracker_with_no_layout_has_one_of_its_own(tmp_path):
    """This library's names, and pounds above 0 for each year that has a figure; as a file too, with its £ kept."""
    tracker = tracker_of_lines(savings_lines().line("locality-based-model"))
    path = write_tracker(tracker, tmp_path / "written.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    again = read_tracker(path, sign=ABOVE, columns={"status_date": None})
    assert [row["pence"] for row in rows_of(again)] == [33_200_000, 233_100_000, 288_300_000]
    assert "2023-24 (£)" in as_tracker(tracker).columns


def test_layouts_and_paths_that_cannot_be_are_refused(tmp_path):
    """A year without a column, a heading without one, and a file that is none."""
    tracker = read_tracker(KEPT, sign=BELOW)
    one = {"columns": {"line": "Ref"}, "sign": BELOW, "years": [YearColumn(year=Y23, heading="x", unit="£")]}
    with pytest.raises(InvalidValue, match="2024-25"):
        as_tracker(tracker, layout=TrackerLayout(**one, order=["Ref", "x"]))
    two = one | {"years": [*one["years"], YearColumn(year=Y24, heading="y")]}
    with pytest.raises(InvalidValue, match="headings"):
        as_tracker(tracker, layout=TrackerLayout(**two, order=["Ref", "x", "y", "z"]))
    for path in (tmp_path / "a.xlsx", tmp_path / "none" / "a.csv", 5):
        with pytest.raises(InvalidValue, match="path"):
            write_tracker(tracker, path)
    with pytest.raises(InvalidValue, match="layout"):
        as_tracker(tracker, layout="wide")
    twice = [YearColumn(year=Y23, heading="x")] * 2
    for wrong in ({"years": []}, {"sign": "-"}, {"order": ["Ref", "Ref"]}, {"years": twice}, {"years": 5}):
        with pytest.raises(InvalidValue):
            TrackerLayout(**({**one, "order": ["Ref"]} | wrong))
    for wrong in ({"year": 2023}, {"heading": 5}, {"unit": "people"}):
        with pytest.raises(InvalidValue):
            YearColumn(**({"year": Y23, "heading": "x"} | wrong))


# Objects and frames


@given(st.integers(0, 10**6))
@settings(max_examples=settings.default.max_examples // 8)
def test_lines_come_back_from_a_tracker_the_same(seed):
    """Every field that a tracker has a column for, to the penny, with gaps, figures of no named year and statuses."""
    made = lines(seed, 12)
    assert list(lines_of_tracker(tracker_of_lines(made), source=SAID)) == made


@pytest.mark.parametrize("engine", ENGINES)
def test_a_tracker_of_any_engine_gives_its_lines(engine):
    """The same objects whatever the frame is."""
    made = lines(5, 20)
    frame = as_engine(tracker_of_lines(made).frame, engine)
    assert list(lines_of_tracker(frame, source=SAID)) == made


def test_the_tables_of_the_document_come_through_a_tracker_unchanged():
    """Table 1 of the Director's response: -332, -2,331 and -2,883 under £'000, as the record has them, print and all."""
    locality = savings_lines().line("locality-based-model")
    kept = pl.DataFrame({
        "Ref": [locality.key], "description": [locality.description], "Programme": [locality.programme],
        "2023-24 £’000": ["-332"], "2024-25 £’000": ["-2,331"], "2025-26 £’000": ["-2,883"],
    })  # fmt: skip
    (read_back,) = lines_of_tracker(read_tracker(kept, sign=BELOW), source=locality.source)
    assert read_back == locality


def test_what_a_tracker_has_no_column_for_is_refused_by_name():
    """What a line stands on and delivered is not dropped in silence, nor a source made up."""
    made = lines(1, 1)[0]
    for changed in (
        {"depends_on": Dependency(on="b")},
        {"delivered": Delivered(year=YEARS[0], saving=pounds(1), as_at=YEARS[0].end)},
        {"already_counted_in": ("a; b",)},
        {"already_counted_in": ("Nothing",)},
    ):
        with pytest.raises(InvalidValue, match=next(iter(changed))):
            tracker_of_lines(attrs.evolve(made, **changed))
    with pytest.raises(InvalidValue, match="status"):
        tracker_of_lines(savings_lines().line("in-house-placements"))
    with pytest.raises(MissingSource):
        lines_of_tracker(tracker_of_lines(made), source=None)


def test_a_status_needs_its_day():
    """A tracker's own, or the one that is said for all."""
    made = pl.DataFrame({"Ref": ["a"], "description": "A", "programme": "P", "Status": ["Agreed"], "2023/24 £k": [1]})
    tracker = read_tracker(made, sign=ABOVE)
    with pytest.raises(InvalidValue, match="status_on"):
        lines_of_tracker(tracker, source=SAID)
    with pytest.raises(InvalidValue, match="status_on"):
        lines_of_tracker(tracker, source=SAID, status_on="today")
    assert lines_of_tracker(tracker, source=SAID, status_on=DAY)[0].status == StatusOn(status=Status.AGREED, on=DAY)


# The long frame

LONG = pl.DataFrame({
    "line": ["a", "a"], "description": "A", "programme": "P", "financial_year": ["2023-24", "2024-25"], "pence": [100, None],
})  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"financial_year": pl.lit("2023/24")}, "is no financial year"),
        ({"financial_year": pl.lit("2023-24")}, "more than one row has the same"),
        ({"pence": pl.lit(10**14 + 1)}, "is above"),
        ({"pence": pl.lit(0.5)}, "is not a whole number"),
        ({"line": pl.lit("")}, "is blank"),
        ({"description": pl.lit(None, dtype=pl.String)}, "is missing"),
        ({"kind": pl.lit("Cashable")}, "is not one of cashable"),
        ({"basis": pl.lit("unstated")}, "is not one of incremental"),
        ({"status_date": pl.lit(DAY)}, None),
        ({"status": pl.lit(None, dtype=pl.String), "status_date": pl.lit(DAY)}, "a day and no status"),
        ({"base_year": pl.lit("2023-24"), "basis": pl.lit("cumulative")}, "a figure in the base year or before it"),
        ({"base_year": pl.lit("2022"), "basis": pl.lit("cumulative")}, "is no financial year"),
        ({"unplaced": pl.lit("F"), "unplaced_after": pl.lit("2024-25"), "unplaced_pence": pl.lit(None, pl.Int64)}, "a part is"),
        ({"unplaced": pl.lit("F"), "unplaced_after": pl.lit("2022-23"), "unplaced_pence": pl.lit(1)}, "to have none of its own"),
        ({"unplaced": pl.lit("F"), "unplaced_after": pl.lit("later"), "unplaced_pence": pl.lit(1)}, "is no financial year"),
    ],
)
def test_each_rule_of_a_row_is_refused_by_name(changed, rule):
    """One change at a time to a frame that keeps them all; a rule that names columns that are not there is none."""
    SavingsTracker.conform(LONG)
    if rule is None:
        SavingsTracker.conform(LONG.with_columns(**changed))
        return
    with pytest.raises(FrameProblems) as caught:
        SavingsTracker.conform(LONG.with_columns(**changed))
    assert any(rule in problem.rule for problem in caught.value.problems)


@pytest.mark.parametrize("engine", ENGINES)
def test_each_rule_of_a_line_is_refused_with_a_count_of_lines(engine):
    """Rows of one line that differ, by the column; a base year without its basis; no figure at all."""
    two = LONG.vstack(LONG.with_columns(line=pl.lit("b")))
    for changed, column, count in (
        ({"owner": pl.Series(["X", "Y", None, None])}, "owner", 1),
        ({"owner": pl.Series(["X", None, "Y", None])}, "owner", 2),
        ({"base_year": pl.lit("2022-23")}, "basis, base_year", 2),
        ({"basis": pl.lit("cumulative")}, "basis, base_year", 2),
        ({"pence": pl.Series([1, 2, None, None])}, "pence", 1),
    ):
        with pytest.raises(FrameProblems) as caught:
            lines_of_tracker(as_engine(two.with_columns(**changed), engine), source=SAID)
        assert {problem.column: problem.rows for problem in caught.value.problems} == {column: count}


def test_figures_that_cannot_be_added_to_the_penny_are_refused():
    """91 figures of £1,000 billion are more pence than a float has whole numbers for; 90 are not."""
    for count, refused in ((90, False), (91, True)):
        said = {"description": "A", "programme": "P", "financial_year": "2023-24", "pence": 10**14}
        made = pl.DataFrame({"line": [f"L{n}" for n in range(count)], **said})
        if not refused:
            assert len(lines_of_tracker(made, source=SAID)) == count
            continue
        with pytest.raises(FrameProblems, match="added up to the penny"):
            lines_of_tracker(made, source=SAID)


# Refused


@pytest.mark.parametrize("nonsense", [None, 5, TOKEN, object(), [1], {"a": 1}])
def test_nonsense_is_refused_by_name(nonsense):
    """With an error of this library's, whatever is given for an argument, and no other behind it."""
    may_be_none = ["words", "years", "unit", "basis", "recurrence", "unplaced", "columns"]
    for name in ("sign", "totals", "blanks", "zeros", *(may_be_none if nonsense is not None else [])):
        with pytest.raises(BucksError) as caught:
            read_tracker(KEPT, **({"sign": BELOW} | {name: nonsense}))
        assert caught.value.__context__ is None
    for act in (tracker_of_lines, as_tracker, lambda frame: lines_of_tracker(frame, source=SAID)):
        with pytest.raises((UnsupportedFrame, InvalidValue)):
            act(nonsense)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("place", ["Ref", "Savings description", "Programme", "Type", "2023/24 £'000"])
def test_no_cell_is_shown_in_an_error(place, engine, caplog):
    """A name in each column in turn, in a tracker that is refused: not in the message, the arguments, the cause or the log."""
    bad = KEPT.with_columns(pl.lit(TOKEN).alias(place)).vstack(KEPT)
    with pytest.raises(BucksError) as caught:
        read_tracker(as_engine(bad, engine), sign=BELOW)
    shown = [str(caught.value), repr(caught.value), repr(caught.value.args), repr(caught.value.fields), caplog.text]
    assert not any(TOKEN in text for text in shown)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
