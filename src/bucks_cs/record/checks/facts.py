"""The record: the few facts from outside the figures that they are audited against, each with its source.

Populations, limits and a date of publication are other bodies' facts. What the documents list, and what their paragraphs are
about, is the documents' own: it is kept as short runs of their words, since the documents themselves are not shipped.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
import importlib.resources
from collections.abc import Mapping
from types import MappingProxyType
from typing import Generic, TypeVar

import attrs

from bucks_cs.provenance import DateBounds, Source, Vintage, Vintages

__all__ = [
    "ACTION_PLAN_LIMIT",
    "ASSESSED_YEAR",
    "Fact",
    "POPULATION",
    "REPORT_PUBLISHED",
    "Paragraph",
    "listed",
    "paragraphs",
]

T = TypeVar("T")


@attrs.frozen(kw_only=True)
class Fact(Generic[T]):
    """A number or a day that a figure is audited against.

    Args:
        what: What it is, in words.
        value: It.
        source: Who says so.
    """

    what: str
    value: T
    source: Source


REPORT_PUBLISHED = Fact(
    what="the report of the inspection of December 2021 was published",
    value=dt.date(2022, 2, 11),
    source=Source(
        title="Inspection of Buckinghamshire Council children's services",
        publisher="Ofsted",
        date=dt.date(2022, 2, 11),
        place="page 1",
    ),
)
"""The day from which the 70 working days of the action plan run: its receipt is taken to be its publication."""

ACTION_PLAN_LIMIT = Fact(
    what="working days in which an action plan is submitted after an inspection",
    value=70,
    source=Source(
        title="Inspecting local authority children's services",
        publisher="Ofsted",
        date=DateBounds(
            earliest=dt.date(2017, 11, 1),
            latest=dt.date(2022, 5, 25),
            why="first published in November 2017, and in force when the plan was due",
        ),
        place="action plans after an inspection",
        note='"within 70 working days" is Ofsted\'s, "in line with current legislation", in Children and Young People Now, '
        "16 August 2018; the paragraph of the framework itself was not read",
    ),
)

ASSESSED_YEAR = Fact(
    what="months of the assessed and supported year in employment",
    value=12,
    source=Source(
        title="The Assessed and Supported Year in Employment",
        publisher="Skills for Care",
        date=DateBounds(
            earliest=dt.date(2012, 9, 1), latest=dt.date(2025, 12, 31), why="the page has no date; in force since 2012"
        ),
        place="a programme of 12 months",
    ),
)

_FIRST = Source(
    title="Population estimates for the UK, England and Wales, Scotland and Northern Ireland: mid-2020",
    publisher="Office for National Statistics",
    date=dt.date(2021, 6, 25),
    place="single year of age, Buckinghamshire (E06000060)",
    note="the newest there was for an authority on 11 October 2022",
)
_REBASED = Source(
    title="Mid-year population estimates, 2012 to 2024",
    publisher="Office for National Statistics",
    date=DateBounds(
        earliest=dt.date(2024, 7, 1),
        latest=dt.date(2025, 12, 31),
        why="not before its newest estimate, and the rates of Children in need 2025 are on it; the file has no date",
    ),
    place="Buckinghamshire (E06000060), 2020, children aged 0 to 17 years",
    note="rebased to the Census of 2021",
)

POPULATION: Mapping[tuple[int, int], Vintages[int]] = MappingProxyType(
    {
        (0, 17): Vintages(
            what="Buckinghamshire, aged 0 to 17, mid-2020",
            editions=(
                Vintage(name="as first published", value=126_804, source=_FIRST),
                Vintage(name="rebased to the Census of 2021", value=122_495, source=_REBASED),
            ),
        ),
        (0, 18): Vintages(
            what="Buckinghamshire, aged 0 to 18, mid-2020",
            editions=(Vintage(name="as first published", value=133_033, source=_FIRST),),
        ),
    }
)
"""Buckinghamshire's population at mid-2020 by the ages included, in the editions there are of it."""


@attrs.frozen(kw_only=True)
class Paragraph:
    """What can be told of a paragraph without its text.

    Args:
        document: The key of the document.
        number: As printed, such as ``"3.14"``.
        heading: The heading it stands under.
        opening: Its first words.
        names: Which of the things that references look for are named in it.
    """

    document: str
    number: str
    heading: str
    opening: str
    names: frozenset[str]


@functools.cache
def paragraphs(document: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a document that references of the record point into, in order: section 3 of the report of October 2022.

    Args:
        document: The key of the document; one that none point into has none.
    """
    return tuple(
        Paragraph(
            document=row["document"],
            number=row["paragraph"],
            heading=row["heading"],
            opening=row["opening"],
            names=frozenset(row["names"].split("; ")) if row["names"] else frozenset(),
        )
        for row in _rows("paragraphs.csv")
        if row["document"] == document
    )


@functools.cache
def listed() -> Mapping[str, tuple[str, ...]]:
    """What the documents list, by the name of the list: the words each item begins with."""
    lists: dict[str, list[str]] = {}
    for row in _rows("listed.csv"):
        lists.setdefault(row["list"], []).append(row["item"])
    return MappingProxyType({name: tuple(items) for name, items in lists.items()})


def _rows(name: str) -> list[dict[str, str]]:
    text = (importlib.resources.files("bucks_cs.record.checks") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
