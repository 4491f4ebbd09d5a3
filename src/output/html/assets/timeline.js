// A call drawn to scale: who spoke when, what was heard there. Calls without times are drawn by their words.

const LANES = { agent: "Agent", customer: "Customer", bot: "Machine", unknown: "Unknown" };
const EDGE = 78;
const LANE = 22;
const MARKS = 30;

// From and to of each turn on the scale of the picture.
function spansOf(body) {
  if (body.timed) return body.turns.map((turn) => (turn[1] === null ? null : [turn[1], turn[2] ?? turn[1]]));
  let words = 0;
  return body.turns.map((turn) => {
    const from = words;
    words += turn[3].split(/\s+/).filter(Boolean).length;
    return [from, words];
  });
}

// Where a moment stands on the scale of the picture.
function momentSpan(body, spans, moment) {
  if (body.timed) return moment.span ?? null;
  const span = spans[moment.turn];
  if (!span || !moment.said) return null;
  const length = Math.max(1, body.turns[moment.turn][3].length);
  const at = (place) => span[0] + ((span[1] - span[0]) * place) / length;
  return [at(moment.said[0]), at(moment.said[1])];
}

function stepOf(length, room) {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18000, 36000];
  return steps.find((step) => length / step <= room) ?? steps[steps.length - 1] * Math.ceil(length / room / 36000);
}

// A sign for each kind of moment: told apart by its shape, not only by its colour.
function signOf(kind, x, y) {
  switch (kind) {
    case "statement": return s("circle", { cx: x, cy: y, r: 5 });
    case "hardship": return s("path", { d: `M${x} ${y - 6}l6 6l-6 6l-6 -6z` });
    case "solution": return s("rect", { x: x - 4.5, y: y - 4.5, width: 9, height: 9 });
    case "interruption": return s("path", { d: `M${x} ${y - 6}l6 11h-12z` });
    default: return s("path", { d: `M${x - 4} ${y - 5}v10M${x + 4} ${y - 5}v10` });
  }
}

function legend(body) {
  const kinds = Object.keys(KINDS).filter((kind) => body.moments.some((moment) => moment.kind === kind));
  const items = kinds.map((kind) => h("li", { class: `kind-${kind}` },
    s("svg", { viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true" }, signOf(kind, 8, 8)), KINDS[kind]));
  if (body.opening) {
    const seconds = Math.round(body.opening[1] - body.opening[0]);
    items.push(h("li", { class: "opening" }, s("svg", { viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true" },
      s("rect", { x: 1, y: 1, width: 13, height: 14 }), s("path", { d: "M14 0v16" })),
      `first ${seconds} s of the agent`));
  }
  return h("ul", { class: "legend" }, items);
}

function picture(row, body, width, jump) {
  const spans = spansOf(body);
  const known = spans.filter(Boolean);
  if (known.length === 0) return h("p", { class: "note" }, "No turn of this call has a time or a word to draw.");
  const first = Math.min(0, ...known.map((span) => span[0]));
  const spoken = Math.max(first + 1, ...known.map((span) => span[1]));
  const last = body.timed ? Math.max(spoken, row.seconds ?? 0) : spoken;
  const x = (at) => EDGE + ((Math.min(Math.max(at, first), last) - first) / (last - first)) * (width - EDGE - 12);
  const lanes = Object.keys(LANES).filter((role) => body.turns.some((turn) => voiceOf(body, turn).role === role));
  const top = (role) => MARKS + lanes.indexOf(role) * (LANE + 6);
  const bottom = MARKS + lanes.length * (LANE + 6);
  const parts = [];
  if (body.opening) {
    const [from, to] = body.opening;
    parts.push(s("g", { class: "opening" },
      s("rect", { x: x(from), y: 4, width: Math.max(1, x(to) - x(from)), height: bottom - 4 }),
      s("path", { d: `M${x(to)} 2V${bottom}` }),
      s("text", { x: x(to) + 4, y: 11 }, clock(to))));
  }
  for (const moment of body.moments.filter((moment) => moment.kind === "hold" && moment.span)) {
    const [from, to] = moment.span;
    parts.push(s("rect", { class: "held", x: x(from), y: MARKS, width: Math.max(1, x(to) - x(from)), height: bottom - MARKS - 6 }));
  }
  for (const role of lanes) {
    parts.push(s("text", { class: "lane", x: EDGE - 8, y: top(role) + 15, "text-anchor": "end" }, LANES[role]));
    parts.push(s("path", { class: "rail", d: `M${EDGE} ${top(role) + LANE / 2}H${width - 12}` }));
  }
  body.turns.forEach((turn, place) => {
    const span = spans[place];
    if (!span) return;
    const role = voiceOf(body, turn).role;
    const bar = s("rect", { class: `turn ${role}`, x: x(span[0]), y: top(role), rx: 2,
      width: Math.max(1.5, x(span[1]) - x(span[0]) - 0.5), height: LANE, onclick: () => jump(place) },
      s("title", {}, `${body.timed ? clock(span[0]) + " " : ""}${LANES[role]}: ${turn[3].slice(0, 160)}`));
    parts.push(bar);
  });
  body.moments.forEach((moment, place) => {
    const span = momentSpan(body, spans, moment);
    if (!span) return;
    const caller = moment.kind === "hardship";
    const role = voiceOf(body, body.turns[moment.turn]).role;
    const under = s("rect", { class: "under", x: x(span[0]), y: top(role) + LANE - 4, height: 4,
      width: Math.max(2, x(span[1]) - x(span[0])) });
    parts.push(s("g", { class: `moment kind-${moment.kind}`, onclick: () => jump(moment.turn, place) },
      s("title", {}, `${body.timed ? clock(span[0]) + " " : ""}${KINDS[moment.kind]}`),
      moment.kind === "hold" || moment.kind === "interruption" ? null : under,
      signOf(moment.kind, x(span[0]) + (caller ? 0 : 0), MARKS - 10)));
  });
  const step = stepOf(last - first, Math.max(2, (width - EDGE) / 70));
  for (let at = Math.ceil(first / step) * step; at <= last; at += step) {
    parts.push(s("path", { class: "tick", d: `M${x(at)} ${bottom - 2}v4` }));
    parts.push(s("text", { class: "tick", x: x(at), y: bottom + 14, "text-anchor": "middle" }, body.timed ? clock(at) : at));
  }
  // Screen readers get the transcript, in which everything that is drawn is marked.
  return s("svg", { class: "timeline", viewBox: `0 0 ${width} ${bottom + 20}`, "aria-hidden": "true" }, parts);
}

function timeline(row, body, jump) {
  const frame = h("div", { class: "frame" });
  const why = report.scripts ? "" : "This transcript has no times of speech. ";
  const scale = body.timed ? "" : `${why}The scale counts words.`;
  const figure = h("figure", {}, frame, h("figcaption", {}, legend(body), scale && h("p", { class: "note" }, scale)));
  let drawn = 0;
  const draw = () => {
    const width = Math.round(frame.clientWidth) || 720;
    if (width === drawn) return;
    drawn = width;
    frame.replaceChildren(picture(row, body, width, jump));
  };
  new ResizeObserver(draw).observe(frame);
  return figure;
}
