"""The filters of a question on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer

from corpus.parties import canonical_name
from retriever.types import Filters

PartyOption = Annotated[
    list[str] | None, typer.Option("--party", help="Bara avtal med denna part; kan upprepas.")
]
TypeOption = Annotated[
    list[str] | None,
    typer.Option("--type", help="Bara avtal av denna typ, till exempel ramavtal; kan upprepas."),
]
ValidOption = Annotated[
    datetime | None,
    typer.Option("--valid-on", formats=["%Y-%m-%d"], help="Bara avtal som gäller denna dag, ÅÅÅÅ-MM-DD."),
]
YearOption = Annotated[
    int | None, typer.Option("--year", min=1900, max=2200, help="Bara avtal som gäller någon dag detta år.")
]


def filters_of(
    parties: Sequence[str] | None, kinds: Sequence[str] | None, valid_on: datetime | None, year: int | None
) -> Filters:
    """The filters as records; a party may be given by any name it goes by."""
    return Filters(
        tuple(canonical_name(name) for name in parties or ()),
        tuple(kind.casefold() for kind in kinds or ()),
        valid_on.date() if valid_on else None,
        year=year,
    )
