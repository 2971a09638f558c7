"""Demand: how soon things are to happen, and how long is long, by the date each limit came into force."""

from __future__ import annotations

import datetime as dt

from bucks_cs.demand.sources.publications import ASSESSMENT, LAIT, WORKING_TOGETHER_2013
from bucks_cs.provenance import DateBounds, Dated, InForce, Source
from bucks_cs.units import Quantity, quantity

__all__ = [
    "ASSESSMENT_LIMIT",
    "CONFERENCE_LIMIT",
    "DAYS_OF_A_LONG_PLAN",
    "DECISION_LIMIT",
    "REVIEW_LIMITS",
    "SEEN_LIMIT",
]

_BUCKINGHAMSHIRES_OWN = Source(
    title="Children's Services Improvement Plan: Progress Update, minutes",
    publisher="Buckinghamshire Council, Children's and Education Select Committee",
    date=DateBounds(
        earliest=dt.date(2021, 5, 1),
        latest=dt.date(2022, 2, 11),
        why="undated; after the notice of May 2021; that it is no later is inferred from its silence on "
        "Ofsted's report of that day",
    ),
    place="discussion, bullet 13",
    note="says of children who came in through the multi-agency safeguarding hub and needed an assessment that they 'were seen "
    "by a social worker within 5 working days of the referral'; since when is not printed",
)

_SINCE_2013 = dt.date(2013, 4, 15)

DECISION_LIMIT: Dated[Quantity] = Dated(
    what="decision on a referral",
    values=(InForce(value=quantity(1, "working_day"), since=_SINCE_2013, source=WORKING_TOGETHER_2013),),
)
"""A referral is decided on within one working day."""

ASSESSMENT_LIMIT: Dated[Quantity] = Dated(
    what="assessment of a child in need",
    values=(InForce(value=quantity(45, "working_day"), since=_SINCE_2013, source=ASSESSMENT),),
)
"""An assessment is completed within 45 working days of the referral; before, an initial one took 10 and a core one 35."""

CONFERENCE_LIMIT: Dated[Quantity] = Dated(
    what="initial child protection conference",
    values=(
        InForce(
            value=quantity(15, "working_day"),
            since=_SINCE_2013,
            source=Source(
                title=LAIT.title,
                publisher=LAIT.publisher,
                date=dt.date(2025, 11, 1),
                place="measure CP_conf_15days",
                note="quotes Working Together and gives no date; 15 April 2013 is that of the edition known here, and editions "
                "before it are not asserted",
            ),
        ),
    ),
)
"""A conference is held within 15 working days of the strategy discussion that decided on section 47 enquiries."""

_REVIEWS = Source(
    title=LAIT.title,
    publisher=LAIT.publisher,
    date=dt.date(2025, 10, 1),
    place="measure CPP_Reviewed_InReqTimeScl",
    note="in effect from December 1999, day not printed: the last of the month is taken",
)

REVIEW_LIMITS: tuple[Dated[Quantity], Dated[Quantity]] = (
    Dated(
        what="first review of a child protection plan",
        values=(InForce(value=quantity(3, "month"), since=dt.date(1999, 12, 31), source=_REVIEWS),),
    ),
    Dated(
        what="further reviews of a child protection plan",
        values=(InForce(value=quantity(6, "month"), since=dt.date(1999, 12, 31), source=_REVIEWS),),
    ),
)
"""A plan is reviewed within three months, and then at most six months apart."""

SEEN_LIMIT: Dated[Quantity] = Dated(
    what="a child who needs an assessment is seen by a social worker (as Buckinghamshire's minutes state it)",
    values=(InForce(value=quantity(5, "working_day"), since=dt.date(2022, 2, 11), source=_BUCKINGHAMSHIRES_OWN),),
)
"""Buckinghamshire's own: a child is seen within five working days of the referral, as undated minutes state it.

No guidance sets it. It had been stated by the date given at the latest; since when it held is not known.
"""

DAYS_OF_A_LONG_PLAN = 729
"""A plan lasts two years or more where it lasts for more than so many calendar days, the day it ceases included."""
