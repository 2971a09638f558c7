"""The record: which official figures stand beside which printed ones, declared as data; the verdicts are worked out from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import attrs

from bucks_cs import working_days
from bucks_cs.errors import NotComparable
from bucks_cs.record.checks.facts import ACTION_PLAN_LIMIT
from bucks_cs.record.officially.facts import ENGLAND, OfficialFact, official_fact
from bucks_cs.record.officially.rules import Official, Pair, Rule
from bucks_cs.record.printed_figures import PrintedFigure, figure

__all__ = ["PAIRS"]


def _count(fact: OfficialFact) -> float:
    """What is counted: the number itself, or a rate per 10,000 times the children it is of."""
    if fact.measure.unit != "per_10_000":
        return fact.number
    if fact.denominator is None:
        raise NotComparable(what=fact.measure.key, why="the children that the rate is of are not known")
    return fact.number * fact.denominator / 10_000


def _a_month(measure: str, year_to: int) -> Official:
    """A month's average of a year to 31 March."""
    rate = "the rate times the children it is of, " if measure.endswith("_per_10_000") else ""
    return Official(
        measure=measure, on=dt.date(year_to, 3, 31), work=lambda fact: _count(fact) / 12, how=f"{rate}a twelfth of the year"
    )


def _percent_of(percent: float, measure: str) -> Official:
    return Official(
        measure=measure,
        on=dt.date(2020, 6, 30),
        work=lambda fact: round(fact.number * percent / 100, 6),
        how=f"{percent:.2f}% of the population",
    )


def _printed(plans: str) -> float:
    number = figure(plans).low
    if number is None:
        raise NotComparable(what=plans, why="no number can be read in it")
    return number


def _change_to(plans: str, on: dt.date) -> Official:
    """The change from an official count to a printed one."""
    return Official(
        measure="ehcp.plans",
        on=on,
        work=lambda fact: 100 * (_printed(plans) / fact.number - 1),
        how=f"the change from it to the {figure(plans).as_printed} printed",
    )


def _is_to(oldest: int) -> Callable[[PrintedFigure], bool]:
    return lambda ages: ages.high == oldest


def _change_in_england(*, to: int) -> Official:
    """The change in plans since 31 March 2010."""
    key = "demand.children_subject_to_a_child_protection_plan"
    first = official_fact(f"{key}_in_2010", on=dt.date(2010, 3, 31), area=ENGLAND)
    return Official(
        measure=key,
        on=dt.date(to, 3, 31),
        area=ENGLAND,
        work=lambda fact: 100 * (fact.number / first.number - 1),
        how="the change to it from 39,100 on 31 March 2010",
        base=first,
    )


_MINUTES, _REPORT, _PROGRAMME = "cabinet-minutes-2020-01", "cabinet-2022-10", "transformation-minutes-2023"
_PLANS = f"{_REPORT}/3.22/plans"
_JANUARY = {year: dt.date(year, 1, 31) for year in range(2019, 2024)}
_MARCH = {year: dt.date(year, 3, 31) for year in range(2019, 2024)}
_TABLE = f"{_REPORT}/3.19"
_PLANS_AT = "demand.children_subject_to_a_child_protection_plan"
_RATE_47, _RATE_CONFERENCES = (
    f"demand.{name}_per_10_000" for name in ("section_47_enquiries", "initial_child_protection_conferences")
)

_PART_OF_A_YEAR = (
    "the official figure is a month's average of the whole year to 31 March 2020 and the printed one of its early months, "
    "whose own count is not published"
)
_TWO_YEARS = "2022 so far lies in two reporting years, whose monthly averages stand beside it; the months are not published"
_NO_NEEDS = (
    "the Department's file of plans by primary need has January 2025 alone, and neither count that the change is of is printed"
)

