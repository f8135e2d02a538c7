"""What is shown as doubtful: a name against which something speaks, and a word that may be one."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from qda.language.names import lists
from qda.language.names.evidence import Evidence, SourceText
from qda.language.names.places import is_street
from qda.language.names.wording import Word, is_half, word_before, word_behind
from qda.model.pseudonyms import Why

_REACH = 160
"""As far before and behind a word others belong to its sentence at most."""
_WORDS = regex.compile(r"[\p{L}\p{M}]+")
_SENTENCE_ENDS = regex.compile(r"[.!?…]\s|\n")
_LONG = 8
_DEFINITE = ("en", "et", "ene", "ane")
_INFLECTED = ("e", "en", "et", "a", "er", "ene", "ar", "ane", "enes", "ens")


class Doubts:
    """Weigh what the judge says by the sentence around, and offer what it says nothing of."""

    def __init__(self, evidence: Evidence) -> None:
        """Weigh by `evidence`, which has learnt from all texts."""
        self._of = evidence

    def weighed(
        self, source: SourceText, run: Sequence[Word], index: int, why: Why | None
    ) -> Why | None:
        """Return what speaks for a word being a name, "doubtful" where much speaks against it."""
        if why is None:
            if not self._may_be_one(source, run, index):
                return None
            return "words around" if self._goes_with_one(source, run, index) else "doubtful"
        if why not in ("given name", "capital", "list", "words around"):
            return why
        word = run[index]
        form = self._of.base(word.form)
        if self._of.is_listed(form) or self._is_backed(source, run, index):
            return why
        return "doubtful" if self._is_spoken_against(source, word, form) else why

    # --------------------------------------------------------------------------- in favour
    def _is_backed(self, source: SourceText, run: Sequence[Word], index: int) -> bool:
        """Tell whether the words around say clearly that somebody or a place is meant."""
        word, text = run[index], source.text
        if len(run) > 1 or self._of.base(word.form) != word.form:
            return True
        before, behind = word_before(text, word.start), word_behind(text, word.end)
        if behind in lists.cues("says") or lists.is_title(before):
            return True
        if before == "i" and self._of.is_given(word.form):  # Nynorsk i Tale
            return False
        if before in lists.cues("person_before") | lists.before_places(source.language):
            return True
        return self._of.is_called(text, word.start) is True

    # ----------------------------------------------------------------------------- against
    def _is_spoken_against(self, source: SourceText, word: Word, form: str) -> bool:
        """Tell whether a word is also an ordinary one here, or capitals mean nothing around it."""
        language = source.language
        means_something = bool(self._of.readings(form, language))
        if not means_something and (self._of.is_given(form) or self._of.is_sure(form, times=2)):
            return False
        if means_something and self._of.is_called(source.text, word.start) is False:
            return True
        before = word_before(source.text, word.start)
        if means_something and before == "i" and form not in lists.place_names():
            return True
        start, end = _sentence(source.text, word)
        around = source.text[start:end].casefold()
        if means_something and _is_inflected(form, around):
            return True
        astray = 0.0
        for other in self._others(source, word, start, end):
            if self._is_astray(other, source, around):
                # A capital at the end of a clause tells less: two of these are as good as one.
                inside = source.text[other.end + 1 : other.end + 2].islower()
                astray += 1.0 if inside else 0.5
        return astray >= 1.0

    def _others(self, source: SourceText, word: Word, start: int, end: int) -> Iterator[Word]:
        """Yield the other words with a capital between two places, but for those that begin."""
        words = self._of.words(source)
        for at in range(bisect_left(words, start, key=lambda one: one.start), len(words)):
            if words[at].start >= end:
                return
            if not words[at].initial and words[at].form != word.form:
                yield words[at]

    def _is_astray(self, word: Word, source: SourceText, around: str) -> bool:
        """Tell whether a word has a capital inside a sentence although it is ordinary."""
        form = self._of.base(word.form)
        ahead = source.text[max(0, word.start - _REACH) : word.start].split()[-1:]
        alone = not source.text[word.end + 1 : word.end + 2].isupper() and not (
            ahead and ahead[0][0].isupper() and ahead[0][-1].isalpha()
        )
        if form in lists.stop_words():
            return alone and form not in lists.cues("before_places")
        before = word_before(source.text, word.start)
        if form in lists.never() or before in lists.before_places(source.language):
            return False
        if self._of.is_weak(form, source.language):
            # A street, or the first word of what a place or an office is called.
            part = form in lists.cues("before_places") or is_street(form)
            return alone and not part
        return bool(self._of.readings(form, source.language)) and _is_inflected(form, around)

    # ----------------------------------------------------------------------------- offered
    def _may_be_one(self, source: SourceText, run: Sequence[Word], index: int) -> bool:
        """Tell whether a word that is no name for sure is worth a look."""
        word = run[index]
        form = self._of.base(word.form)
        if self._is_out_of_question(source, word, form):
            return False
        if not self._of.is_ordinary(form, source.language):
            return True
        if lists.looks_like_a_job(form, named=True):
            return False
        known = form in lists.surnames() or form in lists.place_names() or self._of.is_given(form)
        if known or len(run) > 1:
            return known
        return self._is_somebody(source, word, form) or self._is_beside_one(source, word)

    def _is_out_of_question(self, source: SourceText, word: Word, form: str) -> bool:
        never, shown = lists.never(), word.form
        if len(form) < 3 or lists.is_owner(shown) or never & {shown, form, shown.partition("-")[0]}:
            return True
        if self._of.capitals.lower[shown] or is_half(source.text, word):
            return True
        return self._of.is_made_with(word, source.language)

    def _goes_with_one(self, source: SourceText, run: Sequence[Word], index: int) -> bool:
        """Tell whether a word is named in one breath with somebody, and nothing speaks against."""
        word = run[index]
        form = self._of.base(word.form)
        if len(run) > 1 or form.endswith(_DEFINITE) or not self._is_beside_one(source, word):
            return False
        return not self._is_spoken_against(source, word, form)

    def _is_beside_one(self, source: SourceText, word: Word) -> bool:
        """Tell whether a short word stands beside a given name, with «og» or a comma between."""
        if word.initial or len(word.form) > _LONG + 1:
            return False
        words = self._of.words(source)
        at = bisect_left(words, word.start, key=lambda one: one.start)
        for first, second in pairwise(words[max(0, at - 1) : at + 2]):
            other = first if second is word else second
            between = source.text[first.end : second.start].strip()
            certain = self._of.is_given(other.form) and not self._of.readings(
                self._of.base(other.form), source.language
            )
            if between in (",", "og", "eller", "and", "or") and certain:
                return True
        return False

    def _is_somebody(self, source: SourceText, word: Word, form: str) -> bool:
        """Tell whether an ordinary word that the project has nowhere else acts as people do."""
        if word.initial or len(form) >= _LONG:
            return False
        if form.endswith(_DEFINITE) and form.removesuffix("en") not in lists.surnames():  # Heggen
            return False
        before, behind = word_before(source.text, word.start), word_behind(source.text, word.end)
        acts = behind in (lists.cues("verbs") | lists.cues("says")) - lists.small_verbs()
        meant = acts or before in lists.cues("person_before") - lists.small_verbs()
        return meant and not self._is_spoken_against(source, word, form)


def _is_inflected(form: str, around: str) -> bool:
    """Tell whether a word stands with the ending of an ordinary one: Stein beside Steinen."""
    stem = form[:-1] if form.endswith(("a", "e")) else form  # Rosa beside Rosen
    others = {stem + ending for ending in _INFLECTED} - {form}
    return any(one in around for one in others) and not others.isdisjoint(_WORDS.findall(around))


def _sentence(text: str, word: Word) -> tuple[int, int]:
    """Return about where the sentence of a word begins and ends."""
    low, high = max(0, word.start - _REACH), min(len(text), word.end + _REACH)
    start = low
    for hit in _SENTENCE_ENDS.finditer(text, low, word.start):
        start = hit.end()
    last = _SENTENCE_ENDS.search(text, word.end, high)
    return start, high if last is None else last.start()
