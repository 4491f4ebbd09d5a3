// The transcript of a call with its evidence marked, and links from every mark to the verdicts that rest on it.

// The marked pieces of a turn, in order and apart from each other: whatever overlaps becomes one.
function piecesOf(body, turn) {
  const pieces = [];
  const add = ([from, to], what) => {
    if (to > from) pieces.push({ from, to, kinds: [], tags: [], results: [], hits: [], instead: true, ...what });
  };
  body.moments.forEach((moment, place) => {
    if (moment.turn === turn && moment.said) {
      add(moment.said, { kinds: [moment.kind], tags: moment.tags ?? [], moments: [place], instead: false });
    }
  });
  body.results.forEach((result, place) => {
    for (const shown of result.evidence ?? []) {
      if (shown.turn !== turn) continue;
      add(shown.quote, { tags: shown.tags ?? [], results: [place], hits: shown.hit ? [shown.hit] : [], instead: !!shown.instead });
    }
  });
  pieces.sort((a, b) => a.from - b.from || b.to - a.to);
  const apart = [];
  for (const piece of pieces) {
    const last = apart[apart.length - 1];
    if (!last || piece.from >= last.to) {
      apart.push({ moments: [], ...piece });
      continue;
    }
    last.to = Math.max(last.to, piece.to);
    last.instead = last.instead && piece.instead;
    for (const list of ["kinds", "tags", "results", "hits", "moments"]) {
      for (const one of piece[list] ?? []) if (!last[list].includes(one)) last[list].push(one);
    }
  }
  return apart;
}

// The words of a piece, those that a rule matched set apart.
function wordsOf(text, piece) {
  const hits = piece.hits.slice().sort((a, b) => a[0] - b[0]);
  const parts = [];
  let at = piece.from;
  for (const [from, to] of hits) {
    if (from < at || to > piece.to) continue;
    parts.push(text.slice(at, from), h("strong", {}, text.slice(from, to)));
    at = to;
  }
  parts.push(text.slice(at, piece.to));
  return parts;
}

function notesOf(row, body, piece) {
  const kinds = piece.kinds.map((kind) => h("span", { class: `tag kind-${kind}` }, KINDS[kind]));
  const tags = piece.tags.filter((tag) => !piece.kinds.includes(tag)).map((tag) => h("span", { class: "tag" }, tag));
  const links = piece.results.map((place) => {
    const result = body.results[place];
    const verdict = VERDICTS[row.verdicts[result.rule]] ?? VERDICTS.a;
    return h("button", { type: "button", class: `rule ${verdict.word}`, "data-verdict": place },
      h("span", { "aria-hidden": "true" }, verdict.sign), h("span", { class: "hidden" }, `${verdict.shown}: `),
      rules[result.rule]?.id ?? "rule");
  });
  return h("span", { class: "notes" }, kinds, tags, links);
}

// The list of turns. Marks carry the places of the moments and results that they belong to.
function transcript(row, body) {
  let previous = null;
  const turns = body.turns.map((turn, place) => {
    if (body.quotes && turn[3] === "") return null;
    const voice = voiceOf(body, turn);
    const text = turn[3];
    const words = [];
    const notes = [];
    let at = 0;
    piecesOf(body, place).forEach((piece) => {
      words.push(text.slice(at, piece.from));
      const kinds = piece.kinds.map((kind) => `kind-${kind}`).join(" ");
      words.push(h("mark", { class: `${kinds} ${piece.instead ? "instead" : ""}`.trim() || null, tabindex: "-1",
        "data-moments": piece.moments.join(" "), "data-results": piece.results.join(" ") }, wordsOf(text, piece)));
      notes.push(notesOf(row, body, piece));
      at = piece.to;
    });
    words.push(text.slice(at));
    const interrupts = body.moments.some((moment) => moment.kind === "interruption" && moment.turn === place);
    const same = previous === turn[0];
    previous = turn[0];
    const name = LANES[voice.role] + (voice.name && voice.name.toLowerCase() !== voice.role ? ` (${voice.name})` : "");
    return h("li", { class: `said ${voice.role}${same ? " same" : ""}`, "data-turn": place, tabindex: "-1" },
      h("p", { class: "who" }, body.timed && turn[1] !== null ? h("time", {}, clock(turn[1])) : null, h("span", {}, name),
        interrupts ? h("span", { class: "tag kind-interruption" }, KINDS.interruption) : null),
      h("p", { class: "words", dir: "auto" }, words),
      notes.length > 0 ? h("p", { class: "about" }, notes) : null);
  });
  return h("ol", { class: "turns" }, turns);
}
