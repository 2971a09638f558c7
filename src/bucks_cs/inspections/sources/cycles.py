"""Inspections: how soon things fall due: the next inspection, a plan, a statement; each by the date the rule came into force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

import attrs

from bucks_cs.errors import InvalidValue, MissingSource, of_kind
from bucks_cs.inspections.sources.publications import AREA_SEND_HANDBOOK, PLAN_AFTER_AN_INSPECTION, STATEMENT_AFTER_AN_AREA_REVIEW
from bucks_cs.provenance import AnySource, DateBounds, Dated, InForce, NoOfficialSource, Source
from bucks_cs.units import Quantity, in_unit, quantity, same_dimension

__all__ = ["CYCLES", "PLAN_LIMIT", "STATEMENT_LIMIT", "Cycle"]


def _months(instance: object, attribute: attrs.Attribute[Quantity], value: object) -> None:
    if not isinstance(value, Quantity) or not same_dimension(str(value.units), "month"):
        raise InvalidValue(what=f"Cycle.{attribute.name}", expected='months or years, such as quantity(36, "month")')
    if not in_unit(value, "month").is_integer() or value.magnitude < 0:
        raise InvalidValue(what=f"Cycle.{attribute.name}", expected="whole months, 0 or more")


def _keys(instance: object, attribute: attrs.Attribute[tuple[str, ...]], value: object) -> None:
    if not isinstance(value, tuple) or not value or not all(isinstance(key, str) for key in value):
        raise InvalidValue(what="Cycle.grades", expected="a tuple of keys of grades")


def _a_source(instance: object, attribute: attrs.Attribute[AnySource], value: object) -> None:
    if not isinstance(value, (Source, NoOfficialSource)):
        raise MissingSource(what="a Cycle")


@attrs.frozen(kw_only=True)
class Cycle:
    """How long after an inspection another of a kind is to follow, with what "about" may mean kept beside it.

    Args:
        next_activity: The key of the kind of inspection that follows, in the same regime.
        grades: The keys of the overall grades after which it does.
        after: How long after, as the source has it.
        earlier: How much sooner it may be.
        later: How much later it may be.
        from_report: Whether it is counted from the day of the report, and not from the first day of the inspection.
        source: Who says how long.
        source_of_about: Who says how much sooner or later; `NoOfficialSource` where "about" is all that is said.

    Raises:
        MissingSource: There is no source.
        InvalidValue: A length that is no whole number of months, or a part of another kind.
    """

    next_activity: str = attrs.field(validator=of_kind(str, expected="the key of a kind of inspection"))
    grades: tuple[str, ...] = attrs.field(validator=_keys)
    after: Quantity = attrs.field(validator=_months)
    earlier: Quantity = attrs.field(default=quantity(0, "month"), validator=_months)
    later: Quantity = attrs.field(default=quantity(0, "month"), validator=_months)
    from_report: bool = attrs.field(default=False, validator=of_kind(bool, expected="True or False"))
    source: AnySource = attrs.field(validator=_a_source)
    source_of_about: AnySource = attrs.field(validator=_a_source)


_KIRKLEES = Source(
    title="ILACS inspection: guidance for professionals",
    publisher="Kirklees Safeguarding Children Partnership",
    date=DateBounds(
        earliest=dt.date(2018, 1, 1), latest=dt.date(2025, 12, 31), why="undated: of the framework in use since January 2018"
    ),
    place="what is the ILACS inspection system",
    url="https://www.kirkleessafeguardingchildren.co.uk/procedures-local-protocols-and-guidance/"
    "ilacs-inspection-guidance-for-professionals/",
    note="'timing will usually be between six months before and six months after the three year anniversary of the previous "
    "inspection'; standard inspections for authorities judged to require improvement, short ones for those judged good or "
    "outstanding. It restates Ofsted's framework, whose own paragraph was not read. Practice has been slower: of the 100 times "
    "from an inspection with such a grade to the next in Ofsted's list (as at 31 March 2025, ILACS_inspection_history), 16 are "
    "within those bounds and 84 are longer; routine inspections were suspended from 17 March 2020",
)
_ABOUT = NoOfficialSource(
    reason="the handbook says 'within approximately' and no more, so that it may be sooner; six months either way is this "
    "library's own reading of it, and other cycles may be given"
)
_SIX, _THREE_YEARS = quantity(6, "month"), quantity(36, "month")


def _area(next_activity: str, grade: str, months: int, *, from_report: bool = False) -> Cycle:
    return Cycle(
        next_activity=next_activity,
        grades=(grade,),
        after=quantity(months, "month"),
        from_report=from_report,
        earlier=_SIX,
        later=_SIX,
        source=AREA_SEND_HANDBOOK,
        source_of_about=_ABOUT,
    )


def _ilacs(next_activity: str, *grades: str) -> Cycle:
    return Cycle(
        next_activity=next_activity,
        grades=grades,
        after=_THREE_YEARS,
        earlier=_SIX,
        later=_SIX,
        source=_KIRKLEES,
        source_of_about=_KIRKLEES,
    )


CYCLES: Mapping[str, Dated[tuple[Cycle, ...]]] = MappingProxyType(
    {
        "ilacs": Dated(
            what="the cycle of inspections of ILACS",
            values=(
                InForce(
                    value=(
                        _ilacs("short_inspection", "outstanding", "good"),
                        _ilacs("standard_inspection", "requires_improvement_to_be_good"),
                    ),
                    since=dt.date(2018, 1, 1),
                    source=_KIRKLEES,
                ),
            ),
        ),
        "area_send_2023": Dated(
            what="the cycle of area SEND inspections",
            values=(
                InForce(
                    value=(
                        _area("full_inspection", "typically_positive_experiences_and_outcomes", 60),
                        _area("full_inspection", "inconsistent_experiences_and_outcomes", 36),
                        _area("monitoring_inspection", "widespread_and/or_systemic_failings", 18, from_report=True),
                        _area("full_inspection", "widespread_and/or_systemic_failings", 36),
                    ),
                    since=dt.date(2023, 1, 1),
                    source=AREA_SEND_HANDBOOK,
                ),
            ),
        ),
    }
)
"""What follows an inspection and how soon, by the regime's key and the date in force.

After an inadequate authority's inspection come monitoring visits and a re-inspection; no time for it was found. Schools and
children's homes are not here: their law gives a time by which, not a cycle from the last, and was not read.
"""

PLAN_LIMIT: Dated[Quantity] = Dated(
    what="an authority's action plan after an inspection of its children's services",
    values=(InForce(value=quantity(70, "working_day"), since=dt.date(2007, 4, 1), source=PLAN_AFTER_AN_INSPECTION),),
)
"""Working days from receiving the report to the plan."""

STATEMENT_LIMIT: Dated[Quantity] = Dated(
    what="a written statement of action after an area SEND inspection",
    values=(InForce(value=quantity(70, "working_day"), since=dt.date(2015, 11, 9), source=STATEMENT_AFTER_AN_AREA_REVIEW),),
)
"""Working days from receiving the report to the statement."""
