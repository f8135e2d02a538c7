"""Several texts in one description: a free text, then named sections.

A section begins with its name in brackets on a line of its own. A line of a text that looks like
that, whatever number of backslashes stand before it, has one more backslash in front.
"""

import re
from collections.abc import Mapping, Sequence


def join_sections(text: str, sections: Mapping[str, str], names: Sequence[str]) -> str:
    """Return `text` followed by the sections that are not empty; `split_sections` undoes it."""
    if "[" not in text and not any(sections.values()):
        return text
    parts = [_masked(text, names)] if text else []
    parts += [f"[{name}]\n{_masked(sections[name], names)}" for name in names if sections.get(name)]
    return "\n\n".join(parts)


def split_sections(text: str, names: Sequence[str]) -> tuple[str, dict[str, str]]:
    """Return the free text and the sections by name, to the character as they were joined."""
    if "[" not in text:
        return text, {}
    marker, escaped = _patterns(names)
    lines: dict[str, list[str]] = {"": []}
    current = lines[""]
    for line in text.split("\n"):
        found = marker.fullmatch(line)
        if found and found[1] not in lines:
            if current and current[-1] == "":
                current.pop()
            current = lines[found[1]] = []
        else:
            current.append(line[1:] if escaped.fullmatch(line) else line)
    joined = {name: "\n".join(parts) for name, parts in lines.items()}
    return joined.pop(""), joined


def _masked(text: str, names: Sequence[str]) -> str:
    marker, escaped = _patterns(names)
    return "\n".join(
        "\\" + line if marker.fullmatch(line) or escaped.fullmatch(line) else line
        for line in text.split("\n")
    )


def _patterns(names: Sequence[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    choice = "|".join(map(re.escape, names))
    return re.compile(rf"\[({choice})\]"), re.compile(rf"\\+\[(?:{choice})\]")
