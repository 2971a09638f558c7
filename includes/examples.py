"""A griffe extension: a docstring's ``Example:`` is shown as code.

The docstrings of this library have one example each, under ``Example:``; griffe knows the heading ``Examples:`` alone
and would read the prompts of the other as quotations. ``Source:`` needs nothing: it is shown as a note of that name.
"""

from __future__ import annotations

import re
from typing import Any

import griffe


class Examples(griffe.Extension):
    """Gives every heading ``Example:`` its plural while the site is built."""

    def on_instance(self, *, obj: griffe.Object, **kwargs: Any) -> None:
        """Called for every object as soon as it is there: before the fields of a class are read into its docstring."""
        if obj.docstring is not None:
            obj.docstring.value = re.sub(r"^Example:$", "Examples:", obj.docstring.value, flags=re.MULTILINE)
