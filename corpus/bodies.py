"""The registry of Swedish public bodies: municipalities, regions, county boards, universities, agencies."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

_NATIVE_S = re.compile(r"(?:ås|näs|fors|Grums)$")
"""Places whose own name ends in s: Borås kommun is no genitive."""
_SHORT = re.compile(r"[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{1,4}")


@cache
def bodies() -> Mapping[str, tuple[str, ...]]:
    """Canonical name -> short and former names, as listed in `bodies.toml`."""
    return {name: tuple(also) for group in _read("bodies.toml").values() for name, also in group.items()}


@cache
def group(name: str) -> tuple[str, ...]:
    """Canonical names of a group of `bodies.toml`: universities, regions, county_boards, agencies, associations."""
    return tuple(_read("bodies.toml")[name])


@cache
def municipalities() -> Mapping[str, str]:
    """Canonical name -> place: "Trollhättans stad" -> "Trollhättan". The 290 of the country."""
    names = [name for county in _read("municipalities.toml").values() for name in county]
    return {name: place_of(name) for name in names}


@cache
def _read(file: str) -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name(file).read_text(encoding="utf-8"))


def place_of(municipality: str) -> str:
    """The place in a municipality's name: "Marks kommun" -> "Mark", "Borås stad" -> "Borås"."""
    if municipality.startswith("Region "):
        return municipality.removeprefix("Region ")
    first = municipality.rpartition(" ")[0]
    if first == "Falu":
        return "Falun"
    return first[:-1] if first.endswith("s") and not _NATIVE_S.search(first) else first


@cache
def places() -> Mapping[str, str]:
    """Place -> the municipality's canonical name."""
    return {place: name for name, place in municipalities().items()}


@cache
def names() -> Mapping[str, str]:
    """Every name, folded, -> canonical name: listed names, and the forms of a municipality's name."""
    found = {fold(also): name for name, others in bodies().items() for also in (name, *others)}
    for name, place in municipalities().items():
        for form in municipality_forms(name, place):
            found.setdefault(fold(form), name)
    return found


def municipality_forms(name: str, place: str) -> Iterator[str]:
    """ "Trollhättans stad", "Trollhättans kommun", "Trollhättan stad", "Trollhättan kommun"."""
    own = name.rpartition(" ")[0].removeprefix("Region")
    for written in dict.fromkeys((own or place, place, f"{place}s")):
        if written == f"{place}s" and place.endswith("s"):
            continue
        yield f"{written} kommun"
        yield f"{written} stad"


@cache
def short_forms() -> Mapping[str, str]:
    """Short form as written ("MDH") -> canonical name."""
    return {also: name for name, others in bodies().items() for also in others if _SHORT.fullmatch(also)}


@cache
def listed() -> Mapping[str, tuple[str, ...]]:
    """First word -> listed names of more than a short form that begin with it, longest first: Riksarkivet, Vinnova."""
    found: dict[str, list[str]] = {}
    for part in ("universities", "regions", "agencies", "associations"):
        for name in group(part):
            for written in (name, *bodies()[name]):
                if written == name or not _SHORT.fullmatch(written):
                    found.setdefault(written.split(" ")[0], []).append(written)
    return {first: tuple(sorted(names, key=len, reverse=True)) for first, names in found.items()}


def fold(name: str) -> str:
    """For comparing names: white space evened out, in lower case."""
    return " ".join(name.split()).casefold()
