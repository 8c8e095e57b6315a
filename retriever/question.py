"""What a question asks for: its kind, its subject words, the parties and kinds of agreement it names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from indexer.swedish.families import kin_of
from indexer.swedish.words import Word
from retriever.asks import Asks
from retriever.concepts import NOTHING, Sayings
from retriever.forms import COSTING, EMPTY_VERBS, MENTIONING
from retriever.phrases import Phrases, sought
from retriever.types import QuestionKind


@dataclass(frozen=True, slots=True)
class Term:
    """A subject word of the question.

    `atoms` are the stems that a text must hold to speak of it (a compound's parts, else the word's own stem);
    `stem` is the whole word's; `also` the stems of what an abbreviation stands for; `weight` its rarity; `known` is False where no passage holds the word or all its parts.
    """

    word: str
    stem: str
    atoms: tuple[str, ...]
    weight: float
    known: bool
    also: tuple[str, ...] = ()
    named: bool = False
    """Written as a name in the question: an agreement that does not hold it does not answer."""
    head: bool = False
    """What the question asks for, and no text speaks of ("vilken dröjsmålsränta …"): nothing else answers."""
    sayings: Sayings = NOTHING
    """Other ways to say the word, or the phrase of the question that it stands in."""
    near: frozenset[str] = field(init=False, compare=False, repr=False)
    """The atoms of which a text must hold one to speak of the term at all."""
    wanted: frozenset[str] = field(init=False, compare=False, repr=False)
    """`atoms`, in no order."""
    kin: frozenset[str] = field(init=False, compare=False, repr=False)
    """The stems of words that mean nearly the same."""
    sought: tuple[Phrases, Phrases, Phrases] = field(init=False, compare=False, repr=False)
    """The phrases of `sayings`, ready to be looked for: same, narrower, near."""

    def __post_init__(self) -> None:
        told = (*self.sayings.same, *self.sayings.narrower, *self.sayings.near)
        said = (atom for phrase in told for word in phrase.words for atom in word)
        kin = kin_of(self.stem)
        object.__setattr__(self, "near", frozenset((self.stem, *self.atoms, *self.also, *said)) | kin)
        object.__setattr__(self, "wanted", frozenset(self.atoms))
        object.__setattr__(self, "kin", kin)
        object.__setattr__(self, "sought", sought(self.sayings))

    @property
    def numeric(self) -> bool:
        """True for a bare number: it narrows a subject (Agenda 2030) but is none."""
        return self.word.isdigit()


_WHERE = re.compile(r"(?i)\W*var\s")


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood. `words` are what the word index is asked.

    `read_as` is the text in Swedish, with missing åäö and slips put right; `for_encoder` is what the encoder reads,
    an English question as it stands; `corrected` is the same where a slip was put right,
    which the reader is asked about.
    """

    text: str
    read_as: str
    for_encoder: str
    kind: QuestionKind
    asks: Asks
    terms: tuple[Term, ...]
    words: tuple[Word, ...]
    parties: tuple[str, ...]
    agreement_kinds: tuple[str, ...]
    relation: str
    corrected: str | None
    notes: tuple[str, ...]
    section: str | None = None
    """The number of a section that the question points to: "4.3" of "punkt 4.3", "4" of "§ 4"."""
    stycke: int | None = None
    """The number of the section's paragraph that it points to: 2 of "§ 4 andra stycket"."""
    in_force: bool = False
    """A list question for the agreements in force today."""
    in_force_year: int | None = None
    """… or in force during a year that it names: "gäller fortfarande 2025"."""
    absent: bool = False
    """A list question for the agreements that lack the subject: vilka avtal saknar …?"""
    compares: bool = False
    """A question that sets agreements beside each other: skillnad i … mellan … och …"""
    subjects: tuple[tuple[Term, ...], ...] = ()
    """The terms of a list question by subject: "sekretess och innovation" asks for two."""
    either: bool = False
    """One of the subjects is enough: "sekretess eller innovation"."""
    open_ended: bool = False
    """It asks where something stands, or is words alone: the set of agreements answers, and where there is none the passages."""

    @property
    def seeks_place(self) -> bool:
        """It may be answered by one passage as well as by a set: words alone, and what asks where something stands."""
        asks_where = self.kind is QuestionKind.AGREEMENTS and _WHERE.match(self.read_as) is not None
        return self.open_ended or (asks_where and not self.absent)

    @property
    def in_texts(self) -> bool:
        """It asks which texts name a party: "vilka avtal nämner Plogens AB?"."""
        return bool(self.parties) and not self.terms and self.relation in MENTIONING

    @property
    def unheard_of(self) -> bool:
        """True where there is a subject and no text holds a word of the question; an English one's words are not the texts'."""
        foreign = self.for_encoder != self.read_as
        subject = any(term.word not in EMPTY_VERBS | COSTING for term in self.terms)
        return subject and not foreign and not any(term.known for term in self.terms)
