"""An agreement as the labeller reads it: a headed part with its numbered points, and each sentence with its paragraph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.lines import blocks_of
from corpus.types import Agreement, FactName, Section, SectionRole, Span
from indexer.passages import section_sentences
from indexer.swedish.words import Word, words_of
from retriever.clause_types import types_said


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or list item, outside furniture, and the paragraph that holds it.

    `said` are the types of clause that it speaks of, each with the word that shows it.
    """

    span: Span
    block: Span
    said: Mapping[str, Word]


@dataclass(frozen=True, slots=True)
class Unit:
    """A section with a heading of its own, and the points below it that have only a number.

    `heading` are the heading's words, none for a title, which names the whole agreement. `above` is the position of the
    unit that this one stands under, None outermost. `head` are the headings' own lines.
    """

    label: str
    heading: tuple[Word, ...]
    role: SectionRole
    span: Span
    sentences: tuple[Sentence, ...]
    head: tuple[Sentence, ...]
    above: int | None


def units_of(agreement: Agreement) -> list[Unit]:
    """The units, in order. Together they hold every sentence that may be cited."""
    groups: list[list[Section]] = []
    for section in agreement.sections:
        below = bool(groups) and _under(groups[-1][0], section) and not section.heading
        if below and section.role is groups[-1][0].role:
            groups[-1].append(section)
        else:
            groups.append([section])
    return [_unit(agreement, groups, position) for position in range(len(groups))]


def _under(upper: Section, lower: Section) -> bool:
    return (
        len(lower.path) > len(upper.path) and lower.path[: len(upper.path)] == upper.path and bool(upper.path)
    )


def _unit(agreement: Agreement, groups: Sequence[Sequence[Section]], position: int) -> Unit:
    group = groups[position]
    first = group[0]
    titled = any(f.name is FactName.TITLE and first.start <= f.start < first.body for f in agreement.facts)
    within = [(section, sentence) for section in group for sentence in _sentences(agreement, section)]
    above = next((i for i in range(position - 1, -1, -1) if _under(groups[i][0], first)), None)
    start, end = _trimmed(agreement.text, first.start, group[-1].end)
    return Unit(
        label=" ".join(first.label.split()),
        heading=() if titled else tuple(words_of(first.heading)),
        role=first.role,
        span=_before_furniture(agreement, Span(start, end)),
        sentences=tuple(s for section, s in within if s.span.start >= section.body),
        head=tuple(s for section, s in within if s.span.start < section.body),
        above=above,
    )


def _sentences(agreement: Agreement, section: Section) -> list[Sentence]:
    blocks = list(blocks_of(agreement.text, section.start, section.end))
    found: list[Sentence] = []
    for span in section_sentences(agreement, section):
        block = next((b for b in blocks if b.holds(span)), span)
        framed = any(f.overlaps(block) for f in agreement.furniture)
        said = types_said(words_of(agreement.text, span.start, span.end))
        found.append(Sentence(span, span if framed else block, said))
    return found


def _before_furniture(agreement: Agreement, span: Span) -> Span:
    """The span up to the first page furniture in it, which is never quoted."""
    first = min((f.start for f in agreement.furniture if f.overlaps(span)), default=span.end)
    start, end = _trimmed(agreement.text, span.start, max(first, span.start))
    return Span(start, end) if end > start else span


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    first = start + len(words) - len(words.lstrip())
    return first, max(first, first + len(words.strip()))
