"""What an amount is paid for and by what it is counted: a rent is no damages, nor a price per hour one of the whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from corpus.types import Span
from retriever.short_texts import QUESTIONS
from retriever.tables import Table

ABOVE = 200
"""Characters before a sentence in which its heading or the sentence before may say what it is about."""
LEAST_PART = 4
"""Letters at the end of two compounds that may be the same word: läkarstudent, student."""
_SORTS: Mapping[str, re.Pattern[str]] = {
    "pay": re.compile(r"(?i)\b\w*(?:lön(?:en|er|erna)?|löne\w*|arvode\w*|tjäna[rd]?e?)\b"),
    "rent": re.compile(r"(?i)\b\w*(?:hyra|hyran|hyres\w*|hyror\w*|arrende\w*)\b"),
    "fine": re.compile(r"(?i)\b(?:vite\w*|straff\w*|böter|sanktion\w*|avdrag\w*)\b"),
    "damages": re.compile(
        r"(?i)\b(?:skadestånd\w*|(?:ansvar|ersättning)\w*\s+(?:är\s+)?begräns\w*|självrisk\w*|försäkr\w*)\b"
    ),
    "grant": re.compile(r"(?i)\b\w*stipendi\w*"),
    "bonus": re.compile(r"(?i)\b\w*(?:bonus|premi)\w*"),
    "excess": re.compile(r"(?i)\b\w*självrisk\w*"),
    "ticket": re.compile(r"(?i)\b\w*(?:biljett\w*|entré\w*|inträde\w*)\b"),
}
"""The words for sums that are not taken for each other."""
_FOR_EACH = r"\bför\s+varje\s+(?:påbörja\w+\s+|ny\w*\s+|extra\s+)?([^\W\d][\w-]+)"
""" "Vad får kommunen för varje elev?" counts as "per elev" does, but is no name of a price: the text may count by another word."""
_COUNTED_BY = re.compile(
    r"(?i)(?:\bper\s+(?:påbörja\w+\s+|hel\w*\s+|academic\s+|calendar\s+|school\s+)?|/\s*)(?!den\b|gång\b|post\b|telefon\b|mejl\b|e-post\b|automatik\b)([^\W\d][\w-]+)(?:\s+och\s+([^\W\d][\w-]{2,}))?"
    rf"|{_FOR_EACH}"
    r"|\b(?!i\s+dag\b)(?:i|om|varje|och|en)\s+(timm|månad|veck|dag|dygn|natt|kväll|termin|år)(?:e|en|a|an|et)?\b"
)
_IN_A_WORD: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("år", re.compile(r"(?i)\b(?:årlig\w*|årsvis|års(?:avgift|hyra|kostnad|belopp)\w*)")),
    ("månad", re.compile(r"(?i)\b(?:månatlig\w*|månads(?:avgift|hyra|kostnad|lön)\w*)")),
    ("timm", re.compile(r"(?i)\btim(?:pris|arvode|lön|kostnad)\w*")),
    ("kubikmeter", re.compile(r"(?i)\bkubik(?:meter)?(?:pris|avgift|taxa)\w*")),
    ("kvadratmeter", re.compile(r"(?i)\bkvadratmeter(?:pris|avgift|hyra)\w*")),
    ("kilo", re.compile(r"(?i)\bkilopris\w*")),
)
_YEAR = re.compile(r"(?i)(?:kalender|läs|verksamhets)?år(?:et)?$|säsong|year")
"""What is paid by the year is often told without the word."""


def sort_told(asked: str, text: str, sentence: Span) -> float:
    """1 where the sentence, or what stands above it, names the sort of sum asked for, -1 where not; 0 for no such sort."""
    wanted = _asked_sorts(asked)
    if not wanted:
        return 0.0
    near = text[max(0, sentence.start - ABOVE) : sentence.end]
    return 1.0 if any(_SORTS[name].search(near) for name in wanted) else -1.0


def other_sort(asked: str, words: str) -> float:
    """1 where a price or another sort of sum is asked for and the sentence speaks of a fine, damages or somebody's pay; else 0."""
    wanted = _asked_sorts(asked)
    if any(_SORTS[name].search(words) for name in wanted):
        return 0.0
    if wanted or _PRICE.search(asked):
        return float(any(_SORTS[name].search(words) for name in ("pay", "fine", "damages")))
    return float(_PAYS.search(asked) is not None and _SORTS["damages"].search(words) is not None)


