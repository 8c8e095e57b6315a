"""The optional language model behind a real endpoint on this computer: phrasing, lies, and every way to fail."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from api.app import create_app
from api.language_model import AT_ONCE, HttpModel, open_language_model
from api.settings import Settings, read_settings
from corpus.types import AvtalError
from retriever.phrasing.model import Message, ModelError
from retriever.phrasing.phrase import MARK

QUESTION = "Hur lång är uppsägningstiden i hyresavtalet?"
TRUE = "Uppsägningstiden är 9 månader [1]."
Answering = Callable[["Endpoint"], None]


class Endpoint(BaseHTTPRequestHandler):
    """Answers as the test says; keeps what was asked."""

    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, self.headers.get("Authorization"), json.loads(body)))
        self.server.answering(self)

    def write(self, body: bytes, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""


class Server(ThreadingHTTPServer):
    """The endpoint's server."""

    answering: Answering
    asked: list[tuple[str, str | None, dict[str, Any]]]
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A caller that hung up is what some tests want."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


def saying(text: object) -> Answering:
    """An endpoint that always writes the text."""
    body = json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode()
    return lambda endpoint: endpoint.write(body)


@pytest.fixture(scope="module")
def listening() -> Iterator[Server]:
    made = Server(("127.0.0.1", 0), Endpoint)
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.fixture
def server(listening: Server) -> Server:
    """The endpoint, with nothing asked yet and the truth to tell."""
    listening.answering, listening.asked = saying(TRUE), []
    return listening


@pytest.fixture(scope="module")
def phrasing(index: Path, listening: Server) -> Iterator[TestClient]:
    """A client of a server that has the model."""
    settings = Settings(
        index=index,
        language_model_url=listening.url,
        language_model="prov",
        language_model_key=SecretStr("hemlig"),
    )
    with TestClient(create_app(settings)) as opened:
        yield opened


def _ask(client: TestClient, question: str = QUESTION) -> dict[str, Any]:
    response = client.get("/api/ask", params={"q": question})
    assert response.status_code == 200
    body: dict[str, Any] = response.json()
    return body


def _same(body: dict[str, Any]) -> dict[str, Any]:
    """What does not depend on a model."""
    return {name: value for name, value in body.items() if name not in ("took_ms", "phrased")}


def test_without_the_setting_nothing_is_phrased_and_nothing_else_changes(
    index: Path, server: Server, client: TestClient, phrasing: TestClient
) -> None:
    plain = _ask(client)
    with TestClient(create_app(Settings(index=index, language_model="prov"))) as off:
        also_plain = _ask(off)
    plain["took_ms"] = also_plain["took_ms"] = 0
    assert json.dumps(plain) == json.dumps(also_plain)
    assert plain["phrased"] is None and server.asked == []
    assert _same(_ask(phrasing)) == _same(plain)


def test_a_good_phrasing_is_kept_and_marked(server: Server, phrasing: TestClient) -> None:
    phrased = _ask(phrasing)["phrased"]
    assert phrased == {
        "text": TRUE,
        "sentences": [{"text": "Uppsägningstiden är 9 månader.", "citations": [0]}],
        "dropped": 0,
        "model": "prov",
        "mark": MARK,
        "note": None,
        "failed": False,
    }
    ((path, key, body),) = server.asked
    assert (path, key, body["model"]) == ("/v1/chat/completions", "Bearer hemlig", "prov")
    system, user = body["messages"]
    assert (system["role"], user["role"]) == ("system", "user")
    data = json.loads(user["content"])
    assert data["fråga"] == QUESTION
    assert "nio månader" in data["citat"][0]["text"]


@pytest.mark.parametrize(
    "lie",
    [
        "Uppsägningstiden är sex månader [1].",
        "Uppsägningstiden är nio månader från den 1 maj 2025 [1].",
        "Uppsägningstiden är nio månader för Åkerby kommun [1].",
        "Uppsägningstiden är inte nio månader [1].",
        "Uppsägningstiden är nio månader och hyran 12 500 kronor [1].",
        "Uppsägningstiden är nio månader.",
        "Uppsägningstiden är nio månader [7].",
        "Avtalet är gratis [1].",
    ],
)
def test_an_invention_is_dropped_and_said(server: Server, phrasing: TestClient, lie: str) -> None:
    server.answering = saying(f"{TRUE} {lie}")
    phrased = _ask(phrasing)["phrased"]
    assert (phrased["text"], phrased["dropped"]) == (TRUE, 1)
    assert phrased["note"] == "En mening från språkmodellen hade inte stöd i sin källa och visas inte."


def test_an_abstention_is_not_given_to_the_model(server: Server, phrasing: TestClient) -> None:
    body = _ask(phrasing, "Vad står det om kärnkraftverkets reaktorhall?")
    assert body["abstained"] and body["phrased"] is None
    assert server.asked == []


def slow(endpoint: Endpoint) -> None:
    time.sleep(1.5)
    saying(TRUE)(endpoint)


def dripping(endpoint: Endpoint) -> None:
    """A byte now and then, so that no single read takes long."""
    endpoint.send_response(200)
    endpoint.end_headers()
    for _ in range(40):
        endpoint.wfile.write(b" ")
        endpoint.wfile.flush()
        time.sleep(0.05)


