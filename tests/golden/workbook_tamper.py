#!/usr/bin/env python3
"""What the reader says of spoilt workbooks, each of workbook_tampers.py, against workbook_tamper.txt:
the outcome, how the counts of cells moved, the findings that were not there before, and each field of
the submission that is not as it was. A field that changed without a finding is thus in plain view.

    workbook_tamper.py COSP SOURCE [--update]

--update writes the expected text anew, for a reader to look through before committing it.
"""
import difflib
import json
import shutil
import sys
import tempfile
from pathlib import Path

import workbook_tampers
import workbook_tools as tools

LEAST = 60
LONGEST = 160
EXPECTED = Path(__file__).with_suffix(".txt")


def base_book(cosp, folder):
    source = cosp.source / "tests/support/submissions/night-skies-report/QMA.json"
    return cosp.convert(source, folder / "base.xlsx", "--lang", "en")


def made_by_office(office, base, path, edit):
    places = tools.cells_of(tools.load(base))
    document = office.load(base)
    tools.unprotect(document)

    def cell(code, name="answer"):
        sheet, at = places[(code, name)]
        return document.Sheets.getByName(sheet).getCellRangeByName(at)
    edit(document, cell)
    office.store(document, path)
    document.close(True)


def make_all(base, folder):
    made = {}
    with tools.Office(folder) as office:
        for name, kind, edit, suffix in workbook_tampers.TAMPERS:
            path = folder / f"{name}.{suffix}"
            if kind == "office":
                made_by_office(office, base, path, edit)
            elif kind == "bytes":
                path.write_bytes(edit(base.read_bytes()))
            else:
                book = workbook_tampers.Book(base)
                edit(book)
                book.book.save(path)
            if name in made:
                sys.exit(f"two edits are called {name}")
            made[name] = path
    return made


def reports_of(cosp, paths):
    cycle = cosp.source / "tests/support/cycles/night-skies-third-round.yaml"
    text = cosp.run("validate", "--data", cosp.source / "tests/support", "--cycle", cycle, "--lang", "en", "--format",
                    "json", *paths, statuses=(0, 1, 3))
    return {Path(file["file"]).name: file for file in json.loads(text)["files"]}


def short(text):
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text)} characters)"


def finding_line(finding):
    place = finding["place"]["name"] if finding["place"] else "-"
    written = finding["written"]
    said = " " + short(json.dumps(written, ensure_ascii=False)) if written else ""
    return f"  {finding['severity']} {finding['rule']} {place} {finding['cell'] or '-'}{said}"


def described(name, report, base, changes):
    """The lines of one edit."""
    counts, before = report["cells"], base["cells"]
    lines = [f"{name}: {report['outcome']}"]
    if counts:
        parts = ("imported", "rejected", "left_as_they_were")
        if counts["read"] != sum(counts[part] for part in parts):
            sys.exit(f"{name}: cells do not add up: {counts}")
        moved = [f"{part} {counts[part] - before[part]:+d}" for part in ("read", *parts) if counts[part] != before[part]]
        lines.append("  cells: " + (", ".join(moved) or "as before"))
    known = [finding_line(finding) for finding in base["findings"]]
    lines += [line for line in map(finding_line, report["findings"]) if line not in known]
    lines += [short(f"  {line}") for line in changes]
    return lines


def run(cosp, folder):
    base = base_book(cosp, folder)
    made = make_all(base, folder)
    reports = reports_of(cosp, [base, *made.values()])
    was, lines = cosp.content(base), []
    for name, path in made.items():
        now = cosp.content(path, "--leave-out", statuses=(0, 1, 3))
        changes = ["nothing can be read"] if now is None else tools.differences(was, now)
        lines += [*described(name, reports[path.name], reports[base.name], changes), ""]
    return lines, len(made)


def main():
    cosp = tools.Cosp(sys.argv[1], sys.argv[2])
    folder = Path(tempfile.mkdtemp(prefix="cosp-tamper-"))
    try:
        lines, count = run(cosp, folder)
    finally:
        shutil.rmtree(folder, True)
    if count < LEAST:
        sys.exit(f"{count} edits, and there should be {LEAST}")
    text = "\n".join(lines)
    if "--update" in sys.argv[3:]:
        EXPECTED.write_text(text, encoding="utf-8")
        return
    wanted = EXPECTED.read_text(encoding="utf-8") if EXPECTED.exists() else ""
    shown = list(difflib.unified_diff(wanted.splitlines(), text.splitlines(), str(EXPECTED), "found", lineterm=""))
    print(f"{count} edits")
    sys.exit("\n".join(shown) if shown else 0)


if __name__ == "__main__":
    main()
