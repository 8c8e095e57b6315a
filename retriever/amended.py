"""What an amendment says instead: "Punkt 5.2 får ny lydelse" goes before the wording that it replaces."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.versions import Relation
from retriever.asked import Asked
from retriever.asks import Asks
from retriever.figures import Found
from retriever.statements import asks_for_former, asks_for_present

ALIKE = 0.6
"""Of the words of the two sentences, those that both hold: "nås inom 30 minuter", "nås inom 15 minuter"."""
LIKE_ENOUGH = 0.3
"""Of them, where the question asks for what holds now and the newer sentence says that it changes something."""
LOSS = 2.5
"""What the former wording's answer loses in utility."""
CONTENDERS = 10
"""Of the answers, the best ones whose wording may have been replaced."""


_AFTER = re.compile(
    r"(?i)\b(?:efter|enligt|med|i)\s+(?:de[nt]\s+)?(?:senaste\s+)?(?:\w*ändring|\w*tillägg|höjning|sänkning)\w*"
)
_CHANGES = re.compile(
    r"(?i)\b(?:ändras|ändrad|höjs|sänks|utökas|minskas|ersätts\s+(?:av|med)|(?:ny|följande)\s+lydelse)\b"
)


def amended(asked: Asked, found: Sequence[Found], scores: Sequence[float]) -> list[float]:
    """The utilities, those of an amending agreement raised to that of the wording it replaces, which loses."""
    amending = {
        link.to: link.agreement_id for link in asked.engine.index.links if link.relation is Relation.AMENDS
    }
    changed = list(scores)
    now = asks_for_present(asked.question) or _AFTER.search(asked.question.read_as) is not None
    if not (amending or now) or asks_for_former(asked.question):
        return changed
    for former in sorted(range(len(found)), key=lambda place: -scores[place])[:CONTENDERS]:
        own = found[former].statement.agreement.agreement_id
        newer = amending.get(own)
        for place, each in enumerate(found):
            name = each.statement.agreement.agreement_id
            if name not in (newer, own) or each.text == found[former].text:
                continue
            changes = (
                now
                and _CHANGES.search(each.statement.text)
                and not _CHANGES.search(found[former].statement.text)
            )
            alike = _alike(found[former], each)
            replaces = name == newer and (alike >= ALIKE or _moves_the_end(asked, each))
            if replaces or (changes and alike >= LIKE_ENOUGH):
                changed[place] = max(changed[place], scores[former])
                changed[former] = min(changed[former], scores[former] - LOSS)
    return changed


_MOVES = re.compile(
    r"(?i)\b(?:ändras|förlängs|förlängts|flyttas|kortas|ersätts|löper\s+i\s+stället|i\s+stället)\b"
)


def _moves_the_end(asked: Asked, newer: Found) -> bool:
    """True where the agreement's end is asked for and the amendment says another one, in whatever words."""
    return asked.question.asks is Asks.END and _MOVES.search(newer.statement.text) is not None


def _alike(one: Found, other: Found) -> float:
    own = {word.stem for word in one.statement.words}
    others = {word.stem for word in other.statement.words}
    return len(own & others) / max(1, min(len(own), len(others)))
