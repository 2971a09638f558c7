"""Savings: the tracker as a long frame, a row a line and financial year, and what holds for all rows of a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

import narwhals as nw

from bucks_cs.errors import FrameProblems, Problem
from bucks_cs.frames import Checked, Date, FrameModel, Text, WholeNumber, field, rule
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.engine import collect
from bucks_cs.periods import FinancialYear
from bucks_cs.savings.model.choices import Basis, PrintedSign, Recurrence, SavingKind, Status
from bucks_cs.savings.model.money import MOST_POUNDS

__all__ = [
    "LINE_COLUMNS",
    "MOST_PENCE",
    "NOTHING",
    "YEAR_LABELS",
    "SavingsTracker",
    "divided",
    "whole_lines",
    "with_every_column",
]

MOST_PENCE = MOST_POUNDS * 100
NOTHING = "nothing"
"""What ``already_counted_in`` says of a line that is over and above all others."""

YEAR_LABELS = tuple(FinancialYear.starting(year).label for year in range(1900, 2100))
_EXACT = 2**53


def _stated(choices: Any) -> list[str]:
    return [choice.value for choice in choices if choice.value != "unstated"]


def _optional(title: str, description: str, *aliases: str, **checks: Any) -> Any:
    """A column that a tracker may lack, and in which a cell may be empty."""
    return field(title=title, description=description, aliases=aliases, nullable=True, gap="not stated", **checks)


class SavingsTracker(FrameModel):
    """A savings tracker, a row a line and financial year; a saving is above 0 and in pence, whatever was printed.

    Columns about the line say the same in each of its rows. Only ``line``, ``description``, ``programme``, ``financial_year`` and
    ``pence`` must be there; another that is not there is as if it were empty in every row, and what is empty is not stated:
    nothing is guessed for it. Further columns come along, to break totals down by.
    """

    line: Text = field(
        title="Line",
        description="The line's own name or number among those it is added up with.",
        aliases=["Ref", "Reference", "Savings ref", "Saving ref", "Ref no", "Line id", "ID", "MTFP ref"],
        str_length={"min_value": 1},
    )
    description: Text = field(
        title="Description",
        description="What will be done, in words.",
        aliases=["Savings description", "Saving description", "Description of saving", "Proposal", "Savings proposal"],
        str_length={"min_value": 1},
    )
    programme: Text = field(
        title="Programme",
        description="The programme the line belongs to.",
        aliases=["Transformation programme", "Savings programme"],
        str_length={"min_value": 1},
    )
    workstream: Text | None = _optional("Workstream", "The part of the programme.", "Work stream")
    cost_centre: Text | None = _optional("Cost centre", "The budget the line falls on.", "Cost centre code")
    owner: Text | None = _optional("Owner", "Who answers for the line.", "Lead", "Lead officer", "Responsible officer")
    kind: Text | None = _optional(
        "Kind", "What the line does to the budget.", "Type", "Saving type", "Type of saving", isin=_stated(SavingKind)
    )
    status: Text | None = _optional(
        "Status", "How far the line had come.", "Delivery status", "Savings status", isin=_stated(Status)
    )
    status_date: Date | None = _optional("Status on", "The day the status is of.", "Status date", "As at")
    basis: Text | None = _optional("Basis", "What each year's figure is against.", isin=_stated(Basis))
    base_year: Text | None = _optional(
        "Base year", "The financial year that the figures of a cumulative line are against, as 2022-23 is written."
    )
    recurrence: Text | None = _optional(
        "Recurrence", "Whether what is saved in a year is saved again in those after.", "Recurring or one-off",
        "Recurring", "Recurring/one-off", isin=_stated(Recurrence),
    )  # fmt: skip
    already_counted_in: Text | None = _optional(
        "Already counted in",
        f"The earlier programmes or plans that count the same pounds, parted by semicolons; '{NOTHING}' where there are none.",
    )
    unplaced: Text | None = _optional("Years not named", "What a figure is called whose years are not named: Future Savings.")
    unplaced_after: Text | None = _optional("Comes after", "The financial year that all of that figure comes after.")
    unplaced_pence: WholeNumber | None = _optional(
        "Pence of no named year", "That figure, in pence.", ge=-MOST_PENCE, le=MOST_PENCE
    )
    unplaced_as_printed: Text | None = _optional("Its print", "That figure, letter for letter.")
    place: WholeNumber | None = _optional("Place", "The place of the line in the tracker, from 1.", ge=1)
    financial_year: Text = field(title="Financial year", description="The year of the figure, as 2023-24 is written.")
    pence: WholeNumber = field(
        title="Pence",
        description="The figure of the year on the line's own basis, in pence: a saving is above 0, a cost below.",
        nullable=True,
        gap="no figure: a gap, and no 0",
        ge=-MOST_PENCE,
        le=MOST_PENCE,
    )
    as_printed: Text | None = _optional("As printed", "The figure, letter for letter, where it was text.")
    printed_unit: Text | None = _optional("Printed unit", "What stands over the figure for its unit: £'000.")
    printed_sign: Text | None = _optional("Printed sign", "Which sign a saving has there.", isin=_stated(PrintedSign))

    @rule("is no financial year as 2023-24 is one", columns=("financial_year",))
    def has_a_year(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """A year and the one after it."""
        return col("financial_year").is_in(YEAR_LABELS)

    @rule("is no financial year as 2023-24 is one", columns=("base_year",))
    def has_a_base_year(cls, col: Any) -> Any:  # noqa: N805
        """A year and the one after it."""
        return col("base_year").is_in(YEAR_LABELS)

    @rule("is no financial year as 2023-24 is one", columns=("unplaced_after",))
    def comes_after_a_year(cls, col: Any) -> Any:  # noqa: N805
        """A year and the one after it."""
        return col("unplaced_after").is_in(YEAR_LABELS)

    @rule("a figure in the base year or before it", columns=("base_year", "financial_year", "pence"))
    def base_comes_first(cls, col: Any) -> Any:  # noqa: N805
        """Figures are against a year before them."""
        return (col("base_year") < col("financial_year")) | col("pence").is_null()

    @rule("a figure of a year that is said to have none of its own", columns=("unplaced_after", "financial_year", "pence"))
    def unplaced_comes_last(cls, col: Any) -> Any:  # noqa: N805
        """What has no named year comes after the years that have figures."""
        return (col("unplaced_after") >= col("financial_year")) | col("pence").is_null()

    @rule("a part is there and another is not", columns=("unplaced", "unplaced_after", "unplaced_pence"))
    def unplaced_is_whole(cls, col: Any) -> Any:  # noqa: N805
        """What it is called, the year it comes after, and how much it is."""
        there = col("unplaced").is_null()
        return (there == col("unplaced_after").is_null()) & (there == col("unplaced_pence").is_null())

    @rule("a day and no status", columns=("status", "status_date"))
    def day_of_a_status(cls, col: Any) -> Any:  # noqa: N805
        """A day is of a status."""
        return ~col("status").is_null() | col("status_date").is_null()

    class Config:
        """A line has one figure a year."""

        unique: ClassVar = ["line", "financial_year"]


_OF_A_YEAR = ("financial_year", "pence", "as_printed", "printed_unit", "printed_sign")
LINE_COLUMNS = tuple(name for name in SavingsTracker.to_schema().columns if name not in (*_OF_A_YEAR, "line"))
"""The columns that say the same in each row of a line."""


def divided(pence: nw.Expr, by: int) -> nw.Expr:
    """Whole pence divided by a whole number, as the nearest float there is.

    Args:
        pence: Whole numbers.
        by: What they are divided by.
    """
    # polars multiplies by 1/by where it divides by a constant, which is not the nearest: so it is given none.
    return pence.cast(nw.Float64) / (pence * 0 + by).cast(nw.Float64)


def with_every_column(lazy: nw.LazyFrame[Any], *, of: Iterable[str] | None = None) -> nw.LazyFrame[Any]:
    """A tracker with every column of `SavingsTracker`, empty where it had none.

    Args:
        lazy: The tracker.
        of: The columns that are wanted; None for all of them.
    """
    there, known = set(lazy.collect_schema().names()), SavingsTracker.to_schema().columns
    absent = [name for name in (known if of is None else of) if name in known and name not in there]
    if not absent:
        return lazy
    return lazy.with_columns(*(nw.lit(None).cast(SavingsTracker.narwhals_type(name)).alias(name) for name in absent))


def whole_lines(frame: FrameT | Checked[FrameT], *, by: Sequence[str] = ()) -> Checked[FrameT]:
    """A tracker, once it is sure that all rows of a line say the same of it.

    That is a rule across rows: a lazy frame is asked a second small question after that of the schema. One that is checked is
    asked it once, by the first calculation.

    Args:
        frame: A tracker of any engine, or checked by `SavingsTracker`.
        by: Further columns that must be the same in all rows of a line.

    Raises:
        FrameProblems: A rule of `SavingsTracker` is broken; a line has rows that say different things of it, a base year without
            the cumulative basis or the other way round, or no figure at all; or all figures together are beyond what can be added
            to the penny.
    """
    checked: Checked[FrameT] = SavingsTracker.admit(frame)
    said = ["lines are whole", *(f"one {name} a line" for name in by if name not in (*LINE_COLUMNS, "line"))]
    if not set(said) <= checked.kept:
        there = [name for name in (*LINE_COLUMNS, *by) if name in checked.names and name != "line"]
        _need_whole_lines(with_every_column(checked.lazy), there=there)
        checked.kept.update(said)
    return checked


def _need_whole_lines(lazy: nw.LazyFrame[Any], *, there: Sequence[str]) -> None:
    columns = tuple(dict.fromkeys(there))
    figures = nw.col("pence").count()
    size = nw.max_horizontal(nw.col("pence"), -nw.col("pence")).cast(nw.Float64).sum()
    sayings = lazy.group_by("line", *dict.fromkeys((*columns, "basis", "base_year", "unplaced_pence"))).agg(
        __figures=figures, __size=size
    )
    cumulative = (nw.col("basis") == Basis.CUMULATIVE.value).fill_null(value=False)
    based = sayings.with_columns(__off=(cumulative == nw.col("base_year").is_null()), __open=~nw.col("unplaced_pence").is_null())
    of_line = based.group_by("line").agg(
        __ways=nw.len(), __figures=nw.col("__figures").sum(), __size=nw.col("__size").sum(),
        __off=nw.col("__off").max(), __open=nw.col("__open").max(), __later=nw.col("unplaced_pence").cast(nw.Float64).max(),
    )  # fmt: skip
    later = nw.max_horizontal(nw.col("__later"), -nw.col("__later")).fill_null(0.0)
    counts = collect(
        of_line.select(
            differ=_count(nw.col("__ways") > 1),
            off=_count(nw.col("__off")),
            none=_count((nw.col("__figures") == 0) & ~nw.col("__open")),
            size=(nw.col("__size").fill_null(0.0) + later).sum(),
        )
    ).row(0, named=True)
    problems = _differing(lazy, columns) if counts["differ"] else []
    problems += [Problem(column=column, rule=rule, rows=int(n)) for name, (column, rule) in _WRONG.items() if (n := counts[name])]
    if (counts["size"] or 0) > _EXACT:
        problems.append(Problem(column="pence", rule="its figures together are beyond what can be added up to the penny"))
    if problems:
        raise FrameProblems(schema=SavingsTracker.__name__, problems=tuple(problems))


_WRONG = {
    "off": ("basis, base_year", "of lines: a base year without the cumulative basis, or the basis without the year"),
    "none": ("pence", "of lines: no figure in any year"),
}


def _count(holds: nw.Expr) -> nw.Expr:
    return nw.when(holds).then(nw.lit(1)).otherwise(nw.lit(0)).sum()


def _differing(lazy: nw.LazyFrame[Any], columns: Sequence[str]) -> list[Problem]:
    """Which columns differ within a line, and in how many lines; asked only once it is known that one does."""
    problems = []
    for name in columns:
        ways = lazy.group_by("line", name).agg(__rows=nw.len()).group_by("line").agg(__ways=nw.len())
        lines = int(collect(ways.filter(nw.col("__ways") > 1).select(n=nw.len())).item())
        if lines:
            problems.append(Problem(column=name, rule="of lines: their rows say different things", rows=lines))
    return problems
