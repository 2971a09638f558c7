"""The record: checks of dates, periods, lists, words and references."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Mapping

from bucks_cs.audit import Status
from bucks_cs.periods import Period
from bucks_cs.provenance import DateBounds, day_in_words
from bucks_cs.record.checks.declared import DeclaredRelation
from bucks_cs.record.checks.facts import ACTION_PLAN_LIMIT, REPORT_PUBLISHED, Paragraph, listed, paragraphs
from bucks_cs.record.checks.found import Outcome
from bucks_cs.record.kinds import FigureKind
from bucks_cs.record.october_2022 import demand_table
from bucks_cs.record.printed_figures import PrintedFigure
from bucks_cs.working_days import add

__all__ = [
    "length",
    "list_count",
    "not_printed",
    "reference",
    "restated_words",
    "same_time",
    "table",
    "weekday",
    "working_days",
    "years_in_order",
]

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NO_DAY = "it is no single day"
_TABLES = {("cabinet-2022-10", "3.19")}
"""Where the one table of the report is; its rows are `bucks_cs.record.demand_table`."""


def working_days(relation: DeclaredRelation, figures: Mapping[str, PrintedFigure]) -> Outcome:
    """A day against the limit in working days that leads to it."""
    due = figures[relation.audited[0]]
    day = _day(due)
    if day is None:
        return Outcome(status=Status.CANNOT_CHECK, why=_NO_DAY)
    start, limit = REPORT_PUBLISHED.value, ACTION_PLAN_LIMIT.value
    by = add(start, limit)
    follows = f"{day_in_words(by)}, {limit} working days after {day_in_words(start)}"
    advice = f"Check {due.as_printed} against the inspectorate's letter: {limit} working days run to {day_in_words(by)}."
    return _held(day == by, follows, why="it is another day", advice=advice)


def weekday(relation: DeclaredRelation, figures: Mapping[str, PrintedFigure]) -> Outcome:
    """A date against the day of the week printed before it."""
    date = figures[relation.audited[0]]
    day = _day(date)
    said = re.search(rf"\b({'|'.join(_DAYS)}),? {re.escape(date.as_printed)}", date.printed_text)
    if day is None or said is None:
        return Outcome(status=Status.CANNOT_CHECK, why="no day of the week is printed with it" if day else _NO_DAY)
    is_a = _DAYS[day.weekday()]
    advice = f"{day_in_words(day)} was a {is_a}, and {said[1]} is printed: check which was meant."
    return _held(is_a == said[1], f"a {is_a}", why=f"{said[1]} is printed with it", advice=advice)


def same_time(relation: DeclaredRelation, figures: Mapping[str, PrintedFigure]) -> Outcome:
    """A date against another of the same event: the days that both can be of."""
    date, other = figures[relation.audited[0]], figures[relation.beside[0]]
    holds = _may_be_one_time(date, other)
    if holds is None:
        return Outcome(status=Status.CANNOT_CHECK, why="one of the two is not dated")
    advice = (
        f"If the update of {other.as_printed} is this one, say in the next paper when it came and why the day moved; if one also "
        f"came in {_month(date)}, name it."
    )
    why = f"{other.as_printed} is not the day named beforehand ({date.as_printed})"
    return _held(holds, other.as_printed, why=why, advice=advice)


def _month(date: PrintedFigure) -> str:
    days = _days(date)
    return date.as_printed if days is None else f"{days[0]:%B}"


def _may_be_one_time(one: PrintedFigure, other: PrintedFigure) -> bool | None:
    """Whether some days can be those of both; two that are known exactly must be the same. None where one is not dated."""
    first, second = _days(one), _days(other)
    if first is None or second is None:
        return None
    if isinstance(one.period, Period) and isinstance(other.period, Period):
        return first == second
    return first[0] <= second[1] and second[0] <= first[1]


def length(relation: DeclaredRelation, figures: Mapping[str, PrintedFigure]) -> Outcome:
    """A period against the years it is said to last: those printed, or those named one by one."""
    several = [figures[key] for key in relation.figures]
    times = [figure for figure in several if figure.kind.is_a_time]
    said = [figure.printed.value for figure in several if not figure.kind.is_a_time and figure.printed]
    years = len(listed()[relation.against]) if relation.against else said[0] if said else None
    between = _years_in(times[0]) if times else None
    if years is None or between is None:
        return Outcome(status=Status.CANNOT_CHECK, why="its years cannot be told")
    least, most = between
    follows = f"{least} to {most} years" if least < most else "1 year" if least == 1 else f"{least} years"
    advice = f"Check {times[0].as_printed} against the {years} years that are named, and print afresh the one found wrong."
    return _held(least <= years <= most, follows, why=f"{years} are named", advice=advice)


def _years_in(time: PrintedFigure) -> tuple[int, int] | None:
    """How many years it can last: from some day of its first year to some day of its last, or a whole year of its own."""
    days = _days(time)
    if days is None:
        return None
    if isinstance(time.period, Period):
        months = (days[1].year - days[0].year) * 12 + days[1].month - days[0].month + 1
        return (months // 12, months // 12) if months % 12 == 0 else None
    apart = days[1].year - days[0].year
    return max(apart - 1, 0), apart + 1


def years_in_order(relation: DeclaredRelation, figures: Mapping[str, PrintedFigure]) -> Outcome:
    """Years against one another: each begins on the day after the one before."""
    dated = [_days(figures[key]) for key in relation.audited]
    days = [each for each in dated if each is not None]
    if len(days) < len(dated):
        return Outcome(status=Status.CANNOT_CHECK, why="one of them is not dated")
    holds = all(after[0] - before[1] == dt.timedelta(days=1) for before, after in itertools.pairwise(days))
    advice = "Check the years at the heads of the columns: one of them does not follow the one before."
    return _held(holds, "each the year after the one before", why="one does not follow the one before", advice=advice)


def list_count(relation: DeclaredRelation, figures: Mapping[str, PrintedFigure]) -> Outcome:
    """A count against the things that are listed: as many as have words of their own in the document."""
    figure, items = figures[relation.audited[0]], listed()[relation.against]
    said = figure.printed.value if figure.printed else None
    if said is None:
        return Outcome(status=Status.CANNOT_CHECK, why="it has no number that could be read")
    advice = f"Count the list again: {len(items)} are listed and {figure.as_printed} is printed."
    return _held(said == len(items), f"{len(items)} listed", why=f"{len(items)} are listed", advice=advice)


def reference(relation: DeclaredRelation, figures: Mapping[str, PrintedFigure]) -> Outcome:
    """A reference against what the paragraphs pointed at are about: what they name, or the heading they are under."""
    pointer = figures[relation.audited[0]]
    how, _, what = relation.against.partition(": ")
    known = paragraphs(pointer.document.restates or pointer.document.key)
    right = [one.number for one in known if (what in one.names if how == "names" else what == one.heading)]
    pointed = _pointed_at(pointer.as_printed, known)
    if not pointed:
        return Outcome(status=Status.CANNOT_CHECK, why="no paragraph of the record has that number")
    itself = pointer.place.split()[0] if pointer.document.restates is None else ""
    elsewhere = [number for number in right if number != itself]
    if not elsewhere:
        return Outcome(status=Status.CANNOT_CHECK, why="no other paragraph of the record is about it")
    rightly = f"{elsewhere[0]} to {elsewhere[-1]}" if how == "under" else " or ".join(elsewhere)
    subject = f"the {what}" if how == "names" else f'what is under "{what}"'
    advice = f"Point to {rightly} instead of {pointer.as_printed}: {subject} is there."
    why = f"{pointer.as_printed} does not name {subject}; {rightly} does"
    if itself in pointed:
        why = f"{pointer.as_printed} is the paragraph that points; {rightly} names {subject}"
    return _held(set(pointed) <= set(elsewhere), rightly, why=why, advice=advice)


def _pointed_at(text: str, known: tuple[Paragraph, ...]) -> list[str]:
    """The numbers of the paragraphs from the first named to the last; none where one of them is not known."""
    named = re.findall(r"\d+\.\d+", text)
    order = [one.number for one in known]
    if not named or any(number not in order for number in named):
        return []
    return order[order.index(named[0]) : order.index(named[-1]) + 1]


def table(relation: DeclaredRelation, figures: Mapping[str, PrintedFigure]) -> Outcome:
    """A table pointed at as above, against the words of the last one that stands above it."""
    pointer = figures[relation.audited[0]]
    order = [one.number for one in paragraphs(pointer.document.key)]
    here = order.index(pointer.place.split()[0])
    above = [number for number in order[:here] if (pointer.document.key, number) in _TABLES]
    rows = " ".join(demand_table()["label"]) if above else ""
    words = relation.against.split("|")
    holds = any(word.casefold() in rows.casefold() for word in words)
    shown = f"the table of {above[-1]}, the last above it," if above else "no table above it"
    advice = (
        "Say which table is meant, by its paragraph or title, or put it in: in the text of the report the last table above is "
        f"that of {above[-1]}, of demand." if above else "Put the table in, or say where it is."
    )  # fmt: skip
    why = f"in the text of the report {shown} names neither need nor place"
    return _held(holds, "a table of need or area", why=why, advice=advice)


def restated_words(relation: DeclaredRelation, figures: Mapping[str, PrintedFigure]) -> Outcome:
    """A date, a grade, a reference or words, against the same printed elsewhere."""
    second, first = figures[relation.audited[0]], figures[relation.beside[0]]
    are_times = second.kind.is_a_time and first.kind.is_a_time
    same = _may_be_one_time(second, first) if are_times else second.as_printed.casefold() == first.as_printed.casefold()
    if not same and not are_times and second.kind is not FigureKind.REFERENCE:
        why = "the two are worded differently, and whether they say the same is for a reader"
        return Outcome(status=Status.CANNOT_CHECK, follows=first.as_printed, why=why)
    advice = f"Check which of {first.as_printed} and {second.as_printed} is right, and print it in both."
    return _held(bool(same), first.as_printed, why="they are not the same", advice=advice)


def not_printed(relation: DeclaredRelation, figures: Mapping[str, PrintedFigure]) -> Outcome:
    """What would check the figures is not in the documents."""
    return Outcome(status=Status.CANNOT_CHECK, why=relation.says)


def _held(holds: bool, follows: str, *, why: str, advice: str) -> Outcome:
    if holds:
        return Outcome(status=Status.AGREES, follows=follows)
    return Outcome(status=Status.DISAGREES, follows=follows, why=why, advice=advice)


def _days(figure: PrintedFigure) -> tuple[dt.date, dt.date] | None:
    """The first and the last day it can be of."""
    if isinstance(figure.period, DateBounds):
        return figure.period.earliest, figure.period.latest
    return None if figure.period is None else (figure.period.start, figure.period.end)


def _day(figure: PrintedFigure) -> dt.date | None:
    days = _days(figure)
    return days[0] if days is not None and days[0] == days[1] else None
