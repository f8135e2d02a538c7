"""The earlier texts of a source: when, who, how much; what differs; go back to one."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidgetItem,
    QWidget,
)

from qda.gui import fonts
from qda.gui.context import Context
from qda.gui.correcting.dialog import Proposal
from qda.gui.earlier_versions import EarlierVersions
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


class TextVersionsDialog(EarlierVersions):
    """List the texts at the left, the latest first; at the right what differs, or the whole."""

    def __init__(self, context: Context, document: Document, parent: QWidget | None = None) -> None:
        """Show the texts of one source."""
        theme = context.theme
        super().__init__(theme, tr("Earlier texts – {name}", name=document.name), parent)
        self._context = context
        self._document = document
        self.wanted: Proposal | None = None
        """The text that the user wants back, once the dialog is accepted."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._states = operations.versions(context.bridge.project, document=document.id)
        self.until = QComboBox(self)
        self.until.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.mode = SegmentedControl(
            theme,
            (("differences", tr("What differs")), ("whole", tr("The whole text"))),
            name=tr("What is shown"),
            parent=self,
        )
        self.mode.set_value("differences")
        self.list.setAccessibleName(tr("Texts"))
        self.list.setWordWrap(True)
        self._page.setAccessibleName(tr("What differs"))
        self.back.setText(tr("&Go back to this text …"))
        self._lay_out()
        self._load()
        self.list.currentItemChanged.connect(self._show)
        self.until.currentIndexChanged.connect(self._show)
        self.mode.value_changed.connect(self._show)
        self.back.clicked.connect(self._on_back_clicked)

    def _lay_out(self) -> None:
        compared = QLabel(tr("Compare &with"), self)
        compared.setProperty("kind", "label")
        compared.setBuddy(self.until)
        line = QHBoxLayout()
        line.addWidget(self.mode)
        line.addStretch(1)
        line.addWidget(compared)
        line.addWidget(self.until)
        self._arrange((), (line, self._heading), (280, 640), 640)

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
