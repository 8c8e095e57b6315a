"""Which types of clause each agreement has, where, and why: by headings and wording, then the card, then the encoder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import groupby

import numpy as np

from corpus.types import Agreement, Fact, FactName, SectionRole, Span
from indexer.store import Index
from indexer.swedish.words import Word
from indexer.types import Encoder
from retriever.clause_rules import Rule
from retriever.clause_types import ClauseType, clause_types
from retriever.clause_units import Sentence, Unit, units_of

LEAST_MEANING = 0.55
"""Cosine from which a paragraph that no rule names is held to mean what a type says; see docs/decisions/clause-types.md."""
CLOSING = 0.5
"""Share of the text after which a date of signing is that of the signatures, and not one that is told of."""


class Ground(StrEnum):
    """What a label rests on, the surest first. MEANING is the encoder's alone, and so uncertain."""

    HEADING = "heading"
    CONTENT = "content"
    CARD = "card"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class ClauseLabel:
    """A clause of a type: `clause` is all of it, `quote` the sentence inside it that says it best; `why` in Swedish."""

    key: str
    agreement_id: str
    ground: Ground
    clause: Span
    quote: Span
    why: str

    @property
    def certain(self) -> bool:
        """False where only the encoder holds it to be one."""
        return self.ground is not Ground.MEANING


class ClauseLabels:
    """The clauses of every agreement in an index, labelled agreement by agreement when first asked for."""

    def __init__(self, index: Index, encoder: Encoder) -> None:
        self._index, self._encoder = index, encoder
        self._labels: dict[str, tuple[ClauseLabel, ...]] = {}
        self._main: dict[str, Mapping[str, ClauseLabel]] = {}

    def of(self, agreement_id: str) -> tuple[ClauseLabel, ...]:
        """The agreement's labels, by place in the text and then by type."""
        if agreement_id not in self._labels:
            labels = self._label(self._index.agreements[agreement_id])
            self._labels[agreement_id] = tuple(
                sorted(labels, key=lambda label: (label.clause.start, label.key))
            )
        return self._labels[agreement_id]

    def main(self, agreement_id: str) -> Mapping[str, ClauseLabel]:
        """By type the label to show: the surest, of those the first."""
        if agreement_id not in self._main:
            order = list(Ground)
            found: dict[str, ClauseLabel] = {}
            for label in sorted(self.of(agreement_id), key=lambda each: order.index(each.ground)):
                found.setdefault(label.key, label)
            self._main[agreement_id] = found
        return self._main[agreement_id]

    def _label(self, agreement: Agreement) -> list[ClauseLabel]:
        units = units_of(agreement)
        found = [label for i in range(len(units)) for label in _by_heading(agreement, units, i)]
        held = {label.key for label in found}
        found += [label for label in _by_content(agreement, units) if label.key not in held]
        held = {label.key for label in found}
        found += [label for label in _by_card(agreement, units) if label.key not in held]
        held = {label.key for label in found}
        found += [label for label in self._by_meaning(agreement, found) if label.key not in held]
        return _above_signatures(found)

    def _by_meaning(self, agreement: Agreement, found: Sequence[ClauseLabel]) -> Iterator[ClauseLabel]:
        """The types that a passage without a label means, each by its nearest passage."""
        keys, near = self._near
        closing = min(
            (label.clause.start for label in found if label.key == "signatures"), default=len(agreement.text)
        )
        best: dict[str, tuple[float, int]] = {}
        for row in self._rows.get(agreement.agreement_id, ()):
            passage = self._index.passages[row]
            taken = any(label.clause.overlaps(Span(passage.start, passage.end)) for label in found)
            if passage.role is not SectionRole.CONTENT or taken or passage.start >= closing:
                continue
            column = int(np.argmax(near[row]))
            score = float(near[row, column])
            if score >= LEAST_MEANING and score > best.get(keys[column], (0.0, 0))[0]:
                best[keys[column]] = (score, row)
        for key, (_, row) in best.items():
            passage = self._index.passages[row]
            span = Span(passage.start, passage.end)
            yield ClauseLabel(
                key, agreement.agreement_id, Ground.MEANING, span, span, "innehållet ligger nära i betydelse"
            )

    @cached_property
    def _rows(self) -> Mapping[str, list[int]]:
        rows: dict[str, list[int]] = {}
        for row, passage in enumerate(self._index.passages):
            rows.setdefault(passage.agreement_id, []).append(row)
        return rows

    @cached_property
    def _near(self) -> tuple[tuple[str, ...], np.ndarray]:
        """The types that have meanings, and each passage's cosine with the nearest meaning of each: (rows, types)."""
        types = [each for each in clause_types().values() if each.meanings]
        columns = [
            np.max(
                [self._index.vectors.scores(v) for v in self._encoder.encode_queries(each.meanings)], axis=0
            )
            for each in types
        ]
        return tuple(each.key for each in types), np.stack(columns, axis=1)


def _by_heading(agreement: Agreement, units: Sequence[Unit], position: int) -> Iterator[ClauseLabel]:
    """The types that the unit's heading names: all of the unit, or its paragraphs where it names several.

    A heading that names none leaves the unit to the only type that the heading above it names.
    """
    unit = units[position]
    if unit.role is SectionRole.SIGNATURES:
        first = unit.sentences[0].span if unit.sentences else unit.span
        why = f"rubriken '{unit.label}'"
        yield ClauseLabel("signatures", agreement.agreement_id, Ground.HEADING, unit.span, first, why)
        return
    by = unit
    named = _named(unit)
    while not named and by.above is not None:
        by = units[by.above]
        above = _named(by)
        named = above if len(above) == 1 else ()
        if above:
            break
    why = f"rubriken '{by.label}'"
    for each in named if unit.sentences else ():
        runs = list(_runs(unit.sentences, each.key))
        if len(named) == 1 or not runs:
            runs = [(runs[0][0] if runs else _stating(agreement, each, unit.sentences), unit.span)]
        for quote, clause in runs:
            yield ClauseLabel(each.key, agreement.agreement_id, Ground.HEADING, clause, quote.span, why)


