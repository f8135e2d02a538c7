import pytest

from qda.text.language_guess import guess_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Jeg vet ikke hva de mente, men det ble noe annet enn vi hadde tenkt fra start.", "nb"),
        (
            "Eg veit ikkje kva dei meinte, men det vart noko anna enn me hadde tenkt frå start.",
            "nn",
        ),
        ("I do not know what they meant, but it was something else than we had planned.", "en"),
        ("", "nb"),
        ("12 34", "nb"),
    ],
)
def test_small_words_tell_the_language(text: str, language: str) -> None:
    assert guess_language(text) == language


def test_nothing_known_gives_the_default() -> None:
    assert guess_language("xyzzy plugh", "nn") == "nn"