_LET = re.compile(r"(?i)\b\w*(?:upplåtelse|nyttjanderätt)\w*")
_EARNS = re.compile(r"(?i)\btjäna[rd]?e?\b")
_PAID = re.compile(r"(?i)ersättning|\b(?:i|per)\s+tim|\btim(?:pris|penning)")
_GAINS = re.compile(r"(?i)\btjäna[rd]?e?\b[^?]*\bpå\s+(?:varje|att|det|den|en|ett)\b")
""" "Tjänar kommunen på varje lärling?": no pay."""
_ONLY_SO_CALLED = ("fine", "ticket", "pay", "rent", "grant", "bonus", "excess")


def is_no_such_sum(asked: str, text: str, sentence: Span) -> bool:
    """True where a fine, an entrance, somebody's pay or a price per kilo is asked for, and neither the sentence nor what
    stands above it names one."""
    table = Table.around(text, sentence.start)
    whole = Span(table.rows[0].start, sentence.end) if table else sentence
    if not _by_time(asked) and uncounted(asked, text, whole) == 1.0:
        return True
    near = text[max(0, whole.start - ABOVE) : whole.end]
    wanted = [name for name in _asked_sorts(asked) if name in _ONLY_SO_CALLED]
    if not wanted or _GAINS.search(asked) or (_EARNS.search(asked) and _PAID.search(near)):
        return False
    if "rent" in wanted and _LET.search(near):
        return False
    return not any(_SORTS[name].search(near) for name in wanted)


_RATES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"(?i)\b\w*ränt(?:a|an|e\w*)\b"), re.compile(r"(?i)ränt")),
    (re.compile(r"(?i)\b(?:moms\w*|mervärdes\w*)"), re.compile(r"(?i)moms|mervärdes")),
    (re.compile(r"(?i)\brabatt\w*"), re.compile(r"(?i)rabatt|avdrag|nedsätt|lägre|billigare")),
)
"""What is told in percent and is taken for nothing else: how it is asked for, and how it is said."""


def is_other_rate(asked: str, text: str, sentence: Span) -> bool:
    """True where a rate is asked for that neither the sentence nor what stands above it names."""
    near = text[max(0, sentence.start - ABOVE) : sentence.end]
    return any(ask.search(asked) and not said.search(near) for ask, said in _RATES)


_PAYS = re.compile(r"(?i)\b(?:vad|hur\s+mycket)\s+betala\w*")
_PRICE = re.compile(r"(?i)\bvad\s+kosta\w*|\bpris\w*|\bavgift\w*|\b(?:dyr|billig)\w*")


def asks_for_pay(asked: str) -> bool:
    """True for "vad får handledarna i arvode?": what costs nobody anything is no answer."""
    return "pay" in _asked_sorts(asked)


@lru_cache(maxsize=QUESTIONS)
def _asked_sorts(asked: str) -> tuple[str, ...]:
    return tuple(name for name, pattern in _SORTS.items() if pattern.search(asked))


def uncounted(asked: str, text: str, sentence: Span) -> float:
    """How surely the sentence counts by another unit than the one asked for ("per timme"): 1 where neither it nor what
    stands above it holds the word, half where only the end of a compound does; 0 for a year and where none is asked for."""
    units = _asked_units(asked)
    if not units:
        return 0.0
    near = text[max(0, sentence.start - ABOVE) : sentence.end].casefold()
    return max(_apart(unit, near) for unit in units)


