"""The record: the savings and the pressures of 2023, as typed data, with what is not stated left unstated."""

from __future__ import annotations

import functools
from typing import Any

from bucks_cs.periods import FinancialYear
from bucks_cs.provenance import Source
from bucks_cs.record.papers import document
from bucks_cs.record.printed_figures import PrintedFigure, figure
from bucks_cs.savings import Pressure, PrintedSign, SavingsLine, SavingsProgramme, Status, StatusOn, line_as_printed

__all__ = ["pressures", "savings_lines"]

_PAPER = "transformation-minutes-2023"
_PROGRAMME = "Children’s Services Transformation Programme"
_HEADING = "£’000"
_BUDGETED = FinancialYear("2023-24")
_TABLE_2 = {
    "edge-of-care-team": "Creation of an Edge of Care Team that will work intensively with adolescents and their parents/care "
    "givers to negate the need for them to come into care.",
    "parent-and-child-provision": "The development of an inhouse Parent & Child Provision",
    "in-house-placements": "Increase in the availability of inhouse placements",
}


@functools.cache
def savings_lines() -> SavingsProgramme:
    """The four savings lines of the Director's response, both tables of it, with what they do not state left unstated.

    Table 1 prints its line below 0 and by three years; table 2 prints three above 0, budgeted for 2023-24 and "Future Savings",
    whose years it does not name. Neither says whether its figures are incremental or cumulative, whether they recur, whether
    they are cashable, or whether the Better Buckinghamshire programme counts them already: none of that is set here.

    Returns:
        A programme of four `bucks_cs.savings.SavingsLine`: ``"locality-based-model"``, ``"edge-of-care-team"``,
        ``"parent-and-child-provision"`` and ``"in-house-placements"``, each savings above 0 and in pounds, with the figures as
        printed beside them. The status of the last is proposed, since its business cases "still need to be developed and
        agreed", between the days that the undated minutes must lie between.

    Source:
        Buckinghamshire Council, minutes of the Select Committee on the Children's Services Transformation Programme, 2023, the
        Director's response to Councillor Wilson, tables 1 and 2; read through `bucks_cs.record.figure`.

    Example:
        >>> lines = savings_lines()
        >>> print(lines)
        Children’s Services Transformation Programme: 4 savings lines, 2023-24 to 2025-26; 3 with a figure of no named year.
        >>> print(lines.line("in-house-placements"))
        Increase in the availability of inhouse placements (..., Strategic Commissioning): £0 in 2023-24, £1,325,000 in years
        after 2023-24 that are not named ('Future Savings'); basis not stated; recurring or one-off not stated; proposed, ...
    """
    return SavingsProgramme(
        name=_PROGRAMME, lines=(_table_1(), *(_line_of_table_2(key, said) for key, said in _TABLE_2.items())),
        source=_source("response tables 1 and 2"),
    )  # fmt: skip


def _table_1() -> SavingsLine:
    years = ("2023-24", "2024-25", "2025-26")
    return line_as_printed(
        {FinancialYear(year): _printed(f"response-table-1/{year}") for year in years},
        heading=_HEADING,
        sign=PrintedSign.BELOW_ZERO,
        key="locality-based-model",
        description="Reduce requirement for additional staffing through development of a locality-based model.",
        programme=_PROGRAMME,
        source=_source("response table 1"),
    )


def _line_of_table_2(key: str, description: str) -> SavingsLine:
    proposed = StatusOn(status=Status.PROPOSED, on=document(_PAPER).dated) if key == "in-house-placements" else None
    return line_as_printed(
        {_BUDGETED: _printed(f"response-table-2/{key}/2023-24")},
        heading=_HEADING,
        sign=PrintedSign.ABOVE_ZERO,
        unplaced={"Future Savings": _printed(f"response-table-2/{key}/future")},
        unplaced_after=_BUDGETED,
        key=key,
        description=description,
        programme=_PROGRAMME,
        workstream="Strategic Commissioning",
        status=proposed,
        source=_source("response table 2"),
    )


@functools.cache
def pressures() -> tuple[Pressure, ...]:
    """The two pressures of Councillor Wilson's question, each against what he sets it against.

    Returns:
        £5m of 2022-23 against that year's budget, his forecast before the outturn was reported; and £13.3m of 2023-24 against
        the *original* budget and medium-term financial plan. The two are against different plans, and no sum of them means
        anything.

    Source:
        Buckinghamshire Council, minutes of the Select Committee on the Children's Services Transformation Programme, 2023,
        question 4.

    Example:
        >>> for pressure in pressures():
        ...     print(pressure)
        £5,000,000 in 2022-23 against the Budget of 2022-23: forecast overspend.
        £13,300,000 in 2023-24 against the original Council Budget/MTFP: further increase against the original budget.
    """
    return (
        _pressure("question-4/overspend", against="the Budget of 2022-23"),
        _pressure("question-4/increase", against="the original Council Budget/MTFP"),
    )


def _pressure(place: str, *, against: str) -> Pressure:
    found = _figure(place)
    fields: dict[str, Any] = {"description": found.measure, "year": found.period, "amount": found.quantity}
    return Pressure(**fields, against=against, source=found.source)


def _figure(place: str) -> PrintedFigure:
    return figure(f"{_PAPER}/{place}")


def _printed(place: str) -> str:
    return _figure(place).as_printed


def _source(place: str) -> Source:
    return document(_PAPER).source.at(place)
