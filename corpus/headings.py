"""Which lines of an agreement are headings: numbered ones, ones the format marks, and bare ones."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.heading_front import title_in_front, title_line, titles, without_letterhead
from corpus.heading_numbers import HeadingKind as HeadingKind
from corpus.heading_numbers import Opening, opening_of
from corpus.heading_page import LONG_LINE, WRAPPED, Page, continues_sentence, goes_on_as_list, runs_on
from corpus.heading_runs import without_lists
from corpus.heading_title import title_at
from corpus.heading_words import (
    HeadingLine,
    heads_prose,
    is_contents_row,
    looks_like_heading,
    names_a_party,
    opens_list,
    run_in_heading,
    stands_by_name,
    states_a_fact,
)
from corpus.lines import BULLET, Line
from corpus.types import Heading

_REFERENCE_TAIL = re.compile(
    r"(?:,|;|samt\b|och\b|eller\b|i\b|enligt\b|ovan\b|nedan\b|ska\b|skall\b|–\s*\d|-\s*\d|[a-zåäö])"
)
_DECIMAL = re.compile(r"\d{1,2}(?:\.\d{1,3})+")
_CLAUSE_OPENS = re.compile(r"[\"”’“'(§]?[A-ZÅÄÖÉÜ]")
_CELLS = re.compile(r"\||\t|\s{3,}\S")
_PAGE_NUMBER = re.compile(r"\s+\d{1,3}$")
_SUBJECT_AND_VERB = re.compile(r"(?i)(?!så\b|vad\b|hur\b|vem\b|när\b|det\b)\w+ (?:ska|skall|får|bör|avser)\b")
"""A sentence that something below goes on with: "Parterna ska särskilt"."""
_FEW_MARKS = 1
"""A format that marks one line only marks the title: the other headings are looked for in the words."""
_MOST = 0.6
"""Where this share of the bold lines head running text, bold is how the agreement writes its headings."""
_WORDS_OF_A_SENTENCE = 4
_A_STYLE = 3
"""This many headings of one look are how the agreement writes its headings; a bare line is then seldom one."""


def headings_of(
    lines: list[Line], marked: tuple[Heading, ...], furniture: set[int], closing: set[int],
    guessed: bool = False,
) -> list[HeadingLine]:  # fmt: skip
    """The headings among `lines`, in order. `guessed`: the marks are told from the looks of the lines.

    `furniture` are positions that hold no heading. In `closing` (below the start of a signature block)
    a bare line is one only above running text. Where the format marks headings, only the bare lines that
    stand by their name ("Underskrifter"), or are bold and head running text, are added to them. A line in the
    front that names the agreement is its title; what stands above it is a letterhead.
    """
    shown = frozenset(heading.start for heading in marked)
    page = Page(lines, furniture, closing, shown)
    bold = {heading.start for heading in marked if not heading.level}
    marked = tuple(heading for heading in marked if heading.level)
    numbered = without_lists(lines, furniture, _numbered_and_marked(page, marked))
    if guessed:
        numbered = [heading for heading in numbered if not _only_looks(page, heading)]
    numbered = _without_stray_run_ins(page, numbered)
    if not numbered or numbered[0].line != page.beside(-1, 1):
        title = title_at(page.lines, page.beside(-1, 1), furniture)
        numbered = [title, *numbered] if title and not marked else numbered
    top = title_in_front(page, numbered)
    taken = {at for heading in numbered for at in range(heading.line, heading.last_line + 1)}
    if top is not None and top not in taken:
        numbered = sorted([*numbered, title_line(page, top)], key=lambda heading: heading.line)
        taken.add(top)
    bare = [
        _bare(page, i) for i in range(len(lines)) if i not in taken and is_bare_heading(lines, i, furniture)
    ]
    in_bold = _in_bold(page, bare, bold)
    if _marks_sections(numbered, marked, bare):
        believed = [heading for heading in bare if stands_by_name(heading.heading)]
    else:
        believed = _believed(page, bare, numbered)
    believed = list({heading.line: heading for heading in [*in_bold, *believed]}.values())
    return without_letterhead(page, sorted([*numbered, *believed], key=lambda heading: heading.line), top)


def _only_looks(page: Page, heading: HeadingLine) -> bool:
    """True for what only its looks make a heading: a name among the signatures, a party's role or address."""
    if heading.kind is not HeadingKind.MARKED or stands_by_name(heading.heading):
        return False
    if heads_prose(page.lines, heading):
        return False
    names = names_a_party(page.lines, heading.line, heading.last_line) or states_a_fact(heading.heading)
    return heading.line in page.closing or (names and not titles(heading.heading))


