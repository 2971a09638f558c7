"""EHC plans: what a whole number of plans is made of: parts by name, and a rest that has a name of its own."""

from __future__ import annotations

import enum
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from numbers import Integral, Real
from typing import Any

import attrs

from bucks_cs import interchange
from bucks_cs.ehcp.model.needs import OLDEST_AGE
from bucks_cs.errors import ImpossibleFigure, InvalidValue, NotFound, UnitError
from bucks_cs.units import Quantity, in_unit, quantity, same_dimension

__all__ = ["Part", "Parts", "Rest", "counted_plans", "number_of", "read_age", "read_label"]

Part = Any
"""What a part is called: a `PrimaryNeed`, a `Phase`, an age, a text, or a `Rest`."""


class Rest(enum.Enum):
    """The plans that are in no part, by why they are not.

    `NOT_RECORDED`: the authority does not say (a null in readings). `NOT_GIVEN`: it is known, and the source at hand does not
    tell: a report that prints two needs out of thirteen.
    """

    NOT_RECORDED = "not recorded"
    NOT_GIVEN = "not given"


def counted_plans(given: object, *, what: str) -> Quantity:
    """A whole number of plans, from 0 up.

    Args:
        given: A whole number, or a quantity of plans.
        what: What it is for, for the message.

    Raises:
        UnitError: A quantity of something else.
        InvalidValue: No whole number.
        ImpossibleFigure: A number below 0.
    """
    number: object = given
    if isinstance(given, Quantity):
        if not same_dimension(str(given.units), "plan"):
            raise UnitError(what=f"{what} is a number of plans, and not one in {given.units}")
        number = in_unit(given, "plan")
    size = _size(number)
    if not size.is_integer():
        raise InvalidValue(what=what, expected='a whole number of plans, such as 5_704 or quantity(5_704, "plan")')
    if size < 0:
        raise ImpossibleFigure(what=what, why="a number of plans is not below 0")
    return quantity(int(size), "plan")


def _size(number: object) -> float:
    """A number as a float; not a number for what is none, or is too large for one."""
    if isinstance(number, bool) or not isinstance(number, Real):
        return math.nan
    try:
        return float(number)
    except OverflowError:
        return math.nan


def number_of(plans: Quantity) -> int:
    """How many plans a quantity of plans is.

    Args:
        plans: As `counted_plans` gives it.
    """
    return round(in_unit(plans, "plan"))


def read_label(given: object, *, what: str) -> str:
    """The name of a locality, a setting or an age band: text that says something.

    Args:
        given: The name.
        what: What it is a part of, for the message.

    Raises:
        InvalidValue: It is no text, or an empty one.
    """
    if not isinstance(given, str) or not given.strip():
        raise InvalidValue(what=what, expected="names of parts, as text that is not empty, or a Rest")
    return given.strip()


def read_age(given: object, *, what: str) -> int | str:
    """A single year of age, or the open bottom of a table of ages (``"under 3"``).

    Args:
        given: A whole number from 0 to 25, its text (``"10"``, or ``"age 10"`` as DfE prints it), or ``"under"`` and one.
        what: What it is a part of, for the message.

    Raises:
        InvalidValue: It is none of these.
    """
    words = str(given).strip().casefold().removeprefix("age ") if isinstance(given, (Integral, str)) else ""
    under = words.startswith("under ")
    digits = words.removeprefix("under ")
    is_whole = digits.isascii() and digits.isdigit() and len(digits) <= len(str(OLDEST_AGE))
    if isinstance(given, bool) or not is_whole or int(digits) > OLDEST_AGE:
        raise InvalidValue(what=what, expected=f'ages from 0 to {OLDEST_AGE} in whole years, "under 3" or the like, or a Rest')
    return f"under {int(digits)}" if under else int(digits)


