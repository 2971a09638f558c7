"""Demand: section 47 enquiries started, and initial child protection conferences held, over a period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bucks_cs.demand.calculations.counts import counted, mark_counted
from bucks_cs.demand.calculations.pathway import INITIAL_CHILD_PROTECTION_CONFERENCES, SECTION_47_ENQUIRIES
from bucks_cs.demand.schema import InitialConferences, Section47Enquiries
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = [
    "initial_child_protection_conferences",
    "mark_initial_child_protection_conferences",
    "mark_section_47_enquiries",
    "section_47_enquiries",
]


def mark_section_47_enquiries(frame: FrameT | Checked[FrameT], *, period: Period | Iterable[Period]) -> FrameT:
    """The caller's section 47 enquiries, each with whether it is counted: the drill-down of `section_47_enquiries`.

    Args:
        frame: Section 47 enquiries, of any engine, or checked by `Section47Enquiries`.
        period: One or several; a row is counted where its day lies in one of them.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes for each)
        and ``in_numerator`` (yes where the day it started lies in a period).

    Raises:
        FrameProblems: A rule of `Section47Enquiries` is broken.
        InvalidValue: No period, or one that is no period to count over (a snapshot, a monthly average).

    Source:
        As `section_47_enquiries`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import Month
        >>> rows = pl.DataFrame({"child_id": ["A", "B", "C"],
        ...     "start_date": [dt.date(2022, 9, 1), dt.date(2022, 9, 30), dt.date(2022, 10, 1)],
        ...     "conference_date": None, "conference_not_required": None})
        >>> demand.mark_section_47_enquiries(rows, period=Month("September 2022"))["in_numerator"].to_list()
        [True, True, False]
    """
    return mark_counted(frame, Section47Enquiries, date="start_date", period=period)


def section_47_enquiries(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Section 47 enquiries started in a period, from the strategy discussion at which they were initiated.

    Args:
        frame: Section 47 enquiries, of any engine, or checked by `Section47Enquiries`.
        period: One or several, such as ``FinancialYear("2022-23").months()``; an enquiry belongs to the one it started in.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        How many enquiries, 0 or more, for each group of the frame and each period, in the caller's own kind of frame: 0
        where there were none, and never a gap.

    Raises:
        FrameProblems: A rule of `Section47Enquiries` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or one of a reserved name (`bucks_cs.marking.groups`); no
            period, or one that is no period to count over (a snapshot, a monthly average).

    Source:
        DfE, Local authority interactive tool, data dictionary, measure Section_47 ("Section 47 enquiries which started during the
        year").

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import Span
        >>> rows = pl.DataFrame({"child_id": ["A", "B", "C"],
        ...     "start_date": [dt.date(2022, 9, 1), dt.date(2022, 9, 30), dt.date(2022, 10, 1)],
        ...     "conference_date": None, "conference_not_required": None})
        >>> months = Span("1 August 2022", "30 September 2022").months()
        >>> for reading in demand.section_47_enquiries(rows, period=months):
        ...     print(reading)
        Section 47 enquiries, August 2022: 0 enquiries
        Section 47 enquiries, September 2022: 2 enquiries
    """
    return counted(
        frame,
        Section47Enquiries,
        indicator=SECTION_47_ENQUIRIES,
        date="start_date",
        period=period,
        by=by,
        area=area,
        source=source,
    )


def mark_initial_child_protection_conferences(frame: FrameT | Checked[FrameT], *, period: Period | Iterable[Period]) -> FrameT:
    """The caller's initial conferences, each with whether it is counted.

    It is the drill-down of `initial_child_protection_conferences`.

    Args:
        frame: Initial conferences, a row for each child, of any engine, or checked by `InitialConferences`.
        period: One or several; a row is counted where its day lies in one of them.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes for each)
        and ``in_numerator`` (yes where the conference lies in a period).

    Raises:
        FrameProblems: A rule of `InitialConferences` is broken.
        InvalidValue: No period, or one that is no period to count over (a snapshot, a monthly average).

    Source:
        As `initial_child_protection_conferences`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import Month
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "conference_date": [dt.date(2022, 9, 1), dt.date(2022, 10, 1)],
        ...     "strategy_discussion_date": None, "transfer_in": [True, False], "led_to_plan": None})
        >>> demand.mark_initial_child_protection_conferences(rows, period=Month("September 2022"))["in_numerator"].to_list()
        [True, False]
    """
    return mark_counted(frame, InitialConferences, date="conference_date", period=period)


def initial_child_protection_conferences(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Initial child protection conferences held in a period, those for children who moved in with a plan among them.

    Args:
        frame: Initial conferences, a row for each child, of any engine, or checked by `InitialConferences`.
        period: One or several, such as ``FinancialYear("2022-23").months()``; a conference belongs to the one it was held in.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        How many conferences, one for each child, 0 or more, for each group of the frame and each period, in the caller's own
        kind of frame: 0 where there were none, and never a gap.

    Raises:
        FrameProblems: A rule of `InitialConferences` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or one of a reserved name (`bucks_cs.marking.groups`); no
            period, or one that is no period to count over (a snapshot, a monthly average).

    Source:
        DfE, Local authority interactive tool, data dictionary, measure ISCP_Conf and its bands, such as 10_ICPC ("If a child was
        the subject of more than one ICPC during the reporting year, then each ICPC will be included"; "Includes
        ICPCs conducted when a child who is the subject of an existing child protection plan transfers to a new local
        authority").

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import Span
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "conference_date": [dt.date(2022, 9, 1), dt.date(2022, 10, 1)],
        ...     "strategy_discussion_date": None, "transfer_in": [True, False], "led_to_plan": None})
        >>> months = Span("1 August 2022", "30 September 2022").months()
        >>> for reading in demand.initial_child_protection_conferences(rows, period=months):
        ...     print(reading)
        Initial child protection conferences, August 2022: 0 conferences
        Initial child protection conferences, September 2022: 1 conference
    """
    return counted(
        frame,
        InitialConferences,
        indicator=INITIAL_CHILD_PROTECTION_CONFERENCES,
        date="conference_date",
        period=period,
        by=by,
        area=area,
        source=source,
    )
