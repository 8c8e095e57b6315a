// The agreements that replace, amend or belong to the one that is read.

import { el, readingUrl } from "./dom.js";

/** Rows for the agreement's card: "Ersätts av", the other agreement, and the place in the text that says so. */
export function relatedRows({ related }) {
  return [...new Set(related.map((other) => other.words))].map((words) => el("div", {},
    el("dt", {}, words[0].toLocaleUpperCase("sv") + words.slice(1)),
    related.filter((other) => other.words === words).flatMap(relatedItem)));
}

function relatedItem({ agreement_id: id, title, basis, evidence }) {
  const where = evidence && el("a", { href: readingUrl(evidence.agreement_id, evidence) }, `”${evidence.quote}”`);
  return [el("dd", {}, el("a", { href: readingUrl(id) }, title)), el("dd", { class: "basis" }, basis, where && [": ", where])];
}
