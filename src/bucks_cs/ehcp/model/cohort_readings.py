"""EHC plans: a cohort as readings of ``ehcp.plans``, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from bucks_cs.ehcp.model.breakdown import Rest, text_of
from bucks_cs.ehcp.model.plans_maintained import PLANS
from bucks_cs.errors import InvalidValue, MissingSource, NotFound
from bucks_cs.geography import area_key
from bucks_cs.indicators import Reading
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource

if TYPE_CHECKING:
    import polars as pl

    from bucks_cs.ehcp.model.cohort import EHCPCohort
    from bucks_cs.readings import Readings

__all__ = ["fields_of", "reading_of_total", "readings_of"]


def reading_of_total(cohort: EHCPCohort) -> Reading:
    """The total of a cohort as a reading of `PLANS`.

    Args:
        cohort: The cohort.
    """
    return Reading.of(PLANS, cohort.plans, area=cohort.area, period=cohort.at, source=cohort.source)


def readings_of(cohort: EHCPCohort, by: str | None) -> Readings[pl.DataFrame]:
    """See `EHCPCohort.to_readings`.

    Args:
        cohort: The cohort.
        by: The breakdown, or None.

    Raises:
        InvalidValue: The cohort is not broken down by it.
    """
    from bucks_cs.readings import Readings

    if by is None:
        return Readings.of([reading_of_total(cohort)])
    parts = cohort.parts(by)
    if not len(parts):
        there = ", ".join(cohort.breakdowns) or "nothing"
        raise InvalidValue(what=f"by={by!r}", expected=f"a breakdown of the cohort, which is by {there}")
    return Readings.of(
        (
            Reading.of(
                PLANS, plans, area=cohort.area, period=cohort.at, dims={by: dim_of(part)}, source=cohort.source,
            )
            for part, plans in parts.counts
        ),
        by=by,
    )  # fmt: skip


def dim_of(part: Any) -> str | None:
    """What stands for a part in the column of a breakdown: null for not recorded.

    Args:
        part: The part.
    """
    return None if part is Rest.NOT_RECORDED else text_of(part)


def fields_of(readings: Any, *, place: Any, at: Period, source: AnySource | None) -> dict[str, Any]:
    """What `EHCPCohort.of` makes a cohort of.

    Args:
        readings: Readings, or several.
        place: The area to take.
        at: The date to take.
        source: Where the figures are from, where it is said.

    Returns:
        The constructor's arguments by name.

    Raises:
        NotFound: No reading is of that area and date.
        InvalidValue: They are no readings, are by something else, or one is withheld.
        MissingSource: There is no one source.
    """
    key = area_key(place)
    fields: dict[str, Any] = {}
    sources: list[AnySource | None] = []
    for name, found in _of_the_cohort(readings, key, at):
        if name in fields:
            raise InvalidValue(what="readings", expected="the total once, and each breakdown once")
        fields[name] = {reading.dims[0][1]: reading.number for reading in found} if name != "total" else found[0].number
        sources += [reading.source for reading in found]
    if "total" not in fields:
        fields["total"] = sum(number or 0 for number in next(iter(fields.values())).values())
    one = source if source is not None else sources[0] if len(set(sources)) == 1 else None
    if one is None:
        raise MissingSource(what="a cohort of readings that have no source, or more than one")
    return {**fields, "area": key, "at": at, "source": one}


def _of_the_cohort(given: Any, key: str, at: Period) -> Iterator[tuple[str, list[Reading]]]:
    """The field that each of the readings makes, with the readings of the cohort's area and date."""
    from bucks_cs.readings import Readings

    several = [given] if isinstance(given, Readings) else list(given) if isinstance(given, Iterable) else []
    if not several or not all(isinstance(each, Readings) for each in several):
        raise InvalidValue(what="readings", expected="Readings of ehcp.plans, or several of them")
    for each in several:
        yield _field(each), _rows(each, key, at)


def _field(readings: Readings[Any]) -> str:
    from bucks_cs.ehcp.model.cohort import BREAKDOWNS

    if not readings.by:
        return "total"
    if len(readings.by) > 1 or readings.by[0] not in BREAKDOWNS:
        raise InvalidValue(what="readings", expected=f"readings by nothing, or by one of {', '.join(BREAKDOWNS)}")
    return f"by_{readings.by[0]}"


def _rows(readings: Readings[Any], key: str, at: Period) -> list[Reading]:
    of = readings.where(indicator=PLANS, period=at)
    found = list(of.where(area=key)) or list(of.where(area=None))
    if not found:
        raise NotFound(what="readings of ehcp.plans", asked_on=("indicator", "area", "period"), rows=0)
    if any(reading.withheld for reading in found):
        gaps = sum(reading.withheld is not None for reading in found)
        expected = f"a number in each of {len(found):,} readings, and {gaps:,} of them are withheld"
        raise InvalidValue(what="readings", expected=expected)
    return found
