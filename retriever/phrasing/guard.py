"""The guard: is every word of weight in a sentence held by the one citation that it names?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum

from indexer.swedish.words import Word, words_of
from retriever.phrasing.actors import in_order, roles_of
from retriever.phrasing.anchor import is_anchored
from retriever.phrasing.clauses import negations_in, turned
from retriever.phrasing.held_figures import figures_are_held
from retriever.phrasing.instructions import speaks_to_a_model
from retriever.phrasing.said import Said
from retriever.phrasing.sentences import Sentence
from retriever.phrasing.words import is_frame, is_held
from retriever.types import Citation

LONGEST = 400
"""Characters of a sentence; a short sentence can be held against its source, a long one cannot."""
WINDOW = 2
"""So many neighbouring sentences of a quote may hold a sentence together."""
_STOP = re.compile(r"(?<=[.!?])\s+(?=[^a-zåäö\s])|\n\s*\n")
_MARKUP = re.compile(r"[<>{}`\\|*_#]")


class Fault(StrEnum):
    """Why a sentence is dropped, in the order in which it is tried."""

    NO_SOURCE = "no_source"
    FORM = "form"
    INSTRUCTION = "instruction"
    FIGURE = "figure"
    PARTY = "party"
    NEGATION = "negation"
    TURN = "turn"
    WORDS = "words"
    LIFTED = "lifted"


def fault_of(sentence: Sentence, citations: Mapping[int, Citation]) -> Fault | None:
    """Why a sentence may not be shown; None where each citation that it names holds it, each on its own.

    `citations` are those given to the model, by their number. A citation that speaks to a model holds nothing.
    """
    if not sentence.cited or not all(number in citations for number in sentence.cited):
        return Fault.NO_SOURCE
    if len(sentence.text) > LONGEST or _is_strange(sentence.text):
        return Fault.FORM
    if speaks_to_a_model(sentence.text) or any(may_not_be_phrased(citations[n]) for n in sentence.cited):
        return Fault.INSTRUCTION
    faults = (_fault_against(sentence.text, citations[number]) for number in sentence.cited)
    return next((fault for fault in faults if fault is not None), None)


def _is_strange(text: str) -> bool:
    """True for marks of a markup language and signs that do not show: no sentence of plain Swedish has them."""
    return bool(_MARKUP.search(text)) or any(unicodedata.category(sign).startswith("C") for sign in text)


def may_not_be_phrased(citation: Citation) -> bool:
    """True for a citation with words to a model in it: it is quoted, and never given to one."""
    shown = (citation.quote, citation.title, citation.section_label, *citation.parties)
    return any(speaks_to_a_model(text) for text in shown)


def _fault_against(said: str, citation: Citation) -> Fault | None:
    """The fault against the part of the quote that holds most of the sentence."""
    roles = roles_of(citation.parties)
    claim = Said.of(_without_title(said, citation), roles)
    heading = _heading(citation)
    order = list(Fault)
    furthest = Fault.FIGURE
    for run in _runs(citation.quote):
        fault = _fault_in(claim, Said.of(" ".join(run), roles), heading)
        if fault is None and not all(is_anchored(claim, Said.of(each, roles)) for each in run):
            fault = Fault.LIFTED
        if fault is None:
            return None
        furthest = max(furthest, fault, key=order.index)
    return furthest


def _heading(citation: Citation) -> list[Word]:
    """The words of the title and the section's label, those of a party's name left out: they say who, not what."""
    names = {word.stem for party in citation.parties for word in words_of(party)}
    return [word for word in words_of(f"{citation.title} {citation.section_label}") if word.stem not in names]


def _fault_in(claim: Said, source: Said, heading: Sequence[Word]) -> Fault | None:
    if not figures_are_held(claim, source):
        return Fault.FIGURE
    if not in_order(claim.actors, source.actors):
        return Fault.PARTY
    if not _least_negations(claim, source) <= negations_in(claim.text) <= negations_in(source.text):
        return Fault.NEGATION
    if turned(claim.text, source.text):
        return Fault.TURN
    if not (claim.figures or any(not is_frame(word) for word in claim.words)):
        return Fault.WORDS
    for denied in (True, False):
        ours = [clause.span for clause in claim.clauses if clause.denied is denied]
        theirs = [clause.span for clause in source.clauses if clause.denied is denied]
        if ours and not theirs:
            return Fault.NEGATION
        held = [*source.within(theirs), *heading]
        if not all(is_frame(w) or is_held(w, held, claim.words) for w in claim.within(ours)):
            return Fault.WORDS
    return None


def _least_negations(claim: Said, source: Said) -> int:
    """How many negations the claim must have: those of the source's clauses that it takes half the words of."""
    least = 0
    for clause in source.clauses:
        words = source.within([clause.span])
        taken = sum(is_held(word, claim.words, words) for word in words)
        if clause.denied and taken and 2 * taken >= len(words):
            least += negations_in(source.text[clause.span.start : clause.span.end])
    return least


def _without_title(said: str, citation: Citation) -> str:
    """The sentence without the agreement's title and "mellan A och B", which name the source and claim nothing."""
    names = [citation.title]
    if len(citation.parties) > 1:
        for joined in (citation.parties, citation.parties[::-1]):
            names.append(f"mellan {', '.join(joined[:-1])} och {joined[-1]}")
    for name in names:
        said = re.sub(re.escape(name), " ", said, flags=re.I)
    return said


def _runs(quote: str) -> list[list[str]]:
    """The quote's sentences, each alone and with the next; line breaks inside a sentence are blanks."""
    sentences = [" ".join(part.split()) for part in _STOP.split(quote)]
    sentences = [part for part in sentences if part]
    return [
        sentences[i : i + size] for size in range(1, WINDOW + 1) for i in range(len(sentences) - size + 1)
    ]
