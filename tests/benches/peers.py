"""What others do with the calls that `heard` is measured on: each finds the patterns of patterns.txt in what agents say.

usage: peers.py WHICH CALLS.jsonl MOST

`duckdb` and `polars` say for eight kinds of patterns whether one is there, `re` and `hyperscan` find all of them, `spacy`
finds the phrases that the patterns spell out. None of them judges, quotes or keeps an order.
"""
import itertools
import json
import pathlib
import re
import re._parser as parser
import sys

HERE = pathlib.Path(__file__).resolve().parent
PATTERNS = [line.split("\t") for line in (HERE / "patterns.txt").read_text(encoding="utf-8").splitlines()]
KINDS = sorted({kind for kind, _ in PATTERNS})


def of_kind(kind):
    return "|".join(f"(?:{pattern})" for of, pattern in PATTERNS if of == kind)


def calls(path, most):
    with open(path, encoding="utf-8") as lines:
        for line in itertools.islice(lines, most):
            call = json.loads(line)
            yield call["call"], [turn["text"] for turn in call["turns"] if turn["speaker"] == "agent"]


def with_re(path, most):
    patterns = [(kind, re.compile(pattern, re.I)) for kind, pattern in PATTERNS]
    for call, turns in calls(path, most):
        counts = dict.fromkeys(KINDS, 0)
        for text in turns:
            for kind, pattern in patterns:
                counts[kind] += sum(1 for _ in pattern.finditer(text))
        yield call, sum(counts.values())


def with_hyperscan(path, most):
    import hyperscan

    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    count = len(PATTERNS)
    flags = [hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_SOM_LEFTMOST] * count
    database.compile([pattern.encode() for _, pattern in PATTERNS], ids=list(range(count)), elements=count, flags=flags)
    for call, turns in calls(path, most):
        found = []
        database.scan("\n".join(turns).encode(), match_event_handler=lambda *event: found.append(event))
        yield call, len(found)


def spelled_out(pattern, most=60):
    """The texts that a pattern matches, as far as it spells them out; at most so many."""

    def of(tree):
        texts = [""]
        for kind, value in tree:
            kind = str(kind)
            if kind == "LITERAL":
                more = [chr(value)]
            elif kind == "IN":
                more = [chr(value) if str(what) == "LITERAL" else chr(value[0]) for what, value in value][:2]
            elif kind == "SUBPATTERN":
                more = of(value[3])
            elif kind == "BRANCH":
                more = [text for branch in value[1] for text in of(branch)]
            elif kind == "MAX_REPEAT":
                more = ([""] if value[0] == 0 else []) + of(value[2])
            else:
                more = [""]
            texts = [text + tail for text in texts for tail in more][: most * 4]
        return texts

    return sorted({text.strip() for text in of(parser.parse(pattern.replace("(?:'|’)?", "'")))})[:most]


def with_spacy(path, most):
    import spacy
    from spacy.matcher import PhraseMatcher

    language = spacy.blank("en")
    language.add_pipe("sentencizer")
    matcher = PhraseMatcher(language.vocab, attr="LOWER")
    for k, (kind, pattern) in enumerate(PATTERNS):
        matcher.add(f"{kind}-{k}", list(language.tokenizer.pipe(spelled_out(pattern))))
    texts, ids = [], []
    for call, turns in calls(path, most):
        ids.append(call)
        texts.append(" ".join(turns))
    for call, document in zip(ids, language.pipe(texts, batch_size=50)):
        yield call, len(matcher(document))


def with_duckdb(path, most):
    import duckdb

    quoted = lambda text: text.replace("'", "''")
    columns = ", ".join(f"bool_or(regexp_matches(text, '{quoted(of_kind(kind))}', 'i'))::int as {kind}" for kind in KINDS)
    turns = "struct(speaker varchar, start_s double, end_s double, \"text\" varchar)[]"
    lines = f"read_json('{quoted(path)}', format = 'newline_delimited', columns = {{call: 'varchar', turns: '{turns}'}})"
    said = f"select call, turn.text as text from (select call, unnest(turns) as turn from (from {lines} limit {most})) where turn.speaker = 'agent'"
    rows = duckdb.sql(f"select call, {' + '.join(KINDS)} from (select call, {columns} from ({said}) group by call)")
    return rows.fetchall()


def with_polars(path, most):
    import polars

    turn, text = polars.col("turns").struct, polars.col("text")
    said = polars.scan_ndjson(path).head(most).select("call", "turns").explode("turns")
    said = said.with_columns(turn.field("speaker"), turn.field("text")).filter(polars.col("speaker") == "agent")
    found = said.select("call", *[text.str.contains(f"(?i){of_kind(kind)}").alias(kind) for kind in KINDS])
    return found.group_by("call").agg(polars.all().any()).select("call", polars.sum_horizontal(KINDS)).collect().rows()


WAYS = {"re": with_re, "hyperscan": with_hyperscan, "spacy": with_spacy, "duckdb": with_duckdb, "polars": with_polars}

if __name__ == "__main__":
    which, path, most = sys.argv[1:]
    rows = list(WAYS[which](path, int(most)))
    print(len(rows), "calls,", sum(found for _, found in rows), "found")
