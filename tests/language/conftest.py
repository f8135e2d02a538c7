"""Word lists, tokenisers and lexicons that the tests of language share: they load slowly."""

import csv
from pathlib import Path

import pytest

from qda.language.lemmas import Lemmatiser
from qda.language.lexicon import Lexicon, shared_lexicon
from qda.model.entities import LANGUAGES, Language

DATA = Path(__file__).parent.parent / "data" / "language"


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a list under `tests/data/language`."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return shared_lexicon()


@pytest.fixture(scope="session")
def lemmatisers(lexicon: Lexicon) -> dict[Language, Lemmatiser]:
    return {language: Lemmatiser(lexicon, language) for language in LANGUAGES}
