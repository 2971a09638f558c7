"""The record: the few facts from outside the figures that they are audited against, each with its source.

Populations, limits and a date of publication are other bodies' facts; those that are also set beside printed figures are taken
from `bucks_cs.record.official_facts`, so that the two cannot differ. What the documents list, and what their paragraphs are
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

from bucks_cs.provenance import AnySource, DateBounds, Source, Vintage, Vintages
from bucks_cs.record.checks.declared import DeclaredRelation, RelationKind
from bucks_cs.record.officially.facts import official_fact

__all__ = [
    "ACTION_PLAN_LIMIT",
    "ASSESSED_YEAR",
    "Fact",
    "POPULATION",
    "REPORT_PUBLISHED",
    "Paragraph",
    "listed",
    "paragraphs",
    "sources_of_facts",
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


_PUBLISHED = official_fact("inspections.report_published", on=dt.date(2022, 2, 11))
REPORT_PUBLISHED = Fact(
    what="the report of the inspection of December 2021 was published",
    value=dt.date.fromisoformat(_PUBLISHED.said),
    source=_PUBLISHED.source,
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


def _edition(measure: str) -> Vintage[int]:
    """An edition of the estimates of mid-2020, by the key of the official measure, under the name that measure has for it."""
    fact = official_fact(measure, on=dt.date(2020, 6, 30))
    return Vintage(name=fact.measure.basis, value=round(fact.number), source=fact.source)


POPULATION: Mapping[tuple[int, int], Vintages[int]] = MappingProxyType(
    {
        (0, 17): Vintages(
            what="Buckinghamshire, aged 0 to 17, mid-2020",
            editions=(_edition("population.aged_0_to_17_original"), _edition("demand.children_at_mid_year")),
        ),
        (0, 18): Vintages(
            what="Buckinghamshire, aged 0 to 18, mid-2020", editions=(_edition("population.aged_0_to_18_original"),)
        ),
    }
)
"""Buckinghamshire's population at mid-2020 by the ages included, in the editions there are of it."""


def sources_of_facts(relation: DeclaredRelation) -> tuple[AnySource, ...]:
    """The sources of the facts from outside the figures that a relation holds them against; none where there are none.

    Args:
        relation: The relation.
    """
    if relation.kind is RelationKind.WORKING_DAYS:
        return (REPORT_PUBLISHED.source, ACTION_PLAN_LIMIT.source)
    if relation.kind in {RelationKind.THRESHOLD, RelationKind.AGES}:
        tried = [each for ages, each in POPULATION.items() if relation.against in {"", f"{ages[0]}-{ages[1]}"}]
        return tuple(edition.source for editions in tried for edition in editions)
    return (ASSESSED_YEAR.source,) if relation.kind is RelationKind.TOTAL and relation.against else ()


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
