"""Metrics of an answer that no ranking measure covers: sets, short answers, citations, abstention."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from corpus.types import Span
from retriever.types import Answer, Citation

# Half of the expected quote inside the cited span: a passage cut inside a sentence still points right.
_COVERS_SHARE = 0.5

# A whole passage holds the answer without giving it; "Ja" with the sentence behind it stays below this.
_LONGEST_ANSWER_WORDS = 40

_DIGIT_GROUPS = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
_TOKENS = re.compile(r"\d+(?:[.,:/-]\d+)*|[^\W\d_]+|%")
_OPENING_ANSWERS = frozenset({("ja",), ("nej",)})


@dataclass(frozen=True, slots=True)
class SetScores:
    """Precision, recall and F1 of a set against another, each in 0..1."""

    precision: float
    recall: float
    f1: float


def set_scores(given: Set[str], wanted: Set[str]) -> SetScores:
    """P = |given ∩ wanted| / |given|, R = that over |wanted|, F1 their harmonic mean; 0 where undefined."""
    common = len(given & wanted)
    precision = common / len(given) if given else 0.0
    recall = common / len(wanted) if wanted else 0.0
    return SetScores(precision, recall, 2 * common / (len(given) + len(wanted)) if common else 0.0)


def short_answer_correct(given: str | None, accepted: Sequence[str]) -> bool:
    """True when an accepted answer stands in `given` as whole words, case and digit grouping aside.

    "ja" and "nej" must be the first word. "61" is not found in "161", nor "50 000" in "450 000". More than
    40 words are no short answer, whatever they hold.
    """
    words = _words(given or "")
    return len(words) <= _LONGEST_ANSWER_WORDS and any(
        _stands_in(_words(answer), words) for answer in accepted
    )


def covers(citation: Citation, agreement_id: str, expected: Span) -> bool:
    """True when the citation is of that agreement and holds at least half of the expected characters."""
    if citation.agreement_id != agreement_id:
        return False
    shared = min(citation.end, expected.end) - max(citation.start, expected.start)
    return shared >= _COVERS_SHARE * (expected.end - expected.start)


def all_citations(answer: Answer) -> tuple[Citation, ...]:
    """Every citation the answer gives: its own, its agreements' and its hits', in that order."""
    of_agreements = (citation for agreement in answer.agreements for citation in agreement.citations)
    return (*answer.citations, *of_agreements, *(hit.citation for hit in answer.hits))


def citation_exactness(citations: Sequence[Citation], texts: Mapping[str, str]) -> float:
    """Share in 0..1 of citations with `text[start:end] == quote`.

    A citation of an unknown agreement and an empty quote are not exact.
    Raises ValueError for no citations: nothing was promised, so there is nothing to grade.
    """
    if not citations:
        raise ValueError("citations: want at least one, got none")
    exact = sum(
        bool(citation.quote)
        and texts.get(citation.agreement_id, "")[citation.start : citation.end] == citation.quote
        for citation in citations
    )
    return exact / len(citations)


@dataclass(frozen=True, slots=True)
class Abstention:
    """How well a run keeps silent: precision, recall and F1 in 0..1 of "inget stöd" as a verdict."""

    precision: float
    recall: float
    f1: float


def abstention_scores(pairs: Iterable[tuple[bool, bool]]) -> Abstention:
    """From (should abstain, did abstain) of every case. A crash did not abstain."""
    known = list(pairs)
    should = {str(place) for place, (wanted, _) in enumerate(known) if wanted}
    did = {str(place) for place, (_, silent) in enumerate(known) if silent}
    scores = set_scores(did, should)
    return Abstention(scores.precision, scores.recall, scores.f1)


def _words(text: str) -> tuple[str, ...]:
    return tuple(_TOKENS.findall(_DIGIT_GROUPS.sub("", text.casefold())))


def _stands_in(wanted: tuple[str, ...], words: tuple[str, ...]) -> bool:
    if not wanted:
        return False
    if wanted in _OPENING_ANSWERS:
        return words[:1] == wanted
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))
