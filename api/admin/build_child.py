"""Builds a generation in a process of its own, for a server that goes on answering: one JSON line for each thing told."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from corpus.sandbox import Reader
from corpus.types import AvtalError
from indexer.build import build_index
from indexer.encoder import open_encoder

NICENESS = 10
"""Questions go before building, where both want the processor."""
BETWEEN = 0.2
"""Seconds between two lines on how far it has come."""


def main(arguments: Sequence[str]) -> int:
    """Index folder, root and encoder's name (empty: the shipped one). Exit status 1 where it failed, with the sentence."""
    folder, root, encoder = arguments
    os.nice(NICENESS)
    told = 0.0

    def progress(stage: str, done: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told > BETWEEN or done == total:
            told = time.monotonic()
            _tell(stage=stage, done=done, total=total)

    try:
        with Reader() as reader:
            built = build_index(
                Path(folder),
                Path(root),
                open_encoder(encoder or None),
                reader.read,
                progress,
                reader.reads_again,
            )
    except AvtalError as error:
        _tell(error=str(error))
        return 1
    _tell(generation=built.generation, published=built.published, agreements=built.agreements)
    return 0


def _tell(**said: object) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
