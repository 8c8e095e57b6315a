"""What a "vem" or "vilken" can be answered by, told by its own noun: an address, a colour, a firm, a person's name."""

from __future__ import annotations

import re
from collections.abc import Collection

_ADDRESS = re.compile(r"(?i)\b(?:(?<!e-post)(?<!mejl)(?<!mail)adress\w*|gata\w*)\b")
_OF_STREET = re.compile(
    r"\b[A-ZÅÄÖ][\wåäö]*(?:\s[a-zåäö]+)?(?:gata|väg|gränd|torg|plats|stig|allé|backe|kaj)(?:e?n|et)?\b|\b(?:[A-ZÅÄÖ][\wåäö]+\s)+\d{1,3}\b(?!\s*\w*(?:kronor|procent|dag|månad|år))"
    r"|www\.|\w\.\w{2,3}\b|@"
)
_PROPERTY = re.compile(r"(?i)^(?:i\s+|på\s+)?(?:fastigheten|kvarteret|tomten)\s")
_COLOUR = re.compile(r"(?i)\bvilk\w+\s+(?:färg|kulör)\w*")
_OF_COLOUR = re.compile(
    r"(?i)(?:röd|blå|grön|gul|vit|svart|grå|brun|rosa|lila|orange|turkos|beige|silver|guld)\w*|\bRAL\b|\bNCS\b"
)
_ACTOR = re.compile(
    r"(?i)^\W*(?:(?:av|hos|från|med|på|via|till|genom)\s+)?vilke[nt]\s+\w*(?:byrå|bank|firma|distributör|tillverkare|konsult|arkitekt|entreprenör|"
    r"leverantör|operatör|företag|bolag|person|förening|organisation)(?:e?n)?\b"
)
_OUTSIDER = re.compile(
    r"(?i)^\W*(?:\w+\s+)?vilke[nt]\s+\w*(?:byrå|bank|firma|försäkringsbolag|distributör|tillverkare)\b"
)
OF_PERSON = r"\w*(?:chef|direktör|handledare|föreståndare|rektor|vd|handläggare|sekreterare|professor|arkitekt|konstnär|jurist|läkare|pilot|projektledare|ombud)(?:e?n)?"
_OFFICE = re.compile(rf"(?i)^\W*(?:vem\s+(?:är|var|blir)|vad\s+heter)\s+(?:\w+\s+){{0,2}}?{OF_PERSON}\b")
_THING = re.compile(r"(?i)[\wåäö-]+(?:et|ningen|heten|tionen|ismen)$")
_VEM = re.compile(r"(?i)^\W*vem\b")


def is_actor(asked: str) -> bool:
    """True for "vilket bolag …?" and "vilken person …?": no figure and no whole sentence is one."""
    return _ACTOR.match(asked) is not None


def is_outsider(asked: str) -> bool:
    """True for "vilken bank …?": a firm beside the parties, so that only a name is one."""
    return _OUTSIDER.match(asked) is not None


def is_person(asked: str) -> bool:
    """True for "vem är räddningschef?" and "vad heter professorn?": no party or other organisation is one."""
    return _OFFICE.match(asked) is not None


def can_be_told(asked: str, wording: str, statement: str) -> bool:
    """False for what is no street where an address is asked for, and where no colour is named and one is asked for."""
    if _ADDRESS.search(asked) and (not _OF_STREET.search(wording) or _PROPERTY.search(wording)):
        return False
    return not (_COLOUR.search(asked) and not _OF_COLOUR.search(statement))


def is_thing(asked: str, wording: str, agents: re.Pattern[str], roles: Collection[str]) -> bool:
    """True where "vem" is asked and the wording is a single word for what is neither a person nor a body: "Omdömet"."""
    return (
        _VEM.match(asked) is not None
        and _THING.fullmatch(wording) is not None
        and agents.fullmatch(wording) is None
        and wording.casefold() not in roles
    )


_TOWN = re.compile(r"(?i)\bvilken\s+(?:ort|stad|kommun|by)\b")
_NO_TOWN = re.compile(r"[^A-ZÅÄÖ]+|.*\bRegion\b.*")


def is_no_town(asked: str, wording: str, agents: re.Pattern[str]) -> bool:
    """True where a town is asked for and the wording is a body or has no name: "basen"."""
    return _TOWN.search(asked) is not None and bool(agents.fullmatch(wording) or _NO_TOWN.fullmatch(wording))
