"""How many of the hits belong to each source, office or value: a short list at the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QFrame, QListView, QVBoxLayout, QWidget

from qda.gui.filter_sheet import choose, fill
from qda.gui.language import tr
from qda.gui.models.choices import Choice
from qda.gui.theme import Theme
from qda.gui.widgets import roles
from qda.gui.widgets.labels import PaneHeader
from qda.gui.widgets.row_delegate import RowDelegate

FORM = "form"
"""Counting hits by how they are written."""


class Summary(QFrame):
    """Counts of the hits by what the user chooses."""

    dimension_wanted = Signal(str)
    """The user wants the hits counted by something else.

    Parameters: the key of a dimension, or `FORM`.
    """
    limit_wanted = Signal(str, str)
    """The user wants only the hits of a row.

    Parameters: the dimension and its value.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.setProperty("kind", "pane")
        self._header = PaneHeader(theme, tr("Where the hits are"), "", self)
        self.by = QComboBox(self)
        self.by.setAccessibleName(tr("Count the hits by"))
        self.rows = QStandardItemModel(self)
        self.list = _List(self)
        self.list.setModel(self.rows)
        self._delegate = RowDelegate(theme, self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setAccessibleName(tr("Where the hits are"))
        self.list.setProperty("kind", "pane")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._column = QVBoxLayout()
        self._column.addWidget(self.by)
        self._column.addWidget(self.list, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addLayout(self._column, 1)
        self.set_theme(theme)
        self.by.activated.connect(self._on_by_activated)
        self.list.doubleClicked.connect(self._on_list_activated)
        self.list.entered_by_key.connect(self._on_list_activated)

    def offer(self, dimensions: Sequence[Choice], now: str) -> None:
        """Offer dimensions to count by, and hold to one of them."""
        fill(self.by, [Choice(FORM, tr("form of the word")), *dimensions])
        choose(self.by, now)

    def dimension(self) -> str:
        """Return what the hits are counted by."""
        return str(self.by.currentData() or "")

    def show_counts(self, counts: Sequence[tuple[str | None, int]]) -> None:
        """List counts, the highest first; those without a value come last."""
        self.rows.clear()
        named = sorted((one for one in counts if one[0] is not None and one[1]),
                       key=lambda one: -one[1])  # fmt: skip
        rest = [one for one in counts if one[0] is None and one[1]]
        most = max((count for _, count in counts), default=0)
        for name, count in [*named, *rest]:
            item = QStandardItem(name if name is not None else tr("not given"))
            item.setData(name, roles.ID_ROLE)
            item.setData(str(count), roles.COUNT_ROLE)
            item.setData(count / most, roles.SHARE_ROLE)
            item.setData(f"{item.text()}: {count}", int(Qt.ItemDataRole.AccessibleTextRole))
            item.setToolTip(tr("Enter shows only these"))
            self.rows.appendRow(item)
        self._header.set_right(str(len(named)) if named else "")

    def counts(self) -> list[tuple[str, str]]:
        """Return names and counts as they are shown."""
        items = [self.rows.item(row) for row in range(self.rows.rowCount())]
        return [(item.text(), str(item.data(roles.COUNT_ROLE))) for item in items]

    def _on_by_activated(self) -> None:
        self.dimension_wanted.emit(self.dimension())

    def _on_list_activated(self) -> None:
        index = self.list.currentIndex()
        if index.isValid() and self.dimension() != FORM:
            self.limit_wanted.emit(self.dimension(), str(index.data(roles.ID_ROLE) or ""))

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._delegate.set_theme(theme)
        side = theme.px(12)
        self._column.setContentsMargins(side, 0, side, theme.px(12))
        self._column.setSpacing(theme.px(6))
        self.list.viewport().update()


class _List(QListView):
    entered_by_key = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_by_key.emit()
            return
        super().keyPressEvent(event)
