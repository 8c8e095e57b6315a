"""An index whose checksums are right but whose content is another program's: refused by name, and built again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from corpus.reading.document import read_document
from evals.robustness.copies import put_right
from indexer.build import build_index
from indexer.manifest import MANIFEST, IndexDamagedError
from indexer.store import open_index
from indexer.types import Encoder

UNPARSED = {
    "agreements.json": b'[{"agreement_id": "x", "of_another_version": 1}]',
    "passages.json": b"[",
    "links.json": b'{"a": 1}',
    "report.json": b"null",
    "words.json": b"{}",
    "stems.npz": b"\x93NUMPY",
    "vectors.faiss": b"IxF2" + bytes(40),
    "sentences.npz": b"\x93NUMPY",
}
"""Content that no file of the name has."""


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    """A copy of the tiny index, to damage."""
    return Path(shutil.copytree(built, tmp_path / "index"))


def reseal(root: Path, name: str, content: bytes) -> None:
    """Write the file of the current generation, and put every checksum right."""
    index = open_index(root)
    (index.folder / name).write_bytes(content)
    put_right(root, index.generation)


def built_again(folder: Path, root: Path, encoder: Encoder, said: str) -> bool:
    """Whether `avtal index` says what was wrong with the former index and leaves a whole one."""
    result = build_index(folder, root, encoder, read_document)
    return said in (result.former_damage or "") and len(open_index(root).agreements) == result.agreements == 4


@pytest.mark.parametrize("name", sorted(UNPARSED))
def test_a_whole_file_that_is_not_understood(name: str, folder: Path, root: Path, encoder: Encoder) -> None:
    reseal(root, name, UNPARSED[name])
    with pytest.raises(
        IndexDamagedError, match="är hel men inte skriven som programmet läser den"
    ) as refused:
        open_index(root)
    assert name in str(refused.value)
    assert built_again(folder, root, encoder, name)


def test_a_text_that_is_no_text(folder: Path, root: Path, encoder: Encoder) -> None:
    text = next(name for name in open_index(root).manifest.files if name.startswith("texts/"))
    reseal(root, text, b"\xff")
    with pytest.raises(IndexDamagedError, match=text):
        open_index(root)
    assert built_again(folder, root, encoder, text)


def test_passages_of_an_agreement_that_is_not_there(folder: Path, root: Path, encoder: Encoder) -> None:
    rows = json.loads((open_index(root).folder / "passages.json").read_bytes())
    reseal(root, "passages.json", json.dumps([rows[0] | {"agreement_id": "ett annat"}, *rows[1:]]).encode())
    with pytest.raises(IndexDamagedError, match=r"passages\.json"):
        open_index(root)
    assert built_again(folder, root, encoder, "passages.json")


@pytest.mark.parametrize("name", ["agreements.json", "report.json"])
def test_files_that_name_different_agreements(name: str, folder: Path, root: Path, encoder: Encoder) -> None:
    rows = json.loads((open_index(root).folder / name).read_bytes())
    changed = rows[1:] if name == "report.json" else [*rows, rows[0] | {"agreement_id": "ett annat"}]
    reseal(root, name, json.dumps(changed).encode())
    with pytest.raises(IndexDamagedError, match="nämner inte samma filer"):
        open_index(root)
    assert built_again(folder, root, encoder, name)


def test_a_manifest_that_lacks_a_source(folder: Path, root: Path, encoder: Encoder) -> None:
    index = open_index(root)
    path = index.folder / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"sources": {}}), encoding="utf-8")
    put_right(root, index.generation)
    with pytest.raises(IndexDamagedError, match=MANIFEST):
        open_index(root)
    assert built_again(folder, root, encoder, MANIFEST)
