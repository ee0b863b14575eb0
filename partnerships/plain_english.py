"""A look at how plainly something is written. It hints and never declines. Pure functions."""

import re
from dataclasses import dataclass

LONGEST_SENTENCE = 25  # words; GOV.UK's style guide, "Sentence length"
_END = re.compile(r"(?<=[.!?؟۔।])[\"'”’)]*\s+|\n+")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_WEB = re.compile(r"\b(?:https?://|www\.)\S+|\b\d+[.:]\d+\b|\b(?:e\.g|i\.e|Mr|Mrs|Ms|Dr|St|No)\.")
# What an officer writes, and what somebody who hears it on a Friday would say.
OFFICIAL = {
    "accordingly": "so",
    "apprehended": "caught",
    "ascertain": "find out",
    "commence": "start",
    "commenced": "started",
    "conveyed": "taken",
    "in order to": "to",
    "in respect of": "about",
    "in the vicinity of": "near",
    "intelligence-led": "say what was known",
    "males": "men",
    "females": "women",
    "multi-agency": "say who",
    "notwithstanding": "although",
    "operational reasons": "say the reason, or that you cannot",
    "persons": "people",
    "prior to": "before",
    "pursuant to": "under",
    "robust": "say what will be done",
    "stakeholders": "say who",
    "subsequently": "later",
    "utilise": "use",
}
_OFFICIAL = re.compile(
    r"\b(?:" + "|".join(sorted(map(re.escape, OFFICIAL), key=len, reverse=True)) + r")\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Hint:
    """``long`` is a sentence with too many ``words``; else ``said`` may be put as ``better``."""

    long: str = ""
    words: int = 0
    said: str = ""
    better: str = ""


def sentences(text: str) -> list[str]:
    """Split a text into its sentences, in any of the portal's scripts."""
    whole = _WEB.sub(lambda found: found[0].replace(".", "\0"), text)
    found = (part.replace("\0", ".").strip() for part in _END.split(whole))
    return [part for part in found if part]


def hints(text: str) -> list[Hint]:
    """Return what could be said more plainly, in the order of the text; nothing twice."""
    found = []
    for sentence in sentences(text):
        count = len(_WORD.findall(sentence))
        if count > LONGEST_SENTENCE:
            found.append(Hint(long=sentence, words=count))
        for said in _OFFICIAL.findall(sentence):
            found.append(Hint(said=said.lower(), better=OFFICIAL[said.lower()]))
    return list(dict.fromkeys(found))
