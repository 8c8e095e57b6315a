"""The audit log: a chain that names its first broken line, shared by threads and processes, whole after a power cut."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import multiprocessing
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.audit import FIRST, AuditBrokenError, AuditLog, AuditUnwritableError, Verified, operator, verify
from api.settings import Settings

Avtal = Callable[..., subprocess.CompletedProcess[str]]
SUBJECT = "vilka avtal omfattar kompetensförsörjning?"


def written(path: Path, entries: int = 5) -> list[bytes]:
    """A log of so many entries, as lines."""
    log = AuditLog(path, now=lambda: datetime(2026, 3, 14, 15, 9, tzinfo=UTC))
    for number in range(entries):
        log.record("export", "åsa", f"0000{number}", {"format": "md"})
    return path.read_bytes().splitlines(keepends=True)


def test_an_entry_is_a_line_with_the_hash_of_the_line_before(tmp_path: Path) -> None:
    first, second = written(tmp_path / "logg", 2)
    told = json.loads(second)
    assert told == {
        "number": 2, "time": "2026-03-14T15:09:00.000+00:00", "action": "export", "actor": "åsa", "target": "00001",
        "detail": {"format": "md"}, "previous": json.loads(first)["hash"], "hash": told["hash"],
    }  # fmt: skip
    body = {name: value for name, value in told.items() if name != "hash"}
    assert (
        told["hash"]
        == hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    )
    assert json.loads(first)["previous"] == FIRST
    assert verify(tmp_path / "logg") == Verified(2, told["hash"])


@pytest.mark.parametrize(
    ("change", "number", "wrong"),
    [
        (lambda rows: [*rows[:2], rows[2].replace(b"md", b"no"), *rows[3:]], 3, "har ändrats"),
        (lambda rows: [*rows[:1], *rows[2:]], 2, "tagits bort"),
        (lambda rows: [rows[0], rows[2], rows[1], *rows[3:]], 2, "bytt plats"),
        (lambda rows: [*rows[:3], rows[2], *rows[3:]], 4, "lagts till"),
        (lambda rows: rows[1:], 1, "tagits bort"),
        (lambda rows: [*rows[:4], rows[4][:-7]], 5, "är avhuggen"),
        (lambda rows: [*rows[:4], rows[4].replace(b'":"', b'": "')], 5, "har ändrats"),
        (lambda rows: [*rows[:4], b"\n", rows[4]], 5, "har ändrats"),
    ],
)  # fmt: skip
def test_the_first_line_that_does_not_hold_is_named(
    tmp_path: Path, change: Callable[[list[bytes]], list[bytes]], number: int, wrong: str
) -> None:
    path = tmp_path / "logg"
    path.write_bytes(b"".join(change(written(path))))
    with pytest.raises(AuditBrokenError, match=rf"rad {number} i granskningsloggen .*{wrong}"):
        verify(path)


def test_every_changed_byte_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "logg"
    data = b"".join(written(path, 2))
    for at in range(len(data)):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        with pytest.raises(AuditBrokenError, match=r"rad [12] "):
            verify(path)


def test_a_cut_end_is_seen_only_against_a_head_kept_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "logg"
    rows = written(path)
    head = verify(path).head
    path.write_bytes(b"".join(rows[:3]))
    assert verify(path).entries == 3
    with pytest.raises(AuditBrokenError, match=f"3 hela rader men ingen med kontrollsumman {head}"):
        verify(path, head)


def test_a_log_that_has_grown_since_still_holds_the_kept_head(tmp_path: Path) -> None:
    path = tmp_path / "logg"
    written(path)
    head = verify(path).head
    written(path)
    assert verify(path, head).entries == 10
    assert verify(path, FIRST).entries == 10


def test_a_log_written_anew_is_seen_only_against_a_head_kept_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "logg"
    written(path)
    head = verify(path).head
    path.unlink()
    AuditLog(path).record("export", "någon annan", "x", {})
    assert verify(path).entries == 1
    with pytest.raises(AuditBrokenError, match="omskriven"):
        verify(path, head)


@pytest.mark.parametrize("kept", [1, 40, 300])
def test_a_line_half_written_at_a_power_cut_is_cut_off_and_told(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "logg"
    rows = written(path, 3)
    torn = rows[2][:-1][:kept]
    path.write_bytes(b"".join(rows[:2]) + torn)
    AuditLog(path).record("index.rollback", "bo", "000001-a", {})
    entries = [json.loads(row) for row in path.read_bytes().splitlines()]
    assert [(entry["number"], entry["action"]) for entry in entries[2:]] == [
        (3, "audit.torn"),
        (4, "index.rollback"),
    ]
    assert entries[2]["detail"] == {"bytes": str(len(torn)), "sha256": hashlib.sha256(torn).hexdigest()}
    assert verify(path).entries == 4


def test_nothing_is_added_after_a_line_that_is_not_the_logs(tmp_path: Path) -> None:
    path = tmp_path / "logg"
    path.write_bytes(b"".join(written(path)) + b'{"action": "export"}\n')
    with pytest.raises(AuditBrokenError, match="slutar med en rad som inte är dess egen"):
        AuditLog(path).record("export", "bo", "x", {})


def test_long_entries_follow_one_another(tmp_path: Path) -> None:
    log = AuditLog(tmp_path / "logg")
    for length in (10, 70_000, 200_000, 3):
        log.record("export", "bo", "å" * length, {})
    assert verify(tmp_path / "logg").entries == 4


def _write_many(path: Path, name: str) -> None:
    log = AuditLog(path)
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(log.record, "export", name, str(number), {}) for number in range(25)]:
            done.result()


def test_threads_and_processes_share_a_log(tmp_path: Path) -> None:
    path = tmp_path / "logg"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_many, args=(path, name)) for name in ("en", "två")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert verify(path).entries == 50
    said = {(entry["actor"], entry["target"]) for entry in map(json.loads, path.read_bytes().splitlines())}
    assert said == {(name, str(number)) for name in ("en", "två") for number in range(25)}


def test_a_log_is_its_owners_alone_and_none_is_kept_unless_asked_for(tmp_path: Path) -> None:
    written(tmp_path / "logg")
    assert (tmp_path / "logg").stat().st_mode & 0o777 == 0o600
    AuditLog(None).record("export", "bo", "x", {})


def test_a_log_that_cannot_be_written_says_what_was_not_recorded(tmp_path: Path) -> None:
    with pytest.raises(AuditUnwritableError, match="så export för 000001 är inte bokförd"):
        AuditLog(tmp_path).record("export", "bo", "000001", {})


def test_publish_prune_rollback_and_the_proof_from_the_command_line(
    avtal: Avtal, folder: Path, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "logg"
    monkeypatch.setenv("AVTAL_AUDIT", str(path))
    assert avtal("index", folder, "--to", root).returncode == 0
    assert not path.exists(), "nothing was published"
    (folder / "ny.txt").write_text(
        "Avtal om en brygga\n\n§ 1 Bryggan\n\nKommunen bygger en brygga.\n", "utf-8"
    )
    assert avtal("index", folder, "--to", root).returncode == 0
    assert avtal("rollback", "--index", root).returncode == 0
    (folder / "ny.txt").unlink()
    assert avtal("index", folder, "--to", root, "--prune").returncode == 0
    entries = [json.loads(row) for row in path.read_bytes().splitlines()]
    assert [entry["action"] for entry in entries[:2]] == ["index.publish", "index.rollback"]
    assert {entry["action"] for entry in entries[2:]} == {"index.prune"}
    assert {entry["actor"] for entry in entries} == {operator()}
    assert entries[0]["detail"]["agreements"] == "5"
    head = entries[-1]["hash"]
    done = avtal("audit", "verify", path, "--head", entries[0]["hash"])
    assert (done.returncode, head in done.stdout) == (0, True)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[1:]))
    broken = avtal("audit", "verify", path)
    assert (broken.returncode, "rad 1 i" in broken.stderr) == (1, True)
    assert "64 tecken" in avtal("audit", "verify", path, "--head", "kort").stderr


def test_an_export_is_recorded_without_its_question(index: Path, tmp_path: Path) -> None:
    path = tmp_path / "logg"
    with TestClient(create_app(Settings(index=index, audit=path))) as client:
        given = client.get("/api/export", params={"q": SUBJECT, "format": "csv"})
    (entry,) = map(json.loads, path.read_bytes().splitlines())
    named = {
        row["Avtals-id"]
        for row in csv.DictReader(io.StringIO(given.content.decode("utf-8-sig")), delimiter=";")
    }
    assert entry["action"] == "export"
    assert entry["detail"]["sha256"] == hashlib.sha256(given.content).hexdigest()
    assert set(entry["detail"]["first"].split(", ")) == named
    assert "kompetens" not in path.read_text("utf-8")


def test_an_export_that_cannot_be_recorded_is_not_given(index: Path, tmp_path: Path) -> None:
    with TestClient(create_app(Settings(index=index, audit=tmp_path))) as client:
        refused = client.get("/api/export", params={"q": SUBJECT})
        assert client.get("/api/ask", params={"q": SUBJECT}).status_code == 200
    assert (refused.status_code, "bokföras" in refused.json()["detail"]) == (503, True)
    assert str(tmp_path) not in refused.text


def test_a_setting_left_empty_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVTAL_AUDIT", "")
    monkeypatch.setenv("AVTAL_FEEDBACK", "")
    assert (Settings().audit, Settings().feedback) == (None, None)
