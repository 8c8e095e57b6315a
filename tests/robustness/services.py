"""The services that answers are compared between, each over an index that is made anew for every world."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fastapi import FastAPI

from api.app import create_app
from api.settings import Access, Settings
from corpus.reading.document import read_document
from indexer.build import build_index
from indexer.store import Index, open_index
from indexer.types import Encoder
from tests.robustness.asgi import Asgi, Reply
from tests.robustness.random_requests import Asked
from tests.robustness.random_worlds import World

DAY = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)


@dataclass
class Service:
    """A service over an index that is made anew for each world."""

    place: Path
    encoder: Encoder
    settings: Settings
    app: FastAPI = field(init=False)
    index: Index | None = None

    def __post_init__(self) -> None:
        self.app = create_app(self.settings)

    def publish(self, world: World, with_readers: bool = True) -> None:
        """Publish the world step by step. Where a step has no file there is no index, and nothing is remembered."""
        shutil.rmtree(self.place, ignore_errors=True)
        folder = self.place / "avtal"
        folder.mkdir(parents=True)
        for number in range(len(world.steps)):
            world.write(number, folder, with_readers)
            if not world.steps[number]:
                shutil.rmtree(self.settings.index, ignore_errors=True)
                continue
            now = DAY + timedelta(days=number)
            build_index(folder, self.settings.index, self.encoder, read_document, now=now)
        self.index = open_index(self.settings.index)
        self.app.state.live.refresh()

    def ask(self, asked: Asked, shown: Mapping[str, str], by: Asgi) -> Reply:
        """The reply to a request of the holder of the key."""
        headers = {**shown, **asked.headers, **({"Content-Type": "application/json"} if asked.body else {})}
        return by.ask(self.app, asked.method, asked.path, headers, asked.body)


@dataclass
class Services:
    """The guarded service, the one where the hidden never were, the open one, and all by one encoder."""

    guarded: Service
    bare: Service
    open: Service
    whole: Service

    @classmethod
    def over(cls, work: Path, keys: Path, encoder: Encoder) -> Services:
        def service(name: str, settings: dict[str, object]) -> Service:
            index = work / name / "index"
            return Service(work / name, encoder, Settings.model_validate({**settings, "index": index}))

        closed: dict[str, object] = {"access": Access.KEYS, "keys": keys, "at_work": 8}
        return cls(
            service("vaktat", closed), service("utan", closed), service("öppet", {"at_work": 8}),
            service("allt", {"at_work": 8}),
        )  # fmt: skip
