"""Savings: from the long frame to objects and back: what a line says is the same in both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from bucks_cs.errors import InvalidValue, MissingSource
from bucks_cs.frames import Checked
from bucks_cs.frames.engine import collect
from bucks_cs.periods import FinancialYear
from bucks_cs.provenance import AnySource, NoOfficialSource, Source
from bucks_cs.savings.model.choices import Basis, PrintedSign, Recurrence, SavingKind, Status
from bucks_cs.savings.model.line import SavingsLine
from bucks_cs.savings.model.money import in_pence, pounds
from bucks_cs.savings.model.parts import PrintedForm, StatusOn, UnplacedSaving, YearSaving
from bucks_cs.savings.model.programme import SavingsProgramme, lines_of
from bucks_cs.savings.schema.tracker import NOTHING, SavingsTracker, whole_lines, with_every_column

__all__ = ["lines_of_tracker", "tracker_of_lines"]

_PARTING = ";"
_POLARS = {"String": pl.String, "Int64": pl.Int64, "Date": pl.Date}


def lines_of_tracker(frame: Any, *, source: AnySource, status_on: dt.date | None = None) -> tuple[SavingsLine, ...]:
    """The lines of a tracker as objects.

    Args:
        frame: A tracker of any engine, as `SavingsTracker` has it, checked or not.
        source: Who says so, for all lines: a tracker has no column for it.
        status_on: The day the statuses are of, where the tracker does not say it.

    Returns:
        A line each, in the order of the tracker, or by name where its engine keeps none. Further columns are left behind.

    Raises:
        FrameProblems: A rule of `SavingsTracker` is broken.
        MissingSource: There is no source.
        InvalidValue: ``status_on`` is no date, or is needed and not given.
        UnsupportedFrame: It is no frame.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> from bucks_cs.savings import PrintedSign, lines_of_tracker, read_tracker
        >>> kept = pl.DataFrame({"Ref": ["S1"], "description": "An Edge of Care Team", "2023/24 £k": "390", "2024/25 £m": "0.3"})
        >>> tracker = read_tracker(kept, sign=PrintedSign.ABOVE_ZERO, programme="Transformation")
        >>> print(*lines_of_tracker(tracker, source=NoOfficialSource(reason="an example")))
        An Edge of Care Team (Transformation): £390,000 in 2023-24, £300,000 in 2024-25; basis not stated; ...
    """
    if not isinstance(source, (Source, NoOfficialSource)):
        raise MissingSource(what="lines_of_tracker")
    if status_on is not None and (isinstance(status_on, dt.datetime) or not isinstance(status_on, dt.date)):
        raise InvalidValue(what="status_on", expected="a date with no time of day, or None")
    names = list(SavingsTracker.to_schema().columns)
    lazy = with_every_column(whole_lines(frame).lazy).select(*names)
    rows = collect(lazy.sort("place", "line", "financial_year", nulls_last=True))
    undated = rows.filter(~pl.col("status").is_null() & pl.col("status_date").is_null()).height
    if undated and status_on is None:
        raise InvalidValue(what="status_on", expected="the day the statuses are of, since the tracker has some without one")
    of_line: dict[str, list[dict[str, Any]]] = {}
    for row in rows.iter_rows(named=True):
        of_line.setdefault(row["line"], []).append(row)
    return tuple(_line(each, source, status_on) for each in of_line.values())


def _line(rows: list[dict[str, Any]], source: AnySource, status_on: dt.date | None) -> SavingsLine:
    said = rows[0]
    years = [row for row in rows if row["pence"] is not None]
    amounts = [
        YearSaving(year=FinancialYear(row["financial_year"]), saving=pounds(row["pence"]), as_printed=row["as_printed"])
        for row in years
    ]
    day: Any = said["status_date"] or status_on
    words = {name: said[name] for name in ("description", "programme", "workstream", "cost_centre", "owner")}
    return SavingsLine(
        key=said["line"], **words, amounts=tuple(amounts), unplaced=_unplaced(said),
        basis=Basis(said["basis"] or "unstated"),
        base_year=FinancialYear(said["base_year"]) if said["base_year"] else None,
        recurrence=Recurrence(said["recurrence"] or "unstated"),
        kind=SavingKind(said["kind"] or "unstated"),
        status=StatusOn(status=Status(said["status"]), on=day) if said["status"] else None,
        already_counted_in=_counted_in(said["already_counted_in"]), printed=_form(years or rows), source=source,
    )  # fmt: skip


def _unplaced(said: Mapping[str, Any]) -> UnplacedSaving | None:
    if said["unplaced"] is None:
        return None
    return UnplacedSaving(
        said=said["unplaced"], after=FinancialYear(said["unplaced_after"]), saving=pounds(said["unplaced_pence"]),
        as_printed=said["unplaced_as_printed"],
    )  # fmt: skip


def _counted_in(text: str | None) -> tuple[str, ...] | None:
    if text is None:
        return None
    return () if text.strip().lower() == NOTHING else tuple(part.strip() for part in text.split(_PARTING) if part.strip())


def _form(years: list[dict[str, Any]]) -> PrintedForm | None:
    """How the figures are printed, where all of them are printed in one way."""
    forms = {(row["printed_unit"], row["printed_sign"]) for row in years}
    unit, sign = next(iter(forms)) if len(forms) == 1 else (None, None)
    return None if unit is None or sign is None else PrintedForm(heading=unit, sign=PrintedSign(sign))


def tracker_of_lines(lines: SavingsProgramme | Iterable[SavingsLine] | SavingsLine) -> Checked[pl.DataFrame]:
    """Lines as a tracker in polars, checked.

    Args:
        lines: The lines.

    Returns:
        A row a line and year, and all that the lines say but their sources, which a tracker has no column for:
        `lines_of_tracker` gives the same lines back with the source it is told. A line that names no year has one row, without a
        figure, for the year its figure comes after.

    Raises:
        InvalidValue: There are no lines, or one says what a tracker has no column for: what it stands on, what it delivered, a
            status of no one day, or a plan it is counted in with a semicolon in its name.
    """
    every = lines_of(lines)
    rows = [row for place, line in enumerate(every, start=1) for row in _rows(line, place)]
    columns = SavingsTracker.to_schema().columns
    schema = {name: _POLARS[str(column.dtype.type)] for name, column in columns.items()}
    return SavingsTracker.conform(pl.DataFrame(rows, schema=schema))


def _rows(line: SavingsLine, place: int) -> list[dict[str, Any]]:
    _need_columns_for(line)
    later, counted = line.unplaced, line.already_counted_in
    said = {name: getattr(line, name) for name in ("description", "programme", "workstream", "cost_centre", "owner")}
    said |= {name: _stated(getattr(line, name)) for name in ("basis", "recurrence", "kind")}
    said |= {
        "line": line.key, "place": place,
        "base_year": None if line.base_year is None else line.base_year.label,
        "status": None if line.status is None else line.status.status.value,
        "status_date": None if line.status is None else line.status.on,
        "already_counted_in": None if counted is None else f"{_PARTING} ".join(counted) or NOTHING,
        "printed_unit": None if line.printed is None else line.printed.heading,
        "printed_sign": None if line.printed is None else line.printed.sign.value,
    }  # fmt: skip
    if later is not None:
        said |= {
            "unplaced": later.said, "unplaced_after": later.after.label, "unplaced_pence": in_pence(later.saving),
            "unplaced_as_printed": later.as_printed,
        }  # fmt: skip
    if later is not None and not line.amounts:
        return [{**said, "financial_year": later.after.label}]
    years = [(one.year.label, in_pence(one.saving), one.as_printed) for one in line.amounts]
    return [{**said, "financial_year": year, "pence": pence, "as_printed": text} for year, pence, text in years]


def _stated(choice: Basis | Recurrence | SavingKind) -> str | None:
    return None if choice.value == "unstated" else choice.value


def _need_columns_for(line: SavingsLine) -> None:
    counted = line.already_counted_in or ()
    unwritable = any(_PARTING in name or name != name.strip() or name.lower() == NOTHING for name in counted)
    homeless = {
        "depends_on": bool(line.depends_on),
        "delivered": bool(line.delivered),
        "status": line.status is not None and not isinstance(line.status.on, dt.date),
        "already_counted_in": unwritable,
    }
    for name, is_there in homeless.items():
        if is_there:
            hint = f" Leave it out, knowingly: attrs.evolve(line, {name}=...)."
            raise InvalidValue(what=f"lines: {name}", expected="what a tracker has a column for", hint=hint)
