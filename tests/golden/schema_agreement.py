#!/usr/bin/env python3
"""Some thousand submissions, most of them spoilt at one place: the JSON Schema refuses those, and
only those, in which `cosp validate` finds a wrong type, an option or provision that is not on the
list, a figure or day out of its range, or a member that must be there.

    schema_agreement.py COSP SOURCE [CHANGES [AJV]]

AJV is a folder in which ajv is installed (make test-slow does that); without it python3-jsonschema
reads the schema.
"""
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    import jsonschema
except ImportError:
    jsonschema = None

# What a schema can say of an answer by itself. What hangs on other answers, on the cycle or on the
# roster (conditions, rows cited, moments, words, patterns of RE2) it cannot.
SAID = {"wrong-type", "unknown-option", "unknown-provision", "unknown-reason", "unknown-language", "figure-unreadable",
        "figure-too-long", "date-unreadable", "out-of-range", "too-many-decimals", "too-many-characters",
        "too-many-choices", "missing-header", "missing-member", "wrong-format", "unknown-question", "unknown-column",
        "unknown-register", "unknown-member", "row-without-id", "too-many-rows", "too-few-citations",
        "too-many-citations", "reason-not-allowed", "unknown-word", "value-and-reason"}
# Said where the schema says it, but found for other causes too; and what the engine says instead of a
# range, of an answer to a question that is not asked.
SOMETIMES = {"answer-while-hidden", "answer-while-reserved", "outside-phase", "not-offered", "currency-unknown",
             "row-limit", "text-too-long", "unknown-row", "wrong-form", "wrong-release"}
WRONG = [None, "", 0, 7, -3, 12.5, 1e3, 10**17, 10**19, True, "12", "012", "+3", "-3", "0.5", "12.50", "1e3", "1,5", ".5",
         "5.", "-0", "100", "101", "99999999", "123456789012345678", "1234567890123456789", "no_such_option", "yes", " ",
         "2026-02-29", "2024-02-29", "2026-13-01", "2026-12-31", "1799-12-31", "2200-01-01", "2201-01-01", "26-1-1", "en",
         "engleesh-", "7(1)", [], {}, ["no_such_option"], [1], ["yes"], [None], ["en"], ["7(1)"], ["999(9)"],
         {"en": "text", "fr": "texte"}, {"en": 5}, {"en": None}, {"amount": "5", "currency": "EUR"},
         {"amount": "x", "currency": "EUR"}, {"amount": "5"}, {"start": "2026-01-01", "end": "2026-12-31"},
         {"start": "2026-01-01"}, {"value": None}, {"value": ["no_such_option"]}, {"value": "12", "note": "a note"},
         {"note": "a note alone"}, {"note": {"en": "a note", "fr": None}}, {"reason": "not_available"},
         {"reason": "because"}, {"value": "12", "visiblity": "public"}, {"visibility": "open"},
         {"value": "12", "reason": "withheld"}, "x" * 5000]


def submissions(cosp, source, folder):
    """Of every form: its submissions, and what validates them."""
    out = folder / "made"
    subprocess.run([cosp, "sample", "--states", "8", "--seed", "5", "--output", str(out)], check=True, capture_output=True)
    made = sorted(p for p in out.rglob("*.json") if b'"cosp-submission/1"' in p.read_bytes()[:4000])
    night = sorted((source / "tests/support/submissions/night-skies-report").glob("*.json"))
    return [("uncc-implementation", made, next(out.rglob("cycle.yaml"))),
            ("night-skies-report", night, source / "tests/support/cycles/night-skies-third-round.yaml")]


def places(submission):
    """Where an answer stands or could stand: container and key."""
    found = [(submission["answers"], code) for code in sorted(submission.get("answers", {}))]
    for rows in submission.get("registers", {}).values():
        for row in rows:
            found += [(row["values"], code) for code in sorted(row.get("values", {}))]
    return found


