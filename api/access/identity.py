"""Someone who is known to the service: name, groups, what the identity is for, and until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from corpus.types import EVERY_READER, Agreement, folded_group


class Scope(StrEnum):
    """What an identity may be used for. None of them holds another."""

    READ = "read"
    """The agreements that its groups may read."""
    READ_ALL = "read_all"
    """Every agreement, also those that no group may read."""
    METRICS = "metrics"
    """The service's own counts, which are of the whole index."""
    ADMIN = "admin"
    """The registrator's pages and routes, without the key: every file in the folder, read and changed."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Someone known. `groups` are folded; `expires` is when the proof of it does, with a zone, None where it says none."""

    name: str
    groups: frozenset[str]
    scopes: frozenset[Scope]
    expires: datetime | None = None

    @classmethod
    def of(
        cls, name: str, groups: Iterable[str], scopes: Iterable[Scope], expires: datetime | None = None
    ) -> Identity:
        """An identity by its groups as they are written."""
        folded = frozenset(folded_group(group) for group in groups if group.strip())
        return cls(name, folded, frozenset(scopes), expires)

    def may(self, *scopes: Scope) -> bool:
        """True where it has one of the scopes."""
        return not self.scopes.isdisjoint(scopes)

    def readable(self, agreements: Mapping[str, Agreement]) -> frozenset[str]:
        """Ids of the agreements that it may read: the row set that everything it is answered from is cut to."""
        if self.may(Scope.READ_ALL):
            return frozenset(agreements)
        if not self.may(Scope.READ):
            return frozenset()
        groups = self.groups | {EVERY_READER}
        return frozenset(name for name, each in agreements.items() if not groups.isdisjoint(each.readers))


class UnknownReaderError(Exception):
    """Nothing in the request proves who is asking. `told` says in Swedish what is wrong with what was shown, if anything.

    `told` never says whether a key or a name exists.
    """

    def __init__(self, told: str) -> None:
        super().__init__(told)
        self.told = told


NOTHING_SHOWN = "anropet visar inte vem som frågar"
NOT_VALID = "det som visades upp gäller inte"
