#!/usr/bin/env python3
"""Checks that need material lying beside the repository: samples of vendors, labelled sentences, a corpus, an anchor.

usage: beside.py HEARD SHARED

What is a promise is asserted, what depends on the machine is only told. Says what it did not check, and why.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time

HEARD, SHARED = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
LIMIT_MIB = 64
STREAM_BYTES = 200 << 20
CALL = "0:00 Agent: Thank you for calling, this is Jo.\n0:04 Customer: My parcel is lost.\n0:08 Agent: I'm so sorry.\n"


def missing(path, what):
    if path.exists():
        return False
    print(f"{path} is not there: {what} not checked")
    return True


def run(args, stdin=subprocess.DEVNULL, feed=None):
    """Exit code, seconds by the clock, seconds of CPU, the most memory in MiB, what was said on standard error."""
    with tempfile.TemporaryFile() as errors:
        start = time.monotonic()
        child = subprocess.Popen(args, stdin=subprocess.PIPE if feed else stdin, stdout=subprocess.DEVNULL, stderr=errors)
        if feed:
            thread = threading.Thread(target=feed, args=(child.stdin,))
            thread.start()
        _, status, used = os.wait4(child.pid, 0)
        if feed:
            thread.join()
        child.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        said = errors.read().decode(errors="replace")
    cpu = used.ru_utime + used.ru_stime
    return child.returncode, time.monotonic() - start, cpu, used.ru_maxrss / 1024, said


def samples():
    folder = SHARED / "formats" / "samples"
    if missing(folder, "the samples of vendors"):
        return
    whole, refused = 0, []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        code, _, _, _, said = run([HEARD, "convert", "--no-config", path])
        if code == 0:
            whole += 1
        elif code == 3 and "a mistake in heard" not in said:
            refused.append(said.strip().splitlines()[0])
        else:
            sys.exit(f"convert ended with {code} on {path}\n{said}")
    for line in refused:
        print(f"  {line}")
    print(f"samples: {whole} read whole, {len(refused)} with something unreadable, none crashed")


def agreement():
    script = SHARED / "gold" / "score.py"
    if missing(script, "agreement with labelled sentences"):
        return
    sys.stdout.flush()
    subprocess.run([sys.executable, script, SHARED / "gold" / "dev.jsonl", "--bin", HEARD], check=True)


def corpus(folder):
    script = SHARED / "perf" / "gen.py"
    if missing(script, "memory and speed on the corpus"):
        return None
    path = folder / "corpus.jsonl"
    subprocess.run([sys.executable, script, "--calls", "2000", "--jsonl", path], check=True, stdout=subprocess.DEVNULL)
    return path


def memory(path):
    block = path.read_bytes()
    sent = 0

    def feed(pipe):
        nonlocal sent
        with pipe:
            while sent < STREAM_BYTES:
                pipe.write(block)
                sent += len(block)

    args = [HEARD, "audit", "--no-config", "--from", "jsonl", "--format", "jsonl", "--jobs", "2", "-"]
    code, _, _, most, said = run(args, feed=feed)
    assert code == 0, said
    print(f"memory: {sent >> 20} MiB through a pipe with {most:.0f} MiB resident, {LIMIT_MIB} allowed")
    assert most < LIMIT_MIB, "memory is not flat"


def small_call(folder):
    path = folder / "call.txt"
    path.write_text(CALL)
    used = []
    for _ in range(20):
        code, _, cpu, _, said = run([HEARD, "audit", "--no-config", path])
        assert code == 0, said
        used.append(cpu * 1000)
    print(f"one small call: {sorted(used)[10]:.1f} ms of CPU (20 are wanted)")


def speed(path, folder):
    source = SHARED / "perf" / "parse_only"
    if missing(source, "speed against a parse"):
        return
    build = folder / "parse_only"
    shutil.copytree(source, build, ignore=shutil.ignore_patterns("target"))
    build.chmod(0o755)
    built = subprocess.run(
        ["cargo", "build", "--release", "--quiet", "--target-dir", "target"], cwd=build, stderr=subprocess.PIPE, text=True
    )
    binaries = [p for p in (build / "target" / "release").glob("*") if p.is_file() and os.access(p, os.X_OK)]
    if built.returncode or not binaries:
        print(f"speed: the anchor cannot be built here, not measured\n{built.stderr[-500:]}")
        return
    # As many calls as the figures of examples/speed.md are about: a start is a twentieth of the time of a few thousand.
    big = folder / "big.jsonl"
    big.write_bytes(path.read_bytes() * 10)
    audit = [HEARD, "audit", "--no-config", "--from", "jsonl", "--format", "jsonl", "--jobs", "2", big]
    parse = [binaries[0], big]
    rounds = [(run(audit)[1], run(parse)[1]) for _ in range(6)][1:]
    ours, anchor = (sorted(column)[2] for column in zip(*rounds))
    rate = 20_000 / ours
    print(f"speed: {anchor / ours:.2f} of a two-thread serde_json parse ({rate:,.0f} calls/s here; 0.25 are wanted)")


with tempfile.TemporaryDirectory() as name:
    scratch = pathlib.Path(name)
    samples()
    agreement()
    small_call(scratch)
    calls = corpus(scratch)
    if calls:
        memory(calls)
        speed(calls, scratch)
