#!/usr/bin/env python3
"""Runs the cases of the command line: each is a folder with

    command   one line of shell for each command; `cosp` is the built program
    stdout    what all of them write, in order; a missing file means nothing
    stderr    likewise
    status    the exit status of each, one a line
    …         input files of the case

    run.py --cosp BINARY --source ROOT [--cache DIR] [--update] CASE...
    run.py --self-test

A case runs in a temporary copy of its folder, with TZ=UTC and LC_ALL=C.UTF-8, reading forms and
templates from the source root; `samples` there leads to the samples of the source root, and
`support` to tests/support, unless the case has its own. What a case should show and no command prints
(a file that was written), its last lines print: `cat out/table.csv`.

Two things are changed before comparing: the paths of the temporary folder and of the source root are
written {CASE} and {ROOT}, as they differ from machine to machine; and the digests that a report names
as those it was made with are written {DIGEST}, as each edit of a text or a rule changes them.

--update writes the expected files anew, for a reader to look through before committing them. A case
that expects a status only is refused: it would not notice a wrong message.
"""
import argparse
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

EXPECTED = ("stdout", "stderr", "status")
# In the text " · rules 0123456789ab" in any language, in JSON the member of the texts.
DIGESTS = re.compile(b'( \xc2\xb7 \\S+ )[0-9a-f]{12}(?![0-9a-f])|("texts": ")[0-9a-f]{64}')
TIMEOUT_SECONDS = 120


class Failure(Exception):
    pass


def make_work_folder(case, source, work):
    shutil.copytree(case, work, ignore=shutil.ignore_patterns("command", *EXPECTED))
    for name, target in (("samples", source / "samples"), ("support", source / "tests" / "support")):
        if target.exists() and not (work / name).exists():
            (work / name).symlink_to(target)


def environment(cosp, source, cache, temporary):
    """Nothing of the caller's environment but where programs are, so that it changes no output."""
    (temporary / "bin").mkdir()
    (temporary / "bin" / "cosp").symlink_to(cosp)
    variables = {"PATH": f"{temporary / 'bin'}:/usr/local/bin:/usr/bin:/bin", "TZ": "UTC",
                 "LC_ALL": "C.UTF-8", "HOME": str(temporary), "COSP_DATA": str(source),
                 "XDG_CACHE_HOME": str(cache or temporary / "cache")}
    for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
        if name in os.environ:
            variables[name] = os.environ[name]
    return variables


def run_case(case, cosp, source, cache):
    """What the case writes: a dictionary of EXPECTED to bytes."""
    command = case / "command"
    lines = [line for line in command.read_text(encoding="utf-8").splitlines()
             if line.strip() and not line.startswith("#")] if command.is_file() else []
    if not lines:
        raise Failure("has no command")
    out = {name: b"" for name in EXPECTED}
    with tempfile.TemporaryDirectory(prefix="cosp-cli-") as name:
        temporary = Path(name).resolve()
        work = temporary / "case"
        make_work_folder(case, source, work)
        variables = environment(cosp, source, cache, temporary)
        for line in lines:
            try:
                done = subprocess.run(["/bin/sh", "-c", line], cwd=work, env=variables,
                                      stdin=subprocess.DEVNULL, capture_output=True,
                                      timeout=TIMEOUT_SECONDS, check=False)
            except subprocess.TimeoutExpired:
                raise Failure(f"did not end within {TIMEOUT_SECONDS} s: {line}") from None
            out["stdout"] += done.stdout
            out["stderr"] += done.stderr
            out["status"] += f"{done.returncode}\n".encode()
        for stream in ("stdout", "stderr"):
            out[stream] = (out[stream].replace(str(work).encode(), b"{CASE}")
                           .replace(str(source).encode(), b"{ROOT}"))
            out[stream] = DIGESTS.sub(lambda found: (found[1] or found[2]) + b"{DIGEST}", out[stream])
    return out


def expected_of(case):
    expected = {name: (case / name).read_bytes() if (case / name).is_file() else b""
                for name in EXPECTED}
    if not expected["stdout"] and not expected["stderr"]:
        raise Failure("expects a status only: say what is written to stdout or stderr, or print a file")
    return expected


