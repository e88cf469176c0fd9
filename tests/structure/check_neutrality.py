#!/usr/bin/env python3
"""A treaty is data: no C++ outside tests/ may know one.

Reads the forms (forms/ and tests/support/forms/) and every .cpp and .hpp outside tests/, and fails on

* a string that is a question's whole code, or a list's or register's code;
* an article's number, in strings and in comments ("art07", "article 7(1)", "articles 14 to 16");
* a form's id, or a proper name of a treaty.

With --self-test, shows that it finds each of these and takes what it should.
"""
import pathlib
import re
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ("base", "model", "readers", "validator", "generator", "store", "service", "server", "apps")

# Words of declarations, files and protocols that a form happens to use as a code too. Each is here for what it means there.
ENGINE_WORDS = {
    "authorization": "header of HTTP",
    "article": "key of declarations: the article a block speaks of",
    "documents": "a part of the outputs",
    "reservations": "key of form.yaml and of cycle files",
    "unit": "key of declarations, and the word of unit texts",
    "standing": "the word of texts on what an answer came to",
}

ARTICLE = re.compile(r"\b(?:art\d+|articles?\s+\d+|art\.\s*\d+)", re.IGNORECASE)
STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
# Proper names; a form adds its id.
NAMES = re.compile(r"cybercrime|hanoi|budapest|uncac|untoc|night.skies", re.IGNORECASE)


def load(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def codes_of(form):
    """Whole codes of questions as far as declarations spell them, codes of lists and registers, the id."""
    codes = {}
    meta = load(form / "form.yaml")
    codes[meta["id"]] = "a form's id"
    for entry in load(form / "lists.yaml") or []:
        codes[entry["code"]] = "a list's code"
    for register in (form / "registers").glob("*.yaml"):
        codes[register.stem] = "a register's code"
    modules = {m.stem: load(m) for m in (form / "modules").glob("*.yaml")}
    for chapter in (form / "chapters").glob("*.yaml"):
        for block in load(chapter)["blocks"]:
            for part in block.get("parts", []):
                if "question" in part:
                    suffixes = [part["question"]["code"]]
                else:
                    suffixes = [q["code"] for q in modules[part["module"]]["questions"]]
                for suffix in suffixes:
                    codes[f"{block['code']}.{suffix}"] = "a question's code"
    return codes


def forms():
    for root in (ROOT / "forms", ROOT / "tests" / "support" / "forms"):
        yield from (path.parent for path in sorted(root.glob("*/*/form.yaml")))


def faults_in(text, codes):
    """(line, what) for each fault in the text of a source file."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("#include"):
            continue
        for string in STRING.findall(line):
            if string in codes and string not in ENGINE_WORDS:
                yield number, f'"{string}" is {codes[string]}'
            for code in (code for code, what in codes.items() if what == "a form's id" and code in string and code != string):
                yield number, f'"{code}" is a form\'s id'
        if found := ARTICLE.search(line):
            yield number, f'"{found.group(0)}" is an article\'s number'
        if found := NAMES.search(line):
            yield number, f'"{found.group(0)}" is a treaty\'s name'


def self_test():
    codes = {"gen.state": "a question's code", "some-form": "a form's id", "impl-status": "a list's code", "article": "a list's code"}
    wrong = ('find("gen.state")', 'if (list == "impl-status")', 'x = "art07.status";', "// see article 16(3)",
             "// as articles 7 to 17 say", '"UNCAC"', "// the Hanoi Convention", '"as in some-form show"')
    right = ('find("gen")', 'node.find("article")', "// an article and its paragraphs", '"party"', "// part 7")
    missed = [line for line in wrong if not list(faults_in(line, codes))]
    wronged = [line for line in right if list(faults_in(line, codes))]
    for line in missed:
        print(f"self-test: missed: {line}")
    for line in wronged:
        print(f"self-test: wrongly found: {line}")
    return 1 if missed or wronged else 0


def main():
    if "--self-test" in sys.argv:
        return self_test()
    codes = {}
    for form in forms():
        codes.update(codes_of(form))
    if len(codes) < 100:
        print(f"only {len(codes)} codes found: the forms were not read")
        return 1
    count = 0
    files = 0
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.[ch]pp")):
            files += 1
            for line, what in faults_in(path.read_text(encoding="utf-8"), codes):
                print(f"{path.relative_to(ROOT)}:{line}: {what}")
                count += 1
    print(f"{files} files, {len(codes)} codes, {count} faults")
    return 1 if count or not files else 0


if __name__ == "__main__":
    sys.exit(main())
