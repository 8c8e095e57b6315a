"""What a question asks for: its kind, its subject words, the parties and kinds of agreement it names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.card import KINDS
from corpus.parties import former_and_short_names
from corpus.types import Agreement
from indexer.lexical import LexicalIndex
from indexer.swedish.stopwords import STOPWORDS
from indexer.swedish.vocabulary import Vocabulary
from indexer.swedish.words import Word, words_of
from retriever.types import QuestionKind


class Asks(StrEnum):
    """The type of a short answer."""

    END = "end"
    START = "start"
    DATE = "date"
    AMOUNT = "amount"
    PERIOD = "period"
    FREQUENCY = "frequency"
    PERCENT = "percent"
    NUMBER = "number"
    PERSON = "person"
    ORGANISATION = "organisation"
    PHONE = "phone"
    EMAIL = "email"
    YES_NO = "yes_no"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Term:
    """A subject word of the question.

    `atoms` are the stems that a text must hold to speak of it (a compound's parts, else the word's own stem);
    `stem` is the whole word's; `also` the stems of what an abbreviation stands for; `weight` its rarity; `known` is False where no passage holds the word or all its parts.
    """

    word: str
    stem: str
    atoms: tuple[str, ...]
    weight: float
    known: bool
    also: tuple[str, ...] = ()
    named: bool = False
    """Written as a name in the question: an agreement that does not hold it does not answer."""
    head: bool = False
    """What the question asks for ("vilken dröjsmålsränta …"): a passage without it does not answer."""

    @property
    def numeric(self) -> bool:
        """True for a bare number: it narrows a subject (Agenda 2030) but is none."""
        return self.word.isdigit()


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood. `words` are what the word index is asked.

    `read_as` is the text with missing åäö and slips put right; `corrected` is the same where a slip was put right,
    which the reader is asked about.
    """

    text: str
    read_as: str
    kind: QuestionKind
    asks: Asks
    terms: tuple[Term, ...]
    words: tuple[Word, ...]
    parties: tuple[str, ...]
    agreement_kinds: tuple[str, ...]
    relation: str
    corrected: str | None
    notes: tuple[str, ...]


_AGREEMENT_NOUN = rf"(?:{'|'.join(KINDS)}|avtal|dokument|överenskommelse|kontrakt|agreements?|contracts?|handling)(?:e?n|et|ar|er|arna|erna|s|ens|ets)?"
_LIST = re.compile(
    rf"(?i)^\W*(?:(?:i\s+)?(?:vilka|vilket|vilken|vika|vlka)\s+(?:\w+\s+){{0,3}}?(?:av\s+)?{_AGREEMENT_NOUN}\b"
    rf"|(?:hur\s+många|lista|visa|räkna\s+upp|sök|hitta|ge\s+mig)\s+(?:\w+\s+){{0,3}}?{_AGREEMENT_NOUN}\b"
    rf"|(?:finns\s+det|har\s+vi|har\s+ni|finns|existerar)\s+(?:(?:några|något|någon|ett|en|det)\s+)?(?:\w+\s+)?{_AGREEMENT_NOUN}\b"
    rf"|(?:alla|samtliga)\s+(?:\w+\s+)?{_AGREEMENT_NOUN}\b"
    rf"|(?:which|what)\s+(?:\w+\s+){{0,2}}?(?:agreements?|contracts?)\b|(?:list|show|find)\s+(?:\w+\s+){{0,2}}?(?:agreements?|contracts?)\b"
    rf"|{_AGREEMENT_NOUN}\s+(?:om|kring|rörande|gällande|som\s+(?:omfattar|nämner|rör|handlar\s+om))\b)"
)
_RELATION = re.compile(
    r"(?i)\b(omfattar|omfatta|innefattar|täcker|nämner|omnämner|reglerar|regleras|behandlar|rör|berör|gäller|avser|innehåller|tar\s+upp|handlar\s+om|nämns)\b"
)
_LIST_VERBS = frozenset(
    """
        omfattar omfatta innefattar täcker nämner omnämner reglerar regleras behandlar rör berör
        gäller avser innehåller tar handlar nämns omnämns upprättats upprättat tecknat tecknats
        slutit ingått ingår finns alla samtliga lista visa sök hitta ge räkna existerar cover covers
        mention mentions concern include about that agreement agreements contract contracts list
        show find tecknade rörande gällande avseende angående kopplade kopplat ämnet frågor frågan
        saker lyfter tas berörs står stå beskriver
    """.split()
)
_LIST_FRAME = re.compile(
    r"(?i)\b(?:tar\s+upp|talar\s+om|säger\s+något\s+om|hänvisar\s+(?:\w+\s+)?till|har\s+(?:\w+\s+){0,2}?med|är\s+\w*\s*part(?:er)?\s+i|part\s+i|"
    r"(?:en\s+|någon\s+)?(?:klausul(?:er)?|bestämmelser?|regler|villkor|skrivning(?:ar)?|avsnitt|paragraf(?:er)?|text|något)\s+om|"
    r"med\s+i|kopplade\s+till|rörande|i\s+fråga\s+om|part(?:er)?)\b"
)
"""Frames of a list question that carry no subject."""
_WEAK = frozenset(
    """
        gäller gälla omfattar finns innebär medför ingår avser sägs står stå heter kallas anges
        framgår beskrivs handlar löper pågår krävs behövs betyder möjligt tillåtet avtal avtalet
        avtalen avtalets avtals dokument dokumentet kontraktet kontrakt pengar stor stort lång länge
        hög högt långt tid datum dag år gång ofta sorts slags typ saker person personer namn gånger
        belopp tecknat tecknade parterna parten respektive ta tar tas vart snabbt fort händer
        much money long often does cover agreement contract
    """.split()
)
"""Verbs and frames of a question of fact: what they ask is in `Asks`, not in the text's words."""

