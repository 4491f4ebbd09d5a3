// The calls and pages that the tests open.

import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const heard = process.env.HEARD;
export const folder = mkdtempSync(join(tmpdir(), "heard-browser-"));

const how = { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28 };

export const run = (...args) => execFileSync(heard, args, how);

// Runs that are meant to end with another code than 0.
export function runAnyway(...args) {
  try {
    return execFileSync(heard, args, { ...how, stdio: ["ignore", "pipe", "ignore"] });
  } catch (error) {
    return error.stdout;
  }
}

export const MARKUP = `</script><script>window.broken = 1</script></style><!-- --> ]]> <img src=x onerror="window.broken = 2"> ` +
  `"><svg onload=window.broken=3> <a href="javascript:window.broken=4">x</a> \u202eevil`;

// Times that a person can check: the agent begins at 1 s, the window ends at 16 s, the statement comes at 21 s.
export const timed = {
  call: "timed-1", agent: "Jo Smith", customer: "Ann Lee", queue: "billing", started: "2026-05-04T09:30:00Z",
  turns: [
    { speaker: "agent", start_s: 1, end_s: 4, text: "Acme, this is Jo." },
    { speaker: "customer", start_s: 4.5, end_s: 10, text: "You charged me twice, and now my rent has bounced. I'm so worried." },
    { speaker: "agent", start_s: 8, end_s: 12, text: "What is your account number?" },
    { speaker: "customer", start_s: 13, end_s: 20, text: "It is four four one." },
    { speaker: "agent", start_s: 21, end_s: 40, text: "I'm so sorry to hear that. I have refunded the second charge." },
    { speaker: "customer", start_s: 41, end_s: 60, text: "Thank you so much." },
  ],
};

export const hostile = {
  call: `=cmd|'/c calc'!A1 ${MARKUP}`, agent: MARKUP, customer: MARKUP, queue: MARKUP, started: MARKUP,
  turns: [
    { speaker: "agent", start_s: 0, end_s: 5, text: `I'm so sorry to hear that, ${MARKUP}` },
    { speaker: "customer", start_s: 6, end_s: 9, text: MARKUP },
  ],
};

function lines(name, calls) {
  writeFileSync(join(folder, name), calls.map((call) => JSON.stringify(call) + "\n").join(""));
  return name;
}

// As many calls as a team has in a week, with sixty turns each; the same ones each time.
function many(count) {
  let state = 7;
  const pick = (list) => list[(state = (state * 1103515245 + 12345) % 2147483648) % list.length];
  const agents = ["Jo Smith", "Ben Okafor", "Priya Nair", "Imani Cole", "Kofi Mensah", "Paulo Reis"];
  const said = ["I'm so sorry to hear that.", "What is your account number?", "I can have a new one sent out today.", "One moment please.",
    "I'd be happy to help you with that, Ann.", "The parcel left our warehouse on Monday and should be with you by Friday at noon."];
  const answered = ["It never came and I'm really upset.", "It's four four one, seven two nine.", "Okay, thank you.", "And what about my refund?"];
  return Array.from({ length: count }, (_, place) => {
    const turns = Array.from({ length: 60 }, (_, turn) => ({
      speaker: turn % 2 ? "customer" : "agent", start_s: turn * 4, end_s: turn * 4 + 3.5, text: pick(turn % 2 ? answered : said),
    }));
    const day = String(1 + (place % 28)).padStart(2, "0");
    return { call: `call-${place}`, agent: pick(agents), queue: pick(["billing", "delivery"]), started: `2026-05-${day}T${8 + (place % 10)}:00:00Z`
      .replace(/T8/, "T08").replace(/T9/, "T09"), turns };
  });
}

lines("few.jsonl", [timed, hostile, { call: "twin", turns: timed.turns }, { call: "twin", turns: timed.turns }]);
writeFileSync(join(folder, "few.jsonl"), '{"call": "cut off", "turns": [\n', { flag: "a" });
export const rules = ["--rules", "full"];
runAnyway("audit", "few.jsonl", "--from", "jsonl", ...rules, "-q", "-o", "few.html", "-o", "results.jsonl");
run("audit", process.env.EXAMPLES + "/calls", ...rules, "-q", "-o", "examples.html");
lines("some.jsonl", many(300));
lines("many.jsonl", many(2000));
run("audit", "many.jsonl", ...rules, "-q", "--no-progress", "-o", "many.html");
