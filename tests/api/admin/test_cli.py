"""The registrator's commands over the tiny world's folder."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from api.admin.key import hash_of, opens
from api.audit import verify
from indexer.store import open_index

Avtal = Callable[..., subprocess.CompletedProcess[str]]
NEW = "Avtal om sjöboden mellan Granboda kommun och Tallviks AB\n\n§ 1 Boden\n\nBoden får målas röd.\n"


def test_add_correct_remove_and_publish(
    avtal: Avtal, folder: Path, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AVTAL_AUDIT", str(tmp_path / "logg.jsonl"))
    (tmp_path / "boden.txt").write_text(NEW, encoding="utf-8")
    done = avtal("add", tmp_path / "boden.txt", "--in", "båtar", "--index", root)
    assert done.returncode == 0, done.stderr
    assert "Avtal om sjöboden" in done.stdout
    assert "Granboda kommun" in done.stdout
    assert "ligger nu" not in done.stdout
    assert f"avtal index {folder.resolve()} --to {root}" in done.stdout
    twice = avtal("add", tmp_path / "boden.txt", "--index", root)
    assert (twice.returncode, "finns redan som båtar/boden.txt" in twice.stderr) == (1, True)
    wrong = avtal("correct", "båtar/boden.txt", "valid_to=snart", "--index", root)
    assert (wrong.returncode, "valid_to ska vara en dag" in wrong.stderr) == (1, True)
    assert (
        avtal(
            "correct", "hyra/ladan", "valid_to=2030-01-31", "parter=A AB | B AB", "--index", root
        ).returncode
        == 0
    )
    assert avtal("remove", "badet", "--index", root).returncode == 0
    assert avtal("index", folder, "--to", root).returncode == 0
    index = open_index(root)
    assert set(index.agreements) == {"båtar/boden", "hyra/ladan", "skola/åkerby", "vägar/snö och is"}
    assert index.agreements["hyra/ladan"].parties == ("A AB", "B AB")
    rows = [json.loads(line) for line in (tmp_path / "logg.jsonl").read_text().splitlines()]
    assert [row["action"] for row in rows] == ["file.add", "card.correct", "file.remove", "index.publish"]
    assert verify(tmp_path / "logg.jsonl").entries == 4


def test_a_file_takes_anothers_place(avtal: Avtal, folder: Path, root: Path, tmp_path: Path) -> None:
    (tmp_path / "nya hyran.md").write_text(NEW, encoding="utf-8")
    done = avtal("add", tmp_path / "nya hyran.md", "--replace", "hyra/ladan", "--index", root)
    assert "hyra/ladan.md" in done.stdout, done.stderr
    assert not (folder / "hyra/ladan.txt").exists()
    assert list(folder.glob(".avtal-papperskorg/*/fil/hyra/ladan.txt"))


def test_what_cannot_be_read_is_not_taken_in(avtal: Avtal, folder: Path, root: Path, tmp_path: Path) -> None:
    (tmp_path / "skräp.pdf").write_bytes(b"%PDF-1.4 trasig")
    (tmp_path / "bild.png").write_bytes(b"x")
    for name, words in (
        ("skräp.pdf", "lades inte till"),
        ("bild.png", "namnet ska sluta med"),
        ("x.txt", "finns inte"),
    ):
        done = avtal("add", tmp_path / name, "--index", root)
        assert (done.returncode, words in done.stderr) == (1, True), done.stderr
    assert len(list(folder.rglob("*.*"))) == 4
    assert avtal("remove", "borta", "--index", root).returncode == 1
    assert avtal("correct", "badet", "färg", "--index", root).returncode == 1
    assert avtal("add", tmp_path / "skräp.pdf").returncode == 1  # no index says where the folder is


def test_a_key_is_shown_with_its_hash(avtal: Avtal) -> None:
    key, digest = (line.strip() for line in avtal("admin-key").stdout.splitlines() if line.startswith("  "))
    digest = digest.removeprefix("AVTAL_ADMIN_KEY_HASH=")
    assert opens(key, digest)
    assert not opens(key[:-1], digest)
    assert (hash_of(key), len(key)) == (digest, 43)
