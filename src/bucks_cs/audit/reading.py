"""Reading what reports print: ``1,375``, ``£1.25bn``, ``−332``, ``(450)``, ``47%``, ``over 1,000``, ``10–20``.

The grammar is small and strict: what it does not know it refuses, since a figure misread is worse than a figure not
checked. Hedges are taken at their word, with the number in them as it stands: ``over 1,000`` is anything above 1,000,
``up to 20`` anything from 0 to 20. (Where what is audited may be below 0, `ambiguity` takes that lower end away.)
"""

from __future__ import annotations

import math
import numbers
import re
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

import attrs

from bucks_cs.audit.printed import Bound, Form, Printed, Rounding, exactly
from bucks_cs.audit.spans import Span
from bucks_cs.errors import InvalidValue, UnitError, Unreadable

__all__ = ["Single", "figure_of", "read_number", "read_printed", "read_scale", "read_step"]

_HEDGES: dict[str, Bound] = {
    **dict.fromkeys(("about", "around", "approximately", "approx.", "approx", "roughly", "some"), Bound.ABOUT),
    **dict.fromkeys(("circa", "c.", "c", "~"), Bound.ABOUT),
    **dict.fromkeys(("over", "just over", "more than", "above", "in excess of", "exceeding", ">"), Bound.OVER),
    **dict.fromkeys(("at least", "no fewer than", "no less than", "not less than", "a minimum of", "≥", ">="), Bound.AT_LEAST),
    **dict.fromkeys(("almost", "nearly", "just under", "just below"), Bound.ALMOST),
    **dict.fromkeys(("under", "below", "less than", "fewer than", "<"), Bound.UNDER),
    **dict.fromkeys(("up to", "at most", "no more than", "not more than", "a maximum of", "≤", "<="), Bound.UP_TO),
}
_MAGNITUDES = {
    **dict.fromkeys(("k", "thousand"), 10**3),
    **dict.fromkeys(("m", "mn", "million"), 10**6),
    **dict.fromkeys(("b", "bn", "billion"), 10**9),
}
_UNITS = {
    **dict.fromkeys(("%", "percent", "per cent", "pc"), "%"),
    **dict.fromkeys(("pp", "ppt", "ppts", "percentage point", "percentage points", "% points"), "pp"),
}
_HEDGE = "|".join(re.escape(word) for word in sorted(_HEDGES, key=len, reverse=True))
_THIN = "\u00a0\u2009\u202f"
_NUMBER = re.compile(
    rf"""(?P<before>(?P<paren>\()?\s*(?P<sign>[-−–+])?\s*(?P<currency>£)?\s*(?P<sign2>[-−–+])?(?P<paren2>\()?\s*)
    (?P<number>[0-9]{{1,3}}(?:(?P<separator>[,{_THIN}])[0-9]{{3}})(?:(?P=separator)[0-9]{{3}})*(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)
    (?P<after>(?P<plus>\+)?(?P<magnitude>\s*(?:{"|".join(sorted(_MAGNITUDES, key=len, reverse=True))})(?![A-Za-z]))?
    (?P<unit>\s*(?:%\ points|%|[A-Za-z][A-Za-z ]*))?\s*(?P<close>\))?)""",
    re.VERBOSE | re.IGNORECASE,
)
_HEDGED = re.compile(rf"(?P<hedge>{_HEDGE})\s*(?=[£0-9.(+−–-])", re.IGNORECASE)
# The symbols that the Government Analysis Function puts beside a number, and asterisks and daggers.
_NOTES = re.compile(r"(?:\s*(?:\[(?:b|e|f|p|r|u|note \w+)\]|\((?:p|r)\)|[*†‡]))+$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[-–—]\s*|\s+to\s+|\s+and\s+", re.IGNORECASE)
_EXPECTED = (
    "a figure as reports print it: 1,375, 52%, £1.25bn, £46 million, −332, (450), +29%, over 1,000, up to 20, 10–20 "
    "(no words for numbers, no dates)"
)
_SCALES = {**_MAGNITUDES, "000": 10**3}


