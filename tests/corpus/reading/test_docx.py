from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import pytest

from corpus.sections import sections_of
from corpus.types import Document, FileFormat, ReadError, ReadStatus

Read = Callable[[bytes | str, str], Document]
Word = Callable[..., bytes]


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def listed(text: str, level: int = 0, num: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def lvl(at: int, style: str, pattern: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def numbering(
    *levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
) -> dict[str, str]:
    return {"numbering": f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}'}


def test_paragraphs_headings_and_tables_in_order(read: Read) -> None:
    file = docx.Document()
    file.core_properties.title = "Avtal om bad"
    file.add_heading("Samverkansavtal", 0)
    file.add_heading("§ 1 Syfte", 1)
    file.add_paragraph("Parterna ska samverka.")
    table = file.add_table(2, 3)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ["År", "Belopp", "", "2024", "5 mnkr", "x"], strict=True
    ):
        cell.text = text
    file.add_heading("§ 1.1 Mål", 2)
    written = io.BytesIO()
    file.save(written)
    document = read(written.getvalue(), "a.docx")
    assert document.text == (
        "Samverkansavtal\n\n§ 1 Syfte\n\nParterna ska samverka.\n\n"
        "År | Belopp\n2024 | 5 mnkr | x\n\n§ 1.1 Mål"
    )
    assert [(document.text[at.start : at.end], at.level) for at in document.headings] == [
        ("Samverkansavtal", 1),
        ("§ 1 Syfte", 1),
        ("§ 1.1 Mål", 2),
    ]
    assert document.title == "Avtal om bad"
    assert document.format is FileFormat.DOCX


def test_swedish_style_names_and_outline_levels_are_headings(read: Read, word: Word) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Rubrik2"><w:name w:val="Rubrik 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Egen"><w:name w:val="Avtalsparagraf"/>'
        '<w:basedOn w:val="Rubrik2"/></w:style>'
    )
    body = (
        p("Ett", '<w:pStyle w:val="Rubrik2"/>')
        + p("Två", '<w:pStyle w:val="Egen"/>')
        + p("Tre", '<w:outlineLvl w:val="2"/>')
        + p("Fyra", '<w:pStyle w:val="Egen"/><w:outlineLvl w:val="9"/>')
    )
    document = read(word(body, {"styles": styles}), "a.docx")
    assert [at.level for at in document.headings] == [2, 2, 3]


def test_numbers_are_those_that_word_shows(read: Read, word: Word) -> None:
    levels = (
        lvl(0, "decimal", "§ %1"),
        lvl(1, "decimal", "%1.%2"),
        lvl(2, "lowerLetter", "%3)"),
        lvl(3, "lowerRoman", "(%4)"),
    )
    body = "".join(
        listed(text, level)
        for text, level in [
            ("Syfte", 0), ("Mål", 1), ("Medel", 1), ("ett", 2), ("två", 2), ("i", 3), ("ii", 3),
            ("Tid", 0), ("Start", 1), ("ett", 2),
        ]
    )  # fmt: skip
    document = read(word(body, numbering(*levels)), "a.docx")
    assert document.text.split("\n\n") == [
        "§ 1 Syfte", "1.1 Mål", "1.2 Medel", "a) ett", "b) två", "(i) i", "(ii) ii",
        "§ 2 Tid", "2.1 Start", "a) ett",
    ]  # fmt: skip


