"""Which agreements cover a subject: every agreement in scope is judged, none is cut off by a rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corpus.types import Agreement, SectionRole, Span
from indexer.types import Passage
from retriever.candidates import most_said
from retriever.engine import Engine, first_of
from retriever.fusion import heights
from retriever.matching import (
    KIN,
    STATED,
    Match,
    match_term,
    match_terms,
    near_any,
)
from retriever.negation import denies
from retriever.question import Term
from retriever.types import Coverage

EXPLICIT_SHARE = 0.8
"""An agreement says it when one passage states this share of the question's subject, by rarity."""
DENIED = 0.6
"""A sentence that denies the subject does not state it."""
NUMBER_MISSING = 0.6
"""A subject with a number (Agenda 2030) is not stated by its words alone."""
RELATED_SHARE = 0.3
"""Near: a word that means nearly the same for each of the subject's, or this share of it …"""
LIFT, LEAST_NEAR = 0.15, 0.55
"""… where some words are missing: the share and `LIFT` for every standard deviation that the passage's cosine lies above
two make at least `LEAST_NEAR`. One common word of several ("utveckling") is not nearness (tune half's list questions)."""
RELATED_COSINE = 0.62
"""Near by the encoder alone; above what passages of other subjects reach on the evaluation cases."""
MOST_QUOTES = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """An agreement that covers the subject: how, how well (0..1), and the best places, best first.

    `share` is how much of the subject its best passage states in words: 0 where only the encoder finds it near.
    """

    agreement: Agreement
    coverage: Coverage
    score: float
    places: tuple[Span, ...]
    why: tuple[str, ...]
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class _Place:
    share: float
    score: float
    row: int
    span: Span
    match: Match
    near: bool


def judge(
    engine: Engine,
    terms: Sequence[Term],
    scope: NDArray[np.bool_],
    fused: NDArray[np.float32],
    cosines: NDArray[np.float32],
    affirmed: bool = False,
) -> list[Judged]:
    """The agreements in scope that cover the terms, explicit ones first, by falling score.

    `affirmed`: the question asks what holds ("förlängs automatiskt"), so a sentence that says no is only near.
    """
    above = heights(cosines, scope)
    judged: list[Judged] = []
    for agreement_id, (telling, others) in _candidates(engine, terms, scope, above).items():
        places: list[_Place] = []
        for rows in (telling, others):
            for row in rows:
                places.extend(_places(engine, terms, row, float(fused[row]), affirmed, float(above[row])))
            if any(place.share >= EXPLICIT_SHARE * STATED + _ROUNDING for place in places):
                break  # what only comes near it changes nothing
        if found := _judge(engine, agreement_id, sorted(places, key=lambda place: place.row)):
            judged.append(found)
    seen = {found.agreement.agreement_id for found in judged}
    judged.extend(_by_meaning(engine, terms, seen, fused, cosines))
    return sorted(judged, key=_order)


def _candidates(
    engine: Engine, terms: Sequence[Term], scope: NDArray[np.bool_], above: NDArray[np.float32]
) -> dict[str, tuple[list[int], list[int]]]:
    """By agreement that might be judged to cover the terms, by the words that its texts hold: the rows of which one might
    state them, and those of which one might say `RELATED_SHARE` of them. `above`: see `_places`."""
    strongest = most_said(engine.index.words, terms)
    weights = np.array([term.weight for term in terms])
    total = weights.sum()
    share = weights @ strongest / total if total else np.zeros(len(scope))
    stating = share >= EXPLICIT_SHARE * STATED - _ROUNDING
    touching = [
        each >= _least(terms) for term, each in zip(terms, strongest, strict=True) if not term.numeric
    ]
    near = np.logical_and.reduce(touching) | (share + LIFT * (above - 2) >= LEAST_NEAR - _ROUNDING)
    enough = scope & (share > 0) & (share >= RELATED_SHARE - _ROUNDING)
    rows: dict[str, list[int]] = {}
    for row in np.flatnonzero(enough).tolist():
        passage = engine.index.passages[row]
        if passage.role is SectionRole.CONTENT:
            rows.setdefault(passage.agreement_id, []).append(row)
    deciding = stating | near
    return {
        name: ([row for row in own if stating[row]], [row for row in own if not stating[row]])
        for name, own in rows.items()
        if deciding[own].any()
    }


