"""Records of an answer, from question to citation. Field names are those of the HTTP contract."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class QuestionKind(StrEnum):
    """What is asked for: the set of agreements, a short fact, or the best passages."""

    AGREEMENTS = "agreements"
    FACT = "fact"
    PASSAGES = "passages"


class AnswerKind(StrEnum):
    """What was given. NONE is an abstention."""

    AGREEMENTS = "agreements"
    FACT = "fact"
    PASSAGES = "passages"
    NONE = "none"


class Coverage(StrEnum):
    """How an agreement covers a subject: it says so, or it says something near."""

    EXPLICIT = "explicit"
    RELATED = "related"


class Verdict(StrEnum):
    """What re-checking a citation finds."""

    EXACT = "exact"
    MOVED = "moved"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Citation:
    """The product's promise: `text[start:end] == quote` in the text version named by `text_sha256`.

    Pages are null where the format has none. `ocr`: some of the quote was read off a picture of a page, and may
    differ from what is printed there. `prefix` and `suffix` are up to 40 characters of text
    around the quote, for finding it again after an edit.
    """

    agreement_id: str
    title: str
    parties: tuple[str, ...]
    section_path: tuple[str, ...]
    section_label: str
    page_first: int | None
    page_last: int | None
    start: int
    end: int
    quote: str
    prefix: str
    suffix: str
    text_sha256: str
    url: str
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Verification:
    """A verdict on a citation. `start..end` say where the quote stands now, when it does."""

    verdict: Verdict
    detail: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader narrowed the search to. All given conditions must hold. `year`: in force some day of that year.

    `without` names the filters ("party", "type", "valid_on") that the reader took away again: the question's own words
    set none of them.
    """

    parties: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    valid_on: date | None = None
    without: tuple[str, ...] = ()
    year: int | None = None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value to narrow the search by and how many agreements have it, this facet's own filter left aside."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Values of each filter that occur in the collection, most frequent first; years in force, the latest first."""

    party: tuple[FacetValue, ...]
    type: tuple[FacetValue, ...]
    year: tuple[FacetValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A ranked passage. `highlights` are (start, end) offsets into `text`; `score` is in 0..1."""

    rank: int
    score: float
    agreement_id: str
    passage_id: str
    text: str
    highlights: tuple[tuple[int, int], ...]
    why: tuple[str, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class CoveredAgreement:
    """An agreement in the answer, with the quotes that put it there. `score` is in 0..1.

    `replaced_by` are ids of the agreements in the index that replace it: it counts, but is no longer the newest.
    `otherwise`: it says so in other words than the question's, as far as their meaning tells.
    """

    agreement_id: str
    title: str
    coverage: Coverage
    score: float
    citations: tuple[Citation, ...]
    replaced_by: tuple[str, ...] = ()
    otherwise: bool = False


@dataclass(frozen=True, slots=True)
class NearAgreement:
    """An agreement offered when nothing answers. `terms` are words in it that are near the question's."""

    agreement_id: str
    title: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much was searched, how many agreements cover the subject, how many are uncertain (related)."""

    searched: int
    covering: int
    uncertain: int


@dataclass(frozen=True, slots=True)
class Interpreted:
    """How the question was understood, shown to the reader.

    `corrected` is a 'Menade du' wording; `notes` say which words were read as others, in Swedish. `absent`: the
    agreements that lack the subject are asked for, so those given as explicit lack it.
    """

    terms: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    filters: dict[str, str] = field(default_factory=dict)
    corrected: str | None = None
    notes: tuple[str, ...] = ()
    absent: bool = False


@dataclass(frozen=True, slots=True)
class ShortAnswerSpan:
    """Where the short answer stands: an offset range into the canonical text, inside `citations[citation]`."""

    citation: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PhrasedSentence:
    """A sentence of a language model; `citations` are indices into the answer's, each of which holds it alone."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Phrased:
    """What a language model made of the answer's citations, and what was left of it.

    `text` names its sources as [1] for the answer's first citation; it is empty where nothing was kept. `dropped` is
    the number of sentences that their sources did not hold; `mark` and `note` are for the reader. `failed`: no answer
    came from the model, and another time one may.
    """

    text: str
    sentences: tuple[PhrasedSentence, ...]
    dropped: int
    model: str
    mark: str
    note: str | None
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The body of `/api/ask`. `short_answer` starts with "Ja" or "Nej" for a yes/no question.

    `phrased` is null unless the server has a language model.
    """

    kind: AnswerKind
    statement: str
    short_answer: str | None
    short_answer_span: ShortAnswerSpan | None
    agreements: tuple[CoveredAgreement, ...]
    citations: tuple[Citation, ...]
    completeness: Completeness
    abstained: bool
    reason: str | None
    nearest: tuple[NearAgreement, ...]
    hits: tuple[Hit, ...]
    interpreted: Interpreted
    generation: str
    took_ms: float
    phrased: Phrased | None = None
