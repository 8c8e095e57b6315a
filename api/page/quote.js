// A quote as it stands in the document: text, place, and what one can do with it.

import { copyFrom, el, hiddenText, readingUrl } from "./dom.js";
import { codePoints, disjoint, flowed, renderText, termMarks, unitsOf, windowOf } from "./text.js";

// Longer quotes are cut around their first marked word; the reading view has the whole.
const QUOTE_UNITS = 620;
const BARE_NUMBER = /^(?:§\s*)?\d+(?:\.\d+)*\.?$/;

/** "Bilaga 1 › 4.2 Styrgrupp": the path, its last step in the section's own words. */
export function placeOf({ section_path: path, section_label: label }) {
  const steps = [...path.slice(0, -1), label || path[path.length - 1]].filter(Boolean).map((step) => step.trim());
  // "4.2 Styrgrupp" says by itself that it stands in § 4, "§ 1.1" that it stands in § 1.
  const bare = (step) => step.replace(/^§\s*/, "").replace(/\.$/, "");
  return steps.filter((step, i) => !BARE_NUMBER.test(step) || !bare(steps[i + 1] ?? "").startsWith(`${bare(step)}.`)).join(" › ");
}

/** "sida 3", "sida 3–4", or nothing: a page that is not known is not shown. "(OCR)": read off a picture. */
export function pageOf({ page_first: first, page_last: last, ocr }) {
  if (first === null || first === undefined) return ocr ? "OCR" : "";
  return (last && last !== first ? `sida ${first}–${last}` : `sida ${first}`) + (ocr ? " (OCR)" : "");
}

/** What the copy button gives: readable, and enough to check the quote character by character. */
export function citationText(citation) {
  const place = [citation.title, placeOf(citation), pageOf(citation)].filter(Boolean).join(", ");
  const url = new URL(readingUrl(citation.agreement_id, citation), location.href);
  return `”${flowed(citation.quote)}”\n${place}\n`
    + `Tecken ${citation.start}–${citation.end} i textversion sha256:${citation.text_sha256}\n${url}\n`;
}

/**
 * Marks inside a citation's quote, in units: the short answer first, then the hits' own highlights where a
 * hit covers the place, else the question's words.
 */
export function marksIn(citation, answer) {
  const unit = unitsOf(citation.quote);
  const within = (start, end, kind) => ({
    start: unit(start - citation.start), end: unit(end - citation.start), kind,
  });
  const marks = [];
  const span = answer.short_answer_span;
  if (span && answer.citations[span.citation]?.agreement_id === citation.agreement_id) {
    marks.push(within(span.start, span.end, "answer"));
  }
  let covered = false;
  for (const hit of answer.hits) {
    const at = hit.text.indexOf(hit.citation.quote);
    if (hit.agreement_id !== citation.agreement_id || at < 0) continue;
    const base = hit.citation.start - codePoints(hit.text.slice(0, at));
    if (base > citation.start || base + codePoints(hit.text) < citation.end) continue;
    covered ||= hit.highlights.length > 0;
    for (const [start, end] of hit.highlights) marks.push(within(base + start, base + end));
  }
  if (!covered) marks.push(...termMarks(citation.quote, answer.interpreted.terms));
  return disjoint(marks.filter((mark) => mark.start < mark.end));
}

/** The quote's body: marked, cut to size, never reworded. */
function bodyOf(text, marks) {
  const { start, end } = windowOf(text, marks, QUOTE_UNITS);
  const body = el("blockquote", { class: "quote-text" }, renderText(text, start, end, marks));
  const cut = () => el("span", { class: "cut" }, "[…]");
  if (start > 0) body.firstElementChild?.prepend(cut(), " ");
  if (end < text.length) body.lastElementChild?.append(" ", cut());
  return body;
}

/** A figure: place, quote, "Läs i avtalet", "Kopiera citat". `extra` goes between the quote and the actions. */
export function quoteFigure(citation, { text = citation.quote, marks, question, heading = null, extra = null }) {
  // A section that carries the agreement's own title says nothing about where.
  const place = [placeOf(citation)].find((found) => found && found !== citation.title.trim()) ?? "Avtalstext";
  const page = pageOf(citation);
  const of = hiddenText(`: ${place}, ${citation.title}`);
  const copy = el("button", { type: "button", class: "quiet", click: () => copyFrom(copy, citationText(citation)) },
    "Kopiera citat", of);
  return el("figure", { class: "quote" },
    heading,
    el("figcaption", { class: "place" }, el("span", { class: "section" }, place), page && el("span", { class: "page" }, page)),
    bodyOf(text, marks),
    extra,
    el("p", { class: "proof" }, `Tecken ${citation.start}–${citation.end} · sha256 ${citation.text_sha256}`),
    el("p", { class: "actions" },
      el("a", { class: "go", href: readingUrl(citation.agreement_id, citation, question) }, "Läs i avtalet", of.cloneNode(true)),
      copy));
}
