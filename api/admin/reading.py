"""What a file would be in the index, said before it is taken in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from corpus.card import agreement_from
from corpus.identity import without_extension
from corpus.report import report_of
from corpus.sandbox import Reader
from corpus.types import Agreement, FactName, ReadError, ReadStatus
from indexer.passages import passages_of, split_sentences
from indexer.store import Index
from indexer.types import Encoder


class ReadFact(BaseModel):
    """A card field's value, and the words of the text that say it."""

    model_config = ConfigDict(frozen=True)

    name: FactName
    value: str
    detail: str
    quote: str


class Reading(BaseModel):
    """A file as it was read: its card and counts, or why it gives no agreement (`status` and `reason` say it).

    `warnings` are in Swedish. `text_sha256` is empty for a file that gives no text.
    """

    model_config = ConfigDict(frozen=True)

    status: ReadStatus
    reason: str = ""
    title: str = ""
    kind: str | None = None
    parties: tuple[str, ...] = ()
    facts: tuple[ReadFact, ...] = ()
    pages: int = 0
    characters: int = 0
    sections: int = 0
    passages: int = 0
    warnings: tuple[str, ...] = ()
    text_sha256: str = ""

    @property
    def usable(self) -> bool:
        """True where the file would be searched."""
        return self.status in (ReadStatus.INDEXED, ReadStatus.INDEXED_WITH_WARNINGS)


def read_file(path: Path, relative: str, reader: Reader, encoder: Encoder) -> Reading:
    """Read the file as the indexing will: in a limited process, its passages by the encoder's measure."""
    try:
        document = reader.read(path, relative)
    except ReadError as error:
        return Reading(status=error.status, reason=error.reason)
    agreement = agreement_from(document, without_extension(relative))
    passages = passages_of(agreement, encoder.count_tokens, encoder.info.max_tokens)
    row = report_of(agreement, len(passages), split_sentences(agreement, passages))
    return Reading(
        status=row.status,
        title=agreement.title,
        kind=agreement.kind,
        parties=agreement.parties,
        facts=facts_of(agreement),
        pages=row.pages,
        characters=row.characters,
        sections=row.sections,
        passages=row.passages,
        warnings=row.warnings,
        text_sha256=document.text_sha256,
    )


def facts_of(agreement: Agreement) -> tuple[ReadFact, ...]:
    """What the text says of the card, with its words."""
    return tuple(
        ReadFact(
            name=fact.name,
            value=fact.value,
            detail=fact.detail,
            quote=" ".join(agreement.text[fact.start : fact.end].split()),
        )
        for fact in agreement.facts
    )


def twins_of(
    reading: Reading, sha256: str, hashes: Mapping[str, str], index: Index | None
) -> tuple[str, ...]:
    """Paths of files with the same content, and of indexed agreements with the same text, sorted."""
    same = {path for path, known in hashes.items() if known == sha256}
    if index is not None and reading.text_sha256:
        same |= {
            index.manifest.read_from[agreement.agreement_id]
            for agreement in index.agreements.values()
            if agreement.document.text_sha256 == reading.text_sha256
        } & set(hashes)
    return tuple(sorted(same))


def sha256_of(path: Path) -> str:
    """Hex SHA-256 of the file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
