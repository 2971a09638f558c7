"""No number is typed in the report: each comes from a reading, a typed object or a printed figure."""

from __future__ import annotations

import ast
import re

import attrs
import pytest

from bucks_cs import record, uasc
from bucks_cs.errors import InvalidValue
from bucks_cs.indicators import Interval, Reading, Withheld
from bucks_cs.periods import FinancialYear
from bucks_cs.report import Paragraph, cabinet_update, october_2022
from bucks_cs.report.demand_table import HEADINGS
from bucks_cs.report.sections.demand import demand
from bucks_cs.report.sections.ehc_plans import ehc_plans
from bucks_cs.report.sections.unaccompanied import unaccompanied_children
from bucks_cs.report.sentences import amount, counted, paragraph, printed, read, said, span
from bucks_cs.savings import TOTAL_LEVEL
from bucks_cs.units import quantity

NUMBER_WORD = re.compile(
    r"\b(three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|hundred|thousand|million|half|"
    r"quarter|third|double)\b"
)


def literals(path):
    """The texts and the numbers of a module as they are typed, but for docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = [node for node in ast.walk(tree) if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef))]
    docstrings = {id(node.body[0].value) for node in documented if node.body and isinstance(node.body[0], ast.Expr)}
    after_constants = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings | after_constants:
            yield node.value


def modules(root):
    folder = root / "src" / "bucks_cs" / "report"
    return sorted(folder.rglob("*.py"))


def is_reference(text, ids):
    """Whether it names a place in the record, a file of it, or a heading as it is printed, and no figure."""
    headings = [record.figure(f"cabinet-2022-10/3.19/heading-{which}").as_printed for which in ("early-2020", "2022")]
    documents = {one.key for one in record.documents()}
    at_a_place = text in documents or ("/" in text and any(text in one for one in ids))
    as_printed = text in HEADINGS.values() and (text == "% change" or any(text in heading for heading in headings))
    return at_a_place or as_printed or text in HEADINGS


def test_no_text_of_the_report_has_a_number_in_it(root):
    """Every text typed in its modules is parsed: a digit stands in references alone, and no number is written as a word."""
    wrong = []
    of_names = re.compile(r"[a-z_]+/[A-Za-z_0-9*-]+\.(csv|ods)|utf-8(-sig)?|october_2022|Evidence, as report\.october_2022 .*")
    ids = tuple(record.figures()["id"].to_list())
    for path in modules(root):
        markup = path.name in {"page.py", "table_on_a_page.py", "progress.py"}
        for text in literals(path):
            if not isinstance(text, str) or markup:
                continue
            if (
                re.search(r"\d", text)
                and not of_names.fullmatch(text)
                and not is_reference(text, ids)
                and "[a-z" not in text
                and "^a-z" not in text
            ):
                wrong.append((path.name, text))
            if NUMBER_WORD.search(text):
                wrong.append((path.name, text))
    assert not wrong, wrong


def test_the_markup_of_the_page_has_no_number_that_a_reader_sees(root):
    """In what is typed of the page, digits stand in the names of elements and attributes alone."""
    seen = []
    for name in ("page.py", "table_on_a_page.py"):
        for text in literals(root / "src" / "bucks_cs" / "report" / name):
            if isinstance(text, str):
                left = re.sub(r"</?h[1-6]\b|utf-8|initial-scale=1|tabindex=\"0\"|\[−\+-\].*", "", text)
                seen += [text] * bool(re.search(r"\d", left))
    assert seen == []


def test_no_number_is_typed_in_a_section(root):
    """Numbers typed in the sections are places in a list, a count of decimals, and the hundred of a percentage."""
    found = set()
    for path in modules(root):
        if path.parent.name in {"sections", "authority"}:
            found |= {value for value in literals(path) if isinstance(value, (int, float)) and not isinstance(value, bool)}
    assert found <= {0, 1, 2, 3, 100}


@pytest.mark.parametrize("piece", ["In July 5,704 plans", "٣", 5, None])
def test_a_paragraph_takes_no_digit_and_nothing_but_its_pieces(piece):
    """A digit of any script is one; and what is refused is not repeated."""
    with pytest.raises(InvalidValue) as caught:
        Paragraph(pieces=(piece,))
    assert "5,704" not in str(caught.value)


def test_figures_are_written_as_the_library_writes_them():
    """A reading with its unit, a gap by its symbol, a range once with its unit, a printed figure letter for letter."""
    year = FinancialYear("2024-25")
    assert read(Reading.of(TOTAL_LEVEL, 1_342_000.0, period=year)).text == "£1,342,000"
    assert read(Reading.of(TOTAL_LEVEL, Withheld("c"), period=year)).text == "[c]"
    open_to_doubt = Reading.of(TOTAL_LEVEL, Withheld("unresolved"), period=year, lower=2, upper=5, interval=Interval.BOUNDS)
    assert read(open_to_doubt).text == "£2 to £5"
    assert span(quantity(5162, "plan"), quantity(5209, "plan"), of=TOTAL_LEVEL).text == "5,162 to 5,209 plans"
    assert span(quantity(5162, "plan"), quantity(5162, "plan"), of=TOTAL_LEVEL).text == "5,162 plans"
    assert read(Reading.of(TOTAL_LEVEL, Withheld("no_history"), period=year)).text == "[no history]"
    assert amount(quantity(1, "child"), of=uasc.LOOKED_AFTER).text == "1 child"
    assert printed(record.figure("cabinet-2022-10/3.33/decision-now")).text == "over 4 years"
    assert str(paragraph("Of ", counted(6), " ", said(year))) == "Of 6 2024-25"


def test_a_section_follows_its_objects():
    """6,000 plans in place of 5,704, and 41 children in place of 32, whose headroom to 127 is then 86."""
    cohorts = record.ehcp_cohorts()
    more = attrs.evolve(cohorts, cohort=attrs.evolve(cohorts.cohort, total=quantity(6000, "plan")))
    place = "cabinet-minutes-2020-01/vouyioukas-5"
    figures = {"issued_in_time": record.figure(f"{place}/issued-within-20-weeks"), "limit": record.figure(f"{place}/limit")}
    text = ehc_plans(more, audit=record.audit(), **figures).paragraphs[0]
    assert str(text).startswith("In July 2022 Buckinghamshire maintained 6,000 plans.")
    found = record.unaccompanied_children()
    some = attrs.evolve(found, children=attrs.evolve(found.children, under_18=quantity(41, "child")))
    said_of_them = unaccompanied_children(some, audit=record.audit()).text
    assert "supported 41 children" in said_of_them
    assert "leaves 86 children" in said_of_them
    assert " 32 " not in said_of_them


def test_the_demand_section_follows_its_readings():
    """1,500 contacts in place of 2,088 are 9.1% more than 1,375."""
    from bucks_cs.readings import Readings
    from bucks_cs.report import demand_findings

    readings = [
        attrs.evolve(one, value=quantity(1500, "contact"), lower=None, upper=None, interval=None) if one.number == 2088 else one
        for one in record.demand()
    ]
    section = demand(
        Readings.of(readings), demand_findings(), indicators=record.demand_table()["indicator"].to_list(), audit=record.audit(),
        source=record.CABINET_REPORT_OCTOBER_2022,
    )  # fmt: skip
    assert "Contacts: a monthly average of 1,375, then of 1,500: a change of 9.1%" in section.text


def test_an_update_is_the_same_each_time():
    """Nothing of the clock or of chance is in it."""
    first, again = (cabinet_update(october_2022()) for _ in range(2))
    assert [section.text for section in first] == [section.text for section in again]
