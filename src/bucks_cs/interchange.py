"""JSON and TOML: the library's objects as text that another tool can read, and back without loss.

A document says what it is and in which form (``"bucks_cs": "reading/1"``), so that a later form can be told from
this one. A date is ISO text in JSON and a date in TOML; a choice is its value; a quantity is ``value`` and ``unit``;
a period is ``kind``, ``start``, ``end`` and, for the reader alone, ``text``. TOML has no null: what is None is left out.
A class that is built on another (a `DemandIndicator` is an `Indicator`) says so in ``class``.

Text that cannot be read back is refused with the name of the field that is wrong, never with what was in it.
"""

from __future__ import annotations

import datetime as dt
import enum
import importlib
import json
import math
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

import attrs
import cattrs
import tomli_w
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from bucks_cs.errors import InvalidValue, Unreadable
from bucks_cs.indicators import Indicator, Reading, Withheld
from bucks_cs.periods import Period, from_bounds
from bucks_cs.provenance import DateBounds, NoOfficialSource, Source
from bucks_cs.units import Quantity, quantity

__all__ = ["from_json", "from_toml", "register", "to_json", "to_toml"]

T = TypeVar("T")

FORM = 1
"""The form of the documents written here; one of another form is refused."""

_HEAD = "bucks_cs"


def to_json(thing: object, *, indent: int | None = 2) -> str:
    """An object of this library as a JSON document.

    Args:
        thing: An `Indicator`, `Reading`, `Readings`, `Source` or another attrs object made of such parts.
        indent: Spaces a level; None for one line.

    Returns:
        JSON text that `from_json` reads back into an equal object.

    Raises:
        InvalidValue: It is of a type that no document holds, or holds a number that is not finite.

    Example:
        >>> print(to_json(NoOfficialSource(reason="each authority defines a contact for itself")))
        {
          "bucks_cs": "no_official_source/1",
          "reason": "each authority defines a contact for itself"
        }
    """
    return json.dumps(_document(thing, _JSON), indent=indent, ensure_ascii=False, allow_nan=False)


def to_toml(thing: object) -> str:
    """An object of this library as a TOML document; what is None is left out.

    Args:
        thing: As for `to_json`.

    Returns:
        TOML text that `from_toml` reads back into an equal object.

    Raises:
        InvalidValue: It is of a type that no document holds, or holds a number that is not finite.

    Example:
        >>> cabinet = Source(title="Children's Services Update", publisher="Buckinghamshire Council",
        ...     date=dt.date(2022, 10, 11), place="paragraph 3.19")
        >>> print(to_toml(cabinet))
        bucks_cs = "source/1"
        title = "Children's Services Update"
        publisher = "Buckinghamshire Council"
        date = 2022-10-11
        place = "paragraph 3.19"
        note = ""
    """
    return tomli_w.dumps(_without_none(_document(thing, _TOML)))


def from_json(text: str, cls: type[T]) -> T:
    """The object that a JSON document holds.

    Args:
        text: What `to_json` wrote.
        cls: The class of the object, or one that it is built on.

    Returns:
        The object.

    Raises:
        Unreadable: It is no JSON, no such document, of another form, or a field in it cannot be read. The error names
            the field and repeats nothing of the text.
    """
    return _read(text, cls, _JSON, lambda: json.loads(text, parse_constant=_refuse), "JSON")


def from_toml(text: str, cls: type[T]) -> T:
    """The object that a TOML document holds.

    Args:
        text: What `to_toml` wrote.
        cls: The class of the object, or one that it is built on.

    Returns:
        The object.

    Raises:
        Unreadable: As for `from_json`.

    Example:
        >>> from_toml('bucks_cs = "no_official_source/1"', NoOfficialSource)
        Traceback (most recent call last):
        bucks_cs.errors.Unreadable: cannot read a text of 33 characters as a TOML document of NoOfficialSource:
        expected what bucks_cs writes, "bucks_cs": "no_official_source/1". The trouble is at reason.
    """
    return _read(text, cls, _TOML, lambda: tomllib.loads(text), "TOML")


def register(
    cls: type[T],
    *,
    write: Callable[[T, Callable[[Any], Any]], dict[str, Any]],
    read: Callable[[dict[str, Any], Callable[[Any, Any], Any]], T],
) -> None:
    """Teach both formats a class that is no plain attrs class, as `readings` does for a frame.

    Args:
        cls: The class.
        write: Gives its document, from the object and a function that writes its parts.
        read: Gives the object, from the document and a function that reads a part as a class.
    """

    def concerns(other: Any) -> bool:
        return _plain_class(other) is cls

    for converter in (_JSON, _TOML):
        converter.register_unstructure_hook_func(concerns, _bound_write(write, converter))
        converter.register_structure_hook_func(concerns, _bound_read(read, converter))


def _plain_class(cls: Any) -> Any:
    """``Readings`` of ``Readings[Any]``; any other class as it is."""
    origin: Any = get_origin(cls)
    return cls if origin is None else origin


