"""Demand: early help, which no census counts and no guidance defines for the country."""

from __future__ import annotations

from bucks_cs.provenance import NoOfficialSource

__all__ = ["NO_SERIES_OF_EARLY_HELP"]

NO_SERIES_OF_EARLY_HELP = NoOfficialSource(
    reason="early help has no national definition and no census: Working Together to Safeguard Children leaves to local "
    "arrangements what it is and who gives it. Of it the children in need census has the referrals that came from it (source 5D) "
    "and the cases closed to it (reason RC9), from 2022-23, and follows no child from the one to the other"
)
"""Why no figure of early help can be set beside another authority's."""
