"""What the service does not start with, and the sentence that says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from api.access.api_keys import create_key
from api.access.identity import Scope
from api.access.unsafe import UnsafeSettingsError, refuse_unsafe
from api.app import create_app
from api.settings import Access, Settings
from corpus.types import AvtalError

SECRET = SecretStr("0123456789abcdef0123456789abcdef")
KEYS = {"access": Access.KEYS, "keys": Path("nycklar.json")}
OIDC = {
    "access": Access.OIDC, "oidc_issuer": "https://i.example.se", "oidc_audience": "avtal",
    "oidc_keys": "https://i.example.se/jwks",
}  # fmt: skip
PROXY = {"access": Access.PROXY, "proxy_addresses": ("10.0.0.5",), "proxy_secret": SECRET}
OUTSIDE = {"host": "0.0.0.0"}
TLS = {"public_url": "https://avtal.example.se"}


@pytest.mark.parametrize(
    "safe",
    [
        {}, {"host": "::1"}, {"host": "localhost"}, {"public_url": "http://127.0.0.1:8000"},
        {**OUTSIDE, "open": True}, {**TLS, "open": True}, KEYS, {**KEYS, **OUTSIDE, **TLS}, OIDC, {**OIDC, **OUTSIDE, **TLS},
        {**OIDC, "oidc_keys": "/etc/avtal/jwks.json", "oidc_algorithms": ("EdDSA",)}, PROXY, {**PROXY, **OUTSIDE},
        {**PROXY, "proxy_addresses": ("10.0.0.0/28", "fd00::1")},
    ],
)  # fmt: skip
def test_what_is_safe_starts(safe: dict[str, object]) -> None:
    refuse_unsafe(Settings.model_validate(safe))


@pytest.mark.parametrize(
    ("unsafe", "told"),
    [
        (OUTSIDE, "alla som når adressen 0.0.0.0 skulle läsa alla avtal"),
        ({"host": "::"}, "adressen ::"),
        ({"host": "avtal.internt"}, "adressen avtal.internt"),
        (TLS, "AVTAL_PUBLIC_URL"),
        ({**KEYS, "open": True}, "AVTAL_OPEN säger att alla får läsa"),
        ({**KEYS, "box_origins": ("https://intranat.example.se",)}, "AVTAL_BOX_ORIGINS"),
        ({**PROXY, "box_origins": ("https://intranat.example.se",)}, "AVTAL_BOX_ORIGINS"),
        ({"access": Access.KEYS}, "ange den i AVTAL_KEYS"),
        ({**KEYS, "keys": Path(".avtal/nycklar.json")}, "ligger i indexets mapp"),
        ({**KEYS, **OUTSIDE}, "okrypterade till 0.0.0.0"),
        ({**KEYS, **OUTSIDE, "public_url": "http://avtal.example.se"}, "okrypterade"),
        ({**OIDC, **OUTSIDE}, "okrypterade"),
        ({**OIDC, "oidc_issuer": ""}, "AVTAL_OIDC_ISSUER"),
        ({**OIDC, "oidc_audience": ""}, "AVTAL_OIDC_AUDIENCE"),
        ({**OIDC, "oidc_keys": ""}, "AVTAL_OIDC_KEYS"),
        ({**OIDC, "oidc_keys": "http://i.example.se/jwks"}, "kan bytas på vägen"),
        ({**OIDC, "oidc_keys": "ftp://i.example.se/jwks"}, "kan bytas på vägen"),
        ({**OIDC, "oidc_algorithms": ("RS256", "HS256")}, "AVTAL_OIDC_ALGORITHMS är HS256"),
        ({**OIDC, "oidc_algorithms": ("none",)}, "AVTAL_OIDC_ALGORITHMS är none"),
        ({**OIDC, "oidc_algorithms": ()}, "AVTAL_OIDC_ALGORITHMS är tom"),
        ({**PROXY, "proxy_addresses": ()}, "AVTAL_PROXY_ADDRESSES"),
        ({**PROXY, "proxy_addresses": ("0.0.0.0/0",)}, "alla adresser"),
        ({**PROXY, "proxy_addresses": ("proxy.internt",)}, "inte är en adress"),
        ({**PROXY, "proxy_addresses": ("10.0.0.5/8",)}, "inte är en adress"),
        ({**PROXY, "proxy_secret": SecretStr("")}, "har 0 tecken"),
        ({**PROXY, "proxy_secret": SecretStr("kort")}, "har 4 tecken"),
        ({**PROXY, "proxy_secret": SecretStr("a" * 40)}, "slumpade"),
        ({**PROXY, "proxy_user": "x-remote-groups"}, "samma huvud"),
    ],
)
def test_what_is_unsafe_does_not_start_and_is_told_in_one_sentence(
    unsafe: dict[str, object], told: str
) -> None:
    settings = Settings.model_validate(unsafe)
    with pytest.raises(UnsafeSettingsError, match=r"^servern startar inte: ") as caught:
        create_app(settings)
    assert told in str(caught.value) and "\n" not in str(caught.value)
    assert SECRET.get_secret_value() not in str(caught.value)


def test_a_key_file_that_others_can_read_or_that_is_missing_stops_the_start(tmp_path: Path) -> None:
    path = tmp_path / "nycklar.json"
    settings = Settings(access=Access.KEYS, keys=path)
    with pytest.raises(AvtalError, match="avtal key create"):
        create_app(settings)
    create_key(path, "anna", ["hr"], [Scope.READ], 1)
    create_app(settings)
    path.chmod(0o644)
    with pytest.raises(AvtalError, match="chmod 600"):
        create_app(settings)


def test_the_secret_is_in_no_text_of_the_settings() -> None:
    settings = Settings.model_validate(PROXY)
    assert SECRET.get_secret_value() not in repr(settings) + settings.model_dump_json()