def _bound_write(write: Callable[..., dict[str, Any]], converter: cattrs.Converter) -> Callable[[Any], dict[str, Any]]:
    return lambda thing: write(thing, converter.unstructure)


def _bound_read(read: Callable[..., Any], converter: cattrs.Converter) -> Callable[[Any, Any], Any]:
    return lambda data, _: read(data, converter.structure)


# Documents


def _name(cls: Any) -> str:
    name: str = _plain_class(cls).__name__
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _document(thing: object, converter: cattrs.Converter) -> dict[str, Any]:
    made = converter.unstructure(thing) if attrs.has(type(thing)) else None
    if not isinstance(made, dict):
        raise InvalidValue(
            what="the object to write",
            expected="an object of bucks_cs: an Indicator, Reading, Readings or Source, not other data",
        )
    _need_plain(made)
    return {_HEAD: f"{_name(type(thing))}/{FORM}", **made}


def _need_plain(part: object) -> None:
    """What no document holds is found before it is written: the writers would show it in their message."""
    if isinstance(part, Mapping):
        plain = all(isinstance(key, str) for key in part)
        for value in part.values():
            _need_plain(value)
    elif isinstance(part, (list, tuple)):
        plain = True
        for value in part:
            _need_plain(value)
    else:
        plain = math.isfinite(part) if isinstance(part, float) else part is None or type(part) in {str, int, bool, dt.date}
    if not plain:
        raise InvalidValue(
            what=f"a {type(part).__name__} in a document", expected="text, finite numbers, dates, choices and quantities"
        )


def _without_none(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _without_none(value) for key, value in part.items() if value is not None}
    return [_without_none(value) for value in part] if isinstance(part, (list, tuple)) else part


def _refuse(_: str) -> float:
    raise ValueError


def _read(text: str, cls: type[T], converter: cattrs.Converter, parse: Callable[[], Any], form: str) -> T:
    found: list[T] = []
    where: list[str] = []
    try:
        document = parse()
        head = document.pop(_HEAD)
        made = converter.structure(document, cls)
        if head == f"{_name(type(made))}/{FORM}":
            found.append(made)
        else:
            where.append(_HEAD)
    except Exception as error:  # noqa: BLE001 - parsers and cattrs alike put the text in their messages
        where += _where(error)
    if found:
        return found[0]
    hint = f" The trouble is at {', '.join(where)}." if where else ""
    expected = f'what bucks_cs writes, "{_HEAD}": "{_name(cls)}/{FORM}"'
    what = f"a {form} document of {_plain_class(cls).__name__}"
    raise Unreadable(what=what, length=_length(text), expected=expected, hint=hint)


def _length(text: object) -> int:
    return len(text) if isinstance(text, str) else 0


