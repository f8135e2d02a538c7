"""Finding the offices that a sheet or a folder names, and adding those that the project lacks."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from qda.model.errors import NotFound
from qda.model.ids import CaseId
from qda.model.import_report import ReportBuilder
from qda.model.messages import counted, message
from qda.store import cases
from qda.store.project_file import ProjectFile

NAMED = 10
"""So many unknown cases are named in a sentence."""
Unknown = Literal["refuse", "add", "leave out"]
"""What becomes of rows of cases that are not in the project."""
_AGENCY = re.compile(r"^nav[\s-]+", re.IGNORECASE)
_BREAKS = re.compile(r"[\W_]+")


def plain_name(name: str) -> str:
    """Return a name without case, signs and a leading «NAV», for telling spellings apart."""
    return _BREAKS.sub(" ", _AGENCY.sub("", name.strip()).casefold()).strip()


def unknown_cases(missing: Sequence[str]) -> NotFound:
    """Return the error for cases of a sheet that the project lacks; it names the first ones."""
    return NotFound(
        counted(
            "{n} case of the sheet is not in the project: {names}. Import the cases first, or "
            "let them be added or left out.",
            "{n} cases of the sheet are not in the project: {names}. Import the cases first, "
            "or let them be added or left out.",
            len(missing),
            names=", ".join(missing[:NAMED]) + (", …" if len(missing) > NAMED else ""),
        )
    )


class CaseMatcher:
    """Find cases by name or pseudonym, else by another spelling of the name, else add them."""

    def __init__(self, project: ProjectFile, *, preview: bool = False) -> None:
        """Know the cases of the project; in a `preview` none is added to it."""
        self._connection = project.connection
        self._preview = preview
        everything = cases.all_cases(project.connection)
        self._exact: dict[str, CaseId] = {}
        self._names: dict[CaseId, str] = {}
        plain: dict[str, set[CaseId]] = {}
        for one in everything:
            self._names[one.id] = one.name
            for name in filter(None, (one.pseudonym, one.name)):
                plain.setdefault(plain_name(name), set()).add(one.id)
        pseudonyms = Counter(one.pseudonym for one in everything)
        for one in everything:
            if one.pseudonym and pseudonyms[one.pseudonym] == 1:
                self._exact[one.pseudonym] = one.id
        # A name goes before a pseudonym of another case.
        self._exact |= {one.name: one.id for one in everything}
        self._plain = {name: found for name, found in plain.items() if name}
        self._added: dict[str, int] = {}
        self._respelt: Counter[tuple[str, str]] = Counter()

    def find(self, name: str) -> CaseId | None:
        """Return the case that a name means, None where none or several may be meant."""
        found = self._exact.get(name)
        if found is None:
            candidates = self._plain.get(plain_name(name), set())
            found = next(iter(candidates)) if len(candidates) == 1 else None
        return found

    def missing(self, names: Iterable[str]) -> list[str]:
        """Return the names that mean no case, each once."""
        return [name for name in dict.fromkeys(names) if self.find(name) is None]

    def meet(self, name: str, unknown: Unknown) -> CaseId | None:
        """Return the case that a name means; None where it is unknown and to be left out."""
        if unknown == "leave out" and self.find(name) is None:
            return None
        return self.find_or_add(name)

    def find_or_add(self, name: str) -> CaseId:
        """Return the case that a name means; one that the project lacks is added to it."""
        found = self.find(name)
        if found is None:
            if self._preview:
                # No row has such an id.
                found = CaseId(-1 - len(self._added))
            else:
                found = cases.insert(self._connection, name)
            self._exact[name] = found
            self._names[found] = name
            self._plain.setdefault(plain_name(name), set()).add(found)
            self._added[name] = 0
        elif name not in self._exact:
            self._respelt[name, self._names[found]] += 1
        if name in self._added:
            self._added[name] += 1
        return found

    def tell(self, report: ReportBuilder, where: str) -> None:
        """Say which cases were added, and which were found by another spelling."""
        report.kept["cases"] += len(self._added)
        for name, count in self._added.items():
            report.decided(
                "cases", message("The office {name}", name=name), where,
                message("It was not in the project and was added."), count=count,
            )  # fmt: skip
        for (name, ours), count in self._respelt.items():
            report.uncertain(
                "cases", message("The office {name}", name=name), where,
                message("It was taken for {name}, which is spelt differently.", name=ours),
                count=count,
            )  # fmt: skip
