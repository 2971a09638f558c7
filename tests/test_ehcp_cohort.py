"""A cohort of EHC plans: what it is made of, what it refuses, and its way to text and to readings and back."""

from __future__ import annotations

import datetime as dt
import pickle

import attrs
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs.ehcp import (
    BREAKDOWNS,
    PLANS,
    EHCPCohort,
    ImpliedCohort,
    Phase,
    PrimaryNeed,
    Rest,
    contribution_to_growth,
    growth_by,
    share_of_plans,
)
from bucks_cs.errors import (
    BucksError,
    ImpossibleFigure,
    InvalidValue,
    MissingSource,
    NotFound,
    NotInForce,
    UnitError,
    UnknownArea,
    UnknownColumn,
    Unreadable,
)
from bucks_cs.frames.engine import Engine
from bucks_cs.indicators import Interval, Reading, Withheld
from bucks_cs.interchange import from_json, from_toml, to_json, to_toml
from bucks_cs.periods import FinancialYear, Month, Snapshot
from bucks_cs.provenance import NoOfficialSource, Source
from bucks_cs.readings import Readings
from bucks_cs.testing import as_engine
from bucks_cs.units import quantity

MADE_UP = NoOfficialSource(reason="made up for a test")
SEN2_2025 = dt.date(2025, 1, 16)
TOKEN = "Zq7SECRETzq7"
NEEDS = ("SPLD", "MLD", "SLD", "PMLD", "SEMH", "SLCN", "HI", "VI", "MSI", "PD", "ASD", "OTH")
"""The columns number_* of sen_needs_all_plans.csv, in the order of the guide to SEN2."""
ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]


def cohort(**fields):
    """A cohort of ten plans in Buckinghamshire on the survey day of 2025, unless told otherwise."""
    return EHCPCohort(**{"area": "825", "at": SEN2_2025, "total": 10, "source": MADE_UP} | fields)


# Codes


def test_the_needs_are_those_of_the_return_each_with_its_meaning():
    """Twelve since plans began, and Down Syndrome from the survey day of 2025; NSA is none of them."""
    assert tuple(need.value for need in PrimaryNeed.in_force(dt.date(2024, 1, 18))) == NEEDS
    assert {need.value for need in PrimaryNeed} == {*NEEDS, "DS"}
    assert set(PrimaryNeed.in_force(SEN2_2025)) == set(PrimaryNeed)
    assert (PrimaryNeed.SLD.meaning, PrimaryNeed.SPLD.meaning) == ("Severe learning difficulty", "Specific learning difficulty")
    assert all(need.meaning for need in PrimaryNeed)
    assert {need: need.published_as for need in PrimaryNeed if need.published_as is not need} == {PrimaryNeed.DS: PrimaryNeed.OTH}


@pytest.mark.parametrize("code", ["NSA", "BESD", "", "N1", TOKEN, None, 4])
def test_an_unknown_need_is_refused_and_not_repeated(code):
    """NSA is known not to be one, and that is said."""
    with pytest.raises(InvalidValue) as caught:
        PrimaryNeed.read(code)
    assert TOKEN not in str(caught.value)
    assert ("school census" in str(caught.value)) == (code == "NSA")
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


def test_a_need_of_another_year_is_refused_the_day_before_it_holds():
    """DS, by itself and in a cohort; a month that reaches the survey day has it."""
    assert PrimaryNeed.read("ds", on=SEN2_2025) is PrimaryNeed.DS
    with pytest.raises(InvalidValue, match="of another year") as caught:
        PrimaryNeed.read("DS", on=dt.date(2025, 1, 15))
    assert "DS," not in str(caught.value).replace("PD, ASD", "")
    for day in (dt.date(2025, 1, 15), Month("December 2024")):
        with pytest.raises(InvalidValue, match="of another year"):
            cohort(at=day, by_primary_need={"DS": 10})
    assert cohort(at=Month("January 2025"), by_primary_need={"DS": 10}).by_primary_need[PrimaryNeed.DS] == quantity(10, "plan")


