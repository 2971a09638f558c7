"""Units: people, plans, pounds, weeks, working days, percent and points are not mixed up, and nothing loses its pound."""

from __future__ import annotations

import copy
import math
import pickle
import re
import subprocess
import sys
import time

import pint
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bucks_cs import units
from bucks_cs.errors import InvalidValue, UnitError
from bucks_cs.units import Quantity, Unit, annualise, ends_of, in_unit, quantity, registry, same_dimension, symbol, unit

NAMES = sorted(re.findall(r"^(\w+) =", units._DEFINITIONS.read_text(encoding="utf-8"), re.MULTILINE))
ALIASES = re.findall(r"^(\w+) = .*= _ = (\w+)$", units._DEFINITIONS.read_text(encoding="utf-8"), re.MULTILINE)
# Each kind with the units of it, written out here and not read from the library.
KINDS = [
    *([name] for name in ("child", "pupil", "plan", "case", "contact", "referral", "assessment", "conference", "enquiry")),
    *([name] for name in ("request", "review")),
    *([name] for name in ("place", "school", "home", "team", "worker", "visit", "recommendation", "action", "grade")),
    *([name] for name in ("person", "centre", "notice", "order")),
    *(["FTE"], ["GBP"], ["day", "week"], ["working_day"], ["month", "year"], ["percentage_point"]),
    ["percent", "per_1_000", "per_10_000"],
]
FINITE = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12)


def refused(call, kind=UnitError):
    """The error of ours that a call raises, with nothing behind it."""
    with pytest.raises(kind) as caught:
        call()
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)
    return caught.value


# Which units there are


def test_every_unit_of_the_registry_is_in_one_of_the_kinds_of_this_file():
    """So that the tests of pairs below leave none out."""
    assert sorted(name for kind in KINDS for name in kind) == NAMES


@pytest.mark.parametrize("text", ["pct", "K", "m", "pp", "s", "kg", "second", "hour", "metre", "radian", "count", "degC", "bit"])
def test_nothing_of_physics_is_known(text):
    """In pint's own registry pct is picocarat, K is kelvin: here a slip is an error."""
    assert str(refused(lambda: unit(text))).startswith(f"unknown unit: a text of {len(text)} character")


@pytest.mark.parametrize("text", ["kGBP", "megaday", "delta_day", "nochild", "dayweek", "Child", "gbp", "[child]"])
def test_there_are_no_prefixes_and_no_near_enough(text):
    """A thousand pounds is 1,000 pounds, and case matters."""
    refused(lambda: unit(text))


@pytest.mark.parametrize(
    "text", ["", " ", "1", "2", "3 GBP", "GBP*2", "5/week", "GBP/0", "child-plan", "child+plan", "GBP GBP", "(GBP)", "/week"]
)
def test_a_unit_has_no_number_and_no_sum_in_it(text):
    """Names, products, ratios and powers only."""
    refused(lambda: unit(text))


def test_a_unit_that_would_take_for_ever_to_work_out_is_refused_at_once():
    """pint works out any arithmetic it is given, and 9**9**9 has 370 million digits: in a process of its own, with a limit."""
    code = (
        "from bucks_cs.units import unit, quantity; from bucks_cs.errors import UnitError\n"
        "for call in (lambda: unit('9**9**9'), lambda: quantity('9**9**9 GBP'), lambda: unit('GBP**99999999')):\n"
        "    try: call()\n"
        "    except UnitError: print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["refused"] * 3


def test_what_is_not_text_is_no_unit():
    """Such as a unit left out."""
    refused(lambda: unit(None), InvalidValue)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("£", "GBP"), ("£/week", "GBP / week"), ("£ per week", "GBP / week"), ("£ a week", "GBP / week"), ("%", "percent"),
        ("per cent", "percent"), ("working day", "working_day"), ("working days", "working_day"),
        ("percentage points", "percentage_point"), ("referrals a month", "referral / month"), ("cases per FTE", "case / FTE"),
        ("cases/fte", "case / FTE"), ("children", "child"), ("per_10k", "per_10_000"), ("1/week", "1 / week"),
        ("£/week/child", "GBP / child / week"), ("FTE*week", "FTE * week"), (" week ", "week"),
    ],
)
def test_a_unit_is_read_as_people_write_it(written, name):
    """Each has the one name of the registry."""
    assert str(unit(written)) == name


