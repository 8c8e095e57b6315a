"""Who a text speaks of, in order: organisations by name and by role, each with the preposition before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.mentions import mentions_of

_ROLES = (
    r"kommun(?:en|er|erna)?|region(?:en|er|erna)?|landsting(?:et|en)?|länsstyrelse(?:n|r)?|myndighet(?:en|er|erna)?|"
    r"högskol(?:a|an|or|orna)|universitet(?:et|en)?|lärosäte(?:t|n|na)?|bolag(?:et|en)?|företag(?:et|en)?|förening(?:en|ar|arna)?|"
    r"stiftelse(?:n|r)?|förbund(?:et|en)?|stad(?:en)?|stat(?:en)?|part(?:en|er|erna)?|motpart(?:en|er)?|"
    r"\w*(?:leverantör|entreprenör|konsult|köpare|säljare|beställare|utförare|givare|tagare|värd|gäst|havare|ägare|"
    r"ansvarige?|huvudman|ombud|förvaltare|arrendator|upplåtare|nyttjare|utbildare|anordnare|biträde|student|elev|"
    r"anställda?|chef|rektor|direktör|ordförande|nämnd|styrelse|kund|personal)(?:n|en|et|s|er|ar|na|erna|arna|männen)?"
)
_ROLE = re.compile(rf"(?i)\b(?P<role>{_ROLES})s?\b")
_PREPOSITION = re.compile(r"(?i)\b(av|till|från|åt|hos|mot)\s+(?:(?:den|det|de|båda|varje|respektive)\s+)?$")
_FORMS = (
    ("kommun", r"kommun\b|stad\b"),
    ("region", r"^region|landsting"),
    ("högskol", r"högskol"),
    ("universitet", r"universitet"),
    ("bolag", r"\b(?:AB|HB|KB|Aktiebolag\w*|bolag\w*)\b"),
    ("förening", r"förening"),
    ("stiftelse", r"stiftelse"),
    ("förbund", r"förbund"),
    ("länsstyrelse", r"^länsstyrelse"),
    ("myndighet", r"myndighet|verket$"),
)
"""Role and the form of names that it can stand for: Granboda kommun is "kommunen" where no other party is one."""
_ENDINGS = re.compile(r"(?:männen|erna|arna|orna|en|et|er|ar|na|an|or|n|t|a|s)$")


@dataclass(frozen=True, slots=True)
class Actor:
    """`key` names the same actor in every text of one citation; `preposition` is "" unless it turns what is said."""

    key: str
    preposition: str
    start: int
    end: int

    @property
    def said(self) -> tuple[str, str]:
        """What two texts are compared by."""
        return self.key, self.preposition


def actors_in(text: str, roles: Mapping[str, str]) -> list[Actor]:
    """The actors of a text in order. `roles` (see `roles_of`) tells which names are said by their role."""
    found = [
        (roles.get(mention.name, mention.name), mention.start, mention.end) for mention in mentions_of(text)
    ]
    for name, role in roles.items():
        for match in re.finditer(rf"(?<!\w){re.escape(name)}s?(?!\w)", text):
            if not any(start < match.end() and match.start() < end for _, start, end in found):
                found.append((role, match.start(), match.end()))
    for match in _ROLE.finditer(text):
        if not any(start < match.end() and match.start() < end for _, start, end in found):
            found.append((_base(match["role"]), match.start(), match.end()))
    return [
        Actor(key, _preposition(text, start), start, end)
        for key, start, end in sorted(found, key=lambda f: f[1])
    ]


def roles_of(parties: Iterable[str]) -> dict[str, str]:
    """Party -> the role that stands for it alone among the parties; the party itself where none does."""
    named = list(dict.fromkeys(parties))
    forms = {
        name: next((role for role, form in _FORMS if re.search(rf"(?i){form}", name)), name) for name in named
    }
    return {name: role if list(forms.values()).count(role) == 1 else name for name, role in forms.items()}


def in_order(claimed: Sequence[Actor], held: Sequence[Actor]) -> bool:
    """True when the claimed actors stand among the held ones in the same order, each with its preposition."""
    rest = iter(actor.said for actor in held)
    return all(any(said == other for other in rest) for said in (actor.said for actor in claimed))


def _base(role: str) -> str:
    word = role.casefold()
    named = next((name for name, _ in _FORMS if word.startswith(name)), None)
    return named or _ENDINGS.sub("", word)


def _preposition(text: str, start: int) -> str:
    match = _PREPOSITION.search(text[max(0, start - 20) : start])
    return match[1].casefold() if match else ""
