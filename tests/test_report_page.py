"""The report's page and workbook: nothing asked off the page, every link there, everything in an order that can be followed."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import fastexcel
import polars as pl
import pytest

from bucks_cs.errors import InvalidValue
from bucks_cs.provenance import NoOfficialSource
from bucks_cs.report import (
    Bullets,
    Chapter,
    Definition,
    Drawing,
    Evidence,
    Paragraph,
    Section,
    Subheading,
    Table,
    Update,
    Use,
    Written,
    cabinet_update,
    update_page,
    write_update,
)
from bucks_cs.report.definitions import AUDIT
from bucks_cs.report.sentences import Figure
from bucks_cs.tables import Layout

VOID = {"meta", "link", "img", "br", "hr", "input"}


class Page(HTMLParser):
    """What a page has: its elements in order, with their attributes, and the text of each heading, caption and link."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.open, self.said = [], [], {}
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, len(self.elements) - 1))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        for _, place in self.open:
            self.said[place] = self.said.get(place, "") + data

    def all(self, tag):
        """The attributes and the text of each element of a kind."""
        return [(given, self.said.get(place, "")) for place, (name, given) in enumerate(self.elements) if name == tag]

    @property
    def ids(self):
        return [given["id"] for _, given in self.elements if "id" in given]


@pytest.fixture(scope="module")
def update():
    """The update of October 2022, made once."""
    return cabinet_update()


@pytest.fixture(scope="module")
def html(update):
    """Its page as text."""
    return update_page(update)


@pytest.fixture(scope="module")
def page(html):
    """Its page, parsed."""
    return Page(html)


@pytest.fixture(scope="module")
def written(update, tmp_path_factory):
    """Its files."""
    return write_update(update, tmp_path_factory.mktemp("update"))


def test_the_page_asks_for_nothing(html, page):
    """No script, no picture, sheet or font from elsewhere; a link that a reader may follow asks for nothing by itself."""
    tags = {tag for tag, _ in page.elements}
    assert tags.isdisjoint({"script", "link", "img", "iframe", "object", "embed", "video", "audio", "base", "form"})
    assert not [given for _, given in page.elements if "src" in given or "srcset" in given]
    assert "@import" not in html
    assert re.findall(r"url\((?!#)", html) == []
    elsewhere = [
        (tag, given) for tag, given in page.elements for name in ("href", "xlink:href") if given.get(name, "#")[0] != "#"
    ]
    assert {tag for tag, _ in elsewhere} == {"a"}
    assert all(re.match("https?://", given["href"]) for _, given in elsewhere)


def test_every_id_is_there_once_and_every_link_and_label_leads_to_one(page):
    """Links within the page, and what labels and describes."""
    assert len(set(page.ids)) == len(page.ids)
    known = set(page.ids)
    leads = [given["href"][1:] for given, _ in page.all("a") if given["href"].startswith("#")]
    labels = [
        name
        for _, given in page.elements
        for key in ("aria-labelledby", "aria-describedby")
        for name in given.get(key, "").split()
    ]
    assert set(leads) | set(labels) <= known
    assert len(leads) > 200


def test_the_page_has_its_language_a_skip_link_landmarks_and_headings_in_order(page):
    """One first heading; no level is passed over on the way down."""
    assert page.all("html")[0][0]["lang"] == "en-GB"
    assert page.all("a")[0] == ({"class": "skip", "href": "#content"}, "Skip to the content")
    assert [len(page.all(tag)) for tag in ("header", "main", "footer", "nav")] == [1, 1, 1, 1]
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_contents_lead_to_every_section(update, page):
    """In their order, and the definitions last."""
    place = next(number for number, (tag, _) in enumerate(page.elements) if tag == "nav")
    links = [given["href"] for tag, given in page.elements[place:] if tag == "a"][: len(update.sections) + 1]
    assert links == [f"#{section.key}" for section in update] + ["#definitions"]


def test_every_figure_in_a_sentence_leads_to_what_it_counts_and_who_says_so(update, page):
    """An entry for each definition, with what it counts and by whom it is defined."""
    figures = [given["href"] for given, _ in page.all("a") if given.get("class") == "figure"]
    assert len(figures) == sum(
        len(one.uses) for section in update for one in section.blocks if hasattr(one, "pieces") or hasattr(one, "items")
    ) + sum(len(one.uses) for one in update.introduction)
    entries = {given["id"]: text for given, text in page.all("article")}
    assert {link[1:] for link in figures} <= set(entries)
    assert all("Counts" in text and "Defined by" in text for text in entries.values())
    assert "DfE" in entries["definition-demand-referrals"] or "Department" in entries["definition-demand-referrals"]


