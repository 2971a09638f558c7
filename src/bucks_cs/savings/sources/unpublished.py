"""Savings: what nobody publishes or defines, and why: the reason stands where a source would."""

from __future__ import annotations

from bucks_cs.provenance import NoOfficialSource

__all__ = ["NO_DEFINITION_OF_A_SAVING", "NO_STANDARD_OF_RAG"]

NO_DEFINITION_OF_A_SAVING = NoOfficialSource(
    reason="no return collects the savings lines of a medium-term financial plan, and no law or guidance found defines whether "
    "the years of one are each on top of the year before or each against a base year: the words incremental and cumulative are "
    "practice"
)

NO_STANDARD_OF_RAG = NoOfficialSource(
    reason="no standard sets the shares at which a saving is green, amber or red; each council chooses its own"
)