@pytest.mark.parametrize("age", range(26))
def test_every_age_has_one_phase(age):
    """Reception at 4, year 7 at 11, year 12 at 16, and 19 to 25."""
    expected = (
        "early years" if age < 4 else "primary" if age < 11 else "secondary" if age < 16 else "post-16" if age < 19 else "post-19"
    )
    assert Phase.of_age(age).value == expected
    assert [phase for phase in Phase if age in phase.ages] == [Phase.of_age(age)]


@pytest.mark.parametrize("age", [-1, 26, 4.0, "4", None, True])
def test_what_is_no_age_has_no_phase(age):
    """A float, a text and a bool are no ages either."""
    with pytest.raises(InvalidValue, match="0 to 25"):
        Phase.of_age(age)


# Parts and wholes


def test_parts_that_make_the_whole_are_kept_in_the_order_of_the_guide():
    """However they were given, by code, by need, as numbers or as quantities."""
    made = cohort(by_primary_need={"ASD": quantity(4, "plan"), PrimaryNeed.SPLD: 3, "slcn": 2.0, None: 1})
    assert list(made.by_primary_need) == [PrimaryNeed.SPLD, PrimaryNeed.SLCN, PrimaryNeed.ASD, Rest.NOT_RECORDED]
    assert [part.magnitude for _, part in made.by_primary_need.items()] == [3, 2, 4, 1]
    assert made.by_primary_need.get(PrimaryNeed.HI) is None
    with pytest.raises(NotFound):
        made.by_primary_need[PrimaryNeed.HI]
    assert made == cohort(by_primary_need={"not recorded": 1, "SLCN": 2, "ASD": 4, "SPLD": 3})


def test_parts_above_the_whole_are_refused_with_counts():
    """How many they come to, how many too many, out of how many."""
    with pytest.raises(ImpossibleFigure, match=r"the parts come to 12 plans, 2 above the whole of 10") as caught:
        cohort(by_locality={TOKEN: 7, "Wycombe": 5})
    assert TOKEN not in f"{caught.value!r}{caught.value.args}"


def test_a_rest_without_a_name_is_refused_with_counts_and_one_with_a_name_is_kept():
    """Not recorded and not given are two things."""
    with pytest.raises(InvalidValue, match=r"3 of 10 are in none of them.*Rest.NOT_RECORDED or Rest.NOT_GIVEN"):
        cohort(by_phase={"primary": 7})
    for rest in Rest:
        kept = cohort(by_phase={"primary": 7, rest: 3})
        assert list(kept.by_phase) == [Phase.PRIMARY, rest]
        assert dict(kept.by_phase.named.items()) == {Phase.PRIMARY: quantity(7, "plan")}
        assert kept == cohort(by_phase={"Primary ": 7, rest.value: 3})


def test_the_same_part_twice_is_refused():
    """As a code and as a need."""
    with pytest.raises(InvalidValue, match="each part once"):
        cohort(by_primary_need={"ASD": 5, PrimaryNeed.ASD: 5})


