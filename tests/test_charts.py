"""What holds of every chart: its look, its words for those who do not see it, its picture, and that it asks for nothing."""

from __future__ import annotations

import datetime as dt
import inspect
import os
import re
import socket
import subprocess
import sys
import xml.etree.ElementTree as ET
from functools import partial

import altair as alt
import pytest

from bucks_cs import charts, inspections, record, uasc
from bucks_cs.charts import MOST_SERIES, PALETTE
from bucks_cs.charts.style import DASHES, colours_for, need_few
from bucks_cs.errors import InvalidValue, MissingExtra
from bucks_cs.periods import Month
from made_up_charts import CONTACTS, SHARE, data_of, inspection, readings, series, spec, title_of

TIMES = readings(series(SHARE, [60, 64, None, 70], margin=4), series(SHARE, [50, 51, 52, 53], area="826", margin=4))
GIVEN = {
    "over_time": partial(charts.over_time, TIMES),
    "change": partial(
        charts.change, readings(series(CONTACTS, [9, 5], margin=1), series(CONTACTS, [8, 7], area="826", margin=1))
    ),
    "bars": partial(charts.bars, readings(series(SHARE, [60], margin=4), series(SHARE, [None], area="826"))),
    "growth_by_need": partial(charts.growth_by_need, record.ehcp_cohorts()),
    "savings_profile": partial(charts.savings_profile, record.savings_lines()),
    "inspection_timeline": partial(
        charts.inspection_timeline,
        inspections.timeline(
            [*record.inspection_outcomes(), inspection(dt.date(2025, 3, 1))], interventions=record.interventions()
        ),
    ),
    "pathway": partial(charts.pathway, record.demand().where(period=record.SO_FAR_IN_2022)),
    "threshold_headroom": partial(charts.threshold_headroom, record.unaccompanied_children()),
}
EVERY_CHART = pytest.mark.parametrize("name", GIVEN)
WHITE = 1.0


