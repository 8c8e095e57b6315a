"""Wording that departs: what most agreements write in a type of clause, and what each of the others writes instead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.expressions import MONTHS
from corpus.lines import sentences_of
from corpus.quantities import number_value
from corpus.types import Agreement, Span
from indexer.swedish.stopwords import STOPWORDS
from indexer.swedish.words import Word, words_of
from retriever.citation import cite, section_at
from retriever.clause_types import ClauseType, types_said
from retriever.clause_values import MEASURES, ClauseValue, value_in
from retriever.engine import Engine
from retriever.types import Citation

LEAST_AGREEMENTS = 4
"""With fewer clauses of a type there is nothing common to depart from."""
SAME = 0.7
"""Share of two sentences' words that makes them one wording (Dice); see docs/decisions/clause-types.md."""
LEAST_COMMON, COMMON_SHARE = 3, 0.25
"""A wording is common when at least so many agreements have it, and so large a share of those with the clause."""


@dataclass(frozen=True, slots=True)
class CommonWording:
    """A sentence that several agreements share but for names and figures, in one of their wordings; `count` have it."""

    citation: Citation
    count: int


@dataclass(frozen=True, slots=True)
class DepartingValue:
    """A figure that is not the usual one: "uppsägningstid", "12 månader", usually "6 månader"."""

    name: str
    value: str
    usual: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Departing:
    """An agreement whose clause differs: in its figure, in having none of the common wordings, or in sentences of its own.

    `statement` says so in Swedish; `shares` is False where it has none of the common wordings.
    """

    agreement_id: str
    title: str
    statement: str
    values: tuple[DepartingValue, ...]
    own: tuple[Citation, ...]
    shares: bool


@dataclass(frozen=True, slots=True)
class DepartingWording:
    """A type of clause in the agreements that have it. `common` is empty where no wording is shared.

    `usual` is the usual figure and how many have it. `as_usual` are ids of the agreements that do not depart; `absent` of
    those without the clause.
    """

    type: str
    sv: str
    en: str
    agreements: int
    common: tuple[CommonWording, ...]
    usual: tuple[str, str, int] | None
    departing: tuple[Departing, ...]
    as_usual: tuple[str, ...]
    absent: tuple[str, ...]
    generation: str


@dataclass(frozen=True, slots=True)
class _Sentence:
    agreement_id: str
    span: Span
    bag: Counter[str]


def departing_wording(engine: Engine, agreements: Sequence[Agreement], each: ClauseType) -> DepartingWording:
    """What the agreements' clauses of the type have in common, and where they depart from it."""
    holders = {a.agreement_id: a for a in agreements if _has(engine, a, each.key)}
    clauses = {name: _clause(engine, a, each.key) for name, a in holders.items()}
    enough = len(holders) >= LEAST_AGREEMENTS
    compared = [s for clause in clauses.values() for s in clause] if enough and each.compared else []
    clusters = _clusters(compared, len(holders))
    values = _values(holders, clauses, each.key)
    usual = _usual(values) if enough else None
    told = [
        _departing(holders[name], clause, clusters, _value(each.key, holders[name], values, usual))
        for name, clause in clauses.items()
    ]
    departs = sorted((d for d in told if d.values or (clusters and (d.own or not d.shares))), key=_weight)
    named = {d.agreement_id for d in departs}
    return DepartingWording(
        each.key,
        each.sv,
        each.en,
        len(holders),
        tuple(CommonWording(cite(holders[c[0].agreement_id], c[0].span), _agreements(c)) for c in clusters),
        (MEASURES[each.key].name, *usual) if usual else None,
        tuple(departs),
        tuple(
            name for name in holders if name not in named and (clusters or _is_usual(values.get(name), usual))
        ),
        tuple(a.agreement_id for a in agreements if a.agreement_id not in holders),
        engine.index.generation,
    )


def _weight(departing: Departing) -> tuple[bool, bool, str]:
    """Order: another figure first, then another wording, then additions."""
    return not departing.values, departing.shares, departing.agreement_id


def _has(engine: Engine, agreement: Agreement, key: str) -> bool:
    label = engine.clauses.main(agreement.agreement_id).get(key)
    return label is not None and label.certain


def _usual(values: Mapping[str, ClauseValue]) -> tuple[str, int] | None:
    """The figure that most have and how many; None where no two have the same."""
    counted = Counter(value.value for value in values.values()).most_common(1)
    return counted[0] if counted and counted[0][1] > 1 else None


def _is_usual(value: ClauseValue | None, usual: tuple[str, int] | None) -> bool:
    return value is not None and usual is not None and value.value == usual[0]


