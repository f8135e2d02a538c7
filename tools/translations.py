"""Keep `nb.po` and `nb.mo` in step with the sentences in the source.

    python -m tools.translations update    take new sentences in, keep the translations there are
    python -m tools.translations compile   write nb.mo from nb.po
    python -m tools.translations check     say what is missing, superfluous or wrong; status 1

Sentences are the literal arguments of the functions in `MARKS`, found by reading the syntax tree.
The catalogue is sorted and holds no line numbers, dates or addresses, so that two people who add
sentences seldom touch the same lines.
"""

import ast
import re
import string
import struct
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from tools.unmarked import unmarked

ROOT: Final = Path(__file__).resolve().parent.parent
SOURCES: Final = ROOT / "qda"
FOLDER: Final = SOURCES / "resources" / "translations"
LANGUAGE: Final = "nb"
PLURAL_FORMS: Final = "nplurals=2; plural=(n != 1);"
FORMS: Final = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """A function whose literal arguments are sentences.

    `plural`: the first two are the forms of one sentence. `context`: the catalogue's context.
    `every`: all arguments are sentences. `strict`: an argument that is no literal is a mistake.
    """

    plural: bool = False
    context: str = ""
    every: bool = False
    strict: bool = True


MARKS: Final[Mapping[str, Mark]] = {
    "message": Mark(),
    "counted": Mark(plural=True),
    "tr": Mark(),
    "tr_n": Mark(plural=True),
    "translate": Mark(strict=False),
    "_": Mark(strict=False),
    "words_of_qt": Mark(context="Qt", every=True),
    "names_of_keys": Mark(context="Qt key", every=True),
}


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What identifies an entry of the catalogue."""

    text: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A sentence with its plural form, if it has one, and its translations."""

    key: Key
    plural: str = ""
    translations: tuple[str, ...] = ()
    fuzzy: bool = False

    @property
    def complete(self) -> bool:
        """Tell whether every form is translated."""
        wanted = FORMS if self.plural else 1
        return len(self.translations) == wanted and all(self.translations)


Catalogue = dict[Key, Entry]


class SourceProblem(Exception):
    """A mark in the source that the tools cannot follow."""


