"""Every acknowledged revision outlives `kill -9`.

Several States upload corrections without a pause while the server is killed again and again. Whatever was answered with
201 must be there afterwards, whole: the bytes of the revision have the digest that was acknowledged.
"""

import argparse
import hashlib
import http.client
import json
import random
import tempfile
import threading
import time

from server_process import CYCLE, ServerProcess, wait_until

STATES = ["QMA", "QMA", "QNB", "QPC"]  # two of them race for the numbers of one State
KILLS = 20
# Above the first, a kill has surely met uploads under way; the time is bounded by the second.
ACKNOWLEDGED_BETWEEN_KILLS = 3
SECONDS_BETWEEN_KILLS = 5.0


class Uploader(threading.Thread):
    """Sends one correction after the other, and notes what was acknowledged and what broke off."""

    def __init__(self, server, number, state, token):
        super().__init__(daemon=True)
        self.server, self.number, self.state, self.token = server, number, state, token
        self.acknowledged = []  # (revision, digest, mark in the answers)
        self.broken = 0
        self.wrong = []
        self.ended = threading.Event()

    def run(self):
        submission = self.server.sample(self.state)
        count = 0
        while not self.ended.is_set():
            count += 1
            mark = f"correction {count} of uploader {self.number}"
            submission["answers"]["cover.desk"] = {"value": {"en": mark}, "original": "en"}
            try:
                status, _, body = self.server.upload(self.token, json.dumps(submission).encode())
                receipt = json.loads(body)["receipt"] if status in (200, 201) else None
            except (OSError, http.client.HTTPException, ValueError):
                self.broken += 1
                time.sleep(0.02)
                continue
            if status == 201:
                self.acknowledged.append((receipt["revision"], receipt["digest"], mark))
            else:
                self.wrong.append((status, body[:300]))
                return


def check_one(server, uploader, revision, digest, mark):
    status, headers, body = server.request("GET", f"/api/v1/cycles/{CYCLE}/submissions/{uploader.state}/{revision}",
                                           uploader.token)
    assert status == 200, f"{uploader.state}/{revision} was acknowledged and is gone: {status}"
    assert hashlib.sha256(body).hexdigest() == digest, f"{uploader.state}/{revision} is not what was acknowledged"
    assert mark.encode() in body
    assert headers["ETag"] == f'"{digest}"'


def kill_again_and_again(server, uploaders):
    chance = random.Random(20)
    for _ in range(KILLS):
        before = sum(len(one.acknowledged) for one in uploaders)
        wait_until(lambda: sum(len(one.acknowledged) for one in uploaders) >= before + ACKNOWLEDGED_BETWEEN_KILLS,
                   SECONDS_BETWEEN_KILLS)
        time.sleep(chance.uniform(0, 0.15))
        server.kill()
        server.start()
        for one in uploaders:
            if one.acknowledged:
                check_one(server, one, *one.acknowledged[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cosp", required=True)
    parser.add_argument("--source", required=True)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cosp-durability-") as folder:
        server = ServerProcess(options.cosp, options.source, folder)
        uploaders = [Uploader(server, number, state, server.token(state)) for number, state in enumerate(STATES)]
        server.start()
        try:
            for one in uploaders:
                one.start()
            kill_again_and_again(server, uploaders)
        finally:
            for one in uploaders:
                one.ended.set()
            for one in uploaders:
                one.join(timeout=30)
            server.kill()
        named = [(one.state, revision) for one in uploaders for revision, _, _ in one.acknowledged]
        assert len(named) == len(set(named)), "a revision was acknowledged twice"
        server.start()
        try:
            for one in uploaders:
                assert not one.wrong, one.wrong
                for acknowledged in one.acknowledged:
                    check_one(server, one, *acknowledged)
        finally:
            assert server.stop() == 0
    total = sum(len(one.acknowledged) for one in uploaders)
    broken = sum(one.broken for one in uploaders)
    assert total >= KILLS, f"only {total} uploads were acknowledged: nothing is shown"
    assert broken >= KILLS / 2, f"only {broken} uploads met a kill: nothing is shown"
    print(f"{KILLS} kills, {broken} uploads broken off, {total} acknowledged: all there, whole")


if __name__ == "__main__":
    main()
