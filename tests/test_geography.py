"""Geography: every code of the published files finds its authority, and every date its source."""

from __future__ import annotations

import csv
import datetime as dt
import importlib.util
import pickle
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucks_cs.errors import Ambiguous, BucksError, InvalidValue, NotInForce, OutsideCoverage, UnknownArea
from bucks_cs.geography import (
    Authority,
    England,
    JointReturn,
    Region,
    area,
    area_key,
    area_name,
    authorities,
    authority,
    england,
    la_number_of,
    lookup_rows,
    name_or_code,
    parts_of_london,
    region,
    regions,
)
from bucks_cs.provenance import Source

ONE_DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def tables(published: Path) -> dict[str, list[dict[str, str]]]:
    """The published tables that have both codes, each as rows, by path; read without the code under test."""
    found = {}
    for path in sorted(published.rglob("*.csv")):
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            reader = csv.DictReader(file)
            if {"old_la_code", "new_la_code"} <= set(reader.fieldnames or ()):
                found[path.relative_to(published).as_posix()] = list(reader)
    return found


def at_authorities(rows):
    """The rows of local authorities."""
    return [row for row in rows if row["geographic_level"] == "Local authority"]


def test_buckinghamshire_has_two_codes_and_their_dates():
    """E10000002 to 31 March 2020, E06000060 from 1 April 2020 (Code History Database; Structural Changes Order 2019)."""
    old, new = authority(825).codes
    assert (old.value, old.since, old.until) == ("E10000002", dt.date(2009, 1, 1), dt.date(2020, 3, 31))
    assert (new.value, new.since, new.until) == ("E06000060", dt.date(2020, 4, 1), None)
    assert authority(825).code(on=dt.date(2020, 3, 31)) == "E10000002"
    assert authority(825).code(on=dt.date(2020, 4, 1)) == "E06000060"
    assert authority(825).region.name == "South East"
    assert authority(825).part_of_london is None


@pytest.mark.parametrize(
    "which",
    [825, "825", " 825 ", "E06000060", "e06000060", "E10000002", "Buckinghamshire", "BUCKINGHAMSHIRE", " buckinghamshire "],
)
def test_buckinghamshire_is_found_by_number_code_and_name(which):
    """All of them are the one authority."""
    assert authority(which) is authority(825)
    assert area(which) is authority(825)
    assert area_key(which) == "825"


def test_milton_keynes_is_not_buckinghamshire():
    """It has been an authority of its own all along: 826, E06000042."""
    assert authority("Milton Keynes").la_number == "826"
    assert la_number_of("E06000042") == "826"


@pytest.mark.parametrize(
    ("last_day", "ended", "began"),
    [
        (dt.date(2019, 3, 31), {"835", "836", "837"}, {"838", "839"}),  # Bournemouth, Dorset and Poole
        (dt.date(2020, 3, 31), set(), set()),  # Buckinghamshire: a new code, not a new number
        (dt.date(2021, 3, 31), {"928"}, {"940", "941"}),  # Northamptonshire
        (dt.date(2023, 3, 31), {"909"}, {"942", "943"}),  # Cumbria; North Yorkshire and Somerset keep their numbers
        (dt.date(2025, 3, 31), set(), set()),  # Barnsley and Sheffield: new codes for a moved boundary
    ],
)
def test_each_reorganisation_ends_some_authorities_and_begins_others_overnight(last_day, ended, began):
    """The structural changes orders all take effect on a 1 April."""
    before = {each.la_number for each in authorities(last_day)}
    after = {each.la_number for each in authorities(last_day + ONE_DAY)}
    assert (before - after, after - before) == (ended, began)


@pytest.mark.parametrize(
    ("number", "last_day", "old", "new"),
    [
        (929, dt.date(2013, 3, 31), "E06000048", "E06000057"),
        (390, dt.date(2013, 3, 31), "E08000020", "E08000037"),
        (815, dt.date(2023, 3, 31), "E10000023", "E06000065"),
        (933, dt.date(2023, 3, 31), "E10000027", "E06000066"),
        (370, dt.date(2025, 3, 31), "E08000016", "E08000038"),
        (373, dt.date(2025, 3, 31), "E08000019", "E08000039"),
    ],
)
def test_an_authority_that_keeps_its_number_changes_its_code_overnight(number, last_day, old, new):
    """Both codes find the number, whenever they held."""
    one = authority(number)
    assert (one.code(on=last_day), one.code(on=last_day + ONE_DAY)) == (old, new)
    assert la_number_of(old) == la_number_of(new) == str(number)


