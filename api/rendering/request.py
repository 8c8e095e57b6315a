"""What the address of a page asks for: question, filters, language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request

from api.language import Language
from api.rendering.addresses import FILTERS, Addresses, Pairs
from api.rendering.wording import Words
from corpus.parties import canonical_name
from corpus.types import AvtalError
from retriever.types import Filters

REMOVABLE = ("party", "type", "valid_on")


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A page's question, the filters as the address has them, the language, and the server's address."""

    question: str
    chosen: Pairs
    words: Words
    base: str

    @property
    def to(self) -> Addresses:
        """Addresses in the page's language, with its question towards agreements."""
        return Addresses(self.words.language, self.question)

    def filters(self) -> Filters:
        """The filters as records. Raises AvtalError for a value that is none."""
        without = [value for name, value in self.chosen if name == "without"]
        for value in without:
            if value not in REMOVABLE:
                raise AvtalError(f"filtret {value} finns inte; välj bland {', '.join(REMOVABLE)}")
        days = [value for name, value in self.chosen if name == "valid_on"]
        years = [value for name, value in self.chosen if name == "year"]
        return Filters(
            parties=tuple(canonical_name(value) for name, value in self.chosen if name == "party"),
            kinds=tuple(value.casefold() for name, value in self.chosen if name == "type"),
            valid_on=_day(days[-1]) if days else None,
            without=tuple(without),
            year=_year(years[-1]) if years else None,
        )

    def without(self, name: str, value: str) -> Pairs:
        """The chosen filters less one."""
        return tuple(pair for pair in self.chosen if pair != (name, value))


def page_request(request: Request, base: str) -> PageRequest:
    """What a request for a page asks for. English only where the address says so."""
    params = request.query_params
    language = Language.ENGLISH if params.get("lang") == Language.ENGLISH.value else Language.SWEDISH
    return PageRequest(
        question=" ".join(params.get("q", "").split()),
        chosen=tuple((name, value) for name in FILTERS for value in params.getlist(name) if value),
        words=Words(language),
        base=base,
    )


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise AvtalError(f"dagen {value} kan inte läsas; skriv den som ÅÅÅÅ-MM-DD") from error


def _year(value: str) -> int:
    if re.fullmatch("[0-9]{4}", value):
        return int(value)
    raise AvtalError(f"året {value} kan inte läsas; skriv det med fyra siffror")
