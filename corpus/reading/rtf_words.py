"""The control words of RTF that stand for characters, and those that open a destination."""

from __future__ import annotations

SIGNS = {
    "tab": "\t", "line": "\n", "page": "\n", "column": "\n", "softline": "\n", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "endash": "–", "emdash": "—", "enspace": " ",
    "emspace": " ", "qmspace": " ", "zwj": "\u200d", "zwnj": "\u200c",
}  # fmt: skip
SYMBOLS = {"~": "\u00a0", "_": "-", "{": "{", "}": "}", "\\": "\\", "\t": "\t"}
HEADERS = frozenset(("header", "headerl", "headerr", "headerf"))
FOOTERS = frozenset(("footer", "footerl", "footerr", "footerf"))
BOXES = frozenset(("shptxt", "dptxbxtext"))
MARKS = frozenset(("listtext", "pntext"))
"""The number or bullet as the program that wrote the file showed it."""
SILENT = frozenset(("shp", "shpinst", "do", "info", "shpgrp", "background"))
"""Groups whose own words are no text but which may hold a text box or the title."""
TRANSPARENT = frozenset((
    "nesttableprops", "ud", "cs", "ts", "ds", "mmath", "moMath", "moMathPara", "field", "fldrslt", "object",
    "result", "bkmkend", "pnlvlblt", "pnlvlbody",
))  # fmt: skip
"""Words after `\\*` that do not open a destination to skip."""
SKIPPED = frozenset((
    "pict", "nonshppict", "shppict", "xe", "tc", "tcn", "rxe", "txe", "private", "filetbl", "fldinst",
    "annotation", "atnid", "atnauthor", "atntime", "atndate", "atnref", "atnparent", "atrfstart", "atrfend",
    "bkmkstart", "shprslt", "nonesttables", "objdata", "objclass", "objname", "listtable", "listoverridetable",
    "revtbl", "rsidtbl", "themedata", "colorschememapping", "datastore", "latentstyles", "generator", "pn",
    "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "sp", "formfield", "mmathPict", "mmathPr",
    "xmlnstbl", "htmltag", "author", "operator", "template", "docvar", "pntxta", "pntxtb", "upr",
))  # fmt: skip
"""`\\upr` holds the same words twice; its Unicode half, `\\ud`, is taken."""
