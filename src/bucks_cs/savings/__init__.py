"""Savings: lines of the medium-term financial plan, as objects that can be added up without lying.

A `SavingsLine` says what is to be saved, by whom, in which `FinancialYear`, and on which **basis** its years stand: each on top
of the year before (incremental), each against a base year (cumulative), or unstated, which is then never guessed. Inside, a
saving is positive and in pounds; what was printed is kept as it was printed.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bucks_cs.indicators import Indicator
    from bucks_cs.savings.calculations.agency import break_even_day_rate, posts_to_turn_permanent, saving_of_permanent_staff
    from bucks_cs.savings.calculations.bases import as_cumulative, as_incremental, blanks_as_zero
    from bucks_cs.savings.calculations.deliveries import Delivery, delivery, delivery_together
    from bucks_cs.savings.calculations.double_counting import CountedTwice, DoubleCounting, double_counted
    from bucks_cs.savings.calculations.full_year import FullYearEffect, full_year_effect, with_full_year_effect
    from bucks_cs.savings.calculations.gaps import Gap, gap
    from bucks_cs.savings.calculations.in_house import BreakEven, break_even, saving_of_provision
    from bucks_cs.savings.calculations.levels import annual_level, cash_over
    from bucks_cs.savings.calculations.placements import placements_to_avoid, placements_to_avoid_for
    from bucks_cs.savings.calculations.real_terms import in_real_terms, level_in_real_terms
    from bucks_cs.savings.calculations.risks import risk_adjusted_total, simulated_total
    from bucks_cs.savings.calculations.totals import (
        TOTAL_CASH,
        TOTAL_LEVEL,
        Profile,
        YearAmount,
        YearsNotNamed,
        profile,
        total_cash,
        total_level,
    )
    from bucks_cs.savings.calculations.tracker_gaps import CLOSES, PRESSURE, REMAINING, mark_tracker_gap, tracker_gap
    from bucks_cs.savings.calculations.tracker_totals import (
        ADDED_IN_YEAR,
        tracker_profile,
        tracker_total_cash,
        tracker_total_level,
    )
    from bucks_cs.savings.model.choices import Basis, PrintedSign, Recurrence, SavingKind, Status
    from bucks_cs.savings.model.deflators import Deflator, Deflators
    from bucks_cs.savings.model.line import SavingsLine
    from bucks_cs.savings.model.money import in_pence, pounds
    from bucks_cs.savings.model.parts import Delivered, Dependency, PrintedForm, StatusOn, UnplacedSaving, YearSaving
    from bucks_cs.savings.model.possible import PossibleAmount, ReadAs
    from bucks_cs.savings.model.pressure import Pressure
    from bucks_cs.savings.model.programme import SavingsProgramme
    from bucks_cs.savings.model.rag import Rag, RagBands
    from bucks_cs.savings.model.risk import AnyBetween, Chance, Outcome, RiskAdjusted
    from bucks_cs.savings.schema.deflator_files import read_calendar_year_deflators
    from bucks_cs.savings.schema.plan_pressures import PlanPressures
    from bucks_cs.savings.schema.printed_lines import line_as_printed, money_as_printed
    from bucks_cs.savings.schema.printed_money import PrintedMoney, read_money, times_of_heading
    from bucks_cs.savings.schema.total_rows import TotalRows
    from bucks_cs.savings.schema.tracker import SavingsTracker
    from bucks_cs.savings.schema.tracker_layout import CheckedTracker, TrackerLayout, YearColumn
    from bucks_cs.savings.schema.tracker_lines import lines_of_tracker, tracker_of_lines
    from bucks_cs.savings.schema.tracker_reading import read_tracker
    from bucks_cs.savings.schema.tracker_writing import as_tracker, write_tracker
    from bucks_cs.savings.sources.unpublished import NO_DEFINITION_OF_A_SAVING, NO_STANDARD_OF_RAG

    INDICATORS: tuple[Indicator, ...]
    """Every indicator of the subject, in the order of their names."""

__all__ = [
    "ADDED_IN_YEAR",
    "CLOSES",
    "INDICATORS",
    "NO_DEFINITION_OF_A_SAVING",
    "NO_STANDARD_OF_RAG",
    "PRESSURE",
    "REMAINING",
    "TOTAL_CASH",
    "TOTAL_LEVEL",
    "AnyBetween",
    "Basis",
    "BreakEven",
    "Chance",
    "CheckedTracker",
    "CountedTwice",
    "Deflator",
    "Deflators",
    "Delivered",
    "Delivery",
    "Dependency",
    "DoubleCounting",
    "FullYearEffect",
    "Gap",
    "Outcome",
    "PlanPressures",
    "PossibleAmount",
    "Pressure",
    "PrintedForm",
    "PrintedMoney",
    "PrintedSign",
    "Profile",
    "Rag",
    "RagBands",
    "ReadAs",
    "Recurrence",
    "RiskAdjusted",
    "SavingKind",
    "SavingsLine",
    "SavingsProgramme",
    "SavingsTracker",
    "Status",
    "StatusOn",
    "TotalRows",
    "TrackerLayout",
    "UnplacedSaving",
    "YearAmount",
    "YearColumn",
    "YearSaving",
    "YearsNotNamed",
    "annual_level",
    "as_cumulative",
    "as_incremental",
    "as_tracker",
    "blanks_as_zero",
    "break_even",
    "break_even_day_rate",
    "cash_over",
    "delivery",
    "delivery_together",
    "double_counted",
    "full_year_effect",
    "gap",
    "in_pence",
    "in_real_terms",
    "level_in_real_terms",
    "line_as_printed",
    "lines_of_tracker",
    "mark_tracker_gap",
    "money_as_printed",
    "placements_to_avoid",
    "placements_to_avoid_for",
    "posts_to_turn_permanent",
    "pounds",
    "profile",
    "read_calendar_year_deflators",
    "read_money",
    "read_tracker",
    "risk_adjusted_total",
    "saving_of_permanent_staff",
    "saving_of_provision",
    "simulated_total",
    "times_of_heading",
    "total_cash",
    "total_level",
    "tracker_gap",
    "tracker_of_lines",
    "tracker_profile",
    "tracker_total_cash",
    "tracker_total_level",
    "with_full_year_effect",
    "write_tracker",
]

_ROOMS = {
    "calculations.agency": ("break_even_day_rate", "posts_to_turn_permanent", "saving_of_permanent_staff"),
    "calculations.bases": ("as_cumulative", "as_incremental", "blanks_as_zero"),
    "calculations.deliveries": ("Delivery", "delivery", "delivery_together"),
    "calculations.double_counting": ("CountedTwice", "DoubleCounting", "double_counted"),
    "calculations.full_year": ("FullYearEffect", "full_year_effect", "with_full_year_effect"),
    "calculations.gaps": ("Gap", "gap"),
    "calculations.in_house": ("BreakEven", "break_even", "saving_of_provision"),
    "calculations.levels": ("annual_level", "cash_over"),
    "calculations.placements": ("placements_to_avoid", "placements_to_avoid_for"),
    "calculations.real_terms": ("in_real_terms", "level_in_real_terms"),
    "calculations.risks": ("risk_adjusted_total", "simulated_total"),
    "calculations.totals": (
        "TOTAL_CASH", "TOTAL_LEVEL", "Profile", "YearAmount", "YearsNotNamed", "profile", "total_cash", "total_level",
    ),
    "calculations.tracker_gaps": ("CLOSES", "PRESSURE", "REMAINING", "mark_tracker_gap", "tracker_gap"),
    "calculations.tracker_totals": ("ADDED_IN_YEAR", "tracker_profile", "tracker_total_cash", "tracker_total_level"),
    "model.choices": ("Basis", "PrintedSign", "Recurrence", "SavingKind", "Status"),
    "model.deflators": ("Deflator", "Deflators"),
    "model.line": ("SavingsLine",),
    "model.money": ("in_pence", "pounds"),
    "model.parts": ("Delivered", "Dependency", "PrintedForm", "StatusOn", "UnplacedSaving", "YearSaving"),
    "model.possible": ("PossibleAmount", "ReadAs"),
    "model.pressure": ("Pressure",),
    "model.programme": ("SavingsProgramme",),
    "model.rag": ("Rag", "RagBands"),
    "model.risk": ("AnyBetween", "Chance", "Outcome", "RiskAdjusted"),
    "schema.deflator_files": ("read_calendar_year_deflators",),
    "schema.plan_pressures": ("PlanPressures",),
    "schema.printed_lines": ("line_as_printed", "money_as_printed"),
    "schema.printed_money": ("PrintedMoney", "read_money", "times_of_heading"),
    "schema.total_rows": ("TotalRows",),
    "schema.tracker": ("SavingsTracker",),
    "schema.tracker_layout": ("CheckedTracker", "TrackerLayout", "YearColumn"),
    "schema.tracker_lines": ("lines_of_tracker", "tracker_of_lines"),
    "schema.tracker_reading": ("read_tracker",),
    "schema.tracker_writing": ("as_tracker", "write_tracker"),
    "sources.unpublished": ("NO_DEFINITION_OF_A_SAVING", "NO_STANDARD_OF_RAG"),
}

if not TYPE_CHECKING:
    _ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}

    def __getattr__(name: str) -> Any:
        if name == "INDICATORS":
            from bucks_cs.indicators import Indicator

            found = (__getattr__(known) for known in __all__ if known.isupper() and known != "INDICATORS")
            return tuple(each for each in found if isinstance(each, Indicator))
        if name not in _ROOM_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{__name__}.{_ROOM_OF[name]}"), name)

    def __dir__() -> list[str]:
        return sorted(__all__)
