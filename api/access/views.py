"""The indexes that readers are answered from: one for each set of agreements that somebody may read."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from indexer.restriction import Divisible
from retriever.engine import Engine, engine_over
from retriever.suggestions import Suggester


@dataclass(frozen=True, slots=True)
class View:
    """Questions over an index of just what a reader may read, and its suggestions."""

    engine: Engine
    suggester: Suggester


class Views:
    """Makes a view when it is first asked for, and keeps the `most` asked for last. Readers of the same share it.

    What a view holds of questions (words read, clauses labelled) is of its own agreements, and goes with it.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock, self._making = threading.Lock(), threading.Lock()
        self._whole: Engine | None = None
        self._divisible: Divisible | None = None
        self._kept: OrderedDict[frozenset[str], View] = OrderedDict()

    def of(self, whole: Engine, readable: frozenset[str]) -> View:
        """The view of `readable`, ids of agreements of the generation that `whole` answers from."""
        found = self._found(whole, readable)
        if found is not None:
            return found
        with self._making:
            return self._found(whole, readable) or self._made(whole, readable)

    def _found(self, whole: Engine, readable: frozenset[str]) -> View | None:
        with self._lock:
            view = self._kept.get(readable) if whole is self._whole else None
            if view is not None:
                self._kept.move_to_end(readable)
            return view

    def _made(self, whole: Engine, readable: frozenset[str]) -> View:
        if self._divisible is None or self._divisible.index is not whole.index:
            self._divisible = Divisible.of(whole.index)
        engine = engine_over(self._divisible.only(readable), whole.encoder)
        view = View(engine, Suggester(engine.index))
        with self._lock:
            if whole is not self._whole:
                self._whole = whole
                self._kept.clear()
            self._kept[readable] = view
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return view
