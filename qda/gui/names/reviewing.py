"""Pseudonymising from the window: look for names, review them, replace them, say what is left."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QWidget

from qda.gui.alerts import show_error
from qda.gui.commands import Command
from qda.gui.context import Context
from qda.gui.language import current_catalogue, tr, tr_n
from qda.model.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qda.gui.names.act_dialog import ActDialog
    from qda.gui.names.left_dialog import LeftDialog
    from qda.gui.names.review_dialog import ReviewDialog
    from qda.jobs.progress import Progress
    from qda.model.changes import OpResult
    from qda.model.pseudonyms import NameEntity, PseudonymKey
    from qda.operations.pseudonym_residual import Residual
    from qda.operations.pseudonym_reversal import Restored
    from qda.operations.pseudonymising import Replaced
    from qda.operations.pseudonyms import Scan


class NameReview(QObject):
    """Open the dialogs on names, and do what is decided there."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        """Work for the workspace `parent`."""
        super().__init__(parent)
        self._context = context
        self._over = parent
        self._found: Scan | None = None
        self.review: ReviewDialog | None = None
        self.act: ActDialog | None = None
        self.left: LeftDialog | None = None

    def commands(self, enabled: Callable[[], bool]) -> Sequence[Command]:
        """Return what can be done about names."""
        return [
            Command(
                "sources.pseudonymise", tr("Pseudonymise …"), "document", self.start, "",
                enabled, "person", ("names", "anonymise", "privacy"), separator_before=True,
            ),
            Command(
                "sources.names_left", tr("Say what names are left …"), "document", self.check, "",
                enabled, "search", ("pseudonyms", "privacy"),
            ),
            Command(
                "sources.names_back", tr("Put names back with the key …"), "document",
                self.choose_key, "", enabled, "undo", ("pseudonyms",),
            ),
        ]  # fmt: skip

    # ------------------------------------------------------------------------------ reviewing
    def start(self) -> None:
        """Look for names, and show them when they are found."""
        project = self._context.bridge.session.project

        def work(progress: Progress) -> Scan:
            from qda.operations import pseudonyms  # lazy: start-up

            with project.opened_again() as again:
                return pseudonyms.scan(again, progress=progress)

        self._context.jobs.start(tr("Looking for names"), work, self.show_review)

    def show_review(self, found: Scan) -> None:
        """Show the names of a scan."""
        from qda.gui.names.review_dialog import ReviewDialog
        from qda.operations import pseudonyms
        from qda.operations.name_lists import document_titles

        project = self._context.bridge.project
        self._found = found
        dialog = ReviewDialog(
            self._context.theme,
            found.entities,
            lambda place: pseudonyms.text_at(project, place),
            document_titles(project),
            self._over.window(),
        )
        dialog.model.decided.connect(self._on_decided)
        dialog.add_wanted.connect(self._on_add_wanted)
        dialog.replace_wanted.connect(self._on_replace_wanted)
        dialog.finished.connect(self._on_review_finished)
        self.review = dialog
        dialog.open()

    def _on_decided(self, entities: list[NameEntity]) -> None:
        from qda.operations import pseudonyms

        project = self._context.bridge.project
        self._context.bridge.run(
            pseudonyms.decide,
            decisions=[pseudonyms.decision_on(project, one) for one in entities],
        )

    def _on_add_wanted(self) -> None:
        if self.review is None:
            return
        form, given = QInputDialog.getText(
            self.review, tr("Add a name"), tr("The name as it stands in the texts")
        )
        if given and form.strip():
            self.add_name(form)

    def add_name(self, form: str) -> None:
        """Add a name that was not found, wherever it stands."""
        from qda.operations import pseudonyms

        if self.review is None or self._found is None:
            return
        entities = self.review.model.entities()
        project = self._context.bridge.project
        try:
            entity = pseudonyms.added(project, self._found, entities, form, "person")
        except UserError as error:
            show_error(self.review, error)
            return
        self.review.add(entity)

    def _on_review_finished(self) -> None:
        if self.review is not None:
            self.review.deleteLater()
        self.review = None

    # ---------------------------------------------------------------------------- replacing
    def _on_replace_wanted(self) -> None:
        from qda.gui.names.act_dialog import ActDialog, Extent
        from qda.operations.pseudonymising import check_replacements, default_key
        from qda.store import backups

        if self.review is None:
            return
        accepted = [one for one in self.review.model.entities() if one.decision == "accepted"]
        try:
            check_replacements(accepted)
        except UserError as error:
            show_error(self.review, error)
            return
        path = self._context.bridge.project.path
        places = sum(len(one.hits) - len(one.left) for one in accepted)
        extent = Extent(len(accepted), places, len(backups.listed(path)))
        dialog = ActDialog(self._context.theme, extent, default_key(path), self.review)
        dialog.act_wanted.connect(self._on_act_wanted)
        dialog.cancel_wanted.connect(self._context.jobs.cancel)
        dialog.finished.connect(self._on_act_finished)
        self.act = dialog
        dialog.open()

    def _on_act_finished(self) -> None:
        if self.act is not None:
            self.act.deleteLater()
        self.act = None

    def _on_act_wanted(self) -> None:
        from qda.operations.pseudonymising import Wish, pseudonymise

        if self.act is None or self.review is None or self._found is None:
            return
        wish = Wish(self.act.key_path(), self.act.passphrase.text(), leave=self.act.leave())
        jobs = self._context.jobs
        self.act.begin()
        jobs.progressed.connect(self._on_act_progressed)
        self._context.bridge.run_in_worker(
            jobs,
            tr("Putting pseudonyms for names"),
            pseudonymise,
            on_done=self._on_replaced,
            on_ended=self._on_act_ended,
            found=replace(self._found, entities=tuple(self.review.model.entities())),
            wish=wish,
        )

    def _on_act_progressed(self, done: int, total: int, _message: object) -> None:
        if self.act is not None:
            self.act.show_progress(done, total)

    def _on_act_ended(self) -> None:
        self._stop_listening()
        if self.act is not None:
            self.act.end()

    def _stop_listening(self) -> None:
        self._context.jobs.progressed.disconnect(self._on_act_progressed)

    def _on_replaced(self, result: OpResult[Replaced]) -> None:
        from qda.operations.pseudonymising import delete_backups

        self._stop_listening()
        done = result.value
        deleted = 0
        if self.act is not None:
            if self.act.backups.isChecked():
                deleted = delete_backups(done.backups)
            self.act.end()
            self.act.accept()
        if self.review is not None:
            self.review.accept()
        self._context.bridge.noticed.emit(
            tr_n(
                "Replaced {n} name. The key is {file}.",
                "Replaced {n} names. The key is {file}.",
                done.names,
                file=done.key.name,
            )
        )
        self.check(done=done, deleted=deleted)

    # ------------------------------------------------------------------------- what is left
    def check(self, *, done: Replaced | None = None, deleted: int = 0) -> None:
        """Look for what is left, and say it in sentences."""
        project = self._context.bridge.session.project

        def work(progress: Progress) -> Residual:
            from qda.operations.pseudonym_residual import residual  # lazy: start-up

            with project.opened_again() as again:
                return residual(again, progress=progress)

        self._context.jobs.start(
            tr("Looking for names"),
            work,
            lambda found: self.show_left(found, done=done, deleted=deleted),
        )

    def show_left(self, found: Residual, *, done: Replaced | None = None, deleted: int = 0) -> None:
        """Show what is left after names were replaced, or at any time."""
        from qda.gui.names.left_dialog import LeftDialog

        lines = [*(_done_lines(done, deleted) if done is not None else ()), *_left_lines(found)]
        heading = (
            tr("The names are replaced.")
            if done is not None
            else tr("What may still tell who somebody is")
        )
        step = tr("Review the names …") if found.suspicious else ""
        dialog = LeftDialog(
            self._context.theme, tr("Pseudonymise"), heading, lines, step, self._over.window()
        )
        dialog.step_wanted.connect(dialog.accept)
        dialog.step_wanted.connect(lambda: self.show_review(found.found))
        dialog.finished.connect(self._on_left_finished)
        self.left = dialog
        dialog.open()

    def _on_left_finished(self) -> None:
        if self.left is not None:
            self.left.deleteLater()
        self.left = None

    # --------------------------------------------------------------------------------- back
    def choose_key(self) -> None:
        """Ask for a key, and put the names back with it."""
        name, _ = QFileDialog.getOpenFileName(
            self._over,
            tr("Put names back with the key"),
            str(self._context.bridge.project.path.parent),
            f"{tr('Keys')} (*.qdakey);;{tr('All files')} (*)",
        )
        if name:
            self.put_back(Path(name))

    def put_back(self, path: Path) -> None:
        """Put the names back with a key; ask for its passphrase if it has one."""
        from qda.formats.pseudonym_key import is_encrypted

        try:
            encrypted = is_encrypted(path)
        except UserError as error:
            show_error(self._over, error)
            return
        passphrase = ""
        if encrypted:
            passphrase, given = QInputDialog.getText(
                self._over, tr("Put names back with the key"), tr("Passphrase of the key"),
                QLineEdit.EchoMode.Password,
            )  # fmt: skip
            if not given:
                return
        self.put_back_with(path, passphrase)

    def put_back_with(self, path: Path, passphrase: str) -> None:
        """Put the names back with a key and its passphrase."""

        def work(progress: Progress) -> PseudonymKey:
            from qda.formats.pseudonym_key import read_key  # lazy: start-up

            progress.step(0)
            return read_key(path, passphrase)

        self._context.jobs.start(tr("Reading {name}", name=path.name), work, self._on_key_read)

    def _on_key_read(self, key: PseudonymKey) -> None:
        from qda.operations.pseudonym_reversal import reverse

        self._context.bridge.run_in_worker(
            self._context.jobs,
            tr("Putting names back"),
            reverse,
            on_done=self._on_put_back,
            on_ended=lambda: None,
            key=key,
        )

    def _on_put_back(self, result: OpResult[Restored]) -> None:
        done = result.value
        words = tr_n("Put names back in {n} place.", "Put names back in {n} places.", done.places)
        gone, unknown = sum(done.gone.values()), sum(done.unknown.values())
        if gone:
            words += " " + tr_n(
                "{n} place is not there any more, or was changed.",
                "{n} places are not there any more, or were changed.",
                gone,
            )
        if unknown:
            words += " " + tr_n(
                "{n} pseudonym is not in the key and stays.",
                "{n} pseudonyms are not in the key and stay.",
                unknown,
            )
        self._context.bridge.noticed.emit(words)


def _done_lines(done: Replaced, deleted: int) -> list[str]:
    lines = [
        tr(
            "Replaced {names} names in {places} places. The key is {file}: without it nobody gets "
            "the names back.",
            names=done.names,
            places=done.places,
            file=str(done.key),
        ),
        tr("Undo steps, earlier texts and imported files are gone."),
    ]
    if not done.settled:
        lines.append(tr("Close the project once, so that the file is clean."))
    lines += [
        tr_n(
            "«{form}» still stands in {n} place of the file.",
            "«{form}» still stands in {n} places of the file.",
            count,
            form=form,
        )
        for form, count in done.remaining.items()
    ]
    if deleted:
        lines.append(tr_n("Deleted {n} backup.", "Deleted {n} backups.", deleted))
    return lines


def _left_lines(found: Residual) -> list[str]:
    moment = current_catalogue().format_moment
    lines: list[str] = []
    if not found.runs:
        lines.append(tr("No names were replaced in this project yet."))
    if not found.suspicious:
        lines.append(tr("Nothing is found that looks like a name."))
    lines += [
        tr_n(
            "{name} looks like a name: {n} place.",
            "{name} looks like a name: {n} places.",
            len(one.hits),
            name=", ".join(one.forms),
        )
        for one in found.suspicious
    ]
    lines += [
        tr("The backup of {when} still holds the names.", when=moment(one.when))
        for one in found.backups
    ]
    lines += [
        tr("{name} was put aside and may hold the names.", name=path.name) for path in found.aside
    ]
    return lines
