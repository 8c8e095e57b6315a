"""Documents with pages that wait for text recognition: they are read anew where it has become available."""

from __future__ import annotations

from corpus.types import Document

WAITS = "sidor utan text väntar på textigenkänning (OCR)"
"""What the warning of such a document says."""


def waits_for_ocr(document: Document) -> bool:
    """True for a document with pages that text recognition would have been asked to read, had it been there."""
    return any(WAITS in warning for warning in document.warnings)
