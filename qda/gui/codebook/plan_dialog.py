"""What a codebook file would change, shown before it does."""

from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTextBrowser, QVBoxLayout, QWidget

from qda.gui.language import tr, tr_n
from qda.gui.theme import Theme
from qda.model.codebook import CodebookPlan, FieldChange


class PlanDialog(QDialog):
    """List what is added, changed, moved and kept; the user applies it or leaves it."""

    apply_wanted = Signal()
    """The user wants the codebook applied."""

    def __init__(
        self, theme: Theme, file_name: str, plan: CodebookPlan, parent: QWidget | None = None
    ) -> None:
        """Show `plan` for the codebook in `file_name`."""
        super().__init__(parent)
        self.setWindowTitle(tr("Import a codebook"))
        self._summary = QLabel(summary(plan), self)
        self._summary.setProperty("kind", "heading")
        self._summary.setWordWrap(True)
        self._from = QLabel(file_name, self)
        self._from.setProperty("kind", "muted")
        self._text = QTextBrowser(self)
        self._text.setAccessibleName(tr("What the codebook would change"))
        self._text.setOpenLinks(False)
        self._text.setHtml(plan_html(plan, theme))
        self._rule = QLabel(
            tr("Codes are matched by their identity, then by their path. Nothing is dropped, and "
               "it can all be undone in one step."),
            self,
        )  # fmt: skip
        self._rule.setProperty("kind", "small")
        self._rule.setWordWrap(True)
        self.buttons = QDialogButtonBox(self)
        if changes_anything(plan):
            apply = self.buttons.addButton(
                tr("Apply the codebook"), QDialogButtonBox.ButtonRole.AcceptRole
            )
            apply.setProperty("kind", "primary")
            apply.setDefault(True)
            self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        else:
            self.buttons.addButton(QDialogButtonBox.StandardButton.Close)
        layout = QVBoxLayout(self)
        side = theme.px(20)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(theme.px(8))
        for widget in (self._from, self._summary, self._text, self._rule, self.buttons):
            layout.addWidget(widget, int(widget is self._text))
        self.resize(theme.px(760), theme.px(560))
        self.buttons.accepted.connect(self._on_buttons_accepted)
        self.buttons.rejected.connect(self.reject)

    def text(self) -> str:
        """Return everything that is listed, without its looks."""
        return self._text.toPlainText()

    def summary(self) -> str:
        """Return the line that sums it up."""
        return self._summary.text()

    def _on_buttons_accepted(self) -> None:
        self.accept()
        self.apply_wanted.emit()


def changes_anything(plan: CodebookPlan) -> bool:
    """Tell whether applying would change the project at all."""
    return bool(plan.added or plan.changed or plan.moved or plan.sets)


def summary(plan: CodebookPlan) -> str:
    """Sum a plan up in one sentence."""
    if not changes_anything(plan):
        return tr("The project already says everything that stands in this file.")
    altered = len({change.code for change in plan.changed})
    parts = [
        tr_n("{n} code is new", "{n} codes are new", len(plan.added)) if plan.added else "",
        tr_n("{n} is changed", "{n} are changed", altered) if altered else "",
        tr_n("{n} moves", "{n} move", len(plan.moved)) if plan.moved else "",
        tr_n("{n} code set", "{n} code sets", len(plan.sets)) if plan.sets else "",
        tr_n("{n} is the same already", "{n} are the same already", plan.unchanged)
        if plan.unchanged
        else "",
    ]
    return ", ".join(part for part in parts if part) + "."


def field_names() -> dict[str, str]:
    """Return what the fields of a code are called."""
    return {
        "name": tr("Name"),
        "color": tr("Colour"),
        "definition": tr("Definition"),
        "include": tr("Include"),
        "exclude": tr("Leave out"),
        "example": tr("Example"),
        "keywords": tr("Keywords"),
        "scale": tr("Scale"),
        "shortcut": tr("Key"),
    }


def plan_html(plan: CodebookPlan, theme: Theme, removed: str = "") -> str:
    """Write a plan as a page of headings, lists and pairs of ours and theirs.

    `removed` is the heading of the codes that went; without it they are said to be kept.
    """
    muted = f'style="color:{theme.muted_tinted}"'
    parts: list[str] = []
    if plan.added:
        parts.append(_heading(tr("New"), len(plan.added)))
        parts.append(_list(plan.added))
    if plan.changed:
        by_code: dict[str, list[FieldChange]] = {}
        for change in plan.changed:
            by_code.setdefault(change.code, []).append(change)
        parts.append(_heading(tr("Changed"), len(by_code)))
        for code, changes in by_code.items():
            rows = "".join(_change(change, muted) for change in changes)
            parts.append(
                f'<p style="margin-bottom:2px"><b>{_path(code)}</b></p>'
                f'<table width="100%" cellspacing="0" cellpadding="4">{rows}</table>'
            )
    if plan.moved:
        parts.append(_heading(tr("Moved"), len(plan.moved)))
        moves = (f"{_path(old)} → {_path(new)}" for old, new in plan.moved)
        parts.append("<ul>" + "".join(f"<li>{move}</li>" for move in moves) + "</ul>")
    if plan.sets:
        parts.append(_heading(tr("Code sets that are new or get more codes"), len(plan.sets)))
        parts.append(_list(plan.sets))
    if plan.removed:
        heading = removed or tr("Kept, though not in the file")
        parts.append(_heading(heading, len(plan.removed)))
        parts.append(_list(plan.removed))
    if plan.unchanged:
        parts.append(_heading(tr("The same already"), plan.unchanged))
    return "".join(parts)


def _heading(text: str, count: int) -> str:
    return f'<h3 style="margin-bottom:4px">{escape(text)} ({count})</h3>'


def _list(paths: tuple[str, ...]) -> str:
    return "<ul>" + "".join(f"<li>{_path(path)}</li>" for path in paths) + "</ul>"


def _path(path: str) -> str:
    return escape(path)


def _change(change: FieldChange, muted: str) -> str:
    name = escape(field_names().get(change.field, change.field))
    return (
        f'<tr><td width="16%" {muted}>{name}</td>'
        f'<td width="40%">{_value(change, change.ours)}</td><td width="4%">→</td>'
        f'<td width="40%">{_value(change, change.theirs)}</td></tr>'
    )


def _value(change: FieldChange, text: str) -> str:
    if not text:
        return f"<i>{escape(tr('nothing'))}</i>"
    if change.field == "color":
        return f'<span style="color:{escape(text)}">■</span> {escape(text)}'
    if change.field in ("keywords", "scale"):
        return escape(text.replace("|", ", "))
    return escape(text).replace("\n", "<br>")