# ------------------------------------------------------------------------------- from the source
def extract(paths: Iterable[Path]) -> tuple[Catalogue, list[str]]:
    """Return the sentences of the source files, and what is wrong with their marks."""
    found: Catalogue = {}
    problems: list[str] = []
    for path in sorted(paths):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            mark = MARKS.get(_name(call.func))
            if mark is None:
                continue
            try:
                for entry in _entries(call, mark):
                    _add(found, entry)
            except SourceProblem as problem:
                problems.append(f"{path.name}:{call.lineno}: {problem}")
    return found, problems


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def _literal(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def _entries(call: ast.Call, mark: Mark) -> Iterator[Entry]:
    """Yield the entries that one marked call names."""
    wanted = call.args if mark.every else call.args[: 2 if mark.plural else 1]
    texts = [_literal(node) for node in wanted]
    if not texts or (mark.plural and len(texts) < FORMS):
        if mark.strict:
            raise SourceProblem("the sentence is missing or passed by name")
        return
    literals = [text for text in texts if text is not None]
    if len(literals) < len(texts):
        if mark.strict:
            raise SourceProblem("the sentence is not a literal, so nobody can translate it")
        return
    if mark.plural:
        yield Entry(Key(literals[0], mark.context), literals[1])
        return
    for text in filter(None, literals):
        yield Entry(Key(text, mark.context))


def _add(found: Catalogue, entry: Entry) -> None:
    """Add an entry; the same sentence may occur with and without a plural."""
    known = found.get(entry.key)
    if known is None or (entry.plural and not known.plural):
        found[entry.key] = entry
    elif entry.plural and entry.plural != known.plural:
        raise SourceProblem(f"{entry.key.text!r} has two different plural forms")


# ---------------------------------------------------------------------------------- nb.po, nb.mo
def read_po(path: Path) -> Catalogue:
    """Return the entries of a .po file; empty where there is none."""
    # The tools of development alone know Babel; the program reads the .mo with Python's own.
    from babel.messages.pofile import read_po as read

    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalogue = read(file, locale=LANGUAGE)
    entries: Catalogue = {}
    for item in catalogue:
        if not item.id:
            continue
        texts, translated = _forms(item.id), _forms(item.string)
        key = Key(texts[0], item.context or "")
        plural = texts[1] if len(texts) > 1 else ""
        entries[key] = Entry(key, plural, tuple(translated), item.fuzzy)
    return entries


def _forms(value: object) -> list[str]:
    """Return the forms that Babel gives as a text or as a sequence of texts."""
    if isinstance(value, str):
        return [value]
    return [str(item) for item in cast("Iterable[object]", value) if item is not None]


def write_po(path: Path, entries: Catalogue) -> None:
    """Write a .po file, sorted by sentence."""
    blocks = [_po_block(Entry(Key(""), "", (_header(),)))]
    blocks += [_po_block(entries[key]) for key in sorted(entries)]
    path.write_text("\n".join(blocks), encoding="utf-8", newline="\n")


def _header() -> str:
    return (
        f"Language: {LANGUAGE}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
        f"Content-Transfer-Encoding: 8bit\nPlural-Forms: {PLURAL_FORMS}\n"
    )


def _po_block(entry: Entry) -> str:
    lines = ["#, fuzzy"] if entry.fuzzy else []
    if entry.key.context:
        lines.append(f"msgctxt {_quoted(entry.key.context)}")
    lines.append(f"msgid {_quoted(entry.key.text)}")
    if entry.plural:
        lines.append(f"msgid_plural {_quoted(entry.plural)}")
        forms = [*entry.translations, "", ""][:FORMS]
        lines += [f"msgstr[{index}] {_quoted(form)}" for index, form in enumerate(forms)]
    else:
        lines.append(f"msgstr {_quoted(next(iter(entry.translations), ''))}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Write a text as .po literals, one for each of its lines."""
    pieces = re.findall(r"[^\n]*\n|[^\n]+", text) or [""]
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    quoted = [f'"{piece.translate(str.maketrans(escapes))}"' for piece in pieces]
    return quoted[0] if len(quoted) == 1 else "\n".join(['""', *quoted])


def write_mo(path: Path, entries: Catalogue) -> None:
    """Write the translated entries in gettext's binary format, the same bytes every time."""
    pairs = sorted((key.encode(), text.encode()) for key, text in _mo_pairs(entries).items())
    count = len(pairs)
    start = 28 + 16 * count
    tables: list[list[tuple[int, int]]] = []
    data = b""
    for column in (0, 1):
        table: list[tuple[int, int]] = []
        for pair in pairs:
            table.append((len(pair[column]), start + len(data)))
            data += pair[column] + b"\0"
        tables.append(table)
    head = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, start)
    rows = b"".join(struct.pack("<2I", *row) for table in tables for row in table)
    path.write_bytes(head + rows + data)


def _mo_pairs(entries: Catalogue) -> dict[str, str]:
    """Return key and value of every entry as gettext's binary format joins them."""
    pairs = {"": _header()}
    for key, entry in entries.items():
        if not entry.complete or entry.fuzzy:
            continue
        context = f"{key.context}\x04" if key.context else ""
        plural = f"\0{entry.plural}" if entry.plural else ""
        pairs[f"{context}{key.text}{plural}"] = "\0".join(entry.translations)
    return pairs


def read_mo(path: Path) -> dict[str, str]:
    """Return the pairs of a .mo file; empty where there is none."""
    if not path.exists():
        return {}
    data = path.read_bytes()
    _magic, _version, count, keys, values = struct.unpack_from("<5I", data)

    def text(table: int, index: int) -> str:
        length, offset = struct.unpack_from("<2I", data, table + 8 * index)
        return data[offset : offset + length].decode()

    return {text(keys, index): text(values, index) for index in range(count)}


# --------------------------------------------------------------------------------------- checking
def problems_of(wanted: Catalogue, entries: Catalogue) -> Iterator[str]:
    """Yield what is wrong with `entries` as the translation of the `wanted` sentences."""
    for key in sorted(wanted):
        entry = entries.get(key)
        if entry is None or not entry.complete:
            yield f"not translated: {key.text!r}"
        elif entry.plural != wanted[key].plural:
            yield f"the plural form changed: {key.text!r}"
        elif entry.fuzzy:
            yield f"marked as uncertain: {key.text!r}"
        else:
            yield from _problems_of_entry(entry)
    for key in sorted(entries.keys() - wanted.keys()):
        yield f"no longer in the source: {key.text!r}"


def _problems_of_entry(entry: Entry) -> Iterator[str]:
    """Yield where a translation has other places than its sentence."""
    sources = (entry.key.text, entry.plural) if entry.plural else (entry.key.text,)
    for source, translated in zip(sources, entry.translations, strict=True):
        for places in (_named_places, _numbered_places):
            wanted, have = places(source), places(translated)
            # "one segment" and "{n} segment" are both good for one.
            if entry.plural:
                wanted.discard("n")
                have.discard("n")
            if wanted != have:
                yield f"other places than in the sentence: {source!r} and {translated!r}"
    ends = {source.endswith("\n") for source in (*sources, *entry.translations)}
    if len(ends) > 1:
        yield f"only one of the two ends in a line break: {entry.key.text!r}"


def _named_places(text: str) -> set[str]:
    """Return the `{named}` places; a text that is no pattern has none."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return set()


def _numbered_places(text: str) -> set[str]:
    """Return Qt's places, `%1` and so on."""
    return set(re.findall(r"%\d", text))


# --------------------------------------------------------------------------------------- commands
def update() -> int:
    """Take the sentences of the source into nb.po, keeping the translations there are."""
    wanted, problems = extract(SOURCES.rglob("*.py"))
    path = FOLDER / f"{LANGUAGE}.po"
    known = read_po(path)
    merged = {
        key: Entry(
            key,
            entry.plural,
            known[key].translations if key in known else (),
            key in known and (known[key].fuzzy or known[key].plural != entry.plural),
        )
        for key, entry in wanted.items()
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    write_po(path, merged)
    left = sum(not entry.complete or entry.fuzzy for entry in merged.values())
    dropped = len(known.keys() - wanted.keys())
    print(f"{path.name}: {len(merged)} sentences, {left} to translate, {dropped} dropped")
    return _report(problems)


def compile_mo() -> int:
    """Write nb.mo from nb.po."""
    write_mo(FOLDER / f"{LANGUAGE}.mo", read_po(FOLDER / f"{LANGUAGE}.po"))
    return 0


def check() -> int:
    """Say everything that keeps the interface from being whole in bokmål."""
    wanted, problems = extract(SOURCES.rglob("*.py"))
    entries = read_po(FOLDER / f"{LANGUAGE}.po")
    problems += unmarked((SOURCES / "gui").rglob("*.py"))
    problems += problems_of(wanted, entries)
    if read_mo(FOLDER / f"{LANGUAGE}.mo") != _mo_pairs(entries):
        problems.append(f"{LANGUAGE}.mo is older than {LANGUAGE}.po: run `make translations`")
    return _report(problems)


def _report(problems: list[str]) -> int:
    for problem in problems:
        print(f"translations: {problem}", file=sys.stderr)
    return 1 if problems else 0


COMMANDS: Final[Mapping[str, Callable[[], int]]] = {
    "update": update,
    "compile": compile_mo,
    "check": check,
}


def main(arguments: list[str]) -> int:
    """Run the command that `arguments` names."""
    command = COMMANDS.get(arguments[0]) if len(arguments) == 1 else None
    if command is None:
        print(f"usage: python -m tools.translations {'|'.join(COMMANDS)}", file=sys.stderr)
        return 2
    return command()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
