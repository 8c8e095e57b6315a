"""Numbered lines that only look like headings: items of a list, rows of a contents page, stray decimals."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from corpus.heading_numbers import HeadingKind
from corpus.heading_words import HeadingLine
from corpus.lines import Line

# So many siblings right below each other are a list. A paragraph or a chapter may be empty ("§ 7 Utgår").
_A_LIST = {HeadingKind.DECIMAL: 2, HeadingKind.APPENDIX: 2}
_ELSE_A_LIST = 3
_MOST_AGREE = 0.7
_MOST_LEFT_OUT = 2


def without_lists(
    lines: list[Line], furniture: set[int], headings: Sequence[HeadingLine]
) -> list[HeadingLine]:
    """The headings without those that list something or count something else. Marked ones all stay."""
    kept = _without_runs(lines, furniture, headings)
    return _counting(_in_their_section(kept))


def _without_runs(
    lines: list[Line], furniture: set[int], headings: Sequence[HeadingLine]
) -> list[HeadingLine]:
    run: list[HeadingLine] = []
    kept: list[HeadingLine] = []
    for heading in headings:
        if run and not _next_in_list(lines, furniture, run[-1], heading):
            kept += _unless_list(run)
            run = []
        run.append(heading)
    kept += _unless_list(run)
    if kept and kept[-1].kind is HeadingKind.APPENDIX and not kept[-1].level:
        last = kept[-1]
        if not any(line.words for line in lines[last.last_line + 1 :]) and last.heading:
            kept.pop()
    return _not_announced(lines, furniture, kept)


def _not_announced(
    lines: list[Line], furniture: set[int], headings: Sequence[HeadingLine]
) -> list[HeadingLine]:
    """The headings without those that have no text below them and come again later: contents, lists of appendices."""
    places = {(h.kind, h.numbers, h.heading.casefold()): h.line for h in headings}
    return [
        h
        for h, below in zip_longest(headings, headings[1:])
        if h.level
        or below is None
        or places[h.kind, h.numbers, h.heading.casefold()] == h.line
        or not _adjacent(lines, furniture, h, below)
    ]


def _adjacent(lines: list[Line], furniture: set[int], above: HeadingLine, below: HeadingLine) -> bool:
    """True where nothing but white space and furniture stands between the two."""
    between = range(above.last_line + 1, below.line)
    return above.body == lines[above.last_line].end and all(lines[j].blank or j in furniture for j in between)


def _next_in_list(lines: list[Line], furniture: set[int], above: HeadingLine, below: HeadingLine) -> bool:
    """True where both could be items of one list with nothing between them."""
    alike = (above.kind, len(above.numbers)) == (below.kind, len(below.numbers))
    return (
        alike and above.numbers < below.numbers and not above.level and not below.level and bool(above.heading)
        and _adjacent(lines, furniture, above, below)
    )  # fmt: skip


def _unless_list(run: list[HeadingLine]) -> list[HeadingLine]:
    return [] if run and len(run) >= _A_LIST.get(run[0].kind, _ELSE_A_LIST) else run


def _in_their_section(headings: list[HeadingLine]) -> list[HeadingLine]:
    """Without decimals that stand under another number ("3.1" under § 5), where most stand under their own."""
    top: int | None = None
    fits: dict[int, bool] = {}
    for heading in headings:
        if heading.kind in (HeadingKind.PARAGRAPH, HeadingKind.CHAPTER) or (
            heading.kind is HeadingKind.DECIMAL and len(heading.numbers) == 1
        ):
            top = heading.numbers[0] if heading.numbers else None
        elif heading.kind is HeadingKind.APPENDIX:
            top = None
        elif heading.kind is HeadingKind.DECIMAL and top is not None:
            fits[heading.line] = heading.numbers[0] == top
    if sum(fits.values()) < _MOST_AGREE * len(fits):
        return headings
    return [heading for heading in headings if heading.level or fits.get(heading.line, True)]


def _counting(headings: list[HeadingLine]) -> list[HeadingLine]:
    """Without integers that neither begin a count nor go on with one that is open.

    A count that begins anew inside another (under a chapter, in a list) leaves the other one open.
    """
    marked = {heading.numbers for heading in headings if heading.level and _is_integer(heading)}
    counts: list[int] = []
    kept: list[HeadingLine] = []
    for heading in headings:
        if _is_integer(heading):
            number = heading.numbers[0]
            open_counts = [at for at, last in enumerate(counts) if last < number <= last + _MOST_LEFT_OUT]
            if open_counts:
                counts[open_counts[-1] :] = [number]
            elif number == 1 or heading.level:
                counts.append(number)
            else:
                continue
            if len(marked) >= _ELSE_A_LIST and not heading.level:
                continue
        kept.append(heading)
    return kept


def _is_integer(heading: HeadingLine) -> bool:
    return heading.kind is HeadingKind.DECIMAL and len(heading.numbers) == 1
