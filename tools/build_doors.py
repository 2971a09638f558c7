"""Write each door from the one list of its names: what type checkers read, and ``__all__``.

A door names its rooms and what each has for users in ``_ROOMS``; that is written by hand, and this writes the rest from it:
the imports that type checkers see, and ``__all__``. A subject's door has ``INDICATORS`` besides; those of charts, tables and the
report, which measure nothing, have none. Run it after adding a name: ``python tools/build_doors.py``.
"""

from __future__ import annotations

import ast
import re
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "src" / "bucks_cs"
WIDTH = 130
INDICATOR = "bucks_cs.indicators"
EVERY_INDICATOR = '''    INDICATORS: tuple[Indicator, ...]
    """Every indicator of the subject, in the order of their names."""
'''


def doors() -> list[Path]:
    """The doors that have a list of rooms."""
    return [door for door in sorted(HOUSE.glob("*/__init__.py")) if "\n_ROOMS = {" in door.read_text("utf-8")]


def rooms(text: str) -> dict[str, tuple[str, ...]]:
    """The list of rooms in a door."""
    for node in ast.parse(text).body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if isinstance(target, ast.Name) and target.id == "_ROOMS":
            return {room: tuple(names) for room, names in ast.literal_eval(node.value).items()}
    raise SystemExit("the door has no _ROOMS")


def _in_order(names: list[str]) -> list[str]:
    return sorted(names, key=lambda name: (not name.isupper(), not name[0].isupper(), name.lower()))


def _wrapped(opening: str, names: list[str], closing: str, *, indent: str) -> str:
    line = f"{indent}{opening}{', '.join(names)}{closing.lstrip()}"
    if len(line) <= WIDTH and "(" not in opening:
        return line
    return "\n".join([f"{indent}{opening}", *(f"{indent}    {name}," for name in names), f"{indent}{closing}"])


def _imports(package: str, known: dict[str, tuple[str, ...]], *, has_indicators: bool) -> str:
    lines = []
    for room in sorted(known):
        names = _in_order(list(known[room]))
        whole = f"    from {package}.{room} import {', '.join(names)}"
        lines.append(whole if len(whole) <= WIDTH else _wrapped(f"from {package}.{room} import (", names, ")", indent="    "))
    if not has_indicators:
        return "if TYPE_CHECKING:\n" + "\n".join(lines) + "\n"
    lines.insert(len(lines) if package < INDICATOR else 0, f"    from {INDICATOR} import Indicator")
    return "if TYPE_CHECKING:\n" + "\n".join(lines) + f"\n\n{EVERY_INDICATOR}"


def _rooms_again(known: dict[str, tuple[str, ...]]) -> str:
    lines = []
    for room in sorted(known):
        names = ", ".join(f'"{name}"' for name in _in_order(list(known[room])))
        comma = "," if len(known[room]) == 1 else ""
        line = f'    "{room}": ({names}{comma}),'
        if len(line) > WIDTH:
            wrapped = textwrap.wrap(names, WIDTH - 14, break_long_words=False)
            bodies = "\n".join(f"        {part.rstrip(', ')}," for part in wrapped)
            line = f'    "{room}": (\n{bodies}\n    ),'
        lines.append(line)
    return "_ROOMS = {\n" + "\n".join(lines) + "\n}\n"


def written(door: Path) -> str:
    """A door's text as it should be."""
    text = door.read_text("utf-8")
    known = rooms(text)
    extra = ["INDICATORS"] if 'name == "INDICATORS"' in text else []
    names = _in_order([name for of_room in known.values() for name in of_room] + extra)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise SystemExit(f"{door.parent.name}: in two rooms: {', '.join(twice)}")
    package = f"bucks_cs.{door.parent.name}"
    imports = re.compile(r"^if TYPE_CHECKING:\n(?:(?:    .*)?\n)*?(?=\S)", re.MULTILINE)
    text = imports.sub(lambda _: _imports(package, known, has_indicators=bool(extra)) + "\n", text, count=1)
    listed = "__all__ = [\n" + "\n".join(f'    "{name}",' for name in names) + "\n]\n"
    text = re.sub(r"^__all__ = \[.*?^\]\n", lambda _: listed, text, count=1, flags=re.M | re.S)
    return re.sub(r"^_ROOMS = \{.*?^\}\n", lambda _: _rooms_again(known), text, count=1, flags=re.M | re.S)


def main() -> int:
    """Write the doors named, or all of them."""
    asked = [HOUSE / name / "__init__.py" for name in sys.argv[1:]] or doors()
    for door in asked:
        new = written(door)
        if new != door.read_text("utf-8"):
            fresh = door.with_suffix(".new")
            fresh.write_text(new, "utf-8")
            fresh.replace(door)
            print(f"wrote {door.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
