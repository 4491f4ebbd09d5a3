#!/usr/bin/env python3
"""Learns what agents and callers say, from labelled calls, and writes the weights by which roles are inferred.

usage: roles.py [--check] [TO]     TO: where the weights go (rules/learned/roles.tsv)
  --check   learns without one writer at a time instead, and prints how that writer's calls come out

Two linear models over words and pairs of words: `side` says how much a turn speaks for the agent (negative: for the
caller), `call` how much it speaks for a customer's call at all (negative: other talk). How they are summed up is said
in src/roles/weights.rs. The solver is that of src/learn/solve.rs: a linear classifier with squared hinge loss by dual
coordinate descent, only sums, products and quotients in a fixed order, so that every machine gets the same weights.
"""
import collections, json, math, pathlib, re, sys

TOP = pathlib.Path(__file__).resolve().parent.parent
GOLD = TOP.parent / "shared" / "gold"
OWN = TOP / "rules" / "learned" / "dialogues.txt"
SMALL_TALK = TOP / "tests" / "small-talk.txt"
# What the tests compare the sums of.
COMPARED = [TOP / "tests" / "roles" / name for name in ("calls.txt", "other.txt")]
# Left out: its licence is unsettled.
UNSETTLED = "dialogstudio_samples"

# How many features a model keeps, what a mistake costs in it against a weight, and what a row of a kind counts.
KEEP = {"side": 4000, "call": 4000}
COST = {"side": 0.03, "call": 0.02}
LOOSE, PHRASE, SHORT, OTHER = 0.25, 1.0, 2.0, 2.0
PASSES = 40

# The rest is read by src/roles/weights.rs in the same way, and a test compares the sums.
FILLERS = set("um uh er erm ah hmm mm mhm".split())
# Words that may open what an agent says before the company's or the team's name.
GREETING = """good morning afternoon evening day hello hi hiya welcome to here speaking this is its thank you thanks for
calling""".split()
# Words of everyday talk: what is none of them, said first in a call, is a name.
EVERYDAY = """i you he she it we they me him her us them my your his our their that these those a an the and or but so
if then than because are was were be been am do does did have has had can could will would shall should may might must
not no yes yeah yep okay ok oh ah well right sure what who when where why how which of in on at from with about as by up
out off over into all some any one two three just like know think want need get got go going come let see say said tell
please sorry there very really everyone everybody next now""".split()
# Neighbouring turns of a voice are looked at together until they have so many words.
UNIT = 30
# Up to so many, more evidence is surer; of longer calls the mean of so many counts.
ENOUGH_UNITS = 12


def words(text):
    found = []
    # Without the names of accounts, which tweets begin with.
    text = re.sub(r"(?<!\S)@\S+", " ", text)
    for word in re.findall(r"[^\W_]+", re.sub(r"['’]", "", text).lower()):
        word = "#" if re.search("[0-9]", word) else word
        if word not in FILLERS:
            found.append(word)
    return found


def units(turns):
    """Neighbouring turns of a voice together: [(voice, words)]."""
    found = []
    for voice, text in turns:
        said = words(text)
        if found and found[-1][0] == voice and len(found[-1][1]) < UNIT:
            found[-1][1].extend(said)
        else:
            found.append((voice, said))
    return [(voice, said) for voice, said in found if said]


def opens_with_a_name(said):
    rest = said
    while rest and rest[0] in GREETING:
        rest = rest[1:]
    names = next((k for k, w in enumerate(rest) if w in EVERYDAY or w in GREETING or w == "#"), len(rest))
    return names > 1 or names == 1 == len(rest)


def features(said, first=False):
    bounded = ["^"] + said + ["$"]
    found = set(said)
    found.update(f"{a} {b}" for a, b in zip(bounded, bounded[1:]))
    if len(said) < 3:
        found.add("*short")
    if len(said) > 25:
        found.add("*long")
    if first and opens_with_a_name(said):
        found.add("*name")
    return sorted(found)


def rows_of(turns):
    return [(voice, features(said, k == 0)) for k, (voice, said) in enumerate(units(turns))]


def lines(name):
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


def dialogues(path):
    """The conversations of a file: [(kind, name, turns)]."""
    found = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("["):
            kind, name = line[1:].split("] ")
            found.append((kind, name, []))
        elif line and not line.startswith("#"):
            found[-1][2].append(tuple(line.split(": ", 1)))
    return found