def read_printed(text: str, *, rounded_to: object = None, scale: object = 1) -> Printed:
    """A figure as printed, and every value that it can stand for.

    Args:
        text: As printed. Thousands may be parted by commas or thin spaces; a minus may be a hyphen or a true minus, or
            the figure may stand in brackets; ``k``, ``m``, ``bn`` and their words multiply; ``%``, ``per cent``,
            ``percentage points`` and the names of this library's units may follow, and footnote marks are passed over.
        rounded_to: The step it was rounded to, in the unit it is printed in (10 for counts to the nearest 10), where
            that is not the last digit printed; 0 for a figure that is exact. Where a figure carries its own ``m`` or
            ``bn`` the step is in pounds.
        scale: What the heading multiplies by: 1000, or its text (``"£'000"``). A figure with its own ``m`` or ``bn``
            is not multiplied again.

    Returns:
        The figure. ``over``, ``at least`` and ``more than`` have no upper end; ``up to``, ``almost`` and ``under``
        begin at 0, and nowhere where an audit finds that they may be below it; a range reaches from the least its first
        number can stand for to the most its second can; ``about`` has no span, since nobody says how wide it is.

    Raises:
        Unreadable: The text is no such figure. The text is not repeated.
        InvalidValue: ``rounded_to`` is no number from 0 up, or ``scale`` no number above 0.

    Example:
        >>> read_printed("52%")
        Printed('52%': 51.5 to 52.5)
        >>> read_printed("1,325", scale="£'000")
        Printed('1,325': 1324500 to 1325500)
        >>> read_printed("2,000", rounded_to=100)
        Printed('2,000': 1950 to 2050)
        >>> read_printed("over £5m")
        Printed('over £5m': 5000000 to no end)
    """
    figure = figure_of(text, step=read_step(rounded_to), scale=read_scale(scale))
    if figure is None:
        raise Unreadable(what="a printed figure", length=len(text), expected=_EXPECTED)
    return figure


def figure_of(text: str, *, step: Fraction | None, scale: Fraction) -> Printed | None:
    """What `read_printed` gives, or None where the text is no figure."""
    bare = _NOTES.sub("", text.strip())
    hedged = _HEDGED.match(bare)
    if hedged is None:
        single = _single(bare, text=text.strip(), step=step, scale=scale)
        if single is None:
            return _range(bare, text=text.strip(), step=step, scale=scale)
        return single if single.bound is Bound.AS_PRINTED else _hedged(attrs.evolve(single, bound=Bound.AS_PRINTED), single.bound)
    single = _single(bare[hedged.end() :], text=text.strip(), step=step, scale=scale)
    return None if single is None else _hedged(single, _HEDGES[" ".join(hedged["hedge"].casefold().split())])


def read_scale(scale: object) -> Fraction:
    """What a heading multiplies its column by: a number, or text such as ``£'000``, ``£m`` or ``thousands``.

    Raises:
        InvalidValue: It is neither.

    Example:
        >>> read_scale("£'000"), read_scale("£m"), read_scale(10)
        (Fraction(1000, 1), Fraction(1000000, 1), Fraction(10, 1))
    """
    if isinstance(scale, str):
        word = re.sub(r"[£'’‘`\s()]", "", scale).casefold()
        known = _SCALES.get(word, _SCALES.get(word.removesuffix("s")))
        if known is not None:
            return Fraction(known)
    else:
        number = exactly(scale, what="scale")
        if number > 0:
            return number
    raise InvalidValue(what="scale", expected='a number above 0, or a heading such as "£\'000", "£m" or "thousands"')


def read_step(rounded_to: object) -> Fraction | None:
    """The step figures are rounded to, or None where the last digit says it.

    Raises:
        InvalidValue: It is no number from 0 up.
    """
    if rounded_to is None:
        return None
    step = exactly(rounded_to, what="rounded_to")
    if step < 0:
        raise InvalidValue(what="rounded_to", expected="a step above 0 (1, 10, 0.1), or 0 where a figure is exact")
    return step


