from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.types import Document, FileFormat, ReadError

Read = Callable[[bytes | str, str], Document]

SAVED_PAGE = """<!DOCTYPE html>
<html lang="sv"><head><meta charset="utf-8"><title>Partnerskap om bad | Sjököpings kommun</title>
<style>p { color: red }</style><script>var a = "<p>inte text</p>";</script></head>
<body class="has-cookies">
<noscript>JavaScript är inaktiverat.</noscript>
<div id="cookie-banner"><p>Vi använder kakor.</p><button>Godkänn</button></div>
<header><a href="/">Sjököping</a></header>
<nav><ul><li>Start</li><li>Avtal</li></ul></nav>
<main>
<h1>Partnerskap
 om bad</h1>
<p>Kommunen &amp; högskolan har ett <a href="x.html">avtal</a> om bad&shy;vatten.<br>Ny rad.</p>
<h2>Områden</h2>
<ul><li>Forskning</li><li>Utbildning<ul><li>Praktik</li></ul></li></ul>
<ol start="3" type="a"><li>tre</li><li>fyra</li></ol>
<table><tr><th>År</th><th>Belopp</th></tr><tr><td>2024</td><td>5&nbsp;mnkr</td></tr></table>
<p hidden>dold ett</p><p style="display: none">dold två</p><span aria-hidden="true">dold tre</span>
<template>dold fyra</template>
<div class="social-share">Dela <a href="#">Facebook</a></div>
</main>
<aside>Relaterat</aside>
<footer>Kontakta oss</footer>
</body></html>"""


def marked(document: Document) -> list[str]:
    return [document.text[span.start : span.end] for span in document.furniture]


def headings(document: Document) -> list[tuple[str, int]]:
    return [(document.text[at.start : at.end], at.level) for at in document.headings]


def test_a_saved_page_becomes_its_visible_text(read: Read) -> None:
    document = read(SAVED_PAGE, "sida.html")
    assert document.text == (
        "JavaScript är inaktiverat.\n\nVi använder kakor.\n\nGodkänn\n\nSjököping\n\n• Start\n• Avtal\n\n"
        "Partnerskap om bad\n\n"
        "Kommunen & högskolan har ett avtal om badvatten.\nNy rad.\n\n"
        "Områden\n\n"
        "• Forskning\n• Utbildning\n• Praktik\n\n"
        "c. tre\nd. fyra\n\n"
        "År | Belopp\n2024 | 5\u00a0mnkr\n\n"
        "Dela Facebook\n\n"
        "Relaterat\n\nKontakta oss"
    )


def test_the_frame_of_the_page_is_furniture_and_the_content_is_not(read: Read) -> None:
    document = read(SAVED_PAGE, "sida.html")
    assert marked(document) == [
        "JavaScript är inaktiverat.\n\nVi använder kakor.\n\nGodkänn\n\nSjököping\n\n• Start\n• Avtal",
        "Dela Facebook\n\nRelaterat\n\nKontakta oss",
    ]
    assert headings(document) == [("Partnerskap om bad", 1), ("Områden", 2)]
    assert document.title == "Partnerskap om bad"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Avtal om bad | Sjököpings kommun</title>", "Avtal om bad"),
        ("<title>Avtal – Region Norr</title>", "Avtal – Region Norr"),
        ('<title>x</title><meta property="og:title" content="Avtal om bad">', "Avtal om bad"),
        (
            '<title>Avtal om bad - Sjököping</title><meta property="og:site_name" content="Sjököping">',
            "Avtal om bad",
        ),
        ("<title>Microsoft Word - avtal.doc</title>", None),
        ("<title>avtal_2.docx</title>", None),
        ("<title>Startsida</title>", None),
    ],
)
def test_title(read: Read, head: str, title: str | None) -> None:
    assert read(f"<html><head>{head}</head><body><p>Text</p></body></html>", "a.html").title == title


def test_declared_latin1_and_undeclared_utf8(read: Read) -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>Årlig översyn</p></body></html>'
    assert read(page.encode("cp1252"), "a.html").text == "Årlig översyn"
    assert read(page.encode("utf-8"), "b.html").text == "Årlig översyn"


