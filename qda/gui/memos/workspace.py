"""The memos workspace: find, read and write memos; go to what they are on."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qda.gui import colors
from qda.gui.commands import Command
from qda.gui.context import Context, Place
from qda.gui.language import tr, tr_n
from qda.gui.memos.editor import MemoEditor
from qda.gui.memos.hub import KINDS, HubMemo, MemoHub, attribution, kind_words
from qda.gui.theme import Theme
from qda.gui.widgets.command_palette import CommandPalette
from qda.gui.widgets.labels import EmptyPlace, PaneHeader
from qda.gui.widgets.palette_match import PaletteItem
from qda.gui.widgets.quote_list import QuoteList, QuoteRow
from qda.gui.workspace import Workspace
from qda.model.changes import Changes
from qda.model.entities import MemoTarget
from qda.operations import codings as coding_operations
from qda.operations import memos as operations

WIDTHS = "memos.panes"
TABLES = ("memo", "coding", "code", "document", "case", "participant", "coder")
"""Tables whose changes may alter what is listed."""


class MemosWorkspace(Workspace):
    """All memos of the project."""

    key = "memos"
    icon = "memos"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the panes; nothing is loaded yet."""
        super().__init__(context, parent)
        theme = context.theme
        self._memos: dict[str, HubMemo] = {}
        self._stale = True
        self._header = PaneHeader(theme, tr("Memos"), "", self)
        self._filter = QLineEdit(self)
        self._filter.setPlaceholderText(tr("Find in the memos"))
        self._filter.setAccessibleName(tr("Find in the memos"))
        self._filter.setClearButtonEnabled(True)
        self._kind = QComboBox(self)
        self._kind.setAccessibleName(tr("What the memos are on"))
        self._kind.addItem(tr("All memos"), "")
        for kind in KINDS:
            self._kind.addItem(kind_words()[kind], kind)
        self._new = QPushButton(tr("New memo …"), self)
        self._new.setProperty("kind", "primary")
        self._list = QuoteList(theme, tr("Memos"), self)
        self._editor = MemoEditor(theme, self)
        self._empty = EmptyPlace(
            theme, "memos", tr("No memos yet"),
            tr("A memo can be on the project, a source, an office, a participant or a code. "
               "Notes that you write on segments stand here too."),
            tr("New memo …"), self,
        )  # fmt: skip
        self._pages = QStackedWidget(self)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._lay_out()
        self.chooser = CommandPalette(
            theme,
            self,
            placeholder=tr("What is the memo on?"),
            nothing_text=tr("Nothing is called that"),
        )
        self._connect()

    def title(self) -> str:
        """Return the name on the rail."""
        return tr("Memos")

    def _lay_out(self) -> None:
        px = self.context.theme.px
        tools = QHBoxLayout()
        tools.setContentsMargins(px(12), 0, px(12), px(8))
        tools.addWidget(self._filter, 1)
        tools.addWidget(self._kind)
        left = QWidget(self)
        left.setProperty("kind", "pane")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, px(12))
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addLayout(tools)
        column.addWidget(self._list, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(12), px(8), px(12), 0)
        foot.addWidget(self._new)
        foot.addStretch(1)
        column.addLayout(foot)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self._editor)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.setSizes(self.context.settings.numbers(WIDTHS) or [px(460), px(760)])
        self._pages.addWidget(self._splitter)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self.setFocusProxy(self._list)

    def _connect(self) -> None:
        self.context.bridge.changed.connect(self._on_bridge_changed)
        self._filter.textChanged.connect(self._show_list)
        self._kind.currentIndexChanged.connect(self._show_list)
        self._list.quote_chosen.connect(self._on_list_quote_chosen)
        self._new.clicked.connect(self.ask_new)
        self._empty.button_clicked.connect(self.ask_new)
        self._editor.text_written.connect(self._on_editor_text_written)
        self._editor.place_wanted.connect(self.context.navigator.go)
        self._editor.removal_wanted.connect(self._on_editor_removal_wanted)
        self.chooser.item_chosen.connect(self._on_chooser_item_chosen)

    # ------------------------------------------------------------------------------ loading

    def activate(self) -> None:
        """List the memos as they are now."""
        if self._stale:
            self._load()

    def _load(self) -> None:
        self._stale = False
        found = MemoHub(self.context.bridge.project).memos()
        self._memos = {memo.key: memo for memo in found}
        self._pages.setCurrentWidget(self._splitter if found else self._empty)
        self._show_list()

    def _show_list(self) -> None:
        wanted = " ".join(self._filter.text().casefold().split())
        kind = self._kind.currentData()
        shown = [
            memo
            for memo in self._memos.values()
            if (not kind or memo.on == kind)
            and (not wanted or wanted in f"{memo.text} {memo.about}".casefold())
        ]
        theme = self.context.theme
        self._list.set_quotes(
            [
                QuoteRow(
                    memo.key,
                    memo.text.strip(),
                    attribution(memo),
                    colors.code_color(memo.color, theme) if memo.color else theme.line,
                )
                for memo in shown
            ]
        )
        self._header.set_right(str(len(shown)))
        if self._list.current_id() is None and shown:
            self._list.choose(shown[0].key)
        self._show_current()
        self.status_changed.emit([tr_n("{n} memo", "{n} memos", len(self._memos))])

    def _show_current(self) -> None:
        current = self._list.current_id()
        memo = self._memos.get(current) if isinstance(current, str) else None
        self._editor.show_memo(memo, writable=self.can_write())

    def _on_bridge_changed(self, changes: Changes, initiator: object) -> None:
        del initiator
        if not changes.touches(*TABLES):
            return
        self._stale = True
        if self.isVisible():
            self._load()

    def _on_list_quote_chosen(self, memo: object) -> None:
        del memo
        self._show_current()

    # ----------------------------------------------------------------------------- changing

    def can_write(self) -> bool:
        """Tell whether the project may be changed."""
        return not self.context.bridge.project.read_only

    def _on_editor_text_written(self, memo: HubMemo, text: str) -> None:
        if memo.memo is not None:
            self.context.bridge.run(operations.edit_memo, memo=memo.memo, text=text)
        elif memo.coding is not None:
            self.context.bridge.run(coding_operations.set_memo, coding=memo.coding, memo=text)

    def _on_editor_removal_wanted(self, memo: HubMemo) -> None:
        notice = tr("Removed the memo.")
        if memo.memo is not None:
            self.context.bridge.run(operations.remove_memo, memo=memo.memo, notice=notice)
        elif memo.coding is not None:
            self.context.bridge.run(
                coding_operations.set_memo, coding=memo.coding, memo="", notice=notice
            )

    def ask_new(self) -> None:
        """Ask what a new memo is to be on, in a list that is searched by typing."""
        words = kind_words()
        self.chooser.set_items(
            [
                PaletteItem((kind, target), name, words[kind].lower(), color=color)
                for kind, target, name, color in MemoHub(self.context.bridge.project).targets()
            ]
        )
        self.chooser.open()

    def _on_chooser_item_chosen(self, item: PaletteItem) -> None:
        if isinstance(item.id, tuple):
            self.write_on(item.id[0], item.id[1])

    def write_on(self, on: MemoTarget, target: int) -> None:
        """Begin a memo and let the user write."""
        hub = MemoHub(self.context.bridge.project)
        made = self.context.bridge.run(
            operations.add_memo, on=on, target=target, text=f"{hub.about(on, target)}: "
        )
        if made is not None:
            self._filter.clear()
            self._kind.setCurrentIndex(0)
            self._list.choose(f"memo {made.value.id}")
            self._editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_place(self, place: Place) -> None:
        """Begin a memo on what a place names."""
        if not self.can_write():
            return
        if place.document is not None:
            self.write_on("document", place.document)
        elif place.code is not None:
            self.write_on("code", place.code)
        elif place.case is not None:
            self.write_on("case", place.case)

    def commands(self) -> Sequence[Command]:
        """Return what can be done here."""
        return [
            Command(
                "memos.new", tr("New memo …"), "edit", self.ask_new, "Ctrl+N",
                enabled=self.can_write, separator_before=True,
            ),
            Command("memos.find", tr("Find in the memos"), "edit", self._filter.setFocus, "Ctrl+F"),
        ]  # fmt: skip

    def set_theme(self, theme: Theme) -> None:
        """Take other colours and sizes."""
        super().set_theme(theme)
        self._show_list()

    def save_state(self) -> None:
        """Save what is being written, and keep the widths."""
        self._editor.save()
        self.context.settings.set(WIDTHS, self._splitter.sizes())
