"""The built samples: sources are read right, every format says what its source says, a rebuild changes nothing."""

from __future__ import annotations

import email
import io
import zipfile
from email import policy
from pathlib import Path

import pytest

pytest.importorskip("reportlab", reason="samples are only built where reportlab is installed")

import pypdfium2

from evals.samples.__main__ import build_samples, truth_cards
from evals.samples.numbering import automatic_numbers
from evals.samples.odf import odt_bytes
from evals.samples.plain import md_bytes, txt_bytes
from evals.samples.render import Format, Sample, render
from evals.samples.rich import rtf_bytes
from evals.samples.source import Block, BlockKind, Style, in_capitals, parse_source
from evals.samples.web import html_bytes

_ROOT = Path(__file__).parents[2]
_SOURCES = _ROOT / "evals" / "samples" / "sources"
_TRUTHS = _ROOT / "evals" / "truth"
_SAMPLES = _ROOT / "corpus" / "samples"
_SOURCE = (
    "# Avtal\n\n## 1 Parter\n\nAnå & B.\n\n- ett\n- två\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nOrt och dag\n"
)
_BLOCKS = parse_source(_SOURCE)
_TEXT_FORMATS = (".txt", ".md", ".html", ".rtf")
_MOST_SCAN_BYTES = 300_000


def _sample(kind: Format, style: Style | None = None) -> Sample:
    return Sample("prov", kind, style, ("Region Påhittsmark", "Sagolunds kommun"), "RP 1")