_ROUNDING = 0.001
"""`_judge` puts places in order by their share in thousandths."""


def _places(
    engine: Engine,
    terms: Sequence[Term],
    row: int,
    score: float,
    affirmed: bool,
    height: float,
) -> list[_Place]:
    """The passage's best sentences, with what the passage as a whole (its heading included) says of the terms.

    `height`: how many standard deviations its cosine lies above the mean.
    """
    passage = engine.index.passages[row]
    rarity, spoken = engine.index.words.rarity, near_any(terms)
    touched = [
        (span, match_terms(terms, words, rarity))
        for span, words in engine.read_sentences(passage)
        if not spoken.isdisjoint(words.atoms)
    ]
    if not touched or not _holds_names(engine, terms, passage):
        return []
    strengths = [match.strengths for _, match in touched]
    whole = _joined(terms, strengths)
    of_each = _touches_all(terms, strengths)
    found: list[_Place] = []
    for (span, match), within in zip(touched, strengths, strict=True):
        share = max(match.coverage, whole if match.coverage >= 0.5 * whole else 0.0)
        subject = [s for term, s in zip(terms, within, strict=True) if not term.numeric]
        if any(subject) or (not subject and match.coverage > 0):
            numbers_missing = any(t.numeric and s == 0 for t, s in zip(terms, within, strict=True))
            if affirmed and share > DENIED:
                words = engine.agreement(passage).text[span.start : span.end]
                if denies(words, [(start - span.start, end - span.start) for start, end in match.spans]):
                    share = DENIED
            span = _with_first_sentence(engine, passage, span)
            share = min(share, NUMBER_MISSING) if numbers_missing else share
            near = of_each or share + LIFT * (height - 2) >= LEAST_NEAR
            found.append(_Place(share, score, row, span, match, near))
    best = sorted(found, key=lambda place: (-place.share, place.span.start))
    return best[:MOST_QUOTES]


def _holds_names(engine: Engine, terms: Sequence[Term], passage: Passage) -> bool:
    """True when the passage or its header holds every name in the question."""
    named = [term for term in terms if term.named]
    if not named:
        return True
    words = [
        *engine.words(passage.agreement_id, Span(passage.start, passage.end)),
        *engine.titled(passage.header),
        *engine.front(engine.agreement(passage)),
    ]
    return all(match_term(term, words, engine.index.words.rarity).strength >= STATED for term in named)


def _with_first_sentence(engine: Engine, passage: Passage, span: Span) -> Span:
    """A heading that matches is quoted with the sentence below it; any other span as it is."""
    section = engine.agreement(passage).sections[passage.section]
    if span.end > section.body:
        return span
    below = next((s for s in engine.sentences(passage) if s.start >= section.body), None)
    return span if below is None else Span(span.start, below.end)


def _joined(terms: Sequence[Term], strengths: Sequence[Sequence[float]]) -> float:
    """Coverage of the passage: each term by its strongest sentence."""
    total = sum(term.weight for term in terms)
    strongest = [max(each) for each in zip(*strengths, strict=True)]
    return sum(t.weight * s for t, s in zip(terms, strongest, strict=True)) / total if total else 0.0


def _touches_all(terms: Sequence[Term], strengths: Sequence[Sequence[float]]) -> bool:
    """True when the passage holds every subject word, or one that means nearly the same; of a single word its first part."""
    least = _least(terms)
    return all(term.numeric or any(each[i] >= least for each in strengths) for i, term in enumerate(terms))


def _least(terms: Sequence[Term]) -> float:
    """From this strength on a passage touches a term."""
    return KIN if sum(not term.numeric for term in terms) > 1 else RELATED_SHARE


def _is_opening(engine: Engine, agreement_id: str, span: Span) -> bool:
    """True for the agreement's first words: title and parties."""
    first = engine.first_sentence(agreement_id)
    return first is not None and span.start == first.start