_ASKS: tuple[tuple[Asks, str], ...] = (
    (Asks.END, r"till\s+(?:och\s+med\s+)?(?:när|vilket\s+(?:datum|år))|hur\s+länge\s+(?:gäller|löper|är\s+\w+\s+giltig)|när\s+(?:\w+\s+){0,4}?(?:upphör|löper\s+\w*\s*ut|slutar|tar\s+slut|går\s+ut)|sista\s+(?:giltighets)?dag|until\s+when|when\s+does\s+.*\b(?:expire|end)"),
    (Asks.START, r"(?:från|sedan)\s+(?:och\s+med\s+)?när|när\s+(?:\w+\s+){0,4}?(?:träd\w+\s+i\s+kraft|börja\w*|start\w+|inled\w+)"),
    (Asks.FREQUENCY, r"hur\s+ofta|how\s+often|med\s+vilken\s+frekvens|hur\s+regelbundet"),
    (Asks.PERCENT, r"hur\s+(?:många|stor)\s+(?:procent|andel)|vilken\s+(?:procentsats|andel)"),
    (Asks.PERIOD, r"vad\s+är\s+(?:\w+\s+){0,2}?\w*(?:tiden|fristen|perioden)\b|hur\s+(?:snabbt|fort)\b|inom\s+(?:hur\s+lång|vilken)\s+tid|hur\s+(?:lång|långt|länge|många\s+(?:dagar|veckor|månader|år))\b|vilken\s+(?:\w*tid|\w*frist|\w*period)\b|how\s+long"),
    (Asks.AMOUNT, r"hur\s+mycket|hur\s+(?:stor\w*|hög\w*)\s+(?:\w+\s+){0,3}?(?:belopp\w*|summa\w*|\w*ersättning\w*|avgift\w*|hyra\w*|kostnad\w*|budget\w*|medel|vite\w*|bidrag\w*)|vilke[nt]\s+(?:\w+\s+)?(?:belopp|summa|kostnad|budget|hyra|avgift)\b|vad\s+(?:\w+\s+){0,5}?(?:kostar|kosta|betalar|betala)\b|vad\s+(?:är|blir|ligger)\s+(?:\w+\s+){0,3}?\w*(?:pris|hyra|avgift|belopp|kostnad|vite|ersättning|arvode|budget|summa|värde)\w*\b|vilke[nt]\s+(?:\w+\s+)?\w*(?:pris|hyra|avgift|belopp|vite|ersättning|arvode)\w*\b|hur\s+(?:stor\w*|hög\w*)\s+(?:är|blir|var)|how\s+much|hur\s+många\s+(?:kronor|miljoner)"),
    (Asks.PHONE, r"(?:vilket|vad\s+är|har)\s+.*(?:telefon|nummer)|telefonnummer"),
    (Asks.NUMBER, r"hur\s+många|vilket\s+(?:antal|\w*nummer)|how\s+many"),
    (Asks.DATE, r"när\b|vilket\s+(?:år|datum)|vilken\s+dag|when\b"),
    (Asks.EMAIL, r"(?:e-?post|mejl|mail)(?:adress\w*)?\b"),
    (Asks.ORGANISATION, r"(?:vem|vilka|med\s+vem|med\s+vilka|vilken)\s+(?:\w+\s+){0,2}?(?:har|är|som)?\s*(?:\w+\s+){0,2}?avtal\w*\s+(?:med|mellan)|(?:vilka|vem)\s+(?:är\s+)?(?:avtals)?part(?:er|erna)?\b|vilka\s+(?:andra\s+)?(?:\w+\s+){0,2}?(?:parter|aktörer|organisationer|kommuner|myndigheter|regioner|lärosäten|högskolor|företag)\b|vilka\s+(?:\w+\s+)?(?:ingår|deltar|medverkar|har\s+tecknat|står\s+bakom)|(?:mellan|med)\s+(?:vilka|vem)\b|vilken\s+(?:kommun|högskola|region|myndighet|part|organisation|domstol)|vem\s+(?:är\s+)?(?:leverantör\w*|beställare\w*|hyresvärd\w*|hyresgäst\w*|ansvarar|äger|betalar|står|finansierar|svarar)"),
    (Asks.PERSON, r"vem|vilka\s+personer|vilken\s+person|who\b|vad\s+heter"),
    (Asks.YES_NO, r"(?:kan|får|ska|skall|måste|är|finns|medför|innebär|gäller|har|omfattar|ingår|krävs|behöver|behövs|går|bör|tillåter|kräver|hindrar|förlängs|betalar|does|can|is|are|may|must)\b"),
)  # fmt: skip
_ASK_PATTERNS = tuple(
    (asks, re.compile(rf"(?i)^\W*(?:och\s+|men\s+|om\s+)?(?:{pattern})")) for asks, pattern in _ASKS
)
_FRAME = re.compile(
    r"(?i)\b(?:till\s+när|hur\s+(?:mycket|många|länge|lång|långt|ofta|stor\w*|hög\w*)|vilken\s+frekvens|vilket\s+(?:år|datum|belopp|antal)|vilken\s+(?:dag|summa)|"
    r"telefonnummer\w*|telefon|e-?post\w*|mejl\w*|kronor|procent|belopp\w*|pengar)\b"
)
_TITLE_KIND = re.compile(rf"(?i)\b({'|'.join(KINDS)})(?:e?n|et|ar|er|arna|erna|s|ens|ets)?\b")
_GENERIC_KINDS = frozenset({"samverkansavtal", "samarbetsavtal", "överenskommelse"})


