#!/usr/bin/env python3
"""Compiles the samples and has every number of the workbook counted again, independently.

Usage: recompute_samples.py COSP SOURCE
"""
import os
import pathlib
import subprocess
import sys
import tempfile

import yaml


def main():
    cosp, source = sys.argv[1], pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "out"
        environment = {**os.environ, "COSP_DATA": str(source), "XDG_CACHE_HOME": folder}
        subprocess.run([cosp, "compile", "samples", "--output", str(out)], cwd=source, env=environment, check=False,
                       stdout=subprocess.DEVNULL)
        form = yaml.safe_load((source / "samples" / "cycle.yaml").read_text(encoding="utf-8"))["forms"][0]
        return subprocess.run([sys.executable, "-B", str(source / "tests" / "generator" / "recompute.py"), str(out),
                               str(source / "samples"), str(source / "forms" / form["id"] / form["version"]), str(source / "data" / "rosters")], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
