#!/usr/bin/env python3
"""Submissions as workbooks and back: json, xlsx, then as it is or saved again by LibreOffice (xlsx,
ods) or openpyxl, then json. Each field must be as it was.

    workbook_roundtrip.py COSP SOURCE [--all]

Six submissions and those of the second treaty; with --all sixty, in six languages.
"""
import collections
import json
import shutil
import sys
import tempfile
from pathlib import Path

import workbook_tools as tools

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
FORM = "uncc-implementation"
SEED = 5
STATES = 60


def one_of_each_language(paths):
    found = {}
    for path in paths:
        found.setdefault(json.loads(path.read_text(encoding="utf-8"))["language"], path)
    return list(found.values())


def submissions(cosp, folder, is_all):
    """Files to try, with the language of their workbook."""
    made = folder / "made"
    cosp.run("sample", "--form", FORM, "--states", STATES, "--seed", SEED, "--output", made)
    paths = sorted(path for path in made.glob("*.json"))
    spoken = collections.Counter(json.loads(p.read_text(encoding="utf-8"))["language"] for p in paths)
    if set(spoken) != set(LANGUAGES):
        sys.exit(f"the submissions should be in six languages, and are in {dict(spoken)}")
    chosen = paths if is_all else one_of_each_language(paths)
    chosen += sorted((cosp.source / "tests/support/submissions/night-skies-report").glob("*.json"))
    # The language of a workbook's labels need not be that of the answers: each third has another.
    return [(path, LANGUAGES[number % 6] if number % 3 == 0 else None) for number, path in enumerate(chosen)]


def saved_by_openpyxl(paths, folder):
    folder.mkdir()
    for path in paths:
        tools.load(path).save(folder / path.name)
    return [folder / path.name for path in paths]


def main():
    cosp = tools.Cosp(sys.argv[1], sys.argv[2])
    folder = Path(tempfile.mkdtemp(prefix="cosp-roundtrip-"))
    try:
        faults = run(cosp, folder, "--all" in sys.argv[3:])
    finally:
        shutil.rmtree(folder, True)
    sys.exit("\n".join(faults[:60] + [f"{len(faults)} differences"]) if faults else 0)


def run(cosp, folder, is_all):
    (folder / "books").mkdir()
    plain, books = [], []
    for path, language in submissions(cosp, folder, is_all):
        name = f"{path.stem}-{len(books)}"
        plain.append(cosp.convert(path, folder / f"{name}.json"))
        words = ["--lang", language] if language and "night" not in str(path) else []
        books.append(cosp.convert(path, folder / "books" / f"{name}.xlsx", *words))
    wanted = [json.loads(path.read_text(encoding="utf-8")) for path in plain]
    ways = {"as it is": books,
            "LibreOffice, xlsx": tools.convert_by_office(books, "xlsx", folder / "x", folder / "profile"),
            "LibreOffice, ods": tools.convert_by_office(books, "ods", folder / "o", folder / "profile"),
            "openpyxl": saved_by_openpyxl(books, folder / "p")}
    faults, fields = [], 0
    for way, files in ways.items():
        for file, content in zip(files, wanted):
            fields += len(tools.flat(content))
            read = cosp.content(file, "--leave-out", statuses=(0, 1, 3)) or {}
            faults += [f"{way}: {file.stem}: {line}" for line in tools.differences(content, read)]
            if read != content and not tools.differences(content, read):
                faults.append(f"{way}: {file.stem}: the same fields, but in another form or order")
    print(f"{len(wanted)} submissions, {len(ways)} ways, {fields} fields compared")
    return faults


if __name__ == "__main__":
    main()
