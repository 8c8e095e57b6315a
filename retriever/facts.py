"""The short answer: the sentence that says it, and the span of the date, amount, name or yes/no inside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corpus.expressions import ExpressionKind, expressions_in
from corpus.parties import mentions_of
from corpus.types import Agreement, FactName, SectionRole, Span
from indexer.swedish.words import words_of
from indexer.types import Passage
from retriever.confidence import Nearness
from retriever.engine import Engine, first_of
from retriever.fact_places import belongs, in_own_row, in_table, is_sum_of_all, line_at, role_holders
from retriever.forms import Asks
from retriever.matching import KIN, PART_CAP, STATED, match_terms
from retriever.negation import is_negated
from retriever.question import Question, Term

CONSIDERED = 60
"""Passages looked into, best first, besides those that the cards point to."""
CONTEXT = 0.7
"""A term in the heading or elsewhere in the passage counts this much of one in the sentence."""
LEAST_SUPPORT = 0.5
"""Share of the question's subject that sentence and surroundings must speak of for a short answer."""
WORDY = 4
"""Subject words from which on a passage that means the same need not hold each of them."""
NAMED_BONUS = 1.0
"""Added to the passage's score in an agreement that the question names."""
OWNED = 0.2
"""Added where a figure is the asked-for party's or in its row, taken off where it is another's."""
OWN_ROW = 0.4
"""Added to a figure in a row that the asked-for party heads: the subject stands above the table."""
IN_TABLE = 0.7
"""Nearness of a figure in a table to the question's words: its row and column say which it is."""
CARDED = {Asks.END: 0.25, Asks.START: 0.25}
"""Added to a date that the card holds as the one asked for; for other questions the words decide."""
ROLE = 0.3
"""Added where the card names the role that is asked for."""
LEAST_YES_NO = 0.6
"""In the sentence itself: a yes or no needs more than a subject nearby."""


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """`text` is what is shown; `span` the wording inside `sentence`, offsets into the agreement's text."""

    agreement: Agreement
    sentence: Span
    span: Span
    text: str
    score: float


_CUES: dict[Asks, re.Pattern[str]] = {
    Asks.END: re.compile(
        r"(?i)\b(?:till\s+och\s+med|t\.\s?o\.\s?m|tom\b|gäller\s+till|längst\s+till|fram\s+till|löper\s+ut|upphör|utgången\s+av|går\s+ut|senast|slutdatum)"
    ),
    Asks.START: re.compile(
        r"(?i)\b(?:från\s+och\s+med|fr\.\s?o\.\s?m|sedan|träder\s+i\s+kraft|gäller\s+från|börjar|startar|inleds|tillträde\w*)"
    ),
    Asks.PERIOD: re.compile(
        r"(?i)\b(?:uppsägningstid|gäller|löper|avtalstid|inom|senast|tid(?!ig)|period|under|förlängs|löptid|varar)\w*"
    ),
    Asks.AMOUNT: re.compile(
        r"(?i)\b(?:omfattar|uppgår|belopp|ersättning|kostnad|avgift|hyra|betalar|budget|finansier\w*|bidrar|medel|pris|timpris|vite)\w*"
    ),
    Asks.SIGNED: re.compile(
        r"(?i)\b(?:undertecknad\w*|undertecknades|undertecknats|tecknad\w*|tecknades|skrev\w*|skrevs|ingicks|slöts|signera\w*)\b"
    ),
    Asks.DATE: re.compile(
        r"(?i)\b(?:undertecknad\w*|undertecknades|tecknad\w*|tecknades|skrev\w*|gäller|träder|senast|startar|den)\b"
    ),
}
_KINDS: dict[Asks, tuple[ExpressionKind, ...]] = {
    Asks.END: (ExpressionKind.DATE, ExpressionKind.PERIOD),
    Asks.START: (ExpressionKind.DATE,),
    Asks.SIGNED: (ExpressionKind.DATE,),
    Asks.DATE: (ExpressionKind.DATE, ExpressionKind.FREQUENCY, ExpressionKind.PERIOD),
    Asks.AMOUNT: (ExpressionKind.AMOUNT, ExpressionKind.PERCENT),
    Asks.PERIOD: (ExpressionKind.PERIOD,),
    Asks.FREQUENCY: (ExpressionKind.FREQUENCY, ExpressionKind.PERIOD),
    Asks.PERCENT: (ExpressionKind.PERCENT,),
    Asks.NUMBER: (ExpressionKind.NUMBER,),
    Asks.PERSON: (ExpressionKind.PERSON,),
    Asks.PHONE: (ExpressionKind.PHONE,),
    Asks.EMAIL: (ExpressionKind.EMAIL,),
}
_CARD: dict[Asks, tuple[FactName, ...]] = {
    Asks.END: (FactName.VALID_TO,),
    Asks.START: (FactName.VALID_FROM, FactName.SIGNED),
    Asks.SIGNED: (FactName.SIGNED,),
    Asks.DATE: (FactName.SIGNED, FactName.VALID_FROM, FactName.VALID_TO),
    Asks.AMOUNT: (FactName.AMOUNT,),
    Asks.PERIOD: (FactName.NOTICE_PERIOD,),
    Asks.PERSON: (FactName.CONTACT_ROLE,),
}
_CONTACT_ASKS = frozenset({Asks.PERSON, Asks.PHONE, Asks.EMAIL, Asks.ORGANISATION})
_BUT = re.compile(r"(?i)(?:[,;]\s*|\s+)(?:men|dock)\b|[,;]\s*(?:utom|såvida|om\s+inte)\b|[;]")


