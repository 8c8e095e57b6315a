"""The kind of agreement that a question names: hyresavtal, partnerskap, samverkansavtal; and which agreements are of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.types import Agreement
from retriever.forms import TITLE_KIND
from retriever.question import Question

_COOPERATING = frozenset({"samverkansavtal", "samarbetsavtal"})
"""Two names for one kind. A list question asks all agreements by them; what lacks something is asked among these alone."""
_TAIL = re.compile(r"s?(?:avtal|kontrakt)$")
LEAST_PART = 4
"""Letters of a kind that another may end with: a blockhyresavtal is a hyresavtal, a programavtal is no ramavtal."""


def kinds_asked(question: Question) -> tuple[str, ...]:
    """The kinds that the question names, "samverkansavtal" among them; "överenskommelse" and "avtal" name none."""
    loose = {match[1].casefold() for match in TITLE_KIND.finditer(question.read_as)} & _COOPERATING
    return (*question.agreement_kinds, *sorted(loose))


def of_kinds(agreements: Sequence[Agreement], kinds: Sequence[str]) -> list[Agreement]:
    """The agreements that are of one of the kinds."""
    return [agreement for agreement in agreements if any(is_kind(agreement, kind) for kind in kinds)]


def is_kind(agreement: Agreement, kind: str) -> bool:
    """True where the agreement is of that kind by its card: the same, by another tail (kontrakt), or a sort of it."""
    if kind in _COOPERATING:
        return agreement.kind in _COOPERATING
    own, asked = _TAIL.sub("", agreement.kind or ""), _TAIL.sub("", kind)
    sort_of = len(asked) >= LEAST_PART and (own.endswith(asked) or _titled_so(agreement, asked))
    return agreement.kind == kind or own == asked or sort_of


def _titled_so(agreement: Agreement, kind: str) -> bool:
    """True for a partnerskap that is an "Överenskommelse om idéburet offentligt partnerskap"."""
    return kind == "partnerskap" and re.search(rf"(?i)\b{kind}\b", agreement.title) is not None
