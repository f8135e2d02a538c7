"""The one style sheet of the application, filled from a theme.

Widgets say what they are by a dynamic property, never by a style sheet of their own:
`QPushButton[kind="primary"|"quiet"|"link"]`,
`QLabel[kind="title"|"heading"|"muted"|"small"|"label"]`,
`QFrame[kind="card"|"pane"|"ground"|"paper"]`.
"""

from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from qda.model.shades import mix

if TYPE_CHECKING:
    from qda.gui.theme import Theme

_SHEET = Template("""
QMainWindow, QDialog { background: $ground; }
QToolTip { background: $paper; color: $ink; border: 1px solid $line; padding: ${s4}px ${s8}px; }

QFrame[kind="pane"] { background: $pane; border: none; }
QFrame[kind="ground"] { background: $ground; border: none; }
QFrame[kind="paper"] { background: $paper; border: none; }
QFrame[kind="card"] { background: $paper; border: 1px solid $line; border-radius: ${s6}px; }
QFrame[kind="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }

QLabel { background: transparent; }
QLabel[kind="title"] { font-size: ${f20}px; font-weight: 600; }
QLabel[kind="heading"] { font-weight: 600; }
QLabel[kind="muted"] { color: $muted_tinted; }
QLabel[kind="small"] { color: $muted_tinted; font-size: ${f11}px; }
QLabel[kind="label"] { color: $muted_tinted; font-size: ${f11}px; font-weight: 600; }

QPushButton { background: $paper; color: $ink; border: 1px solid $line; border-radius: ${s6}px;
  padding: ${s4}px ${s12}px; min-height: ${s20}px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $selection; }
QPushButton:disabled { color: $muted; background: $ground; }
QPushButton:focus { border: 2px solid $accent; padding: ${s3}px ${s11}px; }
QPushButton[kind="primary"], QPushButton:default { background: $accent; color: $accent_ink;
  border: 1px solid $accent; }
QPushButton[kind="primary"]:hover, QPushButton:default:hover { background: $accent_hover; }
QPushButton[kind="primary"]:disabled { background: $line; border-color: $line; color: $muted; }
QPushButton[kind="primary"]:focus, QPushButton:default:focus { border: 2px solid $ink; }
QPushButton[kind="quiet"] { background: transparent; border: 1px solid transparent; }
QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="quiet"]:checked { background: $selection; border-color: $accent; }
QPushButton[kind="quiet"]:focus { border: 2px solid $accent; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent;
  color: $accent; padding: 0 ${s4}px;
  text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 2px solid $accent; padding: 0 ${s3}px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: ${s6}px;
  padding: ${s4}px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $selection; }
QToolButton:focus { border: 2px solid $accent; padding: ${s3}px; }
QToolButton::menu-indicator { image: none; }

QLineEdit, QTextEdit, QPlainTextEdit, QSpinBox, QDoubleSpinBox, QDateEdit, QComboBox {
  background: $paper; color: $ink; border: 1px solid $line; border-radius: ${s6}px;
  padding: ${s4}px ${s8}px;
  selection-background-color: $selection; selection-color: $ink; }
QLineEdit, QSpinBox, QDoubleSpinBox, QDateEdit, QComboBox { min-height: ${s20}px; }
QLineEdit:focus, QTextEdit:focus, QPlainTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus,
  QComboBox:focus {
  border: 2px solid $accent; padding: ${s3}px ${s7}px; }
QLineEdit:disabled, QComboBox:disabled { color: $muted; background: $ground; }
QLineEdit[kind="bare"], QTextEdit[kind="bare"], QPlainTextEdit[kind="bare"] { border: none;
  background: transparent;
  padding: 0; }
QTextEdit[kind="transcript"], QTextEdit[kind="transcript"]:focus,
QPlainTextEdit[kind="transcript"], QPlainTextEdit[kind="transcript"]:focus { background: $paper;
  border: none; border-radius: 0; padding: 0; }
QAbstractSpinBox { qproperty-alignment: 'AlignRight | AlignVCenter'; }
QAbstractSpinBox QLineEdit { border: none; min-height: 0; padding: 0; }
QComboBox::drop-down { border: none; width: ${s20}px; }
QComboBox::down-arrow, QAbstractSpinBox::down-arrow { image: url("$marks-down.svg");
  width: ${s12}px; height: ${s12}px; }
QAbstractSpinBox::up-arrow { image: url("$marks-up.svg"); width: ${s12}px; height: ${s12}px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: ${s20}px; }
QComboBox QAbstractItemView { background: $paper; border: 1px solid $line; outline: none;
  selection-background-color: $selection; selection-color: $ink; }

QAbstractItemView { background: $paper; color: $ink; border: none; outline: none;
  alternate-background-color: $ground;
  selection-background-color: $selection; selection-color: $ink; }
QAbstractItemView[kind="pane"], QAbstractItemView[kind="ground"],
QAbstractItemView[kind="entries"] { background: $pane; }
QListView[kind="entries"]::item { padding: ${s8}px ${s12}px; }
QTreeView::item, QListView::item { min-height: ${s28}px; border: none; }
QTreeView::item:selected, QListView::item:selected { background: $selection; color: $ink; }
QTreeView::item:hover:!selected, QListView::item:hover:!selected { background: $hover; }
QTableView { gridline-color: $line; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: $paper; color: $muted_tinted; border: none;
  border-bottom: 1px solid $line;
  padding: ${s6}px ${s8}px; font-weight: 600; }
QTableCornerButton::section { background: $paper; border: none; border-bottom: 1px solid $line; }

QMenu { background: $paper; border: 1px solid $line; border-radius: ${s6}px; padding: ${s4}px; }
QMenu::item { padding: ${s6}px ${s24}px ${s6}px ${s12}px; border-radius: ${s4}px; }
QMenu::item:selected { background: $selection; color: $ink; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: ${s4}px ${s8}px; }
QMenuBar { background: $ground; }
QMenuBar::item:selected { background: $selection; }

QTabBar::tab { background: transparent; color: $muted_tinted; padding: ${s6}px ${s12}px;
  border: none;
  border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $ink; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { color: $accent; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }

QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }

QScrollBar:vertical { background: transparent; width: ${s10}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${s10}px; margin: 0; }
QScrollBar::handle { background: $scroll; border-radius: ${s3}px; margin: ${s2}px; }
QScrollBar::handle:vertical { min-height: ${s32}px; }
QScrollBar::handle:horizontal { min-width: ${s32}px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }

QProgressBar { background: $line; border: none; border-radius: ${s2}px; max-height: ${s4}px;
  min-height: ${s4}px; }
QProgressBar::chunk { background: $accent; border-radius: ${s2}px; }

QSlider::groove:horizontal { height: ${s4}px; background: $line; border-radius: ${s2}px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: ${s2}px; }
QSlider::handle:horizontal { width: ${s12}px; margin: -${s4}px 0; border-radius: ${s6}px;
  background: $accent; }
QSlider { min-height: ${s20}px; border: 2px solid transparent; border-radius: ${s4}px; }
QSlider:focus { border-color: $accent; }

QCheckBox, QRadioButton { spacing: ${s8}px; min-height: ${s24}px; border: 2px solid transparent;
  border-radius: ${s4}px; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
  width: ${s14}px; height: ${s14}px;
  border: 1px solid $muted; background: $paper; }
QCheckBox::indicator, QAbstractItemView::indicator { border-radius: ${s3}px; }
QRadioButton::indicator { border-radius: ${s7}px; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
  background: $accent; border-color: $accent;
  image: url("$marks-check.svg"); }
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate {
  background: $muted; }
QRadioButton::indicator:checked { border: ${s4}px solid $accent; width: ${s8}px; height: ${s8}px; }
QGroupBox { border: 1px solid $line; border-radius: ${s6}px; margin-top: ${s16}px;
  padding: ${s8}px; }
QGroupBox::title { subcontrol-origin: margin; left: ${s8}px; color: $muted_tinted; }
QStatusBar { background: $ground; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
""")
_MARKS = Path(__file__).resolve().parent.parent / "resources" / "themes"
_SIZES = (2, 3, 4, 6, 7, 8, 10, 11, 12, 14, 16, 20, 24, 28, 32)


def style_sheet(theme: "Theme") -> str:
    """Return the style sheet for `theme`; the face is the application's."""
    values = {f"s{size}": str(theme.px(size)) for size in _SIZES}
    values |= {f"f{size}": str(theme.px(size)) for size in (11, 20)}
    for name in (
        "paper", "ground", "pane", "line", "ink", "muted", "accent", "selection", "muted_tinted",
        "accent_ink", "hover",
    ):  # fmt: skip
        values[name] = str(getattr(theme, name))
    values["accent_hover"] = mix(theme.ink, theme.accent, 0.15)
    values["scroll"] = mix(theme.ink, theme.pane, 0.2)
    values["marks"] = (_MARKS / ("dark" if theme.dark else "light")).as_posix()
    return _SHEET.substitute(values)
