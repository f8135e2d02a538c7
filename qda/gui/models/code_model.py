"""The codebook as an item model: names, colours, shortcuts, counts."""

from collections.abc import Callable, Collection, Mapping, Sequence

from PySide6.QtCore import QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from qda.gui.language import tr, tr_n
from qda.gui.models.code_order import Order, in_order, totals
from qda.gui.widgets import roles
from qda.gui.widgets.code_tree import code_of
from qda.model.entities import Code
from qda.model.ids import CodeId

Index = QModelIndex | QPersistentModelIndex
Move = Callable[[CodeId, CodeId | None, int | None], None]
"""Moves a code under a parent (None for the top), to a place (None for last)."""


class CodeModel(QStandardItemModel):
    """The codes as a tree; a parent's count includes those of its subcodes."""

    def __init__(self, parent: QObject | None = None, move: Move | None = None) -> None:
        """Start empty; with `move`, codes can be dropped on one another and between."""
        super().__init__(parent)
        self._items: dict[CodeId, QStandardItem] = {}
        self._codes: dict[CodeId, Code] = {}
        self._faint: frozenset[CodeId] = frozenset()
        self._move = move
        self.order: Order = "own"

    def set_codes(
        self,
        codes: Sequence[Code],
        counts: Mapping[CodeId, int],
        order: Order = "own",
        language: str = "nb",
    ) -> None:
        """Show `codes` (parents before children) in an order, with their own counts."""
        self.order = order
        codes = in_order(codes, counts, order, language)
        self._items.clear()
        # Views hear of one removal and one insertion: `clear` would make them go from row to row.
        self.removeRows(0, self.rowCount())
        self._codes = {code.id: code for code in codes}
        tops: list[QStandardItem] = []
        for code in codes:
            item = QStandardItem(code.name)
            item.setEditable(False)
            item.setData(code.id, roles.ID_ROLE)
            item.setData(code.color, roles.COLOR_ROLE)
            item.setData(code.shortcut, roles.SHORTCUT_ROLE)
            item.setToolTip(code.definition)
            self._items[code.id] = item
            above = self._items.get(code.parent) if code.parent is not None else None
            if above is None:
                tops.append(item)
            else:
                above.appendRow(item)
        self._faint = frozenset()
        self.set_counts(counts)
        self.invisibleRootItem().appendRows(tops)

    def set_faint(self, codes: Collection[CodeId]) -> None:
        """Show some codes as not meant now."""
        self._faint = frozenset(codes)
        for code_id, item in self._items.items():
            item.setData(code_id in self._faint or None, roles.FAINT_ROLE)
            total = item.data(roles.COUNT_ROLE)
            item.setAccessibleText(self._spoken(self._codes[code_id], total))

    def set_counts(self, counts: Mapping[CodeId, int]) -> None:
        """Show other counts; `counts` are the codes' own."""
        known = totals(list(self._codes.values()), counts)
        for code_id, item in self._items.items():
            total = known.get(code_id, 0)
            if item.data(roles.COUNT_ROLE) != total:
                item.setData(total, roles.COUNT_ROLE)
                item.setAccessibleText(self._spoken(self._codes[code_id], total))

    def _spoken(self, code: Code, total: int) -> str:
        segments = tr_n("{n} segment", "{n} segments", total)
        if code.id in self._faint:
            segments = tr("{segments}, not in the set", segments=segments)
        if code.shortcut:
            return tr("{name}, {segments}, key {key}", name=code.name, segments=segments,
                      key=code.shortcut)  # fmt: skip
        return f"{code.name}, {segments}"

    def code(self, code_id: CodeId) -> Code | None:
        """Return a code that is shown."""
        return self._codes.get(code_id)

    def codes(self) -> tuple[Code, ...]:
        """Return every code that is shown, parents before children."""
        return tuple(self._codes.values())

    def index_of(self, code_id: CodeId) -> QModelIndex:
        """Return where a code stands, an invalid index when it is not shown."""
        item = self._items.get(code_id)
        return self.indexFromItem(item) if item is not None else QModelIndex()

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Accept codes where they can be moved."""
        del action, row, column, parent
        return self._move is not None and code_of(data) is not None

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Move the dropped code below `parent`, before `row` where that is given."""
        del action, column
        code = code_of(data)
        if self._move is None or code is None:
            return False
        above = parent.data(roles.ID_ROLE) if parent.isValid() else None
        # Between codes that stand in another order than their own there is no place.
        place = row if row >= 0 and self.order == "own" else None
        moved = self._codes.get(CodeId(code))
        if moved is None:
            return False
        if place is not None and moved.parent == above:
            item = self._items[moved.id]
            if item.row() < place:
                place -= 1
        self._move(moved.id, above, place)
        return True
