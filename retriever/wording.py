"""What an answer says of itself, in Swedish."""

from __future__ import annotations

import re

from corpus.types import Agreement, Span
from retriever.asked import Asked
from retriever.asks import Asks
from retriever.citation import section_at
from retriever.forms import AGREEMENT_NOUN, COSTING
from retriever.subject import as_asked, joined, own_words, subject


def dated_statement(asked: Asked, found: int, phrase: str) -> str:
    """How many of the searched agreements the dates on their cards say it of: "löper ut 2026"."""
    return f"{found} av {len(asked.agreements)} avtal {phrase}. {searched(asked)}"


_ABOUT = re.compile(r"(?i)\b(?:avtal|överenskommelse|dokument|kontrakt)\w*\s+(?:om|kring|rörande|inom)\b")


_PREDICATE = re.compile(
    rf"(?i)^\W*vilka\s+(?:av\s+)?{AGREEMENT_NOUN}\s+(?:som\s+)?(?!har\b|är\b|finns\b|kan\b)(?P<verb>[a-zåäö]{{2,}}[rs])\b"
    r"(?!\s+(?:vi|ni|man|jag|det|de|parterna|kommunen|högskolan|universitetet)\b)(?P<rest>[^?,.:;]{0,90})\?*\s*$"
)
"""A list question whose own words say what holds: "vilka avtal löper tills vidare?"."""


_ACTIVE = {"nämns": "nämner", "regleras": "reglerar"}
"""What is said of an agreement where the question has the passive: "var nämns snö?"."""


def set_statement(asked: Asked, explicit: int, related: int, otherwise: int = 0) -> str:
    """How many of the searched agreements cover the subject, in a sentence or two; `otherwise` of them in other words."""
    question = asked.question
    count = len(asked.agreements)
    relation = _ACTIVE.get(question.relation, question.relation) or (
        "handlar om" if _ABOUT.search(question.read_as) else ""
    )
    predicate = None if relation or question.parties else _PREDICATE.match(question.read_as)
    with_parties = (
        f" med {joined(list(question.parties))}" if question.parties and asked.filters.parties else ""
    )
    if not question.terms:
        total = len(asked.engine.index.agreements)
        if question.in_texts:
            return f"{explicit} av {count} avtal nämner {joined(list(question.parties))}. {searched(asked)}"
        if question.parties:
            return f"{explicit} av {total} avtal har {joined(list(question.parties))} som part. Alla {total} är genomsökta."
        if question.agreement_kinds:
            near = f" {related} avtal har ordet i inledningen." if related else ""
            return f"{explicit} av {total} avtal är av typen {joined(list(question.agreement_kinds))}.{near} Alla {total} är genomsökta."
        if asked.filters.valid_on:
            day = asked.filters.valid_on.isoformat()
            return f"{explicit} av {total} avtal gäller {day} eller anger inget slut. Alla {total} är genomsökta."
        return f"{explicit} avtal finns i indexet. {searched(asked)}"
    about = subject(question)
    if predicate:
        relation, about = predicate["verb"].lower(), predicate["rest"].strip()
    elif not relation:
        relation, about = "säger något om", f'"{as_asked(question)}"'
    of_kind = f" av typen {joined(list(question.agreement_kinds))}" if question.agreement_kinds else ""
    verb, _, rest = relation.partition(" ")
    firmly = f"{verb} uttryckligen {rest}".rstrip()
    kind = of_kind and "är" + of_kind + " och "
    if explicit:
        first = f"{explicit} av {count} avtal{with_parties} {kind}{relation} {about}".rstrip() + "."
    else:
        first = f"Inget av {count} avtal{with_parties} {kind}{firmly} {about}".rstrip() + "."
    near = (
        ""
        if not related
        else (" 1 avtal ligger nära ämnet." if related == 1 else f" {related} avtal ligger nära ämnet.")
    )
    if otherwise and otherwise == explicit:
        # The question's words are not the texts', so its own sentence is not said of them.
        first = f"{explicit} av {count} avtal{with_parties} {kind}svarar mot frågan, med andra ord än frågans; läs citaten."
    elif otherwise:
        first = f"{first} {otherwise} av dem säger det med andra ord; läs citaten."
    return f"{first}{near} {searched(asked)}"


