"""The command line's language: what commands call to say a sentence."""

from qda.app.translation import Catalogue, InterfaceLanguage, load_catalogue
from qda.model.messages import Message, MessageValue, said_values


class _Current:
    """The catalogue of this run, in one place that can be exchanged."""

    catalogue = Catalogue("en")


def speak(language: InterfaceLanguage) -> None:
    """Say everything from now on in `language`."""
    if _Current.catalogue.language != language:
        _Current.catalogue = load_catalogue(language)


def current_catalogue() -> Catalogue:
    """Return the catalogue in use: for numbers, moments and `Message.say`."""
    return _Current.catalogue


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


def say_stored(sentence: str) -> str:
    """Say an English sentence that the project file keeps: the name of an operation."""
    return _Current.catalogue.text(sentence)


def _(text: str) -> str:
    """Mark a help text for translation; it is said in the user's language when it is shown."""
    return text
