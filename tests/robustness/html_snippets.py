"""Malformed and hostile HTML, drawn from families and mutated with a fixed seed. Each runs `ran(n)` where it runs at all."""

from __future__ import annotations

import html
import random
import re
from pathlib import Path
from urllib.parse import quote

MARK = "zqx"
"""In every snippet as a tag's or an attribute's name: no page has it of its own."""

_FAMILIES = (
    "<script zqx>ran({n})</script>", "<SCRIPT zqx>ran({n})//", "<scr<script zqx>ipt>ran({n})</scr</script>ipt>", "<img zqx src=x onerror=ran({n})>",
    "<img zqx src=x onerror='ran({n})'", "<img/zqx/src=x/onerror=ran({n})>", "<svg zqx onload=ran({n})>", "<svg zqx><script>ran({n})</script></svg>",
    "<svg zqx><animate onbegin=ran({n}) attributeName=x dur=1s>", "<body zqx onload=ran({n})>", "<iframe zqx srcdoc='<script>parent.ran({n})</script>'>",
    "<iframe zqx src=\"javascript:parent.ran({n})\"></iframe>", "<a zqx href=javascript:ran({n})>avtal</a>", "<a zqx href=\"java\tscript:ran({n})\">x</a>",
    "<details zqx open ontoggle=ran({n})>x", "<input zqx autofocus onfocus=ran({n})>", "<video zqx><source onerror=ran({n})></video>",
    "<marquee zqx onstart=ran({n})>x</marquee>", "<style zqx>@import 'x';</style>", "<style>*{{x:expression(ran({n}))}}</style zqx>", "<object zqx data=\"data:text/html,<script>parent.ran({n})</script>\">",
    "<embed zqx src=\"javascript:ran({n})\">", "<form zqx action=javascript:ran({n})><button>x</button></form>", "<button zqx form=x formaction=javascript:ran({n})>x",
    "<base zqx href=//127.0.0.1:1/>", "<meta zqx http-equiv=refresh content=\"0;url=javascript:ran({n})\">", "<link zqx rel=stylesheet href=//127.0.0.1:1/x>",
    "<math zqx><mtext><table><mglyph><style><img src=x onerror=ran({n})>", "<noscript zqx><p title=\"</noscript><img src=x onerror=ran({n})>\">",
    "<template zqx><script>ran({n})</script></template>", "<zqx-{n} onclick=ran({n}) style=animation:x onanimationstart=ran({n})>", "<p zqx style=\"background:url(javascript:ran({n}))\">",
    "\" zqx onmouseover=ran({n}) autofocus onfocus=ran({n}) x=\"", "' zqx onmouseover=ran({n}) autofocus onfocus=ran({n}) x='", "` zqx onload=ran({n}) `", "\"><script zqx>ran({n})</script>",
    "'><img zqx src=x onerror=ran({n})>", "</title><script zqx>ran({n})</script>", "</textarea><script zqx>ran({n})</script>", "</script><script zqx>ran({n})</script>",
    "</style><script zqx>ran({n})</script>", "--><script zqx>ran({n})</script><!--", "<!--<img zqx src=\"--><img zqx src=x onerror=ran({n})//\">", "]]><script zqx>ran({n})</script>",
    "<![CDATA[<script zqx>ran({n})</script>]]>", "<?xml version=\"1.0\"?><script zqx xmlns=\"http://www.w3.org/1999/xhtml\">ran({n})</script>", "<!ENTITY zqx \"<script>ran({n})</script>\">",
    "{{{{ zqx.__class__ }}}}<script zqx>ran({n})</script>", "{{% raw %}}<script zqx>ran({n})</script>", "${{ran({n})}}<zqx>", "javascript:ran({n})//<zqx>", "data:text/html,<script zqx>ran({n})</script>",
    "[x](javascript:ran({n}))<zqx>", "![x](x \"onerror=ran({n})\")<img zqx src=x onerror=ran({n})>", "&lt;script zqx&gt;ran({n})&lt;/script&gt;", "&#60;script zqx&#62;ran({n})&#60;/script&#62;",
    "&amp;lt;script zqx&amp;gt;ran({n})", "%3Cscript zqx%3Eran({n})%3C/script%3E", "+ADw-script zqx+AD4-ran({n})+ADw-/script+AD4-", "\\u003cscript zqx\\u003eran({n})\\u003c/script\\u003e",
    "\\x3cimg zqx src=x onerror=ran({n})\\x3e", "＜script zqx＞ran({n})＜/script＞", "<\u200bscript zqx>ran({n})</script>", "\u202e<script zqx>ran({n})</script>", "<script\u2028zqx>ran({n})</script>",
    "<a zqx href=x onclick=ran({n}) ", "<", "<<zqx>>", "<zqx", "</zqx", "<zqx/", "<!zqx", "<a href=\"zqx", "&", "&#x", "&zqx;", "<p zqx =\"\" =>", "<table zqx><tr><b><td></table>", "<select zqx><option></form>",
)  # fmt: skip
_FRONTS = (
    "",
    "",
    "",
    '"',
    "'",
    ">",
    '">',
    "'>",
    "-->",
    "</a>",
    "</p></div>",
    "</title>",
    "Avtal ",
    "\t",
    " ",
)
_TAGS = ("onerror", "onload", "script", "img", "svg", "iframe")


