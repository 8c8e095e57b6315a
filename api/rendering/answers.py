"""An answer as the search page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from api.rendering.chips import Chip, chips_of
from api.rendering.facets import Facet, facets_of
from api.rendering.phrasing import PhrasingView, phrasing_view
from api.rendering.quotes import Quote, hit_marks, marks_in, quote_of
from api.rendering.request import PageRequest
from api.rendering.statements import Head, head_of
from api.rendering.validity import Badge, validity_of
from corpus.types import Agreement
from retriever.engine import Engine
from retriever.types import Answer, AnswerKind, Citation, Coverage, CoveredAgreement, Hit, NearAgreement

QUOTES_PER_AGREEMENT = 1
FIRST_HITS = 8
COUNTABLE = 30
"""Up to this many agreements are drawn one by one; above it the bar is drawn in proportion."""

OTHERWISE = "texten säger det med andra ord än frågan; läs citatet"
"""Shown in Swedish in both languages, as every reason is."""
_GROUPS = (
    (Coverage.EXPLICIT, "Uttryckligt", "Det står i texten."),
    (Coverage.RELATED, "Närliggande", "Texten tar upp något som ligger nära, men inte just detta."),
)
_ABSENT_GROUPS = (
    (
        Coverage.EXPLICIT,
        "Saknar det",
        "Inget stycke tar upp det, eller så säger texten att det inte gäller. Citatet är avtalets början, eller den meningen.",
    ),
    (Coverage.RELATED, "Osäkert", "Texten säger något närliggande; läs och bedöm."),
)


@dataclass(frozen=True, slots=True)
class Item:
    """An agreement in the answer: its best quote shown, the others to unfold."""

    agreement_id: str
    title: str
    href: str
    parties: tuple[str, ...]
    badge: Badge
    replaced_by: tuple[tuple[str, str], ...]
    why: tuple[str, ...]
    quotes: tuple[Quote, ...]
    more: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class GroupOfItems:
    """Agreements that cover the subject in the same way."""

    coverage: str
    name: str
    says: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the bar over the agreements."""

    kind: str
    words: str
    number: int


@dataclass(frozen=True, slots=True)
class AnswerView:
    """Everything that the template shows."""

    kind: str
    head: Head
    phrasing: PhrasingView | None
    groups: tuple[GroupOfItems, ...]
    sources: tuple[tuple[Quote, Badge], ...]
    hits: tuple[Quote, ...]
    more_hits: tuple[Quote, ...]
    nearest: tuple[tuple[NearAgreement, str], ...]
    corrected: str
    corrected_href: str
    amount: str
    bar: tuple[Share, ...]
    countable: bool
    chips: tuple[Chip, ...]
    facets: tuple[Facet, ...]
    exports: tuple[tuple[str, str], ...]
    took_ms: int
    generation: str


def answer_view(engine: Engine, asked: PageRequest, answer: Answer, day: date) -> AnswerView:
    """The answer to what was asked, in the page's language, with validity as of `day`."""
    made = _Maker(engine, asked, answer, day)
    hits = made.hits()
    corrected = answer.interpreted.corrected or ""
    narrowed = bool(asked.chosen or answer.interpreted.filters)
    near = answer.interpreted.terms or answer.interpreted.parties
    return AnswerView(
        kind=answer.kind.value,
        head=head_of(answer, asked.words),
        phrasing=phrasing_view(answer, made.href),
        groups=made.groups(),
        sources=made.sources(),
        hits=hits[:FIRST_HITS],
        more_hits=hits[FIRST_HITS:],
        nearest=tuple((each, asked.to.agreement(each.agreement_id)) for each in answer.nearest)
        if near
        else (),
        corrected=corrected.removesuffix("?"),
        corrected_href=asked.to.answer(corrected, asked.chosen) if corrected else "",
        amount=made.amount(narrowed),
        bar=made.bar(narrowed),
        countable=answer.completeness.searched <= COUNTABLE,
        chips=chips_of(answer.interpreted, asked),
        facets=facets_of(engine, asked, answer, day),
        exports=_exports(asked, answer),
        took_ms=max(1, round(answer.took_ms)),
        generation=answer.generation,
    )


