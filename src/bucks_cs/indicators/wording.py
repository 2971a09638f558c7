"""How numbers, units and definitions are written in a sentence and in a notebook, the same everywhere in the library."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from bucks_cs.units import symbol

__all__ = [
    "alike",
    "capital",
    "definition_table",
    "heading_of",
    "listed",
    "told_apart",
    "unit_heading",
    "with_unit",
    "written",
    "written_span",
]


def written(number: float, *, units: str = "", places: int = 1) -> str:
    """A number as a sentence prints it: thousands parted, at most one decimal, a true minus.

    A number that is not zero is never printed as zero, and a percent that is not 100 never as 100: it gets as many
    decimals as it needs to be told from that.

    Args:
        number: The number.
        units: Its unit; it is not printed, and need be given only where it may be percent.
        places: The most decimals, where these are enough.

    Example:
        >>> written(12157.0), written(47.13), written(-2.0), written(0.034), written(99.99), written(99.99, units="percent")
        ('12,157', '47.1', '−2', '0.03', '100', '99.99')
    """
    if not math.isfinite(number):
        return "not a number"
    size = abs(number)
    text = _rounded(size, places)
    for whole in (0, 100) if units and symbol(units) == "%" else (0,):
        apart = abs(size - whole)
        # What is 100 but for the last digits of a float is 100.
        if text == str(whole) and apart > whole * _NOISE:
            text = _rounded(size, max(places, -math.floor(math.log10(apart))))
    return text if number >= 0 or text == "0" else f"−{text}"


_NOISE = 1e-13


def _rounded(size: float, places: int) -> str:
    text = f"{size:,.{places}f}"
    return text.rstrip("0").rstrip(".") if places else text


def written_span(low: float | None, high: float | None, *, units: str = "", exact: bool = False) -> str:
    """Two bounds as a sentence prints them, with as many decimals as it takes to tell one from the other.

    Args:
        low: The lower; None where there is none.
        high: The upper; None where there is none.
        units: As for `written`.
        exact: Whether they are printed as they are, as bounds of rounding must be: half of a last printed digit needs a place
            more than the digit.

    Example:
        >>> written_span(20, 25), written_span(20.01, 20.04), written_span(0.02, None), written_span(None, 1)
        ('20 to 25', '20.01 to 20.04', 'at least 0.02', 'at most 1')
        >>> written_span(22.26, 22.54), written_span(22.26, 22.54, exact=True)
        ('22.3 to 22.5', '22.26 to 22.54')
    """
    ends = [end for end in (low, high) if end is not None]
    places = _places_of(ends) if exact else 1
    texts = [written(end, units=units, places=places) for end in ends]
    while len(ends) == 2 and texts[0] == texts[1] and not alike(*ends):
        places += 1
        texts = [written(end, units=units, places=places) for end in ends]
    return " to ".join(texts) if len(texts) == 2 else f"at least {texts[0]}" if high is None else f"at most {texts[0]}"


_MOST_PLACES = 6


def _places_of(numbers: Sequence[float]) -> int:
    """The fewest decimals, but one at least, that print numbers as they are; two where six do not."""
    for places in range(1, _MOST_PLACES + 1):
        if all(math.isclose(number, round(number, places), rel_tol=_NOISE, abs_tol=_NOISE) for number in numbers):
            return places
    return 2


def with_unit(number: float, units: str, *, per: int | None = None, places: int = 1) -> str:
    """A number with its unit as a sentence prints it.

    Args:
        number: The number.
        units: Its unit.
        per: For a rate, the number of people it is per, which is then named in place of the unit.
        places: The most decimals, as for `written`.

    Example:
        >>> with_unit(52.0, "percent"), with_unit(7000.0, "GBP/week"), with_unit(1.0, "child"), with_unit(-332000.0, "GBP")
        ('52%', '£7,000 a week', '1 child', '−£332,000')
        >>> with_unit(60.9, "per_10_000", per=10_000)
        '60.9 per 10,000'
    """
    if per is not None:
        return f"{written(number, places=places)} per {per:,}"
    text = written(number, units=units, places=places)
    name = symbol(units, singular=text in {"1", "−1"})
    if name.startswith("£"):
        return f"−£{text[1:]}{name[1:]}" if text.startswith("−") else f"£{text}{name[1:]}"
    return f"{text}{name}" if name.startswith("%") else f"{text} {name}".strip()


def unit_heading(units: str, *, per: int | None = None) -> str:
    """A unit as the heading of a column or an axis has it.

    Args:
        units: The unit.
        per: For a rate, the number of people it is per, which is then named in place of the unit.

    Example:
        >>> unit_heading("percent"), unit_heading("per_10_000", per=10_000)
        ('%', 'per 10,000')
    """
    return f"per {per:,}" if per else symbol(units)


def told_apart(one: float, other: float, units: str, *, per: int | None = None) -> tuple[str, str]:
    """Two numbers with their unit, and with as many decimals as it takes to tell them apart.

    Args:
        one: A number.
        other: Another; where the two differ by the last digits of a float alone, they are one.
        units: The unit of both.
        per: As for `with_unit`.

    Example:
        >>> told_apart(40, 50, "percent"), told_apart(40, 40.04, "percent")
        (('40%', '50%'), ('40%', '40.04%'))
    """
    places, same = 1, alike(one, other)
    while True:
        texts = with_unit(one, units, per=per, places=places), with_unit(other, units, per=per, places=places)
        if same or texts[0] != texts[1]:
            return texts
        places += 1


def alike(one: float, other: float) -> bool:
    """Whether two numbers are one, or differ by the last digits of a float alone.

    Args:
        one: A number.
        other: Another.

    Example:
        >>> alike(0.1 + 0.2, 0.3), alike(40, 40.04)
        (True, False)
    """
    return math.isclose(one, other, rel_tol=_NOISE)


def capital(words: str) -> str:
    """Words with a capital at their beginning, and the rest as it is.

    Args:
        words: The words.

    Example:
        >>> capital("EHC plans"), capital("plans of the DfE")
        ('EHC plans', 'Plans of the DfE')
    """
    return words[:1].upper() + words[1:]


def heading_of(column: str) -> str:
    """The name of a column of a frame as a heading of a table has it.

    Args:
        column: The name.

    Example:
        >>> heading_of("primary_need")
        'Primary need'
    """
    return capital(column.replace("_", " "))


def listed(words: Iterable[str]) -> str:
    """Words with commas, and ``and`` before the last.

    Args:
        words: The words.

    Example:
        >>> listed(["a", "b", "c"]), listed(["a"]), listed([])
        ('a, b and c', 'a', '')
    """
    found = list(words)
    return f"{', '.join(found[:-1])} and {found[-1]}" if len(found) > 1 else "".join(found)


def definition_table(caption: str, said: Mapping[str, str]) -> str:
    """What is said of one thing, as an HTML table that a screen reader can follow.

    Args:
        caption: What it is said of.
        said: Headings and what stands beside them, as plain text: it is escaped here.

    Example:
        >>> definition_table("Contacts", {"Kind": "flow & so on"})
        '<table><caption>Contacts</caption><tbody><tr><th scope="row">Kind</th><td>flow &amp; so on</td></tr></tbody></table>'
    """
    rows = "".join(f'<tr><th scope="row">{escape(head)}</th><td>{escape(text)}</td></tr>' for head, text in said.items())
    return f"<table><caption>{escape(caption)}</caption><tbody>{rows}</tbody></table>"
