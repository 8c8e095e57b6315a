"""Feeds, read by the libraries that readers' programs are built on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import feedparser
import icalendar
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.feeds.atom import Feed, FeedEntry, as_atom
from api.feeds.calendar import as_calendar
from api.feeds.entries import NoticeDay
from api.settings import Settings
from corpus.reading.document import read_document
from indexer.build import build_index
from indexer.store import open_index
from indexer.types import Encoder
from tests.conftest import refresh

WRITTEN = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
SOON = date.today() + timedelta(days=30)
ENDS = SOON + timedelta(days=92)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder whose one agreement must be given notice on by a day soon to come, as its manifest says."""
    folder = tmp_path / "avtal"
    folder.mkdir()
    text = f"Avtal om båtplats, brygga\n\n§ 1 Tid\n\nAvtalet gäller till och med den {ENDS.isoformat()}.\n"
    (folder / "bryggan.txt").write_text(text, encoding="utf-8")
    (folder / "avtal.csv").write_text(
        f"fil;sista uppsägningsdag\nbryggan.txt;{SOON.isoformat()}\n", encoding="utf-8"
    )
    return folder


@pytest.fixture
def served(place: Path, shipped: Encoder, tmp_path: Path) -> Iterator[TestClient]:
    build_index(place, tmp_path / "index", shipped, read_document)
    with TestClient(create_app(Settings(index=tmp_path / "index"))) as client:
        yield client


def notice(**changed: object) -> NoticeDay:
    values: dict[str, object] = {
        "agreement_id": "hyra/ladan", "title": "Avtal; om å, ä\\ö", "day": date(2026, 9, 30),
        "parties": ("Granboda kommun", "Tal AB"), "section": "§ 4 Uppsägning",
        "wording": "senast sex månader före avtalstidens utgång " * 5, "replaced_by": ("Nytt avtal",),
    }  # fmt: skip
    return NoticeDay(**{**values, **changed})  # type: ignore[arg-type]


def test_a_calendar_is_read_back_as_it_was_meant() -> None:
    written = as_calendar([notice()], "https://a.se", WRITTEN)
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    (event,) = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert event["SUMMARY"] == "Sista dag att säga upp: Avtal; om å, ä\\ö"
    assert event["DESCRIPTION"] == notice().sentences
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2026, 9, 30), date(2026, 10, 1))
    assert event.decoded("DTSTAMP") == WRITTEN
    assert event["URL"] == "https://a.se/avtal/hyra/ladan"


def test_an_event_keeps_its_name_and_a_new_day_is_a_new_event() -> None:
    def uid(day: NoticeDay) -> str:
        return str(
            icalendar.Calendar.from_ical(as_calendar([day], "https://a.se", WRITTEN)).walk("VEVENT")[0]["UID"]
        )

    assert uid(notice()) == uid(notice(title="Annan titel"))
    assert uid(notice()) != uid(notice(day=date(2027, 9, 30)))


def test_a_notice_says_where_the_day_comes_from() -> None:
    assert notice(wording="senast den 30 september").sentences == (
        "Parter: Granboda kommun, Tal AB. I avtalet, § 4 Uppsägning: ”senast den 30 september”. Ersätts av Nytt avtal."
    )
    assert "inte läst ur texten" in notice(wording="").sentences


def test_a_feed_is_read_back_as_it_was_meant() -> None:
    entry = FeedEntry("k", "Å & <b>\x0b", "rad", "https://a.se/avtal/x", WRITTEN)
    feed = Feed("Nya avtal", "https://a.se/", "https://a.se/f.atom", WRITTEN, [entry], 7, 3)
    read = feedparser.parse(as_atom(feed))
    assert (read.bozo, read.version, read.feed.title) == (False, "atom10", "Nya avtal")
    assert read.feed.opensearch_totalresults == "7"
    assert read.feed.opensearch_startindex == "4"
    assert (read.entries[0].title, read.entries[0].link) == (
        "Å & <b>\ufffd",
        "https://a.se/avtal/x",
    )
    assert read.entries[0].updated == "2026-03-14T09:30:00Z"


def test_the_last_notice_day_is_in_calendar_and_feed(served: TestClient) -> None:
    reply = served.get("/api/feeds/last-notice.ics")
    assert reply.headers["content-type"] == "text/calendar; charset=utf-8"
    (event,) = icalendar.Calendar.from_ical(reply.content).walk("VEVENT")
    assert event.decoded("DTSTART") == SOON
    reply = served.get("/api/feeds/last-notice.atom")
    assert reply.headers["content-type"] == "application/atom+xml; charset=utf-8"
    (entry,) = feedparser.parse(reply.content).entries
    assert entry.title == f"Senast {SOON.isoformat()} ska Avtal om båtplats, brygga sägas upp"
    assert "inte läst ur texten" in entry.summary
    assert feedparser.parse(served.get("/api/feeds/last-notice.atom?within=29").content).entries == []
    assert feedparser.parse(served.get("/api/feeds/last-notice.atom?within=30").content).entries != []


def test_new_agreements_come_first_with_their_generation(
    served: TestClient, place: Path, shipped: Encoder, tmp_path: Path
) -> None:
    (before,) = feedparser.parse(served.get("/api/feeds/new.atom").content).entries
    (place / "sjöboden.txt").write_text(
        "Avtal om sjöboden\n\n§ 1 Boden\n\nBoden målas röd.\n", encoding="utf-8"
    )
    build_index(place, tmp_path / "index", shipped, read_document)
    refresh(served)
    read = feedparser.parse(served.get("/api/feeds/new.atom").content)
    assert [entry.title for entry in read.entries] == ["Avtal om sjöboden", "Avtal om båtplats, brygga"]
    assert read.entries[1].id == before.id
    assert read.entries[1].updated == before.updated
    assert read.feed.opensearch_totalresults == "2"
    assert len(feedparser.parse(served.get("/api/feeds/new.atom?limit=1").content).entries) == 1


def test_filters_hold_for_feeds(client: TestClient) -> None:
    read = feedparser.parse(client.get("/api/feeds/new.atom", params={"party": "Plogens AB"}).content)
    assert [entry.link for entry in read.entries] == [
        "http://testserver/avtal/v%C3%A4gar/sn%C3%B6%20och%20is"
    ]
    assert read.feed.links[0].href == "http://testserver/api/feeds/new.atom?party=Plogens+AB"


def test_a_search_can_be_federated(client: TestClient, index: Path) -> None:
    read = feedparser.parse(client.get("/api/feeds/search.atom?q=bolaget&limit=3&offset=2").content)
    assert (len(read.entries), read.feed.opensearch_startindex) == (3, "3")
    assert read.feed.opensearch_totalresults == str(len(open_index(index).passages))
    hits = client.get("/api/search?q=bolaget&limit=3&offset=2").json()["hits"]
    assert [entry.link for entry in read.entries] == [
        "http://testserver" + hit["citation"]["url"] for hit in hits
    ]
