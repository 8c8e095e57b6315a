"""The OpenAPI reference: what FastAPI derives, with problem details and an example for each answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.access.guard import Guard
from api.errors import MEDIA_TYPE, Problem
from api.examples import EXAMPLES, PROBLEM
from api.routes.common import MOST_PASSAGES
from api.settings import Access

Json = dict[str, Any]

DESCRIPTION = """Sök och frågor över avtalstexter, med källa på varje svar.

Fel är problemdokument enligt RFC 9457 på svenska, eller på engelska med `Accept-Language: en`. Svar som bara beror på
indexet har en ETag av generationen och adressen: `If-None-Match` ger 304 när inget har ändrats. Listor delas upp med
`limit` och `offset`; huvudet `Link` pekar ut nästa och föregående sida. {}
Vägarna under `/api/admin/` finns där servern får ändra mappen, och kräver registratorns nyckel."""
_OPEN = "Tjänsten kräver ingen nyckel för att läsa."
_GUARDED = "En läsare visar sin nyckel eller bricka i huvudet `Authorization` och får svar ur de avtal som den får läsa."
_SCHEME = "bearer"
_PROBLEM_REF = {"$ref": "#/components/schemas/Problem"}
_PROBLEMS = {
    "400": "Frågan kan inte besvaras som den är ställd",
    "401": "Nyckeln saknas, är fel eller gäller inte",
    "403": "Den som frågar får inte det här",
    "404": "Det som nämns vid namn finns inte",
    "408": "Innehållet kom för långsamt",
    "413": "Innehållet är för stort",
    "414": "Adressen är för lång",
    "409": "Det pågår redan",
    "422": "Ett värde kan inte användas",
    "503": "Inget index kan öppnas, eller servern har för mycket att göra: se Retry-After",
}


def describe(app: FastAPI) -> None:
    """Give the application its reference, made at the first call."""

    def reference() -> Json:
        if app.openapi_schema is None:
            app.openapi_schema = _reference(app)
        return app.openapi_schema

    app.openapi = reference  # type: ignore[method-assign]


def _reference(app: FastAPI) -> Json:
    guard: Guard = app.state.guard
    described = DESCRIPTION.format(_GUARDED if guard.on else _OPEN)
    made: Json = get_openapi(title=app.title, version=app.version, description=described, routes=app.routes)
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs", {}))
    schemas["Problem"] = problem
    if guard.on and guard.access is not Access.PROXY:
        schemes = made["components"].setdefault("securitySchemes", {})
        schemes[_SCHEME] = {"type": "http", "scheme": "bearer"}
    for path, operation in _operations(made):
        _complete(path, operation)
        if guard.on and not guard.is_for_all(path) and not path.startswith("/api/admin/"):
            _guarded(operation, guard)
        _narrow(operation, app.state.settings.most_hits)
    return made


def _guarded(operation: Json, guard: Guard) -> None:
    """Say that the reader must be known; behind a proxy that is the proxy's business."""
    operation["responses"] |= {status: _problem(status) for status in ("401", "403")}
    if guard.access is not Access.PROXY:
        operation["security"] = [{_SCHEME: []}]


def _narrow(operation: Json, most_hits: int) -> None:
    """Say what an address can hold: no null, and no higher limit of passages than this server gives."""
    for parameter in operation.get("parameters", ()):
        schema = parameter["schema"]
        values = [choice for choice in schema.pop("anyOf", ()) if choice.get("type") != "null"]
        if len(values) == 1:
            schema.update(values[0])
        if schema.get("maximum") == MOST_PASSAGES:
            schema["maximum"] = most_hits


def _operations(made: Json) -> Iterator[tuple[str, Json]]:
    for path, methods in made["paths"].items():
        for operation in methods.values():
            yield path, operation


def _complete(path: str, operation: Json) -> None:
    """Examples, the problems that can come, and 304 where the answer has an ETag."""
    responses = operation["responses"]
    given = {parameter["name"] for parameter in operation.get("parameters", ())}
    takes = bool(given - {"if-none-match"} or operation.get("requestBody"))
    asks = "q" in given
    if "if-none-match" in given:
        responses["304"] = {"description": "Oförändrat sedan den ETag som gavs i If-None-Match"}
    wanted = {
        "400": asks or "requestBody" in operation,
        "401": path.startswith("/api/admin/"),
        "404": "{" in path,
        "408": "requestBody" in operation,
        "413": "requestBody" in operation,
        "414": takes,
        "409": path == "/api/admin/publish",
        "422": takes,
        "503": path.startswith("/api/") or path == "/readyz",
    }
    responses.pop("422", None)
    for status in set(responses) & {"404", "429", "507"}:
        responses[status].update(_problem_body())
    for status, can in wanted.items():
        if can:
            responses[status] = _problem(status)
    example = EXAMPLES.get(path)
    if example is not None:
        responses["200"]["content"]["application/json"]["example"] = example


def _problem(status: str) -> Json:
    return {"description": _PROBLEMS[status], **_problem_body(PROBLEM if status == "422" else None)}


def _problem_body(example: Json | None = None) -> Json:
    content: Json = {"schema": _PROBLEM_REF}
    if example is not None:
        content["example"] = example
    return {"content": {MEDIA_TYPE: content}}
