"""How charts look: the colours, the type and the axes of the Government Analysis Function's guidance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from bucks_cs.errors import InvalidValue, MissingExtra

if TYPE_CHECKING:
    import altair as alt

__all__ = [
    "MOST_SERIES",
    "PALETTE",
    "Chart",
    "altair",
    "colours_for",
    "finished",
    "need_few",
    "own_words",
    "placed_words",
    "wrapped",
]

Chart: TypeAlias = "alt.LayerChart"
"""What the functions of `bucks_cs.charts` give: an Altair chart of layers, which can be changed and added to like any other."""

PALETTE: Mapping[str, str] = MappingProxyType(
    {
        "dark blue": "#12436D",
        "turquoise": "#28A197",
        "dark pink": "#801650",
        "orange": "#F46A25",
        "dark grey": "#3D3D3D",
        "light purple": "#A285D1",
    }
)
"""The categorical colours of the Government Analysis Function, *Data visualisation: colours in charts*, by their names."""

MOST_SERIES = 4
"""The most series in one chart: the main palette of the guidance, as its R package afcharts has it, ends after four colours.

Not verified on the guidance's own page: that it names four as the most.
"""

# Words are never in the colour of a series: turquoise and orange have too little contrast with white for that.
INK, SOFT, RULE, LINE = "#0B0C0C", "#3D3D3D", "#D9D9D9", "#8C8C8C"
LINE_HEIGHT = 15
FONT = "Arial, 'Liberation Sans', Helvetica, sans-serif"
WIDTH, HEIGHT = 640, 320
# Letters to a line, so that neither title is wider than the chart.
_HEADLINE, _LINE = 62, 88

# The guidance's own: two of them are dark blue and orange, which are far apart in greyscale; more go in this order.
_FOR = {
    1: ("dark blue",),
    2: ("dark blue", "orange"),
    3: ("dark blue", "turquoise", "dark pink"),
    4: ("dark blue", "turquoise", "dark pink", "orange"),
}
DASHES = ([1, 0], [6, 3], [2, 3], [10, 3, 2, 3])
"""How the lines of several series are dashed, so that they are told apart without colour."""


_AXIS = {
    "labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": "normal", "labelColor": INK, "titleColor": INK,
    "gridColor": RULE, "domainColor": LINE, "tickColor": LINE, "labelLimit": 320,
}  # fmt: skip
_CONFIG: dict[str, Any] = {
    "font": FONT,
    "background": "white",
    "padding": 12,
    "view": {"stroke": None},
    "title": {
        "anchor": "start", "frame": "bounds", "fontSize": 18, "color": INK, "offset": 16,
        "subtitleColor": SOFT, "subtitleFontSize": 14, "subtitlePadding": 6,
    },
    "axis": _AXIS,
    "axisX": {"grid": False, "labelAngle": 0, "labelFlush": False},
    # The words of an upright axis stand level, above it.
    "axisY": {
        "domain": False, "ticks": False, "titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleY": -12, "titleX": -40
    },
}  # fmt: skip


def altair() -> Any:
    """The module altair, or our own error that says how to get it.

    Raises:
        MissingExtra: altair is not installed.
    """
    missing = False
    try:
        import altair as found
    except ImportError:
        missing = True
    if missing:
        raise MissingExtra(package="altair", extra="charts")
    return found


def need_few(series: int, *, what: str) -> None:
    """Refuse more series than can be told apart.

    Args:
        series: How many there are.
        what: What they are series of.

    Raises:
        InvalidValue: There are more than `MOST_SERIES`.
    """
    if series > MOST_SERIES:
        expected = f"{MOST_SERIES} series or fewer, which is what a reader can tell apart (there are {series:,})"
        raise InvalidValue(what=what, expected=expected, hint=" Choose some with Readings.where, or draw several charts.")


def own_words(given: object, written: str, *, what: str) -> str:
    """The headline or the subtitle that a caller gave; what is written from the figures where none is given.

    Args:
        given: What was given.
        written: What is written.
        what: What an error calls it.

    Raises:
        InvalidValue: It is neither text that says something nor None.
    """
    if given is None:
        return written
    if not isinstance(given, str) or not given.strip():
        raise InvalidValue(what=what, expected="words, as text, or None, which writes them from the figures")
    return given


def colours_for(series: int) -> list[str]:
    """The colours of so many series, in the order of the guidance.

    Args:
        series: How many; from 1 to `MOST_SERIES`.
    """
    return [PALETTE[name] for name in _FOR[max(series, 1)]]


def wrapped(words: str, letters: int = 32) -> list[str]:
    """Words in lines of at most so many letters.

    Args:
        words: The words.
        letters: To a line.
    """
    return wrap(words, letters) or [words]


def placed_words(rows: Iterable[Mapping[str, Any]], *, x: Any, y: Any, text: str = "text", **mark: Any) -> list[Any]:
    """Words of one line or several, the middle of them level with their place: a layer for each number of lines.

    Args:
        rows: What is written, with a line break between lines, and where.
        x: Where along.
        y: Where up.
        text: The column with the words.
        **mark: How the words are set.
    """
    alt, given = altair(), list(rows)
    layers = []
    for lines in sorted({str(row[text]).count("\n") for row in given}):
        some = [dict(row) for row in given if str(row[text]).count("\n") == lines]
        # Several lines hang from the middle of their first.
        set_as = {"fontSize": 13, "color": INK, "baseline": "middle", "lineBreak": "\n", "lineHeight": LINE_HEIGHT} | mark
        words = alt.Chart(alt.Data(values=some)).mark_text(dy=-lines * LINE_HEIGHT / 2, **set_as)
        layers.append(words.encode(x=x, y=y, text=alt.Text(f"{text}:N")))
    return layers


def finished(
    layers: Sequence[Any], *, headline: str, subtitle: str, description: str, width: int = WIDTH, height: Any = HEIGHT
) -> Chart:
    """A chart with its two titles, its alternative text and the house's type and axes.

    Args:
        layers: The layers of the chart, the lowest first.
        headline: What it shows, in a sentence.
        subtitle: What is counted, where, when and in which unit; a line of it for each line break.
        description: The alternative text.
        width: Of the plot, in pixels.
        height: Of the plot, or a step for each of its rows.

    Returns:
        One chart with a configuration of its own: altair's theme is neither used nor changed.
    """
    alt = altair()
    lines = [line for part in subtitle.split("\n") for line in wrap(part, _LINE)]
    title = alt.Title(wrap(headline, _HEADLINE), subtitle=lines)
    words = {"title": title, "description": description}
    chart: Chart = alt.layer(*layers, width=width, height=height, **words, config=alt.Config(**_CONFIG))
    return chart
