from __future__ import annotations

import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

from corpus.reading.wire import from_bytes, to_bytes
from corpus.sandbox import Limits, Reader, read_in_child
from corpus.types import AvtalError, Document, FileFormat, Heading, Page, ReadError, ReadStatus, Span

ROOT = Path(__file__).resolve().parents[2]


def written(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def flate_bomb(size: int) -> bytes:
    """A PDF with one page whose content inflates to `size` bytes."""
    packer = zlib.compressobj(9)
    block = b" " * (1 << 20)
    stream = b"".join(packer.compress(block) for _ in range(size >> 20)) + packer.flush()
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\n"
        b"trailer<</Root 1 0 R>>%%%%EOF" % (len(stream), stream)
    )


def test_a_document_comes_out_as_it_would_in_process(tmp_path: Path) -> None:
    path = written(tmp_path, "a.md", "# Avtal\n\nÅrlig översyn – 5 €\n")
    document = read_in_child(path, "mapp/a.md")
    assert document == Document(
        path="mapp/a.md",
        format=FileFormat.MARKDOWN,
        text="# Avtal\n\nÅrlig översyn – 5 €\n",
        headings=(Heading(0, 7, 1),),
    )


def test_a_read_error_comes_out_with_its_status_and_reason(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="tom") as caught:
        read_in_child(written(tmp_path, "a.txt", b""), "a.txt")
    assert caught.value.status is ReadStatus.REFUSED


def test_an_odd_file_name_is_no_trouble(tmp_path: Path) -> None:
    names = ["å ä ö.txt", "rad\nbrytning.txt", "-rf.txt", "\udce5.txt", "'; drop.txt", "💣.txt"]
    with Reader() as reader:
        for name in names:
            path = written(tmp_path, name, "Avtal")
            assert reader.read(path, name).path == name


def test_misbehaving_files_get_their_status_and_the_next_one_is_read(tmp_path: Path) -> None:
    good = written(tmp_path, "bra.txt", "Avtal om bad")
    slow = written(tmp_path, "seg.html", "<html><body>" + "<p>x" * 800_000)
    long = written(tmp_path, "lång.txt", "Avtal " * 400_000)
    bomb = written(tmp_path, "bomb.pdf", flate_bomb(900 << 20))
    with Reader(Limits(seconds=2, memory=500 << 20, output=1 << 20)) as reader:
        for path, status, words in (
            (slow, ReadStatus.TIMED_OUT, "2 sekunder"),
            (long, ReadStatus.REFUSED, "mer än 1 MiB text"),
        ):
            start = time.monotonic()
            with pytest.raises(ReadError, match=words) as caught:
                reader.read(path, path.name)
            assert caught.value.status is status
            assert time.monotonic() - start < 20
            assert reader.read(good, "bra.txt").text == "Avtal om bad"
        with pytest.raises(ReadError):
            reader.read(bomb, "bomb.pdf")
        assert reader.read(good, "bra.txt").text == "Avtal om bad"


def test_memory_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    big = written(tmp_path, "stor.html", "<html><body>" + "<p>x" * 800_000)
    with (
        Reader(Limits(memory=300 << 20)) as reader,
        pytest.raises(ReadError, match=r"minne|kraschade") as caught,
    ):
        reader.read(big, "stor.html")
    assert caught.value.status is ReadStatus.REFUSED


def test_many_small_files_take_milliseconds_each(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", "Avtal " * 100)
    with Reader() as reader:
        reader.read(path, "a.txt")
        start = time.monotonic()
        for _ in range(50):
            reader.read(path, "a.txt")
        assert (time.monotonic() - start) / 50 < 0.2  # about 0.005 on an idle machine


def test_the_child_can_neither_write_nor_connect(tmp_path: Path) -> None:
    probe = f"""
import os, socket, subprocess, sys
from corpus.reading import child
sink = os.open({str(tmp_path / "redan.txt")!r}, os.O_WRONLY | os.O_CREAT)
child._leave_network()
child._limit(5, 1 << 30)
try:
    os.write(sink, b"x")
    sys.exit("wrote through an open file")
except OSError:
    pass
sys.addaudithook(child._audit)
for attempt in (
    lambda: open({str(tmp_path / "ny.txt")!r}, "w"),
    lambda: os.open({str(tmp_path / "ny.txt")!r}, os.O_CREAT | os.O_RDWR),
    lambda: socket.create_connection(("127.0.0.1", 9)),
    lambda: subprocess.run(["true"]),
    lambda: os.remove({str(tmp_path / "redan.txt")!r}),
    lambda: os.fork(),
):
    try:
        attempt()
    except PermissionError:
        continue
    os._exit(3)
"""
    done = subprocess.run(
        [sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert not (tmp_path / "ny.txt").exists()
    assert (tmp_path / "redan.txt").read_bytes() == b""


def test_closing_ends_the_helper_at_once(tmp_path: Path) -> None:
    reader = Reader()
    reader.read(written(tmp_path, "a.txt", "Avtal"), "a.txt")
    reader.close()
    reader.close()
    assert reader.read(tmp_path / "a.txt", "a.txt").text == "Avtal"
    reader.close()


def test_a_reader_that_is_stopped_while_its_helper_starts_leaves_none(tmp_path: Path) -> None:
    """A server that stopped at that moment once left a helper behind."""
    path = written(tmp_path, "a.txt", "Avtal")
    reader = Reader()
    reader.stop()
    with pytest.raises(AvtalError, match="avslutad"):
        reader.read(path, "a.txt")
    assert reader._helper is None


def test_a_helper_that_dies_costs_one_file_and_is_replaced(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", "Avtal")
    with Reader() as reader:
        reader.read(path, "a.txt")
        helper = reader._helper
        assert helper is not None
        helper.kill()
        helper.wait()
        with pytest.raises(ReadError, match="avbröts"):
            reader.read(path, "a.txt")
        assert reader.read(path, "a.txt").text == "Avtal"


def test_a_helper_that_cannot_start_is_no_fault_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with Reader() as reader, pytest.raises(AvtalError, match="make setup") as caught:
        reader.read(written(tmp_path, "a.txt", "Avtal"), "a.txt")
    assert not isinstance(caught.value, ReadError)


def test_the_wire_keeps_a_document_and_refuses_anything_else() -> None:
    document = Document(
        path="a.pdf",
        format=FileFormat.PDF,
        text="Årsavtal\n",
        pages=(Page(1, 0, 9, ocr=True),),
        headings=(Heading(0, 8, 1),),
        furniture=(Span(0, 3),),
        title="Avtal",
        warnings=("varning",),
        ocr=(Span(2, 4),),
    )
    assert from_bytes(to_bytes(document), "a.pdf") == document
    for wrong in (
        b"", b"[]", b"{}", b"\xff", b'"text"', b'{"status": "bra", "reason": "x"}',
        to_bytes(document).replace(b"[[0, 3]]", b"[[0, 99]]"),
        to_bytes(document).replace(b"[[0, 3]]", b'[["0", 3]]'),
        to_bytes(document).replace(b'"pdf"', b'"exe"'),
    ):  # fmt: skip
        with pytest.raises(ValueError, match="no document"):
            from_bytes(wrong, "a.pdf")
