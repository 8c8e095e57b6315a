// The ingestion report: one entry a file, those that need somebody first.

import { $, Problem, count, el, getJson, problemPanel, readingUrl, show } from "./dom.js";

// A browser draws this many without delay; the rest come when asked for.
const FIRST_FILES = 200;

// In the order in which they are shown: what somebody may have to do something about stands first.
const STATUSES = {
  refused: { words: "kunde inte läsas", look: "left-out" },
  encrypted: { words: "krypterad", look: "left-out" },
  needs_ocr: { words: "behöver OCR", look: "left-out" },
  timed_out: { words: "tog för lång tid", look: "left-out" },
  indexed_with_warnings: { words: "indexerad, med varningar", look: "warned" },
  indexed: { words: "indexerad", look: "" },
  unchanged: { words: "oförändrad", look: "" },
  duplicate: { words: "dubblett", look: "twin" },
};

const order = Object.keys(STATUSES);

/** A file of before keeps its warnings, and is found among those with warnings too. */
const has = (file, status) => file.status === status
  || (status === "indexed_with_warnings" && STATUSES[file.status].look === "" && file.warnings.length > 0);

const rank = (file) => order.findIndex((status) => has(file, status));

const sentence = (words) => words[0].toLocaleUpperCase("sv") + words.slice(1);

function figures(file) {
  if (!file.agreement_id) return null;
  const parts = [
    file.pages > 0 && count(file.pages, "sida", "sidor"), count(file.characters, "tecken"),
    count(file.sections, "avsnitt"), count(file.passages, "stycke", "stycken"),
  ];
  return el("p", { class: "figures-line" }, parts.filter(Boolean).join(" · "));
}

function remarks(file) {
  const said = file.warnings.length ? [...file.warnings] : [file.reason].filter(Boolean);
  if (file.moved_from && file.warnings.length) said.unshift(`flyttad hit från ${file.moved_from}`);
  if (file.split_sentences) {
    said.push(`${count(file.split_sentences, "mening", "meningar")} är längre än ett stycke får vara och har delats`);
  }
  return said.length > 0 && el("ul", { class: "remarks" }, said.map((words) => el("li", {}, sentence(words))));
}

function fileItem(file) {
  const { words, look } = STATUSES[file.status];
  const warned = look === "" && file.warnings.length > 0 ? "warned" : look;
  const name = file.agreement_id ? el("a", { href: readingUrl(file.agreement_id) }, file.path) : el("span", {}, file.path);
  return el("li", {}, el("div", { class: "file-head" }, name, el("span", { class: `state ${warned}`.trim() }, words)), figures(file), remarks(file));
}

function statusLinks(files, chosen) {
  const link = (status, words, n) => el("li", {}, el("a", {
    class: "chip", href: status ? `/rapport?status=${status}` : "/rapport", "aria-current": status === chosen && "page",
  }, words, " ", el("b", {}, n.toLocaleString("sv-SE"))));
  const seen = order.map((status) => [status, files.filter((file) => has(file, status)).length]).filter(([, n]) => n > 0);
  return [link("", "alla", files.length), ...seen.map(([status, n]) => link(status, STATUSES[status].words, n))];
}

function showReport({ files, generation, agreements, passages }) {
  const chosen = new URLSearchParams(location.search).get("status") ?? "";
  const left = files.filter((file) => STATUSES[file.status].look === "left-out").length;
  $("summary").textContent = `${count(agreements, "avtal är sökbart", "avtal är sökbara")}, i ${count(passages, "stycke", "stycken")}. `
    + (left ? `${count(left, "fil kunde", "filer kunde")} inte tas med.` : "Alla filer kunde läsas.");
  $("statuses").replaceChildren(...statusLinks(files, chosen));
  const shown = files.filter((file) => !chosen || has(file, chosen))
    .sort((a, b) => rank(a) - rank(b));
  $("files").replaceChildren(...shown.slice(0, FIRST_FILES).map(fileItem));
  show($("more"), shown.length > FIRST_FILES);
  $("more-button").textContent = `Visa alla ${shown.length.toLocaleString("sv-SE")}`;
  $("more-button").addEventListener("click", () => {
    $("files").append(...shown.slice(FIRST_FILES).map(fileItem));
    show($("more"), false);
    $("files").children[FIRST_FILES].querySelector("a")?.focus();
  });
  $("run-info").textContent = `Index ${generation}.`;
  $("status").textContent = `${count(shown.length, "fil", "filer")} visas.`;
  show($("report"));
}

async function load() {
  show($("problem"), false);
  try {
    showReport(await getJson("/api/report"));
  } catch (error) {
    if (!(error instanceof Problem)) console.error(error);
    const problem = error instanceof Problem ? error : new Problem("Rapporten gick inte att visa. Försök igen.");
    const retry = el("button", { type: "button", class: "primary", click: load }, "Försök igen");
    $("problem").replaceChildren(problemPanel({ title: "Det gick inte att visa rapporten" }, problem, retry));
    show($("problem"));
  } finally {
    $("innehall").setAttribute("aria-busy", "false");
  }
}

load();
