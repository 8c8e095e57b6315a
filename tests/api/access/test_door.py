"""Who comes in, what they see, and that what they may not see looks like what is not there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.access.api_keys import KEYS, read_keys, revoke_key
from api.access.identity import Scope
from api.access.unsafe import is_loopback
from api.admin.key import new_key
from api.app import create_app
from api.settings import Access, Settings
from corpus.reading.document import read_document
from indexer.build import build_index
from indexer.types import Encoder
from tests.api.access.conftest import READERS, Served
from tests.conftest import refresh, write_agreements

OPEN = {
    "/healthz", "/readyz", "/openapi.json", "/tillganglighet", "/opensearch.xml", "/avtalssok.js", "/sokruta",
    "/sokruta.css", "/logga-in",
}  # fmt: skip
BROWSER = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin"}


def listed(client: TestClient) -> list[str]:
    return [row["agreement_id"] for row in client.get("/api/agreements").json()["agreements"]]


def test_every_reader_sees_what_the_groups_may_read(served: Served) -> None:
    assert listed(served.by()) == ["badet"]
    assert listed(served.by("EKONOMI")) == ["badet", "hyra/ladan"]
    assert listed(served.by("skolan", "ledning")) == ["badet", "hyra/ladan", "skola/åkerby"]
    everything = ["badet", "hyra/ladan", "skola/åkerby", "vägar/snö och is"]
    assert listed(served.by(scopes=(Scope.READ_ALL,))) == everything


def test_counts_facets_and_words_are_those_of_the_readable(served: Served) -> None:
    reader = served.by("skolan")
    assert (
        "Alla 2 är genomsökta" in reader.get("/api/ask?q=vilka avtal omfattar kompetens").json()["statement"]
    )
    parties = {row["value"] for row in reader.get("/api/search?q=avtal").json()["facets"]["party"]}
    assert parties == {"Granboda kommun", "Simlaget AB", "Åkerby kommun", "Högskolan Dalarna"}
    assert reader.get("/api/suggest?q=Tallviks").json()["suggestions"] == []
    assert "Tallviks AB" in served.by("ledning").get("/api/suggest?q=Tallviks").json()["suggestions"]
    rows = reader.get("/api/report").json()["files"]
    assert [row["path"] for row in rows] == ["badet.html", "skola/åkerby.md"]


def test_nobody_comes_in_without_a_valid_key_anywhere_but_to_what_is_for_all(served: Served) -> None:
    assert isinstance(served.client.app, FastAPI)
    included = [getattr(each, "original_router", None) for each in served.client.app.routes]
    routes = [route for router in included if router is not None for route in router.routes]
    paths = {re.sub(r"\{[^}]+\}", "x", route.path) for route in routes}
    assert len(paths) > 25
    for path in sorted(paths | {"/finns/inte", "/openapi.json"}):
        status = served.client.get(path).status_code
        wanted = 405 if path == "/logga-ut" else 200 if path in OPEN else 401
        assert status == wanted, path
    assert served.client.get("/page/style.css").status_code == 200


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Basic abc",
        "Bearer avtal_",
        "Bearer avtal_00000000_x",
        "bearer hej",
        "Bearer \xe5",
    ],
)
def test_what_does_not_hold_is_a_401_that_tells_nothing(served: Served, header: str) -> None:
    reply = served.client.get("/api/agreements", headers={b"Authorization": header.encode("latin-1")})
    assert reply.status_code == 401
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.headers["www-authenticate"].startswith('Bearer realm="avtalssok"')
    assert reply.json()["title"] == "Okänd läsare"


def test_unknown_and_forbidden_are_the_same_to_the_byte(served: Served) -> None:
    reader = served.by("skolan")
    for door in (
        "/api/agreements/{}", "/api/agreements/{}/source", "/api/agreements/{}/pages/1.png", "/avtal/{}",
        "/avtal/{}?q=hyra&start=0&end=5",
    ):  # fmt: skip
        forbidden, unknown = reader.get(door.format("hyra/ladan")), reader.get(door.format("hyra/bodan"))
        assert forbidden.status_code == unknown.status_code == 404
        assert forbidden.text.replace("hyra/ladan", "?") == unknown.text.replace("hyra/bodan", "?")
        assert forbidden.headers == unknown.headers
    place = {"start": 0, "end": 5, "quote": "Hyres", "text_sha256": "0" * 64}
    answers = {
        reader.post("/api/verify", json={**place, "agreement_id": name}).text.replace(name, "?")
        for name in ("hyra/ladan", "hyra/bodan")
    }
    assert len(answers) == 1


def test_the_etag_is_the_views(served: Served) -> None:
    narrow, wide = served.by("skolan"), served.by("skolan", "ledning")
    tag = narrow.get("/api/agreements").headers["etag"]
    assert served.by("SKOLAN").get("/api/agreements").headers["etag"] == tag
    assert wide.get("/api/agreements").headers["etag"] != tag
    again = {"If-None-Match": tag}
    assert narrow.get("/api/agreements", headers=again).status_code == 304
    assert wide.get("/api/agreements", headers=again).status_code == 200
    assert served.client.get("/api/agreements", headers=again).status_code == 401


@pytest.mark.parametrize(
    "door", ["/api/agreements", "/?q=hyra", "/avtal/badet", "/api/feeds/new.atom", "/metrics"]
)
def test_no_shared_cache_keeps_what_is_one_readers_own(served: Served, door: str) -> None:
    for client in (served.client, served.by("skolan")):
        reply = client.get(door)
        assert "private" in reply.headers["cache-control"] or "no-store" in reply.headers["cache-control"]
        assert {"Authorization", "Cookie"} <= set(reply.headers["vary"].split(", "))
    assert served.client.get("/avtalssok.js").headers["cache-control"].startswith("public")


def test_scopes_open_only_what_they_name(served: Served) -> None:
    metrics, admin = served.by(scopes=(Scope.METRICS,)), served.by(scopes=(Scope.ADMIN,))
    assert metrics.get("/metrics").status_code == 200
    assert served.by("ledning").get("/metrics").status_code == 403
    assert {client.get("/api/agreements").status_code for client in (metrics, admin)} == {403}
    assert served.client.get("/readyz").json() == {"status": "ok", "generation": None}


def test_a_revoked_and_an_expired_key_stop_at_once(served: Served) -> None:
    path = served.settings.keys
    assert path is not None
    reader = served.by("skolan")
    revoke_key(path, read_keys(path)[-1].key_id)
    assert reader.get("/api/agreements").status_code == 401
    other = served.by("skolan")
    assert other.get("/api/agreements").status_code == 200
    keys = read_keys(path)
    path.write_bytes(KEYS.dump_json([replace(key, expires=key.created) for key in keys]))
    assert other.get("/api/agreements").status_code == 401


def test_a_key_file_that_cannot_be_used_lets_nobody_in(served: Served) -> None:
    path = served.settings.keys
    assert path is not None
    reader = served.by("skolan")
    assert reader.get("/api/agreements").status_code == 200
    path.chmod(0o640)
    reply = reader.get("/api/agreements")
    assert (reply.status_code, "ta reda på vem som frågar" in reply.json()["detail"]) == (503, True)
    path.chmod(0o600)
    assert reader.get("/api/agreements").status_code == 200
    path.write_text("[{}]", encoding="utf-8")
    assert reader.get("/api/agreements").status_code == 503
    path.unlink()
    assert reader.get("/api/agreements").status_code == 503


def test_new_readers_hold_from_the_next_generation(tmp_path: Path, shipped: Encoder, served: Served) -> None:
    folder = write_agreements(tmp_path / "avtal")
    (folder / "avtal.toml").write_text(READERS, encoding="utf-8")
    build_index(folder, tmp_path / "index", shipped, read_document)
    settings = served.settings.model_copy(update={"index": tmp_path / "index"})
    shown = {"Authorization": f"Bearer {served.key('skolan')}"}
    with TestClient(create_app(settings), headers=shown) as client:
        assert listed(client) == ["badet", "skola/åkerby"]
        (folder / "avtal.toml").write_text('["hyra/"]\nreaders = ["skolan"]\n', encoding="utf-8")
        build_index(folder, tmp_path / "index", shipped, read_document)
        refresh(client)
        assert listed(client) == ["hyra/ladan"]


def test_a_reader_of_nothing_gets_answers_of_nothing(
    served: Served, tmp_path: Path, shipped: Encoder
) -> None:
    folder = write_agreements(tmp_path / "avtal")
    build_index(folder, tmp_path / "index", shipped, read_document)
    settings = served.settings.model_copy(update={"index": tmp_path / "index"})
    shown = {"Authorization": f"Bearer {served.key('skolan')}"}
    with TestClient(create_app(settings), headers=shown) as client:
        for door in (
            "/api/agreements", "/api/search?q=hyra", "/api/ask?q=vad är hyran?", "/api/suggest?q=hy", "/api/report",
            "/api/ask?q=vilka avtal saknar vite?", "/api/matrix", "/api/departing?clause=notice", "/", "/?q=hyra",
            "/oversikt", "/oversikt/klausuler", "/oversikt/parter", "/rapport", "/api/feeds/new.atom",
            "/api/feeds/last-notice.ics", "/api/export?q=hyra&format=docx", "/opensearch/suggest?q=hy",
        ):  # fmt: skip
            reply = client.get(door)
            assert reply.status_code == 200, door
            assert not any(word in reply.text for word in ("Tallvik", "Simlaget", "ladan", "Plogens"))


def sign_in(served: Served, shown: str, towards: str = "/rapport", **headers: str) -> TestClient:
    """A browser that typed a key into the form."""
    browser = TestClient(served.client.app, follow_redirects=False, headers={**BROWSER, **headers})
    browser.last = browser.post("/logga-in", data={"nyckel": shown, "till": towards})  # type: ignore[attr-defined]
    return browser


def test_a_person_without_identity_gets_a_page_with_a_form_that_leads_on(served: Served) -> None:
    page = served.client.get("/avtal/badet?q=vatten&start=3", headers=BROWSER)
    assert page.status_code == 401
    assert 'name="till" value="/avtal/badet?q=vatten&amp;start=3"' in page.text
    assert "Logga in" in page.text and page.headers["cache-control"] == "no-store"
    assert "Sign in" in served.client.get("/?lang=en", headers=BROWSER).text


def test_signing_in_gives_a_session_and_signing_out_ends_it(served: Served) -> None:
    browser = sign_in(served, served.key("skolan"))
    reply = browser.last  # type: ignore[attr-defined]
    assert (reply.status_code, reply.headers["location"]) == (303, "/rapport")
    cookie = reply.headers["set-cookie"]
    assert (
        "HttpOnly" in cookie and "SameSite=strict" in cookie and "Path=/" in cookie and "Secure" not in cookie
    )
    page = browser.get("/rapport")
    assert page.status_code == 200 and "Inloggad som någon" in page.text
    word = browser.cookies["avtal"]
    assert browser.post("/logga-ut").headers["location"] == "/logga-in"
    browser.cookies.set("avtal", word)
    assert browser.get("/rapport").status_code == 401


def test_behind_tls_the_cookie_is_bound_to_the_host_and_to_https(served: Served) -> None:
    settings = served.settings.model_copy(update={"public_url": "https://avtal.example.se"})
    with TestClient(
        create_app(settings), base_url="https://avtal.example.se", follow_redirects=False
    ) as browser:
        reply = browser.post(
            "/logga-in", data={"nyckel": served.key()}, headers={"Origin": "https://avtal.example.se"}
        )
        assert reply.headers["set-cookie"].startswith("__Host-avtal=")
        assert "Secure" in reply.headers["set-cookie"]


def test_a_wrong_key_is_told_so_and_gives_no_session(served: Served) -> None:
    browser = sign_in(served, "avtal_00000000_fel")
    reply = browser.last  # type: ignore[attr-defined]
    assert reply.status_code == 401 and "set-cookie" not in reply.headers
    assert 'role="alert"' in reply.text and 'value="/rapport"' in reply.text


def test_a_session_ends_with_its_key(served: Served) -> None:
    browser = sign_in(served, served.key("skolan"))
    assert browser.get("/rapport").status_code == 200
    assert served.settings.keys is not None
    revoke_key(served.settings.keys, read_keys(served.settings.keys)[-1].key_id)
    assert browser.get("/rapport").status_code == 401


@pytest.mark.parametrize("said", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}])
def test_another_site_can_neither_sign_in_nor_use_the_session(served: Served, said: dict[str, str]) -> None:
    shown = served.key("skolan")
    assert sign_in(served, shown, **said).last.status_code == 403  # type: ignore[attr-defined]
    browser = sign_in(served, shown)
    quote = {"agreement_id": "badet", "start": 0, "end": 1, "quote": "D", "text_sha256": "0"}
    assert browser.post("/api/verify", json=quote).status_code == 200
    assert browser.post("/api/verify", json=quote, headers=said).status_code == 401
    assert browser.post("/logga-ut", headers=said).status_code == 403
    assert browser.get("/rapport", headers=said).status_code == 200


def test_an_older_browser_says_its_origin(served: Served) -> None:
    app = served.client.app
    for origin, status in (("http://testserver", 303), ("http://annan.example", 403), ("null", 403)):
        browser = TestClient(app, follow_redirects=False)
        reply = browser.post("/logga-in", data={"nyckel": served.key()}, headers={"Origin": origin})
        assert reply.status_code == status
    assert TestClient(app).post("/logga-in", data={"nyckel": served.key()}).status_code == 403


@pytest.mark.parametrize(
    "towards", ["https://ond.example", "//ond.example", "/\\ond.example", "javascript:x", "/a\r\nb", ""]
)
def test_signing_in_leads_to_no_other_site(served: Served, towards: str) -> None:
    assert sign_in(served, served.key(), towards).last.headers["location"] == "/"  # type: ignore[attr-defined]


def test_without_access_there_is_nothing_to_sign_in_to(closed: Path) -> None:
    with TestClient(create_app(Settings(index=closed))) as client:
        assert client.get("/logga-in").status_code == 404
        assert client.post("/logga-ut").status_code == 404
        assert len(listed(client)) == 4


def test_loopback_is_what_only_this_computer_reaches() -> None:
    assert all(is_loopback(host) for host in ("127.0.0.1", "127.8.9.1", "::1", "localhost", "[::1]"))
    assert not any(
        is_loopback(host) for host in ("0.0.0.0", "::", "10.0.0.1", "avtal", "", "127.0.0.1.example.se")
    )


def test_access_is_named_by_what_is_used() -> None:
    assert [each.value for each in Access] == ["off", "keys", "oidc", "proxy"]


@pytest.fixture
def desk(served: Served, tmp_path: Path) -> Iterator[tuple[TestClient, str]]:
    """The service with a registrator's desk and an audit log, and the registrator's key."""
    (tmp_path / "avtal").mkdir()
    key, hashed = new_key()
    more = {"folder": tmp_path / "avtal", "admin_key_hash": hashed, "audit": tmp_path / "logg.jsonl"}
    app = create_app(served.settings.model_copy(update=more))
    with TestClient(app, follow_redirects=False) as client:
        yield client, key


def test_the_registrators_pages_want_the_key_or_the_scope(
    served: Served, desk: tuple[TestClient, str]
) -> None:
    """No reader's key opens them, whatever else it may do, nor none."""
    client, registrator = desk
    others = {"Authorization": f"Bearer {served.key('ledning', scopes=tuple({*Scope} - {Scope.ADMIN}))}"}
    app = client.app
    assert isinstance(app, FastAPI)
    included = [getattr(each, "original_router", None) for each in app.routes]
    routes = [route for router in included if router is not None for route in router.routes]
    admin = [route for route in routes if route.path.startswith(("/admin", "/api/admin"))]
    assert len(admin) > 20
    for route in admin:
        path = re.sub(r"\{[^}]+\}", "x", route.path)
        if path == "/admin/logga-in":
            continue
        for headers in ({}, others):
            reply = client.request(next(iter(route.methods)), path, headers=headers)
            away = reply.headers.get("location", "").startswith("/admin/logga-in")
            assert reply.status_code == 401 or (reply.status_code == 303 and away), path
    for key in (registrator, served.key(scopes=(Scope.ADMIN,))):
        opened = client.get("/api/admin/state", headers={"Authorization": f"Bearer {key}"})
        assert opened.status_code == 200


