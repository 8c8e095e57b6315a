"""Values worked out before, as many as fit: what has not been asked for in a long while is let go."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """The last `least` values kept or asked for, and at most as many again; from any thread, without a lock.

    Two dictionaries: when the new one is full the old one is dropped and the new takes its place. Two threads that do so
    at once drop more, which costs time only.
    """

    def __init__(self, least: int) -> None:
        self._least = least
        self._new: dict[K, V] = {}
        self._old: dict[K, V] = {}

    def get(self, key: K) -> V | None:
        """The value, None where it is not kept."""
        found = self._new.get(key)
        if found is None:
            found = self._old.get(key)
            if found is not None:
                self.keep(key, found)
        return found

    def keep(self, key: K, value: V) -> V:
        """Keep the value, and give it back."""
        if len(self._new) >= self._least:
            self._new, self._old = {}, self._new
        self._new[key] = value
        return value

    def __len__(self) -> int:
        return len(self._new.keys() | self._old.keys())