def understand(
    text: str,
    words: LexicalIndex,
    vocabulary: Vocabulary,
    agreements: Mapping[str, Agreement],
    abbreviations: Mapping[str, tuple[str, ...]],
) -> Question:
    """Read a question against the words and parties of an index."""
    asked_as = text
    text, restored = vocabulary.restored(text)
    listing = bool(_LIST.search(text))
    asks = (
        Asks.TEXT
        if listing
        else next((asks for asks, pattern in _ASK_PATTERNS if pattern.search(text)), Asks.TEXT)
    )
    kind = (
        QuestionKind.AGREEMENTS
        if listing
        else (QuestionKind.PASSAGES if asks is Asks.TEXT else QuestionKind.FACT)
    )
    relation_match = _RELATION.search(text) if listing else None
    relation = re.sub(r"\s+", " ", relation_match[1]).lower() if relation_match else ""
    mentioning = relation in ("nämner", "omnämner", "nämns")
    parties, spans = _parties(text, agreements, places=not mentioning)
    kinds, kind_spans = _kinds(text)
    subject = [w for w in words_of(text) if not _inside(w, spans) and not _inside(w, kind_spans)]
    frames = [match.span() for match in (_LIST_FRAME if listing else _FRAME).finditer(text)]
    subject = [w for w in subject if not _inside(w, frames)]
    terms, used, notes, read_as, slipped = _terms(text, subject, listing, words, vocabulary)
    names = _names(text)
    head = _HEAD.search(text) if not listing else None
    terms = tuple(
        replace(
            term,
            also=abbreviations.get(term.word, ()),
            named=term.word in names,
            head=head is not None and head[1].casefold() == term.word,
        )
        for term in terms
    )
    asked = [*used, *(w for w in words_of(text) if _inside(w, spans) or _inside(w, kind_spans))]
    corrected = read_as if slipped else None
    noted = (*restored, *notes)
    return Question(
        asked_as, read_as, kind, asks, terms, tuple(asked), parties, kinds, relation, corrected, noted
    )


_HEAD = re.compile(
    r"(?i)^\W*(?:vilken|vilket|vilka|hur\s+många|hur\s+stor\w*|vad\s+(?:är|kostar)(?:\s+(?:en|ett|det|den))?)\s+(\w+)"
)
_NAME = re.compile(r"(?<!^)(?<![.?!]\s)\b[A-ZÅÄÖ][\wåäö]+")


def _names(text: str) -> frozenset[str]:
    """Words written as names, in lower case: a capital inside the question."""
    return frozenset(match.group().casefold() for match in _NAME.finditer(text))


