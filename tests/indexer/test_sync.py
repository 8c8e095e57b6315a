"""A folder that lives: files that move, change places, are touched, copied and taken away between two builds."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.reading.document import read_document
from corpus.report import FileReport
from corpus.types import Document, ReadError, ReadStatus
from indexer.build import BuildResult, build_index
from indexer.former import embedding_text
from indexer.generation import rollback
from indexer.manifest import MANIFEST, MANIFEST_SHA, POINTER, current_manifest
from indexer.store import Index, open_index
from indexer.types import Encoder, EncoderInfo, FloatMatrix
from retriever.citation import verify
from retriever.engine import open_engine
from retriever.results import search
from retriever.types import Citation, Verdict

QUAY = """Nyttjandeavtal mellan Åkerby kommun och Kvarnlaget AB

§ 1 Kajen

Laget får lägga till vid den norra kajen under sommaren.
"""


class Reading:
    """Reads files and remembers which."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(self, path: Path, relative: str) -> Document:
        self.seen.append(relative)
        return read_document(path, relative)


class World:
    """A folder, its index, and what the last build read and reported."""

    def __init__(self, folder: Path, root: Path, encoder: Encoder) -> None:
        self.folder, self.root, self.encoder = folder, root, encoder
        self.read: list[str] = []
        self.result = self.build()

    def build(self) -> BuildResult:
        reading = Reading()
        self.result = build_index(self.folder, self.root, self.encoder, reading)
        self.read = reading.seen
        return self.result

    def row(self, path: str) -> FileReport:
        return next(row for row in self.result.report if row.path == path)

    @property
    def index(self) -> Index:
        return open_index(self.root)

    def cited(self, words: str) -> Citation:
        return search(open_engine(self.root, self.encoder), words).hits[0].citation


@pytest.fixture
def world(folder: Path, tmp_path: Path, encoder: Encoder) -> World:
    return World(folder, tmp_path / "index", encoder)


def sound(index: Index, encoder: Encoder) -> None:
    """Every passage is its agreement's text and every vector its passage's."""
    for passage in index.passages:
        assert index.agreements[passage.agreement_id].text[passage.start : passage.end] == passage.text
    texts = [embedding_text(passage) for passage in index.passages]
    assert np.allclose(index.vectors.vectors(), encoder.encode_passages(texts), atol=1e-6)
    assert {
        path: index.agreements[name].document.path for name, path in index.manifest.read_from.items()
    } == {path: path for path in index.manifest.sources}


def test_a_renamed_file_keeps_its_id_and_is_neither_read_nor_embedded(world: World) -> None:
    before = world.cited("hyran för ladan")
    (world.folder / "arkiv").mkdir()
    (world.folder / "hyra" / "ladan.txt").rename(world.folder / "arkiv" / "ladan vid ån.txt")
    result = world.build()
    row = world.row("arkiv/ladan vid ån.txt")
    assert (row.status, row.agreement_id) == (ReadStatus.UNCHANGED, "hyra/ladan")
    assert (row.moved_from, row.reason) == ("hyra/ladan.txt", "flyttad hit från hyra/ladan.txt")
    assert (world.read, result.embedded, result.published) == ([], 0, True)
    assert world.index.manifest.read_from["hyra/ladan"] == "arkiv/ladan vid ån.txt"
    assert verify(before, world.index.agreements).verdict is Verdict.EXACT
    sound(world.index, world.encoder)
    again = world.build()
    assert (again.published, world.row("arkiv/ladan vid ån.txt").moved_from) == (False, None)


def test_a_new_file_at_the_old_path_gets_an_id_of_its_own(world: World) -> None:
    old = world.folder / "hyra" / "ladan.txt"
    old.rename(world.folder / "ladan vid ån.txt")
    old.write_text(QUAY, encoding="utf-8")
    world.build()
    assert world.row("ladan vid ån.txt").agreement_id == "hyra/ladan"
    assert world.row("hyra/ladan.txt").agreement_id == "hyra/ladan.txt"
    assert "kajen" in world.index.agreements["hyra/ladan.txt"].text
    sound(world.index, world.encoder)
    assert not world.build().published


