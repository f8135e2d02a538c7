"""Every field of the code at hand. The editor knows no project: codes in, wishes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from qda.gui.codebook.color_row import ColorRow
from qda.gui.codebook.fields import Field, GrowingText, list_text, list_values
from qda.gui.codebook.usage import Usage
from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.model.entities import Code

WIDEST = 760
"""Pixels of the column of fields at 100 %: longer lines are hard to read."""
_TWO_COLUMNS = 520


@dataclass(frozen=True, slots=True)
class EditedCode:
    """What the editor shows: the code, the names above it, its use, whose the other keys are."""

    code: Code
    above: tuple[str, ...]
    usage: Usage
    keys: Sequence[tuple[str, str]] = ()


class CodeEditor(QScrollArea):
    """Show and change one code."""

    field_changed = Signal(str, object)
    """The user wrote another value in a field.

    Parameters: the name of the field of `Code`; its value.
    """
    segments_wanted = Signal()
    """The user wants the list of the code's segments."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build the fields; they are empty until a code is shown."""
        super().__init__(parent)
        self._theme = theme
        self._shown: EditedCode | None = None
        self._columns = 0
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("The code at hand"))
        self._page = QFrame()
        self._page.setProperty("kind", "paper")
        self._above = QLabel(self._page)
        self._above.setProperty("kind", "muted")
        self._above.setTextFormat(Qt.TextFormat.PlainText)
        self._usage = QLabel(self._page)
        self._usage.setProperty("kind", "muted")
        self._usage.setWordWrap(True)
        self._usage.setTextFormat(Qt.TextFormat.PlainText)
        self._segments = QPushButton(tr("List the segments"), self._page)
        self.colors = ColorRow(theme, self._page)
        self.fields = {field.key: field for field in self._make_fields(theme)}
        self._grid = QGridLayout()
        self._sections = QVBoxLayout()
        self._lay_out(theme)
        self.show_code(None)
        for field in self.fields.values():
            field.settled.connect(self._on_field_settled)
        self.fields["shortcut"].editor.textChanged.connect(self._on_shortcut_text_changed)
        self.colors.color_chosen.connect(self._on_colors_color_chosen)
        self._segments.clicked.connect(self.segments_wanted)

    def _make_fields(self, theme: Theme) -> list[Field]:
        def text(key: str, title: str, hint: str, lines: int) -> Field:
            editor, meaning = GrowingText(theme, lines), partial(field_value, key)
            return Field(theme, key, title, editor, hint, meaning, self._page)

        def line(key: str, title: str, hint: str) -> Field:
            return Field(theme, key, title, QLineEdit(), hint, parent=self._page)

        return [
            line("name", tr("&Name"), ""),
            line("shortcut", tr("&Key"), tr("One character, for coding")),
            text("definition", tr("&Definition"), "", 3),
            text("include", tr("&Include"), tr("What counts as this code"), 3),
            text("exclude", tr("&Leave out"), tr("What is close, but counts as another code"), 3),
            text("example", tr("Ex&ample"), "", 2),
            text("keywords", tr("Key&words"), tr("Words to look for, with commas between them"), 2),
            text("scale", tr("&Scale"),
                 tr("Values from low to high, with commas: low, medium, high"), 2),
        ]  # fmt: skip

    def _lay_out(self, theme: Theme) -> None:
        self._head, self._use = QHBoxLayout(), QHBoxLayout()
        head, use = self._head, self._use
        head.setSpacing(theme.px(16))
        head.addWidget(self.fields["name"], 1)
        head.addWidget(self.fields["shortcut"])
        key = self.fields["shortcut"].editor
        if isinstance(key, QLineEdit):
            key.setMaxLength(1)
        self.fields["shortcut"].setFixedWidth(theme.px(190))
        use.setSpacing(theme.px(8))
        use.addWidget(self._usage, 1)
        use.addWidget(self._segments, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout()
        column.setSpacing(theme.px(16))
        column.addWidget(self._above)
        column.addLayout(head)
        column.addLayout(use)
        column.addWidget(self.colors)
        column.addLayout(self._grid)
        column.addLayout(self._sections)
        column.addStretch(1)
        self._column = QWidget(self._page)
        self._column.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        self._column.setMaximumWidth(theme.px(WIDEST))
        self._column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        page = QHBoxLayout(self._page)
        side = theme.px(24)
        page.setContentsMargins(side, theme.px(16), side, theme.px(32))
        page.addWidget(self._column, 100)
        page.addStretch(1)
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(theme.px(16))
        self._arrange(2)
        # The height follows the width; what Qt takes for the least height is that of a sliver.
        self._page.setMinimumSize(1, 1)
        self.setWidget(self._page)

    def _arrange(self, columns: int) -> None:
        """Set include beside leave out where there is room, else one below the other."""
        if columns == self._columns:
            return
        self._columns = columns
        way = QBoxLayout.Direction
        for line in (self._head, self._use):
            line.setDirection(way.LeftToRight if columns == 2 else way.TopToBottom)
        for key in ("definition", "include", "exclude", "example", "keywords", "scale"):
            self._grid.removeWidget(self.fields[key])
        rows = (
            (("definition",), ("include", "exclude"), ("example",), ("keywords", "scale"))
            if columns == 2
            else (("definition",), ("include",), ("exclude",), ("example",), ("keywords",),
                  ("scale",))
        )  # fmt: skip
        for row, keys in enumerate(rows):
            for place, key in enumerate(keys):
                span = columns if len(keys) == 1 else 1
                self._grid.addWidget(self.fields[key], row, place, 1, span)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if columns == 2 else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose one column of fields or two."""
        super().resizeEvent(event)
        room = self.viewport().width() - self._theme.px(48)
        self._arrange(2 if room >= self._theme.px(_TWO_COLUMNS) else 1)

    def add_section(self, section: QWidget) -> None:
        """Show something more of the code below its fields."""
        self._sections.addWidget(section)

    # ------------------------------------------------------------------------------ showing

    @property
    def code(self) -> Code | None:
        """Return the code that is shown."""
        return self._shown.code if self._shown is not None else None

    def show_code(self, shown: EditedCode | None, *, writable: bool = True) -> None:
        """Show a code; of the same code, a field that is being written in keeps its text."""
        same = shown is not None and self.code is not None and self.code.id == shown.code.id
        self._shown = shown
        self._page.setEnabled(shown is not None)
        if shown is None:
            for field in self.fields.values():
                field.show_text("")
            self._above.setText("")
            self._usage.setText("")
            self.colors.show_color("")
            return
        for key, text in field_texts(shown.code).items():
            self.fields[key].show_text(text, keep_typing=same)
            self.fields[key].set_writable(writable)
        self.colors.show_color(shown.code.color)
        self.colors.set_writable(writable)
        self._above.setText("  ›  ".join(shown.above))
        self._above.setVisible(bool(shown.above))
        self._usage.setText(shown.usage.sentence())
        self._segments.setEnabled(shown.usage.family > 0)
        if not same:
            self.verticalScrollBar().setValue(0)

    def show_usage(self, usage: Usage) -> None:
        """Show other counts."""
        self._usage.setText(usage.sentence())
        self._segments.setEnabled(usage.family > 0)

    def usage_text(self) -> str:
        """Return what is said of the code's use."""
        return self._usage.text()

    def focus_name(self) -> None:
        """Let the user write the name at once."""
        editor = self.fields["name"].editor
        self.ensureVisible(0, 0)
        editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        editor.selectAll()

    def set_error(self, key: str, text: str) -> None:
        """Say beside a field what is wrong with it."""
        if key in self.fields:
            self.fields[key].set_error(text)

    def settle(self) -> None:
        """Save every field that is being written in."""
        for field in self.fields.values():
            field.settle()

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme

    # ------------------------------------------------------------------------------ writing

    def _on_field_settled(self, key: str) -> None:
        if self._shown is None:
            return
        field = self.fields[key]
        value = field_value(key, field.text())
        if value == getattr(self._shown.code, key):
            field.show_text(field_texts(self._shown.code)[key], keep_typing=True)
            return
        if key == "shortcut" and (clash := self._owner_of(field.text())):
            field.set_error(self._clash(clash))
            return
        self.field_changed.emit(key, value)

    def _on_shortcut_text_changed(self, text: str) -> None:
        owner = self._owner_of(text)
        self.fields["shortcut"].set_error(self._clash(owner) if owner else "")

    def _owner_of(self, key: str) -> str:
        """Return the code that has a key already, empty when it is free."""
        if self._shown is None or not key.strip():
            return ""
        return next((name for taken, name in self._shown.keys if taken == key.strip()), "")

    def _clash(self, owner: str) -> str:
        return tr("This is the key of {name}; choose another.", name=owner)

    def _on_colors_color_chosen(self, color: str) -> None:
        if self._shown is not None:
            self.field_changed.emit("color", color)


def field_texts(code: Code) -> dict[str, str]:
    """Return what stands in the fields for a code."""
    return {
        "name": code.name,
        "shortcut": code.shortcut,
        "definition": code.definition,
        "include": code.include,
        "exclude": code.exclude,
        "example": code.example,
        "keywords": list_text(code.keywords),
        "scale": list_text(code.scale),
    }


def field_value(key: str, text: str) -> str | tuple[str, ...]:
    """Return what a field's text means for the code."""
    return list_values(text) if key in ("keywords", "scale") else text.strip()
