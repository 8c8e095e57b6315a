"""Invented agreements in the shape of `/api/agreements/{id}`, for the page's mock server.

They hold what is hard to show: wrapped lines, bullets, clauses with bare numbers, page furniture, pages,
an id with slashes and å/ä/ö, and a character outside the basic plane.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from corpus.types import sha256_of_text

DECLARATION = """ § 1 Bakgrund \n
Region Nordmark och Ekby universitet arbetar sedan länge sida vid sida i många av
länets gemensamma frågor. Den här avsiktsförklaringen 🤝 samlar det arbetet under
ett tak och gör det lättare att överblicka.

§ 2 Syfte \n
Parterna vill tillsammans stärka utbildning, forskning och länets långsiktiga
kompetensförsörjning, och göra det på ett sätt som märks för invånarna.

Samarbetet omfattar särskilt:

• Verksamhetsförlagd utbildning
• Gemensamma tjänster och delade anställningar över
gränsen mellan region och universitet
• Årlig dialog om behovet av kompetens

Avsiktsförklaring, diarienummer RN 2024-17

§ 3 Organisation

3.1  En styrgrupp med två ledamöter från varje part leder samarbetet. Styrgruppen
möts minst två gånger om året.

3.2  Styrgruppen får inrätta arbetsgrupper. Beslut om arbetsgrupper enligt 3.1 skrivs
i styrgruppens protokoll.

§ 4 Ekonomi
Avsiktsförklaringen medför inga ekonomiska åtaganden för parterna.

§ 5 Giltighet och uppsägning

Avsiktsförklaringen gäller från den 1 februari 2024 till och med den 31 januari 2028.
Vardera parten kan säga upp den skriftligen med tre månaders varsel.

Undertecknanden

Datum      Datum

____________________  ____________________
Regiondirektör   Rektor
"""

WEB_PAGE = """Din webbläsare verkar sakna stöd för skript. Sidan fungerar bäst om du slår på det.

Dela sidan

Facebook E-post

Partnerskap mellan Tallviks kommun och Bergö högskola

Kommunen och högskolan har träffat ett avtal om strategiskt partnerskap 2023. Det ska ge
studenter fler vägar in i arbetslivet och kommunen en stabil kompetensförsörjning.

Områden

  • Praktik och examensarbeten
  • Forskning om äldreomsorg
  • Kompetensutveckling för anställda

Kontakt

Näringslivskontoret, Tallviks kommun

Sidan uppdaterad 2024-05-17
"""

CONTRACT = """Samverkansavtal om yrkesutbildning

1 Parter
Lillåns kommun och Länsstyrelsen i Nordmark.

2 Innehåll
Parterna samordnar planeringen av yrkesutbildning. Länsstyrelsen ansvarar för underlag om
arbetsmarknadens behov och den regionala kompetensförsörjningen.

3 Ersättning
Kommunen bidrar med 2,5 miljoner kronor om året. Beloppet räknas upp med konsumentprisindex.
"""

LIBRARY = """Avtal om gemensam biblioteksdrift

§ 1 Personal
Parterna ger personalen kompetensutveckling i samma omfattning.

§ 2 Lokaler
Biblioteket drivs i högskolans lokaler.
"""


HEADING = re.compile(
    r"^ ?(§ \d .*|\d [A-ZÅÄÖ].*|\d\.\d(?= )|Partnerskap mellan.*|Områden|Kontakt|Undertecknanden)",
    re.M,
)
ROLES = {"Kontakt": "contact", "Undertecknanden": "signatures"}


def _section(path: list[str], start: int, body: int, end: int) -> dict[str, Any]:
    label = path[-1] if path else ""
    return {
        "path": [step[:3] if step.startswith("§") else step for step in path],
        "label": label,
        "heading": re.sub(r"^[§\d. ]+", "", label),
        "level": max(len(path), 1),
        "start": start,
        "body": body,
        "end": end,
        "role": ROLES.get(label, "content"),
    }


def _sections(text: str) -> list[dict[str, Any]]:
    heads = list(HEADING.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    sections = [_section([], 0, 0, heads[0].start())] if heads[0].start() else []
    outer = ""
    for head, end in zip(heads, ends, strict=True):
        label = head.group(1).strip()
        nested = bool(re.fullmatch(r"\d\.\d", label))
        outer = outer if nested else label
        sections.append(_section([outer, label] if nested else [label], head.start(), head.end(), end))
    return sections


def span_of(text: str, first: str, last: str) -> tuple[int, int]:
    """(start, end) from the first `first` to the end of the `last` after it."""
    start = text.index(first)
    return start, text.index(last, start) + len(last)


def _fact(text: str, name: str, value: str, wording: str) -> dict[str, Any]:
    start, end = span_of(text, wording, wording)
    return {"name": name, "value": value, "start": start, "end": end}


def _agreement(agreement_id: str, title: str, parties: list[str], text: str) -> dict[str, Any]:
    facts = [_fact(text, "party", party, party) for party in parties if party in text]
    pages, furniture = [0, len(text)], []
    if text is DECLARATION:
        facts.append(_fact(text, "valid_from", "2024-02-01", "1 februari 2024"))
        facts.append(_fact(text, "valid_to", "2028-01-31", "31 januari 2028"))
        running_head = span_of(text, "Avsiktsförklaring, diarienummer", "2024-17")
        pages.insert(1, running_head[0])
        furniture.append(running_head)
    if text is WEB_PAGE:
        furniture = [span_of(text, "Din webbläsare", "E-post"), span_of(text, "Sidan uppdaterad", "17\n")]
    return {
        "agreement_id": agreement_id,
        "title": title,
        "kind": title.split()[0].lower(),
        "parties": parties,
        "facts": facts,
        "text": text,
        "text_sha256": sha256_of_text(text),
        "pages": [
            {"number": number, "start": start, "end": end}
            for number, (start, end) in enumerate(pairwise(pages), 1)
            if text is DECLARATION
        ],
        "sections": _sections(text),
        "furniture": [{"start": start, "end": end} for start, end in furniture],
        "source_url": f"/api/agreements/{agreement_id}/source",
    }


REGION, TALLVIK, LILLAN, BIBLIOTEK = "region/2024/avsikts förklaring", "tallvik-bergo", "lillan", "bibliotek"
AGREEMENTS = {
    REGION: _agreement(
        REGION,
        "Avsiktsförklaring mellan Region Nordmark och Ekby universitet",
        ["Region Nordmark", "Ekby universitet"],
        DECLARATION,
    ),
    TALLVIK: _agreement(
        TALLVIK,
        "Partnerskap mellan Tallviks kommun och Bergö högskola",
        ["Tallviks kommun", "Bergö högskola"],
        WEB_PAGE,
    ),
    LILLAN: _agreement(
        LILLAN,
        "Samverkansavtal om yrkesutbildning",
        ["Lillåns kommun", "Länsstyrelsen i Nordmark"],
        CONTRACT,
    ),
    BIBLIOTEK: _agreement(BIBLIOTEK, "Avtal om gemensam biblioteksdrift", ["Bergö högskola"], LIBRARY),
}
