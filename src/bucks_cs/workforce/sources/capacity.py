"""The workforce: who says how whole things are shared out, what is said of agency workers, and what nobody sets."""

from __future__ import annotations

import datetime as dt

from bucks_cs.provenance import DateBounds, NoOfficialSource, Source, published

__all__ = [
    "AGENCY_RULES",
    "APPORTIONMENT",
    "INDICES_OF_DEPRIVATION_2025",
    "NO_CASELOAD_LIMIT",
    "NO_SHARING_RULE",
    "ODD_DIVISORS",
    "REPEATED_REMAINDERS",
]

NO_CASELOAD_LIMIT = NoOfficialSource(
    reason="no law or statutory guidance that was found sets how many cases a social worker may hold, so that the caseload aimed "
    "at has to be given; DfE publishes the average that there is"
)

NO_SHARING_RULE = NoOfficialSource(
    reason="no law or guidance says how social workers are shared out over the localities of an authority; the methods are those "
    "by which seats are, and what is weighed, and how much, has to be given"
)

REPEATED_REMAINDERS = Source(
    title="Federal Act on Political Rights (SR 161.1)",
    publisher="Swiss Confederation",
    date=dt.date(1976, 12, 17),
    place="article 17, letters a to c",
    note="read in the edition of 1 November 2015 and in English translation. A canton whose population is below the allocation "
    "number has one seat and is out of what follows; this is repeated until no canton left is below it, and the seats then left "
    "go to the largest remainders. Its allocation number is a whole number, ours is not rounded; a tie goes by other remainders "
    "and then by lot, ours by name",
)
"""Largest remainder with at least one each, in law: the repeated first step is the one used here."""

ODD_DIVISORS = Source(
    title="Representation of the People Act (Act No. 57 of 28 June 2002), Norway",
    publisher="Kingdom of Norway",
    date=dt.date(2002, 6, 28),
    place="section 11-3, paragraphs 2 and 3",
    note="read in English translation. Each constituency's figure, of inhabitants and area "
    "together, is divided by 1, 3, 5, 7 and so forth, and seats go to the largest quotients; a tie goes to the larger figure, "
    "then by lot",
)
"""Sainte-Laguë's divisors on a weight made of two things, in law."""

APPORTIONMENT = Source(
    title="Fair Representation: Meeting the Ideal of One Man, One Vote, second edition, by M. L. Balinski and H. P. Young",
    publisher="Brookings Institution Press",
    date=published("2001"),
    place="chapters 3 (Hamilton), 4 (Webster) and 5 (the paradoxes)",
    note="its contents list was read, and its chapters as others tell them: the largest remainder keeps within the whole numbers "
    "on either side of an exact share and may take a seat away when the total grows; divisor methods never do, and may leave "
    "those whole numbers",
)
"""The standard work on both methods."""

AGENCY_RULES = Source(
    title="Child and family social workers: agency rules",
    publisher="Department for Education",
    date=DateBounds(
        earliest=dt.date(2024, 1, 1), latest=dt.date(2024, 10, 31), why="statutory guidance in effect from 31 October 2024"
    ),
    place="price caps",
    url="https://www.gov.uk/government/publications/child-and-family-social-workers-agency-rules",
    note="DfE's pages about it were read, and not its text. Authorities agree price caps within their region; a cap is to "
    "include the worker's hourly pay, the employer's national insurance and, where it applies, the apprenticeship levy",
)
"""Statutory guidance on agency workers; it sets no national price."""

INDICES_OF_DEPRIVATION_2025 = Source(
    title="English indices of deprivation 2025, local authority district summaries",
    publisher="Ministry of Housing, Communities and Local Government",
    date=dt.date(2025, 10, 30),
    place="columns ltla24_name, imd_average_score, income_scale",
    note="by lower-tier authority of April 2024: Buckinghamshire is one row, so that it says nothing of where in it the need is. "
    "That income_scale is a number of people is how the indices have used the word; not verified for 2025",
)
"""Deprivation by district, which is not by locality."""
