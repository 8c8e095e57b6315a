"""The front of an agreement: the title, wherever in it that stands, and the letterhead above it, which heads nothing."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from corpus.heading_numbers import HeadingKind, opening_of
from corpus.heading_page import Page
from corpus.heading_title import names_agreement, title_at
from corpus.heading_words import HeadingLine, is_contents_row

_OPENS = re.compile(
    r"(?i)\W*(?:[A-ZÅÄÖ][\wåäö-]* (?:[a-zåäö][\wåäö-]* ){0,2}|[\wåäö]+- och )?"
    r"\w*(?:avtal|avsiktsförklaring|överenskommelse|partnerskap|kontrakt|tillägg)(?:e?n|et|s?bilaga)?(?![\wåäö])"
)
"""Words that open with what the agreement is: "Ramavtal …", "Tillägg till …", "Nytt avtal om …", not "Avtalsparter"."""
_SENTENCE = re.compile(
    r"(?i)[.,:;]$|\b(?:gäller|ska|skall|har|är|träder|ersätter|syftar|reglerar|omfattar|innebär|tecknas|ingås|kan|får|vill|upphör)\b"
)
_TELLS = re.compile(r"(?i)\b(?:mellan|om|för|avseende|rörande|gällande|angående|till)\b")
_CELLS = re.compile(r"\||\t|\s{3,}\S")
_PROSE = 60
_LONGEST = 200
_MOST_LINES = 60
"""A title stands at most so many lines of words down, on a front page with a letterhead."""


def title_in_front(page: Page, numbered: Sequence[HeadingLine]) -> int | None:
    """The position of the title among the lines above the agreement's running text, or None.

    Of the lines that the format marks or sets in bold the first that names an agreement, else of those that stand
    alone: one on top of the text, the first that says about what or between whom, else the first.
    """
    alone: list[int] = []
    numbers = {heading.line for heading in numbered if heading.numbers or heading.number}
    for seen, i in enumerate(_front(page, numbers)):
        words = page.lines[i].words
        if seen >= _MOST_LINES:
            break
        if i in numbers or is_contents_row(words) or not titles(words):
            continue
        if page.lines[i].start in page.shown:
            return i
        if _stands_alone(page, i) or title_at(page.lines, i, page.furniture):
            alone.append(i)
    if alone and alone[0] == page.beside(-1, 1):
        return alone[0]
    told = (i for i in alone if _TELLS.search(page.lines[i].words))
    return next(told, alone[0] if alone else None)


def without_letterhead(page: Page, headings: Sequence[HeadingLine], title: int | None) -> list[HeadingLine]:
    """The headings without those that stand above the title with nothing but short lines between."""
    if title is None:
        return list(headings)
    above = [heading for heading in headings if heading.line < title]
    kept = [heading for heading in above if heading.number or _heads_prose(page, heading, title)]
    return [*kept, *(heading for heading in headings if heading.line >= title)]


def _front(page: Page, numbers: Container[int]) -> list[int]:
    """Positions of the words above the first running text or numbered section."""
    found: list[int] = []
    for i, line in enumerate(page.lines):
        if line.blank or i in page.furniture:
            continue
        if i in numbers:
            below = page.beside(i, 1)
            if (
                below is None
                or page.lines[below].start not in page.shown
                or not titles(page.lines[below].words)
            ):
                break
        elif _is_prose(line.words) and line.start not in page.shown:
            break
        found.append(i)
    return found


def _is_prose(words: str) -> bool:
    long = len(words) > _PROSE and not _CELLS.search(words) and not _OPENS.match(words)
    return long or (words.endswith(".") and len(words.split()) > 3)


def _heads_prose(page: Page, heading: HeadingLine, title: int) -> bool:
    return any(_is_prose(page.lines[i].words) for i in range(heading.last_line + 1, title))


def titles(written: str) -> bool:
    """True for words that open with what an agreement is and read as its title."""
    words = written.lstrip("#*_ ")
    if not words[:1].isupper() or len(words) > _LONGEST or _CELLS.search(words) or opening_of(words):
        return False
    return bool(_OPENS.match(words)) and not _SENTENCE.search(words) and names_agreement(words)


def _stands_alone(page: Page, i: int) -> bool:
    """True where blank lines, furniture or the text's edge stand around the line."""
    around = (j for j in (i - 1, i + 1) if 0 <= j < len(page.lines))
    return all(page.lines[j].blank or j in page.furniture for j in around)


def title_line(page: Page, i: int) -> HeadingLine:
    """The heading that the title's line, with those that it goes on in, makes where nothing else says that it is one."""
    if (title := title_at(page.lines, i, page.furniture)) is not None:
        return title
    return HeadingLine(i, HeadingKind.BARE, "", (), page.lines[i].words, page.lines[i].end, 0, i)
