"""Words as the index sees them: offsets, stems, parts, and particle verbs joined."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.swedish.stems import stem
from indexer.swedish.words import Word, words_of


def joined(text: str) -> list[str]:
    return [word.stem for word in words_of(text) if word.joined]


def plain(text: str) -> list[str]:
    return [word.word for word in words_of(text) if not word.joined]


def test_a_word_carries_its_form_stem_parts_and_offsets() -> None:
    assert words_of("Ny Avtalstid!") == [
        Word("ny", "ny", (), 0, 2),
        Word("avtalstid", "avtalstid", ("avtal", "tid"), 3, 12),
    ]
    assert words_of("Avtalstid")[0].atoms == ("avtalstid", "avtal", "tid")


@pytest.mark.parametrize(
    "text", ["Avtalet kan sägas upp.", "Parten säger upp avtalet", "om man säger upp det"]
)
def test_a_particle_verb_gives_the_stem_of_its_noun(text: str) -> None:
    """ "sägas upp" once found no passage on uppsägning."""
    assert stem("uppsägning") in joined(text)


def test_a_pronoun_may_stand_between_verb_and_particle() -> None:
    assert "uppsäg" in joined("då kan vi säga det upp")
    assert joined("säga avtalet ett upp")[:1] != ["uppsäg"]


@pytest.mark.parametrize("text", ["säger Nina Holm", "Det blir bra, säger rektorn.", "Avtalet sägs gälla."])
def test_a_verb_without_particle_joins_nothing(text: str) -> None:
    """ "säger NN" was once read as uppsägning."""
    assert joined(text) == []


def test_a_particle_joins_no_particle_after_it() -> None:
    assert joined("sägas upp av parterna") == ["uppsäg"]


def test_the_joined_word_spans_verb_and_particle_and_follows_the_verb() -> None:
    text = "kan sägas upp nu"
    verb, both = words_of(text)[1:3]
    assert (verb.word, text[verb.start : verb.end], verb.joined) == ("sägas", "sägas", False)
    assert (both.stem, text[both.start : both.end], both.joined) == ("uppsäg", "sägas upp", True)


def test_a_single_letter_and_its_hyphen_belong_to_the_word() -> None:
    """e-tjänster once became "e" and "tjänster"."""
    assert plain("Våra e-tjänster och E-post") == ["våra", "e-tjänster", "och", "e-post"]
    (service,) = words_of("e-tjänster")
    assert service.stem == "e-" + stem("tjänster")


def test_other_hyphens_part_words() -> None:
    assert plain("hälso- och sjukvård, vård-avtal") == ["hälso", "och", "sjukvård", "vård", "avtal"]


def test_a_lone_genitive_s_is_no_word() -> None:
    assert plain("HIS:s avtal, s och ”s”") == ["his", "avtal", "s", "och", "s"]


def test_only_the_range_is_read_and_offsets_are_into_the_whole_text() -> None:
    assert words_of("gamla avtal", 6) == [Word("avtal", "avtal", (), 6, 11)]
    assert words_of("gamla avtal", 0, 5)[0].word == "gamla"
    assert words_of(" – ") == []


@settings(max_examples=100)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(["sägas", "upp", "det", "avtalet", "e-tjänst", "MDU:s"]), st.text(max_size=6)
        )
    )
)
def test_words_are_ordered_and_say_what_stands_at_their_offsets(pieces: list[str]) -> None:
    text = " ".join(pieces)
    position = 0
    for word in words_of(text):
        assert 0 <= word.start < word.end <= len(text)
        assert word.stem and all(word.atoms)
        if not word.joined:
            assert position <= word.start
            assert text[word.start : word.end].casefold() == word.word
            position = word.end
