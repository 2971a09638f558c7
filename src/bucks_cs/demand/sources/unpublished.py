"""Demand: what nobody publishes, and why: the reason stands where a source would."""

from __future__ import annotations

from bucks_cs.provenance import NoOfficialSource

__all__ = [
    "NO_SERIES_OF_ALLOCATION",
    "NO_SERIES_OF_ANNUALISED_RATES",
    "NO_SERIES_OF_CASELOADS",
    "NO_SERIES_OF_CONTACTS",
    "NO_SERIES_OF_CONVERSION",
    "NO_SERIES_OF_HAND_OFFS",
    "NO_SERIES_OF_THIS_RATE",
    "NO_SERIES_WITHIN_TWO_YEARS",
]

NO_SERIES_OF_CONTACTS = NoOfficialSource(
    reason="contacts are not in the children in need census, and each authority decides for itself what it records as one"
)

NO_SERIES_OF_ALLOCATION = NoOfficialSource(
    reason="no return counts children with an allocated social worker; the nearest are open episodes of need at 31 March and "
    "cases held at 30 September, and neither is the same"
)

NO_SERIES_OF_THIS_RATE = NoOfficialSource(reason="the Local authority interactive tool has no rate per 10,000 children of it")

NO_SERIES_OF_ANNUALISED_RATES = NoOfficialSource(
    reason="rates per 10,000 children are published of whole years; the months of a part of one, times 12 over their number, are "
    "this library's own"
)

NO_SERIES_WITHIN_TWO_YEARS = NoOfficialSource(
    reason="the Department for Education publishes second and subsequent plans regardless of how long ago the one before was, "
    "and no figure with a limit; two years from the end of the one before to the start of the next is this library's reading of "
    "local practice"
)

NO_SERIES_OF_CONVERSION = NoOfficialSource(
    reason="official statistics count each stage by itself and follow no child from one to the next"
)

NO_SERIES_OF_CASELOADS = NoOfficialSource(
    reason="the Department for Education publishes one mean, cases at 30 September for each full-time equivalent social worker "
    "who holds one or more (Local authority interactive tool, data dictionary, measure Work_Force_AvgNumCase_SW), and no figure "
    "for each worker, no median and no limit; these count workers and not full-time equivalents"
)

NO_SERIES_OF_HAND_OFFS = NoOfficialSource(
    reason="no return follows a child from one worker or team to the next. Buckinghamshire's transformation programme of 2023 is "
    'to "reduce hand off points and minimise assessments for families" (minutes of the Children\'s and Education Select '
    "Committee) and gives neither a definition nor a figure; these are this library's own"
)
