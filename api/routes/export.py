"""An answer as an official note to file."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from api.access.identity import Identity
from api.audit import NOBODY, AuditLog, AuditUnwritableError
from api.errors import NotReadyError
from api.export.markdown import as_markdown
from api.export.note import Note, note_of
from api.export.table import as_csv
from api.export.word import as_docx
from api.routes.common import Asked, BaseUrl, EngineNow, FiltersGiven, SettingsNow, allowed, revalidated
from retriever.answer import ask

router = APIRouter(prefix="/api", tags=["Sök"])
logger = logging.getLogger("avtal")

_MOST_NAMED = 20
"""Agreements that the audit log names; the file's SHA-256 names them all."""


class ExportFormat(StrEnum):
    """The formats of a note."""

    MARKDOWN = "md"
    WORD = "docx"
    TABLE = "csv"


MEDIA_TYPES = {
    ExportFormat.MARKDOWN: "text/markdown; charset=utf-8",
    ExportFormat.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ExportFormat.TABLE: "text/csv; charset=utf-8",
}
_WRITERS: Mapping[ExportFormat, Callable[[Note], bytes]] = {
    ExportFormat.MARKDOWN: as_markdown,
    ExportFormat.WORD: as_docx,
    ExportFormat.TABLE: as_csv,
}


@router.get(
    "/export",
    summary="Svaret som tjänsteanteckning",
    response_class=Response,
    dependencies=[Depends(revalidated)],
    responses={
        200: {
            "content": {
                kind.partition(";")[0]: {"schema": {"type": "string"}} for kind in MEDIA_TYPES.values()
            }
        }
    },
)
def get_export(
    q: Asked,
    engine: EngineNow,
    filters: FiltersGiven,
    settings: SettingsNow,
    address: BaseUrl,
    request: Request,
    format: Annotated[ExportFormat, Query(description="md, docx eller csv")] = ExportFormat.MARKDOWN,
) -> Response:
    """Question, date, generation, statement, and each quote with its section, dates and SHA-256."""
    answer = ask(engine, q, filters, allowed(None, settings))
    day = date.today()
    note = note_of(engine, q, answer, address, day)
    content = _WRITERS[format](note)
    detail = {
        "format": format.value,
        "sha256": hashlib.sha256(content).hexdigest(),
        "agreements": str(len(note.entries)),
        "first": ", ".join(entry.agreement_id for entry in note.entries[:_MOST_NAMED]),
    }
    _record(request, engine.index.generation, detail)
    named = {"Content-Disposition": f'attachment; filename="avtalssok-{day.isoformat()}.{format.value}"'}
    return Response(content, media_type=MEDIA_TYPES[format], headers=named)


def _record(request: Request, generation: str, detail: Mapping[str, str]) -> None:
    """Record the export, never its question. Raises NotReadyError where it cannot be: then it is not given."""
    log: AuditLog = request.app.state.audit
    identity: Identity | None = request.state.identity
    try:
        log.record("export", identity.name if identity is not None else NOBODY, generation, detail)
    except AuditUnwritableError as error:
        logger.error("%s", error)
        raise NotReadyError(
            "exporten kan inte bokföras i granskningsloggen och lämnas därför inte ut; säg till den som sköter tjänsten"
        ) from error