def same_unit(asked: str, after: str, before: str = "") -> float:
    """1 where the question and what follows the figure count by the same unit ("per månad"), -1 where by different ones, half
    where these end alike, 0 where either is silent. "Månadsavgiften är" says it before."""
    wanted = _question_units(asked)
    given = _units(after) or _told_in_a_word(before)
    if not wanted or not given:
        return 0.0
    return max(_alike(one, other) for one in wanted for other in given)


@lru_cache(maxsize=4096)
def _units(words: str) -> frozenset[str]:
    """What a text's words count by; a question's are kept apart (`retriever/short_texts.py`)."""
    return _counted_by(words)


@lru_cache(maxsize=QUESTIONS)
def _question_units(asked: str) -> frozenset[str]:
    """What a question counts by."""
    return _counted_by(asked)


def _counted_by(words: str) -> frozenset[str]:
    """What the words count by, each as it begins: "timm" of "per timme" and of "timpris"."""
    named = (unit.casefold() for match in _COUNTED_BY.finditer(words) for unit in match.groups() if unit)
    return frozenset(_SHORT.get(unit, unit) for unit in named) | _told_in_a_word(words)


def _by_time(asked: str) -> bool:
    """True where the question counts by a spell of time: what is paid by the night may be told by the day."""
    return not {*_SPELLS, "natt", "kväll"}.isdisjoint(_spells(_question_units(asked)))


_SPELLS = frozenset(("timm", "dag", "dygn", "veck", "månad", "termin", "år"))


def is_of_other_spell(asked: str, after: str) -> bool:
    """True where a sum by the year is asked for and the figure is one by the day, or the other way about."""
    wanted, given = _spells(_question_units(asked)), _spells(_units(after))
    return bool(wanted & _SPELLS and given & _SPELLS) and wanted.isdisjoint(given)


@lru_cache(maxsize=1024)
def _spells(units: frozenset[str]) -> frozenset[str]:
    return frozenset(_spell(unit) for unit in units)


def _spell(unit: str) -> str:
    """The spell of time that the unit is, as it begins; the unit itself for anything else."""
    return next((spell for spell in _SPELLS if unit.startswith(spell)), "år" if _YEAR.match(unit) else unit)


def _told_in_a_word(words: str) -> frozenset[str]:
    return frozenset(unit for unit, pattern in _IN_A_WORD if pattern.search(words))


@lru_cache(maxsize=QUESTIONS)
def _asked_units(asked: str) -> frozenset[str]:
    return frozenset(unit for unit in _question_units(_EACH.sub("", asked)) if not _YEAR.match(unit))


_EACH = re.compile(f"(?i){_FOR_EACH}")


def _alike(one: str, other: str) -> float:
    """1 for forms of a word, half for two compounds that end alike (lärarstudent, student; enkelresa, tjänsteresa; vecka,
    VFU-vecka), else -1."""
    short, long = sorted((one, other), key=len)
    if long.startswith(_start(short)) or (short == "år" and long.endswith("år")):
        return 1.0
    if short in _SPELLS and long.rpartition("-")[2].startswith(short):
        return 0.5
    return 0.5 if _end_alike(one, other) else -1.0


def _end_alike(one: str, other: str) -> bool:
    return one[-LEAST_PART:] == other[-LEAST_PART:]


def _apart(unit: str, near: str) -> float:
    if _start(unit) in near or ("tim" in near and unit.startswith("timm")):
        return 0.0
    if any(whole == unit and re.search(rf"\b{short}(?!\w)", near) for short, whole in _SHORT.items()):
        return 0.0
    return 0.5 if any(_end_alike(unit, word) for word in re.findall(r"\w+", near)) else 1.0


def _start(word: str) -> str:
    return word[: max(3, len(word) - 2)]


_SHORT = {
    "kvm": "kvadratmeter",
    "m2": "kvadratmeter",
    "m²": "kvadratmeter",
    "m3": "kubikmeter",
    "m³": "kubikmeter",
    "kbm": "kubikmeter",
    "kwh": "kilowattimme",
    "mwh": "megawattimme",
    "km": "kilometer",
    "kg": "kilo",
    "tim": "timm",
    "h": "timm",
    "mån": "månad",
    "st": "styck",
}
