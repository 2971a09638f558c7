"""Savings: the long frame as the wide tracker it was read from, in the same columns, units and signs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import narwhals as nw

from bucks_cs.errors import InvalidValue
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.engine import collect, enter
from bucks_cs.periods import FinancialYear
from bucks_cs.savings.model.choices import PrintedSign
from bucks_cs.savings.schema.printed_money import times_of_heading
from bucks_cs.savings.schema.tracker import LINE_COLUMNS, divided, whole_lines, with_every_column
from bucks_cs.savings.schema.tracker_files import saved_tracker
from bucks_cs.savings.schema.tracker_layout import CheckedTracker, TrackerLayout, YearColumn

__all__ = ["as_tracker", "write_tracker"]


def as_tracker(frame: FrameT | Checked[FrameT], *, layout: TrackerLayout | None = None) -> FrameT:
    """A tracker as councils keep it, a row a line and a column a year.

    Args:
        frame: A tracker of any engine, as `SavingsTracker` has it, checked or not; as `read_tracker` gives it, it has its layout.
        layout: How it is laid out; None for the layout it was read from, or where there is none, for this library's own names and
            a column of pounds for each year, savings above 0.

    Returns:
        The caller's own kind of frame: the tracker's own headings in their order, figures as numbers in the unit of their column
        with the sign a saving has there; text with a £ where the column says no unit. A gap is null and no 0. Read again, it is
        the same tracker, to the penny; rows of totals and blank rows are not in it, and words are this library's. Lines are in
        the order of the tracker, and by name where their engine keeps none.

    Raises:
        FrameProblems: A rule of `SavingsTracker` is broken.
        InvalidValue: ``layout`` is none, has a heading that nothing stands for, or lacks a year that has figures.
        UnsupportedFrame: It is no frame.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.savings import PrintedSign, as_tracker, read_tracker
        >>> kept = pl.DataFrame({"Ref": ["S1", "S2"], "Savings description": ["An Edge of Care Team", "Fewer agency staff"],
        ...     "Programme": "Transformation", "2023/24 £'000": ["(390)", "(332)"], "2024-25 (£m)": ["-0.390", ""]})
        >>> as_tracker(read_tracker(kept, sign=PrintedSign.BELOW_ZERO)).select("Ref", "2023/24 £'000", "2024-25 (£m)").rows()
        [('S1', -390.0, -0.39), ('S2', -332.0, None)]
    """
    checked = whole_lines(frame)
    kept = layout if layout is not None else frame.layout if isinstance(frame, CheckedTracker) else _own_layout(checked)
    if not isinstance(kept, TrackerLayout):
        raise InvalidValue(what="layout", expected="a TrackerLayout, or None")
    _need_every_year(checked, kept)
    theirs = {heading: ours for ours, heading in kept.columns}
    names = set(checked.lazy.collect_schema().names())
    figures = {one.heading: one for one in kept.years}
    cells: dict[str, nw.Expr] = {}
    for heading in kept.order:
        ours = theirs.get(heading, heading)
        if heading in figures:
            of_year = nw.when(nw.col("financial_year") == figures[heading].year.label).then(nw.col("pence")).max()
            cells[heading] = of_year
        elif kept.unplaced is not None and heading == kept.unplaced[0]:
            cells[heading] = nw.col("unplaced_pence").max()
        elif ours in names:
            cells[heading] = nw.col(ours).any_value()
        else:
            hint = f" It has no {heading!r}."
            raise InvalidValue(what="layout", expected="headings of columns that the tracker has", hint=hint)
    out: FrameT = checked.home.back(_laid_out(with_every_column(checked.lazy), cells, kept))
    return out


def _laid_out(lazy: nw.LazyFrame[Any], cells: dict[str, nw.Expr], layout: TrackerLayout) -> nw.LazyFrame[Any]:
    numbered = {heading: f"__cell_{n}" for n, heading in enumerate(cells)}
    of_line = lazy.group_by("line").agg(
        nw.col("place").max().alias("__place"), *(cell.alias(numbered[heading]) for heading, cell in cells.items())
    )
    units = {one.heading: one.unit for one in layout.years} | dict([layout.unplaced] if layout.unplaced else [])
    key = next((heading for ours, heading in layout.columns if ours == "line"), None)
    shown = []
    for heading, name in numbered.items():
        value = nw.col("line") if heading == key else nw.col(name)
        shown.append((_printed(value, units[heading], layout.sign) if heading in units else value).alias(heading))
    return of_line.sort("__place", "line", nulls_last=True).select(*shown)


def _printed(pence: nw.Expr, unit: str | None, sign: PrintedSign) -> nw.Expr:
    shown = pence if sign is PrintedSign.ABOVE_ZERO else -pence
    if unit is not None:
        return divided(shown, 100 * times_of_heading(unit))
    size = nw.max_horizontal(shown, -shown)
    minus = nw.when(shown < 0).then(nw.lit("-")).otherwise(nw.lit(""))
    odd = (size % 100).cast(nw.String).str.zfill(2)
    return nw.when(~shown.is_null()).then(nw.concat_str(minus, nw.lit("£"), (size // 100).cast(nw.String), nw.lit("."), odd))


def _years_of(checked: Checked[Any]) -> list[FinancialYear]:
    found = collect(checked.lazy.filter(~nw.col("pence").is_null()).group_by("financial_year").agg(__rows=nw.len()))
    return [FinancialYear(label) for label in sorted(found["financial_year"].to_list())]


def _need_every_year(checked: Checked[Any], layout: TrackerLayout) -> None:
    lacking = sorted({year.label for year in _years_of(checked)} - {one.year.label for one in layout.years})
    if lacking:
        raise InvalidValue(what="layout", expected=f"a column for each year that has figures, {', '.join(lacking)} too")


def _own_layout(checked: Checked[Any]) -> TrackerLayout:
    own = [name for name in ("line", *LINE_COLUMNS) if name in checked.names and not name.startswith(("unplaced", "place"))]
    years = tuple(YearColumn(year=year, heading=f"{year} (£)", unit="£") for year in _years_of(checked))
    if not years:
        raise InvalidValue(what="layout", expected="a TrackerLayout, since no year has a figure")
    order = (*own, *(one.heading for one in years))
    return TrackerLayout(columns=tuple((name, name) for name in own), years=years, sign=PrintedSign.ABOVE_ZERO, order=order)


def write_tracker(frame: Any, path: str | os.PathLike[str], *, layout: TrackerLayout | None = None) -> Path:
    """A tracker as a csv file, in the shape that `as_tracker` gives it.

    Args:
        frame: As for `as_tracker`.
        path: The file, which ends in .csv; what is there is replaced. It is in UTF-8, with a mark by which spreadsheets know it,
            so that a £ stays one.
        layout: As for `as_tracker`.

    Returns:
        The path.

    Raises:
        FrameProblems: A rule of `SavingsTracker` is broken.
        InvalidValue: As for `as_tracker`, or the path is none of a csv file in a folder that is there.
        UnsupportedFrame: It is no frame.
    """
    wide = as_tracker(frame, layout=layout)
    rows: Any = collect(enter(wide)[0])
    return saved_tracker(rows, path)
