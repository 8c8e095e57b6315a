"""Whether a query, as it was sent, is what the reference allows: an address holds words alone, and a value may lose what was wrong with it.

A number in a list's place is a list of one word there, and an empty list is nothing at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from jsonschema import Draft202012Validator, FormatChecker


def query_is_valid(url: str, operation: Mapping[str, Any], reference: Mapping[str, Any]) -> bool:
    """True where every parameter in the address is one of the operation's, with a value that it allows, and none that it needs is missing."""
    sent: dict[str, list[str]] = defaultdict(list)
    for name, word in parse_qsl(urlsplit(url).query, keep_blank_values=True):
        sent[name].append(word)
    taken = {each["name"]: each for each in operation.get("parameters", ()) if each["in"] == "query"}
    if not sent.keys() <= taken.keys():
        return False
    if any(each.get("required") and name not in sent for name, each in taken.items()):
        return False
    return all(_is_allowed(words, taken[name]["schema"], reference) for name, words in sent.items())


def _is_allowed(words: Sequence[str], schema: Mapping[str, Any], reference: Mapping[str, Any]) -> bool:
    whole = {**schema, "components": reference.get("components", {})}
    check = Draft202012Validator(whole, format_checker=FormatChecker())
    if schema.get("type") == "array":
        return bool(check.is_valid(list(words)))
    return len(words) == 1 and bool(check.is_valid(_value(words[0], schema)))


def _value(word: str, schema: Mapping[str, Any]) -> object:
    """The word as what the reference says that it is: only plain integers are read otherwise than as words."""
    plain = word.removeprefix("-").isdigit() and word.isascii()
    return int(word) if schema.get("type") == "integer" and plain else word