def absent_statement(asked: Asked, lacking: int, uncertain: int, told: str | None = None) -> str:
    """How many of the searched agreements say nothing of the subject, which is `told` or the question's own, in a sentence or two."""
    count, about = len(asked.agreements), told or subject(asked.question)
    if not told and any(" " in term.word for term in asked.question.terms):
        about = f'bestämmelser om "{about}"'  # a verb with its particle is no object: "saknar säger upp"
    first = (
        f"{lacking} av {count} avtal saknar {about}."
        if lacking
        else f"Inget av {count} avtal saknar helt {about}."
    )
    near = f" {uncertain} avtal är osäkra: de säger något närliggande." if uncertain > 1 else ""
    near = near or (" 1 avtal är osäkert: det säger något närliggande." if uncertain else "")
    return f"{first}{near} {searched(asked)}"


def searched(asked: Asked) -> str:
    """What was searched, in a sentence: all agreements, or those that the filters let through."""
    searched, total = len(asked.agreements), len(asked.engine.index.agreements)
    if searched == total:
        return "Det enda avtalet är genomsökt." if total == 1 else f"Alla {total} är genomsökta."
    chosen = (
        f" med {joined(list(asked.filters.parties))}"
        if asked.filters.parties
        else " som filtret släpper igenom"
        if asked.filters.kinds or asked.filters.valid_on or asked.filters.year
        else " som frågan gäller"
    )
    return (
        f"Avtalet{chosen} är genomsökt." if searched == 1 else f"Alla {searched} avtal{chosen} är genomsökta."
    )


def source(agreement: Agreement, span: Span) -> str:
    """The agreement's title and the label of the section that holds the span."""
    label = section_at(agreement, span.start).label
    return f"{agreement.title}, {label}" if label and label != agreement.title else agreement.title


def _scope_words(searched: int, many: str = "något av de", one: str = "avtalet") -> str:
    return f"{one} som söktes" if searched == 1 else f"{many} {searched} avtal som söktes"


ASKED_FOR = {
    Asks.END: "hur länge det gäller",
    Asks.START: "från när det gäller",
    Asks.SIGNED: "när det undertecknades",
    Asks.DATE: "något datum som svarar på frågan",
    Asks.AMOUNT: "något belopp som svarar på frågan",
    Asks.SIZE: "någon storlek som svarar på frågan",
    Asks.PERIOD: "någon tid som svarar på frågan",
    Asks.LENGTH: "någon tid som svarar på frågan",
    Asks.FREQUENCY: "hur ofta",
    Asks.PERSON: "någon person som svarar på frågan",
    Asks.ORGANISATION: "vem det är",
    Asks.PLACE: "var det är",
    Asks.PHONE: "något telefonnummer",
    Asks.EMAIL: "någon e-postadress",
    Asks.NUMBER: "något antal som svarar på frågan",
    Asks.PERCENT: "någon andel som svarar på frågan",
    Asks.SHARE: "hur det delas",
    Asks.NOTICE: "när det måste ske",
    Asks.REGISTRY: "något nummer som svarar på frågan",
}


def reason(asked: Asked) -> str:
    """Why there is no answer: the words without support, or what no sentence states."""
    question, count = asked.question, len(asked.agreements)
    stems = {word.stem for word in own_words(question)}
    unknown = [
        f'"{term.word}"'
        for term in question.terms
        if not term.known and term.stem in stems and term.word not in COSTING
    ]
    if unknown:
        verb = "Ordet" if len(unknown) == 1 else "Orden"
        return f"{verb} {joined(unknown)} finns inte i {_scope_words(count)}, och inget stycke ligger nära nog i betydelse."
    if question.asks in ASKED_FOR:
        return f"{_scope_words(count, 'Inget av de', 'Avtalet')} anger {'inte ' * (count == 1)}{ASKED_FOR[question.asks]}."
    if question.terms:
        return f'Orden finns i samlingen, men inget stycke i {_scope_words(count, "de")} säger något om "{subject(question)}".'
    return "Frågan saknar ämnesord; skriv vad avtalet ska handla om eller vem som är part."
