"""Whether a word with a capital is a name: by what is known of it and by what stands around it."""

from collections.abc import Callable, Sequence

import regex

from qda.language.names import lists
from qda.language.names.evidence import Evidence, SourceText
from qda.language.names.wording import (
    WORD,
    Word,
    clause_behind,
    is_half,
    is_said,
    word_before,
    word_behind,
)
from qda.model.entities import Language
from qda.model.pseudonyms import Why

INITIALS_BEFORE = regex.compile(r"(?<![\p{L}\p{M}.])(?:\p{Lu}\.[ \u00a0]?){1,3}$")
REACH = 12
"""As far before a word its initials may begin."""
_IT_IS = regex.compile(r"(?i:\bdet (?:er|var|blei?|blir|vart|vert)|\b(?:er|var) det) $")
_IS_THAT = regex.compile(r" (?:er|var|blir|vert|is|was) (?:det|å|at|når|that|to)\b")
"""Behind what is talked of rather than behind somebody: Liv er det viktigste."""
_AGE = regex.compile(r" \(\d{1,2}(?: år)?\)")
_GOES_ON = frozenset(("i", "på", "fra", "frå", "sin", "sitt", "si", "sine"))
_ABSTRACT = ("heit", "het", "sjon", "ering", "isme", "skap")
_FINITE = ("erte", "erer")


