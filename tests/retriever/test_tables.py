"""Rows and columns of tables: by bars and by wide gaps."""

from __future__ import annotations

from corpus.types import Span
from retriever.tables import Table, cells_of, is_row, line_of

_GAPS = """Timpriser exklusive moms:
Roll            Nivå 2      Nivå 3
Testare         690 kr      810 kr
Ledare          -           940 kr
Restid ersätts inte.
"""
_BARS = "Plats | Antal | Avgift\nTorget | 8 | 3 500 kronor\n"


def _table(text: str, wording: str) -> Table:
    table = Table.around(text, text.index(wording))
    assert table is not None
    return table


def test_a_line_of_words_is_no_row() -> None:
    assert not is_row(_GAPS, line_of(_GAPS, _GAPS.index("Restid")))
    assert Table.around(_GAPS, _GAPS.index("Restid")) is None


def test_cells_are_parted_by_wide_gaps() -> None:
    cells = cells_of(_GAPS, line_of(_GAPS, _GAPS.index("Ledare")))
    assert [_GAPS[c.start : c.end] for c in cells] == ["Ledare", "-", "940 kr"]


def test_a_column_is_the_title_above() -> None:
    table = _table(_GAPS, "940 kr")
    row = line_of(_GAPS, _GAPS.index("Ledare"))
    assert table.titles == ["Roll", "Nivå 2", "Nivå 3"]
    assert table.titles[table.column(row, _GAPS.index("940 kr"))] == "Nivå 3"


def test_bars_part_cells_too() -> None:
    table = _table(_BARS, "3 500")
    row = line_of(_BARS, _BARS.index("Torget"))
    assert table.titles[table.column(row, _BARS.index("3 500"))] == "Avgift"
    assert [_BARS[c.start : c.end] for c in table.cells(Span(row.start, row.end))] == ["8", "3 500 kronor"]


_FLAT = """Antal och pris framgår nedan.
Plats Antal platser Veckor Kronor per elev och vecka
Skola norr 96 4 1 150
Skola söder 8 - 900
Summan är preliminär.
"""


def test_figures_behind_a_label_are_cells_though_the_gaps_were_lost() -> None:
    line = line_of(_FLAT, _FLAT.index("Skola norr"))
    assert [_FLAT[c.start : c.end] for c in cells_of(_FLAT, line)] == ["Skola norr", "96", "4", "1 150"]
    table = _table(_FLAT, "1 150")
    assert table.titles[table.column(line, _FLAT.index("1 150"))] == "Kronor per elev och vecka"


def test_capitals_alone_begin_no_title_of_a_table_whose_gaps_were_lost() -> None:
    flat = "Form Ljus BTA Kronor per kvm\nHyresrätt 2 400 1 700\nBostadsrätt 5 200 4 100\n"
    table = _table(flat, "4 100")
    assert table.titles == ["Form", "Ljus BTA", "Kronor per kvm"]


def test_a_sentence_that_ends_in_a_figure_is_no_row() -> None:
    text = "Avtalet gäller till 2025\nKommunen svarar för lokaler\n"
    assert not is_row(text, line_of(text, 3))


def test_years_head_the_columns_of_a_table_whose_gaps_were_lost() -> None:
    text = "Ersättningsslag Enhet 2023 2024\nPlacering kr per vecka 2 480 2 579\nExamination kr per dag 4 700 4 888\n"
    table = _table(text, "4 888")
    row = line_of(text, text.index("Examination"))
    assert table.titles[table.column(row, text.index("4 888"))] == "2024"
    assert table.titles[table.column(row, text.index("4 700"))] == "2023"
