"""Keeping and changing what of the codings is shown in the coding room."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from qda.gui.context import Context
from qda.gui.language import tr, tr_n
from qda.gui.layers_kept import KEPT
from qda.gui.transcripts.layers import Layers, Sight, read_layers, resolve
from qda.model.code_sets import CodeSet
from qda.model.entities import Code, Coder
from qda.model.ids import CoderId
from qda.store import code_sets, coders, codes, project_info


class LayerControl(QObject):
    """Hold the layers of the open project; every wish of the user ends in `changed`."""

    changed = Signal()
    """Something else is to be shown."""

    def __init__(self, context: Context, parent: QObject) -> None:
        """Show everything until `load`."""
        super().__init__(parent)
        self._context = context
        self.layers = Layers()
        self.sight = Sight()

    @property
    def me(self) -> str:
        """Return the name of the one who codes."""
        return self._context.bridge.session.coder

    def load(self) -> None:
        """Take up what was kept for this project."""
        self.layers = read_layers(self._context.settings.mapping(KEPT).get(self._guid(), ""))
        self.follow()

    def follow(self) -> bool:
        """See again which coders and codes the layers mean; tell whether it is others."""
        project = self._context.bridge.project
        before = (self.layers, self.sight)
        self.layers, self.sight = resolve(
            self.layers, coders.all_coders(project.connection), project.once(codes.all_codes),
            self.me, self.sets(),
        )  # fmt: skip
        return before != (self.layers, self.sight)

    def coders(self) -> tuple[Coder, ...]:
        """Return everyone who codes in the project."""
        return coders.all_coders(self._context.bridge.project.connection)

    def sets(self) -> tuple[CodeSet, ...]:
        """Return the code sets of the project."""
        return code_sets.all_sets(self._context.bridge.project.connection)

    def shown_sets(self) -> list[CodeSet]:
        """Return the code sets that are shown."""
        return [one for one in self.sets() if one.guid in self.layers.sets]

    def shown_codes(self) -> list[Code]:
        """Return the codes that are shown with all below them, none for every code."""
        everything = codes.all_codes(self._context.bridge.project.connection)
        return [one for one in everything if one.guid in self.layers.codes]

    def shown_names(self) -> list[str]:
        """Return the names of those whose codings are shown."""
        return [one.name for one in self.coders() if self.sight.of_coder(one.id)]

    def whose(self) -> str:
        """Say whose codings are shown and counted, empty for everyone's."""
        if self.layers.whose == "all":
            return ""
        if self.layers.whose == "mine":
            return tr("only mine")
        names = self.shown_names()
        if len(names) == 1:
            return names[0]
        return tr_n("{n} coder", "{n} coders", len(names))

    def show_everyone(self) -> None:
        """Show the codings of all coders."""
        self._take(replace(self.layers, whose="all", coders=(), compare=False))

    def toggle_mine(self) -> None:
        """Show only one's own codings, or everyone's again."""
        if self.layers.whose == "mine":
            self.show_everyone()
        else:
            self._take(replace(self.layers, whose="mine", coders=(), compare=False))

    def show_coder(self, guid: str, *, shown: bool) -> None:
        """Show the codings of one more coder or of one less; the last one stays."""
        everyone = [one.guid for one in self.coders()]
        now = [one.guid for one in self.coders() if self.sight.of_coder(one.id)]
        wanted = [
            one for one in everyone if (one in now and one != guid) or (one == guid and shown)
        ]
        if wanted == everyone:
            self.show_everyone()
        elif wanted:
            self._take(replace(self.layers, whose="some", coders=tuple(wanted), compare=False))

    def pairs(self) -> list[tuple[Coder, Coder]]:
        """Return which two coders can be compared: oneself with each other, else all pairs."""
        everyone = self.coders()
        mine = [one for one in everyone if one.name == self.me]
        if mine:
            return [(mine[0], one) for one in everyone if one != mine[0]]
        return [
            (one, other) for place, one in enumerate(everyone) for other in everyone[place + 1 :]
        ]

    def compare(self, first: Coder, second: Coder) -> None:
        """Show two coders side by side and no others."""
        pair = (str(first.guid), str(second.guid))
        self._take(replace(self.layers, whose="some", coders=pair, compare=True))

    def compare_ids(self, first: CoderId, second: CoderId) -> None:
        """Show two coders side by side, where both are still in the project."""
        known = {one.id: one for one in self.coders()}
        if first in known and second in known:
            self.compare(known[first], known[second])

    def toggle_code(self, code: Code) -> None:
        """Show only a code with all below it, or every code again."""
        alone = self.layers.codes == (code.guid,) and not self.layers.sets
        only = () if alone else (str(code.guid),)
        self._take(replace(self.layers, codes=only, sets=()))

    def toggle_set(self, code_set: CodeSet) -> None:
        """Show only the codes of a set, or every code again."""
        alone = self.layers.sets == (code_set.guid,) and not self.layers.codes
        only = () if alone else (str(code_set.guid),)
        self._take(replace(self.layers, codes=(), sets=only))

    def show_set_too(self, code_set: CodeSet) -> None:
        """Show the codes of one more set beside what is shown."""
        if self.layers.by_code and code_set.guid not in self.layers.sets:
            self._take(replace(self.layers, sets=(*self.layers.sets, str(code_set.guid))))

    def show_code_too(self, code: Code) -> None:
        """Show one more code with all below it beside those that are shown."""
        if self.layers.by_code and code.guid not in self.layers.codes:
            self._take(replace(self.layers, codes=(*self.layers.codes, str(code.guid))))

    def show_all_codes(self) -> None:
        """Show the codings of every code."""
        self._take(replace(self.layers, codes=(), sets=()))

    def drop_code(self, guid: str) -> None:
        """Leave a code or a set out of those that are shown; without the last, all are."""
        left = tuple(one for one in self.layers.codes if one != guid)
        sets = tuple(one for one in self.layers.sets if one != guid)
        self._take(replace(self.layers, codes=left, sets=sets))

    def toggle_dim(self) -> None:
        """Grey the codings of other codes instead of hiding them, or hide them."""
        self._take(replace(self.layers, dim=not self.layers.dim))

    def clear(self) -> None:
        """Show everything again."""
        self._take(Layers(dim=self.layers.dim))

    def _take(self, layers: Layers) -> None:
        if layers == self.layers:
            return
        self.layers = layers
        self.follow()
        kept = dict(self._context.settings.mapping(KEPT))
        kept[self._guid()] = self.layers.to_text()
        self._context.settings.set(KEPT, kept)
        self.changed.emit()

    def _guid(self) -> str:
        return project_info.read(self._context.bridge.project.connection).guid
