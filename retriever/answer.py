"""From a question to an answer: the set of agreements, a short fact, the best passages, or an honest no."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corpus.lines import BULLET
from corpus.types import Agreement, AvtalError, FactName, Section, SectionRole, Span
from indexer.swedish.words import words_of
from retriever.citation import cite, section_at
from retriever.coverage import Judged, judge
from retriever.engine import Engine
from retriever.facts import ShortAnswer, short_answers
from retriever.matching import match_terms
from retriever.question import Asks, Question
from retriever.search import hits, rank, support
from retriever.types import (
    Answer,
    AnswerKind,
    Citation,
    Completeness,
    Coverage,
    CoveredAgreement,
    Filters,
    Hit,
    Interpreted,
    NearAgreement,
    QuestionKind,
    ShortAnswerSpan,
)

LONGEST_QUESTION = 1000
"""Characters; a longer one is refused, not cut."""
LEAST_SUPPORT = 0.4
"""Below this share of the question's subject, and below `LEAST_COSINE`, the best passage is no answer."""
LEAST_COSINE = 0.55
RELATED_ALONE = 0.45
"""Where nothing says it outright, agreements that score less than this are no answer but the nearest ones."""
SAME_ANSWER = 0.12
"""Short answers of other agreements within this much of the best one's score are shown beside it."""
MOST_CITATIONS = 3
NEAREST = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A question put to an engine: what was understood, which agreements are in scope, every passage's scores."""

    engine: Engine
    question: Question
    filters: Filters
    agreements: Sequence[Agreement]
    scope: NDArray[np.bool_]
    fused: NDArray[np.float32]
    cosines: NDArray[np.float32]
    rows: Sequence[int]
    limit: int

    def interpreted(self) -> Interpreted:
        """How the question was understood, for the reader."""
        filters: dict[str, str] = {}
        if self.filters.parties:
            filters["party"] = "; ".join(self.filters.parties)
        if self.filters.kinds:
            filters["type"] = "; ".join(self.filters.kinds)
        if self.filters.valid_on:
            filters["valid_on"] = self.filters.valid_on.isoformat()
        terms = tuple(term.word for term in self.question.terms)
        return Interpreted(
            terms, self.question.parties, filters, self.question.corrected, self.question.notes
        )


def ask(engine: Engine, text: str, filters: Filters | None = None, limit: int = 10) -> Answer:
    """Answer a question from the index. Every agreement that the filters let through is searched.

    Raises AvtalError for a question that is empty or too long.
    """
    started = time.perf_counter()
    asked = put(engine, text, filters or Filters(), limit)
    kind = asked.question.kind
    if (
        kind is QuestionKind.PASSAGES
        and not asked.question.terms
        and (asked.question.parties or asked.question.agreement_kinds)
    ):
        kind = QuestionKind.AGREEMENTS
    match kind:
        case QuestionKind.AGREEMENTS:
            answer = _agreements(asked)
        case QuestionKind.FACT:
            answer = _fact(asked)
        case QuestionKind.PASSAGES:
            answer = _passages(asked)
    return replace(answer, took_ms=round((time.perf_counter() - started) * 1000, 3))


def put(engine: Engine, text: str, filters: Filters, limit: int) -> Asked:
    """Understand a question and score every passage for it.

    Raises AvtalError for a question that is empty or too long.
    """
    text = " ".join(text.split())
    if not text:
        raise AvtalError(
            "frågan är tom; skriv vad du söker, till exempel: vilka avtal omfattar kompetensförsörjning?"
        )
    if len(text) > LONGEST_QUESTION:
        raise AvtalError(f"frågan är {len(text)} tecken lång; den får vara högst {LONGEST_QUESTION}")
    question = engine.understand(text)
    narrowed = replace(filters, parties=tuple(dict.fromkeys([*filters.parties, *question.parties])))
    agreements = engine.agreements_in_scope(narrowed)
    if not agreements and question.parties:
        narrowed = filters
        agreements = engine.agreements_in_scope(filters)
    scope = engine.rows_in_scope(narrowed)
    fused, cosines = engine.scores(question, scope)
    return Asked(
        engine,
        question,
        narrowed,
        agreements,
        scope,
        fused,
        cosines,
        rank(engine, question, fused, scope),
        limit,
    )


