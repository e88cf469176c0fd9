#!/usr/bin/env python3
"""A workbook filled in as people do, in LibreOffice over UNO and under its protection: answers are
chosen, the words beside the questions, the grey of what is not asked and the counts follow, the file
is stored, and what was entered is read back: that, and nothing else.

    workbook_live.py COSP SOURCE
"""
import json
import shutil
import sys
import tempfile
from pathlib import Path

import workbook_tools as tools

FORM = "uncc-implementation"
IN_PART, YES = 1, 0
NOT_ASKED, REQUIRED, BOTH, ANSWERED = 0, 2, 3, 6
SPARE_COLUMN = 40
NO_REGISTERS = ("/registers: {} -> (nothing)",)  # there were none, and now there are some


class Filling:
    def __init__(self, office, path):
        book = tools.load(path)
        self.places, self.labels = tools.cells_of(book), tools.labels_of(book)
        self.head = {c.value: c.column - 1 for c in book[self.places["art07.status", "answer"][0]][1]}
        self.document = office.load(path)
        self.faults = []

    def cell(self, code, name="answer"):
        sheet, at = self.places[(code, name)]
        return self.document.Sheets.getByName(sheet).getCellRangeByName(at)

    def beside(self, code, own):
        """A cell of the program's own words in the row of the question."""
        cell = self.cell(code)
        return cell.Spreadsheet.getCellByPosition(self.head[own], cell.CellAddress.Row)

    def expect(self, what, wanted, found):
        if wanted != found:
            self.faults.append(f"{what}: wanted {wanted!r}, found {found!r}")

    def expect_standing(self, code, number):
        self.expect(f"word of {code}", self.labels["=standing"][number], self.beside(code, "=word").getString())
        self.expect(f"standing of {code}", float(number), self.beside(code, "=standing").getValue())
        self.expect(f"grey of {code}", number == NOT_ASKED, self.is_grey(code))

    def is_grey(self, code):
        """Whether LibreOffice finds the condition true by which the row is grey."""
        cell = self.beside(code, "=word")
        sheet, row = cell.Spreadsheet, cell.CellAddress.Row
        found = []
        for formats in sheet.ConditionalFormats.getConditionalFormats():
            ranges = formats.getPropertyValue("Range")
            if not ranges.queryIntersection(cell.getRangeAddress()).getCount():
                continue
            first = ranges.getRangeAddresses()[0].StartRow + 1
            for number in range(formats.getCount()):
                formula = formats.getByIndex(number).getPropertyValue("Formula1")
                if '<>""' in formula:
                    # A condition parts arguments by commas, a formula of the bridge by semicolons.
                    found.append("=" + formula.replace(f"$B{first}", f"$B{row + 1}").replace(",", ";"))
        self.expect(f"conditions for grey at {code}", 1, len(found))
        sheet.unprotect("")
        spare = sheet.getCellByPosition(SPARE_COLUMN, row)
        spare.setFormula(found[0])
        is_true = spare.getValue() == 1
        spare.setString("")
        sheet.protect("")
        return is_true

    def progress(self, title):
        """The counts of the row that begins with `title`."""
        sheet = self.document.Sheets.getByIndex(1)
        for row in range(4, 120):
            if sheet.getCellByPosition(1, row).getString().startswith(title):
                return [sheet.getCellByPosition(column, row).getValue() for column in range(2, 8)]
        sys.exit(f"the progress sheet has no row {title}")

    def choose(self, code, value, name="answer"):
        cell = self.cell(code, name)
        (cell.setValue if isinstance(value, (int, float)) else cell.setString)(value)

    def expect_locked(self, code):
        """The program's words are locked and answers are not: the bridge itself heeds no protection."""
        cell = self.cell(code)
        self.expect(f"protection of {cell.Spreadsheet.Name}", True, cell.Spreadsheet.isProtected())
        self.expect(f"lock of the question {code}", True, self.beside(code, "=question").CellProtection.IsLocked)
        self.expect(f"lock of the answer {code}", False, cell.CellProtection.IsLocked)


