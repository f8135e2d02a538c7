"""Tell the interviewer from those interviewed, by label first and by questions second."""

from collections.abc import Mapping, Sequence

from qda.model.reading import SpeakerRole
from qda.text import speaker_words

_MIN_TURNS = 3


def find_interviewers(
    spoken: Sequence[tuple[str, str]], roles: Mapping[str, SpeakerRole]
) -> frozenset[str]:
    """Return the keys of the labels that ask.

    `spoken` has, for each turn in order, the label's key and what is said; `roles` says of keys
    what the user has decided.
    """
    turns: dict[str, list[str]] = {}
    for key, said in spoken:
        turns.setdefault(key, []).append(said)
    undecided = [key for key in turns if key not in roles]
    asking = {key for key in turns if roles.get(key) == "interviewer"}
    named = {key for key in undecided if speaker_words.is_interviewer(key)}
    if "i" in named:
        named = _settle_initial(named, turns)
    asking |= named
    return frozenset(asking or _by_questions(turns, undecided))


def _settle_initial(named: set[str], turns: dict[str, list[str]]) -> set[str]:
    """Decide whether I is the interviewer or the informant.

    Alone with another interviewer (Int, Intervjuer) I is the informant; where others answer too,
    it is the same interviewer's initial. Beside F (forsker) the one who asks more is the
    interviewer.
    """
    if len(named) > 1:
        return named if len(turns) > len(named) else named - {"i"}
    if "f" in turns and _asks(turns["f"]) > _asks(turns["i"]):
        return {"f"}
    return named


def _by_questions(turns: dict[str, list[str]], undecided: list[str]) -> set[str]:
    """Choose the one label whose turns are questions and short, where the others' are not."""
    if len(turns) < 2:
        return set()
    asks = {key: _asks(said) for key, said in turns.items()}
    best = max(undecided, key=lambda key: asks[key], default="")
    if not best or len(turns[best]) < _MIN_TURNS or asks[best] < 0.6:
        return set()
    others = [key for key in turns if key != best]
    if any(asks[key] > 0.25 for key in others):
        return set()
    answers = [said for key in others for said in turns[key]]
    return {best} if _mean_length(turns[best]) < 0.5 * _mean_length(answers) else set()


def _asks(said: list[str]) -> float:
    return sum(text.rstrip(' »"”)').endswith("?") for text in said) / len(said)


def _mean_length(said: list[str]) -> float:
    return sum(map(len, said)) / len(said)
