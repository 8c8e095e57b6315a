"""Examples for the OpenAPI reference: one invented agreement, asked for in every way."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

GENERATION = "000012-3f6a0c41b2d7"
TEXT_SHA256 = "8d1c4f6b0a2e95d37c18be40f5a9637281e4cb7d0f3a56928b1d7ce60492af35"
AGREEMENT_ID = "utbildning/samverkansavtal"
TITLE = "Samverkansavtal mellan Granboda kommun och Sagolunds högskola"
PARTIES = ["Granboda kommun", "Sagolunds högskola"]
QUOTE = "Parterna ska tillsammans trygga kommunens kompetensförsörjning."
START = 1204
WORD = "kompetensförsörjning"

CITATION: Json = {
    "agreement_id": AGREEMENT_ID,
    "title": TITLE,
    "parties": PARTIES,
    "section_path": ["§ 3"],
    "section_label": "§ 3 Syfte",
    "page_first": 2,
    "page_last": 2,
    "start": START,
    "end": START + len(QUOTE),
    "quote": QUOTE,
    "prefix": "§ 3 Syfte\n\n",
    "suffix": "\n\n§ 4 Organisation",
    "text_sha256": TEXT_SHA256,
    "url": f"/avtal/{AGREEMENT_ID}?start={START}&end={START + len(QUOTE)}",
    "ocr": False,
}
HIT: Json = {
    "rank": 1,
    "score": 0.914,
    "agreement_id": AGREEMENT_ID,
    "passage_id": f"{AGREEMENT_ID}#{START}-{START + len(QUOTE)}",
    "text": QUOTE,
    "highlights": [[QUOTE.index(WORD), QUOTE.index(WORD) + len(WORD)]],
    "why": ["frågans ord står i texten", "likhet i betydelse 0,71"],
    "citation": CITATION,
}
INTERPRETED: Json = {
    "terms": [WORD],
    "parties": [],
    "filters": {},
    "corrected": None,
    "notes": [],
    "absent": False,
}
ANSWER: Json = {
    "kind": "agreements",
    "statement": f"1 av 6 avtal omfattar {WORD}. Alla 6 är genomsökta.",
    "short_answer": None,
    "short_answer_span": None,
    "agreements": [
        {
            "agreement_id": AGREEMENT_ID,
            "title": TITLE,
            "coverage": "explicit",
            "score": 0.914,
            "citations": [CITATION],
            "replaced_by": [],
            "otherwise": False,
        }
    ],
    "citations": [CITATION],
    "completeness": {"searched": 6, "covering": 1, "uncertain": 0},
    "abstained": False,
    "reason": None,
    "nearest": [],
    "hits": [HIT],
    "interpreted": INTERPRETED,
    "generation": GENERATION,
    "took_ms": 41.7,
    "phrased": None,
}
SEARCH: Json = {
    "query": WORD,
    "searched": 6,
    "total": 184,
    "offset": 0,
    "hits": [HIT],
    "agreements": [
        {
            "agreement_id": AGREEMENT_ID,
            "title": TITLE,
            "score": 0.914,
            "best_passage_id": HIT["passage_id"],
            "hits": 1,
            "replaced_by": [],
        }
    ],
    "facets": {
        "party": [{"value": PARTIES[0], "count": 4}, {"value": PARTIES[1], "count": 1}],
        "type": [{"value": "samverkansavtal", "count": 3}],
        "year": [{"value": "2026", "count": 4}, {"value": "2025", "count": 3}],
    },
    "interpreted": INTERPRETED,
    "generation": GENERATION,
    "took_ms": 23.4,
}
SUGGESTIONS: Json = {
    "suggestions": [TITLE, WORD],
    "items": [
        {"text": TITLE, "kind": "title", "agreement_id": AGREEMENT_ID},
        {"text": WORD, "kind": "word", "agreement_id": None},
    ],
}
CARD: Json = {
    "agreement_id": AGREEMENT_ID,
    "title": TITLE,
    "kind": "samverkansavtal",
    "parties": PARTIES,
    "facts": [
        {"name": "valid_to", "value": "2027-12-31", "start": 5120, "end": 5150, "detail": ""},
    ],
    "declared": [],
    "text_sha256": TEXT_SHA256,
    "sections": 14,
    "characters": 9214,
    "replaced_by": [],
}
AGREEMENTS: Json = {
    "total": 6,
    "matching": 1,
    "offset": 0,
    "agreements": [CARD],
    "generation": GENERATION,
}
VERIFICATION: Json = {
    "verdict": "exact",
    "detail": "citatet står ordagrant på angiven plats",
    "start": START,
    "end": START + len(QUOTE),
}
PROBLEM: Json = {
    "type": "about:blank",
    "title": "Felaktigt värde",
    "status": 422,
    "detail": "värdet på limit kan inte användas: talet är för litet",
    "errors": [{"name": "limit", "detail": "talet är för litet"}],
}

EXAMPLES: dict[str, Json] = {
    "/api/ask": ANSWER,
    "/api/search": SEARCH,
    "/api/suggest": SUGGESTIONS,
    "/api/agreements": AGREEMENTS,
    "/api/verify": VERIFICATION,
    "/readyz": {"status": "ok", "generation": GENERATION},
}
"""Path -> an example of its answer."""
