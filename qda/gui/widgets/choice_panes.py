"""Differences to decide: the table of them, and below it the choice of a side with its texts."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QItemSelection, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.gui.widgets.choice_table import ChoiceTable, SideText
from qda.gui.widgets.segmented_control import SegmentedControl


class Choices(Protocol):
    """What a model of differences can do beside being shown; it is a table model, too."""

    def take(self, row: int, side: Any, /) -> None:  # noqa: ANN401 - one of the sides' keys
        """Take a side of a row."""
        ...

    def toggle(self, row: int, /) -> None:
        """Take the other side of a row."""
        ...


class ChoicePanes(QSplitter):
    """The differences above, what the current one says on each side below."""

    current_changed = Signal()
    """Another difference is current, or a side of the current one was chosen."""

    def __init__(
        self,
        theme: Theme,
        stretched: tuple[int, ...],
        sides: Sequence[tuple[str, str]],
        titles: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        """Make empty panes.

        `stretched` are the columns that take the room, `sides` the words for `ours` and `theirs`,
        `titles` the headings of the texts by their keys.
        """
        super().__init__(Qt.Orientation.Vertical, parent)
        self.table = ChoiceTable(theme, tr("Differences"), stretched, self)
        self.side = SegmentedControl(
            theme, sides, optional=False, name=tr("Which side to take"), parent=self
        )
        self.why = QLabel(self)
        self.why.setProperty("kind", "muted")
        self.why.setWordWrap(True)
        self.texts = {key: SideText(theme, title, self) for key, title in titles.items()}
        self._model: Choices | None = None
        self._lay_out(theme)

    def _lay_out(self, theme: Theme) -> None:
        choose, beside = QHBoxLayout(), QHBoxLayout()
        choose.setSpacing(theme.px(12))
        choose.addWidget(self.side)
        choose.addWidget(self.why, 1)
        beside.setSpacing(theme.px(12))
        for text in self.texts.values():
            beside.addWidget(text)
        below = QWidget(self)
        detail = QVBoxLayout(below)
        detail.setContentsMargins(0, theme.px(8), 0, 0)
        detail.addLayout(choose)
        detail.addLayout(beside, 1)
        self.addWidget(self.table)
        self.addWidget(below)
        self.setSizes([theme.px(280), theme.px(210)])
        self.setChildrenCollapsible(False)

    def show_choices(self, model: Choices) -> None:
        """Show the differences of a model, and let it be decided by keys and by the sides."""
        self._model = model
        self.table.setModel(model)  # pyright: ignore[reportArgumentType] - a model besides
        self.table.side_wanted.connect(model.take)
        self.table.toggle_wanted.connect(model.toggle)
        self.table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.side.value_changed.connect(self._on_side_value_changed)

    def row(self) -> int:
        """Return the row of the current difference, negative where there is none."""
        return self.table.currentIndex().row()

    def show_texts(self, texts: Mapping[str, str]) -> None:
        """Show what each side says."""
        for key, text in texts.items():
            self.texts[key].show_text(text)

    def _on_side_value_changed(self, side: object) -> None:
        if self._model is not None and isinstance(side, str):
            self._model.take(self.row(), side)
            self.current_changed.emit()

    def _on_selection_changed(self, new: QItemSelection, old: QItemSelection) -> None:
        del new, old
        self.current_changed.emit()
