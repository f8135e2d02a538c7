"""What the user does to offices and their variables: every change goes through the bridge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from qda.gui.cases.case_model import NAME
from qda.gui.context import Context
from qda.gui.language import tr, tr_n
from qda.model.bands import BandDefinition, Banding
from qda.model.entities import Case, Value, Variable, VariableType
from qda.model.ids import BandingId, CaseId, DocumentId, ParticipantId, VariableId
from qda.operations import bands as band_operations
from qda.operations import cases as operations
from qda.operations import variables as variable_operations
from qda.operations.documents import free_name
from qda.store import cases, variables

if TYPE_CHECKING:
    from qda.model.changes import OpResult
    from qda.operations.case_matching import Unknown
    from qda.operations.sheets import CaseSheet
    from qda.operations.value_sheets import ValueSheet


class CaseActions(QObject):
    """Add, write, link and remove offices; add, rename and remove variables; import both."""

    def __init__(self, context: Context, parent: QObject) -> None:
        """Work on the project of `context`."""
        super().__init__(parent)
        self._context = context

    @property
    def writable(self) -> bool:
        """Tell whether the project may be changed."""
        return not self._context.bridge.project.read_only

    def cases(self) -> tuple[Case, ...]:
        """Return the offices in the project's order."""
        return cases.all_cases(self._context.bridge.project.connection)

    def add(self) -> CaseId | None:
        """Make an office with a name that is free."""
        name = free_name(tr("New office"), frozenset(case.name for case in self.cases()))
        made = self._context.bridge.run(operations.add_case, initiator=self.parent(), name=name)
        return made.value if made is not None else None

    def write(
        self, case: Case, variable: Variable | None, column: int, value: Value | None
    ) -> bool:
        """Keep what was written in a cell; tell whether it was kept."""
        run = self._context.bridge.run
        if variable is not None:
            done = run(
                variable_operations.set_value, initiator=self.parent(), variable=variable.id,
                subject_id=case.id, value=value,
            )  # fmt: skip
            return done is not None
        text = str(value or "")
        name, pseudonym = (text, case.pseudonym) if column == NAME else (case.name, text)
        done = run(
            operations.edit_case, initiator=self.parent(), case=case.id, name=name,
            pseudonym=pseudonym,
        )  # fmt: skip
        return done is not None

    def write_month(
        self, case: CaseId, variable: Variable, month: str, value: Value | None
    ) -> bool:
        """Keep the value of an indicator in a month; tell whether it was kept."""
        done = self._context.bridge.run(
            variable_operations.set_value, initiator=self.parent(), variable=variable.id,
            subject_id=case, value=value, period=month,
        )  # fmt: skip
        return done is not None

    def step(self, case: CaseId, step: int) -> None:
        """Move an office up (-1) or down (1) in the project's order."""
        everything = [one.id for one in self.cases()]
        place = everything.index(case) + step
        if 0 <= place < len(everything):
            self._context.bridge.run(
                operations.move_case, initiator=self.parent(), case=case, position=place
            )

    def remove(self, case: Case) -> None:
        """Remove an office; a quiet line says so and offers undo."""
        bridge = self._context.bridge
        bridge.run_by_size(
            self._context.jobs,
            tr("Removing {name}", name=case.name),
            cases.rows_of(bridge.project.connection, case.id),
            operations.remove_case,
            initiator=self.parent(),
            case=case.id,
            notice=tr("Removed {name} with its values and links.", name=case.name),
        )

    def link(
        self,
        case: CaseId,
        *,
        documents: Sequence[DocumentId] = (),
        participants: Sequence[ParticipantId] = (),
        linked: bool,
    ) -> None:
        """Link sources or participants to an office, or take their links away."""
        self._context.bridge.run_by_size(
            self._context.jobs, tr("Linking to the office"), len(documents) + len(participants),
            operations.link_cases, initiator=self.parent(), case=case, documents=documents,
            participants=participants, linked=linked,
        )  # fmt: skip

    def add_variable(self, name: str, kind: VariableType) -> VariableId | None:
        """Make a variable of offices."""
        made = self._context.bridge.run(
            variable_operations.add_variable, initiator=self.parent(), subject="case", name=name,
            kind=kind,
        )  # fmt: skip
        return made.value if made is not None else None

    def rename_variable(self, variable: Variable, name: str) -> None:
        """Give a variable another name."""
        self._context.bridge.run(
            variable_operations.rename_variable, initiator=self.parent(), variable=variable.id,
            name=name,
        )  # fmt: skip

    def remove_variable(self, variable: Variable) -> None:
        """Remove a variable; a quiet line says so and offers undo."""
        bridge = self._context.bridge
        bridge.run_by_size(
            self._context.jobs,
            tr("Removing {name}", name=variable.name),
            variables.count(bridge.project.connection, variable.id),
            variable_operations.remove_variable,
            initiator=self.parent(),
            variable=variable.id,
            notice=tr("Removed {name} with all its values.", name=variable.name),
        )

    def save_bands(
        self, banding: BandingId | None, variable: VariableId, name: str, definition: BandDefinition
    ) -> BandingId | None:
        """Define bands, or change those that there are."""
        run = self._context.bridge.run
        if banding is None:
            made = run(
                band_operations.add_banding, initiator=self.parent(), variable=variable, name=name,
                definition=definition,
            )  # fmt: skip
            return made.value if made is not None else None
        done = run(
            band_operations.edit_banding, initiator=self.parent(), banding=banding, name=name,
            definition=definition,
        )  # fmt: skip
        return banding if done is not None else None

    def remove_bands(self, banding: Banding) -> None:
        """Remove bands; a quiet line says so and offers undo."""
        self._context.bridge.run(
            band_operations.remove_banding,
            initiator=self.parent(),
            banding=banding.id,
            notice=tr("Removed the bands {name}.", name=banding.name),
        )

    def import_cases(self, sheet: CaseSheet) -> None:
        """Take in a sheet of offices."""
        self._context.bridge.run_by_size(
            self._context.jobs,
            tr("Importing the sheet"),
            len(sheet.names) * (1 + len(sheet.table.columns)),
            operations.import_cases,
            initiator=self.parent(),
            names=sheet.names,
            pseudonyms=sheet.pseudonyms,
            table=sheet.table,
            source=sheet.file,
            notice=tr_n("Imported {n} office.", "Imported {n} offices.", len(sheet.names)),
        )

    def import_values(self, sheet: ValueSheet, unknown: Unknown) -> None:
        """Take in monthly values, the window live meanwhile; one step, or none when cancelled."""
        from qda.operations.monthly_values import import_period_values  # lazy: start-up
        from qda.operations.value_sheets import report_on

        self._context.bridge.run_in_worker(
            self._context.jobs,
            tr("Importing monthly values"),
            import_period_values,
            on_done=self._on_values_imported,
            on_ended=lambda: None,
            initiator=self.parent(),
            values=sheet.values,
            unknown=unknown,
            report=report_on(sheet),
        )

    def _on_values_imported(self, result: OpResult[int]) -> None:
        if result.step is not None:
            self._context.bridge.noticed.emit(
                tr_n("Imported {n} monthly value.", "Imported {n} monthly values.", result.value)
            )
