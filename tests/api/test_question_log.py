"""Questions are kept only where asked for, masked, for so many days, and are found nowhere else."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.question_log import QuestionLog, today
from api.settings import Settings
from retriever.answer import ask
from retriever.engine import Engine
from tests.robustness.server import get_all, running

Avtal = Callable[..., subprocess.CompletedProcess[str]]
FIRST = date(2026, 3, 1)


def kept(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_question_is_kept_masked_with_the_day_and_the_answers_kind_alone(
    tmp_path: Path, engine: Engine
) -> None:
    log = QuestionLog(tmp_path / "frågor", today=lambda: FIRST)
    question = "Vad är hyran för 800101-1234, eva@exempel.se, 070-123 45 67?"
    log.record(question, ask(engine, question))
    (row,) = kept(tmp_path / "frågor")
    assert row["q"] == "Vad är hyran för [personnummer], [e-post], [telefon]?"
    assert row["day"] == "2026-03-01"
    assert set(row) == {"day", "q", "answer", "agreements", "abstained"}
    assert (tmp_path / "frågor").stat().st_mode & 0o777 == 0o600


def test_nothing_is_kept_unless_asked_for(index: Path, tmp_path: Path) -> None:
    assert Settings().question_log is None
    before = sorted(tmp_path.rglob("*"))
    with TestClient(create_app(Settings(index=index))) as client:
        client.get("/api/ask", params={"q": "hyran"})
    assert sorted(tmp_path.rglob("*")) == before


def test_old_questions_go_at_the_first_question_of_a_day(tmp_path: Path, engine: Engine) -> None:
    days = iter(FIRST + timedelta(n) for n in range(100))
    now = [next(days)]
    log = QuestionLog(tmp_path / "frågor", days=3, today=lambda: now[0])
    answer = ask(engine, "hyran")
    for _ in range(5):
        log.record("hyran", answer)
        log.record("hyran", answer)
        now[0] = next(days)
    assert [row["day"] for row in kept(tmp_path / "frågor")] == [
        day for day in ("2026-03-03", "2026-03-04", "2026-03-05") for _ in range(2)
    ]
    assert log.drop_old() == 2
    assert [row.day for row in log.rows()] == [date(2026, 3, 4)] * 2 + [date(2026, 3, 5)] * 2


def test_a_question_that_is_due_is_not_given_out_even_before_it_is_dropped(
    tmp_path: Path, engine: Engine
) -> None:
    now = [FIRST]
    log = QuestionLog(tmp_path / "frågor", days=30, today=lambda: now[0])
    log.record("hyran", ask(engine, "hyran"))
    now[0] = FIRST + timedelta(29)
    assert len(log.rows()) == 1
    now[0] = FIRST + timedelta(30)
    assert (log.rows(), log.drop_old(), (tmp_path / "frågor").read_text("utf-8")) == ([], 1, "")


def test_a_line_half_written_goes_with_the_old(tmp_path: Path, engine: Engine) -> None:
    path = tmp_path / "frågor"
    log = QuestionLog(path)
    log.record("hyran", ask(engine, "hyran"))
    with path.open("ab") as file:
        file.write(b'{"day": "2026-03-01", "q": "hal\xc3')
    assert (log.drop_old(), len(log.rows())) == (1, 1)


@pytest.mark.parametrize(
    "line",
    [
        "[" * 100_000,
        '{"day": "2026-03-01", "q": "x", "answer": "x", "agreements": 1e999, "abstained": false}',
        '{"day": 7}',
        "[]",
        "\0",
    ],
    ids=["deep", "endless", "number", "list", "zero"],
)
def test_a_line_that_is_no_question_goes_and_stops_nothing(tmp_path: Path, engine: Engine, line: str) -> None:
    path = tmp_path / "frågor"
    path.write_text(line + "\n", encoding="utf-8")
    log = QuestionLog(path)
    assert log.rows() == []
    log.record("hyran", ask(engine, "hyran"))
    assert [row.q for row in log.rows()] == ["hyran"]
    assert path.read_text("utf-8").count("\n") == 1


def test_a_log_that_cannot_be_written_stops_no_answer(
    index: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with TestClient(create_app(Settings(index=index, question_log=tmp_path))) as client:
        assert client.get("/api/ask", params={"q": "hyran"}).status_code == 200
    assert "kunde inte" in caplog.text
    assert "hyran" not in caplog.text


@pytest.mark.parametrize("days", ["0", "31"])
def test_more_than_thirty_days_cannot_be_chosen(
    avtal: Avtal, monkeypatch: pytest.MonkeyPatch, days: str
) -> None:
    monkeypatch.setenv("AVTAL_QUESTION_LOG", "x")
    monkeypatch.setenv("AVTAL_QUESTION_LOG_DAYS", days)
    refused = avtal("gallra")
    assert (refused.returncode, f"AVTAL_QUESTION_LOG_DAYS har värdet '{days}'" in refused.stderr) == (1, True)


def test_dropping_and_exporting_from_the_command_line(
    avtal: Avtal, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, audit = tmp_path / "frågor", tmp_path / "granskning"
    refused = avtal("exportera-logg")
    assert (refused.returncode, "inga frågor sparas" in refused.stderr) == (1, True)
    old = json.dumps(
        {"day": "2026-01-01", "q": "gammal", "answer": "none", "agreements": 0, "abstained": True}
    )
    path.write_text(old + "\n", "utf-8")
    monkeypatch.setenv("AVTAL_QUESTION_LOG", str(path))
    monkeypatch.setenv("AVTAL_AUDIT", str(audit))
    with TestClient(create_app(Settings(index=index))) as client:
        client.get("/api/ask", params={"q": "=Vad är hyran?"})
        client.get("/", params={"q": "Får bolaget hålla häst?"})
    given = avtal("exportera-logg")
    asked = [json.loads(line)["q"] for line in given.stdout.splitlines()]
    assert asked == ["=Vad är hyran?", "Får bolaget hålla häst?"]
    table = list(
        csv.DictReader(io.StringIO(avtal("exportera-logg", "--format", "csv").stdout), delimiter=";")
    )
    assert [row["q"] for row in table] == ["'=Vad är hyran?", "Får bolaget hålla häst?"]
    assert table[0]["day"] == today().isoformat()
    assert "0 frågor gallrades, 2 är kvar" in avtal("gallra").stdout
    actions = [json.loads(row)["action"] for row in audit.read_bytes().splitlines()]
    assert actions == ["questions.export", "questions.export", "questions.prune"]


SECRET = "Kryddgurkan"
DOORS = (
    "/api/ask?q={}", "/api/search?q={}", "/api/suggest?q={}", "/?q={}", "/api/export?q={}&format=docx", "/api/feeds/search.atom?q={}",
    "/api/ask?q={}&limit=9999", "/api/ask?q={}&valid_on={}", "/?q={}&year={}", "/avtal/{}", "/api/agreements/{}", "/{}",
    "/api/matrix?q={}&clause={}", "/api/ask?q={}" + "x" * 1100, "/api/ask?q={}" + "x" * 20_000, "/api/ask?q=%00{}%ff",
)  # fmt: skip


def test_no_question_is_found_in_what_the_server_writes(index: Path) -> None:
    """A real server, asked at every door, also in ways that are refused."""
    with running(index) as server:
        statuses = [
            reply.status for reply in get_all(server.port, [door.replace("{}", SECRET) for door in DOORS])
        ]
        said = server.said.read()
    assert set(statuses) <= {200, 400, 404, 414, 422}
    assert SECRET.casefold() not in said.casefold()


def test_a_server_that_logs_what_it_is_asked_would_be_found(index: Path) -> None:
    """uvicorn as it comes, with its access log: the test above can fail."""
    with running(index, unprotected=True) as server:
        get_all(server.port, [f"/api/ask?q={SECRET}"])
        assert SECRET in server.said.read()
