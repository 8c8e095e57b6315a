// The search page: the address says what is asked; everything shown follows from it.

import { $, FILTER_PARAMS, Problem, answerUrl, el, getJson, problemPanel, show } from "./dom.js";
import { answerView, spoken } from "./answer.js";

// A skeleton that only flashes by is worse than none.
const SKELETON_AFTER_MS = 150;
const KEPT_ANSWERS = 30;

const answers = new Map();
let running = null;
let shown = null;

const addressed = () => {
  const params = new URLSearchParams(location.search);
  return { question: (params.get("q") ?? "").trim(), params };
};

function apiPath(question, params) {
  const query = new URLSearchParams({ q: question });
  for (const name of FILTER_PARAMS) for (const value of params.getAll(name)) query.append(name, value);
  return `/api/ask?${query}`;
}

function remember(path, answer) {
  answers.set(path, answer);
  if (answers.size > KEPT_ANSWERS) answers.delete(answers.keys().next().value);
}

function setState(state) {
  document.body.dataset.state = state;
  show($("start"), state === "start");
  show($("results"), state !== "start");
  show($("run-info"), state === "done");
  $("results").setAttribute("aria-busy", String(state === "loading"));
}

function showStart() {
  $("results").replaceChildren();
  $("status").textContent = "";
  document.title = "Avtalssök";
  setState("start");
}

function showLoading() {
  setState("loading");
  $("status").textContent = "Söker i avtalen …";
  $("results").replaceChildren(
    el("p", { class: "loading-text", "aria-hidden": "true" }, "Söker i avtalen …"),
    el("div", { class: "skeleton", "aria-hidden": "true" }, el("span"), el("span"), el("span"), el("span")));
}

function showAnswer(answer, question, params) {
  $("results").replaceChildren(answerView(answer, question, params));
  const took = Math.max(answer.took_ms, 1).toLocaleString("sv-SE", { maximumFractionDigits: 0 });
  $("run-info").textContent = `Svaret tog ${took} ms. Index ${answer.generation}.`;
  setState("done");
  $("status").textContent = spoken(answer);
}

function showProblem(problem) {
  setState("error");
  $("status").textContent = "";
  const { question, params } = addressed();
  // What the address asks for was refused: the same request again would be refused again.
  const refused = problem.status >= 400 && problem.status < 500 && problem.status !== 429;
  const filtered = FILTER_PARAMS.some((name) => params.has(name));
  const wayOn = !refused ? el("button", { type: "button", class: "primary", click: () => render() }, "Försök igen")
    : filtered ? el("a", { class: "button", href: answerUrl(question) }, "Sök utan filter") : el("a", { class: "button", href: "/" }, "Ny sökning");
  $("results").replaceChildren(problemPanel({ title: "Det gick inte att svara" }, problem, wayOn));
}

/** Shows what the address asks for. Rejections other than known problems are shown too, and logged. */
async function render({ focus = false } = {}) {
  running?.abort();
  running = null;
  shown = location.search;
  const { question, params } = addressed();
  $("q").value = question;
  if (!question) return showStart();
  document.title = `${question} – Avtalssök`;
  const path = apiPath(question, params);
  if (answers.has(path)) {
    showAnswer(answers.get(path), question, params);
    if (focus) $("answer-title").focus();
    return undefined;
  }
  if (document.body.dataset.state !== "done") {
    $("results").replaceChildren();
    setState("loading");
  }
  const mine = (running = new AbortController());
  $("results").setAttribute("aria-busy", "true");
  const timer = setTimeout(showLoading, SKELETON_AFTER_MS);
  try {
    const answer = await getJson(path, mine.signal);
    clearTimeout(timer);
    if (mine !== running) return undefined;
    remember(path, answer);
    showAnswer(answer, question, params);
    if (focus) $("answer-title").focus();
  } catch (error) {
    clearTimeout(timer);
    if (mine !== running || error.name === "AbortError") return undefined;
    if (!(error instanceof Problem)) console.error(error);
    showProblem(error instanceof Problem ? error : new Problem("Svaret gick inte att visa. Försök igen."));
  }
  return undefined;
}

function go(url, options) {
  if (url !== location.pathname + location.search) history.pushState(null, "", url);
  window.scrollTo(0, 0);
  render(options);
}

$("ask-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const question = $("q").value.trim();
  if (question) go(answerUrl(question, addressed().params));
});

// Links to answers (examples, "Menade du", a filter to take away) stay on the page.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || url.pathname !== location.pathname || url.hash) return;
  event.preventDefault();
  go(url.pathname + url.search, { focus: url.searchParams.has("q") });
  if (!url.searchParams.has("q")) $("q").focus();
});

// A jump inside the page (the skip link) is also a popstate: only a new address is a new answer.
window.addEventListener("popstate", () => { if (location.search !== shown) render(); });
// On paper nothing can be unfolded: every quote of an agreement is printed.
window.addEventListener("beforeprint", () => { for (const fold of document.querySelectorAll("details.more")) fold.open = true; });
render();
