"""Where an area stands, from readings of many areas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, SupportsIndex

import polars as pl

from bucks_cs import geography
from bucks_cs.comparison.neighbourhood import MODELS_IN_FORCE, NeighbourModel, neighbours
from bucks_cs.comparison.others import Among, AreaValue, LeftOut
from bucks_cs.comparison.rounding import rounding
from bucks_cs.comparison.standing import Position
from bucks_cs.errors import InvalidValue, NotComparable, NotFound
from bucks_cs.geography import Authority, England, JointReturn, Region
from bucks_cs.indicators import Indicator, Interval, Reading, Withheld
from bucks_cs.periods import Period
from bucks_cs.readings import Readings

__all__ = ["position"]

Row = Mapping[str, Any]


def position(
    readings: Readings[Any],
    /,
    *,
    area: int | str | Authority | JointReturn,
    among: Among | Iterable[int | str | Authority | JointReturn],
    model: NeighbourModel | None = None,
    indicator: str | Indicator | None = None,
    period: Period | None = None,
    **dims: object,
) -> Position:
    """Where an area stands among others in one indicator and one period.

    Ranked are the areas that have a value, the area itself among them, the best first by which way the indicator is better;
    where neither way is, the largest first, and it is said so. Areas of one value share the best rank.

    Where published figures are among them, which say what they are rounded to, all are rounded alike before they are ranked, so
    that a figure from a council's own rows (19.87%) is not placed by decimals that the others' (19.9%) do not show.

    Args:
        readings: Readings of the area and of the others, of any engine; lazy ones are run, once. Regions and England may be
            among them, and are passed over.
        area: The authority, or the authorities that make one return together ("314 / 318").
        among: `Among.ENGLAND`, `Among.REGION` or `Among.NEIGHBOURS`, or a list of authorities of one's own.
        model: Which model of statistical neighbours; for those it has to be given, since the two differ.
        indicator: Which indicator, where the readings are of several.
        period: Which period, where they are of several.
        **dims: A value for each column that the readings are broken down by.

    Returns:
        The `Position`: rank, of how many, ties and quartile, or why there is none; the aggregate, mean and median of the others
        and the difference from each; and who is left out: withheld, with the reason of each, without a reading, or no authority
        on the last day of the period. Authorities that make one return together are one area. A withheld value of the area's
        own has no rank.

    Raises:
        NotFound: There is not one reading of the area: none, or of several indicators, periods or groups.
        UnknownArea: The area, or one of the list, is no known one.
        UnknownColumn: A column that the readings are not broken down by.
        InvalidValue: Something else than readings; an area above an authority; an empty list; no model for neighbours, or a
            model for others.
        NotComparable: None of the others has a value of this kind of period.
        OutsideCoverage: A period that ended before 1 April 2009, from when the authorities are known.

    Source:
        Local authority interactive tool (dfe-analytical-services/local-authority-interactive-tool, R/fn_analysis.R): rank with
        ties at the best (``calculate_rank``), quartiles (``calculate_quartile_band``), and statistical neighbours averaged alike,
        those without data left out (R/lait_modules/mod_stat_n_table.R). The tool ranks nothing that is better neither way.

    Example:
        >>> from bucks_cs.comparison import Among, position
        >>> from bucks_cs.indicators import Better, Indicator, Kind, Measure, Reading
        >>> from bucks_cs.periods import FinancialYear
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> on_time = Indicator(key="ehcp.on_time", title="Plans on time", counts="plans issued within 20 weeks",
        ...     measure=Measure.SHARE, kind=Kind.FLOW, unit="percent", better=Better.HIGHER,
        ...     sources=NoOfficialSource(reason="an example"))
        >>> made_up = {"825": 74, "931": 40, "936": 80, "869": 60}
        >>> readings = Readings.of(Reading.of(on_time, number, area=area, period=FinancialYear("2022-23"))
        ...     for area, number in made_up.items())
        >>> found = position(readings, area="Buckinghamshire", among=["Oxfordshire", "Surrey", "West Berkshire"])
        >>> print(found.rank, found.of, found.quartile.value, found.difference_from_mean)
        2 4 B 14.0 percentage_point
    """
    if not isinstance(readings, Readings):
        raise InvalidValue(
            what="readings", expected=f"Readings, not a {type(readings).__name__}", hint=" A frame goes to Readings.from_frame."
        )
    asked = _authority(area, what="area")
    if period is not None and not isinstance(period, Period):
        raise InvalidValue(what="period", expected=f"a Period, not a {type(period).__name__}")
    # The one query of a lazy frame: the periods come along, for it to be told where figures stand under another kind.
    groups: dict[str, Any] = dims
    there = readings.where(indicator=indicator, **groups).collect()
    _need_the_area(there, asked)
    own = there.at(indicator=indicator, area=asked.key, period=period, **groups)
    whom = among if isinstance(among, Among) else Among.GIVEN
    peers = _peers(asked, among, model=model, own=own)
    rows = _rows(there, own)
    found, missing, not_there = _sorted_out(peers, rows, asked=asked, whom=whom, day=own.period.end)
    valued = tuple(_value(key, row) for key, row in found.items() if row["withheld"] is None)
    if not valued:
        why = f"none of the {len(peers)} others has a value{_under_another_kind(there, own)}"
        raise NotComparable(what=own.indicator.key, why=why)
    gaps = ((key, row["withheld"]) for key, row in found.items() if row["withheld"] is not None)
    withheld = tuple(LeftOut(area=key, why=Withheld(why)) for key, why in gaps)
    return Position(
        reading=own, among=whom, model=model, peers=valued, withheld=withheld, missing=tuple(missing), not_there=tuple(not_there)
    )


def _sorted_out(
    peers: Iterable[Authority], rows: Mapping[str, Row], *, asked: Authority | JointReturn, whom: Among, day: dt.date
) -> tuple[dict[str, Row], set[str], set[str]]:
    """The rows of the others by area, those without one, and those that were no authority on the day.

    What somebody lists is taken as it is: there an authority that was none on the day is left out only where it has no reading.
    """
    found: dict[str, Row] = {}
    missing: set[str] = set()
    not_there = _none_on_the_day(rows, asked, whom, day) if whom.takes_the_area_in else set[str]()
    for peer in peers:
        key = _key_of(peer, rows)
        if not peer.exists(day) and (key is None or whom is Among.NEIGHBOURS):
            not_there.add(peer.la_number)
        elif key is None:
            missing.add(peer.la_number)
        else:
            found[key] = rows[key]
    return found, missing, not_there


def _authority(given: object, *, what: str) -> Authority | JointReturn:
    if isinstance(given, bool) or not isinstance(given, (str, SupportsIndex, Authority, JointReturn, Region, England)):
        raise InvalidValue(what=what, expected=f"an LA number, an ONS code or a name, not a {type(given).__name__}")
    found = geography.area(given)  # type: ignore[arg-type]
    if not isinstance(found, (Authority, JointReturn)):
        raise InvalidValue(what=what, expected="an authority: regions and England are not ranked")
    return found


def _need_the_area(there: Readings[pl.DataFrame], asked: Authority | JointReturn) -> None:
    """Make sure that there is a reading of the area, or say under what else its own figures may stand."""
    keys = set(there.frame["area"].to_list())
    if asked.key in keys:
        return
    together = [key for key in keys if key and isinstance(asked, Authority) and _returns_with_others(asked, key)]
    hint = ""
    if together:
        hint = f" It makes one return with others: ask for {' or '.join(sorted(together))}."
    elif None in keys:
        hint = f" There are readings without an area, the caller's own: work them out with area={asked.key!r}."
    raise NotFound(what=f"readings of {asked}", asked_on=("area",), rows=0, hint=hint)


def _returns_with_others(authority: Authority, key: str) -> bool:
    return "/" in key and authority.la_number in key.replace(" ", "").split("/")


def _members(of: Authority | JointReturn) -> tuple[Authority, ...]:
    return of.members if isinstance(of, JointReturn) else (of,)


def _peers(asked: Authority | JointReturn, among: object, *, model: NeighbourModel | None, own: Reading) -> tuple[Authority, ...]:
    """The authorities to compare with, each once, without the area itself."""
    if among is not Among.NEIGHBOURS and model is not None:
        raise InvalidValue(what="model", expected="none: it is for Among.NEIGHBOURS")
    if among is Among.NEIGHBOURS:
        found = _neighbours(asked, model, own.period)
    elif among is Among.ENGLAND:
        found = geography.authorities(own.period.end)
    elif among is Among.REGION:
        found = geography.authorities(own.period.end, region=_members(asked)[0].region)
    else:
        found = _given(among)
    own_numbers = {member.la_number for member in _members(asked)}
    others = {each.la_number: each for each in found if each.la_number not in own_numbers}
    if not others:
        raise InvalidValue(what="among", expected="other authorities than the area itself")
    return tuple(others.values())


def _neighbours(asked: Authority | JointReturn, model: NeighbourModel | None, period: Period) -> tuple[Authority, ...]:
    if isinstance(asked, JointReturn):
        raise InvalidValue(what="among", expected="another group: a joint return has no neighbours of its own")
    if model is None:
        names = " or ".join(f"NeighbourModel.{each.name}" for each in NeighbourModel)
        raise InvalidValue(what="model", expected=f"which model of statistical neighbours: {names}", hint=f" {_latest(period)}")
    return tuple(each.authority for each in neighbours(asked, model=model))


def _latest(period: Period) -> str:
    known = [each.value for each in MODELS_IN_FORCE if each.holds(period.end)]
    when = f"At the end of {period}"
    return f"{when} the latest was that of {known[0].value}." if known else f"{when} neither was there yet."


def _given(among: object) -> tuple[Authority, ...]:
    if isinstance(among, (str, bytes, Authority, JointReturn, Mapping)) or not isinstance(among, Iterable):
        raise InvalidValue(what="among", expected="Among.ENGLAND, Among.REGION or Among.NEIGHBOURS, or a list of authorities")
    return tuple(member for each in among for member in _members(_authority(each, what="among")))


def _rows(readings: Readings[pl.DataFrame], own: Reading) -> dict[str, Row]:
    """The rows of the same indicator, period and groups, by area."""
    dims: dict[str, Any] = dict(own.dims)
    rows = readings.where(indicator=own.indicator, period=own.period, **dims).frame.iter_rows(named=True)
    return {row["area"]: row for row in rows if row["area"] is not None and row["area"] != own.area}


def _under_another_kind(readings: Readings[pl.DataFrame], own: Reading) -> str:
    """Words for the error where others' figures are of the same days under another kind of period (a reporting year)."""
    period, key = own.period, own.indicator.key
    rows = readings.frame.select("indicator", "area", "period_kind", "period_start", "period_end").rows()
    others = {
        kind
        for indicator, area, kind, start, end in rows
        if (indicator, start, end) == (key, period.start, period.end) and area != own.area and kind != str(period.kind)
    }
    if not others:
        return ""
    kinds = " and ".join(sorted(others))
    return f" for this {period.kind}; for the same days there are figures as {kinds}, another kind of period"


def _key_of(peer: Authority, rows: Mapping[str, Row]) -> str | None:
    """The area that an authority's figure stands under: its own number, or that of a return it makes with others."""
    if peer.la_number in rows:
        return peer.la_number
    return next((key for key in rows if _returns_with_others(peer, key)), None)


def _none_on_the_day(rows: Mapping[str, Row], asked: Authority | JointReturn, whom: Among, day: dt.date) -> set[str]:
    """Authorities that have a reading and were none on the last day, of England or of the region."""
    region = _members(asked)[0].region
    there = (each for each in geography.authorities() if each.la_number in rows and not each.exists(day))
    return {each.la_number for each in there if whom is Among.ENGLAND or each.region == region}


def _value(key: str, row: Row) -> AreaValue:
    to = None
    if row["interval"] == Interval.ROUNDING.value:
        to = rounding(row["value"], lower=row["lower"], upper=row["upper"])
    return AreaValue(area=key, value=row["value"], numerator=row["numerator"], denominator=row["denominator"], rounded_to=to)
