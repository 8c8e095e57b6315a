"""An open index made ready for questions: vocabulary, encoder, and each passage's words and sentences."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.parties import former_and_short_names
from corpus.types import Agreement, AvtalError, FactName, SectionRole, Span
from indexer.asked_before import AskedBefore
from indexer.encoder import open_encoder
from indexer.passages import section_sentences
from indexer.store import Index, open_index
from indexer.swedish.abbreviations import abbreviations_in, common_abbreviations
from indexer.swedish.vocabulary import Vocabulary
from indexer.swedish.words import Run, Word, words_of
from indexer.types import Encoder, FloatMatrix, Passage
from retriever.bare import bare
from retriever.clause_labels import ClauseLabels
from retriever.clause_meant import ClauseQuestions
from retriever.fusion import fuse, halfway, scaled, share_of_words
from retriever.lifetime import has_begun, in_force_during, in_force_on
from retriever.party_names import is_among
from retriever.question import Question, Term
from retriever.recent import Recent
from retriever.runs import words_inside
from retriever.subject import as_asked
from retriever.titles import FRONT, Titles
from retriever.types import Facets, Filters, QuestionKind
from retriever.understanding import understand
from retriever.versions import replaced

KEPT_PASSAGES = 8_000
"""Passages kept with their words and sentences, and at most as many again: 20 kB each with all that they share, so at most
some 330 MB; an index of 10,000 takes 200 (docs/arkitektur.md)."""
KEPT_COUNTS = 100
"""Sets of filters kept with their counts."""
SENTENCES_OF = 200
"""Passages whose sentences are compared with the question; more changed nothing on the development sets."""
SENTENCE_SHARE = 0.5
"""Weight of a passage's nearest sentence beside the passage itself (docs/decisions/sentence-vectors.md)."""
TELLING = 2
"""Agreements that a word tells apart from all others at most."""
DRAWN = 0.4
"""How far a list question is drawn to the clauses of its likes (docs/decisions/asked-before.md)."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Of every passage, float32 (rows,): the fused score and the words' (0..1), the cosine (all -1 outside the scope),
    `own`, that with the question's own vector, and `near`, drawn to the cosine of the nearest sentence. The vectors are
    float32 (dimension,): `query`, which these were compared with, `whole`, the question's own, and `bare`, that of the
    question without what only tells the agreement."""

    fused: FloatMatrix
    words: FloatMatrix
    cosines: FloatMatrix
    own: FloatMatrix
    near: FloatMatrix
    query: FloatMatrix
    whole: FloatMatrix
    bare: FloatMatrix


def asked_words(question: Question) -> Sequence[Word]:
    """What the word index is asked: the subject's words of a list question, else all (function words count half there)."""
    if question.kind is QuestionKind.AGREEMENTS:
        return question.words
    # The filter already holds the party; its name would rank the passages that present the parties first.
    names = {name for party in question.parties for name in (party, *former_and_short_names(party))}
    named = {word.stem for name in names for word in words_of(name)} if question.terms else set()
    asked = words_of(question.read_as)
    return [word for word in asked if word.stem not in named] or asked


