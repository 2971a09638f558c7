"""Savings: reading an amount of money as plans and reports print it."""

from __future__ import annotations

import contextlib
import re
from fractions import Fraction

import attrs

from bucks_cs.audit import Bound, read_printed
from bucks_cs.errors import Ambiguous, InvalidValue, UnitError, Unreadable
from bucks_cs.indicators.wording import with_unit
from bucks_cs.savings.model.money import MOST_POUNDS, nearest_penny, pounds_said
from bucks_cs.units import Quantity, quantity, unit

__all__ = ["WITHOUT_A_UNIT", "PrintedMoney", "read_money", "times_of_heading"]

_RATE = re.compile(r"(?P<amount>.+?)\s*(?P<rate>(?:/|\bper\b|\ba\b|\ban\b)\s*[A-Za-z].*|(?<![a-z])p\.?[aw]\b\.?)", re.IGNORECASE)
_POUNDS = {"£", "gbp", "pounds"}
_SHORT = {"annum": "year", "pa": "year", "p.a.": "year", "pw": "week", "p.w.": "week"}
_MONEY = "£450,000, £1.3m, −£2,331k or £7,000/week, or with a heading such as \"£'000\" also 450, (450) or -2,331"
WITHOUT_A_UNIT = ("£, pounds", "£'000, thousands of pounds", "£m, millions of pounds", "a count and no money")


@attrs.frozen(kw_only=True)
class PrintedMoney:
    """An amount of money as it was printed, and what it says.

    Args:
        as_printed: The text, letter for letter.
        heading: What the heading of its column says of the unit; empty where the text says it itself.
        amount: What it says, with its sign as printed, in GBP, or in GBP per whatever follows (``GBP / week``).
        step: What its last digit is worth, in the same unit: ``£1.3m`` is known to £100,000.
    """

    as_printed: str
    heading: str = ""
    amount: Quantity
    step: Quantity

    def __str__(self) -> str:
        per = with_unit(float(self.amount.magnitude), str(self.amount.units), places=2)
        said = pounds_said(self.amount) if self.amount.units == unit("GBP") else per
        return f"{self.as_printed}{f' ({self.heading})' if self.heading else ''}: {said}"


def times_of_heading(heading: str) -> int:
    """What the heading of a column multiplies it by to make pounds.

    Args:
        heading: ``"£'000"``, ``"£m"``, ``"£"``, ``"thousands"``, ``"£ million"``.

    Returns:
        1, 1,000, 1,000,000 or 1,000,000,000.

    Raises:
        InvalidValue: It is none of these.

    Example:
        >>> from bucks_cs.savings import times_of_heading
        >>> times_of_heading("£’000"), times_of_heading("£")
        (1000, 1)
    """
    expected = 'the unit at the head of the column: "£", "£\'000" or "£m"'
    if not isinstance(heading, str):
        raise InvalidValue(what="heading", expected=expected)
    if heading.strip().strip("()").casefold() in _POUNDS:
        return 1
    times: Fraction | None = None
    with contextlib.suppress(InvalidValue):
        times = read_printed("1", scale=heading).value
    if times is None:
        raise InvalidValue(what="heading", expected=expected)
    return int(times)


def read_money(text: str, *, heading: str | None = None) -> PrintedMoney:
    """An amount of money as it is printed.

    The unit must be in the text or at the head of its column. Nothing is guessed: ``450`` alone could be pounds, thousands or
    millions, and ``£450`` under ``£'000`` could be either.

    Args:
        text: Such as ``"£450,000"``, ``"£1.3m"``, ``"-£2,331k"``, ``"£7,000/week"``; with a heading also ``"450"``, ``"(450)"``.
        heading: The unit at the head of the column, as `times_of_heading` takes it; None where there is none.

    Returns:
        The amount with its sign as printed (brackets are a minus), in pounds to the penny; per week, month or year where it says
        so, and then never as anything else.

    Raises:
        Ambiguous: No unit is said, or two are: names the readings that are possible, and never repeats the text.
        Unreadable: The text is no amount of money, is hedged (``over £1m``) or blank. A blank is no 0.
        InvalidValue: ``text`` or ``heading`` is no text.

    Example:
        >>> from bucks_cs.savings import read_money
        >>> print(read_money("£1.3m").amount, read_money("(450)", heading="£'000").amount, read_money("£7000/week").amount)
        1300000 GBP -450000 GBP 7000 GBP / week
        >>> read_money("450")
        Traceback (most recent call last):
        bucks_cs.errors.Ambiguous: this amount could be £, pounds or £'000, thousands of pounds or £m, millions of pounds or ...
    """
    if not isinstance(text, str):
        raise InvalidValue(what="an amount of money", expected=f"text as it is printed: {_MONEY}")
    times = 1 if heading is None else times_of_heading(heading)
    rated = _RATE.fullmatch(text.strip())
    number = rated["amount"] if rated else text
    value, step = _value_and_step(number, text=text, heading=heading, times=times)
    amount, last = nearest_penny(value), _exactly(step)
    if rated:
        per = _unit_of_rate(rated["rate"], text=text)
        amount, last = quantity(amount.magnitude, per), quantity(last.magnitude, per)
    return PrintedMoney(as_printed=text, heading=heading or "", amount=amount, step=last)


def _value_and_step(number: str, *, text: str, heading: str | None, times: int) -> tuple[Fraction, Fraction]:
    """What the digits say in pounds, and what the last of them is worth; refused where the unit is unsaid or said twice."""
    found = None
    with contextlib.suppress(Unreadable):
        found = read_printed(number, scale=times)
    form = None if found is None else found.form
    whole = found is not None and found.bound is Bound.AS_PRINTED and found.unit in {"", "£"}
    if found is None or form is None or not whole or abs(form.value) > MOST_POUNDS or (form.value * 100).denominator != 1:
        raise Unreadable(what="an amount of money", length=len(text), expected=_MONEY)
    if not form.currency and not form.magnitude and heading is None:
        raise Ambiguous(what="this amount", readings=WITHOUT_A_UNIT, settle_by='write "£", "k" or "m" with it, or give heading=')
    if form.magnitude and not form.currency and heading is None:
        raise Ambiguous(what="this amount", readings=("money", "a count"), settle_by='write "£" before it, or give heading=')
    if form.currency and not form.magnitude and times != 1:
        raise Ambiguous(
            what="this amount",
            readings=("pounds, as its own £ says", "thousands or more, as its heading says"),
            settle_by='leave out its "£" where the heading holds, or give heading="£" where it does not',
        )
    return form.value, form.step


def _exactly(step: Fraction) -> Quantity:
    return quantity(int(step) if step.denominator == 1 else float(step), "GBP")


def _unit_of_rate(rate: str, *, text: str) -> str:
    """GBP per what follows, where the registry knows it."""
    per = re.sub(r"^(?:/|per\b|an\b|a\b)\s*", "", rate.strip(), flags=re.IGNORECASE)
    per = _SHORT.get(per.casefold(), per)
    known = None
    if not set(per) & set("*^(0123456789"):  # a rate is per something, and no sum of the registry's
        with contextlib.suppress(UnitError):
            known = str(unit(f"GBP / {per}"))
    if known is None or "GBP" not in known:
        raise Unreadable(what="an amount of money", length=len(text), expected=_MONEY)
    return known