def _where(error: BaseException) -> Iterator[str]:
    """The names of the fields on the way to the first trouble: names of this library's own, never keys of the text."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
        for note in getattr(error, "__notes__", ()):
            if isinstance(note, cattrs.AttributeValidationNote):
                yield note.name
            elif isinstance(note, cattrs.IterableValidationNote):
                yield f"number {int(note.index) + 1}" if isinstance(note.index, int) else "an entry"


# Hooks: one converter a format, alike but for dates


def _converter(*, native_dates: bool) -> cattrs.Converter:
    made = cattrs.Converter(forbid_extra_keys=True)
    for cls in (str, int, bool, float):
        made.register_structure_hook(cls, _plain)
    made.register_structure_hook(dt.date, _date)
    made.register_unstructure_hook(dt.date, (lambda day: day) if native_dates else dt.date.isoformat)
    made.register_unstructure_hook(enum.Enum, lambda choice: choice.value)
    made.register_unstructure_hook(Quantity, lambda amount: {"value": amount.magnitude, "unit": str(amount.units)})
    made.register_structure_hook(Quantity, lambda data, _: quantity(_number(data["value"]), _plain(data["unit"], str)))
    made.register_structure_hook_factory(attrs.has, lambda cls: _attrs_reader(cls, made))
    made.register_unstructure_hook_factory(attrs.has, lambda cls: _attrs_writer(cls, made))
    made.register_unstructure_hook_func(_is_period, lambda period: _period_written(period, made))
    made.register_structure_hook_func(_is_period, lambda data, cls: _period(data, cls, made))
    made.register_structure_hook_func(_is_union, lambda data, cls: _one_of(data, cls, made))
    made.register_unstructure_hook_func(_is_union, lambda thing: _by_its_own_class(thing, made))
    return made


def _is_period(cls: Any) -> bool:
    return isinstance(cls, type) and issubclass(cls, Period)


def _is_union(cls: Any) -> bool:
    return get_origin(cls) in {Union, UnionType}


def _plain(data: Any, cls: Any) -> Any:
    """Text is text and a number a number: nothing is turned into the other on the way in."""
    if cls is float:
        return _number(data)
    if type(data) is not cls:
        raise TypeError
    return data


def _number(data: Any) -> float:
    if type(data) not in {int, float} or not math.isfinite(data):
        raise TypeError
    number: float = data
    return number


def _date(data: Any, _: Any) -> dt.date:
    if type(data) is dt.date:
        return data
    if not isinstance(data, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", data):
        raise ValueError
    return dt.date.fromisoformat(data)


def _period_written(period: Period, converter: cattrs.Converter) -> dict[str, Any]:
    start, end = converter.unstructure(period.start), converter.unstructure(period.end)
    return {"kind": str(period.kind), "start": start, "end": end, "text": str(period)}


def _period(data: Any, cls: type[Period], converter: cattrs.Converter) -> Period:
    if not isinstance(data, dict) or set(data) - {"kind", "start", "end", "text"}:
        raise ValueError
    start, end = (converter.structure(data[name], dt.date) for name in ("start", "end"))
    found: Period = from_bounds(_plain(data["kind"], str), start, end)
    if not isinstance(found, cls):
        raise TypeError
    return found


_MARKS: tuple[tuple[str, type], ...] = (
    ("reason", NoOfficialSource),
    ("title", Source),
    ("earliest", DateBounds),
    ("unit", Quantity),
)
"""What tells the members of a union apart in a document."""


def _one_of(data: Any, cls: Any, converter: cattrs.Converter) -> Any:
    """The member of a union that data holds; which one shows from the data itself."""
    members = get_args(cls)
    if data is None and NoneType in members:
        return None
    members = tuple(member for member in members if member is not NoneType)
    if len(members) == 1:
        return converter.structure(data, members[0])
    if isinstance(data, dict):
        if Withheld in members and set(data) == {"withheld"}:
            return converter.structure(data["withheld"], Withheld)
        fits = [member for mark, member in _MARKS if mark in data and member in members]
    else:
        fits = [dt.date] if dt.date in members and isinstance(data, (str, dt.date)) else []
        fits = fits or [member for member in members if member in {str, int, float, bool} and type(data) is member]
    if len(fits) != 1:
        raise ValueError
    return converter.structure(data, fits[0])


def _by_its_own_class(thing: Any, converter: cattrs.Converter) -> Any:
    return {"withheld": thing.value} if isinstance(thing, Withheld) else converter.unstructure(thing)


# Classes built on others


def _bases(cls: type) -> list[type]:
    return [base for base in cls.__mro__[1:] if attrs.has(base)]


def _family(cls: type) -> Iterator[type]:
    yield cls
    children: list[type] = cls.__subclasses__()
    for child in children:
        yield from _family(child)


def _attrs_writer(cls: Any, converter: cattrs.Converter) -> Callable[[Any], dict[str, Any]]:
    special = {"dims": override(unstruct_hook=_dims_written, struct_hook=_dims)} if cls is Reading else {}
    write = make_dict_unstructure_fn(cls, converter, **special)  # type: ignore[arg-type]

    def written(thing: Any) -> dict[str, Any]:
        if type(thing) is not _plain_class(cls):
            made: dict[str, Any] = converter.unstructure(thing)
            return made
        made = write(thing)
        return {"class": type(thing).__name__, **made} if _bases(type(thing)) else made

    return written


def _attrs_reader(cls: Any, converter: cattrs.Converter) -> Callable[[Any, Any], Any]:
    plain = _plain_class(cls)
    special = {"dims": override(unstruct_hook=_dims_written, struct_hook=_dims)} if cls is Reading else {}
    own = make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True, **special)  # type: ignore[arg-type]
    optional = [a.name for a in attrs.fields(plain) if a.default is attrs.NOTHING and NoneType in get_args(a.type)]

    def read(data: Any, _: Any) -> Any:
        if not isinstance(data, dict):
            raise TypeError
        named = data.get("class", plain.__name__)
        if named == plain.__name__:
            filled = dict.fromkeys(optional) | {key: value for key, value in data.items() if key != "class"}
            return own(filled, cls)
        kin = _kin(plain, named, data)
        return converter.structure(data, kin)

    return read


def _kin(base: type, named: Any, data: Mapping[str, Any]) -> type:
    """The class of that name built on another; a subject of this library that is not in use yet is brought in by its door."""
    found = [cls for cls in _family(base) if cls is not base and cls.__name__ == named]
    subject = re.match(r"[a-z][a-z_]*", data.get("key", "")) if issubclass(base, Indicator) else None
    if not found and subject and isinstance(named, str) and named.isidentifier():
        door = importlib.import_module(f"bucks_cs.{subject[0]}")
        cls = getattr(door, named, None)
        found = [cls] if isinstance(cls, type) and issubclass(cls, base) else []
    if len(found) != 1:
        raise LookupError
    return found[0]


def _dims_written(dims: tuple[tuple[str, str | None], ...]) -> list[dict[str, str | None]]:
    return [{"name": name, "value": value} for name, value in dims]


def _dims(data: Any, _: Any) -> tuple[tuple[str, str | None], ...]:
    return tuple((_plain(pair["name"], str), None if pair.get("value") is None else _plain(pair["value"], str)) for pair in data)


_JSON = _converter(native_dates=False)
_TOML = _converter(native_dates=True)
