from __future__ import annotations

import io
from collections.abc import Callable
from email import policy
from email.message import EmailMessage

import docx
import pytest

from corpus.card import agreement_from
from corpus.reading.eml import read_eml
from corpus.reading.extract import Extract
from corpus.sections import sections_of
from corpus.types import Document, FileFormat, ReadError, ReadStatus

Read = Callable[[bytes | str, str], Document]

_WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"


def mail(subject: str = "Avtal om bad", body: str | None = "Hej!\n\nHär kommer avtalet.") -> EmailMessage:
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = "Registrator <registrator@sjokoping.example>"
    message["To"] = "arkiv@sjokoping.example"
    message["Date"] = "Mon, 03 Jun 2024 10:12:00 +0200"
    message["Subject"] = subject
    if body is not None:
        message.set_content(body)
    return message


def word_file() -> bytes:
    file = docx.Document()
    file.add_heading("Driftavtal", 1)
    file.add_heading("§ 1 Drift", 2)
    file.add_paragraph("Bolaget sköter badet.")
    written = io.BytesIO()
    file.save(written)
    return written.getvalue()


TOP = (
    "Avtal om bad\n\nFrån: Registrator <registrator@sjokoping.example>\nTill: arkiv@sjokoping.example\n"
    "Datum: Mon, 03 Jun 2024 10:12:00 +0200\n\n"
)


def headings(document: Document) -> list[tuple[str, int]]:
    return [(document.text[at.start : at.end], at.level) for at in document.headings]


def test_a_message_with_attachments_is_one_text_with_its_headings(read: Read) -> None:
    message = mail()
    message.add_attachment(word_file(), maintype="application", subtype=_WORD, filename="driftavtal å.docx")
    message.add_attachment("§ 1 Hyra\n\nHyran är 5 kronor.\n".encode("latin-1"), maintype="text", subtype="plain",
                           filename="hyra.txt")  # fmt: skip
    document = read(message.as_bytes(), "a.eml")
    assert document.format is FileFormat.EML
    assert document.title == "Avtal om bad"
    assert document.text == (
        TOP + "Hej!\n\nHär kommer avtalet.\n\nBilaga: driftavtal å.docx\n\nDriftavtal\n\n§ 1 Drift\n\n"
        "Bolaget sköter badet.\n\nBilaga: hyra.txt\n\n§ 1 Hyra\n\nHyran är 5 kronor.\n"
    )
    assert headings(document) == [
        ("Avtal om bad", 1),
        ("Bilaga: driftavtal å.docx", 2),
        ("Driftavtal", 3),
        ("§ 1 Drift", 4),
        ("Bilaga: hyra.txt", 2),
    ]
    assert document.warnings == ()
    paths = [section.path for section in sections_of(document)]
    assert any("driftavtal å.docx" in " ".join(path) and path[-1] == "§ 1" for path in paths)


def test_bare_headings_of_a_text_attachment_are_kept(read: Read) -> None:
    message = mail()
    text = "Hyresavtal\n\nSyfte\n\nParterna hyr badet tillsammans.\n\n§ 2 Tid\n\nAvtalet gäller i tre år.\n"
    message.add_attachment(text, filename="hyra.txt")
    sections = [section.path for section in sections_of(read(message.as_bytes(), "a.eml"))]
    inside = [path[-1] for path in sections if path[0] == "Bilaga: hyra.txt"]
    assert inside == ["Bilaga: hyra.txt", "Hyresavtal", "Syfte", "§ 2"]


