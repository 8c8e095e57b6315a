"""The engine that the server answers from: opened once, opened anew when another generation is published."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from corpus.types import AvtalError
from indexer.manifest import POINTER, IndexMissingError
from retriever.engine import Engine, open_engine
from retriever.suggestions import Suggester

logger = logging.getLogger("avtal")


class LiveEngine:
    """Gives the current engine. A new generation that cannot be opened leaves the former one answering."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._pointer: bytes | None = None
        self._suggester: Suggester | None = None

    def get(self) -> Engine:
        """The engine of the generation that the pointer names. Raises AvtalError where none could ever be opened."""
        pointer = self._read_pointer()
        if self._engine is not None and pointer == self._pointer:
            return self._engine
        with self._lock:
            if self._engine is None or pointer != self._pointer:
                self._open(pointer)
        if self._engine is None:
            raise IndexMissingError(f"det finns inget index i {self._root}; bygg ett med avtal index MAPP")
        return self._engine

    def suggester(self, engine: Engine) -> Suggester:
        """The suggestions of the engine's generation: made at the first call, kept until another generation."""
        kept = self._suggester
        if kept is None or kept.index is not engine.index:
            kept = self._suggester = Suggester(engine.index)
        return kept

    def _open(self, pointer: bytes | None) -> None:
        try:
            self._engine = open_engine(self._root, self._engine.encoder if self._engine else None)
        except AvtalError as error:
            if self._engine is None:
                raise
            logger.error("den nya generationen kunde inte öppnas, den förra svarar vidare: %s", error)
        self._pointer = pointer

    def _read_pointer(self) -> bytes | None:
        path = self._root / POINTER
        return path.read_bytes() if path.exists() else None
