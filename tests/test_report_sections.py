"""Every section's numbers, beside the inventory of figures (F135 is an id of it), hand arithmetic, and official figures."""

from __future__ import annotations

import pytest

from bucks_cs.record import RecordFindings, documents
from bucks_cs.report import cabinet_update


@pytest.fixture(scope="module")
def update():
    """The update of October 2022, made once."""
    return cabinet_update()


def rows(section, name):
    """The rows of a table or of the figures behind a chart, without the heading."""
    return section.at(name).layout.rows


def test_the_sections_are_those_of_the_update(update):
    """Demand, EHC plans, inspections, schools, workforce, unaccompanied children, savings; and ambitions and early help."""
    keys = ["demand", "ehc-plans", "inspections", "schools", "workforce", "unaccompanied-children", "savings", "attainment"]
    assert [section.key for section in update] == [*keys, "early-help"]


def test_demand_is_the_printed_table_with_each_percentage_recomputed(update):
    """F135 to F152; 2,088/1,375 is 51.85% more, 1,282/902 42.13, 256/200 28, 74/55 34.55, 730/512 42.58, 4,144/2,283 81.52."""
    found = rows(update.section("demand"), "demand-table")
    printed = [
        ("1,375", "2,088", "52"), ("902", "1,282", "42"), ("200", "256", "24"), ("55", "74", "43"), ("512", "730", "43"),
        ("2,283", "4,144", "26"),
    ]  # fmt: skip
    assert [row[1:4] for row in found] == printed
    assert [row[4] for row in found] == [51.9, 42.1, 28.0, 34.5, 42.6, 81.5]
    assert [row[7] for row in found] == ["agrees", "agrees", "disagrees", "disagrees", "agrees", "disagrees"]


def test_the_unit_of_the_demand_table_stands_in_its_headings(update):
    """And no cell has one; the ends are 2,087.5/1,375.5 = 1.5176 and 2,088.5/1,374.5 = 1.5195 of contacts, and so on."""
    laid = update.section("demand").at("demand-table").layout
    assert laid.figures[2:6] == ("% change (printed)", "Recomputed (%)", "At least (%)", "At most (%)")
    assert not [cell for row in laid.rows for cell in row[1:] if isinstance(cell, str) and "%" in cell]
    assert [row[5:7] for row in laid.rows[:4]] == [(51.8, 51.9), (42.0, 42.3), (27.4, 28.6), (32.4, 36.7)]
    assert "as they are printed, whether or not the percentage beside them follows" in update.section("demand").text


def test_demand_says_each_change_in_a_sentence_and_which_slips_would_explain_it(update):
    """The one slip for the last row is 3,283 for 2,283 (26.2%); 43 stands for conferences (F146) and in the minutes (F018)."""
    section = update.section("demand")
    assert (
        "Referrals: a monthly average of 902, then of 1,282: a change of 42.1%, which agrees with the printed 42%."
        in section.text
    )
    assert "a monthly average of 55, then of 74: a change of 34.5%, which disagrees with the printed 43%" in section.text
    assert "Early 2020: 3,283 for 2,283 (one digit changed), which gives 26.2%" in section.text
    assert "discussion 2" in section.text
    assert len(section.findings.disagrees) == 4


def test_the_chart_of_demand_has_the_twelve_averages_behind_it(update):
    """F135, F136, F138, F139, F141, F142, F144, F145, F147, F148, F150, F151."""
    behind = rows(update.section("demand"), "demand-then-and-now")
    pairs = {(1375, 2088), (902, 1282), (200, 256), (55, 74), (512, 730), (2283, 4144)}
    assert {row[1:] for row in behind} == pairs


