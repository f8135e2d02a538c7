"""What a project shows of its words: which stand in lower case too, and which must be names."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qda.language.compounds import Compounds
from qda.language.lexicon import Lexicon, shared_lexicon
from qda.language.names import lists
from qda.language.names.wording import (
    Capitals,
    Word,
    called_by,
    capitalised,
    goes_on,
    word_before,
    word_behind,
)
from qda.model.entities import Language
from qda.model.pseudonyms import NameKind, TextPlace

ENOUGH = 20
"""As many words with a capital inside sentences say how a text is written;"""
ASTRAY = 0.1
"""with no larger share of them ordinary words, a capital tells a name."""
ORDINARY = 0.25
"""Nor with a larger share of words that are no names as far as we know."""
USUALLY = 3
"""So many times with a capital for each without, and a word that no dictionary has is a name."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text to look through.

    `begins` are the starts of its turns, behind the labels; `labels` where those labels stand that
    are somebody's name.
    """

    place: TextPlace
    text: str
    language: Language
    begins: tuple[int, ...] = ()
    labels: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What the project lists: people, offices, places in attributes, and names the user added."""

    people: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    chosen: tuple[tuple[str, NameKind], ...] = ()


def names_somebody(name: str, language: Language, *, office: bool = False) -> bool:
    """Tell whether what somebody, or an `office`, is called is a name rather than a role."""
    words = [one for one in name.replace("-", " ").split() if any(map(str.isalpha, one))]
    if office:
        words = [one for one in words if one.casefold() not in ("nav", "kontoret", "kontor")]
        small = lists.cues("place_before")
        words = [one for one in words if one.casefold() not in small]
    if not words or any(map(str.isdigit, name)) or not words[0][0].isupper():
        return False
    lexicon = shared_lexicon()
    if office:
        first = words[0].casefold()
        if name.split(maxsplit=1)[0].casefold() == "nav" and first not in lists.cues("units"):
            return True
        return any(
            one.casefold() in lists.place_names()
            or (len(one) > 1 and not lexicon.readings(one.casefold(), language))
            for one in words
        )
    return len(_parts(name, lexicon)) == len(name.split())


def _parts(name: str, lexicon: Lexicon) -> list[str]:
    """Return the words of a name by which somebody is known; roles are none."""
    words = [one.casefold().strip(".,") for one in name.split()]
    given = any(one.partition("-")[0] in lists.given_names() for one in words)
    found: list[str] = []
    for word in words:
        plain = not given and word not in lists.given_names() and lexicon.readings(word, "nb")
        is_made = len(word) > 6 and Compounds(lexicon, "nb").split(word) is not None
        if word in lists.never() or len(word) < 2 or plain or (is_made and not given):
            continue
        if lists.looks_like_a_job(word, named=True) and lexicon.readings(word, "nb"):
            continue
        found.append(word)
    return found


def _phrase_end(text: str, word: Word) -> int:
    """Return where the set phrase ends that begins with a word, 0 where none does."""
    for phrase in lists.phrases().get(word.form.partition("-")[0], ()):
        end = word.start + len(phrase)
        if text[word.start : end].casefold() == phrase and not text[end : end + 1].isalpha():
            return end
    return 0


