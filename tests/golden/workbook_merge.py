#!/usr/bin/env python3
"""Submissions split at random into partial workbooks, filled in as ministries do, and merged in any
order are the original again; and where two disagree, that is never silent.

    workbook_merge.py COSP SOURCE [SEED] [--all] [--keep]

Of each submission a base is made (answers and entries taken out, changed, added), and of the base two
to five parts: workbooks of some chapters, with and without an office's name, now and then a JSON file.
What the original has otherwise than the base is entered into parts at random. Merged in two orders:
byte for byte the original. Then parts that see the same things change them, differently or alike:
byte for byte what docs/formats/merge.md says, and each conflict listed with values, cells and authors.
"""
import json
import random
import shutil
import sys
import tempfile
from pathlib import Path

import workbook_tools as tools
from workbook_merge_cases import Case, dressed, thinned
from workbook_units import Fields, content_of, units_of

FORMS = ("uncc-implementation", "night-skies-report", "uncc-implementation", "stakeholder-input",
         "uncc-implementation")
FEW, MANY = 4, 60
SEED = 11


class Merging:
    def __init__(self, cosp, folder, fields, numbers):
        self.cosp, self.folder, self.fields, self.numbers = cosp, folder, fields, numbers

    def settled(self, name, content):
        """The file in the program's own form; what it could not read ends the test."""
        path = self.folder / f"{name}-given.json"
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return self.cosp.convert(path, self.folder / f"{name}.json")

    def merge(self, case, order, out):
        """The report and the bytes of the result; the base as JSON, or as a workbook."""
        path = self.folder / out
        path.unlink(missing_ok=True)
        said = self.cosp.run("merge", "--base", case.base_path, *[case.parts[i].path for i in order], "--output",
                             path, "--format", "json", "--data", self.cosp.source / "tests/support",
                             statuses=(0, 1))
        self.numbers["merges"] += 1
        return json.loads(said), path.read_bytes()

    def check(self, case, random_, expected, conflicts, changes):
        """Merges in two orders; what is wrong, a line each."""
        orders = [random_.sample(range(len(case.parts)), len(case.parts)) for _ in range(2)]
        if orders[0] == orders[1]:
            orders[1] = orders[0][::-1]
        reports, results = zip(*[self.merge(case, order, f"merged-{i}.json") for i, order in enumerate(orders)])
        wanted = self.settled("expected", content_of(expected, self.fields, case.skeleton(), case.base_rows))
        content = json.loads(wanted.read_text(encoding="utf-8"))
        self.numbers["fields"] += len(tools.flat(content))
        faults = tools.differences(content, json.loads(results[0]))
        if not faults and results[0] != wanted.read_bytes():
            faults.append("the same fields, but in another form or order")
        if results[0] != results[1]:
            faults.append(f"parts {orders[0]} and {orders[1]} give other bytes")
        for report, order in zip(reports, orders):
            faults += compare_conflicts(report["conflicts"], conflicts, [str(case.parts[i].path) for i in order])
            if report["changes"] != changes:
                faults.append(f"{report['changes']} taken over, and {changes} were to be")
        return faults


def compare_conflicts(found, wanted, order):
    """Each with base, and of each side, in the order of the parts, file, cell, author and value."""
    faults, by_unit = [], {(one["place"], one["property"]): one for one in found}
    if len(by_unit) != len(found):
        faults.append("a conflict is listed twice")
    for unit in sorted(by_unit.keys() | wanted.keys()):
        if unit not in by_unit:
            faults.append(f"conflict not listed: {unit}: {wanted[unit]}")
        elif unit not in wanted:
            faults.append(f"conflict that is none: {unit}: {by_unit[unit]}")
        else:
            one, expected = by_unit[unit], dict(wanted[unit])
            expected["sides"] = sorted(expected["sides"], key=lambda side: order.index(side["file"]))
            for side, told_side in zip(expected["sides"], one["sides"]):
                # Of a row, of the header and in JSON files the place is not foretold here.
                if side["where"] is None or told_side["where"] in side["where"]:
                    side["where"] = told_side["where"]
            told = {"base": one["base"], "sides": one["sides"]}
            if told != expected:
                faults.append("\n  ".join([f"conflict {unit}", *tools.differences(expected, told)]))
    return faults


