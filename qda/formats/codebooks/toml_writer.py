"""Write a codebook as TOML that a person likes to read and edit."""

import re
from collections.abc import Iterator, Mapping

from qda.model.codebook import Codebook, CodebookCode

WIDTH = 98
HEAD_KEYS = ("name", "version", "language", "description")
CODE_KEYS = (
    "name", "guid", "color", "shortcut", "scale", "definition", "include", "exclude", "example",
    "keywords",
)  # fmt: skip
NO_CODES = "codes = []\n"
_BREAK = re.compile(r"(?<=[^ \t]) (?=[^ \t])")

TomlValue = str | tuple[str, ...]


def toml_text(codebook: Codebook) -> str:
    """Return a whole TOML file: the facts of the codebook, then the codes, parents first."""
    head = [f"{key} = {toml_value(key, value)}\n" for key, value in head_values(codebook).items()]
    if not codebook.codes:
        head.append(NO_CODES)
    blocks = [code_block(code, len(path)) for path, code in codebook.walk()]
    return "\n".join(["".join(head), *blocks])


def code_block(code: CodebookCode, depth: int) -> str:
    """Return the table of one code, `depth` levels down (1 is a top code), without its children."""
    lines = [code_header(depth)]
    lines += [f"{key} = {toml_value(key, value)}\n" for key, value in code_values(code).items()]
    return "".join(lines)


def code_header(depth: int) -> str:
    """Return the header line of a code's table."""
    return f"[[{'.'.join(['codes'] * depth)}]]\n"


def head_values(codebook: Codebook) -> Mapping[str, TomlValue]:
    """Return what the codebook says of itself, in the order of the file, empty fields left out."""
    values = (codebook.name, codebook.version, codebook.language, codebook.description)
    return {key: value for key, value in zip(HEAD_KEYS, values, strict=True) if value}


def code_values(code: CodebookCode) -> Mapping[str, TomlValue]:
    """Return the fields of a code in the order of the file, empty ones left out."""
    values: tuple[TomlValue, ...] = (
        code.name, code.guid or "", code.color, code.shortcut, code.scale, code.definition,
        code.include, code.exclude, code.example, code.keywords,
    )  # fmt: skip
    return {key: value for key, value in zip(CODE_KEYS, values, strict=True) if value}


def toml_value(key: str, value: TomlValue) -> str:
    """Return `value` in TOML: a list over as many lines as it needs, a long text folded."""
    if isinstance(value, tuple):
        items = [_quoted(item) for item in value]
        line = f"[{', '.join(items)}]"
        if len(key) + len(line) + 3 <= WIDTH:
            return line
        return "[\n" + "".join(f"{line}\n" for line in _filled(items)) + "]"
    line = _quoted(value)
    if "\n" not in value and len(key) + len(line) + 3 <= WIDTH:
        return line
    return _folded(value)


def _filled(items: list[str]) -> Iterator[str]:
    line = "   "
    for item in items:
        if len(line) + len(item) + 2 > WIDTH and line.strip():
            yield line
            line = "   "
        line += f" {item},"
    yield line


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'.replace("\t", "\\t").replace("\n", "\\n")


def _folded(text: str) -> str:
    r"""Return a multi-line string; a backslash ends the lines that are only folded."""
    escaped = text.replace("\\", "\\\\").replace('"""', '""\\"')
    paragraphs = ["\n".join(_folded_lines(line)) for line in escaped.split("\n")]
    return '"""\\\n' + "\n".join(paragraphs) + '\\\n"""'


def _folded_lines(line: str) -> Iterator[str]:
    words = _BREAK.split(line)
    current = words[0]
    for word in words[1:]:
        if len(current) + len(word) + 3 > WIDTH:
            yield current + " \\"
            current = word
        else:
            current += " " + word
    yield current
