"""What an answer says first: the statement with its figures, or the short answer with its ground."""

from __future__ import annotations

import re
from dataclasses import dataclass

from api.rendering.wording import Words
from retriever.types import Answer, AnswerKind

_SENTENCE = re.compile(r"[.!?]\s+(?=[A-ZÅÄÖ0-9])")
_FIGURES = re.compile(r"\d[\d\s\u00a0]* av \d[\d\s\u00a0]*(?=\D)")
_VERDICT = re.compile(r"(Ja|Nej)\s*[:,–]\s*(.+)", re.S)
_SOURCE = re.compile(r"[.\s]*(?:\(.*?\)(?:\.|$))?\s*")


@dataclass(frozen=True, slots=True)
class Head:
    """The answer's head. `short`: the title is a short answer. `swedish`: so is the title; the leads always are."""

    title: str
    figures: str = ""
    leads: tuple[str, ...] = ()
    read_as: str = ""
    short: bool = False
    swedish: bool = True


def head_of(answer: Answer, words: Words) -> Head:
    """The head of an answer."""
    notes = "; ".join(answer.interpreted.notes).rstrip("?.")
    if answer.short_answer:
        verdict, ground = short_answer_parts(answer.short_answer)
        beyond = beyond_short_answer(answer.statement, answer.short_answer)
        leads = tuple(lead for lead in (ground, beyond) if lead)
        return Head(verdict, leads=leads, read_as=notes, short=True)
    reason = answer.reason if answer.reason and answer.reason != answer.statement else ""
    if answer.kind is AnswerKind.PASSAGES:
        return Head(
            _nearest(len(answer.hits), words), leads=(reason,) if reason else (), read_as=notes, swedish=False
        )
    figures, first, rest = statement_parts(answer.statement)
    leads = tuple(lead for lead in (rest, reason) if lead)
    if words.english:
        return _in_english(answer, words, notes, reason)
    return Head(first, figures, leads, notes)


def _in_english(answer: Answer, words: Words, notes: str, reason: str) -> Head:
    """A list or an abstention told in the page's language, from the counts."""
    done = answer.completeness
    if answer.kind is not AnswerKind.AGREEMENTS:
        title = words("Inget stöd funnet i avtalen")
        return Head(
            title, leads=tuple(filter(None, (answer.statement, reason))), read_as=notes, swedish=False
        )
    said = "saknar det som frågan gäller" if answer.interpreted.absent else "tar upp det som frågan gäller"
    figures = words("{0} av {1} avtal", done.covering, done.searched)
    return Head(words(said), figures, (reason,) if reason else (), notes, swedish=False)


def _nearest(hits: int, words: Words) -> str:
    if hits == 1:
        return words("Ett stycke ligger nära frågan")
    return words("De {0} stycken som ligger närmast frågan", hits)


def statement_parts(statement: str) -> tuple[str, str, str]:
    """ "4 av 6", " avtal omfattar …", and the sentences after the first."""
    cut = _SENTENCE.search(statement)
    first, rest = (statement[: cut.start() + 1], statement[cut.end() :]) if cut else (statement, "")
    figures = _FIGURES.match(first)
    if not figures:
        return "", first, rest
    return figures[0].rstrip(), first[figures.end() :].lstrip(), rest


def short_answer_parts(short: str) -> tuple[str, str]:
    """ "Ja: Vardera parten får …" as verdict and ground; any other short answer is its own verdict."""
    found = _VERDICT.fullmatch(short)
    verdict, ground = found.groups() if found else (short, "")
    return verdict[:1].upper() + verdict[1:], ground[:1].upper() + ground[1:]


def beyond_short_answer(statement: str, short: str) -> str:
    """What the statement says beyond "short answer (agreement, section).": the place is shown with the source."""
    if not statement.lower().startswith(short.lower()):
        return statement
    return _SOURCE.sub("", statement[len(short) :], count=1)
