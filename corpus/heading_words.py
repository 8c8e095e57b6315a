"""What the words of a heading look like, and the record of a heading found."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.heading_numbers import HeadingKind
from corpus.lines import BULLET, Line


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """A heading found on a line. `number` is as written ("§ 4", "4.2"), `numbers` its parts, `level` the format's.

    `body` is where the text after it starts; `last_line` the last line it takes (its words may stand below).
    """

    line: int
    kind: HeadingKind
    number: str
    numbers: tuple[int, ...]
    heading: str
    body: int
    level: int = 0
    last_line: int = -1


_MAX_HEADING = 100
_MAX_WORDS = 14
_RUNNING = 60
_ROW_END = 80
"""Leader and page number stand in so many last characters of a row; long runs of dots cost time."""
_CONTENTS_ROW = re.compile(r"(?:\.{3,}|(?:\. ){3,}|…+|_{3,}|\t)\s*\d{1,3}\s*$|\s{4,}\d{1,3}$")
_NOT_HEADING = re.compile(
    r"(?i)^(?:dnr|diarienummer|diarienr|ärende(?:nummer)?|datum|version|sida|telefon|e-post)\b|@|https?://|www\.|_{3,}|\.{4,}|…\s*\d|\t|\s{3,}\S|\|"
)
_DATE_LIKE = re.compile(r"(?i)\d{4}-\d{2}-\d{2}|\d{1,2}\s+[a-z]+\s+\d{4}|[\d\s\-+/().:]+")
_OPEN_END = re.compile(
    r"(?i)\b(?:att|ska|skall|kan|får|bör|inom|i|på|med|om|för|av|till|och|eller|samt|mellan|från|som|är|har|enligt|vid|under|den|det|de|en|ett)(?<!skickas till)(?<!sänds till)$"
)
"""The last word of a sentence that a list goes on with, or that is broken here; no heading ends so."""
_QUESTION = re.compile(r"(?i)(?:Vad|Vem|Vilka?|Vilket|Hur|När|Var|Varför|Så)\b")
_STATES = re.compile(r"(?i)\b(?:ska|skall|får|kan|avser att|ansvarar|åtar sig)\b")
_VALUE = re.compile(
    r"(?i)\w:\s|\bnedan (?:kalla[dt]e? )?\S+$|\b(?:diarienummer|dnr)\b|\bn(?:umme)?r\.? .*\d"
    r"|\b\d{3} ?\d{2} [A-ZÅÄÖ]{2}|\b\d{6}-\d{4}\b"
    r"|\d{4}-\d{2}-\d{2}\W*$|\bden \d{1,2} [a-z]+ \d{4}$"
)
"""A label with its value, a party with its short name, a place and date."""
_PARTIES = re.compile(
    r"(?:kommun|stad|region|landsting|län|ab|aktiebolag\w*|myndighet\w*|högskola\w*|universitet\w*|förbund\w*|stiftelse\w*|förening\w*|bolag\w*)"
    r"\b.*(?:,| och | & ).*"
)
_AGREEMENT = re.compile(
    r"(?i)avtal|överenskommelse|avsiktsförklaring|kontrakt|partnerskap|samverkan|samarbete"
)
_LETTER = re.compile(r"[^\W\d_]")
_CLOSES_OTHERWISE = (".", ",", ";", ":", "!", "–", "-", "”:", "/")
_BY_NAME = re.compile(
    r"(?i)innehåll(?:sförteckning)?|(?:förteckning över )?bilagor|bilageförteckning|undertecknande[nt]?|underskrift(?:er)?"
    r"|parternas underskrifter|signatur(?:er)?|anmärkning(?:ar)?"
)


def looks_like_heading(words: str) -> bool:
    """True for few words with a capital first that do not end as a sentence does, and are no date or address."""
    if len(words) > _MAX_HEADING or len(words.split()) > _MAX_WORDS or words.endswith(_CLOSES_OTHERWISE):
        return False
    opening = words.lstrip("\"”’“'*_# ")
    if not opening or not (opening[0].isupper() or opening[0].isdigit()) or not _LETTER.search(words):
        return False
    if _NOT_HEADING.search(words) or _DATE_LIKE.fullmatch(words):
        return False
    return bool(_QUESTION.match(words)) or not _OPEN_END.search(words)


def states_a_fact(words: str) -> bool:
    """True for a line that gives a number, a date, a party's short name or several parties; it heads nothing."""
    parties = _PARTIES.search(words.casefold()) is not None and _AGREEMENT.search(words) is None
    return parties or _VALUE.search(words) is not None


def run_in_heading(words: str) -> str:
    """The heading that stands on its text's own line ("Bakgrund. Kommunen äger marken."), "" where none does."""
    match = _RUN_IN.match(words)
    if match is None or len(match[1].split()) > _RUN_IN_WORDS or _IS_SAID.search(match[1]):
        return ""
    return match[1] if looks_like_heading(match[1]) else ""


_RUN_IN = re.compile(r"([A-ZÅÄÖÉÜ][^.:;!?\n]{2,60})\.\s+(?=[A-ZÅÄÖÉÜ])")
_RUN_IN_WORDS = 4
_IS_SAID = re.compile(
    r"(?i)\b(?:ska|skall|får|kan|är|har|gäller|avser|ansvarar|svarar|äger|betalar|lämnar|utgår|sker|bildar|upphör)\b"
)
_PARTY_LABEL = re.compile(
    r"(?i)(?:landstinget|regionen|kommunen|universitetet|högskolan|myndigheten|bolaget|stiftelsen|föreningen|konsult|kund"
    r"|\w*(?:ägare|havare|givare|tagare|ställare|värd|gäst|köpare|säljare|utförare|leverantör|entreprenör))(?:en|n)?"
)


def names_a_party(lines: list[Line], i: int, last: int) -> bool:
    """True for a party's role ("Hyresgäst") right above its name and address: it heads no text."""
    if not _PARTY_LABEL.fullmatch(lines[i].words.strip("*: ")) or last + 1 >= len(lines):
        return False
    below = lines[last + 1].words or (lines[last + 2].words if last + 2 < len(lines) else "")
    return bool(below) and len(below) <= _RUNNING and not below.endswith((".", ":"))


def opens_list(words: str, below: str) -> bool:
    """True for a sentence that the list below it goes on with ("Kommunen ska" + "– …")."""
    return bool(_STATES.search(words) and (BULLET.match(below) or below[:1].islower()))


def is_contents_row(words: str) -> bool:
    """True for a row of a contents page: a heading, a leader of dots or space, and a page number."""
    return bool(_CONTENTS_ROW.search(words[-_ROW_END:]))


def stands_by_name(words: str) -> bool:
    """True for a heading that needs no text below it: of contents, appendices, signatures."""
    return bool(_BY_NAME.fullmatch(words))


def heads_prose(lines: list[Line], heading: HeadingLine) -> bool:
    """True where the first line below the heading is running text: a long line, a whole sentence, or one that a list ends."""
    places = range(heading.last_line + 1, len(lines))
    below = next((lines[i].words for i in places if lines[i].words), "")
    if len(below) > _RUNNING:
        return True
    words = len(below.split())
    return below[:1].isupper() and (
        (below.endswith(".") and words >= 4) or (below.endswith(":") and words >= 3)
    )
