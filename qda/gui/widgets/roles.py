"""Item data that the delegates here paint. A model offers what it has; all are optional."""

from PySide6.QtCore import Qt

ID_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The identifier that signals carry (any object)."""
COLOR_ROLE = ID_ROLE + 1
"""A colour as `#rrggbb`."""
COUNT_ROLE = ID_ROLE + 2
"""A number or text at the right, in tabular figures."""
SHORTCUT_ROLE = ID_ROLE + 3
"""A key, shown as a cap at the right."""
SHARE_ROLE = ID_ROLE + 4
"""How much is done, 0 to 1, shown as a thin bar at the right."""
HEADING_ROLE = ID_ROLE + 5
"""True for a row that heads a group."""
DETAIL_ROLE = ID_ROLE + 6
"""A few muted words after the name."""
DONE_ROLE = ID_ROLE + 7
"""True for what is finished: a tick in place of the share bar."""

PLACE_ROLE = ID_ROLE + 8
"""Where in it one was the last time, 0 to 1: a tick on the share bar."""
FAINT_ROLE = ID_ROLE + 9
"""True for what is there but not what is asked for now."""

CODE_MIME = "application/x-qda-code"
"""What a dragged code carries: its identifier in ASCII digits."""
SELECTION_MIME = "application/x-qda-selection"
"""What marks text dragged out of a transcript; where it came from is asked of the transcript."""
THING_MIME = "application/x-qda-thing"
"""What a dragged memo, segment or other thing carries: its kind and its number."""
