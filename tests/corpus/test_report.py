"""The report's row of a file that was read says what a reader would wonder about."""

from __future__ import annotations

from corpus.card import agreement_from
from corpus.report import FileReport, report_of
from corpus.types import Agreement, Document, FileFormat, Page, ReadStatus

WHOLE = (
    "Avtal om bryggan\n\n§ 1 Bryggan\n\nBolaget lägger ut bryggan.\n\n§ 2 Tillsyn\n\nParterna ser över den.\n"
)


def agreement(text: str, pages: tuple[Page, ...] = (), warnings: tuple[str, ...] = ()) -> Agreement:
    document = Document("bryggan.txt", FileFormat.TXT, text, pages, warnings=warnings)
    return agreement_from(document, "bryggan")


def test_a_file_with_nothing_to_wonder_about_is_indexed() -> None:
    row = report_of(agreement(WHOLE), 3, 0)
    assert row == FileReport(
        "bryggan.txt", ReadStatus.INDEXED, None, "bryggan", len(WHOLE), 0, len(agreement(WHOLE).sections), 3
    )


def test_a_gap_in_the_numbering_is_a_warning_that_names_both_numbers() -> None:
    row = report_of(agreement(WHOLE.replace("§ 2", "§ 4")), 3, 0)
    assert row.status is ReadStatus.INDEXED_WITH_WARNINGS
    assert (row.numbering_gaps, row.reason) == ((("§ 1", "§ 4"),), "numreringen hoppar från § 1 till § 4")


def test_pages_without_text_are_named() -> None:
    text = "Avtal om bryggan\n\n \nSlut."
    pages = (Page(1, 0, 17), Page(2, 17, 20), Page(3, 20, len(text)))
    assert report_of(agreement(text, pages), 1, 0).pages_without_text == (2,)


def test_suspected_mojibake_is_counted_and_said_once() -> None:
    row = report_of(agreement(WHOLE.replace("lägger", "lÃ¤gger").replace("över", "Ã¶ver")), 3, 0)
    assert row.suspected_mojibake == 2
    assert len(row.warnings) == 1 and "misstänkt teckenfel på 2 ställen" in row.warnings[0]
    again = report_of(agreement(WHOLE.replace("lägger", "lÃ¤gger"), warnings=("annat",)), 3, 0)
    assert len(again.warnings) == 2


def test_divided_sentences_are_counted_but_are_no_warning() -> None:
    row = report_of(agreement(WHOLE), 3, 2)
    assert (row.split_sentences, row.status) == (2, ReadStatus.INDEXED)


def test_a_text_that_is_all_frame_says_that_nothing_can_be_quoted() -> None:
    assert "inget stycke kan citeras" in str(report_of(agreement(WHOLE), 0, 0).reason)


def test_a_report_row_starts_empty() -> None:
    row = FileReport("a.txt", ReadStatus.REFUSED, "trasig")
    assert (row.agreement_id, row.characters, row.pages, row.sections, row.passages) == (None, 0, 0, 0, 0)
    assert (row.warnings, row.numbering_gaps, row.moved_from, row.duplicate_of) == ((), (), None, None)
