"""Let quotes support or contradict a finding, which is chosen by typing or written on the spot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from qda.gui.context import Context
from qda.gui.language import tr, tr_n
from qda.gui.models.things import short
from qda.gui.quotes.engine import QuoteEngine
from qda.gui.widgets.command_palette import CommandPalette
from qda.gui.widgets.palette_match import PaletteItem
from qda.model.ids import ClaimId, CodingId
from qda.model.judgements import Evidence, Side
from qda.operations import claims as operations

NEW = "new"


class Claiming(QObject):
    """Ask which finding quotes speak for or against, and cite them there."""

    claim_made = Signal(int)
    """A finding was made of quotes, and wants words.

    Parameters: its id.
    """

    def __init__(self, context: Context, engine: QuoteEngine, parent: QWidget) -> None:
        """Cite on behalf of a workspace."""
        super().__init__(parent)
        self._context = context
        self._engine = engine
        self._side: Side = "for"
        self._codings: tuple[CodingId, ...] = ()
        self.chooser = CommandPalette(
            context.theme, parent, placeholder=tr("Which finding?"),
            nothing_text=tr("No finding is called that"),
        )  # fmt: skip
        self.chooser.item_chosen.connect(self._on_chooser_item_chosen)

    def ask(self, side: Side, codings: Sequence[CodingId]) -> None:
        """Ask for the finding that these quotes speak for or against."""
        self._side, self._codings = side, tuple(codings)
        if not self._codings:
            return
        found = self._engine.claims()
        items = [
            PaletteItem(one.id, short(one.text), tr_n("{n} segment", "{n} segments",
                                                      len(one.evidence)))
            for one in found
        ]  # fmt: skip
        new = PaletteItem(NEW, tr("New finding"), tr("write it afterwards"))
        self.chooser.set_items([*items, new])
        self.chooser.open()

    def _on_chooser_item_chosen(self, item: PaletteItem) -> None:
        run, side = self._context.bridge.run, self._side
        if item.id == NEW:
            made = run(
                operations.add_claim, text=tr("New finding"),
                evidence=[Evidence(one, side) for one in self._codings],
            )  # fmt: skip
            if made is not None:
                self.claim_made.emit(made.value.id)
        elif isinstance(item.id, int):
            run(
                operations.cite, claim=ClaimId(item.id), coding_ids=self._codings, side=side,
                notice=tr("Speaks for the finding now.") if side == "for"
                else tr("Speaks against the finding now."),
            )  # fmt: skip
