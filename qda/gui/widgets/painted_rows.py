"""What lists have in common whose rows are painted: how they are set up, and marked texts."""

from collections.abc import Iterable

from PySide6.QtCore import QAbstractItemModel, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
)

from qda.gui.theme import Theme
from qda.gui.widgets.paint import fill_rounded
from qda.text.offsets import Utf16Map


def set_up(
    view: QListView, model: QAbstractItemModel, delegate: QAbstractItemDelegate, name: str
) -> None:
    """Let a list show the rows of a model as a delegate paints them, called `name`."""
    view.setModel(model)
    view.setItemDelegate(delegate)
    view.setAccessibleName(name)
    view.setProperty("kind", "pane")
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setMouseTracking(True)


def fill_under(painter: QPainter, outer: QRectF, state: QStyle.StateFlag, theme: Theme) -> None:
    """Paint below a row that it is selected, or that the mouse is over it."""
    if state & QStyle.StateFlag.State_Selected:
        fill_rounded(painter, outer, theme.selection, theme.px(4))
    elif state & QStyle.StateFlag.State_MouseOver:
        fill_rounded(painter, outer, theme.hover, theme.px(4))


def marked_layout(text: str, font: QFont, marks: Iterable[tuple[int, int]]) -> QTextLayout:
    """Return a layout without lines in which the marked stretches are heavy and underlined.

    `marks` are code points of `text`; what of them lies outside it is passed over.
    """
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    heavy = QTextCharFormat()
    heavy.setFontWeight(QFont.Weight.Bold)
    heavy.setFontUnderline(True)
    units = Utf16Map(text)
    formats: list[QTextLayout.FormatRange] = []
    for start, end in marks:
        low, high = max(0, start), min(end, len(text))
        if low >= high:
            continue
        mark = QTextLayout.FormatRange()
        mark.start = units.to_utf16(low)  # pyright: ignore[reportAttributeAccessIssue]
        mark.length = units.to_utf16(high) - units.to_utf16(low)  # pyright: ignore[reportAttributeAccessIssue]
        mark.format = heavy  # pyright: ignore[reportAttributeAccessIssue]
        formats.append(mark)
    layout.setFormats(formats)
    return layout
