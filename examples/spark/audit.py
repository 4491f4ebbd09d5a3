"""Audits calls on a Spark cluster with the program `heard`.

    spark-submit --files /usr/local/bin/heard examples/spark/audit.py --lines 's3a://bucket/calls/*.jsonl.gz' \
        --files 's3a://bucket/vendor-files/' --rules full --to s3a://bucket/heard/

`--lines` are call JSON lines (what `heard convert` writes), `--files` whole files of any vendor. Written below `--to`:

    lines/    what heard said, one JSON line a call, for `heard summary` and for `--resume`
    results/  a row a call and rule, as Parquet, partitioned by date and agent
    errors/   a JSON line for each record that could not be read: schema, record, source, error

Whatever the partitions, each call gets the same line as in a run on one machine; only `record`, its place in its
stream, differs. A task that dies is run again by Spark; nothing is lost or doubled.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from pyspark.sql import SparkSession, functions as f

RESULT = """call string, source string, agent string, customer string, queue string, started string, score double, band string,
passed boolean, hardship boolean, results array<struct<rule: string, severity: string, verdict: string, near: boolean,
reason: string, why: string, evidence: array<struct<turn: int, start_s: double, quote: string>>>>"""


# Where `--files` of spark-submit puts the program: into the working folder of each executor.
HEARD = os.environ.get("HEARD", "./heard")


def audit_files(rules):
    """For a partition of (path, bytes): the lines that heard writes of these files, under their own paths."""

    def partition(files):
        with tempfile.TemporaryDirectory() as folder:
            # Each file lies in a folder of its own, so that its name, which may hold the call's id, stays as it is.
            paths = {}
            for k, (path, content) in enumerate(files):
                at = pathlib.Path(folder) / str(k) / pathlib.PurePosixPath(path).name
                at.parent.mkdir()
                at.write_bytes(content)
                paths[str(at)] = path
            if not paths:
                return
            command = [HEARD, "audit", "--no-config", "--rules", rules, "--format", "jsonl", "--lenient", "--jobs", "1"]
            run = subprocess.run([*command, *paths], stdout=subprocess.PIPE, check=True)
            for line in run.stdout.decode().splitlines():
                record = json.loads(line)
                record["source"] = paths[record["source"]]
                yield json.dumps(record, ensure_ascii=False, separators=(",", ":"))

    return partition


def main():
    options = argparse.ArgumentParser(description="Audits calls on a Spark cluster.")
    options.add_argument("--lines", help="call JSON lines: a path or a pattern")
    options.add_argument("--files", help="whole files of any vendor: a folder or a pattern")
    options.add_argument("--rules", default="empathy")
    options.add_argument("--partitions", type=int, help="how many tasks read the lines, at least")
    options.add_argument("--to", required=True)
    typed = options.parse_args()
    if not (typed.lines or typed.files):
        options.error("nothing to read: --lines or --files")

    spark = SparkSession.builder.appName("heard").getOrCreate()
    context = spark.sparkContext
    said = []
    if typed.lines:
        calls = context.textFile(typed.lines, typed.partitions)
        # No flag needs a space or a quote: `pipe` splits at white space.
        said.append(
            calls.pipe(
                f"{HEARD} audit --no-config --rules {typed.rules} --from jsonl --format jsonl --lenient --jobs 1 -",
                checkCode=True,
            )
        )
    if typed.files:
        said.append(context.binaryFiles(typed.files).mapPartitions(audit_files(typed.rules)))
    # Written first and read from there: nothing is audited twice, and what is analysed is what is kept.
    context.union(said).saveAsTextFile(f"{typed.to}/lines")

    lines = spark.read.text(f"{typed.to}/lines")
    unreadable = f.get_json_object("value", "$.error").isNotNull()
    lines.where(unreadable).write.text(f"{typed.to}/errors")
    call = lines.where(~unreadable).select(f.from_json("value", RESULT).alias("call")).select("call.*")
    rows = call.select(
        f.coalesce(f.to_date(f.substring("started", 1, 10)).cast("string"), f.lit("unknown")).alias("date"),
        f.coalesce("agent", f.lit("unknown")).alias("agent"),
        "call", "source", "customer", "queue", "started", "score", "band", "passed", "hardship",
        f.explode("results").alias("result"),
    ).select("*", "result.*").drop("result")
    rows.write.partitionBy("date", "agent").parquet(f"{typed.to}/results")
    print(f"{call.count()} calls, {lines.where(unreadable).count()} records that could not be read", file=sys.stderr)
    spark.stop()


if __name__ == "__main__":
    main()
