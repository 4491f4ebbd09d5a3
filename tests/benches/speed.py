#!/usr/bin/env python3
"""Measures `heard` beside a parse of the same bytes and beside what else finds phrases, all in one go.

usage: tests/benches/speed.py [--calls N] [--rounds N] [--only WORD]... [--write]

Whole processes, one after the other, round after round, after one round that only warms up; what is told is the median
of each row's ratio to the anchor of its own round, so that a machine that is busy for a while slows both. Installs the
peers (PyPI, crates.io) into target/tools and makes the calls in target/speed. With `--write` the table in
examples/speed.md is written anew. 20,000 calls want 2 GB of disk and half an hour.
"""
import argparse
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
HERE, TOOLS, PAGE = TOP / "tests" / "benches", TOP / "target" / "tools", TOP / "examples" / "speed.md"
RIPGREP = "15.1.0"
PEERS = ["duckdb", "polars", "hyperscan", "spacy"]
ANCHOR = "serde_json parse, two threads"


def run(*command, **how):
    return subprocess.run(list(map(str, command)), check=True, cwd=TOP, **how)


def parse():
    """Builds the anchor and says where it lies."""
    run("cargo", "build", "--release", "--quiet", "--locked", "--manifest-path", HERE / "parse" / "Cargo.toml", "--target-dir", TOOLS / "parse")
    return TOOLS / "parse" / "release" / "parse"


def ripgrep():
    """The program, built once; none where it cannot be."""
    program = TOOLS / "bin" / "rg"
    if not program.exists():
        try:
            run("cargo", "install", "--locked", "--quiet", "--root", TOOLS, "--target-dir", TOOLS / "build", f"ripgrep@{RIPGREP}")
        except subprocess.CalledProcessError:
            return None
    return program


def python():
    """An environment with the peers that PyPI has, and which of them are there."""
    environment = TOOLS / "peers"
    interpreter = environment / "bin" / "python"
    if not interpreter.exists():
        run(sys.executable, "-m", "venv", environment)
    there = []
    for peer in PEERS:
        # Each by itself: one that has no wheel for this machine costs itself.
        found = subprocess.run([interpreter, "-c", f"import importlib.metadata as m; print(m.version('{peer}'))"], capture_output=True, text=True)
        if found.returncode:
            subprocess.run([interpreter, "-m", "pip", "install", "--quiet", peer])
            found = subprocess.run([interpreter, "-c", f"import importlib.metadata as m; print(m.version('{peer}'))"], capture_output=True, text=True)
        if not found.returncode:
            there.append((peer, found.stdout.strip()))
    return interpreter, there


def corpus(count):
    folder = TOP / "target" / "speed" / str(count)
    if not (folder / "whole").exists():
        run(sys.executable, HERE / "corpus.py", "--calls", count, "--jsonl", folder / "calls.jsonl", "--text", folder / "text", "--analytics", folder / "analytics")
        (folder / "whole").touch()
    return folder


class Row:
    """A command that is measured: what it is, on what, on how many of the calls."""

    def __init__(self, what, on, share, *command):
        self.what, self.on, self.share = what, on, share
        self.command = [str(word) for word in command]
        self.seconds, self.ratios, self.memory = [], [], 0

    def measure(self):
        # No shell and no capture in between: what is written goes nowhere, as of every row.
        with tempfile.TemporaryFile() as errors:
            start = time.monotonic()
            child = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=errors, cwd=TOP)
            _, status, used = os.wait4(child.pid, 0)
            seconds = time.monotonic() - start
            child.returncode = os.waitstatus_to_exitcode(status)
            if child.returncode:
                errors.seek(0)
                sys.exit(f"{' '.join(self.command)}\nended with {child.returncode}\n{errors.read().decode()[-2000:]}")
        self.memory = max(self.memory, used.ru_maxrss / 1024)
        return seconds / self.share


