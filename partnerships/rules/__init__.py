"""Who may do what; importing this registers every permission of the app."""

from . import commitments, concerns, partnerships

__all__ = ["commitments", "concerns", "partnerships"]
