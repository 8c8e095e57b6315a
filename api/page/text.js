// Text with offsets. The API counts code points (Python str); a JS string counts UTF-16 units.
// Everything below `unitsOf` speaks units.

/** A function from code point offset to UTF-16 offset in `text`; offsets outside are clamped. */
export function unitsOf(text) {
  if (!/[\ud800-\udbff]/.test(text)) return (at) => Math.min(Math.max(at, 0), text.length);
  const units = [];
  for (let at = 0; at < text.length; at += text.codePointAt(at) > 0xffff ? 2 : 1) units.push(at);
  units.push(text.length);
  return (at) => units[Math.min(Math.max(at, 0), units.length - 1)];
}

/** Code points in `text`. */
export function codePoints(text) {
  let n = 0;
  for (const _ of text) n += 1;
  return n;
}

/** Sorted, disjoint marks: of two that overlap, the one earlier in the list keeps the ground. */
export function disjoint(marks) {
  const kept = [];
  for (const mark of marks) {
    let pieces = [mark];
    for (const old of kept) {
      pieces = pieces.flatMap((piece) => (piece.end <= old.start || piece.start >= old.end ? [piece]
        : [{ ...piece, end: old.start }, { ...piece, start: old.end }]));
    }
    kept.push(...pieces.filter((piece) => piece.start < piece.end));
  }
  return kept.sort((a, b) => a.start - b.start);
}

// Word's symbol fonts leave bullets behind as private-use characters.
const BULLET = /^[\s\u00a0]*(?:[•·▪‣◦○●*-][\s\u00a0]+|\p{Co}[\s\u00a0]*)/u;
const NUMBERED = /^[\s\u00a0]*(?:§\s*\d|\d+(?:\.\d+)*[.)]?[\s\u00a0]|[a-zåäö]\)[\s\u00a0])/u;
// Markdown's own signs are left out when shown: "## " before a heading, "*" or "**" around words.
const HASHES = /^\s{0,3}#{1,6}\s+/;
const BOLD = /(?<![\p{L}\p{N}*])(\*{1,2})(?=[^\s*])[^\n*]*[^\s*]\1(?![\p{L}\p{N}*])/gu;
// A line at least this long was probably wrapped by the source's page width, not ended by its author.
const WRAPPED_LINE = 55;

/**
 * Blocks of text[from..to]: `{ item, lines: [{ start, end, flows }] }`.
 * A blank line ends a block, a bullet starts an item, and a line that `flows` goes on from the one before.
 */
export function blocksOf(text, from, to) {
  const blocks = [];
  let block = null;
  let before = "";
  for (let at = from; at < to;) {
    const found = text.indexOf("\n", at);
    const stop = found < 0 || found > to ? to : found;
    const line = text.slice(at, stop);
    const bullet = BULLET.exec(line);
    if (!line.trim()) {
      block = null;
    } else if (bullet) {
      block = { item: true, lines: [{ start: at + bullet[0].length, end: stop, flows: false }] };
      blocks.push(block);
    } else {
      const flows = Boolean(block) && !NUMBERED.test(line)
        && (before.length >= WRAPPED_LINE || /^\s*\p{Ll}/u.test(line));
      if (!block) blocks.push((block = { item: false, lines: [] }));
      const lead = HASHES.exec(line)?.[0].length ?? line.length - line.trimStart().length;
      block.lines.push({ start: at + lead, end: stop, flows });
    }
    before = line.trimEnd();
    at = stop + 1;
  }
  return blocks;
}

/** `{ start, end }` of the signs in text[start..end] that are not shown. */
export function unshown(text, start, end) {
  return [...text.slice(start, end).matchAll(BOLD)].flatMap(({ 0: whole, 1: sign, index }) => [
    { start: start + index, end: start + index + sign.length },
    { start: start + index + whole.length - sign.length, end: start + index + whole.length },
  ]);
}

/** text[start..end] on one line, with the marks, as a fragment. */
export function renderInline(text, start, end, marks) {
  const fragment = document.createDocumentFragment();
  appendRun(fragment, text, start + (HASHES.exec(text.slice(start, end))?.[0].length ?? 0), end, marks, []);
  return fragment;
}