def test_an_xhtml_page_with_a_dtd_reads_without_expanding_entities(read: Read) -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM '
        '"file:///etc/passwd">]><html xmlns="http://www.w3.org/1999/xhtml"><body>'
        "<p>Avtal &b; &c;</p></body></html>"
    )
    text = read(bomb, "a.html").text
    assert "hahaha" not in text
    assert "root:" not in text
    assert "Avtal" in text


def test_deep_nesting_is_read_without_recursion(read: Read) -> None:
    document = read("<html><body>" + "<div><ul><li>" * 5_000 + "Avtal" + "</li></ul></div>" * 5_000, "a.html")
    assert document.text == "• Avtal"


def test_the_class_name_of_a_content_wrapper_does_not_hide_it(read: Read) -> None:
    page = '<html><body><div class="cookie-page"><h1>Avtal</h1><p>Om kakor</p></div><p>Slut</p></body></html>'
    assert marked(read(page, "a.html")) == []


@pytest.mark.parametrize("name", ["shareholders", "social", "sociala", "navigering", "consenting"])
def test_ordinary_words_in_class_names_are_no_furniture(read: Read, name: str) -> None:
    assert marked(read(f'<html><body><div class="{name}">Avtal</div></body></html>', "a.html")) == []


def test_a_page_of_nothing_but_frame_is_read_as_content_with_a_warning(read: Read) -> None:
    document = read("<html><body><aside><p>Avtal om bad</p></aside></body></html>", "a.html")
    assert document.furniture == ()
    assert "ram" in document.warnings[0]


def test_article_headers_are_content(read: Read) -> None:
    page = (
        "<html><body><article><header><h1>Avtal</h1><p>Ingress</p></header>"
        "<p>Text</p></article></body></html>"
    )
    document = read(page, "a.html")
    assert marked(document) == []
    assert document.text == "Avtal\n\nIngress\n\nText"


def test_layout_tables_are_read_as_blocks(read: Read) -> None:
    page = (
        "<html><body><table><tr><td><h2>Meny</h2></td><td><p>Ett</p><p>Två</p>"
        "<table><tr><td>a</td><td></td><td>c</td></tr></table></td></tr></table></body></html>"
    )
    document = read(page, "a.html")
    assert document.text == "Meny\n\nEtt\n\nTvå\n\na |  | c"
    assert headings(document) == [("Meny", 2)]


def test_preformatted_text_keeps_its_lines(read: Read) -> None:
    assert (
        read("<html><body><pre>§ 1  Syfte\n  a) ett\n</pre></body></html>", "a.html").text
        == "§ 1  Syfte\n  a) ett"
    )


def test_html_in_a_text_file_is_read_as_html_and_said(read: Read) -> None:
    document = read("<!doctype html><html><body><p>Avtal</p></body></html>", "a.txt")
    assert (document.format, document.text) == (FileFormat.HTML, "Avtal")
    assert "HTML" in document.warnings[0]


def test_a_page_without_visible_text_is_refused(read: Read) -> None:
    with pytest.raises(ReadError, match="ingen synlig text"):
        read("<html><body><script>x</script><img alt='bild'></body></html>", "a.html")


def test_collapsed_sections_are_read(read: Read) -> None:
    page = (
        "<html><body><details><summary>Villkor</summary><p>Uppsägningstiden är sex månader.</p></details>"
        '<div hidden="until-found">Sökbart</div></body></html>'
    )
    assert read(page, "a.html").text == "Villkor\n\nUppsägningstiden är sex månader.\n\nSökbart"


@pytest.mark.parametrize(
    "style",
    [
        "display:none", "visibility: hidden", "font-size:0", "opacity:0;", "color:#fff;background:#FFFFFF",
        "color: white; background-color: rgb(255, 255, 255)",
    ],
)  # fmt: skip
def test_hidden_words_are_left_out_and_said(read: Read, style: str) -> None:
    document = read(f'<html><body><p>Syns</p><p style="{style}">Dolt villkor</p></body></html>', "a.html")
    assert document.text == "Syns"
    assert document.warnings == ("dold text på 1 ställe utelämnades, det första: ”Dolt villkor”",)


