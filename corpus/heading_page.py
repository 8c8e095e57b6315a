"""Where a line stands: what is above and below it, and whether a sentence runs through it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.heading_numbers import HeadingKind, Opening
from corpus.heading_words import HeadingLine, opens_list
from corpus.lines import Line

_SENTENCE_END = re.compile(r"[.!?:;…][\"”’')\]]*$")
_BEFORE_A_NUMBER = re.compile(
    r"(?i)(?:§|\b(?:kap|st|mom|p|pkt|punkt|bil|bilaga|enl|jfr|art|nr|avsn|avsnitt|artikel)\.?)$"
)
LONG_LINE = 40
WRAPPED = 60
"""A line of more characters right above another is the first line of a paragraph."""
_SENTENCE_WORDS = 8
"""So are so many words."""


@dataclass(frozen=True, slots=True)
class Page:
    """What every question about a line needs: the lines, and the positions that can hold no heading.

    `shown` are the offsets where lines begin that the format marks as headings or sets in bold.
    """

    lines: list[Line]
    furniture: set[int]
    closing: set[int]
    shown: frozenset[int] = frozenset()

    def beside(self, i: int, step: int) -> int | None:
        """The nearest position before (-1) or after (+1) `i` that is neither blank nor furniture."""
        j = i + step
        while 0 <= j < len(self.lines):
            if not self.lines[j].blank and j not in self.furniture:
                return j
            j += step
        return None


def runs_on(page: Page, i: int, rest: str) -> bool:
    """True when the line's words go on, as a wrapped sentence does, on the next line or page."""
    below = page.beside(i, 1)
    if below is None:
        return False
    following = page.lines[below].words
    if below == i + 1:
        return following[:1].islower() or len(rest) > WRAPPED or len(rest.split()) >= _SENTENCE_WORDS
    turned = any(j in page.furniture for j in range(i + 1, below))
    return turned and len(rest) > LONG_LINE and following[:1].islower()


def goes_on_as_list(page: Page, i: int, rest: str) -> bool:
    """True where the words are a sentence that a list below goes on with."""
    below = page.beside(i, 1)
    return below is not None and opens_list(rest, page.lines[below].words)


def continues_sentence(page: Page, i: int, opening: Opening, found: list[HeadingLine]) -> bool:
    """True when the line before runs on into this one, so that its number is a reference, not a heading.

    Over a page break the line before is the last one of the page above.
    """
    before = page.beside(i, -1)
    if before is None or (found and found[-1].last_line == before and not _has_text(page, found[-1])):
        return False
    words = page.lines[before].words
    apart = any(page.lines[j].blank for j in range(before + 1, i))
    if apart:
        turned = any(j in page.furniture for j in range(before + 1, i))
        return turned and len(words) > LONG_LINE and not _SENTENCE_END.search(words) and words[-1:].isalnum()
    if _BEFORE_A_NUMBER.search(words) or words.endswith((",", "–", "-")):
        return True
    if _SENTENCE_END.search(words):
        return False
    return opening.kind is HeadingKind.DECIMAL or len(words) > LONG_LINE


def _has_text(page: Page, heading: HeadingLine) -> bool:
    """True for a number with its clause on the same line."""
    return heading.body < page.lines[heading.last_line].end
