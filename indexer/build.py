"""From a folder of files to a generation: read what changed, embed what changed, report every file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import numpy as np

from corpus.card import agreement_from
from corpus.folder import SourceFile, files_in, sources_of
from corpus.identity import Identity, identities
from corpus.manifest import NOTHING, Entry, declare, is_manifest, read_manifests
from corpus.reading.document import READABLE_SUFFIXES
from corpus.report import FileReport, report_of
from corpus.types import AvtalError, Document, ReadError, ReadStatus, Span
from corpus.versions import links_between
from indexer.former import Former, ReadAgain, Taken, embedding_text, parts_of
from indexer.generation import Contents, write_generation, writing
from indexer.lexical import LexicalIndex
from indexer.manifest import Dates
from indexer.passages import passage_sentences, passages_of, split_sentences
from indexer.sentence_vectors import Coded, SentenceVectors, part_encoder
from indexer.types import Encoder, FloatMatrix, Passage
from indexer.vectors import VectorIndex

ReadFile = Callable[[Path, str], Document]
Progress = Callable[[str, int, int], None]
"""Called with a Swedish word for the stage, how much is done and how much there is."""

BATCH = 64  # short calls stay in numpy: torch would bring this process from 400 to 750 MB (docs/encoder.md, "Speed")
MANIFEST_READ = "manifest: sätter uppgifter om andra filer, och är inget avtal"


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What `avtal index` did. `former_damage` says why the former index could not be reused, if it could not.

    `closed` counts the agreements that no group may read.
    """

    generation: str
    published: bool
    report: tuple[FileReport, ...]
    agreements: int
    passages: int
    embedded: int
    former_damage: str | None = None
    closed: int = 0


def build_index(
    folder: Path,
    root: Path,
    encoder: Encoder,
    read: ReadFile,
    progress: Progress = lambda *_: None,
    again: ReadAgain = lambda _: False,
    now: datetime | None = None,
) -> BuildResult:
    """Index `folder` into `root`. Files that cannot be read are reported; the others are indexed.

    An unchanged file whose document is to be read `again` is read again: text recognition may have been installed since.
    What is new or changed is dated `now`, with a zone; the present where it is not given.

    Raises AvtalError where the folder is missing or empty, or no file in it could be read; the former index stays.
    """
    if folder.exists() and root.resolve() == folder.resolve():
        raise AvtalError(f"indexet kan inte skrivas i mappen {folder} själv; ange en annan mapp med --to")
    with writing(root):
        paths = list(files_in(folder, root))
        entries = read_manifests(folder, paths)
        files = [
            replace(file, given_id=entries.get(file.path, NOTHING).agreement_id)
            for file in sources_of(folder, paths)
        ]
        places = {file.path: path for file, path in zip(files, paths, strict=True)}
        former = Former.of(root, encoder, again)
        documents, left_out = _read_all(files, places, entries, former, read, progress)
        readable = [file for file in files if file.path in documents]
        if not readable:
            rows = "; ".join(f"{row.path}: {row.reason}" for row in list(left_out.values())[:3])
            raise AvtalError(
                f"ingen fil i {folder} kunde läsas ({rows}); lägg dit avtal som {READABLE_SUFFIXES}"
            )
        ids = identities(readable, former.known)
        kept = _taken_all(readable, documents, ids, entries, former, encoder, progress)
        reports = [kept[file.path].report if file.path in kept else left_out[file.path] for file in files]
        passages = [passage for taken in kept.values() for passage in taken.passages]
        spans = [s for taken in kept.values() for s in passage_sentences(taken.agreement, taken.passages)]
        vectors, sentences, embedded = embed(passages, spans, encoder, former, progress)
        closed = sum(not taken.agreement.readers for taken in kept.values())
        counts = (len(kept), len(passages), embedded, former.damage, closed)
        if former.index is not None and _same(former, encoder, folder, files, kept, reports):
            return BuildResult(former.index.generation, False, tuple(reports), *counts)
        agreements = [taken.agreement for taken in kept.values()]
        contents = Contents(
            encoder=encoder.info,
            agreements=agreements,
            passages=passages,
            words=LexicalIndex.build(passages),
            vectors=VectorIndex.build(vectors),
            links=links_between(agreements),
            report=reports,
            source_folder=folder.resolve(),
            sources=places,
            hashes={file.path: file.sha256 for file in files},
            sentences=sentences,
            dates=_dates(kept, former, {file.path: file.sha256 for file in files}, now or datetime.now(UTC)),
        )
        return BuildResult(write_generation(root, contents), True, tuple(reports), *counts)


