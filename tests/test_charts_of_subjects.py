"""Charts of inspections, of the pathway and of the threshold; and that no chart shows a cell in an error."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from bucks_cs import charts, inspections, record, savings, uasc
from bucks_cs.charts import PALETTE
from bucks_cs.charts.inspection_layers import TIMELINE_WIDTH
from bucks_cs.charts.inspection_places import placed
from bucks_cs.demand import Activity
from bucks_cs.errors import BucksError, FrameProblems, InvalidValue, NotComparable
from bucks_cs.frames import Engine
from bucks_cs.indicators import Kind, Measure, Reading
from bucks_cs.inspections import Judgements
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import DateBounds
from bucks_cs.testing import as_engine
from bucks_cs.uasc import UnaccompaniedByArea
from bucks_cs.units import quantity
from made_up_charts import (
    CONTACTS,
    NOTHING,
    SAID,
    SHARE,
    TOKEN,
    activity,
    bars_of,
    data_of,
    indicator,
    inspection,
    on_engine,
    readings,
    saving_line,
    series,
    spec,
    title_of,
)

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
ON_EVERY_ENGINE = pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
PLANS = indicator("demand.plans", "Plans", Measure.COUNT, "plan", Kind.STOCK)
DAY = dt.date(2022, 10, 11)


# Inspections


@pytest.mark.wide
@ON_EVERY_ENGINE
def test_judgements_of_every_engine_give_the_chart_of_their_outcomes(engine):
    """Raw and checked."""
    outcomes = [
        inspection(dt.date(2018, 11, 6), "inadequate"),
        inspection(dt.date(2021, 12, 6), "requires improvement to be good"),
    ]
    frame = as_engine(inspections.frame_of(outcomes), engine)
    expected = spec(charts.inspection_timeline(outcomes))
    assert spec(charts.inspection_timeline(frame)) == expected
    assert spec(charts.inspection_timeline(Judgements.conform(frame))) == expected


def test_the_timeline_of_the_record_gives_the_last_grade_and_every_inspection():
    """Ofsted's report of January 2025, and inadequate twice before."""
    bucks = inspections.timeline(record.inspection_outcomes(), interventions=record.interventions())
    chart = charts.inspection_timeline(bucks)
    assert title_of(chart)[0] == "Buckinghamshire, last judged in 2025: requires improvement to be good"
    said = charts.alt_text(chart)
    assert said.count("inadequate") == 2
    assert "Statutory direction: begun 12 July 2018; ended between 17 December 2021 and 11 October 2022." in said
    assert "no end on record" in title_of(chart)[1]
    # A visit has a diamond and no words.
    words = {row["text"] for row in data_of(chart, "text")}
    assert {row["full"] for row in data_of(chart, "full")} == {True, False}
    assert not {"Monitoring visit", "Annual conversation"} & words
    assert len([row for row in data_of(chart, "y") if row.get("text") == "no grade"]) == 1


def boxes(places):
    """Where the words of a timeline stand: left, right, top and bottom in pixels."""
    days = (places.last - places.first).days
    for row in places.words:
        lines = row["text"].split("\n")
        middle = (dt.date.fromisoformat(row["at"][:10]) - places.first).days / days * TIMELINE_WIDTH
        # Arial at 12 pixels: no letter of these words is on average wider than 6.2.
        half = max(map(len, lines)) * 6.2 / 2
        yield middle - half, middle + half, row["y"] - 7.5 * len(lines), row["y"] + 7.5 * len(lines)


