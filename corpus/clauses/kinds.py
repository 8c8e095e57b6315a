"""What kind of agreement a text is: ramavtal, avsiktsförklaring, överenskommelse …"""

from __future__ import annotations

import re
from collections import Counter

from corpus.types import Fact, FactName, Span

KINDS = """
    personuppgiftsbiträdesavtal samverkansavtal samarbetsavtal avsiktsförklaring överenskommelse
    partnerskapsavtal partnerskap ramavtal hyresavtal tilläggsavtal tjänsteavtal konsultavtal
    licensavtal uppdragsavtal leveransavtal avropsavtal nyttjandeavtal driftavtal serviceavtal
    köpeavtal bidragsavtal konsortialavtal projektavtal sekretessavtal biblioteksavtal skötselavtal arrendeavtal
""".split()
_KIND = re.compile(rf"(?i)\b(?P<kind>{'|'.join(KINDS)})(?:e?n|e?t|ar|er|s|en?s|et?s|arna|erna)?\b")
_OWN_KIND = re.compile(
    rf"(?i)\b(?:denna|detta|föreliggande|härmed|ingår följande|tecknat? (?:ett|en|avtal om)(?: \w+)?|har(?: sedan \w+)? (?:ett|en)|under ett)\s+(?P<kind>{'|'.join(KINDS)})"
)


_NAMED = re.compile(
    r"(?i)(?<![\w-])(?P<kind>[a-zåäö]*(?:avtal|avsiktsförklaring|överenskommelse|partnerskap|kontrakt|tillägg|löfte)|memorandum of understanding|letter of intent|agreement|contract)(?:en|et)?(?!\w)"
)
"""What a heading calls the agreement: any compound, so that a kind nobody listed is read too."""
_FIRST_LINE = re.compile(
    r"(?i)\W*(?P<kind>[a-zåäö]*(?:avtal|avsiktsförklaring|överenskommelse|partnerskap|kontrakt|tillägg|löfte)|memorandum of understanding|letter of intent|agreement|contract)(?:en|et)?\b"
)
_PARTNERSHIP = re.compile(r"(?i)\bom (?:\w+ )?(?P<kind>partnerskap)\b")
_LINE = re.compile(r"(?im)^\W*(?P<kind>avtal) (?:om|mellan|för|avseende|rörande)\b")
_PLAIN = re.compile(r"(?i)\b(?P<kind>avtal)(?:et)?\b")
_SAME_KIND = {
    "tillägg": "tilläggsavtal",
    "samhällskontrakt": "avtal",
    "kontrakt": "avtal",
    "hyreskontrakt": "hyresavtal",
    "köpekontrakt": "köpeavtal",
    "anställningskontrakt": "anställningsavtal",
    "entreprenadkontrakt": "entreprenadavtal",
    "memorandum of understanding": "avsiktsförklaring",
    "letter of intent": "avsiktsförklaring",
    "agreement": "avtal",
    "contract": "avtal",
}


def kind_fact(text: str, heading: Span | None) -> Fact | None:
    """The kind that the title gives, else that the opening gives, else what the text mostly calls itself."""
    if heading and (match := _NAMED.search(text, heading.start, heading.end)):
        kind = match["kind"].casefold()
        if kind == "avtal" and (about := _PARTNERSHIP.search(text, match.end(), heading.end)):
            return Fact(FactName.KIND, "partnerskap", about.start("kind"), about.end("kind"))
        return Fact(FactName.KIND, _SAME_KIND.get(kind, kind), match.start("kind"), match.end())
    if match := _FIRST_LINE.match(text):
        kind = match["kind"].casefold()
        return Fact(FactName.KIND, _SAME_KIND.get(kind, kind), match.start("kind"), match.end("kind"))
    if match := _KIND.search(text, 0, min(len(text), 200)):
        return Fact(FactName.KIND, match["kind"].casefold(), match.start(), match.end())
    if match := re.match(r"(?i)\W*(?P<kind>avtal)\b", text) or _LINE.search(text, 0, min(len(text), 200)):
        return Fact(FactName.KIND, "avtal", match.start("kind"), match.end("kind"))
    if match := _OWN_KIND.search(text):
        return Fact(FactName.KIND, match["kind"].casefold(), match.start("kind"), match.end("kind"))
    found = list(_KIND.finditer(text)) or list(_PLAIN.finditer(text))
    if not found:
        return None
    most = Counter(m["kind"].casefold() for m in found).most_common(1)[0][0]
    first = next(m for m in found if m["kind"].casefold() == most)
    return Fact(FactName.KIND, most, first.start(), first.end())
