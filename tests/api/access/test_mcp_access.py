"""AI programs over HTTP: a tool answers its caller from what that one may read."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient

from api.access.guard import Guard
from api.access.identity import Scope
from api.live import LiveEngine
from api.mcp_access import KnownReaders, engine_for_reader
from api.mcp_server import create_server
from tests.api.access.conftest import Served

ACCEPT = {"Accept": "application/json, text/event-stream"}


def called(client: TestClient, shown: str | None, tool: str, **arguments: Any) -> Any:
    """What a tool gives to the holder of a key; the status where it is refused."""
    headers = ACCEPT if shown is None else {**ACCEPT, "Authorization": f"Bearer {shown}"}
    body = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": tool, "arguments": arguments},
    }
    reply = client.post("/mcp", json=body, headers=headers)
    return reply.json()["result"] if reply.status_code == 200 else reply.status_code


def test_each_call_is_answered_from_its_own_readers_view(served: Served) -> None:
    guard, live = Guard(served.settings), LiveEngine(served.settings.index)
    server = create_server(engine_for_reader(guard, live))
    app = server.streamable_http_app(stateless_http=True, json_response=True)
    narrow, wide = served.key("skolan"), served.key("ledning")
    with TestClient(KnownReaders(app, guard), base_url="http://127.0.0.1:8000") as client:
        question = {"question": "vilka avtal omfattar uppsägning?"}
        for _ in range(2):
            assert "hyra/ladan" in str(called(client, wide, "ask", **question))
            assert "hyra/ladan" not in str(called(client, narrow, "ask", **question))
        forbidden = called(client, narrow, "agreement", agreement_id="hyra/ladan")
        unknown = called(client, narrow, "agreement", agreement_id="hyra/bodan")
        assert forbidden["isError"] and str(forbidden).replace("ladan", "bodan") == str(unknown)
        assert "Tallviks" in str(called(client, wide, "agreement", agreement_id="hyra/ladan"))
        assert called(client, None, "ask", **question) == 401
        assert called(client, "avtal_0_fel", "ask", **question) == 401
        assert called(client, served.key(scopes=(Scope.METRICS,)), "ask", **question) == 403
