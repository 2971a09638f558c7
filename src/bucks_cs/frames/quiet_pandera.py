"""pandera, imported without a word: where pyspark stands beside pandas 3 it warns of itself when pandera looks for it."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", FutureWarning)
    import pandera.pyarrow as pandera_arrow
    from pandera.api.function_dispatch import Dispatcher
    from pandera.api.pyarrow.model import build_arrow_columns

__all__ = ["Dispatcher", "build_arrow_columns", "pandera_arrow"]
