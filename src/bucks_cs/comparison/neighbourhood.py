"""Statistical neighbours: the ten authorities most like an authority, by the model that says so."""

from __future__ import annotations

import csv
import datetime as dt
import enum
import functools
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import attrs

from bucks_cs.errors import InvalidValue, UnknownArea, of_kind
from bucks_cs.geography import Authority, authority
from bucks_cs.provenance import Dated, InForce, Source, published

__all__ = ["MODELS_IN_FORCE", "Closeness", "Neighbour", "NeighbourModel", "neighbours"]

_NEIGHBOURS = Path(__file__).with_name("neighbours.csv")


class NeighbourModel(enum.Enum):
    """A model of statistical neighbours. The two differ: of an authority's ten, five or six are in both on the average."""

    APRIL_2021 = "April 2021"
    MAY_2025 = "May 2025"

    @classmethod
    def on(cls, date: dt.date) -> NeighbourModel:
        """The model that was the latest on a day.

        Args:
            date: The day.

        Raises:
            NotInForce: A day before the earlier of the two.

        Example:
            >>> import datetime as dt
            >>> NeighbourModel.on(dt.date(2023, 3, 31))
            <NeighbourModel.APRIL_2021: 'April 2021'>
        """
        return MODELS_IN_FORCE.on(date)

    @property
    def source(self) -> Source:
        """Where it was published."""
        return _SOURCES[self]

    def __str__(self) -> str:
        return f"model of {self.value}"


class Closeness(enum.Enum):
    """How like its neighbour an authority is, in the model's own words; there is no number in them."""

    EXTREMELY_CLOSE = "extremely close"
    VERY_CLOSE = "very close"
    CLOSE = "close"
    SOMEWHAT_CLOSE = "somewhat close"
    NOT_CLOSE = "not close"


_SOURCES = MappingProxyType(
    {
        NeighbourModel.APRIL_2021: Source(
            title="New Statistical Neighbour Groupings, April 2021",
            publisher="Department for Education",
            date=published("2021-04"),
            place="New_Statistical_Neighbour_Groupings_April_2021.csv, columns SN1 to SN10",
            note="the month is that of the file's name; four authorities that had ended by then are in it as 'Old SNs'",
        ),
        NeighbourModel.MAY_2025: Source(
            title="Statistical neighbours, model of 2025",
            publisher="Department for Education",
            date=published("2025-05"),
            place="sn_model_2025_wide.csv, columns SN_1 to SN_10",
            note="the file names the year alone; the month is that of the model's file in the public repository of the Local "
            "authority interactive tool (01_data/02_prod/sn_may_2025.xlsx)",
        ),
    }
)

MODELS_IN_FORCE: Dated[NeighbourModel] = Dated(
    what="the model of statistical neighbours",
    values=(
        InForce(
            value=NeighbourModel.APRIL_2021,
            since=dt.date(2021, 4, 30),
            until=dt.date(2025, 5, 30),
            source=_SOURCES[NeighbourModel.APRIL_2021],
        ),
        InForce(value=NeighbourModel.MAY_2025, since=dt.date(2025, 5, 31), source=_SOURCES[NeighbourModel.MAY_2025]),
    ),
)
"""Each model from the end of the month that it bears: no day is printed. Nothing is known here of the models before."""


@attrs.frozen(kw_only=True)
class Neighbour:
    """One of the ten statistical neighbours of an authority.

    Args:
        authority: Who it is.
        place: 1 for the nearest, to 10.
        closeness: How like it is, in the model's words.
        model: Whose model.

    Raises:
        InvalidValue: A field of another kind.
    """

    authority: Authority = attrs.field(validator=of_kind(Authority, expected="an Authority"))
    place: int = attrs.field(validator=of_kind(int, expected="a whole number"))
    closeness: Closeness = attrs.field(validator=of_kind(Closeness, expected="a Closeness"))
    model: NeighbourModel = attrs.field(validator=of_kind(NeighbourModel, expected="a NeighbourModel"))

    def __str__(self) -> str:
        return f"{self.place}. {self.authority}, {self.closeness.value} ({self.model})"


def neighbours(area: int | str | Authority, *, model: NeighbourModel) -> tuple[Neighbour, ...]:
    """The ten statistical neighbours of an authority, the nearest first.

    It is no two-way street: Buckinghamshire is among Bromley's neighbours of 2025, and Bromley is not among its own.

    Args:
        area: The authority: LA number, ONS code or name.
        model: Which model; `NeighbourModel.on` gives the one that was the latest on a day.

    Returns:
        Ten neighbours. Some of them may have ended since, or not have begun on the day of a figure that they are to be set
        beside: Cumbria is in the model of 2021, and ended on 31 March 2023.

    Raises:
        UnknownArea: There is no such authority, or the model does not have it.
        Ambiguous: Two authorities have had the name.
        InvalidValue: ``model`` is no `NeighbourModel`.

    Source:
        `NeighbourModel.source`.

    Example:
        >>> for neighbour in neighbours("Buckinghamshire", model=NeighbourModel.APRIL_2021)[:3]:
        ...     print(neighbour)
        1. Surrey (936), very close (model of April 2021)
        2. West Berkshire (869), very close (model of April 2021)
        3. Windsor and Maidenhead (868), very close (model of April 2021)
    """
    if not isinstance(model, NeighbourModel):
        raise InvalidValue(what="model", expected=f"one of {', '.join(f'NeighbourModel.{each.name}' for each in NeighbourModel)}")
    asked = authority(area)
    found = _table().get((model, asked.la_number))
    if found is None:
        others = [str(other) for other in NeighbourModel if (other, asked.la_number) in _table()]
        hint = f" The {others[0]} has it." if others else ""
        raise UnknownArea(what=f"authority of the {model} of statistical neighbours: {asked} is not in it", hint=hint)
    return found


@functools.cache
def _table() -> Mapping[tuple[NeighbourModel, str], tuple[Neighbour, ...]]:
    """Every authority's neighbours by model, read once."""
    models = {model.value[-4:]: model for model in NeighbourModel}
    found: dict[tuple[NeighbourModel, str], list[Neighbour]] = {}
    with _NEIGHBOURS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            model = models[row["model"]]
            neighbour = Neighbour(
                authority=authority(row["neighbour"]),
                place=int(row["place"]),
                closeness=Closeness(row["closeness"]),
                model=model,
            )
            found.setdefault((model, row["la_number"]), []).append(neighbour)
    return MappingProxyType({key: tuple(ten) for key, ten in found.items()})
