"""The audit: the six rows of paragraph 3.19, the arithmetic against a second method, and each kind of slip by hand.

The demand table is that of Buckinghamshire Council's Cabinet report of 11 October 2022, paragraph 3.19.
"""

from __future__ import annotations

import json
import pickle
from fractions import Fraction
from itertools import product

import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bucks_cs import audit
from bucks_cs.audit import Findings, Match, Rounding, Slip
from bucks_cs.errors import BucksError, InvalidValue, NotFound, UnknownColumn, UnsupportedFrame

ROWS = [
    ("Contacts", "1,375", "2,088", "52"),
    ("Referrals", "902", "1,282", "42"),
    ("Section 47 enquires", "200", "256", "24"),
    ("Initial Child Protection Conferences", "55", "74", "43"),
    ("Children subject to a child protection plan", "512", "730", "43"),
    ("Children with an allocated social worker", "2,283", "4,144", "26"),
]
NAMES = ("Indicator", "Early 2020", "2022", "% change")
CHANGE = {"before": "Early 2020", "after": "2022", "printed": "% change", "label": "Indicator"}
ALLOCATED, CONFERENCES, SECTION_47 = ROWS[5][0], ROWS[3][0], ROWS[2][0]


def table(rows=ROWS):
    return pl.DataFrame(dict(zip(NAMES, zip(*rows, strict=True), strict=True)))


@pytest.fixture(scope="module")
def demand():
    return audit.changes(table(), **CHANGE)


def test_three_of_the_six_percentages_of_paragraph_3_19_do_not_follow_from_their_own_row(demand):
    """2,088/1,375 = 1.519, 1,282/902 = 1.421, 256/200 = 1.28, 74/55 = 1.345, 730/512 = 1.426, 4,144/2,283 = 1.815."""
    assert [finding.status.value for finding in demand] == ["agrees", "agrees", "disagrees", "disagrees", "agrees", "disagrees"]
    assert [round(finding.recomputed, 1) for finding in demand] == [51.9, 42.1, 28.0, 34.5, 42.6, 81.5]
    assert repr(demand) == "Findings(3 agree, 3 disagree, 0 cannot be checked)"


def test_the_interval_is_that_of_the_extreme_unrounded_figures(demand):
    """200 and 256 are 199.5-200.5 and 255.5-256.5: from 255.5/200.5 = 1.27431 to 256.5/199.5 = 1.28571."""
    finding = demand.at(SECTION_47)
    assert finding.low == pytest.approx(27.431, abs=0.001)
    assert finding.high == pytest.approx(28.571, abs=0.001)
    assert str(finding) == (
        "Section 47 enquires: printed 24%, recomputed 28.0% (27.4% to 28.6%): disagrees, "
        "taking each figure as rounded to its last digit."
    )


def changes_by_brute_force(before, after):
    """The changes of two whole numbers rounded to 1, from their extremes, by floating point and no other code."""
    return 100 * ((after - 0.5) / (before + 0.5) - 1), 100 * ((after + 0.5) / (before - 0.5) - 1)


def test_one_digit_3_283_for_2_283_is_the_only_one_digit_repair_of_the_last_row(demand):
    """Every number one digit away from each of the three cells is tried here, and one gives 26 (+26.2%)."""
    finding = demand.at(ALLOCATED)

    def one_digit_away(number):
        text = str(number)
        for i, new in product(range(len(text)), "0123456789"):
            other = text[:i] + new + text[i + 1 :]
            if other != text and (other[0] != "0" or len(other) == 1):
                yield int(other)

    def agrees(before, after, printed):
        low, high = changes_by_brute_force(before, after)
        return low <= printed + 0.5 and high >= printed - 0.5

    repairs = [("Early 2020", n) for n in one_digit_away(2283) if agrees(n, 4144, 26)]
    repairs += [("2022", n) for n in one_digit_away(4144) if agrees(2283, n, 26)]
    repairs += [("% change", n) for n in one_digit_away(26) if agrees(2283, 4144, n)]
    assert repairs == [("Early 2020", 3283)]
    assert [(s.column, s.instead, s.slip) for s in finding.repairs()] == [("Early 2020", "3,283", Slip.DIGIT_CHANGED)]
    assert finding.suggestions == finding.repairs(Slip.DIGIT_CHANGED, column="Early 2020", edits=1)
    assert finding.suggestions[0].gives == "26.2% (26.2% to 26.3%)"
    assert "Only one slip that was searched for would explain it" in str(demand[5:])