def material():
    """Calls (id, turns), other talk (name, turns), single turns (side, features, weight), and the sources' counts."""
    sources = collections.Counter()
    calls, other, loose = [], [], []
    for call in lines("calls/train.jsonl"):
        turns = [(t["speaker"], t["text"]) for t in call["turns"] if t["speaker"] in ("agent", "customer")]
        calls.append((call["call"], turns))
        sources[f"own_calls ({call['meta']['licence']})"] += len(turns)
    own = dialogues(OWN)
    said = SMALL_TALK.read_text(encoding="utf-8").split("\n")
    said = [("AB"[k % 2], line) for k, line in enumerate(filter(None, said))]
    own += [("other", f"small talk {k}", said[k:k + 14]) for k in range(0, len(said), 14)]
    for kind, name, turns in own:
        sources["own_dialogues (MIT OR Apache-2.0)"] += len(turns)
        if kind in ("call", "other"):
            (calls if kind == "call" else other).append((name, turns))
        else:
            loose += [(kind, features(words(text)), PHRASE) for _, text in turns]
    seen = set()

    def add(side, text, line):
        if text and line["dataset"] != UNSETTLED and (side, text) not in seen:
            seen.add((side, text))
            loose.append((side, features(words(text)), LOOSE))
            sources[f"{line['dataset']} ({line['licence']})"] += 1

    for name in ("customer-train.jsonl", "train.jsonl", "train-2.jsonl", "pairs-agent.jsonl", "pairs-customer.jsonl"):
        for line in lines(name):
            if line["dataset"] == "own_calls":
                continue  # These are turns of the calls.
            agents = "customer_before" in line
            add("agent" if agents else "customer", line.get("turn") or line["text"], line)
            add("customer" if agents else "agent", line["customer_before" if agents else "agent_before"], line)
    return calls, other, loose, sources


def solve(rows, cost):
    """Weights by feature and the bias of rows (features, sign, weight)."""
    weights = collections.defaultdict(float)
    bias, multipliers, order, random = 0.0, [0.0] * len(rows), list(range(len(rows))), 0x2545F4914F6CDD1D
    slack = [1.0 / (2.0 * cost * weight) for _, _, weight in rows]
    for _ in range(PASSES):
        for k in range(len(order) - 1, 0, -1):
            random ^= random << 13 & 0xFFFFFFFFFFFFFFFF
            random ^= random >> 7
            random ^= random << 17 & 0xFFFFFFFFFFFFFFFF
            at = random % (k + 1)
            order[k], order[at] = order[at], order[k]
        moved = 0.0
        for k in order:
            found, sign, _ = rows[k]
            # math.fsum: sum() adds up in different ways in different versions of Python.
            gradient = sign * (math.fsum(map(weights.__getitem__, found)) + bias) - 1.0 + slack[k] * multipliers[k]
            next_one = max(0.0, multipliers[k] - gradient / (1.0 + len(found) + slack[k]))
            step = (next_one - multipliers[k]) * sign
            if step:
                multipliers[k] = next_one
                bias += step
                for feature in found:
                    weights[feature] += step
                moved = max(moved, abs(step) * slack[k])
        if moved < 1e-3:
            break
    return weights, bias


def learn(rows, name):
    """The weights in thousandths of the features that tell most, and the bias."""
    counts = collections.Counter(feature for found, _, _ in rows for feature in found)
    common = {feature for feature, count in counts.items() if count > 2}
    rows = [([f for f in found if f in common], sign, weight) for found, sign, weight in rows]
    weights, _ = solve(rows, COST[name])
    rank = lambda f: (-round(abs(weights[f]) * math.sqrt(counts[f]), 9), f)
    kept = set(sorted(common, key=rank)[:KEEP[name]])
    weights, bias = solve([([f for f in found if f in kept], s, w) for found, s, w in rows], COST[name])
    whole = {f: round(1000 * weights[f]) for f in kept}
    return {f: w for f, w in whole.items() if w}, round(1000 * bias)


def models(calls, other, loose):
    sign = {"agent": 1, "customer": -1}
    told = [(f, sign[v], SHORT if len(turns) < 13 else 1.0) for _, turns in calls for v, f in rows_of(turns)]
    told += [(f, sign[side], weight) for side, f, weight in loose]
    talk = [f for _, turns in other for _, f in rows_of(turns)]
    # What is said in other talk speaks for neither side.
    side = told + [(f, s, OTHER) for f in talk for s in (1, -1)]
    share = math.fsum(w for _, _, w in told) / len(talk)
    return {"side": learn(side, "side"), "call": learn([(f, 1, w) for f, _, w in told] + [(f, -1, share) for f in talk], "call")}


