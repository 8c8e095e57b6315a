"""The process behind `corpus.sandbox`: for each request it forks one limited child that reads one file.

Run as `python -m corpus.reading.child`. It imports the parsers once; a fork then costs milliseconds, and
nothing that one file does to memory can reach the next. It never looks inside a document itself.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import resource
import signal
import sys
import time
from pathlib import Path

from corpus.reading.child_ocr import MOST_PICTURE, PICTURE, Asker, reply_to
from corpus.reading.document import read_document
from corpus.reading.tesseract import recognise_nothing
from corpus.reading.wire import receive, send, to_bytes
from corpus.types import ReadError, ReadStatus

MOST_REQUEST = 1 << 20
READY = b"R"
# The first byte of each answer.
ANSWER, TIMED_OUT, TOO_LONG, DIED = b"A", b"T", b"L", b"D"

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # CLONE_NEWUSER, CLONE_NEWNET of <linux/sched.h>
_REFUSED_EVENTS = (
    "socket.", "subprocess.", "shutil.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "os.remove",
    "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown",
    "ctypes.dlopen",
)  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def main() -> None:
    """Answer requests on standard input until it closes."""
    requests, answers = os.dup(0), os.dup(1)
    with Path(os.devnull).open("r+b") as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(nothing.fileno(), 1)  # so that no library can print into the answers
    _leave_network()
    gc.collect()
    gc.freeze()  # so that a child's garbage collector does not touch, and so copy, the shared pages
    with contextlib.suppress(EOFError, BrokenPipeError):  # the asking side is gone: so is the work
        send(answers, READY)
        while True:
            send(answers, _answer(json.loads(receive(requests, None, MOST_REQUEST))))


def _answer(request: dict[str, str | int]) -> bytes:
    readable, writable = os.pipe()
    replies, replying = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(readable)
        os.close(replying)
        _read_and_exit(request, writable, replies)
    os.close(writable)
    os.close(replies)
    outcome = DIED
    try:
        return _served(request, readable, replying)
    except TimeoutError:
        outcome = TIMED_OUT
    except OverflowError:
        outcome = TOO_LONG
    except (EOFError, BrokenPipeError):
        pass
    finally:
        os.close(readable)
        os.close(replying)
        os.kill(child, signal.SIGKILL)  # one that already ended keeps its own status
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status == -signal.SIGXCPU:
        outcome = TIMED_OUT
    return outcome + str(status).encode("ascii")


def _served(request: dict[str, str | int], readable: int, replying: int) -> bytes:
    """The child's answer, after its scanned pages have been read for it.

    Raises `TimeoutError`, `OverflowError`, `EOFError`, `BrokenPipeError`.
    """
    seconds, output = int(request["seconds"]), int(request["output"])
    begun = time.monotonic()
    until = begun + seconds + int(request["ocr_seconds"])
    deadline = begun + seconds
    while True:
        frame = receive(readable, deadline, max(output, MOST_PICTURE) + 1)
        if frame[:1] != PICTURE:
            if len(frame) > output + 1:
                raise OverflowError
            return frame
        send(replying, reply_to(frame[1:], until))
        deadline = min(time.monotonic() + seconds, until + seconds)


def _read_and_exit(request: dict[str, str | int], answers: int, replies: int) -> None:
    """Read the file inside the limits, send what came of it, and leave without any clean-up."""
    status = 1
    try:
        path, relative = Path(str(request["path"])), str(request["relative"])
        os.dup2(0, 2)
        seconds = int(request["seconds"])
        _limit(seconds, int(request["memory"]), int(request["ocr_seconds"]))
        sys.addaudithook(_audit)
        try:
            asker = Asker(answers, replies, seconds)
            recognise = asker.recognise if int(request["ocr_seconds"]) else recognise_nothing
            data = to_bytes(read_document(path, relative, recognise))
        except ReadError as error:
            data = to_bytes(error)
        except MemoryError:
            data = to_bytes(_refusal(f"filen kräver mer minne än gränsen {int(request['memory']) >> 20} MiB"))
        except RecursionError:
            data = to_bytes(_refusal("filen är nästlad för djupt"))
        except Exception as error:  # noqa: BLE001 - whatever a parser raises becomes this file's line
            data = to_bytes(_refusal(f"läsaren klarade inte filen ({type(error).__name__}: {error})"[:300]))
        send(answers, ANSWER + data)
        status = 0
    finally:
        os._exit(status)


def _refusal(seen: str) -> ReadError:
    return ReadError(ReadStatus.REFUSED, f"{seen}; öppna filen och spara om den, eller spara den som PDF")


def _limit(seconds: int, memory: int, more: int = 0) -> None:
    """Set the limits that this system knows. macOS refuses some of them; wall time holds everywhere.

    `more` is the processor time that a file with scanned pages may ask for on the way.
    """
    for name, soft, hard in (
        ("RLIMIT_CPU", seconds, seconds + more + 1),
        ("RLIMIT_AS", memory, memory),
        ("RLIMIT_FSIZE", 0, 0),
        ("RLIMIT_CORE", 0, 0),
        ("RLIMIT_NPROC", 0, 0),
        ("RLIMIT_NOFILE", 64, 64),
    ):
        with contextlib.suppress(ValueError, OSError, AttributeError):
            resource.setrlimit(getattr(resource, name), (soft, hard))


def _leave_network() -> None:
    """On Linux, move to a network namespace without any interface, where the system allows that.

    Without root it takes a user namespace too. Root makes none: in it, root may not read others' files.
    """
    if sys.platform.startswith("linux"):
        flags = _NEW_NETWORK if os.geteuid() == 0 else _NEW_NETWORK | _NEW_USER
        ctypes.CDLL(None).unshare(flags)


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse what no parser of documents has to do. A second fence, inside Python only."""
    if event == "open":
        flags = arguments[2]
        if isinstance(flags, int) and flags & _WRITING:
            raise PermissionError(f"{arguments[0]}: a reader writes no files")
    elif event.startswith(_REFUSED_EVENTS):
        raise PermissionError(f"{event}: not inside a reader")


if __name__ == "__main__":
    main()