def test_ehc_plans_are_the_printed_count_and_what_follows_from_the_percentages(update):
    """F153 to F155: 5,704/1.105 = 5,161.99 and 5,704/1.095 = 5,209.1; 5,704/1.295 = 4,404.6 and 5,704/1.285 = 4,438.9."""
    section = update.section("ehc-plans")
    assert [row[1:3] for row in rows(section, "ehc-plans-maintained")] == [(4405, 4438), (5162, 5209), (5704, 5704)]
    assert "In July 2022 Buckinghamshire maintained 5,704 plans." in section.text
    assert "so that it was 5,162 to 5,209 plans" in section.text


def test_growth_by_need_is_as_printed_and_said_to_be_of_another_window(update):
    """F156 to F160; "specific learning difficulty (SLD)" (F158) names two needs at once."""
    section = update.section("ehc-plans")
    assert [row[-1] for row in rows(section, "growth-by-primary-need")] == ["49%", "37%", "75%", "60%", "59%"]
    assert "from January 2019, and that of all plans from July 2021 and July 2019" in section.text
    assert "75%, may be either of specific learning difficulty and severe learning difficulty" in section.text


def test_the_twenty_weeks_are_said_to_be_of_another_document(update):
    """F065 and F066: 40% against 20 weeks; DfE has 258 of 645 without exceptions (40.0%), 258 of 673 with them (38.3%)."""
    text = update.section("ehc-plans").text
    assert "Another document, Minutes of Cabinet" in text
    assert "target of 40% was met (as of December 2019), against the limit of 20 weeks" in text
    assert "258 of 645" in text
    assert "38.3% (258 of 673" in text


def test_inspections_stand_up_to_the_day_of_the_update_and_what_came_later_is_said_apart(update):
    """The inspection of January 2025 is no part of it; the plan was due 70 working days after 11 February 2022 (3.4)."""
    section = update.section("inspections")
    timeline = rows(section, "inspection-timeline")
    assert not [row for row in timeline if "2025" in row[0]]
    assert len(timeline) == 11
    assert "Since the update, and so no part of it:\n- Buckinghamshire: standard inspection, from 27 January 2025" in section.text
    assert (
        "due by 25 May 2022 as printed; 70 working days from the day the report was published make it 25 May 2022" in section.text
    )


def test_what_stood_on_the_day_is_a_list_with_the_judgement_of_the_authority_first(update):
    """3.2, 3.3 and 3.12; the chart is headed by the judgement of that day, and not by the last that is known now."""
    lines = update.section("inspections").text.splitlines()
    assert lines[0] == "What stood on 11 October 2022:"
    assert lines[1].startswith("- Buckinghamshire: requires improvement to be good (Inspecting local authority")
    assert "- Support and supervision" in lines
    assert "- Improvement notice: perhaps; whether it still held is not printed" in lines
    title = update.section("inspections").at("inspection-timeline").chart.to_dict()["title"]["text"]
    assert " ".join(title) == "Buckinghamshire, as judged on 11 October 2022: requires improvement to be good"


def test_the_days_of_the_send_inspection_are_given_as_printed_and_as_ofsted_has_them(update):
    """3.10 prints 28 February; Ofsted's list has 7 March 2022, which the timeline draws."""
    text = update.section("inspections").text
    assert (
        "prints the inspection of the area's SEND from 28 February to 11 March 2022. 28 February differs from 7 March 2022"
        in text
    )


def test_the_audit_names_documents_by_their_titles(update):
    """No key of the record stands on the page, such as that of the minutes."""
    keys = [f"{document.key}{end}" for document in documents() for end in (",", "/")]
    for section in update:
        cells = [str(cell) for table in section.tables for row in table.layout.rows for cell in row]
        assert not [text for text in (*cells, *section.text.splitlines()) for key in keys if key in text]
    assert (
        "as repeated in Children's Services Update, decision and minutes of Cabinet, discussion 2"
        in update.section("demand").text
    )


