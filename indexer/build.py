"""From a folder of files to a generation: read what changed, embed what changed, report every file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.card import agreement_from
from corpus.folder import FileReport, SourceFile, files_in, identify
from corpus.types import Agreement, AvtalError, Document, ReadError, ReadStatus
from indexer.lexical import LexicalIndex
from indexer.passages import passages_of
from indexer.store import (
    Contents,
    Index,
    IndexDamagedError,
    current_generation,
    open_index,
    write_generation,
    writing,
)
from indexer.types import Encoder, FloatMatrix, Passage
from indexer.vectors import VectorIndex
from indexer.version import chunker_version, parser_version

ReadFile = Callable[[Path, str], Document]
Progress = Callable[[str, int, int], None]
"""Called with a Swedish word for the stage, how much is done and how much there is."""

BATCH = 64


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What `avtal index` did. `former_damage` says why the former index could not be reused, if it could not."""

    generation: str
    published: bool
    report: tuple[FileReport, ...]
    agreements: int
    passages: int
    embedded: int
    former_damage: str | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """One indexed file: its agreement, its passages, and its old vectors if they still hold."""

    agreement: Agreement
    passages: list[Passage]
    vectors: FloatMatrix | None


def build_index(
    folder: Path, root: Path, encoder: Encoder, read: ReadFile, progress: Progress = lambda *_: None
) -> BuildResult:
    """Index `folder` into `root`. Files that cannot be read are reported; the others are indexed.

    Raises AvtalError where the folder is missing or empty, or no file in it could be read; the former index stays.
    """
    if folder.exists() and root.resolve() == folder.resolve():
        raise AvtalError(f"indexet kan inte skrivas i mappen {folder} själv; ange en annan mapp med --to")
    with writing(root):
        paths = list(files_in(folder, root))
        former, damage = _former(root, encoder)
        reusable = _reusable(former)
        files = identify(folder, paths)
        reports: list[FileReport] = []
        kept: list[_Read] = []
        first_with: dict[str, str] = {}
        for done, (file, path) in enumerate(zip(files, paths, strict=True)):
            progress("Läser", done, len(files))
            report, taken = _take(file, path, read, encoder, reusable, first_with)
            reports.append(report)
            if taken is not None:
                kept.append(taken)
        progress("Läser", len(files), len(files))
        if not kept:
            rows = "; ".join(f"{row.path}: {row.reason}" for row in reports[:3])
            raise AvtalError(
                f"ingen fil i {folder} kunde läsas ({rows}); lägg dit avtal som .txt, .md, .html, .pdf eller .docx"
            )
        vectors, embedded = _embed(kept, encoder, progress)
        if former is not None and _same(former, folder, files, reports):
            return _result(former.generation, False, reports, kept, embedded, damage)
        passages = [passage for item in kept for passage in item.passages]
        contents = Contents(
            encoder=encoder.info,
            agreements=[item.agreement for item in kept],
            passages=passages,
            words=LexicalIndex.build(passages),
            vectors=VectorIndex.build(vectors),
            report=reports,
            source_folder=folder.resolve(),
            sources={file.path: path for file, path in zip(files, paths, strict=True)},
            hashes={file.path: file.sha256 for file in files},
        )
        generation = write_generation(root, contents)
        return _result(generation, True, reports, kept, embedded, damage)


def _result(
    generation: str,
    published: bool,
    reports: list[FileReport],
    kept: list[_Read],
    embedded: int,
    damage: str | None,
) -> BuildResult:
    passages = sum(len(item.passages) for item in kept)
    return BuildResult(generation, published, tuple(reports), len(kept), passages, embedded, damage)


def _former(root: Path, encoder: Encoder) -> tuple[Index | None, str | None]:
    """The current generation where its rows can be reused: same encoder, same chunker, same parser."""
    if current_generation_or_damage(root) is None:
        return None, None
    try:
        index = open_index(root)
    except AvtalError as error:
        return None, str(error)
    manifest = index.manifest
    same = (
        manifest.encoder == encoder.info
        and manifest.chunker_version == chunker_version()
        and manifest.parser_version == parser_version()
    )
    return (index, None) if same else (None, None)


def current_generation_or_damage(root: Path) -> str | None:
    """The current generation's name, "?" for a pointer that is damaged, None where there is no index."""
    try:
        return current_generation(root)
    except IndexDamagedError:
        return "?"


