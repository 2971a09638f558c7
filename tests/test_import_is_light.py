"""`import bucks_cs` is quick and quiet, and every public name is there when it is asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

import bucks_cs

FRAMES = {"duckdb", "narwhals", "pandas", "pandera", "polars", "pyarrow", "pyspark"}
HEAVY = FRAMES | {"attr", "attrs", "cattrs", "fastexcel", "govuk_bank_holidays", "logging", "numpy", "pint", "requests", "scipy"}


def said_by(code: str) -> str:
    """What a fresh Python prints."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_importing_bucks_cs_takes_under_50_ms_more_than_bare_python():
    """Processor time in a fresh Python that has started, at its quickest of nine: what else the machine does counts little."""
    code = "import time; began = time.process_time(); import bucks_cs; print(time.process_time() - began)"
    more = min(float(said_by(code)) for _ in range(9))
    assert more < 0.050, f"import bucks_cs takes {more * 1000:.0f} ms"


def test_importing_bucks_cs_loads_no_dataframe_library_and_no_other_package():
    """Nothing heavy is among the modules that the import itself brought."""
    code = "import sys; before = set(sys.modules); import bucks_cs; print(*set(sys.modules) - before)"
    loaded = {name.split(".")[0] for name in said_by(code).split()}
    assert "bucks_cs" in loaded
    assert not loaded & HEAVY


def test_importing_bucks_cs_sets_up_no_logging_and_says_nothing():
    """Root handlers, level and warning filters are as they were, and nothing is printed."""
    code = """
import logging, os, sys, warnings
state = lambda: (list(logging.root.handlers), logging.root.level, list(warnings.filters), dict(os.environ), list(sys.path))
before = state()
import bucks_cs
assert state() == before
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_using_indicators_loads_no_dataframe_library():
    """Definitions are for readers of definitions: no frame in sight until one is in play (pint alone brings numpy)."""
    code = "import sys, bucks_cs; bucks_cs.Indicator, bucks_cs.Withheld, bucks_cs.Source; print(*sys.modules)"
    loaded = {name.split(".")[0] for name in said_by(code).split()}
    assert not loaded & FRAMES


@pytest.mark.parametrize("name", bucks_cs.__all__)
def test_every_public_name_is_there_and_is_what_it_says(name):
    """A module is the module of that name; an object is the one of its own module."""
    found = getattr(bucks_cs, name)
    if name[0].isupper():
        assert found.__name__ == name
        assert found.__module__.startswith("bucks_cs.")
    elif name != "__version__":
        assert found.__name__ == f"bucks_cs.{name}"


def test_dir_lists_every_public_name_before_any_was_used():
    """So that an editor offers them."""
    listed = set(said_by("import bucks_cs; print(*dir(bucks_cs))").split())
    assert set(bucks_cs.__all__) <= listed


def test_a_name_that_is_not_there_is_an_attribute_error_that_names_it():
    """As of any module."""
    with pytest.raises(AttributeError, match="module 'bucks_cs' has no attribute 'EHCPCohorts'"):
        bucks_cs.EHCPCohorts  # noqa: B018
