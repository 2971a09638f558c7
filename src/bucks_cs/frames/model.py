"""The schema base: one pandera model a table, for every engine.

A model is written once, as pandera models are, and is good for polars, pandas, pyarrow, DuckDB and Spark. It takes
pandera's Arrow model because that one speaks narwhals types; validation is ours, compiled into one query, since
pandera's own passes bad data on polars lazy frames, puts cells in its errors and runs a query a check.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import narwhals as nw

from bucks_cs.errors import InvalidValue
from bucks_cs.frames.checked import Checked, FrameT
from bucks_cs.frames.conform import conformed, rechecked
from bucks_cs.frames.quiet_pandera import build_arrow_columns, pandera_arrow
from bucks_cs.frames.rules import Test, need_what_is_compiled
from bucks_cs.units import unit as known_unit

if TYPE_CHECKING:
    from pandera.api.checks import Check

__all__ = ["Boolean", "Date", "FrameModel", "FrameSchema", "Number", "Text", "WholeNumber", "field", "rule"]

RuleT = TypeVar("RuleT", bound=Callable[..., Any])

Text = nw.String
"""A column of text: names, codes and identifiers."""

WholeNumber = nw.Int64
"""A column of whole numbers: counts and ages."""

Number = nw.Float64
"""A column of numbers with decimals: rates and sums of money."""

Date = nw.Date
"""A column of days, without a time."""

Boolean = nw.Boolean
"""A column of yes and no. With `Text`, `WholeNumber`, `Number` and `Date` it is all the types that a column may have."""


def field(
    *,
    title: str,
    description: str,
    unit: str | None = None,
    aliases: Sequence[str] = (),
    nullable: bool = False,
    gap: str = "",
    identifies: str | None = None,
    unique: bool = False,
    **checks: Any,
) -> Any:
    """A column of a schema, with what the data dictionary says of it.

    Args:
        title: Its heading in words.
        description: What it holds, in a sentence.
        unit: The unit of its numbers, as `bucks_cs.units.unit` reads it: once a column, never in cells.
        aliases: Headings it is known by elsewhere (the children in need census, Annex A); case, spaces and
            punctuation do not matter.
        nullable: Whether it may be empty.
        gap: What an empty cell means; required where there may be one.
        identifies: Whom it identifies (``"child"``, ``"worker"``); such a column is refused as ``by=``.
        unique: Whether no two rows may have the same.
        **checks: pandera's built-in checks, such as ``ge=0`` or ``isin=[...]``.

    Raises:
        InvalidValue: It may be empty and nothing says what that means.
        UnitError: The unit is unknown.
    """
    if nullable != bool(gap):
        expected = "what an empty cell means, where there may be one and only there"
        raise InvalidValue(what=f"field {title!r}: gap", expected=expected)
    if unit is not None:
        known_unit(unit)
    metadata = {"unit": unit, "aliases": tuple(aliases), "gap": gap, "identifies": identifies}
    checks |= {"nullable": nullable, "unique": unique}
    return pandera_arrow.Field(title=title, description=description, metadata=metadata, **checks)


def rule(breaks: str, *, columns: Sequence[str]) -> Callable[[RuleT], Any]:
    """A rule between the columns of a row, as a method that gives a narwhals expression.

    The method takes the class and ``col``, a function from a column's name to its expression, and gives an
    expression that is true for a good row; where a null makes it unknown the row is good.

    Args:
        breaks: What is wrong with a row that breaks it, in words.
        columns: The columns it looks at.
    """

    def decorate(method: RuleT) -> Any:
        return pandera_arrow.dataframe_check(native=False, error=breaks, title=", ".join(columns))(method)

    return decorate


class FrameSchema(pandera_arrow.DataFrameSchema):
    """The schema a `FrameModel` becomes; its ``validate`` is the model's own."""

    model: type[FrameModel]

    def validate(
        self,
        check_obj: FrameT,
        head: int | None = None,
        tail: int | None = None,
        sample: int | None = None,
        random_state: int | None = None,
        lazy: bool = True,
        inplace: bool = False,
    ) -> FrameT:
        """The frame itself, where it keeps every rule; see `FrameModel.validate`.

        ``lazy`` and ``inplace`` make no difference: every problem is always listed, and no frame is changed.

        Raises:
            InvalidValue: Part of the frame was asked for (``head``, ``tail``, ``sample``): all of it is checked; or the schema
                was changed since the model made it.
        """
        if self != self.model.to_schema():
            expected = "the schema of a model as the model made it"
            raise InvalidValue(what="validate", expected=expected, hint=" Subclass the model to change it.")
        if any(part is not None for part in (head, tail, sample, random_state)):
            raise InvalidValue(what="validate", expected="the whole frame: head, tail and sample would let bad rows by")
        return self.model.validate(check_obj)


