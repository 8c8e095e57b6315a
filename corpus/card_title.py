"""What an agreement is called: its heading, else the line above its first clause, else its kind and parties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.lines import lines_of
from corpus.mentions import mentions_of
from corpus.types import Document, FileFormat, Section

_NAMES_IT = re.compile(
    r"(?i)\w*(?:avtal|avsiktsförklaring|överenskommelse|partnerskap|kontrakt|tillägg|löfte|memorandum|agreement)(?:e?n|et)?(?![\wåäö])"
)
"""A word for an agreement, whole: "Ramavtal", not "Avtalsparter"."""
_OPENS = re.compile(
    rf"(?:[A-ZÅÄÖ][\wåäö-]* (?:[a-zåäö][\wåäö-]* ){{0,2}})?(?=[A-ZÅÄÖa-zåäö]){_NAMES_IT.pattern[4:]}", re.I
)
_COLUMNS = re.compile(r"\s{3,}|\t")
_FILED = re.compile(r"(?i)\d{2,4}[-/:]\d|\bsid(?:a|an)?\b\s*\d|\bdnr\b|\||:(?!\d)|\d{6}-\d{4}")
_SENTENCE = re.compile(
    r"(?i)[.,:]$|\b(?:gäller|ska|skall|har|är|träder|ersätter|syftar|reglerar|omfattar|innebär|tecknas|ingås|kan|får|vill|upphör|undertecknades|har)\b"
)
_JOINED = re.compile(r"(?i)\b(?:mellan|och|om|för|samt|avseende|gällande|rörande|angående|med|av|till|i)$")
_BARE = re.compile(
    r"(?i)(?:om )?\w*(?:avtal|avsiktsförklaring|överenskommelse|partnerskap|tillägg|\bkontrakt)(?:et|en)?"
)
"""A title of one such word says what it is, not between whom or about what."""
_FIRST_CLAUSE = re.compile(
    r"(?i)(?:avtals)?parter(?:na)?\b|bakgrund|inledning|syfte|beställare|leverantör|uppdrag|konsult|köpare|säljare|hyres|kund|givare|allmänt|innehåll|datum\b|mellan\b"
)
_FILED_AS = re.compile(r"(?i)[\s,–-]+(?:dnr|diarienummer|diarienr)\b.*")
_OPEN_END = re.compile(r"(?i)\s+(?:mellan|between)$")
_SHORTEST, _LONGEST = 9, 200
_RUNNING = re.compile(r"[^\n|]{60}")
"""Running text: no heading below it is the title."""
_FRONT = 1500
"""Characters in which the title stands, where it is no heading."""


def title_of(
    document: Document, sections: Sequence[Section], kind: str | None, parties: Sequence[str]
) -> str:
    """The agreement's title in one line; never empty where the document has a line of text.

    `parties` are names as written. A bare "Avtal" is no title: it is composed of kind and parties instead.
    """
    candidates = _candidates(document, sections)
    if title := next((each for each in candidates if _is_title(each)), None):
        title = _OPEN_END.sub("", title)
        return _FILED_AS.sub("", title) if _OPENS.match(title) and mentions_of(title) == () else title
    if len(parties) >= 2:
        few = len(parties) <= 3
        named = f"{', '.join(parties[:-1])} och {parties[-1]}" if few else f"{', '.join(parties[:3])} m.fl."
        return f"{(kind or 'avtal').capitalize()} mellan {named}"
    first = next((line.words for line in lines_of(document.text[:400]) if line.words), "")
    heading = next((section.heading for section in sections if section.heading), "")
    return document.title or heading or first[:120] or document.path


def _candidates(document: Document, sections: Sequence[Section]) -> Iterator[str]:
    # A mail's first heading is its subject; its title is that of what it carries, where there is one.
    if document.format is FileFormat.EML:
        yield document.title or ""
    # A proper name on top of the text ("SAMHÄLLSKONTRAKTET") is what people call it, whatever the heading below says.
    top = next((line.words for line in lines_of(document.text[:400]) if line.words), "")
    if _NAMES_IT.fullmatch(top):
        yield top
    opening = next((section for section in sections if section.heading), None)
    if opening and opening.label == opening.heading:
        yield _COLUMNS.split(opening.heading.strip())[0]
    yield from _front_lines(document.text, _front_end(sections))
    for section in sections:
        if section.start >= _FRONT or _RUNNING.search(document.text, 0, section.start):
            break
        if section.heading == section.label and _OPENS.match(section.heading):
            yield _COLUMNS.split(section.heading.strip())[0]
    yield document.title or ""


def _is_title(words: str) -> bool:
    return (
        _SHORTEST <= len(words) <= _LONGEST
        and _NAMES_IT.search(words) is not None
        and not _BARE.fullmatch(words)
    )


def _front_end(sections: Sequence[Section]) -> int:
    """Where the first numbered clause begins."""
    numbered = (s.start for s in sections if s.label != s.heading and not s.label.startswith("Bilaga"))
    return min(next(numbered, _FRONT), _FRONT)


def _front_lines(text: str, end: int) -> Iterator[str]:
    """The lines above the first clause that open with a word for an agreement, each with what goes on below."""
    lines = [line for line in lines_of(text) if line.words and line.start < end]
    for i, line in enumerate(lines):
        words = _COLUMNS.split(line.words)[0].strip("#* ")
        if not words[:1].isupper() or not _OPENS.match(words) or _SENTENCE.search(words):
            continue
        for below in lines[i + 1 : i + 4]:
            if not _goes_on(words, below.words):
                break
            words = f"{words} {below.words.strip('#* ')}"
        if i == 0 or " " in words:
            yield " ".join(words.split())


def _goes_on(words: str, below: str) -> bool:
    """True where the line below is more of the title: "RAMAVTAL" and "Möbler till skolor"."""
    if (
        _FIRST_CLAUSE.match(below)
        or len(words) + len(below) > _LONGEST
        or below.endswith((".", ",", ":"))
        or _SENTENCE.search(below)
        or _FILED.search(below)
    ):
        return False
    if _JOINED.search(words) or (below[:1].islower() and not below.startswith("mellan")):
        return True
    subject = len(below) <= 90 and below[:1].isupper() and not mentions_of(below)
    return bool(_BARE.fullmatch(words)) and subject and not _NAMES_IT.match(below)
