"""E-mail: the message and, after it, the text of every attachment that can be read."""

from __future__ import annotations

import email
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from email.message import Message
from pathlib import PurePosixPath

from corpus.furniture import furniture_lines
from corpus.heading_numbers import HeadingKind
from corpus.headings import headings_of
from corpus.lines import lines_of
from corpus.reading.canonical import canonical
from corpus.reading.eml_headers import file_name, header, is_message
from corpus.reading.encoding import decode, mojibake_warning
from corpus.reading.extract import Block, Extract, assemble, in_order
from corpus.reading.html import read_html
from corpus.reading.text import check_is_text
from corpus.reading.title import sane_title
from corpus.types import Heading, ReadError, ReadStatus

ReadAttached = Callable[[bytes, str, int], Extract]
"""Reads an attached file by its bytes and name; the number says how many messages it lies in."""

MOST_MESSAGES = 5
_MOST_PARTS = 500
_MOST_DEPTH = 50
_DEEPEST_HEADING = 9
_LONGEST_WARNING = 300
_LINES = (("from", "Från"), ("to", "Till"), ("cc", "Kopia"), ("date", "Datum"))
_SUFFIXES = {
    "text/plain": ".txt", "text/html": ".html", "text/markdown": ".md", "application/pdf": ".pdf",
    "text/rtf": ".rtf", "application/rtf": ".rtf", "message/rfc822": ".eml",
}  # fmt: skip
_BODIES = ("text/plain", "text/html")
_CUT = ("CloseBoundaryNotFoundDefect", "StartBoundaryNotFoundDefect")


def read_eml(data: bytes, read: ReadAttached, depth: int = 0) -> Extract:
    """The subject as heading and title, sender, receivers and date as lines, the body, then each attachment.

    An attachment stands under the heading "Bilaga: <namn>", its own headings below that; one that cannot be read is
    named in a warning with the reason. Raises `ReadError` (REFUSED, ENCRYPTED).
    """
    try:
        return _of_message(email.message_from_bytes(data), read, depth)
    except RecursionError as error:
        raise ReadError(ReadStatus.REFUSED, "meddelandets delar är nästlade för djupt") from error


def _of_message(message: Message, read: ReadAttached, depth: int) -> Extract:
    if not is_message(message):
        raise ReadError(
            ReadStatus.REFUSED,
            "filen saknar mejlrubriker (From, To, Subject …) och är inget e-postmeddelande; spara om mejlet som .eml",
        )
    if _is_encrypted(message):
        raise ReadError(
            ReadStatus.ENCRYPTED, "meddelandet är krypterat; öppna det och spara en okrypterad kopia"
        )
    found = _Found()
    _gather(message, found, 0)
    subject = header(message, "subject")
    lines = [f"{label}: {value}" for name, label in _LINES if (value := header(message, name))]
    top = [Block(subject or "Meddelande utan ämne", level=1), Block("\n".join(lines))]
    bodies = [_deeper(body, 1) for body in found.bodies]
    attached = [_attached(part, at, read, depth) for at, part in enumerate(found.attached, start=1)]
    whole = in_order([assemble(top), *bodies, *attached])
    marks = [*found.warnings, *whole.warnings]
    return replace(whole, title=sane_title(_title(subject, attached)), warnings=tuple(dict.fromkeys(marks)))


def _title(subject: str, attached: list[Extract]) -> str:
    """The only attachment's own title where the subject repeats it ("För registrering: …"), else the subject."""
    marks = [mark for extract in attached for mark in extract.headings if mark.level]
    if len(attached) != 1 or len(marks) < 2:
        return subject
    first = marks[1]
    title = " ".join(attached[0].text[first.start : first.end].split()).strip("#* ")
    return title if title.casefold() in " ".join(subject.split()).casefold() else subject


@dataclass(slots=True)
class _Found:
    """A message's parts: what it says, what is attached to it."""

    bodies: list[Extract] = field(default_factory=list)
    attached: list[Message] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    parts: int = 0


def _is_encrypted(message: Message) -> bool:
    kind = message.get_content_type()
    if kind in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
        return str(message.get_param("smime-type", "")).lower() != "signed-data"
    return kind == "multipart/encrypted"


def _gather(part: Message, found: _Found, depth: int) -> None:
    """Sort the message's parts, in order, into bodies and attachments."""
    found.parts += 1
    if found.parts > _MOST_PARTS or depth > _MOST_DEPTH:
        raise ReadError(
            ReadStatus.REFUSED,
            f"meddelandet har fler än {_MOST_PARTS} delar eller delar djupare än {_MOST_DEPTH} nivåer",
        )
    if any(type(defect).__name__ in _CUT for defect in part.defects):
        found.warnings.append("meddelandet är avhugget eller trasigt: gränsen efter en del saknas")
    if part.get_content_type() == "message/rfc822" or not part.is_multipart():
        _leaf(part, found)
        return
    inner = _inner(part)
    if part.get_content_type() == "multipart/alternative":
        inner = _best(inner, found, depth)
    for piece in inner:
        _gather(piece, found, depth + 1)