def _answer(asked: Asked, kind: AnswerKind, statement: str, citations: Sequence[Citation] = ()) -> Answer:
    """An answer with what all kinds share; the caller adds the rest."""
    cited = {citation.agreement_id for citation in citations}
    return Answer(
        kind=kind,
        statement=statement,
        short_answer=None,
        short_answer_span=None,
        agreements=(),
        citations=tuple(citations),
        completeness=Completeness(len(asked.agreements), len(cited), 0),
        abstained=False,
        reason=None,
        nearest=(),
        hits=_hits(asked),
        interpreted=asked.interpreted(),
        generation=asked.engine.index.generation,
        took_ms=0.0,
    )


def _hits(asked: Asked) -> tuple[Hit, ...]:
    return hits(asked.engine, asked.question, asked.rows[: asked.limit], asked.fused, asked.cosines)


# --- which agreements -------------------------------------------------------------------------------------------


def _agreements(asked: Asked) -> Answer:
    judged = _judged(asked)
    if not judged:
        return _none(asked)
    explicit = [j for j in judged if j.coverage is Coverage.EXPLICIT]
    related = [j for j in judged if j.coverage is Coverage.RELATED]
    if not explicit and all(j.score < RELATED_ALONE for j in related):
        return _none(asked)
    covered = tuple(
        CoveredAgreement(
            j.agreement.agreement_id,
            j.agreement.title,
            j.coverage,
            round(j.score, 6),
            tuple(cite(j.agreement, _whole_list(j.agreement, place)) for place in j.places),
        )
        for j in judged
    )
    answer = _answer(asked, AnswerKind.AGREEMENTS, _set_statement(asked, len(explicit), len(related)))
    return replace(
        answer,
        agreements=covered,
        citations=tuple(c.citations[0] for c in covered if c.coverage is Coverage.EXPLICIT or not explicit),
        completeness=Completeness(len(asked.agreements), len(explicit), len(related)),
    )


def _judged(asked: Asked) -> list[Judged]:
    if asked.question.terms:
        judged = judge(asked.engine, asked.question.terms, asked.scope, asked.fused, asked.cosines)
        kinds = asked.question.agreement_kinds
        return [j for j in judged if not kinds or j.agreement.kind in kinds] or judged
    kinds = asked.question.agreement_kinds
    chosen = [a for a in asked.agreements if not kinds or a.kind in kinds]
    named = FactName.PARTY if asked.question.parties else FactName.KIND
    return [
        Judged(a, Coverage.EXPLICIT, 1.0, (place,), ())
        for a in chosen
        if (place := _place_of(asked.engine, a, named, asked.question))
    ]


def _place_of(engine: Engine, agreement: Agreement, name: FactName, question: Question) -> Span | None:
    """The sentence where the card found the named party or the kind; else the first sentence that may be cited."""
    facts = [
        f
        for f in agreement.facts
        if f.name is name and (name is not FactName.PARTY or f.value in question.parties)
    ]
    own = [p for p in engine.index.passages if p.agreement_id == agreement.agreement_id]
    for fact in facts:
        for passage in own:
            for span in engine.sentences(passage):
                if span.start <= fact.start < span.end:
                    return span
    return next((engine.sentences(passage)[0] for passage in own), None)


def _set_statement(asked: Asked, explicit: int, related: int) -> str:
    question = asked.question
    searched = len(asked.agreements)
    relation = question.relation or "omfattar"
    with_parties = (
        f" med {_and(list(question.parties))}" if question.parties and asked.filters.parties else ""
    )
    if not question.terms:
        of_kind = f" är {_and(list(question.agreement_kinds))}" if question.agreement_kinds else " finns"
        total = len(asked.engine.index.agreements)
        what = f"har {_and(list(question.parties))} som part" if question.parties else of_kind.strip()
        return f"{explicit} av {total} avtal {what}. Alla {total} är genomsökta."
    subject = _subject(question)
    first = (
        f"{explicit} av {searched} avtal{with_parties} {relation} {subject}."
        if explicit
        else (f"Inget av {searched} avtal{with_parties} nämner uttryckligen {subject}.")
    )
    near = (
        ""
        if not related
        else (" 1 avtal ligger nära ämnet." if related == 1 else f" {related} avtal ligger nära ämnet.")
    )
    return f"{first}{near} {_searched(asked)}"


def _subject(question: Question) -> str:
    """The subject as the reader wrote it: from the first subject word to the last."""
    stems = {term.stem for term in question.terms}
    own = [w for w in words_of(question.read_as) if w.stem in stems]
    if not own:
        return _and([term.word for term in question.terms])
    start, end = own[0].start, max(w.end for w in own)
    between = [w for w in words_of(question.read_as, start, end) if w.stem not in stems and not w.joined]
    if any(w.word not in _BINDING for w in between):
        return _and(list(dict.fromkeys(term.word for term in question.terms)))
    return question.read_as[start:end]


