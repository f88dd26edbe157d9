"use strict";
(() => {
const data = JSON.parse(document.getElementById("data").textContent);
const OTHER = "(other)";
const PATHS = ["sendfile", "copy-file-range", "splice", "mapped", "direct", "heap", "tls", "memory"];
const EVIDENCE_INFERRED = "same-thread";
const ROWS_AT_FIRST = 15;
const LONG_NAME = 110;
const LONG_WORD = 40;
const LONG_LABEL = 300;

// Text ---------------------------------------------------------------------------------------------------------------

// The same rule as on a terminal: what moves the cursor, turns the direction of writing or shows nothing is written out.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;

function safe(text) {
  return String(text).replace(UNSAFE, (c) => {
    const point = c.codePointAt(0);
    return point > 0xffff ? `\\u{${point.toString(16)}}` : "\\u" + point.toString(16).padStart(4, "0");
  });
}

function shortened(text, length) {
  const points = Array.from(safe(text));
  if (points.length <= length) {
    return points.join("");
  }
  const left = Math.floor((length - 3) / 3);
  return points.slice(0, left).join("") + "..." + points.slice(points.length - (length - 3 - left)).join("");
}

function bytes(n) {
  if (Math.abs(n) < 1000) {
    return n + " B";
  }
  const units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];
  let value = n;
  let unit = 0;
  while (Math.abs(value) >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const size = Math.abs(value);
  return value.toFixed(size < 9.995 ? 2 : size < 99.95 ? 1 : 0) + " " + units[unit];
}

function share(part, whole) {
  if (part <= 0 || whole <= 0) {
    return "0 %";
  }
  if (part >= whole) {
    return "100 %";
  }
  const percent = (100 * part) / whole;
  return percent < 1 ? "less than 1 %" : percent > 99 ? "more than 99 %" : Math.round(percent) + " %";
}

function seconds(s) {
  if (s < 120) {
    return (Number.isInteger(s) ? s : s.toFixed(1)) + " s";
  }
  const pad = (n) => String(Math.floor(n)).padStart(2, "0");
  return s < 7200 ? `${Math.floor(s / 60)}:${pad(s % 60)} min` : `${Math.floor(s / 3600)}:${pad((s / 60) % 60)} h`;
}

const count = (n, thing) => n + " " + thing + (n === 1 ? "" : "s");
const sum = (rows, value) => rows.reduce((all, row) => all + value(row), 0);

// Elements -----------------------------------------------------------------------------------------------------------

const SVG = "http://www.w3.org/2000/svg";

// The only way in which text gets into the page: made safe, and as text.
function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null) {
      node.setAttribute(name, safe(value));
    }
  }
  for (const child of children.flat()) {
    node.append(child instanceof Node ? child : document.createTextNode(safe(child)));
  }
  return node;
}

const el = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);
const svg = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);
const byId = (id) => document.getElementById(id);

function name(text, length = LONG_NAME) {
  if (Array.from(safe(text)).length <= length) {
    return el("span", { class: "name" }, text);
  }
  return el(
    "details", {},
    el("summary", { class: "name" }, shortened(text, length)),
    el("span", { class: "name" }, text));
}

/** A sentence without the length of its longest words, as on a terminal. */
const sentence = (text) => text.split(" ").map((word) => shortened(word, LONG_NAME)).join(" ");

const colour = (path) => (PATHS.includes(path) ? `var(--${path})` : "var(--unknown)");

function coloured(node, path) {
  node.style.setProperty("--c", colour(path));
  return node;
}

function pathCell(path, inferred) {
  const cell = el("span", {}, coloured(el("span", { class: "swatch", "aria-hidden": "true" }), path), shortened(path, LONG_WORD));
  if (inferred) {
    cell.append(" ", el("span", { class: "tag" }, "inferred"));
  }
  return cell;
}

