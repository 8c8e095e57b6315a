"""Errors as problem details (RFC 9457), in Swedish."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from corpus.types import AvtalError
from indexer.manifest import IndexDamagedError, IndexMissingError

_TITLES = {
    400: "Felaktig fråga",
    404: "Finns inte",
    405: "Metoden används inte här",
    422: "Felaktigt värde",
    503: "Inte redo",
}


_WANTED = {
    "missing": "det saknas",
    "date": "skriv datumet som ÅÅÅÅ-MM-DD",
    "int": "skriv ett heltal",
    "greater": "talet är för litet",
    "less": "talet är för stort",
    "string": "texten är för lång eller av fel slag",
    "json": "det är inte giltig JSON",
}
"""What was wanted, by the first word of pydantic's error type."""


class NotFoundError(AvtalError):
    """What was asked for by name does not exist."""


def problem(status: int, detail: str) -> JSONResponse:
    """A problem document: type, title, status and a Swedish sentence."""
    body = {"type": "about:blank", "title": _TITLES.get(status, "Fel"), "status": status, "detail": detail}
    return JSONResponse(body, status_code=status, media_type="application/problem+json")


def add_error_handlers(app: FastAPI) -> None:
    """Turn domain errors, refused values and unknown addresses into problem documents."""

    @app.exception_handler(AvtalError)
    async def domain_error(_: Request, error: AvtalError) -> JSONResponse:
        status = (
            404
            if isinstance(error, NotFoundError)
            else 503
            if isinstance(error, IndexDamagedError | IndexMissingError)
            else 400
        )
        return problem(status, str(error))

    @app.exception_handler(RequestValidationError)
    async def refused_value(_: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"] if part not in ("query", "body", "path"))
        wanted = _WANTED.get(first["type"].partition("_")[0], "se /openapi.json för vad som kan anges")
        return problem(422, f"värdet på {name or 'anropet'} kan inte användas: {wanted}")

    @app.exception_handler(HTTPException)
    async def http_error(_: Request, error: HTTPException) -> JSONResponse:
        return problem(
            error.status_code, "adressen finns inte" if error.status_code == 404 else str(error.detail)
        )
