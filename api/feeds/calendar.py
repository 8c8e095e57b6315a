"""Last notice days as a calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from urllib.parse import quote

from api.feeds.entries import NoticeDay

MOST_OCTETS = 75
"""A content line is folded after so many (RFC 5545, 3.1)."""


def as_calendar(days: Iterable[NoticeDay], address: str, written: datetime) -> bytes:
    """A calendar with an all-day event a day. `address` is the server's; `written` (UTC) stamps every event."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Avtalssök//Sista uppsägningsdagar//SV",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME:Sista uppsägningsdagar",
        "X-WR-CALNAME:Sista uppsägningsdagar",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
    ]
    for day in days:
        lines += _event(day, address, written)
    lines.append("END:VCALENDAR")
    return "".join(f"{piece}\r\n" for line in lines for piece in _folded(line)).encode("utf-8")


def _event(notice: NoticeDay, address: str, written: datetime) -> list[str]:
    name = f"{notice.agreement_id}#{notice.day.isoformat()}"
    return [
        "BEGIN:VEVENT",
        f"UID:{uuid.uuid5(uuid.NAMESPACE_URL, name)}",
        f"DTSTAMP:{written:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{notice.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{notice.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(f'Sista dag att säga upp: {notice.title}')}",
        f"DESCRIPTION:{_text(notice.sentences)}",
        f"URL:{address}/avtal/{quote(notice.agreement_id)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(value: str) -> str:
    """A TEXT value: marks escaped, breaks as \\n, no control characters."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    escaped = "\\n".join(escaped.splitlines())
    return "".join(character for character in escaped if character >= " " and character != "\x7f")


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most `MOST_OCTETS` octets, each after the first begun by a blank."""
    piece = ""
    for character in line:
        if len((piece + character).encode("utf-8")) > MOST_OCTETS:
            yield piece
            piece = " "
        piece += character
    yield piece
