"""Errors as problem details (RFC 9457), in Swedish, or in English where the caller prefers it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException

from api.english import in_english
from api.language import Language, language_of
from corpus.types import AvtalError

MEDIA_TYPE = "application/problem+json"

_TITLES = {
    400: ("Felaktig fråga", "Bad request"),
    401: ("Okänd läsare", "Unknown reader"),
    403: ("Inte tillåtet", "Not allowed"),
    404: ("Finns inte", "Not found"),
    405: ("Metoden används inte här", "Method not allowed"),
    408: ("För långsamt", "Request timeout"),
    409: ("Går inte just nu", "Conflict"),
    413: ("För stort", "Content too large"),
    414: ("För lång adress", "Address too long"),
    421: ("Fel värdnamn", "Misdirected request"),
    422: ("Felaktigt värde", "Unusable value"),
    429: ("För många på kort tid", "Too many requests"),
    500: ("Fel i servern", "Internal server error"),
    503: ("Inte redo", "Not ready"),
    507: ("Det är fullt", "Insufficient storage"),
}
_DETAILS = {
    400: (
        "anropets innehåll kan inte läsas; skicka JSON i UTF-8",
        "the body cannot be read; send JSON in UTF-8",
    ),
    404: ("adressen finns inte", "there is nothing at this address"),
    405: ("adressen finns men tar inte emot den metoden", "the address exists but does not take that method"),
    500: ("något gick fel i servern; felet är loggat", "something went wrong in the server; it is logged"),
}

_WANTED = {
    "missing": ("det saknas", "it is missing"),
    "date": ("skriv datumet som ÅÅÅÅ-MM-DD", "write the date as YYYY-MM-DD"),
    "int": ("skriv ett heltal", "write a whole number"),
    "greater": ("talet är för litet", "the number is too small"),
    "less": ("talet är för stort", "the number is too large"),
    "string": ("texten är för lång eller av fel slag", "the text is too long or of the wrong kind"),
    "json": ("det är inte giltig JSON", "it is not valid JSON"),
    "literal": ("värdet är inget av dem som kan väljas", "the value is none of the choices"),
    "enum": ("värdet är inget av dem som kan väljas", "the value is none of the choices"),
}
"""What was wanted, by the first word of pydantic's error type, in Swedish and English."""
_SEE = ("se /openapi.json för vad som kan anges", "see /openapi.json for what can be given")


class NotFoundError(AvtalError):
    """What was asked for by name does not exist."""


class NotReadyError(AvtalError):
    """There is no index that can be answered from."""


class NotAdmittedError(AvtalError):
    """The key, the cookie or the form is not one that opens."""


class BusyError(AvtalError):
    """What is asked for goes on already."""


class TooLargeError(AvtalError):
    """More bytes than there may be."""


class InvalidFieldsError(AvtalError):
    """Values that cannot be read. `errors`: what each field wants, in Swedish."""

    def __init__(self, sentence: str, errors: Mapping[str, str]) -> None:
        super().__init__(sentence)
        self.errors = errors


class InvalidValue(BaseModel):
    """A value of the request that cannot be used, by name, and what was wanted."""

    model_config = ConfigDict(frozen=True)

    name: str
    detail: str


class Problem(BaseModel):
    """Problem details (RFC 9457). `detail` is one sentence; `errors` lists refused values, with status 422."""

    model_config = ConfigDict(frozen=True)

    type: Literal["about:blank"] = "about:blank"
    title: str
    status: int
    detail: str
    errors: tuple[InvalidValue, ...] = ()


def problem(
    status: int,
    detail: str,
    language: Language = Language.SWEDISH,
    errors: tuple[InvalidValue, ...] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """A problem document whose title is in `language`; `detail` is given in it already."""
    title = _said(_TITLES.get(status, ("Fel", "Error")), language)
    body = Problem(title=title, status=status, detail=detail, errors=errors).model_dump(mode="json")
    if not errors:
        del body["errors"]
    told = {"Content-Language": language.value, "Vary": "Accept-Language", **(headers or {})}
    return JSONResponse(body, status_code=status, media_type=MEDIA_TYPE, headers=told)


def problem_of(error: AvtalError, request: Request) -> JSONResponse:
    """The problem document of a domain error, by `status_of`."""
    language = language_of(request.headers.get("accept-language"))
    detail = in_english(str(error)) if language is Language.ENGLISH else str(error)
    errors: tuple[InvalidValue, ...] = ()
    if isinstance(error, InvalidFieldsError):
        errors = tuple(InvalidValue(name=name, detail=words) for name, words in error.errors.items())
    headers = {"WWW-Authenticate": "Bearer"} if isinstance(error, NotAdmittedError) else None
    return problem(status_of(error), detail, language, errors, headers)


_STATUSES: tuple[tuple[type[AvtalError], int], ...] = (
    (NotAdmittedError, 401),
    (NotFoundError, 404),
    (BusyError, 409),
    (TooLargeError, 413),
    (InvalidFieldsError, 422),
    (NotReadyError, 503),
)


def status_of(error: AvtalError) -> int:
    """The HTTP status of a domain error; 400 for what the caller can correct."""
    return next((status for kind, status in _STATUSES if isinstance(error, kind)), 400)


def add_error_handlers(app: FastAPI) -> None:
    """Turn domain errors, refused values and unknown addresses into problem documents."""

    @app.exception_handler(AvtalError)
    async def domain_error(request: Request, error: AvtalError) -> JSONResponse:
        return problem_of(error, request)

    @app.exception_handler(RequestValidationError)
    async def refused_value(request: Request, error: RequestValidationError) -> JSONResponse:
        language = language_of(request.headers.get("accept-language"))
        refused = tuple(_invalid(row["loc"], row["type"], language) for row in error.errors())
        name = refused[0].name or _said(("anropet", "the request"), language)
        template = _said(
            ("värdet på {} kan inte användas: {}", "the value of {} cannot be used: {}"), language
        )
        return problem(422, template.format(name, refused[0].detail), language, refused)

    @app.exception_handler(HTTPException)
    async def http_error(request: Request, error: HTTPException) -> JSONResponse:
        language = language_of(request.headers.get("accept-language"))
        known = _DETAILS.get(error.status_code)
        detail = _said(known, language) if known else str(error.detail)
        return problem(error.status_code, detail, language, headers=error.headers)


def fault(request: Request) -> JSONResponse:
    """The problem document of an error of ours: nothing about the inside."""
    language = language_of(request.headers.get("accept-language"))
    return problem(500, _said(_DETAILS[500], language), language)


def _invalid(place: tuple[int | str, ...], kind: str, language: Language) -> InvalidValue:
    name = ".".join(str(part) for part in place if part not in ("query", "body", "path"))
    return InvalidValue(name=name, detail=_said(_WANTED.get(kind.partition("_")[0], _SEE), language))


def _said(both: tuple[str, str], language: Language) -> str:
    return both[1] if language is Language.ENGLISH else both[0]
