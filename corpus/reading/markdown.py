"""Markdown: the text as written, with its headings marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.reading.extract import Extract
from corpus.reading.text import read_text
from corpus.reading.title import sane_title
from corpus.types import Heading, Span

_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_NO_PARAGRAPH = re.compile(r"\s*$| {0,3}(?:[-*+>|]|\d+[.)]\s|#{1,6}\s)|\t| {4}")
_LONGEST_FRONT = 10_000
_FRONT_LINE = re.compile(r"[\w-]+:|[ \t#-]|$")
_FRONT_TITLE = re.compile(
    r"^title:[ \t]*(?P<quote>[\"']?)(.+?)(?P=quote)[ \t]*$", re.MULTILINE | re.IGNORECASE
)


def read_markdown(data: bytes) -> Extract:
    """The file's text exactly as written, its ATX and setext headings, and a title from front matter."""
    extract = read_text(data)
    front = _front_matter(extract.text)
    stated = _FRONT_TITLE.search(extract.text, front.start, front.end) if front else None
    return replace(
        extract,
        headings=tuple(_headings(extract.text, front.end if front else 0)),
        furniture=(front,) if front else (),
        title=sane_title(stated[2]) if stated else None,
    )


def _front_matter(text: str) -> Span | None:
    """The span of a leading `---` block of metadata, or None."""
    lines = text[:_LONGEST_FRONT].split("\n")
    if lines[0].rstrip() != "---":
        return None
    end = len(lines[0]) + 1
    for line in lines[1:]:
        end += len(line) + 1
        if line.rstrip() in ("---", "..."):
            return Span(0, min(end, len(text)))
        if not _FRONT_LINE.match(line):
            return None
    return None


def _atx(line: str) -> int:
    """The level 1..6 of a # heading with words in it, or 0."""
    marks = line.lstrip(" ")
    words = marks.lstrip("#")
    level = len(marks) - len(words)
    indent = len(line) - len(marks)
    return level if indent <= 3 and level <= 6 and words[:1] in (" ", "\t") and words.strip(" \t#") else 0


def _headings(text: str, start: int) -> Iterator[Heading]:
    fence = ""
    paragraph = 0  # lines of running text just above
    before = ""
    at = start
    for line in text[start:].split("\n"):
        fenced = _FENCE.match(line)
        running = False
        if fence:
            if fenced and fenced[1].startswith(fence) and not line.strip(" \t`~"):
                fence = ""
        elif fenced:
            fence = fenced[1]
        elif level := _atx(line):
            yield Heading(at, at + len(line), level)
        elif paragraph == 1 and (under := _UNDERLINE.match(line)):
            # One line only: under a longer paragraph, --- is more often meant as a rule than as a heading.
            yield Heading(at - 1 - len(before), at - 1, 1 if under[1][0] == "=" else 2)
        else:
            running = not _NO_PARAGRAPH.match(line)
        paragraph = paragraph + 1 if running else 0
        before = line
        at += len(line) + 1
