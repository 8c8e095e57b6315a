"""The sentences of domain errors in English, for a caller who asks for it."""

from __future__ import annotations

import re

_SENTENCES = (
    (r"frågan är tom; .*", "the question is empty; write what you are looking for"),
    (
        r"frågan är (\d+) tecken lång; den får vara högst (\d+)",
        r"the question is \1 characters long; at most \2 are allowed",
    ),
    (
        r"frågan är längre än (\d+) ordbitar; .*",
        r"the question is longer than \1 word pieces; shorten it",
    ),
    (
        r"limit är (\d+) men servern visar högst (\d+) stycken; .*",
        r"limit is \1 but this server gives at most \2 at a time; give a lower number",
    ),
    (
        r"avtalet (.+) finns inte i indexet; se /api/agreements",
        r"the agreement \1 is not in the index; see /api/agreements",
    ),
    (
        r"det finns inget index i .+",
        "there is no index yet; build one with avtal index FOLDER",
    ),
    (
        r"(?:filen|indexfilen) .+ (?:är skadad|saknas).*",
        "the index is damaged; run avtal rollback or avtal index",
    ),
)
"""Pattern of a whole Swedish sentence, and what it is in English."""


def in_english(sentence: str) -> str:
    """The sentence in English; one without a translation is given as it is, and said to be Swedish."""
    for pattern, english in _SENTENCES:
        found = re.fullmatch(pattern, sentence, re.DOTALL)
        if found:
            return found.expand(english)
    return f"the request was refused; the reason, in Swedish: {sentence}"
