"""Names of files and folders as they may stand on the disk, from what a browser or a person gives."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from corpus.reading.document import READABLE_SUFFIXES, is_readable_suffix
from corpus.types import AvtalError

MOST_BYTES = 180
"""Of one name, in UTF-8; file systems take 255, and the index and the wastebasket add some of their own."""
MOST_DEPTH = 8
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?")
"""Names that a Windows computer cannot open, when the folder is shared with one."""
_UNUSABLE = re.compile(r'[<>:"|?*]')


def clean_name(given: str) -> str:
    """A file's name, without folders, of characters that every system takes, in NFC.

    Raises AvtalError for a name of which nothing is left, and for a format that is not read.
    """
    name = _clean(re.split(r"[/\\]", given)[-1])
    suffix = PurePosixPath(name).suffix
    if not is_readable_suffix(suffix) or not name.removesuffix(suffix).strip(" ."):
        raise AvtalError(
            f"filen {_shown(given)} kan inte tas emot: namnet ska sluta med {READABLE_SUFFIXES}; spara om filen och försök igen"
        )
    stem = name.removesuffix(suffix)
    while len((stem + suffix).encode()) > MOST_BYTES:
        stem = stem[:-1]
    return stem.rstrip(" .") + suffix.lower()


def clean_folder(given: str) -> str:
    """A folder below the agreements' own, with "/" between its parts; empty for that folder itself.

    Raises AvtalError for one that leads out of it, is hidden, or is too deep.
    """
    parts = [part for part in re.split(r"[/\\]", given.strip()) if part.strip()]
    cleaned = [_clean(part) for part in parts]
    bad = any(part.strip() in (".", "..") or part.strip().startswith(".") for part in parts)
    if (
        bad
        or "" in cleaned
        or len(cleaned) > MOST_DEPTH
        or any(len(part.encode()) > MOST_BYTES for part in cleaned)
    ):
        raise AvtalError(
            f"mappen {_shown(given)} kan inte användas; skriv ett vanligt namn, med / mellan mapp och undermapp"
        )
    return "/".join(cleaned)


def _clean(part: str) -> str:
    """One part of a path: composed, on one line, without what some system refuses; reserved names get a "_" first."""
    text = unicodedata.normalize("NFC", part)
    text = "".join(" " if unicodedata.category(letter) in ("Zs", "Zl", "Zp") else letter for letter in text)
    text = "".join(letter for letter in text if unicodedata.category(letter)[0] != "C")
    text = re.sub(r" +", " ", _UNUSABLE.sub("_", text)).strip(" .~$")
    return f"_{text}" if _RESERVED.fullmatch(text) else text


def _shown(given: str) -> str:
    """What was given, fit to stand in a sentence."""
    printable = "".join(letter for letter in given if letter.isprintable())
    return printable[:80] or "utan namn"
