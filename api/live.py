"""The engine that the server answers from: opened once, and another beside it when another generation is published."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from api.collecting import set_aside
from api.faults import told
from corpus.types import AvtalError
from indexer.manifest import POINTER
from retriever.engine import Engine, open_engine
from retriever.suggestions import Suggester

logger = logging.getLogger("avtal")

WATCH_SECONDS = 1.0
"""How often the pointer is read: a few bytes from the disk's cache."""
AGAIN_SECONDS = 60.0
"""Until a generation that could not be opened is tried again: what stopped it may have been the disk or the memory of the moment."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """An engine with the suggestions of its generation, swapped in one step."""

    engine: Engine
    suggester: Suggester

    @classmethod
    def of(cls, engine: Engine) -> _Opened:
        return cls(engine, Suggester(engine.index))


class LiveEngine:
    """Gives the current engine. While a new generation opens, and when it cannot be opened, the former one answers."""

    def __init__(self, root: Path, again_seconds: float = AGAIN_SECONDS) -> None:
        self._root = root
        self._again_seconds = again_seconds
        self._lock = threading.Lock()
        self._opened: _Opened | None = None
        self._pointer: bytes | None = None
        self._again_at: float | None = None
        self._said = ""

    def get(self) -> Engine:
        """The engine, opened at the first call. Raises AvtalError where none could ever be opened."""
        return (self._opened or self._renewed()).engine

    def suggester(self, engine: Engine) -> Suggester:
        """The suggestions of the engine's generation."""
        kept = self._opened
        return kept.suggester if kept and kept.engine is engine else Suggester(engine.index)

    def refresh(self) -> None:
        """Open the generation that the pointer names, where it is another than the one that answers; others go on asking.

        One that could not be opened is tried again after `again_seconds`.
        Raises what stops it from being opened where there is no former one to go on with; else that is logged.
        """
        self._renewed()

    def _renewed(self) -> _Opened:
        with self._lock:
            pointer, kept = self._read_pointer(), self._opened
            again = self._again_at is not None and time.monotonic() >= self._again_at
            if kept is None or pointer != self._pointer or again:
                self._again_at = None
                try:
                    kept = _Opened.of(open_engine(self._root, kept.engine.encoder if kept else None))
                    set_aside()
                except Exception as error:  # told in the log; the watch must outlive it, for the next one
                    if kept is None:
                        raise
                    self._failed(error)
                self._opened, self._pointer = kept, pointer
            return kept

    def _failed(self, error: Exception) -> None:
        """Say why the generation could not be opened, once, and when it is tried again."""
        said = str(error) if isinstance(error, AvtalError) else f"\n{told(error)}"
        if said != self._said:
            logger.error("den nya generationen kunde inte öppnas, den förra svarar vidare: %s", said)
        self._said, self._again_at = said, time.monotonic() + self._again_seconds

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Refresh in a thread of its own, as soon as the pointer moves, until the end of the block."""
        ended = threading.Event()

        def watch() -> None:
            while not ended.wait(WATCH_SECONDS):
                if self._opened is not None:
                    self.refresh()

        thread = threading.Thread(target=watch, name="generation", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def _read_pointer(self) -> bytes | None:
        """The pointer's bytes, None where it cannot be read: opening then says why, once."""
        try:
            return (self._root / POINTER).read_bytes()
        except OSError:
            return None