@dataclass(frozen=True)
class Engine:
    """Answers questions over one generation. Build with `open_engine`; caches fill as questions come."""

    index: Index
    encoder: Encoder
    vocabulary: Vocabulary
    abbreviations: Mapping[str, tuple[str, ...]]
    asked_before: AskedBefore | None = None
    said: dict[str, Mapping[str, Span]] = field(default_factory=dict)
    """Where each agreement says what has been asked for (`retriever/ways.py`), by way and id."""
    counted: Recent[Filters, Facets] = field(default_factory=lambda: Recent(KEPT_COUNTS))
    """The counts of `retriever/results.py` by filters."""
    _words: Recent[tuple[str, int, int], Run] = field(default_factory=lambda: Recent(KEPT_PASSAGES))
    _headers: Recent[str, Run] = field(default_factory=lambda: Recent(KEPT_PASSAGES))
    _fronts: Recent[str, Run] = field(default_factory=lambda: Recent(KEPT_PASSAGES))
    _sentences: Recent[str, list[Span]] = field(default_factory=lambda: Recent(KEPT_PASSAGES))
    _read: Recent[str, list[tuple[Span, Run]]] = field(default_factory=lambda: Recent(KEPT_PASSAGES))
    _sections: Recent[tuple[str, int], list[Span]] = field(default_factory=lambda: Recent(KEPT_PASSAGES))

    def understand(self, text: str) -> Question:
        """Read a question against this index."""
        return understand(text, self.index.words, self.vocabulary, self.index.agreements, self.abbreviations)

    def agreement(self, passage: Passage) -> Agreement:
        """The agreement that the passage is a slice of."""
        return self.index.agreements[passage.agreement_id]

    def words(self, agreement_id: str, span: Span) -> Run:
        """The words of a span of the agreement, offsets into its text."""
        key = (agreement_id, span.start, span.end)
        found = self._words.get(key)
        if found is None:
            text = self.index.agreements[agreement_id].text
            found = self._words.keep(key, Run(words_of(text, span.start, span.end)))
        return found

    def titled(self, text: str) -> Run:
        """The words of a title or a passage's header, which many passages share."""
        found = self._headers.get(text)
        return self._headers.keep(text, Run(words_of(text))) if found is None else found

    def sentences(self, passage: Passage) -> list[Span]:
        """The sentences and list items inside the passage, in order; the whole passage where it cuts one."""
        found = self._sentences.get(passage.passage_id)
        return self._sentences.keep(passage.passage_id, self._spans(passage)) if found is None else found

    def read_sentences(self, passage: Passage) -> list[tuple[Span, Run]]:
        """The same sentences, each with its words."""
        found = self._read.get(passage.passage_id)
        if found is None:
            whole = self.words(passage.agreement_id, Span(passage.start, passage.end))
            text = self.agreement(passage).text
            words = [(span, words_inside(text, passage, span, whole)) for span in self.sentences(passage)]
            found = self._read.keep(passage.passage_id, words)
        return found

    def _spans(self, passage: Passage) -> list[Span]:
        if len(self.index.sentences):
            row = self.row_at(passage.agreement_id, passage.start)
            if row is not None:
                return self.index.sentences.spans(row)
        key = (passage.agreement_id, passage.section)
        spans = self._sections.get(key)
        if spans is None:
            agreement = self.agreement(passage)
            section = agreement.sections[passage.section]
            spans = self._sections.keep(key, section_sentences(agreement, section))
        whole = Span(passage.start, passage.end)
        inside = [span for span in spans if whole.holds(span)]
        return inside or [whole]

    def named_by(self, question: Question) -> frozenset[str]:
        """Ids of the agreements that the question names by number, title, kind or opening."""
        return self._titles.named_by(question)

    def title_atoms(self, agreement_id: str) -> set[str]:
        """The stems and compound parts of the agreement's title and kind."""
        return self._titles.atoms(agreement_id)

    @cached_property
    def _titles(self) -> Titles:
        return Titles(self.index.agreements)

    @cached_property
    def clause_questions(self) -> ClauseQuestions:
        """What people ask when they mean a type of clause, as this encoder reads it; read when first asked for."""
        return ClauseQuestions.read_by(self.encoder)

    @cached_property
    def clauses(self) -> ClauseLabels:
        """The clauses of each agreement by type, labelled when first asked for."""
        return ClauseLabels(self.index, self.encoder)

    @cached_property
    def _rows_of(self) -> Mapping[str, list[int]]:
        rows: dict[str, list[int]] = {}
        for row, passage in enumerate(self.index.passages):
            rows.setdefault(passage.agreement_id, []).append(row)
        return rows

    @cached_property
    def _grouped(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """All rows, agreement by agreement, and where each agreement's begin: int64."""
        sizes = [len(rows) for rows in self._rows_of.values()]
        rows = [row for own in self._rows_of.values() for row in own]
        return np.array(rows, np.int64), np.cumsum([0, *sizes[:-1]], dtype=np.int64)

    def best_of_agreements(self, scores: FloatMatrix) -> Mapping[str, float]:
        """The largest score, float32 (rows,), among the passages of each agreement, by id."""
        rows, first = self._grouped
        best = np.maximum.reduceat(scores[rows], first).tolist() if len(rows) else []
        return dict(zip(self._rows_of, best, strict=True))

    def rows_of(self, agreement_id: str) -> list[int]:
        """The rows of the agreement's passages, in order."""
        return self._rows_of.get(agreement_id, [])

    @cached_property
    def _content_rows(self) -> Mapping[str, NDArray[np.int64]]:
        passages = self.index.passages
        return {
            name: np.array([row for row in rows if passages[row].role is SectionRole.CONTENT], dtype=np.int64)
            for name, rows in self._rows_of.items()
        }

    def content_rows_of(self, agreement_id: str) -> NDArray[np.int64]:
        """The rows of the agreement's passages that are neither contacts nor signatures, in order: int64."""
        return self._content_rows.get(agreement_id, np.zeros(0, dtype=np.int64))

    @cached_property
    def bodies(self) -> NDArray[np.int64]:
        """Where the text below the heading of each passage's section begins, an offset into its agreement: int64 (rows,)."""
        passages = self.index.passages
        return np.array([self.agreement(p).sections[p.section].body for p in passages], dtype=np.int64)

    @cached_property
    def _fact_rows(self) -> Mapping[FactName, list[int]]:
        found: dict[FactName, list[int]] = {}
        for agreement in self.index.agreements.values():
            for fact in agreement.facts:
                row = self.row_at(agreement.agreement_id, fact.start)
                if row is not None:
                    found.setdefault(fact.name, []).append(row)
        return found

    def row_at(self, agreement_id: str, offset: int) -> int | None:
        """The row of the passage that holds the character at `offset`; None in furniture or between passages."""
        rows = self._rows_of.get(agreement_id, [])
        before = bisect_right(rows, offset, key=lambda row: self.index.passages[row].start) - 1
        if before < 0 or offset >= self.index.passages[rows[before]].end:
            return None
        return rows[before]

    def first_sentence(self, agreement_id: str) -> Span | None:
        """The first sentence that may be cited; None for an agreement that is nothing but furniture."""
        rows = self._rows_of.get(agreement_id, [])
        return self.sentences(self.index.passages[rows[0]])[0] if rows else None

    def rows_stating(self, name: FactName) -> Sequence[int]:
        """Rows of the passages where the cards found a fact of this name."""
        return self._fact_rows.get(name, [])

    def front(self, agreement: Agreement) -> Run:
        """The words of the agreement's title and opening, where it says what it is about and between whom."""
        key = (agreement.agreement_id, 0, min(FRONT, len(agreement.text)))
        found = self._fronts.get(agreement.agreement_id)
        if found is None:
            run = (*self.titled(agreement.title), *self.words(key[0], Span(key[1], key[2])))
            found = self._fronts.keep(agreement.agreement_id, Run(run))
        return found

    def rows_in_scope(self, filters: Filters) -> NDArray[np.bool_]:
        """Which passages the reader's filters let through: bool, shape (rows,)."""
        chosen = self.agreements_in_scope(filters)
        if len(chosen) == len(self.index.agreements):
            return np.ones(len(self.index.passages), dtype=np.bool_)
        return self.rows_in(agreement.agreement_id for agreement in chosen)

    def rows_in(self, agreement_ids: Iterable[str]) -> NDArray[np.bool_]:
        """Which passages belong to one of the agreements: bool, shape (rows,)."""
        rows = [row for agreement_id in agreement_ids for row in self._rows_of.get(agreement_id, [])]
        inside = np.zeros(len(self.index.passages), dtype=np.bool_)
        inside[rows] = True
        return inside

    def agreements_in_scope(self, filters: Filters) -> list[Agreement]:
        """The agreements that satisfy every filter, in id order."""
        if not (filters.parties or filters.kinds or filters.year or filters.valid_on):
            return list(self._in_order)
        gone = self._replaced_on(filters.valid_on) if filters.valid_on else frozenset()
        return [a for a in self._in_order if _passes(a, filters, a.agreement_id in gone)]

    def _replaced_on(self, day: date) -> frozenset[str]:
        """Ids of the agreements that one that has begun by the day replaces."""
        return replaced(self.index.links, lambda newer: has_begun(self.index.agreements[newer], day))

    @cached_property
    def _in_order(self) -> Sequence[Agreement]:
        return [agreement for _, agreement in sorted(self.index.agreements.items())]

    def _held(self, question: Question, scope: NDArray[np.bool_]) -> float:
        """The largest share of the subject, by rarity, whose words one passage in scope holds: 0..1; 1 for no subject."""
        total = sum(term.weight for term in question.terms)
        if not total:
            return 1.0
        held = np.zeros(len(scope), dtype=np.float32)
        for term in question.terms:
            holding = np.zeros(len(scope), dtype=np.bool_)
            holding[self.index.words.rows_with(term.stem)] = True
            parts = np.ones(len(scope), dtype=np.bool_)
            for atom in term.also or term.atoms:
                within = np.zeros(len(scope), dtype=np.bool_)
                within[self.index.words.rows_with(atom)] = True
                parts &= within
            held += np.where(holding | parts, np.float32(term.weight), np.float32(0))
        return float(held[scope].max(initial=0.0) / total)

    def scores(self, question: Question, scope: NDArray[np.bool_]) -> Scored:
        """Fused score (0..1) and cosine of every passage in scope, -1 outside, and the question's vector."""
        text = question.for_encoder
        limit = self.encoder.info.max_tokens
        if self.encoder.count_tokens([text])[0] > limit:
            raise AvtalError(f"frågan är längre än {limit} ordbitar; korta den")
        query, whole, alone = self._queries(question, text)
        cosines = self.index.vectors.scores(query)
        words = self.index.words.scores(asked_words(question))
        fused, told, inside = (np.full(len(scope), -1.0, dtype=np.float32) for _ in range(3))
        near = cosines
        if scope.any():
            told[scope] = scaled(words[scope])
            share = share_of_words(self._held(question, scope))
            fused[scope] = fuse(words[scope], cosines[scope], share)
            near = self._by_sentence(query, cosines, fused)
            fused[scope] = fuse(words[scope], near[scope], share)
            inside[scope] = cosines[scope]
        own = cosines if query is whole else self.index.vectors.scores(whole)
        return Scored(fused, told, inside, own, near, query, whole, alone)

    def _queries(self, question: Question, text: str) -> tuple[FloatMatrix, FloatMatrix, FloatMatrix]:
        """The vector that a question is compared by, the question's own, and its own without what tells the agreement.

        The first lies halfway to that of its subject alone: who asks and how says nothing of what is sought. That of a
        list question is drawn toward the clauses that answer questions like it; where one passage is sought, the words
        that only tell the agreement count half.
        """
        about = as_asked(question)
        listing = question.kind is QuestionKind.AGREEMENTS
        without = None if listing and not question.open_ended else self.bare(question)
        beside = [about] if listing and question.terms and about.casefold() != text.casefold() else []
        whole, *others = self.encoder.encode_queries([text, *beside, *([without] if without else [])])
        bare = others[-1] if without else whole
        query = halfway(whole, others[0]) if beside else whole
        if without and question.kind is not QuestionKind.FACT:
            query = halfway(query, bare)
        if self.asked_before is not None and listing:
            query = self.asked_before.drawn(query, DRAWN)
        return query, whole, bare

    def bare(self, question: Question) -> str | None:
        """The question without its names and the words that tell which agreement is meant (`retriever/bare.py`)."""
        return bare(question, self._tells)

    def _tells(self, term: Term) -> bool:
        """True for a word that few agreements hold, one of them where it says what it is."""
        passages = self.index.passages
        ids = {passages[row].agreement_id for row in self.index.words.rows_with(term.stem)}
        return len(ids) <= TELLING and any(self._titles.opens_with(name, term.stem) for name in ids)

    def _by_sentence(self, query: FloatMatrix, cosines: FloatMatrix, fused: FloatMatrix) -> FloatMatrix:
        """The cosines, those of the best passages drawn to that of their nearest sentence."""
        if not len(self.index.sentences):
            return cosines
        best = [row for row in first_of(fused, SENTENCES_OF) if fused[row] >= 0]
        near = cosines.copy()
        near[best] += SENTENCE_SHARE * (self.index.sentences.best(query, best) - cosines[best])
        return near


def _passes(agreement: Agreement, filters: Filters, is_replaced: bool) -> bool:
    if not all(is_among(party, agreement.parties) for party in filters.parties):
        return False
    if filters.kinds and agreement.kind not in filters.kinds:
        return False
    if filters.year is not None and not in_force_during(agreement, filters.year):
        return False
    return filters.valid_on is None or in_force_on(agreement, filters.valid_on, is_replaced)


def open_engine(root: Path, encoder: Encoder | None = None) -> Engine:
    """Open the index under `root` with the encoder its manifest names, or with the one given.

    Raises AvtalError where the encoder is not the one the index was built with.
    """
    index = open_index(root)
    used = encoder or open_encoder(index.manifest.encoder.name)
    if used.info != index.manifest.encoder:
        raise AvtalError(
            f"indexet i {root} är byggt med {index.manifest.encoder.name} ({index.manifest.encoder.weights_sha256[:12]}…) men "
            f"kodaren här är {used.info.name} ({used.info.weights_sha256[:12]}…); bygg om indexet med avtal index"
        )
    return engine_over(index, used)


def engine_over(index: Index, encoder: Encoder) -> Engine:
    """Questions over an open index by the encoder that it was built with."""
    texts = (agreement.text for agreement in index.agreements.values())
    return Engine(
        index,
        encoder,
        Vocabulary(index.words.words, index.words.atoms()),
        {**common_abbreviations(), **abbreviations_in(texts)},
        AskedBefore.read_by(encoder),
    )


def ordered(scores: Sequence[float] | NDArray[np.float32]) -> list[int]:
    """Rows by falling score, ties by row: the same for the same scores."""
    found: list[int] = np.argsort(-np.asarray(scores), kind="stable").tolist()
    return found


def first_of(scores: NDArray[np.float32], count: int) -> list[int]:
    """The first `count` rows of `ordered(scores)`, without putting the others in order."""
    if not 0 < count < len(scores):
        return ordered(scores)[:count]
    least = np.partition(scores, len(scores) - count)[len(scores) - count]
    rows = np.flatnonzero(scores >= least)
    found: list[int] = rows[np.argsort(-scores[rows], kind="stable")].tolist()
    return found[:count]
