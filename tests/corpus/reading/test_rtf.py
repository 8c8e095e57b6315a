from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.types import Document, FileFormat, ReadError

Read = Callable[[bytes | str, str], Document]

_FONTS = (
    r"{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset204 Times;}{\f2\fnil\fcharset2 Symbol;}"
    r"{\f3\fcharset77 Geneva;}{\f4\fcharset238 Arial CE;}}"
)
_STYLES = (
    r"{\stylesheet{\ql Normal;}{\s1\outlinelevel0 heading 1;}{\*\cs10 Standardstycke;}{\s2 Rubrik 2;}"
    r"{\s3 toc 1;}}"
)


def rtf(body: str, head: str = "") -> bytes:
    return (r"{\rtf1\ansi\ansicpg1252\deff0" + _FONTS + _STYLES + head + body + "}").encode("latin-1")


def row(*cells: str) -> str:
    return (
        r"\trowd"
        + r"\cellx9" * len(cells)
        + r"\pard\intbl "
        + "".join(f"{c}\\cell " for c in cells)
        + "\\row\n"
    )


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (r"F\'f6rs\'e4ljning p\'e5 \'c5land", "Försäljning på Åland"),
        (r"\u229?rlig \u246\'f6versyn", "årlig översyn"),
        (r"{\uc2\u228\'c3\'a4r}{\uc0\u229}{\uc1 \u-10179?\u-8704?}", "ärå😀"),
        (r"{\f1 \'e0\'e1}\'e4", "абä"),
        (r"{\f3 \'8c\'8a\'9a}", "åäö"),
        (r"{\f2\'b7} 5 \'80 \endash  \ldblquote s\rdblquote\~k", "• 5 € – “s”\u00a0k"),
        (r"e\_post av\-tal \{a\} \\b\emdash\tab c\line d", "e-post avtal {a} \\b—\tc\nd"),
        (r"{\upr{kort}{\*\ud{l\u229?ng}}}", "lång"),
        ("rå bytes på svenska", "rå bytes på svenska"),
        ("över\r\n delat", "över delat"),
        (r"a{\field{\*\fldinst HYPERLINK x}{\fldrslt l\'e4nk}}b", "alänkb"),
        (r"a{\pict\bin4 {}}\}{\*\okant dolt}{\bkmkstart m}b", "ab"),
        (r"a{\object{\*\objdata 0102}{\result visas}}", "avisas"),
    ],
)
def test_characters(read: Read, code: str, text: str) -> None:
    document = read(rtf(code), "a.rtf")
    assert document.format is FileFormat.RTF
    assert document.text == text


def test_utf8_bytes_and_an_old_mac_file(read: Read) -> None:
    assert read("{\\rtf1\\ansi Årlig översyn}".encode(), "a.rtf").text == "Årlig översyn"
    assert read(b"{\\rtf1\\mac \\'8crlig}", "b.rtf").text == "årlig"
    assert read(b"{\\rtf1\\ansi\\ansicpg1250 \\'b3}", "c.rtf").text == "ł"


def test_headings_numbers_and_bullets_as_shown(read: Read) -> None:
    body = (
        r"{\info{\title Avtal om bad}{\author Ingen}}"
        r"\pard\s1\outlinelevel0 {\listtext\pard 1.\tab}Syfte\par\pard\plain L\'f6pande\par"
        r"\pard\s2 {\listtext 1.1\tab}M\'e5l\par\pard{\pntext\f2\'B7\tab}ett\par{\pntext\f2\'B7\tab}tv\'e5\par"
        r"\pard\s3 Syfte\tab 2\par\pard Slut"
    )
    document = read(rtf(body), "a.rtf")
    assert document.text == "1. Syfte\n\nLöpande\n\n1.1 Mål\n\n• ett\n• två\nSyfte\t2\n\nSlut"
    assert [(document.text[at.start : at.end], at.level) for at in document.headings] == [
        ("1. Syfte", 1), ("1.1 Mål", 2),
    ]  # fmt: skip
    assert [document.text[at.start : at.end] for at in document.furniture] == ["Syfte\t2"]
    assert document.title == "Avtal om bad"


def test_tables_row_by_row(read: Read) -> None:
    body = (
        r"F\'f6re\par" + row("\\'c5r", "Belopp", "") + row("2024", r"5\par mnkr", "x")
        + r"\trowd\cellx1\clmrg\cellx2\cellx3\pard\intbl Summa\cell\cell 11\cell\row\pard Efter\par"
        + row(r"Ett\par Tv\'e5\par Tre\par Fyra", "b")
    )  # fmt: skip
    assert read(rtf(body), "a.rtf").text == (
        "Före\n\nÅr | Belopp\n2024 | 5 mnkr | x\nSumma | 11\n\nEfter\n\nEtt\n\nTvå\n\nTre\n\nFyra\n\nb"
    )