PAIRS: tuple[Pair, ...] = (
    Pair(
        figure=f"{_MINUTES}/vouyioukas-5/issued-within-20-weeks",
        rule=Rule.EQUAL,
        official=(
            Official(measure="ehcp.issued_in_time_excluding_exceptions", on=dt.date(2019, 12, 31)),
            Official(measure="ehcp.issued_in_time_including_exceptions", on=dt.date(2019, 12, 31)),
        ),
        why="the share of the year 2019 without the plans that the regulations except rounds to it, and the minutes do not say "
        "that those are left out",
    ),
    Pair(
        figure=f"{_MINUTES}/discussion-1/home-education",
        rule=Rule.NEAREST,
        why="the Department's file of home education begins with 2021/22, after the year that was spoken of",
    ),
    Pair(
        figure=f"{_MINUTES}/discussion-6.4/agency-share",
        rule=Rule.EQUAL,
        official=(
            Official(measure="workforce.agency_rate_headcount", on=dt.date(2019, 9, 30)),
            Official(measure="workforce.agency_rate_fte", on=dt.date(2019, 9, 30)),
        ),
        why="by headcount the last official count before the meeting rounds to it and by full-time equivalents to 31%; which of "
        "them was meant is not said",
    ),
    Pair(
        figure=f"{_MINUTES}/discussion-8/backlog",
        rule=Rule.NEAREST,
        why="the Department's files count requests and plans of a year, and not those waiting on a day",
    ),
    Pair(
        figure=f"{_MINUTES}/discussion-8/weeks-taken",
        rule=Rule.NEAREST,
        why="the Department publishes how many plans took more than 20 weeks, and no average of the weeks taken",
    ),
    Pair(
        figure=f"{_REPORT}/3.2/inspection",
        rule=Rule.EQUAL,
        official=(Official(measure="inspections.first_day", on=dt.date(2021, 12, 6)),),
        why="the inspection began in that month",
    ),
    Pair(
        figure=f"{_REPORT}/3.2/no-longer",
        rule=Rule.EQUAL,
        official=(Official(measure="inspections.overall_effectiveness_before", on=dt.date(2017, 11, 6)),),
        why="it was the grade of the inspection before, of November 2017",
    ),
    Pair(
        figure=f"{_REPORT}/3.2/overall-judgement",
        rule=Rule.EQUAL,
        official=(Official(measure="inspections.overall_effectiveness", on=dt.date(2021, 12, 6)),),
        why="it is the grade in Ofsted's list of inspections, in the same words",
    ),
    Pair(
        figure=f"{_REPORT}/3.4/plan-due",
        rule=Rule.EQUAL,
        official=(
            Official(
                measure="inspections.report_published",
                on=dt.date(2022, 2, 11),
                say=lambda fact: working_days.add(dt.date.fromisoformat(fact.said), ACTION_PLAN_LIMIT.value).isoformat(),
                how=f"{ACTION_PLAN_LIMIT.value} working days after the day of publication, the time that Ofsted's framework "
                "gives for the plan",
            ),
        ),
        why=f"Ofsted's list has the day of publication, and {ACTION_PLAN_LIMIT.value} working days later is the day "
        "printed; the time is as reported of Ofsted's framework, whose own paragraph was not read",
    ),
    Pair(
        figure=f"{_REPORT}/3.10/inspection-from",
        rule=Rule.EQUAL,
        official=(Official(measure="inspections.area_send_first_day", on=dt.date(2022, 3, 7)),),
        why="Ofsted's list has the first day of the inspection, a week later than is printed; it does not say what was before",
    ),
    Pair(
        figure=f"{_REPORT}/3.10/inspection-to",
        rule=Rule.NEAREST,
        official=(Official(measure="inspections.area_send_first_day", on=dt.date(2022, 3, 7)),),
        why="Ofsted's list has no last day; it says that they usually last five days, which from its first day is 11 March",
    ),
    Pair(
        figure=f"{_REPORT}/3.12/areas-of-weakness",
        rule=Rule.EQUAL,
        official=(Official(measure="inspections.area_send_weaknesses", on=dt.date(2022, 3, 7)),),
        why="Ofsted's list has as many",
    ),
    *(
        Pair(
            figure=f"{_TABLE}/contacts/{window}",
            rule=Rule.NEAREST,
            why="nobody publishes contacts: each authority counts them in its own way",
        )
        for window in ("early-2020", "2022")
    ),
    Pair(
        figure=f"{_TABLE}/referrals/early-2020",
        rule=Rule.NEAREST,
        official=(_a_month("demand.referrals", 2020),),
        why=f"{_PART_OF_A_YEAR}; what is printed is well above it",
    ),
    Pair(
        figure=f"{_TABLE}/referrals/2022",
        rule=Rule.NEAREST,
        official=(_a_month("demand.referrals", 2022), _a_month("demand.referrals", 2023)),
        why=f"{_TWO_YEARS}; it is above both",
    ),
    Pair(
        figure=f"{_TABLE}/section-47-enquiries/early-2020",
        rule=Rule.NEAREST,
        official=(_a_month(_RATE_47, 2020),),
        why=f"{_PART_OF_A_YEAR}; they are one enquiry a month apart",
    ),
    Pair(
        figure=f"{_TABLE}/section-47-enquiries/2022",
        rule=Rule.BETWEEN,
        official=(_a_month(_RATE_47, 2022), _a_month(_RATE_47, 2023)),
        why=_TWO_YEARS,
    ),
    Pair(
        figure=f"{_TABLE}/initial-child-protection-conferences/early-2020",
        rule=Rule.NEAREST,
        official=(_a_month(_RATE_CONFERENCES, 2020),),
        why=f"{_PART_OF_A_YEAR}; what is printed is well below it",
    ),
    Pair(
        figure=f"{_TABLE}/initial-child-protection-conferences/2022",
        rule=Rule.BETWEEN,
        official=(_a_month(_RATE_CONFERENCES, 2022), _a_month(_RATE_CONFERENCES, 2023)),
        why=_TWO_YEARS,
    ),
    Pair(
        figure=f"{_TABLE}/child-protection-plans/early-2020",
        rule=Rule.BETWEEN,
        official=tuple(Official(measure=_PLANS_AT, on=_MARCH[year]) for year in (2019, 2020)),
        why="an average of the early months of 2020 is printed, and both counts of a 31 March round them are higher",
    ),
    Pair(
        figure=f"{_TABLE}/child-protection-plans/2022",
        rule=Rule.BETWEEN,
        official=tuple(Official(measure=_PLANS_AT, on=_MARCH[year]) for year in (2022, 2023)),
        why="an average of 2022 so far is printed, and the official counts are of 31 March",
    ),
    *(
        Pair(
            figure=f"{_TABLE}/allocated-social-worker/{window}",
            rule=Rule.NEAREST,
            official=(
                Official(measure="demand.children_in_need", on=_MARCH[year]),
                Official(measure="workforce.cases", on=dt.date(held, 9, 30)),
            ),
            why=f"nobody publishes children with an allocated social worker; children in need are the nearest, {apart}",
        )
        for window, year, held, apart in (
            ("early-2020", 2020, 2019, "and what is printed is about a third below them"),
            ("2022", 2022, 2022, "and what is printed is near them"),
        )
    ),
    Pair(
        figure=_PLANS,
        rule=Rule.BETWEEN,
        official=tuple(Official(measure="ehcp.plans", on=_JANUARY[year]) for year in (2022, 2023)),
        why="the official counts are of January, and nobody publishes one of July",
    ),
    *(
        Pair(
            figure=f"{_REPORT}/3.22/since-{year}",
            rule=Rule.BETWEEN,
            official=tuple(_change_to(_PLANS, _JANUARY[one]) for one in (year, year + 1)),
            why=f"the count of July {year} is not printed; from the official ones of the Januaries round it the growth would be "
            "more and less than is printed",
        )
        for year in (2021, 2019)
    ),
    *(Pair(figure=f"{_REPORT}/3.22/{need}", rule=Rule.NEAREST, why=_NO_NEEDS) for need in ("asd", "slcn", "sld", "msi", "pmld")),
    *(
        Pair(
            figure=f"{_REPORT}/3.28/{what}",
            rule=Rule.NEAREST,
            why="the Department's workforce file counts those in post, starters and leavers, and not who came through an academy",
        )
        for what in ("remain", "been-through")
    ),
    Pair(
        figure=f"{_REPORT}/3.30/population-ages",
        rule=Rule.EQUAL,
        official=tuple(
            attrs.evolve(_percent_of(0.10, f"population.aged_0_to_{oldest}_original"), where=_is_to(oldest))
            for oldest in (17, 18)
        ),
        against=f"{_REPORT}/3.30/threshold-number",
        why="0-18 would give 133, and 127 is printed; 0-17, as first estimated, would give 127",
    ),
    *(
        Pair(
            figure=f"{_REPORT}/3.30/{number}",
            rule=Rule.EQUAL,
            official=tuple(
                _percent_of(percent, measure)
                for measure in (
                    "population.aged_0_to_17_original", "demand.children_at_mid_year", "population.aged_0_to_18_original"
                )
            ),
            why="children aged 0 to 17 of mid-2020 as first published, the estimate there was when it was printed, give it",
        )
        for number, percent in (("threshold-number", 0.10), ("previous-number", 0.07))
    ),
    Pair(
        figure=f"{_REPORT}/3.30/supported",
        rule=Rule.BETWEEN,
        official=tuple(Official(measure="uasc.looked_after", on=_MARCH[year]) for year in (2022, 2023)),
        why="the official counts are of 31 March, before and after",
    ),
    Pair(
        figure=f"{_REPORT}/3.31/over-18",
        rule=Rule.NEAREST,
        why="the Department's file of care leavers does not tell apart those who came unaccompanied",
    ),
    *(
        Pair(
            figure=f"{_REPORT}/{place}",
            rule=Rule.NEAREST,
            why="the file has schools by their latest grade, and not the inspections of a year; from the one year to the next "
            "grades change, and schools open, close and become academies",
        )
        for place in ("3.35/schools", "3.36/improved", "3.36/maintained", "3.36/dropped")
    ),
    Pair(
        figure=f"{_REPORT}/3.38/pupils",
        rule=Rule.NEAREST,
        official=(Official(measure="inspections.schools_good_or_outstanding", on=dt.date(2022, 8, 31)),),
        why="what is printed is of pupils and the file is of schools, large and small alike",
    ),
    Pair(
        figure=f"{_PROGRAMME}/presentation-1/protection-plans",
        rule=Rule.EQUAL,
        official=tuple(_change_in_england(to=year) for year in (2020, 2021, 2022, 2023)),
        why="it could be the growth from 2010 to 2020, the one pair of years in these files that rounds to it; the 2010 count is "
        "from a press report of the Department's figures",
    ),
    Pair(
        figure=f"{_PROGRAMME}/presentation-1/children-in-care",
        rule=Rule.NEAREST,
        why="it is a projection of the decade to come, and official statistics count what has been",
    ),
    Pair(
        figure=f"{_PROGRAMME}/question-4/overspend",
        rule=Rule.NEAREST,
        why="an overspend is against the Council's own budget, which no official file read here has",
    ),
)
"""Every printed figure that an official one was sought for, in the order of the record."""
