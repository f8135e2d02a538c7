"""What a memo said before: one version for each sitting, what differs, and the way back."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLabel,
    QListWidgetItem,
    QWidget,
)

from qda.gui.earlier_versions import EarlierVersions
from qda.gui.language import current_catalogue, tr, tr_n
from qda.gui.session_bridge import SessionBridge
from qda.gui.theme import Theme
from qda.model.changes import Changes
from qda.model.entities import MemoVersion, Thing
from qda.model.ids import CodingId, MemoId, MemoVersionId
from qda.operations import memos as operations
from qda.store import coders, codings, memo_versions, memos
from qda.text.differences import changes_between

_VERSION = int(Qt.ItemDataRole.UserRole)


class MemoVersionsDialog(EarlierVersions):
    """List the versions at the left; at the right one of them, compared with the memo as it is."""

    def __init__(
        self, bridge: SessionBridge, theme: Theme, of: Thing, name: str, parent: QWidget
    ) -> None:
        """Show the versions of a memo, or of the note on a segment, that is called `name`."""
        super().__init__(theme, tr("Earlier versions"), parent)
        self._bridge = bridge
        self._of = of
        self._versions: dict[int, MemoVersion] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._heading.setText(name)
        self._said = QLabel(self)
        self._said.setProperty("kind", "muted")
        self._said.setWordWrap(True)
        self.list.setAccessibleName(tr("Versions"))
        self._page.setAccessibleName(tr("The version's text"))
        self.back.setText(tr("&Go back to this version"))
        self._arrange((self._heading,), (self._said,), (240, 460), 520)
        self._load()
        self.list.currentItemChanged.connect(self._on_list_current_item_changed)
        self.back.clicked.connect(self._on_back_clicked)
        self.finished.connect(self._on_finished)
        bridge.changed.connect(self._on_bridge_changed)

    def said(self) -> str:
        """Return the sentence above the text."""
        return self._said.text()

    # ------------------------------------------------------------------------------ showing
    def _load(self) -> None:
        connection = self._bridge.project.connection
        names = {one.id: one.name for one in coders.all_coders(connection)}
        moment = current_catalogue().format_moment
        chosen = self._version()
        now = self._now()
        found = memo_versions.of_thing(connection, self._of)
        # What the memo says now heads the list of its versions; it is none to go back to.
        earlier = found[1:] if found and found[0].text == now else found
        self._versions = {one.id: one for one in earlier}
        self.list.blockSignals(True)
        self.list.clear()
        for one in earlier:
            words = len(one.text.split())
            size = tr_n("{n} word", "{n} words", words)
            item = QListWidgetItem(f"{moment(one.saved)}\n{names.get(one.coder, '')} · {size}")
            item.setData(_VERSION, one.id)
            self.list.addItem(item)
        self._choose_row(chosen, _VERSION)
        self.list.blockSignals(False)
        self._show()

    def _now(self) -> str:
        connection = self._bridge.project.connection
        if self._of.kind == "memo":
            memo = memos.by_id(connection, MemoId(self._of.id))
            return memo.text if memo is not None else ""
        coding = codings.by_id(connection, CodingId(self._of.id))
        return coding.memo if coding is not None else ""

    def _version(self) -> MemoVersionId | None:
        item = self.list.currentItem()
        return MemoVersionId(item.data(_VERSION)) if item is not None else None

    def _show(self) -> None:
        version = self._version()
        kept = self._versions.get(version) if version is not None else None
        self.back.setEnabled(False)
        if kept is None:
            self._said.setText(
                tr(
                    "There is no earlier version. What the memo says is kept each time you come "
                    "back to it after half an hour or more, and when somebody else writes in it."
                )
            )
            self._page.clear()
            return
        now = self._now()
        self._said.setText(
            tr("Struck out: no longer in the memo. Underlined: came since.")
            if kept.text != now
            else tr("The memo says this now.")
        )
        self._page.setHtml(compared(kept.text, now))
        writable = not self._bridge.project.read_only
        self.back.setEnabled(writable and kept.text != now and bool(kept.text.strip()))

    # ------------------------------------------------------------------------------- acting
    def _on_back_clicked(self) -> None:
        version = self._version()
        if version is not None:
            self._bridge.run(
                operations.restore_memo,
                version=version,
                notice=tr("The memo says again what it said; what it said until now is kept."),
            )

    def _on_list_current_item_changed(self) -> None:
        self._show()

    def _on_bridge_changed(self, changes: Changes, initiator: object) -> None:
        del initiator
        if changes.touches("memo", "coding", "memo_version"):
            self._load()

    def _on_finished(self) -> None:
        self._bridge.changed.disconnect(self._on_bridge_changed)


def compared(then: str, now: str) -> str:
    """Return the earlier text with what is no longer there struck out, what came underlined."""
    parts: list[str] = []
    done = 0
    for change in changes_between(then, now):
        start, end, new_start, new_end = change
        parts.append(_said(then[done:start]))
        if end > start:
            parts.append(f"<s>{_said(then[start:end])}</s>")
        if new_end > new_start:
            parts.append(f"<u>{_said(now[new_start:new_end])}</u>")
        done = end
    parts.append(_said(then[done:]))
    return f'<p style="white-space:pre-wrap">{"".join(parts)}</p>'


def _said(text: str) -> str:
    return escape(text).replace("\n", "<br>")
