"""The workforce: social workers and agency workers, a record each, as DfE's census has them."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from bucks_cs.frames import Boolean, Date, FrameModel, Number, Text, WholeNumber, field, rule
from bucks_cs.workforce.sources.codes import REASONS_FOR_LEAVING, ROLES

__all__ = ["SocialWorkers", "day_of_the_return", "in_the_year_to"]


def in_the_year_to(day: Any, last: Any) -> Any:
    """Whether a day lies in the twelve months that end with another, or after them.

    Args:
        day: Dates, as a narwhals expression.
        last: The last days of the years.
    """
    return _in_order(day) >= _in_order(last.dt.offset_by("1d")) - 12 * 32


def _in_order(day: Any) -> Any:
    """A number that is larger for a later day, and by 12 times 32 for the same day of the next year."""
    return (day.dt.year().cast(nw.Int64) * 12 + day.dt.month().cast(nw.Int64)) * 32 + day.dt.day().cast(nw.Int64)


def day_of_the_return() -> Any:
    """The column with the day a return is of: it says of which year a row is, so that returns can be put one under another."""
    return field(
        title="Day of the return",
        description="The day the return is of: 30 September in DfE's census, which also has those who left in the year to it.",
        aliases=["ReferenceDate"],
    )


class SocialWorkers(FrameModel):
    """Child and family social workers and agency workers, a record each: in post on the day of the return, or left in the year.

    A worker with two posts has two records. Returns of several years can be put one under another: a record belongs to the day
    it is of. Headings known here are those of the census's schema of 2022.
    Further columns (a team, a locality, where she came from) come along, and measures can be broken down by them.

    The census has a second column ``FTE30`` beside ``FTE``, and what tells them apart was not found in print: it is not read
    unless asked for, with ``columns={"fte": "FTE30"}``.
    """

    worker_id: Text = field(
        title="Worker",
        description="The worker's number with Social Work England, or one of the authority's own: the same in all her records.",
        aliases=["SWENo"],
        identifies="worker",
        str_length={"min_value": 1},
    )
    as_at: Date = day_of_the_return()
    agency_worker: Boolean = field(
        title="Agency worker",
        description="Whether she is paid by an agency, or by herself, and not by the authority.",
        aliases=["AgencyWorker"],
    )
    fte: Number = field(
        title="Full-time equivalent",
        description="Her contracted hours in the post over those of full time, on the day of the return or the day she left.",
        unit="FTE",
        aliases=["FTE"],
        nullable=True,
        gap="not known: she is a head and no part of any full-time equivalent",
        ge=0,
        le=1,
    )
    role: Text = field(
        title="Role",
        description="The census's code for her role, the most senior first.",
        aliases=["OrgRole"],
        nullable=True,
        gap="not recorded",
        isin=list(ROLES),
    )
    role_start_date: Date = field(
        title="Took up the post",
        description="The day she took up the post. A move or a promotion within the authority is no new one: with a new day she "
        "would be a leaver and a starter.",
        aliases=["RoleStartDate"],
        nullable=True,
        gap="not recorded, as it need not be of an agency worker",
    )
    role_end_date: Date = field(
        title="Left the post",
        description="The day she left the post.",
        aliases=["RoleEndDate"],
        nullable=True,
        gap="still in post",
    )
    reason_for_leaving: Text = field(
        title="Why she left",
        description="The census's code for why she left.",
        aliases=["ReasonLeave"],
        nullable=True,
        gap="still in post, or not recorded",
        isin=list(REASONS_FOR_LEAVING),
    )
    cases: WholeNumber = field(
        title="Cases",
        description="How many cases she holds on the day of the return; 0 where she holds none.",
        unit="case",
        aliases=["Cases30"],
        nullable=True,
        gap="left before the day of the return, or not recorded",
        ge=0,
    )
    working_days_lost: Number = field(
        title="Working days lost",
        description="The working days she missed through sickness in the year to the day of the return; 0 where none.",
        unit="working_day",
        aliases=["WorkingDaysLost"],
        nullable=True,
        gap="not recorded, as it need not be of an agency worker",
        ge=0,
    )
    absent_on_the_day: Boolean = field(
        title="Absent on the day",
        description="Whether she was absent from work on the day of the return.",
        aliases=["Absat30Sept"],
        nullable=True,
        gap="left before the day of the return, or not recorded",
    )

    @rule("an employed social worker without the day she took up the post", columns=("agency_worker", "role_start_date"))
    def employed_since_a_day(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """Nobody is employed since no day."""
        return col("agency_worker") | ~col("role_start_date").is_null()

    @rule("took up the post after the day of the return", columns=("as_at", "role_start_date"))
    def began_before_the_return(cls, col: Any) -> Any:  # noqa: N805
        """Not begun after the day the return is of."""
        return col("role_start_date") <= col("as_at")

    @rule("left the post before she took it up", columns=("role_start_date", "role_end_date"))
    def left_after_she_began(cls, col: Any) -> Any:  # noqa: N805
        """Not left before she began."""
        return col("role_end_date") >= col("role_start_date")

    @rule("left the post a year or more before the day of the return", columns=("as_at", "role_end_date"))
    def left_in_the_year(cls, col: Any) -> Any:  # noqa: N805
        """Not left before the year the return is of."""
        return in_the_year_to(col("role_end_date"), col("as_at"))

    @rule("a reason for leaving and no day she left", columns=("role_end_date", "reason_for_leaving"))
    def reason_has_its_day(cls, col: Any) -> Any:  # noqa: N805
        """No reason without a day."""
        return col("reason_for_leaving").is_null() | ~col("role_end_date").is_null()

    @rule("cases held on the day by one who had left", columns=("as_at", "role_end_date", "cases"))
    def holds_cases_in_post(cls, col: Any) -> Any:  # noqa: N805
        """Nobody holds cases who has left."""
        return (col("role_end_date") > col("as_at")) | ~(col("cases") > 0)

    @rule("absent on the day, and left by then", columns=("as_at", "role_end_date", "absent_on_the_day"))
    def absent_while_in_post(cls, col: Any) -> Any:  # noqa: N805
        """Nobody is absent who has left."""
        return (col("role_end_date") > col("as_at")) | ~col("absent_on_the_day")