def difference(name, expected, written):
    def lines(data):
        return data.decode("utf-8", "backslashreplace").splitlines()
    shown = difflib.unified_diff(lines(expected), lines(written), f"expected {name}", f"written {name}",
                                 lineterm="")
    return "\n".join(shown) or f"{name} differs in line ends or at its end"


def compare(case, written):
    expected = expected_of(case)
    differences = [difference(name, expected[name], written[name]) for name in EXPECTED
                   if expected[name] != written[name]]
    if differences:
        raise Failure("\n" + "\n".join(differences))


def update(case, written):
    if not written["stdout"] and not written["stderr"]:
        raise Failure("writes nothing: print what it made, else only its status would be tested")
    for name, data in written.items():
        if data:
            (case / name).write_bytes(data)
        else:
            (case / name).unlink(missing_ok=True)


def run(cases, cosp, source, cache, is_update):
    """The faults found, as text."""
    faults = []
    for case in cases:
        try:
            written = run_case(case, cosp, source, cache)
            (update if is_update else compare)(case, written)
        except Failure as failure:
            faults.append(f"{case.name}: {failure}")
    return faults


def self_test():
    """The runner on a program of two lines: it must pass what is right, and refuse what is not."""
    cases = {
        "passes": ({"command": "cosp one\ncosp fail\n", "stdout": "said one\nsaid fail\n",
                    "status": "0\n3\n"}, False),
        "wrong stdout": ({"command": "cosp one", "stdout": "said two\n", "status": "0\n"}, True),
        "wrong status": ({"command": "cosp fail", "stdout": "said fail\n", "status": "0\n"}, True),
        "unexpected stderr": ({"command": "cosp one; echo oh >&2", "stdout": "said one\n",
                               "status": "0\n"}, True),
        "status only": ({"command": "cosp fail >/dev/null 2>&1", "status": "3\n"}, True),
        "no command": ({"stdout": "said one\n", "status": "0\n"}, True),
        "paths": ({"command": "cosp one >/dev/null; pwd; echo $COSP_DATA",
                   "stdout": "{CASE}\n{ROOT}\n", "status": "0\n"}, False),
        "input files": ({"command": "cat input", "input": "given\n", "stdout": "given\n",
                         "status": "0\n"}, False),
    }
    wrong = []
    with tempfile.TemporaryDirectory() as name:
        root = Path(name).resolve()
        cosp = root / "program"
        cosp.write_text('#!/bin/sh\necho said $1\n[ "$1" != fail ] || exit 3\n', encoding="utf-8")
        cosp.chmod(0o755)
        for title, (files, is_fault) in cases.items():
            case = root / title
            case.mkdir()
            for file, content in files.items():
                (case / file).write_text(content, encoding="utf-8")
            faults = run([case], cosp, root, None, False)
            if bool(faults) != is_fault:
                wrong.append(f"{title}: {faults or 'taken'}")
        case = root / "wrong stdout"
        if run([case], cosp, root, None, True) or run([case], cosp, root, None, False):
            wrong.append("an updated case does not pass")
        if not run([root / "status only"], cosp, root, None, True):
            wrong.append("--update made a case of a status only")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cosp", type=Path, help="the built program")
    parser.add_argument("--source", type=Path, help="the source root")
    parser.add_argument("--cache", type=Path, help="where compiled forms are kept between runs")
    parser.add_argument("--update", action="store_true", help="write what is expected anew")
    parser.add_argument("--self-test", action="store_true", help="test this script")
    parser.add_argument("cases", nargs="*", type=Path, metavar="CASE")
    arguments = parser.parse_args()
    if arguments.self_test:
        faults = self_test()
    elif not (arguments.cosp and arguments.source and arguments.cases):
        parser.error("--cosp, --source and a case are needed")
    else:
        cache = arguments.cache.resolve() if arguments.cache else None
        faults = run([case.resolve() for case in arguments.cases], arguments.cosp.resolve(),
                     arguments.source.resolve(), cache, arguments.update)
    print("\n".join(faults) if faults else "ok")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
