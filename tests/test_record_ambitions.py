"""The two national ambitions as the two papers of October 2022 print them."""

from __future__ import annotations

import attrs
import pytest

from bucks_cs import record
from bucks_cs.attainment import GCSE_AMBITION, KEY_STAGE_2_AMBITION
from bucks_cs.errors import InvalidValue
from bucks_cs.periods import CalendarYear

PRINTED = record.ambitions()


def test_both_ambitions_stand_in_both_papers_with_their_place():
    """Paragraph 2.3 of the report, and the two items of the minutes."""
    assert [(printed.ambition, printed.target.place) for printed in PRINTED] == [
        (KEY_STAGE_2_AMBITION, "2.3 i"),
        (GCSE_AMBITION, "2.3 ii"),
        (KEY_STAGE_2_AMBITION, "ambition i"),
        (GCSE_AMBITION, "ambition ii"),
    ]
    assert {printed.source.publisher for printed in PRINTED} == {"Buckinghamshire Council"}


def test_the_minutes_restate_the_report():
    """Each target of the minutes names the figure that it repeats."""
    assert [printed.restates for printed in PRINTED] == [
        None,
        None,
        "cabinet-2022-10/2.3-i/key-stage-2",
        "cabinet-2022-10/2.3-ii/gcse-ambition",
    ]


@pytest.mark.parametrize(("paper", "number"), [("003", 0), ("003", 1), ("000", 2), ("000", 3)])
def test_every_print_stands_in_the_document_letter_for_letter(documents, paper, number):
    """Its figures as printed, in the sentence that they stand in."""
    printed = PRINTED[number]
    parts = [printed.target, printed.by, *(part for part in (printed.baseline, printed.baseline_year) if part is not None)]
    text = " ".join(documents[paper].split())
    for part in parts:
        assert part.printed_text in text
        assert part.as_printed in part.printed_text
    assert [part.as_printed for part in parts] == (["90%", "2030"] if number % 2 == 0 else ["5.0", "2030", "4.5", "2019"])


def test_what_is_printed_is_what_the_white_paper_set():
    """And would be told if it were not."""
    assert all(printed.agrees for printed in PRINTED)
    wrong = attrs.evolve(PRINTED[1], target=PRINTED[1].baseline)
    assert not wrong.agrees


def test_only_the_calendar_year_is_printed():
    """Which academic year it is stays open, as it does in the ambition."""
    assert {printed.by.period for printed in PRINTED} == {CalendarYear(2030)}
    assert [year.label for year in KEY_STAGE_2_AMBITION.by.years] == ["2028/29", "2029/30"]


def test_where_key_stage_2_begins_is_in_neither_paper():
    """65% in 2019 is the White Paper's own, and is not put in the council's mouth."""
    assert [printed.baseline is None for printed in PRINTED] == [True, False, True, False]


def test_a_printed_ambition_says_that_it_is_no_target_of_the_council():
    """In a sentence."""
    assert all(str(printed).endswith("a national ambition, and no target of the council.") for printed in PRINTED)
    assert "from 4.5 in 2019 to 5.0 by 2030" in str(PRINTED[1])


def test_a_share_is_not_taken_for_a_mean_grade():
    """Nor a baseline without its year."""
    with pytest.raises(InvalidValue, match="a number in grade"):
        attrs.evolve(PRINTED[1], target=PRINTED[0].target)
    with pytest.raises(InvalidValue, match="baseline with its year"):
        attrs.evolve(PRINTED[1], baseline_year=None)
    with pytest.raises(InvalidValue, match="an Ambition"):
        attrs.evolve(PRINTED[1], ambition="90%")
