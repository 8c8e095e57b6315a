"""The registrator's desk: what the pages, the API and the command line do to the folder and its index, each once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from api.admin.changes import Changes, Hashes, changes_since
from api.admin.drafts import Draft, Drafts, Target
from api.admin.folder import SourceFolder
from api.admin.gate import Gate
from api.admin.generations import go_to
from api.admin.manifest_edit import Values
from api.admin.publishing import Order, Publisher
from api.admin.reading import ReadFact, facts_of, twins_of
from api.admin.sessions import Sessions
from api.audit import AuditLog
from api.live import LiveEngine
from api.settings import Settings
from corpus.card import agreement_from
from corpus.types import AvtalError
from indexer.encoder import open_encoder
from indexer.manifest import IndexMissingError
from indexer.store import Index
from indexer.types import Encoder

KEY_HOLDER = "registrator"
"""The actor of the audit log for who shows the key: nobody who holds it is told apart from another who does."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Changes the folder, and records each change. `actor` is who the audit log names."""

    folder: SourceFolder
    live: LiveEngine
    audit: AuditLog
    drafts: Drafts
    publisher: Publisher
    gate: Gate
    actor: str = KEY_HOLDER
    hashes: Hashes = field(default_factory=Hashes)
    _titles: dict[str, str] = field(default_factory=dict)

    def acting(self, name: str) -> Desk:
        """The same desk, at which someone of that name works; the key's holder where it is empty."""
        return replace(self, actor=name) if name else self

    def index(self) -> Index | None:
        """The index that answers, None before the first publication."""
        try:
            return self.live.get().index
        except IndexMissingError:
            return None

    def changes(self) -> Changes:
        """What a publication would change."""
        return changes_since(self.index(), self.folder, self.hashes)

    def path_of(self, name: str) -> str:
        """The file of an agreement's id, or of its path in the folder. Raises NotFoundError where there is none."""
        index = self.index()
        path = index.manifest.read_from.get(name, name) if index else name
        self.folder.place(path)
        return path

    def id_of(self, path: str) -> str:
        """The id of the agreement that a file is in the index, empty where it is none."""
        index = self.index()
        if index is None:
            return ""
        return next((name for name, own in index.manifest.read_from.items() if own == path), "")

    def title_of(self, path: str) -> str:
        """The title of a file that was taken in since the server started, empty for others."""
        return self._titles.get(self.hashes.of(self.folder.root / path), "")

    def text_says(self, agreement_id: str) -> tuple[ReadFact, ...]:
        """The card of an agreement of the index as its text alone gives it."""
        index = self.index()
        if index is None or agreement_id not in index.agreements:
            return ()
        return facts_of(agreement_from(index.agreements[agreement_id].document, agreement_id))

    async def send(self, target: Target, content: AsyncIterator[bytes]) -> Draft:
        """A file to the inbox."""
        if target.replaces:
            self.path_of(target.replaces)
        draft = await self.drafts.put(target, content)
        self.audit.record("file.send", self.actor, draft.path, {"sha256": draft.sha256})
        return draft

    def twins(self, draft: Draft) -> tuple[str, ...]:
        """Files of the folder that hold the same."""
        if draft.reading is None:
            return ()
        hashes = {path: self.hashes.of(self.folder.root / path) for path in self.folder.paths()}
        return twins_of(draft.reading, draft.sha256, hashes, self.index())

    def take_in(self, draft: Draft) -> str:
        """The draft to the folder, in another's place if it was sent for that; returns its path there."""
        if draft.reading is None:
            raise AvtalError(f"{draft.name} läses fortfarande; vänta en stund och försök igen")
        staged = self.drafts.file_of(draft)
        self._titles[draft.sha256] = draft.reading.title
        if not draft.replaces:
            self.folder.add(staged, draft.path)
            self.audit.record("file.add", self.actor, draft.path, {"sha256": draft.sha256})
            path = draft.path
        else:
            old = self.path_of(draft.replaces)
            path = self.folder.replace(staged, old, self.id_of(old) or draft.replaces)
            self.audit.record("file.replace", self.actor, path, {"sha256": draft.sha256, "replaced": old})
        self.drafts.drop(draft)
        return path

    def drop(self, draft: Draft) -> None:
        """Throw a draft away."""
        self.drafts.drop(draft)
        self.audit.record("file.refuse", self.actor, draft.path, {"sha256": draft.sha256})

    def remove(self, name: str, for_good: bool = False) -> str:
        """An agreement's file to the wastebasket, or deleted; returns its path."""
        path = self.path_of(name)
        self.folder.remove(path, for_good)
        self.audit.record("file.remove", self.actor, path, {"for_good": "ja" if for_good else "nej"})
        return path

    def restore(self, name: str) -> str:
        """A file back from the wastebasket; returns its path."""
        path = self.folder.restore(name)
        self.audit.record("file.restore", self.actor, path, {})
        return path

    def erase(self, name: str) -> str:
        """A file in the wastebasket deleted; returns where it lay."""
        path = self.folder.erase(name)
        self.audit.record("file.erase", self.actor, path, {})
        return path

    def correct(self, name: str, values: Values) -> str:
        """Set what the manifest says of an agreement; returns its path."""
        path = self.path_of(name)
        self.folder.correct(path, values)
        self.audit.record("card.correct", self.actor, path, {"fields": " ".join(sorted(values))})
        return path

    def publish(self) -> None:
        """Begin a publication with the encoder that the index has."""
        if not self.folder.paths():
            raise AvtalError("det finns inga avtal att publicera; lägg till ett först")
        index = self.index()
        encoder = index.manifest.encoder.name if index else ""
        self.publisher.begin(Order(self.folder.root, self.folder.index, encoder, self.actor))

    def go_to(self, generation: str) -> None:
        """Answer from a kept generation."""
        go_to(self.folder.index, generation)
        self.audit.record("index.rollback", self.actor, generation, {"index": str(self.folder.index)})
        self.live.refresh()


@contextmanager
def at_work(desk: Desk | None) -> Iterator[None]:
    """Take up what waited when the server stopped, and stop what is going on at the end of the block."""
    if desk is None:
        yield
        return
    desk.drafts.begin()
    try:
        yield
    finally:
        desk.drafts.close()
        desk.publisher.close()


def open_desk(settings: Settings, live: LiveEngine, audit: AuditLog) -> Desk | None:
    """The desk over the folder that the settings name, None where they name none or no key."""
    if settings.folder is None or not settings.admin_key_hash:
        return None

    def published(generation: str, agreements: int, actor: str) -> None:
        audit.record(
            "index.publish",
            actor,
            generation,
            {"agreements": str(agreements), "index": str(settings.index)},
        )
        live.refresh()

    def encoder() -> Encoder:
        try:
            return live.get().encoder
        except AvtalError:
            return open_encoder()

    folder = SourceFolder(settings.folder, settings.index)
    drafts = Drafts(folder.inbox, settings.upload_megabytes * 1_000_000, encoder)
    return Desk(folder, live, audit, drafts, Publisher(published), Gate(settings.admin_key_hash, Sessions()))
