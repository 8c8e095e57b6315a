"""What speaks for and against a figure: the cue before it, whose it is, its unit, its bounds, what the sentence says of it."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.expressions import ExpressionKind
from corpus.types import Span
from indexer.swedish.words import words_of
from retriever.asks import Asks
from retriever.fact_kinds import CARD, CUES, MUST_BE_CUED
from retriever.fact_places import belongs, closeness, counts, is_sum_of_all
from retriever.figure_sorts import other_sort, same_unit, sort_told, uncounted
from retriever.question import Question
from retriever.short_texts import QUESTIONS, words_in
from retriever.statement import Statement
from retriever.tables import Table

ON_CARD = frozenset({Asks.END, Asks.START, Asks.SIGNED})
"""An agreement has one of each, and its card tells which."""
CLOSE = 12
"""Characters at most between a cue and the figure that it introduces."""
AFTER = 25
"""Characters after a date within which a cue still speaks of it: "2024-06-30 upphör avtalet"."""
SHORT = 12
"""Words of a sentence at most whose only figure is that of all its names."""
SURELY = 0.6
"""A number that counts the very thing asked for so surely is no sum of the parties' shares: "sammanlagt 42 språk"."""
IN_TABLE = 0.8
"""A number in the asked-for row and column counts what is asked, though the word stands above or beside the table."""


def signs(
    question: Question, statement: Statement, span: Span, kind: ExpressionKind
) -> dict[str, float] | None:
    """What speaks for the figure; None for one that cannot be the one asked for."""
    text, sentence = statement.agreement.text, statement.span
    of_period = kind is ExpressionKind.PERIOD and question.asks is not Asks.NOTICE
    cue = CUES.get(Asks.PERIOD if of_period else question.asks)
    before, anywhere = _cued(cue, text, sentence, span) if cue else (False, False)
    stated = any(
        f.start == span.start and f.name in CARD.get(question.asks, ()) for f in statement.agreement.facts
    )
    dated = question.asks is Asks.LENGTH and kind is ExpressionKind.DATE
    must = _led_to(cue, text, sentence, span) if cue and kind is ExpressionKind.DATE else anywhere
    if (question.asks in MUST_BE_CUED or dated) and not (before or must or stated):
        return None
    if kind is ExpressionKind.DATE and _NUMBERED.match(text, span.end):
        return None
    if _asks_notice(question.read_as) and _is_no_notice(text, sentence, span):
        return None
    of_money = question.asks in (Asks.AMOUNT, Asks.SIZE)
    table = Table.around(text, span.start)
    whose = belongs(question, statement, span, table)
    counted = counts(question, statement, span) if question.asks is Asks.NUMBER else 0.0
    if table is not None and question.asks is Asks.NUMBER and whose > 0:
        counted = IN_TABLE
    return {
        "cued": float(before),
        "cue": float(anywhere),
        "stated": float(stated),
        "card": stated * statement.told.get("fronted", 0.0) * (question.asks in ON_CARD),
        "table": float(table is not None),
        "close": 0.5 if table else closeness(statement, span),
        "whose": whose,
        "others": float(whose < 0 and table is None),
        "tied": _tied(question, statement, span),
        "ending": _ends_it(question.read_as, statement.text) if kind is ExpressionKind.PERIOD else 0.0,
        "named_unit": _same_unit(question.read_as, _with_unit(text, span)),
        "changed": float(_is_changed(question.read_as, text, sentence, span)),
        "sum": float(counted < SURELY and is_sum_of_all(question, statement.text)),
        "counts": counted,
        "outside": float(_OUTSIDE.search(statement.text) is not None),
        "bounded": _bounded(question.read_as, text[max(sentence.start, span.start - 30) : span.start]),
        "prolongs": _prolongs(question.read_as, text[max(sentence.start, span.start - 40) : span.start]),
        "sort": sort_told(question.read_as, text, sentence) if of_money else 0.0,
        "other_sort": other_sort(question.read_as, statement.text) if of_money else 0.0,
        "uncounted": uncounted(question.read_as, text, sentence) if of_money else 0.0,
        "unit": same_unit(
            question.read_as,
            _titled(table, span) or text[span.end : span.end + 40],
            text[sentence.start : span.start],
        ),
    }


