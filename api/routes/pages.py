"""The search page, the reading view and the ingestion report."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse

PAGE_FOLDER = Path(__file__).parents[1] / "page"

router = APIRouter(include_in_schema=False)


@router.get("/")
def get_page() -> FileResponse:
    """The search page."""
    return FileResponse(PAGE_FOLDER / "index.html")


@router.get("/rapport")
def get_report_page() -> FileResponse:
    """The ingestion report; the page itself fetches it."""
    return FileResponse(PAGE_FOLDER / "report.html")


@router.get("/avtal/{agreement_id:path}")
def get_reading_view(agreement_id: str) -> FileResponse:
    """The reading view; the page itself fetches the agreement by its address."""
    del agreement_id
    return FileResponse(PAGE_FOLDER / "agreement.html")
