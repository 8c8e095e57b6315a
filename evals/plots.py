"""Pictures as inline SVG, drawn by hand: colours and type come from the page's style sheet through classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from evals.intervals import Interval
from evals.wording import number

WIDTH = 720
_LABEL = 150
_RIGHT = 62
_ROW = 34
_AXIS = 26
_FIELD_HEIGHT = 250
_FIELD_LEFT = 52
_FIELD_BOTTOM = 46
_TENTHS = tuple(tenth / 5 for tenth in range(6))


@dataclass(frozen=True, slots=True)
class Point:
    """A place in a picture, each axis in 0..1, and what is said of it when it is pointed at."""

    x: float
    y: float
    told: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A row of a dot plot: its name and its mean with the interval. `total` sets it apart from the others."""

    label: str
    interval: Interval
    total: bool = False


@dataclass(frozen=True, slots=True)
class Axes:
    """The two axes of a field: what they measure, and (place in 0..1, text) of each tick."""

    x_title: str
    y_title: str
    x_ticks: Sequence[tuple[float, str]]
    y_ticks: Sequence[tuple[float, str]]


def shares() -> list[tuple[float, str]]:
    """Ticks of a share: 0, 0,2, … 1."""
    return [(share, number(share, 1)) for share in _TENTHS]


def dot_plot(dots: Sequence[Dot], title: str) -> str:
    """A row a dot on one scale 0..1, its 95 % interval as whiskers, its figure to the right."""
    height = _ROW * len(dots) + _AXIS + 8
    bottom = height - _AXIS
    parts = []
    for share in _TENTHS:
        x = _across(share)
        parts.append(f'<path class="grid" d="M{x:.1f} 4V{bottom}"/>')
        parts.append(_text(x, height - 8, number(share, 1), "tick middle"))
    for place, dot in enumerate(dots):
        parts += _dot(dot, _ROW * place + _ROW / 2 + 4)
    return _svg(height, title, parts)


def _dot(dot: Dot, y: float) -> list[str]:
    low, mean, high = (_across(v) for v in (dot.interval.low, dot.interval.mean, dot.interval.high))
    told = (
        f"{dot.label}: {number(dot.interval.mean)} ({number(dot.interval.low)}–{number(dot.interval.high)})"
    )
    kind = " total" if dot.total else ""
    return [
        _text(0, y + 5, dot.label, f"label{kind}"),
        f'<g class="mark{kind}"><title>{escape(told)}</title>',
        f'<path class="whisker" d="M{low:.1f} {y}H{high:.1f}M{low:.1f} {y - 5}v10M{high:.1f} {y - 5}v10"/>',
        f'<circle cx="{mean:.1f}" cy="{y}" r="6"/></g>',
        _text(WIDTH, y + 5, number(dot.interval.mean, 2), f"value end{kind}"),
    ]


def line_plot(points: Sequence[Point], axes: Axes, title: str, bands: Sequence[Interval] = ()) -> str:
    """The points joined by a line inside the axes; `bands` are the intervals of the points, drawn as an area."""
    parts = _field(axes)
    if bands:
        low = [(point.x, band.low) for point, band in zip(points, bands, strict=True)]
        high = [(point.x, band.high) for point, band in zip(points, bands, strict=True)]
        parts.append(f'<path class="band" d="{_path([*high, *reversed(low)])}Z"/>')
    parts.append(f'<path class="line" d="{_path([(point.x, point.y) for point in points])}"/>')
    for point in points:
        if point.told:
            x, y = _place(point.x, point.y)
            parts.append(
                f'<g class="mark"><title>{escape(point.told)}</title><circle cx="{x:.1f}" cy="{y:.1f}" r="5"/></g>'
            )
    return _svg(_FIELD_HEIGHT, title, parts)


def histogram(
    shares_of: Sequence[float],
    told: Sequence[str],
    axes: Axes,
    title: str,
    marks: Sequence[tuple[float, str]],
) -> str:
    """Bars side by side, heights in 0..1, and marked places across (x in 0..1, text) as upright lines."""
    parts = _field(axes)
    width = 1 / len(shares_of)
    for place, (share, words) in enumerate(zip(shares_of, told, strict=True)):
        (x, y), (right, bottom) = _place(place * width, share), _place((place + 1) * width, 0)
        parts.append(
            f'<rect class="bar" x="{x + 1:.1f}" y="{y:.1f}" width="{right - x - 2:.1f}" height="{bottom - y:.1f}">'
            f"<title>{escape(words)}</title></rect>"
        )
    for step, (at, words) in enumerate(marks):
        (x, top), (_, bottom) = _place(at, 1), _place(at, 0)
        near_end = at > 0.8
        parts.append(f'<path class="cut" d="M{x:.1f} {top:.1f}V{bottom:.1f}"/>')
        parts.append(
            _text(
                x + (-6 if near_end else 6), top + 12 + 17 * step, words, f"note{' end' if near_end else ''}"
            )
        )
    return _svg(_FIELD_HEIGHT, title, parts)


def _field(axes: Axes) -> list[str]:
    """The grid, ticks and titles of a picture with two axes."""
    parts = []
    (left, top), (right, bottom) = _place(0, 1), _place(1, 0)
    for share, words in axes.y_ticks:
        _, y = _place(0, share)
        parts.append(f'<path class="grid" d="M{left:.1f} {y:.1f}H{right:.1f}"/>')
        parts.append(_text(left - 8, y + 4, words, "tick end"))
    for share, words in axes.x_ticks:
        x, _ = _place(share, 0)
        parts.append(f'<path class="axis" d="M{x:.1f} {bottom:.1f}v5"/>')
        parts.append(_text(x, bottom + 19, words, "tick middle"))
    parts.append(f'<path class="axis" d="M{left:.1f} {bottom:.1f}H{right:.1f}"/>')
    parts.append(_text(right, _FIELD_HEIGHT - 4, axes.x_title, "title end"))
    parts.append(_text(0, top - 14, axes.y_title, "title"))
    return parts


def _place(x: float, y: float) -> tuple[float, float]:
    """From 0..1 to the field's units, y upwards."""
    return (
        _FIELD_LEFT + x * (WIDTH - _FIELD_LEFT - 22),
        30 + (1 - y) * (_FIELD_HEIGHT - 30 - _FIELD_BOTTOM),
    )


def _across(share: float) -> float:
    return _LABEL + share * (WIDTH - _LABEL - _RIGHT)


def _path(places: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (_place(*place) for place in places))


def _text(x: float, y: float, words: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(words)}</text>'


def _svg(height: float, title: str, parts: Sequence[str]) -> str:
    return f'<svg viewBox="0 0 {WIDTH} {height:g}" role="img" aria-label="{escape(title)}">{"".join(parts)}</svg>'