def test_there_are_as_many_authorities_each_march_as_dfe_publishes(tables):
    """Table b1 has a row each: 152 to 2019, 151 in 2020 and 2021, 152 in 2022 and 2023, 153 since; and the same ones."""
    there = defaultdict(set)
    for row in at_authorities(tables["children_in_need/b1_children_in_need_2013_to_2025.csv"]):
        there[int(row["time_period"])].add(row["old_la_code"])
    counts = {year: len(numbers) for year, numbers in sorted(there.items())}
    assert counts == {y: 152 if y < 2020 else 151 if y < 2022 else 152 if y < 2024 else 153 for y in range(2013, 2026)}, counts
    for year, numbers in there.items():
        assert {each.la_number for each in authorities(dt.date(year, 3, 31))} == numbers, year


def test_every_pair_of_codes_in_the_published_files_resolves_to_its_la_number(tables):
    """Old codes on new years, new codes on old years, and the joint rows of the workforce tables among them."""
    pairs = Counter((row["new_la_code"], row["old_la_code"]) for rows in tables.values() for row in at_authorities(rows))
    wrong = {pair for pair in pairs if la_number_of(pair[0]) != pair[1]}
    assert wrong == set(), f"{len(wrong)} of {len(pairs)} pairs, in {sum(pairs.values())} rows of {len(tables)} tables"
    assert len(pairs) == 165, f"{len(pairs)} pairs in {len(tables)} tables"
    folders = {name.split("/")[0] for name in tables}
    assert folders >= {"children_in_need", "ehc_plans", "population", "social_work_workforce"}, folders


def test_every_name_and_region_is_the_one_dfe_publishes(tables):
    """Names letter for letter; a London row's region is either London or its part of it."""
    wrong = set()
    for name, rows in tables.items():
        for row in at_authorities(rows):
            if "/" in row["old_la_code"]:
                found = area(row["old_la_code"])
                places = {(each.region, each.part_of_london) for each in found.members}
            else:
                found = authority(row["old_la_code"])
                places = {(found.region, found.part_of_london)}
            (where,) = places
            known = {(place.ons_code, place.name) for place in where if place is not None}
            if found.name != row["la_name"] or (row["region_code"], row["region_name"]) not in known:
                wrong.add((name, row["old_la_code"]))
    assert wrong == set()


def test_the_code_of_a_day_is_the_one_the_population_file_has_at_that_middle_of_the_year(tables):
    """ONS writes the code of the day there, so its dates can be checked: all authorities at 30 June, 2013 to 2024."""
    checked = 0
    for row in at_authorities(tables["population/ons_mid-year_population_estimates_2012_to_2024.csv"]):
        if int(row["time_period"]) >= 2013:
            on = dt.date(int(row["time_period"]), 6, 30)
            assert authority(row["old_la_code"]).code(on=on) == row["new_la_code"], (row["la_name"], on)
            checked += 1
    assert checked == 1824, checked  # 6 x 152 to 2018, 2 x 151, 2 x 152, 2 x 153


def test_the_regions_and_england_are_those_dfe_publishes(tables):
    """Code and name of every regional and national row."""
    regional = {(r["region_code"], r["region_name"]) for t in tables.values() for r in t if r["geographic_level"] == "Regional"}
    national = {(r["country_code"], r["country_name"]) for t in tables.values() for r in t if r["geographic_level"] == "National"}
    assert {(each.ons_code, each.name) for each in (*regions(), *parts_of_london())} == regional
    assert {(england().ons_code, england().name)} == national == {("E92000001", "England")}


