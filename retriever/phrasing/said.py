"""A text taken apart: its figures, actors, content words, clauses and segments."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.types import Span
from indexer.swedish.stopwords import STOPWORDS
from indexer.swedish.words import Word, words_of
from retriever.phrasing.actors import Actor, actors_in
from retriever.phrasing.clauses import Clause, clauses_of, is_negation
from retriever.phrasing.figures import Figure, figures_in, without_figures

_SEGMENT_CUT = re.compile(
    r"[.;:,]\s+(?=\D)|(?<!från)(?<!till)(?<!fram)\s+(?=(?:och|samt|medan|respektive|men)\s(?!med\b))"
)

_ABBREVIATIONS = (
    (re.compile(r"(?i)\bt\.?\s?o\.?\s?m\b\.?"), "till och med"),
    (re.compile(r"(?i)\bfr\.?\s?o\.?\s?m\b\.?"), "från och med"),
    (re.compile(r"(?i)\bbl\.\s?a\b\.?"), "bland annat"),
    (re.compile(r"(?i)\bt\.\s?ex\b\.?"), "till exempel"),
    (re.compile(r"(?i)\bm\.\s?m\b\.?"), "med mera"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says, its abbreviations spelled out. `words` are its content words; figures, actors and negations are none.

    `segments` are the parts that speak of one figure each in "kommunen 3 kronor och bolaget 5 kronor".
    """

    text: str
    figures: tuple[Figure, ...]
    actors: tuple[Actor, ...]
    words: tuple[Word, ...]
    clauses: tuple[Clause, ...]
    segments: tuple[Span, ...]

    @classmethod
    def of(cls, text: str, roles: Mapping[str, str]) -> Said:
        """The text taken apart. `roles` as `roles_of` gives them."""
        for abbreviation, spelled in _ABBREVIATIONS:
            text = abbreviation.sub(spelled, text)
        figures = figures_in(text)
        actors = actors_in(without_figures(text, figures), roles)
        taken = [(f.start, f.end) for f in figures] + [(a.start, a.end) for a in actors]
        words = [
            word
            for word in words_of(text)
            if word.word not in STOPWORDS
            and not is_negation(word.word)
            and not any(start < word.end and word.start < end for start, end in taken)
        ]
        return cls(
            text, tuple(figures), tuple(actors), tuple(words), tuple(clauses_of(text)), _segments(text)
        )

    def within(self, spans: Sequence[Span]) -> list[Word]:
        """The content words that stand in the spans."""
        return [w for w in self.words if any(span.start < w.end and w.start < span.end for span in spans)]

    def segment(self, figure: Figure) -> Span:
        """The segment that the figure begins in."""
        return next(span for span in self.segments if span.start <= figure.start < span.end)

    def owner(self, figure: Figure) -> str | None:
        """The actor of a figure: the last one before it in its segment, else the next there, else the last before it."""
        segment = self.segment(figure)
        inside = [a for a in self.actors if segment.start <= a.start < segment.end]
        before = [a for a in inside if a.start < figure.start]
        earlier = [a for a in self.actors if a.start < figure.start]
        chosen = before[-1:] or inside[:1] or earlier[-1:]
        return chosen[0].key if chosen else None


def _segments(text: str) -> tuple[Span, ...]:
    cuts = [0, *(cut.end() for cut in _SEGMENT_CUT.finditer(text)), len(text)]
    return tuple(Span(a, b) for a, b in pairwise(cuts) if a < b)
