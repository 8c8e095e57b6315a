"""The names that this computer's own service may be asked by, so that no website can make a browser read it.

A page anywhere can let its own name point at 127.0.0.1 (DNS rebinding); the browser then takes the service for that
page's own and gives it the answers. The name it asked for is in Host, and is not one of ours.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request

from api.access.unsafe import is_loopback
from api.settings import Access, Settings


class Hosts:
    """Tells a request under a strange name, where nothing else but the place that we listen at says who may read."""

    def __init__(self, settings: Settings) -> None:
        public = urlsplit(settings.public_url).hostname
        self._names = frozenset({*settings.hosts, *((public,) if public else ())})
        self._always = bool(settings.hosts)
        self._off = settings.access is Access.OFF and not settings.open

    def is_strange(self, request: Request) -> bool:
        """True for a name that is not ours: asked of this computer's own address with access off, or of any address
        where AVTAL_HOSTS names ours."""
        server = request.scope.get("server")
        inside = self._off and server is not None and is_loopback(str(server[0]))
        if not (inside or self._always):
            return False
        name = host_name(request.headers.get("host", ""))
        return not (is_loopback(name) or name in self._names)


def host_name(host: str) -> str:
    """The name in a Host header, without port, in small letters; an IPv6 address without brackets."""
    name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    return name.casefold().rstrip(".")
