"""An answer phrased by a language model: what it wrote and its sources hold, marked, beside the answer as it was."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from retriever.phrasing.guard import fault_of, may_not_be_phrased
from retriever.phrasing.model import LanguageModel, ModelError
from retriever.phrasing.prompt import messages
from retriever.phrasing.sentences import Sentence, sentences_of
from retriever.types import Answer, Citation, Phrased, PhrasedSentence

MARK = "Formulerat av språkmodell; varje mening är prövad mot sin källa"
MOST_CITATIONS = 12
MOST_CHARACTERS = 12_000
"""Of quotes, given to the model: what a small model on an ordinary computer still reads."""
MOST_SENTENCES = 8
MOST_WRITTEN = 6_000
"""Characters from the model; ten times what was asked for, and read in a moment."""


def with_phrasing(answer: Answer, question: str, model: LanguageModel | None) -> Answer:
    """The answer with `phrased` set, all else as it was; the very answer where there is no model or nothing to phrase.

    An abstention is not phrased, nor what agreements lack: absence has no words to hold a sentence against. A model that
    fails gives a note, never an error.
    """
    if model is None or answer.abstained or answer.interpreted.absent or not answer.citations:
        return answer
    started = time.perf_counter()
    phrased = _phrased(answer.citations, question, model)
    took = round(answer.took_ms + (time.perf_counter() - started) * 1000, 3)
    return replace(answer, phrased=phrased, took_ms=took)


def _phrased(citations: Sequence[Citation], question: str, model: LanguageModel) -> Phrased:
    given, notes = _given(citations)
    if not given:
        return Phrased("", (), 0, model.name, MARK, " ".join(notes))
    try:
        written = _of_bearable_length(model.complete(messages(question, given)))
    except ModelError as error:
        return Phrased("", (), 0, model.name, MARK, f"Svaret är inte omformulerat: {error}.", failed=True)
    sentences = sentences_of(written)
    kept = _kept(sentences, given)
    dropped = len(sentences) - len(kept)
    notes.extend(_dropped(dropped, len(kept)))
    shown = tuple(PhrasedSentence(f"{each.text}.", tuple(n - 1 for n in each.cited)) for each in kept)
    text = " ".join(f"{each.text} [{', '.join(map(str, each.cited))}]." for each in kept)
    return Phrased(text, shown, dropped, model.name, MARK, " ".join(notes) or None)


def _of_bearable_length(written: str) -> str:
    if len(written) > MOST_WRITTEN:
        raise ModelError(f"språkmodellen skrev {len(written)} tecken, mer än de {MOST_WRITTEN} som läses")
    return written


def _kept(sentences: Sequence[Sentence], given: Mapping[int, Citation]) -> list[Sentence]:
    """The sentences without a fault, each once, the first `MOST_SENTENCES`."""
    held = [each for each in sentences if fault_of(each, given) is None]
    return list(dict.fromkeys(held))[:MOST_SENTENCES]


def _given(citations: Sequence[Citation]) -> tuple[dict[int, Citation], list[str]]:
    """The citations for the model, by their number from 1, and what to say of those that are left out."""
    given: dict[int, Citation] = {}
    withheld = left = characters = 0
    for number, citation in enumerate(citations, 1):
        if may_not_be_phrased(citation):
            withheld += 1
        elif len(given) == MOST_CITATIONS or characters + len(citation.quote) > MOST_CHARACTERS:
            left += 1
        else:
            given[number] = citation
            characters += len(citation.quote)
    notes = []
    if withheld:
        what = "Ett citat talar" if withheld == 1 else f"{withheld} citat talar"
        notes.append(f"{what} till en språkmodell och är inte omformulerat.")
    if left:
        notes.append(f"Språkmodellen fick {len(given)} av {len(citations)} citat.")
    return given, notes


def _dropped(dropped: int, kept: int) -> list[str]:
    if not dropped:
        return [] if kept else ["Språkmodellen skrev ingenting som besvarar frågan."]
    what = "En mening" if dropped == 1 else f"{dropped} meningar"
    return [f"{what} från språkmodellen hade inte stöd i sin källa och visas inte."]
