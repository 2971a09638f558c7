"""Reading what reports print: the interval of each form is worked out by hand beside it."""

from __future__ import annotations

import contextlib
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucks_cs.audit import Bound, read_printed
from bucks_cs.audit.cells import Column, Gap, Role
from bucks_cs.audit.edits import edits_of
from bucks_cs.errors import InvalidValue, Unreadable


def ends(text, **options):
    figure = read_printed(text, **options)
    assert figure.span is not None
    return figure.low, figure.high


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("1,375", 1374.5, 1375.5),
        ("52", 51.5, 52.5),
        ("52.0", 51.95, 52.05),
        (".5", 0.45, 0.55),
        ("1,234,567", 1234566.5, 1234567.5),
        ("1\u202f375", 1374.5, 1375.5),
        ("£1.25bn", 1.245e9, 1.255e9),
        ("£1.25 billion", 1.245e9, 1.255e9),
        ("£46 million", 45.5e6, 46.5e6),
        ("£1,325m", 1324.5e6, 1325.5e6),
        ("10k", 9500, 10500),
        ("(450)", -450.5, -449.5),
        ("(£450)", -450.5, -449.5),
        ("£(450)", -450.5, -449.5),
        ("−332", -332.5, -331.5),
        ("-£332", -332.5, -331.5),
        ("£−332", -332.5, -331.5),
        ("–5", -5.5, -4.5),
        ("+29%", 28.5, 29.5),
        ("47%", 46.5, 47.5),
        ("52 %", 51.5, 52.5),
        ("10 per cent", 9.5, 10.5),
        ("12 working days", 11.5, 12.5),
        ("3.5 FTE", 3.45, 3.55),
        ("24 [r]", 23.5, 24.5),
        ("52*", 51.5, 52.5),
        ("0", -0.5, 0.5),
    ],
)
def test_a_printed_figure_stands_for_all_that_rounds_to_it(text, low, high):
    """Half a step of the last printed digit to either side, ends included."""
    figure = read_printed(text)
    assert (figure.low, figure.high, figure.text) == (low, high, text)
    assert figure.span.holds(Fraction(str(low))) or low > 1e8
    assert figure.bound is Bound.AS_PRINTED


@pytest.mark.parametrize(
    ("text", "low", "high", "bound"),
    [
        ("over £5m", 5e6, None, Bound.OVER),
        ("more than 1,000", 1000, None, Bound.OVER),
        ("at least £100m", 100e6, None, Bound.AT_LEAST),
        ("400+", 400, None, Bound.AT_LEAST),
        ("almost 1,000", 0, 1000, Bound.ALMOST),
        ("up to 20", 0, 20, Bound.UP_TO),
        ("fewer than 5", 0, 5, Bound.UNDER),
        ("<5", 0, 5, Bound.UNDER),
        ("10-20", 9.5, 20.5, Bound.RANGE),
        ("10–20", 9.5, 20.5, Bound.RANGE),
        ("between 10 and 20", 9.5, 20.5, Bound.RANGE),
        ("£10–20m", 9.5e6, 20.5e6, Bound.RANGE),
        ("20 to 30%", 19.5, 30.5, Bound.RANGE),
        ("-5 to 10", -5.5, 10.5, Bound.RANGE),
    ],
)
def test_a_hedged_figure_has_the_ends_its_words_give(text, low, high, bound):
    """``over`` and ``at least`` have no upper end, ``up to`` and ``almost`` begin at 0, a range has two figures."""
    figure = read_printed(text)
    assert (figure.low, figure.high, figure.bound) == (low, high, bound)


def test_over_leaves_out_its_own_number_and_at_least_does_not():
    """1,000 is not over 1,000, and it is at least 1,000."""
    assert not read_printed("over 1,000").span.holds(Fraction(1000))
    assert read_printed("at least 1,000").span.holds(Fraction(1000))
    assert not read_printed("under 5").span.holds(Fraction(5))
    assert read_printed("up to 5").span.holds(Fraction(5))


@pytest.mark.parametrize("text", ["about 400", "approximately 400", "c.400", "c. 400", "circa 400", "~400", "around £5m"])
def test_about_has_no_stated_width(text):
    """Nobody says how far about reaches, so there is no span."""
    figure = read_printed(text)
    assert figure.span is None
    assert figure.bound is Bound.ABOUT


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "abc", "13,75", "1,3755", "1.2.3", "1O0", "½", "٣", "15 December", "2022-23", "18 up to 25", "over -5"),
        *("£5 children", "1 in 4", "£", "%", "--5", "(450", "450)", "-(450)", "1 375", "six", "5/10", "about"),
        *("10-20-30", "nan", "1e5"),
    ],
)
def test_what_is_no_figure_is_refused_without_being_repeated(text):
    """A figure misread is worse than one not checked; the text is described by its length."""
    with pytest.raises(Unreadable) as caught:
        read_printed(text)
    error = caught.value
    assert error.length == len(text)
    assert error.__cause__ is None
    assert error.__context__ is None
    if len(text) > 4:
        assert text not in str(error)


