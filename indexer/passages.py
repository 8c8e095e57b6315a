"""Passages: slices of one section each, as long as the encoder reads, never holding page furniture."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from corpus.lines import blocks_of, sentences_of
from corpus.types import Agreement, Section, Span
from indexer.types import Passage

TARGET_TOKENS = 160
"""Where a passage is closed: about 100 Swedish words, one clause. Longer ones blur; see docs/encoder.md."""

CountTokens = Callable[[Sequence[str]], list[int]]


def passages_of(agreement: Agreement, count_tokens: CountTokens, max_tokens: int) -> list[Passage]:
    """The agreement's passages in reading order.

    Together they hold every character but white space, furniture and headings that only head subsections.

    Header and text of each are at most `max_tokens` tokens by `count_tokens`, so that no encoder cuts one.
    """
    found: list[Passage] = []
    for position, section in enumerate(agreement.sections):
        if _only_heads(agreement, position):
            continue
        most = min(TARGET_TOKENS, max_tokens)
        header = _fitting_header(header_of(agreement, section), count_tokens, most // 2)
        limit = most - count_tokens([header + "\n"])[0]
        for span in _packed(agreement, section, count_tokens, limit):
            found.append(
                Passage(
                    passage_id=f"{agreement.agreement_id}#{span.start}-{span.end}",
                    agreement_id=agreement.agreement_id,
                    section=position,
                    start=span.start,
                    end=span.end,
                    role=section.role,
                    header=header,
                    text=agreement.text[span.start : span.end],
                )
            )
    return found


def _only_heads(agreement: Agreement, position: int) -> bool:
    """True for a heading with no text of its own above subsections: it travels in their headers."""
    section, below = agreement.sections[position], agreement.sections[position + 1 : position + 2]
    nested = any(s.path[: len(section.path)] == section.path and s.level > section.level for s in below)
    return nested and bool(section.path) and not agreement.text[section.body : section.end].strip()


def header_of(agreement: Agreement, section: Section) -> str:
    """What travels with every passage: "title › section headings", at most 200 characters."""
    by_path = {s.path: s.label for s in agreement.sections}
    labels = [by_path.get(section.path[: depth + 1], name) for depth, name in enumerate(section.path)]
    parts = [agreement.title, *(label for label in labels if label and label != agreement.title)]
    header = re.sub(r"\s+", " ", " › ".join(parts))
    return header if len(header) <= 200 else header[:200].rsplit(" ", 1)[0]


def _fitting_header(header: str, count_tokens: CountTokens, most: int) -> str:
    """The header without its last words until it is at most `most` tokens, so that the text keeps half the room."""
    while header and count_tokens([header + "\n"])[0] > most:
        header = header.rpartition(" ")[0]
    return header


def section_sentences(agreement: Agreement, section: Section) -> list[Span]:
    """The section's heading line and its sentences, furniture left out."""
    spans = [
        *blocks_of(agreement.text, section.start, section.body),
        *sentences_of(agreement.text, section.body, section.end),
    ]
    return [part for span in spans for part in _without_furniture(agreement, span)]


def passage_sentences(agreement: Agreement, passages: Sequence[Passage]) -> list[list[Span]]:
    """The sentences and list items inside each of the agreement's passages; the whole passage where it cuts one."""
    by_section = {
        position: section_sentences(agreement, agreement.sections[position])
        for position in {passage.section for passage in passages}
    }
    return [
        [s for s in by_section[passage.section] if Span(passage.start, passage.end).holds(s)]
        or [Span(passage.start, passage.end)]
        for passage in passages
    ]


def split_sentences(agreement: Agreement, passages: Sequence[Passage]) -> int:
    """How many of the agreement's sentences lie in no single one of its passages: they were too long for it."""
    by_section: dict[int, list[Span]] = {}
    for passage in passages:
        by_section.setdefault(passage.section, []).append(Span(passage.start, passage.end))
    return sum(
        not any(passage.holds(sentence) for passage in by_section[position])
        for position, section in enumerate(agreement.sections)
        if position in by_section
        for sentence in section_sentences(agreement, section)
    )


def _without_furniture(agreement: Agreement, span: Span) -> Iterator[Span]:
    """The parts of `span` outside furniture, trimmed, none empty."""
    start = span.start
    for block in (f for f in agreement.furniture if f.overlaps(span)):
        yield from _trimmed(agreement.text, start, max(start, block.start))
        start = max(start, block.end)
    yield from _trimmed(agreement.text, start, span.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    words = text[start:end]
    if words.strip():
        first = start + len(words) - len(words.lstrip())
        yield Span(first, first + len(words.strip()))


def _packed(agreement: Agreement, section: Section, count_tokens: CountTokens, limit: int) -> Iterator[Span]:
    """Neighbouring sentences joined until the next would pass `limit` tokens or furniture stands between."""
    text = agreement.text
    units = [
        part
        for span in section_sentences(agreement, section)
        for part in _fitting(text, span, count_tokens, limit)
    ]
    counts = count_tokens([text[u.start : u.end] for u in units]) if units else []
    open_span: Span | None = None
    size = 0
    for unit, count in zip(units, counts, strict=True):
        apart = open_span is not None and any(
            f.start >= open_span.end and f.end <= unit.start
            for f in agreement.furniture
            if f.overlaps(Span(open_span.end, unit.start))
        )
        if open_span is not None and (apart or size + count > limit):
            yield open_span
            open_span, size = None, 0
        open_span = unit if open_span is None else Span(open_span.start, unit.end)
        size += count
    if open_span is not None:
        yield open_span


def _fitting(text: str, span: Span, count_tokens: CountTokens, limit: int) -> Iterator[Span]:
    """The span itself, or halves of it at white space until each fits; a run without white space is cut as it is."""
    if count_tokens([text[span.start : span.end]])[0] <= limit or span.end - span.start < 8:
        yield span
        return
    middle = (span.start + span.end) // 2
    gaps = [m.start() + span.start for m in re.finditer(r"\s+", text[span.start : span.end])]
    cut = min(gaps, key=lambda gap: abs(gap - middle)) if gaps else middle
    for start, end in ((span.start, cut), (cut, span.end)):
        for part in _trimmed(text, start, end):
            yield from _fitting(text, part, count_tokens, limit)
