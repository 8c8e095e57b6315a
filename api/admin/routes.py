"""The registrator's API: the same as the pages do, with the key as a bearer token."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.admin.bodies import (
    CardBody,
    ChangeBody,
    Correction,
    DraftBody,
    FileBody,
    GenerationBody,
    PublicationBody,
    StateBody,
    ThrownBody,
)
from api.admin.desk import Desk
from api.admin.drafts import Draft, Target
from api.admin.gate import administrator
from api.admin.generations import kept_generations


def desk(request: Request) -> Desk:
    """The desk of the server that has one, for who asks: the routes are there only then."""
    found: Desk = request.app.state.desk
    return found.acting(administrator(request))


DeskNow = Annotated[Desk, Depends(desk)]
_KEY = HTTPBearer(auto_error=False, description="Nyckeln som avtal admin-key skapade")


def admitted(
    desk: DeskNow, request: Request, shown: Annotated[HTTPAuthorizationCredentials | None, Depends(_KEY)]
) -> None:
    """A dependency of every route here. Raises NotAdmittedError without the key and the scope admin."""
    desk.gate.admit(request, shown.credentials if shown else "")


router = APIRouter(prefix="/api/admin", tags=["Registrator"], dependencies=[Depends(admitted)])


@router.get("/state", summary="Opublicerade ändringar och pågående publicering")
def get_state(desk: DeskNow) -> StateBody:
    """What a publication would change, and how far one has come."""
    found = desk.changes()
    return StateBody(
        changes=tuple(ChangeBody.model_validate(change) for change in found.changes),
        problem=found.problem,
        waiting=len(desk.drafts.all()),
        publication=PublicationBody.model_validate(desk.publisher.state),
    )


@router.get("/drafts", summary="Filerna i inkorgen")
def get_drafts(desk: DeskNow) -> tuple[DraftBody, ...]:
    """Those that wait to be taken in, the first sent first."""
    return tuple(_draft(desk, draft) for draft in desk.drafts.all())


_FILE = {
    "requestBody": {"required": True, "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}
}


@router.post("/drafts", status_code=201, summary="Skicka en fil till inkorgen", openapi_extra=_FILE)
async def post_draft(
    desk: DeskNow,
    request: Request,
    name: Annotated[str, Query(max_length=1000, description="Filens namn med ändelse")],
    folder: Annotated[str, Query(max_length=1000, description="Undermapp som den ska ligga i")] = "",
    replaces: Annotated[
        str, Query(max_length=1000, description="Avtalets id, där filen ska ersätta det")
    ] = "",
) -> DraftBody:
    """The body is the file itself. Nothing is changed in the folder; the answer comes when the file is saved."""
    draft = await desk.send(Target(name, folder, replaces), request.stream())
    return await run_in_threadpool(_draft, desk, draft)


@router.get("/drafts/{draft_id}", summary="En fil i inkorgen, som den lästes")
def get_draft(draft_id: str, desk: DeskNow) -> DraftBody:
    """Title, parties, dates and warnings, once it has been read."""
    return _draft(desk, desk.drafts.get(draft_id))


@router.post("/drafts/{draft_id}/accept", summary="För in filen i mappen")
def post_accept(draft_id: str, desk: DeskNow) -> FileBody:
    """It is searched after the next publication."""
    return FileBody(path=desk.take_in(desk.drafts.get(draft_id)))


@router.delete("/drafts/{draft_id}", status_code=204, summary="Kasta en fil ur inkorgen")
def delete_draft(draft_id: str, desk: DeskNow) -> None:
    """The file is deleted."""
    desk.drop(desk.drafts.get(draft_id))


@router.get("/cards/{name:path}", summary="Ett avtalskort: vad texten och manifestet säger")
def get_card(name: str, desk: DeskNow) -> CardBody:
    """`name` is an agreement's id or its path in the folder."""
    return _card(desk, desk.path_of(name))


@router.patch("/cards/{name:path}", summary="Rätta ett avtalskort")
def patch_card(name: str, correction: Correction, desk: DeskNow) -> CardBody:
    """The fields given are set in the manifest; the others stay."""
    return _card(desk, desk.correct(name, correction.fields))


@router.delete("/files/{name:path}", status_code=204, summary="Ta bort ett avtal")
def delete_file(
    name: str,
    desk: DeskNow,
    for_good: Annotated[bool, Query(description="Radera i stället för att lägga i papperskorgen")] = False,
) -> None:
    """The file goes to the wastebasket; it is searched until the next publication."""
    desk.remove(name, for_good)


@router.post("/publish", status_code=202, summary="Publicera ändringarna")
def post_publish(desk: DeskNow) -> PublicationBody:
    """A generation is built in the background; `/api/admin/state` says how far it has come."""
    desk.publish()
    return PublicationBody.model_validate(desk.publisher.state)


@router.get("/generations", summary="Generationerna som finns kvar")
def get_generations(desk: DeskNow) -> tuple[GenerationBody, ...]:
    """The latest first, and how each differs from the one that answers."""
    return tuple(GenerationBody.model_validate(each) for each in kept_generations(desk.folder.index))


@router.post("/generations/{name}", summary="Gå till en generation som finns kvar")
def post_generation(name: str, desk: DeskNow) -> tuple[GenerationBody, ...]:
    """Back, or forward again."""
    desk.go_to(name)
    return get_generations(desk)


@router.get("/trash", summary="Papperskorgen")
def get_trash(desk: DeskNow) -> tuple[ThrownBody, ...]:
    """What was removed or replaced, the latest first."""
    return tuple(ThrownBody.model_validate(each) for each in desk.folder.thrown())


@router.delete("/trash/{name}", status_code=204, summary="Radera en fil ur papperskorgen")
def delete_trash(name: str, desk: DeskNow) -> None:
    """Nothing of it is left in the folder; the kept generations have its text until they are gone."""
    desk.erase(name)


@router.post("/trash/{name}/restore", summary="Lägg tillbaka en fil ur papperskorgen")
def post_restore(name: str, desk: DeskNow) -> FileBody:
    """Where it lay, with what the manifest said of it."""
    return FileBody(path=desk.restore(name))


def _draft(desk: Desk, draft: Draft) -> DraftBody:
    return DraftBody.of(draft, desk.twins(draft))


def _card(desk: Desk, path: str) -> CardBody:
    name = desk.id_of(path)
    return CardBody(
        path=path, agreement_id=name, read=desk.text_says(name), said=desk.folder.manifests.said_of(path)
    )
