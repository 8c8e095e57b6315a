"""Questions for a list, put together from headings: training text alone, so that they lie where both teachers lay them."""

from __future__ import annotations

import random
from collections.abc import Sequence

FORMS = (
    "Vilka avtal handlar om {}?",
    "Vilka avtal gäller {}?",
    "vilka avtal reglerar {}",
    "I vilka avtal står det om {}?",
    "I vilka avtal finns regler om {}?",
    "Finns det avtal om {}?",
    "Lista alla avtal som nämner {}",
    "Vilka överenskommelser rör {}?",
    "Vilka av våra avtal tar upp {}?",
    "Vilka samarbeten omfattar {}?",
    "Vilka avtal saknar skrivningar om {}?",
    "avtal om {}",
)
MOST_WORDS = 8
"""A heading longer than this is no subject."""


def listed(headings: Sequence[str], seed: int) -> list[str]:
    """One question for each short heading, in the order given; the same for the same seed."""
    draw = random.Random(f"{seed} listed")
    short = [heading for heading in headings if len(heading.split()) <= MOST_WORDS and "?" not in heading]
    return [draw.choice(FORMS).format(_inside(heading)) for heading in short]


def _inside(heading: str) -> str:
    """As it stands inside a sentence: a small first letter, unless the word has more capitals; no full stop."""
    first = heading.split()[0]
    small = heading if any(letter.isupper() for letter in first[1:]) else heading[:1].lower() + heading[1:]
    return small.rstrip(" .:,")
