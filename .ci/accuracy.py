#!/usr/bin/env python3
"""The tables of examples/accuracy.md: agreement with graders, measured with ../shared/gold.

usage: .ci/accuracy.py [--write] [HEARD]    without --write it fails if the page has other figures

The figures are those that the scorers beside the labels print; the script asks `heard` the same questions once more, so
that it can draw the lines again and again for the intervals, and fails if it counts anything else than they do.
"""
import ast, collections, csv, json, os, pathlib, random, subprocess, sys

TOP = pathlib.Path(__file__).resolve().parent.parent
GOLD = TOP.parent / "shared" / "gold"
PAGE = TOP / "examples" / "accuracy.md"
AGENT = ["empathy", "apology", "willingness", "offer", "reassurance", "acknowledgement", "logistics", "solution",
         "open-question", "courtesy"]
CARE = {"tweetsumm", "twitter_ibm", "abcd_sample", "star", "uss_multiwoz"}
SPEECH = {"own_calls", "sample_calls", "harpervalley"}
DOMAINS = ["care in writing", "speech", "clinics, counselling, small talk"]
DRAWS = 400
sys.path.insert(0, str(GOLD))


def domain(dataset):
    return DOMAINS[0 if dataset in CARE else 1 if dataset in SPEECH else 2]