@pytest.mark.parametrize("months", [1, 3, 8, 14, 30])
def test_no_words_of_a_timeline_cover_others_or_leave_the_plot(months):
    """Ten inspections of one regime, as close as that."""
    days = [dt.date(2018 + n * months // 12, n * months % 12 + 1, 6) for n in range(10)]
    wordings = ["inadequate", "requires improvement to be good", "good", "outstanding"]
    made = [inspection(day, wordings[n % 4]) for n, day in enumerate(days)]
    visits = [inspections.InspectionOutcome(area=825, regime="ilacs", activity="monitoring visit", start=days[3], source=SAID)]
    places = placed(inspections.timeline([*made, *visits]), width=TIMELINE_WIDTH)
    found = list(boxes(places))
    assert len(found) == 10
    for n, (left, right, top, bottom) in enumerate(found):
        assert left >= 0
        assert top >= 0
        assert bottom <= places.height
        # The points and the line they stand on stay clear.
        assert all(bottom <= point["y"] - 4 or top >= point["y"] + 4 for point in places.points)
        for other in found[n + 1 :]:
            assert right <= other[0] or other[1] <= left or bottom <= other[2] or other[3] <= top


def test_an_uncertain_day_has_a_dashed_line_and_overlapping_interventions_a_row_each():
    """One begun between two days, and another of the same kind while it ran."""

    def notice(begun, ended=None):
        return inspections.Intervention(
            area=825,
            kind=inspections.InterventionKind.IMPROVEMENT_NOTICE,
            title="Improvement notice",
            begun=begun,
            ended=ended,
            source=SAID,
        )

    begun = DateBounds(earliest=dt.date(2020, 1, 1), latest=dt.date(2020, 6, 30), why="made up")
    made = [notice(begun, dt.date(2022, 1, 1)), notice(dt.date(2021, 1, 1), dt.date(2023, 1, 1)), notice(dt.date(2023, 6, 1))]
    chart = charts.inspection_timeline(made)
    lines = [row for row in data_of(chart, "to") if "said" not in row]
    assert [(row["at"][:10], row["to"][:10]) for row in lines] == [("2020-01-01", "2020-06-30")]
    spans = [row for row in data_of(chart, "to") if "said" in row]
    heights = {row["at"][:10]: row["y"] for row in spans}
    assert heights["2020-06-30"] == heights["2023-06-01"] != heights["2021-01-01"]
    assert "Dashed: the day lies somewhere along it" in title_of(chart)[1]
    assert title_of(chart)[0] == "Inspections in Buckinghamshire"


@pytest.mark.parametrize("given", NOTHING, ids=lambda given: type(given).__name__)
def test_what_is_no_inspection_is_refused(given):
    """By name."""
    with pytest.raises(InvalidValue, match="inspections: expected"):
        charts.inspection_timeline(given)


def test_a_frame_without_a_judgement_is_refused():
    """By the name of the argument."""
    with pytest.raises(InvalidValue, match="inspections: expected one judgement or more"):
        charts.inspection_timeline(inspections.frame_of([inspection(DAY)]).head(0))


# Pathway


@ON_EVERY_ENGINE
def test_counts_of_every_engine_give_the_funnel(engine):
    """A frame as Activity has it, raw and checked."""
    frame = activity({"contacts": 2000, "referrals": 1000, "section_47_enquiries": 250, "children_in_need": 9_000})
    native = as_engine(frame, engine)
    chart = charts.pathway(native)
    assert spec(chart) == spec(charts.pathway(Activity.conform(native))) == spec(charts.pathway(frame))
    assert bars_of(chart) == [
        ("Contacts", 2000, "2,000 contacts"),
        ("Referrals", 1000, "1,000 referrals (50 for every 100 contacts)"),
        ("Section 47 enquiries", 250, "250 enquiries (25 for every 100 referrals)"),
    ]
    assert title_of(chart) == (
        "From 2,000 contacts to 250 section 47 enquiries in Buckinghamshire",
        "September 2022 in Buckinghamshire Counts of one period, not the same children followed",
    )


def test_a_withheld_stage_has_its_mark_and_the_next_no_ratio():
    """Nothing is divided by what is not known."""
    chart = charts.pathway(activity({"contacts": 2000, "referrals": None, "section_47_enquiries": 250}))
    assert [said for _, _, said in bars_of(chart)] == ["2,000 contacts", "[c]", "250 enquiries"]
    none = charts.pathway(activity({"contacts": 2000, "referrals": 0, "section_47_enquiries": 250}))
    assert [said for _, _, said in bars_of(none)][1:] == ["0 referrals (0 for every 100 contacts)", "250 enquiries"]
    assert charts.alt_text(chart).endswith("[c]: suppressed to protect confidentiality.")
    assert "[c]: suppressed" in title_of(chart)[1]


@pytest.mark.parametrize("given", NOTHING, ids=lambda given: type(given).__name__)
def test_what_has_no_counts_is_refused(given):
    """By name."""
    with pytest.raises(InvalidValue, match="counts: expected"):
        charts.pathway(given)


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        (activity({"contacts": 5}), "two stages"),
        (activity({"contacts": None, "referrals": None}), "has a value"),
        (
            pl.concat([activity({"contacts": 5, "referrals": 4}), activity({"contacts": 5}, area="826")]),
            "one count for each stage",
        ),
        (pl.concat([activity({"contacts": 5}), activity({"referrals": 5}, area="826")]), "one count for each stage"),
    ],
    ids=["one stage", "withheld", "two areas", "a stage an area"],
)
def test_counts_that_make_no_funnel_are_refused(frame, expected):
    """By our own error."""
    with pytest.raises(InvalidValue, match=expected):
        charts.pathway(frame)


