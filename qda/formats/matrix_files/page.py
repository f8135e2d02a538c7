"""How a wide table is divided over landscape pages."""

from dataclasses import dataclass

from qda.formats.matrix_files.view import Line, View

PAGE_MM = 297.0
MARGIN_MM = 18.0
N_MM = 24.0
_LETTER_MM = 1.95
_PADDING_MM = 4.5
_LEAST_MM, _MOST_LABEL_MM = 17.0, 62.0
_QUOTES_MM = 64.0
_COURSE_MM = 31.0
_WORDS_MM = 36.0
_MOST_STRETCH = 1.6
_BROADER = 1.18


@dataclass(frozen=True, slots=True)
class Part:
    """The columns of one part of the table, and the widths of all its columns in millimetres.

    The first width is that of the row labels; `with_n` tells whether N stands last.
    """

    columns: range
    widths: tuple[float, ...]
    with_n: bool


def divide(view: View) -> list[Part]:
    """Divide the columns so that every part fits the page and no word of a heading breaks."""
    label = _label_width(view)
    room = PAGE_MM - 2 * MARGIN_MM - label
    wanted = [_wanted(view, one) for one in view.columns]
    groups: list[list[int]] = [[]]
    used = 0.0
    for at, width in enumerate(wanted):
        width_here = min(width, room - N_MM)
        if groups[-1] and used + width_here > room - N_MM:
            groups.append([])
            used = 0.0
        groups[-1].append(at)
        used += width_here
    parts: list[Part] = []
    for number, group in enumerate(groups):
        last = number == len(groups) - 1
        widths = [min(wanted[at], room - N_MM) for at in group]
        left = room - (N_MM if last else 0)
        if view.shows_texts and widths:
            widths = [left / len(widths)] * len(widths)
        elif widths:
            # A narrow table breathes, but is not torn apart to fill the page.
            stretch = min(_MOST_STRETCH, left / sum(widths))
            widths = [width * max(stretch, 1) for width in widths]
        columns = range(group[0], group[-1] + 1) if group else range(0)
        parts.append(Part(columns, (label, *widths, *([N_MM] if last else [])), last))
    return parts


def _wanted(view: View, column: Line) -> float:
    """Return the width for a heading: its longest word, and no more than three lines of it."""
    if view.shows_texts and column.counted:
        return _QUOTES_MM
    label = column.label
    words = label.replace("/", "/ ").split() or [""]
    longest = max(len(word) for word in words)
    least = _WORDS_MM if view.shows_words and column.counted else _LEAST_MM
    if column.beside is not None and column.beside.months:
        least = _COURSE_MM
    return max(least, longest * _LETTER_MM + _PADDING_MM, len(label) * _LETTER_MM / 3)


def _label_width(view: View) -> float:
    longest = max((len(one.label) for one in view.rows), default=0)
    wanted = max(longest, len(view.corner)) * _LETTER_MM + _PADDING_MM
    # Bold, and in a face that may be broader than the one that is asked for.
    return min(max(wanted * _BROADER, 28.0), _MOST_LABEL_MM)
