"""Addresses of the pages and of what they link to, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from api.language import Language
from retriever.types import Citation

FILTERS = ("party", "type", "valid_on", "year", "without")
"""The page's own filters, which the API takes by the same names."""
SHORT_HASH = 12
"""Characters of a text version's hash in an address: enough to tell an edit."""

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Addresses:
    """Makes addresses that keep the reader's language and, towards an agreement, the question asked."""

    language: Language = Language.SWEDISH
    question: str = ""

    @property
    def home(self) -> str:
        """The empty search page."""
        return self._with("/", ())

    def answer(self, question: str, filters: Iterable[tuple[str, str]] = ()) -> str:
        """The answer to a question."""
        return self._with("/", (("q", question), *filters))

    def export(self, filters: Iterable[tuple[str, str]], format: str) -> str:
        """The answer as a file."""
        return "/api/export?" + urlencode((("q", self.question), *filters, ("format", format)))

    def agreement(self, agreement_id: str) -> str:
        """The reading view from its beginning."""
        return self._with(f"/avtal/{quote(agreement_id)}", self._asked())

    def place(self, agreement_id: str, start: int, end: int, text_sha256: str) -> str:
        """The reading view with a place marked; the hash lets it tell whether the text has changed since."""
        span = (("start", str(start)), ("end", str(end)), ("v", text_sha256[:SHORT_HASH]))
        return self._with(f"/avtal/{quote(agreement_id)}", (*span, *self._asked())) + "#citat"

    def citation(self, citation: Citation) -> str:
        """The reading view with a citation marked."""
        return self.place(citation.agreement_id, citation.start, citation.end, citation.text_sha256)

    def permanent(self, citation: Citation) -> str:
        """The address of a citation to keep: without the question and the language."""
        return Addresses().citation(citation)

    def source(self, agreement_id: str) -> str:
        """The original file."""
        return f"/api/agreements/{quote(agreement_id)}/source"

    def report(self, status: str = "") -> str:
        """The ingestion report, of one status or all."""
        return self._with("/rapport", (("status", status),) if status else ())

    def overview(self, part: str = "", filters: Iterable[tuple[str, str]] = ()) -> str:
        """An overview: of validity, or the one named ("klausuler", "parter")."""
        return self._with(f"/oversikt/{part}".rstrip("/"), tuple(filters))

    def admin(self, part: str = "", done: str = "") -> str:
        """A page of the registrator's, after what was `done`."""
        return self._with(f"/admin/{part}".rstrip("/"), (("gjort", done),) if done else ())

    @property
    def accessibility(self) -> str:
        """What is known about the page's accessibility."""
        return self._with("/tillganglighet", ())

    def _asked(self) -> Pairs:
        return (("q", self.question),) if self.question else ()

    def _with(self, path: str, pairs: Pairs) -> str:
        every = (*pairs, ("lang", "en")) if self.language is Language.ENGLISH else pairs
        return path + ("?" + urlencode(every) if every else "")