# Threshold


def children(number=32, area="825", former=None):
    """Unaccompanied children of Buckinghamshire."""
    return uasc.UnaccompaniedChildren(area=area, at=Snapshot(DAY), under_18=quantity(number, "child"), former=former, source=SAID)


def threshold(number=126_804, at=DAY, area="825", vintage="as first published"):
    """The threshold of a population of mid-2020."""
    people = uasc.ChildPopulation(
        area=area, mid_year=Snapshot("30 June 2020"), count=quantity(number, "child"), vintage=vintage, source=SAID
    )
    return uasc.threshold(people, at=at)


BEFORE = dt.date(2022, 8, 23)
BY_AREA = pl.DataFrame(
    {
        "area": ["825", "826", "869"], "day": DAY, "children": [32, 70, None], "withheld": [None, None, "c"],
        "population": [126_804, 60_000, 33_000], "vintage": "mid-2020 as first published",
    }
)  # fmt: skip


def test_the_headroom_of_the_record_is_in_words_beside_marked_lines():
    """127 less 32 is 95, and 89 less 32 is 57; the 68 who turned 18 are no part of it."""
    chart = charts.threshold_headroom(record.unaccompanied_children())
    assert title_of(chart)[0] == "95 children below the threshold of 127 in Buckinghamshire"
    assert "68 who have turned 18 are counted apart" in title_of(chart)[1]
    assert {(row["value"], row["text"]) for row in data_of(chart, "text") if "value" in row} == {
        (127, "0.10%: 127 children, 95 more"), (89, "0.07%: 89 children, 57 more"),
    }  # fmt: skip
    assert bars_of(chart) == [("Buckinghamshire", 32, "32 children")]


def test_the_typed_objects_give_what_the_record_gives():
    """126,804 children make 126.8 and 88.8."""
    in_force, before = threshold(), threshold(at=BEFORE)
    for thresholds in ([in_force, before], [before, in_force]):
        chart = charts.threshold_headroom(children(), thresholds=thresholds)
        assert title_of(chart)[0] == "95 children below the threshold of 127 in Buckinghamshire"
        marks = [layer for layer in spec(chart)["layer"] if layer["mark"].get("color") == PALETTE["dark pink"]]
        # From the left: 89, which is no longer in force, is dashed, and 127 is not.
        assert [layer["mark"]["strokeDash"] for layer in marks] == [[6, 3], [1, 0]]
    assert "threshold of 0.07%: 89 children, 57 more" in charts.alt_text(chart)
    assert "Of 126,804 children aged 0 to 17 on 30 June 2020, as first published" in title_of(chart)[1]


@pytest.mark.parametrize(
    ("number", "headline"),
    [(127, "At the threshold of 127 in Buckinghamshire"), (128, "1 child above the threshold of 127 in Buckinghamshire")],
)
def test_a_threshold_that_is_reached_or_passed_says_so(number, headline):
    """127 of 127, and one more."""
    chart = charts.threshold_headroom(children(number), thresholds=threshold())
    assert title_of(chart)[0] == headline
    assert ("reached" if number == 127 else "1 fewer") in charts.alt_text(chart)


