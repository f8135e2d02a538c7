"""Which memos are wished for: words, what they are on, who wrote them, a tag, and their order."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from qda.gui.language import tr
from qda.gui.memos.hub import KINDS, Order, Wish, order_words
from qda.gui.models.things import kind_words
from qda.gui.theme import Theme
from qda.gui.widgets.clear_button import add_clear_button
from qda.gui.widgets.flow_layout import FlowLayout


class MemoFilters(QWidget):
    """A field to search in and a row of choices."""

    changed = Signal()
    """Other memos are wished for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Wish for every memo, the latest first."""
        super().__init__(parent)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(tr("Find in the memos"))
        self.field.setAccessibleName(tr("Find in the memos"))
        add_clear_button(self.field)
        self.kind = self._choice(tr("What the memos are on"))
        self.kind.addItem(tr("All memos"), "")
        for kind in KINDS:
            self.kind.addItem(tr("On: {kind}", kind=kind_words()[kind].lower()), kind)
        self.coder = self._choice(tr("Who wrote the memos"))
        self.tag = self._choice(tr("Tag in the memos"))
        self.order = self._choice(tr("Order of the memos"))
        for order, words in order_words().items():
            self.order.addItem(words, order)
        choices = QWidget(self)
        self._flow = FlowLayout(choices, theme.px(6))
        for box in (self.kind, self.coder, self.tag, self.order):
            self._flow.addWidget(box)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.field)
        self._layout.addWidget(choices)
        self.offer((), ())
        self.set_theme(theme)
        self.field.textChanged.connect(self.changed)
        for box in (self.kind, self.coder, self.tag, self.order):
            box.currentIndexChanged.connect(self.changed)

    def _choice(self, name: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        box.setToolTip(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return box

    def offer(self, coders: Sequence[str], tags: Sequence[str]) -> None:
        """Offer these coders and tags; a choice between one and nothing is not shown."""
        self._fill(self.coder, tr("By everyone"), {name: name for name in coders})
        self._fill(self.tag, tr("All tags"), {tag: f"#{tag}" for tag in tags})
        self.coder.setVisible(len(coders) > 1)
        self.tag.setVisible(bool(tags))
        self._flow.invalidate()

    def _fill(self, box: QComboBox, every: str, choices: dict[str, str]) -> None:
        chosen = str(box.currentData() or "")
        box.blockSignals(True)
        box.clear()
        box.addItem(every, "")
        for value, words in choices.items():
            box.addItem(words, value)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        box.blockSignals(False)

    def wish(self) -> Wish:
        """Return what is wished for."""
        return Wish(
            self.field.text(),
            str(self.kind.currentData() or ""),
            str(self.coder.currentData() or ""),
            str(self.tag.currentData() or ""),
            cast("Order", self.order.currentData()),
        )

    def clear(self) -> None:
        """Wish for every memo again; the order stays."""
        self.field.clear()
        for box in (self.kind, self.coder, self.tag):
            box.setCurrentIndex(0)

    def focus_field(self) -> None:
        """Let the user type what to find."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        side = theme.px(12)
        self._layout.setContentsMargins(side, 0, side, theme.px(8))
        self._layout.setSpacing(theme.px(6))
