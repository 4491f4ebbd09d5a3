// The data of the report: rows for the list at once, a call's words when it is opened or searched.

const report = JSON.parse(byId("report").textContent);
const rules = report.rules;

const rows = byId("rows").textContent.split("\n").filter((line) => line !== "").map((line, place) => {
  const row = JSON.parse(line);
  row.place = place;
  row.record ??= 0;
  row.raw = row.id ?? row.call;
  return row;
});

const VERDICTS = {
  f: { word: "fail", shown: "fail", sign: "✕", order: 0 },
  p: { word: "pass", shown: "pass", sign: "✓", order: 1 },
  s: { word: "not-scorable", shown: "not scorable", sign: "?", order: 2 },
  a: { word: "not-applicable", shown: "not applicable", sign: "–", order: 3 },
};

const KINDS = {
  statement: "statement",
  hardship: "hardship",
  solution: "solution",
  hold: "hold",
  interruption: "agent talks over the caller",
};

const ids = new Map();
for (const row of rows) if (!row.error) ids.set(row.raw, (ids.get(row.raw) ?? 0) + 1);

// A call's words; none of a call that is only listed.
function bodyOf(row) {
  const data = byId(`data-${row.place}`);
  return data === null ? null : JSON.parse(data.textContent);
}

const voiceOf = (body, turn) => body.voices[turn[0]] ?? { role: "unknown", name: null };

// What is searched: what the list shows, and the words of the call. Made while nothing else is to be done, or when the
// first search wants it.
const haystacks = new Array(rows.length);

function haystack(row) {
  let text = haystacks[row.place];
  if (text === undefined) {
    const known = [row.call, row.agent, row.customer, row.queue, row.source, row.started, row.path, row.error];
    const body = row.error ? null : bodyOf(row);
    const words = body === null ? [] : body.turns.map((turn) => turn[3]);
    text = known.concat(words).filter(Boolean).join("\n").toLowerCase();
    haystacks[row.place] = text;
  }
  return text;
}

function prepareSearch(from = 0) {
  const later = window.requestIdleCallback ?? ((work) => setTimeout(() => work({ timeRemaining: () => 5 }), 50));
  later((idle) => {
    let place = from;
    while (place < rows.length && idle.timeRemaining() > 2) haystack(rows[place++]);
    if (place < rows.length) prepareSearch(place);
  });
}