def _without_stray_run_ins(page: Page, headings: list[HeadingLine]) -> list[HeadingLine]:
    """The headings, those on the line of their own text only where the agreement writes several so."""
    run_in = {heading.line for heading in headings if _is_run_in(page, heading)}
    if len(run_in) >= _A_STYLE:
        return headings
    return [
        heading
        for heading in headings
        if heading.line not in run_in or heading.kind is not HeadingKind.DECIMAL
    ]


def _is_run_in(page: Page, heading: HeadingLine) -> bool:
    return bool(heading.heading) and heading.body < page.lines[heading.last_line].end


def _in_bold(page: Page, bare: list[HeadingLine], bold: set[int]) -> list[HeadingLine]:
    """The bare lines that are bold and head running text; all that are bold, where most of them do."""
    own = [
        replace(heading, kind=HeadingKind.BARE)
        for heading in bare
        if page.lines[heading.line].start in bold and heading.line not in page.closing
    ]
    heading_prose = [heading for heading in own if heads_prose(page.lines, heading)]
    styled = len(heading_prose) >= _A_STYLE and len(heading_prose) >= _MOST * len(own)
    return own if styled else heading_prose


def _marks_sections(
    numbered: list[HeadingLine], marked: tuple[Heading, ...], bare: list[HeadingLine]
) -> bool:
    """True where the format marks the agreement's sections, not just its title, contents and appendices.

    A few marked lines do not count beside more lines in capitals: those are then how it writes its headings.
    """
    if len(marked) <= _FEW_MARKS:
        return False
    shown = [
        heading
        for heading in numbered[1:]
        if heading.level and heading.kind is not HeadingKind.APPENDIX and not stands_by_name(heading.heading)
    ]
    capitals = sum(heading.kind is HeadingKind.CAPITALS for heading in bare)
    return bool(shown) and not (capitals >= _A_STYLE and len(shown) < capitals)


def _numbered_and_marked(page: Page, marked: tuple[Heading, ...]) -> list[HeadingLine]:
    at_offset = {heading.start: heading for heading in marked}
    found: list[HeadingLine] = []
    for i, line in enumerate(page.lines):
        if line.blank or i in page.furniture or (found and i <= found[-1].last_line):
            continue
        mark = at_offset.get(line.start) or at_offset.get(line.first)
        if is_contents_row(line.words):
            continue
        numbered = _numbered(page, i, mark, found)
        if numbered is not None:
            found.append(numbered)
        elif mark is not None:
            words, last = _marked_words(page, i, mark)
            found.append(
                HeadingLine(i, HeadingKind.MARKED, "", (), words, page.lines[last].end, mark.level, last)
            )
    return found


def _marked_words(page: Page, i: int, mark: Heading) -> tuple[str, int]:
    """The words of a marked heading, which may take several lines, and its last line."""
    last = i
    while last + 1 < len(page.lines) and page.lines[last + 1].start < mark.end:
        last += 1
    words = " ".join(line.words for line in page.lines[i : last + 1] if line.words)
    return words.strip("#").strip(" *_"), last


def _numbered(page: Page, i: int, mark: Heading | None, found: list[HeadingLine]) -> HeadingLine | None:
    line = page.lines[i]
    last = i
    words = line.words
    if mark is not None:
        words, last = _marked_words(page, i, mark)
    opening = opening_of(words)
    if opening is None:
        return None
    rest = words[opening.after :].strip(" *_")
    if _REFERENCE_TAIL.match(rest) or (mark is None and continues_sentence(page, i, opening, found)):
        return None
    if not rest and (below := _words_below(page, last, opening)) is not None:
        rest, last = page.lines[below].words, below
    own_text = run_in_heading(rest) if mark is None and len(opening.numbers) == 1 else ""
    heads = mark is not None or (
        looks_like_heading(rest) and not runs_on(page, last, rest) and not goes_on_as_list(page, last, rest)
    )
    if own_text:
        body = line.first + opening.after + line.words[opening.after :].index(own_text) + len(own_text) + 1
        return HeadingLine(i, opening.kind, opening.number, opening.numbers, own_text, body, 0, last)
    if mark is None and rest and not _may_open(opening, rest, heads):
        return None
    if opening.integer and not rest:
        return None
    body = page.lines[last].end if heads or not rest else line.first + opening.after
    return HeadingLine(
        i, opening.kind, opening.number, opening.numbers, rest if heads else "", body,
        mark.level if mark else 0, last,
    )  # fmt: skip