def test_conferences_list_the_43_of_the_next_row_and_34_among_others(demand):
    """43 is 34 with its digits swapped, and 34.5 cut off is 34; 43 is also printed for plans, in the row below."""
    finding = demand.at(CONFERENCES)
    first, copied = finding.suggestions[0], [s for s in finding.suggestions if s.slip.is_copy]
    assert (first.slip, first.column, first.instead, first.match) == (Slip.DIGITS_SWAPPED, "% change", "34", Match.TRUNCATED)
    assert [(s.slip, s.printed, s.neighbour) for s in copied] == [(Slip.COPIED_FROM_ROW_BELOW, "43", ROWS[4][0])]
    assert copied[0].instead == "35"  # 34.5454... to the nearest whole number
    assert len(finding.suggestions) > 2


def test_every_one_digit_repair_of_conferences_is_found(demand):
    """From 73.5/55.5 = 1.3243 to 74.5/54.5 = 1.3670: 32 to 37 agree, and 33 is one digit from 43; the rest by brute force."""
    found = {(s.column, s.instead) for s in demand.at(CONFERENCES).repairs(Slip.DIGIT_CHANGED)}
    expected = set()
    for column, cells in (("Early 2020", (55, 74, 43)), ("2022", (74, 55, 43)), ("% change", (43, 55, 74))):
        for n in range(10, 100):
            if sum(a != b for a, b in zip(str(n), str(cells[0]), strict=True)) != 1:
                continue
            row = {"Early 2020": 55, "2022": 74, "% change": 43} | {column: n}
            low, high = changes_by_brute_force(row["Early 2020"], row["2022"])
            exact = 100 * (row["2022"] / row["Early 2020"] - 1)
            cut = row["% change"] <= exact < row["% change"] + 1
            if (low <= row["% change"] + 0.5 and high >= row["% change"] - 0.5) or cut:
                expected.add((column, str(n)))
    assert found == expected
    assert ("% change", "33") in found


def test_suggestions_are_ordered_as_promised(demand):
    """Those that reproduce the figure, then neighbouring cells, then by edits: the order is that of the ranks."""
    for finding in demand.disagrees:
        ranks = [(not s.reproduces, not s.slip.is_neighbour, s.edits) for s in finding.suggestions]
        assert ranks == sorted(ranks)


def test_no_suggestion_is_put_in_the_place_of_what_is_printed(demand):
    """The cells of a finding are those of the report."""
    for finding, row in zip(demand, ROWS, strict=True):
        assert [text for _, text in finding.cells] == list(row[1:3])
        assert finding.printed == row[3]


def test_another_figure_in_the_input_gives_other_findings():
    """3,283 in the last row agrees; 28 in the third agrees; 62 in the first disagrees."""
    changed = [list(row) for row in ROWS]
    changed[5][1], changed[2][3], changed[0][3] = "3,283", "28", "62"
    statuses = [finding.agrees for finding in audit.changes(table(changed), **CHANGE)]
    assert statuses == [False, True, True, False, True, True]


@given(st.integers(50, 9_999), st.integers(50, 9_999), st.integers(-100, 400))
def test_a_change_agrees_exactly_where_its_extremes_reach_the_printed_figure(before, after, printed):
    """The finding follows the cells, whichever they are, against floating point at the extremes."""
    low, high = changes_by_brute_force(before, after)
    assume(min(abs(low - printed - 0.5), abs(high - printed + 0.5)) > 1e-9)
    found = audit.change(f"{before:,}", f"{after:,}", printed=str(printed), suggest=False)[0]
    assert found.agrees == (low <= printed + 0.5 and high >= printed - 0.5)
    assert found.disagrees != found.agrees
    assert found.low == pytest.approx(low)
    assert found.high == pytest.approx(high)


