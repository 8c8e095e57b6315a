"""What a reader sees of a PDF page: where its points are on the paper as it is shown."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2

Box = tuple[float, float, float, float]  # left, bottom, right, top in the page's own coordinates


@dataclass(frozen=True, slots=True)
class Frame:
    """What a reader sees of a page: its crop box in the page's own coordinates, and its turn in degrees."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @classmethod
    def of(cls, page: pypdfium2.PdfPage) -> Frame:
        left, bottom, right, top = page.get_cropbox()
        if right - left < 1 or top - bottom < 1:
            left, bottom, right, top = 0.0, 0.0, 595.0, 842.0  # no page at all: as if it were A4
        return cls(left, bottom, right, top, page.get_rotation())

    @property
    def height(self) -> float:
        return self.right - self.left if self.turn in (90, 270) else self.top - self.bottom

    def rows_of(self, box: Box) -> tuple[float, float]:
        """Upper and lower edge of a box (left, bottom, right, top), in points below the page's shown top."""
        left, bottom, right, top = box
        return {
            90: (left - self.left, right - self.left),
            180: (bottom - self.bottom, top - self.bottom),
            270: (self.right - right, self.right - left),
        }.get(self.turn, (self.top - top, self.top - bottom))

    def columns_of(self, box: Box) -> tuple[float, float]:
        """Left and right edge of a box, in points from the page's shown left."""
        left, bottom, right, top = box
        return {
            90: (bottom - self.bottom, top - self.bottom),
            180: (self.right - right, self.right - left),
            270: (self.top - top, self.top - bottom),
        }.get(self.turn, (left - self.left, right - self.left))

    def shows(self, box: Box) -> bool:
        """True when the box touches what is seen of the page."""
        left, bottom, right, top = box
        return left < self.right and right > self.left and bottom < self.top and top > self.bottom

    def holds(self, box: Box) -> bool:
        """True when the whole box is seen of the page."""
        left, bottom, right, top = box
        return self.left <= left and right <= self.right and self.bottom <= bottom and top <= self.top
