"""The set of a list question where its words are not the texts': which agreements most likely cover what is asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from corpus.types import Agreement, Span
from retriever.asked import Asked
from retriever.clause_labels import ClauseLabel
from retriever.clause_meant import Meant
from retriever.coverage import Judged
from retriever.engine import Engine
from retriever.set_evidence import Evidence, evidence_of, likely, place_of
from retriever.types import Coverage
from retriever.unsaid import is_unsaid
from retriever.ways import Way, ways

WEIGHTS = (0.6, 0.6, 4.3, 0.45, 0.29, 0.39)
BIAS = -2.0
"""A logistic fit of "the agreement is one of those expected", no weight below zero (docs/decisions/set-answers.md)."""
EXISTS = (18.4, 9.6, 8.9, 12.1)
EXISTS_BIAS = -2.4
"""The same of "some agreement is", by what `most_of` tells."""
LEAST_LIKELY = 0.3
"""Below this an agreement is in no set."""
LEAST_EXISTS = 0.4
"""Where no text states the subject and it is less likely than this that any covers it, there is no set."""
SPEAKS_FOR_UNSAID = 16.5
"""Least utility of the best passage for a subject that no text names: of 20 such questions that were given a set, on 18
development sets and the tune half, 8 of the 10 that no agreement answers lie below, and 1 of the 10 others."""
NEAR = 0.2
"""From here an agreement that is not in the set is near it."""
SAID_SO = 0.8
"""Least score of an agreement whose text says it in the way that the question means."""
BY_MEANING = "ligger nära frågan i betydelse"


def with_meaning(
    asked: Asked, judged: Sequence[Judged], meant: Meant | None, labels: Mapping[str, ClauseLabel]
) -> list[Judged]:
    """The judgements by words, and those that the sentences' meaning and the clauses add.

    The set is cut where the expected F1 is highest, given how likely each agreement is (Lewis 1995); what the words
    state stays explicit.
    """
    evidence = {
        name: each
        for name, each in evidence_of(asked, judged, meant, labels).items()
        if asked.holds_names(name)
    }
    chances = {name: likely(each.numbers, WEIGHTS, BIAS) for name, each in evidence.items()}
    by_id = {each.agreement.agreement_id: each for each in judged}
    stated = {each.agreement.agreement_id for each in judged if each.coverage is Coverage.EXPLICIT}
    told_so = _telling(asked, meant, chances)
    # What is "about" a subject names it: where texts state it, but none of those, "nämnd" was only guessed to be arbitration.
    named = bool(asked.question.relation and stated) and stated.isdisjoint(told_so)
    if told_so and not named:
        return _with_way(judged, told_so, chances, asked.engine.index.agreements)
    if not chances or (not stated and not _exists(asked, evidence.values(), meant)):
        return list(judged)
    chosen = frozenset(labels) if labels and meant is not None and meant.field else best_set(chances)
    agreements = asked.engine.index.agreements
    for name, chance in chances.items():
        told = by_id.get(name)
        inside = name in chosen and chance >= LEAST_LIKELY
        if told is not None and told.coverage is Coverage.EXPLICIT:
            continue
        if not inside and (told is not None or chance < NEAR):
            continue
        label = labels.get(name)
        span = label.quote if label is not None and label.certain else place_of(asked, evidence[name])
        coverage = Coverage.EXPLICIT if inside else Coverage.RELATED
        why = (BY_MEANING, *((label.why,) if label is not None and label.certain else ()))
        if told is not None:
            by_id[name] = replace(
                told,
                coverage=coverage,
                score=max(told.score, chance),
                places=(span, *(p for p in told.places if p != span)),
                why=(*told.why, *why),
            )
        else:
            by_id[name] = Judged(
                agreements[name], coverage, round(chance, 6), (span,), why, chance if inside else 0.0
            )
    return list(by_id.values())


def _telling(asked: Asked, meant: Meant | None, names: Collection[str]) -> dict[str, Span]:
    """Where the question means one way of a clause (arbitration, not any rule on disputes): the first sentence of each
    agreement that says it; else nothing."""
    if meant is None or not meant.way:
        return {}
    said = asked.engine.said.get(meant.way)
    if said is None:
        said = asked.engine.said[meant.way] = _saying(asked.engine, ways()[meant.way])
    return {name: place for name, place in said.items() if name in names}


def _saying(engine: Engine, way: Way) -> Mapping[str, Span]:
    """The first sentence of each agreement that says it, by id."""
    found: dict[str, Span] = {}
    for name, agreement in engine.index.agreements.items():
        if way.says.search(agreement.text):
            passages = (engine.index.passages[row] for row in engine.content_rows_of(name))
            spans = (span for passage in passages for span in engine.sentences(passage))
            told = (span for span in spans if way.said_by(agreement.text[span.start : span.end]))
            found |= {name: place} if (place := next(told, None)) else {}
    return found


def _with_way(
    judged: Sequence[Judged],
    told_so: Mapping[str, Span],
    chances: Mapping[str, float],
    agreements: Mapping[str, Agreement],
) -> list[Judged]:
    """The agreements that say it, explicit; what the words tell of the others is related, and what lies near in meaning."""
    by_id = {
        each.agreement.agreement_id: replace(each, coverage=Coverage.RELATED, score=min(each.score, 0.5))
        for each in judged
        if each.agreement.agreement_id not in told_so
    }
    for name, place in told_so.items():
        by_id[name] = Judged(
            agreements[name], Coverage.EXPLICIT, max(SAID_SO, chances[name]), (place,), (BY_MEANING,), 1.0
        )
    return list(by_id.values())


def _exists(asked: Asked, evidence: Collection[Evidence], meant: Meant | None) -> bool:
    """True where some agreement is likely to cover what is asked; a thing known by its names, and named by no text, is
    covered by what speaks for it strongly."""
    if exists(evidence, asked.likeness) < LEAST_EXISTS:
        return False
    strong = max(each.utility for each in evidence) >= SPEAKS_FOR_UNSAID
    return meant is not None or strong or not is_unsaid(asked)


def exists(evidence: Collection[Evidence], likeness: float) -> float:
    """How likely it is that some agreement covers what is asked: 0..1. `evidence` holds one at least."""
    return likely(most_of(evidence, likeness), EXISTS, EXISTS_BIAS)


def most_of(evidence: Collection[Evidence], likeness: float) -> tuple[float, float, float, float]:
    """The largest cosine of all, how far the next agreement's is beneath it, the surest clause, and the question's likeness to
    those asked before, negative: what is usually asked finds something near in any collection, so near proves less."""
    nearest = sorted((each.sentence for each in evidence), reverse=True)
    clause = max(0.0, *(each.clause for each in evidence))
    return (nearest[0], nearest[min(1, len(nearest) - 1)] - nearest[0], clause, -likeness)


def best_set(chances: Mapping[str, float]) -> frozenset[str]:
    """The set with the highest expected F1: the most likely ones, as many as raise 2 Σp / (k + Σ all p)."""
    order = sorted(chances, key=lambda name: (-chances[name], name))
    total = sum(chances.values())
    best, held, size = 0.0, 0.0, 0
    for count, name in enumerate(order, start=1):
        held += chances[name]
        if 2 * held / (count + total) > best:
            best, size = 2 * held / (count + total), count
    return frozenset(order[:size])
