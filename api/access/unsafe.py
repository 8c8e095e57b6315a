"""Combinations of settings that would let somebody read what they should not: the service does not start with them."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from api.access.oidc import ALGORITHMS
from api.access.proxy import Proxy
from api.settings import Access, Settings
from corpus.types import AvtalError

LEAST_SECRET = 32
"""Characters of a secret that is typed into two configurations: 128 random bits as hexadecimal digits."""


class UnsafeSettingsError(AvtalError):
    """The settings together would open the agreements to somebody else."""


def refuse_unsafe(settings: Settings) -> None:
    """Raises UnsafeSettingsError with the first thing that is unsafe, and how to put it right."""
    for told in _unsafe(settings):
        raise UnsafeSettingsError(f"servern startar inte: {told}")


def is_loopback(host: str) -> bool:
    """True for an address that only the same computer reaches."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


def _unsafe(settings: Settings) -> Iterator[str]:
    if settings.access is Access.OFF:
        yield from _unguarded(settings)
        return
    if settings.open:
        yield f"AVTAL_OPEN säger att alla får läsa, men AVTAL_ACCESS är {settings.access.value}; ta bort den ena"
    if settings.box_origins:
        yield (
            "sökrutan på andra webbplatser (AVTAL_BOX_ORIGINS) vet inte vem som frågar och kan inte visas när "
            f"AVTAL_ACCESS är {settings.access.value}; ta bort den ena"
        )
    yield from {Access.KEYS: _keys, Access.OIDC: _oidc, Access.PROXY: _proxy}[settings.access](settings)


def _unguarded(settings: Settings) -> Iterator[str]:
    if settings.open:
        return
    outside = "" if is_loopback(settings.host) else f"adressen {settings.host}"
    public = urlsplit(settings.public_url).hostname
    if public and not is_loopback(public):
        outside = outside or f"adressen {settings.public_url} (AVTAL_PUBLIC_URL)"
    if outside:
        yield (
            f"alla som når {outside} skulle läsa alla avtal; sätt AVTAL_ACCESS till keys, oidc eller proxy, lyssna på "
            "127.0.0.1, eller sätt AVTAL_OPEN=1 om alla får läsa allt (docs/access.md)"
        )


def _keys(settings: Settings) -> Iterator[str]:
    if settings.keys is None:
        yield "AVTAL_ACCESS är keys men ingen nyckelfil är angiven; ange den i AVTAL_KEYS"
    elif settings.keys.resolve().is_relative_to(settings.index.resolve()):
        yield f"nyckelfilen {settings.keys} ligger i indexets mapp, som kopieras och gallras; lägg den utanför"
    yield from _in_the_clear(settings)


def _oidc(settings: Settings) -> Iterator[str]:
    if not settings.oidc_issuer:
        yield "AVTAL_ACCESS är oidc men utfärdaren är inte angiven; ange den i AVTAL_OIDC_ISSUER"
    if not settings.oidc_audience:
        yield (
            "utan AVTAL_OIDC_AUDIENCE skulle en bricka till vilken tjänst som helst gälla här; ange den här tjänstens "
            "namn hos utfärdaren"
        )
    weak = [name for name in settings.oidc_algorithms if name not in ALGORITHMS]
    if weak or not settings.oidc_algorithms:
        seen = ", ".join(weak) or "tom"
        yield (
            f"AVTAL_OIDC_ALGORITHMS är {seen}, men bara signaturer med utfärdarens egen nyckel kan godtas: välj bland "
            f"{', '.join(ALGORITHMS)}"
        )
    keys = urlsplit(settings.oidc_keys)
    if not settings.oidc_keys:
        yield "utfärdarens publika nycklar är inte angivna; ange en https-adress eller en fil i AVTAL_OIDC_KEYS"
    elif "://" in settings.oidc_keys and (keys.scheme != "https" or not keys.hostname):
        yield (
            f"AVTAL_OIDC_KEYS är {settings.oidc_keys}: nycklar som hämtas okrypterat kan bytas på vägen; ange en "
            "https-adress eller en fil"
        )
    yield from _in_the_clear(settings)


def _proxy(settings: Settings) -> Iterator[str]:
    secret = settings.proxy_secret.get_secret_value()
    if not settings.proxy_addresses:
        yield "AVTAL_ACCESS är proxy men proxyns adress är inte angiven; ange den i AVTAL_PROXY_ADDRESSES"
    if len(secret) < LEAST_SECRET or len(set(secret)) < LEAST_SECRET // 4:
        yield (
            f"AVTAL_PROXY_SECRET har {len(secret)} tecken men ska ha minst {LEAST_SECRET} slumpade, till exempel av "
            "openssl rand -hex 32"
        )
    for address in settings.proxy_addresses:
        try:
            network = Proxy.network(address)
        except ValueError:
            yield f"AVTAL_PROXY_ADDRESSES har {address}, som inte är en adress eller ett nät som 10.0.0.0/28"
            continue
        if network.prefixlen == 0:
            yield f"AVTAL_PROXY_ADDRESSES har {address}, som är alla adresser; ange proxyns egen"
    if settings.proxy_user.casefold() == settings.proxy_groups.casefold():
        yield "AVTAL_PROXY_USER och AVTAL_PROXY_GROUPS är samma huvud; ange två"


def _in_the_clear(settings: Settings) -> Iterator[str]:
    """What is shown to prove who asks must not travel unencrypted: this server speaks no TLS itself."""
    if not is_loopback(settings.host) and not settings.public_url.startswith("https://"):
        yield (
            f"nycklar och brickor skulle gå okrypterade till {settings.host}; lyssna på 127.0.0.1, eller sätt en proxy med "
            "TLS framför och ange dess adress i AVTAL_PUBLIC_URL (https://…)"
        )
