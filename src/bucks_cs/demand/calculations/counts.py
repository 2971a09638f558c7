"""Demand: events counted over a period: contacts, referrals and assessments.

A count is of rows and not of children: a child referred twice is two referrals. Of a period given as its months
(``FinancialYear("2022-23").months()``) every month is there, 0 where nothing happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import narwhals as nw

from bucks_cs.demand.calculations.pathway import ASSESSMENTS, CONTACTS, REFERRALS
from bucks_cs.demand.model.stages import DemandIndicator
from bucks_cs.demand.schema import Assessments, Contacts, Referrals
from bucks_cs.frames import Checked, FrameModel
from bucks_cs.frames.checked import FrameT
from bucks_cs.marking import drill_down, flows, groups, marked, periods_of_a_flow
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = [
    "assessments",
    "contacts",
    "counted",
    "mark_assessments",
    "mark_contacts",
    "mark_counted",
    "mark_referrals",
    "referrals",
]


def counted(
    frame: FrameT | Checked[FrameT],
    schema: type[FrameModel],
    *,
    indicator: DemandIndicator,
    date: str,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None,
    area: str | None,
    source: AnySource | None,
) -> Readings[FrameT]:
    """How many rows of a table have their day in each period: what every count over a period is made with.

    Args:
        frame: The rows.
        schema: The table.
        indicator: What is counted.
        date: The column with the day that puts a row in a period; a row without one is in none.
        period: The periods.
        by: The groups.
        area: The area the rows are of.
        source: Where they are from.
    """
    periods, checked = periods_of_a_flow(period), schema.admit(frame)
    return flows(
        checked.lazy,
        home=checked.home,
        indicator=indicator,
        date=date,
        period=periods,
        by=groups(checked, by),
        area=area,
        source=source,
    )


def mark_counted(
    frame: FrameT | Checked[FrameT], schema: type[FrameModel], *, date: str, period: Period | Iterable[Period]
) -> FrameT:
    """The rows with whether each has a day to be counted on, and whether that lies in one of the periods.

    Args:
        frame: The rows.
        schema: The table.
        date: The column with the day that puts a row in a period.
        period: The periods.
    """
    periods, checked = periods_of_a_flow(period), schema.admit(frame)
    inside = nw.lit(value=False)
    for each in periods:
        inside = inside | ((nw.col(date) >= each.start) & (nw.col(date) <= each.end))
    native: FrameT = drill_down(checked, marked(checked.lazy, whole=~nw.col(date).is_null(), part=inside))
    return native


def mark_contacts(frame: FrameT | Checked[FrameT], *, period: Period | Iterable[Period]) -> FrameT:
    """The caller's contacts, each with whether it is counted: the drill-down of `contacts`.

    Args:
        frame: Contacts, of any engine, or checked by `Contacts`.
        period: One or several; a row is counted where its day lies in one of them.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes for each)
        and ``in_numerator`` (yes where the day of the contact lies in a period).

    Raises:
        FrameProblems: A rule of `Contacts` is broken.
        InvalidValue: No period, or one that is no period to count over (a snapshot, a monthly average).

    Source:
        As `contacts`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import Month
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "contact_date": [dt.date(2022, 9, 1), dt.date(2022, 10, 1)],
        ...     "contact_source": None, "led_to_referral": None})
        >>> demand.mark_contacts(rows, period=Month("September 2022"))["in_numerator"].to_list()
        [True, False]
    """
    return mark_counted(frame, Contacts, date="contact_date", period=period)


def contacts(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Contacts received in a period, whatever became of them.

    Args:
        frame: Contacts, of any engine, or checked by `Contacts`.
        period: One or several, such as ``FinancialYear("2022-23").months()``; a contact belongs to the period its day lies in.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        How many contacts, 0 or more, for each group of the frame and each period, in the caller's own kind of frame: 0
        where there were none, and never a gap.

    Raises:
        FrameProblems: A rule of `Contacts` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or one of a reserved name (`bucks_cs.marking.groups`); no
            period, or one that is no period to count over (a snapshot, a monthly average).

    Source:
        No official one: see `CONTACTS`. Authorities decide for themselves what they record as a contact.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import Span
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "contact_date": [dt.date(2022, 9, 1), dt.date(2022, 10, 1)],
        ...     "contact_source": None, "led_to_referral": None})
        >>> months = Span("1 August 2022", "30 September 2022").months()
        >>> for reading in demand.contacts(rows, period=months):
        ...     print(reading)
        Contacts, August 2022: 0 contacts
        Contacts, September 2022: 1 contact
    """
    return counted(frame, Contacts, indicator=CONTACTS, date="contact_date", period=period, by=by, area=area, source=source)


