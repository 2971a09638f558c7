"""The public functions that give an indicator: which they are, what their docstrings say, and their examples as they run."""

from __future__ import annotations

import ast
import builtins
import importlib
import inspect
import re
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import CodeType, FunctionType, ModuleType
from typing import Any

import attrs

from bucks_cs import catalogue
from bucks_cs.indicators import Indicator


def door(subject: str) -> ModuleType:
    """The subject as one imports it."""
    return importlib.import_module(f"bucks_cs.{subject}")


def functions_of(one: Indicator) -> list[str]:
    """The public functions that give an indicator.

    That of its own name; or else those whose docstring names it; or else those whose code, followed through the subject, comes to
    it; or else those that stand where it is made.
    """
    there, (first, *rest) = door(one.key.split(".")[0]), one.key.split(".", 1)[1].split("/")
    own = rest[-1] if rest else first
    if callable(getattr(there, own, None)):
        return [own]
    public = [name for name in there.__all__ if isinstance(inspect.unwrap(getattr(there, name)), FunctionType)]
    public = [name for name in public if not name.startswith("mark_")]
    constant = next((name for name in there.__all__ if getattr(there, name) is one), "")
    ways: tuple[Callable[[FunctionType], bool], ...] = (
        lambda function: _names(function, one.key, constant),
        lambda function: any(_holds(thing, one) for thing in _reached(function, there.__name__, set())),
        lambda function: any(_holds(thing, one) for thing in vars(sys.modules[function.__module__]).values()),
    )
    found = ([name for name in public if way(inspect.unwrap(getattr(there, name)))] for way in ways)
    return next(filter(None, found), [])


def _names(function: FunctionType, key: str, constant: str) -> bool:
    said = inspect.getdoc(function) or ""
    return f"`{key}`" in said or bool(constant and re.search(rf"\b{constant}\b", said))


def _reached(function: FunctionType, house: str, seen: set[object]) -> Iterator[object]:
    """The things a function's code names, and those that the functions of its own house name that it calls."""
    seen.add(function)
    for name in _named_in(function.__code__):
        thing = function.__globals__.get(name)
        called = inspect.unwrap(thing) if callable(thing) else None
        if isinstance(called, FunctionType) and called.__module__.startswith(house):
            if called not in seen:
                yield from _reached(called, house, seen)
        elif not isinstance(thing, ModuleType):
            yield thing


def _named_in(code: CodeType) -> set[str]:
    inner = (part for part in code.co_consts if isinstance(part, CodeType))
    return set(code.co_names).union(*map(_named_in, inner))


def _holds(thing: object, one: Indicator, depth: int = 5) -> bool:
    """Whether a thing is an indicator, or has it somewhere within."""
    if isinstance(thing, Indicator) or not depth:
        return thing is one
    if isinstance(thing, Mapping):
        parts: Iterable[object] = (*thing, *thing.values())
    elif isinstance(thing, (tuple, list, set, frozenset)):
        parts = thing
    elif attrs.has(type(thing)):
        parts = (getattr(thing, field.name) for field in attrs.fields(type(thing)))
    else:
        return False
    return any(_holds(part, one, depth - 1) for part in parts)


def section(function: Callable[..., Any], name: str) -> str:
    """A section of a docstring as one paragraph, or nothing."""
    said = inspect.getdoc(function) or ""
    found = re.search(rf"^{name}:\n((?:(?:    .*)?\n?)+)", said, re.MULTILINE)
    return textwrap.dedent(found[1]).strip("\n") if found else ""


def example(function: Callable[..., Any]) -> str:
    """A docstring's example with the names of its module imported, so that it runs by itself."""
    code = section(function, "Example")
    if not code:
        return ""
    lines = [line[4:] for line in code.splitlines() if line.startswith((">>> ", "... "))]
    needed = _needed("\n".join(lines))
    module = sys.modules[inspect.unwrap(function).__module__]
    imports = [f">>> {line}" for name in sorted(needed) if (line := _import_of(name, module))]
    return "\n".join([*imports, code])


def _needed(code: str) -> set[str]:
    tree = ast.parse(code)
    loaded = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    made = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    made |= {node.name for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    made |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    made |= {
        alias.asname or alias.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    return loaded - made - set(dir(builtins))


def _import_of(name: str, module: ModuleType) -> str:
    found = getattr(module, name, None)
    if found is None:
        return ""
    if isinstance(found, ModuleType):
        return f"import {found.__name__} as {name}" if found.__name__ != name else f"import {name}"
    for subject in catalogue.SUBJECTS:
        if name in door(subject).__all__:
            return f"from bucks_cs.{subject} import {name}"
    home = getattr(found, "__module__", module.__name__)
    parent = ".".join(home.split(".")[:2])
    public = name in getattr(importlib.import_module(parent), "__all__", ())
    return f"from {parent if public else home} import {name}"
