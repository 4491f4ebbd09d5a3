// Opens pages of `heard` in a headless Chromium and does in them what a supervisor does.

import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";
import { folder, hostile, MARKUP, rules, run, runAnyway, timed } from "./pages.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});
const address = (name) => pathToFileURL(join(folder, name)).href;

// A page that may log, ask for or break nothing.
async function open(name, { width = 1280, scheme = "light", scripts = true } = {}) {
  const page = await browser.newPage();
  page.wrong = [];
  page.on("console", (message) => page.wrong.push(`logs: ${message.text()}`));
  page.on("pageerror", (error) => page.wrong.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (request.url() !== address(name) && !request.url().startsWith("blob:")) page.wrong.push(`asks for ${request.url()}`);
  });
  await page.setJavaScriptEnabled(scripts);
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: scheme }, { name: "prefers-reduced-motion", value: "reduce" },
  ]);
  await page.goto(address(name));
  return page;
}

async function close(page) {
  assert.deepEqual(page.wrong, []);
  await page.close();
}

const text = (page, selector) => page.$eval(selector, (element) => element.textContent);
const count = (page, selector) => page.$$eval(selector, (all) => all.length);
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

async function set(page, values) {
  await page.evaluate((values) => {
    for (const [id, value] of Object.entries(values)) {
      const element = document.getElementById(id);
      element.value = value;
      element.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }, values);
  await wait(120);
  return text(page, "#count");
}

async function openCall(page, id) {
  await page.evaluate((id) => {
    const button = [...document.querySelectorAll(".call h3 button")].find((one) => one.querySelector(".id").textContent.startsWith(id));
    if (button.getAttribute("aria-expanded") === "false") button.click();
    button.focus();
  }, id);
  await page.waitForSelector(".call.open .timeline");
}

const tests = {
  async "loads without an error, and asks for nothing"() {
    for (const name of ["few.html", "examples.html", "many.html"]) {
      const page = await open(name);
      assert.equal(await page.evaluate(() => document.documentElement.dataset.ready), "yes");
      assert.ok((await count(page, "#list .call")) > 0);
      await close(page);
    }
  },

  async "what strangers wrote is text"() {
    const page = await open("few.html");
    await set(page, { search: "evil" });
    assert.equal(await count(page, "#list .call"), 1);
    await openCall(page, "=cmd");
    assert.equal(await page.evaluate(() => window.broken), undefined);
    assert.equal(await count(page, "img, main a, [onload], [onerror]"), 0);
    assert.equal(await count(page, "script:not([type])"), 1);
    const shown = MARKUP.replace("\u202e", "\ufffd");
    assert.ok((await text(page, ".call.open .said .words")).includes(shown));
    assert.ok((await text(page, ".call.open .facts")).includes(shown));
    await close(page);
  },

  async "a record that could not be read stands first"() {
    const page = await open("few.html");
    assert.match(await text(page, "#list .call:first-child"), /Not read: few\.jsonl/);
    await close(page);
  },

  async "filters agree with the results"() {
    const results = readFileSync(join(folder, "results.jsonl"), "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
    const calls = results.filter((result) => !result.error);
    const page = await open("few.html");
    const place = await page.$$eval("#rule option", (all) => all.findIndex((one) => one.textContent === "early-statement") - 1);
    for (const [letter, verdict] of [["f", "fail"], ["p", "pass"], ["a", "not-applicable"], ["s", "not-scorable"]]) {
      const expected = calls.filter((call) => call.results.some((one) => one.rule === "early-statement" && one.verdict === verdict));
      assert.equal(await set(page, { rule: String(place), verdict: letter }),
        `${expected.length} of ${results.length} calls`, verdict);
    }
    await set(page, { rule: "", verdict: "" });
    const poor = calls.filter((call) => call.score !== null && call.score <= 50).length;
    assert.equal(await set(page, { highest: "50" }), `${poor} of ${results.length} calls`);
    await page.click("#clear");
    await wait(50);
    assert.equal(await text(page, "#count"), `${results.length} calls`);
    const agent = await page.$$eval("#agent option", (all) => all.find((one) => one.textContent === "Jo Smith").value);
    assert.equal(await set(page, { agent }), `1 of ${results.length} calls`);
    await page.click("#clear");
    assert.equal(await set(page, { search: "RENT bounced" }), `3 of ${results.length} calls`, "words of the transcript, in any case");
    await page.click("#clear");
    await set(page, { order: "best" });
    const scores = (await page.$$eval(".call .score", (all) => all.map((one) => parseFloat(one.textContent)))).filter((n) => !isNaN(n));
    assert.deepEqual(scores, scores.slice().sort((a, b) => b - a));
    await close(page);
  },

  async "figures lead to the calls they count"() {
    const page = await open("examples.html");
    const link = "button[data-narrow][data-verdict=f]";
    const counted = Number(await text(page, link));
    await page.click(link);
    await wait(100);
    assert.match(await text(page, "#count"), new RegExp(`^${counted} of `));
    assert.equal(await page.evaluate(() => document.activeElement.id), "calls-title");
    const named = await text(page, "button[data-open]");
    await page.click("button[data-open]");
    await page.waitForSelector(".call.open .timeline");
    assert.ok(named.startsWith(await text(page, ".call.open .id")));
    await close(page);
  },

  async "a call is drawn to scale"() {
    const page = await open("few.html");
    await openCall(page, "timed-1");
    const drawn = await page.evaluate(() => {
      const at = (element, name) => Number(element.getAttribute(name));
      const picture = document.querySelector(".call.open .timeline");
      const bars = [...picture.querySelectorAll(".turn")].map((bar) => [at(bar, "x"), at(bar, "width"), at(bar, "y")]);
      const opening = picture.querySelector(".opening rect");
      return { bars, opening: [at(opening, "x"), at(opening, "width")],
        kinds: [...picture.querySelectorAll(".moment")].map((one) => one.getAttribute("class").replace("moment kind-", "")) };
    });
    assert.equal(drawn.bars.length, timed.turns.length);
    const scale = (drawn.bars[5][0] - drawn.bars[0][0]) / 40;
    timed.turns.forEach((turn, place) => {
      assert.ok(Math.abs(drawn.bars[place][0] - (drawn.bars[0][0] + (turn.start_s - 1) * scale)) < 0.01, `turn ${place} begins to scale`);
      assert.ok(Math.abs(drawn.bars[place][1] + 0.5 - (turn.end_s - turn.start_s) * scale) < 0.01, `turn ${place} lasts to scale`);
      assert.equal(drawn.bars[place][2], drawn.bars[turn.speaker === "agent" ? 0 : 1][2], "a lane for each");
    });
    assert.ok(Math.abs(drawn.opening[0] - drawn.bars[0][0]) < 0.01 && Math.abs(drawn.opening[1] - 15 * scale) < 0.01, "15 seconds from the first word");
    for (const kind of ["statement", "hardship", "solution", "interruption"]) assert.ok(drawn.kinds.includes(kind), kind);
    await close(page);
  },

  async "a verdict leads to its sentence, and the sentence back"() {
    const page = await open("few.html");
    await openCall(page, "timed-1");
    const quote = await page.$(".call.open .verdict.pass button.quote");
    const [turn, words] = await quote.evaluate((one) => [one.dataset.turn, one.querySelector("q").textContent]);
    await quote.click();
    await wait(50);
    const at = await page.evaluate(() => {
      const now = document.activeElement;
      const place = now.getBoundingClientRect();
      return { tag: now.tagName, words: now.textContent, turn: now.closest(".said").dataset.turn,
        seen: place.top >= 0 && place.bottom <= innerHeight };
    });
    assert.equal(at.tag, "MARK");
    assert.ok(at.words.includes(words) && at.turn === turn && at.seen, JSON.stringify(at));
    const back = await page.$(`.call.open .said[data-turn="${turn}"] button.rule`);
    const rule = await back.evaluate((one) => one.dataset.verdict);
    await back.evaluate((one) => one.click());
    assert.equal(await page.evaluate(() => document.activeElement.dataset.verdict), rule);
    await close(page);
  },

  async "keys do what the list of keys says"() {
    const page = await open("examples.html");
    await page.keyboard.press("j");
    const first = await page.evaluate(() => document.activeElement.closest(".call").id);
    await page.keyboard.press("j");
    assert.notEqual(await page.evaluate(() => document.activeElement.closest(".call").id), first);
    await page.keyboard.press("k");
    assert.equal(await page.evaluate(() => document.activeElement.closest(".call").id), first);
    await page.keyboard.press("Enter");
    await page.waitForSelector(`#${first}.open`);
    await page.keyboard.press("n");
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "MARK");
    await page.keyboard.press("Escape");
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "BUTTON");
    await page.keyboard.press("/");
    assert.equal(await page.evaluate(() => document.activeElement.id), "search");
    await page.keyboard.type("j?");
    assert.equal(await page.$eval("#search", (one) => one.value), "j?", "in a field, letters are letters");
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("?");
    assert.ok(await page.$("dialog[open]"));
    await close(page);
  },

  async "answers are saved as labels that heard agree reads"() {
    const page = await open("few.html");
    const client = await browser.target().createCDPSession();
    await client.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: folder });
    const answer = async (id, dispute, why) => {
      await openCall(page, id);
      return page.evaluate(({ id, dispute, why }) => {
        const call = [...document.querySelectorAll(".call.open")].find((one) => one.querySelector(".id").textContent.startsWith(id));
        const verdict = call.querySelector(dispute ? ".verdict.fail" : ".verdict.pass");
        const [agree, disagree] = verdict.querySelectorAll(".answer button");
        (dispute ? disagree : agree).click();
        const note = verdict.querySelector(".answer input");
        note.value = why;
        note.dispatchEvent(new Event("input", { bubbles: true }));
        return verdict.querySelector(".marks code").textContent;
      }, { id, dispute, why });
    };
    const disputed = await answer("timed-1", true, '=1+1, "so" it is');
    const agreed = await answer("timed-1", false, "");
    const odd = await answer("=cmd", false, "");
    assert.match(await text(page, "#answered"), /^3 answers, 1 disputed$/);
    await page.type("#grader", "Coach Ann");
    await page.click("#answers button");
    const file = join(folder, "labels.csv");
    for (let tries = 0; !existsSync(file) && tries < 100; tries++) await wait(50);
    const saved = readFileSync(file, "utf8");
    assert.ok(saved.startsWith("\ufeffcall,rule,verdict,grader,why\r\n"));
    assert.ok(saved.includes(`timed-1,${disputed},pass,Coach Ann,"'=1+1, ""so"" it is"\r\n`), saved);
    assert.ok(saved.includes(`timed-1,${agreed},pass,Coach Ann,\r\n`) && !/\n=/.test(saved), saved);
    const report = JSON.parse(runAnyway("agree", "labels.csv", "results.jsonl", ...rules, "--format", "json"));
    const all = JSON.stringify(report);
    assert.ok(all.includes("=1+1, \\\"so\\\" it is"), `the note is read as it was written: ${all}`);
    const found = (rule) => report.heard.rules.find((one) => one.rule === rule);
    assert.equal(found(disputed).n, 1 + (odd === disputed), all);
    assert.ok(found(odd).n >= 1, `the id that begins like a formula is found again: ${all}`);
    assert.match(await text(page, "#answered"), /saved$/);
    await close(page);
  },

  async "axe finds nothing, in any size and colour"() {
    for (const width of [1280, 390]) {
      for (const scheme of ["light", "dark"]) {
        const page = await open("examples.html", { width, scheme });
        await page.evaluate(() => document.querySelectorAll("#list h3 button").forEach((one, place) => place % 5 || one.click()));
        await page.evaluate(() => document.querySelector(".verdict .answer button:nth-child(2)").click());
        await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
        await wait(200);
        await page.evaluate(`(() => { ${axe}; })()`).catch(() => null);
        const found = await page.evaluate(async () => {
          const result = await window.axe.run(document, { resultTypes: ["violations"], iframes: false });
          return result.violations.map((one) => `${one.impact} ${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(" | ")}`);
        });
        assert.deepEqual(found, [], `${width} ${scheme}`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wide <= 0, `nothing is wider than ${width} pixels`);
        await page.close();
      }
    }
  },

  async "two thousand calls stay smooth"() {
    const began = performance.now();
    const page = await open("many.html");
    await page.evaluate(() => document.body.offsetHeight);
    const opened = performance.now() - began;
    const times = await page.evaluate(() => {
      const results = {};
      const time = (name, id, value) => {
        const element = document.getElementById(id);
        const start = performance.now();
        element.value = value;
        element.dispatchEvent(new Event("input", { bubbles: true }));
        document.body.offsetHeight;
        results[name] = Math.round(performance.now() - start);
      };
      time("agent", "agent", document.getElementById("agent").options[1].value);
      time("rule", "rule", "0");
      time("verdict", "verdict", "f");
      time("score", "highest", "60");
      time("order", "order", "best");
      time("all again", "agent", "");
      return results;
    });
    console.log(`    ${(statSync(join(folder, "many.html")).size / 1e6).toFixed(1)} MB open in ${Math.round(opened)} ms; filters: ${JSON.stringify(times)} ms`);
    assert.ok(opened < 3000, `opens in ${opened} ms`);
    for (const [name, time] of Object.entries(times)) assert.ok(time < 100, `${name} takes ${time} ms`);
    await close(page);
  },

  async "without scripts the figures stand"() {
    const page = await open("examples.html", { scripts: false });
    assert.match(await page.evaluate(() => document.body.innerText), /Rule by rule[\s\S]*needs a browser that runs the script/);
    await close(page);
  },

  async "it prints"() {
    const page = await open("examples.html");
    await openCall(page, "UT-88213");
    const paper = await page.pdf({ format: "A4", printBackground: true });
    const pages = Buffer.from(paper).toString("latin1").match(/\/Type\s*\/Page[^s]/g).length;
    assert.ok(pages >= 3 && pages < 40, `${pages} pages`);
    await page.emulateMediaType("print");
    assert.equal(await page.$eval("#filter", (one) => getComputedStyle(one).display), "none");
    await close(page);
  },

  async "the same calls make the same page"() {
    for (const jobs of ["1", "4"]) run("audit", "some.jsonl", ...rules, "-q", "--no-progress", "--jobs", jobs, "--html-calls", "50", "-o", `jobs-${jobs}.html`);
    assert.ok(readFileSync(join(folder, "jobs-1.html")).equals(readFileSync(join(folder, "jobs-4.html"))));
    const page = await open("jobs-1.html");
    assert.match(await text(page, "#calls .note"), /50 of 300 calls/);
    assert.equal(await count(page, "script[id^=data-]"), 50);
    await close(page);
  },

  async "a page of results says what is not known"() {
    run("summary", "results.jsonl", "-q", "-o", "summary.html");
    const page = await open("summary.html");
    assert.match(await text(page, "h1"), /^4 calls/);
    await close(page);
  },
};

assert.equal(hostile.call[0], "=");
let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  const began = performance.now();
  try {
    await test();
    console.log(`  ok ${name} (${Math.round(performance.now() - began)} ms)`);
  } catch (error) {
    failed += 1;
    console.log(`  FAILED ${name}\n${error.stack}`);
  }
}
await browser.close();
if (failed === 0) rmSync(folder, { recursive: true, force: true });
else console.log(`the pages are in ${folder}`);
process.exit(failed === 0 ? 0 : 1);