def mark_referrals(frame: FrameT | Checked[FrameT], *, period: Period | Iterable[Period]) -> FrameT:
    """The caller's referrals, each with whether it is counted: the drill-down of `referrals`.

    Args:
        frame: Referrals, of any engine, or checked by `Referrals`.
        period: One or several; a row is counted where its day lies in one of them.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes for each)
        and ``in_numerator`` (yes where the day it was received lies in a period).

    Raises:
        FrameProblems: A rule of `Referrals` is broken.
        InvalidValue: No period, or one that is no period to count over (a snapshot, a monthly average).

    Source:
        As `referrals`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import Month
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "referral_date": [dt.date(2022, 9, 1), dt.date(2022, 10, 1)],
        ...     "decision_date": None, "seen_date": None, "no_further_action": False,
        ...     "closure_date": None, "closure_reason": None})
        >>> demand.mark_referrals(rows, period=Month("September 2022"))["in_numerator"].to_list()
        [True, False]
    """
    return mark_counted(frame, Referrals, date="referral_date", period=period)


def referrals(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Referrals received in a period, each counted where a child was referred more than once.

    Args:
        frame: Referrals, of any engine, or checked by `Referrals`.
        period: One or several, such as ``FinancialYear("2022-23").months()``; a referral belongs to the period its day lies in.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        How many referrals, 0 or more, for each group of the frame and each period, in the caller's own kind of frame: 0
        where there were none, and never a gap.

    Raises:
        FrameProblems: A rule of `Referrals` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or one of a reserved name (`bucks_cs.marking.groups`); no
            period, or one that is no period to count over (a snapshot, a monthly average).

    Source:
        DfE, *Children in need*, data file c1, referral_count; Local authority interactive tool, data dictionary, measure
        CPP_Total_NumRef ("If a child is referred more than once in the year then each referral is counted").

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import Span
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "referral_date": [dt.date(2022, 9, 1), dt.date(2022, 10, 1)],
        ...     "decision_date": None, "seen_date": None, "no_further_action": False,
        ...     "closure_date": None, "closure_reason": None})
        >>> months = Span("1 August 2022", "30 September 2022").months()
        >>> for reading in demand.referrals(rows, period=months):
        ...     print(reading)
        Referrals, August 2022: 0 referrals
        Referrals, September 2022: 1 referral
    """
    return counted(frame, Referrals, indicator=REFERRALS, date="referral_date", period=period, by=by, area=area, source=source)


def mark_assessments(frame: FrameT | Checked[FrameT], *, period: Period | Iterable[Period]) -> FrameT:
    """The caller's assessments, each with whether it is counted: the drill-down of `assessments`.

    Args:
        frame: Assessments, of any engine, or checked by `Assessments`.
        period: One or several; a row is counted where its day lies in one of them.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where it is completed)
        and ``in_numerator`` (yes where the day it was authorised lies in a period).

    Raises:
        FrameProblems: A rule of `Assessments` is broken.
        InvalidValue: No period, or one that is no period to count over (a snapshot, a monthly average).

    Source:
        As `assessments`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import Month
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "referral_date": [None, dt.date(2022, 8, 1)],
        ...     "start_date": [dt.date(2022, 8, 1), dt.date(2022, 8, 2)], "authorisation_date": [dt.date(2022, 9, 30), None]})
        >>> demand.mark_assessments(rows, period=Month("September 2022"))["in_numerator"].to_list()
        [True, False]
    """
    return mark_counted(frame, Assessments, date="authorisation_date", period=period)


def assessments(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Assessments completed in a period, whenever they began.

    One that is still open is in no period yet.

    Args:
        frame: Assessments, of any engine, or checked by `Assessments`.
        period: One or several, such as ``FinancialYear("2022-23").months()``; an assessment belongs to the one it was
            authorised in.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        How many assessments, 0 or more, for each group of the frame and each period, in the caller's own kind of frame: 0
        where there were none, and never a gap.

    Raises:
        FrameProblems: A rule of `Assessments` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or one of a reserved name (`bucks_cs.marking.groups`); no
            period, or one that is no period to count over (a snapshot, a monthly average).

    Source:
        DfE, Local authority interactive tool, data dictionary, measure Continue_Assess_Comp ("a count of continuous assessments
        with an end date recorded within the collection year").

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import Span
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "referral_date": [None, dt.date(2022, 8, 1)],
        ...     "start_date": [dt.date(2022, 8, 1), dt.date(2022, 8, 2)], "authorisation_date": [dt.date(2022, 9, 30), None]})
        >>> months = Span("1 August 2022", "30 September 2022").months()
        >>> for reading in demand.assessments(rows, period=months):
        ...     print(reading)
        Assessments completed, August 2022: 0 assessments
        Assessments completed, September 2022: 1 assessment
    """
    return counted(
        frame, Assessments, indicator=ASSESSMENTS, date="authorisation_date", period=period, by=by, area=area, source=source
    )