class Judge:
    """Judge the words of texts by evidence that has learnt from all of them."""

    def __init__(self, evidence: Evidence) -> None:
        """Judge by `evidence`."""
        self._of = evidence

    def goes_with(self, word: Word, language: Language) -> bool:
        """Tell whether a word may be a name since one stands before it, with «og» or a comma."""
        form = self._of.base(word.form)
        if word.form in lists.cues("with_surname") and not word.initial:
            return not self._of.capitals.lower[form]
        usual = word.initial or form in lists.never() or self._of.capitals.lower[form]
        return not usual and not self._of.is_weak(form, language)

    def verdict(
        self, source: SourceText, run: Sequence[Word], index: int, before: Why | None
    ) -> Why | None:
        """Return what speaks for a word being a name, None where it is none.

        `before` is what spoke for the word before it in the run.
        """
        word, of = run[index], self._of
        form = of.base(word.form)
        listed = of.is_listed(form)
        if self._has_its_surname(run, index) or self._is_who(source.text, run, index):
            return "given name"
        ordinary = of.is_ordinary(form, source.language)
        if before is not None and index and word.form in lists.cues("second"):
            return before
        twice = ordinary and (_is_repeated(source.text, word) or _counts(source.text, word))
        if twice or self._is_out_of_question(word.form, form, listed=listed):
            return None
        if index and before is not None:
            # What follows a given name or an initial is the surname, whatever it means besides.
            return None if ordinary and lists.is_role(form) else before
        if self._has_initials(source.text, word, ordinary=ordinary):
            return "form"
        if of.is_given(word.form) or listed:
            why: Why = "list" if listed else "given name"
            certain = not ordinary or not word.initial
            return why if certain or self._acts(source, run, index) else None
        judged = self._of_ordinary if ordinary else self._of_unknown
        return judged(source, run, index)

    def _has_initials(self, text: str, word: Word, *, ordinary: bool) -> bool:
        """Tell whether initials stand before a word, and not the letter of a heading or a list."""
        hit = INITIALS_BEFORE.search(text, max(0, word.start - REACH), word.start)
        if hit is None or lists.looks_like_a_job(word.form, named=True):
            return False
        return not ordinary or (hit.start() > 1 and text[hit.start() - 2].isalpha())

    def calls_a_workplace(self, source: SourceText) -> Callable[[int, str], bool]:
        """Return what tells whether the word at a place may be what a workplace is called by."""
        words = {word.start: word for word in self._of.words(source)}

        def calls(start: int, shown: str) -> bool:
            word = words.get(start)
            form = shown.casefold()
            if word is None:  # in capitals throughout
                return len(shown) > 1 and form not in lists.never()
            if form in lists.place_names() or form in lists.cues("before_places"):
                return True
            if form in lists.never() or self._of.capitals.lower[form]:
                return False
            ordinary = self._of.is_ordinary(self._of.base(form), source.language)
            return not ordinary or (not word.initial and not lists.looks_like_a_job(form))

        return calls

    def _is_out_of_question(self, shown: str, form: str, *, listed: bool) -> bool:
        if shown.partition("-")[0] in lists.never():  # Excel-arket
            return True
        if lists.is_owner(shown):
            return True
        return not listed and (shown in lists.never() or form in lists.never())

    def _of_unknown(self, source: SourceText, run: Sequence[Word], index: int) -> Why | None:
        """Judge a word that is in no dictionary."""
        word = run[index]
        form = self._of.base(word.form)
        if is_half(source.text, word):
            return None
        if form.endswith(_ABSTRACT) or self._of.is_made_with(word, source.language):  # Stillheit
            return None
        if not word.initial or form in lists.place_names() or self._of.is_sure(form):
            return "capital"
        if index + 1 < len(run) and run[index + 1].form not in lists.never():
            return "capital"
        surname = form.endswith(lists.endings("surname_ends")) or form in self._of.capitals.mailed
        if surname or self._acts(source, run, index):
            return "words around"
        return None

    def _of_ordinary(self, source: SourceText, run: Sequence[Word], index: int) -> Why | None:
        """Judge a word that means something else too and is no given name that we know."""
        word, text = run[index], source.text
        form = self._of.base(word.form)
        before = word_before(text, word.start)
        if form in lists.cues("units"):
            return None
        if self._is_a_surname(source, form) and self._is_somebodys(source, word, before):
            return "words around"
        if word.initial:
            # Only if it stands with a capital in the middle of sentences as well.
            also = self._of.capitals.inside[word.form] and self._may_be_a_name(source, word.form)
            return "capital" if also and self._acts(source, run, index) else None
        called = self._is_called(text, word.start) or lists.is_title(before)
        if called and not (lists.looks_like_a_job(word.form) or lists.is_title(form)):
            return "words around"
        behind = word_behind(text, word.end)
        place = self._of_a_place(source, word.form, before, behind)
        if place is None:
            return self._of_doubtful(source, run, index)
        unit = place == "words around" and index + 1 < len(run)
        unit = unit and not self._goes_before(word, run[index + 1], source.language)
        return "doubtful" if unit else place

    def _of_a_place(self, source: SourceText, form: str, before: str, behind: str) -> Why | None:
        """Judge an ordinary word inside a sentence as the name of a place, by what is around it."""
        place = before in lists.before_places(source.language)
        if form in lists.place_names() and (place or not self._of.capitals.lower[form]):
            readings = self._of.readings(form, source.language)
            bare = bool(readings) and not place and behind not in lists.cues("verbs")
            inflected = not place and form not in readings
            return "doubtful" if inflected or bare else "list"
        # Who is meant by a word for a job does not stand behind «i».
        idea = lists.looks_like_a_job(form) and not form.endswith("er")
        if before == "i" and not idea and self._is_base(source, form):
            weak = self._of.is_weak(self._of.base(form), source.language)
            part = form in lists.cues("before_places")
            sure = part or not weak or self._of.is_careful(source.place)
            return "words around" if sure else "doubtful"
        return None

    def _is_called(self, text: str, start: int) -> bool:
        """Tell whether a person rather than a thing is said to be called what stands there."""
        return self._of.is_called(text, start) is True

    def _of_doubtful(self, source: SourceText, run: Sequence[Word], index: int) -> Why | None:
        """Judge an ordinary word inside a sentence by how carefully the text is written."""
        word = run[index]
        before = word_before(source.text, word.start)
        careful = self._of.is_careful(source.place)
        inflected = careful and before in lists.before_places(source.language)
        if not self._may_be_a_name(source, word.form, inflected=inflected):
            return None
        if careful:
            return "capital"
        place = before in lists.cues("sure_place") or before in ("fra", "frå")
        often = self._of.capitals.inside[word.form] > 1
        says = before in lists.cues("says")
        if says and is_said(source.text, word.start):
            return None
        if place or says or self._acts(source, run, index):
            return "words around"
        if often or before == "på":
            # Where capitals stand anywhere, one on a word that is no name besides tells little.
            form = self._of.base(word.form)
            weak = self._of.is_weak(form, source.language)
            weak = weak and form not in lists.cues("before_places")
            return "doubtful" if weak else "words around"
        return None

    def _has_its_surname(self, run: Sequence[Word], index: int) -> bool:
        """Tell whether a small word is a given name by the surname behind: Jo Lunde."""
        word = run[index]
        if word.initial or index + 1 == len(run) or word.form not in lists.cues("with_surname"):
            return False
        behind = self._of.base(run[index + 1].form)
        surname = behind in lists.surnames() or behind.endswith(lists.endings("surname_ends"))
        return surname and behind not in lists.never()

    def _is_who(self, text: str, run: Sequence[Word], index: int) -> bool:
        """Tell whether a small word is a given name since it is somebody who: det var Bo som."""
        word = run[index]
        if len(run) > 1 or word.initial or word.form not in lists.cues("with_surname"):
            return False
        return (
            word_behind(text, word.end) == "som"
            and _IT_IS.search(text, max(0, word.start - REACH), word.start) is not None
        )

    def _is_a_surname(self, source: SourceText, form: str) -> bool:
        """Tell whether a word may be a surname: a listed one, or one made like them."""
        if form in lists.surnames():
            return True
        made = form.endswith(lists.endings("surname_ends")) and len(form) > 5
        return made and not self._of.readings(form, source.language)

    def _is_somebodys(self, source: SourceText, word: Word, before: str) -> bool:
        """Tell whether an ordinary word that is a surname too is one, by what stands around it."""
        says, behind = lists.cues("says"), word_behind(source.text, word.end)
        if behind in says or (before in says and not is_said(source.text, word.start)):
            return True
        if word.initial:
            # Solbergs kontor: what somebody has is a word that does nothing.
            owned = behind not in lists.cues("verbs") | lists.stop_words()
            owns = self._of.base(word.form) != word.form
            return owns and owned and bool(self._of.readings(behind, source.language))
        return before in lists.cues("person_before") and not self._of.capitals.lower[word.form]

    def _is_base(self, source: SourceText, form: str) -> bool:
        lexicon = self._of.lexicon
        base = form in self._of.readings(form, source.language)
        return not self._of.capitals.lower[form] and (
            base or lexicon.is_lemma(form, source.language)
        )

    def _may_be_a_name(self, source: SourceText, form: str, *, inflected: bool = False) -> bool:
        """Tell whether an ordinary word looks like a name: never in lower case, a base form."""
        if self._of.capitals.lower[form]:
            return False
        readings = self._of.readings(form, source.language)
        if not readings and form.endswith(lists.endings("place_ends")):
            return True
        if lists.looks_like_a_job(form):
            return False
        return inflected or form in readings

    def _acts(self, source: SourceText, run: Sequence[Word], index: int) -> bool:
        """Tell whether what follows a word is what follows the names of people."""
        word, text = run[index], source.text
        if index + 1 < len(run):
            return self._goes_before(run[index], run[index + 1], source.language)
        if clause_behind(text, word.end) in lists.cues("pronouns") or _AGE.match(text, word.end):
            return True
        behind = word_behind(text, word.end)
        if self._of.is_weak(self._of.base(word.form), source.language):
            return behind in lists.cues("says") and not _has_a_subject(text, word.end)
        finite = behind.endswith(_FINITE) and len(behind) > 5  # signerte, registrerer
        if finite or behind in lists.cues("verbs") | lists.cues("says"):
            given = self._of.is_given(word.form)
            return not (_IS_THAT.match(text, word.end) if given else _has_a_subject(text, word.end))
        return self._is_joined(text, word, behind)

    def _goes_before(self, word: Word, behind: Word, language: Language) -> bool:
        """Tell whether a word is a name since one with a capital follows: no more than Team Ung."""
        both = all(self._of.is_weak(self._of.base(one.form), language) for one in (word, behind))
        both = both and len(word.form) > 3  # Nam Tran
        return not both and behind.form not in lists.never()

    def _is_joined(self, text: str, word: Word, behind: str) -> bool:
        """Tell whether a name goes on behind a word: Liv på Sinsen, Liv og Kari, Livs sak."""
        if behind in _GOES_ON:
            return not self._of.capitals.lower[word.form]
        if behind in ("og", "and"):
            at = text.find(behind, word.end) + len(behind)
            # Dalia og Khaled, Dalia og mannen
            return text[at + 1 : at + 2].isupper() or lists.is_title(word_behind(text, at))
        owns = self._of.base(word.form) != word.form
        return owns and bool(behind) and behind not in lists.cues("subjects")  # Lykkes de?


def _counts(text: str, word: Word) -> bool:
    """Tell whether a word is «per» with what is counted or a time behind it: Per september."""
    if word.form != "per":
        return False
    return word_behind(text, word.end) in lists.never() - lists.stop_words()


def _is_repeated(text: str, word: Word) -> bool:
    """Tell whether a word stands twice with a small word between: Stein for stein."""
    behind = text[word.end : word.end + len(word.text) + 8].casefold().split()
    return len(behind) > 1 and behind[1].strip(".,;:!?") == word.form


def _has_a_subject(text: str, end: int) -> bool:
    """Tell whether the second word behind a place is one that does what the first says."""
    hit = WORD.search(text, end)
    return hit is not None and word_behind(text, hit.end()) in lists.cues("subjects")
