#!/usr/bin/env python3
"""The exports of every form, held against the documented rules of their formats.

    form_exports.py COSP SOURCE
"""
import csv
import html.parser
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import openpyxl

COSP = SOURCE = None
FORMS = ["night-skies-report", "uncc-implementation"]
TYPES = {"integer", "decimal", "text", "date", "note", "calculate"}
NAME = re.compile(r"^[A-Za-z_][A-Za-z0-9_.-]*$")
REFERENCE = re.compile(r"\$\{([^}]*)\}")
EXPRESSIONS = ["required", "relevant", "constraint", "choice_filter", "calculation"]
FUNCTIONS = {"selected", "count-selected", "not", "if", "count", "concat", "position", "date", "regex", "round",
             "string-length", "false", "and", "or"}


def run(*arguments):
    return subprocess.run([COSP, "--data", str(SOURCE / "tests/support"), *map(str, arguments)],
                          capture_output=True, text=True)


def export(form, kind, path, language="en"):
    done = run("form", "export", form, "--as", kind, "--lang", language, "--output", path)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return path


def rows_of(sheet):
    rows = sheet.iter_rows(values_only=True)
    head = next(rows)
    return head, [{k: v for k, v in zip(head, row) if v is not None} for row in rows]


def without_strings(expression):
    return re.sub(r"'[^']*'", "''", expression)


def mistakes_of(survey, choices):
    """What is wrong with a survey by the rules of XLSForm, a line each."""
    found = []
    lists = {}
    for row in choices:
        names = lists.setdefault(row["list_name"], set())
        if row["name"] in names or re.search(r"\s", row["name"]):
            found.append(f"choice {row['list_name']}/{row['name']}: twice, or with a space")
        names.add(row["name"])
    open_groups, names, repeats = [], {}, {}
    for number, row in enumerate(survey, 2):
        kind, name = row["type"], row.get("name")
        if kind.startswith("end_"):
            if not open_groups or open_groups.pop() != kind.replace("end_", "begin_"):
                found.append(f"row {number}: {kind} closes nothing")
            continue
        if kind.startswith("begin_"):
            if kind not in ("begin_group", "begin_repeat"):
                found.append(f"row {number}: unknown type {kind}")
            open_groups.append(kind)
        if not name or not NAME.match(name) or name.lower().startswith("xml"):
            found.append(f"row {number}: bad name {name!r}")
        elif name.lower() in names:
            found.append(f"row {number}: name {name} again")
        else:
            names[name.lower()] = name
        if kind.startswith("select_"):
            word, of = kind.split(" ", 1)
            if word not in ("select_one", "select_multiple"):
                found.append(f"row {number}: unknown type {kind}")
            elif not of.startswith("${") and of not in lists:
                found.append(f"row {number}: no list {of}")
        elif not kind.startswith("begin_") and kind not in TYPES:
            found.append(f"row {number}: unknown type {kind}")
        if kind != "calculate" and not any(k.startswith("label::") for k in row):
            found.append(f"row {number}: no label")
        if kind == "calculate" and "calculation" not in row:
            found.append(f"row {number}: nothing to calculate")
    if open_groups:
        found.append(f"not closed: {open_groups}")
    known = set(names.values())
    for number, row in enumerate(survey, 2):
        for column, text in row.items():
            for reference in REFERENCE.findall(str(text)) if column not in ("note", "code") else ():
                if reference not in known:
                    found.append(f"row {number}, {column}: no ${{{reference}}}")
        for column in EXPRESSIONS:
            text = without_strings(row.get(column, ""))
            if text.count("(") != text.count(")") or text.count("'") % 2:
                found.append(f"row {number}, {column}: {text}")
            for word in re.findall(r"([A-Za-z-]+)\s*\(", text):
                if word not in FUNCTIONS:
                    found.append(f"row {number}, {column}: no function {word}")
    return found


class PageReader(html.parser.HTMLParser):
    VOID = {"meta", "br", "link"}

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.attributes, self.faults = [], [], {}, []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == "html":
            self.attributes = attributes
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if any(k in attributes for k in ("src", "onclick")) or tag in ("script", "link", "img"):
            self.faults.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append("/" + tag)


