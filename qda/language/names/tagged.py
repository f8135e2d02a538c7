"""Names by a trained pipeline, where the user has installed one: one more hint among the others."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from qda.jobs.progress import Progress
from qda.language import pipeline
from qda.language.names import lists
from qda.language.names.numbers import Found
from qda.model.entities import Language
from qda.model.pseudonyms import NameKind

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

AT_ONCE = 20_000
"""Characters that the pipeline reads at once; it refuses a million."""
_KINDS: dict[str, NameKind] = {
    "PER": "person", "PERSON": "person", "LOC": "place", "GPE": "place", "GPE_LOC": "place",
    "FAC": "place",
}  # fmt: skip
"""What the labels of spaCy's Norwegian and English pipelines mean here; the others name no one."""


def trained_for(languages: Iterable[Language]) -> "Mapping[Language, Pipeline]":
    """Return the trained pipelines that the user has installed for some languages."""
    found: dict[Language, Pipeline] = {}
    for language in dict.fromkeys(languages):
        loaded = pipeline.trained(language)
        if loaded is not None:
            found[language] = loaded
    return found


def tagged(text: str, trained: "Pipeline", progress: Progress) -> Iterator[Found]:
    """Yield the people and places that a pipeline finds. Raises Cancelled."""
    at = 0
    while at < len(text):
        end = _paragraph_end(text, at)
        for one in trained(text[at:end]).ents:
            kind = _KINDS.get(one.label_)
            shown = one.text
            usual = shown.casefold() in lists.never()
            if kind is not None and shown[:1].isupper() and not usual and "\n" not in shown:
                yield at + one.start_char, at + one.end_char, kind, "pipeline"
        progress.step(0)
        at = end


def _paragraph_end(text: str, start: int) -> int:
    """Return where a piece that begins at `start` ends: behind a line, if there is one."""
    if len(text) - start <= AT_ONCE:
        return len(text)
    line = text.rfind("\n", start + 1, start + AT_ONCE)
    return line + 1 if line > 0 else start + AT_ONCE
