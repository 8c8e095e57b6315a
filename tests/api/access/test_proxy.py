"""A reverse proxy is believed by its address and its secret together."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from starlette.requests import Request

from api.access.identity import Identity, Scope, UnknownReaderError
from api.access.proxy import SECRET_HEADER, Proxy
from api.app import create_app
from api.settings import Access, Settings

SECRET = "0123456789abcdef0123456789abcdef"
USER, GROUPS = "X-Remote-User", "X-Remote-Groups"
PROXY = Proxy([Proxy.network("10.0.0.5"), Proxy.network("fd00::/64")], SECRET, USER, GROUPS, ",", "Drift")


def request(*headers: tuple[str, str], host: str | None = "10.0.0.5") -> Request:
    raw = [(name.lower().encode(), value.encode()) for name, value in headers]
    client = None if host is None else (host, 1234)
    return Request({"type": "http", "method": "GET", "path": "/", "headers": raw, "client": client})


SHOWN = ((SECRET_HEADER, SECRET), (USER, "anna"), (GROUPS, "HR, Ekonomi ,"))


@pytest.mark.parametrize("host", ["10.0.0.5", "fd00::1", "::ffff:10.0.0.5"])
def test_the_proxy_says_who_is_asking(host: str) -> None:
    found = PROXY.identity(request(*SHOWN, host=host))
    assert found == Identity("anna", frozenset({"hr", "ekonomi"}), frozenset({Scope.READ}))


def test_the_administrators_group_runs_the_service() -> None:
    found = PROXY.identity(request(*SHOWN[:2], (GROUPS, "hr,drift")))
    assert found.may(Scope.ADMIN) and found.may(Scope.READ)


def test_a_reader_of_no_group_is_known_all_the_same() -> None:
    assert PROXY.identity(request(*SHOWN[:2])).groups == set()


@pytest.mark.parametrize("host", ["10.0.0.6", "127.0.0.1", "fd00:0:0:1::1", "okänd", None])
def test_the_secret_from_another_address_holds_nothing(host: str | None) -> None:
    with pytest.raises(UnknownReaderError):
        PROXY.identity(request(*SHOWN, host=host))


@pytest.mark.parametrize(
    "headers",
    [
        SHOWN[1:],
        ((SECRET_HEADER, ""), *SHOWN[1:]),
        ((SECRET_HEADER, SECRET[:-1]), *SHOWN[1:]),
        ((SECRET_HEADER, SECRET.upper()), *SHOWN[1:]),
        (SHOWN[0], SHOWN[2]),
        (SHOWN[0], (USER, " "), SHOWN[2]),
        (*SHOWN, (GROUPS, "ledning")),
        (*SHOWN, (USER, "chefen")),
        (*SHOWN, (SECRET_HEADER, SECRET)),
    ],
)
def test_without_the_secret_or_a_name_or_with_a_header_twice_nobody_is_known(
    headers: tuple[tuple[str, str], ...],
) -> None:
    with pytest.raises(UnknownReaderError):
        PROXY.identity(request(*headers))


def test_the_service_answers_by_what_the_proxy_says(closed: Path) -> None:
    settings = Settings(
        index=closed, access=Access.PROXY, proxy_addresses=("10.0.0.5",), proxy_secret=SecretStr(SECRET),
        proxy_separator=";",
    )  # fmt: skip
    app = create_app(settings)
    shown = {SECRET_HEADER: SECRET, USER: "anna", GROUPS: "Skolan;Ledning"}
    with TestClient(app, client=("10.0.0.5", 1), headers=shown) as client:
        reply = client.get("/api/agreements")
        rows = [row["agreement_id"] for row in reply.json()["agreements"]]
        assert rows == ["badet", "hyra/ladan", "skola/åkerby"]
        assert set(reply.headers["vary"].split(", ")) >= {SECRET_HEADER, USER, GROUPS}
        assert "Inloggad" not in client.get("/").text
        told = {"X-Forwarded-For": "10.0.0.5"}
        assert TestClient(app, headers={**shown, **told}).get("/api/agreements").status_code == 401