def samples(cosp, folder, form, count, seed):
    made = folder / f"made-{form}"
    cosp.run("sample", "--form", form, "--states", count + 4, "--seed", seed, "--output", made,
             "--data", cosp.source / "tests/support")
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(made.glob("*.json"))]


def try_one(merging, random_, original, others):
    fields, numbers = merging.fields, merging.numbers
    pool = [units_of(other, fields) for other in others]
    original = dressed(random_, fields, original)
    original = json.loads(merging.settled("original", original).read_text(encoding="utf-8"))
    base = thinned(random_, fields, original, pool)
    case = Case(merging, random_, original, base, pool)
    numbers["parts"] += len(case.parts)
    numbers["languages"].add(original["language"])
    case.enter(case.edits)
    numbers["edits"] += sum(map(len, case.edits.values()))
    expected, conflicts, changes = case.outcome()
    if expected != case.whole or conflicts:
        apart = [unit for unit in {**expected, **case.whole} if expected.get(unit) != case.whole.get(unit)]
        sys.exit(f"{merging.folder.name}: the test itself is at fault: entered otherwise than in the original: "
                 f"{apart} {conflicts}")
    faults = [f"the whole: {line}" for line in merging.check(case, random_, expected, {}, changes)]
    further = case.disagreements()
    case.enter(further)
    expected, conflicts, changes = case.outcome()
    numbers["conflicts"] += len(conflicts)
    numbers["alike"] += case.alike
    return faults + [f"disagreements: {line}"
                     for line in merging.check(case, random_, expected, conflicts, changes)]


def run(cosp, folder, seed, count):
    numbers = {"merges": 0, "parts": 0, "edits": 0, "fields": 0, "conflicts": 0, "alike": 0, "languages": set()}
    fields = {form: Fields(cosp, form, folder) for form in set(FORMS)}
    for form, one in fields.items():
        register = "instruments" if form == "night-skies-report" else "documents"
        one.cites_with_reason = {"reported_elsewhere": register}
    made = {form: samples(cosp, folder, form, count, seed) for form in sorted(fields)}
    faults = []
    for number in range(count):
        form = FORMS[number % len(FORMS)]
        random_ = random.Random(f"{seed} {number}")
        work = folder / f"case-{number}"
        work.mkdir()
        others = made[form][:number] + made[form][number + 1:]
        merging = Merging(cosp, work, fields[form], numbers)
        found = try_one(merging, random_, made[form][number], random_.sample(others, 3))
        faults += [f"seed {seed}, submission {number} ({form}), {line}" for line in found]
    print(f"{count} submissions in {len(numbers['languages'])} languages, {numbers['parts']} parts, "
          f"{numbers['edits']} things entered, {numbers['merges']} merges, {numbers['fields']} fields compared, "
          f"{numbers['conflicts']} conflicts and {numbers['alike']} equal changes as told")
    return faults


def main():
    cosp = tools.Cosp(sys.argv[1], sys.argv[2])
    words = sys.argv[3:]
    seed = next((int(word) for word in words if word.isdigit()), SEED)
    folder = Path(tempfile.mkdtemp(prefix="cosp-merge-"))
    faults = []
    try:
        faults = run(cosp, folder, seed, MANY if "--all" in words else FEW)
    finally:
        if "--keep" in words:
            print(f"files: {folder}")
        else:
            shutil.rmtree(folder, True)
    sys.exit("\n".join(faults[:60] + [f"{len(faults)} differences"]) if faults else 0)


if __name__ == "__main__":
    main()
