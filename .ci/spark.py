#!/usr/bin/env python3
"""Runs `examples/spark/audit.py` on a small cluster of two workers and compares its bytes with a run on one machine.

usage: spark.py HEARD

Needs Java and the packages `pyspark` and `duckdb`. One worker is killed in the middle of the run: nothing may be lost.
"""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HEARD = pathlib.Path(sys.argv[1]).resolve()
EXAMPLES = pathlib.Path(__file__).resolve().parent.parent / "examples"
CALLS = 20_000


def heard(*arguments, **how):
    return subprocess.run([HEARD, *map(str, arguments)], stdout=subprocess.PIPE, check=True, **how).stdout.decode()


def corpus(to):
    """The calls of the examples over and over, each with an id, an agent and a day of its own, and two lines that are
    no calls."""
    calls = [json.loads(line) for line in heard("convert", "--no-config", "--lenient", EXAMPLES / "calls").splitlines()]
    with open(to, "w", encoding="utf-8") as lines:
        for k in range(CALLS):
            call = calls[k % len(calls)]
            made = {**call, "call": f"c-{k}", "agent": f"Agent {k % 7}", "started": f"2026-03-{k % 5 + 1:02}T09:00:00Z"}
            lines.write(json.dumps(made, ensure_ascii=False) + "\n")
            if k in (CALLS // 3, CALLS // 2):
                lines.write('{"call":"broken","turns":[{"spea\n')


def without_record(line):
    """A line as it is on any machine: its place in its stream apart."""
    found = json.loads(line)
    del found["record"]
    return json.dumps(found, ensure_ascii=False)


def submit(folder, *arguments, kill=False):
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    command = [pathlib.Path(sys.executable).with_name("spark-submit")]
    command += ["--master", "local-cluster[2,1,1024]", "--files", folder / "heard", "--conf", "spark.ui.enabled=false"]
    command += [EXAMPLES / "spark" / "audit.py", *arguments]
    with open(folder / "log", "a", encoding="utf-8") as log:
        run = subprocess.Popen(list(map(str, command)), stdout=log, stderr=log, cwd=folder, env=environment)
        if kill:
            killed = kill_an_executor(run)
        if run.wait():
            sys.exit(f"spark-submit ended with {run.returncode}\n" + "".join(line for line in (folder / "log").open() if " ERROR " in line)[-4000:])
    if kill and not killed:
        sys.exit("no executor was seen at work, so none was killed\n" + (folder / "log").read_text()[-4000:])


def kill_an_executor(run):
    """Kills the first executor at work: one whose `heard` has begun. Its number."""
    while run.poll() is None:
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                words = (process / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if words[0] == b"./heard":
                executor = above(int(process.name), b"CoarseGrainedExecutorBackend")
                if executor:
                    os.kill(executor, signal.SIGKILL)
                    return executor
        time.sleep(0.05)
    return None


def above(process, name):
    """The process above this one whose command line holds a name."""
    while process > 1:
        try:
            if name in pathlib.Path(f"/proc/{process}/cmdline").read_bytes():
                return process
            status = pathlib.Path(f"/proc/{process}/stat").read_text()
        except OSError:
            return None
        process = int(status.rpartition(")")[2].split()[1])
    return None


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        shutil.copy(HEARD, folder / "heard")
        corpus(folder / "calls.jsonl")
        start = time.monotonic()
        submit(folder, "--lines", folder / "calls.jsonl", "--partitions", 8, "--to", folder / "out", kill=True)
        print(f"spark: {CALLS} calls on two workers, one of them killed at work, in {time.monotonic() - start:.0f} s")

        with open(folder / "calls.jsonl", "rb") as calls:
            here = heard("audit", "--no-config", "--from", "jsonl", "--format", "jsonl", "--lenient", "-", stdin=calls)
        parts = sorted((folder / "out" / "lines").glob("part-*"))
        there = "".join(part.read_text(encoding="utf-8") for part in parts)
        here, there = ([without_record(line) for line in lines.splitlines()] for lines in (here, there))
        assert len(here) == CALLS + 2, len(here)
        assert here == there, "the cluster says something else than one machine"
        errors = "".join(part.read_text() for part in (folder / "out" / "errors").glob("part-*")).splitlines()
        assert len(errors) == 2, errors
        print(f"spark: the same {len(here)} lines as on one machine, {len(errors)} of them errors kept apart")

        submit(folder, "--files", EXAMPLES / "calls", "--to", folder / "vendors")
        local = heard("audit", "--no-config", "--format", "jsonl", "--lenient", EXAMPLES / "calls")
        local = {without_source(line) for line in local.splitlines()}
        found = "".join(part.read_text(encoding="utf-8") for part in (folder / "vendors" / "lines").glob("part-*"))
        assert {without_source(line) for line in found.splitlines()} >= local, "a file of a vendor is read differently"
        print(f"spark: the same {len(local)} calls from files of vendors")

        summary = heard("summary", "--format", "json", *parts)
        assert json.loads(summary)["rollup"]["calls"] == CALLS, summary[:300]
        print("summary: the shards of the cluster add up")
        queries(folder / "out" / "results")


def without_source(line):
    found = json.loads(line)
    del found["source"], found["record"]
    return json.dumps(found, ensure_ascii=False)


def queries(results):
    """The queries of `examples/spark/questions.sql`, on what the cluster wrote."""
    import duckdb

    asked = (EXAMPLES / "spark" / "questions.sql").read_text().replace("heard/results", str(results))
    for query in filter(str.strip, asked.split(";")):
        rows = duckdb.sql(query).fetchall()
        assert rows, query
    print("duckdb: three questions answered")


main()
