"""An agreement's sections: headings nested into paths, spans that tile the text."""

from __future__ import annotations

import re
from bisect import bisect_right

from corpus.closing import PLACE_AND_DATE as PLACE_AND_DATE
from corpus.closing import SIGNATURES, closing_lines
from corpus.furniture import furniture_lines
from corpus.heading_numbers import HeadingKind
from corpus.heading_words import HeadingLine, heads_prose, stands_by_name
from corpus.headings import headings_of
from corpus.lines import Line, lines_of
from corpus.types import Document, FileFormat, Section, SectionRole

_CONTACT = re.compile(
    r"(?i)\W*(?:kontakt\w*|har du frågor\b.*|frågor och svar om avtalet|kontakta oss\b.*)(?:\s|$)"
)


def sections_of(document: Document) -> tuple[Section, ...]:
    """The document's sections in order. They tile `document.text`; a text with no heading is one section.

    The text before the first heading is a section with an empty label. A document of no characters has none.
    """
    text = document.text
    if not text:
        return ()
    lines = lines_of(text)
    furniture = furniture_lines(lines) | _marked_furniture(lines, document)
    guessed = document.format is FileFormat.PDF
    headings = headings_of(lines, document.headings, furniture, closing_lines(lines), guessed)
    headings = _drop_names_in_contacts(lines, headings)
    starts = [lines[h.line].start for h in headings]
    if text and (not starts or starts[0] > 0):
        if starts and not text[: starts[0]].strip():
            starts[0] = 0
        else:
            starts, headings = [0, *starts], [_PREAMBLE, *headings]
    ends = [*starts[1:], len(text)]
    title_level = _title_level(headings)
    stack: list[tuple[int, str]] = []
    sections: list[Section] = []
    role = SectionRole.CONTENT
    numbered_depth = 0
    for heading, start, end in zip(headings, starts, ends, strict=True):
        signatures = bool(SIGNATURES.match(heading.heading)) and not heading.numbers
        depth = 1 if signatures else _depth(heading, numbered_depth, stack, title_level)
        if heading.numbers or heading.kind is HeadingKind.CAPITALS:
            numbered_depth = depth
        elif heading.kind is HeadingKind.APPENDIX or depth == 1:
            numbered_depth = 0
        while stack and stack[-1][0] >= depth:
            stack.pop()
        name = heading.number or heading.heading
        if name:
            stack.append((depth, name))
        role = _role(heading, signatures)
        label = f"{heading.number} {heading.heading}".strip()
        path = tuple(part for _, part in stack) if name else ()
        body = min(max(heading.body, start), end)
        sections.append(Section(path, label, heading.heading, depth, start, body, end, role))
    return tuple(sections)


def _marked_furniture(lines: list[Line], document: Document) -> set[int]:
    """Positions of the lines that the format says are no content, but for those that it marks as headings."""
    marked = document.furniture
    heads = {heading.start for heading in document.headings}
    starts = [span.start for span in marked]
    found = set()
    for i, line in enumerate(lines):
        at = bisect_right(starts, line.first) - 1
        if line.words and at >= 0 and line.first < marked[at].end and line.start not in heads:
            found.add(i)
    return found


_PREAMBLE = HeadingLine(-1, HeadingKind.BARE, "", (), "", 0)


def _role(heading: HeadingLine, signatures: bool) -> SectionRole:
    if signatures:
        return SectionRole.SIGNATURES
    if _CONTACT.match(heading.heading):
        return SectionRole.CONTACT
    return SectionRole.CONTENT


def _title_level(headings: list[HeadingLine]) -> int | None:
    """The level of a single top heading that titles the document, which then names no section path."""
    marked = [h for h in headings if h.level]
    if not marked:
        return None
    top = min(h.level for h in marked)
    return (
        top
        if marked[0].level == top and sum(h.level == top for h in marked) == 1 and len(marked) > 1
        else None
    )


def _depth(
    heading: HeadingLine, numbered_depth: int, stack: list[tuple[int, str]], title_level: int | None
) -> int:
    """How deep a heading nests, 1 being outermost."""
    if heading.level:
        return max(1, heading.level - (title_level or 0))
    if heading.kind in (HeadingKind.CHAPTER, HeadingKind.APPENDIX, HeadingKind.CAPITALS):
        return 1
    if heading.kind is HeadingKind.MOMENT:
        return _moment_depth(stack)
    if heading.kind in (HeadingKind.PARAGRAPH, HeadingKind.DECIMAL):
        return _number_depth(heading, stack)
    return numbered_depth + 1 if numbered_depth else 1


def _moment_depth(stack: list[tuple[int, str]]) -> int:
    """One below the open section that is no moment itself."""
    return next((depth for depth, name in reversed(stack) if not re.search(r"(?i)\bmom", name)), 0) + 1


def _number_depth(heading: HeadingLine, stack: list[tuple[int, str]]) -> int:
    """One below the open section whose number is a proper prefix ("§ 4" or "4" of "4.2"), or below a chapter."""
    for depth, name in reversed(stack):
        parts = tuple(int(part) for part in re.findall(r"\d+", name)) if re.match(r"[§\d]", name) else ()
        if parts and len(parts) < len(heading.numbers) and heading.numbers[: len(parts)] == parts:
            return depth + 1
    for depth, name in reversed(stack):
        if re.match(r"(?i)(?:kap\w*|\d+\s*kap|artikel|avsnitt|del|bilaga|appendix)\b", name):
            return depth + 1
        if heading.kind is HeadingKind.PARAGRAPH and not re.match(r"[§\d]", name):
            continue
    return len(heading.numbers)


def _drop_names_in_contacts(lines: list[Line], headings: list[HeadingLine]) -> list[HeadingLine]:
    """In a contact block a short line is a name or a role; only a heading over prose ends the block."""
    kept: list[HeadingLine] = []
    in_contacts = False
    for heading in headings:
        opens = bool(_CONTACT.match(heading.heading))
        names = heading.kind is HeadingKind.BARE and not stands_by_name(heading.heading)
        if in_contacts and not opens and names and not heads_prose(lines, heading):
            continue
        in_contacts = opens
        kept.append(heading)
    return kept
