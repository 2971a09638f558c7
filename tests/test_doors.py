"""A subject's door lists its names once, by hand; the rest of it is written from that list."""

from __future__ import annotations

import ast
import importlib
import importlib.util
from pathlib import Path

import pytest

from bucks_cs.indicators import Indicator

ROOT = Path(__file__).resolve().parents[1]


def builder():
    spec = importlib.util.spec_from_file_location("build_doors", ROOT / "tools" / "build_doors.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


DOORS = {door.parent.name: door for door in builder().doors()}
# Doors that show what the subjects measure, and measure nothing themselves.
SHOWING = {"charts", "report", "tables"}


@pytest.mark.parametrize("subject", DOORS)
def test_a_door_is_as_its_list_of_rooms_makes_it(subject):
    """Byte for byte; run tools/build_doors.py when it is not."""
    assert builder().written(DOORS[subject]) == DOORS[subject].read_text("utf-8")


@pytest.mark.parametrize("name", DOORS)
def test_a_door_gives_every_name_it_lists(name):
    """Each of them is there when it is asked for."""
    door = importlib.import_module(f"bucks_cs.{name}")
    assert all(getattr(door, each) is not None for each in door.__all__)


def told_to_type_checkers(text):
    """The names that the text of a door has for those who only read it: imported or declared, and not made when asked for."""
    told = set()
    for node in ast.walk(ast.Module([each for each in ast.parse(text).body if "not TYPE_CHECKING" not in ast.unparse(each)], [])):
        if isinstance(node, ast.ImportFrom):
            told |= {alias.asname or alias.name for alias in node.names}
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            told.add(node.target.id)
    return told


@pytest.mark.parametrize("name", DOORS)
def test_a_type_checker_knows_every_name_a_door_lists(name):
    """`INDICATORS` too, which is put together only when it is asked for."""
    listed = importlib.import_module(f"bucks_cs.{name}").__all__
    assert set(listed) <= told_to_type_checkers(DOORS[name].read_text("utf-8"))


@pytest.mark.parametrize("subject", sorted(DOORS.keys() - SHOWING))
def test_each_indicator_behind_a_subjects_door_carries_the_subjects_name(subject):
    """In its key, once."""
    door = importlib.import_module(f"bucks_cs.{subject}")
    keys = [indicator.key for indicator in door.INDICATORS]
    assert all(isinstance(indicator, Indicator) for indicator in door.INDICATORS)
    assert all(key.startswith(f"{subject}.") for key in keys)
    assert len(set(keys)) == len(keys)
