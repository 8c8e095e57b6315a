"""The note as Markdown (CommonMark)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from api.export.note import Entry, Note
from api.export.wording import CHECK, NO_ENTRIES, OCR, TITLE, about, facts, place

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
_LINE_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")


def as_markdown(note: Note) -> bytes:
    """UTF-8. Marks in the agreements' own text are escaped, so a quote is shown as it stands."""
    return ("\n".join(_lines(note)).rstrip() + "\n").encode("utf-8")


def _lines(note: Note) -> Iterator[str]:
    yield f"# {TITLE}"
    yield ""
    for name, value in facts(note):
        yield f"- **{name}:** {_plain(value)}"
    yield ""
    if not note.entries:
        yield NO_ENTRIES
        yield ""
    group = ""
    for entry in note.entries:
        if entry.group != group:
            group = entry.group
            yield f"## {group}"
            yield ""
        yield from _entry(entry)
    yield "---"
    yield ""
    yield CHECK


def _entry(entry: Entry) -> Iterator[str]:
    yield f"### {_plain(entry.title)}"
    yield ""
    for name, value in about(entry):
        yield f"- {name}: {_plain(value)}"
    yield ""
    for quote in entry.quotes:
        lines = quote.text.splitlines()
        yield from (f"> {_plain(line)}{'  ' if line != lines[-1] else ''}".rstrip("\n") for line in lines)
        yield ""
        yield f"{_plain(place(quote))}. [Läs i avtalet](<{quote.url}>). Textens SHA-256: `{quote.text_sha256}`"
        yield ""
        if quote.ocr:
            yield OCR
            yield ""


def _plain(text: str) -> str:
    """The text with every mark that Markdown reads escaped, on one line."""
    escaped = _MARKS.sub(r"\\\1", " ".join(text.splitlines()))
    return _LINE_START.sub(lambda found: f"{found[1]}{_escaped_start(found[2])}", escaped)


def _escaped_start(mark: str) -> str:
    """A list mark escaped: before a sign, after a number ("1\\.")."""
    return f"{mark}\\" if mark.isdigit() else f"\\{mark}"