def test_every_breakdown_takes_its_own_kind_of_part():
    """Six breakdowns of one cohort, ages with an open bottom."""
    made = cohort(
        by_primary_need={"ASD": 10},
        by_phase={"early years": 4, "post 16": 6},
        by_age={"under 3": 1, "age 3": 2, 10: 3, 9: 3, None: 1},
        by_age_band={"under 5": 4, "5 to 10": 6},
        by_setting={"Mainstream - academy": 10},
        by_locality={"Wycombe": 6, "Aylesbury": 4},
    )
    assert made.breakdowns == BREAKDOWNS
    assert list(made.by_age) == ["under 3", 3, 9, 10, Rest.NOT_RECORDED]
    assert list(made.by_locality) == ["Aylesbury", "Wycombe"]
    with pytest.raises(UnknownColumn):
        made.parts("team")


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"source": None}, MissingSource),
        ({"source": "the report"}, MissingSource),
        ({"area": TOKEN}, UnknownArea),
        ({"area": None}, InvalidValue),
        ({"area": "839", "at": dt.date(2019, 3, 31)}, NotInForce),
        ({"at": TOKEN}, InvalidValue),
        ({"at": dt.datetime(2025, 1, 16, 9)}, InvalidValue),
        ({"at": FinancialYear("2022-23")}, InvalidValue),
        ({"at": dt.date(2014, 8, 31), "by_primary_need": {"ASD": 10}}, NotInForce),
        ({"total": -1}, ImpossibleFigure),
        ({"total": 1.5}, InvalidValue),
        ({"total": float("nan")}, InvalidValue),
        ({"total": float("inf")}, InvalidValue),
        ({"total": 10**400}, InvalidValue),
        ({"total": TOKEN}, InvalidValue),
        ({"total": True}, InvalidValue),
        ({"total": None}, InvalidValue),
        ({"total": quantity(10, "child")}, UnitError),
        ({"by_primary_need": {TOKEN: 10}}, InvalidValue),
        ({"by_primary_need": [("ASD", 10)]}, InvalidValue),
        ({"by_primary_need": {"ASD": TOKEN}}, InvalidValue),
        ({"by_primary_need": {"ASD": 11, "OTH": -1}}, ImpossibleFigure),
        ({"by_phase": {TOKEN: 10}}, InvalidValue),
        ({"by_age": {26: 10}}, InvalidValue),
        ({"by_age": {True: 10}}, InvalidValue),
        ({"by_age": {TOKEN: 10}}, InvalidValue),
        ({"by_locality": {" ": 10}}, InvalidValue),
        ({"by_locality": {4: 10}}, InvalidValue),
        ({"note": 4}, InvalidValue),
    ],
)
def test_what_cannot_be_is_refused_by_name_and_nothing_of_it_is_repeated(fields, error):
    """Each kind of trouble with its own error, none from an error within."""
    with pytest.raises(error) as caught:
        cohort(**fields)
    assert TOKEN not in f"{caught.value!s}{caught.value!r}{caught.value.args}"
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)
    assert isinstance(caught.value, BucksError)


def test_no_source_given_at_all_is_a_missing_source():
    """And no TypeError."""
    with pytest.raises(MissingSource):
        EHCPCohort(area="825", at=SEN2_2025, total=10)


# An object among objects


def test_a_cohort_cannot_be_changed_and_is_one_with_its_copy():
    """Equal, hashed alike, pickled without loss, in a set once."""
    made = cohort(by_primary_need={"ASD": 6, None: 4}, by_age={4: 10})
    copy = pickle.loads(pickle.dumps(made))
    assert copy == made
    assert hash(copy) == hash(made)
    assert len({made, copy}) == 1
    assert cohort(by_primary_need={"ASD": 7, None: 3}, by_age={4: 10}) != made
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        made.total = quantity(1, "plan")


def test_it_says_itself_in_a_sentence():
    """On a day or in a month, one plan or several, with the two most frequent needs."""
    needs = cohort(by_primary_need={"ASD": 5, "SLCN": 2, "MLD": 3})
    assert str(needs) == (
        "Buckinghamshire maintained 10 EHC plans on 16 January 2025. The most frequent primary needs were autistic spectrum "
        "disorder (5) and moderate learning difficulty (3). Source: no official source: made up for a test."
    )
    assert str(cohort(at=Month("July 2022"), total=1)).startswith("Buckinghamshire maintained 1 EHC plan in July 2022. Source:")
    page = cohort(by_locality={"<b>": 10}, note="a & b")._repr_html_()
    assert "<caption>EHC plans maintained, Buckinghamshire, 16 January 2025</caption>" in page
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    assert "a &amp; b" in page
    assert "10 (100%)" in page


def test_published_tables_count_down_syndrome_under_other():
    """DS goes to OTH, all else stays."""
    made = cohort(by_primary_need={"DS": 2, "OTH": 1, "ASD": 4, Rest.NOT_GIVEN: 3}).as_published()
    assert made == cohort(by_primary_need={"OTH": 3, "ASD": 4, Rest.NOT_GIVEN: 3})


# To text and back


named = st.one_of(st.none(), st.sampled_from([*NEEDS, "DS"]), st.just("not given"))


