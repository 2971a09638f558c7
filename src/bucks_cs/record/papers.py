"""The record: the five documents it is taken from, each with its date, or the days an undated one must lie between."""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from bucks_cs.errors import InvalidValue, NotFound, did_you_mean, of_kind
from bucks_cs.geography import authority
from bucks_cs.provenance import DateBounds, Source, day_in_words
from bucks_cs.record.sources import CABINET_REPORT_OCTOBER_2022

__all__ = ["Body", "Document", "DocumentKind", "document", "documents"]


class DocumentKind(enum.Enum):
    """What a document is."""

    REPORT = "report"
    MINUTES = "minutes"
    DECISION_AND_MINUTES = "decision and minutes"


class Body(enum.Enum):
    """Whose document it is: the county council was abolished on 1 April 2020, when the unitary council took its place.

    Both have the LA number 825; the ONS code is what tells them apart.

    Example:
        >>> Body.on(dt.date(2020, 1, 13)), Body.on(dt.date(2022, 10, 11)).ons_code
        (<Body.COUNTY_COUNCIL: 'Buckinghamshire County Council'>, 'E06000060')
    """

    COUNTY_COUNCIL = "Buckinghamshire County Council"
    COUNCIL = "Buckinghamshire Council"

    @property
    def ons_code(self) -> str:
        """Its ONS code: E10000002 until 31 March 2020, E06000060 from 1 April 2020."""
        return _CODES[self]

    @classmethod
    def on(cls, day: dt.date) -> Body:
        """The body that there was on a day.

        Args:
            day: The day.

        Raises:
            NotInForce: It is before the codes began, on 1 January 2009.
            InvalidValue: It is no plain date.
        """
        code = authority("825").code(on=day)
        return next(body for body, its in _CODES.items() if its == code)


_CODES = {Body.COUNTY_COUNCIL: "E10000002", Body.COUNCIL: "E06000060"}


@attrs.frozen(kw_only=True)
class Document:
    """A document of the record.

    Args:
        key: Its name here; the ids of its figures begin with it.
        title: What it is called, in its own words as far as it has a title.
        kind: Report, minutes, or a decision with its minutes.
        body: Whose it is.
        dated: Its day, or the days it must lie between and why.
        restates: The key of the document whose figures it repeats, so that they are counted once; None for one of its own.
        source: Where it is to be found.

    Raises:
        InvalidValue: The body was not there on the document's day, or one of the parts is of another kind.

    Example:
        >>> print(document("cabinet-minutes-2020-01"))
        Minutes of Cabinet, item 10: Children's Services and Education (Buckinghamshire County Council, 13 January 2020)
    """

    key: str = attrs.field(validator=of_kind(str, expected="text"))
    title: str = attrs.field(validator=of_kind(str, expected="text"))
    kind: DocumentKind = attrs.field(validator=of_kind(DocumentKind, expected="a DocumentKind"))
    body: Body = attrs.field(validator=of_kind(Body, expected="a Body"))
    dated: dt.date | DateBounds = attrs.field(validator=of_kind(dt.date, DateBounds, expected="a date, or DateBounds"))
    restates: str | None = attrs.field(default=None, validator=of_kind(str, type(None), expected="a key, or None"))
    source: Source = attrs.field(validator=of_kind(Source, expected="a Source"))

    def __attrs_post_init__(self) -> None:
        if {Body.on(self.earliest), Body.on(self.latest)} != {self.body}:
            raise InvalidValue(what="Document.body", expected="the council that there was on the document's day")
        if self.restates == self.key:
            raise InvalidValue(what="Document.restates", expected="the key of another document, or None")

    @property
    def earliest(self) -> dt.date:
        """The first day it can be of."""
        return self.dated.earliest if isinstance(self.dated, DateBounds) else self.dated

    @property
    def latest(self) -> dt.date:
        """The last day it can be of; the same as `earliest` where the day is known."""
        return self.dated.latest if isinstance(self.dated, DateBounds) else self.dated

    def __str__(self) -> str:
        first, last = day_in_words(self.earliest), day_in_words(self.latest)
        when = first if first == last else f"undated, between {first} and {last}"
        return f"{self.title} ({self.body.value}, {when})"


def _document(key: str, title: str, kind: DocumentKind, dated: dt.date | DateBounds, **more: str | None) -> Document:
    """A document whose source says what it says itself."""
    earliest = dated.earliest if isinstance(dated, DateBounds) else dated
    body = Body.on(earliest)
    source = Source(title=title, publisher=body.value, date=dated, place="whole document", url=more.pop("url", None))
    return Document(key=key, title=title, kind=kind, body=body, dated=dated, source=source, **more)


_REPORT = Document(
    key="cabinet-2022-10",
    title=CABINET_REPORT_OCTOBER_2022.title,
    kind=DocumentKind.REPORT,
    body=Body.COUNCIL,
    dated=dt.date(2022, 10, 11),
    source=CABINET_REPORT_OCTOBER_2022.at("whole document"),
)

_DOCUMENTS = (
    _document(
        "cabinet-minutes-2020-01",
        "Minutes of Cabinet, item 10: Children's Services and Education",
        DocumentKind.MINUTES,
        dt.date(2020, 1, 13),
    ),
    _document(
        "improvement-plan-minutes-2021-22",
        "Children's Services Improvement Plan - Progress Update, minutes of the committee",
        DocumentKind.MINUTES,
        DateBounds(
            earliest=dt.date(2021, 5, 1),
            latest=dt.date(2022, 2, 11),
            why="no date is printed: it follows the improvement notice received in May 2021, and still revises the plan made "
            "upon that notice, with no word of Ofsted's report published on 11 February 2022; the latest day is inferred",
        ),
    ),
    _REPORT,
    _document(
        "cabinet-minutes-2022-10",
        "Children's Services Update, decision and minutes of Cabinet",
        DocumentKind.DECISION_AND_MINUTES,
        DateBounds(
            earliest=dt.date(2022, 10, 11),
            latest=dt.date(2022, 10, 11),
            why="no date is printed: it minutes the report to Cabinet of 11 October 2022, whose table at 3.19 it cites",
        ),
        restates="cabinet-2022-10",
    ),
    _document(
        "transformation-minutes-2023",
        "Children's Services Transformation Programme, minutes of the Select Committee",
        DocumentKind.MINUTES,
        DateBounds(
            earliest=dt.date(2023, 5, 1),
            latest=dt.date(2024, 3, 31),
            why="no date is printed: it cites the update presented to Cabinet in May 2023, and the savings budgeted for 2023-24 "
            "and the financial year that is current are those of that year, with the full year of 2022-23 yet to be reported",
        ),
    ),
)


def documents() -> tuple[Document, ...]:
    """The five documents of the record, in the order of their dates, a report before its minutes.

    Returns:
        Five documents, whose figures `bucks_cs.record.figures` lists in the same order.

    Example:
        >>> [document.key for document in documents() if document.restates]
        ['cabinet-minutes-2022-10']
    """
    return _DOCUMENTS


def document(key: str) -> Document:
    """A document by its key.

    Args:
        key: Such as ``"cabinet-2022-10"``.

    Raises:
        NotFound: There is none of that key.
        InvalidValue: It is no text.

    Example:
        >>> document("cabinet-2022-10").dated
        datetime.date(2022, 10, 11)
    """
    if not isinstance(key, str):
        raise InvalidValue(what="document", expected="a key, as text")
    for one in _DOCUMENTS:
        if one.key == key:
            return one
    raise NotFound(what="a document", asked_on=("key",), rows=0, hint=did_you_mean(key, [one.key for one in _DOCUMENTS]))
