"""The agreement's card: title, kind, parties, dates and amounts, each with the span it was read from."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from corpus.expressions import Expression, ExpressionKind, date_value, expressions_in
from corpus.furniture import furniture_spans
from corpus.lines import lines_of, sentences_of
from corpus.parties import Mention, mentions_of, parties_of
from corpus.sections import PLACE_AND_DATE, sections_of
from corpus.types import Agreement, Document, Fact, FactName, Section, SectionRole, Span

KINDS = """
    personuppgiftsbiträdesavtal samverkansavtal samarbetsavtal avsiktsförklaring överenskommelse
    partnerskapsavtal partnerskap ramavtal hyresavtal tilläggsavtal tjänsteavtal konsultavtal
    licensavtal uppdragsavtal leveransavtal avropsavtal nyttjandeavtal driftavtal serviceavtal
    köpeavtal bidragsavtal konsortialavtal projektavtal sekretessavtal biblioteksavtal
""".split()
_KIND = re.compile(rf"(?i)\b(?P<kind>{'|'.join(KINDS)})(?:e?n|e?t|ar|er|s|en?s|et?s|arna|erna)?\b")
_BARE_KIND = re.compile(r"(?i)\w*(?:avtal|avsiktsförklaring|överenskommelse|partnerskap)(?:et|en)?")
"""A title of one such word says what it is, not between whom."""
_OWN_KIND = re.compile(
    rf"(?i)\b(?:denna|detta|föreliggande|härmed|ingår följande|tecknat? (?:ett|en|avtal om)(?: \w+)?|har(?: sedan \w+)? (?:ett|en)|under ett)\s+(?P<kind>{'|'.join(KINDS)})"
)
_AGREEMENT_WORD = re.compile(r"(?i)\w*(?:avtal|avsiktsförklaring|överenskommelse|partnerskap|kontrakt)\w*")
_SIGNED = re.compile(
    r"(?i)\b(?:undertecknad\w*|undertecknats|skrev\w*|skrevs|signerad\w*|tecknad\w*|ingicks|ingått)\b"
)
_VALID_TO = re.compile(
    r"(?i)\b(?:till och med|t\.\s?o\.\s?m\.?|tom|längst till|fram till(?: och med)?|löper ut|upphör(?: att gälla)?|gäller till(?!\s+och\s+med))\s+(?:utgången av\s+)?(?:den\s+)?"
)
_VALID_FROM = re.compile(
    r"(?i)\b(?:från och med|fr\.\s?o\.\s?m\.?|gäller från|träder i kraft|gäller sedan|sedan)\s+(?:den\s+)?"
)
_VALID = re.compile(
    r"(?i)\b(?:gäller|giltig\w*|löper|avtalstid\w*|avtalsperiod\w*|träder i kraft|giltighet\w*|upphör)\b"
)
_REGISTRY_NUMBER = re.compile(
    r"\b(?i:dnr|diarienummer|diarienr|ärendenummer|d\.nr)\b\.?:?\s*(?P<value>(?:[A-ZÅÄÖ]{1,6}[ -]?)?[0-9][\w./:-]*\d)"
)


def agreement_from(document: Document, agreement_id: str) -> Agreement:
    """The document with its sections, furniture and card."""
    text = document.text
    sections = sections_of(document)
    furniture = furniture_spans(lines_of(text), document.furniture)
    contacts = [(s.start, s.body) for s in sections if s.role is SectionRole.CONTACT]
    heading_span = _first_heading(sections, furniture)
    parties = parties_of(text, heading_span.end if heading_span else 0, contacts)
    kind_fact = _kind(text, heading_span)
    kind = kind_fact.value if kind_fact else None
    party_facts = _party_facts(text, parties)
    written = [re.sub(r"\s+", " ", text[fact.start : fact.end]) for fact in party_facts]
    title = _title(document, sections, kind, written)
    facts = [*([kind_fact] if kind_fact else []), *party_facts, *_dated_facts(text, sections, furniture)]
    draft = Agreement(agreement_id, document, title, kind, parties, (), sections, furniture)
    return replace(draft, facts=tuple(sorted(facts, key=lambda fact: (fact.start, fact.name))))


def _first_heading(sections: tuple[Section, ...], furniture: tuple[Span, ...]) -> Span | None:
    for section in sections:
        if section.heading and not any(s.start <= section.start < s.end for s in furniture):
            return Span(section.start, max(section.start, section.body))
    return None


def _title(document: Document, sections: tuple[Section, ...], kind: str | None, parties: list[str]) -> str:
    """The first heading where it names an agreement, else kind and parties as written, else what heads the text."""
    preamble = next((line.words for line in lines_of(document.text[:400]) if line.words), "")
    opening = next((s for s in sections if s.heading), None)
    for candidate in (opening.heading if opening else "", preamble.strip("#* "), document.title or ""):
        if (
            candidate
            and _AGREEMENT_WORD.search(candidate)
            and 8 < len(candidate) <= 160
            and not _BARE_KIND.fullmatch(candidate)
        ):
            return candidate
    if len(parties) >= 2:
        named = (
            f"{', '.join(parties[:-1])} och {parties[-1]}"
            if len(parties) <= 3
            else f"{', '.join(parties[:3])} m.fl."
        )
        return f"{(kind or 'avtal').capitalize()} mellan {named}"
    if document.title:
        return document.title
    return (opening.heading if opening else "") or preamble[:120] or document.path


def _kind(text: str, heading: Span | None) -> Fact | None:
    if heading and (match := _KIND.search(text, heading.start, heading.end)):
        return Fact(FactName.KIND, match["kind"].casefold(), match.start(), match.end())
    if match := _KIND.search(text, 0, min(len(text), 200)):
        return Fact(FactName.KIND, match["kind"].casefold(), match.start(), match.end())
    if match := _OWN_KIND.search(text):
        return Fact(FactName.KIND, match["kind"].casefold(), match.start("kind"), match.end("kind"))
    found = list(_KIND.finditer(text))
    if not found:
        return None
    most = Counter(m["kind"].casefold() for m in found).most_common(1)[0][0]
    first = next(m for m in found if m["kind"].casefold() == most)
    return Fact(FactName.KIND, most, first.start(), first.end())


def _party_facts(text: str, parties: tuple[str, ...]) -> list[Fact]:
    first: dict[str, Mention] = {}
    for mention in mentions_of(text):
        first.setdefault(mention.name, mention)
    return [Fact(FactName.PARTY, name, first[name].start, first[name].end) for name in parties]


def _dated_facts(text: str, sections: tuple[Section, ...], furniture: tuple[Span, ...]) -> list[Fact]:
    facts: list[Fact] = []
    if number := _REGISTRY_NUMBER.search(text):
        facts.append(
            Fact(
                FactName.REGISTRY_NUMBER, number["value"].strip(), number.start("value"), number.end("value")
            )
        )
    for section in sections:
        if section.role is SectionRole.CONTACT:
            continue
        for sentence in sentences_of(text, section.body, section.end):
            if any(sentence.overlaps(span) for span in furniture):
                continue
            facts.extend(_sentence_facts(text, sentence))
    seen: set[FactName] = set()
    kept: list[Fact] = []
    for fact in facts:
        if fact.name is FactName.AMOUNT or fact.name not in seen:
            kept.append(fact)
            seen.add(fact.name)
    return kept


def _sentence_facts(text: str, sentence: Span) -> list[Fact]:
    found: list[Fact] = []
    words = text[sentence.start : sentence.end]
    dates = list(expressions_in(text, sentence.start, sentence.end, ExpressionKind.DATE))
    found.extend(_range(text, dates) if _VALID.search(words) else [])
    for name, cue in ((FactName.VALID_TO, _VALID_TO), (FactName.VALID_FROM, _VALID_FROM)):
        if not _VALID.search(words):
            break
        for match in cue.finditer(text, sentence.start, sentence.end):
            after = next((d for d in dates if match.end() - 4 <= d.start <= match.end() + 2), None)
            value = (
                date_value(text[after.start : after.end], last_day=name is FactName.VALID_TO)
                if after
                else None
            )
            if after and value:
                found.append(Fact(name, value.isoformat(), after.start, after.end))
                break
    own_row = len(words) <= 80 and _SIGNED.match(words)
    said = _SIGNED.search(words) and (_AGREEMENT_WORD.search(words) or own_row)
    if dates and (said or PLACE_AND_DATE.fullmatch(words)):
        found.append(Fact(FactName.SIGNED, text[dates[0].start : dates[0].end], dates[0].start, dates[0].end))
    found.extend(
        Fact(FactName.AMOUNT, text[e.start : e.end], e.start, e.end)
        for e in expressions_in(text, sentence.start, sentence.end, ExpressionKind.AMOUNT)
        if not _TURNOVER.search(words)
    )
    return found


_TURNOVER = re.compile(r"(?i)\b(?:omsätter|omsättning\w*|omsatte)\b")
"""A party's turnover is no amount of the agreement."""


def _range(text: str, dates: list[Expression]) -> list[Fact]:
    """ "1 januari 2019–31 december 2022" in a sentence of validity: from and to."""
    for first, last in pairwise(dates):
        if not re.fullmatch(
            r"\s*(?:–|-|—|till(?:\s+och\s+med)?(?:\s+den)?)\s*", text[first.end : last.start]
        ):
            continue
        start, end = (
            date_value(text[first.start : first.end]),
            date_value(text[last.start : last.end], last_day=True),
        )
        if start and end:
            return [
                Fact(FactName.VALID_FROM, start.isoformat(), first.start, first.end),
                Fact(FactName.VALID_TO, end.isoformat(), last.start, last.end),
            ]
    return []