def snippets(count: int, seed: int = 1700) -> list[str]:
    """So many different snippets, all of every family before mutations; snippet `n` calls `ran(n)`. One line each."""
    chance = random.Random(seed)
    found: dict[str, None] = {}
    number = 0
    while len(found) < count:
        family = _FAMILIES[number % len(_FAMILIES)].format(n=len(found))
        drawn = family if number < len(_FAMILIES) else _mutated(family, chance)
        number += 1
        drawn = " ".join(drawn.replace("\x00", "").split("\n"))
        if drawn.strip():
            found[drawn] = None
    return list(found)


def marked(folder: Path) -> list[str]:
    """The HTML files below a folder as snippets: every tag gets the mark for an attribute, every script calls `ran(n)`.

    What is left of a file without a tag is what it was. Raises ValueError where there are none.
    """
    paths = sorted(folder.rglob("*.html"))
    if not paths:
        raise ValueError(f"{folder} holds no HTML file")
    found: dict[str, None] = {}
    for number, path in enumerate(paths):
        text = path.read_bytes().decode("utf-8", "replace").replace("\x00", "")
        text = re.sub(r"<([a-zA-Z][^\s/>]*)", rf"<\1 {MARK}", text)
        text = re.sub(rf"(?i)(<script {MARK}[^>]*>)", rf"\1ran({number});", text)
        drawn = " ".join(text.split("\n")).strip()
        if drawn:
            found[drawn] = None
    return list(found)


def _mutated(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 3)):
        text = chance.choice(_MUTATIONS)(text, chance)
    return chance.choice(_FRONTS) + text


def _cased(text: str, chance: random.Random) -> str:
    for word in _TAGS:
        text = text.replace(word, "".join(chance.choice((letter, letter.upper())) for letter in word))
    return text


def _blanked(text: str, chance: random.Random) -> str:
    return text.replace(" ", chance.choice(("\t", "/", "  ", "\u00a0", "\x0c", " /")))


def _cut(text: str, chance: random.Random) -> str:
    return text[: chance.randint(len(text) // 2, len(text))] if len(text) > 4 else text


def _doubled(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + text + text[at:]


def _encoded(text: str, chance: random.Random) -> str:
    return chance.choice((html.escape(text), quote(text), text.encode("unicode_escape").decode(), text))


def _dirty(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return (
        text[:at]
        + chance.choice(
            ("\u200b", "\ufeff", "\u00ad", "'", '"', "`", "<", ">", "&", "\u2028", "{{", "}}", "<!--")
        )
        + text[at:]
    )


def _nested(text: str, chance: random.Random) -> str:
    name = chance.choice(
        ("b", "svg", "math", "table", "template", "noscript", "textarea", "title", "select", "xmp")
    )
    return f"<{name} zqx>{text}" + chance.choice(("", f"</{name}>"))


_MUTATIONS = (_cased, _blanked, _cut, _doubled, _encoded, _dirty, _nested)
