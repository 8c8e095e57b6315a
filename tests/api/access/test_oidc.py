"""Tokens by keys made here: what holds, and every way in which one does not."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from fastapi.testclient import TestClient
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

from api.access.identity import Scope, UnknownReaderError
from api.access.key_sets import KEPT_SECONDS, LEAST_BETWEEN, FetchedKeys, FileKeys, keys_in
from api.access.oidc import LEEWAY, LONGEST, Tokens
from api.app import create_app
from api.settings import Access, Settings
from corpus.types import AvtalError

ISSUER, AUDIENCE = "https://inloggning.example.se/", "avtalssok"


@dataclass(frozen=True)
class Issuer:
    """An issuer with an RSA, an EC and an Ed25519 key, and its public set as a file."""

    rsa: rsa.RSAPrivateKey
    ec: ec.EllipticCurvePrivateKey
    ed: ed25519.Ed25519PrivateKey
    path: Path

    def token(
        self, key: str = "rsa", alg: str = "RS256", header: Mapping[str, Any] | None = None, **claims: Any
    ) -> str:
        now = int(time.time())
        body = {"iss": ISSUER, "aud": AUDIENCE, "sub": "anna", "iat": now, "exp": now + 600, "groups": ["HR"]}
        body = {name: value for name, value in {**body, **claims}.items() if value is not None}
        named = {"kid": key, **(header or {})}
        named = {name: value for name, value in named.items() if value is not None}
        return jwt.encode(body, getattr(self, key), algorithm=alg, headers=named)


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Issuer:
    made = Issuer(
        rsa.generate_private_key(65537, 2048),
        ec.generate_private_key(ec.SECP256R1()),
        ed25519.Ed25519PrivateKey.generate(),
        tmp_path_factory.mktemp("utfärdare") / "jwks.json",
    )
    rows = [
        {
            **RSAAlgorithm.to_jwk(made.rsa.public_key(), as_dict=True),
            "kid": "rsa",
            "alg": "RS256",
            "use": "sig",
        },
        {**ECAlgorithm.to_jwk(made.ec.public_key(), as_dict=True), "kid": "ec"},
        {**OKPAlgorithm.to_jwk(made.ed.public_key(), as_dict=True), "kid": "ed"},
    ]
    made.path.write_text(json.dumps({"keys": rows}), encoding="utf-8")
    return made


def tokens(issuer: Issuer, *algorithms: str) -> Tokens:
    allowed = algorithms or ("RS256", "ES256", "EdDSA")
    return Tokens(FileKeys(issuer.path), ISSUER, AUDIENCE, allowed, "groups", "drift")


@pytest.mark.parametrize(("key", "alg"), [("rsa", "RS256"), ("ec", "ES256"), ("ed", "EdDSA")])
def test_a_token_of_the_issuer_for_this_service_says_who_is_asking(
    issuer: Issuer, key: str, alg: str
) -> None:
    found = tokens(issuer).identity(issuer.token(key, alg))
    assert (found.name, found.groups, found.scopes) == ("anna", frozenset({"hr"}), frozenset({Scope.READ}))
    assert found.expires is not None


def test_the_administrators_group_runs_the_service(issuer: Issuer) -> None:
    assert tokens(issuer).identity(issuer.token(groups=["Drift", "hr"])).may(Scope.ADMIN)
    assert tokens(issuer).identity(issuer.token(groups="hr")).groups == {"hr"}
    assert tokens(issuer).identity(issuer.token(groups=None)).groups == set()


NOW = int(time.time())
WRONG: dict[str, Callable[[Issuer], str]] = {
    "expired": lambda i: i.token(exp=NOW - LEEWAY - 60, iat=NOW - 900),
    "not yet valid": lambda i: i.token(nbf=NOW + LEEWAY + 600),
    "issued in the future": lambda i: i.token(iat=NOW + LEEWAY + 600),
    "another service's": lambda i: i.token(aud="annan-tjänst"),
    "no audience": lambda i: i.token(aud=None),
    "another issuer's": lambda i: i.token(iss="https://ond.example/"),
    "no issuer": lambda i: i.token(iss=None),
    "no end": lambda i: i.token(exp=None),
    "no beginning": lambda i: i.token(iat=None),
    "nobody's": lambda i: i.token(sub=None),
    "no key named": lambda i: i.token(header={"kid": None}),
    "an unknown key": lambda i: i.token(header={"kid": "annan"}),
    "another key's signature": lambda i: i.token("ec", "ES256", {"kid": "rsa"}),
    "an algorithm that the key is not for": lambda i: i.token(alg="PS256"),
    "groups that are no texts": lambda i: i.token(groups=[{"name": "hr"}]),
    "no token": lambda _: "abc",
    "an empty one": lambda _: "..",
    "far too long": lambda i: i.token(note="x" * LONGEST),
    "unsigned": lambda i: forged(i, "none", b""),
    "unsigned in capitals": lambda i: forged(i, "nOnE", b""),
    "signed with the public key as a secret": lambda i: by_public_key(i),
    "changed after signing": lambda i: swapped(i),
    "a signature cut off": lambda i: i.token().rpartition(".")[0] + ".",
}


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def body_of(issuer: Issuer) -> str:
    return issuer.token().split(".")[1]


def forged(issuer: Issuer, alg: str, signature: bytes) -> str:
    return f"{part({'alg': alg, 'kid': 'rsa'})}.{body_of(issuer)}.{signature.decode()}"


def by_public_key(issuer: Issuer) -> str:
    """The oldest trick: HS256 with the issuer's public key, which everybody has, as the secret."""
    pem = issuer.rsa.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    signed = f"{part({'alg': 'HS256', 'kid': 'rsa'})}.{body_of(issuer)}"
    signature = base64.urlsafe_b64encode(hmac.new(pem, signed.encode(), hashlib.sha256).digest()).rstrip(b"=")
    return f"{signed}.{signature.decode()}"


