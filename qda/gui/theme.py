"""The look: colours as data, one palette and one style sheet for the whole application."""

import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from qda.gui import fonts
from qda.gui.stylesheet import style_sheet

ThemeChoice = Literal["system", "light", "dark", "contrast"]
THEME_CHOICES: tuple[ThemeChoice, ...] = ("system", "light", "dark", "contrast")
ThemeName = Literal["light", "dark", "contrast-light", "contrast-dark"]
THEME_NAMES: tuple[ThemeName, ...] = ("light", "dark", "contrast-light", "contrast-dark")
MIN_SCALE, MAX_SCALE = 1.0, 3.0

_FOLDER = Path(__file__).resolve().parent.parent / "resources" / "themes"


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours (`#RRGGBB`), scale and motion of the interface.

    `muted_tinted` is muted ink for tinted paper: panes and bands. `scale` multiplies every size;
    `reduced_motion` asks that nothing fades or slides.
    """

    name: str
    dark: bool
    high_contrast: bool
    paper: str
    ground: str
    pane: str
    line: str
    ink: str
    muted: str
    accent: str
    selection: str
    muted_tinted: str
    accent_ink: str
    hover: str
    warning: str
    band_strength: float
    scale: float = 1.0
    reduced_motion: bool = False

    def px(self, size: float) -> int:
        """Return `size` pixels at the scale of the theme."""
        return round(size * self.scale)


@runtime_checkable
class Themed(Protocol):
    """A widget that paints with the colours of a theme."""

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        ...


@lru_cache(maxsize=8)
def load_theme(name: ThemeName) -> Theme:
    """Read one of the shipped themes."""
    values = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return Theme(name=name, **values)


def choose_theme(choice: ThemeChoice, app: QApplication) -> Theme:
    """Return the theme for the user's choice; `system` and `contrast` ask the system."""
    style_hints = app.styleHints()
    dark = style_hints.colorScheme() == Qt.ColorScheme.Dark
    if choice == "light":
        return load_theme("light")
    if choice == "dark":
        return load_theme("dark")
    # The hints live only as long as the Python object that they were asked of.
    hints = style_hints.accessibility()
    if choice == "contrast" or hints.contrastPreference() == Qt.ContrastPreference.HighContrast:
        return load_theme("contrast-dark" if dark else "contrast-light")
    return load_theme("dark" if dark else "light")


def apply_theme(
    app: QApplication, theme: Theme, scale: float = 1.0, *, reduced_motion: bool = False
) -> Theme:
    """Give the application palette, style sheet and face; return the theme at that scale.

    `scale` is clamped to 1..3. Widgets that exist already are told by `retheme`.
    """
    scaled = replace(
        theme, scale=min(MAX_SCALE, max(MIN_SCALE, scale)), reduced_motion=reduced_motion
    )
    if app.style().name().lower() != "fusion":
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(palette(scaled))
    app.setFont(fonts.interface_font(scaled.scale))
    app.setStyleSheet(style_sheet(scaled))
    return scaled


def retheme(root: QWidget, theme: Theme) -> None:
    """Tell `root` and every widget below it that paints by itself of a new theme."""
    for widget in (root, *root.findChildren(QWidget)):
        if isinstance(widget, Themed):
            widget.set_theme(theme)


def palette(theme: Theme) -> QPalette:
    """Return the palette of a theme."""
    colors = QPalette()
    role = QPalette.ColorRole
    for which, color in (
        (role.Window, theme.ground),
        (role.WindowText, theme.ink),
        (role.Base, theme.paper),
        (role.AlternateBase, theme.ground),
        (role.Text, theme.ink),
        (role.Button, theme.paper),
        (role.ButtonText, theme.ink),
        (role.BrightText, theme.accent_ink),
        (role.Highlight, theme.selection),
        (role.HighlightedText, theme.ink),
        (role.Accent, theme.accent),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
        (role.ToolTipBase, theme.paper),
        (role.ToolTipText, theme.ink),
        (role.PlaceholderText, theme.muted),
        (role.Light, theme.paper),
        (role.Midlight, theme.hover),
        (role.Mid, theme.line),
        (role.Dark, theme.line),
        (role.Shadow, theme.line),
    ):
        colors.setColor(which, QColor(color))
    for which in (role.WindowText, role.Text, role.ButtonText):
        colors.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.muted))
    return colors
