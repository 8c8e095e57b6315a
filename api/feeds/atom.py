"""Feeds as Atom (RFC 4287)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree

ATOM = "http://www.w3.org/2005/Atom"
OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

ElementTree.register_namespace("", ATOM)
ElementTree.register_namespace("opensearch", OPENSEARCH)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry. `key` is what makes it another entry; `updated` is UTC."""

    key: str
    title: str
    summary: str
    link: str
    updated: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed. `link` is the page it tells about, `itself` its own address; `total` and `offset` are of a search's pages."""

    title: str
    link: str
    itself: str
    updated: datetime
    entries: Sequence[FeedEntry]
    total: int | None = None
    offset: int = 0


def as_atom(feed: Feed) -> bytes:
    """The feed as UTF-8 XML. Characters that XML cannot hold are shown as U+FFFD."""
    root = ElementTree.Element(f"{{{ATOM}}}feed", {"xml:lang": "sv"})
    _add(root, "id", _urn(feed.itself))
    _add(root, "title", feed.title)
    _add(root, "updated", _stamp(feed.updated))
    _add(ElementTree.SubElement(root, f"{{{ATOM}}}author"), "name", "Avtalssök")
    _link(root, "self", feed.itself, "application/atom+xml")
    _link(root, "alternate", feed.link, "text/html")
    if feed.total is not None:
        for name, value in (
            ("totalResults", feed.total),
            ("startIndex", feed.offset + 1),
            ("itemsPerPage", len(feed.entries)),
        ):
            ElementTree.SubElement(root, f"{{{OPENSEARCH}}}{name}").text = str(value)
    for entry in feed.entries:
        _entry(root, entry)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _entry(root: ElementTree.Element, entry: FeedEntry) -> None:
    element = ElementTree.SubElement(root, f"{{{ATOM}}}entry")
    _add(element, "id", _urn(entry.key))
    _add(element, "title", entry.title)
    _add(element, "updated", _stamp(entry.updated))
    _add(element, "summary", entry.summary)
    _link(element, "alternate", entry.link, "text/html")


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}{name}").text = _NOT_XML.sub("\ufffd", text)


def _link(parent: ElementTree.Element, relation: str, address: str, kind: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}link", {"rel": relation, "href": address, "type": kind})


def _urn(key: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, key)}"


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