def _read_all(
    files: Sequence[SourceFile],
    places: Mapping[str, Path],
    entries: Mapping[str, Entry],
    former: Former,
    read: ReadFile,
    progress: Progress,
) -> tuple[dict[str, Document], dict[str, FileReport]]:
    """Path -> document of the files that are agreements, and path -> row of the others, both in path order.

    Of files with the same content and the same readers the one that was the agreement stays it; else the first by path
    is. With other readers it is another agreement: else one reader's copy would go with another's.
    """
    documents: dict[str, Document] = {}
    left_out: dict[str, FileReport] = {}
    first_with: dict[tuple[str, tuple[str, ...]], str] = {}
    order = sorted(range(len(files)), key=lambda i: (not former.has(files[i].path, files[i].sha256), i))
    for done, file in enumerate(files[i] for i in order):
        progress("Läser", done, len(files))
        content = (file.sha256, entries.get(file.path, NOTHING).readers or ())
        twin = first_with.get(content) if file.sha256 else None
        if file.problem is not None:
            left_out[file.path] = FileReport(file.path, ReadStatus.REFUSED, file.problem)
        elif is_manifest(places[file.path]):
            left_out[file.path] = FileReport(file.path, ReadStatus.INDEXED, MANIFEST_READ)
        elif twin is not None:
            said = f"samma innehåll som {twin}"
            left_out[file.path] = FileReport(file.path, ReadStatus.DUPLICATE, said, duplicate_of=twin)
        else:
            try:
                known = former.document(file.path, file.sha256)
                documents[file.path] = known or read(places[file.path], file.path)
                first_with[content] = file.path
            except ReadError as error:
                left_out[file.path] = FileReport(file.path, error.status, error.reason)
    progress("Läser", len(files), len(files))
    return documents, dict(sorted(left_out.items()))


def _taken_all(
    files: Sequence[SourceFile],
    documents: Mapping[str, Document],
    ids: Mapping[str, Identity],
    entries: Mapping[str, Entry],
    former: Former,
    encoder: Encoder,
    progress: Progress,
) -> dict[str, Taken]:
    """Path -> agreement, passages and report row of each file, in path order."""
    kept: dict[str, Taken] = {}
    for done, file in enumerate(files):
        progress("Delar upp", done, len(files))
        identity = ids[file.path]
        entry = entries.get(file.path, NOTHING)
        before = former.taken(file.path, file.sha256, identity.agreement_id)
        if before is not None and not entry.declared and not before.agreement.declared:
            agreement = replace(before.agreement, readers=entry.readers or ())
            kept[file.path] = Taken(agreement, before.passages, _unchanged(before.report, None))
            continue
        reused = former.document(file.path, file.sha256) is not None
        document = replace(documents[file.path], path=file.path)
        agreement = declare(agreement_from(document, identity.agreement_id), entry)
        passages = tuple(passages_of(agreement, encoder.count_tokens, encoder.info.max_tokens))
        row = report_of(agreement, len(passages), split_sentences(agreement, passages))
        if reused:
            row = _unchanged(row, identity.moved_from)
        elif identity.moved_from is not None:
            row = replace(row, moved_from=identity.moved_from)
        kept[file.path] = Taken(agreement, passages, row)
    progress("Delar upp", len(files), len(files))
    return kept


