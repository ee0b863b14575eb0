"""Small mistakes in a text of SQL: in what it asks, and in which rows it takes together."""

import re
from collections import Counter

WORDS = re.compile(r"--[^\n]*|'(?:[^']|'')*'|[A-Za-z_]\w*|\d+|<=|>=|<>|:=|::|->>|->|\|\||&&|\S")
# What a condition may stand before, and after, at the same depth of brackets.
BEFORE = {"THEN", "GROUP", "ORDER", "LIMIT", "UNION", "JOIN", "LEFT", "INTO", "AS", "END", "LOOP"}
BEFORE |= {",", ";", "FILTER", "USING", "WHERE", "FROM", "RAISE"}
AFTER = {"WHERE", "ON", "IF", "RETURN", "SELECT", "WHEN", "ELSIF", ",", ":=", ";", "BEGIN", "AS"}
OPPOSITES = {"<=": "<", "<": "<=", ">=": ">", ">": ">=", "=": "<>", "<>": "="}


class Token:
    def __init__(self, found, depth):
        self.text, self.start, self.end, self.depth = *found, depth

    def __repr__(self):
        return self.text


def changes(text):
    """Yield what was changed, in words, and the whole text with that change."""
    tokens, seen, made = _tokens(text), Counter(), set()
    for start, end, new, around in _edits(text, tokens):
        changed = text[:start] + new + text[end:]
        if (bare := "".join(changed.split())) in made:
            continue
        made.add(bare)
        old = " ".join(text[slice(*around)].split())
        now = " ".join((text[around[0] : start] + new + text[end : around[1]]).split())
        said = f"{old} -> {now}"
        seen[said] += 1
        said += f" #{seen[said]}" if seen[said] > 1 else ""
        yield said, changed


def _tokens(text):
    found, depth = [], 0
    for match in WORDS.finditer(text):
        word = match.group()
        if word.startswith("--"):
            continue
        depth -= word in (")", "]")
        found.append(Token((word, match.start(), match.end()), depth))
        depth += word in ("(", "[")
    return found


def _edits(text, tokens):
    """Yield (start, end, new text, place to show) of each change."""
    for index, token in enumerate(tokens):
        if token.text in ("AND", "OR"):
            yield from _of_operator(tokens, index)
        elif token.text == "WHERE":
            yield from _of_where(tokens, index)
        elif token.text == "UNION":
            yield from _of_union(tokens, index)
        elif token.text in OPPOSITES:
            left, right = _around(tokens, index, stop=("AND", "OR"))
            yield token.start, token.end, OPPOSITES[token.text], (left, right)
        elif token.text == "NOT" and tokens[index + 1].text != "NULL":
            left, right = _around(tokens, index, stop=("AND", "OR"))
            yield token.start, token.end, "", (left, right)
        elif token.text == "NULL" and tokens[index - 1].text in ("IS", "NOT"):
            yield from _of_null(tokens, index)
        elif token.text == "IN" and tokens[index + 2].text.startswith("'"):
            yield from _of_list(tokens, index)


def _around(tokens, index, stop=()):
    """Return where the condition round a token begins and ends."""
    first = last = index
    depth = tokens[index].depth
    while first and not _bounds(tokens[first - 1], depth, AFTER, stop):
        first -= 1
    while last + 1 < len(tokens) and not _bounds(tokens[last + 1], depth, BEFORE, stop):
        last += 1
    return tokens[first].start, tokens[last].end


def _bounds(token, depth, words, stop):
    return token.depth < depth or (
        token.depth == depth and (token.text in words or token.text in stop)
    )


def _of_operator(tokens, index):
    """Leave out the side before it, the side after it, and take the other operator."""
    token = tokens[index]
    # AND holds its sides closer than OR does.
    stop = ("AND", "OR") if token.text == "AND" else ("OR",)
    left, _ = _around(tokens, index, stop)
    _, right = _around(tokens, index, stop)
    shown = (left, right)
    after = tokens[index + 1].start
    yield left, after, "", shown
    yield tokens[index - 1].end, right, "", shown
    yield token.start, token.end, "OR" if token.text == "AND" else "AND", shown


def _of_where(tokens, index):
    """Ask nothing, where one thing alone is asked; more things are left out one by one."""
    depth, last, alone = tokens[index].depth, index, True
    while last + 1 < len(tokens) and not _bounds(tokens[last + 1], depth, BEFORE, ()):
        last += 1
        alone &= not (tokens[last].depth == depth and tokens[last].text in ("AND", "OR"))
    if alone:
        start, end = tokens[index + 1].start, tokens[last].end
        yield start, end, "true", (tokens[index].start, end)


def _of_union(tokens, index):
    """Leave out what is before it, or after it."""
    depth = tokens[index].depth
    first, last = index, index
    while tokens[first - 1].depth >= depth and not _is_union(tokens[first - 1], depth):
        first -= 1
    while tokens[last + 1].depth >= depth and not _is_union(tokens[last + 1], depth):
        last += 1
    after = index + 1 + (tokens[index + 1].text == "ALL")
    first += tokens[first].text == "ALL"
    yield tokens[first].start, tokens[after].start, "", (tokens[first].start, tokens[index].end)
    before = tokens[index - 1].end
    yield before, tokens[last].end, "", (tokens[index].start, tokens[last].end)


def _is_union(token, depth):
    return token.depth == depth and token.text == "UNION"


def _of_null(tokens, index):
    has_not = tokens[index - 1].text == "NOT"
    word = tokens[index - 1 - has_not]
    left, right = _around(tokens, index, stop=("AND", "OR"))
    yield word.start, tokens[index].end, "IS NULL" if has_not else "IS NOT NULL", (left, right)


def _of_list(tokens, index):
    """Leave out one of the codes, if there is more than one."""
    end = index + 2
    while tokens[end].text != ")":
        end += 1
    codes = [token for token in tokens[index + 2 : end] if token.text.startswith("'")]
    for code in codes if len(codes) > 1 else ():
        rest = ", ".join(other.text for other in codes if other is not code)
        yield codes[0].start, codes[-1].end, rest, (tokens[index - 1].start, tokens[end].end)
