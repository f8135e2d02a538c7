"""Turns that a file itself tells of: who speaks when is known, who asks is still to be found."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from qda.model.reading import ReadTurn, SpeakerRole
from qda.text.interviewers import find_interviewers
from qda.text.speaker_words import label_key


def settle_turns(
    text: str, turns: Sequence[ReadTurn], speakers: Mapping[str, SpeakerRole]
) -> tuple[ReadTurn, ...]:
    """Return the turns with the interviewers marked.

    A label that is no speaker at all (`none`) begins no turn: what stands there goes on the turn
    before it. Turns without a label are those of nobody in particular.
    """
    roles: dict[str, SpeakerRole] = {label_key(one): role for one, role in speakers.items()}
    kept: list[ReadTurn] = []
    for turn in turns:
        if turn.label and roles.get(label_key(turn.label)) == "none":
            if kept:
                kept[-1] = replace(kept[-1], end=turn.end)
        else:
            kept.append(turn)
    spoken = [(label_key(one.label), text[one.start : one.end]) for one in kept if one.label]
    asking = find_interviewers(spoken, roles)
    names: dict[str, str] = {}
    return tuple(
        replace(
            one,
            label=names.setdefault(label_key(one.label), one.label),
            interviewer=bool(one.label) and label_key(one.label) in asking,
        )
        for one in kept
    )
