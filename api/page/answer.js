// An Answer (the body of /api/ask) as elements.

import { FILTER_PARAMS, answerUrl, count, el, hiddenText, readingUrl } from "./dom.js";
import { marksIn, quoteFigure } from "./quote.js";
import { disjoint, unitsOf } from "./text.js";

const QUOTES_PER_AGREEMENT = 2;
const FIRST_HITS = 8;
// Up to this many agreements are drawn one by one; above it the bar is drawn in proportion.
const COUNTABLE = 40;

const GROUPS = [
  { coverage: "explicit", name: "Uttryckligt", says: "Det står i klartext." },
  { coverage: "related", name: "Närliggande", says: "Texten tar upp något som ligger nära, men inte just detta." },
];
const ABSENT_GROUPS = [
  { coverage: "explicit", name: "Saknar det", says: "Inget stycke tar upp det, eller så säger texten att det inte gäller. Citatet är avtalets början, eller den meningen." },
  { coverage: "related", name: "Osäkert", says: "Texten säger något närliggande; läs och bedöm." },
];

const FILTER_NAMES = {
  party: "Part", parties: "Part", type: "Avtalstyp", kind: "Avtalstyp", kinds: "Avtalstyp", valid_on: "Gäller den", year: "År", without: "Utan tolkning av",
};

/** "4 av 6 avtal omfattar …" with the figures set apart, and the sentences after it as a second part. */
function statementParts(statement) {
  const cut = /[.!?]\s+(?=[A-ZÅÄÖ0-9])/.exec(statement);
  const first = cut ? statement.slice(0, cut.index + 1) : statement;
  const rest = cut ? statement.slice(cut.index + cut[0].length) : "";
  const figures = /^\d[\d\s\u00a0]* av \d[\d\s\u00a0]*(?=\D)/.exec(first);
  const head = figures ? [el("span", { class: "figures" }, figures[0].trimEnd()), ` ${first.slice(figures[0].length).trimStart()}`] : [first];
  return { head, rest };
}

/** What the statement says beyond "short answer (agreement, section).": the place is shown with the source. */
export function beyondShortAnswer({ statement, short_answer: short }) {
  if (!statement.toLowerCase().startsWith(short.toLowerCase())) return statement;
  return statement.slice(short.length).replace(/^[.\s]*(?:\(.*?\)(?:\.|$))?\s*/u, "");
}

/** "Ja: Vardera parten får …" as the verdict and its ground; any other short answer is its own verdict. */
export function shortAnswerParts(short) {
  const [, verdict, ground] = /^(Ja|Nej)\s*[:,–]\s*(.+)$/su.exec(short) ?? [];
  return verdict ? { verdict, ground: ground[0].toLocaleUpperCase("sv") + ground.slice(1) }
    : { verdict: short[0].toLocaleUpperCase("sv") + short.slice(1), ground: "" };
}

/** How words were read as others: one quiet line, so that a misreading is seen. */
function readAs({ notes }) {
  return notes?.length > 0 && el("p", { class: "read-as" }, `Tolkning: ${notes.join("; ").replace(/[?.]$/, "")}.`);
}

function headOf(answer, question) {
  const title = { class: "statement", id: "answer-title", tabindex: "-1" };
  const asked = el("p", { class: "asked" }, `Fråga: ${question}`);
  const notes = readAs(answer.interpreted);
  const lead = (text) => text && el("p", { class: "lead" }, text);
  if (answer.short_answer) {
    const { verdict, ground } = shortAnswerParts(answer.short_answer);
    return el("header", { class: "verdict" }, asked,
      el("p", { class: "eyebrow" }, "Kort svar"), el("h2", { ...title, class: "short-answer" }, verdict),
      lead(ground), lead(beyondShortAnswer(answer)), notes);
  }
  const { head, rest } = statementParts(answer.statement);
  // "Närmast frågan: …" names the first passage, which stands just below with its own title.
  const shown = answer.kind === "passages" ? nearestTitle(answer.hits.length) : head;
  return el("header", { class: "verdict" }, asked,
    el("h2", title, shown), lead(rest), answer.reason !== answer.statement && lead(answer.reason), notes);
}

const nearestTitle = (n) => (n === 1 ? "Ett stycke ligger nära frågan" : `De ${n} stycken som ligger närmast frågan`);

/** A bar with one square an agreement: explicit, related, neither. The words beside it say the same. */
function meter({ searched, covering, uncertain }, absent) {
  const rest = Math.max(searched - covering - uncertain, 0);
  const words = absent ? ["saknar det", "osäkert", "tar upp det"] : ["uttryckligt", "närliggande", "utan funnet stöd"];
  const parts = [["explicit", covering, words[0]], ["related", uncertain, words[1]], ["neither", rest, words[2]]]
    .filter(([, n]) => n > 0);
  const bar = el("div", { class: "bar", "aria-hidden": "true" });
  for (const [kind, n] of parts) {
    if (searched <= COUNTABLE) for (let i = 0; i < n; i += 1) bar.append(el("span", { class: kind }));
    else {
      const share = el("span", { class: kind });
      share.style.flexGrow = n;
      bar.append(share);
    }
  }
  return el("div", { class: "meter" }, bar, el("ul", { class: "legend" },
    parts.map(([kind, n, word]) => el("li", {}, el("span", { class: `key ${kind}`, "aria-hidden": "true" }), `${n.toLocaleString("sv-SE")} ${word}`))));
}

