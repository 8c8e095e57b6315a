"""The training text on disk: xz-compressed lines, one reader a file, and their fingerprint."""

from __future__ import annotations

import hashlib
import json
import lzma
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

PARALLEL_FILES = ("parallel.jsonl.xz", "parallel_mt.jsonl.xz")
RUNNING_TEXT_FILES = ("sfs.txt.xz", "g0vse.txt.xz", "interp.txt.xz", "ms_docs.txt.xz", "s3.txt.xz")
PAIR_FILES = ("pairs.jsonl.xz", "ms_question_pairs.jsonl.xz", "ms_heading_pairs.jsonl.xz")
WIKTIONARY_FILE = "wiktionary_en_sv.jsonl.xz"
SYNONYM_FILE = "synonyms_sv.jsonl.xz"
ENTAILMENT_FILE = "swenli_dev.jsonl.xz"
# Licence notices and tables of contents come in short lines; sentences do not.
SHORTEST_LINE = 40


@dataclass(frozen=True, slots=True)
class SentencePair:
    """One sentence in both languages; `origin` is the publisher's set."""

    english: str
    swedish: str
    origin: str


@dataclass(frozen=True, slots=True)
class RetrievalPair:
    """A question or heading and the passage it belongs to. `document` is what a split must not cut."""

    question: str
    passage: str
    title: str
    kind: str
    document: str


def read_lines(path: Path) -> Iterator[str]:
    """The lines of an xz-compressed UTF-8 file, without line breaks."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n")


def read_objects(path: Path) -> Iterator[dict[str, str]]:
    """The objects of an xz-compressed JSON-lines file."""
    for line in read_lines(path):
        yield json.loads(line)


def sentence_pairs(data: Path) -> dict[str, list[SentencePair]]:
    """All sentence pairs by origin, in the publisher's order, a Swedish sentence once per origin."""
    by_origin: dict[str, list[SentencePair]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for name in PARALLEL_FILES:
        for row in read_objects(data / name):
            key = (row["set"], row["sv"].casefold())
            if row["en"].strip() and row["sv"].strip() and key not in seen:
                seen.add(key)
                by_origin[row["set"]].append(SentencePair(row["en"], row["sv"], row["set"]))
    return dict(by_origin)


def capped(pairs: list[SentencePair], caps: Mapping[str, int], block: int, seed: int) -> list[SentencePair]:
    """At most `caps[origin]` of one origin's pairs, in whole blocks of neighbours, still in order."""
    limit = caps.get(pairs[0].origin, caps["default"])
    if len(pairs) <= limit:
        return pairs
    starts = list(range(0, len(pairs), block))
    random.Random(f"{seed} {pairs[0].origin}").shuffle(starts)
    return [pair for start in sorted(starts[: limit // block]) for pair in pairs[start : start + block]]


def running_text(data: Path, characters: int) -> Iterator[str]:
    """Lines of Swedish prose, at most `characters` from each source."""
    for name in RUNNING_TEXT_FILES:
        left = characters
        for line in read_lines(data / name):
            if len(line) >= SHORTEST_LINE:
                left -= len(line)
                yield line
            if left <= 0:
                break


def retrieval_pairs(data: Path) -> Iterator[RetrievalPair]:
    """All question/heading/title → passage pairs of all pair files."""
    for name in PAIR_FILES:
        for number, row in enumerate(read_objects(data / name)):
            kind = row.get("kind") or name.removesuffix(".jsonl.xz")
            document = row.get("title") or row.get("src") or f"{name} {number}"
            yield RetrievalPair(row["q"], row["pos"], row.get("title") or "", kind, document)


def synonyms(data: Path) -> dict[str, list[str]]:
    """Words with the words that people gave as their synonyms, single words in lower case only."""
    found: dict[str, list[str]] = {}
    with lzma.open(data / SYNONYM_FILE, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            others = [word for word in row["synonyms"] if word.isalpha() and word.islower()]
            if others and row["word"].isalpha() and row["word"].islower():
                found[row["word"]] = others
    return found


def entailments(data: Path) -> Iterator[tuple[str, str]]:
    """A sentence, and one that follows from it."""
    for row in read_objects(data / ENTAILMENT_FILE):
        if row["label"] == "entailment":
            yield row["premise"], row["hypothesis"]


def fingerprint(data: Path) -> dict[str, str]:
    """SHA-256 of every file the recipe reads, by name: what the model card pins."""
    others = (WIKTIONARY_FILE, SYNONYM_FILE, ENTAILMENT_FILE)
    names = (*PARALLEL_FILES, *RUNNING_TEXT_FILES, *PAIR_FILES, *others)
    return {name: hashlib.sha256((data / name).read_bytes()).hexdigest() for name in sorted(names)}
