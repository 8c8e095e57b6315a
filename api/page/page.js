// What the pages do beyond plain HTML: suggestions, copying, printing, feedback. Everything else works without this file.

import { combobox } from "./combobox.js";

const WIDE = matchMedia("(min-width: 62rem)");
const status = document.getElementById("status");
const say = (words) => { status.textContent = words; };

/** Puts text on the clipboard; true when it got there. Plain-http intranets lack the clipboard API. */
async function copyText(text) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch { /* not allowed here: try the older way below */ }
  }
  const area = document.createElement("textarea");
  area.className = "visually-hidden";
  area.readOnly = true;
  area.value = text;
  const focused = document.activeElement;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  focused?.focus();
  return done;
}

/** Copies, and says what happened on the button and in the status line. */
async function copyFrom(button, text) {
  const label = button.firstChild;
  button.dataset.label ??= label.textContent;
  const done = await copyText(text);
  const words = done ? document.body.dataset.copied : document.body.dataset.notCopied;
  label.textContent = words;
  button.classList.toggle("done", done);
  say(words);
  setTimeout(() => { label.textContent = button.dataset.label; button.classList.remove("done"); }, 2500);
}

/** The address without the language: whoever opens it reads the page in Swedish unless they choose. */
const permalink = () => {
  const url = new URL(location.href);
  url.searchParams.delete("lang");
  return url.href;
};

/** Sends a verdict on a quote, or that an agreement is missing; the words of a quote are the server's own. */
async function sendVerdict(button) {
  const group = button.closest("[data-hit]");
  const q = new URLSearchParams(location.search).get("q") ?? "";
  const body = { q, verdict: button.dataset.verdict, hit: group ? JSON.parse(group.dataset.hit) : null };
  const reply = await fetch("/api/feedback", {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  }).catch(() => ({ ok: false }));
  const words = reply.ok ? document.body.dataset.thanks : document.body.dataset.notSaved;
  say(words);
  if (!reply.ok) return button.after(` ${words}`);
  const said = document.createElement("span");
  said.className = "thanks";
  said.tabIndex = -1;
  said.textContent = words;
  (group ?? button).replaceWith(said);
  return said.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.copy) copyFrom(button, button.dataset.copy);
  else if ("copyAddress" in button.dataset) copyFrom(button, permalink());
  else if ("print" in button.dataset) window.print();
  else if (button.dataset.verdict) sendVerdict(button);
});

// What needs this file is shown by it.
for (const node of document.querySelectorAll("[data-copy], [data-copy-address], [data-print], .thumbs, .feedback")) node.hidden = false;

// Beside the text there is room for what is folded away above it on a narrow screen.
const fit = () => { for (const fold of document.querySelectorAll("[data-open-wide]")) fold.open = WIDE.matches; };
WIDE.addEventListener("change", fit);
fit();

const form = document.getElementById("ask-form");
form?.addEventListener("submit", () => {
  document.body.dataset.busy = "true";
  say(document.body.dataset.searching);
});
// Coming back by the browser's own button shows the page as it was left.
window.addEventListener("pageshow", () => { delete document.body.dataset.busy; });
if (form) combobox(form, say);

const cited = document.getElementById("citat");
if (cited && location.hash === "#citat") {
  cited.scrollIntoView({ block: "center" });
  cited.focus({ preventScroll: true });
}

// On paper nothing can be unfolded: every quote of an agreement is printed.
window.addEventListener("beforeprint", () => { for (const fold of document.querySelectorAll("details.more")) fold.open = true; });

// While files are read or a publication goes on, the words follow; when it is done the page is shown anew.
const live = document.querySelector("[data-live]");
async function follow() {
  const reply = await fetch(live.dataset.liveFrom, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!reply?.ok || reply.redirected) return;
  const now = await reply.json();
  if (now.state !== live.dataset.live) return location.reload();
  const words = live.querySelector("[data-live-words]");
  if (words && words.textContent !== now.words) words.textContent = now.words;
  const bar = live.querySelector("progress");
  if (bar && now.total) { bar.max = now.total; bar.value = now.done; }
  setTimeout(follow, 1000);
}
if (live && !/^(idle|done|unchanged|failed) 0$/.test(live.dataset.live)) setTimeout(follow, 1000);
