"""Where an agreement is signed: the lines from a signature block's first on."""

from __future__ import annotations

import re

from corpus.heading_words import is_contents_row
from corpus.lines import Line

SIGNATURES = re.compile(
    r"(?i)\W*(?:undertecknande[nt]?|underskrift(?:er)?|signatur(?:er)?|namnteckning(?:ar)?|parternas underskrifter|undertecknat? den .{4,40}|undertecknad den .{4,40})\W*$"
)
"""A heading of signatures."""
PLACE_AND_DATE = re.compile(
    r"[A-ZÅÄÖ][\wåäö]+(?: [\wåäö]+){0,2},? (?:den )?\d{1,2} (?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december) \d{4}"
)
"""The line above the signatures: "Hittepå den 12 december 2023"."""
_TOWN = r"[A-ZÅÄÖ][\wåäö-]+(?:,? (?:och |samt )?[A-ZÅÄÖ][\wåäö-]+){0,3}"
_LABEL = r"(?:(?:Ort\s*(?:och|/|,)\s*datum|Ort|Datum)\s*:?\s*)"
_DAY = (
    r"(?:(?:den\s+|d\.\s*)?(?:\d{1,2}(?::[ae])?\s+[a-zå]+\.?\s+\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}[ -]\d{4})"
    r"|i\s+[a-zå]+\s+\d{4})"
)
# Possessive: a run of spaces is read in one way only. Shared out among three repetitions it took minutes.
_BLANK = r"\s(?:\s*+den\s*+)?[_.…\s/-]{3,}+(?:20\d{2}|20\s?[_.…]++)?"
_COLUMN = rf"(?:{_LABEL}?{_TOWN},?(?:\s++{_DAY}|{_BLANK})|{_LABEL}{_DAY})"
_BETWEEN = r"(?:\s*+\|\s*+|\s++|(?<=\s))"
SIGNING_LINE = re.compile(rf"{_COLUMN}(?:{_BETWEEN}{_COLUMN})*[\s|.]*+")
"""A line of nothing but places and days, one for each who signs, those not yet filled in too."""
SIGNING_LABEL = re.compile(
    rf"(?i:Ort\s*(?:och|/|,)\s*datum)\s*:\s*{_TOWN},?\s+{_DAY}|^(?:Done|Signed)\s+(?:in|at|on)\s+[^\n|]{{3,60}}$"
)
"""A place and a day with their label, in a form's row; as English has them."""
SIGNER = re.compile(
    r"(?i)(?:\w*(?:chef|direktör|ordförande|rektor|prefekt|samordnare|ledare|firmatecknare|föreståndare|ombud|mayor|director|chancellor)|\bvd)(?:en|er|erna)?\b"
)
"""Who signs, by office."""
SIGNED_BY = re.compile(rf"{_TOWN},?\s+{_DAY},\s+[a-zåäö][^.|]{{3,90}}")
"""A place and a day with those who signed: "Viken 2024-01-22, hamnchefen och klubbens ordförande"."""
_TOWN_AND_DAY = re.compile(rf"{_TOWN},?\s+{_DAY}")
_SIGNATURE_ROW = re.compile(r"_{5,}|…{4,}|^Datum\b.*\bDatum\b|^Ort och datum\b", re.I)
_DOTS = "." * 12
_APPENDIX = re.compile(r"(?:Bilaga|BILAGA|Appendix|APPENDIX)\b")
_LONGEST_HEADING = 60
_LONGEST_ROW = 300
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
        first = opens if _places_and_days(lines[opens].words) else opens + 1
        found.update(range(first, end))
        start = end + 1
    return found


def _opens(words: str) -> bool:
    if not words:
        return False
    heads = len(words) <= _LONGEST_HEADING and bool(SIGNATURES.match(words))
    if heads or words.endswith(_DOTS):
        return True
    row = _SIGNATURE_ROW.search(words) is not None and not is_contents_row(words)
    return row or _places_and_days(words)


def _places_and_days(words: str) -> bool:
    """True for a line of nothing but places and days: "Umeå 2020-08-17 | Luleå den 2 maj 2020"."""
    if PLACE_AND_DATE.fullmatch(words):
        return True
    signed = len(words) <= _LONGEST_ROW and SIGNING_LINE.fullmatch(words)
    return bool(signed) and _TOWN_AND_DAY.search(words) is not None