def _runs(sentences: Sequence[Sentence], key: str) -> Iterator[tuple[Sentence, Span]]:
    """Each sentence that says the type, with the span from it on, until a sentence says another type only."""
    opened: Sentence | None = None
    end = 0
    for sentence in sentences:
        said = sentence.said
        if key in said or (opened and not said):
            opened, end = opened or sentence, sentence.span.end
        elif opened:
            yield opened, Span(opened.span.start, end)
            opened = None
    if opened:
        yield opened, Span(opened.span.start, end)


_APPENDIX = re.compile(r"(?i)bilaga\s+[\dA-Z]{1,3}\b")
_ATTACHED = re.compile(r"Bilaga: \S.*\.\w{2,4}$")
"""The heading over a file that a message carries: often the agreement itself."""


def _named(unit: Unit) -> tuple[ClauseType, ...]:
    """The types that the unit's own heading names, with those that it may mean and a sentence below it says."""
    types = clause_types()
    if _APPENDIX.match(unit.label) and not _ATTACHED.match(unit.label):
        return (types["appendices"],)
    if not unit.heading or _ATTACHED.match(unit.label):
        return ()
    named = [each for each in types.values() if _met(each.headings, unit.heading)]
    if unit.role is SectionRole.CONTACT and not named:
        named = [types["contacts"]]
    meant = [each for each in types.values() if each not in named and _met(each.unsure, unit.heading)]
    said = [each for each in meant if any(each.key in s.said for s in unit.sentences)]
    return (*named, *said)


def _by_content(agreement: Agreement, units: Sequence[Unit]) -> Iterator[ClauseLabel]:
    """The types whose cues a sentence meets: from it to where its paragraph turns to another type.

    Below the signatures only appendices are listed.
    """
    for unit in units:
        for _, group in groupby(unit.sentences, key=lambda sentence: sentence.block):
            paragraph = list(group)
            keys = {key: None for sentence in paragraph for key in sentence.said}
            for key in keys:
                if unit.role is SectionRole.SIGNATURES and key != "appendices":
                    continue
                for quote, clause in _runs(paragraph, key):
                    word = quote.said[key]
                    why = f"innehållet: '{agreement.text[word.start : word.end]}'"
                    yield ClauseLabel(key, agreement.agreement_id, Ground.CONTENT, clause, quote.span, why)


_CONTACT_ROLES = ("kontakt", "avtals")
"""Roles that answer for the agreement, and not for a group of it (sammankallande, ordförande)."""


def _by_card(agreement: Agreement, units: Sequence[Unit]) -> Iterator[ClauseLabel]:
    """The types that the card states, where the text says so."""
    sentences = [sentence for unit in units for sentence in (*unit.head, *unit.sentences)]
    for each in clause_types().values():
        for fact in agreement.facts:
            told = fact.name is FactName.SIGNED and fact.start < CLOSING * len(agreement.text)
            other = fact.name is FactName.CONTACT_ROLE and not fact.value.startswith(_CONTACT_ROLES)
            place = (
                None if told or other or fact.name not in each.facts else _place(agreement, sentences, fact)
            )
            if place:
                why = f"avtalskortet: {' '.join(agreement.text[fact.start : fact.end].split())}"
                yield ClauseLabel(each.key, agreement.agreement_id, Ground.CARD, place.block, place.span, why)
                break


def _place(agreement: Agreement, sentences: Sequence[Sentence], fact: Fact) -> Sentence | None:
    """The sentence of the fact; for one in a page's frame the first sentence that has its wording.

    A party is shown where most of the parties are named.
    """
    if fact.name is FactName.PARTY:
        named = {agreement.text[f.start : f.end] for f in agreement.facts if f.name is FactName.PARTY}
        counts = [sum(name in agreement.text[s.span.start : s.span.end] for name in named) for s in sentences]
        most = max(counts, default=0)
        return sentences[counts.index(most)] if most else None
    wording = agreement.text[fact.start : fact.end]
    within = (s for s in sentences if s.span.start <= fact.start < s.span.end)
    again = (s for s in sentences if wording in agreement.text[s.span.start : s.span.end])
    return next(within, None) or next(again, None)


def _stating(agreement: Agreement, each: ClauseType, sentences: Sequence[Sentence]) -> Sentence:
    """The first of the sentences that holds a field of the card that states the type; else the first."""
    places = [fact.start for fact in agreement.facts if fact.name in each.facts]
    stating = (s for s in sentences if any(s.span.start <= place < s.span.end for place in places))
    return next(stating, sentences[0])


def _above_signatures(labels: Sequence[ClauseLabel]) -> list[ClauseLabel]:
    """The labels, none of another type reaching into the signatures below it."""
    start = min((label.clause.start for label in labels if label.key == "signatures"), default=None)
    return [
        label
        if start is None or label.key == "signatures" or not label.quote.end <= start < label.clause.end
        else replace(label, clause=Span(label.clause.start, start))
        for label in labels
    ]


def _met(rules: Sequence[Rule], words: Sequence[Word]) -> Word | None:
    return next((word for rule in rules if (word := rule.met_by(words))), None)
