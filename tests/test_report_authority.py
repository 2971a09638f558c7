"""The same update for any authority, from published statistics: its numbers beside the files themselves, and what it refuses."""

from __future__ import annotations

import csv
import datetime as dt
import subprocess
import sys

import pytest

from bucks_cs import report
from bucks_cs.errors import InvalidValue, UnknownArea
from bucks_cs.geography import authorities, authority
from bucks_cs.report import cabinet_update
from bucks_cs.report.authority.evidence import _CHAPTERS
from bucks_cs.report.authority.folder import _FILES, PublishedFolder

HACKNEY, BUCKINGHAMSHIRE, KINGSTON, NORTHAMPTONSHIRE, SCILLY = "204", "825", "314", "928", "420"


def published_of(area, folder):
    """The evidence of an authority; the fixture has the name of the function."""
    return report.published(area, folder=folder)


def rows_of(published, name, **where):
    """The rows of a file as text, read by Python's own reader."""
    (path,) = published.glob(name)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if all(row[column] == value for column, value in where.items())]


@pytest.fixture(scope="module")
def folder(published):
    """The published statistics."""
    return PublishedFolder(path=published)


@pytest.fixture(scope="module")
def hackney(published):
    """Hackney's update, made once."""
    return cabinet_update(published_of(HACKNEY, published))


def one(area, folder, title):
    """One section of an authority's update."""
    return _CHAPTERS[title](authority(area), folder)


def test_referrals_are_those_of_the_file(published, hackney):
    """Re-referrals of the newest year in DfE's own row, and referrals over ONS's children of the mid-year before."""
    (row,) = rows_of(published, "children_in_need/c1_*.csv", time_period="2025", old_la_code=HACKNEY)
    (england,) = rows_of(published, "children_in_need/c1_*.csv", time_period="2025", geographic_level="National")
    (children,) = rows_of(published, "population/ons_mid-year_*.csv", time_period="2024", old_la_code=HACKNEY)
    text = hackney.section("referrals").text
    assert f"Re-referrals within 12 months in Hackney, year to 31 March 2025: {row['rereferral_percent']}%" in text
    assert f"England {england['rereferral_percent']}%" in text
    rate = 10_000 * float(row["referral_count"]) / float(children["population_estimate"])
    assert f"Referrals per 10,000 children in Hackney, year to 31 March 2025: {rate:,.1f} per 10,000" in text


def test_the_place_among_authorities_is_the_files_own(published, hackney):
    """Those of a lower percentage, and one: lower is better."""
    rows = rows_of(published, "children_in_need/c1_*.csv", time_period="2025", geographic_level="Local authority")
    shares = {
        row["old_la_code"]: float(row["rereferral_percent"]) for row in rows if row["rereferral_percent"] not in set("cxzu")
    }
    rank = 1 + sum(share < shares[HACKNEY] for share in shares.values())
    assert f"That is {rank}th of {len(shares)} authorities of England" in hackney.section("referrals").text


def test_plans_and_home_education_are_those_of_their_files(published, hackney):
    """EHC plans of January 2025, and children educated at home in 2024/25: both are files of the academic year 2024/25."""
    where = {"time_period": "202425", "old_la_code": HACKNEY}
    (caseload,) = rows_of(published, "ehc_plans/caseload.csv", breakdown_topic="All EHC plans", **where)
    (home,) = rows_of(published, "home_education/ehe_academic_year.csv", **where)
    plans = hackney.section("ehc-plans").at("ehcp-plans-over-time").layout.rows[-1]
    assert plans == ("16 January 2025", float(caseload["ehcplans"]))
    at_home = hackney.section("home-education").at("demand-home-educated-in-the-year-over-time").layout.rows[-1]
    assert at_home == ("2024/25 academic year", float(home["ehe_anytime_full_year"]))


def test_the_chart_has_the_authority_its_region_and_england(hackney):
    """Three series; in London the region, though a file that has its two parts alone gives the part."""
    for section, name in (("referrals", "demand-rereferrals-over-time"), ("workforce", "workforce-caseload-fte-over-time")):
        assert hackney.section(section).at(name).layout.figures[:3] == ("Hackney", "London", "England")


def test_the_probable_break_of_buckinghamshire_is_named_and_no_change_is_given_across_it(folder):
    """In 2023-24, between 12,157 and 6,620 referrals."""
    section = one(BUCKINGHAMSHIRE, folder, "Referrals and children in need")
    assert (
        "No change since year to 31 March 2024 is given: the series breaks between the two, or may: between 1 April 2023 and "
        "31 March 2024, in Buckinghamshire: referrals recorded" in section.text
    )
    assert "(inferred from the figures, not published); its cause is not published." in section.text
    assert "in 825" not in section.text
    notes = " ".join(section.at("demand-rereferrals-over-time").layout.notes)
    assert "12,157" in notes
    assert "not published" in notes


