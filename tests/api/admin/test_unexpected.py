"""What nobody foresaw ends neither the publisher nor the inbox: it is told, and the next one goes on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NoReturn

import pytest

from api.admin.drafts import Draft, Drafts, Target
from api.admin.publishing import Order, Phase, Publisher
from corpus.types import ReadStatus
from indexer.types import Encoder
from tests.conftest import WordEncoder


def test_a_publication_that_ends_in_an_unexpected_error_stops_no_later_one(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(generation: str, agreements: int, actor: str) -> NoReturn:
        raise ZeroDivisionError(f"{generation} {agreements} {actor}")

    publisher, order = Publisher(fails), Order(folder, tmp_path / "index", "", "Anna")
    publisher.begin(order)
    publisher.wait(180)
    assert (publisher.state.phase, "oväntat fel" in publisher.state.error) == (Phase.FAILED, True)
    assert "ZeroDivisionError" in caplog.text
    publisher.begin(order)
    publisher.wait(180)
    assert publisher.state.phase is Phase.UNCHANGED


def sent(drafts: Drafts) -> Draft:
    """The draft of a file that is put into the inbox, when it has been read or cannot be."""

    async def content() -> AsyncIterator[bytes]:
        yield "Avtal om sjöboden\n\n§ 1 Boden\n\nBoden får målas röd.\n".encode()

    draft = asyncio.run(drafts.put(Target("bod.txt"), content()))
    drafts.wait(draft.draft_id, 60)
    return drafts.get(draft.draft_id)


def test_a_file_that_ends_in_an_unexpected_error_is_said_to_be_unread(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def fails() -> Encoder:
        raise ZeroDivisionError

    drafts = Drafts(tmp_path, 1_000, fails)
    reading = sent(drafts).reading
    drafts.close()
    assert reading is not None
    assert (reading.status, "oväntat fel" in reading.reason) == (ReadStatus.REFUSED, True)
    assert "ZeroDivisionError" in caplog.text


def test_a_reading_that_cannot_be_written_is_told_and_read_again_at_the_next_start(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def in_the_way() -> Encoder:
        for folder in tmp_path.glob("*/"):
            (folder / "utkast.json.new").mkdir()
        return WordEncoder()

    drafts = Drafts(tmp_path, 1_000, in_the_way)
    draft = sent(drafts)
    drafts.close()
    assert draft.reading is None
    assert "en mapp ligger där en fil behövs" in caplog.text
    (tmp_path / draft.draft_id / "utkast.json.new").rmdir()
    again = Drafts(tmp_path, 1_000, WordEncoder)
    again.begin()
    again.wait(draft.draft_id, 60)
    read = again.get(draft.draft_id).reading
    again.close()
    assert read is not None
    assert read.status is ReadStatus.INDEXED
