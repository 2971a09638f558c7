"""Trend: a figure against its own past, between periods that can be compared, and never silently across a break.

`change` is the one question: of two readings it gives a `Change`, of `Readings` and two periods it gives the changes as
`Readings` of the same kind of frame. The change of a count or an amount is absolute and in percent; that of a share is in
percentage *points*. What makes two periods comparable, and what a break is, is in the docs under "Change and breaks".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, overload

if TYPE_CHECKING:
    from bucks_cs.indicators import Reading
    from bucks_cs.periods import Period
    from bucks_cs.readings import Readings
    from bucks_cs.trend.pairs import Change as Change
else:

    def __getattr__(name: str) -> object:
        if name != "Change":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from bucks_cs.trend.pairs import Change

        return Change

    def __dir__() -> list[str]:
        return sorted({*globals(), "Change"})


__all__ = ["Change", "change"]

FrameT = TypeVar("FrameT")


@overload
def change(of: Reading, to: Reading, /, *, across_breaks: bool = ...) -> Change: ...
@overload
def change(of: Readings[FrameT], /, *, earlier: Period, later: Period, across_breaks: bool = ...) -> Readings[FrameT]: ...
def change(
    of: Any, to: Any = None, /, *, earlier: Period | None = None, later: Period | None = None, across_breaks: bool = False
) -> Any:
    """The change between two readings, or between two periods of readings.

    The later figure less the earlier: absolute and in percent of the earlier, and for shares in percentage points alone.
    No interval is made up: a change has bounds only where both figures have ones that are certain (of rounding, or of a
    range), worked out by interval arithmetic; the confidence intervals of two figures are no interval of their change.

    Args:
        of: The earlier reading; or readings of several periods.
        to: The later reading, of the same indicator, area and dims.
        earlier: Of readings, the earlier period.
        later: And the later.
        across_breaks: Go on across a break in the series, known or inferred, and say so in the result.

    Returns:
        Of two readings, a `Change`. Of readings, `Readings` of the same kind of frame, lazy if they were (one query of counts
        has run), under the keys ``key/change`` and ``key/change_percent``, or ``key/change_points``; their period is the span
        from the first day of the earlier to the last of the later, and their titles and definitions name the two. A gap takes
        the first of the two reasons by `Withheld.first`; a row that one of the periods lacks is ``x``. A percent of 0 is
        ``z``, and of a base below 0 ``unresolved``, since it could be of the base or of its size, with opposite signs.
        Readings of changes have their source where all the readings share it.

    Raises:
        NotComparable: Other kinds or lengths of period, periods in the wrong order, another indicator, area or dims, no
            readings of one of the periods, or a change of a change.
        AcrossBreak: A break lies, or may lie, after the first day of the earlier period and up to the last of the later, in the
            area, under whichever of its codes, or in a part of it.
        InvalidValue: Something else than two readings, or readings with two periods.

    Source:
        A change is arithmetic and follows no official definition. That a series break is said follows the OECD's *Data and
        Metadata Reporting and Presentation Handbook* (2007), section 7.2, "Presentation of series breaks".

    Example:
        >>> from bucks_cs.indicators import Better, Indicator, Kind, Measure, Reading
        >>> from bucks_cs.periods import MonthlyAverage
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> contacts = Indicator(key="demand.contacts", title="Contacts", counts="contacts received", measure=Measure.COUNT,
        ...     kind=Kind.FLOW, unit="contact", better=Better.NEITHER, sources=NoOfficialSource(reason="counted locally"))
        >>> before = Reading.of(contacts, 1375, period=MonthlyAverage("2020-01", "2020-03", exact=False))
        >>> after = Reading.of(contacts, 2088, period=MonthlyAverage("2022-01", "2022-09", exact=False))
        >>> print(change(before, after))
        Contacts rose from 1,375 contacts (monthly average, within January 2020 to March 2020) to 2,088 contacts (monthly
        average, within January 2022 to September 2022): up 713 contacts (51.9%)
    """
    from bucks_cs.errors import InvalidValue
    from bucks_cs.indicators import Reading

    if isinstance(of, Reading):
        from bucks_cs.trend.pairs import Change

        if not isinstance(to, Reading) or earlier is not None or later is not None:
            raise InvalidValue(what="trend.change", expected="of one Reading, another as the second argument and no periods")
        return Change(earlier=of, later=to, across_breaks=across_breaks)
    from bucks_cs.periods import Period
    from bucks_cs.readings import Readings
    from bucks_cs.trend.columns import changes

    if not isinstance(of, Readings):
        raise InvalidValue(what="trend.change", expected=f"two Reading objects, or Readings, not a {type(of).__name__}")
    if to is not None or not isinstance(earlier, Period) or not isinstance(later, Period):
        raise InvalidValue(what="trend.change", expected="of Readings, earlier= and later= as Period objects")
    return changes(of, earlier=earlier, later=later, across_breaks=across_breaks)