_NUMBERED = re.compile(r"[-/:]\d")
"""After a year: part of a registry number ("KS 2018-00230")."""


def _cued(cue: re.Pattern[str], text: str, sentence: Span, span: Span) -> tuple[bool, bool]:
    """Whether a cue stands just before the figure, and anywhere in the sentence."""
    closely = any(span.start - m.end() <= CLOSE for m in cue.finditer(text, sentence.start, span.start))
    return closely, closely or cue.search(text, sentence.start, sentence.end) is not None


def _led_to(cue: re.Pattern[str], text: str, sentence: Span, span: Span) -> bool:
    """Whether a word that cues the date stands before it in the sentence, or right after it."""
    around = (
        *cue.finditer(text, sentence.start, span.start),
        *cue.finditer(text, span.end, min(sentence.end, span.end + AFTER)),
    )
    return any(text[match.start()].isalpha() for match in around)


_ENDING = re.compile(
    r"(?i)\b(?:uppsägning\w*|säg\w*\s+upp|uppsagt|varsel|frånträd\w*|utträd\w*|avsluta\w*|notice|withdraw\w*|terminat\w*)\b"
)
_ASKS_ENDING = re.compile(
    r"(?i)\b(?:uppsägning\w*|säg\w*\s+upp|varsel|bryta|lämna|hoppa\s+av|kliva\s+av|dra\s+sig\s+ur|säga\s+ifrån|gå\s+ur|avsluta|sluta"
    r"|vill\s+(?:\w+\s+){0,2}?ur|(?:inte\s+(?:längre\s+)?vill|vill\s+inte)(?=[^?,]*\b(?:mer|längre)\b))\b"
)


_NOTICE_ASKED = re.compile(r"(?i)\buppsägningstid\w*")


@lru_cache(maxsize=QUESTIONS)
def _asks_notice(asked: str) -> bool:
    return _NOTICE_ASKED.search(asked) is not None


ABOVE = 200
"""Characters before a sentence in which its heading may say what it is about."""


def _is_no_notice(text: str, sentence: Span, span: Span) -> bool:
    """True for the time of an extension, and for one where neither the sentence nor what stands above it speaks of an end."""
    near = text[max(0, sentence.start - ABOVE) : sentence.end]
    return not _ENDING.search(near) or _IN_TURN.match(text, span.end, sentence.end) is not None


_IN_TURN = re.compile(r"(?i)\s+(?:i\s+sänder|i\s+taget|åt\s+gången)\b")


def _ends_it(asked: str, sentence: str) -> float:
    """1 where an end before time is asked for and the sentence speaks of it, -1 where it does not; 0 for other questions."""
    if not _ASKS_ENDING.search(asked):
        return 0.0
    return 1.0 if _ENDING.search(sentence) else -1.0


_UNIT_ASKED = re.compile(
    r"(?i)\bhur\s+många\s+(dag|veck|månad|år|timm|minut|dygn|termin|mil|kilometer|kvadratmeter|kvm|procent|grader)"
)


def _with_unit(text: str, span: Span) -> str:
    """The figure with what follows a bare number; "två dagar i veckan" is told in days."""
    return text[span.start : span.end + (0 if _UNIT.search(text, span.start, span.end) else 8)]


_UNIT = re.compile(r"(?i)\b(?:dag|dygn|veck|månad|år|timm|minut|termin)")


def _same_unit(asked: str, figure: str) -> float:
    """1 for a figure in the unit that the question names ("hur många veckor"), -1 for another; 0 where it names none."""
    unit = _unit_asked(asked)
    if not unit:
        return 0.0
    return 1.0 if unit in figure.casefold() else -1.0


@lru_cache(maxsize=QUESTIONS)
def _unit_asked(asked: str) -> str:
    found = _UNIT_ASKED.search(asked)
    return found[1].casefold() if found else ""


def _tied(question: Question, statement: Statement, span: Span) -> float:
    """1 where a name of the question stands right beside the figure ("två i Lindhult", "Lövåsa kommun två"), or in its line."""
    names = {t.stem for t in question.terms if t.named}
    names |= {
        word.stem for party in question.parties for word in words_in(party) if word.word not in _NO_NAMES
    }
    if names.isdisjoint(statement.words.atoms):
        return 0.0
    text = statement.agreement.text
    others = (text[statement.span.start : span.start], text[span.end : statement.span.end])
    if len(statement.words) <= SHORT and not any(re.search(r"\d", words) for words in others):
        # "Förening från Norrfalla eller Ekskulla 140 kr"
        return float(any(word.stem in names for word in statement.words))
    after = words_of(text, span.end, min(statement.span.end, span.end + 40))[:2]
    before = words_of(text, max(statement.span.start, span.start - 40), span.start)[-2:]
    return float(any(word.stem in names for word in (*before, *after)))


