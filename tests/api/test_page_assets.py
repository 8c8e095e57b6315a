"""The page's files: small, self-contained, fit for a strict CSP, and readable in light and dark."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest

PAGE = Path(__file__).resolve().parents[2] / "api" / "page"
HTML = {"index.html": {"search.js"}, "agreement.html": {"reading.js"}, "report.html": {"report.js"}}
TOTAL_BYTES = 100_000
# The SVG namespace is a name, not an address that anything fetches.
NAMES_NOT_ADDRESSES = {"http://www.w3.org/2000/svg"}


def _text(name: str) -> str:
    return (PAGE / name).read_text(encoding="utf-8")


def _names(pattern: str) -> list[str]:
    return sorted(path.name for path in PAGE.glob(pattern))


class _Tags(HTMLParser):
    """Every start tag with its attributes, and the text inside scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inline = ""
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, _tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in ("script", "style"):
            self.inline += data

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] or "" for _, attributes in self.tags if "id" in attributes]


def _modules_of(entry: str) -> set[str]:
    """The entry module and everything that it imports."""
    found, todo = set[str](), [entry]
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += re.findall(r'from "\./([\w.]+)"', _text(name))
    return found


def test_all_files_together_are_small() -> None:
    assert sum(path.stat().st_size for path in PAGE.iterdir() if path.is_file()) <= TOTAL_BYTES


@pytest.mark.parametrize("name", HTML)
def test_html_holds_no_script_style_or_handler(name: str) -> None:
    page = _Tags(_text(name))
    assert page.inline.strip() == ""
    for tag, attributes in page.tags:
        assert tag != "style"
        assert not [key for key in attributes if key.startswith("on") or key == "style"], (tag, attributes)
        assert not any(
            (value or "").strip().lower().startswith("javascript:") for value in attributes.values()
        )


@pytest.mark.parametrize("name", HTML)
def test_html_addresses_are_its_own_and_assets_exist(name: str) -> None:
    for tag, attributes in _Tags(_text(name)).tags:
        for key in ("src", "href", "action"):
            address = attributes.get(key)
            if address is None:
                continue
            assert address.startswith(("/", "#")) and not address.startswith("//"), (tag, address)
            path = urlsplit(address).path
            if path.startswith("/page/"):
                assert (PAGE / path.removeprefix("/page/")).is_file(), address


def test_nothing_names_another_site() -> None:
    for path in PAGE.iterdir():
        addresses = set(re.findall(r"(?:https?:)?//[\w-]+\.[\w./-]+", path.read_text(encoding="utf-8")))
        assert addresses <= NAMES_NOT_ADDRESSES, (path.name, addresses)


def test_css_fetches_nothing() -> None:
    css = _text("style.css")
    assert "@import" not in css
    assert "url(" not in css


@pytest.mark.parametrize("name", _names("*.js"))
def test_data_never_becomes_markup_or_code(name: str) -> None:
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|setHTMLUnsafe"
        r"|\beval\(|new Function|srcdoc|DOMParser|cssText|setAttribute\(\"style\""
    )
    assert not re.findall(forbidden, _text(name))


@pytest.mark.parametrize("name", _names("*.js"))
def test_every_import_exists_and_is_exported(name: str) -> None:
    for names, module in re.findall(r'import \{([^}]+)\} from "\./([\w.]+)"', _text(name)):
        exported = set(
            re.findall(r"^export (?:async )?(?:function|const|class) ([\w$]+)", _text(module), re.M)
        )
        assert {each.strip() for each in names.split(",") if each.strip()} <= exported


@pytest.mark.parametrize("name", HTML)
def test_every_id_that_the_scripts_name_is_there_once(name: str) -> None:
    ids = _Tags(_text(name)).ids
    assert len(ids) == len(set(ids))
    (entry,) = HTML[name]
    made = set(re.findall(r'\bid: "([\w-]+)"', _text("answer.js")))
    for module in _modules_of(entry):
        named = set(re.findall(r'\$\("([\w-]+)"\)', _text(module)))
        assert named <= set(ids) | made, (module, named - set(ids) - made)


@pytest.mark.parametrize("name", HTML)
def test_labels_skip_link_and_landmarks(name: str) -> None:
    page = _Tags(_text(name))
    labelled = {attributes.get("for") for tag, attributes in page.tags if tag == "label"}
    assert all(attributes["id"] in labelled for tag, attributes in page.tags if tag == "input")
    assert ("a", {"class": "skip", "href": "#innehall"}) in page.tags
    assert {"header", "main", "footer"} <= {tag for tag, _ in page.tags}
    assert ("html", {"lang": "sv"}) in page.tags


def test_both_themes_define_the_same_colours() -> None:
    light, dark = _themes()
    assert dark.keys() == light.keys()


# (text or shape, ground, least ratio): 4.5 for text, 3 for borders and shapes (WCAG 2.2: 1.4.3, 1.4.11).
INKS = ("ink", "muted", "accent", "accent-strong")
PAIRS = (
    [
        (ink, ground, 4.5)
        for ink in ("ink", "muted", "accent", "accent-strong")
        for ground in ("ground", "sheet")
    ]
    + [(ink, "accent-soft", 4.5) for ink in ("ink", "muted", "accent", "accent-strong")]
    + [("on-accent", "accent", 4.5), ("on-accent", "accent-strong", 4.5), ("on-mark", "mark", 4.5)]
    + [("alert", "alert-soft", 4.5), ("ink", "alert-soft", 4.5), ("accent", "alert-soft", 3)]
    + [
        ("control-line", "ground", 3),
        ("control-line", "sheet", 3),
        ("mark-line", "sheet", 3),
        ("alert", "ground", 3),
    ]
)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_contrast(theme: int, front: str, back: str, least: float) -> None:
    colours = _themes()[theme]
    ratio = _contrast(colours[front], colours[back])
    assert ratio >= least, f"{front} on {back}: {ratio:.2f}"


def test_contrast_of_black_on_white_is_21() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)


def _themes() -> tuple[dict[str, str], dict[str, str]]:
    """The colours of :root, and those inside `prefers-color-scheme: dark`."""
    light, rest = _text("style.css").split("@media (prefers-color-scheme: dark)", 1)
    dark = rest.split("\n}", 1)[0]
    colour = r"--([\w-]+): (#[0-9a-f]{6});"
    return dict(re.findall(colour, light)), dict(re.findall(colour, dark))


def _contrast(one: str, other: str) -> float:
    """Contrast ratio, 1..21 (WCAG 2.2, definition of contrast ratio)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance, 0..1 (WCAG 2.2, definition of relative luminance)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
