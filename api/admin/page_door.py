"""The door to the registrator's pages: who is signed in, the form to sign in with, and forms that may change something."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.routing import APIRoute
from starlette.datastructures import FormData

from api.admin.gate import TooManyTriesError, administrator, is_own
from api.admin.routes import DeskNow
from api.admin.sessions import Session
from api.errors import NotAdmittedError, status_of
from api.rendering.environment import Problem, page
from api.rendering.request import page_request
from api.routes.common import BaseUrl, base_url
from api.routes.problems import PageAsked, problem_page, sentence
from corpus.types import AvtalError


class SignInNeededError(AvtalError):
    """Nobody is signed in: the browser is sent to the form."""


class PageRoute(APIRoute):
    """A route whose errors are pages, and which sends who is not signed in to the form."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def told(request: Request) -> Response:
            asked = page_request(request, base_url(request))
            try:
                return await handler(request)
            except SignInNeededError:
                return RedirectResponse(asked.to.admin("logga-in"), 303)
            except AvtalError as error:
                words = Problem(
                    sentence(str(error)), asked.to.admin(), asked.words("Till registratorns sida")
                )
                return problem_page(request, asked, status_of(error), "Det gick inte", words)

        return told


router = APIRouter(prefix="/admin", include_in_schema=False, route_class=PageRoute)


def signed_in(request: Request, desk: DeskNow) -> Session:
    """The session of who asks. Raises SignInNeededError where there is none."""
    session = desk.gate.session(request)
    if session is None:
        raise SignInNeededError("logga in på /admin/logga-in")
    return session


SignedIn = Annotated[Session, Depends(signed_in)]


def private(response: HTMLResponse) -> HTMLResponse:
    """No copy of it is kept, and its forms say where they come from."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


async def own_form(request: Request, session: Session, base: str) -> FormData:
    """The form. Raises NotAdmittedError for one that another site sent, or that is not of this session."""
    refuse_foreign(request, base)
    form = await request.form()
    refuse_strange(form, session)
    return form


def refuse_foreign(request: Request, base: str) -> None:
    """Raises NotAdmittedError for a form that another site sent."""
    if not is_own(request, base):
        raise NotAdmittedError("formuläret kom inte från den här sidan, och inget är ändrat; försök igen")


def refuse_strange(form: FormData, session: Session) -> None:
    """Raises NotAdmittedError for a form that is not of this session."""
    if not session.wrote(str(form.get("csrf", ""))):
        raise NotAdmittedError("formuläret är för gammalt, och inget är ändrat; försök igen")


@router.get("/logga-in")
def get_sign_in(request: Request, asked: PageAsked) -> Response:
    """The form for the key, or for going on as who asks is known to be."""
    return private(page(request, asked, "admin_sign_in.html", problem="", name=administrator(request)))


@router.post("/logga-in")
async def post_sign_in(request: Request, asked: PageAsked, desk: DeskNow, base: BaseUrl) -> Response:
    """A session for the key, or for the identity where no key is shown; or the form again after a second."""
    form = await request.form()
    try:
        if not is_own(request, base):
            raise NotAdmittedError("formuläret kom inte från den här sidan; försök igen")
        name = administrator(request) if "nyckel" not in form else ""
        shown = str(form.get("nyckel", ""))
        session = desk.gate.sessions.begin(name) if name else await desk.gate.sign_in(shown)
    except AvtalError as error:
        status = 429 if isinstance(error, TooManyTriesError) else 401
        known = administrator(request)
        return private(page(request, asked, "admin_sign_in.html", status, problem=str(error), name=known))
    response = RedirectResponse(asked.to.admin(), 303)
    desk.gate.keep(session, response, base.startswith("https:"))
    return response


@router.post("/logga-ut")
async def post_sign_out(
    request: Request, asked: PageAsked, desk: DeskNow, session: SignedIn, base: BaseUrl
) -> Response:
    """The session is gone."""
    await own_form(request, session, base)
    desk.gate.sessions.end(session.token)
    return RedirectResponse(asked.to.admin("logga-in"), 303)
