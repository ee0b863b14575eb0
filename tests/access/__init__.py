"""Proofs of who sees what: every route, role and standing, and where typed words may appear."""
