"""The quiet line above the transcript that says what is left out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from qda.gui.coding.layer_control import LayerControl
from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.gui.widgets.chip import Chip
from qda.gui.widgets.flow_layout import FlowLayout

LONG = 40


class LayerBar(QWidget):
    """A chip for each filter that is on, each with its cross, and one button for all of them."""

    menu_wanted = Signal()
    """The user clicked a chip to choose otherwise."""

    def __init__(self, theme: Theme, control: LayerControl, parent: QWidget | None = None) -> None:
        """Build a hidden line."""
        super().__init__(parent)
        self._theme = theme
        self._control = control
        self.setAccessibleName(tr("What is shown"))
        self._flow = FlowLayout(self, theme.px(6))
        self._note = QLabel(tr("Counts and shares are of these codings."), self)
        self._note.setProperty("kind", "small")
        self._clear = QPushButton(tr("Show everything"), self)
        self._clear.setProperty("kind", "link")
        self._chips: list[Chip] = []
        self._clear.clicked.connect(control.clear)
        self.set_theme(theme)
        self.hide()

    def refresh(self) -> None:
        """Say what is on now; nothing at all where everything is shown."""
        focused = self.has_keyboard()
        while self._flow.count():
            self._flow.takeAt(0)
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = []
        layers = self._control.layers
        if layers.compare:
            names = " | ".join(self._control.sight.columns)
            self._add(names, tr("Side by side:"), "coders")
        elif layers.whose == "mine":
            self._add(self._control.me, tr("Only my codings:"), "coders")
        elif layers.whose == "some":
            names = [
                one.name for one in self._control.coders() if self._control.sight.of_coder(one.id)
            ]
            self._add(", ".join(names), tr("Coded by:"), "coders")
        label = tr("Others dimmed, only:") if layers.dim else tr("Only:")
        for code_set in self._control.shown_sets():
            self._add(tr("the set {name}", name=code_set.name), label, str(code_set.guid))
        for code in self._control.shown_codes():
            self._add(code.name, label, str(code.guid))
        self._note.setVisible(layers.whose != "all")
        for widget in (*self._chips, self._note, self._clear):
            self._flow.addWidget(widget)
        self.setVisible(layers.filters)
        self.updateGeometry()
        if focused and self._chips:
            self._chips[0].setFocus()

    def has_keyboard(self) -> bool:
        """Tell whether the keyboard is on the line."""
        inside = self.focusWidget()
        return inside is not None and inside.hasFocus()

    def texts(self) -> list[str]:
        """Return what the chips say."""
        return [chip.accessibleName() for chip in self._chips]

    def chips(self) -> tuple[Chip, ...]:
        """Return the chips in order."""
        return tuple(self._chips)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        side = theme.px(12)
        self._note.setFixedHeight(theme.px(24))
        self._clear.setFixedHeight(theme.px(24))
        self._flow.setContentsMargins(side, theme.px(8), side, theme.px(6))

    def _add(self, text: str, label: str, what: str) -> None:
        shown = text if len(text) <= LONG else text[: LONG - 2].rstrip() + " …"
        chip = Chip(self._theme, shown, label=label, removable=True, interactive=True, parent=self)
        chip.setToolTip(text)
        chip.setProperty("what", what)
        chip.clicked.connect(self.menu_wanted)
        chip.removed.connect(self._on_chip_removed)
        chip.show()
        self._chips.append(chip)

    def _on_chip_removed(self) -> None:
        chip = self.sender()
        if not isinstance(chip, Chip):
            return
        what = str(chip.property("what"))
        if what == "coders":
            self._control.show_everyone()
        else:
            self._control.drop_code(what)
