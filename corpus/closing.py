"""Where an agreement is signed: the lines from a signature block's first on."""

from __future__ import annotations

import re

from corpus.lines import Line

SIGNATURES = re.compile(
    r"(?i)\W*(?:undertecknande[nt]?|underskrift(?:er)?|signatur(?:er)?|namnteckning(?:ar)?|parternas underskrifter|undertecknat? den .{4,40}|undertecknad den .{4,40})\W*$"
)
"""A heading of signatures."""
PLACE_AND_DATE = re.compile(
    r"[A-ZÅÄÖ][\wåäö]+(?: [\wåäö]+){0,2},? (?:den )?\d{1,2} (?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december) \d{4}"
)
"""The line above the signatures: "Hittepå den 12 december 2023"."""
_SIGNATURE_ROW = re.compile(r"_{5,}|^Datum\b.*\bDatum\b|^Ort och datum\b", re.I)
_DOTS = "." * 12
_APPENDIX = re.compile(r"(?:Bilaga|BILAGA|Appendix|APPENDIX)\b")
_LONGEST_HEADING = 60
# A letter's head or a contents page stands before this share of the lines; a long appendix moves
# the signatures forward, but not there.
_EARLIEST = 0.1


def closing_lines(lines: list[Line]) -> set[int]:
    """Positions in signature blocks, each up to the next appendix: names and dates there are no headings."""
    found: set[int] = set()
    start = max(1, int(len(lines) * _EARLIEST))
    while start < len(lines):
        opens = next((i for i in range(start, len(lines)) if _opens(lines[i].words)), None)
        if opens is None:
            break
        end = next((i for i in range(opens + 1, len(lines)) if _APPENDIX.match(lines[i].words)), len(lines))
        first = opens if PLACE_AND_DATE.fullmatch(lines[opens].words) else opens + 1
        found.update(range(first, end))
        start = end + 1
    return found


def _opens(words: str) -> bool:
    if not words:
        return False
    heads = len(words) <= _LONGEST_HEADING and bool(SIGNATURES.match(words))
    if heads or words.endswith(_DOTS):
        return True
    return bool(PLACE_AND_DATE.fullmatch(words) or _SIGNATURE_ROW.search(words))