def rows(heard, count):
    folder = corpus(count)
    lines, text, analytics = (folder / name for name in ("calls.jsonl", "text", "analytics"))
    audit = [heard, "audit", "--no-config", "--no-progress", "--jobs", "2", "--format", "jsonl"]
    jsonl = [*audit, "--from", "jsonl", lines]
    ours = HERE / "patterns.toml"
    yield Row(ANCHOR, "JSON lines", 1, parse(), lines)
    yield Row("`heard`, pack `empathy` (the default)", "JSON lines", 1, *jsonl)
    yield Row("`heard`, pack `full`", "JSON lines", 1, *jsonl, "--rules", "full")
    yield Row("`heard`, pack `full`, `--detectors phrases`", "JSON lines", 1, *jsonl, "--rules", "full", "--detectors", "phrases")
    yield Row("`heard`, the 304 patterns of the peers", "JSON lines", 1, *jsonl, "--rules", ours)
    results = folder / "results.jsonl"
    with open(results, "wb") as to:
        subprocess.run([*map(str, jsonl), "--rules", "full"], stdout=to, check=True)
    yield Row("`heard`, pack `full`, `--resume` of results that hold it all", "JSON lines", 1, *jsonl, "--rules", "full", "--resume", results)
    yield Row("`heard`, the default", f"{count:,} text files", 1, *audit, text)
    yield Row("`heard`, the default", f"{count:,} Call Analytics files", 1, *audit, analytics)
    program = ripgrep()
    if program:
        search = [program, "--json", "--no-unicode", "--ignore-case", "--no-config", "-j2", "-f", folder / "expressions.txt"]
        patterns = (HERE / "patterns.txt").read_text(encoding="utf-8").splitlines()
        (folder / "expressions.txt").write_text("".join(line.split("\t")[1] + "\n" for line in patterns), encoding="utf-8")
        yield Row(f"ripgrep {RIPGREP} `--json --no-unicode`, 304 patterns", "JSON lines", 1, *search, lines)
        yield Row(f"ripgrep {RIPGREP} `--json --no-unicode`, 304 patterns", f"{count:,} text files", 1, *search, text)
    interpreter, there = python()
    named = {
        "duckdb": ("DuckDB {}, 8 expressions, true or false", 1),
        "polars": ("Polars {}, 8 expressions, true or false", 1),
        "hyperscan": ("hyperscan {} from Python, 304 patterns", 1),
        "spacy": ("spaCy {}, PhraseMatcher", 20),
    }
    for peer, version in there:
        name, part = named[peer]
        yield peer_row(interpreter, peer, name.format(version), part, lines, count)
    yield peer_row(interpreter, "re", f"a loop of Python {platform.python_version()}'s `re`, 304 patterns", 200, lines, count)


def peer_row(interpreter, which, name, part, lines, count):
    """A slow peer gets a part of the calls, and its time is told as if it had gone on so."""
    few = max(count // part, min(count, 50))
    return Row(name, "JSON lines" if few == count else f"{few:,} of the lines", few / count, interpreter, HERE / "peers.py", which, lines, few)


def measure(measured, rounds):
    for k in range(rounds + 1):
        seconds = [row.measure() for row in measured]
        if k == 0:
            continue
        for row, taken in zip(measured, seconds):
            row.seconds.append(taken)
            row.ratios.append(taken / seconds[0])
        print(f"round {k} of {rounds}", file=sys.stderr)


def machine():
    model = "unknown processor"
    cpuinfo = pathlib.Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line.split(":")[1].strip() for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        model = names[0] if names else model
    rust = subprocess.run(["rustc", "--version"], stdout=subprocess.PIPE, text=True).stdout.split(" (")[0]
    return f"{model}, {os.cpu_count()} cores, {platform.system()}, {rust}"


def number(ratio):
    return f"{ratio:,.0f}" if ratio >= 20 else f"{ratio:.1f}" if ratio >= 2 else f"{ratio:.2f}"


def table(measured, count, size, rounds):
    by = {(row.what, row.on): statistics.median(row.ratios) for row in measured}
    default = next(ratio for (what, on), ratio in by.items() if "default" in what and on == "JSON lines")
    lines = [f"{count:,} made-up calls of 90 turns, {size / 1e6:,.0f} MB of JSON lines; {rounds} rounds on {machine()}.", ""]
    lines += ["| what | on | times as long as the parse | lowest and highest | times as long as `heard`'s default | most memory, MiB |"]
    lines += ["| --- | --- | --- | --- | --- | --- |"]
    for row in measured:
        ratio = by[(row.what, row.on)]
        spread = f"{number(min(row.ratios))} to {number(max(row.ratios))}" if row.what != ANCHOR else "–"
        lines.append(f"| {row.what} | {row.on} | {number(ratio)} | {spread} | {number(ratio / default)} | {row.memory:,.0f} |")
    return "\n".join(lines) + "\n"


def write(page, name, text):
    """Replaces a measured part of a page."""
    begin, end = f"<!-- measured: {name} -->\n", "<!-- end measured -->"
    old = page.read_text(encoding="utf-8")
    head, _, rest = old.partition(begin)
    _, _, tail = rest.partition(end)
    assert tail, f"{page} has no part that begins with {begin}"
    page.write_text(f"{head}{begin}\n{text}\n{end}{tail}", encoding="utf-8")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--calls", type=int, default=20_000)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--only", action="append", default=[], help="rows that hold this word; repeatable")
    options.add_argument("--heard", default=TOP / "target" / "release" / "heard")
    options.add_argument("--write", action="store_true")
    typed = options.parse_args()
    measured = [row for row in rows(typed.heard, typed.calls) if row.what == ANCHOR or not typed.only or any(word in row.what for word in typed.only)]
    measure(measured, typed.rounds)
    size = (corpus(typed.calls) / "calls.jsonl").stat().st_size
    if typed.only:
        for row in measured:
            print(f"{number(statistics.median(row.ratios)):>8} {row.what} ({row.on})")
        return
    text = table(measured, typed.calls, size, typed.rounds)
    print(text)
    if typed.write:
        write(PAGE, "speed", text)


if __name__ == "__main__":
    main()