@st.composite
def cohorts(draw):
    """Cohorts by need and by age, of a day or a month."""
    by = draw(st.dictionaries(named, st.integers(0, 5_000), min_size=1, max_size=6))
    total = sum(by.values())
    ages = draw(st.lists(st.integers(0, 25), min_size=1, max_size=3, unique=True))
    by_age = dict(zip(ages, [total, *[0] * 25], strict=False))
    at = draw(st.sampled_from([Snapshot(SEN2_2025), Month("July 2025")]))
    source = draw(st.sampled_from([MADE_UP, Source(title="T", publisher="P", date=SEN2_2025, place="x")]))
    return cohort(at=at, total=total, by_primary_need=by, by_age=by_age, source=source, note=draw(st.text(max_size=5)))


@settings(max_examples=40)
@given(cohorts())
def test_a_cohort_goes_to_json_and_toml_and_back(made):
    """Without loss; the parts are readable text."""
    assert from_json(to_json(made), EHCPCohort) == made
    assert from_toml(to_toml(made), EHCPCohort) == made


@settings(max_examples=settings.default.max_examples // 12)
@given(cohorts())
def test_a_cohort_goes_to_readings_and_back(made):
    """Its total and each breakdown, the rest among them."""
    parts = [made.to_readings(), *(made.to_readings(by=name) for name in made.breakdowns)]
    assert EHCPCohort.of(parts, area="825", at=made.at, note=made.note) == made


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        TOKEN,
        '{"bucks_cs": "ehcp_cohort/1"}',
        to_json(cohort()).replace('"total": {', f'"{TOKEN}": 1, "total": {{'),
        to_json(cohort(by_locality={"A": 10})).replace('"plans": 10', f'"plans": "{TOKEN}"'),
        to_json(cohort(by_locality={"A": 10})).replace('"plans": 10', '"plans": 11'),
        to_json(cohort(by_locality={"A": 10})).replace('"part": "A"', f'"part": "A", "{TOKEN}": 1'),
        to_json(cohort(by_primary_need={"ASD": 10})).replace('"part": "ASD"', f'"part": "{TOKEN}"'),
    ],
)
def test_text_that_is_no_cohort_is_refused_and_not_repeated(text):
    """Nothing of it is in the error."""
    with pytest.raises(Unreadable) as caught:
        from_json(text, EHCPCohort)
    assert TOKEN not in f"{caught.value!s}{caught.value!r}"


# Readings


def test_the_readings_of_a_cohort_have_not_recorded_as_null_and_not_given_by_name():
    """One row a part, under the key of the plans counted from rows."""
    found = cohort(by_primary_need={"ASD": 6, None: 3, Rest.NOT_GIVEN: 1}).to_readings(by="primary_need")
    rows = found.to_polars().select("indicator", "area", "primary_need", "period_kind", "value").rows()
    assert sorted(rows, key=str) == sorted(
        [
            ("ehcp.plans", "825", "ASD", "snapshot", 6.0),
            ("ehcp.plans", "825", "not given", "snapshot", 1.0),
            ("ehcp.plans", "825", None, "snapshot", 3.0),
        ],
        key=str,
    )
    assert found.indicators == (PLANS,)
    assert found.source == MADE_UP
    with pytest.raises(InvalidValue, match="by primary_need"):
        cohort(by_primary_need={"ASD": 10}).to_readings(by="phase")
    with pytest.raises(UnknownColumn):
        cohort().to_readings(by="team")


BY_NEED = pl.DataFrame(
    {
        "area": ["825", "825", "826"],
        "primary_need": ["ASD", None, "ASD"],
        "period_kind": "snapshot",
        "period_start": SEN2_2025,
        "period_end": SEN2_2025,
        "indicator": "ehcp.plans",
        "value": [7.0, 3.0, 4.0],
    }
)


def is_read_from(theirs):
    """Whether the cohort of Buckinghamshire is read from a frame, its total added up from the parts."""
    found = Readings.from_frame(theirs, indicators=PLANS, by="primary_need", source=MADE_UP)
    return EHCPCohort.of(found, area="Buckinghamshire", at=SEN2_2025) == cohort(by_primary_need={"ASD": 7, None: 3})


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
def test_a_cohort_is_read_from_readings_of_every_engine(engine):
    """By need, with a null that is not recorded."""
    assert is_read_from(as_engine(BY_NEED, engine))


