"""What HTML markup says about an element: hidden, furniture or content."""

from __future__ import annotations

import re

from bs4 import Tag

UNSEEN = frozenset((
    "script", "style", "template", "head", "title", "iframe", "svg", "canvas", "audio", "video", "map",
    "datalist", "noframes", "rp", "rt",
))  # fmt: skip
_FURNITURE = frozenset(["nav", "footer", "aside", "noscript", "button", "select", "dialog", "menu"])
_FURNITURE_ROLES = frozenset((
    "navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu",
    "menubar", "toolbar", "button",
))  # fmt: skip
_CONTENT = ("main", "article", "h1")

# Class and id names of the page's frame. Whole words of the name only: "share" must not match
# "shareholders", nor "social" alone the social services.
_FURNITURE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:cookies?(?:-?(?:banner|bar|consent|notice|info|message))?|cookieconsent|gdpr-?(?:banner|bar)|consent"
    r"|share|sharing|share-?(?:buttons?|links?|bar|icons?)|dela|social-?(?:share|media|icons?|links?|buttons?)"
    r"|socialmedia|addthis|addtoany|breadcrumbs?|brodsmul(?:a|or)|skip-?(?:links?|to-?content|nav)|site-?(?:header|footer|nav)"
    r"|page-?footer|sidfot|sidhuvud|pagination|back-?to-?top|print-?button|language-?(?:selector|switcher)"
    r"|visually-?hidden|sr-only|screen-?reader(?:-text)?|(?:main|top|left|sub|side|nav|site)-?menu|(?:huvud|under|vanster|topp)-?meny|navbar|navigation"
    r"|rsbtn|readspeaker|page-?(?:tools|functions)|noscript|javascript-?(?:disabled|warning))(?:$|[\s_-])",
    re.IGNORECASE,
)
_SKIP_LINK = re.compile(r"(?i)(?:hoppa|gå|till|skip)\b.{0,30}\b(?:innehåll\w*|content)$")
_HIDING_STYLE = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden|(?<![-\w])font-size\s*:\s*0(?![.\d])|(?<![-\w])opacity\s*:\s*0(?![.\d]))",
    re.IGNORECASE,
)
_BOLD = re.compile(r"(?<![-\w])font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_COLOUR = re.compile(r"(?<![-\w])color\s*:\s*([^;!]+)", re.IGNORECASE)
_GROUND = re.compile(r"(?<![-\w])background(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
_WHITE = {"#fff": "white", "#ffffff": "white", "rgb(255,255,255)": "white"}


def is_hidden(tag: Tag) -> bool:
    """True for what a browser does not show: scripts, templates, `hidden`, `aria-hidden`, display:none."""
    if tag.name in UNSEEN:
        return True
    if not tag.attrs:
        return False
    if "hidden" in tag.attrs and _text(tag, "hidden").lower() != "until-found":
        return True
    return _text(tag, "aria-hidden").lower() == "true" or _style_hides(_text(tag, "style"))


def hides_words(tag: Tag) -> bool:
    """True where a hidden element holds words that an author may have meant to hide, not a script or an icon."""
    return tag.name not in UNSEEN and _text(tag, "aria-hidden").lower() != "true"


def _style_hides(style: str) -> bool:
    if not style:
        return False
    colour, ground = _COLOUR.search(style), _GROUND.search(style)
    same = colour is not None and ground is not None and _plain(colour[1]) == _plain(ground[1])
    return same or bool(_HIDING_STYLE.search(style))


def _plain(colour: str) -> str:
    written = "".join(colour.lower().split())
    return _WHITE.get(written, written)


def is_bold(tag: Tag) -> bool:
    """True where the element makes its text bold."""
    return tag.name in ("b", "strong", "th") or bool(tag.attrs and _BOLD.search(_text(tag, "style")))


def is_furniture(tag: Tag) -> bool:
    """True where the markup says that the element belongs to the page's frame, not to its content."""
    name = tag.name
    if name in ("html", "body", "main", "article", "h1"):
        return False
    if name == "header":
        return tag.find_parent(["main", "article", "section"]) is None and tag.find("h1") is None
    if name in _FURNITURE:
        return not (name == "footer" and tag.find_parent("blockquote") is not None)
    if not tag.attrs:
        return False
    if name == "a" and _text(tag, "href").startswith("#") and _SKIP_LINK.match(tag.get_text(" ", strip=True)):
        return True
    if _text(tag, "role").lower() in _FURNITURE_ROLES:
        return True
    names = f"{_text(tag, 'class')} {_text(tag, 'id')}"
    return bool(_FURNITURE_NAMES.search(names)) and tag.find(_CONTENT) is None


def _text(tag: Tag, name: str) -> str:
    value = tag.attrs.get(name, "")
    return " ".join(value) if isinstance(value, list) else str(value)
