"""What a question is about, in its own words: without who asks, of what, and how."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.swedish.words import Word, words_of
from retriever.forms import TAILS
from retriever.question import Question


def subject(question: Question) -> str:
    """The subject as the reader wrote it: from the first subject word to the last."""
    own = own_words(question)
    if not own:
        return joined([term.word for term in question.terms])
    stems = {word.stem for word in own}
    start, end = own[0].start, max(w.end for w in own)
    if question.read_as[:start].endswith("tills ") and own[0].word == "vidare":
        start -= len("tills ")
    between = [w for w in words_of(question.read_as, start, end) if w.stem not in stems and not w.joined]
    if any(w.word not in _BINDING for w in between):
        return joined(list(dict.fromkeys(term.word for term in question.terms if term.stem in stems)))
    return question.read_as[start:end]


_FRAMING = frozenset(
    """
        gäller gälla omfattar finns innebär medför ingår avser handlar framgår anges sägs säger står krävs behövs alls
    """.split()
)


def own_words(question: Question) -> list[Word]:
    """The question's subject words where they stand, without the verbs of its frame unless there is nothing else."""
    stems = {term.stem for term in question.terms}
    own = [w for w in words_of(question.read_as) if w.stem in stems]
    return [w for w in own if w.word not in _FRAMING and w.word not in TAILS] or own


def as_asked(question: Question) -> str:
    """The subject between quotation marks: from its first word to its last, with all that stands between."""
    own = own_words(question)
    return question.read_as[own[0].start : max(w.end for w in own)] if own else subject(question)


_BINDING = frozenset(
    """
        av tills för till med och i på om eller inom mellan samt vid den det de att en ett hos mot
    """.split()
)


def joined(names: Sequence[str]) -> str:
    """Names in a row: "a, b och c"."""
    return " och ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
