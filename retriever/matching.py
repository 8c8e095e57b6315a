"""How far a run of words speaks of the question's terms, and by which words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from indexer.swedish.concepts import places_of
from indexer.swedish.words import Run, Word
from retriever.phrases import Phrases
from retriever.question import Term

WHOLE = 1.0
IN_COMPOUND = 0.95
APART = 0.9
SAID = 0.9
NARROWER = 0.85
KIN = 0.5
NEARBY = 0.35
PART_CAP = 0.6
"""Strengths: the word itself, inside a compound, its parts apart, the same said otherwise, a kind of it, a word that means
nearly the same, one beside it; part of it."""

WINDOW = 5
"""The parts of a compound may stand this many words from each other: försörjning av den kompetens som."""

STATED = 0.9
"""From this strength on, the text says it."""

Rarity = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class TermMatch:
    """How strongly one term is matched (0..1), where (spans of the words), and why, in Swedish."""

    strength: float
    spans: tuple[tuple[int, int], ...]
    why: str | None


NO_MATCH = TermMatch(0.0, (), None)


def match_term(term: Term, words: Sequence[Word], rarity: Rarity) -> TermMatch:
    """The strongest way in which `words` speak of the term."""
    held = words.atoms if isinstance(words, Run) else frozenset(atom for w in words for atom in w.atoms)
    if held.isdisjoint(term.near):
        return NO_MATCH
    wanted = frozenset(term.atoms)
    whole = len(wanted) > 1 and wanted <= held
    if term.stem in held and (exact := [w for w in words if w.stem == term.stem]):
        return TermMatch(WHOLE, _spans(exact), None)
    if term.stem in held or whole:
        within = [w for w in words if term.stem in w.parts or (whole and wanted <= set(w.parts))]
        if within:
            return TermMatch(IN_COMPOUND, _spans(within), f"'{term.word}' i '{within[0].word}'")
    if whole and (apart := _within_window(wanted, words)):
        return TermMatch(APART, _spans(apart), f"'{term.word}' som '{' … '.join(w.word for w in apart)}'")
    also = frozenset(term.also)
    if also and also <= held and (spelled := _within_window(also, words)):
        return TermMatch(
            IN_COMPOUND, _spans(spelled), f"'{term.word}' utskrivet: '{' '.join(w.word for w in spelled)}'"
        )
    same, narrower, near = term.sought
    for phrases, strength in ((same, SAID), (narrower, NARROWER)):
        if found := _said(phrases, words, held):
            return TermMatch(strength, _spans(found), f"'{_shown(found)}' säger '{term.word}'")
    kin = term.kin
    if not kin.isdisjoint(held):
        related = [w for w in words if w.stem in kin or not kin.isdisjoint(w.parts)]
        return TermMatch(KIN, _spans(related), f"'{related[0].word}' är nära '{term.word}'")
    part = _part_match(term, words, rarity) if term.atoms[0] in held else NO_MATCH
    if part.strength < NEARBY and (found := _said(near, words, held)):
        return TermMatch(NEARBY, _spans(found), f"'{_shown(found)}' är nära '{term.word}'")
    return part


def _shown(words: Sequence[Word]) -> str:
    return " ".join(word.word for word in words)


def _said(phrases: Phrases, words: Sequence[Word], held: frozenset[str]) -> list[Word]:
    """The words that say the first phrase that is said; [] where none is."""
    for phrase in phrases.beginning_in(held):
        if all(word[0] in held or (len(word) > 2 and held.issuperset(word[1:])) for word in phrase.words):
            found = places_of(phrase, words, WINDOW)
            if found:
                return found
    return []


def _part_match(term: Term, words: Sequence[Word], rarity: Rarity) -> TermMatch:
    """A compound's first part: its share of the parts' rarity, at most `PART_CAP`."""
    first, total = term.atoms[0], sum(rarity(atom) for atom in term.atoms)
    share = rarity(first) / total * PART_CAP if total else 0.0
    if len(term.atoms) < 2 or not share > 0:
        return NO_MATCH
    holding = [w for w in words if first in w.atoms]
    return TermMatch(share, _spans(holding), f"'{holding[0].word}' delar led med '{term.word}'")


def _within_window(wanted: frozenset[str], words: Sequence[Word]) -> list[Word]:
    """The first words, at most `WINDOW` apart, that hold every wanted stem between them."""
    holding = [(i, w) for i, w in enumerate(words) if not wanted.isdisjoint(w.atoms)]
    for position, (first, word) in enumerate(holding):
        found = wanted & set(word.atoms)
        run = [word]
        for i, other in holding[position + 1 :]:
            if i - first > WINDOW or found == wanted:
                break
            if not wanted & set(other.atoms) <= found:
                found |= wanted & set(other.atoms)
                run.append(other)
        if found == wanted:
            return run
    return []


def _spans(words: Sequence[Word]) -> tuple[tuple[int, int], ...]:
    return tuple((w.start, w.end) for w in words)


@dataclass(frozen=True, slots=True)
class Match:
    """All terms against one run of words. `coverage` is the mean strength weighted by rarity, 0..1."""

    coverage: float
    strengths: tuple[float, ...]
    spans: tuple[tuple[int, int], ...]
    why: tuple[str, ...]


def speaks_of(terms: Iterable[Term], words: Run) -> bool:
    """False for a run that holds no word of any term: every strength is 0 there."""
    held = words.atoms
    return any(not held.isdisjoint(term.near) for term in terms)


def match_terms(terms: Sequence[Term], words: Sequence[Word], rarity: Rarity) -> Match:
    """Match every term; no terms give coverage 0."""
    if isinstance(words, Run) and not speaks_of(terms, words):
        return Match(0.0, (0.0,) * len(terms), (), ())
    matches = [match_term(term, words, rarity) for term in terms]
    total = sum(term.weight for term in terms)
    coverage = (
        sum(term.weight * m.strength for term, m in zip(terms, matches, strict=True)) / total
        if total
        else 0.0
    )
    return Match(
        coverage,
        tuple(m.strength for m in matches),
        tuple(sorted({span for m in matches for span in m.spans})),
        tuple(m.why for m in matches if m.why),
    )
