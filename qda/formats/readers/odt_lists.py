"""Numbers of list items in OpenDocument texts (ODF 1.3 part 3, sections 5.3 and 16.31)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from qda.formats.readers.docx_elements import Element, number
from qda.formats.readers.docx_numbering import format_number
from qda.formats.readers.odt_elements import attribute, odf_name
from qda.formats.readers.odt_styles import style_elements

_FORMS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
}  # fmt: skip
_DASHES = frozenset("-–—*")
_BULLET = "•"
_PLACE = re.compile(r"%(\d{1,2})%")


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    pattern: str
    prefix: str
    suffix: str
    start: int
    shown: int
    bullet: str


@dataclass(slots=True)
class RunningList:
    """A list that is being counted: its style and the counter of each level, from 1."""

    style: str
    counters: dict[int, int] = field(default_factory=dict[int, int])


class OdtLists:
    """The list styles of a document, and the lists that later ones may go on from."""

    def __init__(self, roots: Iterable[Element | None]) -> None:
        """Read the list styles from the roots of styles.xml and content.xml."""
        self._styles = {
            attribute(one, "style:name"): _levels(one)
            for one in style_elements(roots, "text:list-style")
        }
        self._by_id: dict[str, RunningList] = {}
        self._by_style: dict[str, RunningList] = {}

    def begin(self, element: Element, outer: RunningList | None) -> RunningList:
        """Return the counters of a list, those of the one it stands in or goes on from."""
        style = attribute(element, "text:style-name")
        if outer is not None:
            if style:
                outer.style = style
            return outer
        running = None
        if attribute(element, "text:continue-list"):
            running = self._by_id.get(attribute(element, "text:continue-list"))
        elif attribute(element, "text:continue-numbering") == "true":
            running = self._by_style.get(style)
        if running is None:
            running = RunningList(style)
        self._by_id[attribute(element, "xml:id")] = self._by_style[style] = running
        return running

    def label(self, running: RunningList, depth: int, start: str) -> str:
        """Count an item at `depth`, from 1, and return its number as text, empty without one."""
        levels = self._styles.get(running.style, {})
        level = levels.get(depth)
        first = level.start if level else 1
        if start:
            running.counters[depth] = number(start, 1)
        else:
            running.counters[depth] = running.counters.get(depth, first - 1) + 1
        for deeper in [one for one in running.counters if one > depth]:
            del running.counters[deeper]
        if level is None:
            return ""
        if level.bullet:
            return level.bullet if level.bullet in _DASHES else _BULLET
        return self._figures(running, levels, depth, level).strip()

    def _figures(
        self, running: RunningList, levels: dict[int, _Level], depth: int, level: _Level
    ) -> str:
        def figure(at: int) -> str:
            one = levels.get(at)
            if one is None or one.bullet:
                return ""
            return format_number(running.counters.get(at, one.start), _FORMS.get(one.form, "none"))

        if level.pattern:
            return _PLACE.sub(lambda place: figure(int(place[1])), level.pattern)
        figures = [figure(at) for at in range(max(1, depth - level.shown + 1), depth + 1)]
        return level.prefix + ".".join(one for one in figures if one) + level.suffix


def _levels(style: Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for one in style:
        kind = odf_name(one)
        if kind.startswith("text:list-level-style-"):
            bullet = kind != "text:list-level-style-number"
            levels[number(attribute(one, "text:level"), 0)] = _Level(
                form=attribute(one, "style:num-format"),
                pattern=attribute(one, "style:num-list-format")
                or attribute(one, "loext:num-list-format"),
                prefix=attribute(one, "style:num-prefix"),
                suffix=attribute(one, "style:num-suffix"),
                start=number(attribute(one, "text:start-value"), 1),
                shown=number(attribute(one, "text:display-levels"), 1),
                bullet=(attribute(one, "text:bullet-char") or _BULLET) if bullet else "",
            )
    return levels
