"""Generations on disk: complete or absent, verified before use, kept three deep, written by one at a time."""

from __future__ import annotations

import errno
import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from corpus.types import AvtalError
from evals.robustness.world import contents_of
from indexer.disk import Operation
from indexer.generation import KEPT_GENERATIONS, rollback, write_generation, writing
from indexer.lexical import LexicalIndex
from indexer.manifest import MANIFEST, MANIFEST_SHA, POINTER, IndexDamagedError, current_generation
from indexer.store import SAVED_FILES, Index, open_index
from indexer.vectors import VectorIndex
from retriever.answer import ask
from retriever.engine import Engine, open_engine

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    """A copy of the tiny index, to damage."""
    return Path(shutil.copytree(built, tmp_path / "index"))


def generations(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "generations").iterdir())


def flip(path: Path, bit: int) -> None:
    data = bytearray(path.read_bytes())
    data[bit // 8] ^= 1 << bit % 8
    path.write_bytes(data)


def restate(root: Path, **values: object) -> None:
    """Rewrite the manifest with other values, its own checksum and the pointer put right."""
    name = (root / POINTER).read_text("utf-8").split()[0]
    manifest = root / "generations" / name / MANIFEST
    manifest.write_text(json.dumps(json.loads(manifest.read_text("utf-8")) | values), encoding="utf-8")
    digest = sha256(manifest.read_bytes()).hexdigest()
    manifest.with_name(MANIFEST_SHA).write_text(digest + "\n", encoding="utf-8")
    (root / POINTER).write_text(f"{name} {digest}\n", encoding="utf-8")


def test_what_is_written_is_what_opens(engine: Engine, tmp_path: Path) -> None:
    before = engine.index
    name = write_generation(tmp_path / "ny", contents_of(before))
    after = open_index(tmp_path / "ny")
    assert (after.generation, name) == (name, f"000001-{after.manifest.corpus_fingerprint[:12]}")
    assert after.agreements == before.agreements
    assert list(after.passages) == list(before.passages)
    assert list(after.report) == list(before.report)
    assert np.array_equal(after.vectors.vectors(), before.vectors.vectors())
    assert after.manifest.files == before.manifest.files
    for question in ("kompetensförsörjning", "hyran för ladan", "snö"):
        asked = engine.understand(question).words
        assert np.array_equal(after.words.scores(asked), before.words.scores(asked))


def test_the_manifest_lists_every_file_of_the_generation(built: Path) -> None:
    index = open_index(built)
    seen = {p.relative_to(index.folder).as_posix() for p in index.folder.rglob("*") if p.is_file()}
    assert seen == {*index.manifest.files, MANIFEST, MANIFEST_SHA}
    assert set(SAVED_FILES) < set(index.manifest.files)
    assert (index.manifest.agreements, index.manifest.passages) == (4, len(index.passages))


def test_sources_are_kept_byte_for_byte(built: Path) -> None:
    index = open_index(built)
    for agreement_id, path in index.manifest.read_from.items():
        original = Path(index.manifest.source_folder) / path
        assert index.source_of(agreement_id).read_bytes() == original.read_bytes()
        assert index.source_of(agreement_id).suffix == original.suffix


def test_a_flipped_bit_in_any_file_is_refused_by_name(root: Path) -> None:
    chance = random.Random(2)
    files = [
        p for p in sorted(root.rglob("*")) if p.is_file() and p.name not in ("lock", MANIFEST_SHA, POINTER)
    ]
    assert len(files) >= len(SAVED_FILES) + 2 * 4 + 1
    for path in files:
        whole = path.read_bytes()
        for _ in range(3):
            flip(path, chance.randrange(8 * len(whole)))
            with pytest.raises(IndexDamagedError) as refused:
                open_index(root)
            assert path.name in str(refused.value)
            path.write_bytes(whole)
    assert open_index(root).manifest.agreements == 4


def test_a_flipped_bit_anywhere_in_the_pointer_is_refused(root: Path) -> None:
    pointer = root / POINTER
    whole = pointer.read_bytes()
    for bit in range(0, 8 * len(whole.rstrip()), 7):
        flip(pointer, bit)
        with pytest.raises(IndexDamagedError, match=rf"{POINTER}|{MANIFEST}"):
            open_index(root)
        pointer.write_bytes(whole)


def test_a_missing_or_shortened_file_is_refused_by_name(root: Path) -> None:
    folder = open_index(root).folder
    for name in sorted(open_index(root).manifest.files):
        path = folder / name
        whole = path.read_bytes()
        path.write_bytes(whole[:-1])
        with pytest.raises(IndexDamagedError, match="är skadad") as refused:
            open_index(root)
        assert path.name in str(refused.value)
        path.unlink()
        with pytest.raises(IndexDamagedError, match="saknas") as refused:
            open_index(root)
        assert path.name in str(refused.value)
        path.write_bytes(whole)


def test_an_empty_or_strange_pointer_is_refused_by_name(root: Path) -> None:
    for words in ("", "\n", "000009-finnsinte 00", "../../etc 00", "ett två tre"):
        (root / POINTER).write_text(words, encoding="utf-8")
        with pytest.raises(IndexDamagedError, match=POINTER):
            open_index(root)


def test_no_index_is_one_sentence_with_the_next_command(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "finns inte"):
        with pytest.raises(AvtalError, match=r"inget index .*avtal index .*--index"):
            open_index(place)
        assert current_generation(place) is None


def test_an_index_of_another_program_is_refused(root: Path) -> None:
    restate(root, chunker_version="0" * 16)
    with pytest.raises(AvtalError, match="annan version av programmet"):
        open_index(root)


def test_an_index_of_another_format_is_refused(root: Path) -> None:
    restate(root, format_version=99)
    with pytest.raises(IndexDamagedError, match="format 99"):
        open_index(root)


def test_a_manifest_with_unknown_fields_is_refused(root: Path) -> None:
    restate(root, hittepå=1)
    with pytest.raises(IndexDamagedError, match=MANIFEST):
        open_index(root)


def test_counts_that_disagree_are_refused(engine: Engine) -> None:
    index = engine.index
    short = VectorIndex.build(index.vectors.vectors()[:-1])
    with pytest.raises(IndexDamagedError, match="hänger inte ihop"):
        Index(
            index.folder,
            index.manifest,
            index.agreements,
            index.passages,
            index.words,
            short,
            (),
            index.report,
        )
    fewer = LexicalIndex.build(index.passages[:-1])
    with pytest.raises(IndexDamagedError, match="hänger inte ihop"):
        Index(
            index.folder,
            index.manifest,
            index.agreements,
            index.passages,
            fewer,
            index.vectors,
            (),
            index.report,
        )


def test_three_generations_are_kept_and_rollback_goes_back_through_them(root: Path) -> None:
    names = [open_index(root).generation]
    names += [write_generation(root, contents_of(open_index(root))) for _ in range(4)]
    assert KEPT_GENERATIONS == 3
    assert generations(root) == names[-3:]
    assert current_generation(root) == names[4]
    for earlier in (names[3], names[2]):
        assert rollback(root) == earlier
        assert open_index(root).generation == earlier
    with pytest.raises(AvtalError, match="ingen tidigare generation"):
        rollback(root)
    assert open_index(root).generation == names[2]


def test_a_generation_after_a_rollback_has_a_name_of_its_own(root: Path) -> None:
    first = open_index(root)
    second = write_generation(root, contents_of(first))
    rollback(root)
    third = write_generation(root, contents_of(first))
    assert third not in (first.generation, second)
    assert open_index(root).generation == third
    assert first.generation in generations(root)


def test_rollback_refuses_a_damaged_manifest_and_mends_a_damaged_pointer(root: Path) -> None:
    first = open_index(root)
    second = write_generation(root, contents_of(first))
    for name in (MANIFEST_SHA, MANIFEST):
        path = first.folder / name
        whole = path.read_bytes()
        flip(path, 100)
        with pytest.raises(IndexDamagedError, match=MANIFEST):
            rollback(root)
        assert open_index(root).generation == second
        path.write_bytes(whole)
    (root / POINTER).write_bytes(b"\xff\xfe")
    assert rollback(root) == second
    assert open_index(root).generation == second


def test_trouble_just_before_publishing_leaves_the_former_generation(root: Path) -> None:
    before = open_index(root).generation

    def trouble(operation: Operation, do: Callable[[], None]) -> None:
        if operation.to == root / POINTER:
            raise OSError(errno.ENOSPC, "No space left on device")
        do()

    with pytest.raises(AvtalError, match=f"disken är full; generation {before} gäller fortfarande"):
        write_generation(root, contents_of(open_index(root)), trouble)
    assert open_index(root).generation == before
    after = write_generation(root, contents_of(open_index(root)))
    assert open_index(root).generation == after > before


def test_a_second_writer_gets_a_sentence(root: Path) -> None:
    with writing(root), pytest.raises(AvtalError, match="skrivs redan av ett annat kommando"), writing(root):
        pass
    with writing(root):
        pass


_WRITER = """
import sys
from pathlib import Path
from indexer.generation import Contents, write_generation
from indexer.store import open_index, source_name
root = Path(sys.argv[1])
index = open_index(root)
sources = index.manifest.sources
contents = Contents(
    index.manifest.encoder, list(index.agreements.values()), index.passages, index.words, index.vectors,
    index.links, index.report, Path(index.manifest.source_folder),
    {p: (root / "kopior" / source_name(p, s)) for p, s in sources.items()}, sources,
)
print("redo", flush=True)
while True:
    write_generation(root, contents)
"""
"""Writes generation after generation until it is killed."""


@pytest.fixture
def writer(root: Path) -> Callable[[float], None]:
    """Runs a writer on `root` for so many seconds of writing, then kills it."""
    shutil.copytree(open_index(root).folder / "sources", root / "kopior" / "sources")

    def write_and_die(seconds: float) -> None:
        with subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(root)], cwd=PROJECT, stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "redo\n"
            time.sleep(seconds)
            child.kill()

    return write_and_die


def test_a_writer_killed_at_any_moment_leaves_a_whole_index(
    root: Path, writer: Callable[[float], None], engine: Engine
) -> None:
    wanted = ask(engine, "vilka avtal omfattar kompetensförsörjning?").agreements
    chance = random.Random(7)
    for _ in range(4):
        writer(chance.uniform(0.0, 0.4))
        now = open_engine(root, engine.encoder)
        assert ask(now, "vilka avtal omfattar kompetensförsörjning?").agreements == wanted
    write_generation(root, contents_of(open_index(root)))
    assert not list((root / "generations").glob(".new-*"))
    assert 2 <= len(generations(root)) <= KEPT_GENERATIONS


def test_a_flipped_bit_in_the_pointers_hash_names_the_pointer(root: Path) -> None:
    pointer = root / POINTER
    whole = pointer.read_bytes()
    for at in (2, 30):
        flip(pointer, 8 * at)
        with pytest.raises(IndexDamagedError, match=POINTER):
            open_index(root)
        pointer.write_bytes(whole)
