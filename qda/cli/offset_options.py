"""How the option --offsets is read, and how what stays unclear is said."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from qda.formats.exchange.offsets import Convention, Unit
from qda.formats.exchange.questions import OffsetQuestion, OpenQuestions, ReadAnswers
from qda.model.errors import FileProblem, NotFound, UserError
from qda.model.messages import message

LIKELIEST = "likeliest"
_UNITS: Mapping[str, Unit] = {
    "code-points": "code point",
    "utf-16": "UTF-16",
    "utf-8": "UTF-8",
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for: answers as far as they go, and conventions by the names of sources."""

    answers: ReadAnswers
    by_name: Mapping[str, Convention]
    everywhere: Convention | None


def answers_of(project: str, offsets: tuple[str, ...]) -> Wishes:
    """Read the options. Raises FileProblem for a way of counting that there is not."""
    by_name: dict[str, Convention] = {}
    everywhere: Convention | None = None
    likeliest = False
    for one in offsets:
        if one.strip().casefold() == LIKELIEST:
            likeliest = True
            continue
        name, separator, how = one.rpartition(":")
        convention = _convention(how)
        if separator:
            by_name[name.strip()] = convention
        else:
            everywhere = convention
    return Wishes(ReadAnswers(project=project, likeliest=likeliest), by_name, everywhere)


def _convention(text: str) -> Convention:
    unit, *rest = (part.strip().casefold() for part in text.split(","))
    if unit not in _UNITS or not set(rest) <= {"crlf", "bom", "inclusive"}:
        raise FileProblem(
            message(
                "«{how}» is no way of counting; write code-points, utf-16 or utf-8, and behind it, "
                "with commas, crlf, bom or inclusive.",
                how=text,
            )
        )
    return Convention(
        _UNITS[unit], 2 if "crlf" in rest else 1, bom="bom" in rest, inclusive="inclusive" in rest
    )


def option_of(convention: Convention) -> str:
    """Write a convention as the option does."""
    unit = next(word for word, one in _UNITS.items() if one == convention.unit)
    parts = (
        unit,
        "crlf" if convention.newline == 2 else "",
        "bom" if convention.bom else "",
        "inclusive" if convention.inclusive else "",
    )
    return ",".join(filter(None, parts))


def retried(wishes: Wishes, questions: OpenQuestions) -> ReadAnswers | None:
    """Return answers to what was asked, None where the options do not settle it.

    Raises NotFound where an option names a source that nothing is asked of.
    """
    if not questions.offsets or (wishes.everywhere is None and not wishes.by_name):
        return None
    names = {one.name for one in questions.offsets}
    for name in wishes.by_name:
        if name not in names:
            raise NotFound(
                message(
                    "The offsets of «{name}» are in no doubt; those of {names} are.",
                    name=name,
                    names=", ".join(f"«{one}»" for one in sorted(names)),
                )
            )
    settled = {
        one.source: convention
        for one in questions.offsets
        if (convention := wishes.by_name.get(one.name, wishes.everywhere)) is not None
    }
    if len(settled) < len(questions.offsets) and not wishes.answers.likeliest:
        return None
    return replace(wishes.answers, offsets=settled)


def unclear(questions: OpenQuestions) -> UserError:
    """Say which sources are unclear, and what their readings would show."""
    first = questions.offsets[0]
    return FileProblem(
        message(
            "{question} Write --offsets likeliest, or --offsets and a way of counting: {readings}.",
            question=questions.message,
            readings=_readings(first),
        )
    )


def _readings(question: OffsetQuestion) -> str:
    return "; ".join(
        f"{option_of(one.convention)} ({one.score:.2f}: «{next(filter(None, one.shown), '')}»)"
        for one in question.readings
    )