def test_numbering_through_styles_new_starts_and_bullets(read: Read, word: Word) -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/>'
        "</w:lvlOverride></w:num>"
        '<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
    )
    parts = numbering(lvl(0, "decimal", "%1."), nums=nums)
    parts["numbering"] = (
        f'<w:abstractNum w:abstractNumId="1">{lvl(0, "bullet", chr(0xF0B7))}</w:abstractNum>'
        + parts["numbering"]
    )
    parts["styles"] = (
        '<w:style w:type="paragraph" w:styleId="R1"><w:name w:val="heading 1"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    heading = '<w:pStyle w:val="R1"/>'
    body = (
        p("Ett", heading)
        + p("Två", heading)
        + p("Utan", heading + '<w:numPr><w:numId w:val="0"/></w:numPr>')
        + listed("sju", num=2)
        + listed("åtta", num=2)
        + listed("punkt", num=3)
        + listed("punkt till", num=3)
        + p("Slut")
    )
    document = read(word(body, parts), "a.docx")
    assert document.text == "1. Ett\n\n2. Två\n\nUtan\n\n7. sju\n\n8. åtta\n\n• punkt\n• punkt till\n\nSlut"
    assert [document.text[at.start : at.end] for at in document.headings] == ["1. Ett", "2. Två", "Utan"]


def test_tracked_changes_are_read_as_accepted(read: Read, word: Word) -> None:
    body = (
        "<w:p><w:r><w:t>Avtalet gäller </w:t></w:r><w:del><w:r><w:delText>tre</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>fem</w:t></w:r></w:ins><w:r><w:t> år.</w:t></w:r></w:p>"
        "<w:moveFrom><w:r><w:t>flyttad</w:t></w:r></w:moveFrom>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Två stycken </w:t></w:r></w:p>"
        + p("blev ett.")
        + "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
        "<w:del><w:r><w:delText>Hela stycket</w:delText></w:r></w:del></w:p>"
        "<w:tbl><w:tr><w:tc>" + p("a") + "</w:tc><w:tc>" + p("b") + "</w:tc></w:tr>"
        "<w:tr><w:trPr><w:del/></w:trPr><w:tc>"
        + p("struken")
        + "</w:tc><w:tc>"
        + p("rad")
        + "</w:tc></w:tr></w:tbl>"
    )
    assert read(word(body), "a.docx").text == "Avtalet gäller fem år.\n\nTvå stycken blev ett.\n\na | b"


def test_a_struck_numbered_paragraph_takes_no_number(read: Read, word: Word) -> None:
    struck = (
        listed("struken").replace("<w:pPr>", "<w:pPr><w:rPr><w:del/></w:rPr>").replace("<w:t ", "<w:delText ")
    )
    body = listed("Ett") + struck.replace("</w:t>", "</w:delText>") + listed("Två")
    assert read(word(body, numbering(lvl(0, "decimal", "%1."))), "a.docx").text == "1. Ett\n\n2. Två"


def test_text_boxes_come_once_and_after_their_paragraph(read: Read, word: Word) -> None:
    box = f"<w:txbxContent>{p('I rutan')}{p('Rad två')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>Före </w:t></w:r><w:r><mc:AlternateContent>"
        "<mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>efter.</w:t></w:r></w:p>"
    )
    assert read(word(body), "a.docx").text == "Före efter.\n\nI rutan\n\nRad två"


def test_footnotes_follow_the_paragraph_that_refers_to_them(read: Read, word: Word) -> None:
    notes = (
        f'<w:footnote w:type="separator" w:id="-1">{p("streck")}</w:footnote>'
        f'<w:footnote w:id="7">{p("Se lagen.")}</w:footnote>'
    )
    body = '<w:p><w:r><w:t>Enligt lag</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r></w:p>' + p(
        "Nästa"
    )
    assert read(word(body, {"footnotes": notes}), "a.docx").text == "Enligt lag[1]\n\n[1] Se lagen.\n\nNästa"


def test_fields_show_their_result_and_not_their_code(read: Read, word: Word) -> None:
    mark = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
    body = (
        "<w:p><w:r><w:t>Se </w:t></w:r>"
        + mark.format("begin")
        + "<w:r><w:instrText>REF x</w:instrText></w:r><w:r><w:t>kod</w:t></w:r>"
        + mark.format("separate")
        + "<w:r><w:t>§ 4</w:t></w:r>"
        + mark.format("end")
        + "<w:r><w:t>.</w:t></w:r></w:p>"
    )
    assert read(word(body), "a.docx").text == "Se § 4."


@pytest.mark.parametrize(
    ("state", "shown"), [('<w:default w:val="0"/><w:checked/>', "☒"), ("<w:default w:val='0'/>", "☐")]
)
def test_a_form_check_box_shows_its_state(read: Read, word: Word, state: str, shown: str) -> None:
    box = f"<w:ffData><w:checkBox>{state}</w:checkBox></w:ffData>"
    body = (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin">{box}</w:fldChar></w:r>'
        '<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        "<w:r><w:t> Ja</w:t></w:r></w:p>"
    )
    assert read(word(body), "a.docx").text == f"{shown} Ja"


def test_hidden_text_symbols_breaks_and_special_hyphens(read: Read, word: Word) -> None:
    body = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>dold</w:t></w:r><w:r><w:t>Ett</w:t><w:br/><w:t>två</w:t><w:tab/>"
        "<w:t>e</w:t><w:noBreakHyphen/><w:t>post av</w:t><w:softHyphen/><w:t>tal</w:t>"
        '<w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:p>'
    )
    document = read(word(body), "a.docx")
    assert document.text == "Ett\ntvå\te-post avtal☒"
    assert document.warnings == ("dold text på 1 ställe utelämnades, det första: ”dold”",)


