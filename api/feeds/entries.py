"""What the feeds tell: last notice days out of the cards, and agreements as they came into the index."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from corpus.types import Agreement, FactName
from indexer.manifest import Dates
from indexer.store import Index
from retriever.versions import replacing


@dataclass(frozen=True, slots=True)
class NoticeDay:
    """The last day to give notice on an agreement. `wording` is what the text says; empty where a manifest set the day.

    `replaced_by` are titles of the agreements in the index that replace it.
    """

    agreement_id: str
    title: str
    day: date
    parties: tuple[str, ...]
    section: str
    wording: str
    replaced_by: tuple[str, ...]

    @property
    def sentences(self) -> str:
        """What a reader needs to know beside the title: parties, the words it is read from, what replaces it."""
        parts = [f"Parter: {', '.join(self.parties)}."] if self.parties else []
        if self.wording:
            parts.append(f"I avtalet{f', {self.section}' if self.section else ''}: ”{self.wording}”.")
        else:
            parts.append("Dagen är angiven i en förteckning bredvid filerna, inte läst ur texten.")
        parts += [f"Ersätts av {title}." for title in self.replaced_by]
        return " ".join(parts)


_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""The date of an index without agreements, and of what an older program indexed."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An agreement and when it came into the index (UTC)."""

    agreement: Agreement
    at: datetime


def notice_days(index: Index, agreements: Iterable[Agreement]) -> tuple[NoticeDay, ...]:
    """Every last notice day of the agreements' cards, by day and then by id."""
    found = [
        _notice(index, agreement, day)
        for agreement in agreements
        for day in agreement.values(FactName.LAST_NOTICE_DAY)
    ]
    return tuple(sorted(found, key=lambda notice: (notice.day, notice.agreement_id)))


def _notice(index: Index, agreement: Agreement, day: str) -> NoticeDay:
    facts = [f for f in agreement.facts if f.name is FactName.LAST_NOTICE_DAY and f.value == day]
    section, wording = "", ""
    if facts:
        start, end = facts[0].start, facts[0].end
        wording = " ".join(agreement.text[start:end].split())
        section = next((s.label for s in agreement.sections if s.start <= start < s.end), "")
    newer = replacing(index.links, agreement.agreement_id)
    return NoticeDay(
        agreement_id=agreement.agreement_id,
        title=agreement.title,
        day=date.fromisoformat(day),
        parties=agreement.parties,
        section=section,
        wording=wording,
        replaced_by=tuple(index.agreements[name].title for name in newer),
    )


def changed_at(index: Index) -> datetime:
    """When an agreement of the index last came or changed, UTC, whole seconds.

    Not when the index was written: that can be for the sake of an agreement that the reader may not know of.
    """
    days = (_dates(index, name).changed for name in index.agreements)
    return max(days, default=_NEVER).replace(microsecond=0)


def arrivals(index: Index) -> tuple[Arrival, ...]:
    """The index's agreements, the newest first."""
    came = [(name, _dates(index, name).added) for name in sorted(index.agreements)]
    came.sort(key=lambda pair: pair[1], reverse=True)
    return tuple(Arrival(index.agreements[name], at.replace(microsecond=0)) for name, at in came)


def _dates(index: Index, agreement_id: str) -> Dates:
    return index.manifest.dates.get(agreement_id, Dates(added=_NEVER, changed=_NEVER))
