"""The earlier texts of a source: when, who, how much; what differs; go back to one."""

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from qda.gui import fonts
from qda.gui.context import Context
from qda.gui.correcting.dialog import Proposal
from qda.gui.language import current_catalogue, say, tr, tr_n
from qda.gui.theme import Theme
from qda.gui.widgets.segmented_control import SegmentedControl
from qda.model.entities import Document
from qda.model.errors import UserError
from qda.model.messages import Message
from qda.model.shades import mix
from qda.model.texts import TextState
from qda.operations import text_versions as operations
from qda.text.comparing import Difference

SHOWN = 500
"""How many differences are shown at the most."""
_NUMBER = int(Qt.ItemDataRole.UserRole)


class TextVersionsDialog(QDialog):
    """List the texts at the left, the latest first; at the right what differs, or the whole."""

    def __init__(self, context: Context, document: Document, parent: QWidget | None = None) -> None:
        """Show the texts of one source."""
        super().__init__(parent)
        self._context = context
        self._document = document
        theme = context.theme
        self.wanted: Proposal | None = None
        """The text that the user wants back, once the dialog is accepted."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Earlier texts – {name}", name=document.name))
        self._states = operations.versions(context.bridge.project, document=document.id)
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Texts"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setSpacing(theme.px(2))
        self.list.setWordWrap(True)
        self.until = QComboBox(self)
        self.until.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.mode = SegmentedControl(
            theme,
            (("differences", tr("What differs")), ("whole", tr("The whole text"))),
            name=tr("What is shown"),
            parent=self,
        )
        self.mode.set_value("differences")
        self._heading = QLabel(self)
        self._heading.setProperty("kind", "heading")
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self._heading.setWordWrap(True)
        self._page = QTextBrowser(self)
        self._page.setOpenLinks(False)
        self._page.setAccessibleName(tr("What differs"))
        self.back = QPushButton(tr("&Go back to this text …"), self)
        self.back.setAutoDefault(False)
        self._lay_out(theme)
        self._load()
        self.list.currentItemChanged.connect(self._show)
        self.until.currentIndexChanged.connect(self._show)
        self.mode.value_changed.connect(self._show)
        self.back.clicked.connect(self._on_back_clicked)

    def _lay_out(self, theme: Theme) -> None:
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(theme.px(12), 0, 0, 0)
        column.setSpacing(theme.px(8))
        compared = QLabel(tr("Compare &with"), right)
        compared.setProperty("kind", "label")
        compared.setBuddy(self.until)
        line = QHBoxLayout()
        line.addWidget(self.mode)
        line.addStretch(1)
        line.addWidget(compared)
        line.addWidget(self.until)
        column.addLayout(line)
        column.addWidget(self._heading)
        column.addWidget(self._page, 1)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self.list)
        split.addWidget(right)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.setStretchFactor(1, 1)
        split.setSizes([theme.px(280), theme.px(620)])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAutoDefault(False)
        close.setDefault(False)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        side = theme.px(20)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(theme.px(8))
        layout.addWidget(split, 1)
        layout.addWidget(buttons)
        wanted = QSize(theme.px(980), theme.px(640))
        self.resize(wanted.boundedTo(self.screen().availableSize()))

    def _load(self) -> None:
        for one in reversed(self._states):
            item = QListWidgetItem(described(one))
            item.setData(_NUMBER, one.number)
            self.list.addItem(item)
            name = tr("the present text") if one.current else tr("text {n}", n=one.number)
            self.until.addItem(name, one.number)
        # The latest of the earlier ones is what one asks for first.
        self.list.setCurrentRow(min(1, self.list.count() - 1))
        self.list.setFocus()
        self._show()

    # ------------------------------------------------------------------------------ showing

    def _at_hand(self) -> TextState:
        number = self.list.currentItem().data(_NUMBER)
        return next(one for one in self._states if one.number == number)

    def _show(self) -> None:
        state = self._at_hand()
        whole = self.mode.value() == "whole"
        self.until.setEnabled(not whole)
        writable = not self._context.bridge.project.read_only
        self.back.setEnabled(writable and state.kept and not state.current)
        try:
            if whole:
                self._show_whole(state)
            else:
                self._show_differences(state)
        except UserError as error:
            self._heading.setText(say(error.message))
            self._page.clear()

    def _show_whole(self, state: TextState) -> None:
        text = operations.version_text(
            self._context.bridge.project, document=self._document.id, number=state.number
        )
        shown = current_catalogue().format_number(len(text))
        self._heading.setText(
            tr_n("{shown} character", "{shown} characters", len(text), shown=shown)
        )
        self._page.setAccessibleName(tr("The whole text"))
        self._page.document().setDefaultFont(fonts.text_font(self._context.theme.scale, 14.5))
        self._page.setPlainText(text)

    def _show_differences(self, state: TextState) -> None:
        other = self.until.currentData()
        self._page.setAccessibleName(tr("What differs"))
        self._page.document().setDefaultFont(fonts.text_font(self._context.theme.scale, 14.5))
        if len(self._states) == 1:
            self._heading.setText(tr("This text has not been corrected."))
            self._page.setPlainText(
                tr("Once it is, every earlier text can be seen here, compared and gone back to.")
            )
            return
        found = operations.compare(
            self._context.bridge.project,
            document=self._document.id,
            number=state.number,
            other=other,
        )
        self._heading.setText(
            tr_n("{n} place differs.", "{n} places differ.", len(found))
            if found
            else tr("The texts are the same.")
        )
        labels = (tr("Text {n}", n=state.number), tr("Text {n}", n=other))
        self._page.setHtml(differences_html(found[:SHOWN], labels, self._context.theme))

    def heading(self) -> str:
        """Return the line above the page."""
        return self._heading.text()

    def text(self) -> str:
        """Return what the page says, without its looks."""
        return self._page.toPlainText()

    def _on_back_clicked(self) -> None:
        state = self._at_hand()
        text = operations.version_text(
            self._context.bridge.project, document=self._document.id, number=state.number
        )
        self.wanted = Proposal(state.number, text)
        self.accept()


def described(state: TextState) -> str:
    """Return a text on two lines: its number and what made it, then when, who and how much."""
    what = say(Message(state.operation)) if state.operation else tr("Imported")
    first = tr("Text {n}: {what}", n=state.number, what=what)
    parts = [current_catalogue().format_moment(state.made)]
    if state.coder:
        parts.append(state.coder)
    if state.places:
        parts.append(tr_n("{n} place", "{n} places", state.places))
    if state.current:
        parts.append(tr("the present text"))
    elif not state.kept:
        parts.append(tr("no longer kept"))
    return first + "\n" + " · ".join(parts)


def differences_html(found: tuple[Difference, ...], labels: tuple[str, str], theme: Theme) -> str:
    """Return the differences as a page: each place once as it was and once as it is.

    What is gone is struck out, what is new is underlined and bold, and each line says which text
    it is of.
    """
    small = theme.px(11.5)
    cut = mix(theme.warning, theme.paper, 0.12)
    rows: list[str] = []
    for one in found:
        left = ("… " if one.cut_left else "") + escape(one.left)
        right = escape(one.right) + (" …" if one.cut_right else "")
        gone = f"<s style='background-color: {cut}'>{_lines(one.before)}</s>"
        come = f"<b><u style='background-color: {theme.selection}'>{_lines(one.after)}</u></b>"
        for label, words in (
            (labels[0], gone if one.before else ""),
            (labels[1], come if one.after else ""),
        ):
            rows.append(
                f"<tr><td style='padding-right: {theme.px(12)}px; color: {theme.muted_tinted};"
                f" font-size: {small}px; white-space: nowrap'>{escape(label)}</td>"
                f"<td>{left}{words}{right}</td></tr>"
            )
        rows.append(f"<tr><td colspan='2' style='font-size: {theme.px(6)}px'>&nbsp;</td></tr>")
    return f"<table width='100%' cellspacing='0' cellpadding='1'>{''.join(rows)}</table>"


def _lines(text: str) -> str:
    """Return words with a sign where a line breaks, so that a break that came or went is seen."""
    return escape(text).replace("\n", "¶<br/>") or ""
