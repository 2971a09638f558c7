"""What a publisher's data file calls its columns, release by release, as data.

DfE renames columns: ``Referrals`` of 2024 is ``referral_count`` of 2025. A release is named by its year.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.provenance import DateBounds, Source, published
from bucks_cs.published_files.timing import Timing

__all__ = ["Heading", "PublishedFile", "Topic", "are_texts_by_column", "dropped", "kept", "renamed"]

_WHOLE = 100.0
_OWN_COLUMNS = frozenset(
    {
        *("above", "area", "end", "kind", "start", "stock_end", "stock_kind", "stock_start", "year"),
        *("geographic_level", "time_identifier", "time_period"),
    }
)
_text = of_kind(str, expected="text")


def _whole_number(value: object, *, what: str) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise InvalidValue(what=what, expected="a whole number, such as the year 2025")


def are_texts_by_column(value: object) -> bool:
    """Whether it is columns by name, each with one or more texts in a tuple.

    Args:
        value: What was given.
    """
    if not isinstance(value, Mapping) or not all(isinstance(texts, tuple) and texts for texts in value.values()):
        return False
    return all(isinstance(name, str) for name in (*value, *(text for texts in value.values() for text in texts)))


def _as_texts(given: object) -> tuple[str, ...]:
    several: tuple[Any, ...] = tuple(given) if isinstance(given, (tuple, list)) else (given,)
    if not all(isinstance(text, str) for text in several):
        raise InvalidValue(what="Topic", expected="text, or several")
    return several


@attrs.frozen(kw_only=True)
class Heading:
    """What a column is called, and in which releases; a release is named by its year.

    Args:
        text: The heading.
        read_in: The releases whose files, or whose guidance, were read for it.
        since: The release that brought it; None for one older than all that were read.
        until: The last release that has it; None for one still in use.
    """

    text: str = attrs.field(validator=_text)
    read_in: tuple[int, ...]
    since: int | None = None
    until: int | None = None

    def __attrs_post_init__(self) -> None:
        read_in: Any = self.read_in
        if not isinstance(read_in, tuple) or not read_in:
            raise InvalidValue(what="Heading.read_in", expected="the releases it was read in, at least one")
        for year in (*self.read_in, *(bound for bound in (self.since, self.until) if bound is not None)):
            _whole_number(year, what="Heading: a release")


def kept(text: str, *read_in: int) -> tuple[Heading, ...]:
    """A heading that every release has.

    Args:
        text: The heading.
        *read_in: The releases that were read.

    Example:
        >>> from bucks_cs.published_files import kept
        >>> [heading.text for heading in kept("CPP_start", 2023, 2025)]
        ['CPP_start']
    """
    return (Heading(text=text, read_in=read_in),)


def renamed(before: str, after: str, *, read_in: tuple[int, ...], since: int, read_after: tuple[int, ...]) -> tuple[Heading, ...]:
    """A heading that a release renamed.

    Args:
        before: What it was called.
        after: What it is called.
        read_in: The releases that were read for the old one.
        since: The release that brought the new one; the old one is in those before.
        read_after: The releases that were read for the new one.
    """
    return Heading(text=before, read_in=read_in, until=since - 1), Heading(text=after, read_in=read_after, since=since)


def dropped(text: str, *read_in: int, until: int) -> tuple[Heading, ...]:
    """A heading that a release left out.

    Args:
        text: The heading.
        *read_in: The releases that were read for it.
        until: The last release that has it.
    """
    return (Heading(text=text, read_in=read_in, until=until),)


@attrs.frozen(kw_only=True)
class Topic:
    """One way a file is broken down: rows of its own, told by what stands in the column ``breakdown_topic``.

    Args:
        texts: What stands in ``breakdown_topic``, in one release or another.
        prefixes: What each entry of ``breakdown`` may begin with, in any case, and is left out: with ``"Aged "`` and ``"Age "``
            both ``"Aged 10"`` and ``"age 10"`` are ``"10"``.
        not_recorded: The entries that mean that it is not known; in readings they are null.
    """

    texts: tuple[str, ...] = attrs.field(converter=_as_texts)
    prefixes: tuple[str, ...] = attrs.field(default=(), converter=_as_texts)
    not_recorded: tuple[str, ...] = attrs.field(default=("Unknown",), converter=_as_texts)

    def __attrs_post_init__(self) -> None:
        if not self.texts:
            raise InvalidValue(what="Topic.texts", expected="what stands in breakdown_topic, in at least one release")


@attrs.frozen(kw_only=True)
class PublishedFile:
    """One of a publisher's data files.

    Args:
        name: What the publisher calls it: a letter and number, or the name of the file.
        about: What it is about.
        publication: The series it belongs to; the source of a file takes the title and publisher from it.
        headings: The names of its figures here, and what they are called in each release. A name that ends in ``_percent`` is a
            percentage.
        optional: The figures that not every release has.
        timing: Which years its rows are of.
        topics: What it is broken down by, under the names it is asked for by; empty for a file that has no
            ``breakdown_topic``, whose rows are all totals.
        told_apart_by: The columns that tell its rows of one area and year apart where it has no ``breakdown_topic``, each with
            every text it may hold; a row with another is refused, so that a group that a release renames is not lost in silence.
        joint_areas: Whether it has rows of two authorities together (``314 / 318``), which are of no one area and are left
            behind; where it has not, such a row is refused.
        latest_release: The newest release whose headings were read.
        lag: Years from its newest figures to the year its release is named by: figures of 2024 in the release of 2025 are 1.

    Example:
        >>> from bucks_cs.provenance import Source, published
        >>> from bucks_cs.published_files import PublishedFile, Timing, kept
        >>> workforce = Source(title="Children's social work workforce", publisher="Department for Education",
        ...     date=published("2026-02"), place="data file csww_indicators")
        >>> file = PublishedFile(name="csww_indicators", about="social workers", publication=workforce, latest_release=2025,
        ...     timing=Timing(identifiers="Reporting year", ends=(9, 30)),
        ...     headings={"agency_percent": kept("agency_rate_fte", 2025)})
        >>> file.most("agency_percent")
        100.0
    """

    name: str = attrs.field(validator=_text)
    about: str = attrs.field(validator=_text)
    publication: Source = attrs.field(validator=of_kind(Source, expected="a Source"))
    headings: Mapping[str, tuple[Heading, ...]]
    optional: frozenset[str] = frozenset()
    timing: Timing = attrs.field(validator=of_kind(Timing, expected="a Timing"))
    topics: Mapping[str, Topic] = attrs.field(factory=dict)
    told_apart_by: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    joint_areas: bool = attrs.field(default=False, validator=of_kind(bool, expected="True or False"))
    latest_release: int
    lag: int = 0

    def __attrs_post_init__(self) -> None:
        given: Any = self.headings
        if not isinstance(given, Mapping) or not given:
            raise InvalidValue(what="PublishedFile.headings", expected="the names of its figures, and the headings of each")
        every = [heading for headings in self.headings.values() for heading in headings]
        if not all(self.headings.values()) or not all(isinstance(heading, Heading) for heading in every):
            raise InvalidValue(what="PublishedFile.headings", expected="one or more Heading objects for each figure")
        if not set(self.optional) <= set(self.headings):
            raise InvalidValue(what="PublishedFile.optional", expected="names that are among the headings")
        self._need_apart()
        for name in ("latest_release", "lag"):
            _whole_number(getattr(self, name), what=f"PublishedFile.{name}")

    def _need_apart(self) -> None:
        what, taken = "PublishedFile.told_apart_by", {*_OWN_COLUMNS, *self.headings}
        if not are_texts_by_column(self.told_apart_by):
            raise InvalidValue(what=what, expected="columns, each with a tuple of the texts it may hold")
        if taken & set(self.told_apart_by):
            raise InvalidValue(what=what, expected=f"none of {', '.join(sorted(taken))}")
        if self.told_apart_by and self.topics:
            raise InvalidValue(what=what, expected="no topics beside it")

    @staticmethod
    def most(figure: str) -> float | None:
        """The most that a figure can be: 100 for a percentage; None for a count or a rate, which are 0 or more.

        Args:
            figure: Its name here, which says of a percentage that it is one.
        """
        return _WHOLE if figure.endswith("_percent") else None

    def source(self, found: Iterable[Heading], *, latest: int | None) -> Source:
        """Which release a file is of, as far as its headings and its newest year tell.

        Args:
            found: The headings it has.
            latest: The year of its newest figures; None where it has no rows.
        """
        there = tuple(found)
        known = [heading.since for heading in there if heading.since is not None]
        newest = min(heading.read_in[0] for heading in there) if latest is None else latest + self.lag
        first = max([*known, newest])
        last = max(first, min([heading.until for heading in there if heading.until is not None], default=self.latest_release))
        title = self.publication.title
        if first == last:
            title, date = f"{title}, reporting year {last}", published(str(last))
        else:
            why = "told by the headings and the newest year of the file"
            date = DateBounds(earliest=dt.date(first, 1, 1), latest=dt.date(last, 12, 31), why=why)
        place = f"data file {self.name}, {self.about}"
        return Source(title=title, publisher=self.publication.publisher, date=date, place=place)
