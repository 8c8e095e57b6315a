"""Which lines of an agreement are headings: numbered ones, ones the format marks, and bare ones."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.lines import BULLET, Line
from corpus.types import Heading


class HeadingKind(StrEnum):
    """How a heading shows itself. The kind decides how deep it nests."""

    CHAPTER = "chapter"
    APPENDIX = "appendix"
    PARAGRAPH = "paragraph"
    DECIMAL = "decimal"
    MARKED = "marked"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """A heading found on a line. `number` is as written ("§ 4", "4.2"), `numbers` its parts, `level` the format's."""

    line: int
    kind: HeadingKind
    number: str
    numbers: tuple[int, ...]
    heading: str
    body: int
    level: int = 0


_MAX_HEADING = 100
_MAX_WORDS = 14
_PARAGRAPH = re.compile(r"(?:§\s*(?P<a>\d{1,3}(?:\.\d{1,3}){0,3})\s*[.:)]?|(?P<b>\d{1,3})\s*§)(?:\s+|$)")
_CHAPTER = re.compile(
    r"(?:(?P<word>kapitel|kap\.?|artikel|avsnitt|del)\s+(?P<a>\d{1,3}|[IVX]{1,5})\b|(?P<b>\d{1,3})\s*kap\.?)\s*[.:–—-]?(?:\s+|$)",
    re.I,
)
_APPENDIX = re.compile(r"(?:bilaga|appendix)(?:\s+(?P<a>\d{1,2}|[A-ZÅÄÖ]))?\b\s*[.:–—-]?(?:\s+|$)", re.I)
_DECIMAL = re.compile(r"(?P<a>\d{1,2}(?:\.\d{1,3}){1,3})\.?(?:\s+|$)")
_INTEGER = re.compile(r"(?P<a>\d{1,2})(?P<dot>[.)]?)(?:\s+|$)")
_REFERENCES = re.compile(r"\d{1,2}(?:\.\d{1,3})+")
_CONTENTS_ROW = re.compile(r"(?:\.{3,}|…{1,}|\t)\s*\d{1,3}\s*$|\s{4,}\d{1,3}$")
_REFERENCE_TAIL = re.compile(
    r"(?:,|;|samt\b|och\b|eller\b|i\b|enligt\b|ovan\b|nedan\b|ska\b|skall\b|–\s*\d|-\s*\d|[a-zåäö])"
)
_NOT_HEADING = re.compile(
    r"(?i)^(?:dnr|diarienummer|diarienr|ärende(?:nummer)?|datum|version|sida|telefon|e-post)\b|@|https?://|www\.|_{3,}|\.{4,}|\t|\s{3,}\S|\|"
)
_DATE_LIKE = re.compile(r"(?i)\d{4}-\d{2}-\d{2}|\d{1,2}\s+[a-z]+\s+\d{4}|[\d\s\-+/().:]+")
_LETTER = re.compile(r"[^\W\d_]")
_CLOSES_OTHERWISE = (".", ",", ";", ":", "!", "–", "-", "”:", "/")
_ROMAN = {"I": 1, "V": 5, "X": 10}


def headings_of(
    lines: list[Line], marked: tuple[Heading, ...], furniture: set[int], closing: set[int]
) -> list[HeadingLine]:
    """The headings among `lines`, in order.

    `furniture` and `closing` are positions that can hold no heading (page furniture; everything after the
    first line of a signature block). Bare headings are looked for only where the format marks none.
    """
    at_offset = {heading.start: heading for heading in marked}
    found: list[HeadingLine] = []
    last_integer = 0
    for i, line in enumerate(lines):
        if line.blank or i in furniture or i in closing:
            continue
        mark = at_offset.get(line.start) or at_offset.get(line.first)
        numbered = _numbered(lines, i, furniture, mark is not None, last_integer)
        if numbered is not None:
            if len(numbered.numbers) == 1 and numbered.kind is HeadingKind.DECIMAL:
                last_integer = numbered.numbers[0]
            found.append(replace(numbered, level=mark.level) if mark else numbered)
        elif mark is not None:
            words = line.words.strip("#").strip(" *_")
            found.append(HeadingLine(i, HeadingKind.MARKED, "", (), words, line.end, mark.level))
        elif not marked and is_bare_heading(lines, i, furniture):
            found.append(HeadingLine(i, HeadingKind.BARE, "", (), line.words, line.end))
    return found


