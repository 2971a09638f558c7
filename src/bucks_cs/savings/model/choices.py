"""Savings: the closed choices of a line: how its years stand, whether it recurs, what kind it is, how far it has come."""

from __future__ import annotations

import enum

__all__ = ["Basis", "PrintedSign", "Recurrence", "SavingKind", "Status"]


class Basis(enum.Enum):
    """What each year's figure of a line is measured against."""

    INCREMENTAL = "incremental"
    """On top of the year before."""
    CUMULATIVE = "cumulative"
    """Against a base year."""
    UNSTATED = "unstated"
    """Not said: never guessed."""


class Recurrence(enum.Enum):
    """Whether what is saved in a year is saved again in each year after it."""

    RECURRING = "recurring"
    ONE_OFF = "one-off"
    """Each figure is of its own year alone, on either basis."""
    UNSTATED = "unstated"


class SavingKind(enum.Enum):
    """What a line does to the budget."""

    CASHABLE = "cashable"
    """Money that is spent now and will not be."""
    COST_AVOIDANCE = "cost avoidance"
    """Money that would have been spent and will not be: no budget falls by it."""
    INCOME = "income"
    """Money that comes in."""
    UNSTATED = "unstated"


class Status(enum.Enum):
    """How far a line has come."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    ON_TRACK = "on track"
    AT_RISK = "at risk"
    DELIVERED = "delivered"
    NOT_ACHIEVABLE = "not achievable"


class PrintedSign(enum.Enum):
    """Which sign a saving has where it is printed; in this library a saving is above 0."""

    ABOVE_ZERO = "savings above 0"
    BELOW_ZERO = "savings below 0"
    """As in a budget, where a saving takes away: by a minus or by brackets."""
