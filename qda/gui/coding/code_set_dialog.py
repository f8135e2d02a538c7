"""Name a code set, and tick what is in it."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from qda.gui.colors import code_color
from qda.gui.language import tr, tr_n
from qda.gui.theme import Theme
from qda.gui.widgets import roles
from qda.model.code_sets import CodeSet
from qda.model.entities import Code
from qda.model.ids import CodeId


class CodeSetDialog(QDialog):
    """Ask for a name and for the codes; a code brings those below it along, until unticked."""

    saved = Signal(str, str, object)
    """The user wants the set so.

    Parameters: its name; its description; a tuple of the CodeIds in it.
    """

    def __init__(
        self,
        theme: Theme,
        codes: Sequence[Code],
        members: Collection[CodeId],
        code_set: CodeSet | None,
        taken: Collection[str],
        parent: QWidget | None = None,
    ) -> None:
        """Show `codes` (parents before children), `members` ticked; `taken` are others' names."""
        super().__init__(parent)
        self._taken = {one.casefold() for one in taken}
        self.setWindowTitle(tr("New code set") if code_set is None else tr("Change the code set"))
        self.name = QLineEdit(code_set.name if code_set is not None else "", self)
        self.name.setPlaceholderText(tr("for example: Round 2"))
        self.description = QLineEdit(code_set.description if code_set is not None else "", self)
        self.tree = QTreeView(self)
        self.tree.setAccessibleName(tr("Codes in the set"))
        self.tree.setHeaderHidden(True)
        self._model = QStandardItemModel(self)
        self._fill(theme, codes, members)
        self.tree.setModel(self._model)
        self.tree.expandAll()
        self._told = QLabel(self)
        self._told.setProperty("kind", "small")
        self._told.setWordWrap(True)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, self
        )
        self._save = self.buttons.button(QDialogButtonBox.StandardButton.Save)
        form = QFormLayout()
        form.setSpacing(theme.px(8))
        form.addRow(tr("&Name"), self.name)
        form.addRow(tr("&What it is for"), self.description)
        layout = QVBoxLayout(self)
        side = theme.px(20)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(theme.px(8))
        layout.addLayout(form)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self._told)
        layout.addWidget(self.buttons)
        self.resize(theme.px(480), theme.px(560))
        self.name.setFocus()
        self._tell()
        self.name.textChanged.connect(self._tell)
        self._model.itemChanged.connect(self._on_model_item_changed)
        self.buttons.accepted.connect(self._on_buttons_accepted)
        self.buttons.rejected.connect(self.reject)

    def members(self) -> tuple[CodeId, ...]:
        """Return the codes that are ticked, in the order of the codebook."""
        return tuple(
            CodeId(item.data(roles.ID_ROLE))
            for item in self._items
            if item.checkState() == Qt.CheckState.Checked
        )

    def tick(self, code: CodeId, *, ticked: bool) -> None:
        """Tick a code with all below it, or untick them."""
        for item in self._items:
            if item.data(roles.ID_ROLE) == code:
                item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def _fill(self, theme: Theme, codes: Sequence[Code], members: Collection[CodeId]) -> None:
        items: dict[CodeId, QStandardItem] = {}
        for code in codes:
            item = QStandardItem(code.name)
            item.setData(QColor(code_color(code.color, theme)), Qt.ItemDataRole.DecorationRole)
            item.setEditable(False)
            item.setCheckable(True)
            item.setData(code.id, roles.ID_ROLE)
            if code.id in members:
                item.setCheckState(Qt.CheckState.Checked)
            items[code.id] = item
            above = items.get(code.parent) if code.parent is not None else None
            (above if above is not None else self._model.invisibleRootItem()).appendRow(item)
        self._items = tuple(items.values())

    def _on_model_item_changed(self, changed: QStandardItem) -> None:
        """Carry a tick to all below; what stands above is a code by itself."""
        for row in range(changed.rowCount()):
            below = changed.child(row)
            if below.checkState() != changed.checkState():
                below.setCheckState(changed.checkState())
        self._tell()

    def _tell(self) -> None:
        name, count = self.name.text().strip(), len(self.members())
        taken = name.casefold() in self._taken
        self._save.setEnabled(bool(name) and count > 0 and not taken)
        if taken:
            self._told.setText(tr("There is a code set of that name already."))
        elif not count:
            self._told.setText(tr("Tick the codes that belong to it, with the space bar too."))
        else:
            self._told.setText(tr_n("{n} code in the set.", "{n} codes in the set.", count))

    def _on_buttons_accepted(self) -> None:
        self.accept()
        self.saved.emit(self.name.text(), self.description.text(), self.members())
