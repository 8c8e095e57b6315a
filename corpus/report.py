"""The ingestion report: what became of each file, and what its text makes a reader wonder about."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.numbering import numbering_gaps
from corpus.person_numbers import person_numbers
from corpus.reading.encoding import mojibake_count, mojibake_warning
from corpus.types import Agreement, ReadStatus


@dataclass(frozen=True, slots=True)
class FileReport:
    """The report's row for one file, which has exactly one status.

    `reason` says why in Swedish, where there is something to say; for an indexed file it is its `warnings`.
    `agreement_id` and the counts are there for the files that are in the index. `numbering_gaps` are the numbers
    around each gap ("§ 3", "§ 5"); `pages_without_text` are page numbers; `suspected_mojibake` counts places;
    `split_sentences` counts the sentences longer than a passage may be, which were divided. `moved_from` is the path that
    the same content had before; `duplicate_of` the file that is indexed in this one's place.
    """

    path: str
    status: ReadStatus
    reason: str | None = None
    agreement_id: str | None = None
    characters: int = 0
    pages: int = 0
    sections: int = 0
    passages: int = 0
    warnings: tuple[str, ...] = ()
    numbering_gaps: tuple[tuple[str, str], ...] = ()
    pages_without_text: tuple[int, ...] = ()
    suspected_mojibake: int = 0
    split_sentences: int = 0
    moved_from: str | None = None
    duplicate_of: str | None = None


def report_of(agreement: Agreement, passages: int, split_sentences: int) -> FileReport:
    """The row of a file that was read: INDEXED, or INDEXED_WITH_WARNINGS where it has any."""
    document = agreement.document
    gaps = numbering_gaps(agreement.sections)
    warnings = list(document.warnings)
    said = mojibake_warning(agreement.text)
    if said and said not in warnings:
        warnings.append(said)
    warnings += [f"numreringen hoppar från {before} till {after}" for before, after in gaps]
    numbers = sum(1 for _ in person_numbers(agreement.text))
    if numbers:
        places = "ställe" if numbers == 1 else "ställen"
        warnings.append(f"personnummer på {numbers} {places}: bedöm om avtalet ska vara sökbart")
    if not passages:
        warnings.append("inget stycke kan citeras: texten är bara sidans ramtext")
    return FileReport(
        path=document.path,
        status=ReadStatus.INDEXED_WITH_WARNINGS if warnings else ReadStatus.INDEXED,
        reason="; ".join(warnings) or None,
        agreement_id=agreement.agreement_id,
        characters=len(agreement.text),
        pages=len(document.pages),
        sections=len(agreement.sections),
        passages=passages,
        warnings=tuple(warnings),
        numbering_gaps=gaps,
        pages_without_text=tuple(
            page.number for page in document.pages if not agreement.text[page.start : page.end].strip()
        ),
        suspected_mojibake=mojibake_count(agreement.text),
        split_sentences=split_sentences,
    )
