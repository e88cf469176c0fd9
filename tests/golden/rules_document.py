#!/usr/bin/env python3
"""docs/rules.md and docs/rules.<language>.md are what the program makes of the rules as they are.

    rules_document.py COSP SOURCE [--update]

--update writes them anew.
"""
import subprocess
import sys
from pathlib import Path

FORM = "uncc-implementation"
LANGUAGES = ["en", "ar", "es", "fr", "ru", "zh"]


def main():
    cosp, source = sys.argv[1], Path(sys.argv[2])
    stale = []
    for language in LANGUAGES:
        made = subprocess.run([cosp, "rules", "document", "--data", source, "--form", FORM, "--lang", language],
                              check=True, capture_output=True).stdout
        path = source / "docs" / ("rules.md" if language == "en" else f"rules.{language}.md")
        if "--update" in sys.argv:
            path.write_bytes(made)
        elif not path.exists() or path.read_bytes() != made:
            stale.append(path.name)
    if stale:
        sys.exit(f"not what `cosp rules document` says: {', '.join(stale)}; write them anew with --update")


if __name__ == "__main__":
    main()
