#!/usr/bin/env python3
"""Nothing that is not public reaches public/: marked answers are searched for in every file, unzipped.

Takes the samples, marks texts of every kind that must stay away (answers for the secretariat, answers that are counted only,
notes on them, contacts, everything of States that do not consent to publication, unknown answers), and one that
must be there, compiles, and searches.

Usage: nothing_restricted.py COSP SOURCE
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

PUBLIC = "MARKPUBLIC"


def text_answers(submission):
    """Codes of answers whose value is written as text, by what is certain without the form: several words."""
    for code, answer in submission["answers"].items():
        value = answer.get("value") if isinstance(answer, dict) else answer
        if isinstance(value, str) and value.count(" ") >= 2:
            yield code


def as_object(submission, code):
    answer = submission["answers"][code]
    if not isinstance(answer, dict):
        answer = {"value": answer}
    submission["answers"][code] = answer
    return answer


def mark(submission, marks):
    """Marks one submission; returns whether the public mark was set."""
    who = submission["submitter"]["code"]
    texts = list(text_answers(submission))
    for visibility, code in zip(("secretariat", "counted"), texts):
        answer = as_object(submission, code)
        marks.append(f"MARK{visibility.upper()}{who}")
        answer["value"] = f"{answer['value']} {marks[-1]}"
        answer["visibility"] = visibility
        marks.append(f"MARKNOTE{visibility.upper()}{who}")
        answer["note"] = f"A note {marks[-1]}"
    marks.append(f"MARKUNKNOWN{who}")
    submission["answers"]["unknown.question"] = marks[-1]
    for answers in [submission.get("contacts", {}).get("answers", {})] + [
            row for register in submission.get("contacts", {}).get("registers", {}).values() for row in register.values()]:
        for code, answer in answers.items():
            if isinstance(answer, str) and " " in answer:
                marks.append(f"MARKCONTACT{len(marks)}")
                answers[code] = f"{answer} {marks[-1]}"
    publishes = submission["answers"].get("gen.publication")
    publishes = publishes.get("value") if isinstance(publishes, dict) else publishes
    if publishes in ("yes", "in_part") and len(texts) > 2:
        answer = as_object(submission, texts[2])
        if answer.get("visibility", "public") == "public":
            answer["value"] = f"{answer['value']} {PUBLIC}"
            return True
    elif publishes not in ("yes", "in_part"):
        for code in texts[2:]:
            marks.append(f"MARKNOCONSENT{len(marks)}")
            answer = as_object(submission, code)
            answer["value"] = f"{answer['value']} {marks[-1]}"
    return False


def contents(path):
    """All bytes of a file; of a zip archive, of each of its members and their names."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return b"\n".join(name.encode() + archive.read(name) for name in archive.namelist())
    return path.read_bytes()


def main():
    cosp, source = sys.argv[1], pathlib.Path(sys.argv[2])
    marks, publics = [], 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        samples = folder / "in"
        shutil.copytree(source / "samples", samples)
        for file in sorted(samples.glob("*.json")):
            try:
                submission = json.loads(file.read_text(encoding="utf-8"))
            except ValueError:
                continue  # one sample is cut on purpose
            publics += mark(submission, marks)
            file.write_text(json.dumps(submission, ensure_ascii=False), encoding="utf-8")
        environment = {**os.environ, "COSP_DATA": str(source), "XDG_CACHE_HOME": str(folder / "cache")}
        subprocess.run([cosp, "compile", str(samples), "--output", str(folder / "out")], env=environment, check=False,
                       stdout=subprocess.DEVNULL)
        published = {p: contents(p) for p in (folder / "out" / "public").rglob("*") if p.is_file()}
        internal = b"".join(contents(p) for p in (folder / "out" / "secretariat").rglob("*") if p.is_file())
    faults = [f"{path.name} holds {m}" for path, data in published.items() for m in marks if m.encode() in data]
    # The test must be able to fail: what is public is found, and what is not is found at the secretariat.
    found_public = any(PUBLIC.encode() in data for data in published.values())
    kinds = ("MARKSECRETARIAT", "MARKCOUNTED", "MARKNOCONSENT")
    unseen = [kind for kind in kinds if not any(m.startswith(kind) and m.encode() in internal for m in marks)]
    for fault in faults:
        print(fault)
    print(f"{len(published)} public files, {len(marks)} marks, {len(faults)} leaks; public marks set {publics}, found {found_public}")
    if unseen:
        print(f"no mark of these kinds reached the secretariat: {', '.join(unseen)}")
    return 1 if faults or unseen or not found_public or not published else 0


if __name__ == "__main__":
    sys.exit(main())