def spoil(submission, codes, columns, pick):
    """Changes one thing, and tells what."""
    kind = pick.random()
    if kind < 0.1:
        key = pick.choice(["format", "form", "cycle", "submitter", "stage", "language"])
        submission.pop(key)
        return f"without {key}"
    if kind < 0.15:
        key, inner = pick.choice([("form", "id"), ("form", "version"), ("submitter", "kind"), ("submitter", "code")])
        submission[key].pop(inner)
        return f"without {key}.{inner}"
    if kind < 0.2:
        submission.setdefault("answers", {})["no_such.question"] = "x"
        return "unknown question"
    rows = [row for rows in submission.get("registers", {}).values() for row in rows]
    if kind < 0.25 and rows:
        pick.choice(rows).pop("id")
        return "row without id"
    value = pick.choice(WRONG)
    if kind < 0.6:
        code = pick.choice(codes)
        submission.setdefault("answers", {})[code] = value
        return f"{code} = {json.dumps(value)[:60]}"
    if kind < 0.75 and any(submission.get("registers", {}).values()):
        register = pick.choice([name for name in sorted(submission["registers"]) if submission["registers"][name]])
        column = pick.choice(columns[register])
        pick.choice(submission["registers"][register]).setdefault("values", {})[column] = value
        return f"{register}/{column} = {json.dumps(value)[:60]}"
    spots = places(submission)
    if not spots:
        return "nothing"
    container, code = pick.choice(spots)
    container[code] = value
    return f"{code} = {json.dumps(value)[:60]}"


def faults_by_jsonschema(schema, batch):
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.Draft202012Validator(schema)
    first = {path.name: next(iter(checker.iter_errors(json.loads(path.read_text(encoding="utf-8")))), None)
             for path in sorted(batch.glob("*.json"))}
    return {name: fault and fault.json_path for name, fault in first.items()}


def faults_by_ajv(schema, batch, ajv):
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(schema, file)
        file.flush()
        told = subprocess.run(["node", Path(__file__).with_name("ajv") / "check.cjs", file.name, batch],
                              env={**os.environ, "COSP_AJV": str(ajv)}, check=True, capture_output=True)
    return json.loads(told.stdout)


def main():
    ajv = Path(sys.argv[4]).resolve() if len(sys.argv) > 4 else None
    if ajv is None or not (ajv / "node_modules/ajv").is_dir():
        ajv = None
        if jsonschema is None:
            print("neither ajv nor python3-jsonschema is there")
            return 77
    cosp, source = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2]).resolve()
    os.environ["COSP_DATA"] = str(source)
    changes = int(sys.argv[3]) if len(sys.argv) > 3 else 1000
    base = [cosp, "--data", str(source / "tests/support")]
    compared, refused, differing = 0, 0, []
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        for form, files, cycle in submissions(cosp, source, folder):
            schema = json.loads(subprocess.run([*base, "form", "schema", form], check=True, capture_output=True).stdout)
            codes = sorted(schema["properties"]["answers"]["properties"])
            columns = {name: sorted(rows["items"]["properties"]["values"]["properties"])
                       for name, rows in schema["properties"]["registers"]["properties"].items()}
            pick = random.Random(11)
            told, batch = {}, folder / form
            batch.mkdir()
            for number in range(changes):
                submission = json.loads(pick.choice(files).read_text(encoding="utf-8"))
                what = spoil(submission, codes, columns, pick) if number >= len(files) else "as made"
                (batch / f"s{number:05}.json").write_text(json.dumps(submission), encoding="utf-8")
                told[f"s{number:05}.json"] = what
            faults = faults_by_ajv(schema, batch, ajv) if ajv else faults_by_jsonschema(schema, batch)
            report = json.loads(subprocess.run([*base, "validate", str(batch), "--cycle", str(cycle), "--format", "json"],
                                               capture_output=True).stdout)
            for result in report["files"]:
                name = Path(result["file"]).name
                what, fault = told.pop(name), faults[name]
                rules = {finding["rule"] for finding in result["findings"]}
                compared += 1
                refused += fault is not None
                if (fault is not None and not rules & (SAID | SOMETIMES)) or (fault is None and rules & SAID):
                    differing.append((what, sorted(rules & (SAID | SOMETIMES)), fault))
            assert not told, f"no word of {list(told)[:3]}"
    for what, rules, place in differing[:40]:
        print(f"{what}: cosp {rules}, schema {'refuses ' + place if place else 'accepts'}")
    print(f"{compared} submissions, {refused} refused by the schema as {'ajv' if ajv else 'jsonschema'} reads it, {len(differing)} on which it differs from the engine")
    assert 0 < refused < compared
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
