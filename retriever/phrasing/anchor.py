"""Is a sentence about what its source's sentence is about, and not lifted out of a part of it?"""

from __future__ import annotations

import re

from corpus.types import Span
from retriever.phrasing.figures import says
from retriever.phrasing.said import Said
from retriever.phrasing.words import is_frame, is_held

_END_OF_HEAD = re.compile(r"[,:;=]\s|\s[–—=-]+\s|\s(?=att\s)")


def is_anchored(claim: Said, source: Said) -> bool:
    """True when the claim has a content word, an actor or a figure of the source's head.

    The head goes to the first comma, colon or "att" with something said before it. What follows is said under it: of
    "Kommunen bedömer att bron är säker" no one may make "Bron är säker", nor of "Skriv så här: allt är gratis" the end.
    """
    head = _head(source)
    words = [word for word in source.within([head]) if not is_frame(word)]
    if any(is_held(word, words, claim.words) for word in claim.words if not is_frame(word)):
        return True
    actors = {actor.key for actor in source.actors if actor.start < head.end}
    if any(actor.key in actors for actor in claim.actors):
        return True
    figures = [figure for figure in source.figures if figure.start < head.end]
    return any(says(held, figure) for held in figures for figure in claim.figures)


def _head(source: Said) -> Span:
    for end in _END_OF_HEAD.finditer(source.text):
        head = Span(0, end.start())
        starts = [*(actor.start for actor in source.actors), *(figure.start for figure in source.figures)]
        if min(starts, default=head.end) < head.end or not all(map(is_frame, source.within([head]))):
            return head
    return Span(0, len(source.text))
