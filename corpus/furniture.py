"""Page furniture in saved web pages: lines that are kept in the text but never quoted as an answer."""

from __future__ import annotations

import re

from corpus.lines import Line
from corpus.types import Span

_BUTTONS = frozenset(
    """
        dela facebook twitter x linkedin mail mejl e-post email epost instagram youtube whatsapp
        messenger skriv ut lyssna tipsa meny sök stäng öppna kopiera länk print share startsida hem
        tillbaka upp toppen till sidan på sidans topp visa mer mindre logga in
    """.split()
)
_WHOLE_LINE = re.compile(
    r"""(?ix)
    (?:hoppa|gå)\s+(?:direkt\s+)?till\s+(?:huvud)?innehåll(?:et)?
    | (?:till(?:baka\s+till)?|upp\s+till)\s+(?:sidans\s+)?topp(?:en)?
    | läs\s+(?:mer|mera|också|även)\b[^.]*
    | vill\s+du\s+läsa\s+mer\b[^.]*
    | (?:relaterat|relaterade\s+(?:länkar|sidor|nyheter|artiklar)|mer\s+(?:om\s+ämnet|information\s+på\s+webben)|dela\s+(?:sidan|artikeln|med\s+andra))\s*:?
    | du\s+är\s+här\s*:.*
    | (?:hittade\s+du\s+det\s+du\s+sökte|var\s+(?:informationen|sidan)\s+till\s+hjälp|hjälpte\s+(?:den\s+här\s+)?informationen)\b.*
    | (?:sid(?:an)?ansvarig|webbredaktör|innehållsansvarig)\b.{0,60}
    | (?:start(?:sida\w*)?|hem|förstasidan?)\s*(?:[/>»›|]\s*[^/>»›|]{2,50}){1,8}
    | (?:om\s+)?(?:cookies|kakor)(?:\s+på\s+.{2,40})?
    | (?:dela|skriv\s+ut|lyssna|prenumerera)
    """
)
_UPDATED = re.compile(
    r"(?i)(?:sidan\s+(?:är\s+)?(?:senast\s+)?(?:uppdaterad|uppdaterades|granskad|ändrad)|senast\s+(?:uppdaterad|ändrad|granskad|publicerad)"
    r"|publicerad|uppdaterad)\b\s*:?\s*(?:den\s+)?(?:av\b.{0,60}|\d[\d\s\-./:,]*(?:[a-zå]+\s*\d{4})?(?:\s*kl\.?\s*[\d.:]+)?)?"
)
_DATE_ALONE = re.compile(
    r"(?i)(?:\d{4}-\d{2}-\d{2}|\d{1,2}\s+[a-z]+\s+\d{4}|\d{1,2}[./]\d{1,2}[./]\d{2,4})(?:[ ,]*(?:kl\.?)?\s*\d{1,2}[.:]\d{2})?"
)
_SCRIPT = re.compile(r"(?i)\bjavascript\b")
_SCRIPT_CUE = re.compile(
    r"(?i)\b(?:inaktivera\w*|webbläsare\w*|avstäng\w*|(?:aktivera|slå\s+på)\s+javascript)\b"
)
_COOKIES = re.compile(r"(?i)\b(?:cookies?|kakor)\b")
_COOKIE_CUE = re.compile(
    r"(?i)\b(?:webbplats\w*|godkänn\w*|acceptera\w*|samtyck\w*|cookie-?inställningar|tillåt\s+(?:alla|endast)|nödvändiga)\b"
)
_PICTURE_TEXT = re.compile(
    r"(?:(?:Bild|Foto|Fotografi|Porträtt|Illustration|Logotyp|Logga)\b\s*(?:på|av|:|som|föreställande)?.*"
    r"|(?:En |Två |Tre |Några |Ung |Unga |Leende )?(?:[Ss]tudent|[Kk]vinna|[Mm]an|[Pp]erson|[Ff]licka|[Pp]ojke|[Ee]lev|[Bb]arn|[Ll]ärare|"
    r"[Ss]tudenter|[Kk]vinnor|[Mm]än|[Pp]ersoner|[Ee]lever|[Mm]änniskor|[Ff]orskare)\s+(?:som\s+)?"
    r"(?:läser|sitter|står|går|arbetar|tittar|skriver|pratar|håller|ler|diskuterar|samtalar|lyssnar|räcker|promenerar)\b.*)"
)