/** Appends text[start..end] to `node`, with the marks and the points (`{ at, make }`) that fall inside. */
function appendRun(node, text, start, end, marks, points) {
  const cuts = new Set([start, end]);
  for (const mark of marks) {
    if (mark.end > start && mark.start < end) cuts.add(Math.max(mark.start, start)).add(Math.min(mark.end, end));
  }
  const signs = unshown(text, start, end);
  for (const sign of signs) cuts.add(sign.start).add(sign.end);
  const inside = points.filter((point) => point.at >= start && point.at < end);
  for (const point of inside) cuts.add(point.at);
  const edges = [...cuts].sort((a, b) => a - b);
  edges.slice(0, -1).forEach((edge, i) => {
    for (const point of inside) if (point.at === edge) node.append(point.make());
    if (signs.some((sign) => sign.start <= edge && sign.end > edge)) return undefined;
    const mark = marks.find((each) => each.start <= edge && each.end > edge);
    const piece = text.slice(edge, edges[i + 1]);
    if (!mark) return node.append(piece);
    const marked = document.createElement("mark");
    if (mark.kind) marked.className = mark.kind;
    marked.append(piece);
    return node.append(marked);
  });
}

/** What stands between two lines; a mark that goes on across it is not broken by it. */
function appendJoint(node, line, marks, before) {
  if (!line.flows) return node.append(document.createElement("br"));
  const across = marks.some((mark) => mark.start < before && mark.end > line.start);
  return (across && node.lastChild?.nodeName === "MARK" ? node.lastChild : node).append(" ");
}

/**
 * text[from..to] as paragraphs and lists. `marks` are disjoint `{ start, end, kind }`, `points` are things
 * to set in at an offset (page numbers). Lines wrapped by the source flow together; other breaks are kept.
 */
export function renderText(text, from, to, marks = [], points = []) {
  const fragment = document.createDocumentFragment();
  let list = null;
  let reached = from;
  for (const block of blocksOf(text, from, to)) {
    if (block.item && !list) fragment.append((list = document.createElement("ul")));
    if (!block.item) list = null;
    const node = document.createElement(block.item ? "li" : "p");
    block.lines.forEach((line, i) => {
      if (i > 0) appendJoint(node, line, marks, block.lines[i - 1].end);
      // A point between two lines belongs to the next one that is shown.
      for (const point of points) if (point.at >= reached && point.at < line.start) node.append(point.make());
      appendRun(node, text, line.start, line.end, marks, points);
      reached = line.end;
    });
    (list ?? fragment).append(node);
  }
  for (const point of points) if (point.at >= reached && point.at < to) fragment.append(point.make());
  return fragment;
}

/** The text as one flowing line a paragraph: for the clipboard and for inline use. */
export function flowed(text) {
  return blocksOf(text, 0, text.length).map((block) => (block.item ? "• " : "") + block.lines
    .map((line, i) => (i === 0 ? "" : line.flows ? " " : "\n") + text.slice(line.start, line.end).trim()).join("")).join("\n");
}

/** A window of about `limit` units around the first mark, cut at spaces. */
export function windowOf(text, marks, limit) {
  if (text.length <= limit * 1.25) return { start: 0, end: text.length };
  const first = marks.length ? marks[0].start : 0;
  let start = Math.max(0, Math.min(first - Math.floor(limit / 3), text.length - limit));
  let end = Math.min(text.length, start + limit);
  if (start > 0) start = Math.min(first, text.indexOf(" ", start) + 1 || start);
  if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), start + 1);
  return { start, end };
}

const fold = (word) => word.normalize("NFD").replace(/\p{M}/gu, "");

/** Marks on the words of `text` that look like the terms: same beginning, at most three letters of ending. */
export function termMarks(text, terms) {
  const wanted = terms.flatMap((term) => term.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  const marks = [];
  for (const match of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    const word = match[0].toLowerCase();
    const hit = wanted.some((term) => {
      const shown = /[åäöé]/.test(term) ? word : fold(word);
      if (term.length < 4 || /\d/.test(term)) return shown === term;
      return shown.startsWith(term.slice(0, Math.max(4, term.length - 3)));
    });
    if (hit) marks.push({ start: match.index, end: match.index + match[0].length });
  }
  return marks;
}
