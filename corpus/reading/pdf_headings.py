"""Headings among the lines of a PDF: its bookmarks, else what it sets larger or bolder than its body."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.lines import BULLET
from corpus.reading.canonical import canonical
from corpus.reading.pdf_lines import Line, PdfText


@dataclass(frozen=True, slots=True)
class HeadingRows:
    """A heading of `level` 1.. that takes `count` rows of its page."""

    level: int
    count: int = 1


Levels = list[dict[int, HeadingRows]]  # for each page, its headings by their first row

# One marked line alone is a title, and says nothing of how the sections are headed.
_FEWEST = 2
# Bookmarks are believed where this share of them stands in the text.
_MOST_BOOKMARKS = 0.6
_LARGER = 1.12
_SAME = 0.95
_LONGEST = 160
_DEEPEST = 6
_NUMBER = re.compile(r"^[\s§]*(?:\d+(?:\.\d+)*\.?|[a-z]\))?\s*", re.IGNORECASE)
_OWN_NUMBER = re.compile(
    r"\s*(?:§|\d+(?:\.\d+)*[.)]?\s|(?:kap|kapitel|artikel|avsnitt|bilaga|appendix)\b)", re.IGNORECASE
)
_MOST_ROWS = 5
_MARGIN = 3.0
_NO_END = (".", ",", ";", ":", "-", "–")
# A bold line without a larger font is a heading only above running text: table heads stand above short cells.
_RUNNING = 45
_GOES_ON = (".", ":", " att", " ska", " skall", " får", " kan")


def heading_levels(found: PdfText, frames: Sequence[frozenset[int]]) -> Levels:
    """The headings by page and row. `frames` holds each page's furniture rows, which are none."""
    by_bookmark = _from_outline(found, frames)
    if _count(by_bookmark) >= max(_FEWEST, _MOST_BOOKMARKS * len(found.outline)):
        return by_bookmark
    return _from_fonts(found, frames)


def _count(levels: Levels) -> int:
    return sum(map(len, levels))


def _from_outline(found: PdfText, frames: Sequence[frozenset[int]]) -> Levels:
    """Bookmarks whose title stands as a line, or a few, of the page that they lead to."""
    titles: dict[tuple[int, str], int] = {}
    for page_index, level, title in found.outline:
        titles.setdefault((page_index, _key(title)), level)
    levels: Levels = []
    for index, page in enumerate(found.pages):
        rows: dict[int, HeadingRows] = {}
        for row in range(len(page)):
            taken = range(row, min(row + _MOST_ROWS, len(page)))
            for count in range(1, len(taken) + 1) if titles else ():
                if taken[count - 1] in frames[index]:
                    break
                key = index, _key(" ".join(line.text for line in page[row : row + count]))
                if key[1] and key in titles:
                    rows[row] = HeadingRows(titles.pop(key), count)
                    break
        levels.append(rows)
    return levels


def _from_fonts(found: PdfText, frames: Sequence[frozenset[int]]) -> Levels:
    body, body_bold = _body(found.pages)
    levels: Levels = [{} for _ in found.pages]
    if body is None:
        return levels
    styles: dict[tuple[float, bool], list[tuple[int, int]]] = defaultdict(list)
    for index, page in enumerate(found.pages):
        for row in _heading_rows(page, frames[index], body, body_bold):
            styles[round(page[row].size or 0), page[row].bold].append((index, row))
    for level, style in enumerate(sorted(styles, reverse=True), start=1):
        for index, row in styles[style]:
            count = _rows(found.pages[index], row, frames[index])
            levels[index][row] = HeadingRows(min(level, _DEEPEST), count)
    return levels if _count(levels) >= _FEWEST else [{} for _ in found.pages]


def _body(pages: Sequence[Sequence[Line]]) -> tuple[float | None, bool]:
    """Size and weight of the font that most of the characters have."""
    shares: Counter[tuple[float, bool]] = Counter()
    for page in pages:
        for line in page:
            if line.size:
                shares[round(line.size, 1), line.bold] += len(line.text)
    if not shares:
        return None, False
    return shares.most_common(1)[0][0]


