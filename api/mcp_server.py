"""The search as tools for AI programs (Model Context Protocol): read-only, and every answer carries its citations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps
from typing import Annotated, ParamSpec, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field, RootModel

from api.errors import NotFoundError
from api.schemas import CitationBody
from corpus.parties import canonical_name
from corpus.types import AvtalError, Fact, Section
from retriever.answer import ask
from retriever.citation import verify
from retriever.engine import Engine
from retriever.results import SearchResult, search
from retriever.types import Answer, Filters, Verification

INSTRUCTIONS = (
    "Sökning i svenska avtalstexter. Börja med ask för en fråga och search för att hitta ställen. Återge citaten "
    "ordagrant med avtal och avsnitt. När abstained är sant finns inget stöd: säg det, och gissa inte. Ett citat kan "
    "prövas mot texten med verify."
)
MOST_HITS = 50
MOST_CHARACTERS = 20_000
"""Characters of an agreement in one reply; the rest is asked for with `start`."""
_READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)

P = ParamSpec("P")
R = TypeVar("R")

Asked = Annotated[str, Field(max_length=1000, description="Frågan eller sökorden, på svenska")]
Party = Annotated[str | None, Field(description="Bara avtal med den här parten")]
Kind = Annotated[str | None, Field(description="Bara avtal av den här typen, till exempel ramavtal")]
ValidOn = Annotated[date | None, Field(description="Bara avtal som gäller denna dag, ÅÅÅÅ-MM-DD")]
Year = Annotated[int | None, Field(ge=1900, le=2200, description="Bara avtal som gäller någon dag detta år")]


@dataclass(frozen=True, slots=True)
class AgreementPart:
    """An agreement's card and a part of its text: `text` is `start..end` of `characters` characters.

    `next_start` is where the next part begins, None at the end. Offsets of sections and facts are into the whole text.
    """

    agreement_id: str
    title: str
    kind: str | None
    parties: tuple[str, ...]
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    text_sha256: str
    characters: int
    start: int
    end: int
    text: str
    next_start: int | None
    generation: str


class SearchBody(RootModel[SearchResult]):
    """The body of `/api/search`."""


class AnswerBody(RootModel[Answer]):
    """The body of `/api/ask`, without `hits`."""


class PartBody(RootModel[AgreementPart]):
    """A part of an agreement."""


class VerificationBody(RootModel[Verification]):
    """The body of `/api/verify`."""


def create_server(engine: Callable[[], Engine]) -> MCPServer[None]:
    """A server with the tools search, ask, agreement and verify over the index of the engine that each call is given."""
    server: MCPServer[None] = MCPServer("avtalssok", title="Avtalssök", instructions=INSTRUCTIONS)

    def tool(name: str, title: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
        def add(function: Callable[P, R]) -> Callable[P, R]:
            return server.tool(name, title=title, annotations=_READS, structured_output=True)(_told(function))

        return add

    @tool("search", "Sök stycken")
    def search_passages(
        question: Asked,
        party: Party = None,
        type: Kind = None,
        valid_on: ValidOn = None,
        year: Year = None,
        limit: Annotated[int, Field(ge=1, le=MOST_HITS, description="Högst så många stycken")] = 10,
        offset: Annotated[int, Field(ge=0, description="Hoppa över så många")] = 0,
    ) -> SearchBody:
        """Rankade stycken ur avtalen, vart och ett med citat: avtal, avsnitt, sida, ordalydelse och plats."""
        return SearchBody(search(engine(), question, _filters(party, type, valid_on, year), limit, offset))

    @tool("ask", "Fråga avtalen")
    def ask_question(
        question: Asked,
        party: Party = None,
        type: Kind = None,
        valid_on: ValidOn = None,
        year: Year = None,
    ) -> AnswerBody:
        """Vilka avtal som omfattar något, ett kort svar, eller ett uttalat nej; med citat. Utan `hits`: se search."""
        answer = ask(engine(), question, _filters(party, type, valid_on, year))
        return AnswerBody(replace(answer, hits=()))

    @tool("agreement", "Läs ett avtal")
    def read_agreement(
        agreement_id: Annotated[str, Field(description="Avtalets id, som i ett citat")],
        start: Annotated[int, Field(ge=0, description="Tecken att börja läsa vid")] = 0,
    ) -> PartBody:
        """Ett avtals kort, avsnitt och text, högst 20 000 tecken åt gången; fortsätt vid next_start."""
        return PartBody(_part(engine(), agreement_id, start))

    @tool("verify", "Pröva ett citat")
    def verify_citation(citation: CitationBody) -> VerificationBody:
        """Står citatet kvar ordagrant i avtalet? exact, moved (och var), changed eller gone."""
        return VerificationBody(verify(citation.record(), engine().index.agreements))

    return server


def _told(function: Callable[P, R]) -> Callable[P, R]:
    """The function, its domain errors told to the model as they are."""

    @wraps(function)
    def telling(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except AvtalError as error:
            raise ToolError(str(error)) from error

    return telling


def _filters(party: str | None, kind: str | None, valid_on: date | None, year: int | None) -> Filters:
    parties = (canonical_name(party),) if party else ()
    return Filters(parties, (kind.casefold(),) if kind else (), valid_on, year=year)


def _part(engine: Engine, agreement_id: str, start: int) -> AgreementPart:
    agreement = engine.index.agreements.get(agreement_id)
    if agreement is None:
        raise NotFoundError(f"avtalet {agreement_id} finns inte i indexet; sök det med search")
    length = len(agreement.text)
    if start > length:
        raise AvtalError(
            f"start är {start} men texten i {agreement_id} är {length} tecken lång; ange ett lägre tal"
        )
    end = min(start + MOST_CHARACTERS, length)
    return AgreementPart(
        agreement_id=agreement_id,
        title=agreement.title,
        kind=agreement.kind,
        parties=agreement.parties,
        facts=agreement.facts,
        sections=agreement.sections,
        text_sha256=agreement.document.text_sha256,
        characters=length,
        start=start,
        end=end,
        text=agreement.text[start:end],
        next_start=end if end < length else None,
        generation=engine.index.generation,
    )
