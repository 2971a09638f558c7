"""Inspections: when an inspection was, as one source has it."""

from __future__ import annotations

import datetime as dt

import attrs

from bucks_cs.errors import InvalidValue
from bucks_cs.inspections.model.fields import When, a_time, a_time_or_none, first_day, last_day, said_of, source_of
from bucks_cs.provenance import AnySource, DateBounds, day_in_words

__all__ = ["DatesAsGiven", "between_in_words", "need_order"]


def need_order(what: str, start: When, end: When | None, published: When | None) -> None:
    """Refuse dates that cannot be: an end before the start, a report published before the end.

    Args:
        what: Whose dates, for messages.
        start: The first day.
        end: The last day, or None.
        published: The day of the report, or None.

    Raises:
        InvalidValue: They cannot be so, whichever day the bounds stand for.
    """
    if end is not None and last_day(end) < first_day(start):
        raise InvalidValue(what=f"{what}.end", expected="a day on or after the start")
    over = start if end is None else end
    if published is not None and last_day(published) < first_day(over):
        raise InvalidValue(what=f"{what}.published", expected="a day on or after the end of the inspection")


def between_in_words(start: When, end: When | None, published: When | None) -> str:
    """When an inspection was, in words.

    Args:
        start: The first day.
        end: The last day, or None where it is not known.
        published: The day of the report, or None.

    Example:
        >>> between_in_words(dt.date(2025, 1, 27), None, dt.date(2025, 5, 14))
        'from 27 January 2025, published on 14 May 2025'
    """
    if isinstance(start, DateBounds):
        when = f"begun between {day_in_words(start.earliest)} and {day_in_words(start.latest)}"
    else:
        when = f"from {day_in_words(start)}" if end is None else day_in_words(start)
    if end is not None:
        when += f" to {said_of(end)}"
    return (
        when if published is None else f"{when}, published {'on ' if isinstance(published, dt.date) else ''}{said_of(published)}"
    )


@attrs.frozen(kw_only=True)
class DatesAsGiven:
    """The dates of an inspection as a source has them, kept beside those of another.

    Args:
        start: The first day.
        end: The last day, or None where it is not said.
        published: The day of the report, or None where it is not said.
        source: Who says so.

    Raises:
        MissingSource: There is no source.
        InvalidValue: An end before the start, or a report before the end.
    """

    start: When = attrs.field(validator=a_time)
    end: When | None = attrs.field(default=None, validator=a_time_or_none)
    published: When | None = attrs.field(default=None, validator=a_time_or_none)
    source: AnySource = attrs.field(default=None, validator=source_of)

    def __attrs_post_init__(self) -> None:
        need_order("DatesAsGiven", self.start, self.end, self.published)

    def __str__(self) -> str:
        return f"{between_in_words(self.start, self.end, self.published)} ({self.source})"
