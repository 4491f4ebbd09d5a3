// What a coach answers: agreed with or disputed, with a note; saved as the table that `heard agree` reads.

const answers = new Map();
let unsaved = false;

const answerKey = (row, rule) => `${row.place}/${rule}`;

// A cell that a spreadsheet shows and never runs; `heard agree` takes the leading quote off again.
function cell(text) {
  const formula = text !== "-" && /^[=+\-@\t\r\n＝＋－＠]/.test(text);
  const safe = (formula ? "'" : "") + text;
  return /[",\r\n\t;]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function labels() {
  const grader = byId("grader").value.trim() || "coach";
  const lines = [["call", "rule", "verdict", "grader", "why"]];
  const sorted = [...answers.values()].sort((a, b) => a.row.place - b.row.place || a.rule - b.rule);
  for (const { row, rule, verdict, why } of sorted) {
    lines.push([row.raw, rules[rule].id, VERDICTS[verdict].word, grader, why.trim()]);
  }
  return lines.map((line) => line.map(cell).join(",") + "\r\n").join("");
}

function showAnswers() {
  const bar = byId("answers");
  bar.hidden = answers.size === 0;
  const disputed = [...answers.values()].filter((answer) => answer.verdict !== answer.heard).length;
  byId("answered").textContent = `${counted(answers.size, "answer", "answers")}, ${disputed} disputed${unsaved ? "" : ", saved"}`;
  const doubles = new Set([...answers.values()].map(({ row }) => row.raw).filter((id) => ids.get(id) > 1));
  byId("doubles").hidden = doubles.size === 0;
  byId("doubles").textContent = "Some answers are about ids that several calls share; heard agree cannot tell these calls apart.";
}

function answer(row, rule, given) {
  const key = answerKey(row, rule);
  if (given === null) answers.delete(key);
  else answers.set(key, { row, rule, heard: row.verdicts[rule], ...given });
  unsaved = answers.size > 0;
  showAnswers();
}

// The part of a verdict in which it is answered.
function answering(row, rule) {
  const heard = row.verdicts[rule];
  const given = () => answers.get(answerKey(row, rule));
  const others = Object.keys(VERDICTS).filter((letter) => letter !== heard);
  const usual = heard === "p" ? "f" : "p";
  const agree = h("button", { type: "button", "aria-pressed": "false" }, "Agree");
  const dispute = h("button", { type: "button", "aria-pressed": "false" }, "Dispute");
  const verdict = h("select", {}, others.map((letter) => h("option", { value: letter }, VERDICTS[letter].shown)));
  const why = h("input", { type: "text", maxlength: "500", placeholder: "why (optional)", "aria-label": "Why" });
  const right = h("label", {}, "It is ", verdict);
  const more = h("span", { class: "given", hidden: true }, right, why);
  verdict.value = usual;
  const show = () => {
    const now = given();
    agree.setAttribute("aria-pressed", String(now !== undefined && now.verdict === heard));
    dispute.setAttribute("aria-pressed", String(now !== undefined && now.verdict !== heard));
    more.hidden = now === undefined;
    right.hidden = now === undefined || now.verdict === heard;
  };
  const give = (letter) => {
    const now = given();
    const again = now !== undefined && (now.verdict === heard) === (letter === heard);
    answer(row, rule, again ? null : { verdict: letter, why: why.value });
    show();
  };
  const change = () => {
    const now = given();
    if (now === undefined) return;
    answer(row, rule, { verdict: now.verdict === heard ? heard : verdict.value, why: why.value });
  };
  agree.addEventListener("click", () => give(heard));
  dispute.addEventListener("click", () => give(verdict.value));
  verdict.addEventListener("change", change);
  why.addEventListener("input", change);
  const now = given();
  if (now !== undefined) {
    why.value = now.why;
    if (now.verdict !== heard) verdict.value = now.verdict;
  }
  show();
  return h("div", { class: "answer", role: "group", "aria-label": `Your answer to ${rules[rule].id}` }, agree, dispute, more);
}

function saveAnswers(event) {
  event.preventDefault();
  const file = URL.createObjectURL(new Blob(["\ufeff", labels()], { type: "text/csv" }));
  const link = h("a", { href: file, download: "labels.csv", hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(file), 10000);
  unsaved = false;
  showAnswers();
}

function startAnswers() {
  const form = byId("answers");
  if (form === null) return;
  form.addEventListener("submit", saveAnswers);
  addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
}
