"""Examples in the docs and in docstrings are tests, and where it is asked for a skipped test is a failure.

This file stands at the root because Sybil looks for examples below the folder of the conftest that names it.
"""

from __future__ import annotations
import __future__

import os
from collections.abc import Iterable
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE

import pytest
from sybil import Document, Example, Region, Sybil
from sybil.evaluators.doctest import DocTestEvaluator
from sybil.parsers.abstract import DocTestStringParser
from sybil.parsers.markdown import PythonCodeBlockParser
from sybil.sybil import SybilCollection

FLAGS = ELLIPSIS | NORMALIZE_WHITESPACE


class _AsAReaderWould(DocTestEvaluator):
    """Runs an example with the names of its module, and without the module's ``from __future__ import annotations``.

    A reader types no such line, and with it the annotations of a schema made in an example would be text.
    """

    def __call__(self, example: Example) -> str:
        if example.namespace.get("annotations") is __future__.annotations:
            del example.namespace["annotations"]
        return super().__call__(example)


_parse = DocTestStringParser(_AsAReaderWould(FLAGS))


def _docstring_examples(document: Document) -> Iterable[Region]:
    return _parse(document.text, document.path)


# A page is one namespace: its blocks run in order, and a later one may use what an earlier one made.
_readme = Sybil([PythonCodeBlockParser(doctest_optionflags=FLAGS)], filenames=["README.md"])
_pages = Sybil([PythonCodeBlockParser(doctest_optionflags=FLAGS)], path="docs", pattern="*.md")
_docstrings = Sybil([_docstring_examples], path="src", pattern="*.py")

pytest_collect_file = SybilCollection((_readme, _pages, _docstrings)).pytest()


def _skipped(config: pytest.Config) -> list[str]:
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    reports = terminal.stats.get("skipped", []) if terminal else []
    whys = (report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr for report in reports)
    return [f"{report.nodeid}: {why}" for report, why in zip(reports, whys, strict=True)]


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With BUCKS_CS_NO_SKIPS=1, a run that skipped anything has failed."""
    passed = session.exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}
    if os.environ.get("BUCKS_CS_NO_SKIPS") == "1" and passed and _skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which were skipped, and why that is a failure here."""
    skipped = _skipped(config)
    if os.environ.get("BUCKS_CS_NO_SKIPS") == "1" and skipped:
        terminalreporter.section("skipped, which is a failure here (BUCKS_CS_NO_SKIPS=1)", red=True)
        for line in skipped:
            terminalreporter.write_line(line)
