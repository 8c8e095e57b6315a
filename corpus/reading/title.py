"""Titles that a file states about itself, where they are worth showing."""

from __future__ import annotations

import re

from corpus.reading.canonical import canonical, without_invisible

_LONGEST = 200
_FILE_NAME = re.compile(
    r"\.(docx?|dotx?|docm|pdf|rtf|odt|wpd|xlsx?|pptx?|indd|qxd|tmp|txt|html?|aspx?|php|ps|dvi|tex)\s*$"
    r"|[\\/]{1,2}\S+[\\/]|^file:|^https?:",
    re.IGNORECASE,
)
_PROGRAM = re.compile(r"^(microsoft|openoffice|libreoffice|adobe|acrobat)\b.*(-|–|word|excel)", re.IGNORECASE)
_EMPTY_WORDS = re.compile(
    r"^(untitled|namnlös\w*|namnlost|title|titel|rubrik|dokumenttitel|dokumentnamn|pdf|word|mall|blank|"
    r"(dokument|document|doc|presentation|bok|sida|page|skanning|scan\w*)[\s_-]*\d*|"
    r"powerpoint[- ]presentation|no job name|print|layout\s*\d*|index|home|hem|startsida)$",
    re.IGNORECASE,
)


def sane_title(stated: str | None) -> str | None:
    """The stated title on one line, or None where it is a file name, a program's default or no words."""
    title = " ".join(without_invisible(canonical(stated or "")).split())
    letters = sum(character.isalpha() for character in title)
    if letters < 4 or len(title) > _LONGEST or "\ufffd" in title:
        return None
    if _FILE_NAME.search(title) or _PROGRAM.search(title) or _EMPTY_WORDS.match(title):
        return None
    if " " not in title and ("_" in title or re.search(r"\d{4,}", title)):
        return None
    return title