def dripping_head(endpoint: Endpoint) -> None:
    endpoint.wfile.write(b"HTTP/1.0 200 OK\r\nX-Long: ")
    for _ in range(40):
        endpoint.wfile.write(b"x")
        endpoint.wfile.flush()
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("answering", "reason"),
    [
        (slow, "svarade inte inom 0.5 sekunder"),
        (dripping, "svarade inte inom 0.5 sekunder"),
        (dripping_head, "svarade inte inom 0.5 sekunder"),
        (lambda endpoint: endpoint.write(b"fel", 500), "felkod 500"),
        (lambda endpoint: endpoint.write(b"", 302), "felkod 302"),
        (lambda endpoint: endpoint.write(b"fel", 401), "felkod 401"),
        (lambda endpoint: endpoint.wfile.write(b"hej\r\n\r\n"), "går inte att nå"),
        (lambda endpoint: endpoint.write(b"<html>"), "går inte att läsa"),
        (lambda endpoint: endpoint.write(b"\xff\xfe"), "går inte att läsa"),
        (lambda endpoint: endpoint.write(b'{"choices": []}'), "går inte att läsa"),
        (lambda endpoint: endpoint.write(b"[" * 200_000), "går inte att läsa"),
        (saying(None), "går inte att läsa"),
        (lambda endpoint: endpoint.write(b" " * 1_200_000), "längre än 1000 kB"),
    ],
)
def test_what_can_go_wrong_is_told_in_a_sentence_and_in_time(
    server: Server, answering: Answering, reason: str
) -> None:
    server.answering = answering
    model = HttpModel(server.url, "prov", "", 0.5)
    started = time.monotonic()
    with pytest.raises(ModelError, match=reason):
        model.complete([Message("user", "hej")])
    assert time.monotonic() - started < 1.3


@pytest.mark.parametrize(
    ("answering", "reason"),
    [
        (lambda endpoint: endpoint.write(b"fel", 500), "språkmodellen svarade med felkod 500."),
        (saying("x" * 7000), "språkmodellen skrev 7000 tecken, mer än de 6000 som läses."),
    ],
)
def test_a_model_that_fails_leaves_the_answer_as_it_is(
    server: Server, client: TestClient, phrasing: TestClient, answering: Answering, reason: str
) -> None:
    server.answering = answering
    response = phrasing.get("/api/ask", params={"q": QUESTION})
    body = response.json()
    assert _same(body) == _same(_ask(client))
    assert (body["phrased"]["text"], body["phrased"]["failed"]) == ("", True)
    assert body["phrased"]["note"] == f"Svaret är inte omformulerat: {reason}"
    assert "ETag" not in response.headers, "a failure is not to be kept"
    server.answering = saying(TRUE)
    assert "ETag" in phrasing.get("/api/ask", params={"q": QUESTION}).headers


def test_nobody_at_the_address() -> None:
    with pytest.raises(ModelError, match="går inte att nå"):
        HttpModel("http://127.0.0.1:9/v1", "prov", "", 5).complete([Message("user", "hej")])


def test_a_model_that_writes_nothing_or_only_thinks(server: Server, phrasing: TestClient) -> None:
    server.answering = saying("<think>Nio månader [1].</think>")
    phrased = _ask(phrasing)["phrased"]
    assert (phrased["text"], phrased["dropped"], phrased["failed"]) == ("", 0, False)
    assert phrased["note"] == "Språkmodellen skrev ingenting som besvarar frågan."


def test_a_busy_model_is_not_waited_for(server: Server) -> None:
    model = HttpModel(server.url, "prov", "", 5)
    for _ in range(AT_ONCE):
        assert model.slots.acquire(blocking=False)
    with pytest.raises(ModelError, match="upptagen"):
        model.complete([Message("user", "hej")])
    model.slots.release()
    assert model.complete([Message("user", "hej")]) == TRUE
    assert model.complete([Message("user", "hej")]) == TRUE, "the place is given back"


def test_the_page_shows_a_marked_box_with_its_source(server: Server, phrasing: TestClient) -> None:
    server.answering = saying(f"{TRUE} Ladan är gratis [1].")
    shown = phrasing.get("/", params={"q": QUESTION}).text
    english = phrasing.get("/", params={"q": QUESTION, "lang": "en"}).text
    box = shown[shown.index('<section class="phrasing"') :].split("</section>")[0]
    assert MARK in box and "(prov)" in box and "Uppsägningstiden är 9 månader." in box
    assert 'href="/avtal/hyra/ladan' in box and "[1]" in box
    assert "gratis" not in box and "hade inte stöd i sin källa" in box
    assert 'aria-label="Phrased by a language model"' in english


def test_the_command_line_shows_it_too(
    index: Path, server: Server, avtal: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "språkmodell" not in avtal("ask", QUESTION, "--index", index).stdout
    monkeypatch.setenv("AVTAL_LANGUAGE_MODEL_URL", server.url)
    monkeypatch.setenv("AVTAL_LANGUAGE_MODEL", "prov")
    shown = avtal("ask", QUESTION, "--index", index).stdout
    assert TRUE in shown and "Formulerat av språkmodell" in shown
    assert json.loads(avtal("ask", QUESTION, "--index", index, "--json").stdout)["phrased"]["text"] == TRUE


def test_settings_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AvtalError, match="AVTAL_LANGUAGE_MODEL;"):
        open_language_model(Settings(language_model_url="http://127.0.0.1:1/v1"))
    monkeypatch.setenv("AVTAL_LANGUAGE_MODEL_URL", "ftp://modell")
    with pytest.raises(AvtalError, match="AVTAL_LANGUAGE_MODEL_URL"):
        read_settings()


def test_the_key_is_never_shown() -> None:
    settings = Settings(
        language_model_url="http://x/v1", language_model="m", language_model_key=SecretStr("hemlig")
    )
    assert "hemlig" not in f"{settings!r} {settings.model_dump_json()} {open_language_model(settings)!r}"
