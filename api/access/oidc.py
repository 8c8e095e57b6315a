"""Tokens of an OpenID Connect issuer (JWT, RFC 7519): signed by a key of its own, for this service, and in their time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import jwt

from api.access.identity import NOT_VALID, Identity, UnknownReaderError
from api.access.key_sets import KeySet
from api.access.proxy import member

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""The algorithms that can be allowed: those where who can check a signature cannot make one."""
LEEWAY = 30
"""Seconds that the issuer's clock and this one's may differ."""
LONGEST = 16_384
_CHECKER = jwt.PyJWT({"enforce_minimum_key_length": True})
_WANTED = ("exp", "iat", "iss", "aud", "sub")


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a token must hold: issuer, audience, one of the algorithms; and the claim that holds the reader's groups."""

    keys: KeySet
    issuer: str
    audience: str
    algorithms: Sequence[str]
    groups_claim: str
    admin_group: str

    def identity(self, token: str) -> Identity:
        """Whose token it is. Raises UnknownReaderError for one that does not hold, AvtalError where the keys cannot be had."""
        claims = self._claims(token)
        groups = claims.get(self.groups_claim, [])
        listed = [groups] if isinstance(groups, str) else groups
        if not isinstance(listed, list) or not all(isinstance(group, str) for group in listed):
            raise UnknownReaderError(NOT_VALID)
        found = member(str(claims["sub"]), listed, self.admin_group)
        expires = datetime.fromtimestamp(claims["exp"], UTC)
        return Identity(found.name, found.groups, found.scopes, expires)

    def _claims(self, token: str) -> Mapping[str, Any]:
        if len(token) > LONGEST:
            raise UnknownReaderError(NOT_VALID)
        try:
            header = jwt.get_unverified_header(token)
            key_id, algorithm = header.get("kid"), str(header.get("alg"))
            if not isinstance(key_id, str) or algorithm not in self.algorithms:
                raise UnknownReaderError(NOT_VALID)
            key = self.keys.key(key_id)
            if key is None or key.algorithm not in (None, algorithm):
                raise UnknownReaderError(NOT_VALID)
            return _CHECKER.decode(
                token,
                key.key,
                algorithms=[algorithm],
                audience=self.audience,
                issuer=self.issuer,
                leeway=LEEWAY,
                options={"require": list(_WANTED)},
            )
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError) as error:
            raise UnknownReaderError(NOT_VALID) from error
