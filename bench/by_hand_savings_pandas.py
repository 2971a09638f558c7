"""Totals, gap and profile of a tracker as an analyst would write them in pandas: no checks and no gaps."""

from __future__ import annotations

import numpy as np
import pandas as pd


def _ways(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Whether a line is read as summed up, and whether as it stands; both where its basis is not stated."""
    once, basis = rows["recurrence"] == "one-off", rows["basis"]
    as_summed = ~once & (basis.isna() | (basis == "incremental"))
    return as_summed, once | basis.isna() | (basis == "cumulative")


def _ends(rows: pd.DataFrame, summed: pd.Series, stands: pd.Series) -> pd.DataFrame:
    as_summed, as_it_stands = _ways(rows)
    first = np.where(as_summed, summed, stands)
    second = np.where(as_it_stands, stands, summed)
    return rows.assign(least=np.minimum(first, second), most=np.maximum(first, second))


def _levels(tracker: pd.DataFrame) -> pd.DataFrame:
    rows = tracker.sort_values(["line", "financial_year"])
    return _ends(rows, rows.groupby("line")["pence"].cumsum(), rows["pence"])


def _added_up(rows: pd.DataFrame, *by: str, indicator: str = "savings.total_level") -> pd.DataFrame:
    found = rows.groupby(["financial_year", *by])[["least", "most"]].sum().reset_index()
    return found.assign(indicator=indicator)


def totals_by_year(tracker: pd.DataFrame, _: pd.DataFrame) -> pd.DataFrame:
    return _added_up(_levels(tracker))


def totals_by_programme(tracker: pd.DataFrame, _: pd.DataFrame) -> pd.DataFrame:
    return _added_up(_levels(tracker), "programme")


def totals_by_kind_and_cost_centre(tracker: pd.DataFrame, _: pd.DataFrame) -> pd.DataFrame:
    return _added_up(_levels(tracker), "kind", "cost_centre")


def cash_by_programme(tracker: pd.DataFrame, _: pd.DataFrame) -> pd.DataFrame:
    """Each reading is added up over the years before the least is taken: a line is of one basis in all of them."""
    rows = tracker.sort_values(["line", "financial_year"])
    rows = rows.assign(summed=rows.groupby("line")["pence"].cumsum(), stands=rows["pence"])
    cash = rows.groupby(["line", "programme", "basis", "recurrence"], dropna=False)[["summed", "stands"]].sum().reset_index()
    found = _ends(cash, cash["summed"], cash["stands"]).groupby("programme")[["least", "most"]].sum().reset_index()
    return found.assign(financial_year=None, indicator="savings.total_cash")


def gap(tracker: pd.DataFrame, pressures: pd.DataFrame) -> pd.DataFrame:
    rows = _levels(tracker)
    closing = (
        (rows["already_counted_in"] == "nothing") & (rows["kind"] != "cost avoidance") & (rows["status"] != "not achievable")
    )
    totals = rows.groupby("financial_year")[["least", "most"]].sum()
    closes = rows[closing].groupby("financial_year")[["least", "most"]].sum().add_prefix("closes_")
    both = pressures.merge(totals.join(closes).reset_index(), on="financial_year")
    amounts = {
        "savings.pressure": (both["pence"], both["pence"]),
        "savings.total_level": (both["least"], both["most"]),
        "savings.closes": (both["closes_least"], both["closes_most"]),
        "savings.remaining": (both["pence"] - both["closes_most"], both["pence"] - both["closes_least"]),
    }
    parts = [
        pd.DataFrame({"financial_year": both["financial_year"], "least": least, "most": most, "indicator": key})
        for key, (least, most) in amounts.items()
    ]
    return pd.concat(parts)


def profile_by_programme(tracker: pd.DataFrame, _: pd.DataFrame) -> pd.DataFrame:
    levels = _levels(tracker)
    before = levels.groupby("line")["pence"].shift(fill_value=0)
    added = _ends(levels, levels["pence"], levels["pence"] - before)
    both = [_added_up(levels, "programme"), _added_up(added, "programme", indicator="savings.added_in_year")]
    return pd.concat(both)
