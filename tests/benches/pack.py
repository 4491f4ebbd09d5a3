"""Writes the patterns that the peers look for as a pack: patterns.txt (a category, a tab, a regular expression) to
patterns.toml, a set and a rule for each category.

A choice inside a word becomes a phrase for each; everything else is said as the expression says it.
"""
import pathlib
import re
import re._parser as parser

HERE = pathlib.Path(__file__).resolve().parent


def pieces(tree):
    """What an expression says, as a list of texts, ("choice", texts) and ("maybe", texts)."""
    found = []
    for kind, value in tree:
        kind = str(kind)
        if kind == "AT":
            continue
        if kind == "LITERAL":
            found.append(chr(value))
        elif kind == "IN" and [str(of) for of, _ in value] == ["LITERAL"] * len(value):
            found.append(("choice", [chr(char) for _, char in value]))
        elif kind == "SUBPATTERN":
            found += pieces(value[3])
        elif kind == "BRANCH":
            found.append(("choice", [text for branch in value[1] for text in texts(pieces(branch))]))
        elif kind == "MAX_REPEAT" and value[:2] == (0, 1):
            found.append(("maybe", texts(pieces(value[2]))))
        elif kind == "MAX_REPEAT" and value[0] == 1 and str(value[2][0][0]) == "IN":
            digits = value[2][0][1] == [(parser.RANGE, (ord("0"), ord("9")))]
            found.append("<number>" if digits else "*")
        else:
            raise ValueError(f"{kind} {value}")
    return found


def texts(found):
    """The phrases that pieces come to: where a choice is inside a word, one for each of its texts."""
    phrases = [""]
    for k, piece in enumerate(found):
        if isinstance(piece, str):
            phrases = [phrase + piece for phrase in phrases]
            continue
        kind, of = piece
        behind = found[k + 1] if k + 1 < len(found) else ""
        behind = (behind if isinstance(behind, str) else behind[1][0] or " ")[:1] or " "
        whole = all(phrase == "" or phrase.endswith(" ") for phrase in phrases)
        ends = all(text.endswith(" ") for text in of) or behind == " "
        if whole and ends and all(text.strip() for text in of):
            inside = "|".join(text.strip() for text in of)
            if len(of) == 1 and inside.startswith("(") and inside.find(")") == len(inside) - 1:
                inside = inside[1:-1]
            tail = " " if all(text.endswith(" ") for text in of) else ""
            phrases = [f"{phrase}{f'[{inside}]' if kind == 'maybe' else f'({inside})'}{tail}" for phrase in phrases]
        else:
            phrases = [phrase + text for phrase in phrases for text in (of + [""] if kind == "maybe" else of)]
    return phrases


def main():
    sets = {}
    for line in (HERE / "patterns.txt").read_text(encoding="utf-8").splitlines():
        category, expression = line.split("\t")
        # An apostrophe, written either way or left out, is one to a pack.
        expression = expression.replace("(?:'|’)?", "'").replace("(?: to |-)?(?:[a-z0-9]+ )?", " (?:to )?(?:[a-z]+ )?")
        for phrase in texts(pieces(parser.parse(expression))):
            phrase = re.sub(r" +", " ", phrase).strip()
            if phrase not in sets.setdefault(category, []):
                sets[category].append(phrase)
    out = ["# Written by pack.py from patterns.txt: the patterns of the peers, for a fair line beside them.", "[pack]"]
    out += ['name = "patterns"', 'version = "1.0.0"', 'language = "en"', 'detectors = "phrases"']
    for category, phrases in sets.items():
        out += ["", f"[set.{category.replace('_', '-')}-patterns]", 'who = "agent"', "phrases = ["]
        out += [f"    {chr(34)}{phrase}{chr(34)}," for phrase in phrases]
        out += ["]"]
    for category in sets:
        name = category.replace("_", "-")
        out += ["", "[[rule]]", f'id = "says-{name}"', f'title = "Something of {name} is said"', f'find = ["{name}-patterns"]']
    (HERE / "patterns.toml").write_text("\n".join(out) + "\n", encoding="utf-8")


main()
