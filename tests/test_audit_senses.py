"""The audit where the page does not say: floats, coarser rounding, hedges, brackets, points, nought and halves.

A sound figure is never accused: each test has one that would be, if the ambiguous figure were taken at its strictest.
"""

from __future__ import annotations

import json
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucks_cs import audit
from bucks_cs.audit import Match, Sense, Slip

DEMAND = [
    ("Section 47 enquiries", "200", "256", "24"),
    ("Conferences", "55", "74", "43"),
    ("Plans", "512", "730", "43"),
    ("Allocated social worker", "2,283", "4,144", "26"),
]


@pytest.fixture(scope="module")
def demand():
    table = pl.DataFrame(DEMAND, schema=["what", "2020", "2022", "%"], orient="row")
    return audit.changes(table, before="2020", after="2022", printed="%", label="what")


# Floats: what was worked out in binary.

pence = st.integers(0, 10**8).map(lambda n: n / 100)


@given(st.lists(pence, min_size=1, max_size=12))
def test_a_total_of_pounds_and_pence_added_as_floats_agrees(parts):
    """0.1 + 0.2 is 0.30000000000000004: the sum of exact floats is never accused, and a penny more always is."""
    assert audit.total(parts, printed=sum(parts), rounded_to=0, suggest=False)[0].agrees
    assert audit.total(parts, printed=sum(parts) + 0.01, rounded_to=0, suggest=False)[0].disagrees


@given(pence, pence)
def test_what_is_left_of_large_floats_that_cancel_agrees(large, small):
    """A thousand million added and taken away leaves its own last binary digits in the sum."""
    parts = [large + 1e9, small, -(large + 1e9)]
    assert audit.total(parts, printed=sum(parts), rounded_to=0, suggest=False)[0].agrees


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_quotients_of_counts_worked_out_as_floats_agree(one, other):
    """33.333333333333336 is a third of a hundred as a float has it; a change near 0 keeps the digits of the 1 it came from."""
    count, of = sorted((one, other))
    exact = {"printed": 0}
    found = audit.share(count, of, printed=count / of * 100, rounded_to=exact, suggest=False)[0]
    assert found.agrees
    assert found.recomputed == pytest.approx(100 * count / of)
    for change in ((other / one - 1) * 100, 100 * (other - one) / one, 100 * other / one - 100):
        assert audit.change(one, other, printed=change, rounded_to=exact, suggest=False)[0].agrees
    wrong = audit.share(count, of, printed=count / of * 100 + 0.0001, rounded_to=exact, suggest=False)[0]
    assert wrong.disagrees


@pytest.mark.parametrize("dtype", [pl.Float64, pl.Float32])
def test_sums_and_shares_worked_out_in_a_frame_agree(dtype):
    """Three columns and their sum, and shares of it, in floats of either size; a figure a hundredth of itself out does not."""
    numbers = [0.1, 0.2, 33.33, 1.7, 999.99, 12.35]
    frame = pl.DataFrame({"a": numbers, "b": numbers[::-1], "c": [7.77] * 6}, schema=dict.fromkeys("abc", dtype))
    frame = frame.with_columns(all=pl.sum_horizontal("a", "b", "c")).with_columns(share=pl.col("a") / pl.col("all") * 100)
    frame = frame.with_columns(wrong=pl.col("all") * 1.01)
    assert len(audit.totals(frame, parts=["a", "b", "c"], printed="all", rounded_to=0).agrees) == 6
    assert len(audit.totals(frame, parts=["a", "b", "c"], printed="wrong", rounded_to=0).disagrees) == 6
    exact = dict.fromkeys(("a", "all", "share"), 0)
    assert len(audit.shares(frame, count="a", of="all", printed="share", rounded_to=exact).agrees) == 6


def test_a_float_is_shown_as_the_decimal_number_that_is_meant():
    """0.30000000000000004 is 0.3; whole floats are exact, and a third has no end."""
    found = audit.total([0.1, 0.2], printed=0.1 + 0.2, rounded_to=0)[0]
    assert str(found) == "total: printed 0.3, recomputed 0.30: agrees."
    assert audit.total([1e15, 1.0], printed=1e15 + 2, rounded_to=0, suggest=False)[0].disagrees
    assert audit.total([Fraction(1, 3), Fraction(2, 3)], printed=1, rounded_to=0)[0].agrees
    assert audit.part_shares([100 / 7] * 7, rounded_to=0)[0].agrees
    assert audit.share(0.1 + 0.2, 0.3, printed="100%", rounded_to={"count": 0, "of": 0})[0].agrees


