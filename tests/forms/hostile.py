"""What no form may break on, by kind. Each kind is hostile in its simplest example already."""

from hypothesis import strategies as st

from tests.support.pictures import SVG, bomb, from_a_phone, picture

from .sending import Upload

MEGABYTE = 1_000_000
LETTERS = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=12)
EMBEDDING = "\u202a\u202b\u202c\u202d\u202e"
ISOLATES = "\u2066\u2067\u2068\u2069"
URDU = "مسجد النور کمیٹی کے ساتھ ملاقات"
ARABIC = "نلتقي يوم الجمعة بعد الصلاة، إن شاء الله"
COMBINED = "Ze\u0301lie\u0308 ya\u030a\u0323\u0302 e\u0301tage"
EMOJI = "👩🏽\u200d👩🏿\u200d👧🏻\u200d👦 🧕🏾 🏴󠁧󠁢󠁥󠁮󠁧󠁿"
MARKUP = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7|add:7 }}{% debug %}",
    "</textarea></title><!--",
    "%(n)s %s {0} ${7*7}",
    "&amp;lt;b&gt;",
)


def _joined(*parts):
    return st.tuples(*parts).map("".join)


KINDS = {
    "formula": _joined(st.sampled_from("=+-@\t\r"), st.sampled_from(("1+1", "SUM(A1)")), LETTERS),
    "header": _joined(
        st.sampled_from(("Mosque", URDU)),
        st.sampled_from(("\r\n", "\n", "\r", "%0d%0a")),
        st.sampled_from(("Bcc: a@evil.example", "ATTENDEE:mailto:a@evil.example", "Set-Cookie: a")),
    ),
    "direction": _joined(LETTERS, st.sampled_from(EMBEDDING + ISOLATES), st.just("elcric a")),
    "turned": st.sampled_from(("\u202bمسجد\u202c hall", "ask \u2068عمر\u2069 first", "a\u200fb")),
    "nul": _joined(LETTERS, st.just("\x00"), LETTERS),
    "control": _joined(
        st.just("Bell"), st.sampled_from("\x01\x07\x08\x0b\x0c\x1b\x1f\x7f\x85\x9b"), LETTERS
    ),
    "bytes": st.sampled_from((b"\xff\xfe", b"a\xed\xa0\x80b", b"\xc0\xaf", b"caf\xe9")),
    "scripts": st.sampled_from((URDU, ARABIC, f"{URDU} (Masjid) {ARABIC}", "ملتقى ١٢٣")),
    "joined": st.sampled_from((COMBINED, EMOJI, f"{URDU}\u200c{EMOJI}")),
    "markup": st.sampled_from(MARKUP),
    "long word": st.integers(60, 190).map(lambda length: "Llanfair" * (length // 8)),
    "any": st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60),
}
# For answers that are chosen, ticked or counted.
JUNK = st.one_of(
    st.sampled_from(
        (
            "\x00",
            "0",
            "-1",
            "9" * 30,
            "9" * 5000,
            "1e9",
            "NaN",
            "١٢",
            "2026-02-30",
            "null",
            "[]",
            '{"a": "\\u0000"}',
            "00000000-0000-0000-0000-000000000000",
            b"\xff",
        )
    ),
    st.text(max_size=20),
)

# For what is sent as a file.
FILES = st.one_of(
    st.sampled_from((SVG, b"", bomb(), picture("GIF"), b"PK\x03\x04", from_a_phone()[:200])),
    st.binary(max_size=80),
    st.integers(0, 600).map(lambda end: from_a_phone("PNG")[:end]),
).map(Upload)


def megabyte(turn: int) -> str:
    """Return a megabyte of one sign, another one each time."""
    sign = "aا=\n"[turn % 4]
    return sign * (MEGABYTE // len(sign.encode()))
