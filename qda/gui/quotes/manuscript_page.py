"""A manuscript held against the sources: every quoted passage beside the place it is from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qda.gui.commands import Command
from qda.gui.context import Context, Place
from qda.gui.language import current_catalogue, tr, tr_n
from qda.gui.quotes.engine import QuoteEngine
from qda.gui.quotes.page import FOLDER, Page, left_column
from qda.gui.quotes.quote_pane import Preview
from qda.gui.theme import Theme
from qda.gui.widgets.labels import EmptyPlace, PaneHeader, SmallCaps
from qda.gui.widgets.quote_list import QuoteList, QuoteRow
from qda.gui.widgets.segmented_control import SegmentedControl
from qda.gui.widgets.trouble import Trouble
from qda.jobs.progress import Progress
from qda.model.ids import DocumentId
from qda.model.quote_check import CheckedQuote
from qda.operations import quote_uses as operations
from qda.operations.quote_uses import STATUS_WORDS
from qda.store import documents, quote_uses
from qda.text.comparing import word_changes

CHECKED = tuple[CheckedQuote, ...]
ENDINGS = (".docx", ".odt", ".md", ".tex", ".txt")


class ManuscriptPage(Page):
    """Check what a manuscript quotes; what it quotes is kept in the list of uses."""

    key = "manuscript"
    tables = ("quote_use", "document", "text_body")
    anywhere = frozenset({"quotes.manuscript"})

    def __init__(self, context: Context, engine: QuoteEngine, parent: QWidget) -> None:
        """Build the panes; nothing is checked yet."""
        super().__init__(context, engine, parent)
        theme = context.theme
        self.path: Path | None = None
        self._stamp = 0.0
        self._checked: CHECKED = ()
        self._names: dict[DocumentId, str] = {}
        self.name = QLabel(self)
        self.name.setProperty("kind", "heading")
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.choose = QPushButton(tr("Other manuscript …"), self)
        self.again = QPushButton(tr("Check again"), self)
        self.trouble = Trouble(theme, self)
        self.shown = SegmentedControl(
            theme,
            [("all", tr("All")), ("look", tr("To look at")), ("again", tr("Used before"))],
            name=tr("Which quotes of the manuscript are shown"), parent=self,
        )  # fmt: skip
        self.list = QuoteList(theme, tr("Quotes of the manuscript"), self, click_activates=False)
        self._empty = EmptyPlace(
            theme, "quotes", tr("No manuscript is checked yet"),
            tr("Every passage in quotation marks is looked for in the sources, and stands here as "
               "verbatim, cut, altered or not found. The manuscript itself is not changed."),
            tr("Choose a manuscript …"), self,
        )  # fmt: skip
        self.right = QFrame(self)
        self.right.setProperty("kind", "pane")
        self.ours = Preview(theme, tr("The passage in the manuscript"), self)
        self.theirs = Preview(theme, tr("The passage in the source"), self)
        for one in (self.ours, self.theirs):
            one.setTextFormat(Qt.TextFormat.RichText)
        self.facts = QLabel(self)
        self.facts.setProperty("kind", "muted")
        self.facts.setWordWrap(True)
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.open = QPushButton(tr("Open in the source"), self)
        self._source_head = SmallCaps(theme, tr("In the source"), self)
        self._pages = QStackedWidget(self)
        self._head, self._words = QVBoxLayout(), QVBoxLayout()
        self._lay_out(theme)
        self.set_theme(theme)
        self._connect()

    def _lay_out(self, theme: Theme) -> None:
        left, column = left_column(self)
        line = QHBoxLayout()
        line.addWidget(self.name, 1)
        line.addWidget(self.again)
        line.addWidget(self.choose)
        self._head.addLayout(line)
        self._head.addWidget(self.trouble)
        self._head.addWidget(self.shown)
        column.addLayout(self._head)
        column.addWidget(self.list, 1)
        right = QVBoxLayout(self.right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(PaneHeader(theme, tr("In the manuscript"), "", self))
        right.addLayout(self._words)
        for widget in (self.ours, self._source_head, self.theirs, self.facts):
            self._words.addWidget(widget)
        self._words.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        right.addStretch(1)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.right)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)  # noqa: S101 - made by Page
        layout.removeWidget(self.splitter)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self.splitter)
        layout.addWidget(self._pages)
        self.entry = self._empty

    def _connect(self) -> None:
        self._empty.button_clicked.connect(self.ask_manuscript)
        self.choose.clicked.connect(self.ask_manuscript)
        self.again.clicked.connect(self.check_again)
        self.shown.value_changed.connect(self._on_shown_value_changed)
        self.list.quote_chosen.connect(self._on_list_quote_chosen)
        self.list.quote_activated.connect(self.open_current)
        self.open.clicked.connect(self.open_current)

    def title(self) -> str:
        """Return the word for the page."""
        return tr("Manuscript")

    # ------------------------------------------------------------------------------- checking
    def load(self) -> None:
        """Offer the manuscript that was checked last, and say whether it changed since."""
        project = self.context.bridge.project
        self._names = {one.id: one.name for one in documents.all_documents(project.connection)}
        if self.path is None:
            kept = self.context.settings.text(self._setting())
            if kept and Path(kept).is_file():
                self._empty.set_texts(
                    tr("{name} can be checked again", name=Path(kept).name),
                    tr("Its quotes are looked for in the sources as they are now."),
                    tr("Check again"),
                )
                self.path = Path(kept)
        self._say_whether_changed()

    def activate(self) -> None:
        """Look whether the manuscript changed while something else was in front."""
        super().activate()
        self._say_whether_changed()

    def _setting(self) -> str:
        return f"quotes.manuscript.{self.engine.snapshot.entities.project.guid}"

    def _say_whether_changed(self) -> None:
        changed = bool(self._checked) and self.path is not None and _stamp(self.path) > self._stamp
        self.trouble.say(
            tr("The manuscript has been changed since; check it again.") if changed else ""
        )

    def ask_manuscript(self) -> None:
        """Ask which manuscript is to be checked; the one from last time without asking."""
        if self.sender() is self._empty and self.path is not None:
            self.check_again()
            return
        folder = self.context.settings.text(FOLDER)
        start = folder or str(self.context.bridge.project.path.parent)
        kinds = " ".join(f"*{one}" for one in ENDINGS)
        chosen, _ = QFileDialog.getOpenFileName(
            self.window(), tr("Choose a manuscript"), start, f"{tr('Manuscripts')} ({kinds})"
        )
        if chosen:
            self.check(Path(chosen))

    def check_again(self) -> None:
        """Read the manuscript anew and check it."""
        if self.path is not None:
            self.check(self.path)

    def check(self, path: Path) -> None:
        """Check a manuscript in a worker."""
        from qda.app import manuscripts  # lazy: it brings the readers

        sources, stamp = manuscripts.gather(self.context.bridge.session), _stamp(path)

        def work(progress: Progress) -> tuple[Path, float, CHECKED]:
            return path, stamp, manuscripts.check(sources, path, progress)

        self.context.settings.set(FOLDER, str(path.parent))
        self.context.jobs.start(tr("Checking {name}", name=path.name), work, self._on_checked)

    def _on_checked(self, result: tuple[Path, float, CHECKED]) -> None:
        self.path, self._stamp, self._checked = result
        self.context.settings.set(self._setting(), str(self.path))
        if self.can_write() and self._differs(self.path.name):
            self.context.bridge.run(
                operations.remember_uses, initiator=self, manuscript=self.path.name,
                checked=self._checked, notice=tr("Keeps in mind what {name} quotes.",
                                                 name=self.path.name),
            )  # fmt: skip
        self._pages.setCurrentWidget(self.splitter)
        self.entry = self.list
        self.name.setText(self.path.name)
        self._say_whether_changed()
        self._show_list()
        self.list.setFocus()

    def _differs(self, name: str) -> bool:
        """Tell whether the list of uses says something else of the manuscript."""
        connection = self.context.bridge.project.connection
        kept = {
            (one.document, one.text, one.place)
            for one in quote_uses.all_uses(connection)
            if one.manuscript == name
        }
        return kept != {
            (one.document, one.source, one.place)
            for one in self._checked
            if one.document is not None and one.source
        }

    # --------------------------------------------------------------------------------- shown
    def _on_shown_value_changed(self, value: object) -> None:
        del value
        self._show_list()

    def _show_list(self) -> None:
        wanted = self.shown.value()
        rows = [
            self._row(one)
            for one in self._checked
            if wanted == "all"
            or (wanted == "look" and one.status in ("altered", "not-found"))
            or (wanted == "again" and one.used_before)
        ]
        self.list.set_quotes(rows)
        if self.list.current_id() is None and rows:
            self.list.choose(rows[0].id)
        self._show_current()
        self.counted.emit()

    def _row(self, one: CheckedQuote) -> QuoteRow:
        theme = self.context.theme
        color = {"altered": theme.warning, "not-found": theme.warning}.get(one.status, theme.accent)
        about = (
            str(one.place),
            status_word(one),
            self._names.get(one.document, "") if one.document is not None else "",
            tr("used before") if one.used_before else "",
        )
        return QuoteRow(one.place, f"«{one.quote}»", " · ".join(filter(None, about)), color)

    def count(self) -> str:
        """Return how many passages there are."""
        return str(len(self._checked)) if self._checked else ""

    def status(self) -> list[str]:
        """Return how many passages are of each kind."""
        counts = Counter(one.status for one in self._checked)
        words = [
            f"{counts[status]} {word.say(current_catalogue())}"
            for status, word in STATUS_WORDS.items()
            if counts[status]
        ]
        repeated = sum(bool(one.used_before) for one in self._checked)
        return [*words, tr_n("{n} used before", "{n} used before", repeated)] if words else []

    def current(self) -> CheckedQuote | None:
        """Return the passage at hand."""
        place = self.list.current_id()
        return next((one for one in self._checked if one.place == place), None)

    def has_quote(self) -> bool:
        """Tell whether a passage at hand stands in a source."""
        one = self.current()
        return one is not None and one.document is not None

    def can_export(self) -> bool:
        """Tell that the check is not a file of its own."""
        return False

    def _on_list_quote_chosen(self, place: object) -> None:
        del place
        self._show_current()

    def _show_current(self) -> None:
        one = self.current()
        found = one is not None and one.document is not None
        for widget in (self._source_head, self.theirs, self.open):
            widget.setVisible(found)
        if one is None:
            self.ours.setText(escape(tr("Nothing is quoted here.")))
            self.facts.setText("")
            return
        ours, theirs = compared(one)
        self.ours.setText(f"«{ours}»")
        self.theirs.setText(f"«{theirs}»")
        lines = [status_word(one)]
        if one.document is not None and one.start is not None:
            lines.append(self._names.get(one.document, ""))
        else:
            lines.append(tr("No source says this, or none says it in mostly these words."))
        lines += [
            tr("Used before: {manuscript}, quote {n}", manuscript=use.manuscript, n=use.place)
            for use in one.used_before
        ]
        self.facts.setText("\n".join(lines))

    def copy(self) -> None:
        """Put the passage as the source has it on the clipboard."""
        from PySide6.QtGui import QGuiApplication

        one = self.current()
        if one is not None and one.source:
            QGuiApplication.clipboard().setText(" ".join(one.source.split()))
            self.context.bridge.told.emit(tr("Copied as the source has it."))

    def open_current(self) -> None:
        """Show the passage in its source."""
        one = self.current()
        if one is not None and one.document is not None:
            self.context.navigator.go(
                Place("coding", document=one.document, start=one.start, end=one.end)
            )

    def forget(self) -> None:
        """Take what the manuscript quotes out of the list of uses."""
        if self.path is not None:
            self.context.bridge.run(
                operations.forget_uses, manuscript=self.path.name,
                notice=tr("No longer keeps in mind what {name} quotes.", name=self.path.name),
            )  # fmt: skip

    def _can_forget(self) -> bool:
        if self.path is None or not self.can_write():
            return False
        uses = quote_uses.all_uses(self.context.bridge.project.connection)
        return any(one.manuscript == self.path.name for one in uses)

    def commands(self) -> Sequence[Command]:
        """Return what can be done with a manuscript."""
        return [
            Command("quotes.manuscript", tr("Check a manuscript …"), "quotes",
                    self.ask_manuscript, "Ctrl+M"),
            Command("quotes.check_again", tr("Check the manuscript again"), "quotes",
                    self.check_again, "F5", enabled=lambda: self.path is not None),
            Command("quotes.forget", tr("Forget what the manuscript quotes"), "quotes",
                    self.forget, enabled=self._can_forget),
        ]  # fmt: skip

    def set_theme(self, theme: Theme) -> None:
        """Take other colours and sizes."""
        side = theme.px(12)
        self._head.setContentsMargins(side, theme.px(8), side, theme.px(8))
        self._head.setSpacing(theme.px(8))
        self._words.setContentsMargins(theme.px(16), theme.px(4), theme.px(16), theme.px(16))
        self._words.setSpacing(theme.px(8))
        if self._checked:
            self._show_list()


def status_word(one: CheckedQuote) -> str:
    """Return what the sources say to a passage, in the user's language."""
    return STATUS_WORDS[one.status].say(current_catalogue())


def compared(one: CheckedQuote) -> tuple[str, str]:
    """Return a passage and its source as rich text, the words that differ heavy and underlined."""
    ours, theirs = one.quote, " ".join(one.source.split())
    if one.status != "altered":
        return escape(ours), escape(theirs)
    # What stands at the ends makes no difference to the check, either.
    ours, tail = _without_end(ours)
    theirs = _without_end(theirs)[0]
    shown_ours = shown_theirs = ""
    left = right = 0
    for i, k, j, m in word_changes(theirs, ours):
        shown_theirs += escape(theirs[left:i]) + _heavy(theirs[i:k])
        shown_ours += escape(ours[right:j]) + _heavy(ours[j:m])
        left, right = k, m
    return shown_ours + escape(ours[right:] + tail), shown_theirs + escape(theirs[left:])


def _without_end(text: str) -> tuple[str, str]:
    """Return a text without the punctuation at its end, and that."""
    bare = text.rstrip(" .,;:!?…")
    return bare, text[len(bare) :]


def _heavy(words: str) -> str:
    return f"<b><u>{escape(words)}</u></b>" if words.strip() else escape(words)


def _stamp(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
