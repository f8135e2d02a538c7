"""What is done with interview guides in the window: taken in, matched, corrected, answers coded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from qda.gui.commands import Command
from qda.gui.context import Context, Place
from qda.gui.guide.editing import GuideEditing
from qda.gui.language import say, tr, tr_n
from qda.model.changes import Changes
from qda.model.errors import UserError
from qda.model.ids import CodeId, DocumentId, GuideId, QuestionId, TurnId
from qda.store import codes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qda.app.guide_reading import AskingTurn, GivenAnswer
    from qda.gui.guide.answers_dialog import AnswersDialog
    from qda.gui.guide.contents import GuideContents
    from qda.gui.guide.guide_dialog import GuideDialog
    from qda.gui.guide.import_dialog import GuideImportDialog
    from qda.gui.job_runner import Job
    from qda.jobs.progress import Progress
    from qda.model.guides import Answer, AskedInTurn, ReadGuide
    from qda.operations.guides import Matches

TABLES = (
    "guide", "guide_question", "guide_document", "question_code", "turn_question",
    "question_asked", "code",
)  # fmt: skip
"""Tables whose changes concern what is shown of a guide."""
TURN_TABLES = ("turn", "document", "participant")
"""Tables whose changes alter what interviewers say."""


class GuideWork(QObject):
    """Open the dialogs on interview guides, and do what is wished there."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        """Work for the workspace `parent`."""
        super().__init__(parent)
        self._context = context
        self._over = parent
        self._turns: tuple[AskingTurn, ...] = ()
        self._others: dict[TurnId, tuple[AskedInTurn, ...]] = {}
        self._looking: Job | None = None
        self.dialog: GuideDialog | None = None
        self.importing: GuideImportDialog | None = None
        self.answers: AnswersDialog | None = None
        context.bridge.changed.connect(self._on_bridge_changed)

    def commands(self, enabled: Callable[[], bool]) -> Sequence[Command]:
        """Return what can be done with guides."""
        return [
            Command(
                "sources.guide", tr("Interview guide …"), "document", self.start, "Ctrl+Shift+G",
                lambda: enabled() or self._has_guide(), "memos", ("questions", "autocode", "asked"),
                separator_before=True,
            ),
            Command(
                "sources.import_guide", tr("Import an interview guide …"), "document",
                self.choose_file, "", enabled, "import", ("questions",),
            ),
        ]  # fmt: skip

    def _has_guide(self) -> bool:
        from qda.store import guides  # lazy: start-up

        return bool(guides.all_guides(self._context.bridge.project.connection))

    # -------------------------------------------------------------------------------- taken in
    def choose_file(self) -> None:
        """Ask for the file of a guide."""
        from qda.formats.guides import ENDINGS  # lazy: start-up

        endings = " ".join(f"*{one}" for one in ENDINGS)
        name, _ = QFileDialog.getOpenFileName(
            self._front(),
            tr("Import an interview guide"),
            str(self._context.bridge.project.path.parent),
            f"{tr('Interview guides')} ({endings});;{tr('All files')} (*)",
        )
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Read a guide, and show its lines."""

        def work(progress: Progress) -> ReadGuide:
            from qda.formats.guides import read_guide  # lazy: the readers come with libraries

            return read_guide(path, progress)

        self._context.jobs.start(tr("Reading {name}", name=path.name), work, self.show_lines)

    def show_lines(self, read: ReadGuide) -> None:
        """Show a guide that was read before it is taken in."""
        from qda.gui.guide.import_dialog import GuideImportDialog

        dialog = GuideImportDialog(self._context.theme, read, self._front())
        dialog.import_wanted.connect(self._on_import_wanted)
        dialog.finished.connect(self._on_importing_finished)
        self.importing = dialog
        dialog.open()

    def _on_import_wanted(self, read: ReadGuide, name: str) -> None:
        from qda.operations import guides as operations
        from qda.store import guides  # lazy: start-up

        session = self._context.bridge.session
        try:
            made = session.run(
                operations.import_guide, coder=session.coder, guide=read, name=name
            ).value
        except UserError as error:
            if self.importing is not None:
                self.importing.say_trouble(say(error.message))
            return
        if self.importing is not None:
            self.importing.accept()
        if self.dialog is not None:
            self.dialog.choose_guide(made.id)
        if guides.interviews(session.project.connection):
            self.match(made.id)
        elif self.dialog is None:
            self.start()

    def _on_importing_finished(self) -> None:
        if self.importing is not None:
            self.importing.deleteLater()
        self.importing = None

    # -------------------------------------------------------------------------------- matching
    def match(self, guide: GuideId) -> None:
        """Match a guide with the interviews, in a worker; then show it."""
        from qda.operations import guides as operations

        project = self._context.bridge.project

        def work(progress: Progress) -> Matches:
            with project.opened_again() as again:
                return operations.work_out(operations.gather(again, guide), progress)

        self._context.jobs.start(tr("Matching the guide"), work, self._on_matched)

    def _on_matched(self, matches: Matches) -> None:
        from qda.operations import guides as operations

        self._others |= matches.others
        done = self._context.bridge.run(operations.keep_matches, matches=matches)
        if done is None:
            return
        count = done.value
        self._context.bridge.noticed.emit(
            tr_n(
                "{matched} of {n} turn of interviewers asks a question of the guide.",
                "{matched} of {n} turns of interviewers ask a question of the guide.",
                count.turns,
                matched=count.matched,
            )
        )
        if self.dialog is None:
            self.start()

    # --------------------------------------------------------------------------------- showing
    def start(self) -> None:
        """Show the guide of the project, or ask for one where it has none."""
        if not self._has_guide():
            self.choose_file()
            return
        self._read_turns(self._show)

    def _read_turns(self, then: Callable[[tuple[AskingTurn, ...]], None]) -> None:
        project = self._context.bridge.project

        def work(progress: Progress) -> tuple[AskingTurn, ...]:
            from qda.app.guide_reading import asking_turns  # lazy: start-up

            with project.opened_again() as again:
                return asking_turns(again, progress)

        self._context.jobs.start(tr("Reading the interviews"), work, then)

    def _show(self, turns: tuple[AskingTurn, ...]) -> None:
        from qda.gui.guide.guide_dialog import GuideDialog

        self._turns = turns
        if self.dialog is not None:
            self.dialog.show_contents(self._contents())
            return
        writable = not self._context.bridge.project.read_only
        dialog = GuideDialog(
            self._context.theme, self._contents(), self._over.window(), writable=writable
        )
        dialog.turns.turns_set.connect(self._on_turns_set)
        dialog.match_wanted.connect(self.match)
        dialog.turns.asked_set.connect(self._on_asked_set)
        dialog.questions.code_toggled.connect(self._on_code_toggled)
        dialog.questions.answers_wanted.connect(self.show_answers)
        self.editing = GuideEditing(self._context, dialog)
        dialog.import_wanted.connect(self.choose_file)
        dialog.remove_wanted.connect(self._on_remove_wanted)
        dialog.turns.turn_opened.connect(self._on_turn_opened)
        dialog.undo_wanted.connect(self._on_undo_wanted)
        dialog.finished.connect(self._on_dialog_finished)
        self.dialog = dialog
        dialog.open()
        dialog.turns.table.setFocus()
        if not self._others and writable:
            self._look_for_others()

    def _look_for_others(self) -> None:
        """Find in a worker what else turns might ask, for whoever corrects what they ask."""
        from qda.operations import guides as operations

        project = self._context.bridge.project

        def work(progress: Progress) -> dict[TurnId, tuple[AskedInTurn, ...]]:
            with project.opened_again() as again:
                return operations.what_else(again, progress)

        def done(found: dict[TurnId, tuple[AskedInTurn, ...]]) -> None:
            self._looking = None
            self._others = found
            if self.dialog is not None:
                self.dialog.show_contents(self._contents())

        title = tr("Looking for what else turns might ask")
        self._looking = self._context.jobs.start(title, work, done, self._on_looking_ended)

    def _on_looking_ended(self) -> None:
        self._looking = None

    def _contents(self) -> GuideContents:
        from qda.app.guide_reading import asked_in, said_of_turns
        from qda.gui.guide.contents import GuideContents
        from qda.store import guides  # lazy: start-up

        project = self._context.bridge.project
        connection = project.connection
        everything = codes.all_codes(connection)
        linked: dict[QuestionId, list[CodeId]] = {}
        for one in guides.code_links(connection):
            linked.setdefault(one.question, []).append(one.code)
        known = guides.all_guides(connection)
        return GuideContents(
            known,
            self._turns,
            said_of_turns(project),
            {one.id: asked_in(project, one.id) for one in known},
            {(one.question, one.document): one.asked for one in guides.asked_by_hand(connection)},
            linked,
            codes.path_texts(everything),
            self._others,
        )

    def _on_bridge_changed(self, changes: Changes, initiator: object) -> None:
        del initiator
        if self.dialog is None:
            return
        if changes.touches(*TURN_TABLES):
            self._read_turns(self._show)
        elif changes.touches(*TABLES):
            self.dialog.show_contents(self._contents())

    def _on_dialog_finished(self) -> None:
        if self._looking is not None:
            self._context.jobs.give_up(self._looking)
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None

    def _front(self) -> QWidget:
        return self.dialog or self._over.window()

    # --------------------------------------------------------------------------------- by hand
    def _on_turns_set(self, turns: list[TurnId], question: QuestionId | None, role: str) -> None:
        from qda.operations import guides as operations

        bridge = self._context.bridge
        if role == "words":
            self._release(turns)
        elif question is None:
            bridge.run(operations.set_turns, turns=turns, role=role)
        elif role == "add":
            bridge.run(operations.add_question_to_turns, turns=turns, question=question)
        elif role == "take":
            bridge.run(operations.take_question_from_turns, turns=turns, question=question)
        else:
            bridge.run(operations.set_turns, turns=turns, questions=[question])

    def _release(self, turns: list[TurnId]) -> None:
        """Leave turns to their words; these may have to be looked up first, so in a worker."""
        from qda.operations import guides as operations

        project = self._context.bridge.project

        def work(progress: Progress) -> tuple[Matches, ...]:
            with project.opened_again() as again:
                return operations.match_again(again, turns, progress)

        def done(found: tuple[Matches, ...]) -> None:
            self._context.bridge.run(operations.release_turns, turns=turns, found=found)

        self._context.jobs.start(tr("Matching the guide"), work, done)

    def _on_asked_set(
        self,
        question: QuestionId,
        document: DocumentId,
        asked: bool | None,  # noqa: FBT001 - slot
    ) -> None:
        from qda.operations import guides as operations

        self._context.bridge.run(
            operations.set_asked, question=question, document=document, asked=asked
        )

    def _on_code_toggled(self, questions: list[QuestionId], code: CodeId) -> None:
        from qda.operations import guide_codes
        from qda.store import guides  # lazy: start-up

        pairs = {
            (one.question, one.code)
            for one in guides.code_links(self._context.bridge.project.connection)
        }
        linked = (questions[0], code) not in pairs
        self._context.bridge.run(
            guide_codes.link_codes, questions=questions, code_ids=[code], linked=linked
        )

    def _on_remove_wanted(self, guide: GuideId) -> None:
        from qda.operations import guides as operations
        from qda.store import guides  # lazy: start-up

        notice = tr("The interview guide is removed; coded answers stay.")
        self._context.bridge.run(operations.remove_guide, notice=notice, guide=guide)
        left = guides.all_guides(self._context.bridge.project.connection)
        if self.dialog is not None and not left:
            self.dialog.accept()

    def _on_undo_wanted(self) -> None:
        self._context.bridge.undo(self._context.jobs)

    def _on_turn_opened(self, turn: AskingTurn) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        self._context.navigator.go(
            Place("coding", document=turn.document, start=turn.start, end=turn.end)
        )

    # --------------------------------------------------------------------------------- answers
    def show_answers(self, questions: list[QuestionId]) -> None:
        """Look up what was answered to questions, and show it before it is coded."""
        project = self._context.bridge.project

        def work(progress: Progress) -> tuple[GivenAnswer, ...]:
            from qda.app.guide_reading import given_answers  # lazy: start-up

            with project.opened_again() as again:
                return given_answers(again, questions, progress)

        def show(found: tuple[GivenAnswer, ...]) -> None:
            self._show_answers(questions, found)

        self._context.jobs.start(tr("Reading the interviews"), work, show)

    def _show_answers(self, questions: list[QuestionId], found: tuple[GivenAnswer, ...]) -> None:
        from qda.gui.guide.answers_dialog import AnswersDialog
        from qda.store import guides  # lazy: start-up

        if not found:
            self._context.bridge.told.emit(tr("Nothing was answered to this question."))
            return
        connection = self._context.bridge.project.connection
        lines = {one.id: one for guide in guides.all_guides(connection) for one in guide.lines}
        about = [one.code for one in guides.code_links(connection) if one.question in questions]
        dialog = AnswersDialog(
            self._context.theme,
            [lines[one].label for one in questions if one in lines],
            found,
            codes.path_texts(codes.all_codes(connection)),
            about[0] if about else None,
            self._front(),
        )
        dialog.code_wanted.connect(self._on_code_wanted)
        dialog.finished.connect(self._on_answers_finished)
        self.answers = dialog
        dialog.open()

    def _on_code_wanted(self, code: CodeId, chosen: list[Answer]) -> None:
        from qda.operations import guide_codes

        done = self._context.bridge.run(guide_codes.code_answers, code=code, answers=chosen)
        if done is None:
            return
        if self.answers is not None:
            self.answers.accept()
        words = tr_n("Coded {n} answer.", "Coded {n} answers.", done.value.coded)
        if done.value.before:
            words += " " + tr_n(
                "{n} was coded so already.", "{n} were coded so already.", done.value.before
            )
        self._context.bridge.noticed.emit(words)

    def _on_answers_finished(self) -> None:
        if self.answers is not None:
            self.answers.deleteLater()
        self.answers = None