function resolved(variable) {
  const probe = el("span");
  probe.style.color = variable;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

// Tables -------------------------------------------------------------------------------------------------------------

const words = (title, get, show) => ({ title, get, show, numeric: false });
const numbers = (title, get, show) => ({ title, get, show, numeric: true });
const amount = (title, get) => numbers(title, get, (row) => bytes(get(row)));

/** A table that sorts by each column and shows the rows that have a text; the row for the rest stays last. */
function table(host, title, columns, rows, options = {}) {
  if (rows.length === 0) {
    return;
  }
  const state = { column: -1, ascending: false, filter: "", all: Boolean(options.all) };
  const texts = rows.map((row) => columns.map((c) => safe(c.get(row) ?? "")).join(" ").toLowerCase());
  const heads = columns.map((column, i) => {
    const button = el("button", { type: "button" }, column.title);
    button.addEventListener("click", () => {
      state.ascending = state.column === i ? !state.ascending : !column.numeric;
      state.column = i;
      draw();
    });
    return el("th", { scope: "col", class: column.numeric ? "n" : column.wide ? "wide" : "w" }, button);
  });
  const body = el("tbody");
  const shown = el("span", { class: "count", role: "status" });
  const more = el("button", { type: "button", class: "more" });
  more.addEventListener("click", () => {
    state.all = !state.all;
    draw();
  });
  const input = el("input", { type: "search", size: "18", autocomplete: "off", spellcheck: "false" });
  input.addEventListener("input", () => {
    state.filter = safe(input.value).toLowerCase();
    draw();
  });
  const head = el("div", { class: "head" }, el("h3", {}, title), shown);
  if (options.note) {
    head.append(el("span", { class: "count" }, options.note));
  }
  if (rows.length > 1) {
    head.append(el("label", {}, "Filter ", input));
  }
  const block = el(
    "div", { class: "block" },
    head,
    el("div", { class: "scroll" },
      el("table", { class: columns.some((c) => c.wide) ? "full" : "" }, el("caption", {}, title), el("thead", {}, el("tr", {}, heads)), body)),
    more);
  host.append(block);

  function compare(a, b) {
    const rest = Number(isRest(rows[a])) - Number(isRest(rows[b]));
    if (rest !== 0 || state.column < 0) {
      return rest || a - b;
    }
    const get = columns[state.column].get;
    const x = get(rows[a]) ?? "";
    const y = get(rows[b]) ?? "";
    const order = x < y ? -1 : x > y ? 1 : 0;
    return (state.ascending ? order : -order) || a - b;
  }

  function draw() {
    const found = rows.map((row, i) => i).filter((i) => texts[i].includes(state.filter)).sort(compare);
    const visible = state.all ? found : found.slice(0, ROWS_AT_FIRST);
    body.replaceChildren(...visible.map((i) => el(
      "tr", {},
      columns.map((column) => {
        const content = column.show ? column.show(rows[i]) : column.get(rows[i]) ?? "";
        return el("td", { class: column.numeric ? "n" : column.wide ? "wide" : "w" }, content);
      }))));
    heads.forEach((th, i) => {
      if (i === state.column) {
        th.setAttribute("aria-sort", state.ascending ? "ascending" : "descending");
      } else {
        th.removeAttribute("aria-sort");
      }
    });
    shown.textContent = found.length === rows.length ? count(rows.length, "row") : `${found.length} of ${count(rows.length, "row")}`;
    more.hidden = found.length <= ROWS_AT_FIRST;
    more.textContent = state.all ? `Show the first ${ROWS_AT_FIRST}` : `Show all ${found.length}`;
  }
  draw();
}

/** Whether a row stands for all that did not fit. */
function isRest(row) {
  return row.path === OTHER || (row.kind === OTHER && row.name === OTHER);
}

/** A column of words that are known, but for what a damaged recording says. */
const kinds = (title, get) => words(title, get, (row) => name(get(row) ?? "", LONG_WORD));

/** The column of names: it takes the room that the others leave. */
const names = (title, get, none = "") => ({ ...words(title, get, (row) => name(get(row) ?? none)), wide: true });

// The top ------------------------------------------------------------------------------------------------------------

function top() {
  const { recording, summary } = data;
  const files = recording.files;
  const parts = [
    files.length === 1 ? files[0] : count(files.length, "recording"),
    recording.start.replace(/\.\d+Z$/, "Z"),
    seconds(recording.durationMillis / 1000),
  ];
  if (recording.jvms.length === 1) {
    const jvm = recording.jvms[0];
    parts.push(jvm.java === null ? "Java of unknown version" : "Java " + jvm.java);
    parts.push(jvm.mainClass === null ? "unknown main class" : shortened(jvm.mainClass, LONG_NAME));
    parts.push(jvm.pid === null ? "unknown pid" : "pid " + jvm.pid);
  } else {
    parts.push(recording.jvms.length === 0 ? "unknown JVM" : count(recording.jvms.length, "JVM"));
  }
  fill(byId("origin"), {}, [parts.map((part) => shortened(part, 200)).join(", ")]);
  byId("verdict").textContent = "";
  fill(byId("verdict"), {}, [sentence(summary.verdict)]);
  const moved = sum(data.transfers, (row) => row.bytes);
  const number = (term, big, small) => el(
    "div", {}, el("dt", {}, term), el("dd", { class: "big" }, big), el("dd", { class: "small" }, small));
  const anonymous = summary.anonymousBytes;
  byId("numbers").append(
    number(
      "Passed on",
      bytes(summary.transferredBytes),
      `from one file, socket or pipe to another; ${share(summary.kernelBytes, summary.transferredBytes)} stayed in the`
        + " kernel"),
    number(
      "Copied by the CPU",
      bytes(summary.copiedBytes),
      moved === 0 ? "nothing moved" : `${(summary.copiedBytes / moved).toFixed(2)} copies of each byte moved`),
    number(
      "Other end unknown",
      share(anonymous, moved),
      anonymous === 0
        ? "each byte is known by both its ends"
        : `${bytes(anonymous)} into or out of the application's memory; a larger --content looks at more of it`));
}

// Flow ---------------------------------------------------------------------------------------------------------------

const MAX_NODES = 12;

/** Sums by source and path, and by path and sink; what is inferred has a path of its own. */
function flows() {
  const rows = data.transfers.filter((row) => row.bytes > 0);
  const label = (row) => (row.evidence === EVIDENCE_INFERRED ? row.path + " (inferred)" : row.path);
  const kept = [row => row.source, label, row => row.sink].map((key) => largest(rows, key));
  const links = new Map();
  for (const row of rows) {
    const [source, path, sink] = [row.source, label(row), row.sink].map((k, i) => (kept[i].has(k) ? k : OTHER));
    const ways = [
      { from: "source", source, to: "path", target: path },
      { from: "path", source: path, to: "sink", target: sink },
    ];
    for (const way of ways) {
      const key = JSON.stringify([way.from, way.source, way.target]);
      const link = links.get(key) ?? {
        ...way, path: path === OTHER ? OTHER : row.path, label: path, bytes: 0, copied: 0,
      };
      link.bytes += row.bytes;
      link.copied += row.bytes * row.cpuCopies;
      links.set(key, link);
    }
  }
  return [...links.values()];
}

function largest(rows, key) {
  const sums = new Map();
  rows.forEach((row) => sums.set(key(row), (sums.get(key(row)) ?? 0) + row.bytes));
  return new Set([...sums].sort((a, b) => b[1] - a[1]).slice(0, MAX_NODES).map(([k]) => k));
}

function sankey(links) {
  const host = byId("sankey");
  const readout = byId("flow-readout");
  const width = Math.max(280, host.clientWidth);
  const ids = new Map();
  links.forEach((link) => {
    for (const [kind, title] of [[link.from, link.source], [link.to, link.target]]) {
      const path = kind === "path" ? link.path : null;
      ids.set(kind + " " + title, { id: kind + " " + title, kind, title, path });
    }
  });
  const most = Math.max(...["source", "path", "sink"].map((k) => [...ids.values()].filter((n) => n.kind === k).length));
  const height = Math.max(150, most * 62 + 40);
  const graph = d3.sankey().nodeId((n) => n.id).nodeWidth(12).nodePadding(34).extent([[0, 14], [width, height - 14]])({
    nodes: [...ids.values()],
    links: links.map((l) => ({ ...l, value: l.bytes, source: l.from + " " + l.source, target: l.to + " " + l.target, row: l })),
  });
  const say = (text) => {
    readout.textContent = "";
    fill(readout, {}, [text]);
  };
  const drawing = svg("svg", { viewBox: `0 0 ${width} ${height}`, height, role: "group", "aria-label": "Flow of bytes from sources by paths to sinks" });
  for (const link of graph.links) {
    const text = `${shortened(link.row.source, LONG_WORD)} to ${shortened(link.row.target, LONG_WORD)}: ${bytes(link.row.bytes)}`
      + (link.row.copied > 0 ? `, ${bytes(link.row.copied)} copied` : ", no copies");
    const middle = (link.source.x1 + link.target.x0) / 2;
    const shape = svg("path", {
      class: "link",
      d: `M${link.source.x1},${link.y0}C${middle},${link.y0} ${middle},${link.y1} ${link.target.x0},${link.y1}`,
      "stroke-width": Math.max(1, link.width),
      tabindex: "0",
      role: "img",
      "aria-label": text,
      "data-from": link.row.source,
      "data-to": link.row.target,
      "data-bytes": link.row.bytes,
    });
    coloured(shape, link.row.path);
    for (const event of ["mouseenter", "focus"]) {
      shape.addEventListener(event, () => say(text));
    }
    drawing.append(shape);
  }
  for (const node of graph.nodes) {
    const isLast = node.kind === "sink";
    const rect = svg("rect", {
      class: "node", x: node.x0, y: node.y0, width: node.x1 - node.x0, height: Math.max(1, node.y1 - node.y0),
      "data-kind": node.kind, "data-name": node.title, "data-bytes": node.value,
    });
    coloured(rect, node.path ?? "memory");
    const x = isLast ? node.x0 - 6 : node.x1 + 6;
    const y = (node.y0 + node.y1) / 2;
    drawing.append(rect, svg(
      "text", { x, y, "text-anchor": isLast ? "end" : "start" },
      svg("tspan", { x, dy: "-0.1em" }, shortened(node.title, width < 560 ? 16 : 28)),
      svg("tspan", { x, dy: "1.15em", class: "part" }, bytes(node.value))));
  }
  host.replaceChildren(drawing);
}

function flow() {
  const links = flows();
  if (links.length === 0) {
    byId("sankey").append(el("p", { class: "hint" }, "No bytes moved."));
    return;
  }
  let width = 0;
  new ResizeObserver(() => {
    if (byId("sankey").clientWidth !== width) {
      width = byId("sankey").clientWidth;
      sankey(links);
    }
  }).observe(byId("sankey"));
  const sorted = [...links].sort((a, b) => (a.from === b.from ? b.bytes - a.bytes : a.from === "source" ? -1 : 1));
  table(byId("flow-table"), "Flow", [
    kinds("From", (l) => l.source),
    kinds("To", (l) => l.target),
    amount("Bytes", (l) => l.bytes),
    amount("Copied", (l) => l.copied),
  ], sorted, { all: true });
}

// Time ---------------------------------------------------------------------------------------------------------------

function time() {
  const { series, slotMillis } = data.timeline;
  const slot = slotMillis / 1000;
  const length = series.length === 0 ? 0 : series[0].bytes.length;
  const hint = byId("time-hint");
  if (length === 0) {
    fill(hint, {}, ["No bytes moved."]);
    byId("chart").remove();
    return;
  }
  fill(hint, {}, [`Bytes per second, each value the mean of ${seconds(slot)}, from ${data.timeline.start}. `
    + "Memory is what the application itself read or wrote."]);
  // A step ends where the next begins; the last needs an end of its own.
  const xs = Array.from({ length: length + 1 }, (_, i) => i * slot);
  const rates = series.map((s) => s.bytes.map((b) => Math.max(0, b) / slot));
  let chart = null;
  const shown = series.map(() => true);

  const readout = byId("time-readout");
  function tell(index) {
    if (index === null || index === undefined) {
      readout.textContent = "";
      return;
    }
    const at = Math.min(index, length - 1);
    const parts = series.map((s, i) => `${shortened(s.path, LONG_WORD)} ${bytes(Math.round(s.bytes[at] / slot))}/s`).filter((_, i) => shown[i]);
    readout.textContent = "";
    fill(readout, {}, [`${seconds(at * slot)} to ${seconds((at + 1) * slot)}: ${parts.join(", ")}`]);
  }

  function draw() {
    chart?.destroy();
    const ink = resolved("var(--muted)");
    const grid = resolved("var(--line)");
    const axis = { stroke: ink, font: "12px system-ui, sans-serif", grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } };
    const stepped = uPlot.paths.stepped({ align: 1 });
    chart = new uPlot({
      width: Math.max(280, byId("chart").clientWidth),
      height: 220,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false } },
      scales: { x: { time: false, range: [0, length * slot] }, y: { range: (_, min, max) => [0, (max || 1) * 1.05] } },
      axes: [
        { ...axis, values: (_, ticks) => ticks.map(seconds) },
        { ...axis, size: 76, values: (_, ticks) => ticks.map((t) => bytes(t) + "/s") },
      ],
      series: [{}, ...series.map((s, i) => ({
        label: "series" + i,
        show: shown[i],
        stroke: resolved(colour(s.path)),
        width: 2,
        dash: s.path === "memory" ? [4, 3] : s.path === "unknown" ? [1, 3] : undefined,
        paths: stepped,
        points: { show: false },
      }))],
      hooks: { setCursor: [(u) => tell(u.cursor.idx)] },
    }, [xs, ...rates.map((r) => [...r, r[r.length - 1]])], byId("chart"));
  }

  series.forEach((s, i) => {
    const button = el("button", { type: "button", "aria-pressed": "true" }, pathCell(s.path, false), " " + bytes(sum(s.bytes, (b) => b)));
    button.addEventListener("click", () => {
      shown[i] = !shown[i];
      button.setAttribute("aria-pressed", shown[i]);
      draw();
    });
    byId("time-legend").append(button);
  });
  let at = -1;
  byId("chart").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      event.preventDefault();
      at = Math.min(length - 1, Math.max(0, at + step));
      chart.setCursor({ left: chart.valToPos(at * slot, "x") + 1, top: 10 });
      tell(at);
    }
  });
  let width = 0;
  new ResizeObserver(() => {
    if (byId("chart").clientWidth !== width) {
      width = byId("chart").clientWidth;
      draw();
    }
  }).observe(byId("chart"));
  repaint.push(draw);
  const slots = Array.from({ length }, (_, i) => i);
  table(byId("time-table"), "Bytes by path and time", [
    numbers("From", (i) => i * slot, (i) => seconds(i * slot)),
    ...series.map((s) => amount(shortened(s.path, 30), (i) => s.bytes[i])),
  ], slots);
}

