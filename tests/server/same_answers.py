"""The server says of a file what `cosp validate` says of it, finding for finding, as JSON and as text."""

import argparse
import json
import tempfile
import unittest
from pathlib import Path

from server_process import ServerProcess

LANGUAGES = ["en", "ar"]


def with_answer(submission, question, value):
    submission["answers"][question] = {"value": value}
    return submission


def variants(server):
    """Name, bytes, and the status with which the server must answer."""
    faulty = with_answer(server.sample("QMA"), "skyglow.lamps", "minus ten")
    faulty["answers"]["skyglow.lanterns"] = {"value": "7"}  # no such question
    blocked = server.sample("QMA")
    blocked["cycle"] = "another-round"
    draft = server.sample("QMA")
    draft["stage"] = "draft"
    del draft["answers"]["cover.desk"]
    whole = json.dumps(server.sample("QMA"), ensure_ascii=False, indent=1).encode()
    return [
        ("faultless", whole, 201),
        ("faulty", json.dumps(faulty, indent=2).encode(), 201),
        ("draft", json.dumps(draft).encode(), 201),
        ("byte-order-mark", b"\xef\xbb\xbf" + whole, (200, 201)),
        ("blocked", json.dumps(blocked, indent=4).encode(), 422),
        ("cut", whole[: len(whole) // 2], 400),
        ("noise", bytes(range(256)), 400),
        ("deep", b"[" * 200_000, 400),
        ("twice", whole.replace(b'"stage"', b'"cycle": "x", "stage"', 1), 400),
        ("goes-on", whole + b"{}", 400),
    ]


class SameAnswers(unittest.TestCase):
    cosp = source = None

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="cosp-same-")
        self.addCleanup(self.folder.cleanup)
        self.server = ServerProcess(self.cosp, self.source, self.folder.name)
        self.token = self.server.token("QMA")
        self.server.start()
        self.addCleanup(self.server.kill)

    def validate(self, file, form, language):
        """Output of the command line; exit codes are another test's."""
        done = self.server.run("validate", file, "--cycle", self.server.cycle, "--format", form, "--lang", language)
        self.assertIn(done.returncode, (0, 1, 3), done.stderr)
        return done.stdout

    def each(self):
        for name, body, status in variants(self.server):
            file = Path(self.folder.name) / (name + ".json")
            file.write_bytes(body)
            for language in LANGUAGES:
                with self.subTest(name=name, language=language):
                    yield file, body, status if isinstance(status, tuple) else (status, 200), language

    def test_json(self):
        for file, body, statuses, language in self.each():
            expected = json.loads(self.validate(file, "json", language))
            status, _, answer = self.server.upload(self.token, body, {"Accept-Language": language})
            self.assertIn(status, statuses)
            report = json.loads(answer)["report"]
            self.assertEqual(len(expected["files"]), 1)
            self.assertEqual(expected["files"][0].pop("file"), str(file))
            self.assertEqual(report["files"][0].pop("file"), "")
            self.assertEqual(report, expected)

    def test_text(self):
        for file, body, statuses, language in self.each():
            expected = self.validate(file, "text", language)
            self.assertIn(str(file), expected)
            status, _, answer = self.server.upload(self.token, body,
                                                   {"Accept": "text/plain", "Accept-Language": language})
            self.assertIn(status, statuses)
            text = answer.decode()
            if status >= 400:  # title and detail of the problem come first
                text = text.split("\n", 2)[2]
            self.assertEqual(text, expected.replace(str(file), ""))

    def test_findings_of_a_revision(self):
        for file, body, statuses, language in self.each():
            status, headers, answer = self.server.upload(self.token, body, {"Accept-Language": language})
            if status != 201:
                continue
            _, _, again = self.server.request("GET", headers["Location"] + "/findings", self.token,
                                              headers={"Accept-Language": language})
            self.assertEqual(json.loads(again), json.loads(answer)["report"])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cosp", required=True)
    parser.add_argument("--source", required=True)
    options, rest = parser.parse_known_args()
    SameAnswers.cosp, SameAnswers.source = options.cosp, options.source
    unittest.main(argv=["same_answers.py", *rest], verbosity=2)


if __name__ == "__main__":
    main()
