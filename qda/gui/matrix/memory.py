"""The question that was asked last, kept for each project."""

from qda.gui.context import Context
from qda.gui.matrix import engine
from qda.gui.models.question import Question, read_question
from qda.store import project_info

KEY = "matrix.questions"


def kept_question(context: Context) -> Question:
    """Return what was asked last of this project, else what one asks first."""
    found = read_question(context.settings.mapping(KEY).get(_guid(context), ""))
    return found or engine.choices(context.bridge.session).first_question()


def keep_question(context: Context, question: Question) -> None:
    """Remember what is asked."""
    kept = dict(context.settings.mapping(KEY))
    kept[_guid(context)] = question.to_text()
    context.settings.set(KEY, kept)


def _guid(context: Context) -> str:
    return project_info.read(context.bridge.project.connection).guid
