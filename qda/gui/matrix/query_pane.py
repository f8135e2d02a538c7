"""The right pane for queries: built by clicking, said as a sentence, with what it finds below."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from qda.gui.language import tr, tr_n
from qda.gui.matrix.evidence import quote_row
from qda.gui.matrix.query_draft import Draft
from qda.gui.models.choices import Choices
from qda.gui.models.question import Filter
from qda.gui.theme import Theme
from qda.gui.widgets.chip import Chip
from qda.gui.widgets.flow_layout import FlowLayout
from qda.gui.widgets.labels import PaneHeader
from qda.gui.widgets.quote_list import QuoteList
from qda.gui.widgets.segmented_control import SegmentedControl
from qda.model.codebook import split_path
from qda.model.ids import Guid
from qda.model.matrix import Quote
from qda.model.queries import SavedQuery


class QueryPane(QFrame):
    """Show a draft; every click is told, and whoever hears it shows the next draft."""

    code_removed = Signal(str)
    """The user took a code away.

    Parameters: its GUID.
    """
    limit_removed = Signal(str, str)
    """The user took a limit away.

    Parameters: the dimension; the value.
    """
    condition_removed = Signal(int)
    """The user took a condition away.

    Parameters: its place.
    """
    condition_wanted = Signal(int)
    """The user wants to change a condition, or -1 for another one.

    Parameters: its place.
    """
    together_chosen = Signal(bool)
    """The user chose how conditions are joined.

    Parameters: whether one of them is enough.
    """
    kept_chosen = Signal(int)
    """The user wants to see a saved query, or -1 for a new one.

    Parameters: its id.
    """
    name_written = Signal(str)
    """The user wrote another name.

    Parameters: the name.
    """
    use_wanted = Signal(str)
    """The user wants the queries in the table.

    Parameters: `rows`, `columns` or `filter`.
    """
    quote_wanted = Signal(object)
    """The user wants to see a segment in its transcript.

    Parameters: its CodingId.
    """
    save_wanted = Signal()
    remove_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show an empty query."""
        super().__init__(parent)
        self.setProperty("kind", "pane")
        self._theme = theme
        self._header = PaneHeader(theme, tr("Query"), "", self)
        self.close_button = self._header.add_button("close", tr("Back to the evidence"))
        self.kept = QComboBox(self)
        self.kept.setAccessibleName(tr("Saved queries"))
        self.kept.setMinimumContentsLength(8)
        self.sentence = QLabel(self)
        self.sentence.setProperty("kind", "heading")
        self.counts = QLabel(self)
        self.counts.setProperty("kind", "muted")
        for label in (self.sentence, self.counts):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.codes = _Chips(theme, tr("Segments with one of these codes"), tr("Code …"), self)
        self.limits = _Chips(theme, tr("Only from"), tr("Limit …"), self)
        self.conditions = _Chips(theme, tr("That"), tr("Condition …"), self)
        self.together = SegmentedControl(
            theme,
            [(False, tr("All of these")), (True, tr("One is enough"))],
            name=tr("How the conditions are joined"),
            parent=self,
        )
        self.quotes = QuoteList(theme, tr("Quotes"), self)
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(tr("A name, to keep it"))
        self.name.setAccessibleName(tr("Name of the query"))
        self.save = QPushButton(tr("Save"), self)
        self.save.setProperty("kind", "primary")
        self.remove = QPushButton(tr("Remove"), self)
        self.uses = {
            "rows": QPushButton(tr("As rows"), self),
            "columns": QPushButton(tr("As columns"), self),
            "filter": QPushButton(tr("As filter"), self),
        }
        self._lay_out()
        self.set_theme(theme)
        self._connect()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        self._top = QVBoxLayout()
        for widget in (
            self.kept, self.sentence, self.counts, self.codes, self.limits, self.conditions,
            self.together,
        ):  # fmt: skip
            self._top.addWidget(widget)
        layout.addLayout(self._top)
        layout.addWidget(self.quotes, 1)
        self._foot = QVBoxLayout()
        naming, using = QHBoxLayout(), QHBoxLayout()
        naming.addWidget(self.name, 1)
        naming.addWidget(self.save)
        for button in self.uses.values():
            using.addWidget(button)
        using.addWidget(self.remove)
        using.addStretch(1)
        self._foot.addLayout(naming)
        self._foot.addLayout(using)
        layout.addLayout(self._foot)

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.close_wanted)
        self.kept.activated.connect(self._on_kept_activated)
        self.codes.removed.connect(self.code_removed)
        self.limits.removed.connect(self._on_limits_removed)
        self.conditions.removed.connect(self._on_conditions_removed)
        self.conditions.clicked.connect(self._on_conditions_clicked)
        self.together.value_changed.connect(self._on_together_value_changed)
        self.quotes.quote_activated.connect(self.quote_wanted)
        self.name.textEdited.connect(self.name_written)
        self.name.returnPressed.connect(self.save_wanted)
        self.save.clicked.connect(self.save_wanted)
        self.remove.clicked.connect(self.remove_wanted)
        for use, button in self.uses.items():
            button.setProperty("use", use)
            button.clicked.connect(self._on_use_clicked)

    # -------------------------------------------------------------------------------- showing
    def show_draft(
        self,
        draft: Draft,
        saved: Sequence[SavedQuery],
        names: Mapping[Guid, str],
        choices: Choices,
        phrases: Sequence[str],
    ) -> None:
        """Show what is being built; `phrases` has each condition as it stands in the sentence."""
        query, known = draft.query, draft.saved
        self.kept.clear()
        self.kept.addItem(tr("A new query"), -1)
        for one in saved:
            self.kept.addItem(one.name, one.id)
        self.kept.setCurrentIndex(max(0, self.kept.findData(known.id) if known else 0))
        self.codes.show_chips(
            [(guid, split_path(names[guid])[-1] if guid in names else "?") for guid in query.codes]
        )
        self.limits.show_chips(
            [
                (f"{name}\0{value}", choices.filter_words(Filter(name, value)))
                for name, value in query.where
            ]
        )
        self.conditions.show_chips([(str(at), text) for at, text in enumerate(phrases)])
        self.together.setVisible(len(phrases) > 1)
        self.together.set_value(query.any_condition)
        if self.name.text() != draft.name:
            self.name.setText(draft.name)
        self.save.setText(tr("Save") if known is None else tr("Save changes"))
        self.save.setEnabled(draft.changed and bool(draft.name.strip()))
        self.remove.setVisible(known is not None)
        for button in self.uses.values():
            button.setEnabled(known is not None and not draft.changed)

    def show_found(
        self, sentence: str, quotes: Sequence[Quote], total: int, problem: str = ""
    ) -> None:
        """Show the query as a sentence, how much it finds, and the first `quotes` of it."""
        self.sentence.setText(sentence)
        people = {name for one in quotes for name in one.participants}
        parts = [tr_n("{n} segment", "{n} segments", total)]
        if len(quotes) < total:
            parts.append(tr("The first {n} are listed.", n=len(quotes)))
        else:
            parts.append(tr_n("{n} informant", "{n} informants", len(people)))
        self.counts.setText(problem or " · ".join(parts))
        self.quotes.set_quotes([quote_row(one, "", code=True, coder=False) for one in quotes])

    def set_writable(self, *, writable: bool) -> None:
        """Let queries be kept and removed, or not."""
        for widget in (self.name, self.save, self.remove):
            widget.setEnabled(widget.isEnabled() and writable)

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        self._theme = theme
        side = theme.px(12)
        self._top.setContentsMargins(side, 0, side, theme.px(6))
        self._top.setSpacing(theme.px(6))
        self._foot.setContentsMargins(side, theme.px(8), side, theme.px(12))
        self._foot.setSpacing(theme.px(6))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the evidence with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_wanted.emit()
            return
        super().keyPressEvent(event)

    # --------------------------------------------------------------------------------- clicks
    def _on_kept_activated(self) -> None:
        self.kept_chosen.emit(self.kept.currentData())

    def _on_limits_removed(self, key: str) -> None:
        name, _, value = key.partition("\0")
        self.limit_removed.emit(name, value)

    def _on_conditions_removed(self, place: str) -> None:
        self.condition_removed.emit(int(place))

    def _on_conditions_clicked(self, place: str) -> None:
        self.condition_wanted.emit(int(place))

    def _on_together_value_changed(self, value: object) -> None:
        self.together_chosen.emit(value is True)

    def _on_use_clicked(self) -> None:
        self.use_wanted.emit(self.sender().property("use"))


