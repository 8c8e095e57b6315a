"""The registrator's key: 256 random bits that are shown once; the server knows only their hash."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

_HASH = re.compile(r"[0-9a-f]{64}")


def new_key() -> tuple[str, str]:
    """A new key and its hash. A slow hash would protect nothing more: nobody guesses 256 bits."""
    key = secrets.token_urlsafe(32)
    return key, hash_of(key)


def hash_of(key: str) -> str:
    """Hex SHA-256 of the key."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def opens(key: str, key_hash: str) -> bool:
    """True where the key is the one whose hash it is, in the same time for every other."""
    return hmac.compare_digest(hash_of(key.strip()), key_hash)


def is_hash(word: str) -> bool:
    """True for the hash of a key, as `avtal admin-key` prints it."""
    return _HASH.fullmatch(word) is not None
