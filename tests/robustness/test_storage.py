"""The index survives kills, power cuts, disk faults and damage; at full size by `make robustness` (docs/robustness.md)."""

from __future__ import annotations

import gc
import random
import shutil
import time
from pathlib import Path

import pytest

from corpus.types import AvtalError
from evals.robustness import copies, faults, kills, power
from evals.robustness.remembered import File, Memory
from evals.robustness.world import half_removed, two_corpora
from indexer.disk import Operation, Step
from indexer.generation import prune, write_generation
from indexer.manifest import IndexDamagedError
from indexer.store import open_index


def test_a_killed_writer_leaves_the_former_or_the_new_generation(tmp_path: Path) -> None:
    outcome = kills.examine(tmp_path, 20)
    assert outcome.broken == ()
    assert (sum(outcome.states.values()), outcome.points > 100) == (20, True)


def test_a_random_time_is_counted_from_the_first_operation(tmp_path: Path) -> None:
    begun = tmp_path / "påbörjad"

    def write(told: kills.Told) -> None:
        time.sleep(0.3)
        told(Operation(Step.WRITE, begun), begun.touch)
        time.sleep(60)

    died, seconds = kills.killed_after(write, 0.25)
    assert (died, begun.exists(), seconds < 30) == (True, True, True)
    assert kills.killed_after(lambda told: told(Operation(Step.WRITE, begun), begun.touch), None)[0] is False


def test_written_over_halfway_an_index_does_not_open(tmp_path: Path) -> None:
    first, second = two_corpora(tmp_path)
    root, finished = tmp_path / "index", open_index(tmp_path / "index-b").folder
    write_generation(root, first.contents)
    kills.overwrite(root, finished)
    assert open_index(root).passages == second.contents.passages
    shutil.rmtree(root)
    write_generation(root, first.contents)
    for path in sorted(finished.iterdir())[4:]:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    kills.overwrite(root, finished)
    with pytest.raises(IndexDamagedError, match="är skadad"):
        open_index(root)


def test_a_power_cut_leaves_the_former_or_the_new_generation(tmp_path: Path) -> None:
    outcome = power.examine(tmp_path, 30)
    assert outcome.broken == ()
    assert sum(outcome.states.values()) == 30


def test_a_disk_that_forgets_its_syncs_breaks_the_index(tmp_path: Path) -> None:
    assert power.examine(tmp_path, 40, forgets=True).broken


def test_only_what_was_synced_outlives_a_power_cut(tmp_path: Path) -> None:
    memory = Memory.of(tmp_path)
    (tmp_path / "fil").write_bytes(b"abc")
    memory.look(tmp_path / "fil")
    seen = {_data(memory, seed) for seed in range(60)}
    assert {None, b"", b"abc"} < seen
    assert seen <= {None, b"", b"a", b"ab", b"abc", b"\0\0\0", b"a\0\0", b"ab\0"}
    memory.sync(tmp_path / "fil")
    assert {_data(memory, seed) for seed in range(30)} == {None, b"abc"}
    memory.sync(tmp_path)
    assert {_data(memory, seed) for seed in range(30)} == {b"abc"}


def _data(memory: Memory, seed: int) -> bytes | None:
    node = memory.copy().after_power_cut(random.Random(seed)).names.get("fil")
    return node.data if isinstance(node, File) else None


def test_a_failing_disk_leaves_a_whole_index_and_one_sentence(tmp_path: Path) -> None:
    outcome = faults.examine(tmp_path, 20)
    assert outcome.broken == ()
    assert set(outcome.states) == {"den förra", "den nya"}


def test_a_failing_disk_breaks_an_index_that_is_written_over(tmp_path: Path) -> None:
    assert len(faults.examine_unprotected(tmp_path, 5).broken) == 5


def test_damaged_copies_are_refused_by_name_or_answer_as_before(tmp_path: Path) -> None:
    outcome = copies.examine(tmp_path, 50)
    assert outcome.broken == ()
    assert {state for _, state in outcome.states} == {"vägrad", "svarar som förut"}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_without_checksums_damaged_copies_crash_or_answer_wrongly(tmp_path: Path) -> None:
    assert copies.examine(tmp_path, 30, checked=False).broken
    gc.collect()  # numpy leaves a broken archive open, and says so when it is collected


def test_a_foreign_file_among_the_texts_is_not_read(tmp_path: Path) -> None:
    two_corpora(tmp_path)
    root = tmp_path / "index-a"
    (open_index(root).folder / "texts" / "främmande.txt").write_bytes(b"\xff\xfe")
    assert len(open_index(root).agreements) == 4


def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    two_corpora(tmp_path)
    root = tmp_path / "index-a"
    vectors = open_index(root).folder / "vectors.faiss"
    vectors.unlink()
    vectors.symlink_to("/proc/self/mem")
    with pytest.raises(IndexDamagedError, match=r"vectors\.faiss kan inte läsas: disken gav ett läs"):
        open_index(root)


def test_a_removal_that_stops_halfway_leaves_only_whole_generations_in_sight(tmp_path: Path) -> None:
    first, second = two_corpora(tmp_path)
    root = tmp_path / "index"
    for turn in range(3):
        write_generation(root, (first, second)[turn % 2].contents)

    def stops(operation: Operation, do: object) -> None:
        if operation.step is Step.REMOVE:
            next(operation.path.glob("*.json")).unlink()
            raise OSError(5, "Input/output error")
        assert callable(do)
        do()

    with pytest.raises(AvtalError, match=r"den nya generationen 000004-.* gäller, men"):
        write_generation(root, second.contents, stops)
    assert half_removed(root) == []
    assert open_index(root).generation.startswith("000004-")
    write_generation(root, first.contents)
    assert not list((root / "generations").glob(".*"))


def test_pruning_keeps_the_current_generation_alone(tmp_path: Path) -> None:
    first, second = two_corpora(tmp_path)
    root = tmp_path / "index"
    names = [write_generation(root, corpus.contents) for corpus in (first, second)]
    (root / "generations" / ".new-000009-halv").mkdir()
    assert prune(root) == names[:1]
    assert [path.name for path in (root / "generations").iterdir()] == names[1:]
    assert prune(root) == []
    assert open_index(root).generation == names[1]
