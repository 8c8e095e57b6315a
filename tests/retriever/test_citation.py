"""Citations: slices of their text when made, and found again, or not, after an edit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corpus.card import agreement_from
from corpus.types import Agreement, AvtalError, Document, FileFormat, Page, Span
from retriever.citation import AROUND, cite, section_at, url_of, verify
from retriever.engine import Engine
from retriever.types import Citation, Verdict

TEXT = """Avtal om bryggan mellan Granboda kommun och Tallviks AB

§ 1 Bryggan

Bolaget lägger ut bryggan i maj. Kommunen betalar virket.

§ 2 Tillsyn

Parterna ser över bryggan varje höst. Skador lagas genast.

§ 3 Båtar

Parterna ser över bryggan varje höst. Båtar får ligga kvar.
"""


def agreement(text: str = TEXT, pages: tuple[Page, ...] = ()) -> Agreement:
    return agreement_from(Document("bryggan.txt", FileFormat.TXT, text, pages), "bryggan")


def cited(quote: str, text: str = TEXT, nth: int = 0) -> Citation:
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return cite(agreement(text), Span(start, start + len(quote)))


def verdict(citation: Citation, text: str) -> tuple[Verdict, int | None]:
    found = verify(citation, {"bryggan": agreement(text)})
    if found.start is not None and found.end is not None:
        assert text[found.start : found.end] == citation.quote
    return found.verdict, found.start


def test_a_citation_says_where_it_stands() -> None:
    made = cited("Kommunen betalar virket.")
    assert (made.agreement_id, made.section_label, made.section_path) == ("bryggan", "§ 1 Bryggan", ("§ 1",))
    assert made.parties == ("Granboda kommun", "Tallviks AB")
    assert TEXT[made.start : made.end] == made.quote == "Kommunen betalar virket."
    assert TEXT[: made.start].endswith(made.prefix)
    assert TEXT[made.end :].startswith(made.suffix)
    assert (len(made.prefix), len(made.suffix)) == (AROUND, AROUND)
    assert (made.page_first, made.page_last) == (None, None)
    assert made.url == f"/avtal/bryggan?start={made.start}&end={made.end}"


def test_pages_are_those_that_the_quote_touches() -> None:
    cut = TEXT.index("§ 2")
    paged = agreement(pages=(Page(1, 0, cut), Page(2, cut, len(TEXT))))
    before, after = TEXT.index("Bolaget"), TEXT.index("Skador")
    pages = [
        (c.page_first, c.page_last)
        for c in (
            cite(paged, Span(before, before + 7)),
            cite(paged, Span(after, after + 6)),
            cite(paged, Span(before, after)),
        )
    ]
    assert pages == [(1, 1), (2, 2), (1, 2)]


@given(st.data())
def test_any_span_gives_a_slice_or_a_refusal(data: st.DataObject) -> None:
    one = agreement()
    start = data.draw(st.integers(0, len(TEXT)))
    end = data.draw(st.integers(start, len(TEXT) + 5))
    if not TEXT[start:end].strip():
        with pytest.raises(AvtalError, match="bryggan"):
            cite(one, Span(start, end))
        return
    made = cite(one, Span(start, end))
    assert TEXT[made.start : made.end] == made.quote == TEXT[start:end].strip()
    assert section_at(one, made.start).label == made.section_label
    assert verify(made, {"bryggan": one}).verdict is Verdict.EXACT


def test_page_furniture_is_never_cited(engine: Engine) -> None:
    page = engine.index.agreements["badet"]
    assert page.furniture
    for span in page.furniture:
        with pytest.raises(AvtalError, match="ramtext"):
            cite(page, Span(span.start, min(span.end + 1, len(page.text))))
    with pytest.raises(AvtalError, match="ramtext"):
        cite(page, Span(0, len(page.text)))


def test_the_address_of_a_quote_keeps_slashes_and_escapes_the_rest() -> None:
    address = url_of("vägar/snö och is?", 3, 9)
    assert address == "/avtal/v%C3%A4gar/sn%C3%B6%20och%20is%3F?start=3&end=9"
    assert unquote(address.split("?")[0]) == "/avtal/vägar/snö och is?"


def test_an_offset_outside_the_text_is_refused() -> None:
    with pytest.raises(AvtalError, match=rf"tecken {len(TEXT)} ligger utanför texten i bryggan"):
        section_at(agreement(), len(TEXT))


def test_the_same_text_is_exact() -> None:
    made = cited("Skador lagas genast.")
    assert verdict(made, TEXT) == (Verdict.EXACT, made.start)


def test_a_text_that_changed_elsewhere_is_still_exact() -> None:
    made = cited("Kommunen betalar virket.")
    assert verdict(made, TEXT + "\nEn rad till.\n") == (Verdict.EXACT, made.start)


def test_a_quote_that_moved_is_found_where_it_stands() -> None:
    made = cited("Skador lagas genast.")
    assert verdict(made, TEXT.replace("i maj", "i slutet av maj")) == (
        Verdict.MOVED,
        made.start + len("slutet av "),
    )


def test_an_edited_quote_is_changed() -> None:
    assert verdict(cited("Skador lagas genast."), TEXT.replace("genast", "senare")) == (Verdict.CHANGED, None)


def test_a_removed_agreement_is_gone() -> None:
    found = verify(cited("Skador lagas genast."), {"annat": agreement()})
    assert (found.verdict, found.start) == (Verdict.GONE, None)


def test_a_copy_of_the_quote_is_told_apart_by_its_surroundings() -> None:
    quote = "Parterna ser över bryggan varje höst."
    moved = "Ett förord.\n\n" + TEXT
    for nth in (0, 1):
        made = cited(quote, nth=nth)
        assert verdict(made, moved) == (Verdict.MOVED, made.start + len("Ett förord.\n\n"))


def test_copies_that_cannot_be_told_apart_are_said_to_be_changed() -> None:
    made = replace(cited("Parterna ser över bryggan varje höst."), prefix="", suffix="")
    found = verify(made, {"bryggan": agreement("Förord.\n\n" + TEXT)})
    assert (found.verdict, "2 ställen" in found.detail) == (Verdict.CHANGED, True)


def test_a_citation_with_the_wrong_place_or_no_quote_is_not_exact() -> None:
    made = cited("Skador lagas genast.")
    wrong = replace(made, start=made.start + 1, end=made.end + 1)
    assert verdict(wrong, TEXT) == (Verdict.MOVED, made.start)
    assert verdict(replace(made, quote=""), TEXT)[0] is Verdict.CHANGED


@given(st.text(alphabet="abc åäö.\n", max_size=30), st.data())
def test_whatever_is_put_in_front_moves_the_quote_by_its_length(added: str, data: st.DataObject) -> None:
    quote = data.draw(
        st.sampled_from(["Kommunen betalar virket.", "Skador lagas genast.", "Båtar får ligga kvar."])
    )
    assume(quote not in added)
    made = cited(quote)
    wanted = Verdict.MOVED if added else Verdict.EXACT
    assert verdict(made, added + TEXT) == (wanted, made.start + len(added))


def test_every_passage_of_the_samples_can_be_cited(samples: Engine) -> None:
    index = samples.index
    for passage in index.passages:
        one = index.agreements[passage.agreement_id]
        made = cite(one, Span(passage.start, passage.end))
        assert one.text[made.start : made.end] == made.quote == passage.text
        assert made.text_sha256 == one.document.text_sha256
        assert (made.page_first is None) == (not one.document.pages)
        assert not Path(made.agreement_id).is_absolute()
