"""Who may do what; importing this registers every permission of the app."""

from . import commitments, partnerships, wordings

__all__ = ["commitments", "partnerships", "wordings"]