def test_the_noise_of_a_float_does_not_reach_across_a_rounding_down():
    """0.1 as a stated threshold is a tenth, so that 0.1% of 128,000 is 128 and never 127."""
    found = [audit.threshold(128_000, 0.1, printed=n, rounding=audit.Rounding.DOWN)[0].agrees for n in (127, 128)]
    assert found == [False, True]


# Figures that end in 0.


def test_a_disagreement_that_rests_on_a_0_says_so(demand):
    """The 200 of section 47 may be to the nearest 100; no cell of the other rows ends in 0."""
    footing = "disagrees, taking each figure as rounded to its last digit."
    assert [str(finding).endswith(footing) for finding in demand] == [True, False, False, False]
    assert footing in str(demand[:1])
    exact = audit.change(200, 256, printed="24")[0]
    assert str(exact).endswith("disagrees.")
    assert not exact.explanations


def test_the_least_coarser_rounding_that_would_do_is_found(demand):
    """256 is 255.5 to 256.5. 200 to the nearest 10 is 195 to 205: 24.6% at the least, and 24 reaches 24.5. To the nearest
    20 it is 190 to 210: from 21.7%. So 20 it is.
    """
    found = demand.at("Section 47 enquiries").explanations
    assert [(e.sense, e.columns, e.printed, e.step) for e in found] == [(Sense.COARSER_ROUNDING, ("2020",), ("200",), "20")]
    assert str(found[0]) == "2020: would agree if 200 is rounded to the nearest 20 or coarser"
    for step, agrees in ((5, False), (10, False), (20, True), (25, True), (50, True), (100, True)):
        assert audit.change("200", "256", printed="24", rounded_to={"before": step}, suggest=False)[0].agrees == agrees


def test_coarser_rounding_is_no_slip_and_disturbs_none(demand):
    """What the issue says of slips stays true: their order, and that there is only one for the last row."""
    section_47, conferences, _, allocated = demand
    assert all(s.slip in Slip for s in section_47.suggestions)
    assert section_47.suggestions[0].instead == "28"
    assert [s.instead for s in allocated.suggestions] == ["3,283"]
    assert not allocated.explanations
    assert not conferences.explanations
    assert conferences.suggestions[0].instead == "34"
    text = str(demand)
    assert "Only one slip that was searched for would explain it:" in text
    assert "  2020: would agree if 200 is rounded to the nearest 20 or coarser." in text.splitlines()
    assert "would agree if 200" in demand._repr_html_()


def test_where_no_figure_alone_will_do_the_least_step_for_several_is_found():
    """110 + 130 = 240, 8 less than 248. Of the steps tried 10 is the coarsest of which both are multiples: one to the
    nearest 10 reaches 5 + 0.5 + 0.5 = 6, both reach 5 + 5 + 0.5 = 10.5, and both to the nearest 5 reach 5.5.
    """
    found = audit.total(["110", "130"], printed="248")[0]
    assert [(e.printed, e.step) for e in found.explanations] == [(("110", "130"), "10")]
    assert str(found.explanations[0]) == "part 1 and part 2: would agree if 110 and 130 are rounded to the nearest 10 or coarser"


def test_steps_are_those_of_the_page_and_never_above_the_figure():
    """£20m is to the nearest £5m, £10m or £20m; 10 to the nearest 20 would print as 0 or 20."""
    found = audit.total(["£20m", "£13m"], printed="£35m")[0]
    assert [(e.printed, e.step) for e in found.explanations] == [(("£20m",), "£5m")]
    thousands = audit.total(["20", "13"], printed="35", scale="£'000")[0]
    assert [(e.printed, e.step) for e in thousands.explanations] == [(("20",), "5")]
    assert not audit.total(["10", "3"], printed="27")[0].explanations
    assert not audit.total(["2.0", "1.3"], printed="3.5")[0].explanations


