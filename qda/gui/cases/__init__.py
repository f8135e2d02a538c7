"""The offices workspace: cases with their variables, links and monthly indicators."""
