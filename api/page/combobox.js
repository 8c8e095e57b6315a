// Suggestions while typing: an editable combobox with a list (WAI-ARIA Authoring Practices, list autocomplete).

const WAIT_MS = 90;
const SHORTEST = 2;

/** Makes the form's field a combobox over /api/suggest. `say` tells a screen reader how many there are. */
export function combobox(form, say) {
  const input = form.querySelector("input[name=q]");
  const place = form.querySelector(".combo");
  const words = place.dataset;
  const list = document.createElement("ul");
  Object.assign(list, { id: "suggestions", className: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.list);
  place.append(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, "aria-haspopup": "listbox",
  })) input.setAttribute(name, value);

  let items = [];
  let at = -1;
  let timer = 0;
  let running = null;

  function close() {
    clearTimeout(timer);
    running?.abort();
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function point(next) {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = next;
    const option = list.children[at];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    return input.setAttribute("aria-activedescendant", option.id);
  }

  /** A title opens its agreement, a party is asked about, a word goes on in the field. */
  function choose({ text, kind, agreement_id: id }) {
    close();
    if (kind === "title" && id) {
      const language = new URLSearchParams(location.search).get("lang") === "en" ? "?lang=en" : "";
      location.assign(`/avtal/${id.split("/").map(encodeURIComponent).join("/")}${language}`);
      return;
    }
    input.value = kind === "word" ? `${text} ` : text;
    if (kind === "word") input.focus();
    else form.requestSubmit();
  }

  function option(item, i) {
    const node = document.createElement("li");
    const kind = document.createElement("span");
    Object.assign(node, { id: `suggestion-${i}` });
    node.setAttribute("role", "option");
    node.setAttribute("aria-selected", "false");
    kind.className = "kind";
    kind.textContent = words[item.kind];
    node.append(item.text, " ", kind);
    // The field keeps the focus; a click on the list must not take it.
    node.addEventListener("mousedown", (event) => event.preventDefault());
    node.addEventListener("click", () => choose(item));
    return node;
  }

  function open(found) {
    items = found;
    list.replaceChildren(...items.map(option));
    list.hidden = items.length === 0;
    at = -1;
    input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-expanded", String(items.length > 0));
    say(items.length ? words.some.replace("{0}", items.length) : words.none);
  }

  async function suggest() {
    const typed = input.value;
    if (typed.trim().length < SHORTEST) return close();
    running?.abort();
    const mine = (running = new AbortController());
    try {
      const reply = await fetch(`/api/suggest?${new URLSearchParams({ q: typed })}`, { signal: mine.signal });
      const body = reply.ok ? await reply.json() : { items: [] };
      if (mine === running && document.activeElement === input) open(body.items);
    } catch (error) {
      if (error.name !== "AbortError") close(); // no suggestions is no fault of the reader's question
    }
    return undefined;
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, WAIT_MS);
  });
  input.addEventListener("blur", close);
  form.addEventListener("submit", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (list.hidden) suggest();
      else point(at + step < -1 ? items.length - 1 : at + step >= items.length ? -1 : at + step);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      choose(items[at]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
}
