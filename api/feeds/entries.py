"""What the feeds tell: last notice days out of the cards, and agreements as they came into the index."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from corpus.types import Agreement, FactName
from indexer.manifest import MANIFEST, Manifest
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


@dataclass(frozen=True, slots=True)
class Arrival:
    """An agreement and when it came: the first kept generation that holds it, and when that was written (UTC)."""

    agreement: Agreement
    generation: str
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


def written_at(generation: Path) -> datetime:
    """When the generation's manifest was written, UTC, whole seconds."""
    return datetime.fromtimestamp((generation / MANIFEST).stat().st_mtime, UTC).replace(microsecond=0)


def arrivals(index: Index) -> tuple[Arrival, ...]:
    """The index's agreements, the newest first, by the kept generations up to the one that answers.

    What was there before the oldest kept generation counts as come with that one.
    """
    kept = sorted(
        path
        for path in index.folder.parent.iterdir()
        if not path.name.startswith(".") and path.name <= index.folder.name and (path / MANIFEST).is_file()
    )
    came: dict[str, Path] = {}
    for folder in kept:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
        came = {name: came.get(name, folder) for name in manifest.read_from}
    found = [
        Arrival(index.agreements[name], folder.name, written_at(folder)) for name, folder in came.items()
    ]
    found.sort(key=lambda arrival: arrival.agreement.agreement_id)
    return tuple(sorted(found, key=lambda arrival: arrival.generation, reverse=True))
