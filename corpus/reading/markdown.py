"""Markdown: the text as written, with its headings marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.reading.extract import Extract
from corpus.reading.text import read_text
from corpus.reading.title import sane_title
from corpus.types import Heading, Span

_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_NO_PARAGRAPH = re.compile(r"\s*$| {0,3}(?:[-*+>|]|\d+[.)]\s|#{1,6}\s)|\t| {4}")
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
    found = re.match(r"---[ \t]*\n(?:[\w-]+:.*\n|[ \t#-].*\n|\n)*?(?:---|\.\.\.)[ \t]*(?:\n|$)", text)
    return Span(0, found.end()) if found else None


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
        elif (atx := _ATX.match(line)) and atx[2]:
            yield Heading(at, at + len(line), len(atx[1]))
        elif paragraph == 1 and (under := _UNDERLINE.match(line)):
            # One line only: under a longer paragraph, --- is more often meant as a rule than as a heading.
            yield Heading(at - 1 - len(before), at - 1, 1 if under[1][0] == "=" else 2)
        else:
            running = not _NO_PARAGRAPH.match(line)
        paragraph = paragraph + 1 if running else 0
        before = line
        at += len(line) + 1
