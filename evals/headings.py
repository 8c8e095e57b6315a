"""How well the product finds an agreement's headings: `python -m evals.headings [--drawn N]`."""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.reading.document import read_document
from corpus.sections import sections_of
from evals.drawn.agreement import Drawn, draw
from evals.drawn.render import as_docx, as_html, as_markdown, as_pdf, as_text
from evals.drawn.schemes import SCHEMES
from evals.samples.source import BlockKind, parse_source

_HERE = Path(__file__).parent
SOURCES = _HERE / "samples" / "sources"
SAMPLES = _HERE.parent / "corpus" / "samples"
_CLAUSE = re.compile(r"(\d{1,2}(?:\.\d{1,2})+|\d{1,3} §|§ \d{1,3}|Mom\. \d+)\.?\s+(?=[A-ZÅÄÖ])")
_SIGNS = re.compile(r"[\w§]+")


@dataclass(frozen=True, slots=True)
class Outline:
    """What is known of an agreement: its headings as printed, and the numbers that only open a paragraph."""

    headings: tuple[str, ...]
    clauses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class HeadingScore:
    """Counts of headings: `known` in the source, `found` by the product, `right` in both."""

    known: int = 0
    found: int = 0
    right: int = 0

    def __add__(self, other: HeadingScore) -> HeadingScore:
        return HeadingScore(self.known + other.known, self.found + other.found, self.right + other.right)

    @property
    def precision(self) -> float:
        """Share 0..1 of the found headings that are headings; 1 where none was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share 0..1 of the known headings that were found; 1 where none is known."""
        return self.right / self.known if self.known else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0..1."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def outline_of_source(source: str) -> Outline:
    """The headings (# lines) and the paragraph numbers of a sample's Markdown source."""
    blocks = parse_source(source)
    headings = tuple(block.text for block in blocks if block.kind is BlockKind.HEADING)
    opened = (_CLAUSE.match(block.text) for block in blocks if block.kind is BlockKind.PARAGRAPH)
    return Outline(headings, frozenset(match[1] for match in opened if match))


def outline_of_drawn(drawn: Drawn) -> Outline:
    """The headings and paragraph numbers of a drawn agreement."""
    return Outline(drawn.headings, drawn.clauses)


def labels_in(path: Path) -> tuple[str, ...]:
    """The labels of the sections that the product finds in a file, in order, without unlabelled ones.

    Raises `ReadError` for a file that gives no document.
    """
    return tuple(s.label for s in sections_of(read_document(path, path.name)) if s.label)


def heading_key(label: str) -> str:
    """What two headings are compared by: words and numbers; no case, punctuation or white space."""
    return " ".join(_SIGNS.findall(label.casefold()))


def score_headings(known: Outline, labels: Iterable[str]) -> HeadingScore:
    """Each heading counts as often as it is printed. A known paragraph number is neither right nor wrong."""
    wanted = Counter(map(heading_key, known.headings))
    clauses = {heading_key(number) for number in known.clauses} - set(wanted)
    found = Counter(key for label in labels if (key := heading_key(label)) not in clauses)
    return HeadingScore(wanted.total(), found.total(), (wanted & found).total())


def wrong_headings(known: Outline, labels: Iterable[str]) -> tuple[list[str], list[str]]:
    """The headings missed and the labels that are none, as compared."""
    wanted = Counter(map(heading_key, known.headings))
    clauses = {heading_key(number) for number in known.clauses} - set(wanted)
    found = Counter(key for label in labels if (key := heading_key(label)) not in clauses)
    return sorted((wanted - found).elements()), sorted((found - wanted).elements())


def same_sections(first: Iterable[str], second: Iterable[str]) -> bool:
    """True where two files of one source have the same sections in the same order, paragraph numbers too."""
    return [heading_key(label) for label in first] == [heading_key(label) for label in second]


def built_samples(sources: Path = SOURCES, samples: Path = SAMPLES) -> Iterator[tuple[Path, Path]]:
    """Each source with the sample files built from it: same folder and name."""
    built = [path for path in sorted(samples.rglob("*.*")) if path.is_file()]
    for source in sorted(sources.rglob("*.md")):
        inside = source.relative_to(sources).with_suffix("")
        for path in built:
            place = path.relative_to(samples).with_suffix("")
            if place == inside:
                yield source, path


Render = Callable[[Drawn], bytes]
RENDERINGS: dict[str, tuple[str, Render]] = {
    "txt": (".txt", as_text),
    "txt wrapped": (".txt", lambda drawn: as_text(drawn, wrapped=True)),
    "txt tight": (".txt", lambda drawn: as_text(drawn, wrapped=True, tight=True)),
    "md": (".md", as_markdown),
    "html": (".html", as_html),
    "docx": (".docx", as_docx),
    "docx bold": (".docx", lambda drawn: as_docx(drawn, styled=False)),
    "pdf": (".pdf", as_pdf),
    "pdf bold": (".pdf", lambda drawn: as_pdf(drawn, heading_size=10.5)),
    "pdf plain": (".pdf", lambda drawn: as_pdf(drawn, heading_size=10.5, bold=False)),
}
"""How drawn agreements are written: file ending and writer by the rendering's name."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the product found in one rendering of one drawn agreement."""

    drawn: Drawn
    rendering: str
    labels: tuple[str, ...]


def find_in_drawn(seeds: Iterable[int], renderings: Iterable[str] = RENDERINGS) -> Iterator[Found]:
    """Every scheme with every seed in every rendering, read as files are."""
    chosen = tuple(renderings)
    with TemporaryDirectory() as folder:
        for seed in seeds:
            for scheme in SCHEMES:
                drawn = draw(scheme, seed)
                for name in chosen:
                    suffix, render = RENDERINGS[name]
                    path = Path(folder) / f"avtal{suffix}"
                    path.write_bytes(render(drawn))
                    yield Found(drawn, name, labels_in(path))


def _print_drawn(count: int) -> None:
    table: defaultdict[tuple[str, str], HeadingScore] = defaultdict(HeadingScore)
    for found in find_in_drawn(range(count)):
        score = score_headings(outline_of_drawn(found.drawn), found.labels)
        for cell in ((found.drawn.scheme.name, found.rendering), ("alla", found.rendering)):
            table[cell] += score
        table[found.drawn.scheme.name, "alla"] += score
        table["alla", "alla"] += score
    columns = [*RENDERINGS, "alla"]
    print(f"{'F1':12}" + "".join(f"{name:>12}" for name in columns))
    for row in [*(scheme.name for scheme in SCHEMES), "alla"]:
        print(f"{row:12}" + "".join(f"{table[row, name].f1:12.3f}" for name in columns))
    total = table["alla", "alla"]
    print(f"precision {total.precision:.3f} recall {total.recall:.3f} F1 {total.f1:.3f}")


def _print_samples() -> None:
    total = HeadingScore()
    for source, path in built_samples():
        known, labels = outline_of_source(source.read_text(encoding="utf-8")), labels_in(path)
        score = score_headings(known, labels)
        total += score
        missed, wrong = wrong_headings(known, labels)
        print(f"{path.parent.name}/{path.name}: F1 {score.f1:.3f}" + (f"  saknas {missed}" if missed else "")
              + (f"  fel {wrong}" if wrong else ""))  # fmt: skip
    print(f"exempel: precision {total.precision:.3f} recall {total.recall:.3f} F1 {total.f1:.3f}")


if __name__ == "__main__":
    _print_samples()
    _print_drawn(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
