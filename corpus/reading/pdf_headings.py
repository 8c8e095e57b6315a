"""Headings among the lines of a PDF: its bookmarks, else what it sets larger or bolder than its body."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
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
_NUMBER = re.compile(r"^[\s§]*(?:\d{1,3}(?!\d)(?:\.\d{1,3})*\.?|[a-z]\))?\s*", re.IGNORECASE)
_OWN_NUMBER = re.compile(
    r"\s*(?:§|\d+(?:\.\d+)*[.)]?\s|(?:kap|kapitel|artikel|avsnitt|bilaga|appendix)\b)", re.IGNORECASE
)
_MOST_ROWS = 5
_MARGIN = 3.0
_NO_END = (".", ",", ";", ":", "-", "–")
# A bold line without a larger font is a heading only above running text: table heads stand above short cells.
_RUNNING = 45
_GOES_ON = (".", ":", " att", " ska", " skall", " får", " kan")
_SIGNED = re.compile(r"[._]{5,}|…{2,}")
# So many bold lines over running text are how the file sets its headings, where they are this share of its bold lines.
_A_STYLE, _MOST = 3, 0.6

IsGap = Callable[[Line, Line], bool]


def heading_levels(found: PdfText, frames: Sequence[frozenset[int]], is_gap: IsGap) -> Levels:
    """The headings by page and row. `frames` holds each page's furniture rows, which are none.

    `is_gap` tells of two lines whether the page shows space between them.
    """
    by_bookmark = _from_outline(found, frames)
    if _count(by_bookmark) >= max(_FEWEST, _MOST_BOOKMARKS * len(found.outline)):
        return _with_title(by_bookmark, _from_fonts(found, frames, is_gap))
    return _from_fonts(found, frames, is_gap)


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


def _with_title(marked: Levels, shown: Levels) -> Levels:
    """The bookmarked headings, and above the first of them the title, which is seldom bookmarked: what is set largest."""
    if not marked or not shown[0]:
        return marked
    first = min(marked[0], default=len(shown[0]) and max(shown[0]) + 1)
    titles = {row: heading for row, heading in shown[0].items() if row < first and heading.level == 1}
    return [{**titles, **marked[0]}, *marked[1:]]


@dataclass(frozen=True, slots=True)
class _Look:
    """How the file sets its running text: size and weight of its font, and what is a gap between lines."""

    body: float
    bold: bool
    is_gap: IsGap

    def is_larger(self, line: Line) -> bool:
        return line.size is not None and line.size >= _LARGER * self.body

    def is_bolder(self, line: Line) -> bool:
        return line.bold and not self.bold and line.size is not None and line.size >= _SAME * self.body


def _from_fonts(found: PdfText, frames: Sequence[frozenset[int]], is_gap: IsGap) -> Levels:
    body, body_bold = _body(found.pages)
    levels: Levels = [{} for _ in found.pages]
    if body is None:
        return levels
    look = _Look(body, body_bold, is_gap)
    heads: list[tuple[int, int]] = []
    short: list[tuple[int, int]] = []
    for index, page in enumerate(found.pages):
        rows, others = _heading_rows(page, frames[index], look)
        heads += [(index, row) for row in rows]
        short += [(index, row) for row in others]
    in_bold = sum(not look.is_larger(found.pages[index][row]) for index, row in heads)
    if in_bold >= _A_STYLE and in_bold >= _MOST * (in_bold + len(short)):
        heads += short
    styles: dict[tuple[float, bool], list[tuple[int, int]]] = defaultdict(list)
    for index, row in heads:
        line = found.pages[index][row]
        styles[round(line.size or 0), line.bold].append((index, row))
    for level, style in enumerate(sorted(styles, reverse=True), start=1):
        for index, row in styles[style]:
            count = _rows(found.pages[index], row, frames[index], is_gap)
            levels[index][row] = HeadingRows(min(level, _DEEPEST), count)
    lone = _count(levels) < _FEWEST and not any(
        look.is_larger(found.pages[index][row]) for index, row in heads
    )
    return [{} for _ in found.pages] if lone else levels


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


def _heading_rows(page: Sequence[Line], frame: frozenset[int], look: _Look) -> tuple[list[int], list[int]]:
    """First rows of the page's headings: rows set larger or bolder than the body that read as headings.

    Of several such rows in the same font right below each other, the first. Apart from them the bold rows that
    stand alone over something short: headings where bold is how the file sets those.
    """
    rows = [row for row in range(len(page)) if row not in frame]
    margin = Counter(round(page[row].cells[0].left) for row in rows if page[row].cells).most_common(1)
    found: list[int] = []
    short: list[int] = []
    heading_below: int | None = None
    for place in range(len(rows) - 1, -1, -1):
        row = rows[place]
        line = page[row]
        larger = look.is_larger(line)
        if not (larger or look.is_bolder(line)) or line.is_row:
            continue
        above = page[rows[place - 1]] if place else None
        if above and (_continues(above, line, look.is_gap) or _in_paragraph(above, line)):
            continue
        count = _rows(page, row, frame, look.is_gap)
        below = page[rows[place + count]] if place + count < len(rows) else None
        text = " ".join(other.text.strip() for other in page[row : row + count])
        if not _reads_as_heading(text):
            continue
        over_heading = below is not None and rows[place + count] == heading_below
        over_table = below is not None and below.is_row and _at_margin(line, margin)
        if over_heading or over_table or _OWN_NUMBER.match(text) or _heads(line, larger, below):
            found.append(row)
            heading_below = row
        elif _at_margin(line, margin) and _over_short(above, line, below, look.is_gap):
            short.append(row)
    return found[::-1], short[::-1]


def _over_short(above: Line | None, line: Line, below: Line | None, is_gap: IsGap) -> bool:
    """True where the line stands apart from what is above it, and what is below it is no heading or row."""
    if below is None or below.bold or below.is_row:
        return False
    return above is None or is_gap(above, line)


def _at_margin(line: Line, margin: Sequence[tuple[int, int]]) -> bool:
    """True for a line that begins where most of the page's lines do."""
    return bool(line.cells and margin) and abs(line.cells[0].left - margin[0][0]) <= _MARGIN


