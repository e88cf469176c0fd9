#!/usr/bin/env python3
"""The formulas of the workbook against the engine, by LibreOffice.

    form_workbook_live.py COSP SOURCE

The program writes into every formula the result that its own evaluation gives. openpyxl takes these
results out, LibreOffice computes them anew: all must be the same, whatever was answered. Then answers
are filled in and the words beside the questions must follow. Ends with 77 where there is no
LibreOffice.
"""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import openpyxl

COSP = SOURCE = None
FORM = "uncc-implementation"


class Live(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="cosp-live-"))
        self.addCleanup(shutil.rmtree, self.folder, True)

    def run_cosp(self, *arguments):
        done = subprocess.run([COSP, *map(str, arguments)], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)

    def workbook(self, name, *arguments, form=FORM):
        path = self.folder / (name + ".xlsx")
        self.run_cosp("--data", SOURCE / "tests/support", "form", "workbook", form, "--output", path, *arguments)
        return path

    def computed(self, paths):
        """The workbooks as LibreOffice computes them, without the results that were in them."""
        bare, out = self.folder / "bare", self.folder / "out"
        bare.mkdir(exist_ok=True)
        for path in paths:
            openpyxl.load_workbook(path).save(bare / path.name)
        subprocess.run(["soffice", f"-env:UserInstallation=file://{self.folder}/office", "--headless", "--convert-to",
                        "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), *[str(bare / p.name) for p in paths]],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=500)
        return [openpyxl.load_workbook(out / path.name, data_only=True) for path in paths]

    def test_formulas_say_what_the_engine_says(self):
        made = self.folder / "made"
        self.run_cosp("sample", "--states", "6", "--seed", "7", "--faults", "0.5", "--output", made)
        files = sorted(made.glob("*.json")) + sorted((SOURCE / "samples").glob("*.json"))
        paths = [self.workbook("blank-ar", "--lang", "ar"), self.workbook("other", form="night-skies-report"),
                 self.workbook("of-cycle", "--cycle", SOURCE / "samples/cycle.yaml", "--state", "QMB",
                               "--previous", SOURCE / "samples/QMA.json")]
        for number, file in enumerate(files):
            done = subprocess.run([COSP, "form", "workbook", FORM, "--lang", "ar" if number % 3 == 0 else "en",
                                   "--from", file, "--output", self.folder / f"w{number}.xlsx"], capture_output=True)
            if done.returncode == 0:  # some samples are unreadable on purpose
                paths.append(self.folder / f"w{number}.xlsx")
        self.assertGreater(len(paths), 12)
        checked = 0
        for path, now in zip(paths, self.computed(paths)):
            formulas, before = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
            for sheet in formulas:
                for row in sheet.iter_rows():
                    for cell in row:
                        if cell.data_type != "f":
                            continue
                        said = before[sheet.title][cell.coordinate].value
                        is_so = now[sheet.title][cell.coordinate].value
                        checked += 1
                        self.assertEqual(said or None, is_so or None,
                                         f"{path.name} {sheet.title}!{cell.coordinate} {cell.value}")
        self.assertGreater(checked, 50_000)

    def test_the_words_follow_the_answers(self):
        for language, yes, in_part in (("en", 0, 1), ("ar", 0, 1)):
            path = self.workbook("live-" + language, "--lang", language)
            book = openpyxl.load_workbook(path)
            rows = {}
            for sheet in book:
                for row in sheet.iter_rows():
                    if isinstance(row[0].value, str) and "." in row[0].value:
                        rows[row[0].value] = row
            lists = next(s for s in book if s.sheet_state == "hidden")
            labels = {}
            for column in lists.iter_cols():
                if column[1].value:
                    labels[column[1].value] = [c.value for c in column[2:] if c.value is not None]
            word = 5

            def standing(book_now, code):
                cell = rows[code][word]
                return book_now[cell.parent.title][cell.coordinate].value

            [before] = self.computed([path])
            not_asked, required = labels["=standing"][0], labels["=standing"][2]
            answered, both = labels["=standing"][6], labels["=standing"][3]
            self.assertEqual(standing(before, "art07.measures"), not_asked)
            self.assertEqual(standing(before, "art07.status"), required)
            rows["art07.status"][8].value = labels["impl-status"][in_part]
            rows["art08.status"][8].value = labels["impl-status"][yes]
            rows["art09.status"][8].value = labels["impl-status"][yes]
            rows["art09.status"][10].value = labels["=reason"][0]
            rows["gen.stats/powers"][8].value = labels["=tick"][0]
            edited = self.folder / path.name
            book.save(edited)
            [after] = self.computed([edited])
            self.assertEqual(standing(after, "art07.status"), answered)
            self.assertEqual(standing(after, "art07.measures"), required)
            self.assertEqual(standing(after, "art07.elements"), required)
            self.assertEqual(standing(after, "art08.measures"), required)
            self.assertEqual(standing(after, "art08.elements"), not_asked)
            self.assertEqual(standing(after, "art09.status"), both)
            self.assertEqual(standing(after, "art09.measures"), not_asked)
            self.assertEqual(standing(after, "gen.stats"), answered)
            totals = [[c.value for c in row[1:8]] for row in after.worksheets[1].iter_rows(min_row=6)]
            was = [[c.value for c in row[1:8]] for row in before.worksheets[1].iter_rows(min_row=6)]
            chapter = next(i for i, row in enumerate(was) if row[0] and str(row[0]).startswith("II "))
            self.assertEqual(totals[chapter][2], 2)
            self.assertGreater(totals[chapter][1], was[chapter][1])
            self.assertLess(totals[chapter][6], was[chapter][6])


if __name__ == "__main__":
    COSP, SOURCE = sys.argv[1], Path(sys.argv[2])
    os.environ["COSP_DATA"] = str(SOURCE)
    if shutil.which("soffice") is None:
        sys.exit(77)
    unittest.main(argv=sys.argv[:1])
