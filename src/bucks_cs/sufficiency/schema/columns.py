"""The columns that tables of places and tables of need share, said once, so that the two can stand beside one another."""

from __future__ import annotations

from typing import Any

from bucks_cs.frames import field
from bucks_cs.periods import AcademicYear
from bucks_cs.sufficiency.model.vocabulary import KindOfHome, KindOfProvision, PhaseOfEducation, ProviderOfHome, TypeOfNeed

__all__ = [
    "ACADEMIC_YEARS",
    "academic_year",
    "children",
    "day",
    "kind_of_home",
    "kind_of_provision",
    "locality",
    "lower",
    "need",
    "phase",
    "places",
    "provider",
    "upper",
]

ACADEMIC_YEARS = tuple(AcademicYear.starting(year) for year in range(1990, 2099))
"""The academic years that a row may be of."""


def locality() -> Any:
    """Where in the authority; it may not be called area, which in readings is the authority."""
    return field(
        title="Locality",
        description="Where in the authority: of places where they are, of children where they live.",
        aliases=["area", "planning area"],
        nullable=True,
        gap="of no one locality",
        str_length={"min_value": 1},
    )


def phase() -> Any:
    """The phase of education."""
    return field(
        title="Phase",
        description="The phase of education.",
        aliases=["phase of education", "school phase"],
        nullable=True,
        gap="of no one phase",
        isin=[each.value for each in PhaseOfEducation],
    )


def kind_of_provision() -> Any:
    """The kind of provision."""
    return field(
        title="Kind of provision",
        description="The kind of provision the places are in, or that the children need.",
        aliases=["provision", "kind of provision"],
        isin=[each.value for each in KindOfProvision],
    )


def need() -> Any:
    """The need, by SEN2's code."""
    return field(
        title="Need",
        description="The need the places are kept for, or that the children have: the code of a primary need in SEN2.",
        aliases=["primary need", "type of need"],
        nullable=True,
        gap="of no one need",
        isin=[each.value for each in TypeOfNeed],
    )


def kind_of_home() -> Any:
    """The kind of home."""
    return field(
        title="Kind of home",
        description="The kind of home the places are in, or that the children need.",
        aliases=["kind of home", "placement type"],
        isin=[each.value for each in KindOfHome],
    )


def provider() -> Any:
    """Who provides the home."""
    return field(
        title="Provider",
        description="Who provides the home.",
        aliases=["place provider", "placement provider"],
        nullable=True,
        gap="of no one provider",
        isin=[each.value for each in ProviderOfHome],
    )


def academic_year() -> Any:
    """The academic year of a row."""
    return field(
        title="Academic year",
        description='The academic year, such as "2024/25".',
        aliases=["year", "school year"],
        isin=[year.label for year in ACADEMIC_YEARS],
    )


def day() -> Any:
    """The day of a row."""
    return field(title="Day", description="The day the places or the children are counted on.", aliases=["date", "as at"])


def places() -> Any:
    """How many places."""
    return field(
        title="Places",
        description="How many places there are.",
        unit="place",
        aliases=["capacity", "number of places"],
        nullable=True,
        gap="not known",
        ge=0,
    )


def children() -> Any:
    """How many children: for education those with a plan, one plan each."""
    return field(
        title="Children",
        description="How many children need a place, each one place; a projection may have decimals.",
        unit="child",
        aliases=["plans", "EHC plans", "pupils", "children or plans"],
        nullable=True,
        gap="not known",
        ge=0,
    )


def lower() -> Any:
    """The fewest they may be."""
    return field(
        title="Lower",
        description="The fewest children they may be, where the number is projected.",
        unit="child",
        aliases=["lower bound"],
        nullable=True,
        gap="no interval: as many as children says",
        ge=0,
    )


def upper() -> Any:
    """The most they may be."""
    return field(
        title="Upper",
        description="The most children they may be, where the number is projected.",
        unit="child",
        aliases=["upper bound"],
        nullable=True,
        gap="no interval: as many as children says",
        ge=0,
    )
