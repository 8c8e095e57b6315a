"""What a model wrote, sentence by sentence, each with the citations that it names."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBERS = r"\[\s*\d+(?:\s*[,;]\s*\d+)*\s*\]"
_CITED = re.compile(
    rf"(?P<said>[^\[\]\n]*?)[ \t]*(?P<cited>{_NUMBERS}(?:[ \t,]*{_NUMBERS})*)(?P<stop>[ \t]*[.!?]?)"
)
_INNER_STOP = re.compile(r"[.!?][\"”]?[ \t]+(?=[\"”]?[A-ZÅÄÖ])")
_ABBREVIATED = re.compile(
    r"(?i)(?:^|[\s(])(?:\w|bl\.a|t\.ex|d\.v\.s|dvs|fr\.o\.m|t\.o\.m|ca|nr|dnr|kl|st|resp|inkl|exkl|org)\.$"
)
_LIST_MARK = re.compile(r"^\s*(?:[-*•–]|\d+[.)])\s+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without its marks; `cited` are the numbers that it names, none where it names none."""

    text: str
    cited: tuple[int, ...]


def sentences_of(written: str) -> list[Sentence]:
    """Every sentence of what a model wrote, in order. A mark belongs to the sentence that it ends, and to no other."""
    found: list[Sentence] = []
    for line in written.splitlines():
        line = _LIST_MARK.sub("", line)
        position = 0
        for match in _CITED.finditer(line):
            found.extend(Sentence(each, ()) for each in _plain(line[position : match.start()]))
            *before, last = _plain(match["said"]) or [""]
            found.extend(Sentence(each, ()) for each in before)
            numbers = tuple(dict.fromkeys(int(n) for n in re.findall(r"\d+", match["cited"])))
            if last:
                found.append(Sentence(last, numbers))
            position = match.end()
        found.extend(Sentence(each, ()) for each in _plain(line[position:]))
    return found


def _plain(text: str) -> list[str]:
    """The sentences of a text without marks; white space evened out, the last full stop left out."""
    parts: list[str] = []
    start = 0
    for stop in _INNER_STOP.finditer(text):
        if not _ABBREVIATED.search(text[start : stop.start() + 1]):
            parts.append(text[start : stop.start() + 1])
            start = stop.end()
    parts.append(text[start:])
    cleaned = (" ".join(part.split()).rstrip(" .") for part in parts)
    return [part for part in cleaned if re.search(r"\w", part)]