def _judge(engine: Engine, agreement_id: str, places: list[_Place]) -> Judged | None:
    if not places:
        return None
    best = sorted(places, key=lambda p: (-round(p.share, 3), -p.score, p.span.start))
    share = best[0].share
    if share >= EXPLICIT_SHARE * STATED:
        coverage, least = Coverage.EXPLICIT, EXPLICIT_SHARE * STATED
    elif share >= RELATED_SHARE and any(p.near and p.share >= RELATED_SHARE for p in places):
        coverage, least = Coverage.RELATED, RELATED_SHARE
    else:
        return None
    kept = [place for place in best if place.share >= least]
    # What names the agreement proves the least: it is quoted where no clause says it.
    kept = [p for p in kept if not _is_opening(engine, agreement_id, p.span)][:MOST_QUOTES] or kept[
        :MOST_QUOTES
    ]
    why = tuple(dict.fromkeys(reason for place in kept for reason in place.match.why))
    score = min(1.0, 0.7 * share + 0.3 * max(0.0, best[0].score))
    return Judged(
        engine.index.agreements[agreement_id], coverage, score, tuple(p.span for p in kept), why, share
    )


def _by_meaning(
    engine: Engine,
    terms: Sequence[Term],
    seen: set[str],
    fused: NDArray[np.float32],
    cosines: NDArray[np.float32],
) -> list[Judged]:
    """Agreements that no word points to but whose best passage the encoder holds near the question."""
    found: dict[str, Judged] = {}
    for row in first_of(cosines, int((cosines >= RELATED_COSINE).sum())):
        passage = engine.index.passages[row]
        if (
            passage.agreement_id in seen
            or passage.agreement_id in found
            or passage.role is not SectionRole.CONTENT
            or not _holds_names(engine, terms, passage)
        ):
            continue
        span = engine.sentences(passage)[-1 if len(engine.sentences(passage)) == 1 else 0]
        score = min(0.6, 0.5 * float(cosines[row]) + 0.2 * max(0.0, float(fused[row])))
        why = ("ligger nära frågan i betydelse",)
        found[passage.agreement_id] = Judged(engine.agreement(passage), Coverage.RELATED, score, (span,), why)
    return list(found.values())


def together(by_subject: Sequence[Sequence[Judged]], either: bool) -> list[Judged]:
    """Judgements of several subjects as one: explicit where every subject is, or any with `either`; else related."""
    if len(by_subject) == 1:
        return list(by_subject[0])
    found: dict[str, list[Judged]] = {}
    for judged in by_subject:
        for one in judged:
            found.setdefault(one.agreement.agreement_id, []).append(one)
    merged: list[Judged] = []
    for parts in found.values():
        stated = [part for part in parts if part.coverage is Coverage.EXPLICIT]
        whole = bool(stated) if either else len(stated) == len(by_subject)
        score = max(p.score for p in parts) if either else sum(p.score for p in parts) / len(by_subject)
        first = [part.places[0] for part in (stated or parts)]
        more = [place for part in (stated or parts) for place in part.places[1:]]
        places = tuple(dict.fromkeys([*first, *more]))[: max(MOST_QUOTES, len(first))]
        why = tuple(dict.fromkeys(reason for part in parts for reason in part.why))
        coverage = Coverage.EXPLICIT if whole else Coverage.RELATED
        # Where one of several is enough, what states another tells nothing against the rest.
        share = 0.0 if either else sum(p.share for p in parts) / len(by_subject)
        merged.append(Judged(parts[0].agreement, coverage, score, places, why, share))
    return sorted(merged, key=_order)


def of_kind(judged: Sequence[Judged], kinds: Sequence[str]) -> list[Judged]:
    """Agreements of other kinds than the question names are at most related."""
    marked = [
        j
        if not kinds or j.agreement.kind in kinds
        else replace(j, coverage=Coverage.RELATED, score=min(j.score, 0.5))
        for j in judged
    ]
    return sorted(marked, key=_order)


def _order(judged: Judged) -> tuple[bool, float, str]:
    return judged.coverage is not Coverage.EXPLICIT, -judged.score, judged.agreement.agreement_id
