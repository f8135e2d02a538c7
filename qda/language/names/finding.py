"""Finding the names in the texts of a project, by what the project itself shows of its words.

Two rounds: the first notes what is certain, such as given names and unknown words with a capital
in the middle of a sentence; the second finds these again where a sentence begins with them, and
decides the doubtful words by what stands around them.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import regex

from qda.jobs.progress import Progress
from qda.language.names import lists, numbers, places
from qda.language.names.evidence import Evidence, KnownNames, SourceText
from qda.language.names.tagged import tagged
from qda.language.names.wording import Word, clause_behind, is_called, word_before, word_behind
from qda.model.entities import Language
from qda.model.pseudonyms import NameHit, NameKind, Why
from qda.text.name_forms import NameForms

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

__all__ = ["Evidence", "KnownNames", "SourceText", "find_names"]

_INITIALS = regex.compile(
    r"(?<![\p{L}\p{M}.\d])\p{Lu}\.[ \u00a0]?(?:\p{Lu}\.[ \u00a0]?){0,2}\p{Lu}\.(?!\p{L})"
)
_SET = ("mo i rana", "nore og uvdal")
_GOES_ON = frozenset(("i", "på", "fra", "frå", "sin", "sitt", "si", "sine"))
_JOINS = frozenset((",", "og", "and", "eller", "or", "og i", "og på", ", og"))
Named = tuple[int, int, NameKind, Why]
Candidate = tuple[int, int, str, NameKind, Why]
"""Start, end, form without the genitive, kind and reason."""


def find_names(
    texts: Sequence[SourceText],
    known: KnownNames,
    progress: Progress | None = None,
    *,
    trained: "Mapping[Language, Pipeline] | None" = None,
) -> tuple[NameHit, ...]:
    """Return every place of a name in the texts, in the order of the texts. Raises Cancelled.

    `trained` are pipelines that the user has installed; what they find besides is added.
    """
    progress = progress or Progress()
    progress.start(3 * len(texts))
    evidence = Evidence(known)
    for one in texts:
        evidence.count(one)
        progress.step()
    for one in texts:
        evidence.learn(one)
        progress.step()
    evidence.settle()
    finder = Finder(evidence, known, progress, trained)
    found: list[NameHit] = []
    for one in texts:
        found += finder.hits(one)
        progress.step()
    return tuple(found)


class Finder:
    """Find the names in one text after another."""

    def __init__(
        self,
        evidence: Evidence,
        known: KnownNames,
        progress: Progress,
        trained: "Mapping[Language, Pipeline] | None" = None,
    ) -> None:
        """Judge by `evidence`, which has learnt from all texts."""
        self._of = evidence
        self._progress = progress
        self._trained = trained or {}
        self._places = known.places
        self._people = [name for name in known.people if " " in name.strip()]
        self._offices = known.offices
        self._chosen = dict(known.chosen)
        self._added = NameForms(self._chosen)

    def hits(self, source: SourceText) -> list[NameHit]:
        """Return the places of names in one text, in order, none over another."""
        found: list[NameHit] = []
        starts: list[int] = []
        for start, end, form, kind, why in self._candidates(source):
            at = bisect_left(starts, start)
            if at and found[at - 1].end > start:
                continue
            if at < len(found) and found[at].start < end:
                continue
            shown = source.text[start:end]
            starts.insert(at, start)
            found.insert(at, NameHit(source.place, start, end, shown, form, kind, why))
        return found

    def _candidates(self, source: SourceText) -> Iterator[Candidate]:
        """Yield what may be a name, with its form; what comes first goes before the others."""
        text = source.text
        for one in self._added.places(text):
            yield one.start, one.end, one.form, self._chosen[one.form], "chosen"
        for start, end in source.labels:
            yield start, end, text[start:end], "person", "list"
        yield from self._as_written(numbers.numbers(text), text)
        yield from self._listed(text, self._offices, "office")
        yield from self._as_written((*places.streets(text), *places.offices(text)), text)
        yield from self._listed(text, self._people, "person")
        yield from self._listed(text, self._places, "place")
        for hit in _INITIALS.finditer(text):
            yield *hit.span(), hit.group(), "person", "form"
        yield from self._as_written(self._in_runs(source), text)
        pipeline = self._trained.get(source.language)
        if pipeline is not None:
            yield from self._as_written(tagged(text, pipeline, self._progress), text)

    def _listed(self, text: str, names: Sequence[str], kind: NameKind) -> Iterator[Candidate]:
        for start, end, name in places.listed(text, names):
            yield start, end, name, kind, "list"

    def _as_written(self, found: Iterable[Named], text: str) -> Iterator[Candidate]:
        for start, end, kind, why in found:
            yield start, end, self._bare(text[start:end], kind), kind, why

    def _in_runs(self, source: SourceText) -> Iterator[Named]:
        """Yield the names among the words with a capital."""
        last: tuple[int, NameKind] | None = None
        for run in self._of.runs(source):
            for named in self._named(source, run, last):
                yield named
                last = named[1], named[2]

    def _bare(self, shown: str, kind: NameKind) -> str:
        """Return what was found without the genitive of its last word."""
        if kind in ("email", "phone", "identity"):
            return shown
        last = shown.rpartition(" ")[2]
        return shown[: len(shown) - len(last) + len(self._of.base(last.casefold()))]

    def _named(
        self, source: SourceText, run: list[Word], last: tuple[int, NameKind] | None
    ) -> Iterator[Named]:
        """Yield the names in a run: stretches of words each of which is one.

        `last` is the end and the kind of the name before.
        """
        between = source.text[last[0] : run[0].start].strip() if last else ""
        joined = last[1] if last and between in _JOINS else None
        whys: list[Why | None] = []
        for index in range(len(run)):
            why = self._verdict(source, run, index, whys[-1] if whys else None)
            if why is None and index == 0 and joined and self._goes_with(run[0]):
                why = "words around"
            whys.append(why)
        index = 0
        while index < len(run):
            why = whys[index]
            until = index + 1
            if why is not None:
                while until < len(run) and whys[until] is not None:
                    until += 1
                stretch = run[index:until]
                kind = self._of.kind(source, stretch, joined if index == 0 else None)
                yield stretch[0].start, _end(source.text, stretch), kind, why
            index = until

    def _goes_with(self, word: Word) -> bool:
        """Tell whether a word may be a name since one stands before it, with «og» or a comma."""
        form = self._of.base(word.form)
        usual = word.initial or form in lists.never() or self._of.capitals.lower[form]
        return not usual and not lists.looks_like_a_job(form)

    # ---------------------------------------------------------------------------- verdicts
    def _verdict(
        self, source: SourceText, run: Sequence[Word], index: int, before: Why | None
    ) -> Why | None:
        """Return what speaks for a word being a name, None where it is none.

        `before` is what spoke for the word before it in the run.
        """
        word, of = run[index], self._of
        form = of.base(word.form)
        listed = of.is_listed(form)
        if self._is_out_of_question(word.form, form, listed=listed):
            return None
        ordinary = of.is_ordinary(form, source.language)
        if index and before is not None:
            # What follows a given name or an initial is the surname, whatever it means besides.
            return None if ordinary and lists.looks_like_a_job(form, named=True) else before
        given = of.is_given(word.form)
        if given or listed:
            why: Why = "list" if listed else "given name"
            certain = not ordinary or not word.initial
            return why if certain or self._acts(source.text, run, index) else None
        if not ordinary:
            return self._of_unknown(source.text, run, index)
        return self._of_ordinary(source, run, index)

    def _is_out_of_question(self, shown: str, form: str, *, listed: bool) -> bool:
        if shown.partition("-")[0] in lists.never():  # Excel-arket
            return True
        return not listed and (shown in lists.never() or form in lists.never())

    def _of_unknown(self, text: str, run: Sequence[Word], index: int) -> Why | None:
        """Judge a word that is in no dictionary."""
        word = run[index]
        form = self._of.base(word.form)
        if not word.initial or form in lists.place_names() or self._of.is_sure(form):
            return "capital"
        if index + 1 < len(run) and run[index + 1].form not in lists.never():
            return "capital"
        if self._acts(text, run, index) or form.endswith(lists.endings("surname_ends")):
            return "words around"
        return None

    def _of_ordinary(self, source: SourceText, run: Sequence[Word], index: int) -> Why | None:
        """Judge a word that means something else too and is no given name that we know."""
        word, text, capitals = run[index], source.text, self._of.capitals
        form = word.form
        before = word_before(text, word.start)
        place = before in lists.cues("place_before")
        if word.initial:
            # Only if it stands with a capital in the middle of sentences as well.
            also = capitals.inside[form] and self._may_be_a_name(source, form)
            return "capital" if also and self._acts(text, run, index) else None
        if before in lists.cues("titles") or is_called(text, word.start, lists.cues("called")):
            return "words around"
        if form in lists.place_names() and (place or not capitals.lower[form]):
            return "list"
        careful = self._of.is_careful(source.place)
        if not self._may_be_a_name(source, form, inflected=careful and place):
            return None
        if careful:
            return "capital"
        sure_place = before in lists.cues("sure_place") or before in ("på", "fra", "frå")
        if sure_place or self._acts(text, run, index) or capitals.inside[form] > 1:
            return "words around"
        return None

    def _may_be_a_name(self, source: SourceText, form: str, *, inflected: bool = False) -> bool:
        """Tell whether an ordinary word looks like a name: never in lower case, a base form."""
        if self._of.capitals.lower[form] or lists.looks_like_a_job(form):
            return False
        readings = self._of.lexicon.readings(form, source.language)
        place = not readings and form.endswith(lists.endings("place_ends"))
        return inflected or form in readings or place

    def _acts(self, text: str, run: Sequence[Word], index: int) -> bool:
        """Tell whether what follows a word is what follows the names of people."""
        word = run[index]
        if index + 1 < len(run):
            return run[index + 1].form not in lists.never()
        behind = word_behind(text, word.end)
        if behind in lists.cues("verbs"):
            return True
        if clause_behind(text, word.end) in lists.cues("pronouns"):
            return True
        if behind in _GOES_ON:
            return not self._of.capitals.lower[word.form]
        if behind in ("og", "and"):
            at = text.find(behind, word.end) + len(behind) + 1
            return text[at : at + 1].isupper()
        return self._of.base(word.form) != word.form and bool(behind)


def _end(text: str, stretch: Sequence[Word]) -> int:
    """Return where a name ends; Mo i Rana goes on behind its first word."""
    first = stretch[0].start
    for name in _SET:
        if text[first : first + len(name)].casefold() == name:
            return first + len(name)
    return stretch[-1].end