def _single(part: str, *, text: str, step: Fraction | None, scale: Fraction) -> Printed | None:
    """One plain number with what stands round it, or None."""
    match = _NUMBER.fullmatch(part)
    if match is None or (match["sign"] and match["sign2"]):
        return None
    opened = bool(match["paren"]) + bool(match["paren2"])
    signed = match["sign"] or match["sign2"]
    if opened != bool(match["close"]) or (opened and signed):
        return None
    unit = _unit(match["unit"] or "", money=bool(match["currency"]))
    if unit is None:
        return None
    times = Fraction(_MAGNITUDES[match["magnitude"].strip().casefold()]) if match["magnitude"] else scale
    if opened or signed in {"-", "−", "–"}:
        times = -times
    form = _form(match, times, text=text, part=part)
    # A step that is stated is in the unit of the page, so a heading's scale multiplies it too.
    width = form.step if step is None else step * scale if not match["magnitude"] else step
    figure = Printed(
        text=text, span=Rounding.NEAREST.span(form.value, width), unit=unit, step=width, form=form, stated_step=step is not None
    )
    return attrs.evolve(figure, bound=Bound.AT_LEAST) if match["plus"] else figure


def _form(match: re.Match[str], factor: Fraction, *, text: str, part: str) -> Form:
    whole, _, fraction = match["number"].partition(".")
    separator = match["separator"] or ("," if len(whole) < 4 else "")
    start = text.find(part)
    return Form(
        digits=re.sub(rf"[,{_THIN}]", "", whole) + fraction,
        decimals=len(fraction),
        separator=separator,
        factor=factor,
        before=text[:start] + match["before"],
        after=match["after"] + text[start + len(part) :],
        currency=match["currency"] or "",
        magnitude=match["magnitude"] or "",
        unit=(match["unit"] or "").rstrip(),
    )


def _unit(printed: str, *, money: bool) -> str | None:
    """The unit's own name, or None where it is no unit (a month, a word of a sentence)."""
    name = " ".join(printed.casefold().split())
    if not name:
        return "£" if money else ""
    if money:
        return None
    if name in _UNITS:
        return _UNITS[name]
    if name in {"people", "young people"}:
        return "people"
    return _known_unit("FTE" if name == "fte" else name.replace(" ", "_"))


def _known_unit(name: str) -> str | None:
    from bucks_cs.units import unit

    try:
        return str(unit(name))
    except UnitError:
        return None


def _hedged(figure: Printed, hedge: Bound) -> Printed | None:
    """A plain number with its hedge, or None where the two do not go together."""
    if hedge is Bound.ABOUT:
        return attrs.evolve(figure, bound=hedge, span=None)
    if figure.form is None or figure.form.value < 0 or figure.bound is not Bound.AS_PRINTED:
        return None  # "over −5" could mean either way
    value = figure.form.value
    if hedge.opens_upwards:
        span = Span(value, None, low_left_out=hedge is Bound.OVER)
    else:
        span = Span(Fraction(0), value, high_left_out=hedge is not Bound.UP_TO)
    return attrs.evolve(figure, bound=hedge, span=span)


def _range(bare: str, *, text: str, step: Fraction | None, scale: Fraction) -> Printed | None:
    """Two numbers with a dash, ``to`` or ``between … and`` between them, the first not above the second."""
    between = re.match(r"between\s+", bare, re.IGNORECASE)
    rest = bare[between.end() :] if between else bare
    for joint in _BETWEEN.finditer(rest):
        word = joint[0].strip().casefold()
        if joint.start() == 0 or (word == "and") != bool(between) or (word == "to" and rest[: joint.start()].endswith(" up")):
            continue
        first, second = rest[: joint.start()], rest[joint.end() :]
        high = _single(second, text=second, step=step, scale=scale)
        low = _single(_with_ending(first, high), text=first, step=step, scale=scale) if high else None
        if low and high and _go_together(low, high) and low.span and high.span:
            return Printed(text=text, span=Span(low.span.low, high.span.high), bound=Bound.RANGE, unit=high.unit or low.unit)
    return None