def test_what_cannot_be_read_is_named_with_the_reason(read: Read) -> None:
    message = mail()
    message.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="karta.png")
    message.add_attachment("BEGIN:VCALENDAR", subtype="calendar", filename="möte.ics")
    message.add_attachment(word_file()[:500], maintype="application", subtype=_WORD, filename="trasig.docx")
    message.add_attachment(b"", maintype="application", subtype="pdf", filename="tom.pdf")
    document = read(message.as_bytes(), "a.eml")
    assert document.text == TOP + "Hej!\n\nHär kommer avtalet."
    assert [words.split(" lästes inte: ")[0] for words in document.warnings] == [
        "bilagan karta.png (image/png)", "bilagan möte.ics (text/calendar)",
        f"bilagan trasig.docx (application/{_WORD})", "bilagan tom.pdf (application/pdf)",
    ]  # fmt: skip
    assert "bild (PNG)" in document.warnings[0]
    assert ".ics kan inte läsas" in document.warnings[1]
    assert "trasigt arkiv" in document.warnings[2]
    assert "tom" in document.warnings[3]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (MemoryError(), "den kräver mer minne än läsaren får ta"),
        (RecursionError("maximum recursion depth exceeded"), "den är nästlad för djupt"),
        (KeyError("x"), "läsaren klarade den inte (KeyError: 'x')"),
        (ReadError(ReadStatus.REFUSED, "den är trasig"), "den är trasig"),
    ],
)
def test_an_attachment_whose_reader_fails_costs_itself_alone_and_is_named(
    error: Exception, reason: str
) -> None:
    def fails(_data: bytes, name: str, _depth: int) -> Extract:
        if name == "avtal.docx":
            raise error
        return Extract("Hyran är 5 kronor.")

    message = mail()
    message.add_attachment(b"x", maintype="application", subtype=_WORD, filename="avtal.docx")
    message.add_attachment("hyra", filename="hyra.txt")
    extract = read_eml(message.as_bytes(), fails)
    assert extract.text.endswith("Hej!\n\nHär kommer avtalet.\n\nBilaga: hyra.txt\n\nHyran är 5 kronor.")
    assert extract.warnings == (f"bilagan avtal.docx (application/{_WORD}) lästes inte: {reason}",)


def test_of_two_versions_the_richer_is_read_and_a_calendar_among_them_is_named(read: Read) -> None:
    message = mail(body="Enkel text")
    message.add_alternative("<html><body><h1>Rik</h1><table><tr><td>a</td><td>b</td></tr></table></body></html>",
                            subtype="html")  # fmt: skip
    message.add_alternative("BEGIN:VCALENDAR", subtype="calendar")
    document = read(message.as_bytes(), "a.eml")
    assert document.text == TOP + "Rik\n\na | b"
    assert headings(document) == [("Avtal om bad", 1), ("Rik", 2)]
    assert "text/calendar" in document.warnings[0]


def test_an_empty_html_version_does_not_hide_the_words(read: Read) -> None:
    message = mail(body="Enkel text")
    message.add_alternative("<html><body><img src='cid:x'></body></html>", subtype="html")
    assert read(message.as_bytes(), "a.eml").text == TOP + "Enkel text"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (b"Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable", b"F=F6rs=E4ljning p=E5 =\n=C5land"),
        (b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64", b"RsO2cnPDpGxqbmluZyBww6Ugw4VsYW5k"),
        (b"Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable", b"F=F6rs=E4ljning p=E5 =C5land"),
        (b"X-Ingen: typ", "Försäljning på Åland".encode("latin-1")),
        (b"Content-Type: text/plain; charset=okand", "Försäljning på Åland".encode()),
        (b"Content-Type: text/plain; format=flowed", "Försäljning \npå Åland".encode()),
        (b"Content-Type: text/html; charset=iso-8859-1", "<p>Försäljning på Åland</p>".encode("latin-1")),
    ],
)  # fmt: skip
def test_encodings_of_the_body(read: Read, head: bytes, body: bytes) -> None:
    document = read(b"From: a@b.example\nSubject: Bad\n" + head + b"\n\n" + body, "a.eml")
    assert document.text == "Bad\n\nFrån: a@b.example\n\nFörsäljning på Åland"