@ON_EVERY_ENGINE
def test_frames_and_readings_of_every_engine_give_the_same_threshold_chart(engine):
    """Raw, checked, and as readings of the count and of the threshold."""
    one = BY_AREA.head(1)
    native = as_engine(one, engine)
    chart = spec(charts.threshold_headroom(native))
    assert chart == spec(charts.threshold_headroom(UnaccompaniedByArea.conform(native)))
    counted = readings([Reading.of(uasc.LOOKED_AFTER, 32, period=Snapshot(DAY), area="825")])
    found = uasc.threshold_by_area(native)
    assert chart == spec(charts.threshold_headroom(on_engine(counted, engine), thresholds=found))


def test_several_areas_have_a_row_and_a_threshold_each():
    """0.1% of 60,000 is 60: 70 children are 10 above; a withheld count has its mark beside 33."""
    chart = charts.threshold_headroom(BY_AREA)
    assert bars_of(chart) == [
        ("Buckinghamshire", 32, "32 children (95 below 127)"),
        ("Milton Keynes", 70, "70 children (10 above 60)"),
        ("West Berkshire", None, "[c] (threshold 33)"),
    ]
    assert title_of(chart)[0] == "Unaccompanied children looked after, beside the threshold of each area"
    # The words of a row stand clear of its bar and of its own threshold, whichever reaches farther.
    assert [row["end"] for row in data_of(chart, "end")] == [127, 70, 33]
    assert title_of(charts.threshold_headroom(BY_AREA.head(2)))[0] == "1 of 2 areas is below their threshold"


def test_editions_of_a_population_are_told_apart():
    """The same share of two estimates: 127 and 122."""
    rows = BY_AREA.head(1).select(pl.exclude("population", "vintage"))
    both = pl.concat([
        rows.with_columns(population=pl.lit(126_804), vintage=pl.lit("first published")),
        rows.with_columns(population=pl.lit(122_495), vintage=pl.lit("rebased")),
    ])  # fmt: skip
    said = charts.alt_text(charts.threshold_headroom(both))
    assert "threshold of 0.10%, first published: 127 children" in said
    assert "threshold of 0.10%, rebased: 122 children" in said


def test_a_threshold_without_a_population_is_named_and_not_drawn():
    """It is not available, and nothing is claimed."""
    chart = charts.threshold_headroom(BY_AREA.head(1).with_columns(population=pl.lit(None, pl.Int64)))
    assert title_of(chart)[0] == "Unaccompanied children looked after in Buckinghamshire, beside the threshold"
    assert "threshold of 0.10%: no number (not available)" in charts.alt_text(chart)
    assert "[x]: not available" in title_of(chart)[1]


def test_children_and_thresholds_that_do_not_belong_together_are_refused():
    """By name: those who have turned 18, another area, several days, a breakdown, no threshold, five of them."""
    former = uasc.FormerUnaccompaniedChildren(area="825", at=Snapshot(DAY), over_18=quantity(68, "case"), source=SAID)
    counted = readings([Reading.of(uasc.LOOKED_AFTER, 32, period=Snapshot(DAY), area="825")])
    with pytest.raises(NotComparable, match="over 18"):
        charts.threshold_headroom(former, thresholds=threshold())
    with pytest.raises(NotComparable, match="two areas"):
        charts.threshold_headroom(children(), thresholds=threshold(area="826"))
    with pytest.raises(NotComparable, match="two areas"):
        charts.threshold_headroom(counted, thresholds=threshold(area="826"))
    with pytest.raises(NotComparable, match="two areas"):
        charts.threshold_headroom(counted, thresholds=uasc.threshold_by_area(BY_AREA.tail(1)))
    with pytest.raises(InvalidValue, match="thresholds: expected"):
        charts.threshold_headroom(children())
    with pytest.raises(InvalidValue, match="thresholds: expected"):
        charts.threshold_headroom(children(), thresholds="0.10%")
    with pytest.raises(InvalidValue, match="4 series or fewer"):
        charts.threshold_headroom(children(), thresholds=[threshold(100_000 + n) for n in range(5)])
    with pytest.raises(InvalidValue, match="thresholds: expected none with a frame"):
        charts.threshold_headroom(BY_AREA, thresholds=threshold())
    with pytest.raises(InvalidValue, match="children: expected one row or more"):
        charts.threshold_headroom(BY_AREA.head(0))
    with pytest.raises(InvalidValue, match="readings of one day"):
        charts.threshold_headroom(pl.concat([BY_AREA, BY_AREA.with_columns(day=pl.lit(BEFORE))]))
    with pytest.raises(InvalidValue, match="not broken down"):
        charts.threshold_headroom(
            readings([Reading.of(uasc.LOOKED_AFTER, 3, period=Snapshot(DAY), dims={"age": "16"})]), thresholds=threshold()
        )


