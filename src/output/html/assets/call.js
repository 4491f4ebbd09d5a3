// A call, opened: what is known of it, drawn to scale, what each rule says, and the transcript.

function quoteOf(body, shown, place) {
  const turn = body.turns[shown.turn];
  if (!turn) return null;
  const text = turn[3].slice(shown.quote[0], shown.quote[1]);
  const when = shown.line ? `line ${shown.line}` : shown.start !== undefined && body.timed ? clock(shown.start) : "";
  const lead = shown.instead ? "said there, " : "";
  return h("li", {}, h("button", { type: "button", class: "quote", "data-turn": shown.turn, "data-result": place },
    h("span", { class: "when" }, `${lead}${when} ${LANES[voiceOf(body, turn).role]}`.trim()), h("q", { dir: "auto" }, text)));
}

function verdictOf(row, body, place) {
  const result = body.results[place];
  const rule = rules[result.rule];
  const verdict = VERDICTS[row.verdicts[result.rule]] ?? VERDICTS.a;
  const quotes = (result.evidence ?? []).map((shown) => quoteOf(body, shown, place)).filter(Boolean);
  const advice = row.verdicts[result.rule] === "f" ? result.advice ?? rule.advice : "";
  const marks = [rule.severity, `weight ${rule.weight}`, result.grade, result.near && "on a thin margin",
    result.basis === "estimated" && "times estimated"].filter(Boolean);
  return h("li", { class: `verdict ${verdict.word}`, "data-verdict": place, tabindex: "-1" },
    h("h4", {}, h("span", { class: "sign", "aria-hidden": "true" }, verdict.sign), h("span", { class: "word" }, verdict.shown),
      " ", h("span", { class: "title" }, rule.title)),
    h("p", { class: "why" }, result.why),
    quotes.length > 0 ? h("ul", { class: "quotes" }, quotes) : null,
    advice ? h("p", { class: "advice" }, h("b", {}, "Say instead: "), advice) : null,
    h("p", { class: "marks" }, h("code", {}, rule.id), " · ", marks.join(" · ")),
    report.scripts ? null : answering(row, result.rule));
}

function verdicts(row, body) {
  const letter = (place) => row.verdicts[body.results[place].rule];
  const places = body.results.map((_, place) => place).filter((place) => VERDICTS[letter(place)]);
  const of = (letters) => places.filter((place) => letters.includes(letter(place)));
  const list = (some) => h("ul", { class: "verdicts" }, some.map((place) => verdictOf(row, body, place)));
  const group = (some, word, open) => some.length === 0 ? null
    : h("details", { open }, h("summary", {}, `${some.length} ${word}`), list(some));
  // Beside the transcript there is room for what went well; above it, it would be in the way.
  const room = matchMedia("(min-width: 52.01rem)").matches;
  return h("div", { class: "judged" }, of("f").length > 0 && list(of("f")), group(of("p"), "passed", room),
    group(of("s"), "not scorable"), group(of("a"), "not applicable"));
}

function known(row, body) {
  const metrics = body.metrics;
  const percent = (share) => `${Math.round(share * 100)} %`;
  const seconds = (value) => `${value.toFixed(1)} s`;
  const facts = [
    ["Agent", row.agent], ["Customer", row.customer], ["Queue", row.queue], ["Started", row.started],
    ["Length", row.seconds && clock(row.seconds)], ["Turns", row.turns], ["Path", row.path],
    ["Agent talks", metrics.agent_talk_share !== null && percent(metrics.agent_talk_share)],
    ["Words a minute", metrics.agent_wpm !== null && Math.round(metrics.agent_wpm)],
    ["Median reply after", metrics.median_reply_gap_s !== null && seconds(metrics.median_reply_gap_s)],
    ["Both talk", metrics.overlap_s && seconds(metrics.overlap_s)], ["Silence", metrics.silence_s && seconds(metrics.silence_s)],
    ["On hold", metrics.hold_s && seconds(metrics.hold_s)],
    ["Roles", body.roles === "inferred" ? "inferred from what is said" : body.roles === "unknown" ? "not known" : null],
    ["Read from", row.record ? `${row.source}, record ${row.record}` : row.source],
  ].filter(([, value]) => value !== null && value !== undefined && value !== false && value !== "" && value !== 0);
  return h("dl", { class: "facts" }, facts.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, String(value)))));
}

// What stands below the title of an open call.
function callBody(row) {
  const body = bodyOf(row);
  if (body === null) {
    return h("p", { class: "note" }, "This report lists this call and does not show it whole; see --html-calls.");
  }
  const root = h("div", { class: "opened" });
  const mark = (turn, name, place) => {
    const said = root.querySelector(`.said[data-turn="${turn}"]`);
    const marks = [...(said?.querySelectorAll("mark") ?? [])];
    return marks.find((one) => one.dataset[name].split(" ").includes(String(place))) ?? said;
  };
  const jump = (turn, moment) => {
    const target = mark(turn, "moments", moment);
    if (target) goTo(target);
  };
  root.addEventListener("click", (event) => {
    const quote = event.target.closest("button.quote");
    const link = event.target.closest("button.rule");
    if (quote) {
      const target = mark(Number(quote.dataset.turn), "results", quote.dataset.result);
      if (target) goTo(target);
    } else if (link) {
      const verdict = root.querySelector(`.verdict[data-verdict="${link.dataset.verdict}"]`);
      const folded = verdict.closest("details");
      if (folded) folded.open = true;
      goTo(verdict);
    }
  });
  const drawn = body.quotes
    ? h("p", { class: "note" }, "Made from results: of what was said, only the quotes are known.") : timeline(row, body, jump);
  root.append(known(row, body), drawn, h("div", { class: "halves" },
    h("div", {}, h("h3", { class: "half" }, "Verdicts"), verdicts(row, body)),
    h("div", {}, h("h3", { class: "half" }, body.quotes ? "Quotes" : "Transcript"), transcript(row, body))));
  return root;
}
