"""Feedback on a hit, or that an agreement is missing: kept as a draft case where the operator has switched it on."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Self

from fastapi import APIRouter, HTTPException, Request
from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.errors import NotFoundError
from api.feedback import DraftBox, FullError, TooManyError
from api.masking import masked
from api.routes.common import EngineNow
from corpus.types import AvtalError
from retriever.engine import Engine

router = APIRouter(prefix="/api", tags=["Återkoppling"])

FORMAT_VERSION = 1
LONGEST_HIT = 10_000
"""Characters of a hit; a passage is far shorter."""


class FeedbackVerdict(StrEnum):
    """A thumb up or down on a hit, or that the answer lacks an agreement."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSING = "missing"


class HitReference(BaseModel):
    """A hit by its place: what its citation says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    agreement_id: str = Field(max_length=500)
    start: int = Field(ge=0)
    end: int = Field(gt=0)
    text_sha256: str = Field(max_length=64)


class Feedback(BaseModel):
    """What the page sends: the question as it was asked, the verdict, and the hit that it is on."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        json_schema_extra={
            "oneOf": [
                {"properties": {"verdict": {"const": "missing"}, "hit": {"type": "null"}}},
                {
                    "properties": {"verdict": {"enum": ["right", "wrong"]}, "hit": {"type": "object"}},
                    "required": ["hit"],
                },
            ],
            "example": {
                "q": "Vad är uppsägningstiden?",
                "verdict": "right",
                "hit": {"agreement_id": "hyra/ladan", "start": 310, "end": 402, "text_sha256": "8d1c…af35"},
            },
        },
    )

    q: str = Field(min_length=2, max_length=1000)
    verdict: FeedbackVerdict
    hit: HitReference | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.verdict is FeedbackVerdict.MISSING) != (self.hit is None):
            raise ValueError("hit: want one for right and wrong, none for missing")
        return self


class FeedbackState(BaseModel):
    """Whether this server takes feedback."""

    model_config = ConfigDict(frozen=True)

    enabled: bool


@router.get("/feedback", summary="Tar servern emot återkoppling?")
def get_feedback_state(request: Request) -> FeedbackState:
    """The page shows its buttons only where this says so."""
    return FeedbackState(enabled=request.app.state.drafts is not None)


@router.post(
    "/feedback",
    status_code=204,
    summary="Lämna återkoppling på en träff eller ett svar",
    responses={
        404: {"description": "Återkoppling är avstängd, eller avtalet finns inte"},
        429: {"description": "För många omdömen på en minut"},
        507: {"description": "Omdömena får inte plats"},
    },
)
def post_feedback(feedback: Feedback, request: Request, engine: EngineNow) -> None:
    """Keep question, verdict and hit as a draft case: nothing about who sent it, and only the day."""
    box: DraftBox | None = request.app.state.drafts
    if box is None:
        raise NotFoundError("återkoppling är avstängd på den här servern")
    draft = {
        "format_version": FORMAT_VERSION,
        "day": datetime.now(UTC).date().isoformat(),
        "generation": engine.index.generation,
        "q": masked(feedback.q),
        "verdict": feedback.verdict.value,
        "hit": None if feedback.hit is None else _hit(feedback.hit, engine),
    }
    try:
        box.put(draft)
    except TooManyError as error:
        raise HTTPException(429, str(error), {"Retry-After": "60"}) from error
    except FullError as error:
        raise HTTPException(507, str(error)) from error


def _hit(hit: HitReference, engine: Engine) -> dict[str, object]:
    """The hit with its words, which are the index's own: the sender's are never stored."""
    agreement = engine.index.agreements.get(hit.agreement_id)
    if agreement is None:
        raise NotFoundError(f"avtalet {hit.agreement_id} finns inte i indexet; se /api/agreements")
    if hit.text_sha256 != agreement.document.text_sha256:
        raise AvtalError(f"avtalet {hit.agreement_id} har ändrats sedan svaret gavs; ställ frågan igen")
    if not hit.start < hit.end <= len(agreement.text) or hit.end - hit.start > LONGEST_HIT:
        raise AvtalError(
            f"tecken {hit.start}–{hit.end} är inget ställe i {hit.agreement_id}, som har {len(agreement.text)} tecken"
        )
    return {**hit.model_dump(), "quote": agreement.text[hit.start : hit.end]}
