"""The overviews as the server writes them: bars, marks, cells, ties, filters, pages; and the accessibility statement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from fastapi.testclient import TestClient

from api.app import create_app
from api.language import Language
from api.rendering.addresses import Addresses
from api.rendering.overview import pager_of
from api.rendering.request import PageRequest
from api.rendering.ties import ties_of
from api.rendering.timeline import timeline_of
from api.rendering.watch import watch_of
from api.rendering.wording import Words
from api.settings import Settings
from corpus.types import Agreement, AvtalError, Declared, FactName
from retriever.engine import Engine

SWEDISH = Words(Language.SWEDISH)
ASKED = PageRequest("", (), SWEDISH, "")
TO = Addresses()
ALL = slice(0, 100)


def _page(client: TestClient, address: str, status: int = 200) -> BeautifulSoup:
    reply = client.get(address)
    assert reply.status_code == status
    return BeautifulSoup(reply.text, "html.parser")


def _words(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


@pytest.fixture
def barn(engine: Engine) -> Agreement:
    """The hire of the barn, 1 June 2024 to 31 May 2031, with a last notice day that a manifest sets."""
    day = Declared(FactName.LAST_NOTICE_DAY, "2030-08-31", "avtal.csv")
    return replace(engine.index.agreements["hyra/ladan"], declared=(day,))


def test_a_bar_lies_between_its_days_and_the_notice_day_on_it(barn: Agreement) -> None:
    timeline = timeline_of([barn], ALL, date(2026, 1, 1), TO, SWEDISH)
    (group,) = timeline.groups
    (life,) = group.lives
    assert (group.key, life.starts, life.ends) == ("dated", "1 juni 2024", "31 maj 2031")
    assert [tick.year for tick in timeline.ticks] == list(range(2024, 2032))
    days = (date(2032, 1, 1) - date(2024, 1, 1)).days
    assert timeline.today == round(100 * (date(2026, 1, 1) - date(2024, 1, 1)).days / days, 2)
    assert life.bar is not None and not life.bar.before and not life.bar.after
    assert life.bar.start == round(100 * 152 / days, 2)
    assert life.marks == (round(100 * (date(2030, 8, 31) - date(2024, 1, 1)).days / days, 2),)
    assert life.words == "Gäller till 31 maj 2031 · sägs upp senast 31 augusti 2030"


def test_what_goes_on_outside_the_picture_ends_in_arrows(barn: Agreement) -> None:
    early = timeline_of([barn], ALL, date(2022, 1, 1), TO, SWEDISH).groups[0]
    late = timeline_of([barn], ALL, date(2038, 1, 1), TO, SWEDISH).groups[0]
    assert early.key == "later" and early.lives[0].bar is not None and early.lives[0].bar.after
    assert late.key == "ended" and late.lives[0].bar is not None and late.lives[0].bar.before
    assert late.lives[0].words.endswith(" · sista uppsägningsdag var 31 augusti 2030")


def test_an_agreement_without_days_has_words_and_no_bar(engine: Engine) -> None:
    (group,) = timeline_of([engine.index.agreements["badet"]], ALL, date(2026, 1, 1), TO, SWEDISH).groups
    assert (group.key, group.lives[0].bar, group.lives[0].words) == ("unknown", None, "Giltighet okänd")


def test_a_day_of_signing_is_not_told_as_the_first_day_in_force(engine: Engine) -> None:
    signed = replace(engine.index.agreements["badet"], declared=(Declared(FactName.SIGNED, "2014-01", "m"),))
    (group,) = timeline_of([signed], ALL, date(2026, 1, 1), TO, SWEDISH).groups
    assert group.lives[0].words == "Giltighet okänd · undertecknat januari 2014"
    assert group.lives[0].starts == "undertecknat januari 2014"


def test_the_days_ahead_are_those_within_a_year(engine: Engine, barn: Agreement) -> None:
    agreements = list({**engine.index.agreements, "hyra/ladan": barn}.values())
    watch = watch_of(agreements, date(2030, 7, 1), TO, SWEDISH)
    assert watch.statement == "1 av 4 avtal gäller i dag. För 3 går det inte att läsa ut om de gäller."
    assert [(each.said, each.what) for each in watch.ahead] == [
        ("31 augusti 2030", "sista dag att säga upp"),
        ("31 maj 2031", "löper ut"),
    ]
    assert watch_of(agreements, date(2028, 1, 1), TO, SWEDISH).ahead == ()


def test_parties_are_counted_with_whom_they_meet(engine: Engine) -> None:
    ties = ties_of(list(engine.index.agreements.values()), ALL, ASKED)
    rows = {row.name: (row.agreements, [(each.name, each.count) for each in row.others]) for row in ties.rows}
    assert rows["Granboda kommun"] == (2, [("Simlaget AB", 1), ("Tallviks AB", 1)])
    assert (ties.parties, ties.tied, len(ties.drawn), len(ties.arcs)) == (6, 6, 6, 4)
    assert ties.rows[0].agreements == 2


def test_the_rest_of_many_rows_is_on_other_pages_and_a_page_too_far_is_refused() -> None:
    pager = pager_of((250, 100), "2", ASKED, "")
    assert (pager.first, pager.last, pager.rows) == (101, 200, slice(100, 200))
    assert (pager.previous, pager.next) == ("/oversikt?sida=1", "/oversikt?sida=3")
    assert pager_of((250, 100), "3", ASKED, "").next == ""
    for wanted in ("4", "0", "två"):
        with pytest.raises(AvtalError, match=f"sidan {wanted} finns inte"):
            pager_of((250, 100), wanted, ASKED, "")


def test_the_timeline_has_a_row_and_a_table_row_an_agreement(client: TestClient) -> None:
    page = _page(client, "/oversikt")
    assert len(page.select(".life")) == len(page.select(".as-table tbody tr")) == 4
    assert page.select_one(".top .to-overview") is not None
    assert {a["href"] for a in page.select(".life-name a")} >= {"/avtal/hyra/ladan", "/avtal/badet"}


def test_a_cell_leads_to_its_clause_and_an_absent_one_says_so(client: TestClient) -> None:
    page = _page(client, "/oversikt/klausuler")
    heads = [_words(head) for head in page.select("thead th")]
    column = next(place for place, head in enumerate(heads) if head.startswith("Uppsägning"))
    rows = {_words(row.select("th")[0]): row.select("td") for row in page.select("tbody tr")}
    named = next(cells for title, cells in rows.items() if title.startswith("Hyresavtal"))
    (link,) = named[column - 1].select("a")
    assert "§ 4" in _words(link)
    assert str(link["href"]).startswith("/avtal/hyra/ladan?start=") and "#citat" in str(link["href"])
    other = next(cells for title, cells in rows.items() if title.startswith("Driftavtal"))
    assert _words(other[column - 1]) == "hittades inte"
    assert {len(cells) for cells in rows.values()} == {len(heads) - 1}


@pytest.mark.parametrize("part", ["", "/klausuler", "/parter"])
def test_filters_narrow_every_overview_and_can_be_taken_away(client: TestClient, part: str) -> None:
    page = _page(client, f"/oversikt{part}?party=Granboda kommun&year=2023")
    names = [_words(chip).partition("×")[0] for chip in page.select(".chips .chip")]
    assert names == ["part Granboda kommun", "gäller under 2023"]
    assert "Simlaget" in page.get_text() or "Driftavtal" in page.get_text()
    assert "Hyresavtal mellan" not in page.select_one("main").get_text()  # type: ignore[union-attr]
    assert {option["value"] for option in page.select("select option[selected]")} == {
        "Granboda kommun",
        "2023",
    }
    assert [str(tab["href"]).partition("?")[2] for tab in page.select(".tabs a")] == [
        "party=Granboda+kommun&year=2023"
    ] * 3


def test_no_agreement_and_no_such_page_or_year_are_said(client: TestClient) -> None:
    empty = _page(client, "/oversikt?type=finns-inte")
    assert "Inget avtal stämmer med filtren." in empty.get_text()
    assert "sidan 9 finns inte" in _page(client, "/oversikt?sida=9", 400).get_text().casefold()
    assert "året 20x6 kan inte läsas" in _page(client, "/oversikt?year=20x6", 400).get_text().casefold()


def test_the_year_is_a_filter_of_the_search_page_and_of_the_api(client: TestClient) -> None:
    page = _page(client, "/?q=vilka avtal finns?&year=2023")
    chips = [_words(chip) for chip in page.select(".understood .removable")]
    assert any("gäller under 2023" in chip for chip in chips)
    named = [row["agreement_id"] for row in client.get("/api/agreements?year=2023").json()["agreements"]]
    assert named == ["badet", "skola/åkerby", "vägar/snö och is"]
    assert client.get("/api/ask?q=hyra&year=23").status_code == 422


def test_the_statement_names_the_contact_or_says_that_it_is_missing(client: TestClient, index: Path) -> None:
    assert "har inte angett någon kontakt" in _page(client, "/tillganglighet").get_text()
    settings = Settings(index=index, contact="tillganglighet@example.se")
    with TestClient(create_app(settings)) as opened:
        page = _page(opened, "/tillganglighet")
    assert page.select("a[href='mailto:tillganglighet@example.se']")
    assert page.select_one("footer a[href='/tillganglighet']") is not None
