"""Guess whether a text is bokmål, nynorsk or English from its most frequent small words."""

import re

from qda.model.entities import Language


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that only one of the three languages has, or has far more often than the others.
MARKERS: dict[Language, frozenset[str]] = {
    "nb": _words(
        "ikke jeg hva hvordan hvorfor noe noen mye fra være vært ble blir disse hun deres "
        "kommer hvor bare også etter dere siden selv ingen mellom gjør nå skulle hvis "
        "hvem bli"
    ),
    "nn": _words(
        "ikkje eg kva korleis kvifor noko nokon mykje frå vere vore vart vert desse ho "
        "deira kjem kor berre òg dykk sidan sjølv ingen mellom gjer skulle dersom kven "
        "nokre eit ein dei heile mykje saman blei"
    ),
    "en": _words(
        "the and of is it that you we they was were have has not with what how this "
        "but are on as there because about would from which their"
    ),
}
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 200_000
_LANGUAGES_OF: dict[str, tuple[Language, ...]] = {
    word: tuple(language for language, words in MARKERS.items() if word in words)
    for word in frozenset[str]().union(*MARKERS.values())
}


def guess_language(text: str, default: Language = "nb") -> Language:
    """Return the language whose marker words are most frequent, `default` where none is found."""
    scores: dict[Language, int] = dict.fromkeys((default, *MARKERS), 0)
    for word in _WORD.findall(text[:_SAMPLE].lower()):
        for language in _LANGUAGES_OF.get(word, ()):
            scores[language] += 1
    # The first of equals wins, and the default stands first.
    return max(scores, key=lambda language: scores[language])
