"""Build the samples that have a source: `python -m evals.samples`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from evals.samples.render import Format, Sample, render
from evals.samples.source import Style, parse_source

_HERE = Path(__file__).parent
_SAMPLES = _HERE.parent.parent / "corpus" / "samples"


def build_samples(sources: Path, truths: Path, samples: Path) -> tuple[Path, ...]:
    """Write every source below `sources` to `samples`, as the truth files say; returns the files written.

    Raises ValueError for a source without a truth, or a truth that names no format.
    """
    cards = truth_cards(truths)
    written = []
    for source in sorted(sources.glob("*/*.md")):
        name = f"{source.parent.name}/{source.stem}"
        if "format" not in cards.get(name, {}):
            raise ValueError(f"{name}: want a table with a format in {truths}/*.toml, found none")
        sample = _sample(source.stem, cards[name])
        target = samples / f"{name}{sample.format.suffix}"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(render(parse_source(source.read_text(encoding="utf-8")), sample))
        written.append(target)
    return tuple(written)


def truth_cards(truths: Path) -> dict[str, dict[str, Any]]:
    """The truth of every agreement by "<folder>/<slug>". Raises ValueError for one that stands in two files."""
    cards: dict[str, dict[str, Any]] = {}
    for path in sorted(truths.glob("*.toml")):
        more = tomllib.loads(path.read_text(encoding="utf-8"))
        if twice := sorted(cards.keys() & more.keys()):
            raise ValueError(f"{path.name}: {twice[0]} stands in another truth file too")
        cards.update(more)
    return cards


def _sample(slug: str, card: dict[str, Any]) -> Sample:
    return Sample(
        slug=slug,
        format=Format(card["format"]),
        style=Style(card["style"]) if "style" in card else None,
        parties=tuple(card["parties"]),
        registry_number=next(iter(card.get("registry_numbers", [])), None),
    )


if __name__ == "__main__":
    for made in build_samples(_HERE / "sources", _HERE.parent / "truth", _SAMPLES):
        print(f"{made.relative_to(_SAMPLES)}: {made.stat().st_size} byte")