const chip = (name, value) => el("li", { class: "chip" }, el("span", { class: "chip-name" }, name), " ", value);

/** A filter that the address carries can be taken away again. */
function removableChip(name, value, without) {
  return el("li", {}, el("a", { class: "chip removable", href: without },
    el("span", { class: "chip-name" }, name), " ", value, el("span", { class: "cross", "aria-hidden": "true" }, "×"), hiddenText(", ta bort")));
}

function understood(answer, question, params) {
  const { terms, parties, filters } = answer.interpreted;
  const chosen = FILTER_PARAMS.flatMap((name) => params.getAll(name).map((value) => [name, value]));
  // A filter that the question's own words set is taken away by saying so in the address.
  const off = (name) => {
    const more = new URLSearchParams(chosen);
    more.append("without", name);
    return answerUrl(question, more);
  };
  const values = new Set(chosen.map(([, value]) => value));
  const chips = [
    ...terms.map((term) => chip("ord", term)),
    ...parties.filter((party) => !values.has(party)).map((party) => (filters.party ? removableChip("part", party, off("party")) : chip("part", party))),
    ...Object.entries(filters).filter(([, value]) => !values.has(value) && !parties.includes(value) && value !== parties.join("; "))
      .map(([name, value]) => removableChip((FILTER_NAMES[name] ?? name).toLowerCase(), value, off(name))),
    ...chosen.map(([name, value]) => {
      const left = new URLSearchParams();
      for (const [other, kept] of chosen) if (other !== name || kept !== value) left.append(other, kept);
      return removableChip(FILTER_NAMES[name].toLowerCase(), name === "without" ? FILTER_NAMES[value].toLowerCase() : value, answerUrl(question, left));
    }),
  ];
  if (!chips.length) return null;
  return el("div", { class: "understood" }, el("h3", {}, "Tolkat som"), el("ul", { class: "chips" }, chips));
}

function aside(answer, question, params) {
  const { searched, covering, uncertain } = answer.completeness;
  // A party or filter leaves fewer agreements than the service holds: "all" would not be true.
  const chosen = FILTER_PARAMS.some((name) => params.has(name));
  const narrowed = chosen || Object.keys(answer.interpreted.filters).length > 0;
  // Of the agreements that a party leaves, all have that party: a full bar would say nothing.
  const coverage = answer.kind === "agreements" && covering + uncertain > 0 && !(narrowed && covering === searched);
  const amount = `${count(searched, "avtal")} ${narrowed ? "inom avgränsningen" : searched === 1 ? "genomsökt" : "genomsökta"}`;
  const said = !narrowed && answer.kind !== "fact";
  const parts = [
    coverage ? el("div", {}, el("h3", {}, amount), meter(answer.completeness, answer.interpreted.absent))
      : !said && el("div", {}, el("h3", {}, "Genomsökt"), el("p", {}, `${amount}.`)),
    understood(answer, question, params),
  ].filter(Boolean);
  return parts.length ? el("aside", { class: `aside ${coverage || chosen ? "first" : ""}`.trim(), "aria-label": "Så söktes det" }, parts) : "";
}

function agreementItem(agreement, answer, question) {
  const [first] = agreement.citations;
  const quotes = agreement.citations.map((citation) => quoteFigure(citation, { marks: marksIn(citation, answer), question }));
  const more = quotes.splice(QUOTES_PER_AGREEMENT);
  return el("li", { class: "agreement" },
    el("h4", {}, el("a", { href: readingUrl(agreement.agreement_id, first, question) }, agreement.title)),
    first && first.parties.length > 0 && el("p", { class: "parties" }, hiddenText("Parter: "), first.parties.join(" · ")),
    agreement.replaced_by?.length > 0 && el("p", { class: "parties" }, "Ersätts av ",
      agreement.replaced_by.flatMap((id, i) => [i > 0 && ", ", el("a", { href: readingUrl(id) }, id)])),
    quotes,
    more.length > 0 && el("details", { class: "more" }, el("summary", {}, `Visa ${count(more.length, "citat till")}`), more));
}

function groups(answer, question) {
  return (answer.interpreted.absent ? ABSENT_GROUPS : GROUPS).map(({ coverage, name, says }) => {
    const members = answer.agreements.filter((agreement) => agreement.coverage === coverage);
    if (!members.length) return null;
    return el("section", { class: `group ${coverage}`, "aria-labelledby": `group-${coverage}` },
      el("div", { class: "group-head" },
        el("h3", { id: `group-${coverage}` }, el("span", { class: `key ${coverage}`, "aria-hidden": "true" }), `${name} `, el("span", { class: "amount" }, members.length)),
        el("p", {}, says)),
      el("ol", { class: "agreements" }, members.map((agreement) => agreementItem(agreement, answer, question))));
  });
}

