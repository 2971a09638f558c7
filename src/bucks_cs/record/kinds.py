"""The record: the closed choices of its figures: which subject, what kind, how surely dated, how surely read."""

from __future__ import annotations

import enum

__all__ = ["FigureKind", "Legibility", "PeriodIs", "Subject"]


class Subject(enum.Enum):
    """Which part of the service a figure is about."""

    DEMAND = "demand"
    """Contacts to plans, and what drives them."""
    EHCP = "ehcp"
    """Education, health and care plans."""
    INSPECTIONS = "inspections"
    """Ofsted and CQC: the authority, the area's SEND, schools and homes; peer reviews."""
    SAVINGS = "savings"
    """The medium-term financial plan: savings, overspends and their years."""
    FUNDING = "funding"
    """Money from or asked of the Government."""
    WORKFORCE = "workforce"
    """Social workers, their teams and the academy."""
    UASC = "uasc"
    """Unaccompanied asylum-seeking children and the transfer threshold."""
    SUFFICIENCY = "sufficiency"
    """Enough places: school places for children with SEND, foster carers, adoption, placements."""
    ATTAINMENT = "attainment"
    """Results, courses and schooling."""
    EARLY_HELP = "early_help"
    """The family support service and family centres."""
    NATIONAL_POLICY = "national_policy"
    """White and Green Papers, reviews and law."""
    GOVERNANCE = "governance"
    """Meetings, notices and directions, and where a text points to."""


class FigureKind(enum.Enum):
    """What a figure is."""

    COUNT = "count"
    AMOUNT = "amount"
    SHARE = "share"
    CHANGE = "change"
    RATE = "rate"
    DURATION = "duration"
    AGE = "age"
    LIMIT = "limit"
    GRADE = "grade"
    """A judgement in words, or a grade or level in numbers."""
    DATE = "date"
    YEAR = "year"
    PERIOD = "period"
    CLAIM = "claim"
    """A statement in words that figures could bear out or not."""
    GAP = "gap"
    """A statement that there is no figure: never 0."""
    REFERENCE = "reference"
    """A paragraph, page or table pointed at."""

    @property
    def has_a_number(self) -> bool:
        """Whether such a figure is a number wherever it can be read."""
        return self in _NUMBERS

    @property
    def is_a_time(self) -> bool:
        """Whether such a figure is itself a day, a year or a stretch of time."""
        return self in {FigureKind.DATE, FigureKind.YEAR, FigureKind.PERIOD}


_NUMBERS = {
    *(FigureKind.COUNT, FigureKind.AMOUNT, FigureKind.SHARE, FigureKind.CHANGE),
    *(FigureKind.RATE, FigureKind.DURATION, FigureKind.AGE, FigureKind.LIMIT),
}


class PeriodIs(enum.Enum):
    """How surely a figure's days are known."""

    EXACT = "exact"
    WITHIN = "within"
    """The day or period lies somewhere between the two days."""
    UNKNOWN = "unknown"


class Legibility(enum.Enum):
    """Whether it can be told what a printed figure means."""

    READ = "read"
    UNRESOLVED = "unresolved"
    """The print could mean two things, or no stated number; it is kept as it stands."""
