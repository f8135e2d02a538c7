"""The dictionary forms that a word may be a form of: a set of keys, since no list knows them all.

Two words are the same to a search when their keys meet. Nothing is decided by context: `arbeidet`
has the keys arbeid and arbeide, and both find it.
"""

from dataclasses import dataclass
from itertools import islice

from qda.language.compounds import Compounds
from qda.language.lexicon import Lexicon
from qda.model.entities import Language

_BLIND = 6
"""Letters a word must have for endings to be taken off that no list vouches for."""
_STEM = 4
_VOWELS = frozenset("aeiouyæøåéèêô")


@dataclass(frozen=True, slots=True)
class Keys:
    """What a form is found by.

    `lemmas` are its dictionary forms, the likeliest first and at least one; `others` are keys that
    only help to find it: the form itself, spellings without a hyphen, stems; `parts` are the keys
    of the words it is put together from.
    """

    lemmas: tuple[str, ...]
    others: tuple[str, ...]
    parts: tuple[str, ...]

    def all(self) -> frozenset[str]:
        """Return every key of the form."""
        return frozenset(self.lemmas) | frozenset(self.others)


class Lemmatiser:
    """Keys of forms in one language. A form is a word in lower case (`str.casefold`)."""

    def __init__(self, lexicon: Lexicon, language: Language) -> None:
        """Ask `lexicon` what is a word."""
        self._lexicon = lexicon
        self._language: Language = language
        self._compounds = Compounds(lexicon, language)
        self._endings = _ENDINGS[language]
        self._part_keys: dict[str, tuple[str, ...]] = {}

    def keys(self, form: str) -> Keys:
        """Return the keys of a form."""
        form = form.replace("\u2019", "'")
        lemmas, others = self._read(form, deep=True)
        rest = dict.fromkeys((*others, form, *_without_hyphens((form, *lemmas))))
        return Keys(
            lemmas, tuple(one for one in rest if one not in lemmas), self._parts(form, lemmas)
        )

    # ------------------------------------------------------------------------------ reading

    def _read(self, form: str, *, deep: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the dictionary forms, and stems that only help to find it."""
        found = self._lexicon.readings(form, self._language)
        if found:
            return tuple(dict.fromkeys((*found, *self._hidden(form, found)))), ()
        if self._lexicon.is_name(form, self._language) or not any(map(str.isalpha, form)):
            return (form,), ()
        for way in (self._hyphenated, self._genitive, self._compound, self._ended):
            found = way(form) if deep else ()
            if found:
                return found, ()
        if deep and self._lexicon.is_lemma(form, self._language):
            return (form,), ()
        return (form,), _stems(form, self._endings)

    def _hidden(self, form: str, found: tuple[str, ...]) -> list[str]:
        """Return readings that a list with one answer for each form leaves out.

        Those are neuter nouns behind verbs (arbeidet), verbs behind nouns (arbeider), and the
        noun that the form itself is (leder).
        """
        if self._language == "en":
            return []
        asked: list[str] = []
        if form not in found and self._is_noun(form):
            asked.append(form)
        if form.endswith(("er", "ar")) and self._is_verb(form[:-1]):
            asked.append(form[:-1])
        if form.endswith("ar") and self._is_verb(form[:-2] + "e"):
            asked.append(form[:-2] + "e")
        # The imperative of punktere, and the plural of punkt.
        if form.endswith("er") and form + "e" in found and self._is_noun(form[:-2]):
            asked.append(form[:-2])
        # The participle that is an adjective: sykmeldt, of de sykmeldte.
        if form.endswith(("te", "de")) and any(one[:-1] + form[-2] == form[:-1] for one in found):
            asked.append(form[:-1])
        for ending in ("et", "a"):
            stem = form.removesuffix(ending)
            if stem == form or len(stem) < 3:
                continue
            asked += [noun for noun in _spellings(stem, "") if self._takes(noun, ending)]
            if self._is_verb(stem + "e") and self._takes_et(stem):
                asked.append(stem + "e")
        return asked

    def _takes(self, noun: str, ending: str) -> bool:
        """Tell whether a noun may have the definite ending -et or -a.

        The lists do not say of what gender a noun is. A verb of the same stem (trygd, trygde) is
        near enough that the noun may be found by its past tense; short words are too many for it.
        """
        if not self._is_noun(noun):
            return False
        return len(noun) > 3 or ending == "a" or not self._says(noun + "en", noun)

    def _says(self, form: str, lemma: str) -> bool:
        return self._lexicon.says(form, self._language, lemma)

    def _is_noun(self, word: str) -> bool:
        """Tell whether the lists have forms of `word` that only a noun has."""
        if word.endswith("e"):
            return self._says(word + "ne", word) or self._says(word[:-1] + "ane", word)
        plurals = ("ene", "ane", "ne") if not word.endswith(("er", "ar")) else ("ne", "ane", "ene")
        return any(self._says(word + ending, word) for ending in plurals) or (
            self._language == "nn" and self._says(word + "et", word)
        )

    def _is_verb(self, word: str) -> bool:
        """Tell whether the lists have a past tense or a passive of the infinitive `word`."""
        if not word.endswith("e") or not self._lexicon.is_lemma(word, self._language):
            return False
        endings = ("et", "te", "de", "es", "a", "ast")
        return any(self._says(word[:-1] + ending, word) for ending in endings)

    def _takes_et(self, stem: str) -> bool:
        """Tell whether a verb is of the class with -et and -a, and not målte, levde."""
        return not any(self._says(stem + ending, stem + "e") for ending in ("te", "de"))

    def _hyphenated(self, form: str) -> tuple[str, ...]:
        first, hyphen, head = form.rpartition("-")
        if not hyphen or len(head) < 2:
            return ()
        lemmas, _ = self._read(head, deep=True)
        return tuple(f"{first}-{lemma}" for lemma in lemmas)

    def _genitive(self, form: str) -> tuple[str, ...]:
        base = form[:-1].rstrip("'") if form.endswith("s") else ""
        if len(base) < 3 or base.endswith("s"):
            return ()
        if self._lexicon.is_name(base, self._language):
            return (base,)
        found = self._lexicon.readings(base, self._language)
        if found:
            return found
        if self._language == "en":
            return (base,) if form.endswith("'s") else ()
        return self._compound(base) or self._ended(base)

    def _compound(self, form: str) -> tuple[str, ...]:
        if self._language == "en":
            return ()
        found: dict[str, None] = {}
        for split in self._compounds.splits(form):
            before = form.removesuffix(split.head)
            lemmas, _ = self._read(split.head, deep=False)
            lemmas += self._participle(split.head)
            # Compounds are nouns far more often than verbs: målekortet is of kort, not of korte.
            for lemma in sorted(lemmas, key=lambda one: not self._is_noun(one)):
                found[before + lemma] = None
        return tuple(found)

    def _participle(self, form: str) -> tuple[str, ...]:
        """Return the participle that is an adjective in compounds: sykmeldt, of sykmeldte."""
        base = form[:-1]
        if form.endswith(("te", "de")) and self._lexicon.readings(base, self._language):
            return (base,)
        return ()

    def _ended(self, form: str) -> tuple[str, ...]:
        """Take off an ending where what is left is a word of the lists, or made of such."""
        stems = _all_stems(form, self._endings)
        found = tuple(one for one in stems if self._lexicon.is_lemma(one, self._language))
        if found or len(form) < _BLIND:
            return found
        made = (one for one in stems if len(one) >= _BLIND and self._is_made(form, one))
        return tuple(islice(made, 2))

    def _is_made(self, form: str, word: str) -> bool:
        """Tell whether `word`, which no list has, is a compound or a derivation of known ones."""
        if _is_derived(form, word):
            return True
        split = self._compounds.split(word)
        return split is not None and self._lexicon.is_lemma(split.head, self._language)

    # -------------------------------------------------------------------------------- parts

    def _parts(self, form: str, lemmas: tuple[str, ...]) -> tuple[str, ...]:
        if self._language == "en":
            return (
                tuple(dict.fromkeys(one for one in form.split("-") if one)) if "-" in form else ()
            )
        found: dict[str, None] = {}
        pieces = [piece for piece in form.split("-") if len(piece) > 1]
        for piece in pieces:
            if len(pieces) > 1:
                found.update(dict.fromkeys(self._keys_of_part(piece)))
            for part in self._compounds.parts(piece) or self._parts_of_lemma(pieces, lemmas):
                found.update(dict.fromkeys(self._keys_of_part(part)))
        return tuple(one for one in found if one not in lemmas and one != form)

    def _parts_of_lemma(self, pieces: list[str], lemmas: tuple[str, ...]) -> tuple[str, ...]:
        """Return the parts of the likeliest dictionary form: of a genitive, say."""
        return self._compounds.parts(lemmas[0]) if len(pieces) == 1 else ()

    def _keys_of_part(self, part: str) -> tuple[str, ...]:
        if part not in self._part_keys:
            lemmas, _ = self._read(part, deep=True)
            self._part_keys[part] = tuple(dict.fromkeys((*lemmas, part)))
        return self._part_keys[part]


def _all_stems(form: str, endings: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Return what is left of a form without each of the endings it has, the longest first."""
    found: dict[str, None] = {}
    for ending, instead in endings:
        if form.endswith(ending) and len(form) - len(ending) >= 3:
            found.update(dict.fromkeys(_spellings(form[: -len(ending)], instead)))
    return tuple(found)


def _is_derived(form: str, stem: str) -> bool:
    """Tell whether `stem` ends as only words of a known make do, and `form` is one of it."""
    ending = form[len(stem) :] if form.startswith(stem) else ""
    if not ending or stem + ending != form:
        return False
    return (stem.endswith(_MAKES) and ending in _MAKES_TAKE) or (
        stem.endswith(("er", "ar")) and ending in _AGENTS_TAKE
    )


def _without_hyphens(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.replace("-", "") for word in words if "-" in word.strip("-"))


def _spellings(stem: str, instead: str) -> tuple[str, ...]:
    """Return how a stem may be written without its ending: rommet is of rom, with one m."""
    if not instead and stem.endswith("mm"):
        return stem, stem[:-1]
    return (stem + instead,)


def _stems(form: str, endings: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Return stems of a word that no list knows; they find it, and say nothing of it."""
    if len(form) < _BLIND or not form.isalpha():
        return ()
    found: dict[str, None] = {}
    for ending, instead in endings:
        stem = form.removesuffix(ending)
        if stem == form or len(stem) < _STEM or not _VOWELS & set(stem):
            continue
        # Hansen is no form of Hans.
        if stem.endswith("s") and ending in ("en", "on"):
            continue
        found[stem + instead] = None
    return tuple(found)


_MAKES = (
    "skap", "heit", "het", "dom", "ing", "sjon", "itet", "isme", "leik", "lig", "leg", "som",
    "messig", "løs", "laus", "aktig", "ist", "tor", "graf", "log",
)  # fmt: skip
"""How words end that are made of others, whatever the others are."""
_TAKEN_BY_MADE = "en et a er ar ene ane ens ets enes anes s e t ere est este are ast aste n r ne"
_MAKES_TAKE = frozenset(_TAKEN_BY_MADE.split())
_TAKEN_BY_AGENTS = "en e ne ane ar s ens nes anes aren"
_AGENTS_TAKE = frozenset(_TAKEN_BY_AGENTS.split())

_NOUNS_NB = (
    ("ene", ""), ("ene", "e"), ("ne", ""), ("ne", "e"), ("er", ""), ("er", "e"), ("r", ""),
    ("en", ""), ("en", "e"), ("n", ""), ("et", ""), ("et", "e"), ("t", ""), ("a", ""), ("a", "e"),
    ("e", ""),
)  # fmt: skip
_NOUNS_NN = (
    ("ane", ""), ("ane", "e"), ("ene", ""), ("ene", "e"), ("ar", ""), ("ar", "e"), ("er", ""),
    ("er", "e"), ("ingane", "ing"), ("ingar", "ing"), ("en", ""), ("en", "e"), ("n", ""),
    ("et", ""), ("et", "e"), ("t", ""), ("a", ""), ("a", "e"), ("e", ""),
)  # fmt: skip
_VERBS_NB = (
    ("te", "e"), ("de", "e"), ("dde", ""), ("t", "e"), ("dd", ""), ("tt", ""), ("es", "e"),
    ("s", ""), ("ende", "e"), ("r", "e"),
)  # fmt: skip
_VERBS_NN = (
    ("te", "e"), ("de", "e"), ("dde", ""), ("ast", "e"), ("ast", "a"), ("t", "e"), ("dd", ""),
    ("tt", ""), ("ande", "e"), ("ar", "a"), ("te", "je"), ("de", "je"), ("jer", "je"),
)  # fmt: skip
_ADJECTIVES = (("ere", ""), ("est", ""), ("este", ""), ("are", ""), ("ast", ""), ("aste", ""))
_ENGLISH = (
    ("ies", "y"), ("es", ""), ("es", "e"), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"),
    ("ing", ""), ("ing", "e"), ("er", ""), ("er", "e"), ("est", ""), ("est", "e"),
)  # fmt: skip
_NB = (*_NOUNS_NB, *_VERBS_NB, *_ADJECTIVES)
_NN = (*_NOUNS_NN, *_VERBS_NN, *_ADJECTIVES)
_ENDINGS: dict[Language, tuple[tuple[str, str], ...]] = {
    # Who speaks the one writes a word of the other now and then.
    "nb": tuple(dict.fromkeys((*_NB, *_NN))),
    "nn": tuple(dict.fromkeys((*_NN, *_NB))),
    "en": _ENGLISH,
}