_CONTENTS_ROW = re.compile(r"(\S.*?)\s*(?:\.{3,}|(?:\. ?){3,}|…+|_{3,}|\t|\s\|\s)\s*\d{1,3}")
_CONTENTS = re.compile(r"(?i)innehåll(?:sförteckning)?|(?:table of )?contents")
_NUMBER_LAST = re.compile(r".*\w.*\s\d{1,3}")
_PAGE_LAST = re.compile(r"\s(\d{1,3})$")
_FEWEST_ROWS = 2
_MANY_ROWS = 4
"""So many rows that end in page numbers that never fall are a contents page without leaders."""
_LONGEST_ROW = 300


def furniture_lines(lines: list[Line]) -> set[int]:
    """Positions in `lines` that are furniture: buttons, script and cookie notices, link lists, page dates.

    A rule speaks of a whole line, so that a sentence of the agreement never goes with the furniture.
    """
    found = {i for i, line in enumerate(lines) if line.words and _is_furniture(line.words, _alone(lines, i))}
    for i, line in enumerate(lines):
        if line.words and _UPDATED.fullmatch(line.words):
            found.add(i)
            following = next((j for j in range(i + 1, len(lines)) if not lines[j].blank), None)
            if following is not None and _DATE_ALONE.fullmatch(lines[following].words):
                found.add(following)
    return found | _contents_rows(lines)


def _contents_rows(lines: list[Line]) -> set[int]:
    """Rows of a contents page: below its heading, or a line that stands elsewhere in the text, with a leader and a
    page number after it.

    A row of a price list has a leader and a number too, but its words stand there only.
    """
    listed = {
        row for i, line in enumerate(lines) if _CONTENTS.fullmatch(line.words) for row in _listed(lines, i)
    }
    rows = {}
    for i, line in enumerate(lines):
        if len(line.words) <= _LONGEST_ROW and (match := _CONTENTS_ROW.fullmatch(line.words)):
            rows[i] = match[1].casefold()
    if not rows:
        return listed
    headings = {line.words.casefold() for line in lines}
    return listed | {i for i, words in rows.items() if words in headings}


def _listed(lines: list[Line], heading: int) -> list[int]:
    """The rows that follow a heading of contents: lines that end with a page number, some of them with a leader."""
    found: list[int] = []
    led = 0
    pages: list[int] = []
    for i in range(heading + 1, len(lines)):
        words = lines[i].words
        if not words or words.isdigit():
            continue
        last = _PAGE_LAST.search(words[-_LONGEST_ROW:])
        pages += [int(last[1])] if last else []
        if len(words) > _LONGEST_ROW or not _NUMBER_LAST.fullmatch(words[-_LONGEST_ROW:].replace(".", " ")):
            break
        led += _CONTENTS_ROW.fullmatch(words) is not None
        found.append(i)
    in_order = len(found) >= _MANY_ROWS and pages[: len(found)] == sorted(pages[: len(found)])
    return found if led >= _FEWEST_ROWS or in_order else []


def _alone(lines: list[Line], i: int) -> bool:
    return (i == 0 or lines[i - 1].blank) and (i + 1 == len(lines) or lines[i + 1].blank)


def furniture_spans(lines: list[Line], marked: tuple[Span, ...]) -> tuple[Span, ...]:
    """Furniture by rule and by the format's own marks, merged: sorted and disjoint spans."""
    spans = sorted(
        [Span(lines[i].start, lines[i].end) for i in furniture_lines(lines)] + list(marked),
        key=lambda span: (span.start, span.end),
    )
    merged: list[Span] = []
    for span in spans:
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        elif span.start < span.end:
            merged.append(span)
    return tuple(merged)


def _is_furniture(words: str, alone: bool) -> bool:
    """`alone`: blank lines stand around it, so that it is no part of a wrapped sentence."""
    if _WHOLE_LINE.fullmatch(words) and len(words) <= 120 and not words.endswith("."):
        return True
    tokens = [token.strip("·•,|") for token in words.casefold().split()]
    named = [token for token in tokens if token]
    if named and len(named) <= 8 and all(token in _BUTTONS for token in named):
        return True
    if _SCRIPT.search(words) and _SCRIPT_CUE.search(words):
        return True
    if _COOKIES.search(words) and _COOKIE_CUE.search(words) and len(words) <= 400:
        return True
    return (
        alone and len(words) <= 90 and not words.endswith((".", ":")) and bool(_PICTURE_TEXT.fullmatch(words))
    )
