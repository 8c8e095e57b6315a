"""The passages nearest to a question, and the honest no where none supports an answer."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.points import stycke_span
from corpus.types import SectionRole, Span
from indexer.swedish.words import words_of
from retriever.asked import Asked
from retriever.citation import cite
from retriever.confidence import confidence
from retriever.forms import COSTING, EMPTY_VERBS
from retriever.quotes import best_sentence
from retriever.search import section_numbers
from retriever.subject import subject
from retriever.support import support
from retriever.types import Answer, AnswerKind, Citation, NearAgreement, QuestionKind
from retriever.unsaid import is_unsaid
from retriever.wording import reason, searched, source

LEAST_SUPPORT = 0.4
"""A passage that speaks of this share of the question's subject supports an answer …"""
LEAST_CONFIDENCE = 0.04
"""… and so does one that is as sure as this to answer."""
SURE = 0.45
"""Below this the answer says that it is a guess."""
LONGEST_SECTION = 800
"""Characters of a section that is quoted whole."""
NEAREST = 3
MOST_CITATIONS = 3


def passages_answer(asked: Asked) -> Answer:
    """The best sentences of the best passages that support an answer; the abstention where none does."""
    first = _of_the_one_meant(asked, asked.rows[: max(asked.limit, 10)])
    unsaid = asked.question.kind is not QuestionKind.FACT and is_unsaid(asked)
    known = not (asked.question.unheard_of or unsaid)
    sure = 1.0 if asked.question.section else sureness(asked, known)
    supported = [
        row
        for row in first
        if _may_be_cited(asked, row)
        and ((_is_said(asked, row) and not unsaid) or _is_meant(asked, row, known))
    ]
    if not supported:
        return no_answer(asked)
    supported.sort(key=lambda row: _is_opening(asked, row))
    citations: list[Citation] = []
    for row in supported[:MOST_CITATIONS]:
        agreement = asked.engine.agreement(asked.engine.index.passages[row])
        whole = _whole_section(asked, row)
        citations.append(
            cite(agreement, whole or best_sentence(asked.engine, asked.question, row, asked.query))
        )
    agreement = asked.engine.agreement(asked.engine.index.passages[supported[0]])
    opening = "Närmast frågan" if sure >= SURE else "Osäkert svar, närmast i betydelse"
    statement = (
        f"{opening}: {source(agreement, Span(citations[0].start, citations[0].end))}. {searched(asked)}"
    )
    return asked.answer(AnswerKind.PASSAGES, statement, citations)


def _of_the_one_meant(asked: Asked, rows: Sequence[int]) -> Sequence[int]:
    """For "§ 4 i hyresavtalet" that section's rows, where it is there; else the rows as they are."""
    section = asked.question.section
    if not section:
        return rows
    named = asked.engine.named_by(asked.question)
    passages = asked.engine.index.passages
    there = [row for row in rows if section in section_numbers(asked.engine, row)]
    meant = [row for row in there if passages[row].agreement_id in named]
    return meant or there or rows


def _whole_section(asked: Asked, row: int) -> Span | None:
    """The section that the question points to, read aloud where it is short and nothing more is asked; else None."""
    question = asked.question
    if not question.section or question.section not in section_numbers(asked.engine, row):
        return None
    passage = asked.engine.index.passages[row]
    titled = asked.engine.title_atoms(passage.agreement_id)
    if any(titled.isdisjoint((term.stem, *term.atoms)) for term in question.terms):
        return None
    sentences = asked.engine.sentences(passage)
    body = asked.engine.agreement(passage).sections[passage.section].body
    inside = [span for span in sentences if span.start >= body] or sentences
    whole = Span(inside[0].start, inside[-1].end)
    agreement = asked.engine.agreement(passage)
    furniture = agreement.furniture
    if question.stycke is not None:
        section = agreement.sections[passage.section]
        whole = stycke_span(agreement.text, section, question.stycke, furniture) or whole
    fits = whole.end - whole.start <= LONGEST_SECTION and not any(f.overlaps(whole) for f in furniture)
    return whole if fits else None


def _is_opening(asked: Asked, row: int) -> bool:
    """True for the passage that only names the agreement: it proves the least."""
    passage = asked.engine.index.passages[row]
    agreement = asked.engine.agreement(passage)
    return " ".join(passage.text.split()).strip("# ").casefold() == agreement.title.casefold()


_CONTACT_WORDS = re.compile(r"(?i)kontakt|telefon|e-?post|mejl|ansvarig|vem\b")


def _may_be_cited(asked: Asked, row: int) -> bool:
    """False for signatures, for contacts that nobody asked for, and where the question's head is unknown."""
    role = asked.engine.index.passages[row].role
    contacts = role is SectionRole.CONTACT and not _CONTACT_WORDS.search(asked.question.text)
    return not (role is SectionRole.SIGNATURES or contacts or any(term.head for term in asked.question.terms))


def _is_said(asked: Asked, row: int) -> bool:
    """True when the passage is of the section asked for, or speaks of the subject in its words."""
    question = asked.question
    if question.section and question.section in section_numbers(asked.engine, row):
        return True
    return support(asked.engine, question, row) >= LEAST_SUPPORT


def _is_meant(asked: Asked, row: int, known: bool) -> bool:
    """True when the passage is sure enough to answer, and its agreement holds the question's names."""
    utility = asked.utilities.get(row, -math.inf)
    sure = confidence(utility, known) >= LEAST_CONFIDENCE
    return sure and asked.holds_names(asked.engine.index.passages[row].agreement_id)


def sureness(asked: Asked, known: bool) -> float:
    """How surely one of the first passages answers, 0..1. `known`: the texts speak of the subject."""
    return confidence(max(asked.utilities.values(), default=-math.inf), known)


def no_answer(asked: Asked) -> Answer:
    """The abstention: what had no support, what was searched, and the nearest agreements."""
    terms = asked.question.terms
    telling = tuple(term for term in terms if term.word not in EMPTY_VERBS | COSTING) or terms
    about = f' för "{subject(replace(asked.question, terms=telling))}"' if terms else ""
    answer = asked.answer(AnswerKind.NONE, f"Inget stöd funnet{about}. {searched(asked)}")
    return replace(answer, abstained=True, reason=reason(asked), nearest=_nearest(asked))


def _nearest(asked: Asked) -> tuple[NearAgreement, ...]:
    """The agreements of the best-ranked passages, with their words that share a part with the question's."""
    found: dict[str, NearAgreement] = {}
    atoms = {atom for term in asked.question.terms for atom in (term.stem, *term.atoms)}
    for row in asked.rows:
        passage = asked.engine.index.passages[row]
        if passage.agreement_id in found or passage.role is not SectionRole.CONTENT:
            continue
        words = [w.word for w in words_of(passage.text) if not atoms.isdisjoint(w.atoms)]
        title = asked.engine.agreement(passage).title
        found[passage.agreement_id] = NearAgreement(
            passage.agreement_id, title, tuple(dict.fromkeys(words))[:5]
        )
        if len(found) == NEAREST:
            break
    return tuple(found.values())
