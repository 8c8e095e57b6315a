"""Questions as they are asked, masked and for at most thirty days; kept only where the operator has switched it on."""

from __future__ import annotations

import asyncio
import fcntl
import json
import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import IO

from api.masking import masked
from corpus.types import AvtalError
from indexer.disk import in_swedish
from retriever.types import Answer

logger = logging.getLogger("avtal")

MOST_DAYS = 30
"""The longest that a question may be kept."""
MOST_BYTES = 50_000_000
"""Of the file; some 300,000 questions. A flood of them must not fill the disk."""
DROP_EVERY = 6 * 3600.0
"""Seconds between the times that a server drops old questions, also when none is asked."""
FIELDS = ("day", "q", "answer", "agreements", "abstained")


def today() -> date:
    """The day now, everywhere the same."""
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class LoggedQuestion:
    """A question, masked, the day it was asked, the kind of its answer, and how many agreements that named.

    Nothing of who asked, no time of day and no address.
    """

    day: date
    q: str
    answer: str
    agreements: int
    abstained: bool


@dataclass(slots=True)
class QuestionLog:
    """Appends questions to the file at `path`, and drops those older than `days`; with None nothing is kept."""

    path: Path | None
    days: int = MOST_DAYS
    today: Callable[[], date] = today
    _dropped: date | None = None
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def record(self, question: str, answer: Answer) -> None:
        """Keep the question. A log that cannot be written is told of in the server's log, and the answer is given."""
        if self.path is None:
            return
        row = LoggedQuestion(
            self.today(), masked(question), answer.kind.value, len(answer.agreements), answer.abstained
        )
        try:
            with self._one_at_a_time:
                if self._dropped != row.day:
                    self.drop_old()
                with _locked(self.path) as file:
                    if file.seek(0, os.SEEK_END) > MOST_BYTES:
                        raise AvtalError(f"den är full ({MOST_BYTES // 1_000_000} MB)")
                    file.write(_line(row))
        except (AvtalError, OSError) as error:
            logger.error("frågeloggen %s kunde inte skrivas: %s", self.path, _why(error))

    def drop_old(self) -> int:
        """Remove the questions asked more than `days` days ago; returns how many. A line that is none goes too.

        Raises AvtalError where the file cannot be read or written.
        """
        if self.path is None or not self.path.exists():
            return 0
        day = self.today()
        try:
            with _locked(self.path) as file:
                lines = file.readlines()
                kept = [line for line in lines if (row := _row(line)) is not None and self._within(row, day)]
                if len(kept) < len(lines):
                    file.seek(0)
                    file.truncate()
                    file.writelines(kept)
        except OSError as error:
            raise AvtalError(
                f"frågeloggen {self.path} kunde inte gallras ({in_swedish(error)}); rätta det och kör avtal gallra igen"
            ) from error
        self._dropped = day
        return len(lines) - len(kept)

    async def keep_dropping(self) -> None:
        """Drop old questions now and some times a day, until cancelled."""
        while self.path is not None:
            try:
                await asyncio.to_thread(self.drop_old)
            except AvtalError as error:
                logger.error("%s", error)
            await asyncio.sleep(DROP_EVERY)

    def rows(self) -> list[LoggedQuestion]:
        """The questions that may be kept, the oldest first. Raises AvtalError where the file cannot be read."""
        if self.path is None or not self.path.exists():
            return []
        try:
            with _locked(self.path) as file:
                rows = [_row(line) for line in file]
        except OSError as error:
            raise AvtalError(
                f"frågeloggen {self.path} kunde inte läsas ({in_swedish(error)}); se AVTAL_QUESTION_LOG"
            ) from error
        day = self.today()
        return [row for row in rows if row is not None and self._within(row, day)]

    def _within(self, row: LoggedQuestion, day: date) -> bool:
        return row.day > day - timedelta(days=self.days)


def _line(row: LoggedQuestion) -> str:
    told = {name: getattr(row, name) for name in FIELDS}
    return json.dumps({**told, "day": row.day.isoformat()}, ensure_ascii=False) + "\n"


def _row(line: str) -> LoggedQuestion | None:
    """The question of a line; None for a line that is none, such as one half written at a power cut."""
    try:
        told = json.loads(line)
        return LoggedQuestion(
            date.fromisoformat(told["day"]), str(told["q"]), str(told["answer"]), int(told["agreements"]),
            bool(told["abstained"]),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


@contextmanager
def _locked(path: Path) -> Iterator[IO[str]]:
    """The file, made where there is none, for nobody else meanwhile and for no other account ever."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+", encoding="utf-8", errors="replace", newline="\n") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _why(error: Exception) -> str:
    return in_swedish(error) if isinstance(error, OSError) else str(error)
