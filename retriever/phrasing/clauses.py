"""A sentence's clauses, whether each says no, and the small words that turn what is said."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from corpus.types import Span

_NEGATION = re.compile(
    r"(?i)\b(?:inte|ej|icke|inga|ingen|inget|ingenting|ingendera|aldrig|varken|knappast|saknas|saknar|sakna|utan|undantag\w*|undantas|"
    r"förbjud\w*|förbud\w*|otillåt\w*|utesluter|utesluts|utesluten|avstå\w*|upphör\w*|befria\w*|fritagen|fritas)\b"
)
_CUT = re.compile(r"[,;:]\s+|\s+(?=(?:men|utan\s+att|medan|dock|däremot)\b)|\n+")
_TURNS = {
    "plikt": r"ska|skall|skulle|måste|åligger|åläggs|skyldig\w*|förbinder|förpliktar|åtar|krävs?|kräva",
    "rätt": r"får|kan|rätt|möjlig\w*|befogenhet\w*|tillåt\w*|äger",
    "framtid": r"kommer\s+att|avser|planerar|vill|önskar|strävar|bör",
    "alla": r"alla|allt|samtliga|alltid|varje|hela|helt|båda|bägge|vardera|fullt",
    "några": r"vissa|någon|något|några|delvis|del\s+av|annan|annat|andra",
    "bara": r"endast|enbart|bara|uteslutande|enda|utom|förutom|exklusive|exkl",
    "villkor": r"såvida|ifall|förutsatt|förutsättning\w*|villkor\w*|såvitt|om\s+inte|i\s+den\s+mån|(?<=,\s)om|(?<=\Aom)|när",
    "mer": r"mer|mera|fler|större|högre|längre|ökar|öka|höjs|höja|ytterligare",
    "mindre": r"mindre|färre|lägre|kortare|minskar|minska|sänks|sänka",
    "före": r"före|innan|tidigast|förskott",
    "efter": r"efter|sedan|därefter|efterskott",
    "del": r"hälften|halva|halverad\w*|dubbel|dubbla|dubbelt|tredjedel\w*|fjärdedel\w*",
    "respektive": r"respektive",
    "jag": r"jag|mig|vi|oss|du|dig|ni|er|din|ditt|dina",
}
_TURNING = {name: re.compile(rf"(?i)\b(?:{words})\b") for name, words in _TURNS.items()}
_MUST_STAY = frozenset({"bara", "villkor", "några", "del", "framtid", "respektive"})
"""What may not be left out either: a right under a condition is not a right."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence, `text[start:end]`; `denied` where it holds a negation."""

    span: Span
    denied: bool


def clauses_of(text: str) -> list[Clause]:
    """The clauses in order, cut at commas, colons and words that set one thing against another."""
    cuts = [0]
    for cut in _CUT.finditer(text):
        cuts.append(cut.end())
    cuts.append(len(text))
    pairs = [(a, b) for a, b in pairwise(cuts) if text[a:b].strip()]
    return [Clause(Span(a, b), _NEGATION.search(text[a:b]) is not None) for a, b in pairs]


def negations_in(text: str) -> int:
    """How many negations a text holds."""
    return len(_NEGATION.findall(text))


def is_negation(word: str) -> bool:
    """True for a word that says no."""
    return _NEGATION.fullmatch(word) is not None


def turns_in(text: str) -> Counter[str]:
    """How many turning words of each kind a text holds: duty, right, all, only, on condition …"""
    begun = re.sub(r"(?i)\A\W*om\b", ", om", text)
    return Counter({name: len(pattern.findall(begun)) for name, pattern in _TURNING.items()})


def turned(claimed: str, held: str) -> bool:
    """True when the claim has more turning words of a kind than the source, or leaves out a kind that must stay."""
    ours, theirs = turns_in(claimed), turns_in(held)
    return bool(ours - theirs) or any(theirs[name] and not ours[name] for name in _MUST_STAY)
