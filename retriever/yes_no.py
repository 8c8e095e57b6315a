"""Ja or nej, as a statement says: the clause that speaks of the question, its negations, its conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from corpus.types import Span
from indexer.swedish.words import words_of
from retriever.figures import Found, plain
from retriever.negation import is_asked_negated, is_negated
from retriever.question import Question
from retriever.short_texts import question_words
from retriever.statement import Statement

BUT = re.compile(r"(?i)(?:[,;]\s*|\s+)(?:men|dock)\b|[,;]\s*(?:utom|såvida|om\s+inte)\b|[;]")
_ENDS = (".", ":", ";", "!", "?")
_REPLY = re.compile(r"(?i)^\W*(ja|nej)\b[\s,.:–-]*")
_WITHDRAWN = re.compile(
    r"(?i)\b(?:utgår|utgått|upphör(?:t|de)?|löpt\s+ut|avslutats|ströks|tas\s+bort|har\s+avstått)\b"
)
_PAID = re.compile(r"(?i)\b(?:vite|ersättning|ränta|arvode|avgift|bidrag|hyra|kompensation|moms)\b")
""" "Vite utgår med …" is paid; "optionen utgår" is gone."""
_LASTING = re.compile(r"(?i)\b(?:kan|får|gäller|finns|fortfarande|kvar|ännu|har|löper|förläng\w*)\b")
_ANYHOW = re.compile(
    r"(?i)\b(?:hur\s+som\s+helst|fritt|utan\s+vidare|utan\s+(?:samtycke|tillstånd|att|godkännande)|själv\w*|när\s+som\s+helst)\b"
)
_NEEDS = re.compile(
    r"(?i)\b(?:kräver|krävs|samtycke|godkännande|godkänner|tillstånd|medgivande|endast|bara|först\s+efter|sedan\s+den)\b"
)
_OPPOSITES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(rf"(?i)\b(?:{asked})"), re.compile(rf"(?i)\b(?:{said})"))
    for asked, said in (
        (
            r"kostar\b|kosta\b|betala\w*|betalt\b|avgift\w*",
            r"kostnadsfri\w*|avgiftsfri\w*|gratis|utan\s+(?:kostnad|avgift|ersättning)",
        ),
        (
            r"pengar\b|medel\b|finansiering\b|ersättning\w*|ekonomiska\s+åtaganden",
            r"(?:bär|svarar\s+för|står\s+för|bekostar)\s+(?:själva?\s+)?(?:sina|sin|sitt)\s+(?:egna|egen|eget)?\s*(?:kostnader|del)",
        ),
        (r"gratis|kostnadsfri\w*|avgiftsfri\w*", r"debiteras|mot\s+(?:en\s+)?avgift|betalar"),
        (r"utanför|utomlands|tredje\s+land", r"(?:ska|skall|får\s+endast)\s[^.]*\b(?:inom|i\s+sverige)\b"),
        (
            r"(?:lösa|köpa)\s+biljett|biljett\w*",
            r"kostnadsfri\w*|avgiftsfri\w*|gratis|utan\s+(?:kostnad|avgift|ersättning)",
        ),
        (
            r"(?:behåll|spar)\w*",
            r"betalas?\s+tillbaka|åter(?:betal|lämn|gå|föra?s|bära)\w*|lämnas?\s+tillbaka",
        ),
        (r"ensam\w*|själv\w*|på\s+egen\s+hand", r"gemensamt|tillsammans|båda\s+parter"),
        (r"muntlig\w*", r"skriftlig\w*"),
        (r"hemifrån|på\s+distans", r"på\s+plats(?!\s+(?:eller|och)\b)"),
        (r"stäng\w*|slutn?a?\b", r"öppe[nt]|öppna"),
        (r"frivillig\w*", r"ska|skall|måste|obligatorisk\w*"),
    )
)
"""What is asked, and what says the opposite without a negation."""


def replies(question: Question, statement: Statement) -> Iterator[Found]:
    """The statement's ja or nej, with the clause that says it; none for a line that is no sentence."""
    text = statement.agreement.text
    if not statement.text.rstrip(')”"* ').endswith(_ENDS):
        return
    start, end = _clause(statement)
    words = text[start:end]
    if _CHARGES.search(question.read_as) and not _OF_MONEY.search(statement.text):
        return
    said = _REPLY.match(words)
    opposed = _is_opposed(question.read_as, words)
    answer = said[1].capitalize() if said else _reply(question.read_as, words, opposed)
    end = _with_exception(text, end, statement.span.end)
    words = text[start:end]
    shown = plain(words[said.end() :] if said else words)
    told = {
        "reply": float(said is not None),
        "opposed": float(opposed),
        "bold": (1.0 - statement.told["support"]) * (answer == "Ja" and said is None),
        "if": float(re.match(r"(?i)\W*(?:om|ifall|såvida)\b", words) is not None),
    }
    yield Found(statement, Span(start, end), f"{answer}: {shown}" if shown else answer, told)


