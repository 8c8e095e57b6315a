"""Is a content word held by a source, in some form?"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.swedish.words import Word, words_of

_FRAME = frozenset(
    word.stem
    for word in words_of(
        "avtal avtalet överenskommelse källa framgår framgå anger anges ange står stå enligt gäller gälla innebär "
        "uppgår uppgå utgör regleras reglerar beskrivs följande punkt avsnitt"
    )
)
"""Words that speak of the source and add nothing to it."""


def is_held(word: Word, source: Sequence[Word], claim: Sequence[Word]) -> bool:
    """True when the source has the word: its stem, the head of a compound, or all its parts.

    A compound's first part counts only together with its head: "kostnadsfri" says nothing of a cost. `claim` are the
    content words that the word stands among.
    """
    stems = {other.stem for other in source}
    if word.stem in stems:
        return True
    claimed = {other.stem for other in claim}
    for other in source:
        if word.stem in other.parts and (word.stem == other.parts[-1] or other.parts[-1] in claimed):
            return True
    return bool(word.parts) and stems.issuperset(word.parts)


def is_frame(word: Word) -> bool:
    """True for a word that only speaks of the source: "enligt avtalet", "det framgår"."""
    return word.stem in _FRAME
