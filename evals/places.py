"""Where a citation points, by section: the one that the expected quote stands in, or its namesake in another agreement."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from corpus.types import Section, Span
from retriever.types import Citation

Sections = Mapping[str, Sequence[Section]]
"""The sections of each agreement, by its id."""
Places = Sequence[tuple[str, Span]]
"""Agreement id and span of each expected quote."""

_NUMBERING = re.compile(r"^(?:[\W\d_]|\b[A-Za-z]\b)*")


def cites_section(citation: Citation, expected: Places, sections: Sections) -> bool:
    """True when the citation names the very section that one of the expected quotes begins in."""
    return any(
        citation.agreement_id == agreement and citation.section_path == section.path
        for agreement, section in _sections_of(expected, sections)
    )


def cites_namesake(citation: Citation, expected: Places, sections: Sections) -> bool:
    """True for the right clause of the wrong agreement: another agreement's section with the same heading words."""
    heading = heading_words(_own_label(citation, sections))
    return bool(heading) and any(
        citation.agreement_id != agreement and heading == heading_words(section.label)
        for agreement, section in _sections_of(expected, sections)
    )


def _own_label(citation: Citation, sections: Sections) -> str:
    """The label of the section cited, without the paragraph and the point that the citation adds."""
    own = (s for s in sections.get(citation.agreement_id, ()) if s.path == citation.section_path)
    return next((section.label for section in own), citation.section_label)


def heading_words(label: str) -> str:
    """The label without its number, in lower case: "uppsägning" of "§ 12 Uppsägning". Empty for a bare number."""
    return " ".join(_NUMBERING.sub("", label).casefold().split())


def _sections_of(expected: Places, sections: Sections) -> list[tuple[str, Section]]:
    return [
        (agreement, section)
        for agreement, span in expected
        for section in sections.get(agreement, ())
        if section.start <= span.start < section.end
    ]
