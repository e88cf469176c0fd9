"""A running `cosp serve` on loopback, and requests to it. Standard library only."""

import http.client
import json
import os
import signal
import subprocess
import time
from pathlib import Path

CYCLE = "night-skies-third-round"


class ServerProcess:
    """One store in a folder; the process can be killed and started again."""

    def __init__(self, cosp, source, folder):
        self.cosp = cosp
        self.source = Path(source)  # the working folder: a program built elsewhere finds its data there
        self.support = self.source / "tests" / "support"
        self.cycle = self.support / "cycles" / (CYCLE + ".yaml")
        self.store = Path(folder) / "store.sqlite"
        self.environment = {**os.environ, "XDG_CACHE_HOME": str(Path(folder) / "cache")}
        self.environment.pop("COSP_DATA", None)
        self.process = None
        self.port = None

    def command(self, *arguments):
        return [self.cosp, "--data", str(self.support), *map(str, arguments)]

    def run(self, *arguments):
        return subprocess.run(self.command(*arguments), env=self.environment, cwd=self.source,
                              capture_output=True, text=True, timeout=60)

    def token(self, state):
        made = self.run("token", "create", "--store", self.store, "--state", state)
        assert made.returncode == 0, made.stderr
        return made.stdout.strip()

    def start(self):
        self.process = subprocess.Popen(
            self.command("serve", "--store", self.store, "--cycle", self.cycle, "--listen", "127.0.0.1:0"),
            env=self.environment, cwd=self.source, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert "http://127.0.0.1:" in line, f"did not start: {line!r}"
        self.port = int(line.split("http://127.0.0.1:")[1].split("/")[0])

    def kill(self):
        self.process.kill()
        self.process.wait(timeout=20)
        self.process.stdout.close()

    def stop(self):
        """Ends it as an operator would; returns its exit code."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=20)
        self.process.stdout.close()
        return code

    def request(self, method, path, token=None, body=None, headers=None):
        """(status, headers, body). Raises OSError or HTTPException when the server goes away."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            sent = dict(headers or {})
            if token:
                sent["Authorization"] = "Bearer " + token
            if body is not None:
                sent["Content-Type"] = "application/json"
            connection.request(method, path, body=body, headers=sent)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def upload(self, token, body, headers=None):
        return self.request("POST", f"/api/v1/cycles/{CYCLE}/submissions", token, body, headers)

    def sample(self, state):
        return json.loads((self.support / "submissions" / "night-skies-report" / f"{state}.json").read_text("utf-8"))


def wait_until(condition, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return False
