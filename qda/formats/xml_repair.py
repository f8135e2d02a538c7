"""XML as programs really write it, made such as a parser reads."""

import re

_FORBIDDEN_BYTES = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_REFERENCE = re.compile(rb"&#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,8}));")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_SAYS_UTF16 = re.compile(rb"<\?xml[^>]{1,100}encoding\s*=\s*[\"']utf-?16", re.IGNORECASE)


def repaired(content: bytes) -> tuple[bytes, int]:
    """Return XML as it reads, without what XML 1.0 forbids, and how many characters that was.

    What needs no repair comes back as it is.
    """
    return _cleaned(_as_it_is(content))


def _as_it_is(content: bytes) -> bytes:
    """Return XML in UTF-8 where it says one encoding of Unicode and is in another.

    Programs write what they have in memory, which says UTF-16, to files in UTF-8.
    """
    content = content.lstrip(b"\t\n\r ")
    if content.startswith(_UTF16_MARKS):
        text = content.decode("utf-16", "replace")
    elif _SAYS_UTF16.match(content.removeprefix(b"\xef\xbb\xbf")):
        text = content.decode("utf-8-sig", "replace")
    else:
        return content
    return _DECLARATION.sub("", text, count=1).encode("utf-8")


def _cleaned(content: bytes) -> tuple[bytes, int]:
    """Return XML without what XML 1.0 forbids and UTF-8 does not know, and how much that was."""
    content, raw = _FORBIDDEN_BYTES.subn(b"", content)
    named = 0

    def reference(match: re.Match[bytes]) -> bytes:
        nonlocal named
        point = int(match[1], 16) if match[1] else int(match[2])
        if point in (9, 10, 13) or 32 <= point < 0xD800 or 0xE000 <= point < 0xFFFE:
            return match[0]
        if 0x10000 <= point <= 0x10FFFF:
            return match[0]
        named += 1
        return b""

    content = _REFERENCE.sub(reference, content)
    head = content[:200].lower()
    if b"encoding=" in head and b"utf-8" not in head:
        return content, raw + named
    text = content.decode("utf-8", "replace")
    bad = text.count("\ufffd") - content.count("\ufffd".encode())
    text = text.translate({0xFFFE: None, 0xFFFF: None})
    return text.encode("utf-8"), raw + named + bad
