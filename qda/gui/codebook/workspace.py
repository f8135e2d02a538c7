"""The codebook workspace: the tree of codes at the left, the fields of one at the right."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qda.gui.behind import Behind
from qda.gui.blind import only_coder
from qda.gui.codebook.actions import CodebookActions
from qda.gui.codebook.code_editor import CodeEditor, EditedCode
from qda.gui.codebook.commands import codebook_commands
from qda.gui.codebook.empty import NoCodes
from qda.gui.codebook.exchange import CodebookExchange
from qda.gui.codebook.files import CodebookFiles, dropped_codebook
from qda.gui.codebook.tree_pane import TreePane
from qda.gui.codebook.usage import Usage, usage_of
from qda.gui.commands import Command
from qda.gui.context import Context, Place
from qda.gui.language import tr, tr_n
from qda.gui.memo_section import MemoSection
from qda.gui.models.code_order import kept_order
from qda.gui.widgets.command_palette import CommandPalette
from qda.gui.widgets.palette_match import PaletteItem
from qda.gui.widgets.side_splitter import SideSplitter
from qda.gui.workspace import Workspace
from qda.model.changes import Changes
from qda.model.entities import Code, Thing
from qda.model.ids import CodeId
from qda.operations import codes as code_operations
from qda.store import codes

_TREE, _LEAST_EDITOR, _SHARE = 320, 420, 0.62


class CodebookWorkspace(Workspace):
    """Build and mend the codebook."""

    key = "codebook"
    icon = "codebook"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the panes; nothing is loaded yet."""
        super().__init__(context, parent)
        theme = context.theme
        self._loaded = False
        self._behind = Behind(self._follow, self, context.turns)
        self.actions_on_codes = CodebookActions(context, self)
        self.tree_pane = TreePane(theme, self._on_code_dropped, self)
        self.editor = CodeEditor(theme, self)
        self.memos = MemoSection(context, self.editor)
        self.editor.add_section(self.memos)
        self.empty = NoCodes(theme, self)
        self.files = CodebookFiles(context, self.actions_on_codes, self)
        self.exchange = CodebookExchange(context, self.actions_on_codes, self.files, self)
        self.chooser: CommandPalette | None = None
        self._pages = QStackedWidget(self)
        width = context.settings.number("codebook.pane", theme.px(_TREE))
        self._splitter = SideSplitter(0, round(width), theme.px(_LEAST_EDITOR), _SHARE, self)
        self._lay_out()
        self._connect()

    def title(self) -> str:
        """Return the name on the rail."""
        return tr("Codebook")

    def _lay_out(self) -> None:
        self._splitter.addWidget(self.tree_pane)
        self._splitter.addWidget(self.editor)
        self._splitter.setCollapsible(1, False)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self._splitter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self.set_entry(self.tree_pane.tree)
        self.setAcceptDrops(True)

    def _connect(self) -> None:
        self.context.bridge.changed.connect(self._on_bridge_changed)
        self.tree_pane.code_chosen.connect(self._on_tree_pane_code_chosen)
        self.tree_pane.code_activated.connect(self._on_tree_pane_code_activated)
        self.tree_pane.context_menu_wanted.connect(self._on_tree_pane_context_menu_wanted)
        self.tree_pane.add.clicked.connect(self.add_top)
        self.tree_pane.more.clicked.connect(self._on_more_clicked)
        self.editor.field_changed.connect(self._on_editor_field_changed)
        self.editor.segments_wanted.connect(self.list_segments)
        self.empty.button_clicked.connect(self.files.apply_shipped)
        self.empty.import_wanted.connect(self.files.ask_import)
        self.empty.new_wanted.connect(self.add_top)
        self.files.about_to_start.connect(self._on_files_about_to_start)
        self.files.written.connect(self._on_files_written)

    # ------------------------------------------------------------------------------ loading

    def activate(self) -> None:
        """Load the codes."""
        self._behind.catch_up()
        other = self.tree_pane.order != kept_order(self.context.settings)
        if not self._loaded or other or self.tree_pane.only != only_coder(self.context):
            self._loaded = True
            self.show_order()
        else:
            self._show_status()

    def _usage(self, code: CodeId) -> Usage:
        blind = only_coder(self.context) is not None
        me = self.context.bridge.session.coder if blind else None
        return usage_of(self.context.bridge.project, code, me)

    def show_order(self) -> None:
        """Show the codes in the order that the user wants."""
        self.tree_pane.order = kept_order(self.context.settings)
        self._load()

    def _load(self, wanted: CodeId | None = None) -> None:
        self.tree_pane.only = only_coder(self.context)
        chosen = self.tree_pane.load(self.context.bridge.project, wanted)
        self._pages.setCurrentWidget(self._splitter if chosen is not None else self.empty)
        self.set_entry(self.tree_pane.tree if chosen is not None else self.empty)
        for button in (self.tree_pane.add, self.empty.new, self.empty.file):
            button.setEnabled(self.can_write())
        self._show_code()

    def _show_code(self) -> None:
        code = self.tree_pane.current()
        self.memos.show_thing(Thing("code", code.id) if code is not None else None)
        if code is None:
            self.editor.show_code(None)
            self.trail_changed.emit([], [])
        else:
            everything = self.tree_pane.model.codes()
            above = codes.paths(everything)[code.id][:-1]
            keys = [(one.shortcut, one.name) for one in everything
                    if one.shortcut and one.id != code.id]  # fmt: skip
            usage = self._usage(code.id)
            self.editor.show_code(EditedCode(code, above, usage, keys), writable=self.can_write())
            self.trail_changed.emit([*above, code.name], [])
        self._show_status()

    def _show_status(self) -> None:
        everything = self.tree_pane.model.codes()
        top = sum(code.parent is None for code in everything)
        below = len(everything) - top
        texts = [
            tr_n("{n} top code", "{n} top codes", top),
            tr_n("{n} subcode", "{n} subcodes", below),
        ]
        self.status_changed.emit(texts if everything else [])

    def show_place(self, place: Place) -> None:
        """Show the code of a place."""
        if place.code is not None:
            self.apply_code(place.code)

    def apply_code(self, code: CodeId) -> bool:
        """Take a code at hand that was chosen in the palette."""
        self.editor.settle()
        return self.tree_pane.choose(code)

    def commands(self) -> Sequence[Command]:
        """Return what can be done here."""
        return codebook_commands(self)

    # ------------------------------------------------------------------- following changes

    def _on_bridge_changed(self, changes: Changes, initiator: object) -> None:
        if self._loaded:
            self._behind.follow(changes, initiator)

    def _follow(self, changes: Changes, initiator: object) -> None:
        del initiator
        if changes.touches("code"):
            self._load()
        elif changes.touches("coding", "coder"):
            self.tree_pane.load_counts(self.context.bridge.project)
            code = self.tree_pane.current_id()
            if code is not None:
                self.editor.show_usage(self._usage(code))

    def _on_tree_pane_code_chosen(self, code: CodeId) -> None:
        self.editor.settle()
        if self.tree_pane.current_id() != code:
            self.tree_pane.choose(code)
        self._show_code()

    def _on_tree_pane_code_activated(self, code: object) -> None:
        del code
        self.rename()

    def _on_editor_field_changed(self, key: str, value: object) -> None:
        code = self.editor.code
        if code is not None:
            trouble = self.actions_on_codes.edit(code, key, value)
            if trouble:
                self.editor.set_error(key, trouble)

    def _on_code_dropped(self, code: CodeId, parent: CodeId | None, place: int | None) -> None:
        if self.can_write():
            self.actions_on_codes.move(code, parent, place)

    # --------------------------------------------------------------------------- commands

    def can_write(self) -> bool:
        """Tell whether the project may be changed."""
        return self.actions_on_codes.writable

    def can_edit(self) -> bool:
        """Tell whether there is a code at hand that may be changed."""
        return self.can_write() and self.tree_pane.current_id() is not None

    def has_codes(self) -> bool:
        """Tell whether the project has any code."""
        return bool(self.actions_on_codes.codes())

    def has_others(self) -> bool:
        """Tell whether there is another code than the one at hand."""
        return len(self.tree_pane.model.codes()) > 1

    def add_top(self) -> None:
        """Make a code at the top and let the user name it."""
        self._add(None)

    def add_below(self) -> None:
        """Make a code below the one at hand and let the user name it."""
        self._add(self.tree_pane.current_id())

    def _add(self, parent: CodeId | None, name: str = "") -> None:
        self.activate()
        self.editor.settle()
        made = self.actions_on_codes.add(parent, name)
        if made is not None:
            self.tree_pane.choose(made)
            self.editor.focus_name()

    def create_code(self, name: str) -> bool:
        """Make a top code of a name typed in the palette."""
        self._add(None, name)
        return True

    def rename(self) -> None:
        """Let the user write another name."""
        if self.tree_pane.current_id() is not None:
            self.editor.focus_name()

    def focus_color(self) -> None:
        """Let the user choose another colour."""
        self.editor.colors.focus_color()

    def remove(self) -> None:
        """Remove the code at hand."""
        code = self.tree_pane.current_id()
        if code is not None:
            following = self.actions_on_codes.neighbour(code)
            self.actions_on_codes.remove(code, partial(self._go_on_with, following))

    def _choose(self, code: CodeId) -> None:
        self.tree_pane.choose(code)

    def _go_on_with(self, code: CodeId | None) -> None:
        if code is not None:
            self.tree_pane.choose(code)
            self.tree_pane.tree.setFocus()

    def step(self, step: int) -> None:
        """Move the code at hand up or down."""
        self._move_by(partial(self.actions_on_codes.step, step=step))

    def indent(self) -> None:
        """Move the code at hand in below the one above it."""
        self._move_by(self.actions_on_codes.indent)

    def outdent(self) -> None:
        """Move the code at hand out a level."""
        self._move_by(self.actions_on_codes.outdent)

    def _move_by(self, how: Callable[[CodeId], None]) -> None:
        code = self.tree_pane.current_id()
        if code is not None:
            self.editor.settle()
            how(code)

    def in_own_order(self) -> bool:
        """Tell whether the codes stand in their own order, in which one can be moved up or down."""
        return self.can_edit() and self.tree_pane.order == "own"

    def sort_for_good(self) -> None:
        """Put the codes in the order of their names, as their own order from now on."""
        self.editor.settle()
        self.actions_on_codes.sort()

    def ask_merge(self) -> None:
        """Offer the codes that the one at hand can be merged into."""
        current = self.tree_pane.current()
        if current is not None:
            self._choose_code(tr("Merge {name} into …", name=current.name), self._on_merge_chosen)

    def ask_move(self) -> None:
        """Offer the codes that the one at hand can be moved below, and the top."""
        current = self.tree_pane.current()
        if current is not None:
            self._choose_code(
                tr("Move {name} below …", name=current.name), self._on_move_chosen, top=True
            )

    def _choose_code(
        self, question: str, chosen: Callable[[PaletteItem], None], *, top: bool = False
    ) -> None:
        """Let the user choose a code that does not stand below the one at hand."""
        current = self.tree_pane.current()
        if current is None:
            return
        everything = self.tree_pane.model.codes()
        paths = codes.paths(everything)
        below = set(code_operations.descendants(tuple(everything), current.id))
        chooser = CommandPalette(
            self.context.theme,
            self,
            placeholder=question,
            nothing_text=tr("No code is called that"),
        )
        items = [
            PaletteItem(one.id, " / ".join(paths[one.id]), color=one.color)
            for one in everything
            if one.id not in below
        ]
        first = [PaletteItem("top", tr("The top of the codebook"))] if top else []
        chooser.set_items([*first, *items])
        chooser.item_chosen.connect(chosen)
        chooser.closed.connect(chooser.deleteLater)
        self.chooser = chooser
        chooser.open()

    def _on_move_chosen(self, item: PaletteItem) -> None:
        current = self.tree_pane.current()
        if current is not None:
            parent = CodeId(item.id) if isinstance(item.id, int) else None
            self.editor.settle()
            self.actions_on_codes.move(current.id, parent, None)

    def _on_merge_chosen(self, item: PaletteItem) -> None:
        current, into = self.tree_pane.current(), item.id
        found = self.tree_pane.model.code(CodeId(into)) if isinstance(into, int) else None
        if current is not None and found is not None:
            self.merge(current, found)

    def merge(self, code: Code, into: Code) -> None:
        """Give everything of one code to another, which is then at hand."""
        self.actions_on_codes.merge(code, into, partial(self._choose, into.id))

    def list_segments(self) -> None:
        """Show the segments of the code at hand where they are coded."""
        code = self.tree_pane.current_id()
        if code is not None:
            self.context.navigator.go(Place("coding", code=code))

    def next_pane(self) -> None:
        """Give the keyboard to the other pane."""
        if self.tree_pane.tree.hasFocus():
            self.editor.focus_name()
        else:
            self.tree_pane.tree.setFocus(Qt.FocusReason.TabFocusReason)

    # ------------------------------------------------------------------------------- files

    def _on_files_about_to_start(self) -> None:
        self.activate()
        self.editor.settle()

    def _on_files_written(self, name: str) -> None:
        self.context.bridge.told.emit(tr("The codebook is in {file}.", file=name))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take in a codebook file."""
        if self.can_write() and dropped_codebook(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show what a dropped codebook file would change."""
        path = dropped_codebook(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.files.import_path(path)

    # ------------------------------------------------------------------------------- menus

    def _on_tree_pane_context_menu_wanted(self, place: QPoint, code: object) -> None:
        if isinstance(code, int):
            self.tree_pane.choose(CodeId(code))
        self.menu().popup(place)

    def _on_more_clicked(self) -> None:
        button = self.tree_pane.more
        self.menu().popup(button.mapToGlobal(QPoint(0, button.height())))

    def menu(self) -> QMenu:
        """Return a menu of what can be done with the code at hand."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        by_name = {action.objectName(): action for action in self.actions()}
        before = ""
        for command in self.commands():
            action = by_name.get(command.id)
            if action is None:
                continue
            if before and (command.separator_before or command.menu != before):
                menu.addSeparator()
            before = command.menu
            action.setEnabled(command.enabled())
            menu.addAction(action)
        return menu

    def save_state(self) -> None:
        """Keep the widths of the panes, and what is being written."""
        self._behind.stop()
        if self._loaded:
            self.editor.settle()
        self.context.settings.set("codebook.pane", self._splitter.side_width())