def test_white_tiny_and_style_hidden_words_are_left_out_and_said(read: Read, word: Word) -> None:
    def run(text: str, properties: str) -> str:
        return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"

    white = '<w:color w:val="FFFFFF"/>'
    styles = '<w:style w:type="character" w:styleId="Dold"><w:name w:val="Dold"/><w:rPr><w:vanish/></w:rPr></w:style>'
    body = (
        "<w:p>" + run("Syns ", "") + run("vit", white) + run("liten", '<w:sz w:val="2"/>')
        + run("stil", '<w:rStyle w:val="Dold"/>') + run("på svart ", white + '<w:shd w:fill="000000"/>')
        + run("ändå", '<w:rStyle w:val="Dold"/><w:vanish w:val="0"/>') + "</w:p>"
        + f"<w:tbl><w:tr><w:tc><w:p>{run('Vitt huvud', white)}</w:p></w:tc><w:tc>{p('b')}</w:tc></w:tr></w:tbl>"
    )  # fmt: skip
    document = read(word(body, {"styles": styles}), "a.docx")
    assert document.text == "Syns på svart ändå\n\nVitt huvud | b"
    assert document.warnings == ("dold text på 3 ställen utelämnades, det första: ”vit”",)


def test_a_list_level_linked_to_a_style_and_empty_numbered_paragraphs(read: Read, word: Word) -> None:
    parts = numbering(
        lvl(0, "decimal", "%1", '<w:pStyle w:val="R1"/>'),
        lvl(1, "decimal", "%1.%2", '<w:pStyle w:val="R2"/>'),
    )
    parts["styles"] = "".join(
        f'<w:style w:type="paragraph" w:styleId="R{n}"><w:name w:val="heading {n}"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for n in (1, 2)
    )
    first, second = '<w:pStyle w:val="R1"/>', '<w:pStyle w:val="R2"/>'
    body = p("Ett", first) + p("Under", second) + p("", second) + p("Tredje", second) + p("Två", first)
    cell = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body += f"<w:tbl><w:tr><w:tc>{p('', cell)}</w:tc><w:tc>{p('rad')}</w:tc></w:tr></w:tbl>"
    assert read(word(body, parts), "a.docx").text == "1 Ett\n\n1.1 Under\n\n1.3 Tredje\n\n2 Två\n\n3 | rad"


