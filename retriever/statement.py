"""One sentence or row of a table that may state the fact asked for, with what it is judged by, worked out when asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.types import Agreement, Span
from indexer.swedish.words import Run
from indexer.types import Passage
from retriever.engine import Engine
from retriever.matching import strengths_of
from retriever.question import Question, Term
from retriever.shares import AROUND, aimed, sentence_weights, shares


@dataclass(frozen=True, slots=True)
class Nearness:
    """Cosines of the sentences looked into: their mean, standard deviation and largest, and the largest of one agreement."""

    mean: float
    spread: float
    best: float
    own: float

    def told(self, cosine: float) -> dict[str, float]:
        """How far a sentence's cosine lies above the mean and beneath the largest, in standard deviations."""
        return {
            "height": (cosine - self.mean) / self.spread,
            "gap": (cosine - self.best) / self.spread,
            "own": (cosine - self.own) / self.spread,
        }


@dataclass(frozen=True)
class Place:
    """The passage that statements stand in, and what they share.

    `held` is how far its agreement holds each term, `aim` the place of the term that is asked for, `told` what the passage
    and its agreement are judged by.
    """

    engine: Engine
    question: Question
    passage: Passage
    held: Sequence[float]
    aim: int | None
    nearness: Nearness
    near: frozenset[str]
    """The atoms of which a sentence must hold one to speak of the question."""
    told: Mapping[str, float]

    def strengths(self, words: Run) -> tuple[float, ...]:
        """How strongly the words speak of each term, 0..1."""
        return strengths_of(self.question.terms, words, self.engine.index.words.rarity)

    @cached_property
    def above(self) -> tuple[float, ...]:
        """Each term's strength in what stands above the passage."""
        return self.strengths(self.engine.titled(self.passage.header))

    @cached_property
    def around(self) -> tuple[float, ...]:
        """Each term's strength in the passage or above it."""
        passage = self.passage
        body = self.engine.words(passage.agreement_id, Span(passage.start, passage.end))
        return tuple(map(max, self.above, self.strengths(body)))

    @cached_property
    def weights(self) -> list[float]:
        """Each term's weight in a sentence here."""
        return sentence_weights(self.question, self.engine.title_atoms(self.passage.agreement_id))

    @cached_property
    def presents(self) -> bool:
        """True in a section that presents a party ("Om Region Norr"): it says what the party is, not what is agreed."""
        agreement = self.engine.agreement(self.passage)
        path = agreement.sections[self.passage.section].path
        heading = _ABOUT.sub("", path[-1]).strip(" #*:").casefold() if path else ""
        return any(heading == party.casefold() for party in agreement.parties)


_ABOUT = re.compile(r"(?i)^\W*(?:fakta\s+)?om\s+")


@dataclass(frozen=True, slots=True)
class Asking:
    """A question in the text, which the statement below it replies to."""

    span: Span
    words: Run
    cosine: float


@dataclass(frozen=True)
class Statement:
    """One sentence, or one row of a table, of an agreement.

    `span` is what is read, `cited` what is quoted. Of the hundreds looked into few hold an answer: what a statement is
    judged by is worked out for these alone.
    """

    agreement: Agreement
    span: Span
    cited: Span
    words: Run
    place: Place
    cosine: float
    in_table: bool | None = None
    """None for a whole sentence, True for a row of a table, False for an item under its heading."""
    asking: Asking | None = None

    @property
    def text(self) -> str:
        """Its words as written."""
        return self.agreement.text[self.span.start : self.span.end]

    @property
    def terms(self) -> Sequence[Term]:
        """The question's."""
        return self.place.question.terms

    @cached_property
    def within(self) -> tuple[float, ...]:
        """Each term's strength in it, 0..1."""
        within = self.place.strengths(self.words)
        if self.in_table is not None:  # a row's subject stands above its table, an item's in its heading
            beside = self.place.around if self.in_table else self.place.above
            within = tuple(max(w, AROUND * a) for w, a in zip(within, beside, strict=True))
        return tuple(map(max, within, self.place.strengths(self.asking.words))) if self.asking else within

    @cached_property
    def told(self) -> Mapping[str, float]:
        """What the weights of `fact_weights` judge it by."""
        place = self.place
        return {
            **shares(place.question, place.weights, self.within, place.around, place.held),
            **aimed(place.aim, self.within, place.around),
            **place.nearness.told(self.cosine),
            **place.told,
            "presents": float(place.presents),
        }