def test_explanations_are_kept_as_data(demand):
    """In the rows, the JSON and the frame."""
    row = json.loads(demand.to_json())[0]
    assert row["explanations"][0]["sense"] == "rounded further than the last digit shows"
    assert row["explanations"][0]["step"] == "20"
    assert demand.frame["explanations"].to_list()[0] == str(demand[0].explanations[0])


def test_without_suggest_no_coarser_rounding_is_searched_for():
    """What the disagreement rests on is said all the same."""
    found = audit.change("200", "256", printed="24", suggest=False)[0]
    assert not found.explanations
    assert found.to_last_digit


# Hedges of what may be below 0.


@pytest.mark.parametrize("printed", ["less than 5%", "under 5%", "up to 5%", "almost 5%", "<5%"])
def test_a_change_of_less_than_5_percent_may_be_a_fall(printed):
    """From 100 to 98 is −2%, which is less than 5%; to 110 is 10%, which is not."""
    assert audit.change("100", "98", printed=printed)[0].agrees
    assert audit.change("100", "110", printed=printed)[0].disagrees


def test_a_hedge_beside_a_negative_figure_may_be_below_0_and_beside_counts_may_not():
    """−2 is less than 5 and 10 − 30 is less than 5; up to 10 and 4 are never 2."""
    assert audit.restatement("less than 5", "-2")[0].agrees
    assert audit.restatement("-2", "less than 5")[0].agrees
    assert audit.total(["10", "-30"], printed="less than 5")[0].agrees
    assert audit.total(["up to 10", "4"], printed="2")[0].disagrees
    assert audit.share("3", "10", printed="less than 20%")[0].disagrees


# Brackets.


def test_a_percentage_in_brackets_agrees_with_either_sign():
    """2,088 (52%) stands beside a count; in accounts it is a fall. 2,088/1,375 − 1 = 51.9%, 1,375/2,088 − 1 = −34.1%."""
    for printed in ("(52%)", "(52 per cent)", "(52)"):
        assert audit.change("1,375", "2,088", printed=printed)[0].agrees
    assert audit.change("2,088", "1,375", printed="(34%)")[0].agrees
    assert audit.share("42", "60", printed="(70%)")[0].agrees
    assert audit.part_shares(["(50%)", "(30%)", "(20%)"])[0].agrees
    assert audit.restatement("(52%)", "52%")[0].agrees
    assert audit.restatement("(52%)", "−52%")[0].agrees
    assert audit.change("(40%)", "(50%)", printed="(25%)")[0].agrees


def test_a_percentage_in_brackets_with_neither_sign_disagrees_and_is_searched_with_the_sign_that_follows():
    """51.9% is not 42%, with a minus or without; 52 is one digit away."""
    found = audit.change("1,375", "2,088", printed="(42%)")[0]
    assert found.disagrees
    assert (found.suggestions[0].instead, found.suggestions[0].match) == ("(52%)", Match.AS_PRINTED)
    assert not any(s.slip is Slip.SIGN for s in found.suggestions)


def test_pounds_and_plain_numbers_in_brackets_are_below_0_as_in_accounts():
    """1,010 less 30 is 980, and not −980."""
    assert audit.total(["1,010", "(30)"], printed="980")[0].agrees
    assert audit.total(["£1,010", "(£30)"], printed="£980")[0].agrees
    assert audit.total(["1,010", "-30"], printed="(980)")[0].disagrees


# Percentage points.


def test_points_between_two_percentages_are_recomputed_in_points():
    """50% less 40% is 10 points, from 9 to 11; it is never shown as 25pp."""
    found = audit.change("40%", "50%", printed="10pp")[0]
    assert str(found) == "change: printed 10pp, recomputed 10.0pp (9.0pp to 11.0pp): agrees."
    wrong = audit.change("40%", "50%", printed="25 percentage points")[0]
    assert wrong.disagrees
    assert wrong.recomputed == 10
    assert audit.change("50%", "40%", printed="−10pp")[0].agrees


