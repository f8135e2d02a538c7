"""What stands in a `project.qde`, before offsets are understood and references followed."""

from dataclasses import dataclass, field

from qda.formats.exchange.identifiers import Identifiers
from qda.formats.exchange.report import ExchangeReport
from qda.formats.exchange.xml_nodes import Node
from qda.model.ids import Guid


@dataclass(frozen=True, slots=True)
class RawUser:
    """A user."""

    guid: Guid
    name: str


@dataclass(frozen=True, slots=True)
class RawCode:
    """A code with the notes on it."""

    guid: Guid
    parent: Guid | None
    name: str
    color: str
    codable: bool
    description: str
    notes: tuple[Guid, ...]
    where: str


@dataclass(frozen=True, slots=True)
class RawVariable:
    """A variable; the standard does not say of what."""

    guid: Guid
    name: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class RawValue:
    """The value of a variable as text, and as what it was written (`FloatValue`, ...)."""

    variable: Guid
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class RawCase:
    """A case with all it refers to."""

    guid: Guid
    name: str
    description: str
    codes: tuple[Guid, ...]
    sources: tuple[Guid, ...]
    selections: tuple[Guid, ...]
    values: tuple[RawValue, ...]
    where: str


@dataclass(frozen=True, slots=True)
class RawCoding:
    """A coding of a selection or of a whole source."""

    guid: Guid
    code: Guid
    user: Guid | None
    created: str
    notes: tuple[Guid, ...]
    where: str


@dataclass(frozen=True, slots=True)
class RawSelection:
    """A selection of text, with offsets as the file has them.

    A selection of a page (of a PDF) or of a recording has no offsets but perhaps a `text`.
    """

    guid: Guid
    start: int | None
    end: int | None
    name: str
    text: str
    description: str
    user: Guid | None
    created: str
    codings: tuple[RawCoding, ...]
    notes: tuple[Guid, ...]
    where: str
    node: Node


@dataclass(slots=True)
class RawSource:
    """A source with text.

    `pages` are places on pages that only repeat what is coded in the text: they are carried along.
    """

    kind: str
    guid: Guid
    name: str
    description: str
    plain_path: str
    rich_path: str
    content: str | None
    user: Guid | None
    created: str
    where: str
    others: tuple[Guid, ...] = ()
    selections: list[RawSelection] = field(default_factory=list[RawSelection])
    pages: list[RawSelection] = field(default_factory=list[RawSelection])
    codings: list[RawCoding] = field(default_factory=list[RawCoding])
    notes: list[Guid] = field(default_factory=list[Guid])
    values: list[RawValue] = field(default_factory=list[RawValue])


@dataclass(frozen=True, slots=True)
class RawNote:
    """A note; `place` is where in the text of its source it stands, where a tool says so."""

    guid: Guid
    name: str
    description: str
    content: str | None
    paths: tuple[str, ...]
    user: Guid | None
    created: str
    modified: str
    where: str
    place: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class RawLink:
    """A link between two things, perhaps a note and what it is on."""

    guid: Guid
    name: str
    origin: Guid | None
    target: Guid | None
    notes: tuple[Guid, ...]
    where: str
    node: Node


@dataclass(frozen=True, slots=True)
class RawOther:
    """A recording, picture, set or drawing: `members` says how much there is in it."""

    guid: Guid
    name: str
    members: int
    where: str
    node: Node


@dataclass(slots=True)
class RawProject:
    """Everything of a `project.qde`."""

    name: str = ""
    origin: str = ""
    namespace: str = ""
    created: str = ""
    user: Guid | None = None
    description: str = ""
    notes_on: list[Guid] = field(default_factory=list[Guid])
    users: list[RawUser] = field(default_factory=list[RawUser])
    codes: list[RawCode] = field(default_factory=list[RawCode])
    variables: list[RawVariable] = field(default_factory=list[RawVariable])
    cases: list[RawCase] = field(default_factory=list[RawCase])
    sources: list[RawSource] = field(default_factory=list[RawSource])
    notes: list[RawNote] = field(default_factory=list[RawNote])
    links: list[RawLink] = field(default_factory=list[RawLink])
    sets: list[RawOther] = field(default_factory=list[RawOther])
    graphs: list[RawOther] = field(default_factory=list[RawOther])
    media: list[RawOther] = field(default_factory=list[RawOther])
    identifiers: Identifiers = field(default_factory=lambda: Identifiers(ExchangeReport("")))
