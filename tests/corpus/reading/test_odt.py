from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from corpus.types import Document, FileFormat, ReadError, ReadStatus

Read = Callable[[bytes | str, str], Document]

_NAMES = ("office", "text", "table", "style", "manifest")
_SPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in _NAMES) + (
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
    ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


SHOWN = 'text:display-levels="2"'
ROWS, COLUMNS = 'table:number-rows-spanned="2"', 'table:number-columns-spanned="2"'


def odt(body: str, automatic: str = "", styles: str = "", more: dict[str, str] | None = None) -> bytes:
    """An ODT with the given XML as its text; `styles` goes into the style sheet, `more` adds parts."""
    content = (
        f"<office:document-content {_SPACES}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    sheet = f"<office:document-styles {_SPACES}>{styles}</office:document-styles>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", f"<manifest:manifest {_SPACES}/>")
        for name, xml in {"content.xml": content, "styles.xml": sheet, **(more or {})}.items():
            archive.writestr(name, xml)
    return out.getvalue()


def level(at: int, form: str, more: str = "") -> str:
    return f'<text:list-level-style-number text:level="{at}" style:num-format="{form}" {more}/>'


def listed(*items: str, more: str = 'text:style-name="L1"') -> str:
    inside = "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
    return f"<text:list {more}>{inside}</text:list>"


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def test_headings_paragraphs_spaces_tabs_and_line_breaks(read: Read) -> None:
    document = read(
        odt(
            '<text:h text:outline-level="1">Avtal\n  om   bad</text:h>'
            '<text:h text:outline-level="2">§ 1 Syfte</text:h>'
            '<text:p>  A<text:s/>B<text:s text:c="2"/>C<text:tab/>D<text:line-break/>'
            '<text:span>E</text:span> <text:a>länk</text:a><text:s text:c="999999999"/></text:p>'
        ),
        "a.odt",
    )
    assert document.format is FileFormat.ODT
    assert document.text == "Avtal om bad\n\n§ 1 Syfte\n\nA B  C\tD\nE länk"
    marked = [(document.text[at.start : at.end], at.level) for at in document.headings]
    assert marked == [("Avtal om bad", 1), ("§ 1 Syfte", 2)]
    assert document.warnings == ()


def test_list_numbers_are_those_that_libreoffice_shows(read: Read) -> None:
    styles = (
        '<text:list-style style:name="L1">'
        + level(1, "1", 'style:num-suffix="."')
        + level(2, "a", 'style:num-suffix=")" text:display-levels="2"')
        + level(3, "I", 'loext:num-list-format="(%1%:%3%)"')
        + "</text:list-style>"
    )
    body = (
        listed(p("Ett") + p("fortsätter") + listed(p("under") + listed(p("djupt")), more=""), p("Två"))
        + p("Text emellan")
        + listed(p("Tre"), more='text:style-name="L1" text:continue-numbering="true"')
        + listed(p("Börjar om"))
        + '<text:list text:style-name="L1"><text:list-item text:start-value="7"><text:p>Sju</text:p></text:list-item>'
        "<text:list-header><text:p>Utan</text:p></text:list-header></text:list>"
    )
    assert read(odt(body, styles), "a.odt").text.split("\n\n") == [
        "1. Ett", "fortsätter", "1.a) under", "(1:I) djupt", "2. Två", "Text emellan", "3. Tre", "1. Börjar om",
        "7. Sju", "Utan",
    ]  # fmt: skip


def test_a_list_continues_another_by_its_id_and_an_empty_outer_item_takes_no_number(read: Read) -> None:
    styles = f'<text:list-style style:name="L1">{level(1, "1")}{level(2, "1", SHOWN)}</text:list-style>'
    body = (
        listed(p("Ett") + listed(p("a"), more=""), more='text:style-name="L1" xml:id="x"')
        + listed(listed(p("b"), more=""), p("Två"), more='text:style-name="L1" text:continue-list="x"')
    )  # fmt: skip
    assert read(odt(body, styles), "a.odt").text.split("\n\n") == ["1 Ett", "1.1 a", "1.2 b", "2 Två"]


def test_headings_are_numbered_by_the_outline(read: Read) -> None:
    outline = (
        '<text:outline-style style:name="Outline">'
        '<text:outline-level-style text:level="1" style:num-format="1" style:num-prefix="§ "/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
        '<style:style style:family="paragraph" style:name="Fri" style:list-style-name=""/>'
    )
    body = "".join(
        f'<text:h text:outline-level="{at}" {more}>{text}</text:h>'
        for at, more, text in [
            (1, "", "Syfte"), (2, "", "Mål"), (1, 'text:style-name="Fri"', "Fri"), (1, "", "Tid"),
            (1, 'text:is-list-header="true"', "Bilaga"),
            (1, 'text:restart-numbering="true" text:start-value="9"', "Slut"),
        ]
    )  # fmt: skip
    assert read(odt(body, styles=outline), "a.odt").text.split("\n\n") == [
        "§ 1 Syfte", "1.1 Mål", "Fri", "§ 2 Tid", "Bilaga", "§ 9 Slut",
    ]  # fmt: skip


def test_bullets_stand_close_and_a_list_without_style_has_bullets(read: Read) -> None:
    styles = (
        '<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1" text:bullet-char="–"/>'
        "</text:list-style>"
    )
    body = listed(p("ett"), p("två")) + p("Text") + listed(p("tre"), more="")
    assert read(odt(body, styles), "a.odt").text == "– ett\n– två\n\nText\n\n• tre"


def test_tables_come_row_by_row_with_their_header_and_merged_cells(read: Read) -> None:
    def cell(text: str, more: str = "") -> str:
        return f"<table:table-cell {more}>{p(text)}</table:table-cell>"

    covered = "<table:covered-table-cell/>"
    body = (
        "<table:table><table:table-header-rows><table:table-row>"
        f"{cell('År')}{cell('Part')}{cell('Belopp')}</table:table-row></table:table-header-rows>"
        f"<table:table-row>{cell('2024', ROWS)}{cell('A')}{cell('5')}</table:table-row>"
        f"<table:table-row>{covered}{cell('B')}{cell('6')}</table:table-row>"
        f"<table:table-row>{cell('Summa', COLUMNS)}{covered}{cell('11')}</table:table-row>"
        "</table:table>"
    )
    assert read(odt(body), "a.odt").text == "År | Part | Belopp\n2024 | A | 5\n | B | 6\nSumma | 11"


def test_notes_boxes_comments_and_tracked_changes(read: Read) -> None:
    body = (
        '<text:tracked-changes><text:changed-region><text:deletion><text:p>struken</text:p></text:deletion>'
        '</text:changed-region></text:tracked-changes>'
        '<text:p>Avtalet gäller <text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>fem'
        '<text:change-end text:change-id="c2"/> år<office:annotation><text:p>kommentar</text:p></office:annotation>'
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        '<text:p>Se lagen.</text:p></text:note-body></text:note>.<draw:frame><svg:title>bildtext</svg:title>'
        '<draw:text-box><text:p>I rutan</text:p></draw:text-box></draw:frame></text:p><text:p>Nästa</text:p>'
    )  # fmt: skip
    assert read(odt(body), "a.odt").text == "Avtalet gäller fem år[1].\n\nI rutan\n\n[1] Se lagen.\n\nNästa"


def test_hidden_text_is_left_out_and_said(read: Read) -> None:
    automatic = (
        '<style:style style:family="text" style:name="T1"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:family="paragraph" style:name="P1"><style:text-properties text:display="none"/></style:style>'
    )
    body = (
        '<text:p>Syns <text:span text:style-name="T1">hemligt ord</text:span>här</text:p>'
        '<text:p text:style-name="P1">Dolt stycke</text:p>'
        '<text:section text:display="none"><text:p>Dolt avsnitt</text:p></text:section>'
    )
    document = read(odt(body, automatic), "a.odt")
    assert document.text == "Syns här"
    assert document.warnings == ("dold text på 3 ställen utelämnades, det första: ”hemligt ord”",)


def test_page_headers_contents_and_title(read: Read) -> None:
    sheet = (
        '<office:master-styles><style:master-page style:name="S"><style:header><text:p>Dnr 12</text:p></style:header>'
        "<style:header-first><text:p>Dnr 12</text:p></style:header-first>"
        "<style:footer><text:p>Sida 1</text:p></style:footer></style:master-page></office:master-styles>"
    )
    contents = "<text:table-of-content><text:index-body><text:p>§ 1 Syfte 2</text:p></text:index-body></text:table-of-content>"
    meta = f"<office:document-meta {_SPACES}><office:meta><dc:title>Avtal om bad</dc:title></office:meta></office:document-meta>"
    document = read(odt(contents + p("Text"), styles=sheet, more={"meta.xml": meta}), "a.odt")
    assert document.title == "Avtal om bad"
    assert [document.text[at.start : at.end] for at in document.furniture] == [
        "Dnr 12\n§ 1 Syfte 2",
        "Sida 1",
    ]


def test_an_odt_by_another_name_is_read_and_said(read: Read) -> None:
    document = read(odt(p("Avtal")), "a.docx")
    assert document.format is FileFormat.ODT
    assert "ODT" in document.warnings[0]


@pytest.mark.parametrize(
    ("more", "status", "words"),
    [
        ({"content.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}, ReadStatus.REFUSED, "dokumenttyp"),
        ({"content.xml": "<a>" * 300}, ReadStatus.REFUSED, "nästlad"),
        ({"content.xml": " " * (49 << 20)}, ReadStatus.REFUSED, "zip-bomb"),
        ({"content.xml": "<a/>"}, ReadStatus.REFUSED, "ingen OpenDocument-text"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, ReadStatus.REFUSED, "spreadsheet"),
        (
            {"META-INF/manifest.xml": f"<a {_SPACES}><manifest:encryption-data/></a>"},
            ReadStatus.ENCRYPTED,
            "lösenord",
        ),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_cannot_be_read_is_refused(
    read: Read, more: dict[str, str], status: ReadStatus, words: str
) -> None:
    with pytest.raises(ReadError, match=words) as caught:
        read(odt(p("Avtal"), more=more), "a.odt")
    assert caught.value.status is status


def test_every_truncation_ends_in_a_document_or_a_read_error(read: Read) -> None:
    data = odt(
        listed(p("Avtal om bad")) + p("Text"),
        f'<text:list-style style:name="L1">{level(1, "1")}</text:list-style>',
    )
    for end in range(1, len(data), 97):
        with pytest.raises(ReadError):
            read(data[:end], "a.odt")


def test_a_paragraph_in_bold_is_marked_as_no_more_than_that(read: Read) -> None:
    heavy = 'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" fo:font-weight="bold"'
    style = f'<style:style style:name="T1" style:family="text"><style:text-properties {heavy}/></style:style>'
    body = p('<text:span text:style-name="T1">Syfte</text:span>') + p(
        '<text:span text:style-name="T1">Syftet</text:span> är att simma'
    )
    document = read(odt(body, style), "a.odt")
    assert [(document.text[h.start : h.end], h.level) for h in document.headings] == [("Syfte", 0)]
