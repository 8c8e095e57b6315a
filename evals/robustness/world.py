"""Two small folders of agreements, each ready to be written as a generation in milliseconds, and what each must open as."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.reading.document import read_document
from evals.robustness.bad_files import write_good
from indexer.build import build_index
from indexer.generation import Contents
from indexer.manifest import MANIFEST_SHA, IndexDamagedError, verified_manifest
from indexer.store import Index, open_index, source_name
from indexer.swedish.tokens import tokens_of
from indexer.swedish.words import words_of
from indexer.types import EncoderInfo, FloatMatrix

DIMENSION = 32
_SHARED = "Avtal om kajen\n\n§ 1 Skötsel\n\nBolaget sköter kajen.\n"


class SignEncoder:
    """Each word is a sign in one of 32 places, chosen by its hash; gives the vectors of sentences too."""

    info = EncoderInfo("tecken-32", hashlib.sha256(b"tecken-32").hexdigest(), DIMENSION, 256)

    def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
        """float32, shape (len(texts), 32), rows of L2 norm 1."""
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """float32, shape (len(texts), 32), rows of L2 norm 1."""
        vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row, 0] = 0.5
            for token in tokens_of(text):
                digest = hashlib.sha256(token.word.encode()).digest()
                vectors[row, digest[0] % DIMENSION] += 1.0 if digest[1] % 2 else -1.0
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def encode_with_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[FloatMatrix, list[FloatMatrix]]:
        """The passages' vectors and those of each one's parts."""
        of_parts = [
            self.encode_passages([text[start:end] for start, end in own])
            for text, own in zip(texts, parts, strict=True)
        ]
        return self.encode_passages(texts), of_parts

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Words of each text."""
        return [len(text.split()) for text in texts]


@dataclass(frozen=True, slots=True)
class Corpus:
    """What one folder gives a generation, and the digest of an index that holds just that."""

    contents: Contents
    digest: str


def two_corpora(work: Path) -> tuple[Corpus, Corpus]:
    """Two folders of three agreements below `work`: one agreement is in both, one has another wording in each."""
    made = []
    for name, seed, left_out in (("a", 1, 2), ("b", 2, 0)):
        folder = work / name
        write_good(folder, 4, seed)
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        files[left_out].unlink()
        (folder / "gemensamt.txt").write_text(_SHARED, "utf-8")
        build_index(folder, work / f"index-{name}", SignEncoder(), read_document)
        index = open_index(work / f"index-{name}")
        made.append(Corpus(contents_of(index), digest_of(index)))
    return made[0], made[1]


def contents_of(index: Index) -> Contents:
    """What an open index holds, ready to be written again."""
    sources = index.manifest.sources
    return Contents(
        encoder=index.manifest.encoder,
        agreements=list(index.agreements.values()),
        passages=index.passages,
        words=index.words,
        vectors=index.vectors,
        links=index.links,
        report=index.report,
        source_folder=Path(index.manifest.source_folder),
        sources={path: index.folder / source_name(path, sha) for path, sha in sources.items()},
        hashes=sources,
        sentences=index.sentences,
        dates=index.manifest.dates,
    )


def digest_of(index: Index) -> str:
    """Hex SHA-256 over all that an open index answers from: two generations mixed would have neither's."""
    asked = index.words.scores(words_of("Kommunen betalar bolaget kronor för kajen och badhuset"))
    parts = (
        repr(sorted(index.agreements.items())),
        repr(list(index.passages)),
        repr(list(index.links)),
        repr(list(index.report)),
        repr(sorted(index.words.atoms())),
        asked.tobytes().hex(),
        index.vectors.vectors().tobytes().hex(),
        index.sentences.first.tobytes().hex(),
        index.sentences.starts.tobytes().hex(),
        index.sentences.coded.codes.tobytes().hex(),
        repr(sorted(index.source_of(name).read_bytes() for name in index.agreements)),
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def half_removed(root: Path) -> list[str]:
    """Names of the generations that `avtal rollback` could choose though a file of theirs is damaged or missing."""
    found = []
    for folder in sorted((root / "generations").glob("[!.]*")):
        try:
            verified_manifest(folder, (folder / MANIFEST_SHA).read_text("utf-8").strip(), folder)
        except (OSError, IndexDamagedError):
            found.append(folder.name)
    return found


def tell(states: Mapping[str, int], broken: Sequence[str]) -> None:
    """Print how many rounds ended in each state, and the first ten that are broken."""
    for state, times in sorted(states.items()):
        print(f"{times:6} {state}")
    for row in broken[:10]:
        print(f"TRASIGT: {row}")
