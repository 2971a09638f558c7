"""Provenance: where a number comes from, since when a rule holds, and which edition of a figure it is.

Three ideas, each small:

- a `Source` says title, publisher, date and place; no number goes without one (`NoOfficialSource` says
  plainly that nobody publishes it, and why);
- a `Dated` value holds by date in force, as law and codes do: ask it ``on`` a date;
- `Vintages` keep the editions of one figure side by side (the mid-2020 population was published twice), and
  never choose one silently.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

import attrs

from bucks_cs.errors import InvalidValue, MissingSource, NotInForce, Unreadable, of_kind

__all__ = ["AnySource", "Dated", "DateBounds", "InForce", "NoOfficialSource", "Source", "Vintage", "Vintages", "published"]

T = TypeVar("T")

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_a_date = of_kind(dt.date, expected="a date without a time of day")
_a_date_or_none = of_kind(dt.date, type(None), expected="a date without a time of day, or None")
_text = of_kind(str, expected="text")


@attrs.frozen(kw_only=True)
class DateBounds:
    """A date known only to lie between two others, and why.

    Args:
        earliest: The first day it can be.
        latest: The last day it can be; not before ``earliest``.
        why: What bounds it.

    Raises:
        InvalidValue: ``latest`` is before ``earliest``, one of them is no date, or nothing is said to bound it.

    Example:
        >>> print(DateBounds(earliest=dt.date(2013, 3, 1), latest=dt.date(2013, 3, 31), why="only the month is printed"))
        between 1 March 2013 and 31 March 2013 (only the month is printed)
    """

    earliest: dt.date = attrs.field(validator=_a_date)
    latest: dt.date = attrs.field(validator=_a_date)
    why: str = attrs.field(validator=_text)

    def __attrs_post_init__(self) -> None:
        if not self.why.strip():
            raise InvalidValue(what="DateBounds.why", expected="what bounds the date, in words")
        if self.latest < self.earliest:
            raise InvalidValue(what="DateBounds", expected="latest on or after earliest")

    def __str__(self) -> str:
        return f"{day_in_words(self)} ({self.why})"


def published(text: str) -> dt.date | DateBounds:
    """A date of publication, as exactly as it is printed.

    Args:
        text: ``"2022-10-11"``, or ``"2013-03"`` or ``"2013"`` where no more is printed.

    Returns:
        A date, or the `DateBounds` of the month or year.

    Raises:
        Unreadable: The text is none of the three.
        InvalidValue: It is no text: a date needs no reading.

    Example:
        >>> published("2022-10-11")
        datetime.date(2022, 10, 11)
        >>> published("2013-03").latest
        datetime.date(2013, 3, 31)
    """
    if not isinstance(text, str):
        raise InvalidValue(what="a date of publication", expected='text, such as "2022-10-11", "2013-03" or "2013"')
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text, re.ASCII)
    bad = Unreadable(what="a date", length=len(text), expected="2022-10-11, 2013-03 or 2013")
    if not match:
        raise bad
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or not 1 <= year or (month is not None and not 1 <= month <= 12):
        raise bad
    if month is None:
        return DateBounds(earliest=dt.date(year, 1, 1), latest=dt.date(year, 12, 31), why="only the year is printed")
    last = calendar.monthrange(year, month)[1]
    if day is None:
        return DateBounds(earliest=dt.date(year, month, 1), latest=dt.date(year, month, last), why="only the month is printed")
    if not 1 <= day <= last:
        raise bad
    return dt.date(year, month, day)


@attrs.frozen(kw_only=True)
class Source:
    """Where a figure, rule or definition is to be found.

    Args:
        title: The document, release or enactment.
        publisher: Who published it.
        date: When; `DateBounds` where only a month or year is printed or an undated paper must lie between two dates.
        place: Paragraph, table, regulation, column: where in it.
        url: Where it can be read, if anywhere public.
        note: What a reader should know (an edition, a licence, how it was read).

    Raises:
        MissingSource: Title, publisher, date or place is empty or None.
        InvalidValue: One of the parts is of another kind, such as a date as text (see `published`).

    Example:
        >>> cabinet = Source(title="Children's Services Update", publisher="Buckinghamshire Council",
        ...     date=dt.date(2022, 10, 11), place="paragraph 3.19")
        >>> print(cabinet)
        Buckinghamshire Council, Children's Services Update, 11 October 2022, paragraph 3.19
    """

    title: str = attrs.field(validator=of_kind(str, type(None), expected="text"))
    publisher: str = attrs.field(validator=of_kind(str, type(None), expected="text"))
    date: dt.date | DateBounds = attrs.field(
        validator=of_kind(dt.date, DateBounds, type(None), expected='a date, or published("2013-03") where no more is printed')
    )
    place: str = attrs.field(validator=of_kind(str, type(None), expected="text"))
    url: str | None = attrs.field(default=None, validator=of_kind(str, type(None), expected="text, or None"))
    note: str = attrs.field(default="", validator=_text)

    def __attrs_post_init__(self) -> None:
        for name in ("title", "publisher", "date", "place"):
            if not str(getattr(self, name) or "").strip():
                raise MissingSource(what=f"a Source with no {name}")

    def at(self, place: str) -> Source:
        """The same source, at another paragraph or table.

        Args:
            place: The paragraph, table, regulation or column.

        Raises:
            MissingSource: ``place`` is empty.
        """
        return attrs.evolve(self, place=place)

    def __str__(self) -> str:
        when = day_in_words(self.date) if isinstance(self.date, dt.date) else str(self.date)
        return ", ".join((self.publisher, self.title, when, self.place))


@attrs.frozen(kw_only=True)
class NoOfficialSource:
    """A plain statement that nobody publishes an official definition or series, and why.

    Args:
        reason: Why there is none, and what the figure then rests on.

    Raises:
        MissingSource: The reason is empty.

    Example:
        >>> print(NoOfficialSource(reason="each authority defines a contact for itself"))
        no official source: each authority defines a contact for itself
    """

    reason: str = attrs.field(validator=of_kind(str, type(None), expected="text"))

    def __attrs_post_init__(self) -> None:
        if not (self.reason or "").strip():
            raise MissingSource(what="NoOfficialSource with no reason")

    def __str__(self) -> str:
        return f"no official source: {self.reason}"


AnySource = Source | NoOfficialSource
"""Where a figure comes from, or the statement that nothing official says it, with the reason."""


@attrs.frozen(kw_only=True)
class InForce(Generic[T]):
    """A value and the dates it was in force, both included.

    Args:
        value: The limit, code, share or name.
        since: The first day it held.
        until: The last day it held; None while it still does.
        source: Who says so.

    Raises:
        MissingSource: There is no source.
        InvalidValue: ``until`` is before ``since``, or one of them is no date.
    """

    value: T
    since: dt.date = attrs.field(validator=_a_date)
    until: dt.date | None = attrs.field(default=None, validator=_a_date_or_none)
    source: AnySource

    def __attrs_post_init__(self) -> None:
        _need_source(self.source, "a value in force")
        if self.until is not None and self.until < self.since:
            raise InvalidValue(what="InForce", expected="until on or after since")

    def holds(self, on: dt.date) -> bool:
        """Whether it was in force on a date.

        Args:
            on: The date.

        Raises:
            InvalidValue: ``on`` is no date, or has a time of day.
        """
        _need_date(on)
        return self.since <= on and (self.until is None or on <= self.until)

    def __str__(self) -> str:
        return f"{day_in_words(self.since)} to {day_in_words(self.until) if self.until else 'now'}"


def _all_in_force(values: Iterable[InForce[T]]) -> tuple[InForce[T], ...]:
    return tuple(values)


@attrs.frozen(kw_only=True)
class Dated(Generic[T]):
    """A rule by the dates it was in force: what held on a date is looked up, never assumed.

    Args:
        what: What the rule is, in words, for messages.
        values: The values in order of date; no two in force on one day.

    Raises:
        InvalidValue: No values, or two in force on one day, or out of order.

    Example:
        >>> act = Source(title="An Act", publisher="Parliament", date=dt.date(2016, 7, 1), place="section 1")
        >>> share = Dated(what="threshold", values=(
        ...     InForce(value=0.07, since=dt.date(2016, 7, 1), until=dt.date(2022, 8, 23), source=act),
        ...     InForce(value=0.10, since=dt.date(2022, 8, 24), source=act)))
        >>> share.on(dt.date(2022, 8, 23)), share.on(dt.date(2022, 8, 24))
        (0.07, 0.1)
    """

    what: str
    values: tuple[InForce[T], ...] = attrs.field(converter=_all_in_force)

    def __attrs_post_init__(self) -> None:
        if not self.values or not all(isinstance(value, InForce) for value in self.values):
            raise InvalidValue(what="Dated.values", expected="one or more InForce")
        for earlier, later in zip(self.values, self.values[1:], strict=False):
            if earlier.until is None or earlier.until >= later.since:
                raise InvalidValue(what=self.what, expected="values in order of date, no two in force on one day")

    def in_force(self, on: dt.date) -> InForce[T]:
        """The value with its dates and source that held on a date.

        Args:
            on: The date.

        Raises:
            NotInForce: Nothing was in force on that date.
            InvalidValue: ``on`` is no date, or has a time of day.
        """
        _need_date(on)
        for value in self.values:
            if value.holds(on):
                return value
        raise NotInForce(what=self.what, on=on.isoformat(), ranges=tuple(str(value) for value in self.values))

    def on(self, date: dt.date) -> T:
        """The value that held on a date.

        Args:
            date: The date.

        Raises:
            NotInForce: Nothing was in force on that date.
            InvalidValue: ``date`` is no date, or has a time of day.
        """
        return self.in_force(date).value

    def __iter__(self) -> Iterator[InForce[T]]:
        return iter(self.values)


@attrs.frozen(kw_only=True)
class Vintage(Generic[T]):
    """One edition of a figure that was published more than once.

    Args:
        name: What the edition is called: ``"original"``, ``"rebased to Census 2021"``.
        value: The figure in that edition.
        source: Where that edition is.

    Raises:
        MissingSource: There is no source.
    """

    name: str
    value: T
    source: AnySource

    def __attrs_post_init__(self) -> None:
        _need_source(self.source, "a vintage")


def _all_editions(editions: Iterable[Vintage[T]]) -> tuple[Vintage[T], ...]:
    return tuple(editions)


@attrs.frozen(kw_only=True)
class Vintages(Generic[T]):
    """The editions of one figure side by side; which one is meant must be said.

    Args:
        what: The figure, in words, for messages.
        editions: The editions, oldest first, with names of their own.

    Raises:
        InvalidValue: No editions, or two of one name.

    Example:
        >>> first = Source(title="Mid-year estimates", publisher="ONS", date=published("2021"), place="mid-2020")
        >>> again = Source(title="Rebasing following Census 2021", publisher="ONS", date=dt.date(2023, 11, 23), place="mid-2020")
        >>> population = Vintages(what="Buckinghamshire, aged 0 to 17, mid-2020", editions=(
        ...     Vintage(name="original", value=126_804, source=first),
        ...     Vintage(name="rebased", value=122_495, source=again)))
        >>> population.named("rebased").value
        122495
    """

    what: str
    editions: tuple[Vintage[T], ...] = attrs.field(converter=_all_editions)

    def __attrs_post_init__(self) -> None:
        if not self.editions or not all(isinstance(edition, Vintage) for edition in self.editions):
            raise InvalidValue(what="Vintages.editions", expected="one or more Vintage")
        if len({edition.name for edition in self.editions}) != len(self.editions):
            raise InvalidValue(what=self.what, expected="editions with names of their own")

    @property
    def names(self) -> tuple[str, ...]:
        """The editions there are, oldest first."""
        return tuple(edition.name for edition in self.editions)

    def named(self, name: str) -> Vintage[T]:
        """The edition of that name.

        Args:
            name: Its name, one of `names`.

        Raises:
            InvalidValue: There is none of that name.
        """
        for edition in self.editions:
            if edition.name == name:
                return edition
        raise InvalidValue(what=f"vintage of {self.what}", expected=" or ".join(map(repr, self.names)))

    def __iter__(self) -> Iterator[Vintage[T]]:
        return iter(self.editions)


def _need_source(source: object, what: str) -> None:
    if not isinstance(source, (Source, NoOfficialSource)):
        raise MissingSource(what=what)


def _need_date(on: object) -> None:
    if not isinstance(on, dt.date) or isinstance(on, dt.datetime):
        raise InvalidValue(what="the date a rule is asked for", expected="a date without a time of day")


def day_in_words(date: dt.date | DateBounds) -> str:
    """``31 March 2025``; in English, whatever the machine's language.

    Args:
        date: The date, or the two it lies between, which are both said.

    Example:
        >>> day_in_words(DateBounds(earliest=dt.date(2013, 3, 1), latest=dt.date(2013, 3, 31), why="only the month is printed"))
        'between 1 March 2013 and 31 March 2013'
    """
    if isinstance(date, DateBounds):
        first, last = day_in_words(date.earliest), day_in_words(date.latest)
        return first if first == last else f"between {first} and {last}"
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"