def _clause(engine: Engine, agreement: Agreement, key: str) -> list[_Sentence]:
    """The sentences of the agreement's clauses of the type, without headings, page furniture and what says other types."""
    found: dict[Span, _Sentence] = {}
    for label in engine.clauses.of(agreement.agreement_id):
        if label.key != key or not label.certain:
            continue
        for span in sentences_of(agreement.text, label.clause.start, label.clause.end):
            body = section_at(agreement, span.start).body
            if body >= span.end:
                continue
            span = Span(max(span.start, body), span.end)
            words = words_of(agreement.text, span.start, span.end)
            said = types_said(words)
            framed = any(f.overlaps(span) for f in agreement.furniture)
            if len(words) >= _LEAST_WORDS and not framed and (key in said or not said):
                found[span] = _Sentence(agreement.agreement_id, span, Counter(_signs(agreement, words)))
    return list(found.values())


_LEAST_WORDS = 3
_AGREEMENT = re.compile(
    r"(?:\w*avtal|överenskommelse|avsiktsförklaring|tillägg|partnerskap)(?:et|en|ets|ens|s)?"
)


def _signs(agreement: Agreement, words: Sequence[Word]) -> Iterator[str]:
    """The sentence's words as compared: stems, with every figure, party and name of the agreement as one sign."""
    parties = {word.word for name in agreement.parties for word in words_of(name)}
    for word in words:
        if word.joined or word.word in STOPWORDS:
            continue
        if word.word.isdigit() or word.word in MONTHS or number_value(word.word) is not None:
            yield "#"
        elif word.word in parties:
            yield "§part"
        else:
            yield "§avtal" if _AGREEMENT.fullmatch(word.word) else word.stem


def _alike(one: Counter[str], other: Counter[str]) -> float:
    """Dice of two bags of words, 0..1."""
    return 2 * (one & other).total() / (one.total() + other.total())


def _agreements(cluster: Sequence[_Sentence]) -> int:
    return len({sentence.agreement_id for sentence in cluster})


def _clusters(sentences: Sequence[_Sentence], holders: int) -> list[list[_Sentence]]:
    """The sentences that are one wording, the most shared first; the first of each is nearest to all the others."""
    least = max(LEAST_COMMON, COMMON_SHARE * holders)
    left = list(sentences)
    near = {id(s): [o for o in left if _alike(s.bag, o.bag) >= SAME] for s in left}
    found: list[list[_Sentence]] = []
    while left:
        kept = {id(s) for s in left}
        open_ = {id(s): [o for o in near[id(s)] if id(o) in kept] for s in left}
        best = max(
            left, key=lambda s: (_agreements(open_[id(s)]), sum(_alike(s.bag, o.bag) for o in open_[id(s)]))
        )
        cluster = open_[id(best)]
        if _agreements(cluster) < least:
            break
        found.append([best, *(s for s in cluster if s is not best)])
        taken = {id(s) for s in cluster}
        left = [s for s in left if id(s) not in taken]
    return found


def _values(
    holders: Mapping[str, Agreement], clauses: Mapping[str, Sequence[_Sentence]], key: str
) -> dict[str, ClauseValue]:
    measure = MEASURES.get(key)
    if measure is None:
        return {}
    found = {
        name: value_in(agreement, measure, [(s.span, frozenset(s.bag)) for s in clauses[name]])
        for name, agreement in holders.items()
    }
    return {name: value for name, value in found.items() if value is not None}


def _value(
    key: str, agreement: Agreement, values: Mapping[str, ClauseValue], usual: tuple[str, int] | None
) -> DepartingValue | None:
    own = values.get(agreement.agreement_id)
    if own is None or usual is None or _is_usual(own, usual):
        return None
    return DepartingValue(MEASURES[key].name, own.value, usual[0], cite(agreement, own.place))


def _departing(
    agreement: Agreement,
    clause: Sequence[_Sentence],
    clusters: Sequence[Sequence[_Sentence]],
    value: DepartingValue | None,
) -> Departing:
    common = {id(s) for cluster in clusters for s in cluster}
    own = tuple(cite(agreement, s.span) for s in clause if id(s) not in common) if clusters else ()
    shares = any(id(s) in common for s in clause)
    parts = [f"{value.name} {value.value}; vanligast {value.usual}"] if value else []
    if clusters and not shares:
        parts.append("egen lydelse")
    elif own:
        parts.append(
            "1 mening utöver den vanliga" if len(own) == 1 else f"{len(own)} meningar utöver de vanliga"
        )
    values = (value,) if value else ()
    return Departing(agreement.agreement_id, agreement.title, "; ".join(parts), values, own, shares)
