// The list of calls: what chooses among them, their order, opening and closing.

const CHUNK = 100;
const list = byId("list");
let chosen = [];
let listed = 0;
const items = new Map();

const wanted = () => ({
  words: byId("search").value.toLowerCase().split(/\s+/).filter(Boolean),
  agent: byId("agent").value,
  queue: byId("queue").value,
  rule: byId("rule").value,
  verdict: byId("verdict").value,
  lowest: byId("lowest").value === "" ? null : Number(byId("lowest").value) * 10,
  highest: byId("highest").value === "" ? null : Number(byId("highest").value) * 10,
});

function fits(row, want) {
  if (want.words.length > 0 && !want.words.every((word) => haystack(row).includes(word))) return false;
  const narrowed = want.agent || want.queue || want.rule !== "" || want.verdict || want.lowest !== null || want.highest !== null;
  if (row.error) return !narrowed;
  if (want.agent && row.key !== want.agent) return false;
  if (want.queue && row.queue !== want.queue) return false;
  if (want.rule !== "") {
    const verdict = row.verdicts[Number(want.rule)];
    if (want.verdict ? verdict !== want.verdict : verdict === "-") return false;
  } else if (want.verdict && !row.verdicts.includes(want.verdict)) return false;
  if (want.lowest !== null && (row.score === null || row.score < want.lowest)) return false;
  if (want.highest !== null && (row.score === null || row.score > want.highest)) return false;
  return true;
}

const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const last = (value) => (value === null || value === undefined ? Infinity : value);
const negative = (value) => (value === null ? null : -value);
const ORDERS = {
  worst: (a, b) => last(a.score) - last(b.score) || 0,
  best: (a, b) => last(negative(a.score)) - last(negative(b.score)) || 0,
  place: () => 0,
  newest: (a, b) => byText(b.started ?? "", a.started ?? ""),
  longest: (a, b) => (b.seconds ?? -1) - (a.seconds ?? -1),
  agent: (a, b) => byText(a.key ?? "\uffff", b.key ?? "\uffff") || ORDERS.worst(a, b),
};

// What could not be read stands first: nothing of it is known.
const inOrder = (order) => (a, b) => Boolean(b.error) - Boolean(a.error) || ORDERS[order](a, b) || a.place - b.place;

function failedOf(row) {
  const failed = [...row.verdicts].flatMap((letter, rule) => (letter === "f" ? [rules[rule]] : []));
  failed.sort((a, b) => b.weight - a.weight);
  if (failed.length === 0) return h("span", { class: "failed none" }, row.score === null ? "nothing to score" : "nothing fell short");
  const more = failed.length > 2 ? ` and ${failed.length - 2} more` : "";
  return h("span", { class: "failed" }, h("span", { class: "sign", "aria-hidden": "true" }, "✕ "),
    h("span", { class: "hidden" }, "failed: "), failed.slice(0, 2).map((rule) => rule.id).join(", ") + more);
}

function itemOf(row) {
  let item = items.get(row.place);
  if (item !== undefined) return item;
  if (row.error) {
    item = h("li", { class: "call broken", id: `call-${row.place}` }, h("h3", {}, "Not read: ",
      h("bdi", {}, row.record ? `${row.source}, record ${row.record}` : row.source)), h("p", { class: "why" }, row.error));
  } else {
    const score = row.score === null ? h("span", { class: "score none" }, "–", h("span", { class: "hidden" }, "no score"))
      : h("span", { class: `score ${row.band}` }, tenths(row.score), h("small", {}, row.band));
    const facts = [row.agent, row.queue, row.started?.slice(0, 16).replace("T", " "), row.seconds && clock(row.seconds)];
    const button = h("button", { type: "button", "aria-expanded": "false", "aria-controls": `body-${row.place}` }, score,
      h("span", { class: "named" }, h("bdi", { class: "id" }, row.path ? `${row.source}: ${row.path}` : row.call),
        h("span", { class: "known" }, facts.filter(Boolean).map((fact) => h("bdi", {}, fact)))), failedOf(row));
    item = h("li", { class: "call", id: `call-${row.place}` }, h("h3", {}, button),
      h("div", { class: "body", id: `body-${row.place}`, hidden: true }));
    button.addEventListener("click", () => toggle(row));
  }
  items.set(row.place, item);
  return item;
}

function toggle(row, open) {
  const item = itemOf(row);
  const [button, body] = [item.querySelector("h3 button"), item.querySelector(".body")];
  const now = open ?? body.hidden;
  if (now && body.childElementCount === 0) body.append(callBody(row));
  body.hidden = !now;
  button.setAttribute("aria-expanded", String(now));
  item.classList.toggle("open", now);
}

function showMore() {
  const next = chosen.slice(listed, listed + CHUNK);
  list.append(...next.map(itemOf));
  listed += next.length;
  byId("more").hidden = listed >= chosen.length;
  byId("more").textContent = `Show more: ${(chosen.length - listed).toLocaleString("en")} left`;
}

function choose() {
  const want = wanted();
  chosen = rows.filter((row) => fits(row, want)).sort(inOrder(byId("order").value));
  listed = 0;
  list.replaceChildren();
  showMore();
  const [one, many] = [list.dataset.one, list.dataset.many];
  const all = counted(rows.length, one, many);
  byId("count").textContent = chosen.length === rows.length ? all : `${chosen.length.toLocaleString("en")} of ${all}`;
}

function options(select, pairs) {
  select.append(...pairs.map(([value, shown]) => h("option", { value }, shown)));
  select.closest("label").hidden = pairs.length === 0;
}

function startList() {
  const agents = new Map();
  for (const row of rows) if (row.key && !agents.has(row.key)) agents.set(row.key, row.agent);
  const queues = [...new Set(rows.map((row) => row.queue).filter(Boolean))].sort(byText);
  options(byId("agent"), [...agents].sort((a, b) => byText(a[1], b[1])));
  options(byId("queue"), queues.map((queue) => [queue, queue]));
  options(byId("rule"), rules.map((rule, place) => [String(place), rule.id]));
  let waiting = 0;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(choose, 60);
  };
  byId("filter").addEventListener("input", (event) => (event.target.type === "search" ? soon() : choose()));
  byId("filter").addEventListener("reset", () => setTimeout(choose));
  byId("filter").addEventListener("submit", (event) => event.preventDefault());
  byId("more").addEventListener("click", () => {
    const first = listed;
    showMore();
    itemOf(chosen[first]).querySelector("button")?.focus();
  });
  choose();
}

// A link of the figures: shows what it counts.
function narrow(data) {
  byId("filter").reset();
  for (const name of ["agent", "queue", "rule", "verdict", "search"]) if (data[name] !== undefined) byId(name).value = data[name];
  choose();
  goTo(byId("calls-title"));
}

function openCall(place) {
  const row = rows[place];
  if (!row || row.error) return;
  if (!chosen.includes(row)) byId("filter").reset(), choose();
  while (listed <= chosen.indexOf(row)) showMore();
  toggle(row, true);
  const button = itemOf(row).querySelector("h3 button");
  button.scrollIntoView({ block: "start" });
  button.focus({ preventScroll: true });
}
