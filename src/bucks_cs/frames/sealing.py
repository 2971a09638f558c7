"""Sealing: an engine's failure becomes an error of ours, with nothing of its text, and is not logged on the way.

Engines put cells in their messages, and PySpark logs the message of a failed query as well.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from bucks_cs.errors import BucksError, FrameProblems, Problem

__all__ = ["sealed"]

R = TypeVar("R")

_PYSPARK_LOGGERS = ("SQLQueryContextLogger", "DataFrameQueryContextLogger")


def sealed(run: Callable[[], R], *, what: str) -> R:
    """Whatever an engine gives, or our own error with the name of the engine's error and nothing of its text.

    Args:
        run: What to run.
        what: What was being done, for the message.

    Raises:
        FrameProblems: The engine failed. The error carries no cause, no context and no data.
    """
    failed = ""
    with _unlogged():
        try:
            return run()
        except BucksError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever an engine raises may hold a cell
            failed = type(error).__name__
    rule = f"the engine could not do this ({failed}); its own message is withheld, since it may show a row"
    raise FrameProblems(schema=what, problems=(Problem(rule=rule),))


@contextmanager
def _unlogged() -> Iterator[None]:
    """While it lasts PySpark's own loggers say nothing of a failed query; where PySpark is not loaded, nothing is done."""
    module: Any = sys.modules.get("pyspark.logger")
    loggers = [module.PySparkLogger.getLogger(name) for name in _PYSPARK_LOGGERS] if module else []
    before = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        yield
    finally:
        for logger, was in zip(loggers, before, strict=True):
            logger.disabled = was