def test_a_gap_is_given_by_its_symbol_and_its_meaning(folder):
    """The Isles of Scilly have one protection plan or two: DfE keeps the count back."""
    section = one(SCILLY, folder, "Child protection plans")
    assert "[c], suppressed to protect confidentiality" in section.text
    marks = {mark for table in section.tables for mark, _ in table.layout.marks}
    assert "[c]" in marks


def test_a_share_or_a_rate_says_what_it_is_of(published, hackney, folder):
    """0% of 32 referrals in the Isles of Scilly, the first of 153, is not 0% of thousands; the counts are those of the file."""
    (row,) = rows_of(published, "children_in_need/c1_*.csv", time_period="2025", old_la_code=SCILLY)
    text = one(SCILLY, folder, "Referrals and children in need").text
    assert f"Scilly, year to 31 March 2025: 0% (0 of {row['referral_count']}); South West" in text
    assert f"({row['referral_count']} to a population of 319)" in text
    assert "(728 of 3,653)" in hackney.section("referrals").text


def test_a_change_over_a_gap_names_the_gap(hackney, folder):
    """Hackney made no return of plans issued in 2023; the City's protection plans are kept back from 2015 to 2022."""
    said = "It was 54.3% before (2022) and is 43.3%: a change of −11 percentage points; between the two there is no figure for "
    assert f"{said}2023: [x], not available." in hackney.section("ehc-plans").text
    city = one("201", folder, "Child protection plans").text
    assert "It was the same before (31 March 2014); between the two there is no figure for 31 March 2015, " in city
    later = "there is no figure for 31 March 2024 and 31 March 2025: [c], suppressed to protect confidentiality."
    assert f"per 10,000 children in City of London: {later}" in city


def test_gaps_of_one_reason_are_one_sentence(folder):
    """Scilly's turnover has nothing to divide by in each year from 2021."""
    text = one(SCILLY, folder, "Workforce").text
    assert text.count("[z], not applicable") == 1
    assert "[low], rounds to zero but is not zero" in one("201", folder, "Elective home education").text


def test_figures_that_are_rounded_are_not_said_to_be_the_same_without_that(hackney):
    """360 children educated at home in both years are each anything from 355 to 365; 14% and 13% may be 13.5 and 13.5."""
    assert "It was the same before (2023/24 academic year), as both are rounded." in hackney.section("home-education").text
    assert (
        "a change of −1 percentage point; rounded as they are, the two may hardly differ." in hackney.section("looked-after").text
    )
    assert "It was the same before (31 August 2022)." in hackney.section("schools").text


def test_one_unit_stands_in_a_paragraph_of_turnover(hackney):
    """Percent, as in the places among authorities, and not once "per 100"."""
    turnover = [line for line in hackney.section("workforce").text.splitlines() if line.startswith("Turnover")]
    assert turnover[0].startswith("Turnover of social workers (FTE) in Hackney, year to 30 September 2025: 10.5% (20.2 of 193.3)")


def test_inspections_say_which_files_they_are_read_from(hackney, folder):
    """So that nobody takes the last that is here for the last that there is."""
    for text in (hackney.section("inspections").text, one("839", folder, "Inspections").text):
        assert "Read here: Local authority inspection outcomes as at 31 March 2025 and Area SEND" in text
        assert "An inspection that neither has, such as a later one, is not here." in text


def test_an_authority_that_makes_one_return_with_another_has_no_figure_of_its_own(folder):
    """Kingston's social workers are in one return with Richmond's; England's and London's are still drawn."""
    section = one(KINGSTON, folder, "Workforce")
    assert "there is no figure for Kingston upon Thames: the file has none of it alone" in section.text
    assert section.at("workforce-agency-rate-fte-over-time").layout.figures[-2:] == ("London", "England")


def test_an_authority_that_has_ended_stops_where_it_ended(published, folder):
    """Northamptonshire, to 31 March 2021: its last year is that to March 2021, and a file of later years has none of it."""
    evidence = published_of(NORTHAMPTONSHIRE, published)
    assert str(evidence.introduction[-1]) == "This authority ended on 31 March 2021: its figures stop there."
    plans = one(NORTHAMPTONSHIRE, folder, "Child protection plans")
    assert "in Northamptonshire, year to 31 March 2021: " in plans.text
    home = one(NORTHAMPTONSHIRE, folder, "Elective home education")
    assert "there is no figure for Northamptonshire" in home.text
    assert not home.charts


