"""The record: how printed figures match official ones, and what becomes of claims in words."""

from __future__ import annotations

import enum

__all__ = ["ClaimVerdict", "Match"]


class Match(enum.Enum):
    """How a printed figure matches the official ones beside it."""

    MATCHES = "matches"
    """It can stand for the official figure: the same thing at the same time, within the rounding of the print."""
    ON_ONE_BASIS = "matches on one basis"
    """It can stand for one of several official figures, and the print does not say that this one was meant."""
    BETWEEN = "lies between"
    """It is of a time that official figures do not have, and lies between those round it: neither confirmed nor in doubt."""
    DIFFERS = "differs"
    """It does neither. That says not which is right: where the two are not of the same days, both can be."""
    NOT_COMPARABLE = "cannot be compared"
    """Nothing official counts this, or counts it at that time. The nearest there is may stand beside it."""


class ClaimVerdict(enum.Enum):
    """What official data say of a claim in words."""

    BORNE_OUT = "borne out"
    """By every test it was put to."""
    IN_PART = "borne out in part"
    """By some of the tests and not by others."""
    NOT_BORNE_OUT = "not borne out"
    """By none of them, as the words are read here; another reading of them may fare better."""
    NOT_CHECKABLE = "cannot be checked"
    """Nothing official would show it, or it is a judgement that no figure settles."""