@attrs.frozen(repr=False)
class Parts:
    """The parts of a whole number of plans by name, in a fixed order; two that hold the same are equal, and can be hashed.

    Asked like a mapping: ``parts[PrimaryNeed.ASD]``, ``parts.items()``, ``dict(parts)``; each value is a quantity of plans.

    Args:
        counts: Pairs of a part and a whole number.
    """

    counts: tuple[tuple[Part, int], ...] = ()

    @classmethod
    def of(cls, given: object, *, read: Callable[..., Part], what: str) -> Parts:
        """Parts from a mapping, each name read and each count made sure of.

        Args:
            given: A mapping of parts to numbers or quantities of plans; None as a part, or the NaN that pandas has for it, is
                `Rest.NOT_RECORDED`.
            read: What makes a name of what stands for one.
            what: What the parts are of, for the message.

        Raises:
            InvalidValue: It is no mapping, a name cannot be read, or two are one and the same.
        """
        if isinstance(given, Parts):
            given = dict(given.items())
        if not isinstance(given, Mapping):
            raise InvalidValue(what=what, expected="a mapping of parts to numbers of plans")
        found: dict[Part, int] = {}
        for name, plans in given.items():
            part = _rest(name) or read(name, what=what)
            if part in found:
                raise InvalidValue(what=what, expected="each part once, and two of these are the same")
            found[part] = number_of(counted_plans(plans, what=what))
        return cls(tuple(sorted(found.items(), key=lambda pair: _place(pair[0]))))

    def need_whole(self, whole: int, *, what: str) -> None:
        """Make sure that the parts make the whole.

        Args:
            whole: How many plans there are.
            what: What the parts are of, for the message.

        Raises:
            ImpossibleFigure: They are more.
            InvalidValue: They are fewer, and no `Rest` among them has the others.
        """
        together = self.together
        if together > whole:
            raise ImpossibleFigure(
                what=what, why=f"the parts come to {together:,} plans, {together - whole:,} above the whole of {whole:,}"
            )
        if self.counts and together < whole:
            hint = f" {whole - together:,} of {whole:,} are in none of them: name these as Rest.NOT_RECORDED or Rest.NOT_GIVEN."
            raise InvalidValue(what=what, expected="parts that make the whole", hint=hint)

    @property
    def together(self) -> int:
        """How many plans the parts come to, a rest among them."""
        return sum(plans for _, plans in self.counts)

    @property
    def named(self) -> Parts:
        """The parts without the rest."""
        return Parts(tuple(pair for pair in self.counts if not isinstance(pair[0], Rest)))

    def get(self, part: Part, default: Quantity | None = None) -> Quantity | None:
        """The plans of a part, or what is given for one that is not there.

        Args:
            part: The part.
            default: What to give where it is not there.
        """
        found = dict(self.counts).get(part)
        return default if found is None else quantity(found, "plan")

    def keys(self) -> tuple[Part, ...]:
        """The parts, in order: needs and phases as their enum has them, ages by number, texts by the alphabet, then the rest."""
        return tuple(part for part, _ in self.counts)

    def items(self) -> tuple[tuple[Part, Quantity], ...]:
        """The parts with their plans."""
        return tuple((part, quantity(plans, "plan")) for part, plans in self.counts)

    def __getitem__(self, part: Part) -> Quantity:
        found = self.get(part)
        if found is None:
            raise NotFound(what="a part of a cohort", asked_on=("part",), rows=0)
        return found

    def __contains__(self, part: object) -> bool:
        return part in self.keys()

    def __iter__(self) -> Iterator[Part]:
        return iter(self.keys())

    def __len__(self) -> int:
        return len(self.counts)

    def __repr__(self) -> str:
        return f"Parts({', '.join(f'{text_of(part)}: {plans:,}' for part, plans in self.counts)})"


def text_of(part: Part) -> str:
    """A part as text: the value of an enum, a number or a text as it is.

    Args:
        part: The part.
    """
    return str(part.value) if isinstance(part, enum.Enum) else str(part)


def _rest(name: object) -> Rest | None:
    if name is None or (isinstance(name, float) and math.isnan(name)):
        return Rest.NOT_RECORDED
    text = name.strip().casefold() if isinstance(name, str) else name
    return next((rest for rest in Rest if text in {rest, rest.value}), None)


def _place(part: Part) -> tuple[bool, int, str]:
    """Where a part stands among the others."""
    if isinstance(part, enum.Enum):
        return isinstance(part, Rest), list(type(part)).index(part), ""
    if isinstance(part, str) and part.startswith("under ") and part[6:].isdigit():
        return False, -1, part
    return (False, part, "") if isinstance(part, int) else (False, 0, part.casefold())


def _write(parts: Parts, write: Callable[[Any], Any]) -> dict[str, Any]:
    return {"parts": [{"part": text_of(part), "plans": write(plans)} for part, plans in parts.counts]}


def _read(document: dict[str, Any], read: Callable[[Any, Any], Any]) -> Parts:
    if set(document) - {"parts"}:
        raise ValueError
    listed: Iterable[dict[str, Any]] = document.get("parts", [])
    pairs = [(read(each["part"], str), read(each["plans"], int)) for each in listed if not set(each) - {"part", "plans"}]
    if len(pairs) != len(document.get("parts", [])) or len(dict(pairs)) != len(pairs):
        raise ValueError
    return Parts(tuple(pairs))


interchange.register(Parts, write=_write, read=_read)
