"""Pictures: places worked out by hand, and words that cannot break out of the picture."""

from __future__ import annotations

from xml.etree import ElementTree

from evals.intervals import Interval
from evals.plots import Axes, Dot, Point, dot_plot, histogram, line_plot

_AXES = Axes("vågrätt", "lodrätt", [(0, "0"), (1, "1")], [(0, "0"), (1, "1")])


def _parts(svg: str, tag: str, kind: str = "") -> list[ElementTree.Element]:
    return [part for part in ElementTree.fromstring(svg).iter(tag) if kind in part.get("class", "")]


def test_a_dot_stands_at_its_mean_and_its_whiskers_at_the_interval() -> None:
    svg = dot_plot([Dot("kort svar", Interval(0.5, 0.25, 1.0, 9))], "Poäng")
    # The scale runs from 150 to 720 - 62 = 658: 508 units, so 0.25 is 277 and 0.5 is 404.
    assert [circle.get("cx") for circle in _parts(svg, "circle")] == ["404.0"]
    whisker = _parts(svg, "path", "whisker")[0].get("d", "")
    assert whisker.startswith("M277.0 21.0H658.0")
    assert [title.text for title in _parts(svg, "title")] == ["kort svar: 0,500 (0,250–1,000)"]


def test_a_line_goes_through_its_points_inside_its_band() -> None:
    points = [Point(0, 0, "a: 0"), Point(1, 1, "b: 1")]
    svg = line_plot(points, _AXES, "Linje", [Interval(0, 0, 0.5, 3), Interval(1, 0.5, 1, 3)])
    # The field runs from x 52 to 698 and from y 204 (zero) up to 30 (one); half-way is 117.
    assert _parts(svg, "path", "line")[0].get("d") == "M52.0 204.0L698.0 30.0"
    assert _parts(svg, "path", "band")[0].get("d") == "M52.0 117.0L698.0 30.0L698.0 117.0L52.0 204.0Z"
    assert len(_parts(svg, "circle")) == 2


def test_a_bar_is_as_high_as_its_share() -> None:
    svg = histogram([0.5, 1.0], ["ett", "två"], _AXES, "Staplar", [(0.5, "mitt"), (1.0, "slut")])
    heights = [bar.get("height") for bar in _parts(svg, "rect", "bar")]
    assert heights == ["87.0", "174.0"]
    assert [part.text for part in _parts(svg, "text", "note")] == ["mitt", "slut"]


def test_words_from_outside_stay_words() -> None:
    svg = dot_plot([Dot("<b>&", Interval(1, 1, 1, 1))], '"><script>')
    assert "<script" not in svg
    assert [part.text for part in _parts(svg, "text", "label")] == ["<b>&"]
    assert ElementTree.fromstring(svg).get("aria-label") == '"><script>'
