"""What dialogs of earlier versions share: a list, a page beside it, the way back below the page."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QLayout,
    QListWidget,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from qda.gui.theme import Theme

Part = QWidget | QLayout


class EarlierVersions(QDialog):
    """List versions at the left; at the right is shown what one of them says or changes."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        """Make the parts; subclasses name, arrange and fill them."""
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle(title)
        self.list = QListWidget(self)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSpacing(theme.px(2))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setProperty("kind", "entries")
        self._heading = QLabel(self)
        self._heading.setProperty("kind", "heading")
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self._heading.setWordWrap(True)
        self._page = QTextBrowser(self)
        self._page.setOpenLinks(False)
        self.back = QPushButton(self)
        self.back.setAutoDefault(False)

    def _arrange(
        self,
        above: Sequence[Part],
        beside: Sequence[Part],
        widths: tuple[int, int],
        height: int,
    ) -> None:
        """Put `above` over both panes and `beside` over the page; sizes are at a scale of 1."""
        px = self._theme.px
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(px(12), 0, 0, 0)
        column.setSpacing(px(8))
        _add(column, beside)
        column.addWidget(self._page, 1)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self.list)
        split.addWidget(right)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.setStretchFactor(1, 1)
        split.setSizes([px(width) for width in widths])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAutoDefault(False)
        close.setDefault(False)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        side = px(20)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(px(8))
        _add(layout, above)
        layout.addWidget(split, 1)
        layout.addWidget(buttons)
        wanted = QSize(px(sum(widths) + 60), px(height))
        self.resize(wanted.boundedTo(self.screen().availableSize()))

    def text(self) -> str:
        """Return what the page shows, without its looks."""
        return self._page.toPlainText()

    def heading(self) -> str:
        """Return the line above the page."""
        return self._heading.text()

    def _choose_row(self, key: object, role: int) -> None:
        """Make the row with `key` in `role` current, else the first, where there are rows."""
        rows = [self.list.item(row).data(role) for row in range(self.list.count())]
        if rows:
            self.list.setCurrentRow(rows.index(key) if key in rows else 0)


def _add(column: QVBoxLayout, parts: Sequence[Part]) -> None:
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
