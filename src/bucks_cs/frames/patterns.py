r"""Patterns: a regular expression that means the same to polars, DuckDB and Spark.

The three have engines of their own (Rust's, RE2, Java's). They do not agree whether ``\d`` is any digit of Unicode or 0 to 9, or
whether ``$`` may stand before a last line break, and two of them know no look-around. So the short classes are written
out in ASCII, the end is the very end, and what only some can do is refused when the schema is made.
"""

from __future__ import annotations

import re

from bucks_cs.errors import InvalidValue

__all__ = ["portable", "whole_match"]

_CLASSES = {"d": "0-9", "w": "A-Za-z0-9_", "s": r" \t\n\r\f\v"}
_TOKEN = re.compile(r"\\.|\[\^?\]?|\]|\$|\(\?[a-zA-Z-]*[:)]|\(\?.{0,2}|.", re.DOTALL)
_EXPECTED = "a regular expression that every engine can run: no look-around, no back-reference, no flags"


def portable(pattern: str | re.Pattern[str]) -> str:
    r"""A pattern as every engine reads it alike.

    Args:
        pattern: A regular expression of Python's, with no flags.

    Raises:
        InvalidValue: It has what one of the engines cannot do, or is no regular expression.

    Example:
        >>> portable(r"[A-Z]\d{7}$")
        '[A-Z][0-9]{7}\\z'
    """
    text = pattern.pattern if isinstance(pattern, re.Pattern) else pattern
    flags = pattern.flags & ~(re.UNICODE | re.ASCII) if isinstance(pattern, re.Pattern) else 0
    out, inside = [], False
    for token in _TOKEN.findall(text):
        if not inside and (flags or re.fullmatch(r"\(\?(?!:).*|\\[1-9]", token, re.DOTALL)):
            raise InvalidValue(what="pattern", expected=_EXPECTED)
        out.append(_read(token, inside=inside))
        inside = token.startswith("[") or (inside and token != "]")
    return "".join(out)


def _read(token: str, *, inside: bool) -> str:
    letter = token[1:] if token.startswith("\\") else ""
    if letter in _CLASSES and letter:
        return _CLASSES[letter] if inside else f"[{_CLASSES[letter]}]"
    if letter.lower() in _CLASSES and letter:
        if inside:
            raise InvalidValue(what="pattern", expected=f"no \\{letter} within brackets, which engines do not read alike")
        return f"[^{_CLASSES[letter.lower()]}]"
    if not inside and (token == "$" or letter == "Z"):
        return r"\z"
    return token


def whole_match(pattern: str | re.Pattern[str]) -> str | None:
    r"""A pattern that is matched from the start, as one that must match the whole of a text, with no anchors in it.

    XML Schema, and Frictionless after it, reads patterns so.

    Args:
        pattern: What `portable` takes.

    Returns:
        The pattern, or None where there is no such pattern to be had by rewriting its ends.

    Example:
        >>> whole_match(r"^(?:R|S)\d"), whole_match(r"R\d{7}$")
        ('(R|S)[0-9].*', 'R[0-9]{7}')
    """
    tokens = _TOKEN.findall(portable(pattern))
    begun = tokens[1:] if tokens[:1] == ["^"] else tokens
    body = begun[:-1] if begun[-1:] == [r"\z"] else begun
    depth, inside = 0, False
    for token in body:
        depth += 0 if inside else token.startswith("(") - (token == ")")
        if not inside and (token in {"^", r"\z", r"\b", r"\B", r"\A"} or (token == "|" and depth == 0)):
            return None
        inside = token.startswith("[") or (inside and token != "]")
    text = "".join("(" if token == "(?:" else token for token in body)
    return None if re.search(r"[*+?}][?+]", text) else text + ("" if body is not begun else ".*")