def test_inspections_list_what_was_asked_for_and_count_it(update):
    """Seven recommendations (3.2 i to vii), three areas of significant weakness (F131)."""
    text = update.section("inspections").text
    assert "lists 7 recommendations of the inspection of the authority (printed: 7)" in text
    assert "lists 3 areas of significant weakness that the inspection of the area's SEND found (printed: 3)" in text
    assert "- vii. The engagement and participation of children in care" in text
    assert "- iii. Waiting times to see a community paediatrician." in text


def test_schools_are_as_printed_and_the_share_is_of_pupils(update):
    """F187 to F196: 24 + 5 + 1 = 30 = 4 + 22 + 4, 18 + 4 = 22; 90% of pupils."""
    section = update.section("schools")
    assert [row[1] for row in rows(section, "schools-inspected")] == [24, 5, 1, 4, 22, 18, 4, 4, 30]
    assert "90% of pupils were in a good or outstanding school, between 1 July 2022 and 31 July 2022 (no more is" in section.text
    assert "It is a share of pupils, and none of schools" in section.text


def test_the_academy_has_its_share_with_wilsons_interval(update):
    """F169 to F171: 42/60 = 70%; Wilson at 95%: (0.7 + 0.032 +- 1.96 sqrt(0.0035 + 0.000267)) / 1.064 = 57.5% to 80.1%."""
    section = update.section("workforce")
    said = "Of 60 newly qualified social workers who have been through the academy, 42 remain in the service: 70%, with a 95% "
    assert section.text.startswith(said + "confidence interval of 57.5% to 80.1%.")
    assert "The academy is to support a further 60 newly qualified social workers by April 2023." in section.text
    assert "in the academy for 6 months and in a team for 6 months" in section.text
    cells = [row[2:] for row in rows(section, "academy-cohorts")]
    assert cells == [("[x]", 10, "[x]", "[x]"), ("10 to 20", "[x]", "[x]", "[x]"), (60, "[x]", 42, 18), (60, "[x]", "[x]", "[x]")]


def test_unaccompanied_children_have_threshold_headroom_and_share(update):
    """F174 to F180: 126,804 x 0.1% = 126.8, x 0.07% = 88.8; 127 - 32 = 95, 89 - 32 = 57; 32/126,804 = 0.0252%."""
    section = update.section("unaccompanied-children")
    assert [row[2:] for row in rows(section, "threshold-and-headroom")] == [(127, 32, 95), (89, 32, 57)]
    text = section.text
    assert "supported 32 children" in text
    assert "Apart from them 68 cases of former unaccompanied children" in text
    assert (
        "The threshold of 0.10% (24 August 2022 to now) is 127 for the authority as printed, and 127 as worked out from 126,804"
        in text
    )
    assert "that leaves 95 children to come up to it" in text
    assert "0.07% (1 July 2016 to 23 August 2022) is 89" in text
    assert "that would have left 57 children" in text
    assert "Those supported are 0.025% of all children" in text
    assert "Any population of 126,500 to 127,499 children gives the printed numbers" in text


def test_only_the_first_estimate_of_those_under_18_gives_the_printed_threshold(update):
    """122,495 makes 122 and 86 (85.7), 133,033 makes 133 and 93 (F175 to F178)."""
    found = rows(update.section("unaccompanied-children"), "populations-tried")
    assert [row[1:] for row in found] == [(126804, 127, 89, "yes"), (122495, 122, 86, "no"), (133033, 133, 93, "no")]


def test_lengths_of_decisions_keep_their_hedges(update):
    """F182, F183 and F185: about a year, 2 to 3 three, over 4 years."""
    found = rows(update.section("unaccompanied-children"), "lengths-of-decisions")
    assert [row[1:4] for row in found] == [("about a year", 1, 1), ("2 to 3 three", 2, 3), ("over 4 years", 4, None)]


