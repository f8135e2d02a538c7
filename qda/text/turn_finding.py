"""Find who says what: labels at the head of lines, believed only where they behave like speakers.

Pure; offsets are code points of the text handed in.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from qda.model.reading import ReadTurn, SpeakerRole
from qda.text import speaker_words
from qda.text.closing_stamps import with_closing_times
from qda.text.interviewers import find_interviewers
from qda.text.speaker_words import label_key
from qda.text.time_stamps import STAMP, parse_time

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class LabelHints:
    """Where the layout marks a possible name: offsets `start:end` of the canonical text.

    `bold` are bold beginnings of paragraphs, `cells` the first cells of tables of two columns.
    """

    bold: tuple[Span, ...] = ()
    cells: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class TurnHead:
    """The beginning of a turn: its line, from 0, the label, and where in the line speech begins."""

    line: int
    label: str
    text_start: int


_NAME = r"[^\W_](?:[^\n\t:\[\]<>()*#|;!?«»\"]{0,38}[^\s:\[\]<>()*#|;!?«»\",])?"
_PAREN = r"\((?!\s*\d{1,2}:\d)[^()\n]{1,30}\)"
_HEAD = re.compile(
    rf"[^\S\n]*(?P<ordinal>\d{{1,4}}[.)][^\S\n]+)?(?:(?P<before>{STAMP})[^\S\n]*[-–:]?[^\S\n]*)?"
    rf"(?P<mark>\*\*|__)?(?P<square>\[)?(?P<name>{_NAME})(?P<paren>[ ]?{_PAREN})?(?(square)\])"
    rf"(?:(?:[^\S\n]+|(?=[\[(<#]))(?P<after>{STAMP}))?"
    r"(?:(?P<colon>[^\S\n]?:(?:\*\*|__)?(?=[^\d/]|$)|(?:\*\*|__)[^\S\n]?:)"
    r"|(?P<tab>(?:\*\*|__)?[^\S\n]*\t)"
    r"|(?P<alone>(?:\*\*|__)?[^\S\n]*$)"
    r"|(?<=[\]>#])(?P<stamped>[^\S\n]+(?=\S)))",
)
_MARKED = re.compile(rf"(?P<name>{_NAME})(?P<paren>[ ]?{_PAREN})?\s*(?P<stamp>{STAMP})?")
_FIRST_STAMP = re.compile(rf"[^\S\n]*(?P<stamp>{STAMP})(?=\s|$)")
_STAMP_LINE = re.compile(rf"[^\S\n]*(?P<stamp>{STAMP})[^\S\n]*$")
_CUE_CLOCK = r"\d{1,2}:\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?"
_CUE_LINE = re.compile(rf"[^\S\n]*(?P<stamp>{_CUE_CLOCK})[^\S\n]*-->[^\S\n]*{_CUE_CLOCK}\s*$")
_SENTENCE = re.compile(r"[.,]\s")
# Of the paragraphs of a text, how many must be labelled before names that are no usual roles are
# believed; and how often a name before a tab must recur.
_MIN_SHARE = 0.15
_MARKED_SHARE = 0.8
_MIN_TABBED = 3
_LINES_OF_TURN = 4


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A line that may begin a turn; `form` is how the label is set off from the speech."""

    line_start: int
    label_start: int
    text_start: int
    key: str
    label: str
    form: str
    time: int | None


