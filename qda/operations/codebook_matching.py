"""Which codes of two or three codebooks are the same: by GUID, then by place, then by path."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from qda.model.codebook import CODE_FIELDS, Codebook, CodebookCode, CodeField, join_path

Book = Literal["base", "ours", "theirs"]
BOOKS: tuple[Book, ...] = ("ours", "base", "theirs")


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A code where it stands in its codebook; `rank` is its place among those of its parent."""

    code: CodebookCode
    path: tuple[str, ...]
    parent: "Node | None"
    rank: int


@dataclass(slots=True, eq=False)
class Same:
    """One code, as each of the codebooks has it."""

    ours: Node | None = None
    base: Node | None = None
    theirs: Node | None = None

    def of(self, book: Book) -> Node | None:
        """Return the code as one of the codebooks has it."""
        if book == "ours":
            return self.ours
        return self.base if book == "base" else self.theirs

    def put(self, book: Book, node: Node) -> None:
        """Note the code as one of the codebooks has it."""
        if book == "ours":
            self.ours = node
        elif book == "base":
            self.base = node
        else:
            self.theirs = node

    def nodes(self) -> Iterator[Node]:
        """Yield the code as each codebook has it that has it."""
        for book in BOOKS:
            node = self.of(book)
            if node is not None:
                yield node

    @property
    def name(self) -> str:
        """Return what tells this code from others: its GUID, or else its path."""
        guids = [node.code.guid for node in self.nodes() if node.code.guid is not None]
        return guids[0] if guids else join_path(next(self.nodes()).path)


class Matched:
    """The codes of up to three codebooks, each with all its faces; ours come first, in order."""

    def __init__(self, base: Codebook | None, ours: Codebook, theirs: Codebook) -> None:
        """Find which codes are the same."""
        self.codes: list[Same] = []
        self._of: dict[Node, Same] = {}
        self._walks: dict[Book, list[Node]] = {}
        self._join("ours", ours)
        if base is not None:
            self._join("base", base)
        self._join("theirs", theirs)

    def _join(self, book: Book, content: Codebook) -> None:
        nodes = self._walks[book] = list(nodes_of(content))
        by_guid = {
            node.code.guid: same
            for same in reversed(self.codes)
            for node in same.nodes()
            if node.code.guid is not None
        }
        by_path = {node.path: same for same in reversed(self.codes) for node in same.nodes()}
        by_place = {
            (self._of[node.parent] if node.parent is not None else None, node.code.name): same
            for same in reversed(self.codes)
            for node in same.nodes()
        }
        for node in nodes:
            same = by_guid.get(node.code.guid) if node.code.guid is not None else None
            if same is not None and same.of(book) is None:
                self._put(same, book, node)
        for node in nodes:
            if node in self._of:
                continue
            # Below a code that was renamed, the path is another but the place the same.
            above = self._of[node.parent] if node.parent is not None else None
            for same in (by_place.get((above, node.code.name)), by_path.get(node.path)):
                if same is not None and same.of(book) is None:
                    self._put(same, book, node)
                    break
            else:
                new = Same()
                self.codes.append(new)
                self._put(new, book, node)

    def _put(self, same: Same, book: Book, node: Node) -> None:
        same.put(book, node)
        self._of[node] = same

    def parent(self, same: Same, book: Book) -> Same | None:
        """Return the code that this one stands below in one of the codebooks."""
        node = same.of(book)
        return self._of[node.parent] if node is not None and node.parent is not None else None

    def codes_of(self, book: Book) -> list[Same]:
        """Return the codes of one of the codebooks in its order, parents first."""
        return [self._of[node] for node in self._walks.get(book, ())]


def nodes_of(content: Codebook) -> Iterator[Node]:
    """Yield every code where it stands, parents first; however deep, without recursion."""
    stack = [Node(code, (code.name,), None, rank) for rank, code in enumerate(content.codes)][::-1]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(
            reversed(
                [
                    Node(code, (*node.path, code.name), node, rank)
                    for rank, code in enumerate(node.code.children)
                ]
            )
        )


def said_fields(content: Codebook) -> frozenset[CodeField]:
    """Return the fields that a codebook says anything in: not every format has all of them."""
    return frozenset(
        field
        for field in CODE_FIELDS
        if any(getattr(node.code, field) for node in nodes_of(content))
    )


def as_text(code: CodebookCode, field: CodeField) -> str:
    """Return a field as a text, the items of a list with bars between them."""
    value: str | tuple[str, ...] = getattr(code, field)
    return value if isinstance(value, str) else "|".join(value)
