"""Names of organisations through time: the one in use, and the others that a body is known by."""

from __future__ import annotations

import re

from corpus.bodies import bodies, fold, municipalities, municipality_forms, names

_COUNTIES_WITHOUT_GENITIVE = ("Blekinge", "Skåne", "Uppsala", "Örebro", "Kalmar")

COMMON_WORDS = frozenset({"Adda", "Formas", "Forte", "Sida"})
"""Names that are Swedish words too: they count only with their capital, and not where a sentence begins."""


_SMALL = frozenset({"KOMMUN", "STAD", "UNIVERSITET", "I", "OCH", "FÖR", "AV"})
_CAPITALS = frozenset({"AB", "HB", "KB", "IF", "IK", "BK", "FK", "SK", "IFK", "AIK"})
"""Words of a name set in capitals that are written small, and that keep them; KTH and SLU are names of one word."""


def canonical_name(written: str) -> str:
    """The name an organisation goes by today: white space evened out, former names and short forms resolved.

    A listed body gets its listed name. By the form of the name: `Landstinget X` and `X läns landsting` became
    `Region X`; `Länsstyrelsen i X län` is `Länsstyrelsen X`.
    """
    name = re.sub(r"\s+", " ", written).strip()
    known = _known(name)
    if known:
        return known
    if name.isupper() and " " in name:
        name = " ".join(
            w if w in _CAPITALS else w.lower() if w in _SMALL else w.capitalize() for w in name.split()
        )
    name = _by_form(_without_genitive(name))
    return names().get(fold(name), name)


def _known(name: str) -> str | None:
    listed = names()
    return listed.get(fold(name)) or (listed.get(fold(name[:-1])) if name.endswith("s") else None)


def _by_form(name: str) -> str:
    if name.startswith(("föreningen ", "stiftelsen ")):
        return name[0].upper() + name[1:]
    if match := re.fullmatch(r"(.+?)s? läns landsting", name):
        return f"Region {match[1]}"
    if match := re.fullmatch(r"Landstinget(?: i)? (.+?)(?: län)?", name):
        return f"Region {match[1]}"
    if match := re.fullmatch(r"Länsstyrelsen(?: i)? (.+?)(?:s län| län)?", name):
        return f"Länsstyrelsen {match[1]}"
    if match := re.fullmatch(r"(.+) Municipality", name):
        return f"{match[1]} kommun"
    if match := re.fullmatch(r"(.+) [Ss]tad", name):
        return f"{match[1]} stad"
    return name


def _without_genitive(name: str) -> str:
    """ "Umeå kommuns" is Umeå kommun."""
    return (
        name[:-1]
        if re.search(r"(?: kommun|[Uu]niversitet|[Hh]ögskola| [Ss]tad|läns landsting)s$", name)
        else name
    )


def former_and_short_names(name: str) -> tuple[str, ...]:
    """Other names a canonical organisation is known by: short forms, former names, the form's own variants."""
    also = list(bodies().get(name, ()))
    place = municipalities().get(name)
    if place is not None:
        also.extend(form for form in municipality_forms(name, place) if form != name)
    elif match := re.fullmatch(r"(.+) stad", name):
        also.append(f"{match[1]} kommun")
    if (match := re.fullmatch(r"Region (.+)", name)) and name not in bodies():
        also.append(f"Landstinget {match[1]}")
    if match := re.fullmatch(r"Länsstyrelsen (.+)", name):
        also.append(f"Länsstyrelsen i {match[1]}")
        if name in bodies():
            genitive = "" if match[1] in _COUNTIES_WITHOUT_GENITIVE else "s"
            also.append(f"Länsstyrelsen i {match[1]}{genitive} län")
    if match := re.fullmatch(r"(.+) (?:AB|HB|ekonomisk förening)", name):
        also.append(match[1])
    if match := re.fullmatch(r"\w*(?:föreningen|stiftelsen|jouren|klubben|förbundet) (.{5,})", name, re.I):
        also.append(match[1])
    if match := re.fullmatch(r"(\w{8,}en) i \w+", name):
        also.append(match[1])
    return tuple(dict.fromkeys(also))
