"""The demo."""


def run(_arguments):
    pass
