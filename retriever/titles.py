"""Which agreements a question names: by registry number, by the words of a title or kind, by how they open."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.types import Agreement, FactName
from indexer.swedish.stems import stem
from indexer.swedish.stopwords import STOPWORDS
from indexer.swedish.words import words_of
from retriever.forms import FROM_YEAR
from retriever.question import Question

_ABOUT_WHAT = re.compile(
    r"(?i)\b\w*(?:avtal|kontrakt|överenskommelse|partnerskap)\w*\s+(?:om|för|kring|rörande|gällande)\b"
)
_OF_AGREEMENT = re.compile(r"(\w{5,}?)s?(?:avtal|kontrakt|överenskomm)")
_NAMING = re.compile(r"\w{3}-?(?:avtal|kontrakt)(?:et|ets|s)?$")
"""A compound whose first parts say which agreement it is: fjärrvärmeavtalet, biträdesavtal."""
_FLAT = re.compile(r"[\s/_-]")
NAMING_NONE = frozenset(
    stem(word)
    for word in (
        "kommun region stad län landsting universitet högskola myndighet förening part avtal "
        "uppsagt uppsagd sagts upp säga sägs utgått undertecknat undertecknad signed slutlig slutversion utkast kopia mall version"
    ).split()
)
"""What many agreements are between, and what a file's name says of its state: they name no agreement."""
FRONT = 400
"""Characters at the start of an agreement that name it: title, subtitle, parties."""
PART_OF_TEXT = 5
"""Of a short text only this part names it, where a word that the start holds is to tell it from others."""
LEAST_NUMBER = 5
"""Characters of a registry number without blanks and dashes; fewer could be any figure."""
PART_OF_TITLE = (0.0, 0.25, 1.0)
"""What a shared stem counts where it is a word of its own in neither, one or both of question and title: "folk" does not
name the folktandvård, nor "kulturhuset" what is about sjukhus."""


