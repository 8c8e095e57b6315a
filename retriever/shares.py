"""How much of a question a sentence, its surroundings and its agreement speak of: shares of the words by their weight."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retriever.concepts import NOTHING
from retriever.question import Question, Term

AROUND = 0.7
"""A term in the heading or elsewhere in the passage counts this much of one in the sentence."""
OF_TITLE = 0.4
"""A word of the agreement's title counts this much of another in its sentences."""


def sentence_weights(question: Question, titled: set[str]) -> list[float]:
    """Each term's weight in a sentence of an agreement: what only tells which agreement is meant need not be in it."""
    whole = _telling(question.terms)
    own = [
        0.0 if term.named else weight * (OF_TITLE if term.stem in titled else 1.0)
        for term, weight in zip(question.terms, whole, strict=True)
    ]
    return own if any(own) else whole


def _telling(terms: Sequence[Term]) -> list[float]:
    """Each term's weight, without what tells one version from another ("nya")."""
    return [0.0 if term.word in _OF_VERSIONS else term.weight for term in terms]


_OF_VERSIONS = frozenset("ny nya nytt nuvarande gällande senaste gamla gammalt tidigare förra".split())


def shares(
    question: Question,
    weights: Sequence[float],
    within: Sequence[float],
    around: Sequence[float],
    held: Sequence[float],
) -> dict[str, float]:
    """Of the sentence (`inside`), with its surroundings (`support`), and the names and the head that are `lost`, 0..1."""
    asked = question.terms
    near = [max(w, AROUND * a) for w, a in zip(within, around, strict=True)]
    heads = [n for term, n in zip(asked, near, strict=True) if term.head]
    return {
        "inside": _mean(weights, within),
        "support": _mean(weights, near),
        "lost": max((1.0 - h for t, h in zip(asked, held, strict=True) if t.named), default=0.0),
        "headless": max((1.0 - head for head in heads), default=0.0),
    }


def share(terms: Sequence[Term], strengths: Sequence[float]) -> float:
    """The mean strength weighted by rarity, 0..1; 1 without terms."""
    return _mean(_telling(terms), strengths)


def known_share(terms: Sequence[Term], strengths: Sequence[float]) -> float:
    """As `share`, of the terms that some text holds; 0 where none is."""
    weights = [w if t.known else 0.0 for w, t in zip(_telling(terms), terms, strict=True)]
    return _mean(weights, strengths) if any(weights) or not terms else 0.0


_FOCUS = re.compile(
    r"(?i)\b(?:vilke[nt]|vilka|hur\s+många|hur\s+(?:stor\w*|hög\w*|lång\w*)(?:\s+(?:är|blir|var|ska|får))?|vad\s+(?:är|var|heter|blir)|how\s+many)\s+(?:(?:den|det|de|en|ett)\s+)?(?:[\wåäö]+(?:a|ga|ta)\s+)?(\w+)(?:\s+(\w+))?"
)


def focus_of(question: Question) -> int | None:
    """The place of the term that names what is asked for ("hur hög hyra …"); None where nothing does."""
    found = _FOCUS.search(question.read_as)
    if not found:
        return None
    words = [w for w in found.groups() if w]
    if len(words) == 2 and words[0].endswith("s"):
        words.reverse()  # "kulturskolans rektor": the rektor is asked for
    for word in words:
        for place, term in enumerate(question.terms):
            if term.word == word.casefold() and not term.named:
                return place
    return None


def aimed(aim: int | None, within: Sequence[float], around: Sequence[float]) -> dict[str, float]:
    """How the sentence speaks of what is asked for."""
    if aim is None:
        return {"aimed": 0.0, "missed": 0.0}
    near = max(within[aim], AROUND * around[aim])
    return {"aimed": near, "missed": 1.0 - near}


_MET_AT = r"(?i)\b(?:i|på|vid|hos|till|från|för|om|inom|av|hyra|hyr|låna|använda)\s+(?:de[nt]\s+)?"
_DEFINITE = re.compile(r"(?!\w*(?:avtalet|kontraktet|samarbetet|samverkan)$)\w{3,}(?:en|et|an|n|na)")


_PRICED = r"(?i)\bkosta\w*\s+det\s+(?:\w+\s+)?att\s+\w+\s+(?:de[nt]\s+)?"


def unmet(question: Question) -> float:
    """1 where the question speaks of a thing as known that no text names ("vid ishallen"), 3 where its price is asked for
    ("vad kostar det att hyra ishallen?"), else 0."""
    unknown = [t for t in question.terms if not (t.named or t.known) and _DEFINITE.fullmatch(t.word)]
    if _stands_behind(_PRICED, unknown, question):
        return 3.0
    return float(_stands_behind(_MET_AT, [t for t in unknown if t.sayings is NOTHING], question))


def _stands_behind(words: str, terms: Sequence[Term], question: Question) -> bool:
    return any(re.search(rf"{words}{re.escape(term.word)}\b", question.read_as) for term in terms)


def _mean(weights: Sequence[float], strengths: Sequence[float]) -> float:
    total = sum(weights)
    return sum(w * s for w, s in zip(weights, strengths, strict=True)) / total if total else 1.0
