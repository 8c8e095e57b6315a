"""Citations: made from a span, checked on the way out, found again after an edit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote as escape

from corpus.points import point_at, stycke_at
from corpus.types import Agreement, AvtalError, Section, Span
from retriever.types import Citation, Verdict, Verification

AROUND = 40
"""Characters of text kept before and after the quote."""


def cite(agreement: Agreement, span: Span) -> Citation:
    """The citation of a span of the agreement's text, white space at its ends left out.

    Raises AvtalError for a span that is empty or touches page furniture.
    """
    text = agreement.text
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    end = start + len(words.strip())
    if start >= end or end > len(text):
        raise AvtalError(
            f"citatet {span.start}–{span.end} i {agreement.agreement_id} är tomt eller ligger utanför texten"
        )
    if any(f.overlaps(Span(start, end)) for f in agreement.furniture):
        raise AvtalError(
            f"citatet {start}–{end} i {agreement.agreement_id} tar med sidans ramtext; det får inte citeras"
        )
    section = section_at(agreement, start)
    point = point_at(text, section, start, end)
    stycke = stycke_at(text, section, start, end, agreement.furniture)
    pages = [page.number for page in agreement.document.pages if page.start < end and start < page.end]
    made = Citation(
        agreement_id=agreement.agreement_id,
        title=agreement.title,
        parties=agreement.parties,
        section_path=section.path,
        section_label=" ".join(filter(None, [section.label, stycke, *point])),
        page_first=pages[0] if pages else None,
        page_last=pages[-1] if pages else None,
        start=start,
        end=end,
        quote=text[start:end],
        prefix=text[max(0, start - AROUND) : start],
        suffix=text[end : end + AROUND],
        text_sha256=agreement.document.text_sha256,
        url=url_of(agreement.agreement_id, start, end),
        ocr=agreement.document.read_by_ocr(Span(start, end)),
    )
    if text[made.start : made.end] != made.quote:
        raise AssertionError("a citation must be a slice of its text")
    return made


def url_of(agreement_id: str, start: int, end: int) -> str:
    """Where the page shows the agreement with the span marked."""
    return f"/avtal/{escape(agreement_id, safe='/')}?start={start}&end={end}"


def section_at(agreement: Agreement, offset: int) -> Section:
    """The section that holds the character at `offset`."""
    for section in agreement.sections:
        if section.start <= offset < section.end:
            return section
    raise AvtalError(
        f"tecken {offset} ligger utanför texten i {agreement.agreement_id} ({len(agreement.text)} tecken)"
    )


def verify(citation: Citation, agreements: Mapping[str, Agreement]) -> Verification:
    """Re-check a citation against the texts as they are now.

    `exact`: same text version, same place. `moved`: the quote stands elsewhere, once (or once with its
    surroundings). `changed`: the agreement is there but the quote is not, or cannot be told apart from its copies.
    `gone`: the agreement is no longer there.
    """
    agreement = agreements.get(citation.agreement_id)
    if agreement is None:
        return Verification(Verdict.GONE, f"avtalet {citation.agreement_id} finns inte längre i indexet")
    text = agreement.text
    if not citation.quote:
        return Verification(Verdict.CHANGED, "citatet är tomt")
    in_place = text[citation.start : citation.end] == citation.quote
    if in_place and agreement.document.text_sha256 == citation.text_sha256:
        return Verification(
            Verdict.EXACT, "citatet står ordagrant på angiven plats", citation.start, citation.end
        )
    found = [m.start() for m in re.finditer(f"(?={re.escape(citation.quote)})", text)]
    if len(found) > 1:
        found = _told_apart(text, citation, found)
    if len(found) == 1:
        start, end = found[0], found[0] + len(citation.quote)
        if start == citation.start:
            return Verification(
                Verdict.EXACT,
                "avtalstexten har ändrats men citatet står ordagrant kvar på samma plats",
                start,
                end,
            )
        return Verification(Verdict.MOVED, f"citatet står nu på tecken {start}–{end}", start, end)
    if not found:
        return Verification(Verdict.CHANGED, "avtalstexten har ändrats och citatet står inte längre där")
    return Verification(Verdict.CHANGED, f"avtalstexten har ändrats och citatet står på {len(found)} ställen")


def _told_apart(text: str, citation: Citation, found: list[int]) -> list[int]:
    """Those places whose surroundings are the citation's, or all where that tells nothing."""
    size = len(citation.quote)
    same = [
        start
        for start in found
        if text[max(0, start - AROUND) : start].endswith(citation.prefix)
        and text[start + size :].startswith(citation.suffix)
    ]
    return same or found
