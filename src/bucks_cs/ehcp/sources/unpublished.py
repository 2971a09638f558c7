"""EHC plans: what nobody publishes, and why: the reason stands where a source would."""

from __future__ import annotations

from bucks_cs.provenance import NoOfficialSource

__all__ = [
    "NO_SERIES_OF_CLEARING",
    "NO_SERIES_OF_OPEN_REQUESTS",
    "NO_SERIES_OF_PROJECTIONS",
    "NO_SERIES_OF_REASONS_FOR_EXCEPTIONS",
    "NO_SERIES_OF_WEEKS_TAKEN",
]

NO_SERIES_OF_WEEKS_TAKEN = NoOfficialSource(
    reason="the reporting year 2025 has bands (within 20 weeks, to 52, over) and neither a median nor a mean; an average "
    "of weeks comes with the reporting year 2026 (avg_weeks_issue_plan: its heading was seen, its definition not); percentiles "
    "come nowhere"
)

NO_SERIES_OF_OPEN_REQUESTS = NoOfficialSource(
    reason="requests still undecided at the end of a year are published (requests_decision_not_made, assess_not_made), and how "
    "old they are is not: the open requests and their ages are this library's own count"
)

NO_SERIES_OF_CLEARING = NoOfficialSource(
    reason="no return asks how many must be finished a month to clear a backlog; it is arithmetic on figures the reader gives"
)

NO_SERIES_OF_PROJECTIONS = NoOfficialSource(
    reason="the Department for Education publishes plans maintained and plans started and no projection of an authority's plans"
)

NO_SERIES_OF_REASONS_FOR_EXCEPTIONS = NoOfficialSource(
    reason="SEN2 has one item, Week20, exceptions apply or do not; which of regulation 10(4)(a) to (d) it was is in no return"
)
