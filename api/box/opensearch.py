"""The OpenSearch 1.1 description document: how a browser or an intranet puts questions here."""

from __future__ import annotations

from xml.etree import ElementTree

from api.feeds.atom import OPENSEARCH


def description(address: str) -> bytes:
    """The description as UTF-8 XML. `address` is the server's, without a last slash."""
    root = ElementTree.Element(f"{{{OPENSEARCH}}}OpenSearchDescription")
    for name, text in (
        ("ShortName", "Avtalssök"),
        ("Description", "Sök och fråga i avtalen. Varje svar har en källa."),
        ("InputEncoding", "UTF-8"),
        ("OutputEncoding", "UTF-8"),
        ("Language", "sv-SE"),
    ):
        ElementTree.SubElement(root, f"{{{OPENSEARCH}}}{name}").text = text
    image = {"width": "32", "height": "32", "type": "image/svg+xml"}
    ElementTree.SubElement(root, f"{{{OPENSEARCH}}}Image", image).text = f"{address}/page/icon.svg"
    for kind, template in (
        ("text/html", "/?q={searchTerms}"),
        ("application/atom+xml", "/api/feeds/search.atom?q={searchTerms}"),
        ("application/x-suggestions+json", "/opensearch/suggest?q={searchTerms}"),
    ):
        shown = {"type": kind, "template": address + template}
        ElementTree.SubElement(root, f"{{{OPENSEARCH}}}Url", shown)
    itself = {
        "type": "application/opensearchdescription+xml",
        "rel": "self",
        "template": f"{address}/opensearch.xml",
    }
    ElementTree.SubElement(root, f"{{{OPENSEARCH}}}Url", itself)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
