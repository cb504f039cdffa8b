// Builds the tag that embeds the page, and shows a preview.

const options = document.querySelector("#options");
const tag = document.querySelector("#tag");
const preview = document.querySelector("#preview");
const copied = document.querySelector("#copied");
const source = new URL("../embed.js", location.href).href;

function attributes() {
  const chosen = [...new FormData(options)].filter(([, value]) => value);
  return chosen.map(([name, value]) => ` ${name}="${value.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`).join("");
}

function show() {
  const element = `<yizhan-stations${attributes()}></yizhan-stations>`;
  tag.value = `<script src="${source}" async></${"script"}>\n${element}`;
  copied.textContent = "";
  preview.innerHTML = element;
}

// Lists the districts of this dataset, from the published CSV file.
async function districts() {
  const response = await fetch("../data/stations.csv");
  if (!response.ok) return;
  const [header, ...rows] = parse((await response.text()).replace(/^\uFEFF/, ""));
  const [city, district] = [header.indexOf("city"), header.indexOf("district")];
  if (city < 0 || district < 0) return;
  const all = new Set(rows.map((row) => `${row[city] ?? ""}/${row[district] ?? ""}`));
  const select = options.elements.area;
  for (const area of [...all].sort((a, b) => a.localeCompare(b, "zh-CN"))) {
    if (area !== "/") select.add(new Option(area.replace("/", " "), area));
  }
}

// Parses a CSV file with quotes into rows.
function parse(text) {
  const rows = [[]];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/g;
  for (const [whole, raw, end] of text.matchAll(cell)) {
    if (whole === "") break;
    rows.at(-1).push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end !== ",") rows.push([]);
  }
  return rows.filter((row) => row.length > 1);
}

options.addEventListener("change", show);
document.querySelector("#copy").addEventListener("click", async () => {
  tag.select();
  try {
    await navigator.clipboard.writeText(tag.value);
    copied.textContent = "复制好了 Copied";
  } catch {
    // Insecure pages have no clipboard; the tag is selected, so Ctrl+C copies it.
    copied.textContent = "按 Ctrl+C 复制 · Press Ctrl+C";
  }
});
show();
districts();
