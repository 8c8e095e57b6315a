"""How a question is read against the words and the parties of an index."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from rapidfuzz.distance import OSA

from corpus.points import STYCKE, stycke_in
from corpus.types import Agreement
from indexer.lexical import LexicalIndex
from indexer.swedish.families import kin_of
from indexer.swedish.stems import stem
from indexer.swedish.vocabulary import Vocabulary
from indexer.swedish.words import Word, words_of
from retriever.asked_parties import asked_parties
from retriever.asks import ASK_PATTERNS, Asks
from retriever.concepts import NOTHING
from retriever.english import in_swedish
from retriever.forms import (
    ABSENT,
    AGREEMENT_NOUN,
    COMPARES,
    COSTING,
    EMPTY_VERBS,
    ENDED,
    FRAME,
    FROM_YEAR,
    GENERIC_KINDS,
    IN_FORCE_YEAR,
    LIGHT_WEIGHT,
    LIST,
    LIST_FRAME,
    MENTIONED,
    MENTIONING,
    RELATION,
    THE_ONE,
    TITLE_KIND,
    TODAY,
    WEAK,
    WITH_AMOUNT,
    without_preamble,
    written_out,
)
from retriever.question import Question, Term
from retriever.question_terms import is_said, one_term, sayings_in, subject_terms, subjects_in
from retriever.types import QuestionKind


def understand(
    text: str,
    words: LexicalIndex,
    vocabulary: Vocabulary,
    agreements: Mapping[str, Agreement],
    abbreviations: Mapping[str, tuple[str, ...]],
) -> Question:
    """Read a question against the words and parties of an index."""
    asked_as = text
    if text.isupper() and len(text.split()) > 2:
        text = _SHOUTED.sub(lambda word: word.group().lower(), text)
    swedish = in_swedish(text)
    text, restored = vocabulary.restored(swedish or text)
    if not swedish:
        text = _undotted(asked_as, text)
        restored = tuple(note for note in restored if not note.startswith("manga "))
    text = _HOW_MANY.sub(_many, _OURS.sub("var", text))
    text = _GIVEN.sub(r"\1 upp \2", _agreement_spelled(written_out(without_preamble(text)), vocabulary))
    compares = COMPARES.search(text) is not None
    listing = compares or bool(LIST.search(text))
    absent = listing and not compares and _is_absent(text)
    asks = (
        Asks.TEXT
        if listing
        else next((asks for asks, pattern in ASK_PATTERNS if pattern.search(text)), Asks.TEXT)
    )
    if asks is Asks.TEXT and not listing and _VERB_FIRST.match(text):
        asks = Asks.YES_NO
    open_ended = asks is Asks.TEXT and not listing and is_open(text)
    listing = listing or open_ended
    kind = (
        QuestionKind.AGREEMENTS
        if listing
        else (QuestionKind.PASSAGES if asks is Asks.TEXT else QuestionKind.FACT)
    )
    relation_match = RELATION.search(text) if listing and not absent else None
    relation = re.sub(r"\s+", " ", relation_match[1]).lower() if relation_match else ""
    mentioning = relation in MENTIONING
    text, parties, spans, meant = asked_parties(text, agreements, vocabulary, places=not mentioning)
    kinds, kind_spans = _kinds(text)
    subject = [w for w in words_of(text) if not _inside(w, spans) and not _inside(w, kind_spans)]
    frames = [match.span() for match in (LIST_FRAME if listing else FRAME).finditer(text)]
    frames.extend(
        match.span()
        for pattern in (ABSENT, COMPARES, WITH_AMOUNT)
        if listing
        for match in pattern.finditer(text)
    )
    frames.extend(match.span() for match in _SAID_SO.finditer(text) if absent)
    frames.extend(match.span() for match in _SECTION.finditer(text))
    frames.extend(match.span() for match in STYCKE.finditer(text) if _SECTION.search(text))
    frames.extend(
        match.span(match.lastindex or 0) for match in _THEIR_WORK.finditer(text) if _followed_by(match, spans)
    )
    frames.extend(match.span() for match in FROM_YEAR.finditer(text))
    frames.extend(match.span(1) for match in _GIVEN_UP.finditer(text))
    year = IN_FORCE_YEAR.search(text) if listing else None
    during = int(year[1]) if year else None
    frames.extend([year.span()] if year else [])
    framed = [w for w in subject if (w.word in WEAK or _inside(w, frames)) and kin_of(w.stem)]
    subject = [w for w in subject if not _inside(w, frames)]
    telling = [w for w in subject if w.word not in EMPTY_VERBS]
    if not telling and not framed:
        telling = subject
    terms, used, notes, read_as, slipped = subject_terms(text, telling, listing, words, vocabulary)
    if slipped and kind is QuestionKind.FACT:
        asks = next((asks for asks, pattern in ASK_PATTERNS if pattern.search(read_as)), asks)
    by_word = MENTIONED.search(text) is not None or any(term.numeric for term in terms)
    among = _AMONG.search(read_as)  # which agreements are asked is never a matter of that very word
    otherwise = among.span() if by_word and among else (0, 0 if by_word else len(read_as))
    said = sayings_in(words_of(read_as, *otherwise))
    terms = tuple(
        replace(term, known=term.known or is_said(said.get(term.stem, NOTHING), words)) for term in terms
    )
    names = _names(text)
    spoken = (term for term in terms if term.known and (listing or term.word not in names))
    if (terms or len(telling) < len(subject)) and not any(spoken):
        # "Finns det pengar reserverade?": where the rest is unknown, a word of the frame is the subject.
        seen = {term.stem for term in terms}
        terms = (*terms, *(one_term(word, word.word, words) for word in framed if word.stem not in seen))
        used = [*used, *framed]
    verb = _LIST_VERB.search(text) if listing and len(terms) > 1 else None
    carrying = verb[1].casefold() if verb else None
    head = _HEAD.search(text) if not listing else None
    terms = tuple(
        replace(
            term,
            weight=term.weight
            * (LIGHT_WEIGHT if _says_little(text, asks, term) else 1.0)
            * (CARRYING_WEIGHT if carrying == term.word else 1.0),
            also=abbreviations.get(term.word) or _measured(asks, term),
            named=term.word in names,
            head=head is not None
            and head[1].casefold() == term.word
            and not (term.known if asks is Asks.AMOUNT else words.holds(term.stem)),
            sayings=said.get(term.stem, NOTHING),
        )
        for term in terms
    )
    if swedish and any(term.known for term in terms):
        terms = tuple(term for term in terms if term.known or term.named)
    asked = [*used, *(w for w in words_of(text) if _inside(w, spans) or _inside(w, kind_spans))]
    corrected = read_as if slipped else None
    noted = (*((f"Frågan lästes på svenska: {swedish}",) if swedish else ()), *restored, *meant, *notes)
    return Question(
        text=asked_as,
        read_as=read_as,
        for_encoder=asked_as if swedish else read_as,
        kind=kind,
        asks=asks,
        terms=terms,
        words=tuple(asked),
        parties=parties,
        agreement_kinds=kinds,
        relation=relation,
        corrected=corrected,
        notes=noted,
        section=_section(read_as),
        stycke=stycke_in(read_as) if _section(read_as) else None,
        absent=absent,
        compares=compares,
        in_force=listing and during is None and TODAY.search(read_as) is not None,
        in_force_year=during,
        subjects=subjects_in(read_as, terms) if listing else (terms,),
        either=_EITHER.search(read_as) is not None,
        open_ended=open_ended,
    )


_OURS = re.compile(r"(?i)^vår\b(?=\s+(?:har|ligger|finns|är|ska|skall|sker|står|hålls|sitter|\w+s)\b)")
"""A question without any å, ä or ö that asks where: its "var" is not "vår"."""
_COUNTING = frozenset(
    "per varje ett tva tre fyra fem sex tio manga nagra hela samma vilket i om under forra nasta detta flera antal".split()
)


def _undotted(typed: str, text: str) -> str:
    """The text with its dots put back, where they were in small words: "ar" is är unless it is counted, "manga" många."""
    if re.search(r"[åäöÅÄÖ]", typed):
        return text
    words = [match.group().casefold() for match in _WORD.finditer(typed)]
    places = [*_WORD.finditer(text)]
    if len(words) != len(places):
        return text
    for place in reversed(range(len(words))):
        start, end = places[place].span()
        counted = place > 0 and (words[place - 1] in _COUNTING or text[:start].rstrip()[-1:].isdigit())
        if words[place] == "manga" or (words[place] == "ar" and not counted):
            text = text[:start] + ("många" if words[place] == "manga" else "är") + text[end:]
    return text


_WORD = re.compile(r"[^\W\d_]+")
_HOW_MANY = re.compile(r"(?i)(?<=\bhur\s)m\w{3,5}\b")


def _many(match: re.Match[str]) -> str:
    """ "Hur mågna" asks hur många, "hur mycke" hur mycket."""
    word = match.group().casefold()
    near = (each for each in ("många", "mycket") if OSA.distance(word, each, score_cutoff=1) <= 1)
    return next(near, match.group())


_SECTION = re.compile(
    r"(?i)(?:§\s*|\b(?:punkt(?:en)?|avsnitt(?:et)?|artikel|kapitel|paragraf)\s+)(\d{1,3}(?:\.\d{1,3})*)|\b(\d{1,3})\s*(?:§|kap\b)"
)


_THEIR_WORK = re.compile(
    r"(?i)\b(samarbetet|samverkan|partnerskapet|avsiktsförklaringen)\s+(?:mellan|med|i)\s+"
    r"|\b(bolaget|företaget|föreningen|stiftelsen|firman|leverantören|myndigheten)\s+"
)
"""The agreement itself, or the party's kind, where its name follows: "partnerskapet med Granboda kommun"."""
_GIVEN = re.compile(r"(?i)\b(s[äa]g\w*)\s+((?:[\w-]+\s+){1,4}?)upp\b")
"""The verb and its particle apart: "säger man upp", "sägs avsiktsförklaringen upp"."""
_GIVEN_UP = re.compile(
    r"(?i)\b(?:s[äa]g\w*\s+upp|(?:hoppa|kliv)\w*\s+(?:\w+\s+)?av|(?:lämna|gå|går)\w*(?:\s+ur)?)\s+(?:[\w-]+\s+)??"
    r"(samarbetet|samverkan|partnerskapet|projektet|kontraktet)\b"
)
"""What is given up is the agreement, by whatever name: its word is no subject."""
_MUST = re.compile(r"(?i)\b(?:måste|ska|skall|bör)\b")
CARRYING_WEIGHT = 0.1
_SHOUTED = re.compile(r"\w{4,}")
"""Where all is in capitals they name nothing: only what is short may be an abbreviation ("VFU")."""
_AMONG = re.compile(r"(?i)\bvilka\s+av\s+(?:[\w-]+\s+){0,3}?[\w-]+(?:avtal|kontrakt)(?:en)?\b")
""" "Vilka av VFU-avtalen …"."""
_LIST_VERB = re.compile(
    rf"(?i)^\W*(?:i\s+)?vilka\s+(?:av\s+)?{AGREEMENT_NOUN}\s+(?:som\s+)?([a-zåäö]+[rs])\b"
)
"""The verb of a list question carries its object: "vilka avtal kräver försäkring?" asks for försäkring."""


