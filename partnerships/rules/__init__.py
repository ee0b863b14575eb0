"""Who may do what; importing this registers every permission of the app."""

from . import commitments, partnerships, published, wider

__all__ = ["commitments", "partnerships", "published", "wider"]
