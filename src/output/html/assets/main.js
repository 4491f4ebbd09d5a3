// Where it starts: the list, the links of the figures, the keyboard.

const shortcuts = {
  "/": () => byId("search").focus(),
  "?": () => byId("keys").showModal(),
  j: () => step(1),
  k: () => step(-1),
  n: () => stepMark(1),
  p: () => stepMark(-1),
};

// The next call from where the keyboard is.
function step(by) {
  const current = document.activeElement?.closest?.(".call");
  const place = current ? chosen.findIndex((row) => itemOf(row) === current) : -1;
  const next = chosen[place < 0 ? 0 : place + by];
  if (!next) return;
  if (chosen.indexOf(next) >= listed) showMore();
  goTo(itemOf(next).querySelector("button") ?? itemOf(next));
}

// The next marked sentence of the call in which the keyboard is.
function stepMark(by) {
  const marks = [...(document.activeElement?.closest?.(".call")?.querySelectorAll("mark") ?? [])];
  if (marks.length === 0) return;
  const at = marks.indexOf(document.activeElement);
  goTo(marks[at < 0 ? (by > 0 ? 0 : marks.length - 1) : (at + by + marks.length) % marks.length]);
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") {
    const call = document.activeElement?.closest?.(".call");
    if (call && !event.target.matches("select")) goTo(call.querySelector("h3 button") ?? call);
    return;
  }
  if (event.target.matches("input, select, textarea") || !byId("single").checked) return;
  const work = shortcuts[event.key];
  if (work === undefined) return;
  event.preventDefault();
  work();
}

function fromAddress() {
  const place = /^#call-(\d+)$/.exec(location.hash);
  if (place) openCall(Number(place[1]));
}

if (list !== null) {
  startList();
  startAnswers();
  prepareSearch();
  byId("help").addEventListener("click", () => byId("keys").showModal());
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-narrow]");
    const call = event.target.closest?.("[data-open]");
    if (link) narrow(link.dataset);
    if (call) openByWhose(call.dataset);
  });
  addEventListener("hashchange", fromAddress);
  fromAddress();
}

// The call that a list of the figures speaks of.
function openByWhose(data) {
  const same = (row) => !row.error && row.call === data.open && row.source === data.source && row.record === Number(data.record);
  const row = rows.find(same);
  if (row) openCall(row.place);
}
document.documentElement.dataset.ready = "yes";