def _leaf(part: Message, found: _Found) -> None:
    is_body = (
        part.get_content_type() in _BODIES
        and part.get_content_disposition() != "attachment"
        and part.get_filename() is None
    )
    if not is_body:
        found.attached.append(part)
        return
    try:
        body = _body(part)
    except ReadError as error:
        found.warnings.append(f"en del av meddelandet lästes inte: {error.reason}")
        return
    if body.text.strip():
        found.bodies.append(body)


def _inner(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [piece for piece in payload if isinstance(piece, Message)] if isinstance(payload, list) else []


def _best(versions: list[Message], found: _Found, depth: int) -> list[Message]:
    """Of several versions of the same words, the last (and so richest) with text; and all that is no version."""
    chosen: Message | None = None
    for version in reversed(versions):
        tried = _Found(parts=found.parts)
        _gather(version, tried, depth + 1)
        if tried.bodies:
            chosen = version
            break
    textual = ("text", "multipart")
    return [
        version
        for version in versions
        if version is chosen
        or (version.get_content_maintype() not in textual)
        or version.get_content_type() == "text/calendar"
    ]


def _body(part: Message) -> Extract:
    data = _content(part)
    check_is_text(data)
    text = decode(data, part.get_content_charset())
    if part.get_content_type() == "text/html":
        return read_html(text.encode("utf-8", "replace"))
    if str(part.get_param("format", "")).lower() == "flowed":
        text = _unwrapped(text, str(part.get_param("delsp", "")).lower() == "yes")
    text = canonical(text).strip("\n")
    warning = mojibake_warning(text)
    return Extract(text, warnings=(warning,) if warning else ())


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _unwrapped(text: str, drops_space: bool) -> str:
    """Lines that a space at their end says go on are joined (RFC 3676); the signature's "-- " is not."""
    lines: list[str] = []
    goes_on = False
    for line in re.split(r"\r?\n", text):
        words = line[1:] if line.startswith(" ") else line
        if goes_on and lines and not words.startswith(">"):
            lines[-1] = (lines[-1][:-1] if drops_space else lines[-1]) + words
        else:
            lines.append(words)
        goes_on = words.endswith(" ") and words != "-- "
    return "\n".join(lines)


def _attached(part: Message, number: int, read: ReadAttached, depth: int) -> Extract:
    """The attachment below its heading, or a warning alone where it cannot be read."""
    name = file_name(part, number)
    kind = part.get_content_type()
    try:
        if kind == "message/rfc822":
            inner = next(iter(_inner(part)), None)
            if inner is None:
                raise ReadError(ReadStatus.REFUSED, "meddelandet är tomt")
            if depth + 1 >= MOST_MESSAGES:
                raise ReadError(
                    ReadStatus.REFUSED, f"det ligger djupare än {MOST_MESSAGES} meddelanden i varandra"
                )
            extract = _of_message(inner, read, depth + 1)
            name = name if part.get_filename() else header(inner, "subject") or name
        else:
            suffix = PurePosixPath(name).suffix
            extract = read(_content(part), name if suffix else name + _SUFFIXES.get(kind, ""), depth + 1)
    except ReadError as error:
        return _unread(name, kind, error.reason)
    except MemoryError:
        return _unread(name, kind, "den kräver mer minne än läsaren får ta")
    except RecursionError:
        return _unread(name, kind, "den är nästlad för djupt")
    except Exception as error:  # noqa: BLE001 - one attachment's parser must not cost the message; the warning names it
        return _unread(name, kind, f"läsaren klarade den inte ({type(error).__name__}: {error})")
    title = assemble([Block(f"Bilaga: {name}", level=2)])
    warnings = tuple(f"bilagan {name}: {warning}" for warning in extract.warnings)
    return in_order([title, replace(_deeper(_with_bare(extract), 2), warnings=warnings)])


def _unread(name: str, kind: str, reason: str) -> Extract:
    return Extract("", warnings=(f"bilagan {name} ({kind}) lästes inte: {reason}"[:_LONGEST_WARNING],))


def _with_bare(extract: Extract) -> Extract:
    """The extract with its bare headings marked, where its format marks none.

    They are looked for only in texts without marks, and the message has some: its subject and its attachments.
    """
    if any(mark.level for mark in extract.headings):
        return extract
    lines = lines_of(extract.text)
    found = headings_of(lines, extract.headings, furniture_lines(lines), set())
    bare = [lines[heading.line] for heading in found if heading.kind is HeadingKind.BARE]
    return replace(extract, headings=tuple(Heading(line.start, line.end, 1) for line in bare))


def _deeper(extract: Extract, levels: int) -> Extract:
    """The extract with its headings that many levels further down."""
    headings = tuple(
        replace(mark, level=min(mark.level + levels, _DEEPEST_HEADING)) if mark.level else mark
        for mark in extract.headings
    )
    return replace(extract, headings=headings)