@pytest.mark.parametrize(
    "style", ["color:#fff;background:#000", "font-size:0.9em", "opacity:0.8", "background:#fff"]
)
def test_styles_that_hide_nothing(read: Read, style: str) -> None:
    assert read(f'<html><body><p style="{style}">Syns</p></body></html>', "a.html").text == "Syns"


def test_what_is_hidden_in_the_frame_or_for_machines_is_not_spoken_of(read: Read) -> None:
    page = (
        '<html><body><nav><p hidden>Meny</p></nav><div class="cookie-banner" hidden>Kakor</div>'
        '<i aria-hidden="true">ikon</i><p>Avtal</p></body></html>'
    )
    assert read(page, "a.html").warnings == ()


def test_a_link_that_skips_to_the_content_is_of_the_frame(read: Read) -> None:
    document = read(
        '<body><a href="#innehall">Till innehållet</a><main><h1>Avtal</h1><p>Text om vatten.</p></main></body>',
        "a.html",
    )
    skipped = document.text.index("Till innehållet")
    assert any(span.start <= skipped < span.end for span in document.furniture)


def test_a_paragraph_in_bold_is_marked_as_no_more_than_that(read: Read) -> None:
    page = "<p><b>Syfte</b></p><p><strong>Syftet</strong> är att simma mer.</p><p style='font-weight:700'>Tid</p>"
    document = read(page, "a.html")
    assert [(document.text[h.start : h.end], h.level) for h in document.headings] == [
        ("Syfte", 0),
        ("Tid", 0),
    ]


@pytest.mark.parametrize(
    "body",
    [
        '<p style="color:white">Dolt villkor</p>',
        '<p><font color="#FFFFFF">Dolt villkor</font></p>',
        '<p style="font-size:1px">Dolt villkor</p>',
        '<p style="font-size: 0.1em">Dolt villkor</p>',
        '<p style="opacity:.01">Dolt villkor</p>',
        '<p style="position:absolute; left:-9999px">Dolt villkor</p>',
        '<p style="position:fixed;top:-2000pt">Dolt villkor</p>',
        '<p style="position:absolute;clip:rect(0 0 0 0)">Dolt villkor</p>',
        '<p style="text-indent:-9999px">Dolt villkor</p>',
        "<style>/* x */ .a, p.b { display : none !important }</style><p class='c b'>Dolt villkor</p>",
        "<style>@media screen { #d { visibility: hidden } }</style><p id=d>Dolt villkor</p>",
        "<style>.e{color:#fff} body{background:#fff}</style><p class=e>Dolt villkor</p>",
    ],
)
def test_words_hidden_by_colour_size_place_and_sheet_are_left_out_and_said(read: Read, body: str) -> None:
    document = read(f"<html><body><p>Syns</p>{body}</body></html>", "a.html")
    assert document.text == "Syns"
    assert document.warnings == ("dold text på 1 ställe utelämnades, det första: ”Dolt villkor”",)


@pytest.mark.parametrize(
    "body",
    [
        '<div style="background:#003366"><p style="color:white">Syns</p></div>',
        '<table bgcolor="navy"><tr><td><font color="white">Syns</font></td></tr></table>',
        "<style>.x .y{background-color:green} .z{color:#fff}</style><div class=y><p class=z>Syns</p></div>",
        '<div style="color:white"><p style="color:black">Syns</p></div>',
        '<div style="font-size:0"><span style="font-size:12px">Syns</span></div>',
        '<div style="visibility:hidden"><p style="visibility:visible">Syns</p></div>',
        '<p style="margin-left:141pt;text-indent:-141.75pt">Syns</p>',
        '<p style="position:relative;left:-9px">Syns</p>',
        "<style>@media print { .p { display:none } } @media (max-width:600px) { .p { display:none } }</style><p class=p>Syns</p>",
        "<style>.meny .p { display:none }</style><p class=p>Syns</p>",
        "<style>.p{display:none} .p{display:block}</style><p class=p>Syns</p>",
    ],
)
def test_what_shows_after_all_is_read(read: Read, body: str) -> None:
    document = read(f"<html><body>{body}</body></html>", "a.html")
    assert document.text == "Syns"
    assert document.warnings == ()