def _followed_by(match: re.Match[str], spans: Sequence[tuple[int, int]]) -> bool:
    return any(match.end() <= start <= match.end() + 4 for start, _ in spans)


def _says_little(text: str, asks: Asks, term: Term) -> bool:
    """True for the verb of an amount, for what only asks how long before ("i förväg"), and for a passive verb after "måste" that no text holds: "… måste … rapporteras"."""
    if asks is Asks.AMOUNT and term.word in COSTING:
        return True
    if asks is Asks.NOTICE and term.word == "förväg":
        return True
    passive = len(term.word) > 5 and term.word.endswith("as") and not term.known
    return passive and asks in (*_MEASURES, Asks.FREQUENCY) and _MUST.search(text) is not None


_EITHER = re.compile(r"(?i)\beller\b(?!\s+(?:liknande|motsvarande|dylik\w*|så)\b)")
""" "Krig, epidemi eller liknande" gives examples of one thing: none of them alone is the subject."""
_SAID_SO = re.compile(
    r"(?i)\b(?:angiv(?:en|et|na)|(?:in|ned)skriv(?:en|et|na)|reglera(?:d|t|de)|nämn(?:d|t|da)|utsatt)\s*\??$"
)
"""After what an agreement lacks: "har ingen uppsägningstid angiven"."""
_OTHERS_LACK = re.compile(rf"(?i)\b(?!{AGREEMENT_NOUN}\s)\w+\s+som\s+(?:inte\s+)?$")
"""Before "saknar": it is not the agreement that lacks it, in "människor som saknar jobb"."""