def test_a_swapped_pair_keeps_each_text_with_its_id(world: World) -> None:
    one, other = world.folder / "hyra" / "ladan.txt", world.folder / "vägar" / "snö och is.txt"
    texts = {name: world.index.agreements[name].text for name in ("hyra/ladan", "vägar/snö och is")}
    contents = one.read_bytes(), other.read_bytes()
    one.write_bytes(contents[1])
    other.write_bytes(contents[0])
    world.build()
    assert world.row("hyra/ladan.txt").agreement_id == "vägar/snö och is"
    assert world.row("vägar/snö och is.txt").agreement_id == "hyra/ladan"
    assert world.row("hyra/ladan.txt").moved_from == "vägar/snö och is.txt"
    assert (world.read, world.result.embedded) == ([], 0)
    assert {name: world.index.agreements[name].text for name in texts} == texts
    assert world.cited("hyran för ladan").agreement_id == "hyra/ladan"
    assert world.index.source_of("hyra/ladan").read_bytes() == contents[0]
    sound(world.index, world.encoder)


def test_a_touched_file_is_neither_read_nor_embedded(world: World) -> None:
    os.utime(world.folder / "badet.html", (1, 1))
    assert (world.build().published, world.read, world.result.embedded) == (False, [], 0)


def test_an_edited_file_keeps_its_id_and_is_the_only_one_read(world: World) -> None:
    path = world.folder / "hyra" / "ladan.txt"
    path.write_text(path.read_text("utf-8").replace("nio månader", "sex månader"), encoding="utf-8")
    world.build()
    assert world.read == ["hyra/ladan.txt"]
    assert (world.row("hyra/ladan.txt").status, world.row("hyra/ladan.txt").agreement_id) == (
        ReadStatus.INDEXED,
        "hyra/ladan",
    )


def test_a_file_that_changes_extension_is_read_again_and_keeps_its_id(world: World) -> None:
    (world.folder / "hyra" / "ladan.txt").rename(world.folder / "hyra" / "ladan.md")
    world.build()
    row = world.row("hyra/ladan.md")
    assert world.read == ["hyra/ladan.md"]
    assert (row.status, row.agreement_id, row.moved_from) == (
        ReadStatus.INDEXED,
        "hyra/ladan",
        "hyra/ladan.txt",
    )


def test_a_copy_that_sorts_first_does_not_take_the_agreement_over(world: World) -> None:
    content = (world.folder / "hyra" / "ladan.txt").read_bytes()
    (world.folder / "a.txt").write_bytes(content)
    world.build()
    row = world.row("a.txt")
    assert (row.status, row.duplicate_of) == (ReadStatus.DUPLICATE, "hyra/ladan.txt")
    assert (row.reason, row.agreement_id) == ("samma innehåll som hyra/ladan.txt", None)
    assert world.row("hyra/ladan.txt").agreement_id == "hyra/ladan"


def test_a_copy_takes_over_when_the_first_file_is_gone(world: World) -> None:
    original = world.folder / "hyra" / "ladan.txt"
    (world.folder / "kopia.txt").write_bytes(original.read_bytes())
    world.build()
    original.unlink()
    world.build()
    row = world.row("kopia.txt")
    assert (row.status, row.agreement_id, row.moved_from) == (
        ReadStatus.UNCHANGED,
        "hyra/ladan",
        "hyra/ladan.txt",
    )
    assert (world.read, world.result.agreements) == ([], 4)


def test_a_whole_folder_that_moves_keeps_every_id(world: World) -> None:
    moved = world.folder.parent / "samlat" / "avtal"
    moved.parent.mkdir()
    world.folder.rename(moved)
    world.folder = moved.parent
    before = set(world.index.agreements)
    world.build()
    assert (set(world.index.agreements), world.read, world.result.embedded) == (before, [], 0)
    assert world.row("avtal/badet.html").moved_from == "badet.html"


def test_ids_outlive_a_new_version_of_the_program(world: World) -> None:
    (world.folder / "hyra" / "ladan.txt").rename(world.folder / "ladan.txt")
    world.build()
    name = (world.root / POINTER).read_text("utf-8").split()[0]
    folder = world.root / "generations" / name
    older = current_manifest(world.root).model_copy(update={"parser_version": "0", "chunker_version": "0"})
    (folder / MANIFEST).write_text(older.model_dump_json(), encoding="utf-8")
    restate(world.root, name)
    world.build()
    assert world.row("ladan.txt").agreement_id == "hyra/ladan"
    assert world.row("ladan.txt").status is ReadStatus.INDEXED
    assert len(world.read) == 4


def restate(root: Path, name: str) -> None:
    """Put the checksums of an edited manifest right."""
    digest = hashlib.sha256((root / "generations" / name / MANIFEST).read_bytes()).hexdigest()
    (root / "generations" / name / MANIFEST_SHA).write_text(digest + "\n", encoding="utf-8")
    (root / POINTER).write_text(f"{name} {digest}\n", encoding="utf-8")