def test_a_definition_links_to_its_source_where_it_has_an_address(update, page):
    """As many links as there are addresses, each once an entry."""
    addresses = {source.url for one in update.definitions for source in one.sources if getattr(source, "url", None)}
    linked = {given["href"] for given, _ in page.all("a") if re.match("https?://", given["href"])}
    assert addresses
    assert addresses <= linked


def test_every_chart_is_a_named_picture_with_its_table_behind_it(update, page):
    """Each with a title and a description in words, and its figures in a table that opens."""
    drawn = [one for section in update for one in section.charts]
    pictures = [given for given, _ in page.all("svg") if given.get("role") == "img"]
    assert len(pictures) == len(drawn) == 5
    for one in drawn:
        assert f"{one.name}-title" in page.ids
        assert f"{one.name}-words" in page.ids
        assert f"{one.name}-figures" in page.ids
    assert len(page.all("desc")) == len(drawn)


def test_every_table_has_a_caption_and_headings_for_its_rows_and_columns(page):
    """And scrolls within a region that a keyboard reaches."""
    tables = page.all("table")
    assert len(tables) > 20
    assert len(page.all("caption")) == len(tables)
    assert {given.get("scope") for given, _ in page.all("th")} == {"col", "row"}
    regions = [given for _, given in page.elements if given.get("class") in {"scroll", "picture"}]
    assert all(given.get("tabindex") == "0" and given.get("role") == "region" for given in regions)


def test_the_page_has_a_style_for_print_for_the_dark_and_light_cards_for_charts(html):
    """In one style, which is in the page."""
    assert "@media print" in html
    assert "prefers-color-scheme: dark" in html
    assert re.search(r"\.picture \{ background: #ffffff", html)


def test_what_disagrees_is_said_in_words_and_not_by_colour_alone(page):
    """The word stands in each cell that is coloured."""
    texts = [text for given, text in page.all("td") if "status" in given.get("class", "")]
    assert texts.count("disagrees") == 12
    assert set(texts) <= {"agrees", "disagrees", "cannot check"}


def test_the_page_is_the_same_each_time(update, html):
    """Byte for byte."""
    assert update_page(update) == html


def sheets(path):
    """The names of a workbook's sheets, and each as text."""
    book = fastexcel.read_excel(str(path))
    return {name: book.load_sheet(name, header_row=None, dtypes="string").to_polars() for name in book.sheet_names}


def test_the_workbook_opens_with_cover_contents_notes_and_one_table_a_sheet(update, written):
    """In that order, with the definitions last."""
    names = list(sheets(written.workbook))
    assert [name.lower() for name in names[:3]] == ["cover", "contents", "notes"]
    shown = [one for section in update for one in (*section.tables, *section.charts) if one.layout is not None]
    assert len(names) == 3 + len(shown) + 1
    assert names[3] in {"Demand then and now", "Demand table"}
    assert names[-1] == "Definitions and sources"


def test_the_workbook_has_the_figures_of_the_page(written):
    """The demand table as printed (F135 to F152), and numbers as numbers: 127, 32 and 95 children."""
    found = sheets(written.workbook)
    cells = found["Demand table"].rows()
    assert any({"Contacts", "1,375", "2,088", "52", "51.9", "agrees"} <= set(row) for row in cells)
    headroom = found["Threshold and headroom"].rows()
    assert any({"127", "32", "95"} <= set(row) for row in headroom)
    cover = " ".join(str(cell) for row in found["Cover"].rows() for cell in row)
    assert "Children's Services Update: Buckinghamshire" in cover


def test_no_sheet_is_named_by_half_a_word(update, written):
    """A name is cut between words, abbreviations keep their capitals, and no two are alike."""
    names = list(sheets(written.workbook))
    assert "EHC plans maintained" in names
    assert len({name.lower() for name in names}) == len(names)
    blocks = [one.name for section in update for one in (*section.tables, *section.charts)]
    whole = {word for name in blocks for word in name.split("-")}
    assert {word.lower() for name in names[3:-1] for word in name.split()} <= whole


def test_what_is_folded_on_a_screen_is_printed_and_no_table_is_wider_than_paper(html):
    """The findings of the audit among it; widths that a screen keeps would make a browser print the whole page smaller."""
    printed = html.partition("@media print")[2].partition("</style>")[0]
    assert "::details-content { content-visibility: visible; }" in printed
    assert "td.words, td.long { min-width: 0; }" in printed


