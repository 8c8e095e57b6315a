"""The reading view as the server writes it: the marked place, the hits, versions, and pages of the original."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from api.app import create_app
from api.rendering.page_picture import PagePicture, PictureError, draw
from api.rendering.reading import cited_span
from api.settings import Settings
from corpus.reading.document import read_document
from corpus.types import Span
from indexer.build import build_index
from indexer.types import Encoder

SECOND = "Hyran betalas den sista dagen i varje kvartal."


def _page(client: TestClient, address: str, status: int = 200) -> BeautifulSoup:
    reply = client.get(address)
    assert reply.status_code == status
    return BeautifulSoup(reply.text, "html.parser")


def _text(client: TestClient, agreement_id: str) -> str:
    text = client.get(f"/api/agreements/{agreement_id}").json()["text"]
    assert isinstance(text, str)
    return text


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory, shipped: Encoder) -> TestClient:
    """A client over an index of one agreement: a PDF of two pages."""
    folder = tmp_path_factory.mktemp("pdf")
    (folder / "avtal").mkdir()
    canvas = Canvas(str(folder / "avtal" / "bod.pdf"))
    canvas.drawString(72, 760, "Hyresavtal om sjöboden mellan Granboda kommun och Tallviks AB")
    canvas.drawString(72, 700, "Kommunen hyr ut boden vid sjön till bolaget för förvaring av båtar.")
    canvas.showPage()
    canvas.drawString(72, 760, SECOND)
    canvas.showPage()
    canvas.save()
    build_index(folder / "avtal", folder / "index", shipped, read_document)
    return TestClient(create_app(Settings(index=folder / "index")))


def test_the_cited_place_is_marked_exactly(client: TestClient) -> None:
    text = _text(client, "hyra/ladan")
    quote = "Uppsägningstiden är nio månader."
    start = text.index(quote)
    page = _page(client, f"/avtal/hyra/ladan?start={start}&end={start + len(quote)}")
    (mark,) = page.select("mark")
    assert (mark.get_text(), mark["id"], mark["tabindex"]) == (quote, "citat", "-1")
    (current,) = page.select(".contents [aria-current]")
    assert "§ 4 Uppsägning" in current.get_text()


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        ("3", "9", Span(3, 9)),
        ("9", "3", None),
        ("0", "11", None),
        ("-1", "4", None),
        ("1e1", "4", None),
        (None, "4", None),
        ("", "4", None),
        ("0", "9" * 30, None),
    ],
)
def test_a_place_that_the_text_does_not_have_is_no_place(
    start: str | None, end: str | None, span: Span | None
) -> None:
    assert cited_span(start, end, 10) == span


def test_a_link_to_a_place_or_version_that_is_gone_says_so(client: TestClient) -> None:
    lost = _page(client, "/avtal/hyra/ladan?start=5&end=999999")
    assert "en plats som inte finns i texten" in lost.select(".cited.warning")[0].get_text()
    stale = _page(client, "/avtal/hyra/ladan?start=5&end=20&v=000000000000")
    assert "har ändrats sedan länken skapades" in stale.select(".cited.warning")[0].get_text()


def test_furniture_stands_apart_and_a_place_in_it_can_be_shown_but_not_cited(client: TestClient) -> None:
    text = _text(client, "badet")
    at = text.index("Dela sidan")
    page = _page(client, f"/avtal/badet?start={at}&end={at + 4}")
    assert [mark.get_text() for mark in page.select(".dimmed mark, details.furniture[open] mark")] == ["Dela"]
    assert not page.select("[data-copy]")


def test_all_of_the_text_is_there(client: TestClient) -> None:
    for agreement_id in ("hyra/ladan", "badet", "skola/åkerby", "vägar/snö och is"):
        shown = _page(client, f"/avtal/{agreement_id}").select(".document")[0]
        for summary in shown.select("summary"):
            summary.extract()
        letters = [sign for sign in shown.get_text() if sign.isalnum()]
        assert letters == [sign for sign in _text(client, agreement_id) if sign.isalnum()]


def test_next_and_previous_go_through_the_hits_in_text_order(client: TestClient) -> None:
    page = _page(client, "/avtal/hyra/ladan?q=bolaget")
    starts = []
    while following := page.select(".steps [rel=next]"):
        address = str(following[0]["href"])
        starts.append(int(address.split("start=")[1].split("&")[0]))
        page = _page(client, address.partition("#")[0])
    assert len(starts) > 1 and starts == sorted(starts)
    steps = page.select(".steps")[0]
    assert f"Träff {len(starts)} av {len(starts)}" in steps.get_text()
    assert steps.select("[rel=prev]")
    assert "q=bolaget" in str(steps.select("[rel=prev]")[0]["href"])


def test_an_unknown_agreement_is_a_page_of_its_own(client: TestClient) -> None:
    assert "Avtalet finns inte" in _page(client, "/avtal/finns/inte", 404).select("h1")[0].get_text()


def test_a_pdf_shows_the_page_of_the_quote_and_other_formats_none(
    client: TestClient, pdf: TestClient
) -> None:
    at = _text(pdf, "bod").index(SECOND)
    (picture,) = _page(pdf, f"/avtal/bod?start={at}&end={at + len(SECOND)}").select(".original img")
    assert str(picture["src"]) == f"/api/agreements/bod/pages/2.png?start={at}&end={at + len(SECOND)}"
    assert not _page(client, "/avtal/hyra/ladan?start=5&end=9").select(".original")
    assert client.get("/api/agreements/hyra/ladan/pages/1.png").status_code == 404


def test_the_words_are_boxed_where_they_stand_on_the_page(pdf: TestClient) -> None:
    at = _text(pdf, "bod").index(SECOND)
    address = f"/api/agreements/bod/pages/2.png?start={at}&end={at + len(SECOND)}"
    reply = pdf.get(address)
    assert (reply.status_code, reply.headers["content-type"]) == (200, "image/png")
    image = Image.open(io.BytesIO(reply.content))
    fill = (255, 230, 148)
    scale = image.width / 595.28
    line = round((841.89 - 760 - 3) * scale)
    assert any(image.getpixel((x, line)) == fill for x in range(round(72 * scale), round(300 * scale)))
    assert all(image.getpixel((x, round(300 * scale))) == (255, 255, 255) for x in range(0, image.width, 7))
    plain = Image.open(io.BytesIO(pdf.get("/api/agreements/bod/pages/2.png").content))
    assert fill not in {plain.getpixel((x, line)) for x in range(plain.width)}


def test_a_page_that_is_not_there_is_not_found(pdf: TestClient) -> None:
    assert "2 sidor" in pdf.get("/api/agreements/bod/pages/3.png").json()["detail"]


def test_a_broken_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "trasig.pdf"
    broken.write_bytes(b"%PDF-1.7 inget mer")
    with pytest.raises(PictureError, match="sidan 1 kunde inte ritas"):
        draw(PagePicture(broken, 1, ()))