const repaint = [];

// Code ---------------------------------------------------------------------------------------------------------------

const JDK = /^(java|javax|jdk|sun|com\.sun)\./;
const ROW_HEIGHT = 20;
const THINNEST = 0.0015;

/** Pixels that a name needs: below, its first letters and an ellipsis say nothing. */
const NARROWEST_NAME = 36;

function tree(weight) {
  const root = { label: "all", title: "all", kind: "jdk", value: 0, children: new Map(), parent: null, depth: 0 };
  for (const stack of data.stacks) {
    const value = weight(stack);
    if (value <= 0) {
      continue;
    }
    const tip = `${stack.path}, ${stack.reason}, ${stack.source} to ${stack.sink}`;
    const steps = [
      ...stack.frames.map((f) => ({ key: "f" + f, title: f, label: brief(f), kind: JDK.test(f) || f.startsWith("(") ? "jdk" : "app" })),
      { key: "t" + tip, title: tip, label: stack.reason === "none" ? stack.path : `${stack.path}, ${stack.reason}`, kind: "tip", path: stack.path },
    ];
    root.value += value;
    let node = root;
    for (const step of steps) {
      let next = node.children.get(step.key);
      if (!next) {
        next = { ...step, value: 0, children: new Map(), parent: node, depth: node.depth + 1 };
        node.children.set(step.key, next);
      }
      next.value += value;
      node = next;
    }
  }
  const sort = (node) => {
    node.list = [...node.children.values()].sort((a, b) => b.value - a.value || (a.key < b.key ? -1 : 1));
    node.list.forEach(sort);
  };
  sort(root);
  return root;
}

