"""Reads each file in a limited child process of its own, so that no file can hang, crash or bloat the job."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, NoReturn, Self

from corpus.reading.tesseract import can_recognise
from corpus.reading.waiting import waits_for_ocr
from corpus.reading.wire import from_bytes, receive, send
from corpus.types import AvtalError, Document, ReadError, ReadStatus

_ROOT = Path(__file__).resolve().parent.parent
_START_SECONDS = 60  # a cold disk and a busy machine
_SPARE_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: seconds of wall and of processor time, bytes of address space and of answer.

    `ocr_seconds` is for text recognition alone, in a file with scanned pages; what does not fit stays unread, and
    with 0 no page is.
    """

    seconds: int = 30
    memory: int = 1 << 30
    output: int = 64 << 20
    ocr_seconds: int = 900


class Reader:
    """A context manager that reads files one at a time, each in a fresh child with limits of its own.

    The parsers are loaded once, in a helper process that forks a child a file. Not for use from several
    threads: give each thread its own `Reader`.

    Linux keeps all limits. macOS does not enforce address space, and has no network namespaces.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._helper: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, path: Path, relative: str) -> Document:
        """The document in the file; `relative` becomes its `path`.

        Raises `ReadError` for every file that gives none: also those that take too long (TIMED_OUT), need
        too much memory, write too much text or crash their parser (REFUSED).
        """
        request = {
            "path": str(path.absolute()),
            "relative": relative,
            "seconds": self._limits.seconds,
            "ocr_seconds": self._limits.ocr_seconds,
            "memory": self._limits.memory,
            "output": self._limits.output,
        }
        helper = self._started()
        try:
            send(_descriptor(helper.stdin), json.dumps(request).encode("ascii"))
            longest = 2 * self._limits.seconds + self._limits.ocr_seconds + _SPARE_SECONDS
            deadline = time.monotonic() + longest
            answer = receive(_descriptor(helper.stdout), deadline, self._limits.output + 1)
        except TimeoutError:
            self.close()
            self._too_slow()
        except (EOFError, OSError) as error:
            code = helper.poll()
            self.close()
            raise ReadError(
                ReadStatus.REFUSED, f"läsprocessen avbröts (kod {code}) innan filen var läst; försök igen"
            ) from error
        except BaseException:
            self.close()  # an answer that nobody waited for must not become the next file's
            raise
        return self._document(answer, relative)

    def reads_again(self, document: Document) -> bool:
        """True where this reader can read pages of the document that waited for text recognition."""
        return self._limits.ocr_seconds > 0 and waits_for_ocr(document) and can_recognise()

    def close(self) -> None:
        """End the helper process and whatever it is reading."""
        helper, self._helper = self._helper, None
        if helper is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(helper.pid, signal.SIGKILL)
        helper.communicate()

    def stop(self) -> None:
        """Close for good, from any thread: a read that goes on ends, and a helper that is being started with it."""
        self._stopped = True
        self.close()

    def _started(self) -> subprocess.Popen[bytes]:
        """The helper process, ready to read. Raises `AvtalError` where it cannot start, or was stopped."""
        if self._helper is None:
            self._helper = helper = subprocess.Popen(
                [sys.executable, "-B", "-m", "corpus.reading.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=_ROOT,
                start_new_session=True,
                bufsize=0,
            )
            if self._stopped:
                self.close()
                raise AvtalError("läsningen är avslutad; börja om")
            try:
                receive(_descriptor(helper.stdout), time.monotonic() + _START_SECONDS, 1)
            except (EOFError, OSError) as error:
                code = helper.poll()
                self.close()
                raise AvtalError(
                    f"läsprocessen kan inte starta (kod {code}); felet står ovanför, kör make setup"
                ) from error
        return self._helper

    def _document(self, answer: bytes, relative: str) -> Document:
        kind, rest = answer[:1], answer[1:]
        if kind == b"T":
            self._too_slow()
        if kind == b"L":
            raise ReadError(
                ReadStatus.REFUSED,
                f"filen ger mer än {self._limits.output >> 20} MiB text; dela upp den eller spara om den",
            )
        if kind != b"A":
            raise ReadError(
                ReadStatus.REFUSED,
                f"läsaren kraschade på filen ({_cause(rest)}, ofta för att den kräver mer än "
                f"{self._limits.memory >> 20} MiB minne); öppna filen och spara om den",
            )
        try:
            outcome = from_bytes(rest, relative)
        except ValueError as error:
            raise ReadError(ReadStatus.REFUSED, f"läsaren gav ett ogiltigt svar ({error})") from error
        if isinstance(outcome, ReadError):
            raise outcome
        return outcome

    def _too_slow(self) -> NoReturn:
        raise ReadError(
            ReadStatus.TIMED_OUT,
            f"filen tog mer än {self._limits.seconds} sekunder att läsa; dela upp den eller spara om den",
        )


def read_in_child(path: Path, relative: str) -> Document:
    """`read_document` for one file in a child process. For many files, use one `Reader`: it starts once."""
    with Reader() as reader:
        return reader.read(path, relative)


def _descriptor(pipe: IO[bytes] | None) -> int:
    if pipe is None:
        raise RuntimeError("the helper process has no pipes")
    return pipe.fileno()


def _cause(status: bytes) -> str:
    """The child's exit status in words: "SIGSEGV" for -11, "kod 1" for 1."""
    with suppress(ValueError):
        code = int(status)
        return signal.Signals(-code).name if code < 0 else f"kod {code}"
    return "okänd orsak"
