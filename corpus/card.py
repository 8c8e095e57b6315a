"""The agreement's card: title, kind, parties, dates, sums and the rest, each with the span it was read from."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.card_title import title_of
from corpus.clauses.contacts import contact_facts
from corpus.clauses.kinds import KINDS, kind_fact
from corpus.clauses.money import money_facts
from corpus.clauses.notice import notice_facts
from corpus.clauses.references import reference_facts, registry_facts
from corpus.clauses.signing import signing_facts
from corpus.clauses.statements import statements_of
from corpus.clauses.validity import validity_facts
from corpus.furniture import furniture_spans
from corpus.lines import lines_of
from corpus.parties import Mention, Places, mentions_of, parties_of
from corpus.sections import sections_of
from corpus.types import Agreement, Document, Fact, FactName, Section, SectionRole, Span

__all__ = ["KINDS", "agreement_from"]

_AGREEMENT_WORD = re.compile(r"(?i)\w*(?:avtal|avsiktsförklaring|överenskommelse|partnerskap|kontrakt)\w*")


def agreement_from(document: Document, agreement_id: str) -> Agreement:
    """The document with its sections, furniture and card."""
    text = document.text
    sections = sections_of(document)
    furniture = furniture_spans(lines_of(text), document.furniture)
    heading = _first_heading(sections, furniture)
    parties = parties_of(text, _places(sections, heading, text))
    kind = kind_fact(text, heading)
    party_facts = _party_facts(text, parties)
    written = [re.sub(r"\s+", " ", text[fact.start : fact.end]) for fact in party_facts]
    title = title_of(document, sections, kind.value if kind else None, written)
    facts = [
        *_title_fact(text, title, heading),
        *([kind] if kind else []),
        *party_facts,
        *_clause_facts(text, sections, furniture, heading, kind.value if kind else None),
    ]
    draft = Agreement(
        agreement_id, document, title, kind.value if kind else None, parties, (), sections, furniture
    )
    return replace(draft, facts=tuple(sorted(facts, key=lambda fact: (fact.start, fact.name))))


def _places(sections: tuple[Section, ...], heading: Span | None, text: str) -> Places:
    return Places(
        title_end=heading.end if heading else 0,
        front_end=_front_end(sections, heading, text),
        signatures=tuple(Span(s.start, s.end) for s in sections if s.role is SectionRole.SIGNATURES),
        presented=tuple(Span(s.body, s.end) for s in sections if _PARTIES_HEADING.match(s.heading)),
        contacts=tuple(Span(s.start, s.body) for s in sections if s.role is SectionRole.CONTACT),
    )


def _front_end(sections: tuple[Section, ...], heading: Span | None, text: str) -> int:
    """Where what stands above the first section ends; a heading that names the agreement is its title."""
    if heading is None:
        return min(len(text), _LONGEST_FRONT)
    named = [s for s in sections if s.heading and _AGREEMENT_WORD.search(s.heading) and s.label == s.heading]
    if named and named[0].start < _LONGEST_FRONT:
        title = named[0].start
    elif text[: heading.start].strip():
        return min(heading.start, _LONGEST_FRONT)
    else:
        title = heading.start
    after = [s.start for s in sections if s.start > title and s.heading and not _FILED.search(s.heading)]
    return min(after[0] if after else len(text), _LONGEST_FRONT)


_FILED = re.compile(r"\d{2,4}[-/:]\d")
"""A line with a registry number opens no section, however it is set."""
_PARTIES_HEADING = re.compile(r"(?i)(?:avtals)?part(?:er|erna)\b")
_LONGEST_FRONT = 1500
"""Characters that may stand above the first section and still be the agreement's front."""


def _clause_facts(
    text: str,
    sections: tuple[Section, ...],
    furniture: tuple[Span, ...],
    heading: Span | None,
    kind: str | None,
) -> list[Fact]:
    """What the clauses state, each field read by its own module."""
    statements = statements_of(text, sections, furniture)
    headings = [Span(s.start, s.body) for s in sections if s.heading]
    signed = signing_facts(statements)
    day = next((fact.value for fact in signed if len(fact.value) == 10), None)
    validity = validity_facts(statements, day)
    valid_to = next((fact.value for fact in validity if fact.name is FactName.VALID_TO), None)
    return [
        *signed,
        *validity,
        *notice_facts(statements, valid_to),
        *money_facts(statements),
        *contact_facts(statements),
        *registry_facts(statements, headings, furniture, _front_end(sections, heading, text)),
        *reference_facts(statements, heading, kind),
    ]


def _title_fact(text: str, title: str, heading: Span | None) -> list[Fact]:
    """Where the text itself has the title, in its first heading or near it, over line breaks too."""
    if not title:
        return []
    words = re.compile(r"[\s#*]+".join(re.escape(word) for word in title.split()))
    found = words.search(text, 0, max(heading.end if heading else 0, _LONGEST_FRONT) + len(title))
    return [Fact(FactName.TITLE, title, found.start(), found.end())] if found else []


def _first_heading(sections: tuple[Section, ...], furniture: tuple[Span, ...]) -> Span | None:
    for section in sections:
        if section.heading and not any(s.start <= section.start < s.end for s in furniture):
            return Span(section.start, max(section.start, section.body))
    return None


def _party_facts(text: str, parties: tuple[str, ...]) -> list[Fact]:
    first: dict[str, Mention] = {}
    for mention in mentions_of(text):
        first.setdefault(mention.name, mention)
    return [Fact(FactName.PARTY, name, first[name].start, first[name].end) for name in parties]
