#!/usr/bin/env python3
"""Holds docs/glossary.md equal to data/glossary.yaml, from which it is written, and the glossary sound:
each concept with a term in every language, each id once, no unknown part or language.

    check_glossary.py SOURCE_ROOT [--update]
"""
import sys
from pathlib import Path

import yaml

LANGUAGES = {"en": "English", "ar": "Arabic", "es": "Spanish", "fr": "French", "ru": "Russian", "zh": "Chinese"}
HEAD = """# Glossary

One term for each concept, in code, data, messages and documents. Terms of the Convention follow its usage, and are to be held against the authentic texts
before a form is released. Where a code stands for the concept, it is given.

This page is written from `data/glossary.yaml` (by `tests/structure/check_glossary.py . --update`): change that file. Concepts marked † are held to by
`cosp texts check`: where the English text uses the term, a translation uses the language's.
"""


def cell(text):
    return text.replace("|", "\\|").replace("\n", " ")


def row(concept):
    mark = " †" if concept.get("strict") else ""
    terms = [cell(concept["terms"].get(tag, "")) for tag in LANGUAGES]
    codes = ", ".join(f"`{code}`" for code in concept.get("codes", []))
    return "| " + " | ".join([terms[0] + mark, *terms[1:], codes, cell(concept.get("meaning", ""))]) + " |"


def page(glossary):
    lines = [HEAD]
    for part in glossary["parts"]:
        lines.append(f"## {part['title']}\n")
        lines.append("| " + " | ".join([*LANGUAGES.values(), "Code", "Meaning here"]) + " |")
        lines.append("|" + "---|" * (len(LANGUAGES) + 2))
        lines += [row(concept) for concept in glossary["concepts"] if concept["part"] == part["id"]]
        lines.append("")
    return "\n".join(lines)


def faults_of(glossary):
    parts = {part["id"] for part in glossary["parts"]}
    seen = {}
    for concept in glossary["concepts"]:
        name = concept["id"]
        if name in seen:
            yield f"{name}: stands twice"
        if concept["part"] not in parts:
            yield f"{name}: unknown part {concept['part']}"
        for tag in LANGUAGES:
            if not concept["terms"].get(tag):
                yield f"{name}: no term in {LANGUAGES[tag]}"
        for tag in set(concept["terms"]) - set(LANGUAGES):
            yield f"{name}: unknown language {tag}"
        seen[name] = concept


def main(arguments):
    if not arguments or len(arguments) > 2 or arguments[1:] not in ([], ["--update"]):
        print(__doc__, file=sys.stderr)
        return 2
    root = Path(arguments[0])
    glossary = yaml.safe_load((root / "data" / "glossary.yaml").read_text(encoding="utf-8"))
    written = page(glossary)
    target = root / "docs" / "glossary.md"
    if arguments[1:]:
        target.write_text(written, encoding="utf-8")
    faults = list(faults_of(glossary))
    if target.read_text(encoding="utf-8") != written:
        faults.append("docs/glossary.md is not what data/glossary.yaml says: run it with --update")
    print("\n".join(faults) if faults else f"{len(glossary['concepts'])} concepts in {len(LANGUAGES)} languages")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