def find_turns(
    text: str,
    hints: LabelHints = LabelHints(),
    speakers: Mapping[str, SpeakerRole] | None = None,
) -> tuple[ReadTurn, ...]:
    """Return the turns of `text` in order, without those in which nothing is said.

    `speakers` says of labels who they are and wins over every rule. Turns are disjoint, and
    `text[start:end]` neither begins nor ends with white space.
    """
    roles: dict[str, SpeakerRole] = {
        label_key(label): role for label, role in (speakers or {}).items()
    }
    candidates = _settled(list(_candidates(text, hints, roles)))
    layout = _layout(candidates, _count_paragraphs(text))
    starts = [one for one in candidates if _is_speaker(one, layout, roles.get(one.key))]
    spoken = list(_bounds(text, starts))
    asking = find_interviewers([(head.key, text[start:end]) for head, start, end in spoken], roles)
    names: dict[str, str] = {}
    return with_closing_times(
        text,
        tuple(
            ReadTurn(
                label_start=head.label_start,
                start=start,
                end=end,
                label=names.setdefault(head.key, head.label),
                interviewer=head.key in asking,
                time_ms=head.time,
            )
            for head, start, end in spoken
        ),
    )


def turn_lines(
    text: str,
    hints: LabelHints = LabelHints(),
    speakers: Mapping[str, SpeakerRole] | None = None,
) -> frozenset[int]:
    """Return the numbers, from 0, of the lines at which a turn begins.

    For text whose lines are not yet joined to paragraphs: a turn there has many lines.
    """
    return frozenset(head.line for head in turn_heads(text, hints, speakers))


