"""The names that the code of a page makes, so that a picture on a page is drawn by the very lines above it."""

from __future__ import annotations

import io
import re
import textwrap
from contextlib import nullcontext, redirect_stdout, suppress
from doctest import DocTestParser, Example
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parents[1] / "docs"
# A block in a tab is further in than one of the page itself.
BLOCK = re.compile(r"^( *)```python\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


def names_of(page: str, *, until: str) -> dict[str, Any]:
    """Run the blocks of a page in order, as its test does, up to the one that makes a name.

    Args:
        page: The page, from ``docs``.
        until: The name. The block that makes it is the last to be run.

    Returns:
        All names there are by then. An example that is shown to be refused may be, and any other that fails fails here too.
    """
    names: dict[str, Any] = {}
    for _, code in BLOCK.findall((DOCS / page).read_text(encoding="utf-8")):
        block = textwrap.dedent(code)
        shown = DocTestParser().get_examples(block) if block.startswith(">>>") else [Example(block, "")]
        for example in shown:
            refused = suppress(Exception) if example.exc_msg else nullcontext()
            with redirect_stdout(io.StringIO()), refused:
                exec(compile(example.source, page, "exec"), names)
        if until in names:
            return names
    raise LookupError(f"no block of {page} makes {until}")
