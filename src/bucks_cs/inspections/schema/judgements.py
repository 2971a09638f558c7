"""Inspections: outcomes as a frame in long form, a row each judgement, checked by the regime of each row."""

from __future__ import annotations

from typing import Any, ClassVar

from bucks_cs.frames import Date, FrameModel, Text, WholeNumber, field, rule
from bucks_cs.geography import lookup_rows
from bucks_cs.inspections.schema import known_wordings as known

__all__ = ["Judgements"]

_NUMBERS = sorted({row["la_number"] for row in lookup_rows()})
_NO_JUDGEMENT = "the inspection carries no grades, such as a focused visit: it is a row without a judgement"
_MISSING = "the judgement was not made at the time, or what it was is not known"


class Judgements(FrameModel):
    """Outcomes of inspections, a row each judgement; an inspection without grades is one row without a judgement.

    Every name (of a regime, a kind of inspection, a judgement, a grade) may be its key, its title or as Ofsted's files have it.
    A row is checked by its own regime: a grade of another regime is counted and refused, and so is an overall grade where the
    regime has none. Of the columns, only body, regime, activity, start, judgement and grade are needed.
    """

    class Config:
        """The key of a row."""

        unique: ClassVar = ["body", "regime", "activity", "start", "judgement"]

    body: Text = field(
        title="Body",
        description="Who was inspected: the LA number of an authority or an area, the URN of a school or home, or its name.",
        aliases=["LA number", "old_la_code", "URN"],
        str_length={"min_value": 1},
    )
    area: Text | None = field(
        title="Area",
        description="The LA number of the authority in which a school or home is.",
        nullable=True,
        gap="the body is the authority or the area itself",
        isin=_NUMBERS,
    )
    name: Text | None = field(
        title="Name", description="The name of the school or home.", nullable=True, gap="an authority or an area, or not known"
    )
    regime: Text = field(title="Regime", description="The regime it was inspected under.")
    activity: Text = field(
        title="Kind of inspection",
        description="The kind of inspection of that regime.",
        aliases=["Inspection type", "Inspection/Visit type"],
    )
    start: Date = field(
        title="First day",
        description="The first day of the inspection.",
        aliases=["inspection_start", "Inspection date", "Inspection/Visit date", "Inspection start date"],
    )
    end: Date | None = field(
        title="Last day",
        description="The last day of the inspection.",
        aliases=["inspection_end", "Inspection end date"],
        nullable=True,
        gap="the source does not say",
    )
    published: Date | None = field(
        title="Published",
        description="The day its report was published.",
        aliases=["Publication date"],
        nullable=True,
        gap="it was not, or the source does not say",
    )
    judgement: Text = field(title="Judgement", description="What was judged.", nullable=True, gap=_NO_JUDGEMENT)
    grade: Text = field(title="Grade", description="The grade or outcome, of that regime.", nullable=True, gap=_MISSING)
    theme: Text | None = field(
        title="Theme",
        description="What a visit was about.",
        aliases=["Visit Theme"],
        nullable=True,
        gap="the inspection has no theme",
    )
    number_of_weaknesses: WholeNumber | None = field(
        title="Weaknesses",
        description="The areas of significant weakness, or for priority action, of an area SEND inspection.",
        nullable=True,
        gap="none is counted",
        ge=0,
    )
    number_with_progress: WholeNumber | None = field(
        title="Weaknesses with progress",
        description="At a revisit, the weaknesses in which sufficient progress had been made.",
        nullable=True,
        gap="it is no revisit",
        ge=0,
    )
    number_without_progress: WholeNumber | None = field(
        title="Weaknesses without progress",
        description="At a revisit, the weaknesses in which it had not.",
        nullable=True,
        gap="it is no revisit",
        ge=0,
    )

    @rule("is no regime that is known", columns=("regime",))
    def knows_the_regime(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """A regime of this library."""
        return known.plain(col("regime")).is_in(known.regime_names())

    @rule("is no LA number, and its regime is of authorities or areas", columns=("body", "regime"))
    def knows_the_area(cls, col: Any) -> Any:  # noqa: N805
        """An authority or an area is named by its LA number."""
        return col("body").is_in(_NUMBERS) | ~known.plain(col("regime")).is_in(known.regimes_of_areas())

    @rule("is missing, and its regime is of schools or homes", columns=("area", "regime"))
    def says_where_a_setting_is(cls, col: Any) -> Any:  # noqa: N805
        """A school or a home is in an authority."""
        of_settings = _of_known_regime(col) & ~known.plain(col("regime")).is_in(known.regimes_of_areas())
        return ~col("area").is_null() | ~of_settings

    @rule("is no kind of inspection of its regime", columns=("regime", "activity"))
    def knows_the_activity(cls, col: Any) -> Any:  # noqa: N805
        """A kind of inspection of that regime."""
        ours = known.paired(col("regime"), col("activity")).is_in(known.activity_names())
        return ours | ~_of_known_regime(col)

    @rule("was not in force on the first day", columns=("regime", "activity", "start"))
    def is_in_force(cls, col: Any) -> Any:  # noqa: N805
        """The regime, and that kind of inspection in it, was in force."""
        return ~known.out_of_force(known.paired(col("regime"), col("activity")), col("start"), judgements=False)

    @rule("is an overall judgement, and its regime makes none", columns=("regime", "judgement"))
    def has_an_overall_judgement(cls, col: Any) -> Any:  # noqa: N805
        """No overall judgement where the regime has none."""
        return ~known.paired(col("regime"), col("judgement")).is_in(known.asks_overall_of_none())

    @rule("is no judgement of its regime", columns=("regime", "judgement"))
    def knows_the_judgement(cls, col: Any) -> Any:  # noqa: N805
        """A judgement of that regime."""
        pair = known.paired(col("regime"), col("judgement"))
        return pair.is_in(known.judgement_names()) | pair.is_in(known.asks_overall_of_none()) | ~_of_known_regime(col)

    @rule("has a grade and no judgement", columns=("judgement", "grade"))
    def judges_something(cls, col: Any) -> Any:  # noqa: N805
        """A grade is of a judgement."""
        return col("grade").is_null() | ~col("judgement").is_null()

    @rule("has a grade, and inspections of its kind make no such judgement", columns=("regime", "activity", "judgement", "grade"))
    def is_made(cls, col: Any) -> Any:  # noqa: N805
        """Inspections of that kind make that judgement."""
        regime, activity, judgement = (col(name) for name in ("regime", "activity", "judgement"))
        both = known.paired(regime, activity).is_in(known.activity_names())
        both = both & known.paired(regime, judgement).is_in(known.judgement_names())
        return col("grade").is_null() | known.is_made(regime, activity, judgement) | ~both

    @rule("has a grade of a judgement that was not made at the time", columns=("regime", "judgement", "start", "grade"))
    def is_made_at_the_time(cls, col: Any) -> Any:  # noqa: N805
        """The judgement was made when the inspection began."""
        out = known.out_of_force(known.paired(col("regime"), col("judgement")), col("start"), judgements=True)
        return col("grade").is_null() | ~out

    @rule("is a grade of another regime", columns=("regime", "judgement", "grade"))
    def is_a_grade_of_its_regime(cls, col: Any) -> Any:  # noqa: N805
        """A grade of that judgement in that regime."""
        elsewhere = known.plain(col("grade")).is_in(known.grades_of_any_regime())
        return _grade_is_its_own(col) | ~elsewhere | ~_judgement_is_its_own(col)

    @rule("is no grade of any regime", columns=("grade",))
    def knows_the_grade(cls, col: Any) -> Any:  # noqa: N805
        """A grade that some regime has."""
        return known.plain(col("grade")).is_in(known.grades_of_any_regime())

    @rule("ended before it started", columns=("start", "end"))
    def ends_after_start(cls, col: Any) -> Any:  # noqa: N805
        """Not ended before it began."""
        return col("end") >= col("start")

    @rule("was published before it began", columns=("start", "published"))
    def is_published_after_start(cls, col: Any) -> Any:  # noqa: N805
        """Not published before it began."""
        return col("published") >= col("start")

    @rule("was published before it ended", columns=("end", "published"))
    def is_published_after_end(cls, col: Any) -> Any:  # noqa: N805
        """Not published before it ended."""
        return col("published") >= col("end")


def _of_known_regime(col: Any) -> Any:
    return known.plain(col("regime")).is_in(known.regime_names())


def _judgement_is_its_own(col: Any) -> Any:
    return known.paired(col("regime"), col("judgement")).is_in(known.judgement_names())


def _grade_is_its_own(col: Any) -> Any:
    return known.paired(col("regime"), col("judgement"), col("grade")).is_in(known.grade_names())
