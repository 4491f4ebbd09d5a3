"""Made-up calls to measure with, the same ones on every machine: written as call JSON lines, as text, or as files of
Amazon Transcribe Call Analytics.

usage: corpus.py --calls N [--seed S] [--jsonl FILE] [--text FOLDER] [--analytics FOLDER [--words]]

A call has 60 to 120 turns and 12 kB of JSON. What is said is put together from the templates below; one agent sentence
in four is one that rules look for, a seventh is lower case without a stop, as speech recognition writes it.
"""
import argparse
import json
import pathlib
import random

NAMES = "Ada Bruno Chidi Dolores Emeka Fatima Grete Hanna Igor José Keiko Lars Mina Nadia Otto Priya Quentin Rosa Siobhán Tomás".split()
FAMILIES = "Abel Bright Castro Dunne Eriksen Fofana Görlitz Hughes Ivanova Jansen Kaya Lindqvist Moreau Nwosu O'Shea Pohl".split()
THINGS = "kettle|winter coat|broadband line|travel card|washing machine|garden chair|monthly plan|car insurance|headset|bank card|parcel|printer".split("|")
TROUBLES = "never arrived|came with a crack in it|was charged twice|stopped after a week|went to the wrong house|was cancelled without a word|shows an error|has the wrong name on it".split("|")
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday".split()
TOWNS = "Malmö|Galway|Leeds|Tampa|Zürich|Porto|Dayton|Cork".split("|")
FEELINGS = "frustrating upsetting stressful annoying worrying disappointing".split()

HEARD = """Thank you for calling Brightwell, my name is {name}, how can I help you today?
I'm so sorry to hear that, {name}.
I completely understand how {feeling} that must be.
I can see why that would be {feeling}.
I'd be happy to help you with the {thing}.
I apologize for the inconvenience with your {thing}.
I'm sorry for the wait, {name}.
Let me check the status of that for you.
Let me pull up your account, one moment please.
May I have your account number please?
Can I put you on a brief hold while I look into it?
Thank you for holding, {name}, I appreciate your patience.
You will receive a refund within {few} to {more} business days.
Your replacement will arrive on {day}.
I'll make sure that this gets sorted out today.
I will personally follow up with you on {day}.
I've opened a ticket and the number is {number}.
Is there anything else I can help you with today?
Have a lovely day, {name}!
Unfortunately, we can't do that without the order number.
Let me transfer you to the billing department.
Could you please spell your last name for me?
For security, can you confirm your address?
You need to calm down so that I can help.
As I said before, that is our policy.
You're right, that should not have happened.
What would be the best number to reach you on?""".splitlines()
PLAIN = """The {thing} was booked on the {few}th and it left {town} two days after that.
So that is {number}, {few}, {more}?
That would be the grey one with the {thing}.
And what did the driver tell you at the time?
I see one {thing} and {few} parts on the list.
Which colour had you picked?
It looks as if the {thing} {trouble} some time on {day}.
The list has {town} as the town.
Did you keep the box it came in?
Could it be that somebody next door signed for it?
Okay, {name}, and the postcode there?
There are two entries, one of {few} and one of {more} dollars.
Right.
Okay.
Mm-hm.
And that was on {day}, yes?
My notes speak of a visit in {town} last spring.
The second page has a box near the foot for your initials.
We ship those out of {town} every other {day}.
It has a serial that begins with {number}.
Do you remember roughly when that was?
The sum of £{more}.{few} went out on {day} — is that the one?
Both the {thing} and the {other} were on one slip.
The older {thing} had another plug, so it may not fit this one.""".splitlines()
CALLER = """Hi, my {thing} {trouble} and nobody has called me back.
Yes, it's {name} {family}.
I ordered the {thing} last {day} and it {trouble}.
No, that's not what the page said.
I've called {few} times about this already.
Okay.
Yeah.
Uh-huh.
Um, let me find it, I have it somewhere.
It's {number} {more}.
This is ridiculous, I want to talk to a manager.
Can I just get my money back for the {thing}?
I live in {town}, and the driver never came.
The light at the front blinks orange.
I don't want another {thing}, I want a refund.
Thanks, I appreciate that.
How long is that going to take?
My husband called on {day} and was told something else.
I waited for {more} minutes.
So what are you going to do about it?
The mail says that the {thing} was delivered on {day}.
That works for me.
No, that's all, thank you.
The {other} is fine, it's only the {thing} that {trouble}.
I'm worried that it's lost for good.
Are you still there?""".splitlines()


