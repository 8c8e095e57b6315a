"""The box for other websites: what is served, which origins may read, and the OpenSearch description."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from api.app import create_app
from api.routes.box import BOX_FOLDER
from api.settings import Settings

INTRANET = "https://intranat.example.se"
MOST_BYTES = 20_000
NAMESPACE = "{http://a9.com/-/spec/opensearch/1.1/}"


@pytest.fixture(scope="module")
def open_to_one(index: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(index=index, box_origins=(INTRANET,)))) as client:
        yield client


@pytest.mark.parametrize("path", ["/api/ask?q=hyra", "/api/suggest?q=hy", "/api/ask?q="])
def test_a_listed_origin_may_read_answers_and_their_errors(open_to_one: TestClient, path: str) -> None:
    reply = open_to_one.get(path, headers={"Origin": INTRANET})
    assert reply.headers["access-control-allow-origin"] == INTRANET
    assert "Origin" in reply.headers["vary"]
    assert "access-control-allow-credentials" not in reply.headers


@pytest.mark.parametrize(
    "origin", ["https://annan.example.se", "http://intranat.example.se", f"{INTRANET}:8443", "null", ""]
)
def test_another_origin_may_not(open_to_one: TestClient, origin: str) -> None:
    reply = open_to_one.get("/api/ask?q=hyra", headers={"Origin": origin})
    assert "access-control-allow-origin" not in reply.headers
    assert "Origin" in reply.headers["vary"]


@pytest.mark.parametrize(
    "path", ["/api/search?q=hyra", "/api/agreements", "/api/agreements/badet", "/api/report", "/metrics", "/"]
)
def test_only_what_the_box_needs_is_open(open_to_one: TestClient, path: str) -> None:
    assert "access-control-allow-origin" not in open_to_one.get(path, headers={"Origin": INTRANET}).headers


def test_nobody_may_where_nothing_is_set(client: TestClient) -> None:
    reply = client.get("/api/ask?q=hyra", headers={"Origin": INTRANET})
    assert (reply.status_code, "access-control-allow-origin" in reply.headers) == (200, False)


def test_an_unchanged_answer_may_be_read_too(open_to_one: TestClient) -> None:
    etag = open_to_one.get("/api/ask?q=hyra").headers["etag"]
    reply = open_to_one.get("/api/ask?q=hyra", headers={"Origin": INTRANET, "If-None-Match": etag})
    assert (reply.status_code, reply.headers["access-control-allow-origin"]) == (304, INTRANET)


@pytest.mark.parametrize(
    ("words", "origins"),
    [
        ("", ()),
        (INTRANET, (INTRANET,)),
        (f"{INTRANET}, http://localhost:8080", (INTRANET, "http://localhost:8080")),
    ],
)
def test_origins_are_words_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, words: str, origins: tuple[str, ...]
) -> None:
    monkeypatch.setenv("AVTAL_BOX_ORIGINS", words)
    assert Settings().box_origins == origins


@pytest.mark.parametrize(
    "word", ["*", "https://*.example.se", "intranat.example.se", f"{INTRANET}/", f"{INTRANET}/sida", "null", "https://Intranat.example.se", "ftp://a.se"]
)  # fmt: skip
def test_what_is_no_origin_is_refused(word: str) -> None:
    with pytest.raises(ValidationError, match="box_origins"):
        Settings(box_origins=(word,))


def test_the_script_is_small_and_takes_nothing_with_it(client: TestClient) -> None:
    reply = client.get("/avtalssok.js")
    assert reply.headers["content-type"].startswith("text/javascript")
    assert reply.headers["cross-origin-resource-policy"] == "cross-origin"
    assert len(gzip.compress(reply.content)) <= MOST_BYTES
    for word in ("cookie", "localStorage", "innerHTML", "insertAdjacentHTML", "eval(", "document.write"):
        assert word not in reply.text.replace("No cookie", "")
    assert 'credentials: "omit"' in reply.text


def test_the_script_reads_fields_that_answers_have(client: TestClient) -> None:
    script = (BOX_FOLDER / "avtalssok.js").read_text(encoding="utf-8")
    answer = client.get("/api/ask?q=vilka avtal omfattar kompetensförsörjning?").json()
    for name in ("agreements", "citations", "nearest", "abstained", "statement", "short_answer", "reason"):
        assert name in answer
        assert f"body.{name}" in script
    assert {"citations", "title", "agreement_id"} <= set(answer["agreements"][0])
    assert {"url", "quote", "section_label", "page_first"} <= set(answer["citations"][0])


def test_the_example_page_shows_the_box_and_the_tag(client: TestClient) -> None:
    page = client.get("/sokruta").text
    assert "<avtals-sok></avtals-sok>" in page
    assert "&lt;avtals-sok&gt;&lt;/avtals-sok&gt;" in page
    assert "AVTAL_BOX_ORIGINS" in page
    assert client.get("/sokruta.css").headers["content-type"].startswith("text/css")
    script = (BOX_FOLDER / "avtalssok.js").read_text(encoding="utf-8")
    for name in ("font", "text", "background", "accent", "on-accent", "border", "muted", "soft", "radius"):
        assert f"var(--avtals-{name}," in script
        assert f"--avtals-{name}:" in page


def test_the_description_lets_a_browser_search_here(client: TestClient) -> None:
    reply = client.get("/opensearch.xml")
    assert reply.headers["content-type"].startswith("application/opensearchdescription+xml")
    root = ElementTree.fromstring(reply.content)
    name = root.findtext(f"{NAMESPACE}ShortName")
    assert name is not None
    assert len(name) <= 16
    templates = {url.get("type"): url.get("template") or "" for url in root.iter(f"{NAMESPACE}Url")}
    for kind in ("text/html", "application/atom+xml", "application/x-suggestions+json"):
        address = templates[kind].replace("{searchTerms}", "sn%C3%B6")
        assert client.get(address).status_code == 200
    assert client.get("/opensearch/suggest?q=plogens").json() == [
        "plogens",
        ["Plogens AB", "Ramavtal om snöröjning mellan Åkerby kommun och Plogens AB"],
    ]


def test_addresses_are_those_that_the_setting_gives(index: Path) -> None:
    with TestClient(
        create_app(Settings(index=index, open=True, public_url="https://avtal.example.se/"))
    ) as client:
        assert 'template="https://avtal.example.se/?q={searchTerms}"' in client.get("/opensearch.xml").text
        assert "https://avtal.example.se/avtal/badet" in client.get("/api/feeds/new.atom").text
    with pytest.raises(ValidationError, match="public_url"):
        Settings(public_url="avtal.example.se")
