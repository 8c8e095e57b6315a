"""A quote as the page shows it: place, text, marks, and what is put on the clipboard."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from api.rendering.addresses import Addresses
from api.rendering.flow import Group, flow, flowed, window
from api.rendering.marks import Mark, MarkKind, disjoint, moved, term_marks
from api.rendering.wording import Words
from retriever.types import Answer, Citation, Hit

QUOTE_LENGTH = 620
"""Characters; longer quotes are cut around their first marked word, the reading view has the whole."""
_BARE_NUMBER = re.compile(r"(?:§\s*)?\d+(?:\.\d+)*\.?")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote to show. `place` is empty where the section says no more than the title."""

    title: str
    place: str
    page: str
    body: tuple[Group, ...]
    cut_before: bool
    cut_after: bool
    href: str
    proof: str
    clipboard: str
    reference: str
    """The place as JSON, as feedback names it."""
    why: tuple[str, ...] = ()


def quote_of(
    citation: Citation, text: str, marks: Sequence[Mark], to: Addresses, words: Words, base: str
) -> Quote:
    """The quote of a citation, or of the longer `text` around it, with marks in that text.

    `base` is the server's address, for the clipboard.
    """
    start, end = window(text, marks, QUOTE_LENGTH)
    place = place_of(citation)
    return Quote(
        title=citation.title,
        place="" if place == citation.title.strip() else place,
        page=page_of(citation, words),
        body=flow(text, start, end, marks),
        cut_before=start > 0,
        cut_after=end < len(text),
        href=to.citation(citation),
        proof=words(
            "Tecken {0}–{1} · sha256 {2}", str(citation.start), str(citation.end), citation.text_sha256
        ),
        clipboard=citation_text(citation, words, base + to.permanent(citation)),
        reference=_reference(citation),
    )


def _reference(citation: Citation) -> str:
    return json.dumps(
        {
            "agreement_id": citation.agreement_id,
            "start": citation.start,
            "end": citation.end,
            "text_sha256": citation.text_sha256,
        },
        ensure_ascii=False,
    )


def citation_text(citation: Citation, words: Words, url: str) -> str:
    """What the copy button gives: readable, and enough to check the quote character by character."""
    where = ", ".join(filter(None, (citation.title, place_of(citation), page_of(citation, words))))
    version = words(
        "Tecken {0}–{1} i textversion sha256:{2}",
        str(citation.start),
        str(citation.end),
        citation.text_sha256,
    )
    return f"”{flowed(citation.quote)}”\n{where}\n{version}\n{url}\n"


def place_of(citation: Citation) -> str:
    """ "Bilaga 1 › 4.2 Styrgrupp": the path, its last step in the section's own words."""
    path = citation.section_path
    last = citation.section_label or (path[-1] if path else "")
    steps = [step.strip() for step in (*path[:-1], last) if step]
    kept = [step for step, after in zip_longest(steps, steps[1:], fillvalue="") if not _told_by(step, after)]
    return " › ".join(kept)


def _told_by(step: str, after: str) -> bool:
    """True for "§ 4" before "4.2 Styrgrupp", which says by itself that it stands in § 4."""
    if not _BARE_NUMBER.fullmatch(step):
        return False
    bare, following = (re.sub(r"^§\s*", "", each).removesuffix(".") for each in (step, after))
    return following.startswith(f"{bare}.")


def page_of(citation: Citation, words: Words) -> str:
    """ "sida 3", "sida 3–4", or nothing: a page that is not known is not shown. "(OCR)": read off a picture."""
    first, last = citation.page_first, citation.page_last
    if first is None:
        return "OCR" if citation.ocr else ""
    pages = f"{first}–{last}" if last and last != first else str(first)
    return words("sida {0}", pages) + (" (OCR)" if citation.ocr else "")


def marks_in(citation: Citation, answer: Answer) -> tuple[Mark, ...]:
    """Marks inside a citation's quote: the short answer first, then the hits' own highlights where a hit covers the
    place, else the question's words.
    """
    length = len(citation.quote)
    marks: list[Mark] = []
    span = answer.short_answer_span
    if span is not None and answer.citations[span.citation].agreement_id == citation.agreement_id:
        marks += moved((Mark(span.start, span.end, MarkKind.ANSWER),), -citation.start, length)
    covering = [hit for hit in answer.hits if _covers(hit, citation)]
    for hit in covering:
        marks += moved(hit_marks(hit), _base(hit) - citation.start, length)
    if not any(hit.highlights for hit in covering):
        marks += term_marks(citation.quote, answer.interpreted.terms)
    return disjoint(marks)


def _covers(hit: Hit, citation: Citation) -> bool:
    return (
        hit.agreement_id == citation.agreement_id
        and _base(hit) <= citation.start
        and citation.end <= _base(hit) + len(hit.text)
    )


def _base(hit: Hit) -> int:
    """Where the hit's text begins in the agreement's."""
    return hit.citation.start - max(0, hit.text.find(hit.citation.quote))


def hit_marks(hit: Hit) -> tuple[Mark, ...]:
    """The hit's highlights as marks in its own text."""
    return disjoint(Mark(start, end) for start, end in hit.highlights)
