"""Makes `indexer/swedish/words.txt`: how often each stem occurs, for telling a compound's parts.

Usage: python -m indexer.training.wordlist --data FOLDER
Source: the statutes (exempt from copyright, 9 § URL) and the parliament's interpellations.
"""

from __future__ import annotations

import argparse
import lzma
from collections import Counter
from pathlib import Path

from indexer.swedish.stems import stem
from indexer.swedish.tokens import tokens_of

SOURCES = ("sfs.txt.xz", "interp.txt.xz")
FEWEST = 12
LONGEST = 16
"""Longer words are compounds themselves."""


def count_stems(data: Path) -> Counter[str]:
    """Occurrences of each stem of letters only in the sources."""
    words: Counter[str] = Counter()
    for name in SOURCES:
        with lzma.open(data / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                words.update(token.word for token in tokens_of(line))
    stems: Counter[str] = Counter()
    for word, count in words.items():
        if word.isalpha() and 3 <= len(word) <= LONGEST:
            stems[stem(word)] += count
    return stems


def main() -> None:
    """Count and write the list, most frequent first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    out = Path(__file__).parents[1] / "swedish" / "words.txt"
    rows = [(word, count) for word, count in count_stems(parser.parse_args().data).items() if count >= FEWEST]
    rows.sort(key=lambda row: (-row[1], row[0]))
    out.write_text("".join(f"{word} {count}\n" for word, count in rows), encoding="utf-8")
    print(f"{len(rows)} stems written to {out.name}")


if __name__ == "__main__":
    main()