def sums(model, turns):
    """For each voice: thousandths for its side, for a call, and its units; as src/roles/weights.rs."""
    voices = {}
    clip = lambda name, found: max(-1000, min(1000, model[name][1] + sum(model[name][0].get(f, 0) for f in found)))
    for voice, found in rows_of(turns):
        side, call, count = voices.get(voice, (0, 0, 0))
        voices[voice] = side + clip("side", found), call + clip("call", found), count + 1
    return voices


def evidence(model, turns, agent, customer):
    """How far the two are apart, and the evidence for a call of the likelier way round; as src/roles.rs."""
    of = sums(model, turns)
    (one, call, count), (other, more, others) = of.get(agent, (0, 0, 0)), of.get(customer, (0, 0, 0))
    count += others
    return one - other, (abs(one - other) + call + more) * min(count, ENOUGH_UNITS) // count


def check(calls, other, loose):
    done = []
    for fold, writer in enumerate([f"t{k}-" for k in range(1, 8)]):
        mine = lambda k, item: item[0].startswith(writer) or not re.match(r"t\d-", item[0]) and k % 7 == fold
        out = [c for k, c in enumerate(calls) if mine(k, c)]
        talk = [t for k, t in enumerate(other) if k % 7 == fold]
        model = models([c for k, c in enumerate(calls) if not mine(k, c)], [t for t in other if t not in talk], loose)
        for name, turns in out:
            short = not re.match(r"t\d-", name)
            for what, part in [("short" if short else "whole", turns)] + ([] if short else [("first 8", turns[:8]), ("first 12", turns[:12]), ("8 of the middle", turns[6:14])]):
                done.append((what, name) + evidence(model, part, "agent", "customer"))
        for name, turns in talk:
            ranked = [voice for _, voice in sorted((of[0], voice) for voice, of in sums(model, turns).items())]
            done.append(("other talk", name) + evidence(model, turns, ranked[-1], ranked[0]))
    return done


def table(done):
    print(f"{'evidence from':16}" + "".join(f"{at:>16}" for at in range(1500, 6001, 500)))
    for what in dict.fromkeys(d[0] for d in done):
        of = [d for d in done if d[0] == what]
        cell = lambda at: f"{sum(d[2] > 0 and d[3] >= at for d in of) / len(of):.3f} {sum(d[2] < 0 and d[3] >= at for d in of):3}"
        print(f"{what:16}" + "".join(f"{cell(at):>16}" for at in range(1500, 6001, 500)), f"  of {len(of)}")
    print("right by evidence:")
    of = sorted((d[3], d[2] > 0) for d in done if d[0] != "other talk")
    for low in range(0, 8000, 500):
        part = [right for e, right in of if low <= e < low + 500]
        print(f"  {low:5} {sum(part)}/{len(part)}", end="")
    print()


def main():
    args = [a for a in sys.argv[1:] if a != "--check"]
    calls, other, loose, sources = material()
    if "--check" in sys.argv:
        return table(check(calls, other, loose))
    both = models(calls, other, loose)
    to = pathlib.Path(args[0]) if args else TOP / "rules" / "learned" / "roles.tsv"
    lines_of = [
        "# What agents and callers say, in thousandths: made by `.ci/roles.py`, free to be edited. How it is used: src/roles/weights.rs.",
        "# The first number speaks for the agent, or for the caller below zero; the second for a customer's call, or for other talk",
        "# below zero. Turns they were learned from:",
        *(f"#   {source}: {count}" for source, count in sorted(sources.items())),
        "@fillers\t" + " ".join(sorted(FILLERS)), "@greeting\t" + " ".join(GREETING), "@everyday\t" + " ".join(EVERYDAY),
        f"@bias\t{both['side'][1]}\t{both['call'][1]}",
    ]
    for feature in sorted(set(both["side"][0]) | set(both["call"][0])):
        lines_of.append(f"{feature}\t{both['side'][0].get(feature, 0)}\t{both['call'][0].get(feature, 0)}")
    to.write_text("\n".join(lines_of) + "\n", encoding="utf-8")
    if not args:
        rows = ["# Made by `.ci/roles.py`: what the voices of these conversations come to. Name, voice, side, call, units."]
        for _, name, turns in [d for path in COMPARED for d in dialogues(path)]:
            rows += [f"{name}\t{voice}\t" + "\t".join(map(str, of)) for voice, of in sums(both, turns).items()]
        COMPARED[0].with_name("sums.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
