"""The window's language: what widgets call to say a sentence, and Qt's own words.

`install_language` is called once at the start and again when the user switches; widgets built
after it speak the new language. Until then everything is English.
"""

from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from qda.app import translation
from qda.app.translation import Catalogue, InterfaceLanguage
from qda.gui.qt_strings import KEY_CONTEXT, QT_CONTEXT
from qda.model.messages import Message, MessageValue, said_values

LOCALES: Final[dict[InterfaceLanguage, QLocale]] = {
    "nb": QLocale(QLocale.Language.NorwegianBokmal, QLocale.Country.Norway),
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
}


class QtWords(QTranslator):
    """Answers Qt's own requests for translation from the catalogue."""

    def __init__(self, catalogue: Catalogue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue

    # Qt leaves out translators that say they are empty.
    def isEmpty(self) -> bool:
        """Tell Qt that there is something to ask for."""
        return False

    def translate(
        self,
        context: str,
        sourceText: str,  # noqa: N803 - Qt's name
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str:
        """Return Qt's `sourceText` in the user's language, or as it is."""
        del disambiguation, n
        where = KEY_CONTEXT if context == "QShortcut" else QT_CONTEXT
        return self._catalogue.in_context(where, sourceText)


class _Current:
    """The catalogue of the window, in one place that can be exchanged."""

    catalogue = Catalogue("en")
    qt_words: QtWords | None = None


def install_language(app: QApplication, catalogue: Catalogue) -> None:
    """Let the window, Qt's own dialogs and Qt's numbers and dates speak `catalogue`."""
    previous = _Current.qt_words
    if previous is not None:
        app.removeTranslator(previous)
    _Current.catalogue = catalogue
    _Current.qt_words = None
    QLocale.setDefault(LOCALES[catalogue.language])
    if catalogue.language != "en":
        _Current.qt_words = QtWords(catalogue)
        QCoreApplication.installTranslator(_Current.qt_words)


def current_catalogue() -> Catalogue:
    """Return the catalogue that the window speaks: for numbers, dates and `Message.say`."""
    return _Current.catalogue


def system_language() -> InterfaceLanguage:
    """Return the language in which the user reads the system, as Qt knows it."""
    return translation.system_language(preferred=QLocale.system().uiLanguages())


def tr(text: str, **values: MessageValue) -> str:
    """Say a literal English sentence in the user's language, its places filled."""
    pattern = _Current.catalogue.text(text)
    return pattern.format(**said_values(values, _Current.catalogue)) if values else pattern


def tr_n(singular: str, plural: str, n: int, **values: MessageValue) -> str:
    """Say the sentence that fits the count `n`; both are literal English."""
    said = said_values({"n": n, **values}, _Current.catalogue)
    return _Current.catalogue.plural(singular, plural, n).format(**said)


def say(message: Message) -> str:
    """Say a message of the core in the user's language."""
    return message.say(_Current.catalogue)