def grid(value):
    """Unrounded values that round to a whole one: a hundred of them and both ends."""
    return [value + Fraction(i, 100) for i in range(-50, 51)]


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 100))
def test_a_share_agrees_exactly_where_some_count_and_whole_on_a_fine_grid_give_it(count, of, printed):
    """For every count of the grid, the wholes that would do are solved for: count/(p + 0.5%) to count/(p - 0.5%)."""
    ends = (of - Fraction(1, 2), of + Fraction(1, 2))
    exists = False
    for c in grid(count):
        least = max(ends[0], c, 200 * c / (2 * printed + 1))
        most = min(ends[1], 200 * c / (2 * printed - 1)) if printed else ends[1]
        exists = exists or (c >= 0 and least <= most)
    assert audit.share(str(count), str(of), printed=f"{printed}%", suggest=False)[0].agrees == exists


@given(st.lists(st.integers(0, 999), min_size=1, max_size=5), st.integers(-6, 6))
def test_a_total_agrees_within_half_a_unit_for_each_figure(parts, off):
    """n parts and a total, each to the nearest 1, can be up to (n + 1)/2 apart and no more."""
    printed = sum(parts) + off
    found = audit.total([str(part) for part in parts], printed=str(printed), suggest=False)[0]
    assert found.agrees == (abs(off) <= (len(parts) + 1) / 2)
    exact = audit.total([str(part) for part in parts], printed=str(printed), rounded_to=0, suggest=False)[0]
    assert exact.agrees == (off == 0)


def test_halves_agree_whichever_way_they_are_rounded():
    """1 of 8 is 12.5%, printed 12 (to even) or 13 (half up), and not 14; 12.4 is not a rounding of it."""
    found = {text: audit.share(1, 8, printed=text)[0].agrees for text in ("12", "13", "14", "12.5", "12.4")}
    assert found == {"12": True, "13": True, "14": False, "12.5": True, "12.4": False}


# What the other figures of the five documents say.


def test_the_four_years_of_the_care_review_do_not_make_2_6_billion():
    """46 + 987 + 1,250 + 233 = 2,516 million: £2.5bn to one decimal, not £2.6bn (Cabinet report, 2.14 iii)."""
    years = ["£46 million", "£987 million", "£1.25 billion", "£233 million"]
    found = audit.total(years, printed="£2.6bn")[0]
    assert found.disagrees
    assert found.recomputed == 2.516e9
    assert (found.low, found.high) == (2.5095e9, 2.5225e9)  # 0.5 + 0.5 + 5 + 0.5 million to either side
    assert "£2.5bn" in {s.instead for s in found.repairs(Slip.DIGIT_CHANGED, column="printed")}
    assert audit.total(years, printed="£2.5bn")[0].agrees


def test_1_325_million_is_a_thousand_times_the_table_that_it_repeats():
    """The savings table has 1,325 under £'000, the text £1,325m (written answer, table 2): a slip of x1,000."""
    found = audit.restatement("1,325", "£1,325m", scale={"first": "£'000"})[0]
    assert found.disagrees
    assert [(s.slip, s.instead) for s in found.suggestions if s.column == "second"] == [(Slip.SCALE, "£1.325m")]
    assert audit.restatement("1,325", "£1.325m", scale={"first": "£'000"})[0].agrees


def test_thresholds_of_the_transfer_scheme_follow_from_the_population():
    """0.10% and 0.07% of 126,804 are 126.804 and 88.763: 127 and 89 to the nearest, 126 and 88 rounded down."""
    for percent, number, down in (("0.10%", "127", "126"), ("0.07%", "89", "88")):
        assert audit.threshold(126_804, percent, printed=number)[0].agrees
        assert audit.threshold(126_804, percent, printed=number, rounding=Rounding.UP)[0].agrees
        assert audit.threshold(126_804, percent, printed=number, rounding=Rounding.DOWN)[0].disagrees
        assert audit.threshold(126_804, percent, printed=down, rounding=Rounding.DOWN)[0].agrees


def test_a_number_rounded_down_or_up_does_not_reach_the_next_whole_number():
    """0.1% of 128,000 is 128 exactly: rounded down or up it is 128, and neither 127 nor 129."""
    for rounding in (Rounding.DOWN, Rounding.UP):
        found = {n: audit.threshold(128_000, 0.1, printed=n, rounding=rounding)[0].agrees for n in (127, 128, 129)}
        assert found == {127: False, 128: True, 129: False}


