"""Which quotes are wished for: words, code, office, role, stance, coder, query."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from qda.gui.language import tr
from qda.gui.quotes.engine import Wish, stance_word
from qda.gui.theme import Theme
from qda.gui.widgets.clear_button import add_clear_button
from qda.gui.widgets.flow_layout import FlowLayout
from qda.model.codebook import join_path
from qda.model.entities import STANCES

if TYPE_CHECKING:
    from qda.analysis.tables import Entities

PAUSE = 200
"""Milliseconds of not typing after which words are looked for."""


class QuoteFilters(QWidget):
    """A field to search in and a row of choices; a choice between one and nothing is not shown."""

    changed = Signal()
    """Other quotes are wished for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Wish for every quote."""
        super().__init__(parent)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(tr("Find in the quotes"))
        self.field.setAccessibleName(tr("Find in the quotes"))
        add_clear_button(self.field)
        row = QWidget(self)
        self._flow = FlowLayout(row, theme.px(6))
        self.boxes: dict[str, QComboBox] = {}
        self._role = ""
        for key, name, every in (
            ("code", tr("Code of the quotes"), tr("All codes")),
            ("case", tr("Office of the quotes"), tr("All offices")),
            ("role", tr("Role of those quoted"), tr("All roles")),
            ("stance", tr("Stance of the quotes"), tr("All stances")),
            ("coder", tr("Who coded the quotes"), tr("By everyone")),
            ("query", tr("Query that the quotes meet"), tr("All queries")),
        ):
            self.boxes[key] = self._box(key, name, every)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.field)
        self._layout.addWidget(row)
        self.set_theme(theme)
        self._later = QTimer(self, singleShot=True, interval=PAUSE)
        self._later.timeout.connect(self.changed)
        self.field.textChanged.connect(self._on_field_text_changed)

    def _box(self, key: str, name: str, every: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        box.setToolTip(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(11)
        box.setProperty("every", every)
        box.addItem(every, "")
        box.currentIndexChanged.connect(self.changed)
        box.setObjectName(key)
        self._flow.addWidget(box)
        return box

    def offer(self, entities: Entities) -> None:
        """Offer what the project has."""
        from qda.analysis.quotes import ROLE_NAMES  # lazy: it brings numpy

        names: dict[int, tuple[str, ...]] = {}
        for one in entities.codes:
            above = names.get(one.parent, ()) if one.parent is not None else ()
            names[one.id] = (*above, one.name)
        self._fill(
            "code",
            ((join_path(names[one.id]), "   " * (len(names[one.id]) - 1) + one.name)
             for one in entities.codes),
        )  # fmt: skip
        self._fill("case", ((one.name, one.name) for one in entities.cases))
        role = next(
            (one for one in entities.variables
             if one.subject == "participant" and one.name.casefold() in ROLE_NAMES),
            None,
        )  # fmt: skip
        self._role = role.name if role is not None else ""
        values = entities.values.get(role.id, {}).values() if role is not None else ()
        roles = sorted({str(one) for one in values if one})
        self._fill("role", ((one, one) for one in roles))
        self._fill("stance", ((one, stance_word(one)) for one in STANCES))
        self._fill("coder", ((one.name, one.name) for one in entities.coders))
        self._fill("query", ((one.name, one.name) for one in entities.queries))
        self.boxes["query"].setVisible(bool(entities.queries))
        self._flow.invalidate()

    def _fill(self, key: str, choices: Iterable[tuple[str, str]]) -> None:
        box = self.boxes[key]
        chosen = box.currentData()
        box.blockSignals(True)
        box.clear()
        box.addItem(str(box.property("every")), "")
        for value, words in choices:
            box.addItem(words, value)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        box.blockSignals(False)
        box.setVisible(box.count() > 2)

    def wish(self) -> Wish:
        """Return what is wished for."""
        names = {"role": self._role}
        where = tuple(
            (names.get(key, key), str(box.currentData()))
            for key, box in self.boxes.items()
            if box.currentData()
        )
        return Wish(self.field.text().strip(), where)

    def clear(self) -> None:
        """Wish for every quote again."""
        self.field.clear()
        for box in self.boxes.values():
            box.blockSignals(True)
            box.setCurrentIndex(0)
            box.blockSignals(False)
        self.stop()
        self.changed.emit()

    def stop(self) -> None:
        """Let words that were typed just now be."""
        self._later.stop()

    def focus_field(self) -> None:
        """Let the user type what to find."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        side = theme.px(12)
        self._layout.setContentsMargins(side, side, side, theme.px(8))
        self._layout.setSpacing(theme.px(6))

    def _on_field_text_changed(self) -> None:
        self._later.start()