_BINDING = frozenset(
    """
        av för till med och i på om eller inom mellan samt vid den det de
    """.split()
)


def _searched(asked: Asked) -> str:
    """What was searched, in a sentence: all agreements, or those that the filters let through."""
    searched, total = len(asked.agreements), len(asked.engine.index.agreements)
    if searched == total:
        return "Det enda avtalet är genomsökt." if total == 1 else f"Alla {total} är genomsökta."
    chosen = (
        f" med {_and(list(asked.filters.parties))}"
        if asked.filters.parties
        else " som filtret släpper igenom"
    )
    return (
        f"Avtalet{chosen} är genomsökt." if searched == 1 else f"Alla {searched} avtal{chosen} är genomsökta."
    )


def _and(names: Sequence[str]) -> str:
    return " och ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


# --- a short fact -----------------------------------------------------------------------------------------------


def _fact(asked: Asked) -> Answer:
    question = asked.question
    if question.asks is Asks.ORGANISATION and question.parties and not question.terms:
        return _partners(asked)
    found = short_answers(asked.engine, question, asked.scope, asked.fused)
    if not found:
        return _none(asked) if question.asks in _ASKED_FOR else _passages(asked)
    best = found[0]
    others = [a for a in found[1:] if best.score - a.score <= SAME_ANSWER][: MOST_CITATIONS - 1]
    chosen = [best, *others]
    citations = tuple(cite(a.agreement, _whole_list(a.agreement, a.sentence)) for a in chosen)
    return replace(
        _answer(asked, AnswerKind.FACT, _fact_statement(chosen), citations),
        short_answer=best.text,
        short_answer_span=ShortAnswerSpan(0, best.span.start, best.span.end),
    )


def _fact_statement(found: Sequence[ShortAnswer]) -> str:
    best = found[0]
    source = _source(best.agreement, best.sentence)
    first = f"{best.text[:1].upper()}{best.text[1:]} ({source})."
    if len(found) == 1:
        return first
    others = "; ".join(f"{a.text} ({a.agreement.title})" for a in found[1:])
    return f"{first} Även andra avtal kan avses: {others}."


def _source(agreement: Agreement, span: Span) -> str:
    label = section_at(agreement, span.start).label
    return f"{agreement.title}, {label}" if label and label != agreement.title else agreement.title


def _partners(asked: Asked) -> Answer:
    """Who else is party to the agreements of the party that the question names."""
    names: list[str] = []
    spans: list[Span] = []
    citations: list[Citation] = []
    for agreement in asked.agreements:
        others = [
            f for f in agreement.facts if f.name is FactName.PARTY and f.value not in asked.question.parties
        ]
        for fact in others:
            place = _sentence_at(asked.engine, agreement, fact.start)
            if place is None:
                continue
            written = " ".join(agreement.text[fact.start : fact.end].split())
            if written not in names:
                names.append(written)
                spans.append(Span(fact.start, fact.end))
                citations.append(cite(agreement, place))
    if not names:
        return _passages(asked)
    parties = _and(list(asked.question.parties))
    statement = f"{_and(names)} har avtal med {parties}. {_searched(asked)}"
    return replace(
        _answer(asked, AnswerKind.FACT, statement, citations),
        short_answer=_and(names),
        short_answer_span=ShortAnswerSpan(0, spans[0].start, spans[0].end),
    )


def _sentence_at(engine: Engine, agreement: Agreement, offset: int) -> Span | None:
    for passage in engine.index.passages:
        if passage.agreement_id == agreement.agreement_id and passage.start <= offset < passage.end:
            return next((s for s in engine.sentences(passage) if s.start <= offset < s.end), None)
    return None


# --- passages and the honest no ---------------------------------------------------------------------------------


def _passages(asked: Asked) -> Answer:
    supported = [row for row in asked.rows[: max(asked.limit, 10)] if _is_supported(asked, row)]
    if not supported:
        return _none(asked)
    citations: list[Citation] = []
    for row in supported[:MOST_CITATIONS]:
        agreement = asked.engine.agreement(asked.engine.index.passages[row])
        citations.append(cite(agreement, _best_sentence(asked, row)))
    first = asked.engine.index.passages[supported[0]]
    agreement = asked.engine.agreement(first)
    statement = f"Närmast frågan: {_source(agreement, Span(citations[0].start, citations[0].end))}. {_searched(asked)}"
    return _answer(asked, AnswerKind.PASSAGES, statement, citations)