def test_the_schools_the_academy_and_the_savings_agree():
    """4+22+4 = 24+5+1 = 30 schools; 42 of 60 is 70%; 390+390 = 780, 1,010+2,015 = 3,025."""
    assert audit.total([4, 22, 4], printed=30)[0].agrees
    assert audit.total([24, 5, 1], printed=30)[0].agrees
    assert audit.share(42, 60, printed="70%")[0].agrees
    assert audit.total(["390", "390"], printed="780", rounded_to=0)[0].agrees
    assert audit.total({"2023-24": "1,010", "future": "2,015"}, printed="3,025")[0].agrees


# Each kind of slip, by hand.


def slips(findings, column=None):
    return {(s.slip, s.instead) for s in findings[0].suggestions if column in {None, s.column}}


@pytest.mark.parametrize(
    ("printed", "slip"),
    [
        ("165", Slip.DIGIT_CHANGED),
        ("15", Slip.DIGIT_DROPPED),
        ("1255", Slip.DIGIT_DOUBLED),
        ("1125", Slip.DIGIT_DOUBLED),
        ("152", Slip.DIGITS_SWAPPED),
        ("1,250", Slip.SCALE),
        ("12.5", Slip.SCALE),
        ("125,000", Slip.SCALE),
        ("0.125", Slip.SCALE),
    ],
)
def test_each_slip_of_the_keyboard_leads_back_to_125(printed, slip):
    """100 + 25 = 125, printed wrongly in each way."""
    found = audit.total([100, 25], printed=printed)
    assert found[0].disagrees
    back = [s for s in found[0].suggestions if s.slip is slip and s.column == "printed"]
    assert [float(s.instead.replace(",", "")) for s in back] == [125]
    assert back[0].reproduces


def test_a_figure_cut_off_instead_of_rounded_is_found_first():
    """2 of 3 is 66.67%, printed 66: cut off. Nothing in it need be retyped, so it comes first."""
    found = audit.share(2, 3, printed="66%")[0]
    assert found.disagrees
    first = found.suggestions[0]
    assert (first.slip, first.edits, first.match) == (Slip.TRUNCATED, 0, Match.TRUNCATED)


def test_a_negative_figure_is_cut_off_towards_nought():
    """From 300 to 100 is −66.67%: cut off it is −66."""
    assert audit.change(300, 100, printed="−66%")[0].suggestions[0].slip is Slip.TRUNCATED
    assert audit.change(300, 100, printed="−67%")[0].agrees


def test_a_value_that_belongs_to_the_neighbouring_row_is_told_from_a_copy_of_it():
    """Rows shifted by one: the first row's 28 is printed in the second. A copy is printed in both."""
    shifted = table([("a", "200", "256", "50"), ("b", "100", "150", "28"), ("c", "100", "128", "28")])
    findings = audit.changes(shifted, **CHANGE)
    first = {s.slip for s in findings[0].suggestions}
    second = {(s.slip, s.neighbour) for s in findings[1].suggestions if s.slip.is_neighbour}
    assert Slip.VALUE_OF_ROW_BELOW in first
    assert not any(slip.is_copy for slip in first)
    assert second >= {(Slip.VALUE_OF_ROW_ABOVE, "a"), (Slip.COPIED_FROM_ROW_BELOW, "c")}


def test_a_copied_figure_of_the_row_is_said_with_what_it_would_have_to_be():
    """150 stands twice: for a change of 100% from it, the other row's 250 would have had to come from 125."""
    copied = table([("a", "150", "300", "100"), ("b", "150", "250", "100")])
    found = audit.changes(copied, **CHANGE)[1]
    before = [s for s in found.suggestions if s.slip is Slip.COPIED_FROM_ROW_ABOVE and s.column == "Early 2020"]
    # 249.5/2.005 = 124.4 to 250.5/1.995 = 125.6
    assert [s.instead for s in before] == ["124 to 126"]


def test_a_copy_beside_a_one_sided_figure_is_listed_with_what_could_follow():
    """Over 1,000 and 200 are 1,199.5 or more; 900 is also the row above's."""
    frame = pl.DataFrame({"a": ["400", "over 1,000"], "b": ["500", "200"], "all": ["900", "900"]})
    found = audit.totals(frame, parts=["a", "b"], printed="all")[1]
    assert ("all", "1,200 or more") in {(s.column, s.instead) for s in found.suggestions if s.slip.is_copy}


