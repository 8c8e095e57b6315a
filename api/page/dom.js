// Elements, addresses and requests. Data enters the page as text nodes and attributes, never as markup.

export const $ = (id) => document.getElementById(id);

/** An element. `null`, `undefined` and `false` children and attributes are left out. */
export function el(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(key, value);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Words for screen readers only: what a short button or link belongs to. */
export const hiddenText = (text) => el("span", { class: "visually-hidden" }, text);

export const show = (node, on = true) => { node.hidden = !on; };

/** "1 avtal", "3 citat", "2 textställen": the plural only differs where it is given. */
export const count = (n, one, many = one) => `${n.toLocaleString("sv-SE")} ${n === 1 ? one : many}`;

/** An agreement id holds slashes: each segment is encoded, the slashes stay. */
export const encodeId = (id) => id.split("/").map(encodeURIComponent).join("/");

/** The page's own filters, passed on to the API as they are. */
export const FILTER_PARAMS = ["party", "type", "valid_on", "without"];

/** Address of an answer. */
export function answerUrl(question, params = new URLSearchParams()) {
  const query = new URLSearchParams({ q: question });
  for (const name of FILTER_PARAMS) for (const value of params.getAll(name)) query.append(name, value);
  return `/?${query}`;
}

/** Address of a place in an agreement; `v` names the text version so that the reading view can tell an edit. */
export function readingUrl(agreementId, { start, end, text_sha256: sha } = {}, question = "") {
  const query = new URLSearchParams();
  if (Number.isInteger(start) && Number.isInteger(end)) {
    query.set("start", start);
    query.set("end", end);
  }
  if (sha) query.set("v", sha.slice(0, 12));
  if (question) query.set("q", question);
  const tail = query.toString();
  return `/avtal/${encodeId(agreementId)}${tail ? `?${tail}` : ""}`;
}

/** A failure told to the reader: `message` is one Swedish sentence. */
export class Problem extends Error {
  constructor(message, status = 0) {
    super(message);
    this.status = status;
  }
}

const BY_STATUS = {
  401: "Du behöver logga in för att se det här.",
  403: "Du har inte rätt att se det här.",
  404: "Det du söker finns inte.",
  413: "Frågan är för lång.",
  422: "Frågan gick inte att tolka. Kontrollera hur den är skriven.",
  429: "Det kommer för många frågor just nu. Vänta en liten stund och försök igen.",
  503: "Tjänsten är inte redo än. Försök igen om en stund.",
};

/** The parsed body of a GET; rejects with a Problem, or an AbortError when the reader has moved on. */
export async function getJson(path, signal) {
  let response;
  try {
    response = await fetch(path, { signal, headers: { Accept: "application/json" } });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem("Det gick inte att nå tjänsten. Kontrollera nätverket och försök igen.");
  }
  let body = null;
  try {
    body = await response.json();
  } catch (error) {
    if (error.name === "AbortError") throw error;
  }
  if (response.ok && body !== null) return body;
  const detail = body && typeof body.detail === "string" ? body.detail.trim() : "";
  const said = detail && `${detail[0].toLocaleUpperCase("sv")}${detail.slice(1)}${/[.!?]$/.test(detail) ? "" : "."}`;
  throw new Problem(said || BY_STATUS[response.status] || "Något gick fel i tjänsten. Försök igen om en stund.", response.status);
}

/** The panel of an error, with a way on. `heading` is the element that names it. */
export function problemPanel({ title, heading = "h2" }, problem, ...actions) {
  return el("div", { class: "panel problem", role: "alert" },
    el(heading, {}, title), el("p", {}, problem.message), el("p", { class: "actions" }, actions));
}

/** Puts text on the clipboard; true when it got there. Plain-http intranets lack the clipboard API. */
export async function copyText(text) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch { /* not allowed here: try the older way below */ }
  }
  const area = el("textarea", { class: "visually-hidden", readonly: true, "aria-hidden": "true", tabindex: "-1" });
  area.value = text;
  const focused = document.activeElement;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  focused?.focus();
  return done;
}

/** Wires a copy button: says what happened on the button and in the status line. */
export async function copyFrom(button, text) {
  const label = button.firstChild;
  const before = button.dataset.label ?? (button.dataset.label = label.textContent);
  const done = await copyText(text);
  label.textContent = done ? "Kopierat" : "Gick inte att kopiera";
  button.classList.toggle("done", done);
  $("status").textContent = done ? "Citatet är kopierat." : "Citatet gick inte att kopiera.";
  setTimeout(() => { label.textContent = before; button.classList.remove("done"); }, 2500);
}
