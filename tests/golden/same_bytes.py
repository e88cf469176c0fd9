#!/usr/bin/env python3
"""Same input, same bytes: compile in two folders, time zones and locales, and compare every file.

Usage: same_bytes.py COSP SOURCE
"""
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile


def compiled(cosp, source, folder, environment):
    """Copies the samples below `folder`, compiles them there, and returns name -> digest."""
    samples = folder / "in"
    shutil.copytree(source / "samples", samples)
    variables = {**os.environ, "COSP_DATA": str(source), "XDG_CACHE_HOME": str(folder / "cache"), **environment}
    subprocess.run([cosp, "compile", "in", "--output", "out"], cwd=folder, env=variables, check=False,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    out = folder / "out"
    return {str(p.relative_to(out)): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(out.rglob("*")) if p.is_file()}


def main():
    cosp, source = sys.argv[1], pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory(prefix="another folder ") as second:
        here = compiled(cosp, source, pathlib.Path(first), {"TZ": "UTC", "LC_ALL": "C"})
        there = compiled(cosp, source, pathlib.Path(second), {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "LANG": "ar_EG.UTF-8"})
    differing = sorted(name for name in here.keys() | there.keys() if here.get(name) != there.get(name))
    for name in differing:
        print(f"differs: {name}")
    print(f"{len(here)} files, {len(differing)} differing")
    return 1 if differing or len(here) < 20 else 0


if __name__ == "__main__":
    sys.exit(main())
