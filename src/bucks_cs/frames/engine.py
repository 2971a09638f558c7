"""Engines in and out: a calculation is written once and runs where the data is.

polars, DuckDB and Spark run in place, lazily. pandas and pyarrow go through Arrow to polars and come back, because
narwhals straight on pandas fails on null integers. Whatever kind of frame came in is the kind that goes out.

Engines put cells in their messages, so whatever runs a query here runs it `sealed`.
"""

from __future__ import annotations

import enum
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any

import attrs
import narwhals as nw
import polars as pl

from bucks_cs.errors import EngineMismatch, FrameProblems, Problem, UnknownColumn, UnsupportedFrame
from bucks_cs.frames.sealing import sealed

__all__ = [
    "Engine",
    "Home",
    "alongside",
    "collect",
    "column_names",
    "engine_of",
    "enter",
    "headings",
    "need_columns",
    "rows_of",
    "sealed",
    "small_table",
]


class Engine(enum.Enum):
    """The kinds of frame that are taken and given back."""

    POLARS = "polars"
    POLARS_LAZY = "polars (lazy)"
    PANDAS = "pandas"
    PANDAS_ARROW = "pandas (Arrow types)"
    PYARROW = "pyarrow"
    DUCKDB = "DuckDB"
    PYSPARK = "PySpark"

    @property
    def is_lazy(self) -> bool:
        """Whether a frame of this kind is a plan that has not been run."""
        return self in {Engine.POLARS_LAZY, Engine.DUCKDB, Engine.PYSPARK}


@attrs.frozen
class Home:
    """Where a frame came from, and the way back."""

    engine: Engine

    def back(self, lazy: nw.LazyFrame[Any]) -> Any:
        """A result in the caller's own kind of frame; an engine that is lazy stays so."""
        if self.engine.is_lazy:
            return lazy.to_native()
        out = collect(lazy)
        if self.engine is Engine.PYARROW:
            return out.to_arrow()
        if self.engine is Engine.PANDAS:
            return out.to_pandas()
        if self.engine is Engine.PANDAS_ARROW:
            return out.to_pandas(use_pyarrow_extension_array=True)
        return out


def _module(frame: object) -> str:
    return type(frame).__module__.split(".")[0].lstrip("_")


def engine_of(frame: object) -> Engine:
    """Which engine a native frame belongs to.

    Raises:
        UnsupportedFrame: It is no frame of an engine this library runs on.
    """
    if isinstance(frame, pl.DataFrame):
        return Engine.POLARS
    if isinstance(frame, pl.LazyFrame):
        return Engine.POLARS_LAZY
    module, name = _module(frame), type(frame).__name__
    if module == "pandas" and name == "DataFrame":
        arrow = any(type(dtype).__name__ == "ArrowDtype" for dtype in frame.dtypes)  # type: ignore[attr-defined]
        return Engine.PANDAS_ARROW if arrow else Engine.PANDAS
    if module == "pyarrow" and name == "Table":
        return Engine.PYARROW
    if module == "duckdb" and name == "DuckDBPyRelation":
        return Engine.DUCKDB
    if module == "pyspark" and name == "DataFrame" and ".pandas." not in type(frame).__module__:
        return Engine.PYSPARK
    raise UnsupportedFrame(kind=f"{type(frame).__module__}.{name}")


def enter(
    frame: Any, *, columns: Sequence[str] | None = None, leave_behind: Container[str] = (), kept: bool = True
) -> tuple[nw.LazyFrame[Any], Home]:
    """A native frame as a lazy narwhals frame, and the way home.

    Args:
        frame: A frame of any engine.
        columns: Take these only, so that what is not needed is not converted; those it lacks are passed over.
        leave_behind: Columns that may stay behind where they are no Arrow column (pandas objects of several types).
        kept: Whether the result outlives the call. It may then share no memory with a pandas frame, whose cells its owner may
            yet change in place; where it does not, nothing is copied.

    Raises:
        UnsupportedFrame: It is no frame this library knows.
        FrameProblems: A pandas column cannot be an Arrow column (its values are of several types), headings are in
            several levels, or two columns share a name.
    """
    engine = engine_of(frame)
    headings(frame)
    if engine in {Engine.PANDAS, Engine.PANDAS_ARROW}:
        lazy: nw.LazyFrame[Any] = nw.from_native(_polars_from_pandas(frame, columns, leave_behind, kept=kept).lazy())
        return lazy, Home(engine)
    if engine is Engine.PYARROW:
        table = frame if columns is None else frame.select([c for c in frame.column_names if c in set(columns)])
        lazy = nw.from_native(sealed(lambda: _polars_from_arrow(table), what="pyarrow frame").lazy())
        return lazy, Home(engine)
    lazy = nw.from_native(frame).lazy()
    if columns is not None:
        wanted = set(columns)
        lazy = lazy.select(*(name for name in column_names(lazy) if name in wanted))
    return lazy, Home(engine)


