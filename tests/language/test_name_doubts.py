"""What is shown as doubtful rather than taken for a name, and what is a name all the same."""

import pytest

from qda.language.names.finding import KnownNames, SourceText, find_names
from qda.model.pseudonyms import TextPlace


def found(text: str) -> tuple[set[str], set[str]]:
    """Return what is certain, and what is doubtful."""
    hits = find_names([SourceText(TextPlace("document", 1, "text"), text, "nb")], KnownNames())
    sure = {one.text for one in hits if not one.is_doubtful}
    return sure, {one.text for one in hits if one.is_doubtful}


@pytest.mark.parametrize(
    ("text", "sure", "doubtful"),
    [
        # An inflected form beside it says that it is a word.
        ("Steinen er fin, og Stein er hardt.", set(), {"Stein"}),
        ("Rosen visner jo, men Rosa er fin.", set(), {"Rosa"}),
        # So do capitals on ordinary words around; who says something is somebody in spite of them.
        ("Vi har Mottak og Avklaring, Stein og Tiltak.", set(), {"Stein"}),
        ("Da sa Stein at Mottak og Avklaring er ett.", {"Stein"}, set()),
        # A word that no dictionary has begins the sentence.
        ("Xhevahire, ja, hun var fin.", set(), {"Xhevahire"}),
        ("Xhevahire ringte, og jeg lo.", {"Xhevahire"}, set()),
        # What is made of a name and a word, and half a word.
        ("Fafo-rapporten sier det, og Integrerings- og mangfoldsplanen.", set(), set()),
        ("Jeg ringte om sak nr. 22/104388 i går.", set(), {"22/104388"}),
        ("Brukernavnet er K148203.", {"K148203"}, set()),
        ("Se på K148203 der.", set(), {"K148203"}),
        ("Svarene er\n26 35 28 31\ni alt.", set(), {"26 35 28 31"}),
        # Units are no names; a letter before a place makes an organisation.
        ("Jeg var i Team Familie, og så i Team Marked.", set(), {"Team"}),
        ("Han var hos AOF Haugesund i fjor.", {"AOF Haugesund"}, set()),
        ("Karis kontor var lite, sa Kari.", {"Karis", "Kari"}, set()),
        # Nordic names are known by their halves, surnames by what stands before them.
        ("Leidulv og Solfrid gikk hjem.", {"Leidulv", "Solfrid"}, set()),
        ("Det må ha vært Jorid Hammer.", {"Jorid Hammer"}, set()),
        # Talk without capitals.
        ("så kom rune berntsen og kåre magne inn", {"rune berntsen", "kåre magne"}, set()),
        ("jeg møtte rune der og så gikk vi", {"rune"}, set()),
        ("og rune er der og så gikk vi", set(), {"rune"}),
        ("vi har runer og lister på veggen", set(), set()),
    ],
)  # fmt: skip
def test_doubt_is_told_from_certainty(text: str, sure: set[str], doubtful: set[str]) -> None:
    assert found(text) == (sure, doubtful)


def test_what_stands_in_lower_case_is_no_name_at_the_start_of_a_sentence() -> None:
    text = "Xhavi ringte.\nDet var en xhavi, en xhavi til og en xhavi."
    assert found(text) == (set(), set())
