"""A reverse proxy that has signed the reader in: believed by its address and a secret that it shares, and else not at all."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from starlette.requests import Request

from api.access.identity import NOT_VALID, NOTHING_SHOWN, Identity, Scope, UnknownReaderError

SECRET_HEADER = "X-Avtal-Proxy-Secret"


@dataclass(frozen=True, slots=True)
class Proxy:
    """The proxy's addresses, its secret, and the headers by which it names the reader and the reader's groups."""

    networks: Sequence[IPv4Network | IPv6Network]
    secret: str = field(repr=False)
    user_header: str
    groups_header: str
    separator: str
    admin_group: str

    @staticmethod
    def network(address: str) -> IPv4Network | IPv6Network:
        """An address or a network of them. Raises ValueError for anything else."""
        return ip_network(address)

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers that its answers depend on."""
        return SECRET_HEADER, self.user_header, self.groups_header

    def identity(self, request: Request) -> Identity:
        """Who the proxy says is asking. Raises UnknownReaderError where it is not the proxy, or it names nobody.

        A header that comes twice is refused: the proxy may have put its own beside one that the reader sent.
        """
        shown = self._only(request, SECRET_HEADER)
        if shown is None:
            raise UnknownReaderError(NOTHING_SHOWN)
        if not self._is_named(request) or not hmac.compare_digest(shown.encode(), self.secret.encode()):
            raise UnknownReaderError(NOT_VALID)
        name = (self._only(request, self.user_header) or "").strip()
        if not name:
            raise UnknownReaderError(NOTHING_SHOWN)
        groups = (self._only(request, self.groups_header) or "").split(self.separator)
        return member(name, groups, self.admin_group)

    def _is_named(self, request: Request) -> bool:
        """True where the other end of the connection has one of the proxy's addresses."""
        if request.client is None:
            return False
        try:
            address = ip_address(request.client.host)
        except ValueError:
            return False
        mapped = getattr(address, "ipv4_mapped", None) or address
        return any(mapped in network for network in self.networks)

    def _only(self, request: Request, header: str) -> str | None:
        values = request.headers.getlist(header)
        if len(values) > 1:
            raise UnknownReaderError(NOT_VALID)
        return values[0] if values else None


def member(name: str, groups: Sequence[str], admin_group: str) -> Identity:
    """A reader by the groups that someone else vouches for; the administrators' group, where one is named, runs the service."""
    identity = Identity.of(name, groups, (Scope.READ,))
    if admin_group and not Identity.of(name, (admin_group,), ()).groups.isdisjoint(identity.groups):
        return Identity(name, identity.groups, frozenset({Scope.READ, Scope.ADMIN, Scope.METRICS}))
    return identity
