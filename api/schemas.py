"""Bodies of the HTTP contract that are not answers: an agreement's card and its reading view."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from pydantic import BaseModel, BeforeValidator, ConfigDict, StrictBool
from pydantic_core import PydanticCustomError

from corpus.types import Agreement, Declared, Fact, Page, Section, Span
from indexer.store import Index
from retriever.suggestions import Suggestion
from retriever.types import Citation
from retriever.versions import Related, related_to, replacing


class AgreementHead(BaseModel):
    """What every view of an agreement says first."""

    model_config = ConfigDict(frozen=True)

    agreement_id: str
    title: str
    kind: str | None
    parties: tuple[str, ...]
    facts: tuple[Fact, ...]
    declared: tuple[Declared, ...]
    """What a manifest says instead of the text: without a place in it."""
    text_sha256: str


def _head(agreement: Agreement) -> dict[str, Any]:
    return {
        "agreement_id": agreement.agreement_id,
        "title": agreement.title,
        "kind": agreement.kind,
        "parties": agreement.parties,
        "facts": agreement.facts,
        "declared": agreement.declared,
        "text_sha256": agreement.document.text_sha256,
    }


class AgreementCard(AgreementHead):
    """An agreement in a list."""

    sections: int
    characters: int
    replaced_by: tuple[str, ...] = ()

    @classmethod
    def of(cls, agreement: Agreement, index: Index) -> AgreementCard:
        """The card of an agreement in the index."""
        return cls(
            **_head(agreement),
            sections=len(agreement.sections),
            characters=len(agreement.text),
            replaced_by=replacing(index.links, agreement.agreement_id),
        )


class AgreementText(AgreementHead):
    """An agreement to read: canonical text with sections, pages, furniture and facts as offsets into it."""

    text: str
    pages: tuple[Page, ...]
    sections: tuple[Section, ...]
    furniture: tuple[Span, ...]
    source_url: str
    related: tuple[Related, ...]

    @classmethod
    def of(cls, agreement: Agreement, index: Index) -> AgreementText:
        """The reading view of an agreement."""
        return cls(
            **_head(agreement),
            text=agreement.text,
            pages=agreement.document.pages,
            sections=agreement.sections,
            furniture=agreement.furniture,
            source_url=f"/api/agreements/{quote(agreement.agreement_id)}/source",
            related=related_to(index, agreement.agreement_id),
        )


class AgreementList(BaseModel):
    """A page of the `matching` agreements that the filters let through, of `total` in the index, from `offset` on."""

    model_config = ConfigDict(frozen=True)

    total: int
    matching: int
    offset: int
    agreements: tuple[AgreementCard, ...]
    generation: str


class Suggestions(BaseModel):
    """Ways to go on with what is typed: the texts, and in `items` what each of them is."""

    model_config = ConfigDict(frozen=True)

    suggestions: tuple[str, ...]
    items: tuple[Suggestion, ...]


class Health(BaseModel):
    """The server's state; `generation` where an index is open."""

    model_config = ConfigDict(frozen=True)

    status: str
    generation: str | None = None


def _a_number(value: object) -> object:
    """The value, unless it is a text or a truth value that would be read as a number."""
    if isinstance(value, str | bool):
        raise PydanticCustomError("int_wanted", "ett heltal behövs")
    return value


Whole = Annotated[int, BeforeValidator(_a_number)]


class CitationBody(BaseModel):
    """A citation to re-check, as it was given out."""

    agreement_id: str
    title: str = ""
    parties: tuple[str, ...] = ()
    section_path: tuple[str, ...] = ()
    section_label: str = ""
    page_first: Whole | None = None
    page_last: Whole | None = None
    start: Whole
    end: Whole
    quote: str
    prefix: str = ""
    suffix: str = ""
    text_sha256: str
    url: str = ""
    ocr: StrictBool = False

    def record(self) -> Citation:
        """The citation as a record."""
        return Citation(**self.model_dump())
