"""An answer of few words where nothing else can be given: a problem document, or a small page for a person."""

from __future__ import annotations

from html import escape

from fastapi import Request
from starlette.responses import HTMLResponse, Response

from api.errors import problem
from api.language import Language, language_of

Both = tuple[str, str]
"""A sentence in Swedish and in English."""

_PAGE = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Avtalssök</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/page/style.css">'
    '</head><body data-state="error"><main class="wrap"><div class="panel problem"><h1>Avtalssök</h1><p>{words}</p>'
    "</div></main></body></html>"
)
"""No template: it costs nothing to make when there is too much to do."""


def refusal(request: Request, status: int, detail: Both, retry_after: int | None = None) -> Response:
    """The sentence with its status; `retry_after` is in seconds. A page for who asks for a page, outside /api."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    if wants_page(request):
        english = request.query_params.get("lang") == Language.ENGLISH.value
        words = detail[1] if english else detail[0]
        language = Language.ENGLISH if english else Language.SWEDISH
        sentence = words[:1].upper() + words[1:] + "."
        return HTMLResponse(_PAGE.format(language=language.value, words=escape(sentence)), status, headers)
    language = language_of(request.headers.get("accept-language"))
    return problem(status, detail[language is Language.ENGLISH], language, headers=headers)


def wants_page(request: Request) -> bool:
    """True for a browser that opens a page."""
    return not request.scope["path"].startswith("/api/") and "text/html" in request.headers.get("accept", "")
