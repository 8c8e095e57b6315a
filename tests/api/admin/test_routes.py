"""The registrator's API, by the key."""

from __future__ import annotations

from tests.api.admin.conftest import NEW, Registrator


def test_every_route_wants_the_key(registrator: Registrator) -> None:
    paths = registrator.client.get("/openapi.json").json()["paths"]
    routes = [
        (path, method)
        for path, methods in paths.items()
        for method in methods
        if path.startswith("/api/admin/")
    ]
    assert len(routes) >= 14
    for path, method in routes:
        for headers in ({}, {"Authorization": "Bearer fel"}, {"Authorization": f"Basic {registrator.key}"}):
            reply = registrator.client.request(method, path, headers=headers, content=b"{}")
            assert (reply.status_code, reply.headers["www-authenticate"]) == (401, "Bearer"), (path, headers)
            assert reply.headers["content-type"] == "application/problem+json"
        assert "401" in paths[path][method]["responses"]


def test_a_file_goes_all_the_way(registrator: Registrator) -> None:
    sent = registrator.api(
        "POST", "drafts", params={"name": "boden.txt", "folder": "båtar"}, content=NEW.encode()
    )
    assert sent.status_code == 201
    draft_id = sent.json()["draft_id"]
    registrator.desk.drafts.wait(draft_id, 30)
    draft = registrator.api("GET", f"drafts/{draft_id}").json()
    assert (draft["path"], draft["reading"]["status"]) == ("båtar/boden.txt", "indexed")
    assert draft["reading"]["title"].startswith("Avtal om sjöboden")
    assert {"name": "valid_to", "value": "2030-12-31"}.items() <= draft["reading"]["facts"][-1].items()
    assert registrator.api("GET", "state").json()["waiting"] == 1
    assert registrator.api("POST", f"drafts/{draft_id}/accept").json() == {"path": "båtar/boden.txt"}
    state = registrator.api("GET", "state").json()
    assert [(change["kind"], change["path"]) for change in state["changes"]] == [("added", "båtar/boden.txt")]
    assert registrator.api("DELETE", "files/badet").status_code == 204
    assert (
        registrator.api("PATCH", "cards/hyra/ladan", json={"fields": {"title": ["Ladan"]}}).status_code == 200
    )
    registrator.published()
    state = registrator.api("GET", "state").json()
    assert (state["changes"], state["publication"]["phase"]) == ([], "done")
    titles = {each["title"] for each in registrator.client.get("/api/agreements").json()["agreements"]}
    assert "Ladan" in titles and any("sjöboden" in title for title in titles)
    assert len(registrator.api("GET", "generations").json()) == 3
    thrown = registrator.api("GET", "trash").json()
    assert registrator.api("POST", f"trash/{thrown[0]['name']}/restore").json() == {"path": "badet.html"}


def test_refusals_are_problem_documents(registrator: Registrator) -> None:
    big = registrator.api("POST", "drafts", params={"name": "a.txt"}, content=b"x" * 1_000_001)
    assert (big.status_code, "1 MB" in big.json()["detail"]) == (413, True)
    assert registrator.api("POST", "drafts", params={"name": "a.exe"}, content=b"x").status_code == 400
    assert (
        registrator.api("POST", "drafts", params={"name": "a.txt", "replaces": "x"}, content=b"x").status_code
        == 404
    )
    wrong = registrator.api("PATCH", "cards/badet", json={"fields": {"valid_to": ["snart"]}})
    assert wrong.status_code == 422
    assert wrong.json()["errors"] == [{"name": "valid_to", "detail": "en dag, till exempel 2026-12-31"}]
    for method, path in (
        ("GET", "cards/borta"),
        ("DELETE", "files/..%2F..%2Fetc%2Fpasswd"),
        ("DELETE", "files/avtal.toml"),
        ("GET", "drafts/..%2Fx"),
        ("POST", "trash/x/restore"),
    ):
        assert registrator.api(method, path).status_code == 404, path


def test_drafts_survive_a_restart_and_do_not_wait_for_ever(registrator: Registrator) -> None:
    sent = registrator.api("POST", "drafts", params={"name": "boden.txt"}, content=NEW.encode()).json()
    drafts = registrator.desk.drafts
    drafts.wait(sent["draft_id"], 30)
    draft = drafts.get(sent["draft_id"])
    drafts._save(draft.model_copy(update={"reading": None}))
    drafts.begin()
    drafts.wait(draft.draft_id, 30)
    assert drafts.get(draft.draft_id).reading is not None
    old = draft.model_copy(update={"sent": draft.sent.replace(year=draft.sent.year - 1)})
    drafts._save(old)
    drafts.begin()
    assert drafts.all() == []
