"""A large folder made of small ones: `python -m evals.enlarged TO FOLDER … --copies 7`.

Every file as it is, and its text again so many times with other places, years, sums and wordings, some paragraphs left
out: a collection with many agreements of each kind, for measuring speed (evals/speed.py). The same folders give the same.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterable
from pathlib import Path

from corpus.card import agreement_from
from corpus.folder import files_in
from corpus.sandbox import Limits, Reader
from corpus.types import Agreement, ReadError

_FIRST = "Alm Björk Dal Ek Fager Gran Hag Kvarn Lind Lund Mal Norr Ost Rid Sand Sjö Sten Sund Tall Vall Väster Ås Ör Öster".split()
_LAST = "berg boda by dal forsa fors hamn hed holm hult kulla köping lunda mark näs sala sjö stad torp vik ås ö".split()
_OTHERWISE = (
    ("ska", "skall"),
    ("samt", "och"),
    ("parterna", "avtalsparterna"),
    ("vardera", "varje"),
    ("årligen", "varje år"),
    ("senast", "allra senast"),
    ("svarar för", "ansvarar för"),
    ("genomföra", "utföra"),
    ("kostnader", "utgifter"),
    ("löpande", "fortlöpande"),
)
_LEFT_OUT = 0.1
"""Share of the paragraphs that a copy lacks."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SUM = re.compile(r"\b\d[\d \xa0]*(?=\s(?:kronor|kr|miljoner|procent|timmar|platser|studenter|elever)\b)")
_NAMES_NO_PLACE = frozenset(
    "Region Regionen Stiftelsen Länsstyrelsen Föreningen Högskolan Polisen Svenska".split()
)


def places_of(agreement: Agreement) -> list[str]:
    """The names inside the parties' names: Granboda of Granboda kommun."""
    words = (word for party in agreement.parties for word in re.findall(r"[A-ZÅÄÖ][a-zåäö]{3,}", party))
    return sorted(
        {word for word in words if word not in _NAMES_NO_PLACE}, key=lambda word: (-len(word), word)
    )


def altered(text: str, places: Iterable[str], copy: int, name: str) -> str:
    """The text as copy number `copy` has it. A place has the same new name in all texts of a copy."""
    chance = random.Random(f"{name}-{copy}")
    paragraphs = re.split(r"(\n\s*\n|\n)", text)
    kept = [part for at, part in enumerate(paragraphs) if at < 8 or at % 2 or chance.random() >= _LEFT_OUT]
    found = "".join(kept)
    for place in places:
        found = re.sub(rf"\b{place}", _renamed(place, copy), found)
    found = _YEAR.sub(lambda year: str(int(year.group()) + copy % 5 - 2), found)
    found = _SUM.sub(lambda figure: _other_figure(figure.group(), chance), found)
    for usual, other in _OTHERWISE:
        if chance.random() < 0.5:
            found = re.sub(rf"\b{usual}\b", other, found)
    return found


def _renamed(place: str, copy: int) -> str:
    chance = random.Random(f"{place}-{copy}")
    return chance.choice(_FIRST) + chance.choice(_LAST) + ("s" if place.endswith("s") else "")


def _other_figure(figure: str, chance: random.Random) -> str:
    return re.sub(r"[1-9]", lambda _: str(chance.randint(1, 9)), figure)


def enlarge(folders: Iterable[Path], to: Path, copies: int) -> int:
    """Fill `to` with the folders' files and their copies; returns how many files there are. What cannot be read is left out."""
    count = 0
    with Reader(Limits(ocr_seconds=0)) as reader:
        for number, folder in enumerate(folders):
            for path in files_in(folder, to):
                name = f"{number}/{path.relative_to(folder).as_posix()}"
                try:
                    agreement = agreement_from(reader.read(path, name), name)
                except ReadError:
                    continue
                _place(to / "0" / name).write_bytes(path.read_bytes())
                for copy in range(1, copies + 1):
                    text = altered(agreement.text, places_of(agreement), copy, name)
                    _place(to / str(copy) / f"{name}.txt").write_text(text, encoding="utf-8")
                count += 1 + copies
    return count


def _place(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def main() -> None:
    """Make the folder anew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("to", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--copies", type=int, default=7)
    options = parser.parse_args()
    if options.to.exists():
        parser.error(f"{options.to} finns redan; ange en ny mapp")
    count = enlarge(options.folders, options.to, options.copies)
    print(f"{count} filer i {options.to}")


if __name__ == "__main__":
    main()
