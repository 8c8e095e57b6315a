// The reading view: one agreement, its sections, and the cited place.

import { $, Problem, answerUrl, copyFrom, el, encodeId, getJson, hiddenText, problemPanel, readingUrl, show } from "./dom.js";
import { cardRows } from "./card.js";
import { citationText } from "./quote.js";
import { relatedRows } from "./related.js";
import { codePoints, renderInline, renderText, unitsOf } from "./text.js";

const BARE_NUMBER = /^(?:§\s*)?\d+(?:\.\d+)*\.?$/;
const NAV_WORDS = 5;
// "Läs mer om …" in the middle of a page is less in the way as a grey line than as a fold.
const DIMMED_UNITS = 60;
const WIDE = matchMedia("(min-width: 62rem)");

const params = new URLSearchParams(location.search);
const question = (params.get("q") ?? "").trim();
const agreementId = location.pathname.replace(/^\/avtal\//, "").split("/").map(safeDecode).join("/");

function safeDecode(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The cited span in code points, or null when the address names none that can be. */
function citedSpan(length) {
  const [start, end] = ["start", "end"].map((name) => (/^\d+$/.test(params.get(name) ?? "") ? Number(params.get(name)) : NaN));
  return start < end && end <= length ? { start, end } : null;
}

/** The last of `parts` (sorted by start) that begins at or before `at`. */
const holding = (parts, at) => parts.findLast((part) => part.start <= at) ?? null;

function showCard(agreement) {
  const linked = ({ fact, words }) => el("a", { href: readingUrl(agreementId, { ...fact, text_sha256: agreement.text_sha256 }, question) },
    words, hiddenText(", visa i texten"));
  const shown = (value) => {
    if (value.fact) return linked(value);
    return value.manifest ? [value.words, el("small", {}, ` (enligt ${value.manifest})`)] : value.words;
  };
  for (const { label, values } of cardRows(agreement)) {
    $("card").append(el("div", {}, el("dt", {}, label), values.map((value) => el("dd", {}, shown(value)))));
  }
  $("card").append(...relatedRows(agreement));
  show($("card"), $("card").childElementCount > 0);
}

/** [from, to) cut where furniture begins and ends: `{ start, end, furniture }`, blank pieces left out. */
function piecesOf(text, from, to, furniture) {
  const pieces = [];
  let at = from;
  for (const span of furniture) {
    if (span.end <= at || span.start >= to) continue;
    pieces.push({ start: at, end: Math.max(span.start, at), furniture: false });
    at = Math.min(span.end, to);
    pieces.push({ start: Math.max(span.start, from), end: at, furniture: true });
  }
  pieces.push({ start: at, end: to, furniture: false });
  return pieces.filter((piece) => text.slice(piece.start, piece.end).trim());
}

/** Page furniture: a short line is dimmed, more is folded away (one fold takes what follows directly). */
function appendFurniture(parent, content, length) {
  if (length <= DIMMED_UNITS && parent !== $("document")) {
    parent.append(el("div", { class: "dimmed" }, content));
    return;
  }
  let fold = parent.lastElementChild;
  if (!fold?.classList.contains("furniture")) {
    fold = el("details", { class: "furniture" }, el("summary", {}, "Text som inte hör till avtalet (menyer, sidhuvuden och liknande)"));
    parent.append(fold);
  }
  fold.append(content);
  if (fold.querySelector("mark")) fold.open = true;
}

const pageBreak = ({ number, ocr }) => {
  const words = ocr ? `Sida ${number} (OCR)` : `Sida ${number}`;
  return el("span", { class: "page-break", role: "doc-pagebreak", "aria-label": words }, words);
};

/** The canonical text by sections, into #document. All offsets in `view` are UTF-16 units. */
function showDocument(view) {
  const { text, sections, furniture, marks, points } = view;
  const sheet = $("document");
  const breaks = (node, from, to) => {
    for (const point of points) if (point.at >= from && point.at < to) node.append(point.make());
  };
  sections.forEach((section, i) => {
    const pieces = piecesOf(text, section.start, section.end, furniture);
    if (pieces.length && pieces.every((piece) => piece.furniture)) {
      breaks(sheet, section.start, section.end);
      appendFurniture(sheet, renderText(text, section.start, section.end, marks), section.end - section.start);
      return;
    }
    const node = el("section", { id: `avsnitt-${i + 1}`, class: `level-${Math.min(section.level, 4)} ${section.role}` });
    const heading = text.slice(section.start, section.body).trim();
    let reached = section.start;
    if (heading) {
      // A bare number stands in the margin of its clause, as it does on paper.
      if (BARE_NUMBER.test(heading)) node.classList.add("clause");
      breaks(node, section.start, section.body);
      reached = section.body;
      const from = text.indexOf(heading, section.start);
      const level = Math.min(Math.max(section.level, 1) + 1, 6);
      node.append(el(`h${level}`, {}, renderInline(text, from, from + heading.length, marks)));
    }
    for (const piece of piecesOf(text, reached, section.end, furniture)) {
      // Page breaks between pieces, and those that a page's header or footer would hide.
      breaks(node, reached, piece.furniture ? piece.end : piece.start);
      const content = renderText(text, piece.start, piece.end, marks, piece.furniture ? [] : points);
      if (piece.furniture) appendFurniture(node, content, text.slice(piece.start, piece.end).trim().length);
      else node.append(content);
      reached = piece.end;
    }
    breaks(node, reached, section.end);
    if (node.childElementCount) sheet.append(node);
  });
}

/** A numbered clause without words of its own is listed with the first words of its text. */
function firstWords(section, text, unit) {
  if (!BARE_NUMBER.test(section.label.trim())) return null;
  const words = text.slice(unit(section.body), unit(section.end)).trim().split(/\s+/);
  return el("small", {}, ` ${words.slice(0, NAV_WORDS).join(" ")}${words.length > NAV_WORDS ? " …" : ""}`);
}

function showContents({ sections, text }, unit, current) {
  const entries = sections.map((section, i) => ({ section, id: `avsnitt-${i + 1}` }))
    .filter(({ section, id }) => section.label.trim() && $(id));
  for (const { section, id } of entries) {
    $("contents-list").append(el("li", { class: `level-${Math.min(section.level, 4)}` },
      el("a", { href: `#${id}`, "aria-current": section === current && "location" }, section.label.trim(), firstWords(section, text, unit))));
  }
  show($("contents"), entries.length > 1);
  $("reading").classList.toggle("no-contents", entries.length <= 1);
  const fit = () => { $("contents-fold").open = WIDE.matches; };
  WIDE.addEventListener("change", fit);
  fit();
}

/** The note above the text: where the citation stands, whether the text has changed since the link was made. */
function showCited(agreement, span, quote) {
  const asked = params.get("v");
  const stale = Boolean(asked) && !agreement.text_sha256.startsWith(asked);
  if (!span) {
    if (!params.has("start")) return;
    show($("cited"));
    $("cited").classList.add("warning");
    $("cited-text").textContent = "Länken pekar på en plats som inte finns i texten. Avtalet kan ha ändrats sedan länken skapades.";
    show($("cited").querySelector(".actions"), false);
    return;
  }
  const section = holding(agreement.sections, span.start);
  const first = holding(agreement.pages, span.start);
  const last = holding(agreement.pages, span.end - 1);
  const citation = {
    agreement_id: agreement.agreement_id, title: agreement.title, section_path: section?.path ?? [], section_label: section?.label ?? "",
    page_first: first?.number ?? null, page_last: last?.number ?? null, ...span, quote, text_sha256: agreement.text_sha256,
    ocr: agreement.pages.some((page) => page.ocr && page.start < span.end && span.start < page.end),
  };
  show($("cited"));
  $("cited").classList.toggle("warning", stale);
  const label = citation.section_label.trim();
  const where = [label && `i ”${label}”`, first && `på sida ${first.number}`].filter(Boolean).join(" ");
  $("cited-text").textContent = stale
    ? "Texten har ändrats sedan länken skapades. Markeringen kan därför ligga fel."
    : where ? `Citatet står ${where} och är markerat i texten.` : "Citatet är markerat i texten.";
  $("cited-copy").addEventListener("click", () => copyFrom($("cited-copy"), citationText(citation)));
}

/** Gives the first marked run the name that links point at, scrolls to it and lets the keyboard go on there. */
function goToMark() {
  const mark = $("document").querySelector("mark");
  if (!mark) return;
  mark.id = "citat";
  mark.tabIndex = -1;
  if (location.hash && location.hash !== "#citat") return;
  mark.scrollIntoView({ block: "center" });
  mark.focus({ preventScroll: true });
}

function showAgreement(agreement) {
  const { text } = agreement;
  const unit = unitsOf(text);
  const units = (span) => ({ ...span, start: unit(span.start), end: unit(span.end) });
  const span = citedSpan(codePoints(text));
  const marks = span ? [{ ...units(span), kind: "cited-text" }] : [];
  for (const id of ["card", "document", "contents-list"]) $(id).replaceChildren();
  document.title = `${agreement.title} – Avtalssök`;
  $("kind").textContent = agreement.kind ? agreement.kind[0].toLocaleUpperCase("sv") + agreement.kind.slice(1) : "Avtal";
  $("title").textContent = agreement.title;
  $("source").href = `/api/agreements/${encodeId(agreementId)}/source`;
  if (/^https?:\/\//.test(agreement.source_url ?? "")) {
    $("origin").href = agreement.source_url;
    show($("origin"));
  }
  showCard(agreement);
  showDocument({
    text, marks,
    sections: agreement.sections.map((section) => ({ ...units(section), body: unit(section.body) })),
    furniture: agreement.furniture.map(units),
    points: agreement.pages.map((page) => ({ at: unit(page.start), make: () => pageBreak(page) })),
  });
  showContents(agreement, unit, span && holding(agreement.sections, span.start));
  showCited(agreement, span, span ? text.slice(marks[0].start, marks[0].end) : "");
  $("version").textContent = `Textversion sha256 ${agreement.text_sha256}`;
  show($("reading"));
  goToMark();
}

async function load() {
  show($("problem"), false);
  if (question) {
    $("q").value = question;
    $("back").href = answerUrl(question);
    $("back").textContent = "Till svaret";
  }
  const timer = setTimeout(() => {
    show($("skeleton"));
    $("status").textContent = "Hämtar avtalet …";
  }, 150);
  try {
    showAgreement(await getJson(`/api/agreements/${encodeId(agreementId)}`));
    $("status").textContent = "Avtalet visas.";
  } catch (error) {
    if (!(error instanceof Problem)) console.error(error);
    const problem = error instanceof Problem ? error : new Problem("Avtalet gick inte att visa. Försök igen.");
    const missing = problem.status === 404;
    if (missing) problem.message = "Det finns inget avtal på den här adressen. Det kan ha bytt namn eller tagits bort sedan länken skapades.";
    const retry = el("button", { type: "button", class: "primary", click: load }, "Försök igen");
    const home = el("a", { class: "button", href: "/" }, "Ny sökning");
    $("status").textContent = "";
    show($("reading"), false);
    $("problem").replaceChildren(problemPanel(
      { title: missing ? "Avtalet finns inte" : "Det gick inte att visa avtalet", heading: "h1" }, problem, missing ? home : retry));
    show($("problem"));
  } finally {
    clearTimeout(timer);
    show($("skeleton"), false);
    $("innehall").setAttribute("aria-busy", "false");
  }
}

load();
