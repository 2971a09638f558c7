"""The layers of a timeline of inspections, from the lines of its rows to the words on top."""

from __future__ import annotations

from typing import Any

from bucks_cs.charts.inspection_places import Places
from bucks_cs.charts.plotting import noon
from bucks_cs.charts.style import FONT, LINE, PALETTE, RULE, WIDTH, altair, placed_words

__all__ = ["TIMELINE_WIDTH", "layers_of"]

TIMELINE_WIDTH = WIDTH - 120
_SHAPES = {True: "circle", False: "diamond"}


def layers_of(places: Places) -> list[Any]:
    """The layers, the lowest first.

    Args:
        places: Where everything stands.
    """
    alt = altair()
    domain = [noon(places.first), noon(places.last)]
    axis = alt.Axis(format="%Y", tickCount="year", offset=6)
    x = alt.X("at:T", title=None, axis=axis, scale=alt.Scale(type="utc", domain=domain, nice=False))
    y = alt.Y("y:Q", title=None, axis=None, scale=alt.Scale(domain=[places.height, 0], nice=False, zero=False))
    level = alt.Chart(alt.Data(values=places.rows)).mark_rule(color=RULE)
    layers = [level.encode(y=y, x=alt.XValue(0), x2=alt.X2Value("width"))]
    if places.bars:
        bar = alt.Chart(alt.Data(values=places.bars)).mark_rule(strokeWidth=14, color=PALETTE["light purple"])
        layers.append(bar.encode(x, y, x2=alt.X2("to:T"), tooltip=[alt.Tooltip("said:N", title="Intervention")]))
    if places.open_days:
        dashed = alt.Chart(alt.Data(values=places.open_days))
        look = {"color": PALETTE["dark grey"], "strokeWidth": 2, "strokeDash": [4, 3]}
        layers.append(dashed.mark_rule(**look).encode(x, y, x2=alt.X2("to:T")))
    if places.leads:
        lead = alt.Chart(alt.Data(values=places.leads)).mark_rule(color=LINE, strokeWidth=1)
        layers.append(lead.encode(x, y, y2=alt.Y2("to:Q")))
    if places.points:
        shapes = alt.Scale(domain=list(_SHAPES), range=list(_SHAPES.values()))
        point = alt.Chart(alt.Data(values=places.points)).mark_point(filled=True, size=110, opacity=1, color=PALETTE["dark blue"])
        tips = [alt.Tooltip("said:N", title="Inspection")]
        layers.append(point.encode(x, y, shape=alt.Shape("full:N", scale=shapes, legend=None), tooltip=tips))
    # White about the words, so that a line behind them ends there.
    halo: dict[str, Any] = {"stroke": "white", "strokeWidth": 4}
    for more in (halo, {}) if places.leads else ({},):
        layers += placed_words(places.words, x=x, y=y, font=FONT, fontSize=12, **more)
    layers += placed_words(places.rows, x=alt.XValue(0), y=y, align="right", dx=-10, font=FONT)
    return layers