@settings(max_examples=settings.default.max_examples // 5)
@given(st.integers(10, 9_999), st.integers(10, 9_999), st.integers(1, 300))
def test_whatever_is_suggested_agrees_when_it_is_typed_in(before, after, printed):
    """Each repair of a digit is put in the row as text, and the audit is asked again: it agrees, or is the figure cut off."""
    cells = {"before": f"{before:,}", "after": f"{after:,}", "printed": str(printed)}
    for suggestion in audit.change(**cells)[0].repairs():
        assert suggestion.printed == cells[suggestion.column]
        again = audit.change(**cells | {suggestion.column: suggestion.instead}, suggest=suggestion.match is Match.TRUNCATED)[0]
        if suggestion.match is Match.TRUNCATED and again.disagrees:
            assert again.suggestions[0].slip is Slip.TRUNCATED
        else:
            assert again.agrees
        if suggestion.match is Match.AS_PRINTED:
            printed_then = int((cells | {suggestion.column: suggestion.instead})["printed"])
            assert abs(again.recomputed - printed_then) <= 0.5 + 1e-9


def test_figures_rounded_to_ten_are_repaired_by_figures_rounded_to_ten():
    """A count to the nearest 10 was never 143."""
    found = audit.total(["100", "20"], printed="140", rounded_to={"printed": 10, "part 1": 0, "part 2": 0})[0]
    assert found.disagrees
    assert {s.instead for s in found.repairs(column="printed")} == {"120"}


def test_a_stated_whole_and_a_stated_threshold_are_not_searched_for_slips():
    """100% and 0.1% are rules, not cells."""
    shares_ = audit.part_shares(["50%", "30%", "30%"])[0]
    assert shares_.disagrees
    assert "whole" not in {s.column for s in shares_.suggestions}
    frame = pl.DataFrame({"n": ["126,804"], "number": ["172"]})
    found = audit.thresholds(frame, population="n", at="0.1%", printed="number")[0]
    assert {s.column for s in found.suggestions} <= {"n", "number"}
    assert ("number", "127") in {(s.column, s.instead) for s in found.suggestions}


def test_without_suggest_nothing_is_searched():
    """Nor does the text say that nothing was found."""
    found = audit.changes(table(), **CHANGE, suggest=False)
    assert not any(finding.suggestions for finding in found)
    assert "slip" not in str(found)


def test_a_disagreement_that_no_slip_explains_says_so():
    """1 + 1 is not 987,654."""
    found = audit.total([1, 1], printed="987,654")
    assert found[0].suggestions == ()
    assert "No single slip that was searched for would explain it." in str(found)


# What cannot be checked, and what cannot be.


@pytest.mark.parametrize(
    ("before", "after", "printed", "why"),
    [
        ("c", "74", "43", "Early 2020 is withheld: suppressed to protect confidentiality"),
        ("55", "", "43", "2022 is blank"),
        ("55", "74", "z", "% change is withheld: not applicable"),
        ("55", "seventy", "43", "2022 cannot be read as a figure"),
        ("about 55", "74", "43", "nobody says how far about reaches"),
        ("0", "74", "43", "the figure before may be 0"),
        ("-55", "74", "43", "the figure before is below 0"),
        ("£55", "74%", "43", "different units (pounds, percent)"),
        ("55", "74", "19 percentage points", "in percentage points"),
        ("c", "x", "43", "Early 2020 is withheld: suppressed to protect confidentiality; 2022 is withheld: not available"),
    ],
)
def test_what_cannot_be_checked_says_why(before, after, printed, why):
    """Neither agreement nor disagreement is claimed, and the reason names the column."""
    found = audit.changes(table([("row", before, after, printed)]), **CHANGE)[0]
    assert found.cannot_check
    assert why in found.why
    assert str(found).startswith("row: printed ")


def test_where_only_the_printed_figure_is_missing_the_recomputed_one_is_given():
    """An analyst wants to know what would have stood there."""
    found = audit.changes(table([("row", "200", "256", "c")]), **CHANGE)[0]
    assert (found.cannot_check, found.recomputed) == (True, 28.0)


def test_a_one_sided_figure_is_checked_on_its_one_side():
    """Over 1,000 and 200 are over 1,200: 1,500 can be, 1,100 cannot."""
    assert audit.total(["over 1,000", "200"], printed="1,500")[0].agrees
    found = audit.total(["over 1,000", "200"], printed="1,100")[0]
    assert found.disagrees
    assert (found.recomputed, found.high) == (None, None)
    assert audit.restatement("1,000 to 2,000", "1,400")[0].agrees
    assert audit.restatement("over 5,000", "almost 5,000")[0].disagrees


def test_a_part_above_its_whole_disagrees_unless_it_may_be():
    """60 of 42 is no share, whatever is printed; spending may be 120% of a budget."""
    found = audit.share(60, 42, printed="143%", suggest=False)[0]
    assert found.disagrees
    assert found.why == "the part is more than the whole"
    assert audit.share(60, 50, printed="120%", beyond_whole=True)[0].agrees
    # 300 of 299 may be 299.6 of 299.6: within rounding, and what is recomputed is still said.
    near = audit.share("300", "299", printed="100%")[0]
    assert near.agrees
    assert near.recomputed == pytest.approx(100 * 300 / 299)
    assert str(near) == "share: printed 100%, recomputed 100.3% (100.0% to 100.0%): agrees."
    assert audit.share("0", "50", printed="0%")[0].agrees
    assert audit.share(5, 0, printed="0%")[0].cannot_check


def test_shares_make_the_whole_within_their_rounding():
    """33+33+33 = 99 is 97.5 to 100.5; 33+33+31 = 97 is 95.5 to 98.5."""
    frame = pl.DataFrame({"a": ["33%", "33"], "b": ["33%", "33"], "c": ["33%", "31"]})
    assert [f.agrees for f in audit.parts(frame, shares=["a", "b", "c"])] == [True, False]
    assert audit.part_shares([33, 33, 33])[0].agrees
    assert audit.part_shares(["0.5", "0.25", "0.2"], whole=1)[0].agrees
    assert audit.part_shares(["0.5", "0.25", "0.1"], whole=1)[0].disagrees


# Numbers, and what is refused.


def test_numbers_in_a_frame_need_their_rounding():
    """142,900 says nothing of having been rounded to 10; one step for counts does not settle a percentage."""
    frame = pl.DataFrame({"re": [142_900], "all": [632_830], "pc": [22.6]})
    for rounded_to in (None, 10, {"re": 10, "all": 10}):
        with pytest.raises(InvalidValue, match="rounded_to for"):
            audit.shares(frame, count="re", of="all", printed="pc", rounded_to=rounded_to)
    found = audit.shares(frame, count="re", of="all", printed="pc", rounded_to={"re": 10, "all": 10, "pc": 0.1})[0]
    assert found.agrees
    assert (found.printed, dict(found.cells)) == ("22.6", {"re": "142,900", "all": "632,830"})


def test_a_float_in_a_call_needs_its_rounding_and_a_whole_number_does_not():
    """28.0 and 28 are one number and two prints."""
    with pytest.raises(InvalidValue, match="rounded_to"):
        audit.change(200, 256, printed=28.0)
    assert audit.change(200, 256, printed=28.0, rounded_to={"printed": 0.1})[0].agrees
    assert audit.change(55, 74, printed=35)[0].agrees


def test_refusals_name_columns_and_never_cells():
    """A token stands in every cell, and in no error."""
    token = "Q7token"
    frame = pl.DataFrame({"a": [token], "b": [token], "p": [token], "flag": [True]})
    calls = [
        (UnknownColumn, lambda: audit.changes(frame, before="a", after="bb", printed="p")),
        (UnknownColumn, lambda: audit.changes(frame, before="a", after="b", printed="p", label="who")),
        (UnknownColumn, lambda: audit.changes(frame, before="a", after="b", printed="p", rounded_to={"c": 1})),
        (UnknownColumn, lambda: audit.changes(frame, before="a", after="b", printed="p", order_by="when")),
        (InvalidValue, lambda: audit.changes(frame, before="a", after="a", printed="p")),
        (InvalidValue, lambda: audit.changes(frame, before="a", after="flag", printed="p")),
        (InvalidValue, lambda: audit.totals(frame, parts=[], printed="p")),
        (InvalidValue, lambda: audit.totals(frame, parts="ab", printed="p")),
        (InvalidValue, lambda: audit.thresholds(frame, population="a", printed="p")),
        (InvalidValue, lambda: audit.total([], printed="3")),
        (InvalidValue, lambda: audit.total([float("inf")], printed="3", rounded_to=1)),
        (UnsupportedFrame, lambda: audit.changes([token], before="a", after="b", printed="p")),
    ]
    for kind, call in calls:
        with pytest.raises(kind) as caught:
            call()
        assert isinstance(caught.value, BucksError)
        assert token not in str(caught.value) + repr(caught.value.args)
        assert caught.value.__cause__ is None
        assert caught.value.__context__ is None


# What findings are.


def test_findings_are_a_sequence_that_can_be_kept_and_sent(demand):
    """Index, slice, iterate, compare, hash, pickle, JSON."""
    assert len(demand) == 6
    assert demand[2].label == SECTION_47
    assert isinstance(demand[2:4], Findings)
    assert list(demand)[5] is demand.items[5]
    assert pickle.loads(pickle.dumps(demand)) == demand
    assert hash(demand) == hash(audit.changes(table(), **CHANGE))
    rows = json.loads(demand.to_json())
    assert [row["status"] for row in rows] == [finding.status.value for finding in demand]
    assert rows[5]["suggestions"][0]["instead"] == "3,283"
    assert rows[0]["cells"] == {"Early 2020": "1,375", "2022": "2,088"}
    assert len(Findings.concat([demand, demand.disagrees])) == 9
    assert not demand.cannot_check
    with pytest.raises(NotFound):
        demand.at("Nobody")


def test_the_text_has_every_row_and_a_sentence_for_each_disagreement(demand):
    """An officer reads it."""
    text = str(demand)
    for row in ROWS:
        assert any(line.startswith(row[0]) and row[1] in line and row[3] in line for line in text.splitlines())
    for label, sentence in (
        (
            SECTION_47,
            "printed 24%, recomputed 28.0% (27.4% to 28.6%): disagrees, taking each figure as rounded to its last digit.",
        ),
        (CONFERENCES, "printed 43%, recomputed 34.5% (32.4% to 36.7%): disagrees."),
        (ALLOCATED, "printed 26%, recomputed 81.5% (81.5% to 81.6%): disagrees."),
    ):
        assert f"{label}: {sentence}" in text
    assert str(Findings(())) == "No printed figure to check."


def test_the_html_is_a_table_with_caption_and_scopes_and_escapes_what_is_printed():
    """What a report prints is text and never markup."""
    html = audit.changes(table([("<b>Row</b>", "200", "256", "24")]), **CHANGE)._repr_html_()
    assert "<caption>" in html
    assert html.count('<th scope="col">') == 8
    assert html.count('<th scope="row">') == 1
    assert "<b>Row</b>" not in html
    assert "&lt;b&gt;Row&lt;/b&gt;" in html


def test_a_long_table_shows_what_disagrees_first_and_says_how_much_is_left_out():
    """60 rows, the last of which disagrees."""
    rows = [(f"row {i}", "100", "150", "50") for i in range(59)] + [("the last", "100", "150", "60")]
    text = str(audit.changes(table(rows), **CHANGE))
    assert "the last" in text
    assert "and 10 more rows" in text


def test_an_empty_table_gives_no_findings():
    """No rows, no findings, and a frame with the same columns."""
    findings = audit.changes(table().clear(), **CHANGE)
    assert len(findings) == 0
    assert findings.frame.shape == (0, 12)


# Every engine.


def engines():
    pd = pytest.importorskip("pandas")
    duckdb = pytest.importorskip("duckdb")
    data = table().with_columns(place=pl.Series([6, 5, 4, 3, 2, 1]))
    arrow = data.to_arrow()
    return {
        "polars": data,
        "polars lazy": data.lazy(),
        "pandas": data.to_pandas(),
        "pandas with Arrow types": arrow.to_pandas(types_mapper=pd.ArrowDtype),
        "pyarrow": arrow,
        "DuckDB": duckdb.connect().from_arrow(arrow),
    }


def test_every_engine_gives_the_same_findings_and_its_own_kind_of_frame_back(demand):
    """`order_by` settles the order where the engine keeps none; reversed, the row below is the row above."""
    backwards = audit.changes(table(ROWS[::-1]), **CHANGE)
    for name, frame in engines().items():
        found = audit.changes(frame, **CHANGE, order_by="place")
        assert found == backwards, name
        assert type(found.frame) is type(frame), name
        assert audit.changes(frame, **CHANGE).at(ALLOCATED).repairs() == demand.at(ALLOCATED).repairs(), name
    assert any(s.slip is Slip.COPIED_FROM_ROW_ABOVE for s in backwards.at(CONFERENCES).suggestions)


def test_the_frame_of_duckdb_holds_what_the_findings_hold(demand):
    """Twelve columns; the numbers are null where there are none."""
    found = audit.changes(engines()["DuckDB"], **CHANGE, order_by="place")
    rows = found.frame.pl()
    assert rows.columns == demand.frame.columns
    assert rows["status"].to_list() == [finding.status.value for finding in found]
    assert rows["recomputed"].to_list() == [finding.recomputed for finding in found]


@pytest.mark.spark
def test_spark_gives_the_same_findings_and_a_spark_frame_back(spark, demand):
    """The same table in Spark."""
    frame = spark.createDataFrame(table().with_columns(place=pl.Series([1, 2, 3, 4, 5, 6])).to_arrow())
    found = audit.changes(frame, **CHANGE, order_by="place")
    assert found == demand
    assert type(found.frame) is type(frame)
    assert [row.status for row in found.frame.collect()] == [finding.status.value for finding in demand]


# Published.


REREFERRALS = "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv"
COUNTS = {"count": "rereferral_count", "of": "referral_count"}


def rereferrals(published, *, rounded_to, area):
    data = pl.read_csv(published / "children_in_need" / REREFERRALS, infer_schema_length=0)
    data = data.filter((pl.col("geographic_level") == "Local authority") == (area == "authority"))
    steps = dict.fromkeys(COUNTS.values(), rounded_to)
    label = ["time_period", "region_name", "la_name"]
    findings = audit.shares(data, **COUNTS, printed="rereferral_percent", label=label, rounded_to=steps, suggest=False)
    three = pl.col("rereferral_count", "referral_count", "rereferral_percent")
    with_figures = pl.all_horizontal(three.str.contains(r"^[0-9.]+$"))
    return findings, data.filter(with_figures & (pl.col("referral_count") != "0")).height


def test_every_rereferral_percentage_of_an_authority_follows_from_its_counts(published):
    """Children in need 2025, table c1: 1,948 rows of local authorities with exact counts, percentages to 0.1, no disagreement."""
    findings, with_figures = rereferrals(published, rounded_to=0, area="authority")
    assert len(findings.disagrees) == 0
    assert len(findings.agrees) == with_figures > 1_900
    assert all("withheld" in finding.why for finding in findings.cannot_check)


def test_regional_counts_are_rounded_to_ten_and_taken_as_exact_would_accuse_six_sound_percentages(published):
    """The same table's regional and national counts all end in 0: as they are rounded, all 156 rows agree."""
    findings, with_figures = rereferrals(published, rounded_to=10, area="region")
    assert len(findings.agrees) == len(findings) == with_figures == 156
    accused, _ = rereferrals(published, rounded_to=0, area="region")
    assert len(accused.disagrees) == 6


def test_a_published_percentage_that_is_a_point_out_is_found(published):
    """The same rows with a whole point added disagree, but where a count is so small that a point is within its rounding."""
    data = pl.read_csv(published / "children_in_need" / REREFERRALS, infer_schema_length=0)
    percent = pl.col("rereferral_percent").str.contains(r"^[0-9.]+$")
    data = data.filter(pl.col("referral_count").str.contains(r"^[0-9]{3,}$"), percent)
    wrong = data.with_columns((pl.col("rereferral_percent").cast(pl.Float64) + 1).round(1).cast(pl.String))
    steps = dict.fromkeys(COUNTS.values(), 1)
    findings = audit.shares(wrong, **COUNTS, printed="rereferral_percent", rounded_to=steps, suggest=False)
    large = [f for f in findings if int(dict(f.cells)["referral_count"]) >= 300]
    assert len(large) > 1_900
    assert all(finding.disagrees for finding in large)
