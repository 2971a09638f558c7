"""Look inside a built wheel: one name at the top of site-packages, every file of the package, both licences.

Usage: python .ci/check_wheel.py FOLDER
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def troubles(names: set[str]) -> list[str]:
    """What is wrong with the files of the wheel, a line each."""
    found = [
        f"{top} would stand at the top of site-packages"
        for top in sorted({name.split("/")[0] for name in names})
        if top != "bucks_cs" and not (top.startswith("bucks_cs-") and top.endswith(".dist-info"))
    ]
    package = ROOT / "src" / "bucks_cs"
    wanted = {
        f"bucks_cs/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    found += [f"{name} is in the sources and not in the wheel" for name in sorted(wanted - names)]
    licences = {Path(name).name for name in names if ".dist-info/licenses/" in name}
    found += [f"{name} is not in the wheel" for name in sorted({"LICENSE", "LICENSE-DATA"} - licences)]
    return found


if __name__ == "__main__":
    wheels = list(Path(sys.argv[1]).glob("bucks_cs-*.whl"))
    if len(wheels) != 1:
        sys.exit(f"{len(wheels)} wheels of bucks_cs where one was to be built")
    with zipfile.ZipFile(wheels[0]) as wheel:
        names = {name for name in wheel.namelist() if not name.endswith("/")}
    wrong = troubles(names)
    for line in wrong:
        print(line, file=sys.stderr)
    if not wrong:
        print(f"{wheels[0].name}: {len(names)} files")
    sys.exit(bool(wrong))
