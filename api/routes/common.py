"""What routes share: the live engine and the reader's filters, as dependencies."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import Depends, Query, Request

from api.live import LiveEngine
from api.settings import Settings
from corpus.parties import canonical_name
from corpus.types import AvtalError
from retriever.engine import Engine
from retriever.types import Filters


def engine(request: Request) -> Engine:
    """The engine of the current generation; one request answers from one generation."""
    live: LiveEngine = request.app.state.live
    return live.get()


def settings(request: Request) -> Settings:
    """The server's settings."""
    found: Settings = request.app.state.settings
    return found


def filters(
    party: Annotated[list[str] | None, Query(description="Part, kan upprepas")] = None,
    type: Annotated[list[str] | None, Query(description="Avtalstyp, kan upprepas")] = None,
    valid_on: Annotated[date | None, Query(description="Gäller denna dag, ÅÅÅÅ-MM-DD")] = None,
    without: Annotated[
        list[Literal["party", "type", "valid_on"]] | None,
        Query(description="Filter som frågans egna ord inte ska sätta, kan upprepas"),
    ] = None,
) -> Filters:
    """The filters of a request; a party may be given by any name it goes by."""
    return Filters(
        tuple(canonical_name(name) for name in party or ()),
        tuple(kind.casefold() for kind in type or ()),
        valid_on,
        tuple(without or ()),
    )


EngineNow = Annotated[Engine, Depends(engine)]
SettingsNow = Annotated[Settings, Depends(settings)]
FiltersGiven = Annotated[Filters, Depends(filters)]
Asked = Annotated[str, Query(max_length=1000, description="Frågan eller sökorden")]


def allowed(limit: int | None, settings: Settings) -> int:
    """The limit asked for, ten or the server's own where none is. Raises AvtalError where it is above the server's own."""
    if limit is None:
        return min(10, settings.most_hits)
    if limit > settings.most_hits:
        raise AvtalError(
            f"limit är {limit} men servern visar högst {settings.most_hits} stycken; ange ett lägre tal"
        )
    return limit