def swapped(issuer: Issuer) -> str:
    header, body, signature = issuer.token().split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    return f"{header}.{part({**claims, 'groups': ['ledning']})}.{signature}"


@pytest.mark.parametrize("wrong", WRONG)
def test_a_token_that_does_not_hold_is_nobodys(issuer: Issuer, wrong: str) -> None:
    with pytest.raises(UnknownReaderError):
        tokens(issuer, "RS256", "ES256", "EdDSA", "PS256").identity(WRONG[wrong](issuer))


def test_only_the_algorithms_that_are_allowed_hold(issuer: Issuer) -> None:
    assert tokens(issuer, "RS256").identity(issuer.token()).name == "anna"
    with pytest.raises(UnknownReaderError):
        tokens(issuer, "ES256").identity(issuer.token())


def test_a_short_key_holds_nothing(issuer: Issuer, tmp_path: Path) -> None:
    weak = rsa.generate_private_key(65537, 1024)
    row = {**RSAAlgorithm.to_jwk(weak.public_key(), as_dict=True), "kid": "rsa"}
    (tmp_path / "jwks.json").write_text(json.dumps({"keys": [row]}), encoding="utf-8")
    with pytest.warns(match="below the minimum"):
        token = Issuer(weak, issuer.ec, issuer.ed, tmp_path).token()
    with pytest.raises(UnknownReaderError):
        Tokens(FileKeys(tmp_path / "jwks.json"), ISSUER, AUDIENCE, ("RS256",), "groups", "").identity(token)


def test_secret_keys_and_those_for_encryption_are_left_out_of_a_set(issuer: Issuer) -> None:
    rows = json.loads(issuer.path.read_bytes())["keys"]
    secret = {"kty": "oct", "k": "AAAA", "kid": "hemlig"}
    hidden = {**rows[0], "use": "enc", "kid": "kryptering"}
    nameless = {name: value for name, value in rows[1].items() if name != "kid"}
    found = keys_in(json.dumps({"keys": [secret, hidden, nameless, rows[2]]}).encode(), "x")
    assert set(found) == {"ed"}
    for wrong in (b"", b"[]", b'{"keys": []}', b'{"keys": [3]}', b'{"keys": [{"kty": "RSA", "kid": "a"}]}'):
        with pytest.raises(AvtalError, match=r"^x "):
            keys_in(wrong, "x")


class Source:
    """An issuer's address that counts how often it is asked, and can be out of reach."""

    def __init__(self, data: bytes) -> None:
        self.data, self.asked, self.now, self.away = data, 0, 0.0, False

    def fetch(self, url: str) -> bytes:
        assert url == "https://inloggning.example.se/jwks"
        self.asked += 1
        if self.away:
            raise OSError("out of reach")
        return self.data

    def keys(self) -> FetchedKeys:
        return FetchedKeys("https://inloggning.example.se/jwks", self.fetch, lambda: self.now)


def test_fetched_keys_are_kept_and_unknown_ids_make_few_calls(issuer: Issuer) -> None:
    source = Source(issuer.path.read_bytes())
    keys = source.keys()
    for _ in range(50):
        assert keys.key("rsa") is not None
        assert keys.key("påhittad") is None
    assert source.asked == 1
    source.now = LEAST_BETWEEN
    assert [keys.key("påhittad") for _ in range(50)] == [None] * 50
    assert source.asked == 2
    source.now += KEPT_SECONDS
    assert keys.key("rsa") is not None
    assert source.asked == 3


def test_keys_go_on_holding_while_the_issuer_is_away(issuer: Issuer) -> None:
    source = Source(issuer.path.read_bytes())
    keys = source.keys()
    assert keys.key("rsa") is not None
    source.away, source.now = True, KEPT_SECONDS + 1
    assert keys.key("rsa") is not None


def test_without_any_keys_nobody_is_known_and_the_issuer_is_not_hammered() -> None:
    source = Source(b"")
    source.away = True
    keys = source.keys()
    for _ in range(20):
        with pytest.raises(AvtalError, match="kunde inte hämtas"):
            keys.key("rsa")
    assert source.asked == 1


def test_a_new_key_in_the_file_holds_at_once(issuer: Issuer, tmp_path: Path) -> None:
    path = tmp_path / "jwks.json"
    rows = json.loads(issuer.path.read_bytes())["keys"]
    path.write_text(json.dumps({"keys": rows[1:]}), encoding="utf-8")
    keys = FileKeys(path)
    assert keys.key("rsa") is None
    path.write_text(json.dumps({"keys": rows}), encoding="utf-8")
    assert keys.key("rsa") is not None


def test_the_service_answers_by_the_groups_of_the_token(issuer: Issuer, closed: Path) -> None:
    settings = Settings(
        index=closed,
        access=Access.OIDC,
        oidc_issuer=ISSUER,
        oidc_audience=AUDIENCE,
        oidc_keys=str(issuer.path),
    )
    with TestClient(create_app(settings)) as client:
        shown = {"Authorization": f"Bearer {issuer.token(groups=['Skolan'])}"}
        rows = client.get("/api/agreements", headers=shown).json()["agreements"]
        assert [row["agreement_id"] for row in rows] == ["badet", "skola/åkerby"]
        late = {"Authorization": f"Bearer {issuer.token(exp=NOW - 600)}"}
        reply = client.get("/api/agreements", headers=late)
        assert (reply.status_code, 'error="invalid_token"' in reply.headers["www-authenticate"]) == (
            401,
            True,
        )
        page = client.get("/", headers={"Accept": "text/html"})
        assert page.status_code == 401 and "annan tjänst" in page.text and "<form" not in page.text