/** Class, method and line without the package. */
const brief = (frame) => (frame.startsWith("(") ? frame : frame.split(".").slice(-2).join("."));

function flame() {
  const host = byId("flame");
  const readout = byId("flame-readout");
  const tools = byId("flame-tools");
  tools.classList.add("choice");
  if (data.stacks.length === 0) {
    host.replaceWith(el("p", { class: "hint" }, "No samples were taken."));
    return;
  }
  const measures = { copied: ["Copied bytes", (s) => s.copiedBytes], moved: ["All bytes", (s) => s.bytes] };
  let measure = data.stacks.some((s) => s.copiedBytes > 0) ? "copied" : "moved";
  let root = tree(measures[measure][1]);
  let pixels = host.clientWidth;
  const boxes = new Map();

  const buttons = Object.entries(measures).map(([key, [title]]) => {
    const button = el("button", { type: "button", "data-measure": key }, title);
    button.addEventListener("click", () => {
      measure = key;
      root = tree(measures[key][1]);
      show(root);
    });
    tools.append(button);
    return button;
  });
  const reset = el("button", { type: "button" }, "Zoom out");
  reset.addEventListener("click", () => show(root));
  tools.append(reset);

  function tell(node) {
    readout.textContent = "";
    fill(readout, {}, [`${shortened(node.title, LONG_LABEL)}: ${bytes(node.value)}, ${share(node.value, root.value)} of ${measures[measure][0].toLowerCase()}`]);
  }

  function box(node, left, width) {
    const text = `${shortened(node.title, LONG_LABEL)}, ${bytes(node.value)}, ${share(node.value, root.value)}`;
    const div = el("div", {
      class: node.kind + (width * pixels < NARROWEST_NAME ? " narrow" : ""), role: "treeitem", "aria-level": node.depth + 1, "aria-label": text,
      title: text, tabindex: "-1", "data-frame": node.title, "data-bytes": node.value, "data-depth": node.depth,
    }, shortened(node.label, 200));
    if (node.kind === "tip") {
      coloured(div, node.path);
    }
    div.style.left = left * 100 + "%";
    div.style.width = width * 100 + "%";
    div.style.top = node.depth * ROW_HEIGHT + "px";
    div.addEventListener("mouseenter", () => tell(node));
    div.addEventListener("focus", () => tell(node));
    div.addEventListener("click", () => show(node));
    div.addEventListener("keydown", (event) => key(event, node));
    boxes.set(node, div);
    host.append(div);
  }

  function show(node) {
    boxes.clear();
    host.replaceChildren();
    let deepest = 0;
    for (let above = node.parent; above; above = above.parent) {
      box(above, 0, 1);
    }
    const below = (n, left, width) => {
      box(n, left, width);
      deepest = Math.max(deepest, n.depth);
      let x = left;
      for (const child of n.list) {
        const w = n.value === 0 ? 0 : (width * child.value) / n.value;
        if (w >= THINNEST) {
          below(child, x, w);
        }
        x += w;
      }
    };
    below(node, 0, 1);
    host.style.height = (deepest + 1) * ROW_HEIGHT + "px";
    boxes.get(node).tabIndex = 0;
    reset.hidden = node === root;
    buttons.forEach((b) => b.setAttribute("aria-pressed", b.dataset.measure === measure));
  }

  function go(node) {
    const box = boxes.get(node);
    if (box) {
      boxes.forEach((b) => { b.tabIndex = -1; });
      box.tabIndex = 0;
      box.focus();
    }
  }

  function key(event, node) {
    const siblings = node.parent ? node.parent.list : [node];
    const i = siblings.indexOf(node);
    const keys = {
      ArrowUp: () => node.parent && go(node.parent),
      ArrowDown: () => node.list.length > 0 && go(node.list[0]),
      ArrowLeft: () => i > 0 && go(siblings[i - 1]),
      ArrowRight: () => i + 1 < siblings.length && go(siblings[i + 1]),
      Enter: () => { show(node); go(node); },
      Escape: () => { show(root); go(node); },
    };
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  }

  show(root);
  new ResizeObserver(() => {
    if (host.clientWidth !== pixels) {
      pixels = host.clientWidth;
      boxes.forEach((div) => div.classList.toggle("narrow", div.offsetWidth < NARROWEST_NAME));
    }
  }).observe(host);
  table(byId("flame-table"), "Stacks", [
    amount("Copied", (s) => s.copiedBytes),
    amount("Bytes", (s) => s.bytes),
    words("Path", (s) => s.path, (s) => pathCell(s.path, false)),
    kinds("Reason", (s) => s.reason),
    names("Stack, the innermost frame first", (s) => [...s.frames].reverse().join(" < ")),
  ], data.stacks);
}