def expression_kinds(asks: Asks) -> tuple[ExpressionKind, ...]:
    """The kinds of expression that answer a question of this type."""
    return _KINDS.get(asks, ())


def short_answers(
    engine: Engine,
    question: Question,
    scope: NDArray[np.bool_],
    fused: NDArray[np.float32],
    nearness: Nearness,
) -> list[ShortAnswer]:
    """Short answers best first, at most one an agreement; empty where nothing in scope supports one."""
    found: dict[str, ShortAnswer] = {}
    named = engine.named_by(question)
    told_apart = _is_told_apart(question, named)
    for row in _rows(engine, question, scope, fused):
        passage = engine.index.passages[row]
        if told_apart and passage.agreement_id not in named:
            continue
        if passage.role is not SectionRole.CONTENT and question.asks not in (*_CONTACT_ASKS, Asks.SIGNED):
            continue
        for answer in _in_passage(
            engine,
            question,
            passage,
            float(fused[row]),
            passage.agreement_id in named,
            nearness.means_it(row),
        ):
            known = found.get(passage.agreement_id)
            if known is None or answer.score > known.score:
                found[passage.agreement_id] = answer
    return sorted(found.values(), key=lambda a: (-a.score, a.agreement.agreement_id))


def _rows(
    engine: Engine, question: Question, scope: NDArray[np.bool_], fused: NDArray[np.float32]
) -> list[int]:
    best = first_of(np.where(scope, fused, np.float32(-np.inf)), min(CONSIDERED, int(scope.sum())))
    by_card = [
        row for name in _CARD.get(question.asks, ()) for row in engine.rows_stating(name) if scope[row]
    ]
    return list(dict.fromkeys([*best, *by_card]))


def _is_told_apart(question: Question, named: frozenset[str]) -> bool:
    """True when the question speaks of one kind of agreement by its title ("enligt ramavtalet"), so no other answers."""
    return bool(named) and (bool(question.agreement_kinds) or bool(_THE_AGREEMENT.search(question.text)))


_THE_AGREEMENT = re.compile(r"(?i)\w+(?:avtalet|kontraktet|förklaringen|överenskommelsen|partnerskapet)\b")


_FROM = re.compile(r"(?i)\bfrån\s+$")
_TO = re.compile(r"(?i)^.{0,30}?\btill\s+(?:\d|en\b|ett\b|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv)")
CHANGED = 0.3
"""Taken off a figure that the sentence replaces by another: "höjs från 10 till 12 kronor"."""


