"""A sample as an e-mail message that brings the agreement as an attachment."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage

_WORD = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")
_PDF = ("application", "pdf")
_BOUNDARY = "==exempelmeddelande=="
_BODY = """Hej!

Här kommer {title} som bifogad fil för registrering i diariet. Originalet förvaras hos oss.

Med vänlig hälsning
Registrator
"""


def eml_bytes(title: str, slug: str, attachment: bytes, *, word: bool) -> bytes:
    """The message: a short covering letter, and `attachment` named after the slug (DOCX, else PDF)."""
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = "Registrator <registrator@avsandare.example>"
    message["To"] = "Avtalsarkivet <arkiv@mottagare.example>"
    message["Subject"] = f"För registrering: {title}"
    message["Date"] = "Mon, 01 Jan 2024 09:00:00 +0100"
    message["Message-ID"] = f"<{slug}@avsandare.example>"
    message.set_content(_BODY.format(title=f"”{title}”"), cte="quoted-printable")
    main, sub = _WORD if word else _PDF
    message.add_attachment(
        attachment, maintype=main, subtype=sub, filename=f"{slug}.{'docx' if word else 'pdf'}"
    )
    message.set_boundary(_BOUNDARY)
    return message.as_bytes()
