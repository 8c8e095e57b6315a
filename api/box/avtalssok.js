// The search box for other websites: <script src="https://SERVER/avtalssok.js" defer></script><avtals-sok></avtals-sok>
// Everything lives in a shadow root: the page's styles do not reach in, and these do not reach out. No cookie, no key.
(() => {
  "use strict";
  if (customElements.get("avtals-sok")) return;

  const SERVER = new URL(document.currentScript.src).origin;
  const SUGGEST_AFTER_MS = 120;
  const SHOWN = 3;
  const UNREACHABLE = "Sökrutan når inte Avtalssök från den här webbplatsen.";

  const STYLE = `
    :host {
      --_ink: var(--avtals-text, #1a2226); --_sheet: var(--avtals-background, #ffffff); --_muted: var(--avtals-muted, #54616a);
      --_line: var(--avtals-border, #747f85); --_soft: var(--avtals-soft, #e0edeb); --_accent: var(--avtals-accent, #0b5a5e);
      --_on: var(--avtals-on-accent, #ffffff); --_radius: var(--avtals-radius, 6px);
      display: block; max-width: 44rem; color: var(--_ink); text-align: start;
      font: var(--avtals-font, 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif);
    }
    @supports (color: light-dark(#000, #fff)) {
      :host {
        --_ink: var(--avtals-text, light-dark(#1a2226, #e9eded)); --_sheet: var(--avtals-background, light-dark(#ffffff, #1a2327));
        --_muted: var(--avtals-muted, light-dark(#54616a, #a5b2b7)); --_line: var(--avtals-border, light-dark(#747f85, #7f8e94));
        --_soft: var(--avtals-soft, light-dark(#e0edeb, #1c3637)); --_accent: var(--avtals-accent, light-dark(#0b5a5e, #82d0ca));
        --_on: var(--avtals-on-accent, light-dark(#ffffff, #07211f));
      }
    }
    :host([hidden]), [hidden] { display: none !important; }
    *, *::before, *::after { box-sizing: border-box; }
    h3, h4, p, ul, ol, blockquote { margin: 0; padding: 0; font: inherit; }
    ul, ol { list-style: none; }
    .box { padding: 1rem; background: var(--_sheet); border: 1px solid var(--_line); border-radius: var(--_radius); overflow-wrap: break-word; }
    label { display: block; margin-block-end: .35rem; font-weight: 600; }
    .row { display: flex; flex-wrap: wrap; gap: .5rem; }
    .field { position: relative; flex: 1 1 10rem; min-width: 0; }
    input, button { min-height: 2.75rem; font: inherit; border-radius: var(--_radius); }
    input { width: 100%; padding: .4rem .75rem; color: inherit; background: var(--_sheet); border: 1px solid var(--_line); }
    button { padding: .4rem 1.1rem; border: 1px solid var(--_accent); cursor: pointer; color: var(--_on); background: var(--_accent); font-weight: 600; }
    button.plain { flex: none; min-height: 2rem; padding: .1rem .6rem; color: var(--_accent); background: transparent; }
    :focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; }
    a { color: var(--_accent); text-underline-offset: .18em; }
    .list { position: absolute; z-index: 10; inset-inline: 0; top: calc(100% + 4px); max-height: 18rem; overflow-y: auto; background: var(--_sheet);
      border: 1px solid var(--_line); border-radius: var(--_radius); box-shadow: 0 6px 20px rgb(0 0 0 / .18); }
    .list li { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 .75rem; padding: .45rem .75rem; cursor: pointer; }
    .list li[aria-selected=true], .list li:hover { background: var(--_soft); outline: 2px solid var(--_accent); outline-offset: -2px; }
    .list small, .where, .more { color: var(--_muted); font-size: .875em; }
    .answer { margin-block-start: 1rem; padding-block-start: 1rem; border-block-start: 1px solid var(--_line); }
    .head { display: flex; gap: .75rem; justify-content: space-between; align-items: flex-start; }
    .statement { min-width: 0; font-weight: 600; }
    .short { margin-block-start: .35rem; font-size: 1.15em; }
    .found > li { margin-block-start: .9rem; }
    blockquote { margin-block-start: .25rem; padding-inline-start: .75rem; border-inline-start: 3px solid var(--_accent); white-space: pre-line;
      display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; line-clamp: 4; overflow: hidden; }
    .more { margin-block-start: 1rem; }
    .spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    @media (forced-colors: active) { .list li[aria-selected=true] { outline-color: Highlight; } button { border-color: ButtonText; } }`;

  const KINDS = { party: "part", title: "avtal", word: "ord" };

  /** An element; what is put in it is text or elements, never markup. */
  function el(name, attributes = {}, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== null) node.setAttribute(key, value);
    node.append(...children.filter((child) => child !== null));
    return node;
  }

  async function getJson(url, signal) {
    const response = await fetch(url, { signal, credentials: "omit", headers: { Accept: "application/json" } });
    const body = await response.json();
    if (response.ok) return body;
    throw new Error(body.detail);
  }

  class AvtalsSok extends HTMLElement {
    #suggestions = [];
    #active = -1;
    #timer = 0;
    #asking = null;
    #suggesting = null;
    #built = false;

    connectedCallback() {
      if (this.#built) return;
      this.#built = true;
      this.server = (this.getAttribute("server") ?? SERVER).replace(/\/+$/, "");
      const root = this.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];

      this.input = el("input", {
        id: "q", name: "q", type: "search", required: "", maxlength: "1000", autocomplete: "off", enterkeyhint: "search", role: "combobox",
        "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "list", placeholder: this.getAttribute("placeholder"),
      });
      this.list = el("ul", { id: "list", class: "list", role: "listbox", "aria-label": "Förslag", hidden: "" });
      this.answer = el("section", { class: "answer", "aria-label": "Svar från Avtalssök", hidden: "" });
      this.status = el("p", { class: "spoken", role: "status" });
      this.form = el("form", { role: "search", "aria-label": "Sök i avtalen", action: `${this.server}/`, method: "get" },
        el("label", { for: "q" }, this.getAttribute("label") ?? "Sök i avtalen"),
        el("div", { class: "row" }, el("div", { class: "field" }, this.input, this.list), el("button", {}, "Sök")));
      root.append(el("div", { class: "box", lang: "sv" }, this.form, this.answer, this.status));

      this.form.addEventListener("submit", (event) => { event.preventDefault(); this.#ask(); });
      this.input.addEventListener("input", () => this.#typed());
      this.input.addEventListener("blur", () => this.#close());
      this.input.addEventListener("keydown", (event) => this.#key(event));
      this.list.addEventListener("pointerdown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => {
        const option = event.target.closest("li");
        if (option) this.#choose(Number(option.dataset.i));
      });
    }

    disconnectedCallback() {
      clearTimeout(this.#timer);
      this.#asking?.abort();
      this.#suggesting?.abort();
    }

    #page(question) {
      return `${this.server}/?${new URLSearchParams({ q: question })}`;
    }

    // Suggestions: a combobox with a list, as WAI-ARIA describes it. The focus stays in the field.

    #typed() {
      clearTimeout(this.#timer);
      this.#suggesting?.abort();
      if (!this.input.value.trim()) return this.#close();
      this.#timer = setTimeout(() => this.#suggest(), SUGGEST_AFTER_MS);
      return undefined;
    }

    async #suggest() {
      const mine = (this.#suggesting = new AbortController());
      try {
        const body = await getJson(`${this.server}/api/suggest?${new URLSearchParams({ q: this.input.value })}`, mine.signal);
        if (mine === this.#suggesting && this.shadowRoot.activeElement === this.input) this.#open(body.items);
      } catch {
        this.#close(); // Suggestions only help: asking itself tells what is wrong.
      }
    }

    #open(items) {
      this.#suggestions = items;
      this.#active = -1;
      this.list.replaceChildren(...items.map((item, i) =>
        el("li", { id: `o${i}`, role: "option", "aria-selected": "false", "data-i": i }, el("span", {}, item.text), el("small", {}, KINDS[item.kind] ?? ""))));
      this.list.hidden = !items.length;
      this.input.setAttribute("aria-expanded", String(items.length > 0));
      this.input.removeAttribute("aria-activedescendant");
    }

    #close() {
      clearTimeout(this.#timer);
      this.#suggesting?.abort();
      this.#open([]);
    }

    #mark(i) {
      const options = [...this.list.children];
      this.#active = (i + options.length + 1) % (options.length + 1) === options.length ? -1 : i;
      options.forEach((option, at) => option.setAttribute("aria-selected", String(at === this.#active)));
      if (this.#active < 0) return this.input.removeAttribute("aria-activedescendant");
      this.input.setAttribute("aria-activedescendant", `o${this.#active}`);
      return options[this.#active].scrollIntoView({ block: "nearest" });
    }

    #choose(i) {
      this.input.value = this.#suggestions[i].text;
      this.#close();
      this.#ask();
    }

    #key(event) {
      const open = !this.list.hidden;
      const last = this.#suggestions.length - 1;
      if (event.key === "Escape" && open) this.#close();
      else if (event.key === "Escape" && !this.answer.hidden) this.#clear();
      else if (event.key === "Enter" && open && this.#active >= 0) this.#choose(this.#active);
      else if (event.key === "ArrowDown" && open) this.#mark(this.#active === last ? -1 : this.#active + 1);
      else if (event.key === "ArrowUp" && open) this.#mark(this.#active === -1 ? last : this.#active - 1);
      else if (event.key === "ArrowDown" && this.input.value.trim()) this.#suggest();
      else return;
      event.preventDefault();
    }

    // Answers: the statement, the best places, and the way to all of it.

    async #ask() {
      const question = this.input.value.trim();
      if (!question) return;
      this.#close();
      this.#asking?.abort();
      const mine = (this.#asking = new AbortController());
      this.status.textContent = "Söker i avtalen …";
      this.answer.setAttribute("aria-busy", "true");
      try {
        const body = await getJson(`${this.server}/api/ask?${new URLSearchParams({ q: question })}`, mine.signal);
        if (mine === this.#asking) this.#show(body.short_answer ?? body.statement, this.#answered(body, question));
      } catch (error) {
        if (mine !== this.#asking || error.name === "AbortError") return;
        const said = error instanceof TypeError || error instanceof SyntaxError ? UNREACHABLE : `Det gick inte att svara: ${error.message}.`;
        this.#show(said, [el("p", { class: "statement" }, said),
          el("p", { class: "more" }, el("a", { href: this.#page(question) }, "Öppna frågan i Avtalssök"))]);
      }
    }

    #show(spoken, content) {
      const close = el("button", { type: "button", class: "plain" }, "Stäng");
      close.addEventListener("click", () => this.#clear());
      const [first, ...rest] = content;
      this.answer.replaceChildren(el("div", { class: "head" }, first, close), ...rest);
      this.answer.hidden = false;
      this.answer.setAttribute("aria-busy", "false");
      this.status.textContent = spoken;
    }

    #clear() {
      this.#asking?.abort();
      this.#asking = null;
      this.answer.hidden = true;
      this.answer.replaceChildren();
      this.status.textContent = "";
      this.input.focus();
    }

    #answered(body, question) {
      const places = body.agreements.length
        ? body.agreements.map((found) => ({ ...found, citation: found.citations[0] ?? null }))
        : body.citations.map((citation) => ({ agreement_id: citation.agreement_id, title: citation.title, citation }));
      const near = body.abstained ? body.nearest.map((found) => ({ ...found, citation: null })) : [];
      const shown = [...places, ...near].slice(0, SHOWN);
      const left = places.length - shown.length;
      const all = left > 0 ? `Visa alla ${places.length} ${body.agreements.length ? "avtal" : "citat"} i Avtalssök` : "Visa hela svaret i Avtalssök";
      return [
        el("p", { class: "statement" }, body.statement),
        body.short_answer ? el("p", { class: "short" }, body.short_answer) : null,
        body.reason ? el("p", { class: "where" }, body.reason) : null,
        near.length ? el("p", { class: "where" }, "Avtal som ligger närmast:") : null,
        shown.length ? el("ol", { class: "found" }, ...shown.map((found) => this.#place(found))) : null,
        el("p", { class: "more" }, el("a", { href: this.#page(question) }, all)),
      ].filter((part) => part !== null);
    }

    #place({ agreement_id: id, title, citation }) {
      const address = citation ? citation.url : `/avtal/${id.split("/").map(encodeURIComponent).join("/")}`;
      const section = citation && citation.section_label !== title ? citation.section_label : "";
      const where = citation && [section, citation.page_first ? `s. ${citation.page_first}` : ""].filter(Boolean).join(", ");
      return el("li", {}, el("a", { href: this.server + address }, title),
        where ? el("div", { class: "where" }, where) : null,
        citation ? el("blockquote", {}, citation.quote.replace(/\s*\n\s*/g, "\n")) : null);
    }
  }

  customElements.define("avtals-sok", AvtalsSok);
})();