class FormExports(unittest.TestCase):
    def setUp(self):
        self.held = tempfile.TemporaryDirectory()
        self.addCleanup(self.held.cleanup)
        self.folder = Path(self.held.name)

    def dictionary(self, form):
        with open(export(form, "csv", self.folder / "d.csv"), newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def survey(self, form, language="en"):
        book = openpyxl.load_workbook(export(form, "xlsform", self.folder / "x.xlsx", language))
        self.assertEqual(book.sheetnames, ["survey", "choices", "settings"])
        return [rows_of(book[name]) for name in book.sheetnames]

    def test_dictionary_has_each_question_and_column_once(self):
        for form in FORMS:
            rows = self.dictionary(form)
            codes = [row["code"] for row in rows]
            self.assertEqual(len(codes), len(set(codes)))
            # The newest release is the last one listed.
            questions = re.findall(rf"^{form} \S+  \S+  (\d+) questions", run("form", "list").stdout, re.M)
            self.assertEqual(sum(row["kind"] == "question" for row in rows), int(questions[-1]))
            self.assertTrue(all(row["label_en"] for row in rows))
            for row in rows:
                self.assertEqual(row["kind"] == "column", bool(row["register"]))

    def test_xlsform_keeps_the_rules(self):
        for form in FORMS:
            (head, survey), (_, choices), (_, settings) = self.survey(form, "ar")
            self.assertEqual(mistakes_of(survey, choices), [])
            self.assertEqual(len(settings), 1)
            self.assertRegex(settings[0]["default_language"], r" \(ar\)$")
            languages = [h.split("::")[1] for h in head if h.startswith("label::")]
            self.assertEqual(languages[0], settings[0]["default_language"])
            self.assertEqual([h.split("::")[1] for h in head if h.startswith("hint::")], languages)

    def test_xlsform_asks_every_question_and_keeps_every_condition(self):
        for form in FORMS:
            _, survey = self.survey(form)[0]
            by_code = {row["code"]: row for row in survey if "code" in row}
            for row in self.dictionary(form):
                self.assertIn(row["code"], by_code)
                asked = by_code[row["code"]]
                if row["asked_when"] and row["asked_when"] != "always":
                    told = [r for r in survey if r.get("code") == row["code"] and "relevant" in r] or \
                           [r for r in survey if r.get("code") == row["code"] and "asked when" in r.get("note", "")]
                    self.assertTrue(told, f"{row['code']}: {row['asked_when']}; {asked}")

    def test_rules_of_xlsform_would_find_a_mistake(self):
        (_, survey), (_, choices), _ = self.survey(FORMS[0])
        for change in [lambda r: r.update(type="select_one nowhere"), lambda r: r.update(name="1st"),
                       lambda r: r.update(relevant="${nobody} = 'x'"), lambda r: r.update(type="end_repeat"),
                       lambda r: r.update(constraint="call(.)")]:
            broken = [dict(row) for row in survey]
            change(next(r for r in broken if r["type"].startswith("select_one ")))
            self.assertNotEqual(mistakes_of(broken, choices), [])

    def test_page_is_whole_and_holds_every_question(self):
        for form in FORMS:
            for language, direction in [("en", "ltr"), ("ar", "rtl")]:
                text = export(form, "print", self.folder / "p.html", language).read_text(encoding="utf-8")
                page = PageReader()
                page.feed(text)
                self.assertEqual((page.faults, page.open), ([], []))
                self.assertEqual(len(page.ids), len(set(page.ids)))
                self.assertEqual((page.attributes["lang"], page.attributes["dir"]), (language, direction))
                for row in self.dictionary(form):
                    self.assertIn(f"question-{row['code']}", page.ids)
                self.assertNotIn("print.", text)
                for outside in re.findall(r"(?:https?:)?//[a-z][^\s\"']*", text):
                    self.fail(outside)

    def test_same_form_same_bytes(self):
        for kind in ["json-schema", "xlsform", "print", "csv"]:
            first = export(FORMS[0], kind, self.folder / "first").read_bytes()
            self.assertEqual(first, export(FORMS[0], kind, self.folder / "second").read_bytes())

    def test_schema_is_that_of_form_schema(self):
        self.assertEqual(export(FORMS[0], "json-schema", self.folder / "s.json").read_text(encoding="utf-8"),
                         run("form", "schema", FORMS[0]).stdout)

    def test_a_folder_that_is_not_there_is_an_error_and_leaves_nothing(self):
        for kind in ["json-schema", "xlsform", "print", "csv"]:
            done = run("form", "export", FORMS[0], "--as", kind, "--output", self.folder / "no" / "file")
            self.assertNotEqual(done.returncode, 0)
            self.assertIn("cosp: ", done.stderr)
        self.assertEqual(list(self.folder.iterdir()), [])


if __name__ == "__main__":
    COSP, SOURCE = sys.argv[1], Path(sys.argv[2]).resolve()
    COSP = str(Path(COSP).resolve())
    os.environ["COSP_DATA"] = str(SOURCE)
    del sys.argv[1:]
    unittest.main()