_SAYS_THAT = re.compile(
    r"(?i)\b(?:säger|anger|innebär|framgår|stadgar|slår\s+fast|(?:har\s+)?(?:\w+\s+)?(?:bestäm[tmd]\w*|avtalat|lovat|skrivit|kommit\s+överens\s+om))\s+(?:\w+\s+)?att\s+[^,?]*$"
)
"""Before a "not" that is said and not lacked: "säger att tvister inte ska prövas av domstol"."""


def _is_absent(text: str) -> bool:
    lacking = (
        match
        for match in ABSENT.finditer(text)
        if not _OTHERS_LACK.search(text[: match.start()]) and not _SAYS_THAT.search(text[: match.start()])
    )
    return not ENDED.search(text) and any(lacking)


_EXPLAINS = re.compile(
    r"(?i)^\W*(?:hur|varför|vad(?!\s+(?:finns|har\s+(?:vi|ni)|står|gäller\s+(?:vid|för|om|när)))|what|how|why)\b"
)
_OF_ONE = re.compile(rf"(?i)\b{THE_ONE}")


def is_open(text: str) -> bool:
    """True for "var står det att …?" and for words alone, which speak of no agreement as known and of no section."""
    return not (_EXPLAINS.match(text) or _OF_ONE.search(text) or _SECTION.search(text))


