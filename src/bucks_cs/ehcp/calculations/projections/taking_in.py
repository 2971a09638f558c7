"""EHC plans to come: cohorts and readings as the table by age that a history is made of."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Any

import polars as pl

from bucks_cs.ehcp.calculations.ceasing import CEASED
from bucks_cs.ehcp.calculations.plans_at_a_date import NEW_PLANS
from bucks_cs.ehcp.calculations.timeliness import ISSUED_IN_TIME_INCLUDING_EXCEPTIONS
from bucks_cs.ehcp.model.breakdown import Rest
from bucks_cs.ehcp.model.cohort import EHCPCohort
from bucks_cs.ehcp.model.needs import OLDEST_AGE
from bucks_cs.ehcp.model.plans_maintained import PLANS
from bucks_cs.errors import InvalidValue
from bucks_cs.indicators import Withheld
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = ["as_ceased_by_age", "as_new_plans_by_age", "as_plans_by_age"]

_SCHEMA = {"area": pl.String, "day": pl.Date, "youngest_age": pl.Int64, "oldest_age": pl.Int64, "plans": pl.Float64}
_KEY = ["area", "day", "youngest_age", "oldest_age"]
_MOST_DAYS_AFTER = 62
"""A snapshot this many days after a year's end, or fewer, is the one that its new plans came before: DfE's is in January."""


def as_plans_by_age(history: Any) -> tuple[Any, Any, AnySource | None]:
    """A history as a frame for `PlansByAge`, the frame whose engine the answer goes back to, and where it is from.

    Args:
        history: A frame or a `Checked` one, which is given back as it is; an `EHCPCohort` or several, of any areas and days;
            `Readings` of ``ehcp.plans``, or several: by ``age`` ("10", "age 10", "under 3"), and of totals.

    Raises:
        InvalidValue: Readings of something else or by something else; a column ``age`` that holds no ages; a cohort beside what
            is none.
    """
    if isinstance(history, (EHCPCohort, Readings)):
        history = [history]
    if not isinstance(history, (list, tuple)):
        return history, None, None
    if history and all(isinstance(each, EHCPCohort) for each in history):
        frame = pl.DataFrame([row for each in history for row in _of_cohort(each)], schema=_SCHEMA, orient="row")
        return frame, None, _one(each.source for each in history)
    if history and all(isinstance(each, Readings) for each in history):
        frame = _whole(pl.concat([_of_readings(each) for each in history]))
        lead = next((each for each in history if each.is_lazy), history[0])
        return frame, lead.frame, _one(None if each.other_sources else each.source for each in history)
    raise InvalidValue(what="history", expected="a frame of plans by age, EHCPCohorts, or Readings of ehcp.plans by age")


def _one(sources: Iterable[AnySource | None]) -> AnySource | None:
    """The one place all are from; None where that is not one, or is not said."""
    found = list(dict.fromkeys(sources))
    return found[0] if len(found) == 1 else None


def _of_cohort(cohort: EHCPCohort) -> Iterator[tuple[Any, ...]]:
    day = cohort.at.end
    yield cohort.area, day, 0, OLDEST_AGE, float(cohort.plans)
    for age, plans in cohort.by_age.counts:
        if not isinstance(age, Rest):
            yield cohort.area, day, *_ages(str(age)), float(plans)


def _of_readings(readings: Readings[Any]) -> pl.DataFrame:
    """Rows of one of the readings; one of no known age has no ages."""
    if readings.by not in ((), ("age",)) or PLANS.key not in {found.key for found in readings.indicators}:
        raise InvalidValue(what="history", expected='Readings of ehcp.plans, by "age" or by nothing')
    rows = readings.to_polars().filter(pl.col("indicator") == PLANS.key)
    if not readings.by:
        rows = rows.with_columns(age=pl.lit("0 to 25"))
    spelt = _with_ages(rows.with_columns(day=pl.col("period_end"), of_total=pl.lit(not readings.by)))
    return spelt.select(*_KEY, pl.col("value").alias("plans"), "of_total", "withheld")


def _with_ages(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with the youngest and the oldest age of their label; none of a null."""
    texts = rows.get_column("age").cast(pl.String).drop_nulls().unique().to_list()
    spans = pl.DataFrame(
        [(text, *_ages(text)) for text in texts],
        schema={"age": pl.String, "youngest_age": pl.Int64, "oldest_age": pl.Int64},
        orient="row",
    )
    return rows.with_columns(pl.col("age").cast(pl.String)).join(spans, on="age", how="left")


