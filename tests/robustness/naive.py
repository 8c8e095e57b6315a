"""The naive way, to be found out: everything is asked, and what may not be read is taken out of the answer afterwards."""

from __future__ import annotations

import json
from collections.abc import Collection

from indexer.store import Index
from tests.robustness.asgi import Reply

Json = dict[str, object] | list[object] | str | int | float | bool | None


def without(reply: Reply, readable: Collection[str], index: Index) -> bytes | None:
    """The JSON answer without the rows of other agreements, 404 where it is one of them; None for no JSON.

    Of a refusal the status. Milliseconds and the generation's name are left out.
    """
    if reply.header("content-type").startswith("application/problem+json"):
        return f"{reply.status}".encode()
    if not reply.header("content-type").startswith("application/json"):
        return None
    body: Json = json.loads(reply.body)
    if isinstance(body, dict) and body.get("agreement_id", None) not in (None, *readable):
        return b"404"
    kept = _kept(body, readable, index)
    return f"{reply.status}\n{json.dumps(kept, ensure_ascii=False)}".encode()


def _kept(body: Json, readable: Collection[str], index: Index) -> Json:
    if isinstance(body, dict):
        return {
            key: _kept(value, readable, index)  # type: ignore[arg-type]
            for key, value in body.items()
            if key not in ("took_ms", "generation")
        }
    if isinstance(body, list):
        return [_kept(each, readable, index) for each in body if not _hidden(each, readable, index)]  # type: ignore[arg-type]
    return body


def _hidden(row: object, readable: Collection[str], index: Index) -> bool:
    """True for a row of an agreement that may not be read, or its id alone."""
    if isinstance(row, dict):
        return row.get("agreement_id") not in (None, *readable)
    return isinstance(row, str) and row in index.agreements and row not in readable
