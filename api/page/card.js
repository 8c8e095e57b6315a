// The card of an agreement: its fields in Swedish, from the text or from a manifest.

const LABELS = {
  party: "Parter", registry_number: "Diarienummer", signed: "Undertecknat", valid_from: "Gäller från", valid_to: "Gäller till",
  until_further_notice: "Gäller", extension: "Förlängs", notice_period: "Uppsägningstid", last_notice_day: "Sista dag för uppsägning",
  amount: "Belopp", contact_role: "Kontakt", replaces: "Ersätter", amends: "Ändrar", appendix_to: "Bilaga till",
};
// What a reader looks for first: said to be unknown where the text does not say it.
const EXPECTED = new Set(["party", "registry_number", "signed", "valid_from", "valid_to", "notice_period"]);
const UNKNOWN = "okänt";
const UNITS = { Y: ["år", "år"], M: ["månad", "månader"], W: ["vecka", "veckor"], D: ["dag", "dagar"] };
const MONTHS = [
  "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december",
];

/** "2014-01-31" is 31 januari 2014, "2014-01" januari 2014, "--12-03" 3 december; anything else as it is. */
export function readableDate(value) {
  const [, year, month, day] = /^(\d{4}|-)-(\d{2})(?:-(\d{2}))?$/.exec(value) ?? [];
  if (!year) return value;
  return [day && String(Number(day)), MONTHS[Number(month) - 1], year !== "-" && year].filter(Boolean).join(" ");
}

/** "P6M" is 6 månader. */
export function readableDuration(value) {
  const [, number, unit] = /^P(\d+)([YMWD])$/.exec(value) ?? [];
  return number ? `${number} ${UNITS[unit][number === "1" ? 0 : 1]}` : value;
}

/** "450000 SEK" is 450 000 kr. */
export function readableAmount(value) {
  const [, number, currency] = /^([\d.]+) ([A-Z]{3})$/.exec(value) ?? [];
  if (!number) return value;
  const grouped = Number(number).toLocaleString("sv-SE", { maximumFractionDigits: 2 });
  return `${grouped}\u00a0${currency === "SEK" ? "kr" : currency}`;
}

function wordsOf({ name, value, detail }) {
  if (["signed", "valid_from", "valid_to", "last_notice_day"].includes(name)) return readableDate(value);
  if (name === "notice_period") return readableDuration(value);
  if (name === "extension") return `automatiskt med ${readableDuration(value)}`;
  if (name === "amount") return detail ? `${readableAmount(value)}, ${detail}` : readableAmount(value);
  return name === "contact_role" && detail ? `${value}: ${detail}` : value;
}

/** The rows of the card: `{ label, values: [{ words, fact?, manifest? }] }`; a value from the text has its fact. */
export function cardRows(agreement) {
  const rows = [];
  for (const [name, label] of Object.entries(LABELS)) {
    const facts = agreement.facts.filter((fact) => fact.name === name && fact.start < fact.end);
    const declared = agreement.declared.filter((each) => each.name === name);
    const values = [
      ...declared.map((each) => ({ words: each.value ? wordsOf(each) : UNKNOWN, manifest: each.manifest })),
      ...facts.map((fact) => ({ words: wordsOf(fact), fact })),
    ];
    const endless = name === "valid_to" && agreement.facts.some((fact) => fact.name === "until_further_notice");
    if (!values.length && EXPECTED.has(name) && !endless) values.push({ words: UNKNOWN });
    if (values.length) rows.push({ label, values });
  }
  return rows;
}
