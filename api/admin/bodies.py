"""Bodies of the registrator's part of the HTTP contract."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from api.admin.changes import ChangeKind
from api.admin.drafts import Draft
from api.admin.publishing import Phase
from api.admin.reading import ReadFact, Reading


class _Body(BaseModel):
    model_config = ConfigDict(frozen=True, from_attributes=True)


class ChangeBody(_Body):
    """A file that differs from the one that was indexed."""

    kind: ChangeKind
    path: str
    agreement_id: str
    title: str


class PublicationBody(_Body):
    """The latest publication since the server started; `stage` and `error` are in Swedish."""

    phase: Phase
    stage: str
    done: int
    total: int
    generation: str
    agreements: int
    error: str
    started: datetime | None
    ended: datetime | None


class GenerationBody(_Body):
    """A kept generation; the paths are what it has, lacks, or has otherwise than the current one."""

    name: str
    made: datetime
    agreements: int
    passages: int
    current: bool
    only_here: tuple[str, ...]
    only_there: tuple[str, ...]
    otherwise: tuple[str, ...]


class StateBody(_Body):
    """What is not published, what waits in the inbox, and the latest publication. `problem`: why nothing can be."""

    changes: tuple[ChangeBody, ...]
    problem: str
    waiting: int
    publication: PublicationBody


class DraftBody(_Body):
    """A file in the inbox: where it will lie, how it was read (null: not yet), and which files hold the same."""

    draft_id: str
    path: str
    replaces: str
    size: int
    sha256: str
    sent: datetime
    reading: Reading | None
    twins: tuple[str, ...]

    @classmethod
    def of(cls, draft: Draft, twins: tuple[str, ...]) -> DraftBody:
        """The body of a draft."""
        return cls(
            draft_id=draft.draft_id,
            path=draft.path,
            replaces=draft.replaces,
            size=draft.size,
            sha256=draft.sha256,
            sent=draft.sent,
            reading=draft.reading,
            twins=twins,
        )


class CardBody(_Body):
    """What the text says of an agreement's card, and what a manifest says instead."""

    path: str
    agreement_id: str
    read: tuple[ReadFact, ...]
    said: dict[str, tuple[str, ...]]


class Correction(_Body):
    """Field's key -> values; none: what the text says."""

    fields: dict[str, list[str]] = Field(max_length=50)


class FileBody(_Body):
    """Where a file lies in the folder."""

    path: str


class ThrownBody(_Body):
    """A file in the wastebasket: `name` finds it there, `path` is where it lay."""

    name: str
    path: str
    when: datetime