def _go_together(low: Printed, high: Printed) -> bool:
    in_order = low.value is not None and high.value is not None and low.value <= high.value
    return in_order and (low.unit == high.unit or not low.unit or not high.unit)


def _with_ending(first: str, second: Printed | None) -> str:
    """``£10–20m`` and ``20 to 30%`` say their unit once: what the first number lacks it has from the second."""
    plain = second is not None and second.form is not None and re.fullmatch(r"[-−]?£?[0-9,.]+", first) is not None
    return first + second.form.magnitude + second.form.unit if plain and second and second.form else first


class Single(float):
    """A float of 32 binary digits, as a column of them gives it: 0.1 and not 0.10000000149."""


def read_number(number: Any, *, step: Fraction, scale: Fraction, column: str, stated: bool = False) -> Printed:
    """A number of a frame or a call as if it had been printed to a step (0: exact).

    A float is taken for the decimal number that it is nearest to, at 14 digits: 0.30000000000000004 is 0.3. One that is
    exact and not whole may still have been worked out in binary, or have no end (1/3), so it carries a ``noise``.

    Args:
        number: The number.
        step: What it was rounded to.
        scale: What its heading multiplies by.
        column: What to call it.
        stated: Whether it is a rule (a threshold), which nobody works out.

    Raises:
        InvalidValue: It is no finite number; the column is named and the number is not.
    """
    value = exactly(number, what=column)
    cleaned, noise = _worked_out(number, value)
    if step or (stated and cleaned == value):
        noise = Fraction(0)
    decimals = max(_places(cleaned), _places(step))
    digits = f"{round(abs(cleaned) * 10**decimals):0{decimals + 1}d}"
    sign = -1 if value < 0 else 1
    form = Form(digits=digits, decimals=decimals, separator=",", factor=sign * scale, before="−" if value < 0 else "")
    width = step * scale
    span = Rounding.NEAREST.span(form.value, width)
    return Printed(text=form.text, span=span, step=width, form=form, stated_step=True, noise=noise)


# Adding n floats moves the last of their 53 binary digits n times at the most: 2**-40 leaves room for some thousands.
_DOUBLE_NOISE, _SINGLE_NOISE = Fraction(1, 2**40), Fraction(1, 2**18)
_FOURTEEN_DIGITS = Context(prec=14)
_WHOLE_IN_A_DOUBLE, _WHOLE_IN_A_SINGLE = 2**53, 2**24


def _worked_out(number: Any, value: Fraction) -> tuple[Fraction, Fraction]:
    """The decimal number that is meant, and how far binary arithmetic may have moved it."""
    if isinstance(number, (numbers.Rational, Decimal)):
        return (value, Fraction(0)) if _has_an_end(value) else (_to_digits(value), _DOUBLE_NOISE)
    single = isinstance(number, Single) or getattr(getattr(number, "dtype", None), "itemsize", 8) < 8
    if value.denominator == 1 and abs(value) <= (_WHOLE_IN_A_SINGLE if single else _WHOLE_IN_A_DOUBLE):
        return value, Fraction(0)
    return (value, _SINGLE_NOISE) if single else (_to_digits(value), _DOUBLE_NOISE)


def _to_digits(value: Fraction) -> Fraction:
    """The nearest decimal number of 14 digits, of the 15 that a float holds."""
    return Fraction(_FOURTEEN_DIGITS.divide(Decimal(value.numerator), Decimal(value.denominator)))


def _has_an_end(value: Fraction) -> bool:
    """Whether it can be written out as a decimal number."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def _places(value: Fraction) -> int:
    """Decimals needed to write a number that has an end."""
    rest, places = value.denominator, 0
    while rest != 1:
        rest //= math.gcd(rest, 10)
        places += 1
    return places