def is_bare_heading(lines: list[Line], i: int, furniture: set[int]) -> bool:
    """True for a short line that stands alone, opens with a capital and does not end as a sentence does."""
    line = lines[i]
    words = line.words
    if i > 0 and not lines[i - 1].blank and (i - 1) not in furniture:
        return False
    below = i + 1 < len(lines) and not lines[i + 1].blank and (i + 1) not in furniture
    if below and (len(words) > 60 or not _opens_prose(lines[i + 1].words)):
        return False
    if not _looks_like_heading(words) or BULLET.match(words + " x") or _REFERENCES.match(words):
        return False
    following = next(
        (other for j, other in enumerate(lines[i + 1 :], i + 1) if not other.blank and j not in furniture),
        None,
    )
    return following is not None and not following.words.startswith("@")


def _opens_prose(words: str) -> bool:
    return len(words) > 60 and words[:1].isupper()


def _looks_like_heading(words: str) -> bool:
    if len(words) > _MAX_HEADING or len(words.split()) > _MAX_WORDS or words.endswith(_CLOSES_OTHERWISE):
        return False
    opening = words.lstrip("\"”’“'*_# ")
    if not opening or not (opening[0].isupper() or opening[0].isdigit()) or not _LETTER.search(words):
        return False
    return not (_NOT_HEADING.search(words) or _DATE_LIKE.fullmatch(words))


def _numbered(
    lines: list[Line], i: int, furniture: set[int], marked: bool, last_integer: int
) -> HeadingLine | None:
    line = lines[i]
    words = line.words.lstrip("#").lstrip(" *_") if marked else line.words
    shift = len(line.words) - len(words)
    if _CONTENTS_ROW.search(words):
        return None
    continues = _continues_sentence(lines, i, furniture)
    for kind, pattern in (
        (HeadingKind.PARAGRAPH, _PARAGRAPH),
        (HeadingKind.CHAPTER, _CHAPTER),
        (HeadingKind.APPENDIX, _APPENDIX),
        (HeadingKind.DECIMAL, _DECIMAL),
        (HeadingKind.DECIMAL, _INTEGER),
    ):
        match = pattern.match(words)
        if match is None:
            continue
        rest = words[match.end() :].strip(" *_")
        if _REFERENCE_TAIL.match(rest) or (continues and not marked):
            return None
        numbers = _numbers(match.groupdict())
        is_heading = marked or (_looks_like_heading(rest) and not _runs_on(lines, i, rest))
        if pattern is _INTEGER and not (is_heading and (marked or _follows(numbers, last_integer)) and rest):
            return None
        if kind in (HeadingKind.CHAPTER, HeadingKind.APPENDIX) and rest and not is_heading:
            return None
        number = (
            match.group(0).strip().rstrip(".:)–—-").strip() if kind is not HeadingKind.DECIMAL else match["a"]
        )
        body = line.end if is_heading or not rest else line.first + shift + match.end()
        return HeadingLine(i, kind, number, numbers, rest if is_heading else "", body)
    return None


def _follows(numbers: tuple[int, ...], last: int) -> bool:
    return bool(numbers) and (numbers[0] == 1 or last < numbers[0] <= last + 2)


def _runs_on(lines: list[Line], i: int, rest: str) -> bool:
    """True when the line's words go on, as a wrapped sentence does, on the next line."""
    if i + 1 >= len(lines) or lines[i + 1].blank:
        return False
    following = lines[i + 1].words
    return following[:1].islower() or len(rest) > 60


def _continues_sentence(lines: list[Line], i: int, furniture: set[int]) -> bool:
    """True when the line before runs on into this one, so that its number is a reference, not a heading."""
    if i == 0 or lines[i - 1].blank or (i - 1) in furniture:
        return False
    before = lines[i - 1].words
    return (before[-1:].isalnum() and len(before) > 40) or before.endswith((",", "§", "–", "-"))


def _numbers(groups: dict[str, str | None]) -> tuple[int, ...]:
    written = groups.get("a") or groups.get("b") or ""
    if written and all(letter in _ROMAN for letter in written):
        values = [_ROMAN[letter] for letter in written]
        return (sum(-v if i + 1 < len(values) and v < values[i + 1] else v for i, v in enumerate(values)),)
    return tuple(int(part) for part in written.split(".") if part.isdigit())
