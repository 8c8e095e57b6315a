"""The question that is a registry number: dnr 851-2291-2023."""

from __future__ import annotations

import re

from retriever.asked import Asked
from retriever.coverage import Judged
from retriever.quotes import sentence_at
from retriever.types import Coverage

_NUMBER = re.compile(
    r"(?i)^\W*(?:(?:visa|sök|hitta|ta\s+fram)\s+)?(?:dnr|diarienr|diarienummer|ärende\w*|avtal\w*|nr|nummer)?[\s.:]*"
    r"(?P<number>(?:[a-zåäö]{1,6}[\s-]+)?(?!(?:19|20)\d\d-\d\d-\d\d\b)\d+(?:[-/:.]\d+)+)\W*$"
)


def numbered_list(asked: Asked) -> tuple[list[Judged], str] | None:
    """The agreements whose texts hold the whole number, and the phrase; None for other questions and unknown numbers."""
    told = _NUMBER.match(asked.question.text)
    if told is None:
        return None
    number = r"\s*".join(map(re.escape, told["number"].split()))
    written = re.compile(rf"(?i)(?<![\w/-]){number}(?![\w/-])")
    found = [
        Judged(agreement, Coverage.EXPLICIT, 1.0, (place,), (f"{held[0]} står i texten",))
        for agreement in asked.agreements
        if (held := written.search(agreement.text))
        and (place := sentence_at(asked.engine, agreement, held.start()))
    ]
    return (found, f"nämner {told['number']}") if found else None
