"""The matrix of agreements by types of clause, and the wording that departs from what is common."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import AfterValidator, WithJsonSchema

from api.matrix_table import as_csv
from api.routes.common import EngineNow, FiltersGiven, Offset, Paging, link_pages, revalidated
from retriever.clause_types import clause_type, clause_types
from retriever.departing import DepartingWording, departing_wording
from retriever.matrix import Matrix, matrix_of

router = APIRouter(prefix="/api", tags=["Klausuler"])
CSV = "text/csv; charset=utf-8"


class MatrixFormat(StrEnum):
    """The formats of the matrix."""

    JSON = "json"
    TABLE = "csv"


def _known(key: str) -> str:
    """The key of a type of clause, in lower case. Raises ValueError for one that does not exist."""
    if key.casefold() not in clause_types():
        raise ValueError(f"want one of {', '.join(clause_types())}")
    return key.casefold()


Clause = Annotated[
    str, AfterValidator(_known), WithJsonSchema({"type": "string", "enum": list(clause_types())})
]


@router.get(
    "/matrix",
    summary="Avtal och klausultyper",
    response_model=Matrix,
    dependencies=[Depends(revalidated)],
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
def get_matrix(
    engine: EngineNow,
    filters: FiltersGiven,
    request: Request,
    response: Response,
    clause: Annotated[
        list[Clause] | None, Query(description="Klausultyp, kan upprepas; utelämnad: alla")
    ] = None,
    format: Annotated[MatrixFormat, Query(description="json eller csv")] = MatrixFormat.JSON,
    limit: Annotated[
        int | None, Query(ge=1, le=1000, description="Högst så många avtal; utelämnat: alla")
    ] = None,
    offset: Offset = 0,
) -> Matrix | Response:
    """A row an agreement, a column a type of clause: present, uncertain or absent, with the words that say so."""
    matching = engine.agreements_in_scope(filters)
    most = limit or max(1, len(matching))
    types = [clause_type(key) for key in dict.fromkeys(clause or clause_types())]
    matrix = matrix_of(engine, matching[offset : offset + most], types)
    if format is MatrixFormat.TABLE:
        named = {"Content-Disposition": 'attachment; filename="avtalssok-klausuler.csv"'}
        return Response(as_csv(matrix), media_type=CSV, headers=named)
    link_pages(request, response, Paging(offset, most, len(matching)))
    return matrix


@router.get("/departing", summary="Avvikande lydelse", dependencies=[Depends(revalidated)])
def get_departing(
    engine: EngineNow,
    filters: FiltersGiven,
    clause: Annotated[Clause, Query(description="Klausultyp, till exempel notice")],
) -> DepartingWording:
    """What the agreements' clauses of a type have in common, and which agreements have other figures or wording."""
    return departing_wording(engine, engine.agreements_in_scope(filters), clause_type(clause))