@pytest.mark.parametrize("given", NOTHING, ids=lambda given: type(given).__name__)
def test_what_is_no_children_is_refused(given):
    """By name."""
    with pytest.raises(InvalidValue, match="children: expected"):
        charts.threshold_headroom(given, thresholds=threshold())


# No cell in an error, whatever chart it was for


def attempts():
    """A refusal of each chart, with a token in every text."""
    named = series(SHARE, [None], area=TOKEN, team=TOKEN)
    tracker = pl.DataFrame({"line": TOKEN, "description": TOKEN, "programme": TOKEN, "financial_year": TOKEN, "pence": 5})
    yield lambda: charts.over_time(readings(named))
    yield lambda: charts.over_time(readings(*(series(SHARE, [1, 2], team=f"{TOKEN}{n}") for n in range(5))))
    yield lambda: charts.bars(readings(series(SHARE, [1, 2], area=TOKEN, team=TOKEN)))
    yield lambda: charts.change(readings(series(SHARE, [1, 2, 3], area=TOKEN, team=TOKEN)))
    yield lambda: charts.growth_by_need(readings(series(SHARE, [1, 2], area=TOKEN)))
    yield lambda: charts.savings_profile(tracker)
    yield lambda: charts.inspection_timeline(pl.DataFrame({"body": TOKEN, "regime": TOKEN, "judgement": TOKEN}))
    yield lambda: charts.pathway(activity({TOKEN: 5, "contacts": 6}))
    yield lambda: charts.threshold_headroom(BY_AREA.with_columns(withheld=pl.lit(TOKEN), area=pl.lit(TOKEN)))
    yield lambda: charts.threshold_headroom(
        BY_AREA.with_columns(vintage=pl.lit(TOKEN), area=pl.lit(TOKEN), day=pl.Series([DAY, BEFORE, DAY]))
    )


@pytest.mark.parametrize("attempt", list(attempts()))
def test_no_cell_is_in_an_error(attempt):
    """Nor in its cause or context, of which there is none."""
    with pytest.raises(BucksError) as caught:
        attempt()
    error = caught.value
    assert error.__cause__ is None
    assert error.__context__ is None
    assert TOKEN not in f"{error} {error!r} {error.args} {error.fields}"


def test_a_broken_frame_is_refused_as_a_frame():
    """With every rule it breaks."""
    with pytest.raises(FrameProblems, match="Activity"):
        charts.pathway(pl.DataFrame({"indicator": ["demand.contacts"]}))


@pytest.mark.spark
def test_frames_and_readings_of_spark_give_the_same_charts(spark):
    """A funnel, a change, a tracker, judgements and a threshold."""
    counts = activity({"contacts": 2000, "referrals": 1000})
    made = readings(series(CONTACTS, [9, 5]), series(CONTACTS, [8, 7], area="826"))
    tracker = savings.tracker_of_lines([saving_line(savings.Basis.INCREMENTAL, {"2023-24": 1_000_000})]).frame
    judged = inspections.frame_of([inspection(dt.date(2018, 11, 6), "inadequate")])
    for draw, frame in ((charts.pathway, counts), (charts.savings_profile, tracker), (charts.inspection_timeline, judged)):
        assert spec(draw(as_engine(frame, Engine.PYSPARK, spark=spark))) == spec(draw(frame))
    assert spec(charts.change(on_engine(made, Engine.PYSPARK, spark=spark))) == spec(charts.change(made))
    native = as_engine(BY_AREA, Engine.PYSPARK, spark=spark)
    assert spec(charts.threshold_headroom(native)) == spec(charts.threshold_headroom(BY_AREA))
