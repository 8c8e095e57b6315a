"""Zip archives whose bytes follow from their members alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_DATE = (2024, 1, 1, 0, 0, 0)


def zip_bytes(members: Mapping[str, bytes], stored: frozenset[str] = frozenset()) -> bytes:
    """The archive: members in order, one date on all; those in `stored` are not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, date_time=_DATE)
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            target.writestr(info, data)
    return out.getvalue()