def test_who_runs_the_service_is_named_in_the_audit_log(
    served: Served, desk: tuple[TestClient, str], tmp_path: Path
) -> None:
    client, registrator = desk
    for key in (served.key(scopes=(Scope.ADMIN,)), registrator):
        shown = {"Authorization": f"Bearer {key}"}
        sent = client.post("/api/admin/drafts?name=a.txt", content=b"Avtal\n\nText.\n", headers=shown)
        assert sent.status_code == 201
    rows = [json.loads(row) for row in (tmp_path / "logg.jsonl").read_text("utf-8").splitlines()]
    assert [row["actor"] for row in rows if row["action"] == "file.send"] == ["någon", "registrator"]


def test_an_administrator_goes_on_to_the_pages_without_the_key(
    served: Served, desk: tuple[TestClient, str]
) -> None:
    """The session ends with the scope: for the same cookie from another, or from nobody, it is none."""
    client, _ = desk
    own = {"Origin": "http://testserver"}
    admin = {"Authorization": f"Bearer {served.key(scopes=(Scope.ADMIN,))}"}
    reader = {"Authorization": f"Bearer {served.key(scopes=(Scope.READ,))}"}
    assert "Fortsätt som någon" in client.get("/admin/logga-in", headers=admin).text
    assert "Fortsätt som" not in client.get("/admin/logga-in", headers=reader).text
    assert client.post("/admin/logga-in", headers={**admin, "Origin": "http://annan"}).status_code == 401
    assert client.post("/admin/logga-in", headers={**reader, **own}).status_code == 401
    assert client.post("/admin/logga-in", headers={**admin, **own}).headers["location"] == "/admin"
    assert client.get("/admin", headers=admin).status_code == 200
    for others in ({}, reader):
        assert client.get("/admin", headers=others).headers["location"] == "/admin/logga-in"
