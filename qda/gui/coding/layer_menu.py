"""The menu in which one chooses what of the codings is shown."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu

from qda.gui.coding.layer_control import LayerControl
from qda.gui.language import tr
from qda.model.entities import Code


def fill_layer_menu(menu: QMenu, control: LayerControl, code: Code | None) -> None:
    """Offer whose codings to show, of which codes, and how; `code` is the one at hand."""
    layers = control.layers
    _fill_coders(menu, control)
    menu.addSeparator()
    _add(menu, tr("All codes"), control.show_all_codes, checked=not layers.by_code)
    if code is not None:
        _fill_code(menu, control, code)
    fill_sets(menu, control)
    _add(menu, tr("Dim other codes instead of hiding them"), control.toggle_dim, checked=layers.dim)
    menu.addSeparator()
    everything = menu.addAction(tr("Show everything"))
    everything.setEnabled(layers.filters)
    everything.triggered.connect(control.clear)


def fill_pairs(menu: QMenu, control: LayerControl) -> None:
    """Offer the pairs of coders that can be compared."""
    columns = control.sight.columns
    for first, second in control.pairs():
        title = f"{first.name} | {second.name}"
        run = partial(control.compare, first, second)
        _add(menu, title, run, checked=columns == (first.name, second.name))


def fill_sets(menu: QMenu, control: LayerControl) -> None:
    """Offer the code sets, each alone or beside what is shown."""
    layers = control.layers
    for one in control.sets():
        only = tr("Only the set {name}", name=one.name)
        alone = layers.sets == (one.guid,) and not layers.codes
        _add(menu, only, partial(control.toggle_set, one), checked=alone)
        if layers.by_code and one.guid not in layers.sets:
            more = tr("The set {name} too", name=one.name)
            _add(menu, more, partial(control.show_set_too, one), checked=False)


def _fill_coders(menu: QMenu, control: LayerControl) -> None:
    layers, everyone = control.layers, control.coders()
    _add(menu, tr("Everyone's codings"), control.show_everyone, checked=layers.whose == "all")
    _add(menu, tr("Only my codings"), control.toggle_mine, checked=layers.whose == "mine")
    if len(everyone) < 2:
        return
    menu.addSeparator()
    for coder in everyone:
        shown = control.sight.of_coder(coder.id)
        run = partial(control.show_coder, str(coder.guid), shown=not shown)
        _add(menu, coder.name, run, checked=shown)
    fill_pairs(menu.addMenu(tr("Side by side")), control)


def _fill_code(menu: QMenu, control: LayerControl, code: Code) -> None:
    codes, sets = control.layers.codes, control.layers.sets
    only = tr("Only {code} and its subcodes", code=code.name)
    alone = codes == (code.guid,) and not sets
    _add(menu, only, partial(control.toggle_code, code), checked=alone)
    if control.layers.by_code and code.guid not in codes:
        more = tr("{code} and its subcodes too", code=code.name)
        _add(menu, more, partial(control.show_code_too, code), checked=False)


def _add(menu: QMenu, title: str, run: Callable[[], None], *, checked: bool) -> None:
    action = menu.addAction(title.replace("&", "&&"))
    action.setCheckable(True)
    action.setChecked(checked)
    action.triggered.connect(partial(_run, run))


def _run(run: Callable[[], None], checked: bool = False) -> None:  # noqa: FBT001, FBT002 - slot
    del checked
    run()