def _may_open(opening: Opening, rest: str, heads: bool) -> bool:
    """True where words after an unmarked number can be a heading, or the clause that the number opens."""
    if opening.kind in (HeadingKind.CHAPTER, HeadingKind.APPENDIX) or opening.integer:
        return heads and (not opening.integer or bool(_CLAUSE_OPENS.match(rest)))
    return bool(_CLAUSE_OPENS.match(rest)) and not _CELLS.search(rest)


def _words_below(page: Page, i: int, opening: Opening) -> int | None:
    """The line with the words of a heading whose number stands alone above them, or None.

    A whole number alone may be anything: its words must be in capitals or bold.
    """
    below = page.beside(i, 1)
    if below is None or (_DECIMAL.match(opening.number) and not opening.integer):
        return None
    if opening.integer and not (page.lines[below].words.isupper() or page.lines[below].start in page.shown):
        return None
    if below is None or below > i + 2 or _counts(page.lines[below].words):
        return None
    words = page.lines[below].words
    alone = below + 1 >= len(page.lines) or page.lines[below + 1].blank or below == i + 1
    fits = looks_like_heading(words) and not BULLET.match(words + " x") and not runs_on(page, below, words)
    return below if alone and fits and page.beside(below, 1) is not None else None


def _counts(words: str) -> bool:
    """True for words that begin with a number of their own, as a heading or a reference ("4.3, 4.4") does."""
    return opening_of(words) is not None or _DECIMAL.match(words) is not None


def is_bare_heading(lines: list[Line], i: int, furniture: set[int]) -> bool:
    """True for a short line that stands alone, opens with a capital and does not end as a sentence does."""
    line = lines[i]
    words = line.words
    if line.blank or i in furniture or (i > 0 and not lines[i - 1].blank and (i - 1) not in furniture):
        return False
    below = i + 1 < len(lines) and not lines[i + 1].blank and (i + 1) not in furniture
    if below and not stands_by_name(words) and (len(words) > WRAPPED or not _opens_prose(lines[i + 1].words)):
        return False
    if not looks_like_heading(words) or states_a_fact(words) or BULLET.match(words + " x") or _counts(words):
        return False
    places = range(i + 1, len(lines))
    following = next((lines[j] for j in places if not lines[j].blank and j not in furniture), None)
    if following is None or following.words.startswith("@"):
        return False
    if names_a_party(lines, i, i) or opens_list(words, following.words) or _SUBJECT_AND_VERB.match(words):
        return False
    return not (len(words) > LONG_LINE and following.words[:1].islower())


def _opens_prose(words: str) -> bool:
    """True for running text that begins right below: a long line, or a short sentence that is whole."""
    whole = words.endswith(".") and len(words.split()) >= _WORDS_OF_A_SENTENCE
    return words[:1].isupper() and (len(words) > WRAPPED or whole)


def _bare(page: Page, i: int) -> HeadingLine:
    words = page.lines[i].words
    kind = HeadingKind.CAPITALS if words.isupper() else HeadingKind.BARE
    return HeadingLine(i, kind, "", (), words, page.lines[i].end, 0, i)


def _believed(page: Page, bare: list[HeadingLine], numbered: list[HeadingLine]) -> list[HeadingLine]:
    """The bare lines that head something, given how the agreement writes its other headings."""
    capitals = [heading for heading in bare if heading.kind is HeadingKind.CAPITALS]
    styled = sum(bool(h.heading) and h.kind is not HeadingKind.APPENDIX for h in numbered) >= _A_STYLE
    in_capitals = len(capitals) >= _A_STYLE and not styled
    first = page.beside(-1, 1)
    believed = []
    named = {heading.heading.casefold() for heading in bare}
    for heading in bare:
        if (row := _PAGE_NUMBER.sub("", heading.heading)) != heading.heading and row.casefold() in named:
            continue
        strong = in_capitals and heading.kind is HeadingKind.CAPITALS
        free = not (styled or in_capitals or heading.line in page.closing) or strong
        if (
            heading.line == first
            or stands_by_name(heading.heading)
            or free
            or heads_prose(page.lines, heading)
        ):
            believed.append(heading if strong else replace(heading, kind=HeadingKind.BARE))
    return believed
