"""Inspections: schools with their latest overall grade, a row each, and graded inspections beside the ones before."""

from __future__ import annotations

from typing import Any, ClassVar

from bucks_cs.frames import Date, FrameModel, Text, WholeNumber, field, rule
from bucks_cs.inspections.schema.school_grades import LAST_DAY, is_another_grade, is_overall_grade

__all__ = ["Reinspections", "Schools"]

_NO_LONGER = "is of an inspection that gave no overall grade: from 2 September 2024 there are key judgements, then report cards"


class Schools(FrameModel):
    """State-funded schools on a day, a row each, with their pupils and their latest overall grade.

    Ofsted's management information is known by its headings. A grade is one of the four of the time to 1 September 2024, as a
    word or as its number; a key judgement, a report card's grade or an ungraded inspection's outcome is none, and is counted and
    refused. A grade of before September 2012 is taken as the file has it, since Ofsted keeps it as the school's latest; Ofsted's
    "satisfactory" of that time is not one of the four.
    """

    urn: Text = field(title="URN", description="The unique reference number of the school.", aliases=["URN"], unique=True)
    pupils: WholeNumber | None = field(
        title="Pupils",
        description="Pupils on roll.",
        aliases=["Total number of pupils"],
        unit="pupil",
        nullable=True,
        gap="not known",
        ge=0,
    )
    grade: Text = field(
        title="Overall grade",
        description="The overall effectiveness of its latest graded inspection.",
        aliases=["Overall effectiveness", "Latest OEIF overall effectiveness"],
        nullable=True,
        gap="the school has no overall grade: not inspected yet, or only since they ended",
    )
    judged_date: Date = field(
        title="Judged",
        description="The first day of the inspection that gave the grade.",
        aliases=["Inspection start date", "Inspection start date of latest OEIF graded inspection"],
        nullable=True,
        gap="the school has no overall grade",
    )

    @rule("is a grade of another regime", columns=("grade",))
    def is_of_no_other_regime(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """No key judgement, report card grade or ungraded outcome."""
        return ~is_another_grade(col("grade"))

    @rule("is no overall grade of a school", columns=("grade",))
    def is_an_overall_grade(cls, col: Any) -> Any:  # noqa: N805
        """One of the four."""
        return is_overall_grade(col("grade")) | is_another_grade(col("grade"))

    @rule("has a grade and no day it was judged", columns=("grade", "judged_date"))
    def has_a_day(cls, col: Any) -> Any:  # noqa: N805
        """A grade has its day."""
        return col("grade").is_null() | ~col("judged_date").is_null()

    @rule(_NO_LONGER, columns=("grade", "judged_date"))
    def was_judged_in_time(cls, col: Any) -> Any:  # noqa: N805
        """A grade was given while there were overall grades."""
        return col("grade").is_null() | (col("judged_date") <= LAST_DAY)


class Reinspections(FrameModel):
    """Graded inspections of schools, a row each, with the overall grade and that of the graded inspection before.

    Ofsted's management information is known by its headings.
    """

    class Config:
        """The key of a row."""

        unique: ClassVar = ["urn", "judged_date"]

    urn: Text = field(title="URN", description="The unique reference number of the school.", aliases=["URN"])
    previous_grade: Text = field(
        title="Grade before",
        description="The overall effectiveness of the graded inspection before.",
        aliases=["Previous full inspection overall effectiveness", "Previous graded inspection overall effectiveness"],
        nullable=True,
        gap="the school was graded for the first time",
    )
    previous_judged_date: Date | None = field(
        title="Judged before",
        description="The first day of the graded inspection before.",
        aliases=["Previous inspection start date"],
        nullable=True,
        gap="the school was graded for the first time, or the day is not known",
    )
    grade: Text = field(
        title="Overall grade",
        description="The overall effectiveness.",
        aliases=["Overall effectiveness", "Latest OEIF overall effectiveness"],
    )
    judged_date: Date = field(
        title="Judged",
        description="The first day of the inspection.",
        aliases=["Inspection start date", "Inspection start date of latest OEIF graded inspection"],
    )

    @rule("is a grade of another regime", columns=("grade",))
    def is_of_no_other_regime(cls, col: Any) -> Any:  # noqa: N805
        """No key judgement, report card grade or ungraded outcome."""
        return ~is_another_grade(col("grade"))

    @rule("is no overall grade of a school", columns=("grade",))
    def is_an_overall_grade(cls, col: Any) -> Any:  # noqa: N805
        """One of the four."""
        return is_overall_grade(col("grade")) | is_another_grade(col("grade"))

    @rule("is a grade of another regime", columns=("previous_grade",))
    def was_of_no_other_regime(cls, col: Any) -> Any:  # noqa: N805
        """No other grade before either."""
        return ~is_another_grade(col("previous_grade"))

    @rule("is no overall grade of a school", columns=("previous_grade",))
    def was_an_overall_grade(cls, col: Any) -> Any:  # noqa: N805
        """One of the four before."""
        return is_overall_grade(col("previous_grade")) | is_another_grade(col("previous_grade"))

    @rule(_NO_LONGER, columns=("judged_date",))
    def was_judged_in_time(cls, col: Any) -> Any:  # noqa: N805
        """Judged while there were overall grades."""
        return col("judged_date") <= LAST_DAY

    @rule("is not before the inspection it came before", columns=("previous_judged_date", "judged_date"))
    def comes_after(cls, col: Any) -> Any:  # noqa: N805
        """The inspection before was before."""
        return col("previous_judged_date") < col("judged_date")

    @rule("has a day of an inspection before and no grade of it", columns=("previous_grade", "previous_judged_date"))
    def has_a_grade_before(cls, col: Any) -> Any:  # noqa: N805
        """A day before has its grade."""
        return col("previous_judged_date").is_null() | ~col("previous_grade").is_null()
