"""Which agreement a written reference means: "avtal med dnr RP 2019-77" to the one that has this number."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.expressions import ExpressionKind, date_value, expressions_in
from corpus.types import Agreement, FactName

_NAMES_A_NUMBER = re.compile(r"(?i)\b(?:dnr|diarienummer|diarienr|ärendenummer|d\.nr)\b\.?:?")
_NOUN_BEFORE = re.compile(r"(?i)\b\w*(?:avtal|kontrakt)(?:et)?\s+(?:nr\.?\s+)?(?=\d)")
""" "Hyreskontrakt 30417-06": the number stands for itself."""
_LEAST_DIGITS = 4
"""A registry number of fewer digits may be any number."""
_LEAST_TITLE = 12
"""Characters of a title that is looked for in a reference; "Hyresavtal" alone means nobody's."""
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


@dataclass(frozen=True, slots=True)
class Meant:
    """The agreement that a reference means, and in Swedish what it was known by."""

    agreement: Agreement
    basis: str


def meant_by(reference: str, teller: Agreement, others: Sequence[Agreement]) -> Meant | None:
    """The one agreement among `others` that the reference in `teller` means; None where none or several fit.

    By registry number; by title; by the same parties and a date. A reference that gives a number that nobody has
    means an agreement that is not here.
    """
    numbered = _numbers_in(reference, others)
    if numbered:
        return _only(numbered, teller, "diarienumret står i båda avtalen")
    if _NAMES_A_NUMBER.search(reference):
        return None
    titled = [other for other in others if _titled(reference, other)]
    if titled:
        longest = max(len(_evened(other.title)) for other in titled)
        titled = [other for other in titled if len(_evened(other.title)) == longest]
        return _only(_narrowed(titled, reference), teller, "avtalets titel står i hänvisningen")
    same = [other for other in others if same_parties(teller, other)]
    dated = [other for other in same if _dated(reference, other)]
    return _only(dated, teller, "samma parter, och hänvisningens datum är avtalets")


def same_parties(one: Agreement, other: Agreement) -> bool:
    """True where the two have the same parties, two or more."""
    return len(one.parties) >= 2 and set(one.parties) == set(other.parties)


def starts(agreement: Agreement) -> tuple[str, ...]:
    """The dates that the agreement begins by: when it is valid from, else when it was signed; ISO, as exact as known."""
    known = (agreement.values(name) for name in (FactName.VALID_FROM, FactName.SIGNED))
    return next((dates for values in known if (dates := tuple(filter(None, values)))), ())


def _only(found: Sequence[Agreement], teller: Agreement, basis: str) -> Meant | None:
    """The single one; of several, as with an agreement and its supplements, the single one by the same parties."""
    for choose in _CHOICES:
        chosen = [other for other in found if choose(teller, other)]
        if len(chosen) == 1:
            return Meant(chosen[0], basis)
    return None


def _is_supplement(agreement: Agreement) -> bool:
    return agreement.kind == "tilläggsavtal" or bool(agreement.values(FactName.AMENDS))


_CHOICES: tuple[Callable[[Agreement, Agreement], bool], ...] = (
    lambda teller, other: other is not teller,
    same_parties,
    lambda teller, other: same_parties(teller, other) and not _is_supplement(other),
)


def _numbers_in(reference: str, others: Sequence[Agreement]) -> list[Agreement]:
    words = _number(_NOUN_BEFORE.sub("|", reference))
    return [
        other
        for other in others
        if any(
            sum(map(str.isdigit, number)) >= _LEAST_DIGITS
            and re.search(rf"(?<![0-9a-zåäö]){re.escape(_number(number))}(?![0-9])", words)
            for number in other.values(FactName.REGISTRY_NUMBER)
        )
    ]


def _number(written: str) -> str:
    """A registry number as it is compared: case, spaces and kinds of dashes evened out."""
    return re.sub(r"\s+", "", re.sub(r"[‐‑–—−]", "-", _NAMES_A_NUMBER.sub("|", written))).casefold()


def _evened(words: str) -> str:
    return re.sub(r"[\s”“\"']+", " ", words).strip().casefold()


def _titled(reference: str, other: Agreement) -> bool:
    title = _evened(other.title)
    return (
        len(title) >= _LEAST_TITLE
        and " " in title
        and re.search(rf"(?<!\w){re.escape(title)}(?!\w)", _evened(reference)) is not None
    )


def _narrowed(found: Sequence[Agreement], reference: str) -> list[Agreement]:
    """Those that the reference's date fits, where it has one and several share the title."""
    if len(found) < 2 or not _YEAR.search(reference):
        return list(found)
    return [other for other in found if _dated(reference, other)]


def _dated(reference: str, other: Agreement) -> bool:
    """True where a date in the reference is when the other was signed or begins; a year alone needs its kind named too."""
    own = {*other.values(FactName.SIGNED), *other.values(FactName.VALID_FROM)}
    for date in expressions_in(reference, 0, len(reference), ExpressionKind.DATE):
        wording = reference[date.start : date.end]
        value = date_value(wording)
        if value is None or _YEAR.fullmatch(wording.strip()):
            continue
        if value.isoformat() in own or (not re.search(r"\d\s", wording) and value.isoformat()[:7] in own):
            return True
    named = other.kind is not None and other.kind in reference.casefold()
    return named and any(value.startswith(year[0]) for year in _YEAR.finditer(reference) for value in own)