def _is_changed(text: str, sentence: Span, start: int, end: int) -> bool:
    """True for the first figure of "från … till …"."""
    return bool(_FROM.search(text[sentence.start : start]) and _TO.match(text[end : sentence.end]))


def _in_passage(
    engine: Engine, question: Question, passage: Passage, fused: float, named: bool, meant: float
) -> Iterable[ShortAnswer]:
    agreement = engine.agreement(passage)
    rarity = engine.index.words.rarity
    body = engine.words(passage.agreement_id, Span(passage.start, passage.end))
    above, below = (
        match_terms(question.terms, run, rarity).strengths for run in (engine.titled(passage.header), body)
    )
    around = tuple(map(max, above, below))
    front = match_terms(question.terms, engine.front(agreement), rarity).strengths
    titled = match_terms(question.terms, engine.titled(agreement.title), rarity).strengths
    if named and not any(titled) and all(s >= STATED for s in front):
        titled = front  # named by its opening words
    title = tuple(
        f if term.named else (t if named else 0.0)
        for term, f, t in zip(question.terms, front, titled, strict=True)
    )
    around = tuple(max(a, t) for a, t in zip(around, title, strict=True))
    names_missing = any(t.named and s < STATED for t, s in zip(question.terms, around, strict=True))
    head_missing = any(t.head and s < KIN for t, s in zip(question.terms, around, strict=True))
    if names_missing or head_missing:
        return
    # Surroundings that mean what is asked for speak of it, in whatever words; a short question means each of its own.
    meant = meant if len(question.terms) >= WORDY else 0.0
    around = tuple(
        max(a, 0.0 if t.named or t.head else meant) for t, a in zip(question.terms, around, strict=True)
    )
    asked = [term for term in question.terms if not term.named] or list(question.terms)
    # A word counts at most this much in any sentence here; most passages that a card points to speak of other things.
    most = [max(a, PART_CAP) if a else 0.0 for t, a in zip(question.terms, around, strict=True) if t in asked]
    if question.terms and _share(asked, most) < LEAST_SUPPORT * CONTEXT - 1e-9:
        return
    section = agreement.sections[passage.section]
    for sentence, words in engine.read_sentences(passage):
        if sentence.end <= section.body and question.asks not in _CONTACT_ASKS:
            continue
        within = match_terms(question.terms, words, rarity).strengths
        if question.asks is Asks.YES_NO and question.terms and max(within) < STATED:
            continue  # a word near the subject ("anslag" for "kostar") grounds no yes
        within = tuple(max(w, t) for w, t in zip(within, title, strict=True))
        inside = _share(asked, [w for t, w in zip(question.terms, within, strict=True) if t in asked])
        support = _share(
            asked,
            [
                max(w, CONTEXT * a)
                for t, w, a in zip(question.terms, within, around, strict=True)
                if t in asked
            ],
        )
        if question.terms and (support < LEAST_SUPPORT * (CONTEXT if inside == 0 else 1.0)):
            continue
        if (
            question.terms
            and inside == 0
            and question.asks is not Asks.YES_NO
            and not _states_fact(question, agreement, sentence)
            and not in_own_row(question, agreement.text, sentence.start, sentence.end)
        ):
            continue
        yield from _answers(
            question, agreement, sentence, inside, support, fused + (NAMED_BONUS if named else 0.0)
        )


def _states_fact(question: Question, agreement: Agreement, sentence: Span) -> bool:
    """True where the card found the kind of fact that is asked for, or in a contact block: the subject may stand above."""
    if question.asks in _CONTACT_ASKS:
        return True
    names = _CARD.get(question.asks, ())
    return any(f.name in names and sentence.start <= f.start < sentence.end for f in agreement.facts)


def _share(terms: Sequence[Term], strengths: Sequence[float]) -> float:
    total = sum(term.weight for term in terms)
    return sum(t.weight * s for t, s in zip(terms, strengths, strict=True)) / total if total else 0.0


