"""What HTML markup says about an element: furniture or content."""

from __future__ import annotations

import re

from bs4 import Tag

from corpus.reading.html_hidden import UNSEEN, text_of

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
_BOLD = re.compile(r"(?<![-\w])font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)


def hides_words(tag: Tag) -> bool:
    """True where a hidden element holds words that an author may have meant to hide, not a script or an icon."""
    return tag.name not in UNSEEN and text_of(tag, "aria-hidden").lower() != "true"


def is_bold(tag: Tag) -> bool:
    """True where the element makes its text bold."""
    return tag.name in ("b", "strong", "th") or bool(tag.attrs and _BOLD.search(text_of(tag, "style")))


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
    if (
        name == "a"
        and text_of(tag, "href").startswith("#")
        and _SKIP_LINK.match(tag.get_text(" ", strip=True))
    ):
        return True
    if text_of(tag, "role").lower() in _FURNITURE_ROLES:
        return True
    names = f"{text_of(tag, 'class')} {text_of(tag, 'id')}"
    return bool(_FURNITURE_NAMES.search(names)) and tag.find(_CONTENT) is None