def luminance(colour):
    """Relative luminance as WCAG 2.2 defines it: linear red, green and blue by 0.2126, 0.7152 and 0.0722."""
    parts = [int(colour.lstrip("#")[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """The contrast of two luminances as WCAG 2.2 defines it, 1 to 21."""
    dark, light = sorted((one, other))
    return (light + 0.05) / (dark + 0.05)


def walked(found, path=()):
    """Every value in a specification with the keys that lead to it; the figures left out."""
    if isinstance(found, dict):
        for key, value in found.items():
            if key not in {"datasets", "data"}:
                yield from walked(value, (*path, key))
    elif isinstance(found, list):
        for value in found:
            yield from walked(value, path)
    else:
        yield path, found


def test_every_chart_of_the_door_is_tried_here():
    """A chart is what takes a headline."""
    takes = {
        name for name in charts.__all__ if "headline" in getattr(inspect.unwrap(getattr(charts, name)), "__annotations__", {})
    }
    assert takes == set(GIVEN)


# Looks


def test_the_colours_are_those_of_the_guidance():
    """Government Analysis Function, the palettes main, main2 and what the others add."""
    assert list(PALETTE.values()) == ["#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1"]
    assert colours_for(1) == ["#12436D"]
    assert colours_for(2) == ["#12436D", "#F46A25"]
    assert colours_for(4) == ["#12436D", "#28A197", "#801650", "#F46A25"]
    assert MOST_SERIES == 4
    with pytest.raises(TypeError):
        PALETTE["dark blue"] = "#000000"


def test_two_bars_side_by_side_are_told_apart_in_greyscale():
    """Dark blue and orange are 3:1 apart in luminance, which is what remains of them without colour."""
    one, other = map(luminance, colours_for(2))
    assert contrast(one, other) >= 3
    chart = spec(GIVEN["change"]())
    bar = next(layer for layer in chart["layer"] if layer["mark"]["type"] == "bar")
    assert bar["encoding"]["color"]["scale"]["range"] == colours_for(2)


def test_each_colour_stands_out_from_the_paper():
    """3:1 with white, as WCAG 2.2 asks of graphics (1.4.11); the dashes do the rest for lines."""
    # Orange is 2.97, as the guidance has it: it is never the only thing that tells a line from another.
    assert min(round(contrast(luminance(colour), WHITE), 2) for colour in PALETTE.values()) >= 2.97
    assert len({tuple(dash) for dash in DASHES}) == MOST_SERIES


@EVERY_CHART
def test_every_word_has_enough_contrast_with_white(name):
    """4.5:1, as WCAG 2.2 asks of text (1.4.3): of marks, of axes and of titles; none is in the colour of a series."""
    made = spec(GIVEN[name]())
    words = [layer for layer in made["layer"] if layer["mark"]["type"] == "text"]
    assert words
    assert not [layer for layer in words if "color" in layer["encoding"]]
    colours = {layer["mark"]["color"] for layer in words}
    colours |= {value for path, value in walked(made["config"]) if path[-1] in {"labelColor", "titleColor", "subtitleColor"}}
    colours |= {made["config"]["title"]["color"]}
    assert min(contrast(luminance(colour), WHITE) for colour in colours) >= 4.5


@EVERY_CHART
def test_all_text_is_level_and_there_is_no_legend(name):
    """Words stand beside what they are of."""
    made = spec(GIVEN[name]())
    assert not [value for path, value in walked(made) if path[-1].casefold().endswith("angle") and value != 0]
    assert not [path for path, value in walked(made) if path[-1] == "legend" and value is not None]
    assert made["config"]["axisX"]["labelAngle"] == made["config"]["axisY"]["titleAngle"] == 0


@EVERY_CHART
def test_bars_stand_on_zero(name):
    """No bar is cut off at its foot."""
    made = spec(GIVEN[name]())
    for layer in made["layer"]:
        if layer["mark"]["type"] == "bar":
            low, high = layer["encoding"]["x"]["scale"]["domain"]
            assert low <= 0 <= high


@EVERY_CHART
def test_a_chart_has_a_headline_a_subtitle_and_words_of_its_own_figures(name):
    """All three, and it keeps altair's own schema."""
    chart = GIVEN[name]()
    chart.to_dict()
    headline, subtitle = title_of(chart)
    assert headline
    assert subtitle
    assert re.search(r"\d", charts.alt_text(chart))
    assert charts.alt_text(chart).endswith(".")
    assert max(map(len, spec(chart)["title"]["text"])) <= 62


@pytest.mark.parametrize("what", ["headline", "subtitle"])
@EVERY_CHART
def test_a_title_that_is_no_words_is_refused_by_name(name, what):
    """By every chart, and None is what writes it."""
    for given in (5, 0, "", " ", ["a"]):
        with pytest.raises(InvalidValue, match=f"{what}: expected words") as caught:
            GIVEN[name](**{what: given})
        assert caught.value.__context__ is None
    assert title_of(GIVEN[name](**{what: None})) == title_of(GIVEN[name]())
    assert title_of(GIVEN[name](**{what: "Ours"}))[what == "subtitle"] == "Ours"


def test_more_series_than_a_reader_can_tell_apart_are_refused_by_name():
    """Five."""
    with pytest.raises(InvalidValue, match=r"areas: expected 4 series or fewer.*there are 5"):
        need_few(5, what="areas")
    need_few(4, what="areas")


# A chart is altair's


def test_a_chart_can_be_changed_and_added_to():
    """Another width, another title, and a line of one's own on top."""
    chart = GIVEN["over_time"]()
    aim = alt.Chart(alt.Data(values=[{"value": 65}])).mark_rule(color="#801650").encode(y="value:Q")
    wider = (chart + aim).properties(width=900)
    assert isinstance(chart, alt.LayerChart)
    assert spec(wider)["width"] == 900
    assert len(spec(wider)["layer"]) == len(spec(chart)["layer"]) + 1
    assert charts.alt_text(wider) == charts.alt_text(chart)
    assert 'stroke="#801650"' in charts.svg(wider, name="with-an-aim")


def test_altairs_own_theme_is_left_alone():
    """Before and after, and in a chart of one's own."""
    before = alt.theme.active, alt.theme.names()
    own = alt.Chart(alt.Data(values=[{"a": 1}])).mark_point().encode(x="a:Q")
    plain = own.to_dict()
    for draw in GIVEN.values():
        draw()
    assert (alt.theme.active, alt.theme.names()) == before
    assert own.to_dict() == plain


def test_a_chart_of_ones_own_is_drawn_the_same_way():
    """With a title and a description; without the description it is refused."""
    own = alt.Chart(alt.Data(values=[{"a": 1}])).mark_point().encode(x="a:Q").properties(title="One & two", description="Words <")
    assert charts.alt_text(own) == "Words <"
    assert '<title id="own-title">One &amp; two</title><desc id="own-words">Words &lt;</desc>' in charts.svg(own, name="own")
    with pytest.raises(InvalidValue, match="description"):
        charts.svg(alt.Chart(alt.Data(values=[])).mark_point(), name="own")


# Pictures


@pytest.fixture
def no_network(monkeypatch):
    """Any socket is an error."""

    def refuse(*_args, **_kwargs):
        raise AssertionError("something asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@EVERY_CHART
def test_the_picture_has_a_name_and_a_description_and_asks_for_nothing(name, no_network):
    """One picture to a screen reader; no address in it but the names of its own language."""
    chart = GIVEN[name]()
    slug = name.replace("_", "-")
    drawn = charts.svg(chart, name=slug)
    root = ET.fromstring(drawn)
    space = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img"
    headline, words = root.find(f"{space}title"), root.find(f"{space}desc")
    assert (headline.get("id"), words.get("id")) == (root.get("aria-labelledby"), root.get("aria-describedby"))
    assert (headline.text, words.text) == (title_of(chart)[0], charts.alt_text(chart))
    assert set(re.findall(r"https?://[^\"' ]+", drawn)) <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert not re.search(r"<(image|script|style|foreignObject|a)\b", drawn)
    assert "aria-roledescription" not in drawn


ODD_WORDS = (
    'teams & <b>"A"</b>', ' id="x" role="y" href="#z" ="url(#w)', "<title>it's</title>", "two\nlines", "W" * 90,
    "\u05d0\u05d1\u05d2 team",
)  # fmt: skip


@pytest.mark.parametrize("odd", ODD_WORDS)
@pytest.mark.parametrize("draw", [charts.over_time, charts.change])
def test_words_that_look_like_markup_stay_the_words_they_are(draw, odd):
    """A headline, a subtitle and the name of a team: in the picture, in its name, and in the page around it."""
    found = readings(series(CONTACTS, [1, 2], team=odd), series(CONTACTS, [2, 4], team="Blue"))
    chart = draw(found, headline=f"Headline {odd}", subtitle=f"Subtitle {odd}")
    whole = charts.figure(chart, name="a", table=found)
    root = ET.fromstring(whole.replace("&nbsp;", " "))
    picture = next(root.iter("{http://www.w3.org/2000/svg}svg"))
    drawn = "".join("".join(picture.itertext()).split())
    for words in (f"Headline {odd}", f"Subtitle {odd}", odd):
        assert "".join(words.split()) in drawn
    assert picture.find("{http://www.w3.org/2000/svg}title").text == title_of(chart)[0]
    assert odd in [cell.text for cell in root.iter("th")]
    assert all(each.get("id", "a-").startswith("a-") for each in picture.iter())


@pytest.mark.parametrize("odd", ["\x00", "\x1b", "\ud800", "\uffff"])
def test_a_character_that_no_picture_can_have_is_shown_as_one_that_cannot_be_shown(odd):
    """Over one of them the converter would end the whole process."""
    chart = charts.change(readings(series(CONTACTS, [1, 2])), headline=f"North{odd}South", subtitle=f"East{odd}West")
    drawn = charts.svg(chart, name="a")
    ET.fromstring(drawn)
    assert drawn.count("North\N{REPLACEMENT CHARACTER}South") == 2
    assert "East\N{REPLACEMENT CHARACTER}West" in drawn
    assert odd not in drawn


def test_the_same_chart_gives_the_same_bytes():
    """One picture of it is one file."""
    made = GIVEN["inspection_timeline"]
    assert charts.svg(made(), name="a") == charts.svg(made(), name="a")


@pytest.mark.long
def test_the_same_chart_gives_the_same_bytes_in_another_process():
    """In another time zone, and with other hashes."""
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from test_charts import GIVEN, charts\n"
        "sys.stdout.buffer.write(charts.svg(GIVEN['inspection_timeline'](), name='a').encode())"
    )
    env = os.environ | {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7"}
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    elsewhere = subprocess.run([sys.executable, "-c", code], env=env, cwd=root, capture_output=True, check=True).stdout.decode()
    assert charts.svg(GIVEN["inspection_timeline"](), name="a") == elsewhere


def test_two_figures_on_a_page_share_no_id():
    """And what an id is used for is found under it."""
    clipped = (
        alt.Chart(alt.Data(values=[{"a": 1}])).mark_point(clip=True).encode(x="a:Q").properties(title="T", description="Words")
    )
    page = charts.figure(clipped, name="one", table="<p>a</p>") + charts.figure(clipped, name="two", table="<p>a</p>")
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(set(ids)) == len(ids) >= 6
    used = re.findall(r"url\(#([^)]+)\)", page) + re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', page)
    assert any("clip" in each for each in used)
    assert set(used) <= set(ids)


def test_a_figure_has_its_table_behind_it():
    """Readings as their own table; a text as it is; none leaves it out."""
    chart = charts.over_time(TIMES)
    whole = charts.figure(chart, name="share", table=TIMES)
    ET.fromstring(re.sub(r"&nbsp;", " ", whole))
    assert whole.startswith('<figure class="chart" id="share">')
    assert "<details><summary>The figures: Seen in time" in whole
    assert "<caption>" in whole
    assert whole.count('tabindex="0"') == 2
    assert "<p>mine</p>" in charts.figure(chart, name="share", table="<p>mine</p>")
    assert "<details>" not in charts.figure(chart, name="share")


def test_the_table_behind_a_figure_has_every_reading_by_the_name_of_its_area():
    """Sixty points, and sixty rows, though a notebook shows fifty."""
    months = [Month.of(2015 + n // 12, n % 12 + 1) for n in range(60)]
    sixty = readings(series(CONTACTS, list(range(100, 160)), periods=months))
    whole = charts.figure(charts.over_time(sixty), name="sixty", table=sixty)
    assert [f"<td>{n}</td>" in whole for n in range(100, 160)] == [True] * 60
    assert "not shown" not in whole
    assert '<th scope="row">Buckinghamshire (825)</th>' in whole


def test_a_picture_in_pixels_is_as_large_as_is_asked():
    """The width and height stand in bytes 17 to 24 of a PNG."""
    chart = GIVEN["pathway"]()
    one, two = charts.png(chart, scale=1), charts.png(chart)
    assert one[:8] == b"\x89PNG\r\n\x1a\n"
    sizes = [[int.from_bytes(found[at : at + 4]) for at in (16, 20)] for found in (one, two)]
    assert sizes[1] == pytest.approx([2 * side for side in sizes[0]], abs=2)


@pytest.mark.parametrize("name", [None, 5, "", "Two Words", "1st", 'a"b', "a_b"], ids=repr)
def test_a_name_that_is_no_id_is_refused(name):
    """It stands in the page."""
    with pytest.raises(InvalidValue, match="name: expected small letters"):
        charts.svg(GIVEN["pathway"](), name=name)


@pytest.mark.parametrize("scale", [None, 0, -1, 11, True, "2", float("nan")], ids=repr)
def test_a_scale_that_is_none_is_refused(scale):
    """More than 0, at most 10."""
    with pytest.raises(InvalidValue, match="scale: expected"):
        charts.png(GIVEN["pathway"](), scale=scale)


@pytest.mark.parametrize(
    "given", [None, 5, "chart", {"mark": "bar"}, CONTACTS], ids=["none", "number", "text", "dict", "indicator"]
)
def test_what_is_no_chart_is_refused_by_name(given):
    """By each that takes one."""
    for take in (charts.alt_text, charts.png, lambda it: charts.svg(it, name="a"), lambda it: charts.figure(it, name="a")):
        with pytest.raises(InvalidValue, match="chart: expected an Altair chart") as caught:
            take(given)
        assert caught.value.__context__ is None


@pytest.mark.parametrize("table", [5, [], TIMES.frame], ids=["number", "list", "frame"])
def test_a_table_of_another_kind_is_refused(table):
    """Readings, or HTML."""
    with pytest.raises(InvalidValue, match="table: expected"):
        charts.figure(GIVEN["pathway"](), name="a", table=table)


def test_a_chart_whose_data_are_at_an_address_is_refused_and_nothing_is_asked(no_network):
    """A picture is drawn from what is in the chart."""
    far = alt.Chart("https://example.org/figures.csv").mark_point().encode(x="a:Q").properties(title="T", description="Words")
    with pytest.raises(InvalidValue, match="not at an address") as caught:
        charts.svg(far, name="far")
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


# Light, and without the extra


def said_by(code):
    """What a fresh Python prints."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_importing_the_door_loads_no_altair_and_no_frames():
    """Until a chart is asked for."""
    loaded = said_by("import sys, bucks_cs.charts; bucks_cs.charts.PALETTE; print(*sys.modules)").split()
    assert "bucks_cs.charts" in loaded
    assert not {"altair", "vl_convert", "polars", "pandas", "narwhals", "pyarrow", "great_tables"} & {
        name.split(".")[0] for name in loaded
    }


@pytest.mark.parametrize(("package", "module"), [("altair", "altair"), ("vl-convert-python", "vl_convert")])
def test_without_the_extra_it_says_how_to_get_it(package, module, monkeypatch):
    """Whichever of the two is not there."""
    chart = GIVEN["pathway"]()
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtra, match=r"pip install 'bucks_cs\[charts\]'") as caught:
        charts.svg(chart, name="a") if module == "vl_convert" else GIVEN["over_time"]()
    assert (caught.value.package, caught.value.extra) == (package, "charts")
    assert caught.value.__context__ is None


def test_a_name_the_door_does_not_have_is_an_attribute_error():
    """As of any module; and what it has is listed."""
    with pytest.raises(AttributeError, match="no attribute 'pie'"):
        charts.pie  # noqa: B018
    assert dir(charts) == sorted(charts.__all__)


def test_the_figures_in_a_chart_are_those_of_the_record():
    """The threshold's numbers as printed in paragraph 3.30, and those of uasc.threshold."""
    marked = {row["value"] for row in data_of(GIVEN["threshold_headroom"](), "text") if "value" in row}
    assert marked == {127, 89}
    share = float(uasc.NTS_THRESHOLD.on(dt.date(2022, 10, 11)).m_as("percent"))
    assert f"{share:.2f}% and" in title_of(GIVEN["threshold_headroom"]())[1]
