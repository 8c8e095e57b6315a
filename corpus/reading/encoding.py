"""From bytes to characters: BOM, then strict UTF-8, then what the markup declares, then Windows-1252."""

from __future__ import annotations

import codecs
import re

# UTF-32 before UTF-16: its little-endian BOM begins with UTF-16's.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Only encodings of text: Python's registry also holds zip, rot13 and unicode_escape. Latin-1 and ASCII
# labels mean Windows-1252, as browsers read them.
_DECLARED = {
    **dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252"), "cp1252"),
    **{f"iso-8859-{n}": f"iso8859-{n}" for n in (2, 4, 9, 10, 13, 14, 15)},
    "macintosh": "mac-roman",
    "x-mac-roman": "mac-roman",
    "ibm850": "cp850",
    "cp850": "cp850",
    "windows-1250": "cp1250",
    "windows-1251": "cp1251",
    "windows-1257": "cp1257",
}

# UTF-8 read as Windows-1252 (Ã¥ Ã¤ Ã¶ Â§ â€“), U+FFFD, U+FFFD's own bytes read that way, and å ä of DOS
# (code page 850) read as Windows-1252 († „ inside a word), å read as Windows-1250 (ĺ, which Swedish never has).
_MOJIBAKE = re.compile(
    r"Ã[\x80-¿€ƒ„…†‡ˆ‰Š‹Œ–—‘’“”•˜™š›œžŸ]|Â[§ °´»«]|â€[“”™œ¢¦\x9d]|ï¿½|\ufffd|[A-Za-z][†„][a-z]|[ĺĹ]"
)
_NEAR = 20


def has_bom(data: bytes) -> bool:
    """True when the bytes begin with a UTF-8, UTF-16 or UTF-32 byte order mark."""
    return any(data.startswith(bom) for bom, _ in _BOMS)


def decode(data: bytes, declared: str | None = None) -> str:
    """The bytes as characters. Never fails: Windows-1252 takes any byte, and what it lacks becomes U+FFFD.

    Valid UTF-8 beats the declared label: text in another encoding is practically never valid UTF-8, while
    saved pages are often converted without their label.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, errors="replace")
    for encoding in ("utf-8", _DECLARED.get((declared or "").strip().lower(), "cp1252")):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252", errors="replace")


def mojibake_count(text: str) -> int:
    """How many places of the text look like characters read in the wrong encoding."""
    return sum(1 for _ in _MOJIBAKE.finditer(text))


def mojibake_warning(text: str) -> str | None:
    """A Swedish warning that counts and shows the first place of suspected mojibake, or None."""
    first = _MOJIBAKE.search(text)
    if first is None:
        return None
    count = mojibake_count(text)
    shown = " ".join(text[max(0, first.start() - _NEAR) : first.end() + _NEAR].split())
    return f"misstänkt teckenfel på {count} ställen, det första vid tecken {first.start()}: ”{shown}”"
