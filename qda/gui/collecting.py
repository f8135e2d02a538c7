"""When Python looks for what nothing holds any more.

A window with its workspaces is some ten thousand objects that stay. Every full search goes over all
of them, for tens of milliseconds, and it comes when much is made: when a long text is read again.
"""

import gc


def settle() -> None:
    """Leave everything that is there by now out of later searches; what nothing holds goes first.

    Call it when the program waits. What was left out earlier is looked at once more.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
