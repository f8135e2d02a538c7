"""The offices something is linked to, as chips, with a way to add and take away."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.gui.widgets.chip import Chip
from qda.gui.widgets.chooser import Chooser, ChooserItem
from qda.gui.widgets.flow_layout import FlowLayout
from qda.model.entities import Case
from qda.model.ids import CaseId


class OfficeChips(QWidget):
    """Chips of the linked offices and a button that opens the others."""

    link_wanted = Signal(object, bool)
    """The user wants an office linked (True) or its link taken away (False).

    Parameters: its CaseId; whether to link.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start with no office."""
        super().__init__(parent)
        self._theme = theme
        self._linked: frozenset[CaseId] = frozenset()
        self._cases: Sequence[Case] = ()
        self._chips: list[Chip] = []
        self._flow = FlowLayout(self, theme.px(6))
        self.add_button = QPushButton(tr("Link to an office …"), self)
        self.add_button.setProperty("kind", "link")
        self._flow.addWidget(self.add_button)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.add_button.clicked.connect(self.open_chooser)

    def set_offices(self, linked: Sequence[Case], cases: Sequence[Case], *, writable: bool) -> None:
        """Show the linked offices; `cases` is what there is to choose from."""
        self._linked = frozenset(one.id for one in linked)
        self._cases = cases
        while self._flow.count():
            self._flow.takeAt(0)
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for one in linked:
            chip = Chip(self._theme, one.name, removable=writable, parent=self)
            chip.setProperty("case", one.id)
            chip.removed.connect(self._on_chip_removed)
            chip.show()
            self._chips.append(chip)
            self._flow.addWidget(chip)
        self._flow.addWidget(self.add_button)
        self.add_button.setVisible(writable and bool(cases))
        self.updateGeometry()

    def chips(self) -> tuple[Chip, ...]:
        """Return the chips of the linked offices."""
        return tuple(self._chips)

    def open_chooser(self) -> Chooser | None:
        """Open the list of all offices; None where there is none."""
        if not self._cases:
            return None
        items = [
            ChooserItem(one.id, one.name, checked=one.id in self._linked) for one in self._cases
        ]
        chooser = Chooser(self._theme, tr("Find an office"), items, self)
        chooser.chosen.connect(self._on_chooser_chosen)
        chooser.open_below(self.add_button)
        return chooser

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self._flow.setSpacing(theme.px(6))

    def _on_chip_removed(self) -> None:
        chip = self.sender()
        if isinstance(chip, Chip):
            self.link_wanted.emit(CaseId(int(chip.property("case"))), False)

    def _on_chooser_chosen(self, case: object) -> None:
        if isinstance(case, int):
            self.link_wanted.emit(CaseId(case), CaseId(case) not in self._linked)