def fill(office, path, out):
    one = Filling(office, path)
    labels = one.labels
    before = one.progress("II ")
    one.expect_standing("art07.measures", NOT_ASKED)
    one.expect_standing("art07.status", REQUIRED)
    one.expect_standing("art08.status", REQUIRED)
    one.choose("art07.status", labels["impl-status"][IN_PART])
    one.choose("art08.status", labels["impl-status"][YES])
    one.choose("art09.status", labels["impl-status"][YES])
    one.choose("art09.status", labels["=reason"][0], "reason")
    one.choose("measures/mea-1", "Cybercrime Act; and more", "title")
    one.choose("art07.measures/1", "Cybercrime Act, and more [mea-1]")
    one.choose("gen.focal_email", "office@example.org")
    one.choose("art07.status", "À confirmer", "note")
    one.expect_locked("art07.status")
    one.expect_standing("art07.status", ANSWERED)
    one.expect_standing("art07.measures", ANSWERED)
    one.expect_standing("art07.elements", REQUIRED)
    one.expect_standing("art08.measures", REQUIRED)
    one.expect_standing("art08.elements", NOT_ASKED)
    one.expect_standing("art09.status", BOTH)
    one.choose("art09.status", "", "reason")
    one.choose("art09.status", "")
    one.expect_standing("art09.status", REQUIRED)
    after = one.progress("II ")
    one.expect("answered in chapter II", before[1] + 3, after[1])
    if not (after[0] > before[0] and after[5] < before[5]):
        one.faults.append(f"asked and not asked in chapter II did not move: {before} {after}")
    for name in out:
        office.store(one.document, name)
    one.document.close(True)
    return one.faults


def wanted_changes():
    row = "/registers/measures/mea-1"
    return sorted([
        '/answers/art07.status: (nothing) -> "in_part"', '/answers/art07.status/note: (nothing) -> "À confirmer"',
        '/answers/art08.status: (nothing) -> "yes"', '/answers/art07.measures: (nothing) -> ["mea-1"]',
        '/contacts/answers/gen.focal_email: (nothing) -> "office@example.org"',
        '/registers/measures/(order): (nothing) -> ["mea-1"]', f'{row}/id: (nothing) -> "mea-1"',
        f'{row}/values/title: (nothing) -> "Cybercrime Act; and more"'])


def main():
    cosp = tools.Cosp(sys.argv[1], sys.argv[2])
    folder = Path(tempfile.mkdtemp(prefix="cosp-live-"))
    faults = []
    try:
        with tools.Office(folder) as office:
            for language in ("en", "ar"):
                path = folder / f"{language}.xlsx"
                cosp.run("form", "workbook", FORM, "--lang", language, "--output", path, "--cycle",
                         cosp.source / "samples/cycle.yaml", "--state", "QMB")
                out = [folder / f"filled-{language}.xlsx", folder / f"filled-{language}.ods"]
                faults += [f"{language}: {fault}" for fault in fill(office, path, out)]
                blank = cosp.content(path, "--leave-out", statuses=(0, 1))
                for file in out:
                    now = cosp.content(file, "--leave-out", statuses=(0, 1)) or {}
                    found = sorted(line for line in tools.differences(blank, now) if line not in NO_REGISTERS)
                    if found != wanted_changes():
                        faults.append(f"{file.name}: wanted {json.dumps(wanted_changes(), ensure_ascii=False, indent=1)}"
                                      f"\nfound {json.dumps(found, ensure_ascii=False, indent=1)}")
    finally:
        shutil.rmtree(folder, True)
    print(f"filled in in two languages, {len(faults)} other than expected")
    sys.exit("\n".join(faults) if faults else 0)


if __name__ == "__main__":
    main()
