"""Settings of the retriever that a run may change by name: `avtal eval run --set word_share=0.4`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType

from corpus.types import AvtalError
from retriever import coverage, evidence, fusion, search


class SettingError(AvtalError):
    """A setting that cannot be changed: names it, what was seen and what there is."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A tuned number of the retriever: where it stands, its range, and what it decides, in Swedish."""

    module: ModuleType
    constant: str
    low: float
    high: float
    meaning: str

    @property
    def value(self) -> float:
        """What holds now."""
        return float(getattr(self.module, self.constant))


SETTINGS: Mapping[str, Setting] = {
    "word_share": Setting(fusion, "WORD_SHARE", 0, 1, "ordens vikt mot betydelsens; 0 är bara betydelse"),
    "named_bonus": Setting(
        search, "NAMED_BONUS", 0, 5, "tillägg för avtal som frågan nämner, när de första väljs"
    ),
    "explicit_share": Setting(coverage, "EXPLICIT_SHARE", 0, 1, "så mycket av ämnet säger ett uttryckligt"),
    "least_support": Setting(evidence, "LEAST_SUPPORT", 0, 1, "så mycket av ämnet räcker för ett svar"),
    "least_confidence": Setting(
        evidence, "LEAST_CONFIDENCE", 0, 1, "så säkert ska svaret vara, annars avstår det"
    ),
}


def parse_settings(given: Iterable[str]) -> dict[str, float]:
    """Name -> value of words such as "word_share=0.4". Raises SettingError for a name or value that is none."""
    found: dict[str, float] = {}
    for word in given:
        name, _, value = word.partition("=")
        if name not in SETTINGS:
            raise SettingError(
                f"--set {word}: inställningen {name} finns inte; de som finns är {', '.join(SETTINGS)}."
            )
        found[name] = _number(name, value)
    return found


@contextmanager
def changed(values: Mapping[str, float]) -> Iterator[None]:
    """The settings hold these values inside the block and their own again after it."""
    before = {name: getattr(SETTINGS[name].module, SETTINGS[name].constant) for name in values}
    _put(values)
    try:
        yield
    finally:
        _put(before)


def _put(values: Mapping[str, float]) -> None:
    for name, value in values.items():
        setattr(SETTINGS[name].module, SETTINGS[name].constant, value)


def _number(name: str, value: str) -> float:
    setting = SETTINGS[name]
    try:
        number = float(value.replace(",", "."))
    except ValueError:
        number = math.nan
    if not setting.low <= number <= setting.high:
        raise SettingError(
            f"--set {name}={value}: värdet ska vara ett tal från {setting.low:g} till {setting.high:g}; "
            f"nu gäller {setting.value:g}."
        )
    return number
