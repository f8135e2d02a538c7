from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QKeySequence
from PySide6.QtPrintSupport import QPrintPreviewDialog
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QColorDialog,
    QDialogButtonBox,
    QFileDialog,
    QFontDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QTextEdit,
    QTreeView,
    QWidget,
    QWizard,
)
from pytestqt.qtbot import QtBot

from qda.app.translation import load_catalogue
from qda.gui.language import (
    current_catalogue,
    install_language,
    say,
    system_language,
    tr,
    tr_n,
)
from qda.gui.qt_strings import KEY_NAMES, QT_WORDS
from qda.model.messages import counted

MODIFIERS = {"Ctrl", "Shift", "Alt", "Meta", "Num"}
Buttons = QDialogButtonBox.StandardButton


@pytest.fixture
def norwegian(qapp: QApplication) -> Iterator[None]:
    install_language(qapp, load_catalogue("nb"))
    yield
    install_language(qapp, load_catalogue("en"))


def words(widget: QWidget) -> set[str]:
    """Return what a person reads on the buttons, labels and groups of `widget`."""
    texts = {button.text() for button in widget.findChildren(QAbstractButton)}
    texts |= {label.text() for label in widget.findChildren(QLabel)}
    texts |= {group.title() for group in widget.findChildren(QGroupBox)}
    return {text for text in texts if any(letter.isalpha() for letter in text)}


def tips(widget: QWidget) -> set[str]:
    tips = {button.toolTip() for button in widget.findChildren(QAbstractButton)}
    return {tip for tip in tips if any(letter.isalpha() for letter in tip)}


def entries(menu: QMenu) -> list[str]:
    return [action.text().split("\t")[0] for action in menu.actions() if not action.isSeparator()]


@pytest.mark.usefixtures("norwegian")
def test_standard_buttons_speak_norwegian(qtbot: QtBot) -> None:
    box = QDialogButtonBox()
    qtbot.addWidget(box)
    expected = {
        Buttons.Ok: "OK",
        Buttons.Save: "Lagre",
        Buttons.SaveAll: "Lagre alle",
        Buttons.Open: "Åpne",
        Buttons.Yes: "&Ja",
        Buttons.YesToAll: "Ja til &alt",
        Buttons.No: "&Nei",
        Buttons.NoToAll: "N&ei til alt",
        Buttons.Abort: "Avbryt",
        Buttons.Retry: "Prøv igjen",
        Buttons.Ignore: "Ignorer",
        Buttons.Close: "Lukk",
        Buttons.Cancel: "Avbryt",
        Buttons.Discard: "Forkast",
        Buttons.Help: "Hjelp",
        Buttons.Apply: "Bruk",
        Buttons.Reset: "Tilbakestill",
        Buttons.RestoreDefaults: "Gjenopprett standard",
    }
    for button in expected:
        box.addButton(button)
    assert {button: box.button(button).text() for button in expected} == expected


@pytest.mark.usefixtures("norwegian")
def test_message_boxes_speak_norwegian(qtbot: QtBot) -> None:
    box = QMessageBox()
    qtbot.addWidget(box)
    box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel)
    box.setDetailedText("x")
    assert words(box) >= {"&Ja", "Avbryt", "Vis detaljer …"}


@pytest.mark.usefixtures("norwegian")
def test_menus_of_text_fields_speak_norwegian(qtbot: QtBot) -> None:
    line, text = QLineEdit("x"), QTextEdit("x")
    for field in (line, text):
        qtbot.addWidget(field)
        menu = field.createStandardContextMenu()
        qtbot.addWidget(menu)
        assert entries(menu) == [
            "&Angre", "&Gjør om", "Klipp &ut", "&Kopier", "&Lim inn", "Slett", "Merk alt",
        ]  # fmt: skip


@pytest.mark.usefixtures("norwegian")
def test_file_dialogs_speak_norwegian(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = QFileDialog(None, "", str(tmp_path))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.show()
    tree = dialog.findChild(QTreeView, "treeView")
    assert tree is not None
    header = tree.model()
    columns = [
        header.headerData(column, tree.header().orientation())
        for column in range(header.columnCount())
    ]
    assert columns == ["Navn", "Størrelse", "Type", "Sist endret"]
    assert words(dialog) >= {"&Se i:", "Fil&navn:", "Fil&type:", "&Åpne", "Avbryt"}
    assert tips(dialog) >= {"Tilbake", "Mappen over", "Lag ny mappe", "Liste", "Detaljer"}
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    assert "&Lagre" in words(dialog)


def test_nothing_english_is_left_in_qts_dialogs(qapp: QApplication, qtbot: QtBot) -> None:
    said: dict[str, set[str]] = {}
    for language in ("nb", "en"):
        install_language(qapp, load_catalogue(language))
        said[language] = set()
        for kind in (QFileDialog, QColorDialog, QFontDialog, QWizard, QPrintPreviewDialog):
            dialog = kind()
            qtbot.addWidget(dialog)
            if isinstance(dialog, QFileDialog):
                dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
            dialog.show()
            said[language] |= words(dialog) | tips(dialog)
    assert len(said["nb"]) > 40
    assert said["nb"] & said["en"] <= {"OK", "&OK", "&HTML:"}


@pytest.mark.usefixtures("norwegian")
def test_keys_have_norwegian_names_and_can_be_read_back() -> None:
    native = QKeySequence.SequenceFormat.NativeText
    portable = QKeySequence.SequenceFormat.PortableText
    for keys, name in {"Ctrl+Left": "Ctrl+Pil venstre", "Ctrl+K": "Ctrl+K", "F5": "F5"}.items():
        sequence = QKeySequence.fromString(keys, portable)
        assert sequence.toString(native) == name
    for key in set(KEY_NAMES) - MODIFIERS:
        sequence = QKeySequence.fromString(key.replace("%1", "5"), portable)
        assert QKeySequence.fromString(sequence.toString(native), native) == sequence


def test_the_language_can_be_switched(qapp: QApplication, qtbot: QtBot) -> None:
    install_language(qapp, load_catalogue("nb"))
    assert QLocale().language() is QLocale.Language.NorwegianBokmal
    assert QLocale().toString(1.5) == "1,5"
    assert current_catalogue().language == "nb"
    install_language(qapp, load_catalogue("en"))
    assert QLocale().toString(1.5) == "1.5"
    box = QDialogButtonBox(Buttons.Cancel)
    qtbot.addWidget(box)
    assert box.button(Buttons.Cancel).text() == "Cancel"


def test_places_are_filled_in_any_language() -> None:
    assert tr("Stop at {place}.", place="A") == "Stop at A."
    assert tr("{braces} stay where nothing fills them") == "{braces} stay where nothing fills them"
    assert tr_n("{n} stop", "{n} stops", 1) == "1 stop"
    assert tr_n("{n} stop in {place}", "{n} stops in {place}", 2, place="A") == "2 stops in A"
    assert say(counted("{n} stop", "{n} stops", 0)) == "0 stops"


def test_the_system_names_one_of_our_languages() -> None:
    assert system_language() in {"nb", "en"}


def test_words_of_qt_are_listed_once() -> None:
    assert len(set(QT_WORDS)) == len(QT_WORDS)
    assert len(set(KEY_NAMES)) == len(KEY_NAMES)