def test_the_demand_figures_are_written_beside_the_page(written):
    """As a file of comma-separated values, six rows."""
    assert [path.name for path in written] == ["index.html", "update.xlsx", "demand.csv"]
    assert pl.read_csv(written.figures[0], infer_schema=False).height == 6


def a_table(name="one", **more):
    """A small table."""
    laid = Layout(
        title="<b>",
        keys=("Key",),
        figures=("A (plans)", "B"),
        rows=[("x<y", 1234.5, None), ("z", -2.0, "[c]")],
        marks=(("[c]", "kept back"),),
    )
    return Table(name=name, layout=laid, **more)


def an_update(*blocks):
    """An update of one section."""
    section = Section(key="part", title="A & B", blocks=blocks)
    return Update(title="T", area="A", introduction=(), sections=(section,))


def test_a_table_on_the_page_is_escaped_has_its_decimals_and_names_its_gaps():
    """One decimal where a column has any, a true minus, what a symbol means below, and no blank cell."""
    text = update_page(an_update(a_table()))
    assert "x&lt;y" in text
    assert "&lt;b&gt;" in text
    assert '<td class="number">1,234.5</td><td class="number">[no figure]</td>' in text
    assert '<td class="number">−2.0</td><td class="number">[c]</td>' in text
    assert "[c]: kept back." in text


def test_what_rounds_to_nothing_has_no_minus():
    """As in print: −0.04 to one decimal is 0.0, and −0.4 is −0.4."""
    laid = Layout(title="T", keys=("K",), figures=("A",), rows=[("x", -0.04), ("y", -0.4)], decimals=[(1,), (1,)])
    text = update_page(an_update(Table(name="one", layout=laid)))
    assert re.findall(r'<td class="number">([^<]+)</td>', text) == ["0.0", "−0.4"]


def test_the_row_of_what_disagrees_alone_is_marked():
    """And what agrees is not."""
    rows = [("x", "agrees"), ("y", "disagrees: no averages fit"), ("z", "cannot check")]
    laid = Layout(title="T", keys=("K",), figures=("Finding",), rows=rows)
    text = update_page(an_update(Table(name="one", layout=laid)))
    assert re.findall(r'<tr class="disagrees"><th[^>]*>(.)</th>', text) == ["y"]


def test_two_tables_whose_names_are_cut_to_one_have_sheets_of_their_own(tmp_path):
    """A tab takes 31 characters; and where no figure leads to a definition there is no sheet of them."""
    names = [f"plans-by-primary-need-and-setting-{which}" for which in ("now", "then", "before")]
    files = write_update(an_update(*map(a_table, names)), tmp_path)
    _, _, *sheets = (name for name in fastexcel.read_excel(files.workbook).sheet_names if name != "Notes")
    assert sheets[0] == "Plans by primary need and"
    assert len(sheets) == len(set(sheets)) == 3
    assert max(map(len, sheets)) <= 31


def test_a_folded_table_opens():
    """Its title alone is shown until then."""
    assert "<details><summary>&lt;b&gt;</summary>" in update_page(an_update(a_table(folded=True)))


@pytest.mark.parametrize(
    "build",
    [
        lambda: an_update(a_table(), a_table()),
        lambda: an_update(a_table(), Drawing(name="one", chart=None)),
        lambda: an_update(a_table(name="part")),
        lambda: an_update(a_table(name="Not A Slug")),
        lambda: an_update("words"),
        lambda: Section(key="p q", title="T", blocks=()),
        lambda: Update(title="T", area="A", introduction=(), sections=()),
        lambda: Evidence(title="T", area="A", introduction=(), chapters=()),
        lambda: Evidence(title="T", area="A", introduction=(), chapters=("x",)),
        lambda: Definition(key="k", title=" ", said=(), sources=(NoOfficialSource(reason="r"),)),
        lambda: Definition(key="k", title="t", said=(), sources=()),
        lambda: Definition.of("x"),
        lambda: Definition.of_printed("x"),
        lambda: Use(definition="x"),
        lambda: Subheading(text=5),
        lambda: an_update(a_table()).section("part").at("another"),
        lambda: an_update(a_table()).section("other"),
    ],
)
def test_what_cannot_be_is_refused(build):
    """Two tables of one name, names that are no ids, nothing at all, and parts of another kind."""
    with pytest.raises(InvalidValue) as caught:
        build()
    assert caught.value.__cause__ is None


