"""The record of a public question set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublicSet:
    """Questions over documents. `qrels[question][document]` is a grade, 1 or higher, and both ids exist.

    `unjudged` is how many questions of the files no judgement names: they are not among `questions`.
    """

    name: str
    questions: Mapping[str, str]
    documents: Mapping[str, str]
    qrels: Mapping[str, Mapping[str, int]]
    unjudged: int = 0
