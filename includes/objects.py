"""A griffe extension: an indicator or a source says in the reference what the object itself says.

Those are made once, as constants, and carry their title and definition with them: a docstring below each would say it twice, and
what has none is left out of the reference and of its inventory, to which links from other sites lead.
"""

from __future__ import annotations

import importlib
from typing import Any

import griffe

from bucks_cs.indicators import Indicator
from bucks_cs.provenance import NoOfficialSource, Source


def words_of(thing: object) -> str | None:
    """What the reference says of an object, or None where it is no indicator and no source.

    Args:
        thing: What a constant holds.
    """
    if isinstance(thing, Indicator):
        left_out = f" Left out: {thing.leaves_out}." if thing.leaves_out else ""
        return f"**{thing.title}** (`{thing.key}`): {thing.counts}.{left_out}"
    if isinstance(thing, (Source, NoOfficialSource)):
        said = str(thing)
        return f"{said[0].upper()}{said[1:].rstrip('.')}."
    return None


class Objects(griffe.Extension):
    """Gives a constant of a module the words of the object that it holds, where it has none of its own."""

    def on_attribute_instance(self, *, attr: griffe.Attribute, **kwargs: Any) -> None:
        """Called for every attribute as soon as it is there."""
        if attr.docstring is not None or attr.parent is None or not attr.parent.is_module or not attr.name.isupper():
            return
        words = words_of(getattr(importlib.import_module(attr.parent.path), attr.name, None))
        if words is not None:
            attr.docstring = griffe.Docstring(words, parent=attr)
