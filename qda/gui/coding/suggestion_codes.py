"""The sheet on which one chooses for which codes suggestions are made."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.gui.widgets.checklist import Checklist
from qda.gui.widgets.drop_sheet import DropSheet
from qda.model.codebook import join_path
from qda.model.entities import Code
from qda.model.ids import CodeId


class CodesSheet(DropSheet):
    """Tick codes, or all of them; what is ticked is told when the sheet is closed."""

    chosen = Signal(object)
    """The user closed the sheet.

    Parameters: a tuple of CodeIds in the order of the codebook, None for all codes.
    """

    def __init__(
        self,
        theme: Theme,
        codes: Sequence[Code],
        ticked: Collection[CodeId] | None,
        parent: QWidget,
    ) -> None:
        """Offer `codes`, parents before children; None ticks all."""
        super().__init__(theme, parent)
        self.setAccessibleName(tr("Codes to make suggestions for"))
        self._order = [code.id for code in codes]
        self._ticked = set(self._order if ticked is None else ticked)
        self.every = QCheckBox(tr("All codes"), self)
        self.list = Checklist(theme, tr("Codes"), tr("Find a code"), self)
        self._items = [(code, join_path(path)) for code, path in _paths(codes).items()]
        self._column.addWidget(self.every)
        self._column.addWidget(self.list)
        self._show()
        self.every.clicked.connect(self._on_every_clicked)
        self.list.ticked.connect(self._on_list_ticked)

    def first_field(self) -> QWidget:
        """Return the field in which a code is looked for."""
        return self.list

    def hideEvent(self, event) -> None:  # noqa: ANN001 - as in Qt
        """Tell what is ticked."""
        super().hideEvent(event)
        if self._ticked:
            some = tuple(one for one in self._order if one in self._ticked)
            self.chosen.emit(None if len(some) == len(self._order) else some)

    def _show(self) -> None:
        self.list.set_items(self._items, self._ticked)
        every, some = len(self._ticked) == len(self._order), bool(self._ticked)
        self.every.setTristate(not every and some)
        self.every.setCheckState(
            Qt.CheckState.Checked
            if every
            else Qt.CheckState.PartiallyChecked
            if some
            else Qt.CheckState.Unchecked
        )

    def _on_every_clicked(self) -> None:
        every = len(self._ticked) == len(self._order)
        self._ticked = set() if every else set(self._order)
        self._show()

    def _on_list_ticked(self, code: object, ticked: bool) -> None:  # noqa: FBT001 - slot
        if isinstance(code, int):
            (self._ticked.add if ticked else self._ticked.discard)(CodeId(code))
            self._show()


def _paths(codes: Sequence[Code]) -> dict[CodeId, tuple[str, ...]]:
    """Return the names from the top down to each code: those that are ticked stand first."""
    paths: dict[CodeId, tuple[str, ...]] = {}
    for code in codes:
        above = paths.get(code.parent, ()) if code.parent is not None else ()
        paths[code.id] = (*above, code.name)
    return paths