def test_savings_are_of_another_document_and_ranges_where_their_basis_is_open(update):
    """F215 to F217 and F221 to F229: 332 + 390 + 620 + 0 = 1,342 thousand. A year later 2,331 alone is certain; at the most table
    1 adds up (332 + 2,331 = 2,663) and all of table 2 is saved in it (780 + 920 + 1,325 = 3,025): 5,688. In the year after, 2,883
    alone, or 332 + 2,331 + 2,883 + 3,025 = 8,571.
    """
    section = update.section("savings")
    text = section.text
    assert (
        "The update prints no savings. What stands here is of another document: Children's Services Transformation Programme"
        in text
    )
    assert "In 2023-24 all lines together come to £1,342,000." in text
    assert (
        "In 2024-25 all lines together come to £2,331,000 to £5,688,000, from the least to the most that print can mean." in text
    )
    assert (
        "In 2025-26 all lines together come to £2,883,000 to £8,571,000, from the least to the most that print can mean." in text
    )
    assert "Of 4 lines, 4 do not state whether" in text
    assert "counts it in, 4 whether it recurs, and 3 have a figure of years that are not named" in text
    lines = [row[1:] for row in rows(section, "savings-lines")]
    assert lines == [
        (332000, 2331000, 2883000, None), (390000, "[x]", "[x]", 390000), (620000, "[x]", "[x]", 300000),
        (0, "[x]", "[x]", 1325000),
    ]  # fmt: skip


def test_savings_say_where_the_text_and_its_table_are_a_thousandfold_apart(update):
    """F220 beside F228; and the pressures of F210 and F211 are not added up."""
    text = update.section("savings").text
    assert "The text prints £1,325m where its own table has 1,325 (£'000), that is £1,325,000." in text
    assert "£5m in 2022-23 against the Budget of 2022-23" in text
    assert "£13.3m in 2023-24 against the original Council Budget/MTFP" in text
    assert "18,300,000" not in text


def test_ambitions_are_national_and_as_printed(update):
    """F003 to F008: 90% by 2030; 4.5 in 2019 to 5.0 by 2030; the minutes repeat both."""
    section = update.section("attainment")
    cells = [row[2:] for row in rows(section, "national-ambitions")]
    assert cells == [("[x]", "[x]", "90%", "2030"), ("4.5", "2019", "5.0", "2030")] * 2
    assert "no target of the council" in section.text


def test_early_help_is_an_upper_bound_of_another_document(update):
    """F074, F075 and F198: 16 centres, almost 1,000 people, a strategy for 2022-2025."""
    text = update.section("early-help").text
    assert "a strategy for 2022- 2025 and prints nothing" in text
    assert "There were 16 centres, and fewer than 1,000 people were worked with" in text


def test_each_section_has_the_findings_of_the_audit_of_its_figures(update):
    """Of the whole record 107 relations: 79 hold, 11 cannot, 17 cannot be checked."""
    assert str(update.introduction[1]).startswith("Of 107 relations")
    assert "79 hold, 11 cannot hold and 17 cannot be checked" in str(update.introduction[1])
    wrong = {section.key: len(section.findings.disagrees) for section in update}
    assert wrong == {
        "demand": 4, "ehc-plans": 1, "inspections": 1, "schools": 0, "workforce": 0, "unaccompanied-children": 2, "savings": 1,
        "attainment": 0, "early-help": 0,
    }  # fmt: skip
    assert all(isinstance(section.findings, RecordFindings) for section in update)


def test_every_disagreement_says_what_to_do(update):
    """Each is a sentence of its own, which leads to the figure that is audited."""
    for section in update:
        told = [line for line in section.text.splitlines() if "What to do:" in line]
        assert len(told) == len([found for found in section.findings.disagrees if found.outcome.advice])


def test_every_figure_has_a_definition_with_a_source(update):
    """And none has two entries."""
    slugs = [one.slug for one in update.definitions]
    assert len(set(slugs)) == len(slugs)
    assert all(one.sources for one in update.definitions)
    titles = {one.title for one in update.definitions}
    assert {"Contacts", "EHC plans", "Academy starters still in service", "National Transfer Scheme threshold"} <= titles