def _heading_rows(page: Sequence[Line], frame: frozenset[int], body: float, body_bold: bool) -> list[int]:
    """First rows of the page's headings: rows set larger or bolder than the body that read as headings.

    Of several such rows in the same font right below each other, the first.
    """
    rows = [row for row in range(len(page)) if row not in frame]
    margin = Counter(round(page[row].cells[0].left) for row in rows if page[row].cells).most_common(1)
    found: list[int] = []
    heading_below: int | None = None
    for place in range(len(rows) - 1, -1, -1):
        row = rows[place]
        line = page[row]
        larger = line.size is not None and line.size >= _LARGER * body
        bolder = line.bold and not body_bold and line.size is not None and line.size >= _SAME * body
        if not (larger or bolder) or line.is_row:
            continue
        if place and (_continues(page[rows[place - 1]], line) or _in_paragraph(page[rows[place - 1]], line)):
            continue
        count = _rows(page, row, frame)
        below = rows[place + count] if place + count < len(rows) else None
        text = " ".join(other.text.strip() for other in page[row : row + count])
        over_heading = below is not None and below == heading_below
        over_table = below is not None and page[below].is_row and _at_margin(line, margin)
        if _heads(text, larger, page[below] if below is not None else None, over_heading or over_table):
            found.append(row)
            heading_below = row
    return found[::-1]


def _at_margin(line: Line, margin: Sequence[tuple[int, int]]) -> bool:
    """True for a line that begins where most of the page's lines do."""
    return bool(line.cells and margin) and abs(line.cells[0].left - margin[0][0]) <= _MARGIN


def _rows(page: Sequence[Line], row: int, frame: frozenset[int]) -> int:
    """How many rows the heading that begins at `row` takes."""
    count = 1
    while count < _MOST_ROWS and row + count < len(page) and row + count not in frame:
        if not _continues(page[row + count - 1], page[row + count]):
            break
        count += 1
    return count


def _continues(above: Line, line: Line) -> bool:
    """True where the line has the font of the one right above it and no number of its own."""
    if above.bottom is None or line.top is None or line.bottom is None or _OWN_NUMBER.match(line.text):
        return False
    alike = round(above.size or 0) == round(line.size or 0) and above.bold == line.bold
    return alike and abs(line.top - above.bottom) < 0.5 * (line.bottom - line.top)


def _in_paragraph(above: Line, line: Line) -> bool:
    """True where the line above is running text that breaks off right above this one."""
    if above.bottom is None or line.top is None or line.bottom is None or _OWN_NUMBER.match(line.text):
        return False
    words = above.text.strip()
    if above.is_row or above.bold or len(words) < _RUNNING or words.endswith((".", ":", ";", "!", "?")):
        return False
    return -0.5 <= (line.top - above.bottom) / (line.bottom - line.top) < 0.3


def _heads(text: str, larger: bool, following: Line | None, over_other: bool) -> bool:
    """True for words that read as a heading: few, with letters, not ended as a sentence.

    Words that are bold but not larger must stand over running text, a list, another heading or a table that begins at the margin.
    """
    if len(text) > _LONGEST or text.endswith(_NO_END) or sum(map(str.isalpha, text)) < 2:
        return False
    if text[0].islower():
        return False
    if over_other or _OWN_NUMBER.match(text):
        return True
    if larger:
        return following is None or not following.text.strip()[:1].islower()
    if following is None or following.bold:
        return False
    below = following.text.strip()
    return len(below) >= _RUNNING or below.endswith(_GOES_ON) or BULLET.match(below) is not None


def _key(text: str) -> str:
    """The letters and digits after any number: bookmarks often leave out "§ 1" or "2.1"."""
    words = _NUMBER.sub("", canonical(text)).casefold()
    return "".join(filter(str.isalnum, words))
