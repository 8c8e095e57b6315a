"""The passages nearest to a question, and the honest no where none supports an answer."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.types import SectionRole, Span
from indexer.swedish.words import words_of
from retriever.asked import Asked
from retriever.citation import cite
from retriever.quotes import best_sentence
from retriever.search import section_numbers, support
from retriever.types import Answer, AnswerKind, Citation, NearAgreement
from retriever.wording import reason, searched, source, subject

LEAST_SUPPORT = 0.4
"""A passage that speaks of this share of the question's subject supports an answer."""
LEAST_COSINE = 0.3
"""So does one as near as this, where at least half of the question's words occur in the collection …"""
COSINE_ALONE = 0.4
"""… or as near as this, where they do not. Chosen on the tune half of the shipped cases."""
NEAREST = 3
MOST_CITATIONS = 3


def passages_answer(asked: Asked) -> Answer:
    """The best sentences of the best passages that support an answer; the abstention where none does."""
    supported = [row for row in asked.rows[: max(asked.limit, 10)] if _is_supported(asked, row)]
    if not supported:
        return no_answer(asked)
    supported.sort(key=lambda row: _is_opening(asked, row))
    citations: list[Citation] = []
    for row in supported[:MOST_CITATIONS]:
        agreement = asked.engine.agreement(asked.engine.index.passages[row])
        citations.append(cite(agreement, best_sentence(asked.engine, asked.question, row)))
    first = asked.engine.index.passages[supported[0]]
    agreement = asked.engine.agreement(first)
    statement = (
        f"Närmast frågan: {source(agreement, Span(citations[0].start, citations[0].end))}. {searched(asked)}"
    )
    return asked.answer(AnswerKind.PASSAGES, statement, citations)


def _is_opening(asked: Asked, row: int) -> bool:
    """True for the passage that only names the agreement: it proves the least."""
    passage = asked.engine.index.passages[row]
    agreement = asked.engine.agreement(passage)
    return " ".join(passage.text.split()).strip("# ").casefold() == agreement.title.casefold()


_CONTACT_WORDS = re.compile(r"(?i)kontakt|telefon|e-?post|mejl|ansvarig|vem\b")


def _is_supported(asked: Asked, row: int) -> bool:
    """True when the passage speaks of the subject in its words, or in other words and the encoder says so."""
    question = asked.question
    passage = asked.engine.index.passages[row]
    contacts = passage.role is SectionRole.CONTACT and not _CONTACT_WORDS.search(question.text)
    if passage.role is SectionRole.SIGNATURES or contacts or any(term.head for term in question.terms):
        return False
    if question.section and question.section in section_numbers(asked.engine, row):
        return True
    if support(asked.engine, question, row) >= LEAST_SUPPORT:
        return True
    known = sum(term.known for term in question.terms)
    enough = LEAST_COSINE if 2 * known >= len(question.terms) > 1 else COSINE_ALONE
    return bool(question.terms) and float(asked.cosines[row]) >= enough


def no_answer(asked: Asked) -> Answer:
    """The abstention: what had no support, what was searched, and the nearest agreements."""
    about = f' för "{subject(asked.question)}"' if asked.question.terms else ""
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
