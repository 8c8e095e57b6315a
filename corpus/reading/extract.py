"""What one format's reader hands back, before it becomes a `Document` with a path."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.reading.canonical import canonical
from corpus.types import Heading, Page, Span


@dataclass(frozen=True, slots=True)
class Extract:
    """The canonical text of one file and what its format marks. Offsets are `str` indices into `text`.

    `ocr` are the spans read off pictures, where no page says it.
    """

    text: str
    headings: tuple[Heading, ...] = ()
    furniture: tuple[Span, ...] = ()
    pages: tuple[Page, ...] = ()
    title: str | None = None
    warnings: tuple[str, ...] = ()
    ocr: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or table row on its way into a text.

    `level` is 0 for running text and 1.. for a heading. A `tight` block follows the one before it on the
    next line; the others after a blank line. `furniture` marks what the markup says is not content, `bold` a
    paragraph that is bold throughout.
    """

    text: str
    level: int = 0
    tight: bool = False
    furniture: bool = False
    bold: bool = False


_LONGEST_BOLD = 120


def may_head(block: Block) -> bool:
    """True for a paragraph that would be a heading were it bold: short, and no sentence."""
    return not (block.level or block.tight or block.furniture or len(block.text) > _LONGEST_BOLD) and (
        not block.text.endswith((".", ":", ";", ","))
    )


def assemble(blocks: Iterable[Block]) -> Extract:
    """Lay the blocks out as one canonical text, with the spans of headings and furniture.

    Blocks without visible text are left out. Each block is normalised on its own; a line break never
    composes with a letter, so the whole is NFC too.
    """
    parts: list[str] = []
    headings: list[Heading] = []
    furniture: list[Span] = []
    at = 0
    for block in blocks:
        text = canonical(block.text).strip("\n")
        if not text.strip():
            continue
        if parts:
            gap = "\n" if block.tight else "\n\n"
            parts.append(gap)
            at += len(gap)
        if block.level or block.bold:
            headings.append(Heading(at, at + len(text), block.level))
        if block.furniture:
            furniture.append(Span(at, at + len(text)))
        parts.append(text)
        at += len(text)
    return Extract("".join(parts), tuple(headings), joined(furniture, "".join(parts)))


def in_order(extracts: Iterable[Extract]) -> Extract:
    """The extracts after one another, a blank line between, all spans moved along. Those without text are left out.

    Pages are not kept: their numbers count within one file. What OCR read of them is.
    """
    parts: list[str] = []
    headings: list[Heading] = []
    furniture: list[Span] = []
    ocr: list[Span] = []
    warnings: list[str] = []
    at = 0
    for extract in extracts:
        warnings += extract.warnings
        if not extract.text.strip():
            continue
        if parts:
            parts.append("\n\n")
            at += 2
        read = [*extract.ocr, *(Span(page.start, page.end) for page in extract.pages if page.ocr)]
        headings += (Heading(at + mark.start, at + mark.end, mark.level) for mark in extract.headings)
        furniture += (Span(at + span.start, at + span.end) for span in extract.furniture)
        ocr += (Span(at + span.start, at + span.end) for span in read)
        parts.append(extract.text)
        at += len(extract.text)
    return Extract(
        "".join(parts), tuple(headings), tuple(furniture), warnings=tuple(warnings), ocr=tuple(ocr)
    )


def joined(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    """The spans sorted and disjoint; neighbours with only white space between them become one."""
    result: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if result and (span.start <= result[-1].end or not text[result[-1].end : span.start].strip()):
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        elif span.end > span.start:
            result.append(span)
    return tuple(result)