def _take(
    file: SourceFile,
    path: Path,
    read: ReadFile,
    encoder: Encoder,
    reusable: Mapping[tuple[str, str, str], _Read],
    first_with: dict[str, str],
) -> tuple[FileReport, _Read | None]:
    if file.problem is not None:
        return FileReport(file.path, ReadStatus.REFUSED, file.problem), None
    twin = first_with.get(file.sha256)
    if file.sha256 and twin is not None:
        return FileReport(file.path, ReadStatus.DUPLICATE, f"samma innehåll som {twin}"), None
    taken = reusable.get((file.path, file.sha256, file.agreement_id))
    if taken is not None:
        status, warnings = ReadStatus.UNCHANGED, taken.agreement.document.warnings
    else:
        try:
            document = read(path, file.path)
        except ReadError as error:
            return FileReport(file.path, error.status, error.reason), None
        agreement = agreement_from(document, file.agreement_id)
        taken = _Read(agreement, passages_of(agreement, encoder.count_tokens, encoder.info.max_tokens), None)
        warnings = document.warnings
        if not taken.passages:
            warnings = (*warnings, "inget stycke kan citeras: texten är bara sidans ramtext")
        status = ReadStatus.INDEXED_WITH_WARNINGS if warnings else ReadStatus.INDEXED
    first_with[file.sha256] = file.path
    agreement = taken.agreement
    report = FileReport(
        path=file.path,
        status=status,
        reason="; ".join(warnings) or None,
        agreement_id=agreement.agreement_id,
        characters=len(agreement.text),
        pages=len(agreement.document.pages),
        sections=len(agreement.sections),
        passages=len(taken.passages),
        warnings=warnings,
    )
    return report, taken


def _reusable(former: Index | None) -> dict[tuple[str, str, str], _Read]:
    """What the former generation holds, by (path, SHA-256 of the file, agreement id)."""
    if former is None:
        return {}
    vectors = former.vectors.vectors()
    rows: dict[str, list[int]] = {}
    for row, passage in enumerate(former.passages):
        rows.setdefault(passage.agreement_id, []).append(row)
    found: dict[tuple[str, str, str], _Read] = {}
    for agreement_id, path in former.manifest.read_from.items():
        own = rows.get(agreement_id, [])
        read = _Read(former.agreements[agreement_id], [former.passages[row] for row in own], vectors[own])
        found[path, former.manifest.sources[path], agreement_id] = read
    return found


def _embed(kept: Sequence[_Read], encoder: Encoder, progress: Progress) -> tuple[FloatMatrix, int]:
    """Every passage's vector in order, float32 (rows, dimension), and how many were made anew."""
    fresh = [passage for item in kept if item.vectors is None for passage in item.passages]
    made = np.zeros((len(fresh), encoder.info.dimension), dtype=np.float32)
    for start in range(0, len(fresh), BATCH):
        progress("Bäddar in", start, len(fresh))
        batch = fresh[start : start + BATCH]
        made[start : start + len(batch)] = encoder.encode_passages(
            [embedding_text(passage) for passage in batch]
        )
    if fresh:
        progress("Bäddar in", len(fresh), len(fresh))
    parts: list[FloatMatrix] = []
    used = 0
    for item in kept:
        if item.vectors is None:
            parts.append(made[used : used + len(item.passages)])
            used += len(item.passages)
        else:
            parts.append(item.vectors)
    return np.concatenate(parts).astype(np.float32), len(fresh)


def embedding_text(passage: Passage) -> str:
    """What the encoder reads: the header, which names the agreement and the section, and the text."""
    return f"{passage.header}\n{passage.text}"


def _same(former: Index, folder: Path, files: list[SourceFile], reports: list[FileReport]) -> bool:
    """True when the former generation was made of the same files: nothing came, went or changed."""
    indexed = {row.path for row in reports if row.agreement_id is not None}
    hashes = {file.path: file.sha256 for file in files if file.path in indexed}
    refused = {(row.path, row.status, row.reason) for row in reports if row.agreement_id is None}
    before = {(row.path, row.status, row.reason) for row in former.report if row.agreement_id is None}
    same_place = former.manifest.source_folder == str(folder.resolve())
    return same_place and hashes == former.manifest.sources and refused == before
