#!/usr/bin/env python3
"""The tour in README.md shows what the program really says.

Each block that begins with `$ cosp …` is run in the source root; what follows must be its output, line by line, where a line
of `…` stands for any lines.

Usage: readme_tour.py COSP SOURCE
"""
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"```\n(\$ cosp [^\n]*)\n(.*?)```", re.DOTALL)


def output_of(command, cosp, source, out):
    words = command[2:].replace("cosp ", shlex.quote(cosp) + " ", 1)
    words = words.replace("build/documents", shlex.quote(str(out))) + " 2>&1"
    environment = {**os.environ, "COSP_DATA": str(source), "XDG_CACHE_HOME": str(out.parent)}
    result = subprocess.run(words, shell=True, cwd=source, env=environment, capture_output=True, text=True, check=False)
    return [line.rstrip() for line in result.stdout.replace(str(out), "build/documents").rstrip("\n").split("\n")]


def agrees(shown, real):
    """Whether the shown lines are the real ones, `…` standing for any number of them."""
    if not shown:
        return not real
    if shown[0].strip() == "…":
        return any(agrees(shown[1:], real[skip:]) for skip in range(len(real) + 1))
    return bool(real) and shown[0] == real[0] and agrees(shown[1:], real[1:])


def main():
    cosp, source = sys.argv[1], pathlib.Path(sys.argv[2])
    blocks = BLOCK.findall((source / "README.md").read_text(encoding="utf-8"))
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        for command, body in blocks:
            real = output_of(command, cosp, source, pathlib.Path(folder) / "documents")
            shown = [line.rstrip() for line in body.rstrip("\n").split("\n")]
            if not agrees(shown, real):
                faults += 1
                print(f"README.md: not what it says now: {command}", *real, sep="\n    ")
    print(f"{len(blocks)} commands, {faults} differing")
    return 1 if faults or len(blocks) < 4 else 0


if __name__ == "__main__":
    sys.exit(main())
