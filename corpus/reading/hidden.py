"""Words that a file holds but does not show: left out of the text, and said so."""

from __future__ import annotations

from collections.abc import Sequence

_LONGEST = 60


def hidden_warning(pieces: Sequence[str]) -> str | None:
    """A Swedish warning that counts the hidden places and shows the first, or None where nothing is hidden."""
    words = [" ".join(piece.split()) for piece in pieces if any(map(str.isalnum, piece))]
    if not words:
        return None
    first = words[0] if len(words[0]) <= _LONGEST else words[0][:_LONGEST].rstrip() + " …"
    places = "ställe" if len(words) == 1 else "ställen"
    return f"dold text på {len(words)} {places} utelämnades, det första: ”{first}”"
