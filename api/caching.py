"""Revalidation: an answer is named by its generation and its address, so an unchanged one need not be sent again."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cache
from pathlib import Path

from fastapi import Request, Response

from api.settings import Settings
from retriever.engine import Engine

_CODE = ("api", "retriever", "indexer", "corpus")


class NotModifiedError(Exception):
    """The caller already holds the body with this ETag."""

    def __init__(self, etag: str) -> None:
        super().__init__(etag)
        self.etag = etag


def etag_of(engine: Engine, request: Request) -> str:
    """A weak ETag: the same body but for `took_ms`, while generation, address, day and program are the same.

    The day counts because "gäller i dag" is a filter.
    """
    settings: Settings = request.app.state.settings
    named = (engine.index.generation, str(request.url), date.today().isoformat())
    parts = (*named, _code_version(), settings.model_dump_json())
    return f'W/"{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:32]}"'


def revalidate(engine: Engine, request: Request, held: str) -> None:
    """Note the ETag of the answer to come. Raises NotModifiedError where `held`, an If-None-Match header, names it."""
    etag = etag_of(engine, request)
    request.state.etag = etag
    if etag.removeprefix("W/") in {tag.strip().removeprefix("W/") for tag in held.split(",")}:
        raise NotModifiedError(etag)


def not_modified(etag: str) -> Response:
    """304 with the headers that the whole answer would have had."""
    return Response(status_code=304, headers=_headers(etag))


def label(response: Response, request: Request) -> None:
    """Put the noted ETag on a successful answer."""
    etag = getattr(request.state, "etag", None)
    if etag is not None and response.status_code == 200:
        response.headers.update(_headers(etag))


def _headers(etag: str) -> dict[str, str]:
    return {"ETag": etag, "Cache-Control": "private, no-cache"}


@cache
def _code_version() -> str:
    """Hex SHA-256 over the program's own code: an upgrade answers anew although the index is the same."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(path for folder in _CODE for path in (root / folder).rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
