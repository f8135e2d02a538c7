"""Who could be recognised: combinations of shown attributes that few informants share."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qda.analysis.labels import value_text
from qda.analysis.quotes import ROLE_NAMES
from qda.analysis.tables import Entities
from qda.model.entities import Variable
from qda.model.errors import NotFound
from qda.model.ids import ParticipantId
from qda.model.messages import message


@dataclass(frozen=True, slots=True)
class Rare:
    """A combination of values that only `people` informants share."""

    values: tuple[str, ...]
    people: int


def shown_attributes(
    entities: Entities, names: Sequence[str]
) -> dict[ParticipantId, tuple[str, ...]]:
    """Return what each informant shows when the participants' variables of these names are shown.

    `role` and `rolle` mean the same variable. Interviewers are left out; an unknown value is
    empty. Raises NotFound for a variable that participants do not have.
    """
    variables = [_variable(entities, name) for name in names]
    return {
        one.id: tuple(_value(entities, variable, one.id) for variable in variables)
        for one in entities.participants
        if not one.interviewer
    }


def rare_combinations(
    shown: Mapping[ParticipantId, tuple[str, ...]],
    threshold: int,
    among: Iterable[ParticipantId] | None = None,
) -> tuple[Rare, ...]:
    """Return the combinations that fewer than `threshold` informants share, the rarest first.

    With `among`, only those that one of these informants shows; all informants are counted.
    """
    counts = Counter(shown.values())
    named = set(shown.values())
    if among is not None:
        named = {shown[one] for one in among if one in shown}
    rare = [
        Rare(values, counts[values])
        for values in named
        if any(values) and counts[values] < threshold
    ]
    return tuple(sorted(rare, key=lambda one: (one.people, one.values)))


def _variable(entities: Entities, name: str) -> Variable:
    wanted = {name.strip().casefold()}
    if wanted & ROLE_NAMES:
        wanted |= ROLE_NAMES
    of_people = [one for one in entities.variables if one.subject == "participant"]
    for one in of_people:
        if one.name.casefold() in wanted:
            return one
    raise NotFound(
        message(
            "Informants have no {name}; there are: {names}.",
            name=name,
            names=", ".join(one.name for one in of_people) or "–",
        )
    )


def _value(entities: Entities, variable: Variable, participant: ParticipantId) -> str:
    value = entities.values.get(variable.id, {}).get(participant)
    return "" if value is None else value_text(value, entities.language)
