"""What a question may ask of a clause besides its type: not any rule on disputes but arbitration, not any ceiling but on damages.

Where the question means one (`clause_meant`), the agreements whose text says it make the set. The file is `ways.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("ways.toml")


@dataclass(frozen=True, slots=True)
class Way:
    """How a text says it; `unless`: a sentence that says this as well says it not; `asked`: how a question names it;
    `only`: what a question must say to mean this way of the clause and no other."""

    says: re.Pattern[str]
    unless: re.Pattern[str] | None
    asked: re.Pattern[str] | None
    only: re.Pattern[str] | None

    def said_by(self, sentence: str) -> bool:
        """True for a sentence that says it, and nothing that takes it back."""
        return bool(self.says.search(sentence)) and not (self.unless and self.unless.search(sentence))


@cache
def ways() -> Mapping[str, Way]:
    """The ways by key: "disputes:arbitration"."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {
        key: Way(
            re.compile(told["says"], re.IGNORECASE),
            *(
                re.compile(told[name], re.IGNORECASE) if name in told else None
                for name in ("unless", "asked", "only")
            ),
        )
        for key, told in table.items()
    }


def may_mean(key: str, text: str) -> bool:
    """False where the question's text lacks what it must say to mean that way: "papper", "underteckna" of what is signed for."""
    only = ways()[key].only
    return only is None or only.search(text) is not None


def way_asked(text: str) -> str | None:
    """The key of the way that the question's words name ("hoppa av på dagen"); None where only its meaning can tell."""
    return next((key for key, way in ways().items() if way.asked and way.asked.search(text)), None)
