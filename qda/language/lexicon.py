"""What is known of single words: the word lists of simplemma behind one small door."""

from collections.abc import Mapping
from functools import cache

from qda.language import word_lists
from qda.model.entities import Language

OTHER: dict[Language, Language] = {"nb": "nn", "nn": "nb"}


class Lexicon:
    """Dictionary forms by form, for the languages that were asked for so far.

    The lists are loaded when first wanted (half a second a language) and held for as long as this
    object lives. Everything is asked in lower case.
    """

    def __init__(self) -> None:
        """Begin with no list loaded."""
        self._lists: dict[Language, Mapping[str, str]] = {}
        self._lemmas: dict[Language, frozenset[str]] = {}

    def lemma(self, form: str, language: Language) -> str | None:
        """Return the list's one dictionary form of `form`, None where it is not listed."""
        return self._list(language).get(form)

    def is_lemma(self, word: str, language: Language) -> bool:
        """Tell whether `word` is the dictionary form of anything in either written standard."""
        if word in self._lemmas_of(language):
            return True
        other = OTHER.get(language)
        return other is not None and word in self._lemmas_of(other)

    def says(self, form: str, language: Language, lemma: str) -> bool:
        """Tell whether the list of either written standard has `form` as a form of `lemma`."""
        if self.lemma(form, language) == lemma:
            return True
        other = OTHER.get(language)
        return other is not None and self.lemma(form, other) == lemma

    def is_name(self, form: str, language: Language) -> bool:
        """Tell whether the list has the word with a capital alone."""
        listed = self._list(language)
        return form not in listed and form.capitalize() in listed

    def readings(self, form: str, language: Language) -> tuple[str, ...]:
        """Return the dictionary forms that our own list or simplemma's gives, ours first.

        What bokmål does not list is looked up in nynorsk, and the other way about.
        """
        own = word_lists.irregular(language).get(form, ())
        listed = self.lemma(form, language)
        found = own if listed is None else (*own, listed)
        other = OTHER.get(language)
        if not found and other is not None and not self.is_name(form, language):
            found = word_lists.irregular(other).get(form, ())
            listed = self.lemma(form, other)
            found = found if listed is None else (*found, listed)
        return tuple(dict.fromkeys(found))

    def _list(self, language: Language) -> Mapping[str, str]:
        if language not in self._lists:
            self._lists[language] = _load(language)
        return self._lists[language]

    def _lemmas_of(self, language: Language) -> frozenset[str]:
        if language not in self._lemmas:
            own = (lemma for lemmas in word_lists.irregular(language).values() for lemma in lemmas)
            self._lemmas[language] = frozenset(self._list(language).values()) | frozenset(own)
        return self._lemmas[language]


def _load(language: Language) -> Mapping[str, str]:
    from simplemma.strategies.dictionaries.dictionary_factory import (  # lazy: start-up
        DefaultDictionaryFactory,
    )

    # A factory of our own: the library's would keep the list for as long as the program runs.
    return DefaultDictionaryFactory().get_dictionary(language)


@cache
def shared_lexicon() -> Lexicon:
    """Return the lexicon of this process; `forget` lets go of it."""
    return Lexicon()


def forget() -> None:
    """Let go of the loaded lists: they take a hundred megabytes."""
    shared_lexicon.cache_clear()