def _rows(page: Sequence[Line], row: int, frame: frozenset[int], is_gap: IsGap) -> int:
    """How many rows the heading that begins at `row` takes."""
    count = 1
    while count < _MOST_ROWS and row + count < len(page) and row + count not in frame:
        if not _continues(page[row + count - 1], page[row + count], is_gap):
            break
        count += 1
    return count


def _continues(above: Line, line: Line, is_gap: IsGap) -> bool:
    """True where the line has the font of the one right above it and no number of its own."""
    if above.bottom is None or line.top is None or line.bottom is None or _OWN_NUMBER.match(line.text):
        return False
    if _SIGNED.search(above.text) or is_gap(above, line):
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


def _reads_as_heading(text: str) -> bool:
    """True for few words with a capital first, with letters, not ended as a sentence, and no place to sign."""
    if len(text) > _LONGEST or text.endswith(_NO_END) or sum(map(str.isalpha, text)) < 2:
        return False
    return not text[0].islower() and not _SIGNED.search(text)


def _heads(line: Line, larger: bool, following: Line | None) -> bool:
    """True for a larger line that does not go on in lower case in its own font, and a bold one over running text or a list."""
    below = following.text.strip() if following else ""
    if larger:
        smaller = (
            following is not None
            and line.size is not None
            and (following.size or line.size) * _LARGER <= line.size
        )
        return smaller or not below[:1].islower()
    if following is None or following.bold:
        return False
    return len(below) >= _RUNNING or below.endswith(_GOES_ON) or BULLET.match(below) is not None


def _key(text: str) -> str:
    """The letters and digits after any number: bookmarks often leave out "§ 1" or "2.1"."""
    words = _NUMBER.sub("", canonical(text)).casefold()
    return "".join(filter(str.isalnum, words))
