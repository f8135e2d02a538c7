"""The transcript view: text, turns, segments, lanes, overview."""

from qda.gui.widgets.transcript.data import SegmentView, TranscriptText, TurnView
from qda.gui.widgets.transcript.interaction import TranscriptView

__all__ = ["SegmentView", "TranscriptText", "TranscriptView", "TurnView"]
