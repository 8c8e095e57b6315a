"""The page's files: small, self-contained, fit for a strict CSP, and readable in light and dark."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

PAGE = Path(__file__).resolve().parents[2] / "api" / "page"
TOTAL_BYTES = 100_000
# The SVG namespace is a name, not an address that anything fetches.
NAMES_NOT_ADDRESSES = {"http://www.w3.org/2000/svg"}
PAGES = {
    "start": "/",
    "lista": "/?q=vilka avtal omfattar kompetensförsörjning?",
    "kort svar": "/?q=Hur lång är uppsägningstiden för ladan?",
    "stycken": "/?q=snö på byvägarna",
    "inget svar": "/?q=vad kostar en månraket?",
    "fel": "/?q=hyra&valid_on=igår",
    "engelska": "/?q=vilka avtal omfattar kompetensförsörjning?&lang=en",
    "läsvy": "/avtal/hyra/ladan?start=60&end=90&v=0&q=hyra",
    "borta": "/avtal/finns/inte",
    "rapport": "/rapport",
    "giltighet": "/oversikt?year=2026",
    "klausuler": "/oversikt/klausuler?lang=en",
    "parter": "/oversikt/parter",
    "redogörelse": "/tillganglighet?lang=en",
}


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

    def of(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest, client: TestClient) -> _Tags:
    """Each page in each of its states, as the server writes it."""
    return _Tags(client.get(PAGES[request.param]).text)


def test_the_longest_page_with_its_files_is_small(client: TestClient) -> None:
    html = max(len(client.get(address).content) for address in PAGES.values())
    assert html + sum(path.stat().st_size for path in PAGE.iterdir() if path.is_file()) <= TOTAL_BYTES


def test_html_holds_no_script_style_or_handler(page: _Tags) -> None:
    assert page.inline.strip() == ""
    for tag, attributes in page.tags:
        assert tag != "style"
        assert not [key for key in attributes if key.startswith("on") or key == "style"], (tag, attributes)
        assert not any(
            (value or "").strip().lower().startswith("javascript:") for value in attributes.values()
        )


def test_html_addresses_are_its_own_and_lead_somewhere(page: _Tags, client: TestClient) -> None:
    addresses = {a[key] for _, a in page.tags for key in ("src", "href", "action") if a.get(key) is not None}
    for address in addresses:
        assert address and address.startswith(("/", "#")) and not address.startswith("//"), address
        if address.startswith("#"):
            assert address[1:] in page.ids
        else:
            assert client.get(address.partition("#")[0]).status_code in (200, _status(address)), address


def _status(address: str) -> int:
    """What the pages of a refused question and of a lost agreement answer, in the other language too."""
    return 404 if address.startswith("/avtal/finns/inte") else 400


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


def test_ids_occur_once_and_what_refers_to_them_finds_them(page: _Tags) -> None:
    ids = page.ids
    assert len(ids) == len(set(ids))
    for _, attributes in page.tags:
        for key in ("aria-labelledby", "aria-controls", "for"):
            assert attributes.get(key, ids[0]) in ids


def test_labels_skip_link_landmarks_and_one_main_heading(page: _Tags) -> None:
    labelled = {attributes.get("for") for attributes in page.of("label")}
    shown = [attributes for attributes in page.of("input") if attributes.get("type") != "hidden"]
    assert shown == [] or all(attributes["id"] in labelled for attributes in shown)
    assert {"class": "skip", "href": "#innehall"} in page.of("a")
    assert {"header", "main", "footer"} <= {tag for tag, _ in page.tags}
    assert len(page.of("h1")) == 1


def test_the_language_is_set_and_the_other_one_is_offered(client: TestClient) -> None:
    swedish, english = (_Tags(client.get(PAGES[name]).text) for name in ("lista", "engelska"))
    assert (swedish.of("html"), english.of("html")) == ([{"lang": "sv"}], [{"lang": "en"}])
    (to_english,) = [a["href"] for a in swedish.of("a") if a.get("hreflang") == "en"]
    (to_swedish,) = [a["href"] for a in english.of("a") if a.get("hreflang") == "sv"]
    assert to_english and "lang=en" in to_english
    assert to_swedish and "lang" not in to_swedish


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
