"""The words for where a speaker stands."""

from qda.gui.language import tr
from qda.model.entities import STANCES, Stance


def stance_words() -> tuple[str, str, str]:
    """Return the stances in the user's language, in the order of `STANCES`."""
    return tr("for"), tr("against"), tr("ambivalent")


def stance_word(stance: Stance | None) -> str:
    """Return a stance in the user's language, empty for none."""
    return "" if stance is None else stance_words()[STANCES.index(stance)]