def test_a_table_in_a_cell_is_read_as_lines_of_it(read: Read) -> None:
    inner = r"\pard\intbl\itap2 a\nestcell b\nestcell{\*\nesttableprops\trowd\cellx1\cellx2\nestrow}{\nonesttables\par}"
    body = (
        r"\trowd\cellx1\cellx2\pard\intbl\itap1 Ytter\par "
        + inner
        + r"\pard\intbl\itap1 \cell Andra\cell\row"
    )
    assert read(rtf(body), "a.rtf").text == "Ytter\n\na | b\n\nAndra"


def test_tracked_changes_hidden_text_and_comments(read: Read) -> None:
    body = (
        r"G\'e4ller {\deleted tre}{\revised fem} \'e5r{\v dold r\'e5d}{\*\annotation kommentar}.\par "
        r"Tv\'e5 stycken {\deleted\par}blev ett.\par{\v0 syns}{\plain\v\plain \'e4ven}"
    )
    document = read(rtf(body), "a.rtf")
    assert document.text == "Gäller fem år.\n\nTvå stycken blev ett.\n\nsynsäven"
    assert document.warnings == ("dold text på 1 ställe utelämnades, det första: ”dold råd”",)


COLOURS = r"{\colortbl;\red255\green255\blue255;\red0\green0\blue128;}"


@pytest.mark.parametrize(
    "body", [r"{\cf1 dold r\'e5d}", r"\cf1 dold r\'e5d\cf0", r"{\fs2 dold r\'e5d}", r"\fs0 dold r\'e5d\fs20", r"\cf1\cb2\plain\cf1 dold r\'e5d"]
)  # fmt: skip
def test_white_and_tiny_letters_are_left_out_and_said(read: Read, body: str) -> None:
    document = read(rtf(COLOURS + r"Syns \'e4ven\par " + body), "a.rtf")
    assert document.text == "Syns även"
    assert document.warnings == ("dold text på 1 ställe utelämnades, det första: ”dold råd”",)


@pytest.mark.parametrize(
    "body",
    [
        r"\cf2 Syns", r"\cf1\highlight2 Syns", r"\cbpat2\plain\cf1 Syns", r"\trowd\cellx1000\intbl\cf1 Syns\cell\row",
        r"\viewbksp1\cf1 Syns", r"{\*\background{\shp{\*\shpinst}}}\cf1 Syns", r"\fs4{\fs20 Syns}", r"\cf9 Syns",
    ],
)  # fmt: skip
def test_white_letters_on_a_colour_are_read(read: Read, body: str) -> None:
    document = read(rtf(COLOURS + body), "a.rtf")
    assert document.text == "Syns"
    assert document.warnings == ()


def test_notes_boxes_and_page_headers(read: Read) -> None:
    body = (
        r"{\header Dnr 12\par}{\headerf Dnr 12\par}{\footer Sida 1\par}"
        r"Text{\super\chftn}{\footnote\pard{\super\chftn} Se lagen.\par} och{\*\footnote\ftnalt Slut.}."
        r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt I rutan\par}}{\shprslt I rutan}}\par N\'e4sta"
    )
    document = read(rtf(body), "a.rtf")
    assert document.text == (
        "Dnr 12\n\nText[1] och[i].\n\n[1] Se lagen.\n\n[i] Slut.\n\nI rutan\n\nNästa\n\nSida 1"
    )
    assert [document.text[at.start : at.end] for at in document.furniture] == ["Dnr 12", "Sida 1"]


def test_a_file_that_ends_too_early_is_read_and_said(read: Read) -> None:
    document = read(rtf(r"Avtal om bad\par {\b Och mer")[:-1], "a.rtf")
    assert document.text == "Avtal om bad\n\nOch mer"
    assert "slutar för tidigt: 2 grupper" in document.warnings[0]


def test_bottomless_nesting_is_refused_and_what_follows_the_document_is_not_read(read: Read) -> None:
    with pytest.raises(ReadError, match="nästlad"):
        read(rb"{\rtf1" + b"{" * 20_000, "a.rtf")
    assert read(rtf("Avtal") + b" mer {text}", "b.rtf").text == "Avtal"


def test_every_truncation_and_every_lost_byte_ends_in_a_document_or_a_read_error(read: Read) -> None:
    data = rtf(row("a", r"\'e5") + r"{\footnote x}{\field{\*\fldinst y}{\fldrslt z}}\par\u229?{\pntext 1.}b")
    for at in range(6, len(data), 5):
        for broken in (data[:at], data[:at] + data[at + 1 :], data[:at] + b"}" + data[at:]):
            try:
                assert read(broken, "a.rtf").text
            except ReadError as error:
                assert error.reason


def test_a_paragraph_in_bold_is_marked_as_no_more_than_that(read: Read) -> None:
    document = read(
        rtf(r"{\b Syfte}\par {\b Syftet} \'e4r att simma.\par\b Tid\b0\par Ett \'e5r.\par"), "a.rtf"
    )
    assert [(document.text[h.start : h.end], h.level) for h in document.headings] == [
        ("Syfte", 0),
        ("Tid", 0),
    ]
