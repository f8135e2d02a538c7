"""Who said a quote, by a template over what informants and offices have; who could be recognised.

Fields are `role` (or `rolle`), the variables of participants and of cases by name, `office`, and
`informant` for a participant's name in the project. None of the last two stands there unless the
template names it, and the office beside a person only where the style allows that as well.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qda.analysis.labels import value_text
from qda.analysis.quotes import ROLE_NAMES, role_in_label
from qda.analysis.tables import Entities, Snapshot
from qda.model.entities import Participant, Variable
from qda.model.errors import NotAllowed, NotFound
from qda.model.matrix import Quote
from qda.model.messages import Message, counted, message
from qda.model.quotes import QuoteStyle
from qda.text.attribution import Template, read_template

OFFICE_NAMES = frozenset({"office", "case", "kontor"})
INFORMANT_NAMES = frozenset({"informant", "participant", "deltaker"})

Values = Mapping[str, str]
"""What is shown of somebody, by the fields of the template."""


@dataclass(frozen=True, slots=True)
class Rare:
    """A combination of shown values that only `people` informants share, as it is printed."""

    shown: str
    people: int


class Attributor:
    """Say who said what, by one style, for one state of the project."""

    def __init__(self, snapshot: Snapshot, style: QuoteStyle) -> None:
        """Read the template.

        Raises NotAllowed for one that cannot be read or that shows an office beside a person
        unasked, NotFound for a field that nobody has.
        """
        self._entities = snapshot.entities
        self.style = style
        self.template: Template = read_template(style.attribution)
        self._kinds = {name: _kind(snapshot.entities, name) for name in self.template.fields}
        if not style.office and {"office", "person"} <= set(self._kinds.values()):
            raise NotAllowed(
                message(
                    "This would show the office beside the person; "
                    "leave one of them out, or allow it."
                )
            )
        cases = _cases_of_people(snapshot)
        self._by_name = {
            one.name: {
                name: self._value(name, one, cases.get(place, ())) for name in self.template.fields
            }
            for place, one in enumerate(snapshot.entities.participants)
            if not one.interviewer
        }
        self._counts = Counter(_key(one) for one in self._by_name.values())
        # Thousands of quotes are of a few people: what is said of these is found once.
        self._known: dict[tuple[str, ...], tuple[str, Rare | None]] = {}

    def of(self, quote: Quote) -> str:
        """Return who said it, empty where nothing of it is known."""
        return self._told(quote)[0]

    def fewest(self, quote: Quote) -> Rare | None:
        """Return what fewest informants share of what is shown of a quote, if too few do."""
        return self._told(quote)[1]

    def _told(self, quote: Quote) -> tuple[str, Rare | None]:
        found = self._known.get(quote.participants)
        if found is None:
            people = self._people(quote)
            rare = [one for one in map(self._rare, people) if one is not None]
            fewest = min(rare, key=lambda one: one.people) if rare else None
            found = self.template.fill(people), fewest
            # Where nobody is known, what is told is the quote's own.
            if any(one in self._by_name for one in quote.participants):
                self._known[quote.participants] = found
        return found

    def rare(self) -> tuple[Rare, ...]:
        """Return all combinations in the project that too few share, the rarest first."""
        distinct = {_key(one): one for one in self._by_name.values()}
        found = [one for values in distinct.values() if (one := self._rare(values)) is not None]
        return tuple(sorted(found, key=lambda one: (one.people, one.shown)))

    def _rare(self, values: Values) -> Rare | None:
        people = self._counts[_key(values)]
        if not any(values.values()) or not 0 < people < self.style.threshold:
            return None
        return Rare(self.template.fill([values]).strip("()[] "), people)

    def _people(self, quote: Quote) -> Sequence[Values]:
        """Return what is shown of each informant of a quote; of a source without, its own."""
        people = [self._by_name[one] for one in quote.participants if one in self._by_name]
        if people:
            return people
        shown: dict[str, str] = {}
        for name, kind in self._kinds.items():
            if name.casefold() in ROLE_NAMES:
                shown[name] = quote.role
            elif kind in ("office", "case"):
                of_quote = [
                    place
                    for place, one in enumerate(self._entities.cases)
                    if one.name in quote.cases
                ]
                shown[name] = self._case_value(name, of_quote)
        return [shown]

    def _value(self, name: str, person: Participant, cases: Iterable[int]) -> str:
        key = name.casefold()
        if key in INFORMANT_NAMES:
            return person.name
        if key in OFFICE_NAMES or self._kinds[name] == "case":
            return self._case_value(name, cases)
        variable = _variable(self._entities, name, "participant")
        found = "" if variable is None else self._written(variable, person.id)
        if not found and key in ROLE_NAMES:
            return role_in_label(person.name)
        return found

    def _case_value(self, name: str, cases: Iterable[int]) -> str:
        every = self._entities.cases
        if name.casefold() in OFFICE_NAMES:
            found = [every[one].pseudonym or every[one].name for one in cases]
        else:
            variable = _variable(self._entities, name, "case")
            assert variable is not None  # noqa: S101 - found when the template was read
            found = [self._written(variable, every[one].id) for one in cases]
        return ", ".join(dict.fromkeys(filter(None, found)))

    def _written(self, variable: Variable, subject: int) -> str:
        value = self._entities.values.get(variable.id, {}).get(subject)
        return "" if value is None else value_text(value, self._entities.language).strip()


def rare_words(one: Rare) -> Message:
    """Say that few informants share what is shown."""
    return counted(
        "Only {n} informant is shown as «{who}»; others may know who it is.",
        "Only {n} informants are shown as «{who}»; others may know who they are.",
        one.people,
        who=one.shown,
    )


def known_fields(entities: Entities) -> tuple[str, ...]:
    """Return the fields that a template can name in this project."""
    fixed = ("role", "office", "informant")
    if entities.language != "en":
        fixed = ("rolle", "kontor", "informant")
    names = tuple(dict.fromkeys(one.name for one in entities.variables))
    taken = {one.casefold() for one in names}
    if taken & ROLE_NAMES:
        fixed = fixed[1:]
    return (*(one for one in fixed if one not in taken), *names)


def _kind(entities: Entities, name: str) -> str:
    """Return whether a field is of a `person`, names the `office`, or is of a `case`."""
    key = name.casefold()
    if key in ROLE_NAMES | INFORMANT_NAMES or _variable(entities, name, "participant") is not None:
        return "person"
    if key in OFFICE_NAMES:
        return "office"
    if _variable(entities, name, "case") is not None:
        return "case"
    raise NotFound(
        message(
            "Nobody has {name}, so a quote cannot be attributed by it; there are: {names}.",
            name=name,
            names=", ".join(known_fields(entities)),
        )
    )


def _variable(entities: Entities, name: str, subject: str) -> Variable | None:
    wanted = {name.casefold()}
    if wanted & ROLE_NAMES:
        wanted |= ROLE_NAMES
    for one in entities.variables:
        if one.subject == subject and one.name.casefold() in wanted:
            return one
    return None


def _cases_of_people(snapshot: Snapshot) -> dict[int, list[int]]:
    """Return the positions of the cases of each participant who says anything."""
    pairs = snapshot.material.pairs
    people = np.concatenate((pairs.participant, _owners(snapshot)))
    cases = np.concatenate((pairs.case, snapshot.participant_cases.targets))
    known = (people >= 0) & (cases >= 0)
    width = len(snapshot.entities.cases) or 1
    found: dict[int, list[int]] = {}
    # Hundreds of thousands of turns, and few pairs of who is where.
    pairs_once: list[int] = np.unique(people[known] * width + cases[known]).tolist()
    for pair in pairs_once:
        found.setdefault(pair // width, []).append(pair % width)
    return found


def _owners(snapshot: Snapshot) -> np.ndarray:
    offsets = snapshot.participant_cases.offsets
    return np.repeat(np.arange(len(offsets) - 1, dtype=np.int64), np.diff(offsets))


def _key(values: Values) -> tuple[str, ...]:
    return tuple(values.values())