class Evidence:
    """The words of a project: count all texts, learn from all, then ask."""

    def __init__(self, known: KnownNames, lexicon: Lexicon | None = None) -> None:
        """Begin with what the project lists."""
        self.lexicon = lexicon or shared_lexicon()
        self.capitals = Capitals()
        self._compounds: dict[Language, Compounds] = {}
        self._ordinary: dict[tuple[str, Language], bool] = {}
        self._listed = {part for name in known.people for part in _parts(name, self.lexicon)}
        self._sure: Counter[str] = Counter()
        self._learnt: set[str] = set()
        self._careful: set[TextPlace] = set()
        self._words: dict[TextPlace, list[Word]] = {}
        self._kinds: dict[str, Counter[NameKind]] = {}

    # ----------------------------------------------------------------------------- rounds
    def count(self, source: SourceText) -> None:
        """Count how the words of a text are written."""
        words: list[Word] = []
        usual = 0
        for word in capitalised(source.text, source.begins):
            usual = max(usual, _phrase_end(source.text, word))
            if word.start >= usual:
                words.append(word)
        self.capitals.add(source.text, words)
        self._words[source.place] = words

    def learn(self, source: SourceText) -> None:
        """Note the names that are certain wherever they stand."""
        self._note_care(source)
        for run in self.runs(source):
            self._learn_surnames(run, source.language)
            self._learn_owner(source, run[-1])
            for index, word in enumerate(run):
                if word.form in lists.never():
                    continue
                ordinary = self.is_ordinary(word.form, source.language)
                given = self.is_given(word.form)
                if given + (not ordinary) + (not word.initial) < 2:
                    continue
                form = self.base(word.form)
                self._sure[form] += 1
                kind = self.kind_around(source, run, index)
                if kind is not None:
                    self._kinds.setdefault(form, Counter())[kind] += 1

    def settle(self) -> None:
        """Let what was learnt hold: genitives are told from then on by the forms without."""
        self._ordinary = {
            key: value for key, value in self._ordinary.items() if key[0] not in self._sure
        }

    def _learn_surnames(self, run: Sequence[Word], language: Language) -> None:
        """Note what follows a given name: people are named again by it, whatever it means."""
        named = False
        for word in run:
            if word.form in lists.never():
                named = False
            elif named and self._may_be_surname(self.base(word.form)):
                self._learnt.add(self.base(word.form))
            else:
                named = self.is_given(word.form) or self._is_strange(word, language)

    def _learn_owner(self, source: SourceText, word: Word) -> None:
        """Note what a sentence begins with in the genitive, where it is no word: Nguyens sak."""
        short = word.form[:-1]
        if not (word.initial and word.form.endswith("s") and len(short) > 3):
            return
        if short in lists.never() or self.is_ordinary(short, source.language):
            return
        behind = word_behind(source.text, word.end)
        owned = behind not in lists.stop_words() | lists.cues("verbs")
        if owned and self.readings(behind, source.language):
            plain = self.is_ordinary(word.form, source.language)
            self._sure[short] += not plain

    def _is_strange(self, word: Word, language: Language) -> bool:
        """Tell whether a word inside a sentence is no word we know, and no place either."""
        known_place = word.form in lists.place_names() or word.form in lists.cues("before_places")
        return not (word.initial or known_place or self.is_ordinary(word.form, language))

    def _may_be_surname(self, form: str) -> bool:
        common = self.capitals.lower[form] > self.capitals.inside[form]
        return not common and not lists.is_role(form)

    def _note_care(self, source: SourceText) -> None:
        """Note whether a text is written with capitals where they belong and nowhere else."""
        inside = [word.form for word in self._words[source.place] if not word.initial]
        astray = sum(
            form in lists.stop_words() or self.capitals.lower[form] > self.capitals.inside[form]
            for form in inside
        )
        weak = sum(
            form not in lists.never() and self.is_weak(form, source.language) for form in inside
        )
        if (
            len(inside) >= ENOUGH
            and astray <= len(inside) * ASTRAY
            and weak <= len(inside) * ORDINARY
        ):
            self._careful.add(source.place)

    # ------------------------------------------------------------------------------ words
    def runs(self, source: SourceText) -> Iterator[list[Word]]:
        """Yield the runs of words with capitals that stand side by side, initials among them."""
        run: list[Word] = []
        for word in self._words[source.place]:
            if run and not goes_on(source.text, run[-1], word):
                yield run
                run = []
            run.append(word)
        if run:
            yield run

    def words(self, source: SourceText) -> Sequence[Word]:
        """Return the words of a text that are written with a capital, but for set phrases."""
        return self._words[source.place]

    def is_careful(self, place: TextPlace) -> bool:
        """Tell whether a capital inside a sentence is a sign of a name in this text."""
        return place in self._careful

    def is_sure(self, form: str, *, times: int = 1) -> bool:
        """Tell whether a word was certainly a name somewhere, or at so many places."""
        return self._sure[form] >= times

    def is_listed(self, form: str) -> bool:
        """Tell whether a word is part of a name that the project lists, or names in full."""
        return form in self._listed or form in self._learnt

    def is_given(self, form: str) -> bool:
        """Tell whether a form, in lower case, is a given name or its genitive."""
        base = self.base(form)
        if "-" in base:
            return base in lists.given_names() or all(
                one in lists.given_names() or lists.is_norse(one) for one in base.split("-")
            )
        return base in lists.given_names() or lists.is_norse(base)

    def base(self, form: str) -> str:
        """Return a form in lower case without the ending of its genitive."""
        bare = form.rstrip("'’")
        if bare != form:
            return bare
        short = bare[:-1].rstrip("'’")
        if not bare.endswith("s") or len(short) < 3 or bare in lists.given_names():
            return bare
        known = (
            short in lists.given_names()
            or short in lists.surnames()
            or self.is_listed(short)
            or self._sure[short] > 0
            or short in self.capitals.mailed
        )
        if known or bare[-2] in "'’" or short.endswith(("sen", "son")):
            return short
        return short if self.capitals.inside[short] and short not in self.capitals.lower else bare

    def is_called(self, text: str, start: int) -> bool | None:
        """Tell whether a person, rather than a thing, is said to be called what stands there.

        None where nothing is said to be called so.
        """
        clause = called_by(text, start, lists.cues("called"))
        if clause is None:
            return None
        people = lists.cues("persons")
        return not clause or any(
            one in people or lists.is_title(one) or self.is_given(one) for one in clause
        )

    def is_surname(self, form: str) -> bool:
        """Tell whether a word that ends as surnames do is no word of a dictionary."""
        return not self.is_word(form, "nb") and len(form) > 5

    def is_ordinary(self, form: str, language: Language) -> bool:
        """Tell whether a form is a word of the language, or of the project in lower case."""
        key = (form, language)
        if key not in self._ordinary:
            self._ordinary[key] = self._is_ordinary(form, language)
        return self._ordinary[key]

    def _is_ordinary(self, form: str, language: Language) -> bool:
        if form in lists.sure_given_names() or form in lists.sure_places():
            return False
        if self.capitals.inside[form] < USUALLY * self.capitals.lower[form]:
            return True
        return not lists.is_norse(form) and self.is_word(form, language)

    def is_weak(self, form: str, language: Language) -> bool:
        """Tell whether an ordinary word is no name that we know: a capital does not make it one."""
        if form in lists.surnames() or form in lists.place_names() or self.is_given(form):
            return False
        if not self.is_ordinary(form, language) or self.is_listed(form):
            return False
        farm = form.endswith(lists.endings("surname_ends") + lists.endings("place_ends"))
        return not farm or bool(self.readings(form, language))

    def readings(self, form: str, language: Language) -> tuple[str, ...]:
        """Return the dictionary forms of a form, without names that the dictionary has too."""
        found = self.lexicon.readings(form, language)
        return tuple(one for one in found if not one[:1].isupper())

    def is_word(self, form: str, language: Language) -> bool:
        """Tell whether a dictionary has a form, or the parts of which it is made."""
        if self.readings(form, language):
            return True
        if form.endswith("s") and len(form) > 4:
            owner = self.readings(form[:-1], language)
            known = form[:-1] in lists.surnames() or form[:-1] in lists.place_names()
            if owner and (form[:-1] not in owner or not known):  # Kommunens; but Bruns, Moss
                return True
        if language == "en":
            return False
        if len(form) > 5 and self.readings(form, "en"):  # Turnover
            return True
        if len(form) < 7:
            return False
        pieces = form.split("-")
        if len(pieces) > 1:
            return all(self.is_ordinary(piece, language) for piece in pieces if piece)
        return self._is_compound(form, language)

    def _is_compound(self, form: str, language: Language) -> bool:
        if language not in self._compounds:
            self._compounds[language] = Compounds(self.lexicon, language)
        if self._compounds[language].split(form) is not None:
            return True
        # Parts of two letters make too many compounds; before a plural they are one: måoppgaver.
        many = form[2:] if form.endswith(("er", "ar")) and len(form) > 8 else ""
        lemmas = self.readings(many, language) if many else ()
        return bool(lemmas) and many not in lemmas and bool(self.readings(form[:2], language))

    def is_made_with(self, word: Word, language: Language) -> bool:
        """Tell whether a word is made of a name, a hyphen and an ordinary word: Fafo-rapporten."""
        last = word.text.rpartition("-")[2]
        return last != word.text and last.islower() and self.is_word(last, language)

    # ------------------------------------------------------------------------------ kinds
    def kind(
        self, source: SourceText, stretch: Sequence[Word], joined: NameKind | None
    ) -> NameKind:
        """Return of what kind a name is; `joined` is that of one before it, with «og» between."""
        votes: Counter[NameKind] = Counter()
        for word in stretch:
            form = self.base(word.form)
            if self.is_given(word.form) or self.is_listed(form):
                return "person"
            votes.update(self._kinds.get(form, {}))
        around = self.kind_around(source, stretch, 0)
        if around is not None:
            return around
        if joined in ("person", "place"):
            return joined
        return votes.most_common(1)[0][0] if votes else "person"

    def kind_around(self, source: SourceText, run: Sequence[Word], index: int) -> NameKind | None:
        """Return what the words around say of a name, None where they say nothing."""
        word, text, language = run[index], source.text, source.language
        form = self.base(word.form)
        if self.is_given(word.form) or self.is_listed(form) or form.endswith(("sen", "son")):
            return "person"
        if form in lists.place_names():
            return "place"
        before = word_before(text, run[0].start)
        if lists.is_title(before) or before in lists.cues("called") | lists.cues("person_before"):
            return "person"
        if before in lists.before_places(language):
            return "place"
        acts = word_behind(text, run[-1].end) in lists.cues("verbs")
        return "person" if acts or self.base(word.form) != word.form else None