def turn_heads(
    text: str,
    hints: LabelHints = LabelHints(),
    speakers: Mapping[str, SpeakerRole] | None = None,
) -> tuple[TurnHead, ...]:
    """Return how the turns of a text begin whose lines are not yet joined to paragraphs."""
    roles: dict[str, SpeakerRole] = {label_key(one): role for one, role in (speakers or {}).items()}
    candidates = _settled(list(_candidates(text, hints, roles)))
    layout = _layout(candidates, _count_paragraphs(text) // _LINES_OF_TURN)
    heads: list[TurnHead] = []
    line = position = 0
    for one in candidates:
        if _is_speaker(one, layout, roles.get(one.key)):
            line += text.count("\n", position, one.label_start)
            position = one.label_start
            line_start = text.rfind("\n", 0, position) + 1
            heads.append(TurnHead(line, one.label, one.text_start - line_start))
    return tuple(heads)


def _count_paragraphs(text: str) -> int:
    return sum(1 for line in text.split("\n") if line and not line.isspace())


def _candidates(
    text: str, hints: LabelHints, roles: Mapping[str, SpeakerRole]
) -> Iterator[_Candidate]:
    """Yield the lines that look like the beginning of a turn, in order."""
    bold = dict(hints.bold)
    cells = dict(hints.cells)
    position = 0
    stamp: tuple[int, int | None] | None = None
    for line in text.split("\n"):
        start = position
        position += len(line) + 1
        found = _from_hint(text, start, len(line), bold, cells) or _from_line(line, start, roles)
        if found is not None and stamp is not None and found.time is None:
            found = _with_stamp(found, *stamp)
        stamped = _STAMP_LINE.match(line) or _CUE_LINE.match(line)
        if stamped:
            stamp = (start + stamped.start("stamp"), parse_time(_whole(stamped["stamp"])))
        elif line and not line.isspace():
            stamp = None
        if found is not None:
            yield found


def _with_stamp(found: _Candidate, start: int, time: int | None) -> _Candidate:
    """Give a label the time stamp that stands alone on the line above it."""
    form = "alone" if found.form == "bare" and time is not None else found.form
    return replace(found, line_start=start, label_start=start, form=form, time=time)


def _whole(clock: str) -> str:
    """Return a time with two digits in each of its parts: `0:0:3.5` is `00:00:03.5`."""
    return re.sub(r"(?<![\d.,])\d(?!\d)", r"0\g<0>", clock)


def _from_line(line: str, start: int, roles: Mapping[str, SpeakerRole]) -> _Candidate | None:
    match = _HEAD.match(line)
    if match is None:
        return None
    name = match["name"]
    if not _may_be_name(name, roles):
        return None
    if match["colon"] is not None:
        form = "bold" if match["mark"] else "colon"
    elif match["square"]:
        return None
    elif match["tab"] is not None:
        form = "tab"
    elif match["stamped"] is not None:
        form = "stamped"
    elif match["mark"] or match["before"] or match["after"]:
        form = "alone"
    else:
        form = "bare"
    label = " ".join((name + (match["paren"] or "")).split())
    groups = ("ordinal", "before", "mark", "square", "name")
    first = next(group for group in groups if match[group])
    label_start = start + match.start(first)
    stamp = match["before"] or match["after"]
    return _make(line, start, label_start, match.end(), label, form, stamp)


def _make(
    line: str, start: int, label_start: int, after: int, label: str, form: str, stamp: str | None
) -> _Candidate:
    """Build a candidate; the speech begins at `after`, or behind a time stamp that stands there."""
    time = parse_time(stamp) if stamp else None
    following = _FIRST_STAMP.match(line, after) if time is None else None
    if following:
        time, after = parse_time(following["stamp"]), following.end()
    return _Candidate(start, label_start, start + after, label_key(label), label, form, time)


def _from_hint(
    text: str, start: int, length: int, bold: Mapping[int, int], cells: Mapping[int, int]
) -> _Candidate | None:
    """Read the line as one whose label the layout marks."""
    end = cells.get(start)
    form = "cell"
    if end is None:
        end, form = bold.get(start), "bold"
    if end is None or end > start + length:
        return None
    line = text[start : start + length]
    marked = line[: end - start]
    stamped = _FIRST_STAMP.match(marked)
    name_from = stamped.end() if stamped else 0
    inner = marked[name_from:].strip().removesuffix(":").rstrip()
    match = re.fullmatch(rf"(?P<name>{_NAME})(?P<paren>[ ]?{_PAREN})?\s*(?P<stamp>{STAMP})?", inner)
    if match is None or not _may_be_name(match["name"], {}):
        return None
    after = end - start
    rest = line[after:]
    if rest.lstrip().startswith(":"):
        after += len(rest) - len(rest.lstrip()) + 1
    elif form == "bold" and not marked.rstrip().endswith(":"):
        form = "bare-bold" if rest.strip() else "alone"
    label_start = start + len(line) - len(line.lstrip())
    label = " ".join((match["name"] + (match["paren"] or "")).split())
    stamp = stamped["stamp"] if stamped else match["stamp"]
    return _make(line, start, label_start, after, label, form, stamp)


def _may_be_name(name: str, roles: Mapping[str, SpeakerRole]) -> bool:
    """Tell whether the words could be a label at all."""
    key = label_key(name)
    if key in roles:
        return True
    if len(name.split()) > 5 or (_SENTENCE.search(name) and not re.match(r"\w{1,4}\. ", name)):
        return False
    if name[0].isdigit() and not any(character.isalpha() for character in name):
        return False
    if name[0].isupper() or name[0].isdigit():
        return True
    return len(name.split()) <= 2 and speaker_words.is_typical(key)


def _settled(candidates: list[_Candidate]) -> list[_Candidate]:
    """Take remarks in brackets off the labels: `Kari (ler)` is Kari.

    They stay where they tell speakers apart: `Informant (leder)` beside `Informant (veileder)`,
    or where the label never stands without them.
    """
    variants: dict[str, Counter[str]] = {}
    for one in candidates:
        variants.setdefault(_without_brackets(one.key), Counter())[one.key] += 1
    keep = {
        base
        for base, counts in variants.items()
        if base not in counts and min(counts.values()) >= min(2, counts.total())
    }
    return [
        one
        if one.key in keep or _without_brackets(one.key) in keep
        else replace(
            one, key=_without_brackets(one.key), label=one.label.partition("(")[0].rstrip(" .")
        )
        for one in candidates
    ]


def _without_brackets(key: str) -> str:
    return key.partition("(")[0].rstrip(" .") or key


@dataclass(frozen=True, slots=True)
class _Layout:
    """What the text as a whole says of its labels.

    `usual` counts the labels that are usual roles; `dense` tells that recurring labels head a fair
    share of the paragraphs; `labelled` is the share of paragraphs with any label.
    """

    paragraphs: int
    usual: int
    dense: bool
    labelled: float
    forms: Mapping[str, Counter[str]]


def _layout(candidates: list[_Candidate], paragraphs: int) -> _Layout:
    forms: dict[str, Counter[str]] = {}
    for one in candidates:
        forms.setdefault(one.key, Counter())[one.form] += 1
    usual = recurring = every = 0
    for key, counts in forms.items():
        if speaker_words.is_nobody(key):
            continue
        count = counts.total() - counts["bare"]
        every += count
        usual += count if speaker_words.is_typical(key) else 0
        recurring += count if count >= 2 else 0
    return _Layout(
        paragraphs,
        usual,
        dense=recurring >= max(2, _MIN_SHARE * paragraphs),
        labelled=every / max(1, paragraphs) if (usual or recurring) and every >= 3 else 0.0,
        forms=forms,
    )


def _is_speaker(one: _Candidate, layout: _Layout, role: SpeakerRole | None) -> bool:
    """Weigh one label: recurrence, usual words, and how the layout sets it off."""
    if role is not None:
        return role != "none"
    if speaker_words.is_nobody(one.key):
        return False
    typical = speaker_words.is_typical(one.key)
    count = layout.forms[one.key].total()
    if one.form == "bare":
        # A name alone on its line without any mark may as well be a heading.
        return typical and len(one.key) > 1 and count >= 2
    if one.form in {"alone", "bare-bold"}:
        timed = one.time is not None and layout.usual >= 2
        return (
            (typical and timed)
            or (count >= 2 and (typical or layout.dense))
            or (one.form == "alone" and one.time is not None and layout.dense and _is_named(one))
        )
    if one.form == "stamped":
        # A time in the midst of a sentence stands behind any words.
        return count >= 2 and (typical or (layout.dense and _is_named(one)))
    return _is_usual(one, layout) if typical else _is_name(one, layout, count)


def _is_usual(one: _Candidate, layout: _Layout) -> bool:
    """Believe a usual role; initials also head lists in reports, so one alone is no speaker."""
    if not speaker_words.is_initial(one.key):
        return layout.usual >= 1
    if one.form in {"tab", "cell"} and layout.forms[one.key].total() < 2:
        # The first column of any table may read A, B, C: somebody must be asking.
        return any(speaker_words.is_interviewer(key) for key in layout.forms)
    return layout.usual >= max(2, 0.01 * layout.paragraphs)


def _is_name(one: _Candidate, layout: _Layout, count: int) -> bool:
    """Believe a name that recurs, or that stands where everything else is labelled too."""
    if one.form == "tab":
        return count >= _MIN_TABBED and count * 4 >= layout.paragraphs
    if count >= 2 and layout.dense:
        return True
    share = _MARKED_SHARE if one.form in {"bold", "cell"} or one.time is not None else 1.0
    return _is_named(one) and layout.labelled >= share


def _is_named(one: _Candidate) -> bool:
    """Tell whether a label has the look of a name: a few words, each with a capital."""
    words = one.label.split()
    return len(words) <= 3 and all(word[0].isupper() or word.isdigit() for word in words)


def _bounds(text: str, starts: list[_Candidate]) -> Iterator[tuple[_Candidate, int, int]]:
    """Yield each turn with the bounds of its speech; empty ones are left out."""
    for index, head in enumerate(starts):
        limit = starts[index + 1].label_start if index + 1 < len(starts) else len(text)
        spoken = text[head.text_start : limit]
        start = head.text_start + len(spoken) - len(spoken.lstrip())
        end = head.text_start + len(spoken.rstrip())
        if start < end:
            yield head, start, end
