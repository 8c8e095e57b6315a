"""What an HTML page hides from its reader: by its elements, their own styles and the page's own style sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bs4 import Tag

UNSEEN = frozenset((
    "script", "style", "template", "head", "title", "iframe", "svg", "canvas", "audio", "video", "map",
    "datalist", "noframes", "rp", "rt",
))  # fmt: skip
_MOST_SHEET = 400_000
"""Characters of style sheets that are read."""
_PROPERTIES = frozenset((
    "display", "visibility", "opacity", "font-size", "color", "background", "background-color", "background-image",
    "position", "left", "top", "right", "bottom", "clip", "clip-path", "text-indent",
))  # fmt: skip
_GROUNDS = ("background", "background-color", "background-image")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_COMPOUND = re.compile(r"([a-z][a-z0-9]*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_SCREEN = re.compile(r"@media\s+(?:only\s+)?(?:screen|all)\s*", re.IGNORECASE)
_NOTHING = re.compile(r"0*\.?0\d*%?")
_TINY = re.compile(r"0(?:\.0*)?(?![.\d]).*|[0-2](?:\.\d+)?(?:px|pt)|0?\.[01]\d*r?em|\d(?:\.\d+)?%")
"""Two points or less, as in DOCX."""
_FAR = re.compile(r"-(?:\d{4}|[5-9]\d\d)")
"""Five hundred or more to the left of the page, or above it; less is a hanging indent."""
_CUT = re.compile(r"rect\(\s*0|inset\(\s*(?:[5-9]\d|100)%")
_WHITE = frozenset(
    ("#fff", "#ffffff", "#ffff", "#ffffffff", "rgb(255,255,255)", "rgba(255,255,255,1)", "hsl(0,0%,100%)")
)
_CLEAR = frozenset(("", "none", "transparent", "inherit", "initial", "unset"))


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks where it stands, as far as it decides whether it shows."""

    colour: str = ""
    ground: str = ""
    tiny: bool = False
    invisible: bool = False

    @property
    def hidden(self) -> bool:
        """True for text that nobody sees: no size, not visible, or of its ground's colour."""
        return self.tiny or self.invisible or (self.colour != "" and self.colour == (self.ground or "white"))

    def within(self, declared: Mapping[str, str]) -> Look:
        """How text looks inside an element so declared, where the text around it looks like this."""
        if not declared:
            return self
        grounds = [_ground(declared[name]) for name in _GROUNDS if declared.get(name, "") not in _CLEAR]
        visible, size = declared.get("visibility", ""), declared.get("font-size", "")
        return Look(
            declared.get("color", self.colour),
            grounds[-1] if grounds else self.ground,
            bool(_TINY.fullmatch(size)) if size else self.tiny,
            visible in ("hidden", "collapse") if visible else self.invisible,
        )


@dataclass(frozen=True, slots=True)
class _Rule:
    """What an element of this tag ("" for any), with all these classes and ids, is declared to be."""

    tag: str
    names: frozenset[str]
    declared: Mapping[str, str]


@dataclass(frozen=True)
class Hiding:
    """The page's own style sheets, ready to be asked. Build with `of`; linked sheets are not part of the file."""

    _rules: Mapping[str, list[_Rule]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Tag) -> Hiding:
        """With the rules of every style element."""
        found: dict[str, list[_Rule]] = {}
        sheets = "\n".join(tag.get_text() for tag in root.find_all("style"))[:_MOST_SHEET]
        for selector, body in _blocks(_COMMENT.sub("", sheets)):
            declared = _declarations(body)
            for one in selector.split(",") if declared else ():
                rule = _rule(one.strip(), declared)
                if rule is not None:
                    found.setdefault(min(rule.names, default=rule.tag), []).append(rule)
        return cls(found)

    def declared(self, tag: Tag) -> Mapping[str, str]:
        """What the sheets, then the element's own attributes and style, say of it; later words count."""
        found: dict[str, str] = {}
        if self._rules:
            names = {f".{name}" for name in text_of(tag, "class").split()} | {f"#{text_of(tag, 'id')}"}
            for key in (tag.name, *sorted(names)):
                for rule in self._rules.get(key, ()):
                    if rule.tag in ("", tag.name) and rule.names <= names:
                        found.update(rule.declared)
        if not tag.attrs:
            return found
        for attribute, name in (
            ("color", "color"),
            ("text", "color"),
            ("bgcolor", "background"),
            ("background", "background-image"),
        ):
            if text_of(tag, attribute):
                found[name] = _plain(text_of(tag, attribute))
        found.update(_declarations(text_of(tag, "style")))
        return found


def drops(tag: Tag, declared: Mapping[str, str]) -> bool:
    """True for what a browser shows nothing of, whatever it holds: scripts, `hidden`, display:none, far outside."""
    if tag.name in UNSEEN:
        return True
    if "hidden" in tag.attrs and text_of(tag, "hidden").lower() != "until-found":
        return True
    if text_of(tag, "aria-hidden").lower() == "true" or declared.get("display") == "none":
        return True
    if not declared:
        return False
    placed = declared.get("position") in ("absolute", "fixed")
    far = any(_FAR.match(declared.get(side, "")) for side in ("left", "top", "right", "bottom"))
    cut = _CUT.match(declared.get("clip", "")) or _CUT.match(declared.get("clip-path", ""))
    faint = _NOTHING.fullmatch(declared.get("opacity", "1"))
    return bool(faint or (placed and (far or cut)) or _FAR.match(declared.get("text-indent", "")))


def _blocks(sheet: str) -> Iterator[tuple[str, str]]:
    """Selector and declarations of each rule that holds on a screen of any width."""
    outer: list[str] = []
    words = ""
    for part in re.split(r"([{}])", sheet):
        if part == "{":
            outer.append(words.strip())
        elif part == "}":
            if (
                outer
                and not outer[-1].startswith("@")
                and all(_SCREEN.fullmatch(each) for each in outer[:-1])
            ):
                yield outer[-1], words
            del outer[-1:]
            part = ""
        words = "" if part == "{" else part


def _rule(selector: str, declared: Mapping[str, str]) -> _Rule | None:
    """The rule of one selector. One that tells where the element must stand may give it its ground, and hides nothing."""
    last = re.split(r"[\s>+~]+", selector)[-1]
    found = _COMPOUND.fullmatch(re.sub(r":.*|\[.*", "", last))
    if found is None or not found[0]:
        return None
    if last != selector or found[0] != last:
        declared = {name: value for name, value in declared.items() if name in _GROUNDS}
    names = frozenset(re.findall(r"[.#][\w-]+", found[2]))
    return _Rule((found[1] or "").lower(), names, declared) if declared else None


def _declarations(style: str) -> dict[str, str]:
    parts = (one.partition(":") for one in style.split(";") if ":" in one)
    named = ((name.strip().lower(), value) for name, _, value in parts)
    return {name: _plain(value) for name, value in named if name in _PROPERTIES}


def _plain(value: str) -> str:
    written = "".join(value.lower().split("!")[0].split())
    return "white" if written in _WHITE else written


def _ground(value: str) -> str:
    """A background's colour where that is all it says, else what it says: a picture, a gradient."""
    return "white" if re.match(r"(?:white|#fff(?:fff)?)(?![0-9a-z])", value) else value


def text_of(tag: Tag, name: str) -> str:
    value = tag.attrs.get(name, "")
    return " ".join(value) if isinstance(value, list) else str(value)
