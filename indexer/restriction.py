"""An index of fewer agreements, as if the others had never been: what a reader of just those may be answered from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace

import numpy as np

from corpus.report import FileReport
from corpus.types import Agreement, ReadStatus
from corpus.versions import links_between
from indexer.counted import Counted
from indexer.lexical import LexicalIndex
from indexer.manifest import Manifest
from indexer.store import AGREEMENTS, REPORT, Index

NAME = "vy-"
"""How the generation of a restricted index is named: after what it holds, and not after when it was made."""


@dataclass(frozen=True, slots=True)
class Divisible:
    """A generation and the counts of its words, which every restriction of it is cut from."""

    index: Index
    counted: Counted

    @classmethod
    def of(cls, index: Index) -> Divisible:
        """The index, its words counted: as long as building its word index took."""
        return cls(index, Counted.of(index.passages))

    def only(self, agreement_ids: Set[str]) -> Index:
        """The index that holds the agreements of `agreement_ids` and nothing that depends on another.

        Equal to one built of just their files: words weighed by these passages alone, links among these agreements, the
        report of these files as read for the first time, and nothing of who else may read them. Its generation is named by
        its content. Ids that the index lacks are passed over. docs/decisions/access.md holds the proof.
        """
        index = self.index
        agreements = {
            name: replace(each, readers=())
            for name, each in index.agreements.items()
            if name in agreement_ids
        }
        rows = np.array(
            [row for row, each in enumerate(index.passages) if each.agreement_id in agreements],
            dtype=np.int64,
        )
        report = tuple(_read_anew(row) for row in index.report if row.agreement_id in agreements)
        return Index(
            folder=index.folder,
            manifest=_manifest(index.manifest, agreements, report, len(rows)),
            agreements=agreements,
            passages=[index.passages[row] for row in rows],
            words=LexicalIndex.of(self.counted.only(rows)),
            vectors=index.vectors.only(rows),
            links=links_between(list(agreements.values())),
            report=report,
            sentences=index.sentences.only(rows),
        )


def restrict(index: Index, agreement_ids: Set[str]) -> Index:
    """The index of just these agreements; for several of one generation, make it `Divisible` once."""
    return Divisible.of(index).only(agreement_ids)


def _read_anew(row: FileReport) -> FileReport:
    """The row as the file's first reading gives it: "unchanged" and "moved" tell of other generations."""
    status = ReadStatus.INDEXED_WITH_WARNINGS if row.warnings else ReadStatus.INDEXED
    return replace(row, status=status, reason="; ".join(row.warnings) or None, moved_from=None)


def _manifest(
    whole: Manifest, agreements: Mapping[str, Agreement], report: tuple[FileReport, ...], passages: int
) -> Manifest:
    read_from = {name: path for name, path in whole.read_from.items() if name in agreements}
    own = whole.model_copy(
        update={
            "agreements": len(agreements),
            "passages": passages,
            "source_folder": "",
            "files": {},
            "sources": {path: sha for path, sha in whole.sources.items() if path in set(read_from.values())},
            "read_from": read_from,
            "dates": {name: dates for name, dates in whole.dates.items() if name in agreements},
            "generation": "",
            "corpus_fingerprint": "",
        }
    )
    digest = hashlib.sha256()
    for part in _contents(own, agreements, report):
        digest.update(hashlib.sha256(part).digest())
    named = digest.hexdigest()
    return own.model_copy(update={"generation": f"{NAME}{named[:16]}", "corpus_fingerprint": named})


def _contents(
    manifest: Manifest, agreements: Mapping[str, Agreement], report: tuple[FileReport, ...]
) -> Iterator[bytes]:
    """All that answers are made of: passages, words, vectors and links follow from the texts and the versions."""
    yield manifest.model_dump_json().encode()
    yield AGREEMENTS.dump_json(
        [replace(a, document=replace(a.document, text="")) for a in agreements.values()]
    )
    yield REPORT.dump_json(list(report))