def _dates(
    kept: Mapping[str, Taken], former: Former, hashes: Mapping[str, str], now: datetime
) -> dict[str, Dates]:
    return {
        taken.agreement.agreement_id: former.dates_of(path, hashes[path], taken.agreement, now)
        for path, taken in kept.items()
    }


def _unchanged(row: FileReport, moved_from: str | None) -> FileReport:
    """The row of a file whose content is what it was, at the same place or another."""
    moved = [f"flyttad hit från {moved_from}"] if moved_from is not None else []
    reason = "; ".join([*moved, *row.warnings]) or None
    return replace(row, status=ReadStatus.UNCHANGED, reason=reason, moved_from=moved_from)


def embed(
    passages: Sequence[Passage],
    spans: Sequence[Sequence[Span]],
    encoder: Encoder,
    former: Former,
    progress: Progress = lambda *_: None,
) -> tuple[FloatMatrix, SentenceVectors, int]:
    """Every passage's vector in order, float32 (rows, dimension), its sentences', and how many were made anew.

    No sentences where the encoder gives none in the same pass.
    """
    by_parts = part_encoder(encoder)
    vectors = np.zeros((len(passages), encoder.info.dimension), dtype=np.float32)
    coded: list[Coded] = [Coded.of(vectors[:0])] * len(passages)
    fresh: list[int] = []
    for row, (passage, own) in enumerate(zip(passages, spans, strict=True)):
        known = former.embedded(passage, own)
        if known is None:
            fresh.append(row)
            continue
        vectors[row] = known.vector
        coded[row] = known.sentences or coded[row]
    done = 0
    for rows in _batches(fresh, passages):
        progress("Bäddar in", done, len(fresh))
        done += len(rows)
        texts = [embedding_text(passages[row]) for row in rows]
        if by_parts is None:
            vectors[rows] = encoder.encode_passages(texts)
            continue
        parts = [parts_of(passages[row], spans[row]) for row in rows]
        vectors[rows], of_parts = by_parts.encode_with_parts(texts, parts)
        for row, own_vectors in zip(rows, of_parts, strict=True):
            coded[row] = Coded.of(own_vectors)
    if fresh:
        progress("Bäddar in", len(fresh), len(fresh))
    sentences = SentenceVectors.build(spans, coded) if by_parts and passages else SentenceVectors.none()
    return vectors, sentences, len(fresh)


def _batches(rows: Sequence[int], passages: Sequence[Passage]) -> Iterator[list[int]]:
    """The rows to embed together: at most `BATCH`, of one agreement.

    A vector's last bit depends on what is embedded with it, and must not tell of an agreement that a reader may not
    see (docs/decisions/access.md). It costs no time.
    """
    for _, own in groupby(rows, key=lambda row: passages[row].agreement_id):
        together = list(own)
        for start in range(0, len(together), BATCH):
            yield together[start : start + BATCH]


def _same(
    former: Former,
    encoder: Encoder,
    folder: Path,
    files: Sequence[SourceFile],
    kept: Mapping[str, Taken],
    reports: Sequence[FileReport],
) -> bool:
    """True when the former generation was made of the same files by the same encoder: nothing came, went or changed."""
    if former.index is None:
        return False
    manifest = former.index.manifest
    hashes = {file.path: file.sha256 for file in files if file.path in kept}
    ids = {taken.agreement.agreement_id: path for path, taken in kept.items()}
    agreements = [taken.agreement for taken in kept.values()]
    left_out = {(row.path, row.status, row.reason) for row in reports if row.agreement_id is None}
    before = {(row.path, row.status, row.reason) for row in former.index.report if row.agreement_id is None}
    return (
        manifest.encoder == encoder.info
        and manifest.source_folder == str(folder.resolve())
        and (hashes, ids) == (manifest.sources, manifest.read_from)
        and agreements == list(former.index.agreements.values())
        and left_out == before
    )
