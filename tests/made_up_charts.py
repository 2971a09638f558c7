"""Made-up readings for tests of charts: nobody's figures."""

from __future__ import annotations

import datetime as dt

import polars as pl

from bucks_cs.indicators import Better, Break, Indicator, Interval, Kind, Measure, Reading, Withheld
from bucks_cs.inspections import InspectionOutcome
from bucks_cs.periods import FinancialYear
from bucks_cs.provenance import NoOfficialSource
from bucks_cs.readings import Readings
from bucks_cs.savings import Recurrence, SavingsLine
from bucks_cs.testing import as_engine
from bucks_cs.units import quantity

SAID = NoOfficialSource(reason="made up")
NOTHING = [None, 5, "text", [], object(), [None]]
"""What no chart can be drawn of."""
TOKEN = "Zebedee" + "Quux"
YEARS = [FinancialYear.starting(2015 + n) for n in range(8)]
"""2015-16 to 2022-23."""


def indicator(key="demand.contacts", title="Contacts", measure=Measure.COUNT, unit="contact", kind=Kind.FLOW, **more):
    """An indicator with what a test does not care about filled in."""
    return Indicator(
        key=key, title=title, counts="what is counted", measure=measure, unit=unit, kind=kind, better=Better.NEITHER,
        sources=SAID, **more,
    )  # fmt: skip


CONTACTS = indicator()
SHARE = indicator("demand.share", "Seen in time", Measure.SHARE, "percent")
MEAN = indicator("demand.mean", "Mean wait", Measure.MEAN, "working_day")


def broken(of, on, **more):
    """The same indicator with a break."""
    found = Break(on=on, what="a new form", source=SAID, **{"certain": True, **more})
    return indicator(of.key, of.title, of.measure, of.unit, breaks=(found,))


def series(of, values, *, periods=YEARS, area="825", margin=None, **dims):
    """Readings of one area over time; None is a gap, and ``margin`` an interval about each value."""
    found = []
    for value, period in zip(values, periods, strict=False):
        within = {}
        if margin is not None and value is not None:
            within = {"lower": value - margin, "upper": value + margin, "interval": Interval.CONFIDENCE, "level": 0.95}
        given = Withheld.CONFIDENTIAL if value is None else value
        found.append(Reading.of(of, given, period=period, area=area, dims=dims, **within))
    return found


def readings(*parts):
    """Readings in polars."""
    return Readings.of([one for part in parts for one in part])


def on_engine(found, engine, *, spark=None):
    """The same readings in another engine."""
    frame = as_engine(found.collect().frame, engine, spark=spark)
    return Readings.from_frame(frame, indicators=found.indicators, by=found.by)


def inspection(day, grade="good", **more):
    """A standard inspection of Buckinghamshire."""
    return InspectionOutcome(
        area=825, regime="ilacs", activity="standard inspection", start=day, judgements={"overall effectiveness": grade},
        source=SAID, **more,
    )  # fmt: skip


def activity(counts, *, area="825", start=dt.date(2022, 9, 1), end=dt.date(2022, 9, 30)):
    """A frame of counts of demand for one month, as `bucks_cs.demand.Activity` has them; None is withheld."""
    rows = [
        {
            "indicator": f"demand.{key}", "area": area, "period_kind": "month", "period_start": start, "period_end": end,
            "count": count, "withheld": "c" if count is None else None,
        }
        for key, count in counts.items()
    ]  # fmt: skip
    return pl.DataFrame(rows, schema_overrides={"count": pl.Int64, "withheld": pl.String})


def spec(chart):
    """The specification of a chart; that it keeps altair's schema is tested once for each chart, since it takes long."""
    return chart.to_dict(validate=False)


def data_of(chart, column):
    """The rows of the layers of a chart that have a column."""
    made = spec(chart)
    # Layers that draw the same rows share one set of them.
    every = [made.get("data", {}), *(layer.get("data", {}) for layer in made["layer"])]
    names = dict.fromkeys(each["name"] for each in every if "name" in each)
    inline = [each["values"] for each in every if "values" in each]
    found = [made["datasets"][name] for name in names] + [rows for n, rows in enumerate(inline) if rows not in inline[:n]]
    return [row for rows in found for row in rows if column in row]


def title_of(chart):
    """The headline, and the subtitle, as one line each."""
    title = spec(chart)["title"]
    return " ".join(title["text"]), " ".join(title["subtitle"])


def bars_of(chart):
    """What each bar is, how long, and its words."""
    found = [(row["label"].replace("\n", " "), row["value"], row["said"]) for row in data_of(chart, "said")]
    # Ranges are drawn of the same rows.
    return list(dict.fromkeys(found))


def saving_line(basis, amounts, **more):
    """A saving line of made-up amounts, recurring."""
    return SavingsLine(
        key="A", description="A saving", programme="P",
        amounts={FinancialYear(year): quantity(n, "GBP") for year, n in amounts.items()},
        basis=basis, recurrence=Recurrence.RECURRING, source=SAID, **more,
    )  # fmt: skip