def test_a_percentage_that_follows_as_points_only_disagrees_and_says_so_first():
    """From 40% to 50% is 25%, or 10 points. 10% is wrong as it is written."""
    findings = audit.change("40%", "50%", printed="10%")
    found = findings[0]
    assert found.disagrees
    assert found.explanations[0].sense is Sense.PERCENTAGE_POINTS
    said = "printed: 10% follows as percentage points (10.0pp (9.0pp to 11.0pp)), not as a percentage"
    assert str(found.explanations[0]) == said
    text = str(findings)
    assert text.index(said) < text.index("slips would each explain it")
    assert audit.change("40%", "50%", printed="10%", suggest=False)[0].explanations[0] == found.explanations[0]
    assert audit.change("40%", "50%", printed="25%")[0].agrees


def test_a_bare_number_that_follows_as_points_only_cannot_be_checked():
    """The page does not say which is meant, so it is not accused; a number that follows as neither is."""
    found = audit.change("40%", "50%", printed="10")[0]
    assert found.cannot_check
    assert str(found) == (
        "change: printed 10, recomputed 25.0% (22.2% to 27.8%): cannot check, since it follows as percentage points, "
        "not as a percentage, and the page does not say which is meant."
    )
    assert audit.change("40%", "50%", printed="25")[0].agrees
    assert audit.change("40%", "50%", printed="17")[0].disagrees


def test_a_percentage_is_never_shown_in_the_unit_of_what_is_printed():
    """Points of counts, and pounds, cannot be checked against a percentage; what is recomputed is in percent."""
    for printed in ("50pp", "£50m"):
        found = audit.change("100", "150", printed=printed)[0]
        assert found.cannot_check
        assert found.shown.value == "50.0%"


# Nought, halves and signs.


def test_no_count_is_below_0():
    """0 children are 0 to 0.4 of an average and not −0.4: from 10 the change is −100% to −94.7%, 9.5 to 0.5."""
    assert audit.change("10", "0", printed="-104%")[0].disagrees
    found = audit.change("10", "0", printed="-100%")[0]
    assert found.agrees
    assert (found.low, found.high) == (-100, pytest.approx(100 * (0.5 / 9.5 - 1)))
    assert audit.change("10", "0", printed="-104%", rounded_to={"after": 10})[0].disagrees
    for after in ("£0", "-0", "0.0"):  # what may be below 0, or is no count
        assert audit.change("1", after, printed="-104%")[0].agrees


@pytest.mark.parametrize(
    ("after", "follows"), [("269", "34 or 35"), ("131", "−34 or −35"), ("270", "35"), ("271", "35 or 36"), ("272", "36")]
)
def test_at_a_half_both_ways_of_rounding_it_would_follow(after, follows):
    """200 to 269 is 34.5%: 35 half up, 34 to even; to 131 −34.5%; to 271 35.5%. 60 is also printed in the row above."""
    table = pl.DataFrame({"before": ["200", "200"], "after": ["320", after], "printed": ["60", "60"]})
    found = audit.changes(table, before="before", after="after", printed="printed")[1]
    copied = [s.instead for s in found.suggestions if s.slip is Slip.COPIED_FROM_ROW_ABOVE and s.column == "printed"]
    assert copied == [follows]


@pytest.mark.parametrize(
    ("parts", "printed", "instead"),
    [
        (["120", "30"], "−150", "150"),
        (["120", "−150"], "30", "−30"),
        (["120", "−150"], "£30", "−£30"),
        (["120", "30"], "(150)", "150"),
        (["120", "−150"], "+30", "−30"),
    ],
)
def test_a_sign_lost_or_added_is_searched_for(parts, printed, instead):
    """Brackets and minus signs alike; it is one edit, and reproduces the figure."""
    found = audit.total(parts, printed=printed)[0]
    assert found.disagrees
    sign = [s for s in found.suggestions if s.slip is Slip.SIGN and s.column == "printed"]
    assert [(s.instead, s.edits, s.match) for s in sign] == [(instead, 1, Match.AS_PRINTED)]
    assert audit.total(parts, printed=sign[0].instead)[0].agrees
    assert "a sign lost or added" in str(sign[0])


def test_a_sign_lost_from_a_part_is_found():
    """1,010 and 30 make 980 only if the 30 is below 0."""
    found = audit.total(["1,010", "30"], printed="980")[0]
    assert ("part 2", "−30") in {(s.column, s.instead) for s in found.repairs(Slip.SIGN)}
