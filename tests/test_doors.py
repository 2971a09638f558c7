"""A subject's door lists its names once, by hand; the rest of it is written from that list."""

from __future__ import annotations

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


@pytest.mark.parametrize("subject", DOORS)
def test_a_door_is_as_its_list_of_rooms_makes_it(subject):
    """Byte for byte; run tools/build_doors.py when it is not."""
    assert builder().written(DOORS[subject]) == DOORS[subject].read_text("utf-8")


@pytest.mark.parametrize("subject", DOORS)
def test_a_door_gives_every_name_it_lists(subject):
    """And each indicator behind it carries the subject's name in its key, once."""
    door = importlib.import_module(f"bucks_cs.{subject}")
    assert all(getattr(door, name) is not None for name in door.__all__)
    keys = [indicator.key for indicator in door.INDICATORS]
    assert all(isinstance(indicator, Indicator) for indicator in door.INDICATORS)
    assert all(key.startswith(f"{subject}.") for key in keys)
    assert len(set(keys)) == len(keys)