class FrameModel(pandera_arrow.DataFrameModel):
    """The base of every schema: subclass it with typed, described columns.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.frames import FrameModel, Text, WholeNumber, field
        >>> class Counts(FrameModel):
        ...     team: Text = field(title="Team", description="The team.", aliases=["Team name"])
        ...     referrals: WholeNumber = field(title="Referrals", description="Referrals.", unit="referral", ge=0)
        >>> checked = Counts.conform(pl.DataFrame({"Team Name": ["North"], "referrals": [12.0]}))
        >>> checked.frame.to_dicts()
        [{'team': 'North', 'referrals': 12}]
        >>> for note in checked.notes:
        ...     print(note)
        team: read from 'Team Name'
        referrals: whole numbers kept as decimals, taken as Int64
    """

    @classmethod
    def build_schema_(cls, **kwargs: Any) -> FrameSchema:
        """pandera's hook: the schema with this library's validation in it.

        Raises:
            InvalidValue: The model asks for what is not compiled.
        """
        try:
            columns = cls._build_columns(cls.__fields__, cls.__checks__)
        except TypeError:  # pandera's own word for a type it does not know
            columns = {}
        if len(columns) < len(cls.__fields__):
            raise InvalidValue(what=cls.__name__, expected="columns of Text, WholeNumber, Number, Date or Boolean")
        schema = FrameSchema(columns, checks=cls.__root_checks__, **kwargs)
        schema.model = cls
        need_what_is_compiled(schema, what=cls.__name__)
        return schema

    @classmethod
    def _build_columns(cls, fields: Any, checks: dict[str, list[Check]]) -> dict[str, Any]:
        return build_arrow_columns(fields, checks, column_cls=pandera_arrow.Column)

    @classmethod
    def conform(cls, frame: FrameT, *, columns: Mapping[str, str | None] | None = None) -> Checked[FrameT]:
        """An analyst's frame under this schema's names and types, checked, with what was changed said.

        Columns are found by this schema's names, by ``columns``, or by the headings they are known by elsewhere.
        Whole-number ids become text, categories their text, whole floats whole numbers, timestamps days; columns the
        schema does not know come along, to break measures down by. On a lazy frame one aggregate query runs, which
        counts the rows that break each rule, and nothing else.

        Args:
            frame: polars (eager or lazy), pandas, pyarrow, a DuckDB relation or a PySpark frame; one that is checked by
                this schema already is given back as it is.
            columns: This schema's names to the frame's own, where they differ; None for one that the frame does not have,
                which is then a gap in every row.

        Returns:
            The frame as `Checked`; ``.frame`` gives the caller's own kind back.

        Raises:
            FrameProblems: Every broken rule with its count of rows; never a cell.
            InvalidValue: ``columns`` is no dict of names.
            UnsupportedFrame: It is no frame.
        """
        given: Any = frame
        if not isinstance(given, Checked):
            return conformed(cls, given, columns=columns)
        return cls.admit(given) if columns is None else conformed(cls, given.frame, columns=columns)

    @classmethod
    def admit(cls, frame: Any, *, also: Sequence[Test] = (), unique: Sequence[tuple[str, ...]] = ()) -> Checked[Any]:
        """A frame a calculation was given: as it is if already checked by this schema, else conformed.

        Args:
            frame: A `Checked` frame or a raw one.
            also: Further rules of the calculation itself, counted in the same query.
            unique: Further sets of columns in which no two rows may be the same.

        Raises:
            FrameProblems: Every broken rule with its count of rows.
            UnsupportedFrame: It is no frame.
        """
        if not isinstance(frame, Checked):
            return conformed(cls, frame, also=also, unique=unique)
        if not issubclass(frame.schema, cls):
            return conformed(cls, frame.frame, also=also, unique=unique)
        return rechecked(frame, also=also, unique=unique) if also or unique else frame

    @classmethod
    def validate(
        cls,
        check_obj: FrameT,
        head: int | None = None,
        tail: int | None = None,
        sample: int | None = None,
        random_state: int | None = None,
        lazy: bool = True,
        inplace: bool = False,
    ) -> FrameT:
        """The frame itself, unchanged, where it keeps every rule under this schema's own column names.

        Args:
            check_obj: A frame of any engine.
            head: Not taken; the whole frame is checked.
            tail: Not taken.
            sample: Not taken.
            random_state: Not taken.
            lazy: Makes no difference: every problem is always listed.
            inplace: Makes no difference: no frame is changed.

        Raises:
            FrameProblems: Every broken rule with its count of rows; never a cell.
            InvalidValue: Part of the frame was asked for.
        """
        if any(part is not None for part in (head, tail, sample, random_state)):
            raise InvalidValue(what="validate", expected="the whole frame: head, tail and sample would let bad rows by")
        conformed(cls, check_obj, aliases=False, keep_others=False)
        return check_obj

    @classmethod
    def aliases(cls, column: str) -> tuple[str, ...]:
        """The headings a column is known by elsewhere.

        Args:
            column: A column of the schema.
        """
        return tuple((cls.to_schema().columns[column].metadata or {}).get("aliases", ()))

    @classmethod
    def identifiers(cls) -> tuple[str, ...]:
        """The columns that identify a person, by which nothing is broken down."""
        columns = cls.to_schema().columns
        return tuple(name for name, column in columns.items() if (column.metadata or {}).get("identifies"))

    @classmethod
    def keys(cls) -> tuple[tuple[str, ...], ...]:
        """The columns, or sets of columns, in which no two rows may be the same."""
        schema = cls.to_schema()
        single = tuple((name,) for name, column in schema.columns.items() if column.unique)
        return (*single, tuple(schema.unique)) if schema.unique else single

    @classmethod
    def narwhals_type(cls, column: str) -> Any:
        """The type the schema gives a column.

        Args:
            column: A column of the schema.
        """
        return getattr(nw, str(cls.to_schema().columns[column].dtype.type))
