"""A stretch of canonical text as paragraphs and lists of runs, ready to be escaped into a page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from api.rendering.lines import Block, blocks_of, lead_of, unshown
from api.rendering.marks import Mark


class RunKind(StrEnum):
    """What a run is, besides marked text (whose kind is the mark's own)."""

    TEXT = "text"
    BREAK = "break"
    PAGE = "page"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph: text, a line break, the beginning of a page, or the sign that something is left out.

    `kind` is a RunKind or a MarkKind. `first`: the first run of its kind in what was rendered (links point there).
    """

    kind: str
    text: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """The words to set in at an offset: where a page begins."""

    at: int
    words: str


@dataclass(frozen=True, slots=True)
class Group:
    """Paragraphs, or the items of one list."""

    is_list: bool
    paragraphs: tuple[tuple[Run, ...], ...]


def flow(
    text: str, start: int, end: int, marks: Sequence[Mark] = (), points: Sequence[Point] = ()
) -> tuple[Group, ...]:
    """text[start:end] as groups. Lines wrapped by the source flow together; other breaks are kept.

    `marks` are disjoint; `points` inside the range are set in where they stand, or before the next line.
    """
    groups: list[tuple[bool, list[tuple[Run, ...]]]] = []
    reached = start
    for block in blocks_of(text, start, end):
        runs = merged(_runs_of(text, block, marks, points, reached))
        reached = block.lines[-1].end
        if groups and groups[-1][0] == block.item:
            groups[-1][1].append(runs)
        else:
            groups.append((block.item, [runs]))
    left = tuple(Run(RunKind.PAGE, point.words) for point in points if reached <= point.at < end)
    if left:
        groups.append((False, [left]))
    return tuple(Group(is_list, tuple(paragraphs)) for is_list, paragraphs in groups)


def inline(text: str, start: int, end: int, marks: Sequence[Mark] = ()) -> tuple[Run, ...]:
    """text[start:end] as one line of runs."""
    return merged(_line(text, start + lead_of(text[start:end]), end, marks, ()))


def flowed(text: str) -> str:
    """The text with one flowing line a paragraph, for the clipboard."""
    paragraphs: list[str] = []
    for group in flow(text, 0, len(text)):
        for runs in group.paragraphs:
            words = "".join("\n" if run.kind == RunKind.BREAK else run.text for run in runs)
            paragraphs.append(("• " if group.is_list else "") + words)
    return "\n".join(paragraphs)


def merged(runs: Iterator[Run]) -> tuple[Run, ...]:
    """The runs with neighbours of the same kind joined, so that a mark is one mark across a wrapped line."""
    kept: list[Run] = []
    for run in runs:
        if kept and kept[-1].kind == run.kind and run.kind not in (RunKind.BREAK, RunKind.PAGE, RunKind.CUT):
            kept[-1] = Run(run.kind, kept[-1].text + run.text)
        else:
            kept.append(run)
    return tuple(kept)


def _runs_of(
    text: str, block: Block, marks: Sequence[Mark], points: Sequence[Point], reached: int
) -> Iterator[Run]:
    before = reached
    for number, line in enumerate(block.lines):
        if number and line.flows:
            across = [mark for mark in marks if mark.start < before and mark.end > line.start]
            yield Run(across[0].kind if across else RunKind.TEXT, " ")
        elif number:
            yield Run(RunKind.BREAK)
        yield from (Run(RunKind.PAGE, point.words) for point in points if before <= point.at < line.start)
        yield from _line(text, line.start, line.end, marks, points)
        before = line.end


def _line(text: str, start: int, end: int, marks: Sequence[Mark], points: Sequence[Point]) -> Iterator[Run]:
    """text[start:end] cut where marks and points begin and end, without the signs that are not shown."""
    hidden = unshown(text, start, end)
    inside = [point for point in points if start <= point.at < end]
    edges = {start, end, *(point.at for point in inside)}
    for span in (*((mark.start, mark.end) for mark in marks), *hidden):
        edges.update(at for at in span if start < at < end)
    cuts = sorted(edges)
    for here, there in pairwise(cuts):
        yield from (Run(RunKind.PAGE, point.words) for point in inside if point.at == here)
        if any(first <= here < last for first, last in hidden):
            continue
        kind = next((mark.kind.value for mark in marks if mark.start <= here < mark.end), RunKind.TEXT.value)
        yield Run(kind, text[here:there])


def window(text: str, marks: Sequence[Mark], limit: int) -> tuple[int, int]:
    """About `limit` characters around the first mark, cut at spaces; all of a text that is not much longer."""
    if len(text) <= limit * 1.25:
        return 0, len(text)
    first = marks[0].start if marks else 0
    start = max(0, min(first - limit // 3, len(text) - limit))
    end = min(len(text), start + limit)
    if start > 0:
        start = min(first, text.find(" ", start) + 1 or start)
    if end < len(text):
        end = max(text.rfind(" ", 0, end + 1), start + 1)
    return start, end


def first_words(text: str, count: int) -> str:
    """The first `count` words on one line, with an ellipsis where there are more."""
    words = re.split(r"\s+", unicodedata.normalize("NFC", text).strip())
    return " ".join(words[:count]) + (" …" if len(words) > count else "")