class _Chips(QWidget):
    """A small heading over removable chips, with one more chip that adds."""

    removed = Signal(str)
    """A chip was taken away.

    Parameters: its key.
    """
    clicked = Signal(str)
    """A chip was clicked.

    Parameters: its key.
    """

    def __init__(self, theme: Theme, title: str, add: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.title = QLabel(title, self)
        self.title.setProperty("kind", "label")
        self._room = QWidget(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._room.setSizePolicy(policy)
        self._flow = FlowLayout(self._room, theme.px(6))
        self.add = Chip(theme, add, interactive=True, parent=self._room)
        self._flow.addWidget(self.add)
        self.chips: dict[str, Chip] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(2))
        layout.addWidget(self.title)
        layout.addWidget(self._room)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._flow.setSpacing(theme.px(6))

    def show_chips(self, wanted: Sequence[tuple[str, str]]) -> None:
        """Show a chip for each pair of a key and its words."""
        if wanted == [(key, chip.text()) for key, chip in self.chips.items()]:
            return
        for chip in self.chips.values():
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self._flow.removeWidget(self.add)
        self.chips = {}
        for key, words in wanted:
            chip = Chip(self._theme, words, interactive=True, removable=True, parent=self._room)
            # Long conditions are elided, so that they do not widen the pane.
            chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            chip.setToolTip(words)
            chip.removed.connect(self._on_chip_removed)
            chip.clicked.connect(self._on_chip_clicked)
            chip.show()
            self.chips[key] = chip
            self._flow.addWidget(chip)
        self._flow.addWidget(self.add)
        self._flow.invalidate()
        self._flow.activate()
        self._room.updateGeometry()

    def _key(self) -> str | None:
        sender = self.sender()
        return next((key for key, chip in self.chips.items() if chip is sender), None)

    def _on_chip_removed(self) -> None:
        key = self._key()
        if key is not None:
            self.removed.emit(key)

    def _on_chip_clicked(self) -> None:
        key = self._key()
        if key is not None:
            self.clicked.emit(key)
