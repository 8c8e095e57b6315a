"""The registrator's pages: send files, look at them, correct cards, publish, go back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile

from api.admin.desk import Desk
from api.admin.drafts import Target
from api.admin.generations import kept_generations
from api.admin.manifest_edit import Values
from api.admin.page_door import PageRoute, SignedIn, own_form, private, refuse_foreign, refuse_strange
from api.admin.routes import DeskNow
from api.admin.sessions import Session
from api.errors import InvalidFieldsError, TooLargeError, status_of
from api.rendering.admin import DONE, draft_view, files_view, live_of, state_view
from api.rendering.admin_card import card_view
from api.rendering.environment import page
from api.rendering.request import PageRequest
from api.routes.common import BaseUrl
from api.routes.problems import PageAsked
from corpus.types import AvtalError

MOST_FILES = 50
"""At a time."""
MOST_TOGETHER = 4
"""Times the largest file, all files of one sending together: they lie on the disk twice for a moment."""
READ_SECONDS = 4.0
"""To wait for the files to be read before the page is shown: most are."""
CHUNK = 1 << 18


router = APIRouter(prefix="/admin", include_in_schema=False, route_class=PageRoute)


def _shown(
    request: Request, asked: PageRequest, session: Session, template: str, status: int = 200, **given: object
) -> HTMLResponse:
    done = DONE.get(request.query_params.get("gjort", ""), "")
    response = page(
        request, asked, template, status, csrf=session.csrf, done=done, **{"problem": "", **given}
    )
    return private(response)


@router.get("")
def get_desk(request: Request, asked: PageAsked, desk: DeskNow, session: SignedIn) -> HTMLResponse:
    """What is not published, what waits, and where files are sent."""
    return _desk_page(request, asked, desk, session)


def _desk_page(
    request: Request, asked: PageRequest, desk: Desk, session: Session, problem: str = "", status: int = 200
) -> HTMLResponse:
    view = state_view(desk, asked.to, asked.words)
    return _shown(request, asked, session, "admin_desk.html", status, view=view, problem=problem)


@router.get("/lage")
def get_live(desk: DeskNow, asked: PageAsked, session: SignedIn) -> JSONResponse:
    """How far things have come, for the script: the page is shown anew when `state` is another."""
    del session
    return JSONResponse(live_of(desk, asked.words), headers={"Cache-Control": "no-store"})


@router.post("/skicka")
async def post_files(
    request: Request, asked: PageAsked, desk: DeskNow, session: SignedIn, base: BaseUrl
) -> Response:
    """The files to the inbox, each told of if it is refused."""
    told: list[str] = []
    try:
        refuse_foreign(request, base)
        length = request.headers.get("content-length", "")
        if not length.isdigit() or int(length) > MOST_TOGETHER * desk.drafts.most_bytes:
            most = MOST_TOGETHER * desk.drafts.most_bytes // 1_000_000
            raise TooLargeError(f"filerna är tillsammans större än {most} MB; skicka färre åt gången")
        form = await request.form(max_files=MOST_FILES)
        refuse_strange(form, session)
    except AvtalError as error:
        return await run_in_threadpool(
            _desk_page, request, asked, desk, session, str(error), status_of(error)
        )
    files = [file for file in form.getlist("fil") if isinstance(file, UploadFile) and file.filename]
    folder, replaces = str(form.get("mapp", "")), str(form.get("ersatter", ""))
    sent: list[str] = []
    for file in files:
        try:
            draft = await desk.send(Target(file.filename or "", folder, replaces), _chunks(file))
            sent.append(draft.draft_id)
        except AvtalError as error:
            told.append(str(error))
    await form.close()
    if not files:
        told.append("ingen fil är vald; välj en eller flera filer")
    if told:
        return await run_in_threadpool(_desk_page, request, asked, desk, session, "; ".join(told), 400)
    await run_in_threadpool(desk.drafts.wait, sent[-1], READ_SECONDS)
    where = asked.to.admin(f"fil/{sent[0]}") if len(sent) == 1 else asked.to.admin("", "skickat")
    return RedirectResponse(where, 303)


async def _chunks(file: UploadFile) -> AsyncIterator[bytes]:
    while chunk := await file.read(CHUNK):
        yield chunk


@router.get("/fil/{draft_id}")
def get_draft(
    draft_id: str, request: Request, asked: PageAsked, desk: DeskNow, session: SignedIn
) -> Response:
    """A file as it was read, to take in or throw away."""
    return _draft_page(request, asked, desk, session, draft_id)


def _draft_page(
    request: Request,
    asked: PageRequest,
    desk: Desk,
    session: Session,
    draft_id: str,
    error: AvtalError | None = None,
) -> Response:
    draft = desk.drafts.get(draft_id)
    view = draft_view(desk, draft, asked.to, asked.words)
    status = status_of(error) if error else 200
    return _shown(request, asked, session, "admin_draft.html", status, view=view, problem=str(error or ""))


@router.post("/fil/{draft_id}")
async def post_draft(
    draft_id: str, request: Request, asked: PageAsked, desk: DeskNow, session: SignedIn, base: BaseUrl
) -> Response:
    """Take it in, in another's place where one is chosen, or throw it away."""

    def change(form: FormData) -> str:
        draft = desk.drafts.get(draft_id)
        if form.get("gor") == "kasta":
            desk.drop(draft)
            return asked.to.admin("", "kastad")
        replaces = str(form.get("ersatter", ""))
        desk.take_in(draft.model_copy(update={"replaces": replaces}))
        return asked.to.admin("", "ersatt" if replaces else "infort")

    return await _changed(
        request,
        session,
        base,
        change,
        lambda error: _draft_page(request, asked, desk, session, draft_id, error),
    )


