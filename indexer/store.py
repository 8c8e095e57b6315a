"""An open generation: the records of its files, each checked before it is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import TypeAdapter

from corpus.report import FileReport
from corpus.types import Agreement, AvtalError
from corpus.versions import Link
from indexer import lexical, sentence_vectors, vectors
from indexer.disk import in_swedish
from indexer.lexical import LexicalIndex
from indexer.manifest import (
    DEFAULT_FOLDER,
    MANIFEST,
    POINTER,
    IndexDamagedError,
    Manifest,
    read_pointer,
    verified_manifest,
)
from indexer.sentence_vectors import SentenceVectors
from indexer.types import Passage
from indexer.vectors import VectorIndex
from indexer.version import chunker_version

AGREEMENTS = TypeAdapter(list[Agreement])
PASSAGES = TypeAdapter(list[Passage])
LINKS = TypeAdapter(list[Link])
REPORT = TypeAdapter(list[FileReport])


@dataclass(frozen=True, slots=True)
class Index:
    """An open generation. Row i of `words` and `vectors` is `passages[i]`."""

    folder: Path
    manifest: Manifest
    agreements: Mapping[str, Agreement]
    passages: Sequence[Passage]
    words: LexicalIndex
    vectors: VectorIndex
    links: Sequence[Link]
    report: Sequence[FileReport]
    sentences: SentenceVectors = field(default_factory=SentenceVectors.none)

    def __post_init__(self) -> None:
        if len(self.sentences.first) not in (0, len(self.passages) + 1):
            raise IndexDamagedError(
                f"indexet i {self.folder} hänger inte ihop: {len(self.passages)} stycken, men meningar till "
                f"{len(self.sentences.first) - 1}; bygg om det med avtal index"
            )
        counts = {len(self.passages), self.words.rows, self.vectors.rows, self.manifest.passages}
        if len(counts) != 1:
            raise IndexDamagedError(
                f"indexet i {self.folder} hänger inte ihop: {len(self.passages)} stycken, {self.words.rows} ordrader, "
                f"{self.vectors.rows} vektorer, {self.manifest.passages} i manifestet; bygg om det med avtal index"
            )

    @property
    def generation(self) -> str:
        """The generation's name."""
        return self.manifest.generation

    def source_of(self, agreement_id: str) -> Path:
        """The stored copy of the file that the agreement was read from."""
        path = self.manifest.read_from[agreement_id]
        return self.folder / source_name(path, self.manifest.sources[path])


def source_name(path: str, sha256: str) -> str:
    """Where a source is kept inside the generation: by content, with its own extension."""
    return f"sources/{sha256}{Path(path).suffix.lower()}"


def open_index(root: Path = DEFAULT_FOLDER) -> Index:
    """Open the current generation under `root`, after checking every file against the manifest.

    Raises AvtalError where there is no index, IndexDamagedError naming the file that is damaged, missing or, though it is
    the one that was written, not what this program reads.
    """
    try:
        return _opened(root)
    except OSError as error:
        raise IndexDamagedError(
            f"indexfilen {error.filename or root} kan inte läsas: {in_swedish(error)}; kör avtal rollback eller bygg om med avtal index"
        ) from error


def _opened(root: Path) -> Index:
    name, manifest_sha = read_pointer(root)
    folder = root / "generations" / name
    manifest = verified_manifest(folder, manifest_sha, root / POINTER)
    if manifest.chunker_version != chunker_version():
        raise AvtalError(
            f"indexet i {root} är byggt av en annan version av programmet; bygg om det med avtal index"
        )
    whole = _agreements(folder, manifest)
    with _parsing(folder, "passages.json"):
        passages = PASSAGES.validate_json((folder / "passages.json").read_bytes())
        full = [replace(p, text=whole[p.agreement_id].text[p.start : p.end]) for p in passages]
    with _parsing(folder, "links.json"):
        links = LINKS.validate_json((folder / "links.json").read_bytes())
    with _parsing(folder, "report.json"):
        report = REPORT.validate_json((folder / "report.json").read_bytes())
    known = set(manifest.read_from)
    if known != set(whole) or not set(manifest.read_from.values()) <= {row.path for row in report}:
        raise IndexDamagedError(
            f"indexet i {folder} hänger inte ihop: {MANIFEST}, agreements.json och report.json nämner inte samma filer; "
            "bygg om det med avtal index"
        )
    with _parsing(folder, *lexical.FILES):
        words = LexicalIndex.load(folder)
    with _parsing(folder, vectors.FILE):
        vectors_ = VectorIndex.load(folder)
    with _parsing(folder, sentence_vectors.FILE):
        sentences = SentenceVectors.load(folder)
    return Index(folder, manifest, whole, full, words, vectors_, links, report, sentences)


def _agreements(folder: Path, manifest: Manifest) -> dict[str, Agreement]:
    stored = [folder / name for name in manifest.files if name.startswith("texts/")]
    texts = {}
    for path in stored:
        with _parsing(folder, f"texts/{path.name}"):
            texts[path.stem] = path.read_text(encoding="utf-8")
    with _parsing(folder, "agreements.json"):
        agreements = AGREEMENTS.validate_json((folder / "agreements.json").read_bytes())
        return {
            a.agreement_id: replace(a, document=replace(a.document, text=texts[a.document.text_sha256]))
            for a in agreements
        }


@contextmanager
def _parsing(folder: Path, *names: str) -> Iterator[None]:
    """What a file that is whole but not as this program writes it raises, as an IndexDamagedError that names it.

    Such a file is another version's, or was changed together with its checksum. Each library has its own errors for it.
    """
    try:
        yield
    except (OSError, MemoryError, SystemError):  # the machine's or the interpreter's fault, not the file's
        raise
    except Exception as error:
        raise IndexDamagedError(
            f"indexfilen {folder / ' eller '.join(names)} är hel men inte skriven som programmet läser den "
            f"({type(error).__name__}); kör avtal rollback eller bygg om med avtal index"
        ) from error


SAVED_FILES = (
    "agreements.json",
    "passages.json",
    "links.json",
    "report.json",
    *lexical.FILES,
    vectors.FILE,
    sentence_vectors.FILE,
)
"""The files of a generation besides texts and sources."""