def _whole(rows: pl.DataFrame, *, by: tuple[str, ...] = ()) -> pl.DataFrame:
    """Ages and one total for each area and day: the one given, or else all that were added up, those of no known age too."""
    cell, key = ["area", "day", *by], [*_KEY, *by]
    totals, ages = rows.filter("of_total"), rows.filter(~pl.col("of_total"))
    shut = ages.filter(pl.col("withheld").is_not_null() & (pl.col("withheld") != Withheld.NOT_APPLICABLE.value))
    summed = ages.group_by(cell).agg(pl.col("plans").sum()).join(shut, on=cell, how="anti", nulls_equal=True)
    summed = summed.join(totals, on=cell, how="anti", nulls_equal=True)
    everybody = pl.concat([totals.select(*cell, "plans"), summed.select(*cell, "plans")]).with_columns(
        youngest_age=pl.lit(0, dtype=pl.Int64), oldest_age=pl.lit(OLDEST_AGE, dtype=pl.Int64)
    )
    none = pl.col("withheld") == Withheld.NOT_APPLICABLE.value
    told = ages.with_columns(pl.when(none).then(0.0).otherwise("plans").alias("plans"))
    named = told.filter(pl.col("youngest_age").is_not_null())
    return pl.concat([named.select(*key, "plans"), everybody.select(*key, "plans")])


def as_new_plans_by_age(new_plans: Any, *, days: Iterable[dt.date]) -> Any:
    """New plans as a frame for `NewPlansByAge`.

    Args:
        new_plans: A frame or a `Checked` one, which is given back as it is; or `Readings` by ``age``, of ``ehcp.new_plans``, or
            of ``ehcp.issued_in_time_including_exceptions``, whose denominators are the plans issued in the year.
        days: The days of the snapshots. Readings of a period belong to the first of them after its end, and are left out
            where there is none within two months.

    Raises:
        InvalidValue: Readings of neither, or not by age.
    """
    if not isinstance(new_plans, Readings):
        return new_plans
    keys = {found.key for found in new_plans.indicators} & {NEW_PLANS.key, ISSUED_IN_TIME_INCLUDING_EXCEPTIONS.key}
    if len(keys) != 1 or new_plans.by != ("age",):
        expected = 'Readings by "age" of ehcp.new_plans, or of ehcp.issued_in_time_including_exceptions, or a frame'
        raise InvalidValue(what="new_plans", expected=expected)
    key = keys.pop()
    count = pl.col("value" if key == NEW_PLANS.key else "denominator")
    dated = _dated(new_plans, key, days)
    spelt = _with_ages(dated.with_columns(plans=count, of_total=pl.lit(value=False)))
    return _whole(spelt).rename({"plans": "new_plans"})


def as_ceased_by_age(ceased: Any, *, days: Iterable[dt.date]) -> Any:
    """Plans that ceased as a frame for `CeasedByAge`.

    Args:
        ceased: A frame or a `Checked` one, which is given back as it is; or `Readings` of ``ehcp.ceased`` by ``age`` and, where
            they are, by ``cease_reason``, in either order.
        days: The days of the snapshots; a period belongs to one as for `as_new_plans_by_age`.

    Raises:
        InvalidValue: Readings of something else or by something else.
    """
    if not isinstance(ceased, Readings):
        return ceased
    named = set(ceased.by)
    if CEASED.key not in {found.key for found in ceased.indicators} or "age" not in named or named - {"age", "cease_reason"}:
        raise InvalidValue(what="ceased", expected='Readings of ehcp.ceased by "age" and "cease_reason", or a frame')
    reason = pl.col("cease_reason").cast(pl.String) if "cease_reason" in named else pl.lit(None, dtype=pl.String)
    dated = _dated(ceased, CEASED.key, days)
    dated = dated.with_columns(reason.alias("cease_reason"), plans="value", of_total=pl.lit(value=False))
    return _whole(_with_ages(dated), by=("cease_reason",)).rename({"plans": "ceased"})


def _dated(readings: Readings[Any], key: str, days: Iterable[dt.date]) -> pl.DataFrame:
    """The rows of one key with the first snapshot soon after their period's end; those that have none are left out."""
    rows = readings.to_polars().filter(pl.col("indicator") == key).sort("period_end")
    snapshots = pl.DataFrame({"day": sorted(days)}, schema={"day": pl.Date})
    apart = (pl.col("day") - pl.col("period_end")).dt.total_days()
    return rows.join_where(snapshots, pl.col("day") > pl.col("period_end")).filter(apart <= _MOST_DAYS_AFTER)


_FORMS = (
    (r"(?:age )?(\d{1,2})", lambda a: (a, a)),
    (r"under (\d{1,2})", lambda a: (0, a - 1)),
    (r"(?:age )?(\d{1,2}) and under", lambda a: (0, a)),
    (r"(?:age )?(\d{1,2}) and over", lambda a: (a, OLDEST_AGE)),
)


def _ages(text: str) -> tuple[int, int]:
    """The youngest and the oldest age of a label, as DfE prints them."""
    words = " ".join(text.split()).casefold()
    if words == "0 to 25":
        return 0, OLDEST_AGE
    for form, span in _FORMS:
        found = re.fullmatch(form, words, re.ASCII)
        if found:
            return span(int(found.group(1)))
    expected = 'ages such as "10", "age 10", "under 3" or "age 20 and over"'
    raise InvalidValue(what="the column age of the history", expected=expected)
