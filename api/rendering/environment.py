"""The templates, with every value escaped, and what each page has in common."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from api.rendering.request import PageRequest

TEMPLATES = Path(__file__).with_name("templates")


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, in words, with a way on. `translated`: the words are in the page's language."""

    words: str
    href: str
    way_on: str
    translated: bool = False


@cache
def environment() -> Environment:
    """The templates, all read now: an upgrade on the disk must not reach a server that still runs the code before it.

    A name that a template uses and nobody gave is an error, never an empty string.
    """
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    for name in made.list_templates():
        made.get_template(name)
    return made


def page(
    request: Request, asked: PageRequest, template: str, status: int = 200, **given: object
) -> HTMLResponse:
    """The page that a template makes of `given`, for who is signed in on it, if anybody."""
    html = (
        environment()
        .get_template(template)
        .render(
            t=asked.words,
            to=asked.to,
            asked=asked,
            other_language=_other_language(request, asked),
            registrator=request.app.state.desk is not None,
            signed_in=getattr(request.state, "signed_in", ""),
            **given,
        )
    )
    return HTMLResponse(html, status)


def _other_language(request: Request, asked: PageRequest) -> str:
    """The same page in the other language, as a path."""
    url = request.url
    other = url.remove_query_params("lang") if asked.words.english else url.include_query_params(lang="en")
    return other.path + (f"?{other.query}" if other.query else "")