_CHARGES = re.compile(
    r"(?i)^\W*(?:tar|tas)\b[^?]*\bbetalt\b|^\W*(?:kostar|är|blir|får)\b[^?]*\b(?:gratis|kostnadsfri\w*|avgiftsfri\w*)|^\W*kostar\b"
)
_OF_MONEY = re.compile(
    r"(?i)betal|kost|avgift|gratis|ersätt|kron|\bkr\b|hyr[ae]|pris|arvode|vederlag|bidrag|fakturer|debiter|finansier|ekonomi|peng|\bmedel\b|taxa|\bfee|charge|pay"
)
"""Whether somebody is charged is told by what speaks of money, and by nothing else."""
_NO_HINDER = re.compile(r"(?i)\b(?:inget|inte\s+(?:något|ett)|ej)\s+hinder\b|\bhindrar\s+inte\b")
_HINDERS = re.compile(r"(?i)\bhind(?:er|ra\w*)\b")
_MUST = re.compile(r"(?i)^\W*(?:måste|behöv\w*|krävs|ska|skall)\b")
_UNPAID = re.compile(r"(?i)\butan\s+att\s+(?:behöva\s+)?betala\b|\butan\s+(?:kostnad|avgift|ersättning)\b")
_WITHOUT = re.compile(r"(?i)\butan\s+(?:\w+\s+)?(\w{4,})")


def _is_opposed(asked: str, words: str) -> bool:
    """True where the words say the opposite of what is asked without a negation of their own."""
    if _UNPAID.search(asked):
        asked = _UNPAID.sub(" gratis ", asked)
    if any(ask.search(asked) and said.search(words) for ask, said in _OPPOSITES):
        return True
    if _HINDERS.search(asked) and _NO_HINDER.search(words):
        return True
    if _MUST.search(asked) and (without := _WITHOUT.search(words)):
        asked_stems = {word.stem[:5] for word in question_words(asked)}
        return any(word.stem[:5] in asked_stems for word in words_of(without[1]))
    return False


_ENGLISH_NO = re.compile(
    r"(?i)\b(?:is|are|was|were|shall|may|will|does|do|must|has|have|be|can|should)\s+not\b|\b(?:cannot|neither)\b"
)


def _reply(asked: str, words: str, opposed: bool) -> str:
    """Ja or Nej by the clause's words."""
    no = opposed or is_negated(words) or _ENGLISH_NO.search(words) is not None
    if _WITHDRAWN.search(words) and not _PAID.search(words) and _LASTING.search(asked):
        no = not no
    elif not no and _ANYHOW.search(asked) and _NEEDS.search(words):
        no = True
    return "Nej" if no and not is_asked_negated(asked) else "Ja"


_EXCEPT = re.compile(r"(?i)\W*(?:(?:men|dock)\s+(?:inte|ej|aldrig|endast|bara)|utom|såvida|om\s+inte)\b")


def _with_exception(text: str, end: int, stop: int) -> int:
    """Where the clause ends with the exception that follows it: "tillåten, men inte för alkohol"."""
    if not _EXCEPT.match(text, end, stop):
        return end
    return end + len(text[end:stop].rstrip())


def _clause(statement: Statement) -> tuple[int, int]:
    """The part of the sentence that speaks of the subject, where a "men" or ";" divides it; else the sentence."""
    text, span = statement.agreement.text, statement.span
    cuts = [span.start, *(m.start() for m in BUT.finditer(text, span.start, span.end)), span.end]
    near = statement.place.near

    def spoken(clause: tuple[int, int]) -> int:
        return sum(not near.isdisjoint(word.atoms) for word in words_of(text, *clause))

    clauses = list(pairwise(cuts))
    first, last = max(clauses, key=spoken) if len(clauses) > 1 else clauses[0]
    words = text[first:last]
    start = first + len(words) - len(words.lstrip(" ,;\n"))
    return start, start + len(text[start:last].rstrip())
