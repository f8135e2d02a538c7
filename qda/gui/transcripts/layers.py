"""What of the codings is shown in the coding room: whose, of which codes, hidden or dimmed."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from qda.model.code_sets import CodeSet
from qda.model.entities import Code, Coder, Coding
from qda.model.ids import CodeId, CoderId
from qda.operations.codes import descendants
from qda.text.spans import Span

Whose = Literal["all", "mine", "some"]


@dataclass(frozen=True, slots=True)
class Layers:
    """What the user asked to see.

    `coders` are GUIDs, meant by `some`; `codes` are GUIDs of codes that are shown with all below
    them, `sets` of code sets whose codes are shown, neither for every code. `dim` greys other codes
    instead of hiding them; `compare` gives each coder a column of lanes.
    """

    whose: Whose = "all"
    coders: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    dim: bool = False
    compare: bool = False

    @property
    def filters(self) -> bool:
        """Tell whether anything is left out or parted."""
        return self.whose != "all" or self.by_code or self.compare

    @property
    def by_code(self) -> bool:
        """Tell whether codings of some codes alone are meant."""
        return bool(self.codes or self.sets)

    def to_text(self) -> str:
        """Return the layers as text to keep."""
        return json.dumps(
            {
                "whose": self.whose,
                "coders": self.coders,
                "codes": self.codes,
                "sets": self.sets,
                "dim": self.dim,
                "compare": self.compare,
            }
        )


def read_layers(text: str) -> Layers:
    """Read what `to_text` wrote; what cannot be read shows everything."""
    try:
        kept: object = json.loads(text)
    except ValueError:
        return Layers()
    if not isinstance(kept, dict):
        return Layers()
    values = cast("dict[str, object]", kept)
    whose = values.get("whose")
    return Layers(
        whose=whose if whose in ("mine", "some") else "all",
        coders=_texts(values.get("coders")),
        codes=_texts(values.get("codes")),
        sets=_texts(values.get("sets")),
        dim=values.get("dim") is True,
        compare=values.get("compare") is True,
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


@dataclass(frozen=True, slots=True)
class Sight:
    """Layers as they fall on a project: which coders and codes, None for all.

    `columns` are the names of the coders that stand side by side, `members` the codes of the sets
    that are shown, None where no set is.
    """

    coders: frozenset[CoderId] | None = None
    codes: frozenset[CodeId] | None = None
    dim: bool = False
    columns: tuple[str, ...] = ()
    members: frozenset[CodeId] | None = None

    def of_coder(self, coder: CoderId) -> bool:
        """Tell whether the codings of a coder are there at all."""
        return self.coders is None or coder in self.coders

    def of_code(self, code: CodeId) -> bool:
        """Tell whether the codings of a code are among those asked for."""
        return self.codes is None or code in self.codes

    def shows(self, coding: Coding) -> bool:
        """Tell whether a coding is drawn, be it dimmed."""
        return self.of_coder(coding.coder) and (self.dim or self.of_code(coding.code))

    def shown_of(self, places: Iterable[Span]) -> list[Span]:
        """Return those of the codings at `places` (key: code, owner: coder) that are drawn."""
        if self.coders is None and (self.dim or self.codes is None):
            return list(places)
        return [
            one
            for one in places
            if self.of_coder(CoderId(one.owner)) and (self.dim or self.of_code(CodeId(one.key)))
        ]


def resolve(
    layers: Layers,
    coders: Sequence[Coder],
    codes: Sequence[Code],
    me: str,
    sets: Sequence[CodeSet] = (),
) -> tuple[Layers, Sight]:
    """Return the layers without what is gone, and what they show; `me` is who codes."""
    here = {str(one.guid): one for one in coders}
    known = tuple(guid for guid in layers.coders if guid in here)
    tops = tuple(guid for guid in layers.codes if any(one.guid == guid for one in codes))
    whose = "all" if layers.whose == "some" and not known else layers.whose
    compare = layers.compare and whose == "some" and len(known) > 1
    chosen = [one for one in sets if one.guid in layers.sets]
    own = tuple(str(one.guid) for one in chosen)
    kept = Layers(whose, known if whose == "some" else (), tops, own, layers.dim, compare)
    shown: frozenset[CoderId] | None = None
    if whose == "mine":
        shown = frozenset(one.id for one in coders if one.name == me)
    elif whose == "some":
        shown = frozenset(here[guid].id for guid in known)
    members = frozenset(member for one in chosen for member in one.codes) if chosen else None
    family: frozenset[CodeId] | None = members
    if tops:
        below = (descendants(tuple(codes), code.id) for code in codes if code.guid in tops)
        family = frozenset(member for some in below for member in some) | (members or frozenset())
    columns = tuple(here[guid].name for guid in known) if compare else ()
    return kept, Sight(shown, family, layers.dim, columns, members)