SOURCE = NoOfficialSource(reason="r")
PARTS = {
    "Bullets.items": lambda part: Bullets(items=part),
    "Chapter.make": lambda part: Chapter(title="T", make=part),
    "Definition.said": lambda part: Definition(key="k", title="t", said=part, sources=(SOURCE,)),
    "Definition.sources": lambda part: Definition(key="k", title="t", said=(), sources=part),
    "Drawing.uses": lambda part: Drawing(name="d", chart=None, uses=part),
    "Evidence.chapters": lambda part: Evidence(title="T", area="A", introduction=(), chapters=part),
    "Evidence.introduction": lambda part: Evidence(title="T", area="A", introduction=part, chapters=()),
    "Paragraph.pieces": lambda part: Paragraph(pieces=part),
    "Section.blocks": lambda part: Section(key="k", title="T", blocks=part),
    "Section.downloads": lambda part: Section(key="k", title="T", blocks=(), downloads=part),
    "Table.uses": lambda part: a_table(uses=part),
    "Update.introduction": lambda part: Update(title="T", area="A", introduction=part, sections=()),
    "Update.sections": lambda part: Update(title="T", area="A", introduction=(), sections=part),
    "Written.figures": lambda part: Written(page=Path("p"), workbook=Path("w"), figures=part),
}
WORDS = {
    "Chapter.title": lambda text: Chapter(title=text, make=list),
    "Definition.title": lambda text: Definition(key="k", title=text, said=(), sources=(SOURCE,)),
    "Evidence.title": lambda text: Evidence(title=text, area="A", introduction=(), chapters=()),
    "Figure.text": lambda text: Figure(text=text, use=Use(definition=AUDIT)),
    "Section.title": lambda text: Section(key="k", title=text, blocks=()),
    "Subheading.text": lambda text: Subheading(text=text),
    "Update.area": lambda text: Update(title="T", area=text, introduction=(), sections=()),
}


@pytest.mark.parametrize("part", [None, 3, [3], [None], {"a": 1}, [("a", 3)]])
@pytest.mark.parametrize("what", PARTS)
def test_parts_of_another_kind_are_refused_by_name(what, part):
    """Nothing raw comes of nonsense: one thing where several are wanted, or several of the wrong kind."""
    with pytest.raises(InvalidValue) as caught:
        PARTS[what](part)
    assert caught.value.what == what
    assert caught.value.__context__ is None


@pytest.mark.parametrize("text", [None, 3, "", "  "])
@pytest.mark.parametrize("what", WORDS)
def test_a_heading_or_a_link_without_words_is_refused_by_name(what, text):
    """A screen reader would give nothing for it."""
    with pytest.raises(InvalidValue) as caught:
        WORDS[what](text)
    assert caught.value.what == what


def test_a_figure_leads_to_an_entry_made_by_hand_too():
    """Whoever makes a section of their own has definitions of their own, with where the figure is from."""
    mine = Definition(
        key="my.figure", title="Mine", said=(("Counts", "my things"),), sources=(NoOfficialSource(reason="I say so"),)
    )
    use = Use(definition=mine, source=NoOfficialSource(reason="my file"))
    words = Paragraph(pieces=("There are ", Figure(text="5", use=use), "."))
    made = cabinet_update(
        Evidence(
            title="T",
            area="A",
            introduction=(),
            chapters=(Chapter(title="Part", make=lambda: Section(key="part", title="P", blocks=(words,))),),
        )
    )
    text = update_page(made)
    assert '<a class="figure" href="#definition-my-figure">5</a>' in text
    assert '<article id="definition-my-figure"><h4>Mine</h4>' in text
    assert "Figures here are from" in text
    own = Use(definition=mine, source=mine.sources[0])
    assert "Figures here are from" not in update_page(an_update(a_table(uses=(own,))))


@pytest.mark.parametrize(("title", "within"), [("Re-referrals to DfE", "re-referrals to DfE"), ("EHC plans", "EHC plans")])
def test_a_title_within_a_sentence_begins_small_but_for_a_name_in_capitals(title, within):
    """And what else is in capitals stays so."""
    use = Use(definition=Definition(key="my.figure", title=title, said=(), sources=(SOURCE,)))
    assert f'who says so: <a href="#definition-my-figure">{within}</a>.' in update_page(an_update(a_table(uses=(use,))))