def test_rounded_to_overrides_the_last_digit_both_ways():
    """2,000 to the nearest 100 is 1,950 to 2,050; 30 that is exact is 30."""
    assert ends("2,000", rounded_to=100) == (1950, 2050)
    assert ends("30", rounded_to=0) == (30, 30)
    assert ends("22.6", rounded_to=0.2) == (22.5, 22.7)
    assert ends("22.6", rounded_to="0.5") == (22.35, 22.85)


def test_a_heading_scales_what_has_no_scale_of_its_own():
    """1,325 under £'000 is £1,325,000; £1,325m says itself what it is."""
    assert ends("1,325", scale="£'000") == (1_324_500, 1_325_500)
    assert ends("1,325", scale=1000) == (1_324_500, 1_325_500)
    assert ends("£1,325m", scale="£'000") == ends("£1,325m")
    assert ends("-2,331", scale="£000s") == (-2_331_500, -2_330_500)
    assert ends("1,325", scale="thousands", rounded_to=5) == (1_322_500, 1_327_500)


@pytest.mark.parametrize(
    "options", [{"rounded_to": -1}, {"rounded_to": "wide"}, {"scale": 0}, {"scale": "furlongs"}, {"rounded_to": True}]
)
def test_an_impossible_rounding_or_scale_is_refused(options):
    """A step is a number from 0 up, a scale a number above 0 or a heading."""
    with pytest.raises(InvalidValue) as caught:
        read_printed("52", **options)
    assert caught.value.__context__ is None


@given(st.integers(0, 10**9), st.integers(0, 4), st.sampled_from(["", "£"]), st.sampled_from(["", "−", "-"]))
def test_whatever_number_is_printed_is_read_back(number, decimals, currency, sign):
    """The reader undoes Python's own formatting, and the interval is half a step wide on each side."""
    value = Fraction(number, 10**decimals)
    text = f"{sign}{currency}{number // 10**decimals:,}"
    if decimals:
        text += f".{number % 10**decimals:0{decimals}d}"
    figure = read_printed(text)
    signed = -value if sign else value
    assert figure.value == signed
    assert figure.span.low == signed - Fraction(1, 2 * 10**decimals)
    assert figure.span.high == signed + Fraction(1, 2 * 10**decimals)
    assert figure.form.text == text


@given(st.text(max_size=12))
def test_any_text_at_all_is_read_or_refused_by_our_own_error(text):
    """Nothing but our own error comes out, whatever goes in."""
    with contextlib.suppress(Unreadable):
        assert read_printed(text).text == text.strip()


@given(st.text(alphabet="0123456789.,£%-–−() abouptvermk", max_size=14))
def test_near_figures_are_read_or_refused_too(text):
    """The same for texts that look like figures; a span is never upside down."""
    try:
        figure = read_printed(text)
    except Unreadable:
        return
    if figure.span is not None and figure.low is not None and figure.high is not None:
        assert figure.low <= figure.high


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        *(("c", "confidentiality"), ("z", "nothing to divide by"), ("low", "rounds to zero"), ("k", "rounds to zero")),
        *((":", "not available"), ("", "blank"), (None, "blank"), (float("nan"), "blank")),
        *(("..", "cannot be read"), ("see note", "cannot be read")),
    ],
)
def test_a_gap_keeps_its_reason(cell, words):
    """A withheld symbol is not a blank, and neither is a number."""
    gap = Column(name="2022", role=Role.PRINTED).read(cell)
    assert isinstance(gap, Gap)
    assert words in gap.why


def _apart(one, other):
    """Whether two digit strings are one slip apart, decided from the strings alone and without making any slip."""
    if len(one) == len(other):
        differ = [i for i in range(len(one)) if one[i] != other[i]]
        beside = len(differ) == 2 and differ[1] == differ[0] + 1
        return len(differ) == 1 or (beside and sorted(one) == sorted(other))
    if len(other) == len(one) + 1:
        return any(other[:i] + other[i + 1 :] == one for i in range(len(other)))
    if len(one) == len(other) + 1:
        return any(one[:i] + one[i + 1 :] == other and one[i] == one[i - 1] for i in range(1, len(one)))
    return False


@pytest.mark.parametrize("number", [0, 5, 10, 24, 43, 55, 100, 512, 902, 999, 1000, 1223])
def test_the_slips_of_a_whole_number_are_all_there_are(number):
    """Every number up to five digits is compared with it by a rule of its own: changed, swapped, dropped, doubled."""
    found = {int(digits) for _, digits, _ in edits_of(str(number), 0)}
    assert found == {other for other in range(10**5) if other != number and _apart(str(number), str(other))}


def test_slips_on_either_side_of_the_point():
    """2.5: the digits swap over the point, and a digit may have been lost before or after it."""
    found = set(edits_of("25", 1))
    assert {("swapped", "52", 1), ("dropped", "235", 1), ("dropped", "235", 2), ("changed", "26", 1)} <= found
    assert not any(kind == "doubled" for kind, _, _ in found)
    assert ("doubled", "25", 1) in set(edits_of("255", 2))