def _pdf_text(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_a_source_becomes_blocks() -> None:
    assert parse_source(_SOURCE) == (
        Block(BlockKind.HEADING, "Avtal", level=1),
        Block(BlockKind.HEADING, "1 Parter", level=2),
        Block(BlockKind.PARAGRAPH, "Anå & B."),
        Block(BlockKind.BULLET, "ett"),
        Block(BlockKind.BULLET, "två"),
        Block(BlockKind.TABLE, "", rows=(("a", "b"), ("1", "2"))),
        Block(BlockKind.PARAGRAPH, "Ort och dag"),
    )


def test_a_table_with_a_short_row_is_refused() -> None:
    with pytest.raises(ValueError, match=r"as many cells in every row, got \[2, 1\]"):
        parse_source("| a | b |\n| 1 |\n")


def test_capitals_are_for_headings_below_the_title() -> None:
    assert [block.text for block in in_capitals(_BLOCKS)[:3]] == ["Avtal", "1 PARTER", "Anå & B."]


@pytest.mark.parametrize("kind", Format)
def test_every_format_is_built_to_the_same_bytes(kind: Format) -> None:
    sample = _sample(kind)
    assert render(_BLOCKS, sample) == render(_BLOCKS, sample)


def test_text_sets_headings_apart_only_where_the_style_does() -> None:
    numbered = "Avtal\n\n1 Parter\n\nAnå & B.\n\n- ett\n- två\n\na   b\n1   2\n\nOrt och dag\n"
    assert txt_bytes(_BLOCKS, Style.NUMBERED).decode() == numbered
    bold = numbered.replace("Avtal\n\n", "Avtal\n").replace("Parter\n\n", "Parter\n")
    assert txt_bytes(_BLOCKS, Style.BOLD).decode() == bold


def test_markdown_is_the_source() -> None:
    assert md_bytes(_BLOCKS).decode() == _SOURCE.replace("|---|---|", "| --- | --- |")


def test_a_web_page_has_its_menu_and_footer_outside_the_agreement() -> None:
    page = html_bytes(_BLOCKS, "Region Påhittsmark").decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert (
        "<h1>Avtal</h1>\n<h2>1 Parter</h2>\n<p>Anå &amp; B.</p>\n<ul>\n<li>ett</li>\n<li>två</li>\n</ul>"
        in main
    )
    assert "<tr><th>a</th><th>b</th></tr>\n<tr><td>1</td><td>2</td></tr>" in main
    assert "Styr" not in main
    assert "Avtal och styrdokument" in page


def test_rtf_is_ascii_with_escaped_letters() -> None:
    text = rtf_bytes(_BLOCKS, Style.NUMBERED).decode("ascii")
    assert r"{\b\fs26 1 Parter}\par" in text
    assert r"An\u229? & B.\par" in text
    assert r"\pard\intbl 1\cell\pard\intbl 2\cell\row" in text
    assert rtf_bytes([Block(BlockKind.PARAGRAPH, "{–}")], Style.BOLD).decode().count(r"\{\u8211?\}") == 1


def test_odt_has_outline_levels_lists_and_tables() -> None:
    with zipfile.ZipFile(io.BytesIO(odt_bytes(_BLOCKS))) as archive:
        first, *_ = archive.infolist()
        content = archive.read("content.xml").decode()
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert '<text:h text:outline-level="2">1 Parter</text:h><text:p>Anå &amp; B.</text:p>' in content
    assert content.count("<text:list>") == 1
    assert content.count("<table:table-row>") == 2


@pytest.mark.parametrize(
    ("style", "name", "start"), [(None, "prov.docx", b"PK"), (Style.BOLD, "prov.pdf", b"%PDF")]
)
def test_a_message_carries_the_agreement(style: Style | None, name: str, start: bytes) -> None:
    message = email.message_from_bytes(render(_BLOCKS, _sample(Format.EML, style)), policy=policy.default)
    (attachment,) = message.iter_attachments()
    assert message["Subject"] == "För registrering: Avtal"
    assert attachment.get_filename() == name
    assert attachment.get_content().startswith(start)


def test_a_pdf_has_header_footer_and_table() -> None:
    text = _pdf_text(render(_BLOCKS, _sample(Format.PDF, Style.BOLD)))
    assert "Region Påhittsmark och Sagolunds kommun · Dnr RP 1" in text
    assert {"Anå & B.", "– två", "Sida 1 (1)", "1 2"} <= set(text.splitlines())


def test_a_scan_has_pages_with_ink_and_no_text() -> None:
    data = render(_BLOCKS, _sample(Format.SCAN))
    assert _pdf_text(data).strip() == ""
    with pypdfium2.PdfDocument(data) as document:
        (page,) = document
        assert page.get_size() == pytest.approx((595, 842), abs=1)
        assert page.render(grayscale=True).to_pil().getextrema() == (0, 255)


def test_word_counts_the_headings_that_it_would_count_as_printed() -> None:
    counted = parse_source("# A\n\n## § 1 B\n\n### 1.1 C\n\n### 1.2 D\n\n## § 2 E\n")
    assert automatic_numbers(counted) == ("§ %1", {1: "B", 2: "C", 3: "D", 4: "E"})


@pytest.mark.parametrize(
    "source",
    ["# A\n\n## 1 B\n\n## 3 C\n", "# A\n\n## 1 B\n\n## Slut\n", "# A\n", "# A\n\n## 1 B\n\n## 2. C\n"],
)
def test_word_does_not_count_what_would_come_out_otherwise(source: str) -> None:
    assert automatic_numbers(parse_source(source)) is None


def test_a_source_without_a_truth_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mapp").mkdir()
    (tmp_path / "mapp" / "avtal.md").write_text(_SOURCE, encoding="utf-8")
    with pytest.raises(ValueError, match=r"mapp/avtal: want a table with a format"):
        build_samples(tmp_path, tmp_path, tmp_path / "ut")


def test_an_agreement_has_one_truth(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text('["m/x"]\nformat = "txt"\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"b\.toml: m/x stands in another"):
        truth_cards(tmp_path)


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Path]:
    """Every file built anew, and the shipped one of the same name."""
    folder = tmp_path_factory.mktemp("samples")
    return {made: _SAMPLES / made.relative_to(folder) for made in build_samples(_SOURCES, _TRUTHS, folder)}


def test_every_source_is_shipped(rebuilt: dict[Path, Path]) -> None:
    assert [shipped for shipped in rebuilt.values() if not shipped.is_file()] == []
    assert len(rebuilt) == len(list(_SOURCES.glob("*/*.md")))


def test_shipped_text_files_are_their_sources(rebuilt: dict[Path, Path]) -> None:
    texts = {made: shipped for made, shipped in rebuilt.items() if made.suffix in _TEXT_FORMATS}
    assert texts
    assert [
        shipped.name for made, shipped in texts.items() if made.read_bytes() != shipped.read_bytes()
    ] == []


def test_shipped_binary_files_hold_what_a_rebuild_holds(rebuilt: dict[Path, Path]) -> None:
    binaries = {made: shipped for made, shipped in rebuilt.items() if made.suffix not in _TEXT_FORMATS}
    assert binaries
    assert [shipped.name for made, shipped in binaries.items() if _content(made) != _content(shipped)] == []


def test_scans_are_small(rebuilt: dict[Path, Path]) -> None:
    cards = truth_cards(_TRUTHS)
    scans = [
        shipped
        for shipped in rebuilt.values()
        if cards[f"{shipped.parent.name}/{shipped.stem}"]["format"] == Format.SCAN
    ]
    assert scans
    assert [scan.name for scan in scans if scan.stat().st_size >= _MOST_SCAN_BYTES] == []


def _content(path: Path) -> list[str]:
    """What a binary file holds, free of how it was packed: texts of its members or pages."""
    data = path.read_bytes()
    if path.suffix == ".eml":
        (attachment,) = email.message_from_bytes(data, policy=policy.default).iter_attachments()
        data = attachment.get_content()
    if data.startswith(b"%PDF"):
        with pypdfium2.PdfDocument(data) as document:
            return [f"{page.get_size()} {page.get_textpage().get_text_bounded()}" for page in document]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [f"{name} {archive.read(name)!r}" for name in archive.namelist() if name.endswith(".xml")]
