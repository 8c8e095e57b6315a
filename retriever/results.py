"""Search results for a list: ranked passages, the agreements they belong to, and facets."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.types import Agreement
from retriever.asked import put
from retriever.engine import Engine
from retriever.lifetime import years_of
from retriever.search import hits
from retriever.types import Facets, FacetValue, Filters, Hit, Interpreted
from retriever.versions import replacing


@dataclass(frozen=True, slots=True)
class AgreementGroup:
    """An agreement among the results: its best passage's score and id, and how many of the hits are its.

    `replaced_by` are ids of the agreements in the index that replace it.
    """

    agreement_id: str
    title: str
    score: float
    best_passage_id: str
    hits: int
    replaced_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The body of `/api/search`. `searched` is how many agreements the filters let through; all were scored.

    `total` is how many passages were ranked; `hits` are those from `offset` on, and `agreements` the groups of `hits`.
    """

    query: str
    searched: int
    total: int
    offset: int
    hits: tuple[Hit, ...]
    agreements: tuple[AgreementGroup, ...]
    facets: Facets
    interpreted: Interpreted
    generation: str
    took_ms: float


def search(
    engine: Engine, text: str, filters: Filters | None = None, limit: int = 10, offset: int = 0
) -> SearchResult:
    """The `limit` best passages for a query after the `offset` best, with agreements and facets.

    The facets count what the question's own filters let through as well, each facet's own filter left aside.
    Raises AvtalError for a query that is empty or too long.
    """
    started = time.perf_counter()
    narrowed = filters or Filters()
    asked = put(engine, text, narrowed, limit)
    rows = asked.rows[offset : offset + limit]
    found = tuple(
        replace(hit, rank=hit.rank + offset)
        for hit in hits(engine, asked.question, rows, asked.fused, asked.cosines)
    )
    return SearchResult(
        query=text,
        searched=len(asked.agreements),
        total=len(asked.rows),
        offset=offset,
        hits=found,
        agreements=_groups(engine, found),
        facets=facets(engine, asked.filters),
        interpreted=asked.interpreted(),
        generation=engine.index.generation,
        took_ms=round((time.perf_counter() - started) * 1000, 3),
    )


def _groups(engine: Engine, found: Sequence[Hit]) -> tuple[AgreementGroup, ...]:
    counts = Counter(hit.agreement_id for hit in found)
    best: dict[str, Hit] = {}
    for hit in found:
        best.setdefault(hit.agreement_id, hit)
    return tuple(
        AgreementGroup(
            hit.agreement_id,
            engine.index.agreements[hit.agreement_id].title,
            hit.score,
            hit.passage_id,
            counts[hit.agreement_id],
            replacing(engine.index.links, hit.agreement_id),
        )
        for hit in best.values()
    )


def facets(engine: Engine, filters: Filters) -> Facets:
    """Counts of parties, kinds and years in force among the agreements that the other filters let through."""
    return engine.counted.get(filters) or engine.counted.keep(filters, _facets(engine, filters))


def _facets(engine: Engine, filters: Filters) -> Facets:
    for_party = engine.agreements_in_scope(replace(filters, parties=()))
    for_type = engine.agreements_in_scope(replace(filters, kinds=()))
    return Facets(
        party=_counted(party for agreement in for_party for party in agreement.parties),
        type=_counted(_kinds(for_type)),
        year=tuple(
            FacetValue(str(year), count)
            for year, count in years_of(engine.agreements_in_scope(replace(filters, year=None)))
        ),
    )


def _kinds(agreements: Iterable[Agreement]) -> Iterable[str]:
    return (agreement.kind for agreement in agreements if agreement.kind is not None)


def _counted(values: Iterable[str]) -> tuple[FacetValue, ...]:
    return tuple(
        FacetValue(value, count)
        for value, count in sorted(Counter(values).items(), key=lambda row: (-row[1], row[0]))
    )