@pytest.mark.parametrize(("name", "alias"), ALIASES)
def test_a_plural_is_the_same_unit(name, alias):
    """As each is defined."""
    assert unit(alias) == unit(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_a_unit_reads_back(name):
    """By itself, and a week of it and a child of it."""
    for text in (name, f"{name}/week", f"{name}/child", f"{name}**2"):
        assert unit(str(unit(text))) == unit(text)


# Kinds are not mixed up


@pytest.mark.parametrize("one", NAMES)
@pytest.mark.parametrize("other", NAMES)
def test_a_unit_goes_with_its_own_kind_and_no_other(one, other):
    """same_dimension says so, in_unit refuses, and the two neither add, compare nor equal: a week is no working day."""
    together = any(one in kind and other in kind for kind in KINDS)
    assert same_dimension(one, other) is together
    left, right = quantity(3, one), quantity(3, other)
    if together:
        assert in_unit(left, other) == pytest.approx(in_unit(left + left, other) / 2)
        assert left - left < right
    else:
        assert str(refused(lambda: in_unit(left, other))) == f"{one} cannot be turned into {other}."
        assert left != right
        for sum_ in (lambda: left + right, lambda: left - right, lambda: left < right):
            with pytest.raises(pint.DimensionalityError):
                sum_()


@pytest.mark.parametrize("name", [kind[0] for kind in KINDS if kind[0] != "percent"])
def test_nothing_counted_is_the_number_one(name):
    """A number alone is neither added to a count nor equal to one. Nothing is nothing of any kind, so that sum() works."""
    assert quantity(1, name) != 1
    assert quantity(0, name) == 0
    assert sum([quantity(1, name), quantity(2, name)]) == quantity(3, name)
    assert not quantity(1, name).unitless
    assert not same_dimension(name, "percent")
    with pytest.raises(pint.DimensionalityError):
        quantity(1, name) + 1


@pytest.mark.parametrize("ratio", ["case/child", "plan/child", "child/plan", "case/FTE"])
def test_a_ratio_of_two_things_is_no_pure_number(ratio):
    """Cases per worker are not a share, and do not turn into percent."""
    assert not same_dimension(ratio, "percent")
    refused(lambda: in_unit(quantity(1.5, ratio), "percent"))


def test_a_percent_plus_points_is_refused_by_an_error_that_names_units_and_no_number():
    """The error of plain ``+`` is pint's own, which is a TypeError: it may name units, since those are no cells."""
    with pytest.raises(pint.DimensionalityError) as caught:
        quantity(41.73, "percent") + quantity(10.19, "percentage_point")
    assert isinstance(caught.value, TypeError)
    assert str(caught.value) == "Cannot convert from 'percent' (dimensionless) to 'percentage_point' ([percentage_point])"
    assert not re.search("41|10|73|19", str(caught.value) + repr(caught.value.args))


def test_half_the_children_is_50_percent_and_5000_per_10000():
    """Shares and rates are pure numbers, and turn into one another: 1/2 = 50/100 = 5,000/10,000."""
    half = quantity(1, "child") / quantity(2, "child")
    assert in_unit(half, "percent") == pytest.approx(50)
    assert in_unit(half, "per_1_000") == pytest.approx(500)
    assert in_unit(half, "per_10_000") == pytest.approx(5000)


def test_a_week_is_seven_days_and_a_year_twelve_months():
    """The only two that are certain."""
    assert in_unit(quantity(1, "week"), "day") == 7
    assert in_unit(quantity(2, "year"), "month") == 24
    assert quantity(1, "week") == quantity(7, "day")
    assert hash(quantity(1, "week")) == hash(quantity(7, "day"))


PAIRS = [("day", "week"), ("month", "year"), ("percent", "per_10_000"), ("GBP/week", "GBP/day")]


@given(number=FINITE, pair=st.sampled_from(PAIRS))
def test_turning_a_unit_into_another_and_back_gives_the_same_number(number, pair):
    """To within the rounding of floats."""
    one, other = pair
    there = in_unit(quantity(number, one), other)
    assert math.isclose(in_unit(quantity(there, other), one), number, rel_tol=1e-12, abs_tol=1e-300)
    assert in_unit(quantity(number, one), one) == number


def test_redefinition_raises():
    """Neither a unit of ours nor its alias can be given another meaning."""
    for text in ("child = [place]", "child = 1", "week = 5 * day", "GBP = [money]"):
        with pytest.raises(pint.RedefinitionError):
            registry.define(text)
    assert in_unit(quantity(1, "week"), "day") == 7


# Reading


@pytest.mark.parametrize(
    ("text", "number", "name"),
    [
        ("£7000/week", 7000, "GBP/week"), ("£7,000/week", 7000, "GBP/week"), ("£7,000 a week", 7000, "GBP/week"),
        ("£7,000 per week", 7000, "GBP/week"), ("7000 £/week", 7000, "GBP/week"), ("£1,325", 1325, "GBP"),
        ("1,325 GBP", 1325, "GBP"), ("£1,325.50", 1325.5, "GBP"), ("£12,345,678", 12_345_678, "GBP"), ("£ 5", 5, "GBP"),
        ("-£332,000", -332_000, "GBP"), ("−£332,000", -332_000, "GBP"), ("–£332,000", -332_000, "GBP"), ("£-5", -5, "GBP"),
        ("£−5", -5, "GBP"), ("+£5", 5, "GBP"), ("-5 GBP", -5, "GBP"), ("52%", 52, "percent"), ("52 %", 52, "percent"),
        ("52 percent", 52, "percent"), ("52 per cent", 52, "percent"), ("-3 percentage points", -3, "percentage_point"),
        ("60.9 per_10_000", 60.9, "per_10_000"), ("15 working_day", 15, "working_day"), ("15 working days", 15, "working_day"),
        ("1 child", 1, "child"), ("12,157 contacts", 12_157, "contact"), ("13 cases per FTE", 13, "case/FTE"),
        ("0 GBP", 0, "GBP"),
        ("1e5 GBP", 100_000, "GBP"), ("1325GBP", 1325, "GBP"), (" 5 plans\n", 5, "plan"),
        ("£7000/week/child", 7000, "GBP/week/child"),
    ],
)
def test_a_number_and_its_unit_are_read_from_text(text, number, name):
    """As councils write them: the pound, the thousands and the minus are kept."""
    read = quantity(text)
    assert read == quantity(number, name)
    assert type(read.magnitude) is float


@pytest.mark.parametrize(
    "text",
    [
        "£1,32", "1,32 GBP", "£1325,000", "£1,3250", "£,325", "£1.325,00", "£1,325,", "£1.2.3", "£1.2m", "£332k", "£332K", "£5bn",
        "£-£5", "-£-5", "(£332)", "£", "GBP", "week", "3", "1,325", "", " ", "nan GBP", "inf GBP", "1e999 GBP", "5 £ 6", "£5 6",
        "2+3 GBP", "2*3 GBP", "2**3 GBP", "1_000 GBP", "5 GBP # note", "5 child + 3 plan", "£5 child", "5 pct", "5 K", "10 m",
        "３ GBP", "£５", "0x10 GBP", "5 GBP;", "about £5", "£5 to £6", "52%%",
    ],
)
def test_a_text_that_is_not_plainly_one_number_and_its_unit_is_refused(text):
    """A comma that parts no thousands, a multiple, a range, arithmetic: never half of it."""
    said = str(refused(lambda: quantity(text)))
    assert text.strip() in {"", "3", "5", "£", "week", "GBP"} or text not in said


@given(pounds=st.integers(-(10**12), 10**12), pence=st.integers(0, 99))
def test_money_with_thousands_parted_is_read_as_it_is_written(pounds, pence):
    """Python's own formatting is the writer."""
    amount = abs(pounds) + pence / 100
    sign = "−" if pounds < 0 else ""
    assert in_unit(quantity(f"{sign}£{amount:,.2f}"), "GBP") == pytest.approx(-amount if pounds < 0 else amount)
    assert in_unit(quantity(f"{sign}£{abs(pounds):,}"), "GBP") == pounds


@given(number=FINITE, name=st.sampled_from(NAMES))
def test_what_a_quantity_prints_reads_back(number, name):
    """Its own text, exactly, whatever the size of the number."""
    assert quantity(str(quantity(number, name))) == quantity(number, name)


@given(text=st.text(max_size=12) | st.text("0123456789,.£%eE-−+/* \n", max_size=12))
def test_any_text_is_read_or_refused_by_our_own_error(text):
    """Nothing of pint's comes out, and no number that is none."""
    try:
        read = quantity(text)
    except UnitError:
        return
    assert math.isfinite(read.magnitude)


@given(text=st.text(max_size=10) | st.text("GBPdayweekchild%£/*^0123456789 .-", max_size=12))
@example(text="%^0")  # a power of none, of which pint raises a KeyError
def test_any_text_is_a_unit_or_refused_by_our_own_error(text):
    """Nothing of pint's comes out."""
    try:
        found = unit(text)
    except UnitError:
        return
    assert isinstance(found, Unit)


@pytest.mark.parametrize("value", [None, True, "a", [1], 1 + 2j])
def test_what_is_no_number_is_refused(value):
    """True is no number of children; text with a unit beside it is told what is wrong."""
    with pytest.raises((InvalidValue, UnitError)):
        quantity(value, "child")


def test_a_number_without_a_unit_is_refused():
    """It is asked for and not taken to be of the unit 1."""
    assert str(refused(lambda: quantity(5))) == "a number needs its unit."


def test_a_whole_number_stays_whole():
    """As it was given."""
    assert type(quantity(12, "working_day").magnitude) is int
    assert str(quantity(12, "working_day")) == "12 working_day"


# By the year


def test_7000_pounds_a_week_is_364000_a_year_of_52_weeks():
    """7,000 x 52 = 364,000; x 53 = 371,000."""
    placement = quantity("£7000/week")
    assert annualise(placement) == quantity(364_000, "GBP/year")
    assert annualise(placement, weeks=53) == quantity(371_000, "GBP/year")
    assert annualise(placement, weeks=52.14) == quantity(7000 * 52.14, "GBP/year")


def test_nothing_else_turns_a_week_into_a_year():
    """pint alone would take 365.25 days a year; here they are two kinds."""
    refused(lambda: in_unit(quantity("£7000/week"), "GBP/year"))
    assert not same_dimension("GBP/week", "GBP/month")


NOT_WEEKLY = ["GBP/day", "GBP/month", "GBP/year", "GBP", "week", "GBP/working_day", "GBP/week**2", "GBP*week", "GBP/week/month"]


@pytest.mark.parametrize("name", [*NOT_WEEKLY, "day/week"])
def test_only_an_amount_per_week_is_made_one_per_year(name):
    """Per day, month or year it is refused, and the unit named."""
    assert str(refused(lambda: annualise(quantity(7000, name)))) == f"{unit(name)} is not an amount per week."


def test_an_amount_per_child_per_week_stays_per_child():
    """Only the week is turned: 100 x 52 = 5,200."""
    assert annualise(quantity("£100/week/child")) == quantity(5200, "GBP/year/child")
    assert annualise(quantity(2, "referral/week"), weeks=50) == quantity(100, "referral/year")


@pytest.mark.parametrize("weeks", [0, -1, 53.01, 365, math.nan, math.inf])
def test_a_year_has_more_than_no_and_at_most_53_weeks(weeks):
    """Days or nonsense given for weeks are refused."""
    refused(lambda: annualise(quantity("£7000/week"), weeks=weeks))


@pytest.mark.parametrize(
    "call", [lambda: annualise(7000), lambda: in_unit(7000, "GBP"), lambda: in_unit(pint.Quantity(1, "day"), "day")]
)
def test_a_number_without_its_unit_or_of_another_registry_is_refused_by_name(call):
    """Not an AttributeError from inside."""
    refused(call, InvalidValue)


# Writing


@pytest.mark.parametrize(
    ("name", "many", "one"),
    [
        ("percent", "%", "%"), ("GBP", "£", "£"), ("per_1_000", "per 1,000", "per 1,000"),
        ("per_10_000", "per 10,000", "per 10,000"),
        ("child", "children", "child"), ("pupil", "pupils", "pupil"), ("plan", "plans", "plan"), ("case", "cases", "case"),
        ("contact", "contacts", "contact"), ("referral", "referrals", "referral"), ("assessment", "assessments", "assessment"),
        ("conference", "conferences", "conference"), ("enquiry", "enquiries", "enquiry"), ("place", "places", "place"),
        ("request", "requests", "request"), ("review", "reviews", "review"),
        ("school", "schools", "school"), ("home", "homes", "home"), ("team", "teams", "team"), ("worker", "workers", "worker"),
        ("visit", "visits", "visit"), ("recommendation", "recommendations", "recommendation"), ("action", "actions", "action"),
        ("person", "people", "person"), ("centre", "centres", "centre"), ("notice", "notices", "notice"),
        ("order", "orders", "order"),
        ("grade", "grades", "grade"), ("FTE", "FTE", "FTE"), ("day", "days", "day"), ("week", "weeks", "week"),
        ("working_day", "working days", "working day"), ("month", "months", "month"), ("year", "years", "year"),
        ("percentage_point", "percentage points", "percentage point"),
        ("referral/month", "referrals a month", "referral a month"),
        ("GBP/week", "£ a week", "£ a week"), ("case/FTE", "cases per FTE", "case per FTE"), ("1/week", "a week", "a week"),
        ("£/week/child", "£ per child a week", "£ per child a week"),
        ("visit/working_day", "visits a working day", "visit a working day"),
        ("dimensionless", "", ""),
    ],
)
def test_a_unit_is_written_in_words(name, many, one):
    """Hand-written: one and many, money by its sign, a ratio with its article."""
    assert symbol(name) == many
    assert symbol(name, singular=True) == one


@pytest.mark.parametrize("name", NAMES)
def test_every_unit_has_words_that_read_back_as_it(name):
    """But for the rates, whose words begin with per."""
    if not name.startswith("per_"):
        assert unit(symbol(name)) == unit(symbol(name, singular=True)) == unit(name)


def test_an_unknown_unit_has_no_symbol():
    """Nothing is made up."""
    refused(lambda: symbol("pct"))


# One registry, and nobody else's


def test_a_quantity_made_by_its_class_is_of_this_registry():
    """By default pint would make it one of the application registry, where a year is 365.25 days."""
    made = Quantity(1, "year")
    assert made == quantity(1, "year")
    assert in_unit(made, "month") == 12
    assert Unit("week") == unit("week")


@pytest.mark.parametrize(
    "value", [quantity(12, "working_day"), quantity("£7,000/week"), quantity(5, "percent") * 2, unit("referral/month")], ids=str
)
def test_a_quantity_survives_pickling_and_copying(value):
    """As itself, of the same registry."""
    for again in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
        assert again == value
        assert str(again) == str(value)
        assert isinstance(again, (Quantity, Unit))
        assert again._REGISTRY is registry


def test_a_quantity_is_read_from_a_pickle_in_a_process_that_never_imported_the_library_and_pint_is_left_as_it_was():
    """The application registry is pint's own before and after, and week there is still pint's."""
    code = (
        "import pickle, sys, pint\n"
        "before = pint.get_application_registry().get()\n"
        "read = pickle.loads(bytes.fromhex(sys.argv[1]))\n"
        "from bucks_cs.units import in_unit, quantity\n"
        "assert pint.get_application_registry().get() is before\n"
        "assert type(before) is pint.UnitRegistry or isinstance(before, pint.registry.LazyRegistry)\n"
        "assert pint.Quantity(1, 'hour').to('second').magnitude == 3600\n"
        "print(in_unit(read, 'day'), in_unit(read + quantity(1, 'day'), 'day'))\n"
    )
    text = pickle.dumps(quantity(2, "week")).hex()
    done = subprocess.run([sys.executable, "-c", code, text], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    assert done.stdout.split() == ["14.0", "15.0"]


def test_a_quantity_of_pints_own_registry_is_not_ours():
    """The two are never taken for one another."""
    assert not isinstance(pint.Quantity(1, "week"), Quantity)
    with pytest.raises(ValueError, match="registr"):
        quantity(1, "week") + pint.Quantity(1, "week")


def test_a_quantity_is_a_range_of_one_and_a_pair_keeps_its_order_in_the_unit_asked_for():
    """Two weeks are 14 days; 0 is let in unless what must be above it is said."""
    assert ends_of(quantity(2, "week"), "day", what="wait") == (14, 14)
    assert ends_of((quantity(7, "day"), quantity(2, "week")), "week", what="wait") == (1, 2)
    assert ends_of(quantity(0, "GBP"), "GBP", what="rate") == (0, 0)
    assert ends_of(quantity(-5, "GBP"), "GBP", what="rate", least=None) == (-5, -5)
    assert ends_of(quantity(0.5, "FTE"), "FTE", what="posts", above=0) == (0.5, 0.5)


WEEK, TWO = quantity(1, "week"), quantity(2, "week")


@pytest.mark.parametrize("given", [None, 5, "2 weeks", [WEEK, TWO], (WEEK,), (WEEK, 2), (WEEK, TWO, TWO), ()])
def test_neither_a_quantity_nor_a_pair_of_them_is_refused_by_the_arguments_name(given):
    """A list is no pair: a tuple is."""
    assert "wait: expected a quantity in week" in str(refused(lambda: ends_of(given, "week", what="wait"), InvalidValue))


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, -0.1])
def test_an_end_that_is_not_finite_or_too_low_is_refused_and_not_repeated(number):
    """By itself, and as either end of a pair; the number is in no message."""
    for wait in (quantity(number, "week"), (quantity(number, "week"), TWO), (WEEK, quantity(number, "week"))):
        said = str(refused(lambda wait=wait: ends_of(wait, "week", what="wait"), InvalidValue))
        assert said == "wait: expected finite numbers of 0 or more, the least before the most."


def test_a_range_the_wrong_way_round_another_unit_and_what_is_not_above_are_refused():
    """Each by an error of ours."""
    refused(lambda: ends_of((TWO, WEEK), "week", what="wait"), InvalidValue)
    refused(lambda: ends_of((WEEK, quantity(2, "month")), "week", what="wait"), UnitError)
    said = str(refused(lambda: ends_of(quantity(0, "week"), "week", what="wait", above=0), InvalidValue))
    assert "above 0" in said
    assert "finite numbers, the" in str(refused(lambda: ends_of((TWO, WEEK), "week", what="x", least=None), InvalidValue))


def test_the_registry_is_built_in_a_moment():
    """6 ms were measured; the bound is far above, so that only a blunder (pint's own definitions) would fail."""
    started = time.perf_counter()
    units._build()
    assert time.perf_counter() - started < 2