// The rest -----------------------------------------------------------------------------------------------------------

function findings() {
  const host = byId("finding-list");
  byId("price-sentence").append(el("b", {}, "Does it matter? "), sentence(data.price.sentence));
  if (data.findings.length === 0) {
    host.append(el("p", {}, "None: nothing here asks for a change."));
  }
  for (const finding of data.findings) {
    const warning = finding.severity === "warning";
    host.append(el(
      "article", { class: warning ? "finding warning" : "finding" },
      el("p", { class: "meta" },
        el("span", { class: "severity" }, finding.severity),
        el("code", finding.meaning ? { title: `${finding.meaning} More: docs/findings.md#${finding.code}` } : {}, finding.code),
        finding.bytes > 0 ? el("span", {}, bytes(finding.bytes)) : ""),
      el("p", {}, sentence(finding.sentence)),
      el("p", {}, el("b", {}, "Fix: "), sentence(finding.fix)),
      finding.price ? el("p", { class: "price" }, el("b", {}, "Price: "), sentence(finding.price.sentence)) : ""));
  }
}

function tables() {
  const copies = (row) => (row.path === "unknown" ? "?" : row.cpuCopies);
  table(byId("transfers"), "Transfers by path and reason", [
    amount("Bytes", (t) => t.bytes),
    kinds("Source", (t) => t.source),
    kinds("Sink", (t) => t.sink),
    words("Path", (t) => t.path, (t) => pathCell(t.path, t.evidence === EVIDENCE_INFERRED)),
    kinds("Reason", (t) => t.reason),
    names("Detail", (t) => t.detail),
    kinds("Evidence", (t) => t.evidence),
    numbers("Copies", (t) => t.cpuCopies, copies),
    numbers("Operations", (t) => t.operations),
    numbers("Calls", (t) => t.calls),
  ], data.transfers, { note: "copies: CPU copies of each byte" });
  table(byId("sites"), "Sites", [
    amount("Bytes", (s) => s.bytes),
    names("Site", (s) => s.frame),
    kinds("Source", (s) => s.source),
    kinds("Sink", (s) => s.sink),
    words("Path", (s) => s.path, (s) => pathCell(s.path, false)),
    kinds("Reason", (s) => s.reason),
  ], data.sites, { note: "estimates from samples" });
  table(byId("endpoints"), "Endpoints", [
    amount("Read", (e) => e.readBytes),
    amount("Written", (e) => e.writtenBytes),
    kinds("Kind", (e) => e.kind),
    names("Name", (e) => e.name),
  ], data.endpoints);
  const each = (row) => (row.operations === 0 ? 0 : Math.floor(row.bytes / row.operations));
  table(byId("io"), "I/O as a system call tracer would count it", [
    amount("Bytes", (r) => r.bytes),
    kinds("Endpoint", (r) => r.endpoint),
    kinds("Direction", (r) => r.direction),
    kinds("Buffer", (r) => r.buffer),
    numbers("Operations", (r) => r.operations),
    numbers("Calls", (r) => r.calls),
    numbers("Bytes/op", each, (r) => (r.operations === 0 ? "-" : each(r))),
  ], data.io);
}

