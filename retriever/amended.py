"""What an amendment says instead: "Punkt 5.2 får ny lydelse" goes before the wording that it replaces."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.versions import Relation
from retriever.asked import Asked
from retriever.asks import Asks
from retriever.figures import Found
from retriever.statements import asks_for_former

ALIKE = 0.6
"""Of the words of the two sentences, those that both hold: "nås inom 30 minuter", "nås inom 15 minuter"."""
LOSS = 2.5
"""What the former wording's answer loses in utility."""
CONTENDERS = 10
"""Of the answers, the best ones whose wording may have been replaced."""


def amended(asked: Asked, found: Sequence[Found], scores: Sequence[float]) -> list[float]:
    """The utilities, those of an amending agreement raised to that of the wording it replaces, which loses."""
    amending = {
        link.to: link.agreement_id for link in asked.engine.index.links if link.relation is Relation.AMENDS
    }
    changed = list(scores)
    if not amending or asks_for_former(asked.question):
        return changed
    for former in sorted(range(len(found)), key=lambda place: -scores[place])[:CONTENDERS]:
        newer = amending.get(found[former].statement.agreement.agreement_id)
        for place, each in enumerate(found):
            if each.statement.agreement.agreement_id != newer or each.text == found[former].text:
                continue
            if _alike(found[former], each) >= ALIKE or _moves_the_end(asked, each):
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