def test_an_authority_may_be_named_by_number_code_or_name(published):
    """All three are one."""
    assert {published_of(which, published).area for which in (204, "E09000012", "Hackney")} == {"Hackney"}


@pytest.mark.parametrize("area", ["999", "Hackny", ""])
def test_an_authority_that_is_none_is_refused(published, area):
    """By its own error, with a near miss where there is one."""
    with pytest.raises(UnknownArea) as caught:
        published_of(area, published)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("folder", ["no/such/folder", "", None, 5])
def test_a_folder_that_is_not_there_is_refused(folder):
    """Whether it names none or is none."""
    with pytest.raises(InvalidValue, match="folder"):
        published_of(HACKNEY, folder)


def test_files_that_are_missing_are_all_named(tmp_path):
    """At once, by where they should be; a file of another year's name will do."""
    for pattern in _FILES.values():
        path = tmp_path / pattern.replace("*", "of_another_year")
        path.parent.mkdir(exist_ok=True)
        path.touch()
    assert PublishedFolder(path=tmp_path).file("referrals").endswith("c1_of_another_year.csv")
    (tmp_path / "ehc_plans" / "caseload.csv").unlink()
    (tmp_path / "home_education" / "ehe_academic_year.csv").unlink()
    with pytest.raises(InvalidValue, match=r"not there: ehc_plans/caseload\.csv, home_education/ehe_academic_year\.csv"):
        PublishedFolder(path=tmp_path)


def test_of_two_releases_of_a_file_the_later_is_read(tmp_path):
    """By its name."""
    for pattern in _FILES.values():
        path = tmp_path / pattern.replace("*", "2013_to_2024")
        path.parent.mkdir(exist_ok=True)
        path.touch()
    (tmp_path / "children_in_need" / "c1_x_2013_to_2025.csv").touch()
    assert PublishedFolder(path=tmp_path).file("referrals").endswith("c1_x_2013_to_2025.csv")
    with pytest.raises(InvalidValue, match="referrals or children in need"):
        PublishedFolder(path=tmp_path).file("something else")


def run(root, *arguments):
    """The example as a user runs it."""
    command = [sys.executable, str(root / "examples" / "another_authority.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.long
def test_the_example_writes_the_update(root, published, tmp_path):
    """The page and the workbook, and nothing on the stream of errors, which is no terminal here."""
    made = run(root, HACKNEY, "--published", str(published), "--into", str(tmp_path / "out"))
    assert (made.returncode, made.stderr) == (0, "")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["index.html", "update.xlsx"]


@pytest.mark.long
def test_the_example_refuses_what_is_none(root, tmp_path):
    """A wrong number and a missing folder are a line each and no traceback, and say what to do."""
    for area in ("999", "abc", ""):
        refused = run(root, area, "--published", str(tmp_path))
        assert (refused.returncode, "Traceback" in refused.stderr, refused.stderr.count("\n")) == (1, False, 1)
        assert "Run this with --list" in refused.stderr
    refused = run(root, HACKNEY, "--published", str(tmp_path / "none"))
    assert (refused.returncode, "Traceback" in refused.stderr, refused.stderr.count("\n")) == (1, False, 1)
    assert "Name the folder with --published." in refused.stderr
    assert "an LA number is needed" in run(root).stderr


@pytest.mark.long
def test_the_example_lists_the_authorities(root):
    """Each by its number and its name, and until when where it has ended."""
    listed = run(root, "--list").stdout.splitlines()
    assert "204  Hackney" in listed
    assert "928  Northamptonshire, until 31 March 2021" in listed
    assert len(listed) == len(authorities())


@pytest.mark.long
def test_authorities_of_every_kind_have_an_update(published):
    """Those that began or ended since 2013, the two of a joint return, and every twentieth of the rest."""
    first, last = dt.date(2013, 4, 1), dt.date(2025, 3, 31)
    there = [each for each in authorities() if each.until is None or each.until > first]
    changed = [each.la_number for each in there if not each.exists(first) or not each.exists(last)]
    for la_number in dict.fromkeys([*changed, KINGSTON, "318", *(each.la_number for each in there[::20])]):
        update = cabinet_update(published_of(la_number, published))
        assert len(update.sections) == len(_CHAPTERS), la_number
        assert all(section.blocks for section in update.sections), la_number
