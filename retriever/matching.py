"""How far a run of words speaks of the question's terms, and by which words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from indexer.swedish.words import Run, Word
from retriever.concepts import places_of
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
    """How strongly one term is matched (0..1), by which words, and how; what is told of it is put together when asked for."""

    strength: float
    words: Sequence[Word]
    term: str
    how: str

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Where the words stand."""
        return tuple((word.start, word.end) for word in self.words)

    @property
    def why(self) -> str | None:
        """Why they speak of the term, in Swedish; None where it is the word itself."""
        if not self.how:
            return None
        said = [word.word for word in self.words]
        return self.how.format(term=self.term, first=said[0], all=" ".join(said), apart=" … ".join(said))


NO_MATCH = TermMatch(0.0, (), "", "")


def match_term(term: Term, words: Sequence[Word], rarity: Rarity) -> TermMatch:
    """The strongest way in which `words` speak of the term."""
    held = _atoms(words)
    return NO_MATCH if held.isdisjoint(term.near) else _match(term, words, held, rarity)


def _atoms(words: Sequence[Word]) -> frozenset[str]:
    return words.atoms if isinstance(words, Run) else frozenset(atom for w in words for atom in w.atoms)


def _match(term: Term, words: Sequence[Word], held: frozenset[str], rarity: Rarity) -> TermMatch:
    wanted = term.wanted
    whole = len(wanted) > 1 and wanted <= held
    if term.stem in held and (exact := [w for w in words if w.stem == term.stem]):
        return TermMatch(WHOLE, exact, term.word, "")
    if term.stem in held or whole:
        within = [w for w in words if term.stem in w.parts or (whole and wanted <= set(w.parts))]
        if within:
            return TermMatch(IN_COMPOUND, within, term.word, "'{term}' i '{first}'")
    if whole and (apart := _within_window(wanted, words)):
        return TermMatch(APART, apart, term.word, "'{term}' som '{apart}'")
    if term.also:
        also = frozenset(term.also)
        if also <= held and (spelled := _within_window(also, words)):
            return TermMatch(IN_COMPOUND, spelled, term.word, "'{term}' utskrivet: '{all}'")
    same, narrower, near = term.sought
    for phrases, strength in ((same, SAID), (narrower, NARROWER)):
        if found := _said(phrases, words, held):
            return TermMatch(strength, found, term.word, "'{all}' säger '{term}'")
    kin = term.kin
    if not kin.isdisjoint(held):
        related = [w for w in words if w.stem in kin or not kin.isdisjoint(w.parts)]
        return TermMatch(KIN, related, term.word, "'{first}' är nära '{term}'")
    part = _part_match(term, words, rarity) if term.atoms[0] in held else NO_MATCH
    if part.strength < NEARBY and (found := _said(near, words, held)):
        return TermMatch(NEARBY, found, term.word, "'{all}' är nära '{term}'")
    return part


def _said(phrases: Phrases, words: Sequence[Word], held: frozenset[str]) -> list[Word]:
    """The words that say the first phrase that is said; [] where none is."""
    if phrases.atoms.isdisjoint(held):
        return []
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
    return TermMatch(share, holding, term.word, "'{first}' delar led med '{term}'")


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


@dataclass(frozen=True, slots=True)
class Match:
    """All terms against one run of words. `coverage` is the mean strength weighted by rarity, 0..1."""

    coverage: float
    matches: Sequence[TermMatch]

    @property
    def strengths(self) -> tuple[float, ...]:
        """Each term's."""
        return tuple([each.strength for each in self.matches])

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Where the words stand, each place once, in order."""
        return tuple(sorted({span for each in self.matches for span in each.spans}))

    @property
    def why(self) -> tuple[str, ...]:
        """What there is to explain, in the terms' order."""
        return tuple(why for each in self.matches if (why := each.why))


def near_any(terms: Iterable[Term]) -> frozenset[str]:
    """The atoms of which a run must hold one for any strength to be above 0."""
    return frozenset().union(*(term.near for term in terms))


def strengths_of(terms: Sequence[Term], words: Run, rarity: Rarity) -> tuple[float, ...]:
    """How strongly the run speaks of each term, 0..1."""
    held = words.atoms
    return tuple(
        [0.0 if held.isdisjoint(term.near) else _match(term, words, held, rarity).strength for term in terms]
    )


def match_terms(terms: Sequence[Term], words: Sequence[Word], rarity: Rarity) -> Match:
    """Match every term; no terms give coverage 0."""
    held = _atoms(words)
    matches = [
        NO_MATCH if held.isdisjoint(term.near) else _match(term, words, held, rarity) for term in terms
    ]
    total = sum(term.weight for term in terms)
    coverage = (
        sum(term.weight * m.strength for term, m in zip(terms, matches, strict=True)) / total
        if total
        else 0.0
    )
    return Match(coverage, matches)
