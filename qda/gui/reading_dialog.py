"""How the text that one reads is set: face, lines, width; what is chosen shows at once."""

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from qda.gui import fonts
from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.gui.widgets.clear_button import add_clear_button
from qda.gui.widgets.segmented_control import SegmentedControl

_FACE = int(Qt.ItemDataRole.UserRole)
_PITCH = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value


class ReadingDialog(QDialog):
    """Choose a face of the system's, how far apart lines stand, and how wide the column is."""

    reading_changed = Signal(object)
    """The user chose otherwise.

    Parameters: the `fonts.Reading`.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Show how text is set now."""
        super().__init__(parent)
        self._theme = theme
        self._reading = fonts.reading()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Face and lines of the text"))
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(tr("Find a face"))
        self.field.setAccessibleName(tr("Find a face"))
        add_clear_button(self.field)
        self.faces = QListWidget(self)
        self.faces.setAccessibleName(tr("Faces"))
        self.faces.setFrameShape(QFrame.Shape.NoFrame)
        words = (tr("Tight"), tr("Normal"), tr("Airy"))
        self.leading = SegmentedControl(
            theme, list(zip(fonts.LEADINGS, words, strict=True)), name=tr("Lines"), parent=self
        )
        words = (tr("Narrow"), tr("Normal"), tr("Wide"))
        self.measure = SegmentedControl(
            theme, list(zip(fonts.MEASURES, words, strict=True)), name=tr("Column"), parent=self
        )
        self._sample = QTextEdit(self)
        self._sample.setAccessibleName(tr("How the text looks"))
        self._sample.setReadOnly(True)
        self._sample.setTabChangesFocus(True)
        self._sample.setPlainText(
            tr("«We stand at the board and count plans. Nine o'clock, every time; not how many "
               "got a job.» Æøå, ÆØÅ, 1234567890.")
        )  # fmt: skip
        self._lay_out()
        self._fill()
        self._show()
        self.field.textChanged.connect(self._on_field_text_changed)
        self.faces.currentItemChanged.connect(self._on_faces_current_item_changed)
        self.leading.value_changed.connect(self._on_choice_changed)
        self.measure.value_changed.connect(self._on_choice_changed)

    def _lay_out(self) -> None:
        theme = self._theme
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        for row, (title, control) in enumerate(
            ((tr("Lines"), self.leading), (tr("Column"), self.measure))
        ):
            label = QLabel(title, self)
            label.setProperty("kind", "label")
            grid.addWidget(label, row, 0)
            grid.addWidget(control, row, 1, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAutoDefault(False)
        close.setDefault(False)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        side = theme.px(20)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self.field)
        layout.addWidget(self.faces, 2)
        layout.addLayout(grid)
        layout.addWidget(self._sample, 1)
        layout.addWidget(buttons)
        wanted = QSize(theme.px(520), theme.px(600))
        self.resize(wanted.boundedTo(self.screen().availableSize()))

    def _fill(self) -> None:
        own = tr("As the program chooses: {face}", face=fonts.default_text_face())
        for face, words in (("", own), *((one, one) for one in fonts.reading_faces())):
            item = QListWidgetItem(words)
            item.setData(_FACE, face)
            font = QFont(face or fonts.default_text_face())
            font.setPixelSize(self._theme.px(15))
            item.setFont(font)
            self.faces.addItem(item)
            if face == self._reading.face:
                self.faces.setCurrentItem(item)
        if self.faces.currentItem() is None:
            self.faces.setCurrentRow(0)

    def _show(self) -> None:
        self.leading.set_value(_nearest(self._reading.leading, fonts.LEADINGS))
        self.measure.set_value(_nearest(self._reading.measure, fonts.MEASURES))
        font = QFont(self._reading.face or fonts.default_text_face())
        font.setPixelSize(self._theme.px(fonts.TEXT_SIZE))
        self._sample.setFont(font)
        cursor = QTextCursor(self._sample.document())
        cursor.select(QTextCursor.SelectionType.Document)
        line = QTextBlockFormat()
        line.setLineHeight(self._reading.leading / 1.2, _PITCH)
        cursor.mergeBlockFormat(line)

    def _take(self, reading: fonts.Reading) -> None:
        if reading != self._reading:
            self._reading = reading
            self._show()
            self.reading_changed.emit(reading)

    def _on_field_text_changed(self, text: str) -> None:
        words = text.casefold().split()
        for row in range(self.faces.count()):
            item = self.faces.item(row)
            shown = item.text().casefold()
            item.setHidden(not all(word in shown for word in words))

    def _on_faces_current_item_changed(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._take(replace(self._reading, face=str(item.data(_FACE))))

    def _on_choice_changed(self) -> None:
        leading, measure = self.leading.value(), self.measure.value()
        if isinstance(leading, int) and isinstance(measure, int):
            self._take(replace(self._reading, leading=leading, measure=measure))


def _nearest(wanted: int, offered: tuple[int, ...]) -> int:
    return min(offered, key=lambda one: abs(one - wanted))
