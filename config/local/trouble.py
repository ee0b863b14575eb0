"""What goes wrong on a developer's machine is said in one sentence, never as a traceback."""


class Trouble(Exception):
    """One sentence: what is wrong and what to do."""