@router.get("/avtal")
def get_files(request: Request, asked: PageAsked, desk: DeskNow, session: SignedIn) -> HTMLResponse:
    """Every file of the folder, those with `sok` in their title or path."""
    view = files_view(desk, request.query_params.get("sok", ""), asked.to, asked.words)
    return _shown(request, asked, session, "admin_files.html", view=view)


@router.get("/kort/{name:path}")
def get_card(name: str, request: Request, asked: PageAsked, desk: DeskNow, session: SignedIn) -> Response:
    """An agreement's card, to correct; and to replace or remove its file."""
    return _card_page(request, asked, desk, session, name)


def _card_page(
    request: Request,
    asked: PageRequest,
    desk: Desk,
    session: Session,
    name: str,
    error: AvtalError | None = None,
    given: Values | None = None,
) -> Response:
    view = card_view(desk, desk.path_of(name), asked.to, asked.words, error, given)
    status = status_of(error) if error else 200
    problem = "" if error is None or isinstance(error, InvalidFieldsError) else str(error)
    return _shown(request, asked, session, "admin_card.html", status, view=view, problem=problem)


@router.post("/kort/{name:path}")
async def post_card(
    name: str, request: Request, asked: PageAsked, desk: DeskNow, session: SignedIn, base: BaseUrl
) -> Response:
    """Set what was filled in; remove the file where that is chosen."""
    values: dict[str, list[str]] = {}

    def change(form: FormData) -> str:
        if form.get("gor") == "ta-bort":
            desk.remove(name)
            return asked.to.admin("", "borttaget")
        for key, value in form.multi_items():
            if key.startswith("f-"):
                values[key.removeprefix("f-")] = [
                    line.strip() for line in str(value).splitlines() if line.strip()
                ]
        desk.correct(name, values)
        return asked.to.admin(f"kort/{quote(name)}", "rattat")

    return await _changed(
        request,
        session,
        base,
        change,
        lambda error: _card_page(request, asked, desk, session, name, error, values),
    )


@router.post("/publicera")
async def post_publish(
    request: Request, asked: PageAsked, desk: DeskNow, session: SignedIn, base: BaseUrl
) -> Response:
    """Begin a publication."""

    def change(form: FormData) -> str:
        del form
        desk.publish()
        return asked.to.admin()

    return await _changed(
        request,
        session,
        base,
        change,
        lambda error: _desk_page(request, asked, desk, session, str(error), status_of(error)),
    )


@router.get("/versioner")
def get_generations(request: Request, asked: PageAsked, desk: DeskNow, session: SignedIn) -> HTMLResponse:
    """The generations that are kept."""
    return _generations_page(request, asked, desk, session)


def _generations_page(
    request: Request, asked: PageRequest, desk: Desk, session: Session, error: AvtalError | None = None
) -> HTMLResponse:
    kept = kept_generations(desk.folder.index)
    status = status_of(error) if error else 200
    return _shown(
        request, asked, session, "admin_generations.html", status, generations=kept, problem=str(error or "")
    )


@router.post("/versioner")
async def post_generation(
    request: Request, asked: PageAsked, desk: DeskNow, session: SignedIn, base: BaseUrl
) -> Response:
    """Answer from another generation."""

    def change(form: FormData) -> str:
        desk.go_to(str(form.get("version", "")))
        return asked.to.admin("versioner", "bytt")

    return await _changed(
        request, session, base, change, lambda error: _generations_page(request, asked, desk, session, error)
    )


@router.get("/papperskorg")
def get_trash(request: Request, asked: PageAsked, desk: DeskNow, session: SignedIn) -> HTMLResponse:
    """What was removed or replaced."""
    return _trash_page(request, asked, desk, session)


def _trash_page(
    request: Request, asked: PageRequest, desk: Desk, session: Session, error: AvtalError | None = None
) -> HTMLResponse:
    status = status_of(error) if error else 200
    thrown = desk.folder.thrown()
    return _shown(
        request, asked, session, "admin_trash.html", status, thrown=thrown, problem=str(error or "")
    )


@router.post("/papperskorg")
async def post_restore(
    request: Request, asked: PageAsked, desk: DeskNow, session: SignedIn, base: BaseUrl
) -> Response:
    """Put a file back, or delete it."""

    def change(form: FormData) -> str:
        name = str(form.get("namn", ""))
        if form.get("gor") == "radera":
            desk.erase(name)
            return asked.to.admin("papperskorg", "raderat")
        desk.restore(name)
        return asked.to.admin("papperskorg", "aterlagt")

    return await _changed(
        request, session, base, change, lambda error: _trash_page(request, asked, desk, session, error)
    )


async def _changed(
    request: Request,
    session: Session,
    base: str,
    change: Callable[[FormData], str],
    again: Callable[[AvtalError], Response],
) -> Response:
    """Do what a form asks for and go where `change` says, or show the page `again` with what was wrong."""
    try:
        form = await own_form(request, session, base)
        return RedirectResponse(await run_in_threadpool(change, form), 303)
    except AvtalError as error:
        return await run_in_threadpool(again, error)
