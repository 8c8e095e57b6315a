"""The search page as the server writes it, without JavaScript: answers, filters, facets, problems, escaping."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from fastapi.testclient import TestClient

from api.app import create_app
from api.rendering.english_words import COUNTED, ENGLISH
from api.rendering.environment import TEMPLATES
from api.settings import Settings

LIST = "/?q=vilka avtal omfattar kompetensförsörjning?"
RENDERING = TEMPLATES.parent


def _page(client: TestClient, address: str, status: int = 200) -> BeautifulSoup:
    reply = client.get(address)
    assert (reply.status_code, reply.headers["content-type"]) == (status, "text/html; charset=utf-8")
    return BeautifulSoup(reply.text, "html.parser")


def _one(page: BeautifulSoup | Tag, selector: str) -> Tag:
    found = page.select(selector)
    assert len(found) == 1, (selector, len(found))
    return found[0]


def _words(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def test_the_form_is_a_plain_get_and_keeps_the_question(client: TestClient) -> None:
    page = _page(client, "/?q=hyra&type=hyresavtal&lang=en")
    form = _one(page, "#ask-form")
    assert (form["method"], form["action"]) == ("get", "/")
    assert _one(form, "#q")["value"] == "hyra"
    hidden = {(field["name"], field["value"]) for field in form.select("input[type=hidden]")}
    assert hidden == {("type", "hyresavtal"), ("lang", "en")}


def test_a_list_says_the_statement_of_the_api_and_shows_the_same_agreements(client: TestClient) -> None:
    page = _page(client, LIST)
    answer = client.get(f"/api/ask{LIST[1:]}").json()
    assert answer["statement"].startswith(_words(_one(page, "#answer-title")))
    for group in ("explicit", "related"):
        shown = [_words(title) for title in page.select(f".group.{group} h4")]
        assert shown == [each["title"] for each in answer["agreements"] if each["coverage"] == group]
    first = page.select_one(".agreement .quote-text")
    assert first is not None
    assert "".join(first.get_text().split()) == "".join(
        re.sub(r"^#+ ", "", answer["agreements"][0]["citations"][0]["quote"]).split()
    )
    assert first.select("mark")


def test_every_quote_leads_to_its_marked_place(client: TestClient) -> None:
    for link in _page(client, LIST).select(".quote .go"):
        reading = _page(client, str(link["href"]).partition("#")[0])
        assert len(reading.select("#citat")) == 1


def test_a_short_answer_stands_first_with_its_source_and_the_words_marked(client: TestClient) -> None:
    page = _page(client, "/?q=Hur lång är uppsägningstiden för ladan?")
    answer = client.get("/api/ask?q=Hur lång är uppsägningstiden för ladan?").json()
    assert _words(_one(page, "h2.short-answer")).casefold() == answer["short_answer"].casefold()
    assert "nio månader" in _words(page.select(".quote mark.answer")[0])


def test_passages_are_ranked_and_say_why(client: TestClient) -> None:
    page = _page(client, "/?q=hur sköts snön på byvägarna")
    assert page.select(".hits > li")
    assert "Varför:" in _words(page.select(".hits .why")[0])


def test_no_answer_says_so_and_what_to_try(client: TestClient) -> None:
    page = _page(client, "/?q=vad kostar en månraket?")
    assert "Inget stöd" in _words(_one(page, "#answer-title"))
    assert _one(page, ".tips")
    assert not page.select(".exports a")


def test_exports_carry_the_question_and_the_filters(client: TestClient) -> None:
    links = [str(a["href"]) for a in _page(client, LIST + "&type=samverkansavtal").select(".exports a")]
    assert [link.rpartition("=")[2] for link in links] == ["docx", "md", "csv"]
    assert all("type=samverkansavtal" in link for link in links)
    assert client.get(links[1]).text.count("kompetensförsörjning") > 0


def test_a_filter_of_the_address_can_be_taken_away(client: TestClient) -> None:
    page = _page(client, LIST + "&party=Åkerby kommun")
    chip = next(a for a in page.select("a.removable") if "Åkerby" in a.get_text())
    assert "party" not in str(chip["href"])
    without = _page(client, str(chip["href"]))
    assert len(without.select(".agreement")) > len(page.select(".agreement"))


def test_a_filter_that_the_question_set_can_be_taken_away(client: TestClient) -> None:
    page = _page(client, "/?q=vilka avtal med Åkerby kommun omfattar kompetensutveckling?")
    chip = next(a for a in page.select("a.removable") if "Åkerby" in a.get_text())
    assert "without=party" in str(chip["href"])
    assert "utan tolkning av part" in _words(_one(_page(client, str(chip["href"])), ".understood"))


def _facet(page: BeautifulSoup, name: str) -> dict[str, int]:
    section = next(s for s in page.select(".facets section") if _words(_one(s, "h3")) == name)
    pairs = ((a.select("span")[0].get_text(), a.select(".amount")[0].get_text()) for a in section.select("a"))
    return {value: int(count) for value, count in pairs}


def test_a_facet_counts_the_answers_agreements_and_leaves_its_own_filter_aside(client: TestClient) -> None:
    free = _page(client, LIST)
    narrowed = _page(client, LIST + "&party=Åkerby kommun")
    assert _facet(free, "Part")["Åkerby kommun"] == len(narrowed.select(".agreement"))
    assert _facet(narrowed, "Part") == _facet(free, "Part")
    assert sum(_facet(narrowed, "Avtalstyp").values()) == len(narrowed.select(".agreement"))


def test_choosing_a_facet_gives_as_many_agreements_as_it_says_and_choosing_again_undoes_it(
    client: TestClient,
) -> None:
    page = _page(client, LIST)
    link = next(a for a in page.select(".facets a") if "Åkerby" in a.get_text())
    chosen = _page(client, str(link["href"]))
    assert len(chosen.select(".agreement")) == int(_one(link, ".amount").get_text())
    undo = _one(chosen, ".facets a.chosen")
    assert len(_page(client, str(undo["href"])).select(".agreement")) == len(page.select(".agreement"))


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/?q=hyra&valid_on=igår", "Dagen igår kan inte läsas; skriv den som ÅÅÅÅ-MM-DD."),
        ("/?q=hyra&without=allt", "Filtret allt finns inte; välj bland party, type, valid_on."),
        (f"/?q={'x' * 1001}", "1000"),
    ],
)
def test_what_cannot_be_asked_is_told_with_a_way_on(client: TestClient, address: str, says: str) -> None:
    panel = _one(_page(client, address, 400), ".problem")
    assert says in _words(panel)
    assert client.get(str(_one(panel, "a.button")["href"])).status_code == 200


def test_without_an_index_the_pages_say_that_the_service_is_not_ready(tmp_path: Path) -> None:
    bare = TestClient(create_app(Settings(index=tmp_path)))
    for address in ("/?q=hyra", "/avtal/hyra/ladan", "/rapport"):
        assert "inte redo" in _words(_one(_page(bare, address, 503), ".problem"))
    assert _one(_page(bare, "/"), "#ask-form")


@pytest.mark.parametrize(
    "hostile", ['"><script>alert(1)</script>', "<img src=x onerror=alert(1)>", "'{{ 7*7 }}"]
)
def test_a_question_is_never_markup(client: TestClient, hostile: str) -> None:
    reply = client.get("/", params={"q": f"hyra {hostile}"})
    assert hostile not in reply.text.replace("'{{", "&#39;{{") or hostile.startswith("'")
    page = BeautifulSoup(reply.text, "html.parser")
    assert len(page.select("script")) == 1 and not page.select("[onerror]")
    assert hostile in unescape(reply.text) and "49" not in _words(_one(page, ".asked"))


def test_buttons_that_need_a_script_are_hidden_until_it_runs(client: TestClient) -> None:
    assert all(
        "hidden" in button.attrs
        for button in _page(client, LIST).select("button[data-copy], button[data-print]")
    )


def test_feedback_is_offered_only_where_it_is_on(client: TestClient, index: Path, tmp_path: Path) -> None:
    assert not _page(client, LIST).select("[data-verdict]")
    with TestClient(create_app(Settings(index=index, feedback=tmp_path / "utkast"))) as taking:
        page = _page(taking, LIST)
        assert page.select("[data-verdict=missing]") and page.select("[data-hit] [data-verdict=right]")


def test_english_says_what_is_the_pages_own_in_english_and_marks_quotes_as_swedish(
    client: TestClient,
) -> None:
    page = _page(client, LIST + "&lang=en")
    answer = client.get(f"/api/ask{LIST[1:]}").json()["completeness"]
    figures = f"{answer['covering']} of {answer['searched']} agreements"
    assert _words(_one(page, "#answer-title")) == f"{figures} cover what the question is about"
    assert all(quote["lang"] == "sv" for quote in page.select(".quote-text"))
    assert all("lang=en" in str(a["href"]) for a in page.select("main a.go, main .agreement h4 a"))


def test_every_wording_has_its_english() -> None:
    """Those of the templates and those that the code gives to `words`."""
    said = set[str]()
    for path in [
        *TEMPLATES.glob("*.html"),
        *RENDERING.glob("*.py"),
        RENDERING.parent / "routes" / "pages.py",
    ]:
        text = path.read_text(encoding="utf-8")
        said |= set(
            re.findall(r"""\b(?:t|words|asked\.words)\(\s*["']([^"'{]*(?:\{\d\}[^"'{]*)*)["']""", text)
        )
    assert said - set(ENGLISH) == set()
    assert len(said) > 60
    counted = set(
        re.findall(r'count\([^"\n]*"([^"]+)"\)', "".join(p.read_text() for p in RENDERING.glob("*.py")))
    )
    assert counted <= set(COUNTED)


def test_the_english_fills_in_the_same_values() -> None:
    for swedish, english in ENGLISH.items():
        assert sorted(re.findall(r"\{\d\}", swedish)) == sorted(re.findall(r"\{\d\}", english)), swedish
