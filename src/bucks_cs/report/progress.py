"""How far a work has come, on a terminal and nowhere else."""

from __future__ import annotations

from typing import Any, TextIO

import attrs

from bucks_cs.errors import InvalidValue
from bucks_cs.report.update import Step

__all__ = ["Progress", "progress_on"]

_CELLS = 20
_CLEAR = "\r\x1b[K"


def _a_stream(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    if not hasattr(value, "write") or not hasattr(value, "isatty"):
        raise InvalidValue(what="stream", expected="a stream of text, such as sys.stderr")


@attrs.frozen(kw_only=True)
class Progress:
    """A bar of the steps on a terminal, which goes when the ``with`` it stands in ends, by an error too: `progress_on` gives it.

    Args:
        stream: Where to.

    Raises:
        InvalidValue: It is no stream of text.
    """

    stream: TextIO = attrs.field(validator=_a_stream)

    def __call__(self, step: Step) -> None:
        """Show a step that begins.

        Args:
            step: The step.
        """
        if self.stream.isatty():
            done = _CELLS * (step.number - 1) // step.of
            self.stream.write(f"{_CLEAR}[{'#' * done}{'.' * (_CELLS - done)}] {step}")
            self.stream.flush()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self.stream.isatty():
            self.stream.write(_CLEAR)
            self.stream.flush()


def progress_on(stream: TextIO) -> Progress:
    """What shows a bar of the steps on a terminal, and nothing where the stream is a file or a pipe.

    Args:
        stream: Where to, such as ``sys.stderr``.

    Returns:
        What `bucks_cs.report.cabinet_update` and `bucks_cs.report.write_update` take as ``told``. The bar goes when the ``with``
        it is made for ends, so that what is printed next has a line of its own.

    Raises:
        InvalidValue: It is no stream of text.

    Example:
        >>> import io
        >>> from bucks_cs.report import Step, progress_on
        >>> piped = io.StringIO()
        >>> with progress_on(piped) as told:
        ...     told(Step(number=1, of=2, title="Demand"))
        >>> piped.getvalue()
        ''
    """
    return Progress(stream=stream)
