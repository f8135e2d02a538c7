"""Finding the names in the texts of a project, by what the project itself shows of its words.

Two rounds: the first notes what is certain, such as given names and unknown words with a capital
in the middle of a sentence; the second finds these again where a sentence begins with them, and
decides the doubtful words by what stands around them.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import regex

from qda.jobs.progress import Progress
from qda.language.names import lists, numbers, places
from qda.language.names.doubts import Doubts
from qda.language.names.evidence import Evidence, KnownNames, SourceText
from qda.language.names.judging import INITIALS_BEFORE, REACH, Judge
from qda.language.names.small import small_names
from qda.language.names.tagged import tagged
from qda.language.names.wording import Word
from qda.language.names.workplaces import workplaces
from qda.model.entities import Language
from qda.model.pseudonyms import NameHit, NameKind, Why
from qda.text.name_forms import NameForms
from qda.text.sentence_words import ABBREVIATIONS

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

__all__ = ["Evidence", "KnownNames", "SourceText", "find_names"]

_INITIALS = regex.compile(
    r"(?<![\p{L}\p{M}.\d])\p{Lu}\.[ \u00a0]?(?:\p{Lu}\.[ \u00a0]?){0,2}\p{Lu}\.(?!\p{L})"
)
_INITIAL_BEHIND = regex.compile(r"[ \u00a0]\p{Lu}(?:(?![\p{L}\p{M}.'’-])|\.(?=[ \u00a0,]+\p{Ll}))")
_SET = ("mo i rana", "nore og uvdal")
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
    return tuple(_settled(found, evidence))


def _settled(found: Sequence[NameHit], evidence: Evidence) -> Iterator[NameHit]:
    """Yield the hits; what is certain at one place and never in lower case is so at all places."""
    sure = {one.form.casefold() for one in found if not one.is_doubtful} - lists.stop_words()
    for one in found:
        form = one.form.casefold()
        if one.is_doubtful and form in sure and not evidence.capitals.lower[form]:
            yield replace(one, why="capital")
        else:
            yield one


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
        self._judge = Judge(evidence)
        self._doubts = Doubts(evidence)
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
        # What is certain goes before what is doubtful, whatever finds it.
        ranked = sorted(self._candidates(source), key=lambda one: one[4] == "doubtful")
        for start, end, form, kind, why in ranked:
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
        for one in self._added.places(text) if self._chosen else ():
            yield one.start, one.end, one.form, self._chosen[one.form], "chosen"
        for start, end in source.labels:
            yield start, end, text[start:end], "person", "list"
        yield from self._as_written(numbers.numbers(text), text)
        yield from self._listed(text, self._offices, "office")
        yield from self._as_written((*places.streets(text), *places.offices(text)), text)
        yield from self._as_written(workplaces(text, self._judge.calls_a_workplace(source)), text)
        yield from self._listed(text, self._people, "person")
        yield from self._listed(text, self._places, "place")
        yield from self._as_written(self._in_runs(source), text)
        for hit in _INITIALS.finditer(text):
            if hit.group().replace(".", "").casefold() not in ABBREVIATIONS:
                yield *hit.span(), hit.group(), "person", "form"
        if source.language != "en":
            yield from self._as_written(places.small_offices(text), text)
            yield from self._as_written(small_names(source, self._of), text)
        yield from self._as_written(numbers.doubtful_numbers(text), text)
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
        for word in self._of.words(source):
            first = word.text.partition("-")[0]
            made = "-" in word.text and self._of.is_made_with(word, source.language)
            if made and first.casefold() in lists.sure_places():  # Oslo-kontorene
                yield word.start, word.start + len(first), "place", "list"

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
            last_why = whys[-1] if whys and whys[-1] != "doubtful" else None
            why = self._judge.verdict(source, run, index, last_why)
            if (
                why is None
                and index == 0
                and joined
                and self._judge.goes_with(run[0], source.language)
            ):
                why = "words around"
            whys.append(self._doubts.weighed(source, run, index, why))
        index = 0
        while index < len(run):
            why = whys[index]
            until = index + 1
            if why is not None:
                sure = why != "doubtful"
                while until < len(run) and whys[until] is not None:
                    if sure != (whys[until] != "doubtful"):
                        break
                    until += 1
                stretch = run[index:until]
                kind = self._of.kind(source, stretch, joined if index == 0 else None)
                yield *_whole(source.text, stretch, kind), kind, why
            index = until


def _whole(text: str, stretch: Sequence[Word], kind: NameKind) -> tuple[int, int]:
    """Return where a name begins and ends, the initials that go with it included."""
    start, end = stretch[0].start, _end(text, stretch)
    if kind == "person":
        before = INITIALS_BEFORE.search(text, max(0, start - REACH), start)
        behind = _INITIAL_BEHIND.match(text, end)
        start = before.start() if before is not None else start
        end = behind.end() if behind is not None else end
    return start, end


def _end(text: str, stretch: Sequence[Word]) -> int:
    """Return where a name ends; Mo i Rana goes on behind its first word."""
    first = stretch[0].start
    for name in _SET:
        if text[first : first + len(name)].casefold() == name:
            return first + len(name)
    return stretch[-1].end
