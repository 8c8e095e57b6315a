"""The registrator's pages through a browser's requests: signed in, files in and out, cards, publication, versions."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.admin.sessions import IDLE_SECONDS, Sessions
from api.app import create_app
from api.settings import Settings
from tests.api.admin.conftest import NEW, ORIGIN, Registrator

PAGES = ("", "/avtal", "/kort/badet", "/versioner", "/papperskorg", "/lage", "/fil/abc")


@pytest.fixture
def signed_in(registrator: Registrator) -> Registrator:
    registrator.sign_in()
    return registrator


def draft_of(reply_location: str) -> str:
    return reply_location.rpartition("/")[2]


def test_without_the_settings_there_are_no_such_pages(client: TestClient) -> None:
    for path in ("/admin", "/admin/logga-in", "/api/admin/state"):
        assert client.get(path).status_code == 404
    assert not any("/admin" in path for path in client.get("/openapi.json").json()["paths"])


def test_nobody_comes_in_without_the_key(registrator: Registrator) -> None:
    client = registrator.client
    for page in PAGES:
        reply = client.get(f"/admin{page}", follow_redirects=False)
        assert (reply.status_code, reply.headers["location"]) == (303, "/admin/logga-in"), page
    for path in ("publicera", "skicka", "kort/badet", "versioner", "papperskorg", "logga-ut", "fil/abc"):
        reply = client.post(f"/admin/{path}", data={"csrf": "x"}, headers=ORIGIN, follow_redirects=False)
        assert reply.headers["location"] == "/admin/logga-in", path
    started = time.monotonic()
    wrong = client.post("/admin/logga-in", data={"nyckel": registrator.key[:-1]}, headers=ORIGIN)
    assert (wrong.status_code, "Nyckeln är fel" in wrong.text, time.monotonic() - started > 0.9) == (
        401,
        True,
        True,
    )
    assert "avtal-registrator" not in wrong.headers.get("set-cookie", "")
    foreign = client.post(
        "/admin/logga-in", data={"nyckel": registrator.key}, headers={"Origin": "https://x.example"}
    )
    assert foreign.status_code == 401


def test_the_cookie_is_for_these_pages_only_and_ends(registrator: Registrator) -> None:
    reply = registrator.client.post(
        "/admin/logga-in", data={"nyckel": f" {registrator.key}\n"}, headers=ORIGIN, follow_redirects=False
    )
    cookie = reply.headers["set-cookie"]
    for word in ("HttpOnly", "Path=/admin", "SameSite=strict"):
        assert word in cookie
    assert registrator.key not in cookie
    shown = registrator.client.get("/admin")
    assert (shown.headers["cache-control"], shown.headers["referrer-policy"]) == ("no-store", "same-origin")
    assert registrator.post("/admin/logga-ut").headers["location"] == "/admin/logga-in"
    assert registrator.client.get("/admin", follow_redirects=False).status_code == 303
    now = [0.0]
    sessions = Sessions(lambda: now[0])
    held = sessions.begin()
    now[0] += IDLE_SECONDS - 1
    assert sessions.of(held.token) is not None
    now[0] += IDLE_SECONDS + 1
    assert sessions.of(held.token) is None


def test_a_form_from_elsewhere_changes_nothing(signed_in: Registrator, folder: Path) -> None:
    client, csrf = signed_in.client, signed_in.csrf()
    for data, headers in (
        ({"gor": "ta-bort", "csrf": "fel"}, ORIGIN),
        ({"gor": "ta-bort"}, ORIGIN),
        ({"gor": "ta-bort", "csrf": csrf}, {"Origin": "https://ond.example"}),
        ({"gor": "ta-bort", "csrf": csrf}, {"Origin": "null"}),
        ({"gor": "ta-bort", "csrf": csrf}, {}),
    ):
        reply = client.post("/admin/kort/badet", data=data, headers=headers)
        assert (reply.status_code, "inget är ändrat" in reply.text) == (401, True)
    assert (folder / "badet.html").is_file()


def test_a_file_is_looked_at_taken_in_published_and_found(
    signed_in: Registrator, folder: Path, tmp_path: Path
) -> None:
    sent = signed_in.send("Sjöboden 2024.txt", NEW.encode(), mapp="båtar")
    assert sent.status_code == 303
    looked = signed_in.client.get(sent.headers["location"]).text
    for words in (
        "Avtal om sjöboden",
        "Granboda kommun",
        "31 december 2030",
        "båtar/Sjöboden 2024.txt",
        " stycken, ",
    ):
        assert words in looked, words
    assert not (folder / "båtar").exists()
    assert "Allt är publicerat" in signed_in.client.get("/admin").text
    done = signed_in.post(sent.headers["location"], gor="for-in")
    assert done.headers["location"] == "/admin?gjort=infort"
    desk = signed_in.client.get(done.headers["location"]).text
    assert "1 ändring syns inte" in desk and "Avtalet är infört" in desk and "Inga filer väntar" in desk
    before = signed_in.client.get("/readyz").json()["generation"]
    assert signed_in.post("/admin/publicera").headers["location"] == "/admin"
    signed_in.desk.publisher.wait(180)
    assert "5 avtal är sökbara" in signed_in.client.get("/admin").text
    assert signed_in.client.get("/readyz").json()["generation"] != before
    assert "sjöboden" in signed_in.client.get("/?q=sjöboden").text
    assert signed_in.client.get("/avtal/båtar/Sjöboden 2024").status_code == 200
    log = [json.loads(line)["action"] for line in (tmp_path / "logg.jsonl").read_text().splitlines()]
    assert log == ["file.send", "file.add", "index.publish"]


def test_what_cannot_be_used_is_told_and_nothing_is_kept(signed_in: Registrator, folder: Path) -> None:
    big = signed_in.send("stor.txt", b"x" * 1_000_001)
    assert (big.status_code, "större än 1 MB" in big.text) == (400, True)
    huge = signed_in.send("stor.txt", b"x" * 4_100_000)
    assert (huge.status_code, "större än 4 MB" in huge.text) == (413, True)
    for name in ("virus.exe", "avtal.toml", ".txt"):
        refused = signed_in.send(name, b"x")
        assert (refused.status_code, "kan inte tas emot" in refused.text) == (400, True), name
    assert "kan inte användas" in signed_in.send("a.txt", b"x", mapp="../ut").text
    assert "ingen fil är vald" in signed_in.post("/admin/skicka", {"fil": ("", b"")}).text.casefold()
    sent = signed_in.send("trasig.pdf", b"%PDF-1.4 trasig")
    page = signed_in.client.get(sent.headers["location"]).text
    assert "kan inte föras in" in page and "För in i mappen" not in page
    assert signed_in.post(sent.headers["location"], gor="kasta").headers["location"] == "/admin?gjort=kastad"
    assert signed_in.client.get(sent.headers["location"]).status_code == 404
    assert signed_in.desk.drafts.all() == []
    assert not [path for path in (folder / ".avtal-inkorg").iterdir() if path.is_dir()]


def test_a_name_becomes_text_and_never_markup(signed_in: Registrator) -> None:
    sent = signed_in.send('<img src=x onerror="alert(1)">.txt', b"<b>Avtal</b> om <script>boden</script>\n")
    for path in (sent.headers["location"], "/admin"):
        page = signed_in.client.get(path).text
        assert "<img src=x" not in page and "<script>boden" not in page
    assert "&lt;script&gt;boden" in signed_in.client.get(sent.headers["location"]).text


def test_a_copy_of_what_is_there_is_told(signed_in: Registrator, folder: Path) -> None:
    sent = signed_in.send("kopia.html", (folder / "badet.html").read_bytes())
    page = signed_in.client.get(sent.headers["location"]).text
    assert "Samma innehåll finns redan" in page and 'href="/admin/kort/badet.html"' in page


def test_a_card_is_corrected_and_a_wrong_value_told_beside_its_field(
    signed_in: Registrator, folder: Path
) -> None:
    page = signed_in.client.get("/admin/kort/hyra/ladan").text
    assert "31 maj 2031" in page
    wrong = signed_in.post(
        "/admin/kort/hyra/ladan", gor="ratta", **{"f-valid_to": "snart", "f-title": "Ladan"}
    )
    assert wrong.status_code == 422
    assert re.search(r'id="f-valid_to"[^>]*value="snart"[^>]*aria-invalid="true"', wrong.text)
    assert "Skriv en dag, till exempel 2026-12-31." in wrong.text and 'value="Ladan"' in wrong.text
    assert not (folder / "avtal.toml").exists()
    right = signed_in.post(
        "/admin/kort/hyra/ladan",
        gor="ratta",
        **{"f-valid_to": "2032-01-31", "f-parties": "A AB\r\nB AB\r\n", "f-title": ""},
    )
    assert right.headers["location"] == "/admin/kort/hyra/ladan?gjort=rattat"
    assert 'value="2032-01-31"' in signed_in.client.get(right.headers["location"]).text
    assert "rättat kort" in signed_in.client.get("/admin").text
    signed_in.published()
    assert "rättat kort" not in signed_in.client.get("/admin").text
    assert "31 maj 2031" in signed_in.client.get(right.headers["location"]).text
    assert signed_in.client.get("/api/agreements/hyra/ladan").json()["parties"] == ["A AB", "B AB"]


def test_an_agreement_is_replaced_removed_and_put_back(signed_in: Registrator, folder: Path) -> None:
    sent = signed_in.send("nya ladan.md", NEW.encode(), ersatter="hyra/ladan")
    page = signed_in.client.get(sent.headers["location"]).text
    assert re.search(r'<option value="hyra/ladan.txt" selected>', page)
    assert (
        signed_in.post(sent.headers["location"], gor="for-in", ersatter="hyra/ladan.txt").status_code == 303
    )
    assert signed_in.post("/admin/kort/badet", gor="ta-bort").headers["location"] == "/admin?gjort=borttaget"
    desk = signed_in.client.get("/admin").text
    assert "borttaget" in desk and "3 ändringar" in desk
    signed_in.published()
    assert signed_in.client.get("/api/agreements/hyra/ladan").json()["title"].startswith("Avtal om sjöboden")
    assert signed_in.client.get("/avtal/badet").status_code == 404
    thrown = next(each for each in signed_in.desk.folder.thrown() if each.path == "badet.html")
    assert signed_in.post("/admin/papperskorg", namn=thrown.name).status_code == 303
    assert (folder / "badet.html").is_file()
    assert signed_in.post("/admin/papperskorg", namn=thrown.name).status_code == 404
    (left,) = signed_in.desk.folder.thrown()
    erased = signed_in.post("/admin/papperskorg", namn=left.name, gor="radera")
    assert erased.headers["location"] == "/admin/papperskorg?gjort=raderat"
    assert not [path for path in (folder / ".avtal-papperskorg").rglob("*") if path.is_file()]


def test_one_publication_at_a_time_and_back_to_a_former_one(signed_in: Registrator, folder: Path) -> None:
    first = signed_in.client.get("/readyz").json()["generation"]
    (folder / "badet.html").unlink()
    assert signed_in.post("/admin/publicera").status_code == 303
    again = signed_in.post("/admin/publicera")
    assert (again.status_code, "pågår redan" in again.text) == (409, True)
    answered = 0
    while signed_in.desk.publisher.state.phase == "running":
        assert (
            signed_in.client.get("/api/ask", params={"q": "Till när gäller hyresavtalet?"}).status_code == 200
        )
        answered += 1
    assert answered > 3
    signed_in.desk.publisher.wait(180)
    second = signed_in.client.get("/readyz").json()["generation"]
    assert second != first
    page = signed_in.client.get("/admin/versioner").text
    assert "Har, men inte den som svarar:</b> badet.html" in page
    assert (
        signed_in.post("/admin/versioner", version=first).headers["location"] == "/admin/versioner?gjort=bytt"
    )
    assert signed_in.client.get("/readyz").json()["generation"] == first
    assert signed_in.client.get("/avtal/badet").status_code == 200
    assert "borttaget" in signed_in.client.get("/admin").text
    assert signed_in.post("/admin/versioner", version="../../etc").status_code == 400
    signed_in.post("/admin/versioner", version=second)
    assert signed_in.client.get("/readyz").json()["generation"] == second


def test_a_publication_that_fails_is_told_and_the_former_one_answers(
    signed_in: Registrator, folder: Path
) -> None:
    before = signed_in.client.get("/readyz").json()["generation"]
    (folder / "avtal.toml").write_text('["finns inte.txt"]\ntitle = "x"\n', encoding="utf-8")
    assert "kan inte publiceras som den är" in signed_in.client.get("/admin").text
    signed_in.published()
    page = signed_in.client.get("/admin").text
    assert "Publiceringen gick inte" in page and "finns inte.txt" in page
    assert signed_in.client.get("/readyz").json()["generation"] == before


def test_a_first_index_is_made_from_the_page(tmp_path: Path) -> None:
    (tmp_path / "avtal").mkdir()
    from api.admin.key import new_key

    key, digest = new_key()
    settings = Settings(index=tmp_path / "index", folder=tmp_path / "avtal", admin_key_hash=digest)
    with TestClient(create_app(settings)) as client:
        registrator = Registrator(client, key)
        registrator.sign_in()
        assert client.get("/readyz").status_code == 503
        assert "Mappen är tom" in client.get("/admin").text
        assert "inga avtal att publicera" in registrator.post("/admin/publicera").text
        sent = registrator.send("boden.txt", NEW.encode())
        registrator.post(sent.headers["location"], gor="for-in")
        registrator.published()
        assert "sjöboden" in client.get("/?q=sjöboden").text


def test_every_page_is_there_in_english_too(signed_in: Registrator) -> None:
    sent = signed_in.send("boden.txt", NEW.encode())
    for path in (
        "/admin",
        "/admin/avtal",
        "/admin/kort/badet",
        "/admin/versioner",
        "/admin/papperskorg",
        sent.headers["location"],
    ):
        page = signed_in.client.get(path, params={"lang": "en"})
        assert page.status_code == 200
        assert 'lang="en"' in page.text and "To do" in page.text, path
    assert "Sign in" in signed_in.client.get("/admin/logga-in?lang=en").text
