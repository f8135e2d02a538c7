"""The strings inside a JSON text, to be read and written again with the rest left as it is."""

import json
from typing import cast

SEPARATOR = "\x00"
_COMPACT = (",", ":")


def joined(raw: str) -> str | None:
    """Return the strings of a JSON list or object in order, joined; None where there are none."""
    if raw[:1] not in "[{":
        return None
    try:
        content: object = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    found: list[str] = []
    _collect(content, found)
    return SEPARATOR.join(found) if found else None


def rejoined(raw: str, text: str) -> str:
    """Return a JSON text with the strings of `text`, as `joined` joins them.

    Raises ValueError where those are not as many.
    """
    parts = text.split(SEPARATOR)[::-1]
    content = _put(json.loads(raw), parts)
    if parts:
        raise ValueError("more strings than places")
    compact = json.dumps(json.loads(raw), ensure_ascii=False, separators=_COMPACT) == raw
    return json.dumps(content, ensure_ascii=False, separators=_COMPACT if compact else None)


def _collect(content: object, found: list[str]) -> None:
    match content:
        case str():
            found.append(content)
        case list():
            for one in cast("list[object]", content):
                _collect(one, found)
        case dict():
            for one in cast("dict[str, object]", content).values():
                _collect(one, found)
        case _:
            pass


def _put(content: object, parts: list[str]) -> object:
    match content:
        case str():
            if not parts:
                raise ValueError("fewer strings than places")
            return parts.pop()
        case list():
            return [_put(one, parts) for one in cast("list[object]", content)]
        case dict():
            entries = cast("dict[str, object]", content).items()
            return {key: _put(one, parts) for key, one in entries}
        case _:
            return content
