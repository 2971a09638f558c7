"""The sections of an authority's update, each from the files of its subject."""

from __future__ import annotations

from typing import Any

import polars as pl

from bucks_cs import charts, demand, ehcp, looked_after, workforce
from bucks_cs.geography import Authority
from bucks_cs.indicators import Indicator
from bucks_cs.readings import Readings
from bucks_cs.report.authority.folder import PublishedFolder
from bucks_cs.report.authority.series import Series, all_of, series_blocks
from bucks_cs.report.blocks import Block, Drawing, Section, Subheading, Table
from bucks_cs.report.sentences import paragraph, said

__all__ = [
    "children_looked_after",
    "ehc_plans_of",
    "home_education",
    "population",
    "protection_plans",
    "referrals_of",
    "social_workers",
]


def referrals_of(authority: Authority, folder: PublishedFolder) -> Section:
    """Referrals, re-referrals and children in need.

    Args:
        authority: Whose.
        folder: The published statistics.
    """
    referrals = demand.read_referrals(folder.file("referrals"))
    in_need = demand.read_children_in_need(folder.file("children in need"))
    rates = [
        _rates(referrals.where(indicator=demand.REFERRALS), folder),
        _rates(in_need.where(indicator=demand.CHILDREN_IN_NEED), folder),
    ]
    blocks: list[Block] = [
        *_series(authority, rates[0], demand.REFERRALS_PER_10_000),
        Subheading(text="Re-referrals"),
        *_series(authority, referrals, demand.REREFERRALS),
        Subheading(text="Children in need"),
        *_series(authority, rates[1], demand.CHILDREN_IN_NEED_PER_10_000),
        *_table(authority, referrals, name="referrals", title="Referrals and what became of them"),
        *_table(authority, in_need.where(indicator=demand.CHILDREN_IN_NEED), name="children-in-need", title="Children in need"),
    ]
    return Section(key="referrals", title="Referrals and children in need", blocks=blocks)


def protection_plans(authority: Authority, folder: PublishedFolder) -> Section:
    """Child protection plans.

    Args:
        authority: Whose.
        folder: The published statistics.
    """
    started = demand.read_subsequent_plans(folder.file("subsequent plans"))
    open_plans = demand.read_plans_by_duration(folder.file("plans by duration"))
    rates = _rates(open_plans.where(indicator=demand.CHILDREN_SUBJECT_TO_A_CHILD_PROTECTION_PLAN), folder)
    blocks: list[Block] = [
        *_series(authority, rates, demand.CHILDREN_SUBJECT_TO_A_CHILD_PROTECTION_PLAN_PER_10_000),
        Subheading(text="Second or subsequent plans"),
        *_series(authority, started, demand.SECOND_OR_SUBSEQUENT_PLANS),
        *_table(authority, started, name="plans-started", title="Child protection plans started"),
        *_table(authority, open_plans, name="plans-open", title="Child protection plans open at the end of March"),
    ]
    return Section(key="child-protection-plans", title="Child protection plans", blocks=blocks)


def ehc_plans_of(authority: Authority, folder: PublishedFolder) -> Section:
    """Education, health and care plans.

    Args:
        authority: Whose.
        folder: The published statistics.
    """
    plans = ehcp.read_caseload(folder.file("caseload"))
    in_time = ehcp.read_timeliness(folder.file("timeliness"))
    blocks: list[Block] = [
        *_series(authority, plans, ehcp.PLANS, alone=True),
        Subheading(text="How soon plans are issued"),
        *_series(authority, in_time, ehcp.ISSUED_IN_TIME_EXCLUDING_EXCEPTIONS),
        *_by_need(authority, folder),
        *_table(authority, in_time, name="plans-issued-in-time", title="Plans issued in time"),
    ]
    return Section(key="ehc-plans", title="Education, health and care plans", blocks=blocks)


def _by_need(authority: Authority, folder: PublishedFolder) -> list[Block]:
    found = ehcp.read_needs(folder.file("primary need")).where(indicator=ehcp.SHARE_OF_PLANS, area=authority.key).collect()
    named = {need.value: need.meaning for need in ehcp.PrimaryNeed}
    frame = found.frame.with_columns(pl.col("primary_need").replace(named))
    shares = Readings.from_frame(frame, indicators=found.indicators, by=found.by, source=found.source)
    if not any(one.number is not None for one in shares):
        return []
    latest = max((one.period for one in shares), key=lambda period: period.end)
    last = shares.where(period=latest)
    return [
        Subheading(text="Primary needs"),
        Drawing.of(charts.bars(last), last, name="plans-by-primary-need", across="indicator"),
    ]