_CONTACT_WORDS = re.compile(r"(?i)kontakt|telefon|e-?post|mejl|ansvarig|vem\b")


def _is_supported(asked: Asked, row: int) -> bool:
    passage = asked.engine.index.passages[row]
    contacts = passage.role is SectionRole.CONTACT and not _CONTACT_WORDS.search(asked.question.text)
    if passage.role is SectionRole.SIGNATURES or contacts:
        return False
    if asked.cosines[row] >= LEAST_COSINE:
        return True
    return bool(asked.question.terms) and support(asked.engine, asked.question, row) >= LEAST_SUPPORT


def _best_sentence(asked: Asked, row: int) -> Span:
    """The passage's sentence that speaks most of the subject; the first after the heading where none does."""
    passage = asked.engine.index.passages[row]
    agreement = asked.engine.agreement(passage)
    section = agreement.sections[passage.section]
    sentences = asked.engine.sentences(passage)
    rarity = asked.engine.index.words.rarity
    coverage = [
        match_terms(asked.question.terms, asked.engine.words(passage.agreement_id, s), rarity).coverage
        for s in sentences
    ]
    body = [i for i, s in enumerate(sentences) if s.start >= section.body] or list(range(len(sentences)))
    best = max(body, key=lambda i: (coverage[i], -i))
    return _whole_list(agreement, sentences[best])


def _whole_list(agreement: Agreement, span: Span) -> Span:
    """A sentence that ends with a colon, together with the list it introduces; any other as it is."""
    text = agreement.text
    if not text[span.start : span.end].rstrip().endswith(":"):
        return span
    section: Section = section_at(agreement, span.start)
    end = span.end
    position = end
    while position < section.end:
        newline = text.find("\n", position, section.end)
        line_end = section.end if newline < 0 else newline
        line = text[position:line_end]
        if line.strip():
            if not BULLET.match(text, position, line_end):
                break
            end = position + len(line.rstrip())
        position = line_end + 1
    whole = Span(span.start, end)
    return span if any(f.overlaps(whole) for f in agreement.furniture) else whole


def _none(asked: Asked) -> Answer:
    question = asked.question
    searched = len(asked.agreements)
    unknown = [f'"{term.word}"' for term in question.terms if not term.known]
    subject = f" för {_quoted(question)}" if question.terms else ""
    if unknown:
        verb = "Ordet" if len(unknown) == 1 else "Orden"
        reason = f"{verb} {_and(unknown)} finns inte i {_scope_words(searched)}, och inget stycke ligger nära nog i betydelse."
    elif question.terms:
        reason = f"Orden finns i samlingen, men inget stycke i {_scope_words(searched, 'de')} säger något om {_quoted(question)}."
    elif question.asks in _ASKED_FOR:
        reason = f"{_scope_words(searched, 'Inget av de', 'Avtalet')} anger {'inte ' * (searched == 1)}{_ASKED_FOR[question.asks]}."
    else:
        reason = "Frågan saknar ämnesord; skriv vad avtalet ska handla om eller vem som är part."
    answer = _answer(asked, AnswerKind.NONE, f"Inget stöd funnet{subject}. {_searched(asked)}")
    return replace(answer, abstained=True, reason=reason, nearest=_nearest(asked))


def _scope_words(searched: int, many: str = "något av de", one: str = "avtalet") -> str:
    return f"{one} som söktes" if searched == 1 else f"{many} {searched} avtal som söktes"


_ASKED_FOR = {
    Asks.END: "hur länge det gäller",
    Asks.START: "från när det gäller",
    Asks.DATE: "något datum som svarar på frågan",
    Asks.AMOUNT: "något belopp som svarar på frågan",
    Asks.PERIOD: "någon tid som svarar på frågan",
    Asks.FREQUENCY: "hur ofta",
    Asks.PERSON: "någon person som svarar på frågan",
    Asks.PHONE: "något telefonnummer",
    Asks.EMAIL: "någon e-postadress",
    Asks.NUMBER: "något antal som svarar på frågan",
    Asks.PERCENT: "någon andel som svarar på frågan",
}


def _quoted(question: Question) -> str:
    return f'"{_subject(question)}"'


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