def test_a_rollback_brings_the_ids_of_that_time_back(world: World) -> None:
    (world.folder / "hyra" / "ladan.txt").rename(world.folder / "ladan.txt")
    world.build()
    rollback(world.root)
    world.build()
    assert world.row("ladan.txt").agreement_id == "hyra/ladan"


def test_a_file_that_cannot_be_read_takes_no_id_from_one_that_can(world: World) -> None:
    """A damaged avtal.docx beside avtal.txt once made the readable one's id "avtal.txt"."""
    (world.folder / "badet.docx").write_bytes(b"")
    (world.folder / "kajen.txt").write_text(QUAY, encoding="utf-8")
    (world.folder / "kajen.jpg").write_bytes(b"\xff\xd8\xff\xe0")

    def read(path: Path, relative: str) -> Document:
        if path.suffix in (".docx", ".jpg"):
            raise ReadError(ReadStatus.REFUSED, "går inte")
        return read_document(path, relative)

    result = build_index(world.folder, world.root, world.encoder, read)
    assert {
        row.path: row.agreement_id for row in result.report if row.path.startswith(("badet", "kajen"))
    } == {
        "badet.docx": None,
        "badet.html": "badet",
        "kajen.jpg": None,
        "kajen.txt": "kajen",
    }


def test_a_manifest_gives_ids_and_fields_and_a_change_in_it_reads_no_file_again(world: World) -> None:
    manifest = world.folder / "avtal.csv"
    manifest.write_text("fil;agreement_id;titel\nbadet.html;bad/1;Avtalet om badhuset\n", encoding="utf-8")
    result = world.build()
    assert (world.read, result.agreements) == ([], 4)
    assert world.row("badet.html").agreement_id == "bad/1"
    assert world.index.agreements["bad/1"].title == "Avtalet om badhuset"
    row = world.row("avtal.csv")
    assert (row.status, row.agreement_id) == (ReadStatus.INDEXED, None)
    assert row.reason is not None and row.reason.startswith("manifest")
    assert not world.build().published
    manifest.write_text("fil;agreement_id;titel\nbadet.html;bad/1;Badhusavtalet\n", encoding="utf-8")
    assert (world.build().published, world.read) == (True, [])
    assert world.index.agreements["bad/1"].title == "Badhusavtalet"
    manifest.unlink()
    world.build()
    assert world.index.agreements["bad/1"].title.startswith("Driftavtal mellan")
    sound(world.index, world.encoder)


class ShortEncoder:
    """Another encoder of the same words, that reads half as much at a time."""

    def __init__(self, inner: Encoder) -> None:
        self._inner = inner

    @property
    def info(self) -> EncoderInfo:
        return replace(self._inner.info, name="kort", max_tokens=40)

    def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
        return self._inner.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str]) -> FloatMatrix:
        return self._inner.encode_passages(texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._inner.count_tokens(texts)


def test_another_encoder_gets_passages_of_its_own_length(tmp_path: Path, encoder: Encoder) -> None:
    # Passages cut for the former encoder were handed to the new one, which refuses what is too long.
    folder, root = tmp_path / "avtal", tmp_path / "index"
    folder.mkdir()
    text = "Avtal om kvarnen\n\n1 Syfte\n" + " ".join(f"Kvarnen ska mala rågen dag {n}." for n in range(30))
    (folder / "kvarn.txt").write_text(text, encoding="utf-8")
    build_index(folder, root, encoder, read_document)
    build_index(folder, root, ShortEncoder(encoder), read_document)
    passages = open_index(root).passages
    assert max(encoder.count_tokens([embedding_text(p) for p in passages])) <= 40


def test_a_document_to_be_read_again_is_read_though_its_file_is_the_same(
    tmp_path: Path, encoder: Encoder
) -> None:
    folder, root = tmp_path / "avtal", tmp_path / "index"
    folder.mkdir()
    (folder / "kvarn.txt").write_text("Avtal om kvarnen\n\n1 Syfte\nKvarnen maler.", encoding="utf-8")
    read: list[str] = []

    def reading(path: Path, name: str) -> Document:
        read.append(name)
        return read_document(path, name)

    build_index(folder, root, encoder, reading)
    build_index(folder, root, encoder, reading)
    assert read == ["kvarn.txt"]
    build_index(folder, root, encoder, reading, again=lambda document: document.path == "kvarn.txt")
    assert read == ["kvarn.txt", "kvarn.txt"]
