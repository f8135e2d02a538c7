"""What the user does to the codebook: every change goes through the session."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject

from qda.gui.context import Context
from qda.gui.language import say, tr
from qda.model.changes import OpResult
from qda.model.codebook import Codebook, CodebookPlan
from qda.model.codebook_merge import MergeOutcome, MergePlan, Side
from qda.model.entities import Code
from qda.model.errors import UserError
from qda.model.ids import CodeId
from qda.model.messages import Message
from qda.operations import codebook as codebook_operations
from qda.operations import codebook_merge, codebook_versions
from qda.operations import codes as operations
from qda.operations.documents import free_name
from qda.store import codes

ROWS_OF_CHOICE = 4
"""What one difference of two codebooks costs, compared with a row that is written."""


class CodebookActions(QObject):
    """Add, edit, move, merge and remove codes; apply a codebook."""

    def __init__(self, context: Context, parent: QObject) -> None:
        """Work on the project of `context`."""
        super().__init__(parent)
        self._context = context

    @property
    def writable(self) -> bool:
        """Tell whether the project may be changed."""
        return not self._context.bridge.project.read_only

    def codes(self) -> tuple[Code, ...]:
        """Return the codes as they are now, parents before children."""
        return codes.all_codes(self._context.bridge.project.connection)

    def add(self, parent: CodeId | None, name: str = "") -> CodeId | None:
        """Make a code last below `parent`, with a name that is free."""
        taken = frozenset(code.name for code in self.codes() if code.parent == parent)
        free = free_name(name or tr("New code"), taken)
        made = self._context.bridge.run(
            operations.add_code, initiator=self.parent(), name=free, parent=parent
        )
        return made.value.id if made is not None else None

    def edit(self, code: Code, key: str, value: object) -> str:
        """Write one field of a code; return what is wrong with it, empty when it was kept."""
        session = self._context.bridge.session
        try:
            session.run_for(
                self.parent(),
                operations.edit_code,
                coder=session.coder,
                code=replace(code, **{key: value}),
            )
        except UserError as error:
            return say(error.message)
        return ""

    def move(self, code: CodeId, parent: CodeId | None, place: int | None) -> None:
        """Put a code elsewhere in the tree."""
        self._context.bridge.run(
            operations.move_code, initiator=self.parent(), code=code, parent=parent, position=place
        )

    def sort(self) -> None:
        """Put the codes of each parent in the order of their names."""
        self._context.bridge.run(
            operations.sort_codes,
            initiator=self.parent(),
            notice=tr("The codes stand in the order of their names."),
        )

    def step(self, code: CodeId, step: int) -> None:
        """Move a code up (-1) or down (1) among those of its parent."""
        moved, siblings = self._siblings(code)
        if moved is None:
            return
        place = siblings.index(moved) + step
        if 0 <= place < len(siblings):
            self.move(code, moved.parent, place)

    def indent(self, code: CodeId) -> None:
        """Move a code in below the one before it."""
        moved, siblings = self._siblings(code)
        if moved is not None and siblings.index(moved) > 0:
            self.move(code, siblings[siblings.index(moved) - 1].id, None)

    def outdent(self, code: CodeId) -> None:
        """Move a code out, to just after the one it stands below."""
        moved, _ = self._siblings(code)
        if moved is None or moved.parent is None:
            return
        above, siblings = self._siblings(moved.parent)
        if above is not None:
            self.move(code, above.parent, siblings.index(above) + 1)

    def _siblings(self, code: CodeId) -> tuple[Code | None, list[Code]]:
        everything = self.codes()
        found = next((one for one in everything if one.id == code), None)
        if found is None:
            return None, []
        return found, [one for one in everything if one.parent == found.parent]

    def neighbour(self, code: CodeId) -> CodeId | None:
        """Return the code to be at hand once `code` is gone: beside it, else above it."""
        found, siblings = self._siblings(code)
        if found is None:
            return None
        place = siblings.index(found)
        beside = siblings[place + 1 : place + 2] or siblings[max(0, place - 1) : place]
        return beside[0].id if beside else found.parent

    def remove(self, code: CodeId, then: Callable[[], None]) -> None:
        """Remove a code with all below it, and go on with `then`.

        A quiet line says what went and offers undo.
        """
        bridge = self._context.bridge

        def done(result: OpResult[Message]) -> None:
            bridge.noticed.emit(say(result.value))
            then()

        bridge.run_by_size(
            self._context.jobs,
            tr("Removing the code"),
            codes.coded_below(bridge.project.connection, code),
            operations.remove_code,
            on_done=done,
            initiator=self.parent(),
            code=code,
        )

    def merge(self, code: Code, into: Code, then: Callable[[], None]) -> None:
        """Give everything of `code` to `into`, and go on with `then`."""
        bridge = self._context.bridge

        def done(_result: OpResult[int]) -> None:
            then()

        bridge.run_by_size(
            self._context.jobs,
            tr("Merging the codes"),
            codes.coded_below(bridge.project.connection, code.id),
            operations.merge_codes,
            on_done=done,
            initiator=self.parent(),
            keep=into.id,
            other=code.id,
            notice=tr("Merged {name} into {other}.", name=code.name, other=into.name),
        )

    def plan(self, codebook: Codebook) -> CodebookPlan:
        """Say what applying a codebook would do."""
        return codebook_operations.plan_codebook(self._context.bridge.project, codebook)

    def apply(self, codebook: Codebook, file_name: str = "") -> None:
        """Merge a codebook into the project's; nothing is dropped."""
        size = ROWS_OF_CHOICE * sum(1 for _ in codebook.walk())
        self._context.bridge.run_by_size(
            self._context.jobs,
            tr("Applying the codebook"),
            size,
            codebook_operations.apply_codebook,
            initiator=self.parent(),
            codebook=codebook,
            file_name=file_name,
            notice=tr("Applied the codebook {name}.", name=codebook.name),
        )

    def as_codebook(self) -> Codebook:
        """Return the project's codes as a codebook."""
        return codebook_operations.as_codebook(self._context.bridge.project)

    def remember_export(self, codebook: Codebook, file_name: str) -> None:
        """Remember what a file said that a colleague may send back."""
        if self.writable:
            self._context.bridge.run(
                codebook_versions.record_export,
                initiator=self.parent(),
                codebook=codebook,
                file_name=file_name,
            )

    def plan_merge(self, codebook: Codebook, file_name: str) -> MergePlan:
        """Compare a colleague's codebook with the project's."""
        project = self._context.bridge.project
        return codebook_merge.plan_file(project, codebook, file_name=file_name)

    def merge_codebook(
        self,
        plan: MergePlan,
        choices: Mapping[str, Side],
        file_name: str,
        then: Callable[[MergeOutcome], None],
    ) -> None:
        """Take what was chosen of a colleague's codebook, in one step, and go on with `then`."""

        def done(result: OpResult[MergeOutcome]) -> None:
            then(result.value)

        self._context.bridge.run_by_size(
            self._context.jobs,
            tr("Merging the codebook"),
            rows_of_plan(plan),
            codebook_merge.apply_merge,
            on_done=done,
            initiator=self.parent(),
            plan=plan,
            choices=choices,
            file_name=file_name,
        )


def rows_of_plan(plan: MergePlan) -> int:
    """Return what a merge of codebooks amounts to in rows, both to be compared and written."""
    codes = sum(1 for _ in plan.ours.walk()) + sum(1 for _ in plan.theirs.walk())
    return codes + ROWS_OF_CHOICE * len(plan.choices)
