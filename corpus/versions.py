"""Agreements that replace, amend or belong to one another: which, and the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from corpus.references import meant_by, same_parties, starts
from corpus.types import Agreement, FactName, Span


class Relation(StrEnum):
    """What one agreement is to another."""

    REPLACES = "replaces"
    AMENDS = "amends"
    APPENDIX_TO = "appendix_to"


@dataclass(frozen=True, slots=True)
class Link:
    """`agreement_id` replaces, amends or is an appendix to `to`.

    `start..end` is where the text of `agreement_id` says so, None where a manifest does; `basis` says in Swedish how the
    other was known.
    """

    relation: Relation
    agreement_id: str
    to: str
    basis: str
    start: int | None = None
    end: int | None = None


_STATED = {
    FactName.REPLACES: Relation.REPLACES,
    FactName.AMENDS: Relation.AMENDS,
    FactName.APPENDIX_TO: Relation.APPENDIX_TO,
}
_OPENING = 300
"""Characters at the start of a text where it says which version it is."""
_MARKER = re.compile(
    r"(?i)\b(?:(?:version|utgåva|revision|rev\.?)\s*(?P<number>\d+(?:\.\d+)?)|reviderad[et]?|reviderat|omförhandlat|omförhandlad)\b"
)
_NO_SUBJECT = re.compile(r"(?i)\w*(?:avtal|avsiktsförklaring|överenskommelse|partnerskap|kontrakt)\w*")
_TIME = re.compile(
    r"(?i)\b(?:den\s+)?\d{0,2}\s*(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)?\s*(?:19|20)\d{2}(?:-\d{2}-\d{2})?\b"
)


def links_between(agreements: Sequence[Agreement]) -> tuple[Link, ...]:
    """The links that the agreements' own words, or their parties, title and dates, give strong evidence of.

    Sorted; at most one between two agreements. Where the evidence points to several agreements there is no link.
    """
    links: dict[frozenset[str], Link] = {}
    for link in (*_stated(agreements), *_succeeding(agreements)):
        links.setdefault(frozenset((link.agreement_id, link.to)), link)
    return tuple(sorted(links.values(), key=lambda link: (link.agreement_id, link.to)))


def _stated(agreements: Sequence[Agreement]) -> Iterator[Link]:
    """The links that a card's REPLACES, AMENDS and APPENDIX_TO give."""
    for teller in agreements:
        told = {fact.name for fact in teller.facts} | {each.name for each in teller.declared}
        if told.isdisjoint(_STATED):
            continue
        others = [other for other in agreements if other is not teller]
        for fact in (fact for fact in teller.facts if fact.name in _STATED):
            found = meant_by(f"{fact.value} {teller.text[fact.start : fact.end]}", teller, others)
            if found and not _begins_later(found.agreement, teller):
                yield Link(
                    _STATED[fact.name],
                    teller.agreement_id,
                    found.agreement.agreement_id,
                    found.basis,
                    fact.start,
                    fact.end,
                )
        for declared in (each for each in teller.declared if each.name in _STATED):
            named = next((other for other in others if other.agreement_id == declared.value), None)
            found = meant_by(declared.value, teller, others)
            to = named or (found.agreement if found else None)
            if to is not None:
                said = f"står i {declared.manifest}"
                yield Link(_STATED[declared.name], teller.agreement_id, to.agreement_id, said)


def _begins_later(one: Agreement, other: Agreement) -> bool:
    """True where both dates are known and `one` begins after `other`."""
    own, theirs = starts(one), starts(other)
    return bool(own and theirs) and _after(min(own), min(theirs))


def _after(later: str, earlier: str) -> bool:
    """True for a later ISO date; of "2024" and "2024-03" none is."""
    return later > earlier and not later.startswith(earlier)


def _succeeding(agreements: Sequence[Agreement]) -> Iterator[Link]:
    """New versions by the same parties under the same title: marked as such, or beginning when the former is over."""
    families: dict[tuple[frozenset[str], str | None, str], list[Agreement]] = {}
    for agreement in agreements:
        stem = title_stem(agreement)
        if len(agreement.parties) >= 2 and stem and not agreement.values(FactName.AMENDS):
            families.setdefault((frozenset(agreement.parties), agreement.kind, stem), []).append(agreement)
    for members in families.values():
        ordered = sorted(members, key=lambda member: (_version(member), min(starts(member), default="")))
        for earlier, later in pairwise(ordered):
            yield from _succession(earlier, later)


def _succession(earlier: Agreement, later: Agreement) -> Iterator[Link]:
    if not same_parties(earlier, later) or _begins_later(earlier, later):
        return
    marker = version_marker(later)
    if marker is not None and _version(later) > _version(earlier):
        words = " ".join(later.text[marker.start : marker.end].split())
        basis = f"samma parter och titel, och det ena står som ”{words}”"
        yield Link(
            Relation.REPLACES, later.agreement_id, earlier.agreement_id, basis, marker.start, marker.end
        )
        return
    names = (FactName.VALID_FROM, FactName.SIGNED)
    dated = next((fact for name in names for fact in later.facts if fact.name is name), None)
    ends = tuple(filter(None, earlier.values(FactName.VALID_TO)))
    over = not ends or _after(min(starts(later), default=""), max(ends))
    if dated is not None and _begins_later(later, earlier) and over:
        basis = "samma parter och titel, senare datum"
        yield Link(Relation.REPLACES, later.agreement_id, earlier.agreement_id, basis, dated.start, dated.end)


def version_marker(agreement: Agreement) -> Span | None:
    """Where the opening of the text says that it is a version ("Version 2", "Reviderat"), or None."""
    match = _MARKER.search(agreement.text, 0, _OPENING)
    return Span(match.start(), match.end()) if match else None


def _version(agreement: Agreement) -> tuple[int, ...]:
    """The version's number in parts, (2,) for a revision without one, (1,) for a text that says nothing."""
    marker = version_marker(agreement)
    if marker is None:
        return (1,)
    match = _MARKER.match(agreement.text, marker.start)
    number = match["number"] if match else None
    return tuple(int(part) for part in number.split(".")) if number else (2,)


def title_stem(agreement: Agreement) -> str:
    """The title's words of substance: kind, parties, dates and version left out; "" where nothing is left."""
    words = re.split(r"(?i)\bmellan\b", agreement.title)[0]
    for pattern in (_MARKER, _TIME, _NO_SUBJECT):
        words = pattern.sub(" ", words)
    for party in agreement.parties:
        words = re.sub(re.escape(party), " ", words, flags=re.I)
    kept = [word for word in re.findall(r"[^\W\d_]+", words.casefold()) if len(word) > 3]
    return " ".join(kept)