function method() {
  const gaps = data.notSeen.sentences;
  const lines = gaps.length > 0 ? gaps : ["Nothing that iopath knows of, on the channels and engines it watches."];
  byId("gap-list").append(...lines.map((gap) => el("li", {}, sentence(gap))));
  fill(byId("samples"), {}, [count(data.notSeen.samples, "sample")]);
  table(byId("jvms"), "JVMs", [
    numbers("Pid", (j) => j.pid),
    kinds("Java", (j) => j.java),
    kinds("Agent", (j) => j.agent),
    names("Main class", (j) => j.mainClass, "unknown"),
  ], data.recording.jvms);
  table(byId("hooks"), "Methods watched", [
    kinds("Status", (h) => h.status),
    names("Method", (h) => h.target),
    names("Why", (h) => h.why),
  ], data.hooks, { all: true });
}

function theme() {
  const button = byId("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const isDark = () => (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
  const draw = () => {
    button.textContent = isDark() ? "Light" : "Dark";
    button.setAttribute("aria-label", isDark() ? "Light colours" : "Dark colours");
    repaint.forEach((paint) => paint());
  };
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    draw();
  });
  system.addEventListener("change", draw);
  // Paper is white, and a canvas does not know that it is printed.
  let before = null;
  addEventListener("beforeprint", () => {
    before = root.dataset.theme ?? null;
    root.dataset.theme = "light";
    repaint.forEach((paint) => paint());
  });
  addEventListener("afterprint", () => {
    if (before === null) {
      delete root.dataset.theme;
    } else {
      root.dataset.theme = before;
    }
    repaint.forEach((paint) => paint());
  });
  button.textContent = isDark() ? "Light" : "Dark";
  button.setAttribute("aria-label", isDark() ? "Light colours" : "Dark colours");
}

top();
findings();
tables();
method();
flow();
time();
flame();
theme();
})();
