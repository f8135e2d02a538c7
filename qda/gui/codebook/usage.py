"""How much a code is used, worded for the user."""

from dataclasses import dataclass

from qda.gui.language import tr, tr_n
from qda.model.ids import CodeId
from qda.operations.codes import descendants
from qda.store import coders, codes
from qda.store.project_file import ProjectFile


@dataclass(frozen=True, slots=True)
class Usage:
    """Codings of a code by coder, in how many documents, and with those of its subcodes."""

    by_coder: tuple[tuple[str, int], ...] = ()
    documents: int = 0
    family: int = 0

    @property
    def own(self) -> int:
        """Return how many codings the code itself has."""
        return sum(count for _, count in self.by_coder)

    def sentence(self) -> str:
        """Say it in one line."""
        if not self.family:
            return tr("Not used yet.")
        if not self.own:
            return tr_n(
                "Not used itself; its subcodes have {n} segment.",
                "Not used itself; its subcodes have {n} segments.",
                self.family,
            )
        people = ", ".join(f"{name} {count}" for name, count in self.by_coder)
        documents = tr_n("{n} source", "{n} sources", self.documents)
        said = tr_n(
            "{n} segment in {documents} ({people})",
            "{n} segments in {documents} ({people})",
            self.own,
            documents=documents,
            people=people,
        )
        if self.family > self.own:
            return tr("{said}, {n} with the subcodes.", said=said, n=self.family)
        return said + "."


def usage_of(project: ProjectFile, code: CodeId, only: str | None = None) -> Usage:
    """Count the codings of a code; with `only`, those of the coder of that name."""
    everybody = coders.all_coders(project.connection)
    if len(everybody) == 1:
        used = _used_by(everybody[0].name, project, code)
    else:
        used = codes.usage(project.connection, code)
    used = [one for one in used if only is None or one[0] == only]
    return Usage(
        tuple((coder, own) for coder, own, _ in used if own),
        codes.used_in(project.connection, code, only),
        sum(count for _, _, count in used),
    )


def _used_by(coder: str, project: ProjectFile, code: CodeId) -> list[tuple[str, int, int]]:
    """Return what `codes.usage` does where all codings are of one coder, from what is counted."""
    counts, everything = project.once(codes.counts), project.once(codes.all_codes)
    family = sum(counts.get(one, 0) for one in descendants(everything, code))
    return [(coder, counts.get(code, 0), family)] if family else []
