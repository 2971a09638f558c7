"""The record: what each claim in words is read as, and what is asked because of it, declared as data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

import attrs

from bucks_cs import demand, ehcp, looked_after, workforce
from bucks_cs.comparison import NeighbourModel
from bucks_cs.record.officially.claim_tests import (
    above_england,
    above_the_others,
    best_quarter,
    highest,
    largest_needs,
    rose,
)
from bucks_cs.record.officially.claims_in_words import Claim, ClaimTest
from bucks_cs.record.officially.facts import BUCKINGHAMSHIRE, ENGLAND
from bucks_cs.record.printed_figures import figure

__all__ = ["CLAIMS", "DeclaredClaim"]

Tests = Callable[[], Iterable[ClaimTest]]


def _no_tests() -> tuple[ClaimTest, ...]:
    return ()


@attrs.frozen(kw_only=True)
class DeclaredClaim:
    """A claim in words before its tests are run.

    Args:
        figure: The id of the figure that is the claim.
        read_as: What it is taken to mean.
        tests: What is asked; nothing where no official figure could show it.
        only_near: Whether that is only near the claim.
        why: What an officer should know of the verdict.
    """

    figure: str
    read_as: str = ""
    tests: Tests = _no_tests
    only_near: bool = False
    why: str

    def put_to_the_tests(self) -> Claim:
        """The claim with its answers."""
        tests = tuple(self.tests())
        return Claim(figure=figure(self.figure), read_as=self.read_as, tests=tests, only_near=self.only_near, why=self.why)


def _march(*years: int) -> list[dt.date]:
    return [dt.date(year, 3, 31) for year in years]


def _january(year: int) -> dt.date:
    return dt.date(year, 1, 31)


_MINUTES, _REPORT, _PROGRAMME = "cabinet-minutes-2020-01", "cabinet-2022-10", "transformation-minutes-2023"
_DECISION = "cabinet-minutes-2022-10"
_IMPROVEMENT = "improvement-plan-minutes-2021-22"
_POVERTY = "poverty.children_in_relative_low_income"
_REFERRALS, _PLANS = "demand.referrals", "demand.children_subject_to_a_child_protection_plan"
_LOOKED_AFTER = looked_after.CHILDREN.key
_RESULTS = (
    *("good_level_of_development", "phonics", "key_stage_2"),
    *("attainment_8", "english_and_mathematics", "a_level_points"),
)
_SUMMER = {year: dt.date(year, 7, 1) for year in range(2016, 2020)}


def _results() -> Iterable[ClaimTest]:
    for name in _RESULTS:
        years = [_SUMMER[year] for year in _SUMMER if name != "english_and_mathematics" or year > min(_SUMMER)]
        yield above_england(f"attainment.{name}", years, among_region_on=_SUMMER[2019])


def _in_time() -> Iterable[ClaimTest]:
    for year in (2020, 2021):
        for basis in (ehcp.ISSUED_IN_TIME_EXCLUDING_EXCEPTIONS, ehcp.ISSUED_IN_TIME_INCLUDING_EXCEPTIONS):
            yield best_quarter(basis.key, dt.date(year, 12, 31))


def _rereferrals() -> Iterable[ClaimTest]:
    for day in _march(2021, 2022):
        yield above_the_others(demand.REREFERRALS, measure="demand.rereferrals", on=day)
        yield above_england("demand.rereferrals", [day])


def _agency() -> Iterable[ClaimTest]:
    indicator, day = workforce.AGENCY_RATE_FTE, dt.date(2019, 9, 30)
    yield above_the_others(indicator, measure=indicator.key, on=day)
    yield above_england(indicator.key, [day])


def _referral_rates() -> Iterable[ClaimTest]:
    for day in _march(2022, 2023):
        yield above_the_others(
            demand.REFERRALS_PER_10_000, measure="demand.referrals_per_10_000", on=day, model=NeighbourModel.APRIL_2021
        )


def _referrals_here_and_in_england() -> Iterable[ClaimTest]:
    for area in (BUCKINGHAMSHIRE, ENGLAND):
        for first in (2022, 2020):
            yield rose(_REFERRALS, *_march(first, 2023), area=area)


def _never_higher() -> Iterable[ClaimTest]:
    for measure, since in (
        (_REFERRALS, 2013),
        ("demand.children_in_need", 2013),
        (_PLANS, 2013),
        (_LOOKED_AFTER, 2016),
    ):
        yield highest(measure, _march(*range(since, 2023)))


def _children() -> Iterable[ClaimTest]:
    for year in (2020, 2021, 2022):
        yield rose(demand.CHILDREN_AT_MID_YEAR.key, dt.date(year - 1, 6, 30), dt.date(year, 6, 30))


def _rises_after_2022() -> Iterable[ClaimTest]:
    for measure in (_REFERRALS, _PLANS, _LOOKED_AFTER):
        for year in (2023, 2024, 2025):
            yield rose(measure, *_march(2022, year))
    for year in (2023, 2024, 2025):
        yield rose(ehcp.PLANS.key, _january(2022), _january(year))


def _surge_goes_on() -> Iterable[ClaimTest]:
    yield rose(_REFERRALS, *_march(2020, 2023))
    yield rose(_REFERRALS, *_march(2022, 2023))


def _marked_changes() -> Iterable[ClaimTest]:
    for measure in (_REFERRALS, _PLANS, "demand.children_in_need"):
        yield rose(measure, *_march(2020, 2022))


def _demand_in_england() -> Iterable[ClaimTest]:
    for measure in (_REFERRALS, _PLANS):
        for first in (2020, 2021):
            yield rose(measure, *_march(first, 2022), area=ENGLAND)


_OF_RECRUITING = "the official workforce figures are of all in post, and what success in recruiting would be is not said"

CLAIMS: tuple[DeclaredClaim, ...] = (
    DeclaredClaim(figure=f"{_MINUTES}/whyte-3/recruiting", why=_OF_RECRUITING),
    DeclaredClaim(
        figure=f"{_MINUTES}/vouyioukas-1/all-authorities",
        why="none of the files read here has the councils' budgets of that year beside what was spent",
    ),
    DeclaredClaim(
        figure=f"{_MINUTES}/vouyioukas-2/recruiting",
        why="it is Ofsted's judgement at a visit, and the figures it rests on are not printed",
    ),
    DeclaredClaim(
        figure=f"{_MINUTES}/vouyioukas-4/above-national-average",
        read_as="above England's published figure in each of the years from 2015-16 to 2018-19, at every stage",
        tests=_results,
        why="it holds at every stage and in every year but for phonics, where Buckinghamshire was level with England in "
        "2015-16 and 2018-19; which results the paper had is not printed",
    ),
    DeclaredClaim(
        figure=f"{_MINUTES}/discussion-1/in-line",
        why="the Department's file of home education begins with 2021/22, after the year that was spoken of",
    ),
    DeclaredClaim(
        figure=f"{_MINUTES}/discussion-5/permanence", why="it is a judgement, and neither a number nor a level is printed"
    ),
    DeclaredClaim(
        figure=f"{_MINUTES}/discussion-6/agency-spend",
        read_as="a share of agency workers above that of others, there being no published spend",
        tests=_agency,
        only_near=True,
        why="what was spent on agency workers is in none of the files; the share of them was twice that of England",
    ),
    DeclaredClaim(
        figure=f"{_MINUTES}/discussion-8/target-achieved",
        why="which target is not said, and a council's own targets are no official statistic",
    ),
    DeclaredClaim(
        figure=f"{_IMPROVEMENT}/bullet-1/demand",
        read_as="more referrals in each of the two years to 31 March 2022, the meeting being of May 2021 to February 2022",
        tests=lambda: (rose(_REFERRALS, *_march(2020, 2021)), rose(_REFERRALS, *_march(2021, 2022))),
        why="referrals rose by more than a fifth in each of the two years",
    ),
    DeclaredClaim(
        figure=f"{_IMPROVEMENT}/bullet-2/caseloads",
        why="the official caseload is of the whole authority, not of its assessment teams; how high is too high is a judgement",
    ),
    DeclaredClaim(
        figure=f"{_IMPROVEMENT}/bullet-8/increase",
        why="how many teams there were before is not printed, and no official statistic counts teams",
    ),
    DeclaredClaim(
        figure=f"{_IMPROVEMENT}/bullet-12/timely-plans",
        read_as="in the best quarter of the South East, in 2020 or in 2021, the years round the meeting",
        tests=_in_time,
        why="it stood eighth or ninth of the nineteen, in the second quarter; what could be said is that it was far above the "
        "region taken as one, and far above its own figure of 2019",
    ),
    DeclaredClaim(
        figure=f"{_IMPROVEMENT}/bullet-13/seen-within",
        why="no official series says when after a referral a child is first seen; how many were seen in time is not printed",
    ),
    DeclaredClaim(
        figure=f"{_IMPROVEMENT}/bullet-14/pathways",
        why="nothing official counts the pathways from schools to mental health services",
    ),
    DeclaredClaim(
        figure=f"{_REPORT}/1.2/child-population",
        read_as="more children aged 0 to 17 at each mid-year from 2020 to 2022",
        tests=_children,
        why="the estimates, rebased to the Census of 2021, rise every year",
    ),
    DeclaredClaim(
        figure=f"{_REPORT}/1.2/poverty",
        read_as="a higher share of children in relative low income in the year the report lies in than in the year before",
        tests=lambda: (rose(_POVERTY, *_march(2022, 2023)),),
        why="by that measure, of children under 16 and before housing costs, it rose; the file begins with 2021-22, and another "
        "measure of poverty may say otherwise",
    ),
    DeclaredClaim(
        figure=f"{_REPORT}/1.2/surge-size",
        read_as="more referrals in the year to 31 March 2022 than in any year before that the file has",
        tests=lambda: (highest(_REFERRALS, _march(*range(2013, 2023))),),
        why="they were a fifth more than the most before, which was the year just before; when within a year they began to rise "
        "is not published",
    ),
    DeclaredClaim(
        figure=f"{_REPORT}/1.2/surge-goes-on",
        read_as="more referrals in the year to 31 March 2023, in which the report lies, than in 2019-20 and than in the year "
        "before",
        tests=_surge_goes_on,
        why="they were still far above 2019-20, and below the year before; the months on either side of the report are not "
        "published",
    ),
    DeclaredClaim(
        figure=f"{_REPORT}/1.2/no-return",
        why="it is of what the Council's own figures showed when it was written, and these are not published",
    ),
    DeclaredClaim(
        figure=f"{_REPORT}/3.2-i/re-referrals",
        read_as="a share of re-referrals above the South East's and England's in the two years to 31 March 2022",
        tests=_rereferrals,
        why="it was among the three highest of the nineteen in both years",
    ),
    DeclaredClaim(
        figure=f"{_REPORT}/3.5/almost-exclusively",
        why="the official figures of demand and workforce are of the whole authority, and not of its teams",
    ),
    DeclaredClaim(
        figure=f"{_REPORT}/3.6/stability",
        why="the official workforce figures are of the whole authority, and not of these teams",
    ),
    DeclaredClaim(
        figure=f"{_REPORT}/3.19/marked-changes",
        read_as="more referrals, children with a protection plan and children in need in 2022 than in 2020",
        tests=_marked_changes,
        why="they rose by 56%, 31% and 29%; how much is marked is a judgement, and of how serious or complex circumstances are "
        "no figure speaks",
    ),
    DeclaredClaim(
        figure=f"{_REPORT}/3.20/rise",
        read_as="more referrals, children with a protection plan, children looked after and education, health and care plans, in "
        "each of the three years after than in 2022",
        tests=_rises_after_2022,
        why="it is a forecast, which could not be checked when it was made; referrals and children with a protection plan were "
        "fewer than in 2022 in all three years after, children looked after were more in 2024 and 2025, and education, health "
        "and care plans in every year",
    ),
    DeclaredClaim(
        figure=f"{_REPORT}/3.22/most-prevalent",
        read_as="the two largest primary needs in January 2025, the only month in the Department's file",
        tests=lambda: (largest_needs({"ASD", "SLCN"}, dt.date(2025, 1, 31)),),
        only_near=True,
        why="the file has no count of July 2022; in January 2025 they were the two largest",
    ),
    DeclaredClaim(
        figure=f"{_REPORT}/3.23-i/where-plans-are", why="plans are published for authorities, and not for places within them"
    ),
    DeclaredClaim(
        figure=f"{_REPORT}/3.36/performed-well",
        why="it is a judgement on the thirty schools inspected, and the file has the grades of all schools",
    ),
    DeclaredClaim(
        figure=f"{_REPORT}/3.40/demand",
        read_as="a higher count in 2022 than in any year before that the files have, of referrals, children in need, children "
        "with a protection plan and children looked after",
        tests=_never_higher,
        why="referrals, children in need and protection plans were higher than ever since 2013; children looked after were "
        "more in 2019; early help, of which the sentence speaks, is not in the files",
    ),
    DeclaredClaim(
        figure=f"{_DECISION}/discussion-1/school-places",
        why="no file read here has the Ukrainian children of an authority or their school places",
    ),
    DeclaredClaim(
        figure=f"{_DECISION}/discussion-2/national-issue",
        read_as="more referrals, and more children with a protection plan, in England in 2022 than in 2020 and than in 2021",
        tests=_demand_in_england,
        why="both rose in England from 2021 to 2022; from 2020 to 2022 referrals rose by 1% and children with a protection plan "
        "fell by 1%, where in Buckinghamshire they rose by 56% and 31%",
    ),
    DeclaredClaim(
        figure=f"{_PROGRAMME}/presentation-1/referral-rates",
        read_as="a rate of referrals above that of its ten statistical neighbours in the two years to 31 March 2023",
        tests=_referral_rates,
        why="it was the highest of eleven in 2021-22 and second to Hampshire's in 2022-23; the count nearly halved in the year "
        "after",
    ),
    DeclaredClaim(
        figure=f"{_PROGRAMME}/presentation-2/improved",
        why="how much is significant is a judgement; Ofsted's overall grade rose by one step, from inadequate in November 2017 "
        "to requires improvement to be good in December 2021, and its list has the same grade again in January 2025",
    ),
    DeclaredClaim(
        figure=f"{_PROGRAMME}/discussion-2/referrals",
        read_as="more referrals in the year to 31 March 2023 than in the year before, or than in 2019-20",
        tests=_referrals_here_and_in_england,
        why="in Buckinghamshire they were far above 2019-20 and below the year before; in England below both",
    ),
    DeclaredClaim(
        figure=f"{_PROGRAMME}/discussion-2/re-referrals",
        read_as="a rise in the recorded share of re-referrals, whatever its cause",
        tests=lambda: (rose("demand.rereferrals", *_march(2022, 2023)),),
        only_near=True,
        why="that the recorded share rose in 2022-23 is to be seen, and why it rose is not",
    ),
    DeclaredClaim(
        figure=f"{_PROGRAMME}/response-3/difficult",
        why="nothing official counts how hard placements are to find",
    ),
)
"""Every claim in words that repeats no earlier one, in the order of the record."""
