"""What can be chosen for rows, columns, order and filters, and the words for it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from qda.gui.language import tr
from qda.gui.models.question import Filter, Question
from qda.model.codebook import split_path
from qda.model.entities import STANCES, Subject, Variable
from qda.model.errors import NotAllowed
from qda.model.matrix import JUDGED_KINDS, MatrixSpec
from qda.model.messages import message

if TYPE_CHECKING:
    from qda.analysis.tables import Entities
    from qda.model.bands import Banding

AXES = (
    "case", "code", "document", "participant", "coder", "stance", "proposition", "query", "codeset",
)  # fmt: skip
Group = Literal["", "case", "participant", "document"]


@dataclass(frozen=True, slots=True)
class Choice:
    """A dimension: its key in a question, its word, and what it describes (empty for fixed)."""

    key: str
    word: str
    group: Group = ""


def axis_word(key: str) -> str:
    """Return the word for one of the fixed dimensions."""
    return {
        "case": tr("office"),
        "code": tr("code"),
        "document": tr("document"),
        "participant": tr("informant"),
        "coder": tr("coder"),
        "stance": tr("stance"),
        "proposition": tr("proposition"),
        "query": tr("query"),
        "codeset": tr("code set"),
    }.get(key, key)


def group_word(group: Group) -> str:
    """Return the heading over the variables of offices, informants or documents."""
    return {
        "": "",
        "case": tr("About the offices"),
        "participant": tr("About the informants"),
        "document": tr("About the documents"),
    }[group]


def name_word(name: str) -> str:
    """Return the name of a row or column as it is shown: stances are words of the program."""
    if name in STANCES:
        return (tr("for"), tr("against"), tr("ambivalent"))[STANCES.index(name)]
    return name


def day_of(text: str) -> str:
    """Return a day as the engine takes it; today becomes the day that it is."""
    today = text.strip().casefold() in (tr("today"), "today")
    return date.today().isoformat() if today else text.strip()  # noqa: DTZ011 - the user's own day


class Choices:
    """What the things in a project allow to be asked."""

    def __init__(self, entities: Entities) -> None:
        """Look at `entities` as they are now."""
        self.entities = entities
        folded = Counter(one.name.casefold() for one in entities.variables)
        self._variables: dict[str, Variable] = {}
        for one in entities.variables:
            clear = folded[one.name.casefold()] == 1 and one.name.casefold() not in AXES
            self._variables[one.name if clear else f"{one.subject}:{one.name}"] = one
        subjects: dict[int, Subject] = {one.id: one.subject for one in entities.variables}
        self._bandings: dict[str, tuple[Banding, Subject]] = {}
        for one in entities.bandings:
            clear = one.name.casefold() not in folded and one.name.casefold() not in AXES
            key = one.name if clear else f"band:{one.name}"
            self._bandings[key] = one, subjects[one.variable]
        self._kinds = {one.name for one in entities.kinds}

    def first_question(self) -> Question:
        """Return what is shown before anything was chosen."""
        return Question() if self.entities.cases else Question(rows=("document",))

    def dimensions(self) -> list[Choice]:
        """Return everything that can head rows or columns."""
        none = {
            key
            for key, there in (
                ("proposition", self.entities.propositions), ("query", self.entities.queries),
                ("codeset", self.entities.code_sets),
            )
            if not there
        }  # fmt: skip
        fixed = [Choice(key, axis_word(key)) for key in AXES if key not in none]
        return fixed + [one for one in self._properties() if one.group]

    def first_grouping(self) -> str:
        """Return what one tells groups apart by at first: a trait of informants, else the office.

        A trait needs two values at least.
        """
        for key, one in self._variables.items():
            values = set(self.entities.values.get(one.id, {}).values())
            if one.subject == "participant" and one.type != "number" and len(values) > 1:
                return key
        return "case"

    def first_groups(self) -> tuple[str, str, str]:
        """Return the two largest groups, which are set side by side at first; else nothing."""
        key = self.first_grouping()
        names = [value for value, _word in self.values(key, Question())]
        variable = self._variables.get(key)
        if variable is not None:
            many = Counter(self.entities.values.get(variable.id, {}).values())
            largest = sorted(names, key=lambda one: -many[one])[:2]
            names = [one for one in names if one in largest]
        return (key, names[0], names[1]) if len(names) > 1 else ("", "", "")

    def _properties(self) -> list[Choice]:
        """Return the variables and bands by what they describe."""
        found = [Choice(key, one.name, one.subject) for key, one in self._variables.items()]
        found += [
            Choice(key, tr("{name} (bands)", name=one.name), subject)
            for key, (one, subject) in self._bandings.items()
        ]
        found += [
            Choice(one.name, tr("{name} (by date)", name=one.name), "case")
            for one in self.entities.kinds
        ]
        order = ("case", "participant", "document")
        return sorted(found, key=lambda one: order.index(one.group or "case"))

    def orders(self, rows: tuple[str, ...]) -> list[Choice]:
        """Return the variables by which rows can be ordered."""
        subjects = {self._subject(key) for key in rows}
        return [
            one
            for one in self._properties()
            if one.key in rows or (one.group in subjects and not self.is_kind(one.key))
        ]

    def _subject(self, key: str) -> str:
        return key if key in AXES else ""

    def word(self, key: str) -> str:
        """Return the word for a dimension; one that is gone keeps its name."""
        variable = self._variables.get(key)
        if key in self._bandings:
            return self._bandings[key][0].name
        return variable.name if variable is not None else axis_word(key)

    def variable(self, key: str) -> Variable | None:
        """Return the variable behind a key, None for the fixed dimensions."""
        return self._variables.get(key)

    def is_number(self, key: str) -> bool:
        """Tell whether a dimension is a variable that can be cut into bands."""
        variable = self._variables.get(key)
        return variable is not None and variable.type == "number"

    def is_kind(self, key: str) -> bool:
        """Tell whether a dimension is a kind of groups that offices belong to for a time."""
        return key in self._kinds

    def has_successions(self) -> bool:
        """Tell whether any office was followed by another."""
        return bool(self.entities.successions)

    def facts_of_cases(self) -> list[tuple[str, str]]:
        """Return the names of what is known of offices, each with its words."""
        return [
            (one.name, tr("{name} (month by month)", name=one.name) if one.periodic else one.name)
            for one in self.entities.variables
            if one.subject == "case"
        ]

    def beside(self, question: Question) -> tuple[str, ...]:
        """Return what stands beside the codes of a joint display: all numbers, or what is chosen.

        What is gone since stands there no more.
        """
        of_cases = [one for one in self.entities.variables if one.subject == "case"]
        if question.beside is None:
            return tuple(one.name for one in of_cases if one.type == "number")
        return tuple(one.name for one in of_cases if one.name in question.beside)

    def size_variable(self) -> Variable | None:
        """Return the first plain number that describes offices, usually their staff."""
        return next(
            (
                one
                for one in self._variables.values()
                if one.subject == "case" and one.type == "number" and not one.periodic
            ),
            None,
        )

    def values(self, key: str, question: Question) -> list[tuple[str, str]]:
        """Return the values of a dimension as a filter names them, each with its words.

        Raises NotFound for a dimension that is gone.
        """
        from qda.analysis.dimensions import find_dimension  # lazy: it brings numpy

        bands = {name: points for name, points in question.bands.items() if self.variable(name)}
        found = find_dimension(self.entities, key, MatrixSpec(bands=bands, folded=False))
        asking = {one.guid for one in self.entities.participants if one.interviewer}
        entries = [one for one in found.entries if one.guid is None or one.guid not in asking]
        if key in self._bandings:
            # Bands are asked for by their place: what they are called follows their values.
            return [(f"#{at}", one.name) for at, one in enumerate(entries, start=1)]
        return [(one.name, self._shown(key, one.name)) for one in entries]

    def _shown(self, key: str, name: str) -> str:
        if key == "code":
            return " › ".join(split_path(name))
        if key in self._bandings:
            return self._band_label(key, name)
        return name_word(name) if key == "stance" else name

    def _band_label(self, key: str, value: str) -> str:
        """Return the label of a band that is asked for by its place."""
        return dict(self.values(key, Question())).get(value, value)

    def filter_words(self, one: Filter) -> str:
        """Return `role = leder` for a filter."""
        return f"{self.word(one.name)} = {self.filter_value(one.name, one.value)}"

    def filter_value(self, name: str, value: str) -> str:
        """Return the words for a value of a filter; none where it is gone."""
        return self._shown(name, value) if value else tr("not given")

    def engine_value(self, name: str, value: str) -> str:
        """Return a value as the engine takes it: bands by what they are called now."""
        return self._shown(name, value) if name in self._bandings else value

    def spec(self, question: Question) -> MatrixSpec:
        """Return the question as the engine takes it: what is left out becomes all the others.

        Raises NotAllowed where the filters on one thing leave nothing over.
        """
        where: list[tuple[str, str]] = []
        without: list[tuple[str, str]] = []
        for name in dict.fromkeys(one.name for one in question.filters):
            only = [one.value for one in question.filters if one.name == name and not one.without]
            out = {one.value for one in question.filters if one.name == name and one.without}
            let = only
            if name == "codeset":
                # A code is in several: what is left out goes, whatever else it is in.
                without += [(name, value) for value in sorted(out)]
                if not only:
                    continue
            elif out:
                everything = [value for value, _ in self.values(name, question)]
                let = [value for value in only or [*everything, ""] if value not in out]
            if not let:
                raise NotAllowed(
                    message("The filters on {name} leave nothing over.", name=self.word(name))
                )
            where += [(name, self.engine_value(name, one)) for one in let]
        shown = {*question.rows, *question.columns, *(name for name, _ in where)}
        follows = self.has_successions() and question.cells not in JUDGED_KINDS
        return MatrixSpec(
            rows=question.rows,
            columns=question.columns,
            cells=question.cells,
            where=tuple(where),
            without=tuple(without),
            sort_by=question.sort_by,
            descending=question.descending,
            bands={name: cut for name, cut in question.bands.items() if name in shown},
            folded=question.folded,
            percent=question.percent,
            totals=question.totals,
            as_of=day_of(question.as_of) if self._kinds & shown else "",
            successors=day_of(question.successors) if follows else "",
        )