function sources(answer, question) {
  if (!answer.citations.length) return null;
  return el("section", { class: "group", "aria-labelledby": "sources" },
    el("div", { class: "group-head" }, el("h3", { id: "sources" }, answer.citations.length === 1 ? "Källa" : "Källor")),
    answer.citations.map((citation) => quoteFigure(citation, {
      marks: marksIn(citation, answer), question,
      heading: el("h4", {}, el("a", { href: readingUrl(citation.agreement_id, citation, question) }, citation.title)),
    })));
}

function hitItem(hit, question, level) {
  const unit = unitsOf(hit.text);
  const marks = disjoint(hit.highlights.map(([start, end]) => ({ start: unit(start), end: unit(end) })));
  const why = hit.why.length > 0 && el("p", { class: "why" }, el("span", {}, "Varför: "), hit.why.join(" · "));
  return el("li", { value: hit.rank }, quoteFigure(hit.citation, {
    text: hit.text, marks, question, extra: why,
    heading: el(level, {}, el("a", { href: readingUrl(hit.agreement_id, hit.citation, question) }, hit.citation.title)),
  }));
}

function hitList(hits, question, level = "h4") {
  const list = el("ol", { class: "hits" }, hits.slice(0, FIRST_HITS).map((hit) => hitItem(hit, question, level)));
  const left = hits.slice(FIRST_HITS);
  if (!left.length) return list;
  const more = el("button", { type: "button", class: "more-hits", click: () => {
    const items = left.map((hit) => hitItem(hit, question, level));
    list.append(...items);
    more.remove();
    items[0].querySelector("a").focus();
  } }, `Visa ${count(left.length, "stycke till", "stycken till")}`);
  return [list, more];
}

/** Ranked passages: the answer itself when passages were asked for, else folded away below it. */
function passages(answer, question) {
  if (!answer.hits.length) return null;
  if (answer.kind === "passages") {
    return el("section", { class: "group", "aria-labelledby": "answer-title" }, hitList(answer.hits, question, "h3"));
  }
  // Where nothing answers, a passage without one of the question's words is noise.
  const hits = answer.kind === "none" ? answer.hits.filter((hit) => hit.highlights.length > 0) : answer.hits;
  if (!hits.length) return null;
  const title = answer.kind === "none" ? "Närmaste stycken" : "Stycken i rangordning";
  return el("details", { class: "all-hits" }, el("summary", {}, el("h3", {}, title, " ", el("span", { class: "amount" }, hits.length))), hitList(hits, question));
}

function didYouMean(corrected, params) {
  return corrected && el("p", { class: "did-you-mean" }, "Menade du ", el("a", { href: answerUrl(corrected, params) }, corrected.replace(/\?$/, "")), "?");
}

function nothing(answer, question) {
  const { terms, parties } = answer.interpreted;
  // A question without a subject has nothing to be near to.
  const near = terms.length + parties.length > 0 && answer.nearest.length > 0;
  return el("div", { class: "nothing" },
    near && el("section", { class: "group", "aria-labelledby": "nearest" },
      el("div", { class: "group-head" }, el("h3", { id: "nearest" }, "Avtal som ligger närmast"), el("p", {}, "De svarar inte på frågan, men är det närmaste som finns.")),
      el("ul", { class: "nearest" }, answer.nearest.map((near) => el("li", {},
        el("a", { href: readingUrl(near.agreement_id, {}, question) }, near.title),
        near.terms.length > 0 && el("p", {}, `Ord i närheten: ${near.terms.join(", ")}`))))),
    el("section", { class: "tips", "aria-labelledby": "tips" },
      el("h3", { id: "tips" }, "Prova så här"),
      el("ul", {},
        el("li", {}, "Använd ett annat ord för samma sak, gärna det som brukar stå i avtal: ”uppsägning” i stället för ”avsluta”."),
        el("li", {}, "Ställ frågan kortare, eller ta bort ett villkor som årtal eller part."),
        el("li", {}, "Skriv bara ämnet om du vill se de stycken som ligger närmast."))));
}

/** The whole answer, as a fragment. `params` are the filters in the page's address. */
export function answerView(answer, question, params) {
  const empty = answer.kind === "none";
  const fragment = document.createDocumentFragment();
  fragment.append(
    headOf(answer, question),
    el("div", { class: "body" },
      didYouMean(answer.interpreted.corrected, params) || "",
      empty ? nothing(answer, question) : "",
      ...(answer.kind === "agreements" ? groups(answer, question) : []).filter(Boolean),
      answer.kind === "fact" ? sources(answer, question) ?? "" : "",
      passages(answer, question) ?? ""),
    aside(answer, question, params));
  return fragment;
}

/** What a screen reader hears when the answer arrives. */
export const spoken = (answer) => [answer.short_answer, answer.statement, answer.kind === "none" && answer.reason].filter(Boolean).join(". ");