def social_workers(authority: Authority, folder: PublishedFolder) -> Section:
    """The social work workforce.

    Args:
        authority: Whose.
        folder: The published statistics.
    """
    found = workforce.read_social_work_workforce(folder.file("workforce"))
    shown = (workforce.AGENCY_RATE_FTE, workforce.TURNOVER_RATE_FTE, workforce.CASELOAD_FTE)
    kept = (*shown, workforce.VACANCY_RATE_FTE, workforce.ABSENCE_RATE_FTE)
    blocks: list[Block] = []
    for indicator in shown:
        blocks += [Subheading(text=indicator.title), *_series(authority, found, indicator)]
    for indicator in kept[len(shown) :]:
        name = _slug(indicator)
        blocks += _table(authority, found.where(indicator=indicator), name=name, title=indicator.title)
    return Section(key="workforce", title="Workforce", blocks=blocks)


def children_looked_after(authority: Authority, folder: PublishedFolder) -> Section:
    """Children looked after.

    Args:
        authority: Whose.
        folder: The published statistics.
    """
    children = looked_after.read_children_looked_after(folder.file("looked after"))
    stability = looked_after.read_placement_stability(folder.file("placement stability"))
    blocks: list[Block] = [
        *_series(authority, children, looked_after.CHILDREN_PER_10_000),
        Subheading(text=looked_after.THREE_OR_MORE_PLACEMENTS_IN_THE_YEAR.title),
        *_series(authority, stability, looked_after.THREE_OR_MORE_PLACEMENTS_IN_THE_YEAR),
        *_table(
            authority, children.where(indicator=looked_after.CHILDREN), name="looked-after", title=looked_after.CHILDREN.title
        ),
        *_table(authority, stability, name="placement-stability", title="Stability of placements"),
    ]
    return Section(key="looked-after", title="Children looked after", blocks=blocks)


def home_education(authority: Authority, folder: PublishedFolder) -> Section:
    """Elective home education.

    Args:
        authority: Whose.
        folder: The published statistics.
    """
    found = demand.read_home_education(folder.file("home education"))
    blocks: list[Block] = [
        *_series(authority, found, demand.HOME_EDUCATED_IN_THE_YEAR, alone=True),
        *_table(authority, found, name="home-education", title="Elective home education"),
    ]
    return Section(key="home-education", title="Elective home education", blocks=blocks)


def population(authority: Authority, folder: PublishedFolder) -> Section:
    """The children that rates are of.

    Args:
        authority: Whose.
        folder: The published statistics.
    """
    found = _children(folder)
    blocks: list[Block] = [
        paragraph("Rates are of these children, by the estimate of the mid-year before: ", said(found.source), "."),
        *_series(authority, found, demand.CHILDREN_AT_MID_YEAR, alone=True),
        *_table(authority, found, name="children", title=demand.CHILDREN_AT_MID_YEAR.title),
    ]
    return Section(key="population", title="Children in the area", blocks=blocks)


def _children(folder: PublishedFolder) -> Readings[Any]:
    return demand.read_mid_year_population(folder.file("population"), source=demand.CHILDREN_TO_MID_2024)


def _rates(counts: Readings[Any], folder: PublishedFolder) -> Readings[Any]:
    return demand.per_10_000(counts, population=_children(folder))


def _series(authority: Authority, found: Readings[Any], indicator: Indicator, *, alone: bool = False) -> list[Block]:
    """One measure over the years; a count is shown alone, since England's would leave nothing of it on one axis."""
    every = all_of(found, authority) if alone else found
    return series_blocks(Series(authority=authority, indicator=indicator, every=every), name=f"{_slug(indicator)}-over-time")


def _table(authority: Authority, found: Readings[Any], *, name: str, title: str) -> list[Block]:
    own = all_of(found, authority)
    if not len(own):
        return []
    return [Table.of(own, name=f"{name}-table", title=title, across="indicator")]


def _slug(indicator: Indicator) -> str:
    return indicator.key.replace(".", "-").replace("_", "-")
