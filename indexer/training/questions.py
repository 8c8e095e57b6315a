"""Questions made from running text: a fact is taken out of a sentence and asked for (after Lewis et al. 2019).

Headings and titles share their words with the passage and are no questions; people ask "när", "hur länge",
"vad är". The rules are few and rough: what is learnt is that such a question belongs with its passage.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

MONTHS = "januari februari mars april maj juni juli augusti september oktober november december".replace(
    " ", "|"
)
NUMBER = r"(?:\d[\d\s.,]*|två|tre|fyra|fem|sex|sju|åtta|nio|tio|hundra|tusen)"
LONGEST = 14
Asked = Callable[[re.Match[str]], str]
PATTERNS: tuple[tuple[re.Pattern[str], Asked], ...] = (
    (re.compile(r"^(?P<what>[^,.]{4,60}?) är (?:en|ett|den|det) "), lambda m: f"Vad är {_lower(m['what'])}"),
    (re.compile(r"^(?P<what>[^,.]{4,60}?) innebär att "), lambda m: f"Vad innebär {_lower(m['what'])}"),
    (
        re.compile(r"^(?P<rest>[^.]{15,120}?),? (?:eftersom|därför att|på grund av) "),
        lambda m: f"Varför {_turned(m['rest'])}",
    ),
    (
        re.compile(r"^(?P<rest>[^.]{15,120}?) för att "),
        lambda m: f"Vad är syftet med att {_lower(m['rest'])}",
    ),
    (
        re.compile(
            rf"(?P<left>.*?)\b{NUMBER}\s*(?:miljoner |miljarder )?(?:kronor|procent|euro)\b(?P<right>.*)"
        ),
        lambda m: f"Hur mycket {_around(m)}",
    ),
    (
        re.compile(rf"(?P<left>.*?)\b{NUMBER} (?:år|månader|veckor|dagar|timmar)\b(?P<right>.*)"),
        lambda m: f"Hur länge {_around(m)}",
    ),
    (
        re.compile(rf"(?P<left>.*?)\b(?:den )?(?:\d{{1,2}} )?(?:{MONTHS})(?: \d{{4}})?\b(?P<right>.*)"),
        lambda m: f"När {_around(m)}",
    ),
    (
        re.compile(rf"(?P<left>.*?)\b{NUMBER} (?P<noun>[a-zåäö]{{4,}}(?:er|ar|or|n))\b(?P<right>.*)"),
        lambda m: f"Hur många {m['noun']} {_around(m)}",
    ),
    (
        re.compile(r"(?P<left>.+?) (?:i|på|vid|från) (?:[A-ZÅÄÖ][a-zåäö]{3,}\s?){1,3}(?P<right>.*)"),
        lambda m: f"Var {_around(m)}",
    ),
    (
        re.compile(
            r"^(?P<who>[A-ZÅÄÖ][^,.]{3,50}?) (?P<verb>ska|får|kan|har|ansvarar|beslutar|bör|måste) (?P<rest>.{15,})"
        ),
        lambda m: (
            f"{'Vem' if m['verb'] in ('ansvarar', 'beslutar') else 'Vad'} {m['verb']} {m['rest'] if m['verb'] in ('ansvarar', 'beslutar') else _lower(m['who']) + ' ' + _first(m['rest'])}"
        ),
    ),
)


def question_from(sentence: str, synonyms: Mapping[str, Sequence[str]], draw: random.Random) -> str | None:
    """A question whose answer stands in `sentence`, with a word or two exchanged; None where no rule fits."""
    fitting = [(match, ask) for pattern, ask in PATTERNS if (match := pattern.search(sentence))]
    if not fitting:
        return None
    match, ask = draw.choice(fitting)
    words = ask(match).split()[:LONGEST]
    if len(words) < 3:
        return None
    return " ".join(_exchanged(words, synonyms, draw)).rstrip(" ,.:;") + "?"


def _exchanged(
    words: Sequence[str], synonyms: Mapping[str, Sequence[str]], draw: random.Random
) -> Iterator[str]:
    for word in words:
        others = synonyms.get(word)
        yield draw.choice(others) if others and draw.random() < 0.3 else word


def _lower(text: str) -> str:
    first, _, rest = text.partition(" ")
    known = first in {
        "Den",
        "Det",
        "De",
        "En",
        "Ett",
        "Detta",
        "Denna",
        "Dessa",
        "I",
        "För",
        "Syftet",
        "Alla",
    }
    return f"{first.lower() if known else first} {rest}".strip()


def _turned(text: str) -> str:
    """The finite verb before the subject, where it is the second word."""
    words = text.split()
    if len(words) > 2 and words[1] in {"är", "har", "ska", "får", "kan", "behöver", "måste", "bör", "vill"}:
        words[:2] = [words[1], words[0].lower()]
    return " ".join(words)


def _around(match: re.Match[str]) -> str:
    """What stands around the answer, nearest words first in importance."""
    left, right = match["left"].split(), match["right"].split()
    half = LONGEST // 2
    return " ".join([*left[-half:], *right[:half]])


def _first(text: str) -> str:
    return " ".join(text.split()[:6])