def headings(frame: Any) -> tuple[str, ...]:
    """The headings of a native frame as text, each its own; no query of rows runs.

    Raises:
        UnsupportedFrame: It is no frame this library knows.
        FrameProblems: Two columns share a name (on Spark, but for case), or pandas headings are in several levels.
    """
    engine = engine_of(frame)
    if engine in {Engine.POLARS, Engine.POLARS_LAZY, Engine.DUCKDB}:  # these have no name twice
        return column_names(nw.from_native(frame).lazy())
    if engine in {Engine.PANDAS, Engine.PANDAS_ARROW} and frame.columns.nlevels > 1:
        problem = Problem(rule="its headings are in several levels", hint=" Make one heading of each column's first.")
        raise FrameProblems(schema=f"{engine.value} frame", problems=(problem,))
    names = tuple(str(name) for name in (frame.column_names if engine is Engine.PYARROW else frame.columns))
    told = engine is not Engine.PYSPARK or str(frame.sparkSession.conf.get("spark.sql.caseSensitive")).casefold() == "true"
    alike = list(names) if told else [name.casefold() for name in names]
    twice = sorted({name for name in alike if alike.count(name) > 1})
    if twice:
        problems = tuple(Problem(column=name, rule="two columns share this name") for name in twice)
        raise FrameProblems(schema=f"{engine.value} frame", problems=problems)
    return names


def column_names(lazy: nw.LazyFrame[Any]) -> tuple[str, ...]:
    """The names of a frame's columns; no query of rows runs."""
    return tuple(sealed(lambda: lazy.collect_schema().names(), what="reading the frame's columns"))


def need_columns(lazy: nw.LazyFrame[Any], columns: Iterable[str], *, argument: str = "column") -> None:
    """Make sure of columns before a query is built on them.

    Raises:
        UnknownColumn: The frame lacks one; the columns it has are named.
    """
    there = column_names(lazy)
    for column in columns:
        if column not in there:
            raise UnknownColumn(column=column, columns=there, argument=argument)


def _polars_from_arrow(table: Any) -> pl.DataFrame:
    out = pl.from_arrow(table)
    assert isinstance(out, pl.DataFrame)
    return out


def _polars_from_pandas(
    frame: Any, columns: Sequence[str] | None, leave_behind: Container[str], *, kept: bool
) -> pl.DataFrame:
    names = [str(name) for name in frame.columns]
    wanted = [i for i, name in enumerate(names) if columns is None or name in set(columns)]
    part = frame.iloc[:, wanted]
    part = part.copy() if kept else part.copy(deep=False)
    part.columns = [names[i] for i in wanted]
    whole = _converted(part)
    if whole is not None:
        return whole
    mixed = tuple(name for name in part.columns if _converted(part[[name]]) is None)
    rest = _converted(part.drop(columns=list(mixed)))
    if rest is not None and all(name in leave_behind for name in mixed):
        return rest
    rule = "holds values of more than one type, or of a type that Arrow does not have"
    hint = " Give the column one type first, such as astype('string')."
    problems = tuple(Problem(column=c, rule=rule, hint=hint) for c in mixed if c not in leave_behind)
    raise FrameProblems(schema="pandas frame", problems=problems or (Problem(rule=rule, hint=hint),))


def _converted(part: Any) -> pl.DataFrame | None:
    """A pandas frame as polars, or None where a column of it cannot be: the error of whoever refused may hold a cell."""
    try:
        out: pl.DataFrame = pl.from_pandas(part)
    except Exception:  # noqa: BLE001
        return None
    return out


def collect(lazy: nw.LazyFrame[Any]) -> pl.DataFrame:
    """Run a lazy frame where it lives and bring the result here as polars; an engine's failure is sealed."""
    out: pl.DataFrame = sealed(lambda: lazy.collect(backend="polars").to_native(), what="running the query")
    return out


