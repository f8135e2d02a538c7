"""The left of the workspace: filter, grouping, the list, and the way in for more."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qda.gui import icons
from qda.gui.language import tr
from qda.gui.sources.fields import sentence
from qda.gui.sources.source_rows import Sources
from qda.gui.sources.source_table import SourceTable
from qda.gui.theme import Theme
from qda.gui.widgets.clear_button import add_clear_button
from qda.gui.widgets.segmented_control import SegmentedControl
from qda.model.ids import DocumentId


class SourceList(QFrame):
    """Find a source and choose it."""

    import_wanted = Signal()
    """The user wants to import."""
    grouping_changed = Signal(bool)
    """The user wants sources grouped by office (True) or in one list."""
    context_menu_wanted = Signal(QPoint)
    """The user asks what can be done with the marked sources, at a place in global coordinates."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build an empty list."""
        super().__init__(parent)
        self._theme = theme
        self.setProperty("kind", "paper")
        self._any = False
        self.filter_field = QLineEdit(self)
        self.filter_field.setPlaceholderText(tr("Filter by name or office"))
        self.filter_field.setAccessibleName(tr("Filter by name or office"))
        add_clear_button(self.filter_field)
        self.grouping = SegmentedControl(
            theme, [(True, tr("By office")), (False, tr("One list"))], name=tr("Order"), parent=self
        )
        self._import = QPushButton(tr("Import …"), self)
        self._import.setProperty("kind", "primary")
        self.table = SourceTable(theme, tr("Sources"), self)
        self._nothing = sentence("", self)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self.grouping)
        self._buttons.addStretch(0)
        self._buttons.addWidget(self._import)
        self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._bar.addWidget(self.filter_field, 1)
        self._bar.addLayout(self._buttons)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(self._bar)
        self._layout.addWidget(self._nothing)
        self._layout.addWidget(self.table, 1)
        self._nothing.hide()
        self.set_theme(theme)
        self.filter_field.installEventFilter(self)
        self.filter_field.textChanged.connect(self._on_filter_changed)
        self.grouping.value_changed.connect(self._on_grouping_changed)
        self._import.clicked.connect(self.import_wanted)
        self.table.context_menu_wanted.connect(self.context_menu_wanted)

    def set_sources(self, sources: Sources) -> None:
        """Show sources; what is marked and in sight stays so."""
        self._any = bool(sources.rows)
        self.table.source_model().set_sources(sources)
        self._tell_nothing()

    def set_grouped(self, *, grouped: bool) -> None:
        """Group by office, or show one list."""
        self.grouping.set_value(grouped)
        self.table.source_model().set_grouped(grouped=grouped)
        self.table.fit_columns()

    def set_writable(self, *, writable: bool) -> None:
        """Allow importing, or not."""
        self._import.setEnabled(writable)

    def choose(self, document: DocumentId) -> None:
        """Mark a source, taking the filter away where it hides it."""
        if not self.table.choose(document) and self.filter_field.text():
            self.filter_field.clear()
            self.table.choose(document)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        side = theme.px(16)
        self._bar.setContentsMargins(side, theme.px(12), side, theme.px(8))
        self._bar.setSpacing(theme.px(8))
        self._buttons.setSpacing(theme.px(8))
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.filter_field.setMaximumWidth(theme.px(320))
        self.filter_field.setMinimumWidth(theme.px(96))
        self.grouping.setMinimumWidth(self.grouping.sizeHint().width())
        for action in self.filter_field.actions():
            if action.objectName() == "find":
                self.filter_field.removeAction(action)
        found = icons.icon("search", theme.muted, theme.px(16))
        action = self.filter_field.addAction(found, QLineEdit.ActionPosition.LeadingPosition)
        action.setObjectName("find")
        for button in self.filter_field.findChildren(QToolButton):
            if button.defaultAction() is action:
                button.setAccessibleName(self.filter_field.accessibleName())
        self._fold_bar()

    def minimumSizeHint(self) -> QSize:
        """Return what the list needs with its filter above the buttons."""
        least = super().minimumSizeHint()
        return QSize(
            max(self._buttons_width(), self.table.minimumSizeHint().width()), least.height()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the filter above the buttons where all in one line would overlap."""
        super().resizeEvent(event)
        self._fold_bar()

    def _buttons_width(self) -> int:
        """Return the least width of the line with the buttons alone."""
        return self._buttons.minimumSize().width() + 2 * self._theme.px(16)

    def _fold_bar(self) -> None:
        beside = self.filter_field.minimumWidth() + self._bar.spacing() + self._buttons_width()
        fits = self.width() >= beside
        self._bar.setDirection(
            QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from the filter to the list with the arrow, and clear it with Escape."""
        if watched is not self.filter_field or event.type() != QEvent.Type.KeyPress:
            return False
        if not isinstance(event, QKeyEvent):
            return False
        if event.key() == Qt.Key.Key_Down:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            if self.table.current_document() is None:
                self.table.choose(self.table.source_model().first())
            return True
        if event.key() == Qt.Key.Key_Escape and self.filter_field.text():
            self.filter_field.clear()
            return True
        return False

    def _on_filter_changed(self, text: str) -> None:
        self.table.source_model().set_filter(text)
        self._tell_nothing()

    def _on_grouping_changed(self, value: object) -> None:
        self.set_grouped(grouped=bool(value))
        self.grouping_changed.emit(bool(value))

    def _tell_nothing(self) -> None:
        nothing = self._any and not self.table.source_model().rowCount()
        self._nothing.setText(tr("No source is called that.") if nothing else "")
        self._nothing.setVisible(nothing)
