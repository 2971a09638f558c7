"""Readings: what every calculation gives back, many values of indicators as one long frame of the caller's own kind.

`Readings` hold the frame, the indicators it has values of, what it is broken down by, and where it is from. A gap stays
a gap with its reason in the column ``withheld``; units are the indicators', once. They can be iterated (each row a
`Reading`), asked for one row (`Readings.at`), put together (`Readings.concat`), shown in a notebook, written
as JSON, TOML and CSV, and read back. `columns` names the columns of the frame, `RESERVED` the names they keep.
"""

from __future__ import annotations

from bucks_cs.readings import document
from bucks_cs.readings.currency import UNASKED, Readings
from bucks_cs.readings.table import RESERVED, columns, long_form

document.teach()

__all__ = ["RESERVED", "UNASKED", "Readings", "columns", "long_form"]