def rows_of(frame: Any, *, columns: Sequence[str], order_by: str | None = None) -> tuple[dict[str, Any], ...]:
    """The rows of a small frame of any engine as Python dicts, for report tables; never for people's rows.

    Args:
        frame: A frame of any engine.
        columns: The columns to bring.
        order_by: A column to put the rows in order by; DuckDB and Spark keep no order of their own.

    Raises:
        UnknownColumn: The frame lacks one of them.
    """
    lazy, _ = enter(frame)
    need_columns(lazy, [*columns, *([order_by] if order_by is not None else [])])
    if order_by is not None:
        lazy = lazy.sort(order_by)
    return tuple(collect(lazy.select(*dict.fromkeys(columns))).iter_rows(named=True))


def alongside(frame: Any, like: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """A second frame in the first one's engine, so that the two can be joined.

    An eager frame (polars, pandas, pyarrow) is carried over; a lazy one must already be of the same engine.

    Raises:
        EngineMismatch: Two different lazy engines, or two connections of DuckDB.
    """
    second, home = enter(frame)
    if home.engine is Engine.DUCKDB and like.implementation is nw.Implementation.DUCKDB:
        if not _of_one_connection(second.to_native(), like.to_native()):
            raise EngineMismatch(first="DuckDB", second="DuckDB on another connection")
        return second
    if second.implementation is like.implementation:
        return second
    if home.engine.is_lazy:
        raise EngineMismatch(first=_spoken(like), second=home.engine.value)
    return _carry(collect(second), like)


def _of_one_connection(one: Any, other: Any) -> bool:
    """Whether DuckDB would join the two; nothing runs."""
    try:
        one.limit(0).set_alias("one").cross(other.limit(0).set_alias("other"))
    except Exception:  # noqa: BLE001 - it refuses those of two connections
        return False
    return True


def _spoken(lazy: nw.LazyFrame[Any]) -> str:
    return {"POLARS": "polars", "DUCKDB": "DuckDB", "PYSPARK": "PySpark"}.get(lazy.implementation.name, "another engine")


def small_table(like: nw.LazyFrame[Any], data: Mapping[str, Iterable[Any]], schema: Mapping[str, Any]) -> nw.LazyFrame[Any]:
    """A small table (a calendar, a list of months) built inside the engine of another frame.

    Args:
        like: A frame of the engine it is to live in.
        data: Columns of plain values.
        schema: The narwhals type of each.
    """
    local = nw.from_dict({name: list(data[name]) for name in schema}, dict(schema), backend="polars")
    if like.implementation is nw.Implementation.POLARS:
        return local.lazy()
    return _carry(local.to_native(), like)


def _carry(local: pl.DataFrame, like: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    native: Any = like.to_native()
    carried: Any = local.lazy()
    if like.implementation is nw.Implementation.DUCKDB:
        carried = _relation(local, native)
    elif like.implementation is not nw.Implementation.POLARS:
        carried = _spark_frame(local, native.sparkSession)
    lazy: nw.LazyFrame[Any] = nw.from_native(carried)
    return lazy


_DUCKDB_TYPES = {
    pl.String: "VARCHAR",
    pl.Int64: "BIGINT",
    pl.Float64: "DOUBLE",
    pl.Boolean: "BOOLEAN",
    pl.Date: "DATE",
    pl.Datetime: "TIMESTAMP",
}


def _relation(local: pl.DataFrame, like: Any) -> Any:
    """A DuckDB relation on the caller's own connection, which only a relation of hers knows."""
    import duckdb

    def column(name: str, dtype: pl.DataType) -> Any:
        as_type = next((text for kind, text in _DUCKDB_TYPES.items() if dtype == kind), None)
        if as_type is None:
            supported = "text, numbers, dates and booleans in a second frame"
            raise UnsupportedFrame(kind=f"column of type {dtype}", supported=supported)
        values = duckdb.ConstantExpression(local[name].to_list()).cast(duckdb.sqltype(f"{as_type}[]"))
        return duckdb.FunctionExpression("unnest", values).alias(name)

    one_row = like.limit(0).aggregate("count(*) AS n")
    return one_row.select(*(column(name, dtype) for name, dtype in local.schema.items()))


def _spark_frame(local: pl.DataFrame, session: Any) -> Any:
    return session.createDataFrame(local.to_arrow())
