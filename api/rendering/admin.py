"""The registrator's pages as records: what is not published, what waits, a file as it was read, a card to correct."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from api.admin.changes import Change, ChangeKind
from api.admin.desk import Desk
from api.admin.drafts import Draft
from api.admin.publishing import Phase, Publication
from api.admin.reading import Reading
from api.errors import NotFoundError
from api.printing import STATUS_WORDS
from api.rendering.addresses import Addresses
from api.rendering.admin_card import FactRow, fact_rows
from api.rendering.wording import Words

DONE = {
    "skickat": "Filerna är mottagna. Titta på dem i inkorgen och för in dem.",
    "kastad": "Filen är kastad. Inget har ändrats i mappen.",
    "infort": "Avtalet är infört. Det går att söka i när du har publicerat.",
    "ersatt": "Avtalet är ersatt. Den nya texten går att söka i när du har publicerat.",
    "borttaget": "Avtalet ligger i papperskorgen. Det försvinner ur sökningen när du har publicerat.",
    "rattat": "Kortet är rättat. Det syns i sökningen när du har publicerat.",
    "bytt": "Sökningen svarar nu ur den version du valde.",
    "raderat": "Filen är raderad. Tidigare versioner har kvar texten tills de trängs ut av nyare.",
    "aterlagt": "Filen är tillbaka i mappen. Den går att söka i när du har publicerat.",
}
"""What was done, by its name in the address."""
CHANGES = {
    ChangeKind.ADDED: "nytt",
    ChangeKind.EDITED: "ny text",
    ChangeKind.REMOVED: "borttaget",
    ChangeKind.CORRECTED: "rättat kort",
}
STAGES = {
    "Startar": "Startar",
    "Läser": "Läser filerna",
    "Delar upp": "Delar upp i stycken",
    "Bäddar in": "Gör dem sökbara",
    "Öppnar": "Öppnar den nya versionen",
}
"""A stage of the building in a person's words."""
MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change that is not published; `href` is empty for a file that is gone."""

    words: str
    look: str
    title: str
    path: str
    href: str


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A file in the inbox."""

    name: str
    title: str
    words: str
    look: str
    href: str


@dataclass(frozen=True, slots=True)
class StateView:
    """The desk: `live` changes when the page should be shown anew; `told` and `failed` are of the latest publication."""

    changes: tuple[ChangeView, ...]
    more: int
    problem: str
    running: bool
    progress: str
    done: int
    total: int
    told: str
    failed: str
    drafts: tuple[DraftRow, ...]
    folders: tuple[str, ...]
    files: int
    megabytes: int
    live: str


@dataclass(frozen=True, slots=True)
class DraftView:
    """A file to decide on. `reading` is None while it is read; `choices` are the agreements that it can replace."""

    name: str
    href: str
    path: str
    size: str
    reading: Reading | None
    words: str
    look: str
    rows: tuple[FactRow, ...]
    twins: tuple[tuple[str, str], ...]
    choices: tuple[tuple[str, str, bool], ...]
    live: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of the folder."""

    path: str
    title: str
    href: str
    words: str
    look: str


@dataclass(frozen=True, slots=True)
class FilesView:
    """The folder's files that fit what was looked for."""

    sought: str
    total: int
    rows: tuple[FileRow, ...]
    more: int


def state_view(desk: Desk, to: Addresses, words: Words) -> StateView:
    """The desk as it is now."""
    found, publication = desk.changes(), desk.publisher.state
    paths = desk.folder.paths()
    folders = sorted({str(PurePosixPath(path).parent) for path in paths} - {"."})
    return StateView(
        changes=tuple(_change(desk, change, to, words) for change in found.changes[:MOST_LISTED]),
        more=max(0, len(found.changes) - MOST_LISTED),
        problem=found.problem,
        running=publication.phase is Phase.RUNNING,
        progress=_progress(publication, words),
        done=publication.done,
        total=publication.total,
        told=_told(publication, words),
        failed=publication.error if publication.phase is Phase.FAILED else "",
        drafts=tuple(_draft_row(draft, to, words) for draft in desk.drafts.all()),
        folders=tuple(folders),
        files=len(paths),
        megabytes=desk.drafts.most_bytes // 1_000_000,
        live=_live(desk),
    )


def live_of(desk: Desk, words: Words) -> dict[str, object]:
    """How far things have come: `state` as in the page, words, and how much of how much."""
    publication = desk.publisher.state
    return {
        "state": _live(desk),
        "words": _progress(publication, words),
        "done": publication.done,
        "total": publication.total,
    }


def _live(desk: Desk) -> str:
    """What a page depends on that changes by itself: the publication's phase, and what is still being read."""
    unread = sum(draft.reading is None for draft in desk.drafts.all())
    return f"{desk.publisher.state.phase.value} {unread}"