_NO_NAMES = frozenset("kommun stad region län universitet högskola högskolan ab i".split())


_PROLONGS = re.compile(r"(?i)\b(?:förläng\w*|option\w*)\b[^.]*$")
""" "Förlängs med två år": no term of notice, nor the agreement's own length."""


def _prolongs(asked: str, before: str) -> float:
    """1 for the time of an extension, -1 where one is asked for, 0 for another time."""
    if not _PROLONGS.search(before):
        return 0.0
    return -1.0 if _ASKS_PROLONGING.search(asked) else 1.0


_ASKS_PROLONGING = re.compile(r"(?i)\b(?:förläng\w*|option\w*|fortsätt\w*|extra)\b")
_ASKS_MOST = re.compile(
    r"(?i)\bhur\s+(?:hög|stor|mycket|lång|många|länge)\w*\s+(?:\w+\s+){0,3}?(?:kan|får)\b"
)
_LEAST = re.compile(r"(?i)\b(?:minst|lägst|åtminstone|minimum)\b")
_MOST = re.compile(
    r"(?i)\b(?:senast|dock\s+högst|som\s+(?:längst|mest|högst)|längst|högst\w*|max\w*|upp\s+till|\w*tak(?:et|volym\w*|belopp\w*|pris\w*)?)\b"
)


def _bounded(asked: str, before: str) -> float:
    """1 where the question asks for the most or the least there may be and the words before the figure set such a bound."""
    least, most = _bounds_asked(asked)
    if least and _LEAST.search(before):
        return 1.0
    return float(most and _MOST.search(before) is not None)


@lru_cache(maxsize=QUESTIONS)
def _bounds_asked(asked: str) -> tuple[bool, bool]:
    """Whether the least and the most there may be is asked for."""
    most = _MOST.search(asked) or _ASKS_MOST.search(asked)
    return _LEAST.search(asked) is not None, most is not None


def _titled(table: Table | None, span: Span) -> str:
    """What heads the figure's column; "" where nothing does."""
    if table is None:
        return ""
    row = next((each for each in table.rows if each.start <= span.start < each.end), table.rows[0])
    column = table.column(row, span.start)
    return table.titles[column] if column > 0 else ""


_OUTSIDE = re.compile(
    r"(?i)\b(?:ingår|omfattas|tillämpas)\s+inte\b|\bomfattar\s+inte\b|\butanför\s+(?:avtalet|överenskommelsen)\b|\bhar\s+ingen\s+del\b|\binte\s+(?:en\s+)?garantera\w*"
)
"""A figure that the agreement mentions to say that it is none of its own."""
_FROM = re.compile(r"(?i)\bfrån\s+$")
_BY = re.compile(r"(?i)\b(?:höjs|sänks|ökas?|ökar|utökas|minskas?|minskar)\s+(?:[\wåäö]+\s+){0,2}?med\s+$")
_CHANGES = re.compile(r"(?i)\b(?:höj|sänk|öka|utöka|minsk|ändra)\w*|\b(?:mer|mindre|till)\b")
_REPLACED = re.compile(r"(?i)^.{0,40}?\b(?:ersätts\s+(?:av|med)|(?:höjs|sänks|ändras|ökas)\s+till)\b")
_TO = re.compile(r"(?i)^.{0,30}?\btill\s+(?:\d|en\b|ett\b|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv)")


def _is_changed(asked: str, text: str, sentence: Span, span: Span) -> bool:
    """True for the first figure of "från … till …" or "… ersätts av …", which the sentence replaces, and for "höjs med …"
    where no change is asked for."""
    before, rest = text[sentence.start : span.start], text[span.end : sentence.end]
    if _BY.search(before) and not _CHANGES.search(asked):
        return True
    return bool(_REPLACED.match(rest) or (_FROM.search(before) and _TO.match(rest)))
