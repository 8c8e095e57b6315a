"""Fingerprints of the code that decides what an index holds, so that no index outlives the code that made it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_WORD_FILES = ("bm25.py", "counted.py", "lexical.py", "passages.py", "swedish")


@cache
def parser_version() -> str:
    """Fingerprint of everything that turns a file into an agreement: the `corpus` package."""
    return _fingerprint(path for path in (_HERE.parent / "corpus").rglob("*") if "samples" not in path.parts)


@cache
def chunker_version() -> str:
    """Fingerprint of everything that turns an agreement into passages and words."""
    found = [_HERE / name for name in _WORD_FILES]
    return _fingerprint(path for top in found for path in ([top] if top.is_file() else top.rglob("*")))


def _fingerprint(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(p for p in paths if p.suffix in (".py", ".toml", ".txt")):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