def read(name):
    with open(GOLD / name, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def scorer(script, *args):
    run = subprocess.run([sys.executable, GOLD / script, *args, "--json"], check=True, capture_output=True, text=True)
    return json.loads(run.stdout)


def tags(heard, gold, who, how):
    """The tags of each labelled line, asked for as the scorers ask."""
    from score import rough
    rnd, other = random.Random(1), {"agent": "customer", "customer": "agent"}[who]
    usual = {"agent": "hello", "customer": "Hello, how can I help you?"}[who]
    calls = "\n".join(json.dumps({"call": str(k), "turns": [
        {"speaker": other, "text": g[f"{other}_before"] or usual},
        {"speaker": who, "text": rough(g["text"], how, rnd)}]}) for k, g in enumerate(gold))
    run = subprocess.run([heard, "inspect", "--from", "jsonl", "--format", "jsonl", "-"],
                         input=calls + "\n", check=True, capture_output=True, text=True)
    found = [set() for _ in gold]
    for line in filter(str.strip, run.stdout.split("\n")):
        sentence = json.loads(line)
        if sentence["speaker"] == who:
            found[int(sentence["call"])] |= set(sentence["tags"])
    return found


def counts(pairs):
    pairs = list(pairs)
    return (sum(f and t for f, t in pairs), sum(f and not t for f, t in pairs), sum(t and not f for f, t in pairs))


def f1(pairs):
    both, false, missed = counts(pairs)
    return 2 * both / max(2 * both + false + missed, 1)


def interval(groups, figure):
    """The middle 95 of 100 figures of lines drawn anew, whole calls at a time."""
    rnd, drawn = random.Random(1), []
    for _ in range(DRAWS):
        some = [pair for _ in groups for pair in groups[rnd.randrange(len(groups))]]
        drawn.append(figure(some))
    drawn.sort()
    return f"{drawn[DRAWS // 40]:.2f}–{drawn[-DRAWS // 40 - 1]:.2f}"


def by_call(gold, pairs):
    groups = collections.defaultdict(list)
    for g, pair in zip(gold, pairs):
        groups[g["id"].split("#")[0]].append(pair)
    return list(groups.values())


def table(head, rows):
    rows = [head, ["---"] + ["---:"] * (len(head) - 1)] + rows
    return "".join("| " + " | ".join(row) + " |\n" for row in rows)


def sets(heard, names, who, labels, script, names_of):
    """A table of sets: a row a set, for each domain n and F1 with its interval."""
    gold = [g for name in names for g in read(name)]
    found = tags(heard, gold, who, "clean")
    start = 0
    for name in names:
        said, own = scorer(script, GOLD / name, "--bin", heard), read(name)
        for label in labels:
            theirs = said.get(f"{label}/all") or said[label]
            ours = f1((bool(names_of(label) & found[start + k]), label in g["labels"]) for k, g in enumerate(own))
            if abs(ours - theirs["f1"]) > 0.002:
                sys.exit(f"{script} counts {theirs['f1']} for {label} of {name}, this script {ours:.3f}")
        start += len(own)
    rows, means = [], {d: [] for d in DOMAINS}
    for label in labels:
        row = [f"`{label}`"]
        for d in DOMAINS:
            lines = [(g, (bool(names_of(label) & f), label in g["labels"])) for g, f in zip(gold, found) if domain(g["dataset"]) == d]
            pairs = [pair for _, pair in lines]
            n = sum(true for _, true in pairs)
            both, false, missed = counts(pairs)
            if n == 0:
                row += ["0", "", "", "", ""]
                continue
            means[d].append(f1(pairs))
            row += [str(n), f"{both / max(both + false, 1):.2f}", f"{both / n:.2f}", f"{f1(pairs):.2f}",
                    interval(by_call([g for g, _ in lines], pairs), f1)]
        rows.append(row)
    rows.append(["mean"] + [cell for d in DOMAINS for cell in ("", "", "", f"{sum(means[d]) / max(len(means[d]), 1):.2f}", "")])
    head = ["set"] + [cell for d in DOMAINS for cell in (f"n, {d}", "precision", "recall", "F1", "95 %")]
    return table(head, rows)


def rough_speech(heard):
    rows = []
    for name, what in (("dev.jsonl", "tweets and clinics"), ("speech-dev.jsonl", "speech")):
        mean = lambda how: sum(scorer("score.py", GOLD / name, "--bin", heard, "--as", how)[f"{label}/all"]["f1"] for label in AGENT) / len(AGENT)
        rows.append([what] + [f"{mean(how):.3f}" for how in ("clean", "lower", "asr")])
    return table(["mean F1 of the ten agent sets", "as written", "without case and punctuation", "as raw speech recognition"], rows)


def verdicts(heard):
    from score_verdicts import WORD, kappa
    calls, graded_in = GOLD / "calls" / "dev.jsonl", GOLD / "calls" / "verdicts-dev.tsv"
    said = scorer("score_verdicts.py", calls, graded_in, "--bin", heard)
    graded = collections.defaultdict(list)
    with open(graded_in, encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            graded[row["call"], row["rule"]].append(row["verdict"])
    run = subprocess.run([heard, "audit", "--rules", "full", "--from", "jsonl", "--format", "jsonl", "--no-config", calls],
                         capture_output=True, text=True)
    results = {}
    for call in map(json.loads, filter(str.strip, run.stdout.split("\n"))):
        results[call["call"]] = {r["rule"]: r for r in call.get("results", [])}
    pairs = collections.defaultdict(lambda: collections.defaultdict(list))
    near = collections.Counter()
    for (call, rule), verdict in sorted(graded.items()):
        if len(set(verdict)) > 1 or (verdict[0] == "ns" and rule != "name-usage"):
            continue
        result = results[call][rule]
        pair = (verdict[0], WORD[result["verdict"]])
        pairs[rule][call].append(pair)
        pairs["all pairs"][call].append(pair)
        near[result["near"], pair[0] == pair[1]] += 1
    rows = []
    for rule in sorted(said["rules"]) + ["all pairs"]:
        groups = list(pairs[rule].values())
        flat = [pair for group in groups for pair in group]
        own = kappa(flat)
        theirs = said["rules"][rule]["kappa"] if rule in said["rules"] else said["overall"]["kappa"]
        if abs(own - theirs) > 0.002:
            sys.exit(f"score_verdicts.py counts {theirs} for {rule}, this script {own:.3f}")
        agree = sum(a == b for a, b in flat) / len(flat)
        rows.append([f"`{rule}`" if rule in said["rules"] else rule, str(len(flat)), f"{agree:.2f}", f"{own:.2f}", interval(groups, kappa)])
    text = table(["rule", "n", "agreement", "kappa", "95 %"], rows)
    mean, groups = said["overall"]["mean_kappa"], said["overall"]["groups"]
    names = {"walk": "written phone calls", "one": "role-played spoken calls"}
    spoken = ", ".join(f"{names[g]} {groups[g]:.2f}" for g in names if g in groups)
    share = lambda of: near[of, True] / max(near[of, True] + near[of, False], 1)
    thin = (near[True, True] + near[True, False]) / max(sum(near.values()), 1)
    return text + (f"\nMean kappa of the {len(said['rules'])} rules: {mean:.2f}. By kind of call, over all pairs: {spoken}. "
                   f"{thin:.0%} of the verdicts are marked `near`; of these {share(True):.0%} agree with the graders, of the others {share(False):.0%}.\n")


def roles(heard):
    said = scorer("score_roles.py", GOLD / "calls" / "dev.jsonl", "--bin", heard)
    return table(["calls of six turns and more, roles hidden", "right", "wrong", "silent"],
                 [[str(said["n"]), str(said["right"]), str(said["wrong"]), str(said["silent"])]])


def main():
    args = [a for a in sys.argv[1:] if a != "--write"]
    heard = os.path.abspath(args[0] if args else TOP / "target" / "release" / "heard")
    # Which tags stand for which label is at the top of that script, which cannot be imported without running it.
    tree = ast.parse((GOLD / "score_customer.py").read_text(encoding="utf-8"))
    stands = next(node for node in tree.body if isinstance(node, ast.Assign) and node.targets[0].id == "TAGS")
    TAGS = ast.literal_eval(stands.value)
    made = {
        "verdicts": verdicts(heard),
        "agent sets": sets(heard, ["dev.jsonl", "speech-dev.jsonl"], "agent", AGENT, "score.py", lambda label: {label}),
        "customer sets": sets(heard, ["customer-dev.jsonl", "customer-speech-dev.jsonl"], "customer", list(TAGS), "score_customer.py", lambda label: set(TAGS[label])),
        "raw speech": rough_speech(heard),
        "roles": roles(heard),
    }
    text = old = PAGE.read_text(encoding="utf-8")
    for name, tables in made.items():
        begin, end = f"<!-- generated: {name} -->\n", "<!-- end generated -->"
        start = text.index(begin) + len(begin)
        text = text[:start] + tables + text[text.index(end, start):]
    if "--write" in sys.argv:
        PAGE.write_text(text, encoding="utf-8")
    elif text != old:
        sys.exit("examples/accuracy.md has other figures than are measured: run .ci/accuracy.py --write")


if __name__ == "__main__":
    main()
