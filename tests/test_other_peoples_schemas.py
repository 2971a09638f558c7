"""Other people's pandera schemas do what they did before this library was imported and used."""

from __future__ import annotations

import subprocess
import sys

import pytest

# Two Pythons that load three kinds of pandera each.
pytestmark = pytest.mark.long

SCRIPT = """
import sys, warnings
warnings.simplefilter("ignore")
if sys.argv[1] == "with us":
    import polars as ours_pl
    import bucks_cs
    import bucks_cs.frames
    from bucks_cs.demand import Activity
    try:
        Activity.conform(ours_pl.DataFrame({"indicator": [1]}))
    except bucks_cs.errors.FrameProblems:
        print("used", file=sys.stderr)

import pandas as pd, polars as pl, pyarrow as pyarrow
import pandera.pandas, pandera.polars, pandera.pyarrow
from pandera.api.checks import Check

def shown(run):
    try:
        return repr(run())
    except Exception as error:
        return f"{type(error).__module__}.{type(error).__name__}: {error}"

ROWS = {"n": [1, -2, 3], "name": ["a", "b", "b"]}
GOOD = {"n": [1, 2, 3], "name": ["a", "b", "c"]}
MAKE = {pandera.pandas: pd.DataFrame, pandera.polars: pl.DataFrame, pandera.pyarrow: pyarrow.table}
for pa, make in MAKE.items():
    text = pl.String if pa is pandera.polars else str
    class Model(pa.DataFrameModel):
        n: int = pa.Field(ge=0, isin=[1, 2, 3])
        name: text = pa.Field(unique=True, str_matches="[a-z]")

        class Config:
            strict = True
            coerce = pa is pandera.pandas

    schema = pa.DataFrameSchema({"n": pa.Column(int, pa.Check.gt(0)), "name": pa.Column(text, pa.Check.str_length(1, 3))})
    for cells in (ROWS, GOOD, {"n": ["one"], "name": ["a"]}, {"n": [1]}):
        for lazy in (False, True):
            print(pa.__name__, shown(lambda: Model.validate(make(cells), lazy=lazy)))
            print(pa.__name__, shown(lambda: schema.validate(make(cells), lazy=lazy)))
lazy = pandera.polars.DataFrameSchema({"n": pandera.polars.Column(int, Check.gt(0))})
print(shown(lambda: lazy.validate(pl.LazyFrame(ROWS)).collect()))

def names(registry):
    return sorted(f"{key}: {value}" for key, value in registry.items())

# What is registered, by the name of each: checks, their back ends, and those of the schemas.
print(sorted(Check.CHECK_FUNCTION_REGISTRY), sorted(Check.REGISTERED_CUSTOM_CHECKS), names(Check.BACKEND_REGISTRY))
for name in sorted(Check.CHECK_FUNCTION_REGISTRY):
    registered = Check.CHECK_FUNCTION_REGISTRY[name]._function_registry
    print(name, sorted(f"{kind}: {function.__module__}" for kind, function in registered.items()))
for pa in MAKE:
    print(pa.__name__, names(pa.DataFrameSchema.BACKEND_REGISTRY), names(pa.Column.BACKEND_REGISTRY))
"""


def outcome(how):
    """What the script prints, in a Python of its own."""
    done = subprocess.run([sys.executable, "-c", SCRIPT, how], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout, done.stderr


@pytest.fixture(scope="module")
def outcomes():
    """With this library imported and used first, and without it."""
    return {how: outcome(how) for how in ("with us", "without us")}


def test_users_own_pandera_schemas_behave_the_same_with_and_without_this_library(outcomes):
    """On pandas, polars and pyarrow; good frames and bad, lazily and not, models and schemas, and all that is registered."""
    (with_us, used), (without, unused) = outcomes["with us"], outcomes["without us"]
    assert "used" in used
    assert "used" not in unused
    assert with_us.split("\n") == without.split("\n")


def test_the_schemas_of_the_comparison_do_refuse_and_do_let_by(outcomes):
    """Or two empty outcomes would be the same."""
    said, _ = outcomes["with us"]
    assert said.count("SchemaError") > 12
    assert said.count("failure_case") + said.count("failure case") >= 3
    assert "greater_than" in said
    assert "bucks_cs" not in said


def test_no_back_end_of_another_is_ours():
    """Our schema's own class hands nothing to pandera's back ends: its ``validate`` is its own."""
    import pandera.pyarrow

    from bucks_cs.frames import FrameModel
    from bucks_cs.frames.model import FrameSchema

    assert FrameSchema.validate is not pandera.pyarrow.DataFrameSchema.validate
    assert FrameModel.validate.__func__ is not pandera.pyarrow.DataFrameModel.validate.__func__
    assert not [key for key in pandera.pyarrow.DataFrameSchema.BACKEND_REGISTRY if "bucks_cs" in str(key)]