def said(numbers, template):
    words = {
        "name": numbers.choice(NAMES), "family": numbers.choice(FAMILIES), "thing": numbers.choice(THINGS),
        "other": numbers.choice(THINGS), "trouble": numbers.choice(TROUBLES), "day": numbers.choice(DAYS),
        "town": numbers.choice(TOWNS), "feeling": numbers.choice(FEELINGS), "few": numbers.randrange(2, 10),
        "more": numbers.randrange(10, 40), "number": numbers.randrange(100, 1000),
    }  # fmt: skip
    text = template.format(**words)
    return text.lower().rstrip(".") if numbers.random() < 1 / 7 else text


def calls(count, seed):
    """Pairs of a call's head and its turns: (speaker, start, end, text)."""
    numbers = random.Random(seed)
    # Sentences are drawn from a pool: to make each anew would take longer than to audit it.
    agent = [said(numbers, numbers.choice(HEARD if numbers.random() < 0.25 else PLAIN)) for _ in range(20_000)]
    caller = [said(numbers, numbers.choice(CALLER)) for _ in range(20_000)]
    draw = numbers.random
    for k in range(count):
        turns, clock = [], 0.4
        for turn in range(60 + int(draw() * 61)):
            speaker, pool = ("agent", agent) if turn % 2 == 0 else ("customer", caller)
            text = " ".join(pool[int(draw() * len(pool))] for _ in range(1 + int(draw() * 2.3)))
            end = clock + len(text) * 0.062 + draw() * 0.6
            turns.append((speaker, round(clock, 2), round(end, 2), text))
            clock = end + draw() * 1.2 - (0.2 if draw() < 0.05 else 0)
        started = f"2026-{1 + k % 12:02}-{1 + k % 28:02}T{8 + k % 10:02}:{k % 60:02}:00Z"
        yield {"call": f"c{k:07}", "agent": numbers.choice(NAMES), "started": started}, turns


def as_line(head, turns):
    spoken = [{"speaker": who, "start_s": start, "end_s": end, "text": text} for who, start, end, text in turns]
    return json.dumps({**head, "turns": spoken}, ensure_ascii=False, separators=(",", ":")) + "\n"


def as_text(turns):
    return "".join(f"{who.capitalize()}: {text}\n" for who, _, _, text in turns)


def as_analytics(head, turns, with_words):
    transcript = []
    for k, (who, start, end, text) in enumerate(turns):
        turn = {"LoudnessScores": [70.1, None, 68.5], "Content": text}
        if with_words:
            words = text.split()
            step = (end - start) / len(words)
            at = lambda n: int((start + n * step) * 1000)
            turn["Items"] = [
                {"Content": word, "Confidence": "0.987", "VocabularyFilterMatch": False, "BeginOffsetMillis": at(n), "EndOffsetMillis": at(n + 1)}
                for n, word in enumerate(words)
            ]
        ids = {"Id": f"{k:08x}-2c1f-4f6e-9a0b-{k:012x}", "BeginOffsetMillis": int(start * 1000), "EndOffsetMillis": int(end * 1000)}
        transcript.append({**turn, **ids, "Sentiment": "NEUTRAL", "ParticipantRole": who.upper()})
    return json.dumps({
        "JobStatus": "COMPLETED", "LanguageCode": "en-US", "Transcript": transcript, "AccountId": "1",
        "Categories": {"MatchedCategories": [], "MatchedDetails": {}}, "Channel": "VOICE", "JobName": head["call"],
        "Participants": [{"ParticipantRole": "AGENT"}, {"ParticipantRole": "CUSTOMER"}],
        "ConversationCharacteristics": {"TotalConversationDurationMillis": int(turns[-1][2] * 1000)},
    }, ensure_ascii=False, separators=(",", ":"))  # fmt: skip


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--calls", type=int, required=True)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--jsonl", type=pathlib.Path)
    options.add_argument("--text", type=pathlib.Path)
    options.add_argument("--analytics", type=pathlib.Path)
    options.add_argument("--words", action="store_true", help="a time for each word, as Amazon writes it: ten times the size")
    typed = options.parse_args()
    for folder in filter(None, [typed.text, typed.analytics]):
        folder.mkdir(parents=True, exist_ok=True)
    lines = open(typed.jsonl, "w", encoding="utf-8") if typed.jsonl else None
    for head, turns in calls(typed.calls, typed.seed):
        if lines:
            lines.write(as_line(head, turns))
        if typed.text:
            (typed.text / f"{head['call']}.txt").write_text(as_text(turns), encoding="utf-8")
        if typed.analytics:
            (typed.analytics / f"{head['call']}.json").write_text(as_analytics(head, turns, typed.words), encoding="utf-8")
    if lines:
        lines.close()


if __name__ == "__main__":
    main()
