"""Text recognition by the program Tesseract, where it is installed: a picture in, lines out. Nothing touches the disk."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from corpus.reading.hocr import ReadLine, lines_of, with_signs

PAGE_SECONDS = 120
_LIST_SECONDS = 20
_MEMORY = 1 << 30
_SWEDISH, _ENGLISH = "swe", "eng"
# One model for every language in Latin letters. It knows § % – as well as å ä ö, which the Swedish one does not.
_LATIN = ("Latin", "script/Latin")
_SIGNS = "§%"
_SET_UP = "kör make setup-ocr och indexera igen"


class OcrMissingError(Exception):
    """There is no text recognition on this machine. The message says so in Swedish, with the next command."""


class OcrFailedError(Exception):
    """One picture could not be read. The message says why, in Swedish."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a picture: 8-bit grey, row by row, `width * height` bytes, and its resolution in dots per inch."""

    width: int
    height: int
    grey: bytes
    dpi: int

    def __post_init__(self) -> None:
        if len(self.grey) != self.width * self.height:
            raise ValueError(f"{len(self.grey)} bytes, want {self.width} x {self.height}")


Recognise = Callable[[Picture], tuple[ReadLine, ...]]
"""Reads a picture. Raises OcrMissingError, OcrFailedError."""


def recognise_nothing(_picture: Picture) -> tuple[ReadLine, ...]:
    """Raises OcrMissingError: the person who asked does not want scanned pages read."""
    raise OcrMissingError("textigenkänningen (OCR) är avstängd; kör avtal index utan --no-ocr")


def recognise_here(picture: Picture, seconds: float = PAGE_SECONDS) -> tuple[ReadLine, ...]:
    """The picture's lines in reading order, read by Tesseract in `seconds` at most.

    Raises OcrMissingError without Tesseract or its Swedish data, OcrFailedError where it takes too long or fails.
    """
    program, models = _installed()
    latin = next((model for model in _LATIN if model in models), None)
    if latin is not None:
        return lines_of(_run(program, latin, picture, seconds))
    lines = lines_of(_run(program, _SWEDISH, picture, seconds))
    if _ENGLISH not in models:
        return lines
    return with_signs(lines, lines_of(_run(program, _ENGLISH, picture, seconds)), _SIGNS)


def can_recognise() -> bool:
    """True where Tesseract is installed with a model that reads Swedish."""
    try:
        _installed()
    except OcrMissingError:
        return False
    return True


@cache
def _installed() -> tuple[str, frozenset[str]]:
    """The program's path and the names of its models."""
    program = shutil.which("tesseract")
    if program is None:
        raise OcrMissingError(f"textigenkänning (OCR) är inte installerad: {_SET_UP}")
    try:
        done = subprocess.run(
            [program, "--list-langs"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_LIST_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise OcrMissingError(
            f"textigenkänningen (OCR) går inte att starta ({type(error).__name__}): {_SET_UP}"
        ) from error
    models = frozenset(done.stdout.decode("utf-8", "replace").split())
    if _SWEDISH not in models and models.isdisjoint(_LATIN):
        raise OcrMissingError(f"textigenkänningen (OCR) saknar svenska: {_SET_UP}")
    return program, models


def _run(program: str, model: str, picture: Picture, seconds: float) -> str:
    """The program's hOCR output. `--psm 1`: find columns and paragraphs, and how the page is turned."""
    command = [program, "stdin", "stdout", "-l", model, "--psm", "1", "--dpi", str(picture.dpi)]
    try:
        done = subprocess.run(
            [*command, "-c", "tessedit_create_hocr=1"],
            input=b"P5 %d %d 255\n" % (picture.width, picture.height) + picture.grey,
            capture_output=True,
            timeout=seconds,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            preexec_fn=lambda: _limit(int(seconds) + 1),
        )
    except subprocess.TimeoutExpired as error:
        raise OcrFailedError(f"textigenkänningen tog mer än {int(seconds)} sekunder") from error
    except subprocess.CalledProcessError as error:
        raise OcrFailedError(f"textigenkänningen avbröts (kod {error.returncode})") from error
    except OSError as error:
        raise OcrFailedError(f"textigenkänningen kunde inte startas ({error.strerror})") from error
    return done.stdout.decode("utf-8", "replace")


def _limit(seconds: int) -> None:
    """In the new process: a bound on time and memory, no files written, no processes of its own."""
    for name, most in (
        ("RLIMIT_CPU", seconds),
        ("RLIMIT_AS", _MEMORY if sys.platform.startswith("linux") else resource.RLIM_INFINITY),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_NPROC", 0),
        ("RLIMIT_NOFILE", 64),
    ):
        with suppress(ValueError, OSError, AttributeError):
            resource.setrlimit(getattr(resource, name), (most, most))