def test_the_upper_tier_authorities_of_april_2023_are_the_153_of_the_ons_lookup(published: Path):
    """An independent list: LTLA-UTLA, April 2023, England."""
    with (published / "neighbours" / "LTLA-UTLA_Apr23_Lookup_England-Wales.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = {(row["UTLA23CD"], row["UTLA23NM"]) for row in csv.DictReader(file) if row["UTLA23CD"].startswith("E")}
    on = dt.date(2023, 4, 1)
    assert {(each.code(on=on), each.name) for each in authorities(on)} == listed
    assert len(listed) == 153


def test_every_name_and_number_of_the_interactive_tool_is_found(published: Path):
    """LAIT has its own names ("Bedford Borough", "Dorset (Pre LG)") and numbers from 970 above an authority."""
    import polars as pl

    listed = pl.read_excel(published / "lait" / "la_code_list.xlsx", columns=["LA Number", "LA Name"]).rows()
    wrong = []
    for number, name in listed:
        if number == 1000:  # "England (discontinued)"
            continue
        day = dt.date(2024, 3, 31) if name == "Dorset" else None
        if area(number) != area(name, on=day):
            wrong.append(name)
    assert wrong == []
    assert len(listed) == 171


def test_the_committed_look_up_is_what_the_tool_makes_of_the_published_files(published: Path, root: Path):
    """Byte for byte; run tools/build_areas.py when it is not."""
    spec = importlib.util.spec_from_file_location("build_areas", root / "tools" / "build_areas.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.AREAS.read_bytes().decode() == tool.build(published)
    with pytest.raises(SystemExit, match="no date is known"):
        tool.dates("E06000067")


def test_every_code_has_a_source_and_the_inferred_dates_say_so():
    """Only the codes of 2025 rest on an inference."""
    inferred = set()
    for each in authorities():
        for code in each.codes:
            assert isinstance(code.source, Source)
            assert code.source.publisher
            if "inferred" in code.source.note:
                inferred.add(each.name)
    assert inferred == {"Barnsley", "Sheffield"}


def test_london_is_a_region_and_two_parts_of_it():
    """Inner London has 14 authorities and Outer London 19, by the list of the interactive tool (ILB, OLB)."""
    inner, outer = parts_of_london()
    assert (inner.name, inner.ons_code, inner.part_of) == ("Inner London", "E13000001", "E12000007")
    assert (len(authorities(region=inner)), len(authorities(region=outer)), len(authorities(region="London"))) == (14, 19, 33)
    assert authority("Camden").region.name == "London"
    assert authority("Camden").part_of_london is inner


def test_the_regions_share_the_authorities_out():
    """Nine regions, each authority in one."""
    assert len(regions()) == 9
    by_region = [each.la_number for one in regions() for each in authorities(region=one)]
    assert sorted(by_region) == [each.la_number for each in authorities()]
    assert len(by_region) == 158


@pytest.mark.parametrize(
    ("which", "key", "name", "kind"),
    [
        (825, "825", "Buckinghamshire", Authority),
        ("South East", "E12000008", "South East", Region),
        (989, "E12000008", "South East", Region),
        ("e12000008", "E12000008", "South East", Region),
        ("London (Inner)", "E13000001", "Inner London", Region),
        ("ENGLAND", "E92000001", "England", England),
        ("E92000001", "E92000001", "England", England),
        (970, "E92000001", "England", England),
        ("314 / 318", "314 / 318", "Kingston upon Thames / Richmond upon Thames", JointReturn),
        ("E06000062/E06000061", "940 / 941", "North Northamptonshire / West Northamptonshire", JointReturn),
    ],
)
def test_an_area_of_any_kind_has_a_key_that_finds_it_again(which, key, name, kind):
    """LA number for an authority, ONS code above it; a joint return as DfE writes it."""
    found = area(which)
    assert isinstance(found, kind)
    assert (area_key(which), area_name(key)) == (key, name)
    assert area(key) == area(found) == found


def test_every_area_is_found_by_its_key_and_its_names():
    """All 158 authorities, with every alias, unless two authorities have had the name."""
    for each in (*authorities(), *regions(), *parts_of_london(), england()):
        assert area(each.key) is each
        for name in (each.name, *each.also_known_as):
            if name == "Dorset":
                continue
            assert area(name.upper()) is each


def test_a_name_that_two_authorities_have_had_is_refused_with_both():
    """Dorset is 835 to 31 March 2019 and 838 since; a day, or the number, tells them apart."""
    with pytest.raises(Ambiguous) as caught:
        authority("dorset")
    assert caught.value.readings == ("Dorset (835, to 31 March 2019)", "Dorset (838)")
    assert authority("Dorset", on=dt.date(2019, 3, 31)).la_number == "835"
    assert authority("Dorset", on=dt.date(2019, 4, 1)).la_number == "838"
    with pytest.raises(NotInForce):
        authority("Dorset", on=dt.date(2008, 12, 31))


def test_a_code_or_an_authority_that_was_not_in_force_is_told_from_one_that_is_unknown():
    """Known, but not on the day asked for: the days it was are given."""
    with pytest.raises(NotInForce, match="1 January 2009 to 31 March 2020"):
        authority("E10000002", on=dt.date(2020, 4, 1))
    with pytest.raises(NotInForce, match="1 April 2020 to now"):
        authority("E06000060", on=dt.date(2020, 3, 31))
    assert authority(825, on=dt.date(2020, 4, 1)).la_number == "825"
    for call in (
        lambda: authority(909, on=dt.date(2023, 4, 1)),
        lambda: authority("Cumbria", on=dt.date(2023, 4, 1)),
        lambda: authority(authority(909), on=dt.date(2023, 4, 1)),
        lambda: area(authority(909), on=dt.date(2023, 4, 1)),
        lambda: authority(909).code(on=dt.date(2023, 4, 1)),
        lambda: area("940 / 941", on=dt.date(2021, 3, 31)),
    ):
        with pytest.raises(NotInForce):
            call()
    with pytest.raises(UnknownArea):
        authority("E06000999", on=dt.date(2023, 4, 1))


@pytest.mark.parametrize(
    ("which", "hint"),
    [
        ("Buckinghamshir", "Did you mean 'Buckinghamshire'?"),
        ("kingston upon hul, city of", "Did you mean 'Kingston upon Hull, City of'?"),
        ("E07000004", "Buckinghamshire (825)"),
        ("E07000008", "its county has"),
        ("South East", "area()"),
        ("E12000008", "area()"),
        ("E92000001", "area()"),
        (989, "area()"),
        ("314 / 318", "area()"),
    ],
)
def test_an_unknown_authority_is_refused_with_a_hint_where_there_is_one(which, hint):
    """The nearest public names, the county of a district, or the function that does find it."""
    with pytest.raises(UnknownArea) as caught:
        authority(which)
    assert hint in str(caught.value)


def test_an_unknown_area_is_refused_with_the_nearest_names_of_any_kind():
    """A region's name is near as well as an authority's."""
    with pytest.raises(UnknownArea, match="Did you mean 'South East'"):
        area("Sowth East")
    with pytest.raises(UnknownArea, match="Did you mean 'Inner London'"):
        region("Iner London")


def test_the_districts_of_buckinghamshire_are_no_authorities_for_children():
    """Aylesbury Vale, Chiltern, South Bucks and Wycombe were districts to 31 March 2020."""
    for code in ("E07000004", "E07000005", "E07000006", "E07000007"):
        with pytest.raises(UnknownArea, match="Buckinghamshire"):
            la_number_of(code)


SECRET = "Zebedee Quux, 14 Elm Row"


@pytest.mark.parametrize("which", [SECRET, "999", 1234567, "E06009999", "X12345678", "", "  ", "825.0", "825/Zebedee", "Z / Z"])
def test_what_is_not_found_is_not_repeated(which):
    """It may have been a cell; only its length is said, and names that are public."""
    calls = [authority, region, area, area_key, area_name, lambda text: authorities(region=text)]
    for call in [*calls, la_number_of] if isinstance(which, str) else calls:
        with pytest.raises(UnknownArea) as caught:
            call(which)
        shown = f"{caught.value} {caught.value!r} {caught.value.args} {caught.value.fields}"
        assert not any(part in shown for part in ("Zebedee", "Quux", "Elm", "999", "1234567", "12345678", "825.0"))
        assert caught.value.__cause__ is None
        assert caught.value.__context__ is None


@given(st.text(max_size=30))
def test_any_text_is_an_area_or_one_of_our_errors(text):
    """Nothing else comes out, and a text of our own making is not repeated."""
    for call in (area, authority, la_number_of):
        message = ""
        try:
            call(text)
        except BucksError as error:
            message = str(error)
        assert len(text) < 9 or text not in message


@pytest.mark.parametrize("bad", [None, 825.0, True, b"825", [825], float("nan")])
def test_what_is_neither_text_nor_a_whole_number_is_refused(bad):
    """825.0 is a column that pandas made floats: `conform` widens it, this does not guess."""
    for call in (authority, area, region, area_key):
        with pytest.raises(InvalidValue):
            call(bad)
    with pytest.raises(InvalidValue):
        la_number_of(bad)


@pytest.mark.parametrize("bad", [dt.datetime(2020, 4, 1, 9, 30), "2020-04-01", 2020])
def test_a_day_that_is_no_plain_date_is_refused(bad):
    """A datetime is a date by class, and compares with none."""
    one = authority(825)
    calls = [lambda: authority(825, on=bad), lambda: authorities(bad), lambda: area("Dorset", on=bad)]
    for call in [*calls, lambda: one.code(on=bad), lambda: one.exists(bad)]:
        with pytest.raises(InvalidValue, match="time of day"):
            call()


def test_a_day_before_the_list_is_complete_is_refused():
    """Seven counties ended on 31 March 2009, and no table here has them."""
    assert len(authorities(dt.date(2009, 4, 1))) == 152
    with pytest.raises(OutsideCoverage, match="2009-04-01"):
        authorities(dt.date(2009, 3, 31))


def test_the_look_up_as_rows_has_every_code_once_and_its_dates():
    """One row an authority and code; `valid_to` is None while it holds; changing a row changes nothing here."""
    rows = lookup_rows()
    assert len(rows) == len({row["ons_code"] for row in rows}) == 165
    assert list(rows[0]) == ["la_number", "ons_code", "name", "region", "region_code", "valid_from", "valid_to"]
    (new,) = (row for row in rows if row["ons_code"] == "E06000060")
    assert new == {
        "la_number": "825",
        "ons_code": "E06000060",
        "name": "Buckinghamshire",
        "region": "South East",
        "region_code": "E12000008",
        "valid_from": dt.date(2020, 4, 1),
        "valid_to": None,
    }
    new["name"] = "changed"
    assert area_name("825") == "Buckinghamshire"
    assert all(row["region"] in {each.name for each in regions()} for row in rows)
    current = Counter(row["la_number"] for row in rows if row["valid_to"] is None)
    assert len(current) == 153
    assert set(current.values()) == {1}


def test_areas_are_frozen_hashable_and_pickle():
    """They are keys of dicts and cross processes."""
    for each in (authority(825), region("South East"), england(), area("314 / 318")):
        assert pickle.loads(pickle.dumps(each)) == each
        assert len({each, pickle.loads(pickle.dumps(each))}) == 1
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            each.name = "Elsewhere"


def test_areas_say_what_they_are():
    """An authority with its number; one that has ended with its last day."""
    assert [str(authority(825)), str(authority(928)), str(region(989)), str(england())] == [
        "Buckinghamshire (825)",
        "Northamptonshire (928, to 31 March 2021)",
        "South East",
        "England",
    ]


@pytest.mark.parametrize("bad", ["82", "8255", "82a", "", 825])
def test_an_authority_is_made_with_an_la_number_of_three_digits_as_text(bad):
    """And a region with an ONS code; what was given is not repeated."""
    with pytest.raises(InvalidValue, match="three digits"):
        attrs.evolve(authority(825), la_number=bad)
    with pytest.raises(InvalidValue, match="eight digits"):
        attrs.evolve(region(989), ons_code=bad)


def test_a_joint_return_is_of_two_authorities_that_differ():
    """In order of number, however they are given."""
    kingston, richmond = authority("Kingston upon Thames"), authority("Richmond upon Thames")
    assert JointReturn(members=(richmond, kingston)).key == "314 / 318"
    with pytest.raises(InvalidValue):
        JointReturn(members=(kingston, kingston))
    with pytest.raises(InvalidValue):
        area("825 / E06000060")


def test_an_area_of_readings_that_no_look_up_has_is_called_by_its_own_code():
    """A ward, a team's patch, nothing at all: readings may be of any area, and a table must call it something."""
    named = {"825": "Buckinghamshire", "E12000008": "South East", "ward 12": "ward 12", "": ""}
    assert {each: name_or_code(each) for each in named} == named


def test_importing_geography_loads_no_frame_library():
    """The look-up is read with the standard library, and only when it is asked for."""
    program = (
        "import sys, bucks_cs.geography as g; g.authority(825); "
        "print(sorted({'polars', 'pandas', 'pyarrow', 'narwhals', 'pandera', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
