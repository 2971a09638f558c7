"""The picture of the README is what the library draws, with words for who cannot see it."""

from __future__ import annotations

import importlib.util
import re

import pytest

from bucks_cs import audit, charts, record


@pytest.fixture(scope="module")
def tool(root):
    """The script that makes the picture."""
    spec = importlib.util.spec_from_file_location("build_pictures", root / "tools" / "build_pictures.py")
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def test_the_committed_picture_is_what_the_tool_makes(tool):
    """Byte for byte; run tools/build_pictures.py when it is not."""
    assert tool.PICTURE.read_bytes().decode("utf-8") == tool.picture()


def test_the_readme_has_the_picture_with_the_words_of_its_data(tool):
    """Its alternative text is written from the figures, and not by hand."""
    assert tool.README.read_text(encoding="utf-8") == tool.readme()
    (said,) = re.findall(r"!\[([^]]+)\]\(docs/assets/", tool.README.read_text(encoding="utf-8"))
    assert said == charts.alt_text(tool.chart())
    for reading in record.demand():
        assert f"{reading.number:,.0f} " in said


def test_the_picture_asks_nothing_of_any_site_and_has_a_name(tool):
    """A reader of the README on another site, or with no network, sees it whole."""
    drawn = tool.PICTURE.read_text(encoding="utf-8")
    assert drawn.startswith('<svg role="img" aria-labelledby=')
    assert re.findall(r'(?:href|src)="(?!#)[^"]*"|url\((?!#)', drawn) == []


def test_three_of_the_six_printed_percentages_do_not_follow_as_the_readme_says(tool):
    """By the audit, over the table as it is printed."""
    assert "three of the six percentages printed beside them do not" in tool.README.read_text(encoding="utf-8")
    found = audit.changes(
        record.demand_table(),
        before="early_2020_monthly_average",
        after="monthly_average_2022",
        printed="percent_change",
        label="label",
    )
    assert (len(found), len(found.disagrees)) == (6, 3)
