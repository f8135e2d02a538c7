"""Attributions of quotes by a template such as `({role}, {employer})`: what is missing goes.

A field is a name in braces. A field without a value takes along the words and the marks that belong
to it: those before it up to the mark that parts it from the field before, and those behind it up to
the next mark. Round and square brackets around nothing go too.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qda.model.errors import NotAllowed
from qda.model.messages import message

LONGEST = 200
EXAMPLE = "{role}"
_CLOSING = {"(": ")", "[": "]"}
_TOKEN = re.compile(r"\{[^{}]*\}|[()\[\]]|[^(){}\[\]]+|[{}]")
_PARTING = re.compile(r"^([^,;:·–—/|]*)(\s*[,;:·–—/|]\s*)(.*)$", re.DOTALL)
_LEAD = re.compile(r"^(\W*)(.*)$", re.DOTALL)
_TAIL = re.compile(r"^(.*?)(\W*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Field:
    name: str


@dataclass(frozen=True, slots=True)
class _Group:
    """What stands between two brackets, or the whole template (`opening` is then empty).

    `literals` stand around the parts: one more than there are parts.
    """

    opening: str
    parts: tuple["_Field | _Group", ...]
    literals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A template that was read; `fields` are its names in their order, each once."""

    text: str
    fields: tuple[str, ...]
    _whole: _Group

    def fill(self, values: Sequence[Mapping[str, str]]) -> str:
        """Return the attribution to each of these in turn, alike ones once, parted by `; `.

        Where the template is one bracket, they stand in one bracket together.
        """
        whole = self._whole
        inner = whole.parts[0] if len(whole.parts) == 1 and not any(whole.literals) else None
        if isinstance(inner, _Group):
            said = _joined(_filled(_Group("", inner.parts, inner.literals), one) for one in values)
            return f"{inner.opening}{said}{_CLOSING[inner.opening]}" if said else ""
        return _joined(_filled(whole, one) for one in values)


def read_template(text: str) -> Template:
    """Read a template. Raises NotAllowed with a sentence that says what is wrong in it."""
    if len(text) > LONGEST or "\n" in text:
        raise NotAllowed(
            message("An attribution is one line of at most {n} characters.", n=LONGEST)
        )
    tokens = [one.group() for one in _TOKEN.finditer(text)]
    whole, _rest = _read(tokens, "")
    names = tuple(dict.fromkeys(_names(whole)))
    if text.strip() and not names:
        raise NotAllowed(
            message("The attribution names nothing; write a field such as {field}.", field=EXAMPLE)
        )
    return Template(text, names, whole)


def _read(tokens: list[str], opening: str) -> tuple[_Group, list[str]]:
    """Read up to the bracket that closes `opening`; return what is left, from that on."""
    parts: list[_Field | _Group] = []
    literals = [""]
    while tokens:
        token, tokens = tokens[0], tokens[1:]
        if token in _CLOSING:
            part, tokens = _read(tokens, token)
            if not tokens:
                raise NotAllowed(
                    message("«{mark}» is never closed; write «{closing}» behind the last field.",
                            mark=token, closing=_CLOSING[token])
                )  # fmt: skip
            tokens = tokens[1:]
            if any(_names(part)):
                parts.append(part)
                literals.append("")
            else:
                literals[-1] += f"{token}{''.join(part.literals)}{_CLOSING[token]}"
        elif opening and token == _CLOSING[opening]:
            return _Group(opening, tuple(parts), tuple(literals)), [token, *tokens]
        elif token in (")", "]"):
            raise NotAllowed(message("«{mark}» closes nothing; take it out.", mark=token))
        elif token in ("{", "}"):
            raise NotAllowed(
                message("A brace stands alone; a field is a name between two, as {field}.",
                        field=EXAMPLE)
            )  # fmt: skip
        elif token.startswith("{"):
            name = token[1:-1].strip()
            if not name:
                raise NotAllowed(
                    message("A field has no name; write one, as {field}.", field=EXAMPLE)
                )
            parts.append(_Field(name))
            literals.append("")
        else:
            literals[-1] += token
    return _Group(opening, tuple(parts), tuple(literals)), []


def _names(group: _Group) -> Iterator[str]:
    for one in group.parts:
        if isinstance(one, _Field):
            yield one.name
        else:
            yield from _names(one)


def _joined(said: Iterator[str]) -> str:
    return "; ".join(dict.fromkeys(filter(None, said)))


def _filled(group: _Group, values: Mapping[str, str]) -> str:
    said = [
        values.get(one.name, "").strip() if isinstance(one, _Field) else _filled(one, values)
        for one in group.parts
    ]
    if not any(said):
        return ""
    head, prefix = _matched(_LEAD, group.literals[0])
    found = head
    for place, one in enumerate(said):
        last = place == len(said) - 1
        if last:
            suffix, tail = _matched(_TAIL, group.literals[-1])
            parting = following = ""
        else:
            suffix, parting, following = _parted(group.literals[place + 1])
            tail = ""
        if one:
            found += f"{prefix}{one}{suffix}"
        # The mark before a part belongs to the part behind it.
        prefix = following
        if any(said[: place + 1]) and place + 1 < len(said) and said[place + 1]:
            found += parting
        found += tail
    return f"{group.opening}{found}{_CLOSING[group.opening]}" if group.opening else found


def _parted(literal: str) -> tuple[str, str, str]:
    """Return what belongs to the part before, the mark between, what belongs to the part behind."""
    found = _PARTING.match(literal)
    if found is not None:
        return found[1].rstrip(), found[2], found[3]
    stripped = literal.lstrip()
    return "", literal[: len(literal) - len(stripped)], stripped


def _matched(pattern: re.Pattern[str], literal: str) -> tuple[str, str]:
    found = pattern.match(literal)
    assert found is not None  # noqa: S101 - both patterns match everything
    return found[1], found[2]