@pytest.mark.spark
def test_a_cohort_is_read_from_readings_of_spark(spark):
    """The same, where the frame lives in a session."""
    assert is_read_from(as_engine(BY_NEED, Engine.PYSPARK, spark=spark))


def of_own(value=10, **fields):
    """One reading of the caller's own area."""
    return Reading.of(PLANS, value, period=Snapshot(SEN2_2025), **fields)


def test_readings_of_the_callers_own_area_are_taken_for_the_area_asked():
    """Where there are none of that area by name."""
    assert EHCPCohort.of(Readings.of([of_own(source=MADE_UP)]), area=825, at=SEN2_2025) == cohort()
    both = Readings.of([of_own(source=MADE_UP), of_own(3, area="825", source=MADE_UP)])
    assert EHCPCohort.of(both, area=825, at=SEN2_2025).plans == 3


def test_readings_that_make_no_cohort_are_refused():
    """Withheld, without a source, of another date, by something else, twice the same, or no readings."""
    other = attrs.evolve(PLANS, key="ehcp.new_plans")
    total = cohort().to_readings()
    for readings, error in (
        (Readings.of([of_own(Withheld.CONFIDENTIAL, source=MADE_UP)]), InvalidValue),
        (Readings.of([of_own()]), MissingSource),
        (Readings.of([Reading.of(other, 1, period=Snapshot(SEN2_2025))]), NotFound),
        (cohort(at=Month("January 2025")).to_readings(), NotFound),
        (Readings.of([of_own(dims={"team": "A"}, source=MADE_UP)]), InvalidValue),
        (Readings.of([of_own(dims={"phase": "primary", "locality": "A"}, source=MADE_UP)]), InvalidValue),
        ([total, total], InvalidValue),
        ([], InvalidValue),
        ("readings", InvalidValue),
        (None, InvalidValue),
    ):
        with pytest.raises(error):
            EHCPCohort.of(readings, area="825", at=SEN2_2025)
    with pytest.raises(NotFound):
        EHCPCohort.of(total, area="826", at=SEN2_2025)
    with pytest.raises(InvalidValue):
        EHCPCohort.of(total, area="825", at="16 January")
    assert EHCPCohort.of(Readings.of([of_own()]), area="825", at=SEN2_2025, source=MADE_UP) == cohort()
    two = [of_own(6, dims={"phase": "primary"}, source=MADE_UP), of_own(4, dims={"phase": "post-16"})]
    with pytest.raises(MissingSource):
        EHCPCohort.of(Readings.of(two), area="825", at=SEN2_2025)


# An implied cohort


def test_an_implied_cohort_is_a_range_that_goes_to_text_and_readings():
    """Unresolved, with bounds beside it."""
    made = ImpliedCohort(area="825", at=Month("July 2021"), least=5_162, most=5_209, follows_from="a growth", source=MADE_UP)
    assert from_json(to_json(made), ImpliedCohort) == made == from_toml(to_toml(made), ImpliedCohort)
    assert pickle.loads(pickle.dumps(made)) == made
    assert hash(made) == hash(attrs.evolve(made))
    (reading,) = made.to_readings()
    assert (reading.withheld, reading.interval) == (Withheld.UNRESOLVED, Interval.BOUNDS)
    assert (reading.bound("lower"), reading.bound("upper")) == (5_162, 5_209)
    assert [made.holds(plans) for plans in (5_161, 5_162, 5_209, 5_210)] == [False, True, True, False]
    assert made.bounds == (quantity(5_162, "plan"), quantity(5_209, "plan"))
    assert "between 5,162 and 5,209" in made._repr_html_()
    assert "maintained 5,162 EHC plans" in str(attrs.evolve(made, most=5_162))


def test_an_implied_cohort_that_cannot_be_is_refused():
    """Its most below its least, no source, no number."""
    fields = {"area": "825", "at": Month("July 2021"), "least": 5, "most": 6, "follows_from": "x", "source": MADE_UP}
    for changed, error in (
        ({"most": 4}, ImpossibleFigure),
        ({"source": None}, MissingSource),
        ({"least": TOKEN}, InvalidValue),
        ({"area": TOKEN}, UnknownArea),
        ({"at": None}, InvalidValue),
    ):
        with pytest.raises(error) as caught:
            ImpliedCohort(**fields | changed)
        assert TOKEN not in str(caught.value)
    with pytest.raises(InvalidValue):
        ImpliedCohort(**fields).holds(TOKEN)


