"""The matrix as a table (CSV) that Swedish spreadsheet programs open as it is."""

from __future__ import annotations

import csv
import io

from api.cells import harmless
from retriever.matrix import Matrix, MatrixCell, Presence

_SAID = {Presence.PRESENT: "ja", Presence.UNCERTAIN: "osäkert"}


def as_csv(matrix: Matrix) -> bytes:
    """UTF-8 with a byte-order mark, semicolons, a row an agreement.

    A cell is empty where the clause is absent; else "ja" or "osäkert" and the section. One that a spreadsheet would run
    as a formula gets an apostrophe first.
    """
    written = io.StringIO()
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    table.writerow(
        ["Avtals-id", "Avtal", "Avtalstyp", "Avtalsparter", *(column.sv for column in matrix.columns)]
    )
    for row in matrix.rows:
        about = (row.agreement_id, row.title, row.kind or "", "; ".join(row.parties))
        table.writerow([harmless(cell) for cell in (*about, *(_said(cell) for cell in row.cells))])
    return written.getvalue().encode("utf-8-sig")


def _said(cell: MatrixCell) -> str:
    if cell.citation is None:
        return ""
    section = " ".join(cell.citation.section_label.split())
    return f"{_SAID[cell.presence]}: {section}" if section else _SAID[cell.presence]
