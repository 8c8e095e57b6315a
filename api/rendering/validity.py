"""Whether an agreement is in force on a day, in a few words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from api.rendering.dates import readable_date
from api.rendering.wording import Words
from corpus.types import Agreement, FactName


class InForce(StrEnum):
    """Whether an agreement is in force."""

    YES = "yes"
    NO = "no"
    LATER = "later"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Badge:
    """A state and the words for it."""

    state: InForce
    words: str


def validity_of(agreement: Agreement, day: date, words: Words, replaced: bool = False) -> Badge:
    """The badge of an agreement on `day`. UNKNOWN where neither an end nor "tills vidare" can be read.

    One that is extended by itself is in force after its end, unless another is known to have replaced it.
    """
    today = day.isoformat()
    starts = [value for value in agreement.values(FactName.VALID_FROM) if value > today]
    ends = sorted(agreement.values(FactName.VALID_TO))
    if starts:
        return Badge(InForce.LATER, words("Gäller från {0}", readable_date(min(starts), words)))
    if ends and ends[0] < today:
        ended = readable_date(ends[0], words)
        if agreement.values(FactName.EXTENSION) and not replaced:
            return Badge(InForce.YES, words("Förlängs automatiskt sedan {0}", ended))
        return Badge(InForce.NO, words("Gällde till {0}", ended))
    if ends:
        return Badge(InForce.YES, words("Gäller till {0}", readable_date(ends[0], words)))
    if agreement.values(FactName.UNTIL_FURTHER_NOTICE):
        return Badge(InForce.YES, words("Gäller tills vidare"))
    return Badge(InForce.UNKNOWN, words("Giltighet okänd"))
