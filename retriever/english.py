"""English questions: read into Swedish by frames and a word list, so that Swedish texts answer them.

The word list is the project's own (`english.txt`). A word that it lacks stays as it is: names and figures are the
same in both languages, and the encoder reads English itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("english.txt")
_ENGLISH = frozenset(
    """
        the of and is are was were what which who when where how does do did can may must should there
        any with between to about from for has have will would by be been it its this that these if
        an or not on at
    """.split()
)
_SWEDISH = frozenset(
    """
        och är det den som att av på för med till om vad vilka vilken vilket när hur vem finns får kan ska
        inte har ett en i
    """.split()
)
LEAST_ENGLISH = 2
"""Function words that make a question English, none of them Swedish; a known subject word counts as one."""
_SUBJECT = r"(?:the\s+)?(?P<what>.+?)"
_FRAMES: tuple[tuple[str, str], ...] = (
    (
        r"(?:(?:in\s+)?which|what|list|show(?:\s+me)?|find)\s+(?:all\s+)?(?:the\s+)?(?P<noun>{noun})(?:\s+(?:that|which))?\s+(?:do\s+not|don't|lack|are\s+without)\s+(?:(?:mention|contain|cover|include|have|regulate)\s+)?(?:any\s+|an?\s+)?{subject}",
        "vilka {noun} saknar {what}",
    ),
    (
        r"(?:(?:in\s+)?which|what|list|show(?:\s+me)?|find)\s+(?:all\s+)?(?:the\s+)?(?P<noun>{noun})(?:\s+(?:that|which))?\s+(?:mention|refer\s+to)s?\s+{subject}",
        "vilka {noun} nämner {what}",
    ),
    (
        r"(?:(?:in\s+)?which|what|list|show(?:\s+me)?|find)\s+(?:all\s+)?(?:the\s+)?(?P<noun>{noun})(?:\s+(?:that|which))?\s+(?:(?:cover|concern|regulate|include|contain|address|govern|have|involve)s?|deals?\s+with|(?:is|are)\s+about|about|on|with|regarding)\s+(?:(?:provisions?|rules?|clauses?)\s+(?:on|about)\s+)?{subject}",
        "vilka {noun} handlar om {what}",
    ),
    (
        r"(?:where\s+do\s+we\s+have|which(?:\s+of\s+(?:our|the))?)\s+(?P<noun>{noun})\s+(?:(?:are|do\s+we\s+have|have\s+we(?:\s+signed)?)\s+)?with\s+{subject}",
        "vilka {noun} har vi med {what}",
    ),
    (
        r"how\s+many\s+(?P<noun>{noun})\s+(?:are\s+there\s+)?(?:cover|concern|mention|about|with|have|include|are\s+about)s?\s*{subject}",
        "hur många {noun} handlar om {what}",
    ),
    (
        r"(?:is|are)\s+there\s+(?:an?|any)\s+(?P<noun>{noun})\s+(?P<more>(?:between|with)\s+.+?)",
        "finns det något {noun} {more}",
    ),
    (
        r"(?:is|are)\s+there\s+(?:an?|any)\s+(?P<noun>{noun})\s+(?:about|on|regarding|covering)\s+{subject}",
        "finns det något {noun} om {what}",
    ),
    (r"in\s+which\s+(?P<noun>{noun})\s+(?:is|are)\s+{subject}", "i vilka {noun} regleras {what}"),
    (r"which\s+(?P<noun>{noun})\s+(?:is|are|can\s+be)\s+{subject}", "vilka {noun} {what}"),
    (r"which\s+(?P<noun>{noun})\s+{subject}", "vilka {noun} {what}"),
    (r"what\s+happens\s+(?:if|when)\s+{subject}", "vad händer om {what}"),
    (r"who\s+signed\s+{subject}", "vem undertecknade {what}"),
    (r"when\s+(?:does|do|will)\s+{subject}\s+(?:expire|end|run\s+out)", "när löper {what} ut"),
    (
        r"(?:until|till)\s+when\s+(?:is|does|are)\s+{subject}(?:\s+(?:valid|run|last))?",
        "till när gäller {what}",
    ),
    (r"how\s+long\s+(?:is|does|will)\s+{subject}\s+(?:valid|run|last|in\s+force)", "hur länge gäller {what}"),
    (r"when\s+(?:was|were)\s+{subject}\s+(?:signed|concluded|entered\s+into)", "när undertecknades {what}"),
    (
        r"when\s+(?:does|do|did)\s+{subject}\s+(?:start|begin|enter\s+into\s+force|take\s+effect)",
        "när börjar {what} gälla",
    ),
    (r"how\s+long\s+is\s+{subject}", "hur lång är {what}"),
    (r"how\s+long\s+before\s+{subject}", "hur lång tid före {what}"),
    (r"how\s+long\s+(?:does|do|must|should|may|can)\s+{subject}", "hur länge {what}"),
    (r"how\s+often\s+(?:does|do|is|are|must|should|shall)\s+{subject}", "hur ofta {what}"),
    (r"how\s+many\s+{subject}", "hur många {what}"),
    (
        r"how\s+(?:much|large|big|high)\s+(?:money\s+)?(?:is|are|does|do|was)?\s*{subject}",
        "hur mycket {what}",
    ),
    (r"what\s+(?:is|was)\s+the\s+name\s+of\s+{subject}", "vad heter {what}"),
    (r"who\s+(?:is|are)\s+{subject}", "vem är {what}"),
    (r"who\s+{subject}", "vem {what}"),
    (r"(?:can|may|is|are)\s+{subject}", "får {what}"),
    (r"(?:must|shall|should)\s+{subject}", "måste {what}"),
    (r"(?:does|do|has|have)\s+{subject}", "har {what}"),
    (r"when\s+(?:is|are|was|does|do|must|should)?\s*{subject}", "när {what}"),
    (r"what\s+(?:is|are)\s+{subject}", "vad är {what}"),
    (r"what\s+(?:does|do)\s+{subject}\s+say\s+about\s+(?P<more>.+)", "vad står det om {more} i {what}"),
    (r"where\s+(?:is|are)\s+{subject}\s+(?:regulated|described|stated)", "var regleras {what}"),
    (r"{subject}", "{what}"),
)
_NOUN = (
    r"(?:framework\s+|cooperation\s+|collaboration\s+|partnership\s+|lease\s+)?"
    r"(?:agreements?|contracts?|documents?|letters?\s+of\s+intent|declarations?\s+of\s+intent)"
)
"""Article, pronoun or auxiliary: Swedish says it in an ending or not at all."""
_DROPPED = re.compile(
    r"(?i)\b(?:the|an?|of|any|some|all|its|their|his|her|your|our|be|been|by|do|does|did|clauses?|provisions?)\b"
)


@cache
def _frames() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (
            re.compile(rf"(?i)^\W*{pattern.format(noun=_NOUN, subject=_SUBJECT)}\W*$"),
            swedish,
        )
        for pattern, swedish in _FRAMES
    )


@cache
def glossary() -> Mapping[str, str]:
    """English words and phrases in lower case with the Swedish that stands for them."""
    found: dict[str, str] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            english, swedish = (part.strip() for part in line.split("=", 1))
            found[english] = swedish
            found.setdefault(_plural(english), swedish)
    return found


def _plural(english: str) -> str:
    if english.endswith("y") and english[-2:-1] not in "aeiou":
        return f"{english[:-1]}ies"
    return f"{english}es" if english.endswith(("s", "x", "ch", "sh")) else f"{english}s"


@cache
def _phrases() -> re.Pattern[str]:
    longest = sorted(glossary(), key=len, reverse=True)
    return re.compile(r"(?i)(?<![\w-])(?:" + "|".join(map(re.escape, longest)) + r")(?![\w-])")


def in_swedish(text: str) -> str | None:
    """The question in Swedish words, frame and subject; None for one that is not English."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    frame = sum(word in _ENGLISH for word in words)
    known = _phrases().search(text) is not None
    if frame + known < LEAST_ENGLISH or not frame or not _SWEDISH.isdisjoint(words):
        return None
    if re.search(r"[åäöÅÄÖ]", _without_names(text)):
        return None
    for pattern, swedish in _frames():
        if match := pattern.match(text):
            parts = {name: _translated(part) for name, part in match.groupdict().items() if part}
            asked = swedish.format(**parts).strip()
            return f"{asked[:1].upper()}{asked[1:]}{'?' if text.rstrip().endswith('?') else ''}"
    return _translated(text)


def _without_names(text: str) -> str:
    """The text without its words in capitals, the first one kept: a Swedish name makes no question Swedish."""
    return re.sub(r"(?<!^)\b[A-ZÅÄÖ]\w*", "", text)


def _translated(text: str) -> str:
    swedish = _phrases().sub(_swedish, text)
    kept = re.sub(r"\bit\b", " ", _DROPPED.sub(" ", swedish))
    for english, word in _SMALL.items():
        kept = re.sub(rf"(?i)\b{english}\b", word, kept)
    return " ".join(kept.split())


def _swedish(match: re.Match[str]) -> str:
    """The word's Swedish; as written where both languages have it, so that a name keeps its capital."""
    written = match.group()
    other = glossary()[written.casefold()]
    return written if other == written.casefold() else other


_SMALL = {
    "with": "med",
    "between": "mellan",
    "and": "och",
    "or": "eller",
    "for": "för",
    "in": "i",
    "about": "om",
    "on": "om",
    "to": "till",
    "from": "från",
    "not": "inte",
    "without": "utan",
    "at": "hos",
}
