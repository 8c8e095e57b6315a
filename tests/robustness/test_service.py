"""New generations under load, and deleted agreements; at full size by `make robustness` (docs/robustness.md)."""

from __future__ import annotations

import random
from pathlib import Path

from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from evals.robustness import copies
from indexer.generation import write_generation
from indexer.store import SAVED_FILES
from tests.conftest import refresh
from tests.robustness import deletion, swaps


def test_no_request_fails_and_none_is_of_two_generations_while_they_change(tmp_path: Path) -> None:
    load = swaps.examine(tmp_path, 8, threads=3)
    assert load.wrong == []
    assert len(load.names) == 9
    assert load.seen.total() >= 8 * 3


def test_a_response_of_two_generations_is_seen() -> None:
    load = swaps.Load({"000001-a": "rödmärkt"})
    load.judge("/avtal/ladan", 200, "det rödmärkta och det blåmärkta")
    load.judge("/avtal/ladan", 503, "rödmärkt")
    load.judge("/api/agreements", 200, '{"generation": "000001-a", "title": "blåmärkt"}')
    load.judge("/api/agreements", 200, '{"generation": "000001-a", "title": "rödmärkt"}')
    assert len(load.wrong) == 3


def test_a_deleted_agreement_is_found_by_no_door_and_after_pruning_by_no_byte(tmp_path: Path) -> None:
    outcome = deletion.examine(tmp_path, 1)
    assert outcome.left == ()
    assert outcome.found_before > outcome.answers / 2
    assert outcome.files_before_pruning > 0


def test_a_damaged_new_generation_leaves_the_former_answering(tmp_path: Path) -> None:
    (former, _), (new, _) = swaps.two_generations(tmp_path)
    root, chance = tmp_path / "index", random.Random(3)
    write_generation(root, former)
    with TestClient(create_app(Settings(index=root))) as client:
        for kind in ("vänd bit", "avkortad", "förlängd", "borttagen", "oläsbar"):
            name = write_generation(root, new)
            path = root / "generations" / name / chance.choice(SAVED_FILES)
            copies.DAMAGES[kind](path, path, chance)
            refresh(client)
            answers = [client.get(door) for door in ("/api/search?q=ladan", "/avtal/ladan")]
            assert {(answer.status_code, "rödmärkt" in answer.text.casefold()) for answer in answers} == {
                (200, True)
            }
            assert not any("blåmärkt" in answer.text for answer in answers)
