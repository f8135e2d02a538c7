"""The memos workspace: find, read, write and link memos; go to what they are on."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qda.gui import colors
from qda.gui.behind import follow_in_sight
from qda.gui.blind import only_coder
from qda.gui.commands import Command
from qda.gui.context import Context, Place
from qda.gui.language import tr, tr_n
from qda.gui.memos.editor import MemoEditor
from qda.gui.memos.filters import MemoFilters
from qda.gui.memos.hub import HubMemo, MemoHub, attribution, coders_of, excerpt, narrowed, tags_of
from qda.gui.memos.linking import MemoLinking
from qda.gui.models.things import kind_words
from qda.gui.theme import Theme
from qda.gui.widgets.command_palette import CommandPalette
from qda.gui.widgets.labels import EmptyPlace, PaneHeader
from qda.gui.widgets.palette_match import PaletteItem
from qda.gui.widgets.quote_list import QuoteList, QuoteRow
from qda.gui.workspace import Workspace
from qda.model.changes import Changes
from qda.model.entities import MemoTarget, Thing
from qda.model.ids import CoderId
from qda.operations import codings as coding_operations
from qda.operations import memos as operations

WIDTHS = "memos.panes"
TABLES = ("memo", "coding", "code", "document", "case", "participant", "coder", "memo_link")
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
        self._only: CoderId | None = None
        self._header = PaneHeader(theme, tr("Memos"), "", self)
        self.filters = MemoFilters(theme, self)
        self._new = QPushButton(tr("New memo …"), self)
        self._new.setProperty("kind", "primary")
        self.list = QuoteList(theme, tr("Memos"), self, takes_drops=True)
        self.editor = MemoEditor(theme, self)
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
        self.linking = MemoLinking(self)
        self._connect()

    def title(self) -> str:
        """Return the name on the rail."""
        return tr("Memos")

    def _lay_out(self) -> None:
        px = self.context.theme.px
        left = QWidget(self)
        left.setProperty("kind", "pane")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, px(12))
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self.filters)
        column.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(12), px(8), px(12), 0)
        foot.addWidget(self._new)
        foot.addStretch(1)
        column.addLayout(foot)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self.editor)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.setSizes(self.context.settings.numbers(WIDTHS) or [px(460), px(760)])
        self._pages.addWidget(self._splitter)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self.set_entry(self.list)

    def _connect(self) -> None:
        self.context.bridge.changed.connect(self._on_bridge_changed)
        self.filters.changed.connect(self._on_filters_changed)
        self.list.quote_chosen.connect(self._on_list_quote_chosen)
        self.list.enter_pressed.connect(self._on_list_enter_pressed)
        self._new.clicked.connect(self.ask_new)
        self._empty.button_clicked.connect(self.ask_new)
        self.editor.text_written.connect(self._on_editor_text_written)
        self.editor.place_wanted.connect(self.context.navigator.go)
        self.editor.removal_wanted.connect(self._on_editor_removal_wanted)
        self.editor.versions_wanted.connect(self.show_versions)
        self.chooser.item_chosen.connect(self._on_chooser_item_chosen)

    # ------------------------------------------------------------------------------ loading

    def activate(self) -> None:
        """List the memos as they are now."""
        if self._stale or self._only != self.only():
            self._load()

    def only(self) -> CoderId | None:
        """Return whose memos alone may be seen, None for everyone's."""
        return only_coder(self.context)

    def _hub(self) -> MemoHub:
        return MemoHub(self.context.bridge.project, self.only())

    def _load(self) -> None:
        self._stale = False
        self._only = self.only()
        found = self._hub().memos()
        self._memos = {memo.key: memo for memo in found}
        self.filters.offer(coders_of(found), tags_of(found))
        self._pages.setCurrentWidget(self._splitter if found else self._empty)
        at_hand = self.editor.memo()
        # What is being written stays, though it may no longer be what was searched for.
        keep = at_hand.key if at_hand is not None and self.editor.is_writing() else ""
        self._show_list(keep)

    def _show_list(self, keep: str = "") -> None:
        wish = self.filters.wish()
        shown = narrowed(self._memos.values(), wish, keep)
        theme = self.context.theme
        self.list.set_quotes(
            [
                QuoteRow(
                    memo.key,
                    text,
                    attribution(memo),
                    colors.code_color(memo.color, theme) if memo.color else theme.line,
                    marks=marks,
                    thing=(memo.thing.kind, memo.thing.id),
                )
                for memo in shown
                for text, marks in (excerpt(memo.text, wish.words),)
            ]
        )
        self._header.set_right(
            str(len(shown))
            if len(shown) == len(self._memos)
            else tr("{n} of {all}", n=len(shown), all=len(self._memos))
        )
        if self.list.current_id() is None and shown:
            self.list.choose(shown[0].key)
        self._show_current()
        self.status_changed.emit([tr_n("{n} memo", "{n} memos", len(self._memos))])

    def _show_current(self) -> None:
        current = self.list.current_id()
        memo = self._memos.get(current) if isinstance(current, str) else None
        self.editor.show_memo(memo, writable=self.can_write())
        self.linking.show()

    def _on_bridge_changed(self, changes: Changes, initiator: object) -> None:
        del initiator
        if not changes.touches(*TABLES):
            return
        self._stale = True
        follow_in_sight(self._catch_up, changes, self.context.turns)

    def _catch_up(self) -> None:
        if self._stale and self.isVisible():
            self._load()

    def _on_filters_changed(self) -> None:
        self.editor.save()
        self.editor.mark_words(self.filters.wish().words)
        self._show_list()

    def _on_list_quote_chosen(self, memo: object) -> None:
        del memo
        self._show_current()

    def _on_list_enter_pressed(self) -> None:
        """Go from a row of the list into its text."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------- what is asked of it

    def knows(self, key: str) -> bool:
        """Tell whether there is a memo of that key."""
        return key in self._memos

    def thing_of(self, key: object) -> Thing | None:
        """Return what a memo of that key is linked as."""
        memo = self._memos.get(key) if isinstance(key, str) else None
        return memo.thing if memo is not None else None

    def show_memo(self, key: str) -> None:
        """Show a memo, whatever is wished for; the keyboard goes to its row."""
        self.activate()
        if not self.list.choose(key):
            self.filters.clear()
            self.list.choose(key)
        self._show_current()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # ----------------------------------------------------------------------------- changing

    def can_write(self) -> bool:
        """Tell whether the project may be changed."""
        return not self.context.bridge.project.read_only

    def _on_editor_text_written(self, memo: HubMemo, text: str) -> None:
        run = self.context.bridge.run
        if memo.memo is not None:
            run(operations.edit_memo, memo=memo.memo, text=text, joins=True)
        elif memo.coding is not None:
            run(coding_operations.set_memo, coding=memo.coding, memo=text, joins=True)

    def _on_editor_removal_wanted(self, memo: HubMemo) -> None:
        notice = tr("Removed the memo.")
        if memo.memo is not None:
            self.context.bridge.run(operations.remove_memo, memo=memo.memo, notice=notice)
        elif memo.coding is not None:
            self.context.bridge.run(
                coding_operations.set_memo, coding=memo.coding, memo="", notice=notice
            )

    def show_versions(self) -> None:
        """Show what the memo at hand said before."""
        from qda.gui.memos.versions_dialog import MemoVersionsDialog  # lazy: start-up

        self.editor.save()
        memo = self.editor.memo()
        if memo is not None:
            MemoVersionsDialog(
                self.context.bridge, self.context.theme, memo.thing, memo.about, self.window()
            ).open()

    def ask_new(self) -> None:
        """Ask what a new memo is to be on, in a list that is searched by typing."""
        words = kind_words()
        self.chooser.set_items(
            [
                PaletteItem((kind, target), name, words[kind].lower(), color=color)
                for kind, target, name, color in self._hub().targets()
            ]
        )
        self.chooser.open()

    def _on_chooser_item_chosen(self, item: PaletteItem) -> None:
        if isinstance(item.id, tuple):
            self.write_on(item.id[0], item.id[1])

    def write_on(self, on: MemoTarget, target: int) -> None:
        """Begin a memo and let the user write."""
        made = self.context.bridge.run(
            operations.add_memo, on=on, target=target, text=f"{self._hub().about(on, target)}: "
        )
        if made is not None:
            self.filters.clear()
            self.show_memo(f"memo {made.value.id}")
            self.editor.write_on()

    def show_place(self, place: Place) -> None:
        """Show a memo that a place names, or begin one on what it names."""
        if place.memo is not None:
            self.show_memo(f"memo {place.memo}")
        elif place.coding is not None and self.knows(f"coding {place.coding}"):
            self.show_memo(f"coding {place.coding}")
        elif not self.can_write():
            return
        elif place.document is not None:
            self.write_on("document", place.document)
        elif place.code is not None:
            self.write_on("code", place.code)
        elif place.case is not None:
            self.write_on("case", place.case)
        elif place.participant is not None:
            self.write_on("participant", place.participant)
        elif place.coding is not None:
            self.write_on("coding", place.coding)

    def _has_memo(self) -> bool:
        return self.editor.memo() is not None

    def commands(self) -> Sequence[Command]:
        """Return what can be done here."""
        return [
            Command(
                "memos.new", tr("New memo …"), "edit", self.ask_new, "Ctrl+N",
                enabled=self.can_write, separator_before=True,
            ),
            Command("memos.find", tr("Find in the memos"), "edit", self.filters.focus_field,
                    "Ctrl+F"),
            Command(
                "memos.link", tr("Link the memo with …"), "edit", self.linking.ask, "Ctrl+L",
                enabled=self.linking.can_link,
            ),
            Command(
                "memos.back", tr("Back to the memo before"), "edit", self.linking.go_back,
                "Alt+Left", enabled=self.linking.can_go_back,
            ),
            Command(
                "memos.versions", tr("Earlier versions of the memo …"), "edit",
                self.show_versions, "Ctrl+Shift+H", enabled=self._has_memo,
            ),
        ]  # fmt: skip

    def set_theme(self, theme: Theme) -> None:
        """Take other colours and sizes."""
        super().set_theme(theme)
        self._show_list()

    def save_state(self) -> None:
        """Save what is being written, and keep the widths."""
        self.editor.save()
        self.context.settings.set(WIDTHS, self._splitter.sizes())
