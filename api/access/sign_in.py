"""Signing in on the page: a form where a key is typed in, once, and a session instead of it from then on."""

from __future__ import annotations

from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.access.guard import SIGN_IN, SIGN_OUT, Guard
from api.access.identity import NOT_VALID, UnknownReaderError
from api.language import Language
from api.refusal import refusal
from api.rendering.environment import page
from api.rendering.request import page_request
from api.settings import Access, Settings
from corpus.types import AvtalError

router = APIRouter(include_in_schema=False)

LONGEST = 500
"""Characters of what is typed into the form; a key is far shorter."""
_ELSEWHERE = (
    "inloggningen kom från en annan webbplats och togs inte emot; öppna sidan och logga in där",
    "signing in came from another website and was not accepted; open the page and sign in there",
)
_OFF = ("adressen finns inte", "there is nothing at this address")
_UNKNOWN = (
    "det går inte att logga in just nu; försök igen om en stund",
    "it is not possible to sign in just now; try again in a moment",
)


def sign_in_page(request: Request, status: int, told: str = "", towards: str | None = None) -> HTMLResponse:
    """The page that says that somebody must be known, with the form where keys are used. `towards` is a path."""
    guard: Guard = request.app.state.guard
    settings: Settings = request.app.state.settings
    asked = page_request(request, settings.public_url or str(request.base_url).rstrip("/"))
    shown = page(
        request,
        asked,
        "sign_in.html",
        status,
        told=told,
        by_key=guard.access is Access.KEYS,
        towards=local_path(towards if towards is not None else _itself(request)),
        came_from_elsewhere=request.headers.get("sec-fetch-site") == "cross-site",
        contact=settings.contact,
    )
    shown.headers["Referrer-Policy"] = "same-origin"  # else a browser would not say where the form comes from
    shown.headers["Cache-Control"] = "no-store"
    if status == 401:
        shown.headers["WWW-Authenticate"] = guard.challenge(told)
    return shown


def _itself(request: Request) -> str:
    if request.method != "GET" or request.url.path in (SIGN_IN, SIGN_OUT):
        return "/"
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def local_path(towards: str) -> str:
    """The path, where it is one of this service; else the first page: nobody is sent elsewhere after signing in."""
    plain = all(32 < ord(letter) < 127 for letter in towards) and "\\" not in towards
    return towards if plain and towards.startswith("/") and not towards.startswith("//") else "/"


@router.get(SIGN_IN)
def get_sign_in(request: Request) -> Response:
    """The form."""
    guard: Guard = request.app.state.guard
    return sign_in_page(request, 200) if guard.access is Access.KEYS else refusal(request, 404, _OFF)


@router.post(SIGN_IN)
async def post_sign_in(request: Request) -> Response:
    """Begin a session and go on to where the reader was going."""
    guard: Guard = request.app.state.guard
    if guard.access is not Access.KEYS:
        return refusal(request, 404, _OFF)
    if not guard.is_own(request):
        return refusal(request, 403, _ELSEWHERE)
    form = parse_qs((await request.body()).decode("utf-8", errors="replace"), max_num_fields=4)
    towards = local_path(form.get("till", ["/"])[0])
    response = RedirectResponse(towards, 303)
    try:
        guard.sign_in(form.get("nyckel", [""])[0][:LONGEST], response)
    except UnknownReaderError:
        return sign_in_page(request, 401, NOT_VALID, towards)
    except AvtalError:
        return refusal(request, 503, _UNKNOWN)
    return response


@router.post(SIGN_OUT)
def post_sign_out(request: Request) -> Response:
    """End the session and show the form."""
    guard: Guard = request.app.state.guard
    if guard.access is not Access.KEYS:
        return refusal(request, 404, _OFF)
    if not guard.is_own(request):
        return refusal(request, 403, _ELSEWHERE)
    english = request.query_params.get("lang") == Language.ENGLISH.value
    response = RedirectResponse(f"{SIGN_IN}?lang=en" if english else SIGN_IN, 303)
    guard.sign_out(request, response)
    return response