def _progress(publication: Publication, words: Words) -> str:
    if publication.phase is not Phase.RUNNING:
        return ""
    stage = words(STAGES.get(publication.stage, "Startar"))
    if not publication.total:
        return f"{stage} …"
    return words("{0}: {1} av {2}", stage, publication.done, publication.total)


def _told(publication: Publication, words: Words) -> str:
    when = f"{publication.ended:%H:%M}" if publication.ended else ""
    if publication.phase is Phase.DONE:
        return words(
            "Publicerat kl. {0}. {1}.", when, words.count(publication.agreements, "avtal är sökbara")
        )
    if publication.phase is Phase.UNCHANGED:
        return words("Kl. {0} fanns inget att publicera: allt är som i den version som svarar.", when)
    return ""


def _change(desk: Desk, change: Change, to: Addresses, words: Words) -> ChangeView:
    gone = change.kind is ChangeKind.REMOVED
    return ChangeView(
        words=words(CHANGES[change.kind]),
        look="left-out" if gone else "warned" if change.kind is ChangeKind.CORRECTED else "",
        title=change.title or desk.title_of(change.path),
        path=change.path,
        href="" if gone else to.admin(f"kort/{quote(change.agreement_id or change.path)}"),
    )


def _draft_row(draft: Draft, to: Addresses, words: Words) -> DraftRow:
    said, look = _status(draft, words)
    title = draft.reading.title if draft.reading else ""
    return DraftRow(draft.name, title, said, look, to.admin(f"fil/{draft.draft_id}"))


def _status(draft: Draft, words: Words) -> tuple[str, str]:
    if draft.reading is None:
        return words("läses nu"), "twin"
    if not draft.reading.usable:
        return words(STATUS_WORDS[draft.reading.status]), "left-out"
    return (words("läst, med varningar"), "warned") if draft.reading.warnings else (words("läst"), "")


def draft_view(desk: Desk, draft: Draft, to: Addresses, words: Words) -> DraftView:
    """The file as it was read, and the agreements that it could replace, those of its own name first."""
    said, look = _status(draft, words)
    index, reading = desk.index(), draft.reading
    titles: dict[str, str] = {}
    if index is not None:
        titles = {path: index.agreements[name].title for name, path in index.manifest.read_from.items()}
    named = [
        (not _alike(path, draft), titles.get(path, path).casefold(), path) for path in desk.folder.paths()
    ]
    return DraftView(
        name=draft.name,
        href=to.admin(f"fil/{draft.draft_id}"),
        path=draft.path,
        size=_size(draft.size, words),
        reading=reading,
        words=said,
        look=look,
        rows=tuple(fact_rows(reading.facts, words)) if reading else (),
        twins=tuple((path, to.admin(f"kort/{quote(path)}")) for path in desk.twins(draft)),
        choices=tuple(
            (path, f"{titles[path]} ({path})" if path in titles else path, path == _chosen(desk, draft))
            for _, _, path in sorted(named)
        ),
        live=_live(desk),
    )


def _alike(path: str, draft: Draft) -> bool:
    return PurePosixPath(path).stem.casefold() == PurePosixPath(draft.name).stem.casefold()


def _chosen(desk: Desk, draft: Draft) -> str:
    """The file that it was sent to replace, empty where that has left the folder since."""
    try:
        return desk.path_of(draft.replaces) if draft.replaces else ""
    except NotFoundError:
        return ""


def _size(size: int, words: Words) -> str:
    if size < 1_000_000:
        return words("{0} kB", max(1, round(size / 1000)))
    return words("{0} MB", round(size / 1_000_000))


def files_view(desk: Desk, sought: str, to: Addresses, words: Words) -> FilesView:
    """The folder's files, by title; those that hold each word of what was looked for."""
    index = desk.index()
    ids = {path: name for name, path in index.manifest.read_from.items()} if index else {}
    changed = {change.path: change for change in desk.changes().changes}
    left_out = {row.path: row for row in index.report if row.agreement_id is None} if index else {}
    rows: list[FileRow] = []
    paths = desk.folder.paths()
    for path in paths:
        title = index.agreements[ids[path]].title if index and path in ids else desk.title_of(path)
        said, look = "", ""
        if path in changed:
            view = _change(desk, changed[path], to, words)
            said, look = words("{0}, inte publicerat", view.words), "warned"
        elif path in left_out:
            said, look = words(STATUS_WORDS[left_out[path].status]), "left-out"
        if all(word in f"{title} {path}".casefold() for word in sought.casefold().split()):
            rows.append(FileRow(path, title, to.admin(f"kort/{quote(ids.get(path, path))}"), said, look))
    rows.sort(key=lambda row: (row.title or row.path).casefold())
    return FilesView(sought, len(paths), tuple(rows[:MOST_LISTED]), max(0, len(rows) - MOST_LISTED))
