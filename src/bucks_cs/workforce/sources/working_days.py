"""The workforce: how many working days DfE takes a year to have, in leap years and in others."""

from __future__ import annotations

import datetime as dt

import attrs

from bucks_cs.errors import InvalidValue
from bucks_cs.provenance import Dated, InForce
from bucks_cs.units import Quantity, quantity
from bucks_cs.workforce.sources.publications import ABSENCE_DEFINITION

__all__ = ["WORKING_DAYS_OF_A_YEAR", "WorkingDaysOfAYear"]


_DAYS_OF_A_YEAR = (365, 366)


@attrs.frozen(kw_only=True)
class WorkingDaysOfAYear:
    """How many working days a year is taken to have: a convention, and not counted from a calendar.

    Args:
        ordinary: In a year without 29 February.
        leap: In a year with it.
    """

    ordinary: Quantity
    leap: Quantity

    def between(self, first: dt.date, last: dt.date) -> Quantity:
        """The working days of the year between two days.

        Args:
            first: The first day of the year.
            last: The last day of it.

        Raises:
            InvalidValue: The two are no days of which the one begins and the other ends twelve months.

        Example:
            >>> import datetime as dt
            >>> from bucks_cs.workforce import WORKING_DAYS_OF_A_YEAR
            >>> convention = WORKING_DAYS_OF_A_YEAR.on(dt.date(2024, 9, 30))
            >>> print(convention.between(dt.date(2023, 10, 1), dt.date(2024, 9, 30)))
            254 working_day
            >>> print(convention.between(dt.date(2024, 10, 1), dt.date(2025, 9, 30)))
            253 working_day
        """
        ends: tuple[object, object] = (first, last)
        plain = all(isinstance(day, dt.date) and not isinstance(day, dt.datetime) for day in ends)
        days = (last - first).days + 1 if plain else 0
        if days not in _DAYS_OF_A_YEAR:
            raise InvalidValue(what="first and last", expected="the first and the last day of twelve months, as dates")
        return self.leap if days == max(_DAYS_OF_A_YEAR) else self.ordinary


WORKING_DAYS_OF_A_YEAR: Dated[WorkingDaysOfAYear] = Dated(
    what="working days of a year, of which days lost to sickness are a share",
    values=(
        InForce(
            value=WorkingDaysOfAYear(ordinary=quantity(253, "working_day"), leap=quantity(254, "working_day")),
            since=dt.date(2016, 10, 1),
            source=ABSENCE_DEFINITION,
        ),
    ),
)
"""253 working days, 254 in a leap year, since the first census of single social workers, that of the year to 30 September 2017.

No date is printed beside it. With both numbers each authority's published rate of 2017 to 2025 follows from its own row.
"""
