from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.reading.document import read_document
from corpus.types import Document, ReadError, ReadStatus

Read = Callable[[bytes | str, str], Document]


@pytest.mark.parametrize(
    ("content", "name", "status", "words"),
    [
        (b"", "a.txt", ReadStatus.REFUSED, "tom"),
        (b"", "a.pdf", ReadStatus.REFUSED, "tom"),
        (b" \n\t", "a.txt", ReadStatus.REFUSED, "ingen synlig text"),
        (b"abc", "a.xyz", ReadStatus.REFUSED, r"formatet \.xyz kan inte läsas"),
        (b"abc", "utan", ReadStatus.REFUSED, "utan känd filändelse"),
        (b"\x89PNG\r\n\x1a\n1234", "a.txt", ReadStatus.REFUSED, "bild"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc", ReadStatus.REFUSED, r"\.doc"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "a.docx",
            ReadStatus.ENCRYPTED,
            "lösenord",
        ),
    ],
)
def test_files_that_give_no_document(
    read: Read, content: bytes, name: str, status: ReadStatus, words: str
) -> None:
    with pytest.raises(ReadError, match=words) as caught:
        read(content, name)
    assert caught.value.status is status


def test_a_missing_file_a_folder_and_a_pipe_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "rör.txt")
    for name in ("finns-inte.txt", ".", "rör.txt", "noll\x00.txt"):
        with pytest.raises(ReadError) as caught:
            read_document(tmp_path / name, name)
        assert caught.value.status is ReadStatus.REFUSED


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("<!-- -->" * 100_000 + "avtal", "kommentarer.txt"),
        ("---\n" + "-a: b\n" * 100_000, "metadata.md"),
        ("# " + " #" * 300_000 + " avtal", "rubrik.md"),
        ("# " + " " * 1_000_000 + "avtal", "mellanslag.md"),
        ("<html><p>" + " \t" * 500_000 + "avtal" + "a" * 1_000_000, "mellanrum.html"),
        (
            "<html><title>" + "a - " * 200_000 + "</title><p class='" + "cookie" * 100_000 + "'>avtal",
            "titel.html",
        ),
        ("<html><body><ol>" + "<li>avtal" * 20_000, "lista.html"),
        ("<html><body>" + "<div><table><tr><td>" * 300 + "avtal", "tabeller.html"),
    ],
)
def test_long_and_odd_content_takes_no_time_to_speak_of(read: Read, content: str, name: str) -> None:
    start = time.monotonic()
    assert "avtal" in read(content + " avtal", name).text
    assert time.monotonic() - start < 10  # about 0.5 on an idle machine; a quadratic step takes minutes


def test_the_suffix_may_be_in_capitals(read: Read) -> None:
    assert read("Avtal", "A.TXT").text == "Avtal"
