"""From the lines of PDF pages to one text: paragraphs, joined words, page map, headings, furniture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.reading.canonical import canonical, plain_glyphs, without_invisible
from corpus.reading.extract import Extract, joined
from corpus.reading.hyphens import join_broken_words
from corpus.reading.pdf_columns import in_reading_order
from corpus.reading.pdf_flow import Sheet, reading_order, runs_on
from corpus.reading.pdf_furniture import furniture_lines, turned_rows
from corpus.reading.pdf_grids import with_grid_rows
from corpus.reading.pdf_headings import heading_levels
from corpus.reading.pdf_lines import Line, PdfText
from corpus.reading.pdf_tables import with_rows
from corpus.types import Heading, Page, Span

# A line further below the one before than this many times the document's usual line spacing starts a
# paragraph. Word's 8 pt after a paragraph of 11 pt makes 1.55, 6 pt makes 1.4; superscripts stay below 1.2.
_PARAGRAPH_GAP = 1.3
# Spacing is the step from line to line over the taller line's height. Single spacing is 1.0-1.3, double
# 2.3; the document's own is the smallest that a good part of its lines have.
_TIGHTEST, _WIDEST = 0.7, 2.6
_GOOD_PART = 0.25
_OTHER_SIZE = 1.25
# So many wrapped lines tell the spacing; a line is wrapped by the page's width where it fills most of it.
_FEWEST_WRAPPED = 3
_FULL = 0.85


def lay_out(found: PdfText) -> Extract:
    """The pages' text, tiled by its pages. Lines stay lines; a blank line stands at each visible gap.

    A word broken over two lines is made whole on the upper one. A heading is one line.
    """
    found = replace(
        found, pages=tuple(with_rows(in_reading_order(with_grid_rows(page))) for page in found.pages)
    )
    framed = furniture_lines(found.pages)
    spacing = _usual_spacing(found.pages)
    texts = [[_clean(line.text) for line in page] for page in found.pages]
    marginal = [frame | turned_rows(page) for frame, page in zip(framed, found.pages, strict=True)]
    levels = heading_levels(found, marginal, lambda above, line: _is_gap(above, line, spacing))
    for index, rows in enumerate(levels):
        for row, heading in rows.items():
            wrapped = slice(row, row + heading.count)
            _join_words([texts[index]], [list(range(row, row + heading.count))], [frozenset()])
            texts[index][wrapped] = [
                " ".join(filter(None, texts[index][wrapped])),
                *[""] * (heading.count - 1),
            ]
    sheets = [
        Sheet(page, words, frame, frozenset(rows))
        for page, words, frame, rows in zip(found.pages, texts, framed, levels, strict=True)
    ]
    orders, over = reading_order(sheets, lambda above, line: _is_gap(above, line, spacing))
    _join_words(texts, orders, framed)

    parts: list[str] = []
    pages: list[Page] = []
    headings: list[Heading] = []
    furniture: list[Span] = []
    at = 0
    for index, order in enumerate(orders):
        start = at
        above: Line | None = None
        frame_above = False
        for number in order:
            line, text = found.pages[index][number], texts[index][number]
            if not text:
                continue
            in_frame = number in framed[index]
            if above is not None and (
                in_frame != frame_above or _stands_apart(above, line, parts[-1], text, spacing)
            ):
                parts.append("\n")
                at += 1
            if in_frame:
                furniture.append(Span(at, at + len(text)))
            elif number in levels[index]:
                headings.append(Heading(at, at + len(text), levels[index][number].level))
            parts.append(text + "\n")
            at += len(text) + 1
            above, frame_above = line, in_frame
        last = index + 1 == len(found.pages)
        if not last and at > start and not over[index]:
            parts.append("\n")
            at += 1
        pages.append(Page(index + 1, start, at))
    text = "".join(parts)
    return Extract(text, tuple(headings), joined(furniture, text), tuple(pages))


def _join_words(
    pages: list[list[str]], orders: Sequence[Sequence[int]], framed: Sequence[frozenset[int]]
) -> None:
    """Make words whole, in place, also those that are broken over two pages."""
    places = [(index, row) for index, order in enumerate(orders) for row in order]
    rows = [pages[index][row] for index, row in places]
    skip = {at for at, (index, row) in enumerate(places) if row in framed[index]}
    join_broken_words(rows, skip)
    for (index, row), text in zip(places, rows, strict=True):
        pages[index][row] = text


def _stands_apart(above: Line, line: Line, words_above: str, words: str, usual: float | None) -> bool:
    """True where a blank line belongs between the two: at a gap, but for a sentence that goes on in the next column."""
    if not _is_gap(above, line, usual):
        return False
    jumps = (_spacing(above, line) or 0.0) < 0 and not (above.is_row or line.is_row)
    return not (jumps and runs_on(words_above, words))


def _clean(text: str) -> str:
    """The line without invisible marks, but for a soft hyphen at its end: that one tells of a broken word."""
    text = canonical(text).strip()
    broken = text.endswith("\u00ad")
    clean = canonical(plain_glyphs(without_invisible(text))).replace("\n", " ").rstrip()
    return clean + "\u00ad" if broken and clean else clean


def _usual_spacing(pages: Sequence[Sequence[Line]]) -> float | None:
    """The document's line spacing inside paragraphs, or None where positions are unknown.

    It is read off lines that fill their page and go on in lower case on the next, where there are enough of them.
    """
    spacings: Counter[float] = Counter()
    wrapped: list[float] = []
    for page in pages:
        full = _FULL * max((line.cells[-1].right for line in page if line.cells), default=0.0)
        for above, line in pairwise(page):
            spacing = _spacing(above, line)
            if spacing is None or not _TIGHTEST <= spacing <= _WIDEST:
                continue
            spacings[round(spacing, 1)] += 1
            if above.cells and above.cells[-1].right >= full and runs_on(above.text, line.text.strip()):
                wrapped.append(spacing)
    if len(wrapped) >= _FEWEST_WRAPPED:
        return sorted(wrapped)[len(wrapped) // 2]
    if not spacings:
        return None
    most = max(spacings.values())
    return min(spacing for spacing, count in spacings.items() if count >= _GOOD_PART * most)


def _spacing(above: Line, line: Line) -> float | None:
    """The step from the upper line's bottom to the lower's, in heights of the taller."""
    if above.top is None or above.bottom is None or line.top is None or line.bottom is None:
        return None
    height = max(above.bottom - above.top, line.bottom - line.top)
    return (line.bottom - above.bottom) / height if height > 0 else None


def _is_gap(above: Line, line: Line, usual: float | None) -> bool:
    """True where the page shows space between the two lines, another font size, or a jump up (a column)."""
    spacing = _spacing(above, line)
    if spacing is None or (above.is_row and line.is_row and spacing > 0):
        return False
    if above.is_row != line.is_row:
        return True
    usual = usual or _WIDEST / _PARAGRAPH_GAP
    sizes = sorted((above.size or 0.0, line.size or 0.0))
    return spacing > _PARAGRAPH_GAP * usual or spacing < -usual or sizes[1] > _OTHER_SIZE * sizes[0]