def _exports(asked: PageRequest, answer: Answer) -> tuple[tuple[str, str], ...]:
    if answer.kind is AnswerKind.NONE:
        return ()
    return tuple(
        (name, asked.to.export(asked.chosen, format))
        for name, format in (("Word", "docx"), ("Markdown", "md"), ("CSV", "csv"))
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the parts of one answer's view."""

    engine: Engine
    asked: PageRequest
    answer: Answer
    day: date

    def groups(self) -> tuple[GroupOfItems, ...]:
        words = self.asked.words
        made: list[GroupOfItems] = []
        for coverage, name, says in _ABSENT_GROUPS if self.answer.interpreted.absent else _GROUPS:
            items = tuple(self._item(each) for each in self.answer.agreements if each.coverage is coverage)
            if items:
                made.append(GroupOfItems(coverage.value, words(name), words(says), items))
        return tuple(made)

    def _item(self, covered: CoveredAgreement) -> Item:
        agreement = self._agreement(covered.agreement_id)
        quotes = tuple(self._quote(citation) for citation in covered.citations)
        return Item(
            agreement_id=covered.agreement_id,
            title=covered.title,
            href=quotes[0].href if quotes else self.asked.to.agreement(covered.agreement_id),
            parties=agreement.parties,
            badge=validity_of(agreement, self.day, self.asked.words, replaced=bool(covered.replaced_by)),
            replaced_by=tuple(
                (self._agreement(other).title, self.asked.to.agreement(other))
                for other in covered.replaced_by
            ),
            why=(OTHERWISE,) if covered.otherwise else self._why(covered.citations),
            quotes=quotes[:QUOTES_PER_AGREEMENT],
            more=quotes[QUOTES_PER_AGREEMENT:],
        )

    def _why(self, citations: Sequence[Citation]) -> tuple[str, ...]:
        """Why the best quote matched: the reasons of the hit that holds it, where it is among the hits."""
        for hit in self.answer.hits:
            if citations and hit.agreement_id == citations[0].agreement_id:
                place = hit.citation
                if place.start <= citations[0].start and citations[0].end <= place.end:
                    return hit.why
        return ()

    def sources(self) -> tuple[tuple[Quote, Badge], ...]:
        if self.answer.kind is not AnswerKind.FACT:
            return ()
        return tuple(
            (
                self._quote(citation),
                validity_of(self._agreement(citation.agreement_id), self.day, self.asked.words),
            )
            for citation in self.answer.citations
        )

    def hits(self) -> tuple[Quote, ...]:
        """Ranked passages. A list of agreements has the best of each already; where nothing answers, a passage without
        any of the question's words is noise.
        """
        found = self.answer.hits
        if self.answer.kind is AnswerKind.AGREEMENTS:
            return ()
        if self.answer.kind is AnswerKind.NONE:
            found = tuple(hit for hit in found if hit.highlights)
        return tuple(self._hit(hit) for hit in found)

    def _hit(self, hit: Hit) -> Quote:
        asked = self.asked
        quote = quote_of(hit.citation, hit.text, hit_marks(hit), asked.to, asked.words, asked.base)
        return replace(quote, why=hit.why)

    def href(self, citation: Citation) -> str:
        """Where the page shows a citation."""
        return self._quote(citation).href

    def _quote(self, citation: Citation) -> Quote:
        asked = self.asked
        marks = marks_in(citation, self.answer)
        return quote_of(citation, citation.quote, marks, asked.to, asked.words, asked.base)

    def _agreement(self, agreement_id: str) -> Agreement:
        return self.engine.index.agreements[agreement_id]

    def amount(self, narrowed: bool) -> str:
        searched, words = self.answer.completeness.searched, self.asked.words
        if narrowed:
            return words.count(searched, "avtal inom avgränsningen")
        return words.count(searched, "avtal genomsökta")

    def bar(self, narrowed: bool) -> tuple[Share, ...]:
        """The agreements by coverage; nothing where all have it, since a full bar would say nothing."""
        done = self.answer.completeness
        if self.answer.kind is not AnswerKind.AGREEMENTS or done.covering + done.uncertain == 0:
            return ()
        if narrowed and done.covering == done.searched:
            return ()
        rest = max(0, done.searched - done.covering - done.uncertain)
        names = ("saknar det", "osäkert", "tar upp det")
        if not self.answer.interpreted.absent:
            names = ("uttryckligt", "närliggande", "utan funnet stöd")
        words = self.asked.words
        return tuple(
            Share(kind, f"{words.number(number)} {words(name)}", number)
            for kind, number, name in zip(
                ("explicit", "related", "neither"), (done.covering, done.uncertain, rest), names, strict=True
            )
            if number
        )
