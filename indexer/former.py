"""What the generation before gives the next: ids that stay, files that need no reading, vectors that still hold."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from corpus.identity import Known
from corpus.report import FileReport
from corpus.types import Agreement, AvtalError, Document, Span
from indexer.manifest import Dates, IndexDamagedError, Manifest, current_generation, current_manifest
from indexer.sentence_vectors import Coded
from indexer.store import Index, open_index
from indexer.types import Encoder, EncoderInfo, FloatMatrix, Passage
from indexer.version import parser_version

ReadAgain = Callable[[Document], bool]
"""True for a document that would be read otherwise now, though its file is unchanged."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One indexed file: its agreement, its passages and its row of the report."""

    agreement: Agreement
    passages: tuple[Passage, ...]
    report: FileReport


@dataclass(frozen=True, slots=True)
class Former:
    """The former generation as far as it can be used; nothing of it where there is none.

    `known` and `dates` (by agreement id) outlive a new version of the program. `index` is there where its texts were read as they would be now;
    `damage` says why a former index could not be opened.
    """

    known: Mapping[str, Known] = field(default_factory=dict)
    index: Index | None = None
    damage: str | None = None
    dates: Mapping[str, Dates] = field(default_factory=dict)
    _taken: Mapping[str, Taken] = field(default_factory=dict)
    _rows: Mapping[bytes, int] = field(default_factory=dict)
    _before: Index | None = None
    _same_encoder: bool = False

    @classmethod
    def of(cls, root: Path, encoder: Encoder, again: ReadAgain = lambda _: False) -> Former:
        """What the current generation under `root` gives an index by `encoder`. Never raises for a damaged one.

        The documents that are to be read `again` are not among what can be used.
        """
        try:
            if current_generation(root) is None:
                return cls()
            manifest = current_manifest(root)
            known, dates = _known(manifest), manifest.dates
        except IndexDamagedError as error:
            return cls(damage=str(error))
        try:
            index = open_index(root)
        except IndexDamagedError as error:
            return cls(known, damage=str(error), dates=dates)
        except AvtalError:
            return cls(known, dates=dates)
        rows = _rows(index, encoder.info)
        if index.manifest.parser_version != parser_version():
            return cls(known, dates=dates, _rows=rows, _before=index)
        same = index.manifest.encoder == encoder.info
        return cls(known, index, None, dates, _taken(index, again), rows, index, same)

    def has(self, path: str, sha256: str) -> bool:
        """True where the former generation read this content at this path."""
        return path in self.known and self.known[path].sha256 == sha256

    def dates_of(self, path: str, sha256: str, agreement: Agreement, now: datetime) -> Dates:
        """When the agreement came and changed: now, unless it was there before as it is.

        Where its former card cannot be read, the file's content decides.
        """
        before = self.dates.get(agreement.agreement_id)
        if before is None:
            return Dates(added=now, changed=now)
        then = self.index.agreements.get(agreement.agreement_id) if self.index is not None else None
        same = (
            self.has(path, sha256)
            if then is None
            else replace(then, readers=()) == replace(agreement, readers=())
        )
        return before if same else Dates(added=before.added, changed=now)

    def taken(self, path: str, sha256: str, agreement_id: str) -> Taken | None:
        """The indexed file, where path, content and id are what they were and the encoder too: it sets passages' length."""
        found = self._taken.get(path) if self.has(path, sha256) and self._same_encoder else None
        return found if found is not None and found.agreement.agreement_id == agreement_id else None

    def document(self, path: str, sha256: str) -> Document | None:
        """The text of this content as it was read at its path, or at another of the same extension."""
        same = (
            [path] if self.has(path, sha256) else [p for p in self._taken if self.known[p].sha256 == sha256]
        )
        found = next((p for p in same if p in self._taken and _suffix(p) == _suffix(path)), None)
        return None if found is None else self._taken[found].agreement.document

    def embedded(self, passage: Passage, sentences: Sequence[Span]) -> Embedded | None:
        """What the same encoder made of the same text with the same sentences in the same agreement; else None."""
        row = self._rows.get(_key(passage))
        if row is None or self._before is None:
            return None
        vector = self._before.vectors.vector(row)
        if not len(self._before.sentences):
            return Embedded(vector, None)
        then = self._before.passages[row]
        if parts_of(then, self._before.sentences.spans(row)) != parts_of(passage, sentences):
            return None
        return Embedded(vector, self._before.sentences.of(row))


@dataclass(frozen=True, slots=True)
class Embedded:
    """A passage's vector, float32 (dimension,), and its sentences' where the encoder gives them."""

    vector: FloatMatrix
    sentences: Coded | None


def embedding_text(passage: Passage) -> str:
    """What the encoder reads: the header, which names the agreement and the section, and the text."""
    return f"{passage.header}\n{passage.text}"


def parts_of(passage: Passage, sentences: Sequence[Span]) -> list[tuple[int, int]]:
    """The sentences as character ranges of `embedding_text`."""
    shift = len(passage.header) + 1 - passage.start
    return [(span.start + shift, span.end + shift) for span in sentences]


def _known(manifest: Manifest) -> dict[str, Known]:
    return {
        path: Known(agreement_id, manifest.sources[path]) for agreement_id, path in manifest.read_from.items()
    }


def _taken(index: Index, again: ReadAgain) -> dict[str, Taken]:
    passages: dict[str, list[Passage]] = {}
    for passage in index.passages:
        passages.setdefault(passage.agreement_id, []).append(passage)
    rows = {row.path: row for row in index.report}
    return {
        path: Taken(index.agreements[name], tuple(passages.get(name, ())), rows[path])
        for name, path in index.manifest.read_from.items()
        if not again(index.agreements[name].document)
    }


def _rows(index: Index, info: EncoderInfo) -> dict[bytes, int]:
    if index.manifest.encoder != info:
        return {}
    return {_key(passage): row for row, passage in enumerate(index.passages)}


def _key(passage: Passage) -> bytes:
    """What names a passage's vector. Another agreement's vector of the same text may differ in its last bit."""
    return hashlib.sha256(f"{passage.agreement_id}\n{embedding_text(passage)}".encode()).digest()


def _suffix(path: str) -> str:
    return Path(path).suffix.lower()
