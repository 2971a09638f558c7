"""The four tables: places in education, homes for children in care, and the children who need each."""

from __future__ import annotations

from typing import Any, ClassVar

from bucks_cs.frames import Date, FrameModel, Number, Text, rule
from bucks_cs.sufficiency.schema import columns

__all__ = ["Homes", "Need", "NeedForHomes", "Places"]


class _Interval(FrameModel):
    """What a table of need has beside its keys: how many children, and how few or many they may be."""

    @rule("a lower bound without an upper one, or the other way about", columns=("lower", "upper"))
    def has_both_bounds(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """Both bounds or none."""
        return col("lower").is_null() == col("upper").is_null()

    @rule("children do not lie between lower and upper", columns=("children", "lower", "upper"))
    def lies_within_its_bounds(cls, col: Any) -> Any:  # noqa: N805
        """Lower, children, upper, in that order."""
        return (col("lower") <= col("children")) & (col("children") <= col("upper"))

    @rule("bounds without a number of children between them", columns=("children", "lower"))
    def bounds_something(cls, col: Any) -> Any:  # noqa: N805
        """No bounds of nothing."""
        return ~(col("children").is_null() & ~col("lower").is_null())


class Places(FrameModel):
    """Places in education, a row for each line (a locality, phase, kind of provision and need) and academic year.

    A line has one row a year: add up the schools of a line before they come here. Further columns come along, and stay as they
    are.
    """

    locality: Text = columns.locality()
    phase: Text = columns.phase()
    kind: Text = columns.kind_of_provision()
    need: Text = columns.need()
    academic_year: Text = columns.academic_year()
    places: Number = columns.places()

    class Config:
        """A line has one row a year."""

        unique: ClassVar = ["locality", "phase", "kind", "need", "academic_year"]


class Need(_Interval):
    """Children who need a place in education, a row for each line and academic year: by the words of `Places`.

    They are children, or plans, of which a child has one. Where they are projected, ``lower`` and ``upper`` say how few and how
    many they may be.
    """

    locality: Text = columns.locality()
    phase: Text = columns.phase()
    kind: Text = columns.kind_of_provision()
    need: Text = columns.need()
    academic_year: Text = columns.academic_year()
    children: Number = columns.children()
    lower: Number = columns.lower()
    upper: Number = columns.upper()

    class Config:
        """A line has one row a year."""

        unique: ClassVar = ["locality", "phase", "kind", "need", "academic_year"]


class Homes(FrameModel):
    """Places in homes for children in care, a row for each line (a locality, kind of home and provider) and day.

    What is counted is places and not homes: a children's home of four is four.
    """

    locality: Text = columns.locality()
    kind: Text = columns.kind_of_home()
    provider: Text = columns.provider()
    day: Date = columns.day()
    places: Number = columns.places()

    class Config:
        """A line has one row a day."""

        unique: ClassVar = ["locality", "kind", "provider", "day"]


class NeedForHomes(_Interval):
    """Children in care who need a home, a row for each line and day: by the words of `Homes`."""

    locality: Text = columns.locality()
    kind: Text = columns.kind_of_home()
    provider: Text = columns.provider()
    day: Date = columns.day()
    children: Number = columns.children()
    lower: Number = columns.lower()
    upper: Number = columns.upper()

    class Config:
        """A line has one row a day."""

        unique: ClassVar = ["locality", "kind", "provider", "day"]
