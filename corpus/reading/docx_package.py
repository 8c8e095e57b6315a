"""The parts of a DOCX file and how they relate."""

from __future__ import annotations

import posixpath

from corpus.reading.zipped import Archive, refuse

_OTHER_DOCUMENTS = (
    ("xl/workbook.xml", "ett kalkylblad (.xlsx)"),
    ("ppt/presentation.xml", "en presentation (.pptx)"),
    ("META-INF/container.xml", "en e-bok (.epub)"),
)
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Package(Archive):
    """An opened DOCX. `main` is the name of the document part ("word/document.xml")."""

    def __init__(self, data: bytes) -> None:
        """Raises `ReadError` (REFUSED) where the bytes are no zip or hold no Word document."""
        super().__init__(data)
        targets = self.related("", "officeDocument")
        self.main = targets[0] if targets else "word/document.xml"
        for name, kind in _OTHER_DOCUMENTS:
            if name in self.names:
                refuse(f"filen är {kind}, som inte kan läsas; spara om den som .docx eller .pdf")
        if self.main not in self.names:
            refuse("arkivet innehåller inget Word-dokument; packa upp det och lägg filerna i mappen")

    def related(self, part: str, kind: str) -> list[str]:
        """Names of the parts that `part` relates to by a relationship whose type ends in `kind`."""
        folder, name = posixpath.split(part)
        relations = self.tree(posixpath.join(folder, "_rels", name + ".rels"))
        if relations is None:
            return []
        return [
            posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
            for relation in relations.iter(_RELATION)
            if relation.get("Type", "").endswith("/" + kind) and relation.get("TargetMode") != "External"
        ]
