"""Makes `indexer/swedish/words.txt`: how often each stem occurs and its common forms, for telling a compound's parts.

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
FEWEST = 5
_HYPHENS = tuple("-\u00ad\u00ac\u2010")
"""Hyphens as the sources have them, the soft one among them."""
LONGEST = 16
"""Longer words are compounds themselves."""


def count_words(data: Path) -> Counter[str]:
    """Occurrences of each word of letters in the sources; the halves of words broken at a line's end are left out."""
    words: Counter[str] = Counter()
    for name in SOURCES:
        with lzma.open(data / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                broken = False
                for token in tokens_of(line):
                    cut = line[token.end : token.end + 1] in _HYPHENS
                    if not cut and not broken and token.word.isalpha() and 3 <= len(token.word) <= LONGEST:
                        words[token.word] += 1
                    broken = cut
    return words


def rows_of(words: Counter[str]) -> list[tuple[str, int, list[str]]]:
    """Each stem, how often it occurs and its common forms: most frequent stem first, forms in order."""
    counts: Counter[str] = Counter()
    forms: dict[str, list[str]] = {}
    for word, count in sorted(words.items()):
        counts[stem(word)] += count
        if count >= FEWEST:
            forms.setdefault(stem(word), []).append(word)
    return sorted(((base, counts[base], forms[base]) for base in forms), key=lambda row: (-row[1], row[0]))


def main() -> None:
    """Count and write the list, most frequent first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    out = Path(__file__).parents[1] / "swedish" / "words.txt"
    rows = rows_of(count_words(parser.parse_args().data))
    out.write_text(
        "".join(f"{base} {count} {' '.join(forms)}\n" for base, count, forms in rows), encoding="utf-8"
    )
    print(f"{len(rows)} stems written to {out.name}")


if __name__ == "__main__":
    main()
