"""Which other websites may read answers: those that the settings list, on the routes that the box needs."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import Request, Response

ROUTES = ("/api/ask", "/api/suggest")
"""Read-only, and nothing in them depends on who asks."""


def allow(request: Request, response: Response, origins: Sequence[str]) -> None:
    """Let a listed origin's script read the answer. Without a listing no header is sent, and a browser refuses."""
    if not origins or request.url.path not in ROUTES:
        return
    response.headers.add_vary_header("Origin")
    origin = request.headers.get("origin")
    if origin is not None and origin in origins:
        response.headers["Access-Control-Allow-Origin"] = origin