def _answers(
    question: Question, agreement: Agreement, sentence: Span, inside: float, support: float, fused: float
) -> Iterable[ShortAnswer]:
    text = agreement.text
    base = 0.5 * support + 0.25 * inside + 0.15 * max(0.0, fused)
    if question.asks is Asks.YES_NO:
        if inside >= LEAST_YES_NO and text[sentence.start : sentence.end].rstrip(')”"').endswith(
            (".", ":", ";", "!", "?")
        ):
            yield _yes_no(question, agreement, sentence, base)
        return
    if question.asks is Asks.ORGANISATION:
        yield from _organisations(question, agreement, sentence, base, inside)
        return
    if question.asks is Asks.PERSON:
        for _, holder in role_holders(question, agreement, sentence):
            whose = OWNED * belongs(question, agreement, sentence, holder.start)
            yield ShortAnswer(
                agreement, sentence, holder, _clean(text[holder.start : holder.end]), base + ROLE + whose
            )
    cue = _CUES.get(question.asks)
    for kind_position, kind in enumerate(_KINDS.get(question.asks, ())):
        for expression in expressions_in(text, sentence.start, sentence.end, kind):
            table = in_table(text, expression.start)
            near = (
                IN_TABLE if table else _near(question, agreement, sentence, expression.start, expression.end)
            )
            cued = 0.2 * _cue_score(cue, text, sentence, expression.start) if cue else 0.0
            stated = _carded(agreement, question.asks, expression.start)
            if question.asks is Asks.SIGNED and not (cued or stated):
                continue
            if question.asks in (Asks.END, Asks.START) and not (
                _cued_closely(cue, text, sentence, expression.start) or stated
            ):
                continue
            if question.asks is Asks.NUMBER:
                near = _counts(question, text, expression.start, expression.end, sentence)
                if near == 0.0:
                    continue
            if not question.terms and not cued and not _carded(agreement, question.asks, expression.start):
                continue
            score = (
                base
                + cued
                + 0.15 * near
                + OWNED * belongs(question, agreement, sentence, expression.start)
                - 0.1 * kind_position
                + (CARDED.get(question.asks, 0.05) if stated else 0.0)
                - (CHANGED if _is_changed(text, sentence, expression.start, expression.end) else 0.0)
            )
            if table and in_own_row(question, text, *line_at(text, expression.start)):
                score += OWN_ROW
            elif is_sum_of_all(question, text[sentence.start : sentence.end]):
                score -= OWNED
            span = Span(_with_preposition(text, sentence, expression.start), expression.end)
            yield ShortAnswer(agreement, sentence, span, _clean(text[span.start : span.end]), score)


_LIMIT_WORDS = re.compile(
    r"(?i)\b(?:till\s+och\s+med|t\.\s?o\.\s?m\.?|från\s+och\s+med|fr\.\s?o\.\s?m\.?|längst\s+till|fram\s+till|senast|cirka|ca|högst|minst|upp\s+till|drygt|knappt)"
    r"(?:\s+(?:den|utgången\s+av|år))*\s+$"
)


def _with_preposition(text: str, sentence: Span, start: int) -> int:
    """Where the answer starts when the words before it are part of it: till och med 2017, högst 61 miljoner."""
    before = _LIMIT_WORDS.search(text, sentence.start, start)
    return before.start() if before else start


def _carded(agreement: Agreement, asks: Asks, start: int) -> bool:
    return any(fact.start == start and fact.name in _CARD.get(asks, ()) for fact in agreement.facts)


def _cue_score(cue: re.Pattern[str], text: str, sentence: Span, start: int) -> float:
    """1 where the cue stands just before the expression, .5 where it stands anywhere in the sentence."""
    if any(start - m.end() <= 12 for m in cue.finditer(text, sentence.start, start)):
        return 1.0
    return 0.5 if cue.search(text, sentence.start, sentence.end) else 0.0


def _cued_closely(cue: re.Pattern[str] | None, text: str, sentence: Span, start: int) -> bool:
    """True where the cue stands just before the expression: till och med 2017."""
    return cue is not None and _cue_score(cue, text, sentence, start) == 1.0


