"""What is known of single words: the word lists of simplemma behind one small door."""

from collections.abc import Iterator, Mapping
from functools import cache

from qda.language import word_lists
from qda.model.entities import Language

OTHER: dict[Language, Language] = {"nb": "nn", "nn": "nb"}
BEGINNING = 5


class Lexicon:
    """Dictionary forms by form, for the languages that were asked for so far.

    The lists are loaded when first wanted (half a second a language) and held for as long as this
    object lives. Everything is asked in lower case.
    """

    def __init__(self) -> None:
        """Begin with no list loaded."""
        self._lists: dict[Language, Mapping[str, str]] = {}
        self._lemmas: dict[Language, frozenset[str]] = {}
        self._beginnings: dict[Language, frozenset[str]] = {}

    def forms(self, language: Language) -> Iterator[str]:
        """Yield every form that the list has."""
        yield from self._list(language)

    def lemma(self, form: str, language: Language) -> str | None:
        """Return the list's one dictionary form of `form`, None where it is not listed."""
        return self._list(language).get(form)

    def is_lemma(self, word: str, language: Language) -> bool:
        """Tell whether `word` is the dictionary form of anything in either written standard."""
        return word in self.lemmas(language)

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

    def is_known(self, form: str, language: Language) -> bool:
        """Tell whether either written standard has the form; most that it has not are told early.

        Taking compounds apart asks this of every ending of every word.
        """
        if form[:BEGINNING] not in self.beginnings(language):
            return False
        other = OTHER.get(language)
        return (
            self._list(language).get(form) is not None
            or form in word_lists.irregular(language)
            or (
                other is not None
                and (self._list(other).get(form) is not None or form in word_lists.irregular(other))
            )
        )

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

    def beginnings(self, language: Language) -> frozenset[str]:
        """Return the first letters of every form: what begins otherwise is no word."""
        if language not in self._beginnings:
            found: set[str] = set()
            for one in (language, OTHER.get(language)):
                if one is not None:
                    found.update(form[:BEGINNING] for form in self._list(one))
                    found.update(form[:BEGINNING] for form in word_lists.irregular(one))
            self._beginnings[language] = frozenset(found)
            if language in OTHER:
                self._beginnings[OTHER[language]] = self._beginnings[language]
        return self._beginnings[language]

    def lemmas(self, language: Language) -> frozenset[str]:
        """Return every dictionary form, for Norwegian of both written standards."""
        if language not in self._lemmas:
            found: set[str] = set()
            for one in (language, OTHER.get(language)):
                if one is not None:
                    found.update(self._list(one).values())
                    found.update(*word_lists.irregular(one).values())
            self._lemmas[language] = frozenset(found)
            if language in OTHER:
                self._lemmas[OTHER[language]] = self._lemmas[language]
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
