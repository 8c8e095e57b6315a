"""What a page is asked, and what it says where it cannot answer."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse

from api.rendering.environment import Problem, page
from api.rendering.request import PageRequest, page_request
from api.routes.common import BaseUrl


def _asked(request: Request, base: BaseUrl) -> PageRequest:
    return page_request(request, base)


PageAsked = Annotated[PageRequest, Depends(_asked)]


def problem_page(
    request: Request, asked: PageRequest, status: int, title: str, problem: Problem
) -> HTMLResponse:
    """A page of nothing but a problem and a way on."""
    return page(request, asked, "problem.html", status, title=title, problem=problem)


def not_ready(asked: PageRequest) -> Problem:
    """No generation can be opened: the same again later."""
    words = asked.words("Tjänsten är inte redo än. Försök igen om en stund.")
    href = asked.to.answer(asked.question, asked.chosen) if asked.question else asked.to.home
    return Problem(words, href, asked.words("Försök igen"), translated=True)


def refused(asked: PageRequest, reason: str) -> Problem:
    """What the address asks for was refused: the same again would be refused again."""
    if asked.chosen and asked.question:
        return Problem(sentence(reason), asked.to.answer(asked.question), asked.words("Sök utan filter"))
    return Problem(sentence(reason), asked.to.home, asked.words("Ny sökning"))


def sentence(reason: str) -> str:
    """The reason with a capital first and a full stop."""
    return reason[:1].upper() + reason[1:] + ("" if reason.endswith((".", "!", "?")) else ".")
