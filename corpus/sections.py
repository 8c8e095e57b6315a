"""An agreement's sections: headings nested into paths, spans that tile the text."""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.furniture import furniture_lines
from corpus.headings import HeadingKind, HeadingLine, headings_of
from corpus.lines import Line, lines_of
from corpus.types import Document, Section, SectionRole

_CONTACT = re.compile(
    r"(?i)\W*(?:kontakt\w*|har du frågor\b.*|frågor och svar om avtalet|kontakta oss\b.*)(?:\s|$)"
)
_SIGNATURES = re.compile(
    r"(?i)\W*(?:undertecknande[nt]?|underskrift(?:er)?|signatur(?:er)?|namnteckning(?:ar)?|parternas underskrifter|undertecknat? den .{4,40}|undertecknad den .{4,40})\W*$"
)
PLACE_AND_DATE = re.compile(
    r"[A-ZÅÄÖ][\wåäö]+(?: [\wåäö]+){0,2},? (?:den )?\d{1,2} (?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december) \d{4}"
)
"""The line above the signatures: "Hittepå den 12 december 2023"."""
_SIGNATURE_ROW = re.compile(r"_{5,}|\.{12,}|^Datum\b.*\bDatum\b|^Ort och datum\b", re.I)


def sections_of(document: Document) -> tuple[Section, ...]:
    """The document's sections in order. They tile `document.text`; a text with no heading is one section.

    The text before the first heading is a section with an empty label. A document of no characters has none.
    """
    text = document.text
    if not text:
        return ()
    lines = lines_of(text)
    headings = headings_of(lines, document.headings, furniture_lines(lines), _closing_lines(lines))
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
        signatures = bool(_SIGNATURES.match(heading.heading)) and not heading.numbers
        depth = 1 if signatures else _depth(heading, numbered_depth, stack, title_level)
        if heading.numbers:
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
    if heading.kind in (HeadingKind.CHAPTER, HeadingKind.APPENDIX):
        return 1
    if heading.kind in (HeadingKind.PARAGRAPH, HeadingKind.DECIMAL):
        return _number_depth(heading, stack)
    return numbered_depth + 1 if numbered_depth else 1


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


def _closing_lines(lines: list[Line]) -> set[int]:
    """Positions after the start of a signature block: names and dates there are no headings."""
    for i, line in enumerate(lines):
        if not line.words or i <= len(lines) // 2:
            continue
        if PLACE_AND_DATE.fullmatch(line.words):
            return set(range(i, _next_appendix(lines, i + 1)))
        heads = bool(_SIGNATURES.match(line.words)) and len(line.words) <= 60
        if heads or _SIGNATURE_ROW.search(line.words):
            return set(range(i + 1, _next_appendix(lines, i + 1)))
    return set()


def _next_appendix(lines: list[Line], start: int) -> int:
    appendix = re.compile(r"(?:Bilaga|BILAGA|Appendix)\b")
    return next((i for i in range(start, len(lines)) if appendix.match(lines[i].words)), len(lines))


def _drop_names_in_contacts(lines: list[Line], headings: list[HeadingLine]) -> list[HeadingLine]:
    """In a contact block a short line is a name or a role; only a heading over prose ends the block."""
    kept: list[HeadingLine] = []
    in_contacts = False
    bounds = [*(h.line for h in headings), len(lines)]
    for heading, (first, following) in zip(headings, pairwise(bounds), strict=True):
        if in_contacts and heading.kind is HeadingKind.BARE and not _CONTACT.match(heading.heading):
            prose = any(
                len(line.words) > 80 and line.words.endswith(".") for line in lines[first + 1 : following]
            )
            if not prose:
                continue
        in_contacts = bool(_CONTACT.match(heading.heading))
        kept.append(heading)
    return kept
