"""Are a sentence's figures those of its source, of the same thing and of the same actor?"""

from __future__ import annotations

from indexer.swedish.stems import stem
from retriever.phrasing.figures import Figure, says
from retriever.phrasing.said import Said
from retriever.phrasing.words import is_frame, is_held

_UNITS = frozenset(stem(word) for word in ("år", "året", "månad", "månaden", "vecka", "dag", "gång"))


def figures_are_held(claim: Said, source: Said) -> bool:
    """True when every figure of the claim is in the source, and figures said together stand together there."""
    places = [[f for f in source.figures if _is_it(claim, figure, source, f)] for figure in claim.figures]
    if not all(places):
        return False
    for i, first in enumerate(claim.figures):
        for j, second in enumerate(claim.figures[i + 1 :], i + 1):
            together = claim.segment(first) == claim.segment(second)
            if together and not any(
                source.segment(a) == source.segment(b) for a in places[i] for b in places[j]
            ):
                return False
    return True


def _is_it(claim: Said, figure: Figure, source: Said, held: Figure) -> bool:
    """True when `held` says the figure of the same actor, and the claim names something that stands beside it."""
    if not says(held, figure):
        return False
    ours, theirs = claim.owner(figure), source.owner(held)
    if ours is not None and theirs is not None and ours != theirs:
        return False
    beside = [w for w in source.within([source.segment(held)]) if w.stem not in _UNITS and not is_frame(w)]
    return not beside or any(is_held(word, beside, claim.words) for word in claim.words)
