"""What a language model made of an answer, as the page shows it: marked, each sentence with links to its sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from retriever.types import Answer, Citation


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence and its sources: (number as shown, address)."""

    text: str
    sources: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class PhrasingView:
    """The box under the statement; `note` says what was left out or why there is nothing."""

    lines: tuple[Line, ...]
    mark: str
    model: str
    note: str


def phrasing_view(answer: Answer, href: Callable[[Citation], str]) -> PhrasingView | None:
    """The box of an answer; None where no language model was asked. `href` is where a citation is shown."""
    phrased = answer.phrased
    if phrased is None:
        return None
    lines = tuple(
        Line(sentence.text, tuple((n + 1, href(answer.citations[n])) for n in sentence.citations))
        for sentence in phrased.sentences
    )
    return PhrasingView(lines, phrased.mark, phrased.model, phrased.note or "")
