from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.reading.canonical import canonical
from corpus.reading.document import read_document
from corpus.reading.encoding import decode
from corpus.types import Document, FileFormat, ReadError, ReadStatus

Read = Callable[[bytes | str, str], Document]

SWEDISH = "§ 1 Syfte\nÅrlig översyn av kompetensförsörjning – “så här” 5 €\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be-sig", "cp1252"])
def test_swedish_text_comes_out_the_same_in_every_likely_encoding(read: Read, encoding: str) -> None:
    data = (
        b"\xfe\xff" + SWEDISH.encode("utf-16-be") if encoding == "utf-16-be-sig" else SWEDISH.encode(encoding)
    )
    document = read(data, "avtal.txt")
    assert document.text == SWEDISH
    assert document.format is FileFormat.TXT
    assert document.path == "mapp/avtal.txt"
    assert document.warnings == ()


def test_line_ends_and_decomposed_letters_become_canonical(read: Read) -> None:
    document = read("A\u030arlig\r\növer\rsyn\x0cslut\u2028rad", "a.txt")
    assert document.text == "Årlig\növer\nsyn\nslut\nrad"


def test_plain_text_keeps_what_shows_nothing(read: Read) -> None:
    text = "kompetens\u00adförsörjning\u00a0\u200b \n  • punkt\t\n\n\n"
    assert read(text, "a.txt").text == text


def test_control_characters_become_spaces_one_for_one() -> None:
    assert canonical("a\x01b\x00c\x7fd\ue000\ud800") == "a b c d\ue000\ufffd"


@pytest.mark.parametrize(
    "broken", ["kompetensfÃ¶rsÃ¶rjning", "R\ufffdtt", "fï¿½r", "Â§ 4 gäller", "f”r s„kerhet", "pĺ sjön"]
)
def test_mojibake_is_kept_and_warned_of(read: Read, broken: str) -> None:
    document = read(f"Avtal om {broken} här", "a.txt")
    assert broken in document.text
    assert len(document.warnings) == 1
    assert "teckenfel på" in document.warnings[0]


def test_latin1_that_is_no_utf8_gets_its_swedish_letters() -> None:
    assert decode("kompetensförsörjning på sjön".encode("latin-1")) == "kompetensförsörjning på sjön"


def test_declared_encoding_loses_against_valid_utf8() -> None:
    assert decode("åäö".encode(), "iso-8859-1") == "åäö"
    assert decode("åäö".encode("mac-roman"), "macintosh") == "åäö"
    assert decode(b"abc\xe5", "unicode_escape") == "abcå"


def test_binary_content_is_refused(read: Read) -> None:
    with pytest.raises(ReadError, match="binärt") as caught:
        read(b"abc\x00\x01\x02", "a.txt")
    assert caught.value.status is ReadStatus.REFUSED
    with pytest.raises(ReadError, match="styrtecken"):
        read(bytes(range(1, 9)) * 20, "a.txt")


def spans_lie_inside(document: Document) -> None:
    ranges = [(span.start, span.end) for span in document.furniture]
    ranges += [(heading.start, heading.end) for heading in document.headings]
    assert all(0 <= start < end <= len(document.text) for start, end in ranges)
    assert unicodedata.is_normalized("NFC", document.text)
    assert not set("\r\x00\x0b\x0c\x85\u2028\u2029") & set(document.text)
    assert document.text.encode()
    if document.pages:
        assert [page.start for page in document.pages][1:] == [page.end for page in document.pages][:-1]
        assert (document.pages[0].start, document.pages[-1].end) == (0, len(document.text))


@settings(max_examples=150)
@given(
    content=st.one_of(
        st.binary(max_size=400), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
    ),
    suffix=st.sampled_from([".txt", ".md", ".html", ".pdf", ".docx", ".odt", ".rtf", ".eml", ".xyz"]),
)
def test_any_bytes_give_a_document_or_a_read_error(content: bytes, suffix: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"fil{suffix}"
        path.write_bytes(content)
        try:
            spans_lie_inside(read_document(path, path.name))
        except ReadError as error:
            assert error.reason


@settings(max_examples=150)
@given(st.text(alphabet=st.sampled_from("aÅå\u030a§1. #=-`~*\n\t|<>ph/2"), max_size=120))
def test_any_marked_up_text_has_its_spans_inside(text: str) -> None:
    with TemporaryDirectory() as folder:
        for suffix, start in ((".md", ""), (".html", "<html>")):
            path = Path(folder) / f"fil{suffix}"
            path.write_text(start + text)
            try:
                document = read_document(path, path.name)
            except ReadError:
                continue
            spans_lie_inside(document)
            if suffix == ".md":
                assert document.text == canonical(text)
