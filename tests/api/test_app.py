"""The HTTP contract: every route, its status and shape, problem details, headers, and a generation that changes."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.envelope import HEADERS
from api.live import LiveEngine
from api.settings import Settings
from corpus.reading.document import read_document
from corpus.types import AvtalError
from evals.robustness.copies import put_right
from indexer.build import build_index
from indexer.generation import rollback
from indexer.manifest import POINTER, IndexDamagedError
from indexer.store import open_index
from indexer.types import Encoder
from tests.conftest import refresh

SUBJECT = "vilka avtal omfattar kompetensförsörjning?"
CITATION = {
    "agreement_id", "title", "parties", "section_path", "section_label", "page_first", "page_last",
    "start", "end", "quote", "prefix", "suffix", "text_sha256", "url", "ocr",
}  # fmt: skip
HIT = {"rank", "score", "agreement_id", "passage_id", "text", "highlights", "why", "citation"}
ANSWER = {
    "kind", "statement", "short_answer", "short_answer_span", "agreements", "citations", "completeness",
    "abstained", "reason", "nearest", "hits", "interpreted", "generation", "took_ms", "phrased",
}  # fmt: skip
INTERPRETED = {"terms", "parties", "filters", "corrected", "notes", "absent"}


@pytest.fixture
def own(root: Path) -> Iterator[TestClient]:
    """A client of an application over an index of its own."""
    with TestClient(create_app(Settings(index=root))) as opened:
        yield opened


def body(client: TestClient, path: str, **query: Any) -> Any:
    reply = client.get(path, params=query)
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"] == "application/json"
    return reply.json()


def citations_in(content: Any) -> list[dict[str, Any]]:
    if isinstance(content, list):
        return [found for item in content for found in citations_in(item)]
    if not isinstance(content, dict):
        return []
    own = [content] if "quote" in content else []
    return own + [found for value in content.values() for found in citations_in(value)]


def test_every_route_of_the_contract_exists(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    seen = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    assert {
        ("GET", "/api/search"),
        ("GET", "/api/ask"),
        ("GET", "/api/suggest"),
        ("GET", "/api/agreements"),
        ("GET", "/api/agreements/{agreement_id}"),
        ("GET", "/api/agreements/{agreement_id}/source"),
        ("POST", "/api/verify"),
        ("GET", "/healthz"),
        ("GET", "/readyz"),
        ("GET", "/metrics"),
    } <= seen


def test_search_gives_ranked_passages_with_groups_and_facets(client: TestClient) -> None:
    found = body(client, "/api/search", q="hyran för ladan", limit=3)
    assert set(found) == {
        "query", "searched", "total", "offset", "hits", "agreements", "facets", "interpreted", "generation", "took_ms",
    }  # fmt: skip
    assert (found["query"], found["searched"]) == ("hyran för ladan", 4)
    assert [hit["rank"] for hit in found["hits"]] == [1, 2, 3]
    for hit in found["hits"]:
        assert set(hit) == HIT
        assert set(hit["citation"]) == CITATION
        assert 0.0 <= hit["score"] <= 1.0
    assert found["hits"][0]["agreement_id"] == "hyra/ladan"
    group = found["agreements"][0]
    assert set(group) == {"agreement_id", "title", "score", "best_passage_id", "hits", "replaced_by"}
    assert group["best_passage_id"] == found["hits"][0]["passage_id"]
    assert sum(group["hits"] for group in found["agreements"]) == 3
    assert found["facets"]["party"][0] == {"value": "Granboda kommun", "count": 2}
    assert {"value": "ramavtal", "count": 1} in found["facets"]["type"]
    assert set(found["interpreted"]) == INTERPRETED


def test_highlights_are_the_questions_words_in_the_hit(client: TestClient) -> None:
    hit = body(client, "/api/search", q="badmästarna")["hits"][0]
    assert [hit["text"][start:end] for start, end in hit["highlights"]] == ["badmästarna"]


def test_limit_and_filters_narrow_the_search(client: TestClient) -> None:
    assert len(body(client, "/api/search", q="bolaget", limit=1)["hits"]) == 1
    by_party = body(client, "/api/search", q="bolaget", party="Åkerby kommun", limit=50)
    assert by_party["searched"] == 2
    assert {hit["agreement_id"] for hit in by_party["hits"]} == {"skola/åkerby", "vägar/snö och is"}
    assert by_party["interpreted"]["filters"] == {"party": "Åkerby kommun"}
    by_type = body(client, "/api/search", q="bolaget", type="Ramavtal", limit=50)
    assert {hit["agreement_id"] for hit in by_type["hits"]} == {"vägar/snö och is"}
    ended = body(client, "/api/search", q="hyran", valid_on="2031-06-01", limit=50)
    assert "hyra/ladan" not in {hit["agreement_id"] for hit in ended["hits"]}
    assert body(client, "/api/search", q="hyran", valid_on="2031-05-31")["searched"] == 4


def test_ask_answers_with_the_set_of_agreements(client: TestClient) -> None:
    answer = body(client, "/api/ask", q=SUBJECT)
    assert set(answer) == ANSWER
    assert (answer["kind"], answer["abstained"], answer["short_answer"]) == ("agreements", False, None)
    assert [row["agreement_id"] for row in answer["agreements"] if row["coverage"] == "explicit"] == [
        "skola/åkerby",
        "badet",
    ]
    for row in answer["agreements"]:
        assert set(row) == {
            "agreement_id",
            "title",
            "coverage",
            "score",
            "citations",
            "replaced_by",
            "otherwise",
        }
    assert set(answer["completeness"]) == {"searched", "covering", "uncertain"}
    assert (answer["completeness"]["searched"], answer["completeness"]["covering"]) == (4, 2)
    assert answer["statement"].startswith("2 av 4 avtal")


def test_ask_answers_a_fact_with_a_span_inside_its_citation(client: TestClient) -> None:
    answer = body(client, "/api/ask", q="Till när gäller hyresavtalet?")
    assert (answer["kind"], answer["short_answer"]) == ("fact", "till och med den 31 maj 2031")
    span, cited = answer["short_answer_span"], answer["citations"][0]
    assert span["citation"] == 0
    assert cited["start"] <= span["start"] < span["end"] <= cited["end"]
    text = body(client, "/api/agreements/hyra/ladan")["text"]
    assert text[span["start"] : span["end"]] == "till och med den 31 maj 2031"


def test_ask_abstains_with_a_reason_and_what_was_searched(client: TestClient) -> None:
    answer = body(client, "/api/ask", q="Vilket avtal reglerar parkeringsplatser?")
    assert (answer["kind"], answer["abstained"], answer["agreements"], answer["citations"]) == (
        "none",
        True,
        [],
        [],
    )
    assert "parkeringsplatser" in answer["reason"]
    assert answer["completeness"] == {"searched": 4, "covering": 0, "uncertain": 0}
    for near in answer["nearest"]:
        assert set(near) == {"agreement_id", "title", "terms"}


def test_every_citation_is_a_slice_of_the_text_it_names(client: TestClient) -> None:
    questions = (SUBJECT, "hyran för ladan", "Hur stort är vitet?", "Vem har avtal med Plogens AB?", "snö")
    cited = [
        c
        for q in questions
        for route in ("/api/ask", "/api/search")
        for c in citations_in(body(client, route, q=q))
    ]
    assert len(cited) > 50
    texts = {c["agreement_id"]: body(client, f"/api/agreements/{quote(c['agreement_id'])}") for c in cited}
    for citation in cited:
        agreement = texts[citation["agreement_id"]]
        assert agreement["text"][citation["start"] : citation["end"]] == citation["quote"]
        assert agreement["text_sha256"] == citation["text_sha256"]
        assert (citation["page_first"], citation["page_last"]) == (None, None)
        assert client.get(citation["url"]).status_code == 200


def test_suggest_completes_titles_parties_and_words(client: TestClient) -> None:
    given = body(client, "/api/suggest", q="plog")
    assert set(given) == {"suggestions", "items"}
    assert [item["text"] for item in given["items"]] == given["suggestions"]
    assert given["items"][0] == {"text": "Plogens AB", "kind": "party", "agreement_id": None}
    assert given["items"][1]["agreement_id"] == "vägar/snö och is"
    assert given["suggestions"][:2] == [
        "Plogens AB",
        "Ramavtal om snöröjning mellan Åkerby kommun och Plogens AB",
    ]
    assert body(client, "/api/suggest", q="")["suggestions"] == []


def test_agreements_are_listed_and_filtered(client: TestClient) -> None:
    listed = body(client, "/api/agreements")
    assert set(listed) == {"total", "matching", "offset", "agreements", "generation"}
    assert [card["agreement_id"] for card in listed["agreements"]] == [
        "badet", "hyra/ladan", "skola/åkerby", "vägar/snö och is",
    ]  # fmt: skip
    assert set(listed["agreements"][0]) == {
        "agreement_id", "title", "kind", "parties", "facts", "declared", "sections", "characters", "text_sha256",
        "replaced_by",
    }  # fmt: skip
    narrowed = body(client, "/api/agreements", party=["Granboda kommun", "Simlaget AB"])
    assert [card["agreement_id"] for card in narrowed["agreements"]] == ["badet"]
    assert (narrowed["total"], narrowed["matching"]) == (4, 1)


def test_agreements_are_given_in_pages_that_name_the_next(client: TestClient) -> None:
    first = client.get("/api/agreements", params={"limit": 3})
    assert [card["agreement_id"] for card in first.json()["agreements"]] == [
        "badet",
        "hyra/ladan",
        "skola/åkerby",
    ]
    assert (first.json()["matching"], first.json()["offset"]) == (4, 0)
    assert first.headers["link"] == '<http://testserver/api/agreements?offset=3&limit=3>; rel="next"'
    last = client.get("/api/agreements?limit=3&offset=3")
    assert [card["agreement_id"] for card in last.json()["agreements"]] == ["vägar/snö och is"]
    assert last.headers["link"] == '<http://testserver/api/agreements?offset=0&limit=3>; rel="prev"'
    assert "link" not in client.get("/api/agreements").headers
    assert body(client, "/api/agreements", offset=9)["agreements"] == []


def test_pages_of_a_search_are_the_whole_list_in_order(client: TestClient) -> None:
    whole = body(client, "/api/search", q="bolaget", limit=50)
    assert whole["total"] == len(whole["hits"]) > 6
    url, hits = "/api/search?q=bolaget&limit=4", []
    while url:
        reply = client.get(url)
        hits += reply.json()["hits"]
        url = reply.links.get("next", {}).get("url", "")
    assert hits == whole["hits"]
    past = body(client, "/api/search", q="bolaget", offset=1000)
    assert (past["hits"], past["agreements"], past["total"]) == ([], [], whole["total"])


def test_a_facet_ignores_its_own_filter_and_heeds_the_questions_words(client: TestClient) -> None:
    found = body(client, "/api/search", q="Vad ska Plogens AB betala?")
    assert found["interpreted"]["filters"] == {"party": "Plogens AB"}
    assert found["facets"]["type"] == [{"value": "ramavtal", "count": 1}]
    assert {"value": "Granboda kommun", "count": 2} in found["facets"]["party"]


@pytest.mark.parametrize("agreement_id", ["badet", "hyra/ladan", "skola/åkerby", "vägar/snö och is"])
def test_an_agreement_is_read_by_its_id_with_slashes_and_swedish_letters(
    client: TestClient, agreement_id: str
) -> None:
    one = body(client, f"/api/agreements/{quote(agreement_id)}")
    assert one["agreement_id"] == agreement_id
    assert one["sections"][0]["start"] == 0
    assert one["sections"][-1]["end"] == len(one["text"])
    for fact in one["facts"]:
        assert one["text"][fact["start"] : fact["end"]].strip()
    assert client.get(one["source_url"]).status_code == 200
    encoded = client.get(f"/api/agreements/{quote(agreement_id, safe='')}")
    assert encoded.json() == one


@pytest.mark.parametrize(
    ("agreement_id", "kind", "shown"),
    [
        ("badet", "text/html; charset=utf-8", "attachment"),
        ("hyra/ladan", "text/plain; charset=utf-8", "inline"),
        ("skola/åkerby", "text/plain; charset=utf-8", "inline"),
        ("vägar/snö och is", "text/plain; charset=utf-8", "inline"),
    ],
)
def test_the_source_is_the_file_that_was_read(
    client: TestClient, index: Path, agreement_id: str, kind: str, shown: str
) -> None:
    manifest = open_index(index).manifest
    reply = client.get(f"/api/agreements/{quote(agreement_id)}/source")
    assert reply.status_code == 200
    original = Path(manifest.source_folder) / manifest.read_from[agreement_id]
    assert reply.content == original.read_bytes()
    assert reply.headers["content-type"] == kind
    assert reply.headers["content-disposition"].startswith(shown)
    assert quote(original.name) in reply.headers["content-disposition"]


def test_a_citation_is_verified_by_post(client: TestClient) -> None:
    cited = body(client, "/api/ask", q=SUBJECT)["citations"][0]
    reply = client.post("/api/verify", json=cited)
    assert reply.status_code == 200
    assert reply.json() == {
        "verdict": "exact",
        "detail": "citatet står ordagrant på angiven plats",
        "start": cited["start"],
        "end": cited["end"],
    }
    moved = client.post(
        "/api/verify", json={**cited, "start": cited["start"] + 3, "end": cited["end"] + 3}
    ).json()
    assert (moved["verdict"], moved["start"], moved["end"]) == ("moved", cited["start"], cited["end"])
    changed = client.post("/api/verify", json={**cited, "quote": "så står det inte"}).json()
    assert (changed["verdict"], changed["start"]) == ("changed", None)
    assert client.post("/api/verify", json={**cited, "agreement_id": "borta"}).json()["verdict"] == "gone"


@pytest.mark.parametrize(
    ("method", "path", "status", "title", "words"),
    [
        ("GET", "/finns/inte", 404, "Finns inte", "adressen finns inte"),
        ("GET", "/page/finns-inte.js", 404, "Finns inte", "adressen finns inte"),
        ("GET", "/api/agreements/borta", 404, "Finns inte", "avtalet borta finns inte i indexet"),
        ("GET", "/api/agreements/borta/source", 404, "Finns inte", "avtalet borta finns inte i indexet"),
        ("GET", "/api/agreements/../../../etc/passwd/source", 404, "Finns inte", "finns inte"),
        ("GET", "/api/search?q=", 400, "Felaktig fråga", "frågan är tom"),
        ("GET", "/api/ask?q=%20%20", 400, "Felaktig fråga", "frågan är tom"),
        ("GET", "/api/ask?q=" + "ab+" * 300, 400, "Felaktig fråga", "korta den"),
        ("GET", "/api/search", 422, "Felaktigt värde", "värdet på q"),
        ("GET", "/api/ask?q=" + "o" * 1001, 422, "Felaktigt värde", "värdet på q"),
        ("GET", "/api/search?q=hyra&limit=0", 422, "Felaktigt värde", "värdet på limit"),
        ("GET", "/api/search?q=hyra&limit=501", 422, "Felaktigt värde", "värdet på limit"),
        ("GET", "/api/agreements?valid_on=nyss", 422, "Felaktigt värde", "värdet på valid_on"),
        ("POST", "/api/verify", 422, "Felaktigt värde", "kan inte användas"),
        ("POST", "/api/search", 405, "Metoden används inte här", ""),
    ],
)  # fmt: skip
def test_trouble_is_a_problem_document(
    client: TestClient, method: str, path: str, status: int, title: str, words: str
) -> None:
    reply = client.request(method, path)
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"
    problem = reply.json()
    assert set(problem) == {"type", "title", "status", "detail"} | ({"errors"} if status == 422 else set())
    assert (problem["type"], problem["title"], problem["status"]) == ("about:blank", title, status)
    assert words in problem["detail"]
    assert reply.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    ["/", "/avtal/hyra/ladan", "/page/style.css", "/openapi.json", "/api/search?q=hyra", "/api/ask?q=hyra",
     "/api/suggest?q=hy", "/api/agreements", "/api/agreements/badet", "/api/agreements/badet/source",
     "/api/export?q=hyra", "/api/feeds/last-notice.ics", "/api/feeds/last-notice.atom", "/api/feeds/new.atom",
     "/avtalssok.js", "/sokruta", "/opensearch.xml", "/healthz", "/readyz", "/metrics"],
)  # fmt: skip
def test_every_response_carries_the_protective_headers(client: TestClient, path: str) -> None:
    reply = client.get(path)
    assert reply.status_code == 200
    for name, value in HEADERS.items():
        assert reply.headers[name] == value
    policy = reply.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_health_readiness_and_metrics(client: TestClient, index: Path) -> None:
    assert body(client, "/healthz") == {"status": "ok", "generation": None}
    assert body(client, "/readyz") == {"status": "ok", "generation": open_index(index).generation}
    body(client, "/api/search", q="hemligt-ord")
    metrics = client.get("/metrics").text
    assert 'avtal_requests_total{route="/api/search",status="200"}' in metrics
    assert "avtal_request_seconds_bucket" in metrics
    assert "hemligt" not in metrics


def test_the_same_question_twice_gives_the_same_bytes(client: TestClient) -> None:
    for route in ("/api/ask", "/api/search"):
        first, second = (body(client, route, q=SUBJECT) for _ in range(2))
        assert first.pop("took_ms") >= 0
        assert second.pop("took_ms") >= 0
        assert first == second


def test_a_new_generation_is_picked_up_without_a_restart(
    own: TestClient, folder: Path, root: Path, shipped: Encoder
) -> None:
    before = body(own, "/readyz")["generation"]
    assert body(own, "/api/search", q="ladan")["hits"][0]["agreement_id"] == "hyra/ladan"
    cited = body(own, "/api/ask", q="Till när gäller hyresavtalet?")["citations"][0]
    (folder / "hyra" / "ladan.txt").unlink()
    result = build_index(folder, root, shipped, read_document)
    refresh(own)
    assert body(own, "/readyz")["generation"] == result.generation != before
    assert all(
        hit["agreement_id"] != "hyra/ladan" for hit in body(own, "/api/search", q="ladan", limit=50)["hits"]
    )
    assert "hyra/ladan" not in str(body(own, "/api/agreements"))
    assert "ladan" not in str(body(own, "/api/suggest", q="lad"))
    assert own.get("/api/agreements/hyra/ladan").status_code == 404
    assert own.get("/api/agreements/hyra/ladan/source").status_code == 404
    assert own.post("/api/verify", json=cited).json()["verdict"] == "gone"
    rollback(root)
    refresh(own)
    assert body(own, "/readyz")["generation"] == before
    assert own.post("/api/verify", json=cited).json()["verdict"] == "exact"


def test_a_damaged_new_generation_leaves_the_former_answering(
    own: TestClient, folder: Path, root: Path, shipped: Encoder
) -> None:
    before = body(own, "/readyz")["generation"]
    (folder / "badet.html").unlink()
    build_index(folder, root, shipped, read_document)
    vectors = open_index(root).folder / "vectors.faiss"
    vectors.write_bytes(vectors.read_bytes()[:-4])
    refresh(own)
    assert body(own, "/api/search", q="badmästarna")["generation"] == before
    assert body(own, "/readyz")["generation"] == before


def test_a_generation_that_opens_with_an_unexpected_error_leaves_the_former_and_the_watch(
    root: Path, folder: Path, shipped: Encoder, caplog: pytest.LogCaptureFixture
) -> None:
    """Its checksums are those of its files, and each can be read, but one does not hold what a program of this version keeps there."""
    live = LiveEngine(root)
    before = live.get()
    (folder / "badet.html").unlink()
    build_index(folder, root, shipped, read_document)
    generation = open_index(root).folder
    words = generation / "words.json"
    words.write_text(json.dumps(json.loads(words.read_text("utf-8")) | {"words": 7}), encoding="utf-8")
    put_right(root, generation.name)
    live.refresh()
    assert live.get() is before
    assert "builtins.AttributeError" in caplog.text
    rollback(root)
    live.refresh()
    assert live.get() is not before
    assert "badet" in live.get().index.agreements


def test_a_generation_that_could_not_be_opened_is_tried_again_and_told_once(
    root: Path, folder: Path, shipped: Encoder, caplog: pytest.LogCaptureFixture
) -> None:
    live, patient = LiveEngine(root, again_seconds=0), LiveEngine(root)
    before = live.get(), patient.get()
    (folder / "badet.html").unlink()
    build_index(folder, root, shipped, read_document)
    words = open_index(root).folder / "words.json"
    whole = words.read_bytes()
    words.unlink()
    live.refresh()
    live.refresh()
    assert caplog.text.count("den nya generationen kunde inte öppnas") == 1
    patient.refresh()
    words.write_bytes(whole)
    live.refresh()
    patient.refresh()
    assert "badet" not in live.get().index.agreements
    assert patient.get() is before[1]


def test_a_damaged_or_lost_pointer_leaves_the_former_answering(own: TestClient, root: Path) -> None:
    before = body(own, "/readyz")["generation"]
    (root / POINTER).write_bytes(b"skadad")
    refresh(own)
    assert body(own, "/api/ask", q=SUBJECT)["generation"] == before
    (root / POINTER).unlink()
    refresh(own)
    assert body(own, "/api/ask", q=SUBJECT)["generation"] == before


def test_an_application_over_a_missing_or_damaged_index_does_not_start(root: Path, tmp_path: Path) -> None:
    with (
        pytest.raises(AvtalError, match="inget index"),
        TestClient(create_app(Settings(index=tmp_path / "inget"))),
    ):
        pass
    (open_index(root).folder / "words.json").unlink()
    with (
        pytest.raises(IndexDamagedError, match=r"words\.json"),
        TestClient(create_app(Settings(index=root))),
    ):
        pass


def test_without_an_index_the_process_lives_but_is_not_ready(tmp_path: Path) -> None:
    bare = TestClient(create_app(Settings(index=tmp_path)))
    assert bare.get("/healthz").status_code == 200
    reply = bare.get("/readyz")
    assert (reply.status_code, reply.json()["title"]) == (503, "Inte redo")


def test_the_live_engine_opens_a_generation_once(index: Path) -> None:
    live = LiveEngine(index)
    assert live.get() is live.get()


def test_the_former_generation_answers_while_the_next_one_opens(root: Path) -> None:
    """A pointer that is a pipe holds the opening until somebody writes into it."""
    live = LiveEngine(root)
    before = live.get()
    pointer = (root / POINTER).read_bytes()
    (root / POINTER).unlink()
    os.mkfifo(root / POINTER)
    opening = threading.Thread(target=live.refresh, daemon=True)
    opening.start()
    assert live.get() is before
    assert live.suggester(before).suggest("driftavtal", 1)
    assert opening.is_alive()
    (root / POINTER).write_bytes(pointer)
    opening.join(timeout=10)
    assert live.get() is before


def test_a_published_generation_is_found_by_the_watch(root: Path, folder: Path, shipped: Encoder) -> None:
    live = LiveEngine(root)
    before = live.get()
    with live.watching():
        (folder / "badet.html").unlink()
        build_index(folder, root, shipped, read_document)
        deadline = time.monotonic() + 20
        while live.get() is before and time.monotonic() < deadline:
            time.sleep(0.02)
    assert "badet" not in live.get().index.agreements


def test_a_source_is_shown_in_its_own_encoding(shipped: Encoder, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    text = "Avtal om sjöboden\n\n§ 1 Boden\n\nBoden får målas röd.\n"
    (tmp_path / "in" / "bod.txt").write_bytes(text.encode("cp1252"))
    build_index(tmp_path / "in", tmp_path / "index", shipped, read_document)
    with TestClient(create_app(Settings(index=tmp_path / "index"))) as client:
        assert "sjöboden" in client.get("/api/agreements/bod/source").text


def test_an_id_that_ends_in_source_can_be_read(shipped: Encoder, tmp_path: Path) -> None:
    (tmp_path / "in" / "x").mkdir(parents=True)
    (tmp_path / "in" / "x" / "source.txt").write_text(
        "Avtal om sjöboden\n\n§ 1 Boden\n\nBoden målas.\n", encoding="utf-8"
    )
    build_index(tmp_path / "in", tmp_path / "index", shipped, read_document)
    with TestClient(create_app(Settings(index=tmp_path / "index"))) as client:
        assert client.get("/api/agreements/x/source").json()["title"] == "Avtal om sjöboden"
