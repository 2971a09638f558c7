"""How far a work has come, on a terminal and nowhere else."""

from __future__ import annotations

from typing import TextIO

from bucks_cs.errors import InvalidValue
from bucks_cs.report.update import Step, Told

__all__ = ["progress_on"]

_CELLS = 20
_CLEAR = "\r\x1b[K"


def progress_on(stream: TextIO) -> Told:
    """What shows a bar of the steps on a terminal, and nothing where the stream is a file or a pipe.

    Args:
        stream: Where to, such as ``sys.stderr``.

    Returns:
        What `bucks_cs.report.cabinet_update` and `bucks_cs.report.write_update` take as ``told``; the bar goes when the last step
        has begun, and the line that comes next takes its place.

    Raises:
        InvalidValue: It is no stream of text.

    Example:
        >>> import io
        >>> from bucks_cs.report import Step, progress_on
        >>> piped = io.StringIO()
        >>> progress_on(piped)(Step(number=1, of=2, title="Demand"))
        >>> piped.getvalue()
        ''
    """
    if not hasattr(stream, "write") or not hasattr(stream, "isatty"):
        raise InvalidValue(what="stream", expected="a stream of text, such as sys.stderr")

    def told(step: Step) -> None:
        if not stream.isatty():
            return
        done = _CELLS * (step.number - 1) // step.of
        stream.write(f"{_CLEAR}[{'#' * done}{'.' * (_CELLS - done)}] {step}")
        stream.flush()

    return told
