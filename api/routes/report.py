"""The ingestion report: what became of each file of the folder."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict

from api.routes.common import EngineNow, revalidated
from corpus.report import FileReport

router = APIRouter(prefix="/api", tags=["Inläsning"])


class IngestionReport(BaseModel):
    """The report of the generation that answers: one row a file, in path order."""

    model_config = ConfigDict(frozen=True)

    generation: str
    agreements: int
    passages: int
    files: tuple[FileReport, ...]


@router.get("/report", summary="Inläsningsrapporten", dependencies=[Depends(revalidated)])
def get_report(engine: EngineNow) -> IngestionReport:
    """What became of each file when the index was built."""
    index = engine.index
    return IngestionReport(
        generation=index.generation,
        agreements=len(index.agreements),
        passages=len(index.passages),
        files=tuple(index.report),
    )