def _inside(word: Word, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= word.start and word.end <= end for start, end in spans)


def _kinds(text: str) -> tuple[tuple[str, ...], list[tuple[int, int]]]:
    found: dict[str, None] = {}
    spans: list[tuple[int, int]] = []
    for match in _TITLE_KIND.finditer(text):
        spans.append(match.span())
        if match[1].casefold() not in _GENERIC_KINDS:
            found[match[1].casefold()] = None
    return tuple(found), spans


_PARTY_PREPOSITION = re.compile(
    r"(?i)(?:\b(?:med|mellan|och|för|har|hos|tecknat|by|with|between)\s+(?:den\s+|det\s+)?)$"
)


def _parties(
    text: str, agreements: Mapping[str, Agreement], places: bool
) -> tuple[tuple[str, ...], list[tuple[int, int]]]:
    """Canonical parties of the index that the question names: by name, short form, former name, or bare place."""
    found: dict[str, None] = {}
    spans: list[tuple[int, int]] = []
    known = sorted({party for agreement in agreements.values() for party in agreement.parties})
    for party in known:
        names = [party, *former_and_short_names(party)]
        for name in sorted(names, key=len, reverse=True):
            flags = 0 if name.isupper() and len(name) <= 3 else re.I
            pattern = r"\s+".join(re.escape(part.rstrip("s")) + "s?" for part in name.split())
            if match := re.search(rf"(?<![\w-]){pattern}(?:e?n|et)?(?!\w)", text, flags):
                found[party] = None
                spans.append(match.span())
                break
    if not found and places:
        for party in known:
            for place in _places(party):
                match = re.search(rf"(?<![\w-]){re.escape(place)}s?(?!\w)", text, re.I)
                if match and _PARTY_PREPOSITION.search(text[: match.start()]):
                    found[party] = None
                    spans.append(match.span())
    return tuple(found), spans


_NO_PLACE = frozenset(
    """
        kommun stad region länsstyrelsen högskola högskolan universitet universitetet i på för
        tekniska ab västra östra norra södra förbund kommunalförbund myndigheten stiftelsen
        räddningstjänsten
    """.split()
)


def _places(party: str) -> list[str]:
    """The place in a party's name, with and without its genitive: "Trollhättans stad" -> Trollhättans, Trollhättan."""
    words = [word for word in party.split() if word.casefold() not in _NO_PLACE and word[:1].isupper()]
    return [form for word in words if len(word) > 3 for form in (word, word.removesuffix("s"))]


def _terms(
    text: str, subject: list[Word], listing: bool, words: LexicalIndex, vocabulary: Vocabulary
) -> tuple[tuple[Term, ...], list[Word], tuple[str, ...], str, bool]:
    """Subject words as terms, the words to ask for, notes for the reader, the text as read, and if a slip was put right."""
    frame = _LIST_VERBS if listing else _WEAK
    nouns = re.compile(rf"(?i){_AGREEMENT_NOUN}")
    joined = [w for w in subject if w.joined and words.holds(w.stem)]
    terms: dict[str, Term] = {}
    asked: list[Word] = []
    notes: list[str] = []
    read_as, shift, slipped = text, 0, False
    for word in subject:
        if word.joined and word not in joined:
            continue
        inside_joined = not word.joined and any(j.start <= word.start and word.end <= j.end for j in joined)
        plain = word.word
        if inside_joined or (
            not word.joined
            and (plain in STOPWORDS or plain in frame or (len(plain) < 2 and not plain.isdigit()))
        ):
            continue
        if not word.joined and nouns.fullmatch(plain) and (listing or plain in _WEAK):
            continue
        if not word.joined:
            replaced = vocabulary.unmarked(plain)
            slip = None if replaced else vocabulary.corrected(plain)
            if replaced or slip:
                better = replaced or slip or plain
                notes.append(f"{plain} lästes som {better}")
                read_as = read_as[: word.start + shift] + better + read_as[word.end + shift :]
                shift += len(better) - (word.end - word.start)
                slipped = slipped or slip is not None
                word = next(iter(words_of(better)))
                if better in STOPWORDS or better in frame or nouns.fullmatch(better):
                    continue
        asked.append(word)
        terms.setdefault(word.stem, _term(word, words))
    return tuple(terms.values()), asked, tuple(notes), read_as, slipped


def _term(word: Word, words: LexicalIndex) -> Term:
    atoms = word.parts or (word.stem,)
    whole = words.rarity(word.stem)
    known = words.holds(word.stem) or all(words.holds(atom) for atom in atoms)
    return Term(word.word, word.stem, atoms, whole, known)