@pytest.mark.parametrize(
    ("raw", "subject"),
    [
        (b"=?iso-8859-1?Q?Avtal_om_f=F6rs=E4ljning?=", "Avtal om försäljning"),
        (b"=?utf-8?B?w4VybGln?=\n =?utf-8?Q?_=C3=B6versyn?=", "Årlig översyn"),
        (b"Sv: =?utf-8?Q?=C3=85r?= 2024", "Sv: År 2024"),
        ("Årlig översyn".encode(), "Årlig översyn"),
        ("Årlig översyn".encode("latin-1"), "Årlig översyn"),
        (b"=?okand?X?trasig?=", "=?okand?X?trasig?="),
        (b"Ett\n \tbrutet", "Ett brutet"),
        (b"", "Meddelande utan ämne"),
    ],
)
def test_subjects(read: Read, raw: bytes, subject: str) -> None:
    assert read(b"From: a@b.example\nSubject: " + raw + b"\n\nText", "a.eml").text.startswith(
        f"{subject}\n\nFrån:"
    )


def test_messages_in_messages_are_read_to_a_depth(read: Read) -> None:
    message = mail("Innerst", "Det innersta")
    for number in range(6):
        outer = mail(f"Nivå {number}", f"Text {number}")
        outer.add_attachment(message)
        message = outer
    document = read(message.as_bytes(), "a.eml")
    assert [text for text, _ in headings(document)][:3] == ["Nivå 5", "Bilaga: Nivå 4", "Nivå 4"]
    assert "Text 1" in document.text
    assert "Text 0" not in document.text
    assert any("djupare än 5 meddelanden" in warning for warning in document.warnings)


def test_a_message_attached_as_a_file_is_read(read: Read) -> None:
    message = mail()
    message.add_attachment(mail("Inre", "Inre text").as_bytes(), maintype="application", subtype="octet-stream",
                           filename="inre.eml")  # fmt: skip
    document = read(message.as_bytes(), "a.eml")
    assert document.text.endswith("Inre text")
    assert ("Bilaga: inre.eml", 2) in headings(document)


def test_a_cut_message_is_read_as_far_as_it_goes_and_said(read: Read) -> None:
    message = mail()
    message.add_attachment("Hyran är 5 kronor.\n" * 50, filename="hyra.txt")
    data = message.as_bytes()
    document = read(data[: len(data) - 200], "a.eml")
    assert "Hyran är 5 kronor." in document.text
    assert any("avhugget" in warning for warning in document.warnings)


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        (b"Bara text\n\nutan rubriker", ReadStatus.REFUSED, "mejlrubriker"),
        (b"From: a@b.example\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nxx", ReadStatus.ENCRYPTED, "krypterat"),
        (b"From: a@b.example\nContent-Type: multipart/encrypted; boundary=x\n\n--x\n\n--x--", ReadStatus.ENCRYPTED, "krypterat"),
        (b"From: a@b.example\n" + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(400)), ReadStatus.REFUSED, "nivåer|nästlade"),
    ],
)  # fmt: skip
def test_what_is_no_readable_message_is_refused(
    read: Read, data: bytes, status: ReadStatus, words: str
) -> None:
    with pytest.raises(ReadError, match=words) as caught:
        read(data, "a.eml")
    assert caught.value.status is status


def test_every_truncation_and_every_lost_byte_ends_in_a_document_or_a_read_error(read: Read) -> None:
    message = mail("Årlig översyn")
    message.add_alternative("<p>Rik</p>", subtype="html")
    message.add_attachment("bilaga", filename="å.txt")
    data = message.as_bytes()
    for at in range(1, len(data), 23):
        for broken in (data[:at], data[:at] + data[at + 1 :], data[:at] + b"\x00\xff" + data[at:]):
            try:
                assert read(broken, "a.eml").text
            except ReadError as error:
                assert error.reason


def test_a_mail_that_registers_an_attachment_has_the_attachments_title(read: Read) -> None:
    message = EmailMessage()
    message["Subject"] = "För registrering: Avtal om badvatten"
    message["From"] = "a@b.example"
    message.set_content("Se bilagan.")
    message.add_attachment(
        b"# Avtal om badvatten\n\n## 1 Syfte\n\nVattnet.\n",
        maintype="text",
        subtype="markdown",
        filename="a.md",
    )
    document = read(message.as_bytes(), "a.eml")
    assert document.title == "Avtal om badvatten"
    assert agreement_from(document, "a").title == "Avtal om badvatten"