def _section(text: str) -> str | None:
    found = _SECTION.search(text)
    return (found[1] or found[2]) if found else None


_VERB_FIRST = re.compile(
    r"(?i)^\W*(?!vilk|vems|vars|hurs)(?:tar|ger|når|bor|går|ser|gör|kör|bär|får|tas|ges|dras|görs|syns|sker|drar|[a-zåäö]{2,}(?:ar|er|or|as|es|ås|ts))\s+[^?]+\?\s*$"
)
"""A question that opens with its verb asks for yes or no: "Antar skolan …?", "Omfattas …?"."""
_HEAD = re.compile(
    r"(?i)^\W*(?:vilken|vilket|vilka|hur\s+många|hur\s+stor\w*(?:\s+är)?|hur\s+mycket\s+(?:är|kostar)|vad\s+(?:är|kostar)(?:\s+(?:en|ett|det|den))?)\s+(\w+)"
)
_NAME = re.compile(r"(?<!^)(?<![.?!]\s)\b[A-ZÅÄÖ][\wåäö]+")


def _names(text: str) -> frozenset[str]:
    """Words written as names, in lower case: a capital inside the question."""
    return frozenset(match.group().casefold() for match in _NAME.finditer(text))


_MEASURES = frozenset({Asks.PERIOD, Asks.LENGTH, Asks.AMOUNT, Asks.DATE, Asks.END})
_MEASURE_STEMS = frozenset(
    stem(word) for word in ("tid", "frist", "period", "belopp", "avgift", "kostnad", "pris", "summa", "datum")
)


def _measured(asks: Asks, term: Term) -> tuple[str, ...]:
    """Asked how long an uppsägningstid is, a text that says when to give notice (säga upp) may answer."""
    measured = asks in _MEASURES and len(term.atoms) > 1 and term.atoms[-1] in _MEASURE_STEMS
    return term.atoms[:-1] if measured else ()


_AGREEMENT_WORDS = ("avtal", "avtalet", "avtalen", "överenskommelse", "överenskommelser", "överenskommelsen")


def _agreement_spelled(text: str, vocabulary: Vocabulary) -> str:
    """The question with a slip in its "avtal" or in what it asks of them put right, where the texts do not hold the word."""

    def put_right(match: re.Match[str], among: Sequence[str]) -> str:
        word = match.group().casefold()
        near = (each for each in among if OSA.distance(word, each, score_cutoff=1) <= 1)
        whole = word in among or vocabulary.spells(word)
        return match.group() if whole else next(near, match.group())

    text = _LONG_WORD.sub(partial(put_right, among=_FRAME_WORDS), _phrases_spelled(text))
    return _NEARLY_WHICH.sub(_which, _NEARLY_AGREEMENT.sub(partial(put_right, among=_AGREEMENT_WORDS), text))


_PHRASES = (("tills", "vidare"), ("force", "majeure"), ("löpt", "ut"))
"""What two words say together: a slip in either is told by both."""
_FRAME_WORDS = ("uppsagda", "uppsagt", "avslutade", "påskrivna", "undertecknade")
"""Words that ask in what state an agreement is, which no text need hold."""
_LONG_WORD = re.compile(r"\w{7,}")


def _phrases_spelled(text: str) -> str:
    """The text with a slip in such a phrase put right: "tils vidre" as tills vidare."""
    for first, second in reversed(list(pairwise(re.finditer(r"\w+", text)))):
        pair = first.group().casefold(), second.group().casefold()
        near = (
            phrase
            for phrase in _PHRASES
            if all(OSA.distance(*each, score_cutoff=1) <= 1 for each in zip(pair, phrase, strict=True))
        )
        phrase = next(near, pair)
        if phrase != pair:
            text = f"{text[: first.start()]}{' '.join(phrase)}{text[second.end() :]}"
    return text


def _which(match: re.Match[str]) -> str:
    """ "vika avtal" asks vilka avtal."""
    word = match.group().casefold()
    return next((each for each in _WHICH if OSA.distance(word, each, score_cutoff=1) <= 1), match.group())


_WHICH = ("vilka", "vilket", "vilken")
_NEARLY_WHICH = re.compile(r"(?i)^v[a-z]{3,6}(?=\s+avtal)")
_NEARLY_AGREEMENT = re.compile(r"(?i)\b(?:a[a-z]{3,7}|[öo][a-zåäö]{10,16})\b")


def _inside(word: Word, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= word.start and word.end <= end for start, end in spans)


def _kinds(text: str) -> tuple[tuple[str, ...], list[tuple[int, int]]]:
    found: dict[str, None] = {}
    spans: list[tuple[int, int]] = []
    for match in TITLE_KIND.finditer(text):
        spans.append(match.span())
        if match[1].casefold() not in GENERIC_KINDS:
            found[match[1].casefold()] = None
    return tuple(found), spans
