"""Agreements that replace, amend or belong to the one that is read, each with the words that say so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.types import Agreement, Span
from corpus.versions import Link, Relation
from indexer.store import Index
from retriever.citation import cite
from retriever.types import Citation

FROM_THE_TELLER = {
    Relation.REPLACES: "ersätter",
    Relation.AMENDS: "ändrar",
    Relation.APPENDIX_TO: "är bilaga till",
}
FROM_THE_OTHER = {
    Relation.REPLACES: "ersätts av",
    Relation.AMENDS: "ändras av",
    Relation.APPENDIX_TO: "har bilagan",
}
_ITS_OTHER_SIDE = {
    Relation.REPLACES: "replaced_by",
    Relation.AMENDS: "amended_by",
    Relation.APPENDIX_TO: "has_appendix",
}


@dataclass(frozen=True, slots=True)
class Related:
    """Another agreement and what it is to the one at hand.

    `relation` is replaces, replaced_by, amends, amended_by, appendix_to or has_appendix; `words` says it in Swedish
    ("ersätts av"). `basis` says how it is known; `evidence` is the place in the text, None where a manifest says it.
    """

    relation: str
    words: str
    agreement_id: str
    title: str
    basis: str
    evidence: Citation | None


def related_to(index: Index, agreement_id: str) -> tuple[Related, ...]:
    """The agreements linked to this one, those that replace it first."""
    found = [
        _related(index, link, agreement_id)
        for link in index.links
        if agreement_id in (link.agreement_id, link.to)
    ]
    return tuple(sorted(found, key=lambda other: (other.relation != "replaced_by", other.agreement_id)))


def _related(index: Index, link: Link, agreement_id: str) -> Related:
    tells = link.agreement_id == agreement_id
    other = index.agreements[link.to if tells else link.agreement_id]
    return Related(
        relation=link.relation.value if tells else _ITS_OTHER_SIDE[link.relation],
        words=(FROM_THE_TELLER if tells else FROM_THE_OTHER)[link.relation],
        agreement_id=other.agreement_id,
        title=other.title,
        basis=link.basis,
        evidence=_evidence(index.agreements[link.agreement_id], link),
    )


def _evidence(teller: Agreement, link: Link) -> Citation | None:
    if link.start is None or link.end is None:
        return None
    span = Span(link.start, link.end)
    return None if any(frame.overlaps(span) for frame in teller.furniture) else cite(teller, span)


def replacing(links: Sequence[Link], agreement_id: str) -> tuple[str, ...]:
    """Ids of the agreements that replace this one."""
    return tuple(
        link.agreement_id for link in links if link.relation is Relation.REPLACES and link.to == agreement_id
    )


def replaced(links: Sequence[Link], counts: Callable[[str], bool]) -> frozenset[str]:
    """Ids of the agreements that another replaces, of those others that `counts` is true of."""
    return frozenset(
        link.to for link in links if link.relation is Relation.REPLACES and counts(link.agreement_id)
    )