def test_comments_links_and_moved_words(read: Read, word: Word) -> None:
    body = (
        '<w:p><w:commentRangeStart w:id="1"/><w:r><w:t>Se </w:t></w:r><w:hyperlink w:anchor="x"><w:r><w:t>länken</w:t>'
        '</w:r></w:hyperlink><w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'
        "<w:moveFrom><w:r><w:t>bort</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t> hit</w:t></w:r></w:moveTo>"
        "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent><w:r><w:t> fält</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    comments = f'<w:comment w:id="1">{p("En kommentar")}</w:comment>'
    assert read(word(body, {"comments": comments}), "a.docx").text == "Se länken hit fält"


def test_merged_cells_and_endnotes(read: Read, word: Word) -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"

    body = (
        '<w:tbl><w:tr>' + cell("2024", '<w:vMerge w:val="restart"/>') + cell("A") + "</w:tr><w:tr>"
        + cell("", "<w:vMerge/>") + cell("B") + "</w:tr><w:tr>" + cell("Hela", '<w:gridSpan w:val="2"/>')
        + "</w:tr></w:tbl>"
        '<w:p><w:r><w:t>Slut</w:t></w:r><w:r><w:endnoteReference w:id="3"/></w:r></w:p>'
    )  # fmt: skip
    notes = f'<w:endnote w:id="3">{p("Sist.")}</w:endnote>'
    assert (
        read(word(body, {"endnotes": notes}), "a.docx").text
        == "2024 | A\n | B\n\nHela\n\nSlut[i]\n\n[i] Sist."
    )


def test_generated_contents_are_furniture_and_no_headings(read: Read, word: Word) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="I1"><w:name w:val="toc 1"/></w:style>'
    body = p("§ 1 Syfte 2", '<w:pStyle w:val="I1"/>') + p("§ 2 Tid 3", '<w:pStyle w:val="I1"/>') + p("Text")
    document = read(word(body, {"styles": styles}), "a.docx")
    assert [document.text[span.start : span.end] for span in document.furniture] == ["§ 1 Syfte 2\n§ 2 Tid 3"]
    assert document.headings == ()


def test_layout_tables_and_content_controls_are_read_as_blocks(read: Read, word: Word) -> None:
    cell = "<w:tc>" + "".join(map(p, ("Ett", "Två", "Tre", "Fyra"))) + "</w:tc>"
    inner = f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc><w:tc>{p('b')}</w:tc></w:tr></w:tbl>"
    body = (
        f"<w:sdt><w:sdtContent>{p('Fält')}</w:sdtContent></w:sdt>"
        f"<w:tbl><w:tr>{cell}<w:tc>{inner}{p('')}</w:tc></w:tr></w:tbl>"
    )
    assert read(word(body), "a.docx").text == "Fält\n\nEtt\n\nTvå\n\nTre\n\nFyra\n\na | b"


def test_page_headers_and_footers_come_once_and_are_furniture(read: Read) -> None:
    file = docx.Document()
    file.add_paragraph("Avtal om bad")
    section = file.sections[0]
    section.header.paragraphs[0].text = "Dnr KS 2024/12"
    section.footer.paragraphs[0].text = "Sida 1"
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "Dnr KS 2024/12"
    written = io.BytesIO()
    file.save(written)
    document = read(written.getvalue(), "a.docx")
    assert document.text == "Dnr KS 2024/12\n\nAvtal om bad\n\nSida 1"
    assert [document.text[span.start : span.end] for span in document.furniture] == [
        "Dnr KS 2024/12",
        "Sida 1",
    ]


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_zip_bomb_is_refused_by_its_real_size(read: Read) -> None:
    bomb = packed({"word/document.xml": b"<a>" + b" " * (60 << 20) + b"</a>"})
    assert len(bomb) < 100_000
    lying = bomb.replace((60 << 20).to_bytes(4, "little"), (9).to_bytes(4, "little"))
    for data in (bomb, lying):
        with pytest.raises(ReadError) as caught:
            read(data, "a.docx")
        assert caught.value.status is ReadStatus.REFUSED


def test_billion_laughs_are_refused_before_they_begin(read: Read) -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    xml = f'<!DOCTYPE w [<!ENTITY a0 "ha">{entities}]><w>&a11;</w>'
    with pytest.raises(ReadError, match="dokumenttyp"):
        read(packed({"word/document.xml": xml.encode()}), "a.docx")


def test_bottomless_nesting_is_refused(read: Read) -> None:
    with pytest.raises(ReadError, match="nästlad"):
        read(packed({"word/document.xml": b"<a>" * 50_000}), "a.docx")


def test_nesting_up_to_the_limit_is_read(read: Read, word: Word) -> None:
    depth = 180
    body = "<w:p>" + "<w:ins>" * depth + "<w:r><w:t>djupt</w:t></w:r>" + "</w:ins>" * depth + "</w:p>"
    assert read(word(body), "a.docx").text == "djupt"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04trasigt", "trasigt arkiv"),
        (packed({"readme.txt": b"hej"}), "inget Word-dokument"),
        (packed({"xl/workbook.xml": b"<a/>"}), "kalkylblad"),
        (packed({"META-INF/manifest.xml": b"<a/>", "content.xml": b"<a/>"}), "ingen OpenDocument-text"),
        (packed({"word/document.xml": b"<a>"}), "trasig XML"),
        (packed({"word/document.xml": b"<a/>"}), "ingen synlig text"),
    ],
)
def test_what_is_no_word_document_is_refused_with_the_reason(read: Read, data: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words) as caught:
        read(data, "a.docx")
    assert caught.value.status is ReadStatus.REFUSED


def test_bold_paragraphs_are_headings_beside_those_with_a_heading_style(read: Read) -> None:
    """Two headings with a style once hid all that were only bold."""
    prose = "Parterna ska planera och följa upp de insatser som omfattas av avtalet och dess bilagor."
    document = docx.Document()
    document.add_heading("Samverkansavtal", 0)
    for name, styled in (("Bakgrund", True), ("Syfte", False), ("Ekonomi", False), ("Tvist", True)):
        if styled:
            document.add_heading(name, 1)
        else:
            document.add_paragraph().add_run(name).bold = True
        document.add_paragraph(prose)
    document.add_paragraph("Kort rad")
    document.add_paragraph(prose)
    written = io.BytesIO()
    document.save(written)
    found = read(written.getvalue(), "a.docx")
    assert [heading.level for heading in found.headings] == [1, 1, 0, 0, 1]
    labels = [section.label for section in sections_of(found)]
    assert labels == ["Samverkansavtal", "Bakgrund", "Syfte", "Ekonomi", "Tvist"]
