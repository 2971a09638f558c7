"""EHC plans: how soon things are to be done, by the date each limit came into force."""

from __future__ import annotations

import datetime as dt

import attrs

from bucks_cs.ehcp.sources.publications import (
    CHILDREN_AND_FAMILIES_ACT_2014,
    CORONAVIRUS_AMENDMENT,
    DETAINED_PERSONS_REGULATIONS_2015,
    SEND_REGULATIONS_2014,
)
from bucks_cs.provenance import Dated, InForce, Source
from bucks_cs.units import Quantity, quantity

__all__ = [
    "ADVICE_LIMIT",
    "DETAINED_NO_PLAN_LIMIT",
    "DETAINED_PLAN_LIMIT",
    "DETAINED_REQUEST_LIMIT",
    "NO_PLAN_LIMIT",
    "PLAN_LIMIT",
    "REQUEST_LIMIT",
    "REVIEW_DECISION_LIMIT",
    "REVIEW_LIMIT",
    "SHORTEST_ABSENCE",
    "SUSPENSION",
    "WEEK_BEFORE_CLOSURE",
]

_SINCE_2014, _SINCE_2015 = dt.date(2014, 9, 1), dt.date(2015, 4, 1)


def _limit(what: str, value: Quantity, *, since: dt.date, source: Source) -> Dated[Quantity]:
    return Dated(what=what, values=(InForce(value=value, since=since, source=source),))


def _noted(source: Source, place: str, note: str) -> Source:
    return attrs.evolve(source, place=place, note=note)


REQUEST_LIMIT: Dated[Quantity] = _limit(
    "decision whether to assess",
    quantity(6, "week"),
    since=_SINCE_2014,
    source=SEND_REGULATIONS_2014.at("regulation 5(1)"),
)
"""Parent or young person told whether there is to be an assessment: within 6 weeks of receiving the request."""

NO_PLAN_LIMIT: Dated[Quantity] = _limit(
    "decision that no plan is to be issued",
    quantity(16, "week"),
    since=_SINCE_2014,
    source=SEND_REGULATIONS_2014.at("regulation 10(1)"),
)
"""Where no plan is to follow an assessment, that is said within 16 weeks of receiving the request."""

PLAN_LIMIT: Dated[Quantity] = _limit(
    "the final plan", quantity(20, "week"), since=_SINCE_2014, source=SEND_REGULATIONS_2014.at("regulation 13(2)")
)
"""The finalised plan is sent within 20 weeks of receiving the request."""

ADVICE_LIMIT: Dated[Quantity] = _limit(
    "advice asked of another body",
    quantity(6, "week"),
    since=_SINCE_2014,
    source=_noted(
        SEND_REGULATIONS_2014,
        "regulation 8(1)",
        "read in a summary of the regulations (edyourself.org, SEND Regulations) and in the Department's Annex A of 2020",
    ),
)
"""A body asked for advice gives it within 6 weeks: its own limit, and none of the authority's three."""

DETAINED_REQUEST_LIMIT: Dated[Quantity] = _limit(
    "decision whether to assess a detained person",
    quantity(6, "week"),
    since=_SINCE_2015,
    source=DETAINED_PERSONS_REGULATIONS_2015.at("regulation 5(1)"),
)
"""As `REQUEST_LIMIT`, in relevant youth accommodation."""

DETAINED_NO_PLAN_LIMIT: Dated[Quantity] = _limit(
    "decision that no plan is to be issued for a detained person",
    quantity(16, "week"),
    since=_SINCE_2015,
    source=_noted(
        DETAINED_PERSONS_REGULATIONS_2015,
        "regulation 10(1)",
        "not verified: regulation 13(3) leans on regulation 10(4), and 16 weeks are taken from S.I. 2014/1530, whose regulations "
        "these repeat; the text of regulation 10 itself was not found",
    ),
)
"""As `NO_PLAN_LIMIT`, in relevant youth accommodation."""

DETAINED_PLAN_LIMIT: Dated[Quantity] = _limit(
    "the final plan of a detained person",
    quantity(20, "week"),
    since=_SINCE_2015,
    source=DETAINED_PERSONS_REGULATIONS_2015.at("regulation 13(2)"),
)
"""As `PLAN_LIMIT`, in relevant youth accommodation."""

REVIEW_LIMIT: Dated[Quantity] = _limit(
    "review of a plan",
    quantity(12, "month"),
    since=_SINCE_2014,
    source=_noted(
        CHILDREN_AND_FAMILIES_ACT_2014,
        "section 44(1)",
        "'at least every 12 months' in the explanatory notes, paragraph 239; not verified: that the day the plan was made is "
        "itself the first of the 12 months, which an adviser's page says (REVIEWS_STARTING_WITH_THE_DAY)",
    ),
)
"""A plan is reviewed at least every 12 months."""

REVIEW_DECISION_LIMIT: Dated[Quantity] = _limit(
    "decision after a review meeting",
    quantity(4, "week"),
    since=_SINCE_2014,
    source=_noted(
        SEND_REGULATIONS_2014,
        "regulation 20(10)",
        "four weeks in the Department's data guidance of 2025 (annual_reviews.csv, number_decsion_4weeks); paragraph (10) itself "
        "was not found, paragraphs (1) to (5) were",
    ),
)
"""Parent or young person told within 4 weeks of the review meeting whether the plan is kept, amended or ended."""

SHORTEST_ABSENCE: Dated[Quantity] = _limit(
    "shortest closure or absence that excuses",
    quantity(4, "week"),
    since=_SINCE_2014,
    source=SEND_REGULATIONS_2014.at("regulation 10(4)(a), (b) and (d)"),
)
"""A closure or an absence excuses from 4 weeks on end."""

WEEK_BEFORE_CLOSURE: Dated[Quantity] = _limit(
    "from how long before a closure, and until how long before it ends, advice asked of a school counts",
    quantity(1, "week"),
    since=_SINCE_2014,
    source=SEND_REGULATIONS_2014.at("regulation 10(4)(a) and (b)"),
)
"""A closure excuses where advice was asked from one week before it to one week before the school re-opens."""

SUSPENSION: Dated[str] = Dated(
    what="suspension of the limits where coronavirus made them impractical to meet",
    values=(
        InForce(
            value="need not be met where that is impractical for a reason relating to coronavirus",
            since=dt.date(2020, 5, 1),
            until=dt.date(2020, 9, 25),
            source=CORONAVIRUS_AMENDMENT.at("amendments of regulations 5(4), 10(4) and 13(3) of S.I. 2014/1530"),
        ),
    ),
)
"""1 May to 25 September 2020, both included: a limit need not be met where coronavirus made that impractical."""
