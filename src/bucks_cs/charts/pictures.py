"""Charts as pictures: SVG with a name and a description that a screen reader gives, PNG, and a figure with its table behind."""

from __future__ import annotations

import contextlib
import re
from html import escape
from typing import Any

from bucks_cs.charts.style import altair
from bucks_cs.errors import InvalidValue, MissingExtra
from bucks_cs.readings import Readings

__all__ = ["alt_text", "figure", "png", "svg"]

_MOST_SCALE = 10
_SLUG = re.compile(r"[a-z][a-z0-9-]*")
_TAG = re.compile(r'<[^<>"]*(?:"[^"]*"[^<>"]*)*>')
# What no SVG may have in it: control characters, and halves of a character. The converter ends the whole process over one.
_UNDRAWABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Vega's own roles speak to a script that is not there; the picture is one thing with a name.
_NOISE = re.compile(r' (?:role|aria-roledescription|aria-label|aria-hidden|aria-braillelabel)="[^"]*"')


def _converter() -> Any:
    missing = False
    try:
        import vl_convert as found
    except ImportError:
        missing = True
    if missing:
        raise MissingExtra(package="vl-convert-python", extra="charts")
    return found


def _need_chart(chart: Any) -> None:
    if not isinstance(chart, altair().TopLevelMixin):
        raise InvalidValue(what="chart", expected="an Altair chart, as the functions of bucks_cs.charts give")


def _need_slug(name: object) -> None:
    if not isinstance(name, str) or not _SLUG.fullmatch(name):
        raise InvalidValue(what="name", expected="small letters, digits and hyphens, beginning with a letter")


def _need_scale(scale: object) -> None:
    if isinstance(scale, bool) or not isinstance(scale, (int, float)) or not 0 < scale <= _MOST_SCALE:
        raise InvalidValue(what="scale", expected=f"a number above 0 and at most {_MOST_SCALE}")


def _titles(chart: Any) -> tuple[str, str]:
    _need_chart(chart)
    title = chart.title
    text = title if isinstance(title, str) else getattr(title, "text", "")
    said = chart.description
    headline = " ".join(text) if isinstance(text, list) else text
    return (_drawable(headline) if isinstance(headline, str) else "", _drawable(said) if isinstance(said, str) else "")


def _drawable(part: Any) -> Any:
    """The same, with the character that stands for what cannot be shown wherever there is one that cannot be drawn."""
    if isinstance(part, str):
        return _UNDRAWABLE.sub("\N{REPLACEMENT CHARACTER}", part)
    if isinstance(part, dict):
        return {_drawable(key): _drawable(value) for key, value in part.items()}
    return [_drawable(each) for each in part] if isinstance(part, list) else part


def alt_text(chart: Any) -> str:
    """The alternative text of a chart: what kind of chart it is, and what it shows, in figures.

    Args:
        chart: A chart of this package, or one of your own with a ``description``.

    Raises:
        InvalidValue: It is no Altair chart, or it has no description.

    Example:
        >>> from bucks_cs import charts, record
        >>> from bucks_cs.charts import alt_text
        >>> print(alt_text(charts.change(record.demand().where(indicator="demand.contacts"))))
        Bar chart...
    """
    said = _titles(chart)[1]
    if not said:
        raise InvalidValue(what="chart", expected="a chart with a description, which is its alternative text")
    return said


def svg(chart: Any, *, name: str) -> str:
    """A chart as SVG: one picture with a name and a description, and no id that another picture on the page has.

    Args:
        chart: An Altair chart with a title and a description.
        name: What the ids in it begin with, unlike that of any other picture on the page: small letters, digits and hyphens.

    Returns:
        An ``<svg>`` element, the same for the same chart; it asks for nothing.

    Raises:
        InvalidValue: It is no Altair chart, it has no description, or ``name`` is of another form.
        MissingExtra: The extra ``charts`` is not installed.
    """
    said, headline = alt_text(chart), _titles(chart)[0]
    _need_slug(name)
    # In tags alone: words between them may look like any of it, and stay as they are.
    drawn = _TAG.sub(lambda tag: _of_its_own(tag[0], name), _drawn("svg", chart))
    opening = f'<svg role="img" aria-labelledby="{name}-title" aria-describedby="{name}-words"'
    words = f'<title id="{name}-title">{escape(headline)}</title><desc id="{name}-words">{escape(said)}</desc>'
    head, rest = drawn.removeprefix("<svg").split(">", 1)
    return f"{opening}{head}>{words}{rest}"


def _of_its_own(tag: str, name: str) -> str:
    """A tag of a picture with ids, and what leads to them, that begin with the name."""
    tag = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', _NOISE.sub("", tag))
    tag = re.sub(r'="url\(#([^)]+)\)', rf'="url(#{name}-\1)', tag)
    return re.sub(r'href="#([^"]+)"', rf'href="#{name}-\1"', tag)


def png(chart: Any, *, scale: float = 2.0) -> bytes:
    """A chart as PNG, for a document that takes no SVG; give its `alt_text` beside it.

    Args:
        chart: An Altair chart.
        scale: How many pixels for one of the chart's own; more than 0, at most 10.

    Raises:
        InvalidValue: It is no Altair chart, or ``scale`` is out of range.
        MissingExtra: The extra ``charts`` is not installed.
    """
    _need_chart(chart)
    _need_scale(scale)
    found: bytes = _drawn("png", chart, scale=scale)
    return found


def _drawn(kind: str, chart: Any, **asked: Any) -> Any:
    """The picture; data that a user's own chart has by an address is refused, so that nothing is asked of any network."""
    found = None
    with contextlib.suppress(ValueError, TypeError):
        found = getattr(_converter(), f"vegalite_to_{kind}")(_drawable(chart.to_dict()), allowed_base_urls=[], **asked)
    if found is None:
        expected = "a chart that can be drawn as it is, with its data in it and not at an address"
        raise InvalidValue(what="chart", expected=expected)
    return found


def figure(chart: Any, *, name: str, table: Readings[Any] | str | None = None) -> str:
    """A chart on a page: the picture, and the figures behind it in a table that opens.

    Args:
        chart: An Altair chart with a title and a description.
        name: What the ids in it begin with, as for `svg`.
        table: The figures: readings, all of which are shown, or HTML of your own (which is taken as it is); None leaves the
            table out.

    Returns:
        A ``<figure>`` with no style of its own: its classes are ``chart`` and, for what scrolls on a narrow page, ``picture``.

    Raises:
        InvalidValue: As for `svg`, or ``table`` is something else.
        MissingExtra: The extra ``charts`` is not installed.
    """
    if not isinstance(table, (Readings, str, type(None))):
        raise InvalidValue(what="table", expected="Readings, HTML as text, or None")
    # All of them: what is drawn and not in the table cannot be read by who does not see it.
    shown = table.to_html(limit=max(len(table), 1)) if isinstance(table, Readings) else table
    headline = escape(_titles(chart)[0])
    picture = f'<div class="picture" role="region" tabindex="0" aria-label="Chart: {headline}">{svg(chart, name=name)}</div>'
    behind = f'<details><summary>The figures: {headline}</summary><div class="picture" role="region" tabindex="0" '
    behind += f'aria-label="Table: {headline}">{shown}</div></details>'
    return f'<figure class="chart" id="{name}">{picture}{behind if shown else ""}</figure>'