# Published


def test_every_published_authority_is_a_cohort_by_need(published):
    """DfE's table of January 2025: the thirteen columns make the whole for each authority, its region and England."""
    table = pl.read_csv(published / "ehc_plans" / "sen_needs_all_plans.csv", infer_schema=False)
    table = table.filter(pl.col("breakdown") == "All EHC plans")
    assert table["time_period"].unique().to_list() == ["202425"]
    columns = {f"number_{need.lower()}": need for need in NEEDS} | {"number_need_unknown": None}
    made, incomplete = [], 0
    for row in table.iter_rows(named=True):
        area = row["old_la_code"] or row["region_code"] or row["country_code"]
        needs = {need: int(row[column]) for column, need in columns.items()}
        try:
            made.append(EHCPCohort(area=area, at=SEN2_2025, total=int(row["ehc_plans"]), by_primary_need=needs, source=MADE_UP))
        except (InvalidValue, ImpossibleFigure):
            incomplete += 1
    assert (len(made), incomplete) == (table.height, 0)
    here = next(cohort for cohort in made if cohort.area == "825")
    assert (here.plans, here.by_primary_need[PrimaryNeed.ASD].magnitude) == (7_217, 2_302)
    assert here.by_primary_need[Rest.NOT_RECORDED] == quantity(70, "plan")


def test_published_ages_make_the_whole(published):
    """Buckinghamshire's plans of January 2025 by age: under 3, 3 to 25, and DfE's own total."""
    table = pl.read_csv(published / "ehc_plans" / "caseload.csv", infer_schema=False)
    here = table.filter((pl.col("old_la_code") == "825") & (pl.col("time_period") == "202425"))
    ages = here.filter(pl.col("breakdown_topic") == "Child or young persons age").select("breakdown", "ehcplans").rows()
    made = cohort(total=7_217, by_age={age: int(plans) for age, plans in ages})
    assert list(made.by_age) == ["under 3", *range(3, 26)]


@pytest.mark.parametrize("by", [None, 3, ["primary_need"], b"phase"])
def test_a_breakdown_that_is_no_text_is_refused_by_name(by):
    """Where one is asked for: a cohort's parts, and every calculation that goes by them."""
    earlier, later = (
        EHCPCohort(area="825", at=dt.date(year, 1, 17), total=3, by_phase={"primary": 3}, source=MADE_UP) for year in (2019, 2020)
    )
    for ask in (
        lambda: later.parts(by),
        lambda: growth_by(earlier, later, by=by),
        lambda: share_of_plans(later, by=by),
        lambda: contribution_to_growth(earlier, later, by=by),
    ):
        with pytest.raises(InvalidValue) as refused:
            ask()
        assert refused.value.what == "by"
        assert refused.value.__context__ is None


def test_the_numbers_that_pandas_and_numpy_have_will_do():
    """A column of ages and one of counts, zipped; NaN is what pandas has for an age that is not recorded."""
    rows = pd.DataFrame({"age": [10.0, 11.0, None], "plans": [5, 6, 1]})
    ages = [age if pd.isna(age) else int(age) for age in rows["age"]]
    made = EHCPCohort(
        area=825, at=dt.date(2025, 1, 16), total=rows["plans"].sum(), source=MADE_UP,
        by_age=dict(zip([np.int64(ages[0]), np.int64(ages[1]), ages[2]], rows["plans"], strict=True)),
    )  # fmt: skip
    assert made.by_age.keys() == (10, 11, Rest.NOT_RECORDED)
    assert Phase.of_age(np.int64(11)) is Phase.SECONDARY


def test_an_age_of_very_many_digits_is_no_age():
    """And no error of Python's own."""
    with pytest.raises(InvalidValue) as refused:
        EHCPCohort(area="825", at=dt.date(2025, 1, 16), total=1, by_age={"9" * 5_000: 1}, source=MADE_UP)
    assert "999" not in str(refused.value)