@dataclass(frozen=True)
class Titles:
    """The agreements by what they are called and how they open."""

    agreements: Mapping[str, Agreement]

    def named_by(self, question: Question) -> frozenset[str]:
        """Ids of the agreements that the question names by its title or kind ("ramavtalet för IT-konsulter").

        The words must be rare among the titles: at most a third of the agreements share the best match.
        """
        numbered = self._numbered(question.text)
        if numbered:
            return numbered
        asked, whole = self._asked(question)
        total = len(self.agreements)
        scores: dict[str, float] = {}
        for atom in sorted(asked):
            names = self._titled_with.get(atom, [])
            if 0 < 3 * len(names) <= total + 2:
                weight = math.log(1 + total / len(names))
                for name in names:
                    share = PART_OF_TITLE[(atom in whole) + (atom in self._words[name])]
                    scores[name] = scores.get(name, 0.0) + weight * share
        best = max(scores.values(), default=0.0)
        chosen = frozenset(name for name, score in scores.items() if best > 0 and score >= best - 1e-9)
        year = FROM_YEAR.search(question.read_as)
        if year:
            rivals = [name for name, score in scores.items() if best > 0 and score >= best * PART_OF_TITLE[1]]
            dated = frozenset(name for name in rivals if self._began(name, year[1]))
            titled = frozenset(name for name in rivals if year[1] in _called(self.agreements[name]))
            chosen = dated or titled or chosen
        titled_so = len(chosen) * 3 <= total and best >= math.log(1 + 3)
        return chosen if titled_so else self._opening_so(question)

    def atoms(self, agreement_id: str) -> set[str]:
        """The stems and compound parts of the agreement's title and kind."""
        return self._atoms[agreement_id]

    def opens_with(self, agreement_id: str, stem: str) -> bool:
        """True where the word stands in the agreement's title or at its very start."""
        return stem in self._opening_stems[agreement_id]

    def _asked(self, question: Question) -> tuple[set[str], set[str]]:
        """What a title may be found by: the question's stems and parts, and those that stand for whole words of it."""
        words = words_of(question.read_as)
        meant = {atom for term in question.terms for atom in term.also}
        asked = {atom for w in words if w.word not in STOPWORDS for atom in (w.stem, *w.parts)}
        whole = {w.stem for w in words} | meant
        whole |= {part for w in words if _NAMING.search(w.word) for part in w.parts[:-1]}
        asked |= meant
        begun = self._begun(asked)
        asked, whole = (begun, begun) if begun else (asked, whole)
        if FROM_YEAR.search(question.read_as):
            asked = {atom for atom in asked if not atom.isdigit()}
        return asked - NAMING_NONE, whole

    def _opening_so(self, question: Question) -> frozenset[str]:
        """For "avtalet om kulturhuset": ids of the agreements that open with every such word, where few do."""
        if not question.terms or not _ABOUT_WHAT.search(question.read_as):
            return frozenset()
        wanted = {term.stem for term in question.terms}
        found = {name for name, stems in self._front_stems.items() if wanted <= stems}
        return frozenset(found) if len(found) * 10 <= len(self.agreements) else frozenset()

    def _begun(self, asked: set[str]) -> set[str]:
        """Title words that begin as one of the asked ones before its "avtal": laboratorieavtalet, laboratorietjänster.

        A word that itself stands in a title ("samverkansavtal") needs no such reading.
        """
        titled = self._titled_with
        starts = tuple(
            match[1] for atom in sorted(asked - titled.keys()) if (match := _OF_AGREEMENT.fullmatch(atom))
        )
        return {atom for atom in titled if atom.startswith(starts)} if starts else set()

    def _numbered(self, text: str) -> frozenset[str]:
        """Ids of the agreements whose own registry number the question holds."""
        flat = _FLAT.sub("", text).casefold()
        return frozenset(name for number, name in self._numbers if number in flat)

    def _began(self, agreement_id: str, year: str) -> bool:
        """True for an agreement signed in that year or valid from it."""
        agreement = self.agreements[agreement_id]
        dates = (*agreement.values(FactName.SIGNED), *agreement.values(FactName.VALID_FROM))
        return any(date.startswith(year) for date in dates)

    @cached_property
    def _numbers(self) -> Sequence[tuple[str, str]]:
        return [
            (flat, a.agreement_id)
            for a in self.agreements.values()
            for number in a.values(FactName.REGISTRY_NUMBER)
            if len(flat := _FLAT.sub("", number).casefold()) >= LEAST_NUMBER
        ]

    @cached_property
    def _front_stems(self) -> Mapping[str, frozenset[str]]:
        return {name: _starting(agreement, FRONT) for name, agreement in self.agreements.items()}

    @cached_property
    def _opening_stems(self) -> Mapping[str, frozenset[str]]:
        return {
            name: _starting(agreement, min(FRONT, len(agreement.text) // PART_OF_TEXT))
            for name, agreement in self.agreements.items()
        }

    @cached_property
    def _atoms(self) -> Mapping[str, set[str]]:
        return {
            a.agreement_id: {atom for w in words_of(_called(a)) for atom in (w.stem, *w.atoms)}
            for a in self.agreements.values()
        }

    @cached_property
    def _titled_with(self) -> Mapping[str, list[str]]:
        """The agreements whose title or kind holds the atom, by atom."""
        found: dict[str, list[str]] = {}
        for name, atoms in self._atoms.items():
            for atom in atoms:
                found.setdefault(atom, []).append(name)
        return found

    @cached_property
    def _words(self) -> Mapping[str, set[str]]:
        """The stems of each title's and kind's own words, and the last parts of its compounds: what they are."""
        return {
            a.agreement_id: {
                stem
                for w in words_of(_called(a))
                for stem in (w.stem, *(w.parts if _NAMING.search(w.word) else w.parts[-1:]))
            }
            for a in self.agreements.values()
        }


def _called(agreement: Agreement) -> str:
    """What people may call it: its title, its kind, the name of its file."""
    return f"{agreement.title} {agreement.kind or ''} {agreement.agreement_id.replace('_', ' ')}"


def _starting(agreement: Agreement, characters: int) -> frozenset[str]:
    """The stems of its title and of so much of its start."""
    start = words_of(agreement.text, 0, min(characters, len(agreement.text)))
    return frozenset(word.stem for word in (*words_of(agreement.title), *start))