def _near(question: Question, agreement: Agreement, sentence: Span, start: int, end: int) -> float:
    """1 where a subject word stands within three words of the expression, falling to 0 at the sentence's other end."""
    stems = {stem for term in question.terms for stem in (term.stem, *term.atoms)}
    places = [
        w for w in words_of(agreement.text, sentence.start, sentence.end) if not stems.isdisjoint(w.atoms)
    ]
    if not places:
        return 0.0
    gap = min(max(0, w.start - end, start - w.end) for w in places)
    return max(0.0, 1.0 - max(0, gap - 20) / 80)


_YEAR = re.compile(r"(?:19|20)\d{2}")


def _counts(question: Question, text: str, start: int, end: int, sentence: Span) -> float:
    """How surely the number counts what is asked for: 1 right before the word, less two words on, 0 for a year."""
    number = text[start:end]
    if _YEAR.fullmatch(number) or any(term.word == number for term in question.terms):
        return 0.0
    counted = next((term for term in question.terms if not term.numeric), None)
    before = words_of(text, max(sentence.start, start - 40), start)
    if before and any(
        term.named and term is not counted and term.stem == before[-1].stem for term in question.terms
    ):
        return 1.0  # "platser: Granboda 25, Åkerby 70"
    for gap, word in enumerate(words_of(text, end, sentence.end)[:3]):
        if counted is not None and (word.stem == counted.stem or set(counted.atoms) <= set(word.atoms)):
            return 1.0 - 0.2 * gap
    return 0.0


def _yes_no(question: Question, agreement: Agreement, sentence: Span, base: float) -> ShortAnswer:
    text = agreement.text
    start, end = _clause(question, text, sentence)
    words = text[start:end]
    negated = is_negated(words)
    asked_negated = is_negated(question.text)
    reply = "Nej" if negated and not asked_negated else "Ja"
    conditional = 0.3 if re.match(r"(?i)\W*(?:om|ifall|såvida)\b", words) else 0.0
    return ShortAnswer(
        agreement, sentence, Span(start, end), f"{reply}: {_clean(words)}", base + 0.1 - conditional
    )


def _clause(question: Question, text: str, sentence: Span) -> tuple[int, int]:
    """The part of the sentence that speaks of the subject, where a "men" or ";" divides it; else the sentence."""
    stems = {term.stem for term in question.terms} | {atom for term in question.terms for atom in term.atoms}
    cuts = [
        sentence.start,
        *(m.start() for m in _BUT.finditer(text, sentence.start, sentence.end)),
        sentence.end,
    ]
    clauses = list(pairwise(cuts))
    best = max(clauses, key=lambda c: sum(not stems.isdisjoint(w.atoms) for w in words_of(text, *c)))
    words = text[best[0] : best[1]]
    start = best[0] + len(words) - len(words.lstrip(" ,;\n"))
    return start, start + len(text[start : best[1]].rstrip())


def _organisations(
    question: Question, agreement: Agreement, sentence: Span, base: float, inside: float
) -> Iterable[ShortAnswer]:
    """Names in the sentence, without those that the question holds; neighbours joined into one span."""
    text = agreement.text
    named = [
        m
        for m in mentions_of(text)
        if sentence.start <= m.start and m.end <= sentence.end and m.name not in question.parties
    ]
    if not named or (question.terms and inside == 0.0):
        return
    first, last = named[0], named[0]
    for mention in named[1:]:
        if re.fullmatch(
            r"\s*(?:,|och|samt|,\s*och|\([^)]*\)|,\s*samt)(?:\s*(?:och|samt))?\s*",
            text[last.end : mention.start],
        ):
            last = mention
    span = Span(first.start, last.end)
    verbs = _JOINING.findall(question.text)
    joins = (
        0.2
        if any(re.search(rf"(?i)\b{verb}\b", text[sentence.start : sentence.end]) for verb in verbs)
        else 0.0
    )
    yield ShortAnswer(agreement, sentence, span, _clean(text[span.start : span.end]), base + 0.1 + joins)


_JOINING = re.compile(r"(?i)\b(?:ingår|deltar|medverkar|ansvarar|svarar|betalar|finansierar|leder)\b")


def _clean(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()
