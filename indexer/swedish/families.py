"""Words that mean nearly the same in agreements: säga upp, uppsägning, avsluta."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from indexer.swedish.stems import stem


@cache
def _families() -> dict[str, frozenset[str]]:
    rows = Path(__file__).with_name("families.txt").read_text(encoding="utf-8").splitlines()
    found: dict[str, frozenset[str]] = {}
    for row in rows:
        if row and not row.startswith("#"):
            stems = frozenset(stem(word) for word in row.split())
            for member in stems:
                found[member] = found.get(member, frozenset()) | stems
    return found


def kin_of(base: str) -> frozenset[str]:
    """Stems of the words that mean nearly what the stem `base` means; without itself, empty for most."""
    return _families().get(base, frozenset()) - {base}
