"""Who may do what; importing this registers every permission of the app."""

from . import bulletins, commitments, partnerships

__all__ = ["bulletins", "commitments", "partnerships"]
