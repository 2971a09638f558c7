"""Unaccompanied children: how many, the transfer threshold, the headroom to it, and how long decisions take."""

from __future__ import annotations

from bucks_cs import charts, demand, geography, uasc
from bucks_cs.record import PrintedTransferThreshold, PrintedUnaccompaniedChildren, RecordFindings
from bucks_cs.report.audited import audited_section
from bucks_cs.report.blocks import Block, Drawing, Section, Subheading, Table
from bucks_cs.report.definitions import Definition, Use
from bucks_cs.report.sentences import Paragraph, Piece, amount, paragraph, printed, said, span
from bucks_cs.tables import Layout
from bucks_cs.uasc import ChildPopulation, PopulationBehind, TransferThreshold
from bucks_cs.units import Quantity

__all__ = ["unaccompanied_children"]

_PLACES = ("cabinet-2022-10/3.30", "cabinet-2022-10/3.31", "cabinet-2022-10/3.33")


def unaccompanied_children(found: PrintedUnaccompaniedChildren, *, audit: RecordFindings) -> Section:
    """Unaccompanied children as the update of October 2022 has them.

    Args:
        found: As `bucks_cs.record.unaccompanied_children` gives them.
        audit: What the audit found of the record.
    """
    population = found.population.giving[0]
    thresholds = {one: uasc.threshold(population, at=one.at) for one in found.thresholds}
    blocks: list[Block] = [
        _supported(found),
        _over_18(found),
        Subheading(text="The transfer threshold"),
        *(_threshold(one, made, found) for one, made in thresholds.items()),
        _share(found, population),
        *_implied(found.population),
        _tried(found.population),
        _drawn(found, thresholds),
        Subheading(text="How long decisions take"),
        _lengths(found),
    ]
    return audited_section("unaccompanied-children", "Unaccompanied children", blocks, places=_PLACES, audit=audit)


def _supported(found: PrintedUnaccompaniedChildren) -> Paragraph:
    children = found.children
    number = amount(children.under_18, of=uasc.LOOKED_AFTER, source=children.source)
    where = geography.area_name(children.area or "")
    return paragraph(
        "On ", said(children.at), " ", said(where), " supported ", number, " who came to this country without a parent or carer."
    )


def _over_18(found: PrintedUnaccompaniedChildren) -> Paragraph:
    former = found.children.former
    if former is None:
        return paragraph("How many have come of age since is not printed.")
    number = amount(former.over_18, of=uasc.FORMER_UNACCOMPANIED, source=former.source)
    return paragraph(
        "Apart from them ", number, " of former unaccompanied children, adults now, were open: the threshold does not count them."
    )


def _threshold(one: PrintedTransferThreshold, made: TransferThreshold, found: PrintedUnaccompaniedChildren) -> Paragraph:
    headroom = uasc.headroom(found.children, threshold=made)
    in_force = uasc.NTS_THRESHOLD.in_force(one.at)
    still = one.at == max(each.at for each in found.thresholds)
    return paragraph(
        "The threshold of ",
        printed(one.percent, of=uasc.THRESHOLD),
        " (",
        said(in_force),
        ") is ",
        printed(one.number, of=uasc.THRESHOLD),
        " for the authority as printed, and ",
        amount(made.number, of=uasc.THRESHOLD, bare=True),
        " as worked out from ",
        *_population(made.population),
        ": that leaves " if still else ": that would have left ",
        amount(headroom, of=uasc.HEADROOM),
        " to come up to it.",
    )


def _share(found: PrintedUnaccompaniedChildren, population: ChildPopulation) -> Paragraph:
    share = uasc.share_reached(found.children, population=population)
    reached = amount(share, of=uasc.SHARE_REACHED, places=3)
    return paragraph("Those supported are ", reached, " of all children of the authority, by that estimate.")


def _population(population: ChildPopulation) -> list[Piece]:
    count = amount(population.count, of=demand.CHILDREN_AT_MID_YEAR, source=population.source)
    youngest, oldest = population.ages
    return [
        count,
        " aged ",
        said(youngest),
        " to ",
        said(oldest),
        " on ",
        said(population.mid_year),
        ", ",
        said(population.vintage),
    ]


def _implied(behind: PopulationBehind) -> list[Block]:
    """Between which numbers of children any population lies that gives all that is printed."""
    if behind.implied is None:
        return [paragraph("No one population gives the printed numbers.")]
    low, high = behind.implied
    any_of = span(low, high, of=demand.CHILDREN_AT_MID_YEAR)
    return [paragraph("Any population of ", any_of, " gives the printed numbers. What is published:")]


def _tried(behind: PopulationBehind) -> Table:
    heads = tuple(f"Makes, where print has {one} (children)" for one in behind.printed)
    rows = [
        (
            f"aged {one.ages[0]} to {one.ages[1]}, {one.mid_year}, {one.vintage}",
            float(one.count.magnitude),
            *(float(number.magnitude) for number in behind.numbers_of(one)),
            "yes" if behind.gives(one) else "no",
        )
        for one in behind.among
    ]
    laid = Layout(
        title="Which population the printed numbers of the threshold follow from",
        keys=("Population",),
        figures=("People in it", *heads, "Gives what is printed"),
        rows=rows,
        sources=tuple(dict.fromkeys(str(one.source) for one in behind.among)),
    )
    of = Definition.of(demand.CHILDREN_AT_MID_YEAR)
    uses = dict.fromkeys(Use(definition=of, source=one.source) for one in behind.among)
    return Table(name="populations-tried", layout=laid, uses=tuple(uses))


def _drawn(found: PrintedUnaccompaniedChildren, thresholds: dict[PrintedTransferThreshold, TransferThreshold]) -> Drawing:
    children = found.children
    rows = [
        (
            str(uasc.NTS_THRESHOLD.in_force(one.at)),
            one.percent.as_printed,
            float(made.number.magnitude),
            float(children.under_18.magnitude),
            float(uasc.headroom(children, threshold=made).magnitude),
        )
        for one, made in thresholds.items()
    ]
    laid = Layout(
        title="Unaccompanied children, the transfer threshold and the headroom to it",
        keys=("In force",),
        figures=("Threshold (of children)", "Threshold (children)", "Supported (children)", "Headroom (children)"),
        rows=rows,
        sources=(str(children.source), str(next(iter(thresholds.values())).population.source)),
    )
    uses = [Use(definition=Definition.of(one)) for one in (uasc.THRESHOLD, uasc.HEADROOM)]
    uses.append(Use(definition=Definition.of(uasc.LOOKED_AFTER), source=children.source))
    chart = charts.threshold_headroom(children, thresholds=thresholds.values())
    return Drawing(name="threshold-and-headroom", chart=chart, layout=laid, uses=uses)


def _lengths(found: PrintedUnaccompaniedChildren) -> Table:
    rows = [(one.period_said, one.said, _end(one.least), _end(one.most), one.statistic or None) for one in found.decision_lengths]
    laid = Layout(
        title="How long final decisions on asylum take, as printed",
        keys=("When",),
        figures=("As printed", "From (years)", "To (years)", "What it is"),
        rows=rows,
        notes=("The years leave out the hedge, such as “about”, which has no stated width; an end without a figure is open.",),
        sources=tuple(dict.fromkeys(str(one.source) for one in found.decision_lengths)),
    )
    return Table(name="lengths-of-decisions", layout=laid)


def _end(length: Quantity | None) -> float | None:
    return None if length is None else float(length.m_as("year"))
