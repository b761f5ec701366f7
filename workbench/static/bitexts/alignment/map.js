// The map: the source from left to right, the target from top to bottom; at its edge what is not regular.

import { need } from "../../shared/dom.js";
import { body, editor } from "./elements.js";

/** @typedef {{ x: number, y: number, width: number, height: number }} Box */

const WIDTH = 200; // of the source, in the picture's own units
const HEIGHT = 600;
const ALL = 240; // with the edge

export const svg = need(editor, ".map svg", SVGSVGElement);
const beads = need(svg, ".beads", SVGGElement);
const here = need(svg, ".here", SVGRectElement);

/** @type {Map<HTMLTableRowElement, Box>} */
const boxes = new Map();

/**
 * Draws all rows anew.
 * @param {HTMLTableRowElement | null} current the row of the cursor
 */
export function draw(current) {
  placeBoxes();
  const marks = [...boxes].map(([row, box]) => bead(row, box));
  marks.push(...[...boxes].flatMap(([row, box]) => edge(row, box)));
  // In a long bitext marks lie on each other: the worst come last, and so on top.
  const last = (/** @type {string} */ name) => name.includes('"poor"') || name.includes('"irregular"');
  beads.innerHTML = [...marks.filter((name) => !last(name)), ...marks.filter(last)].join("");
  if (current) mark(current);
}

function placeBoxes() {
  const [sources, targets] = [total("sources"), total("targets")];
  boxes.clear();
  let [x, y] = [0, 0];
  for (const row of body.rows) {
    const width = (Number(row.dataset.sources) / sources) * WIDTH;
    const height = (Number(row.dataset.targets) / targets) * HEIGHT;
    boxes.set(row, { x, y, width, height });
    x += width;
    y += height;
  }
}

/**
 * Returns how many sentences the bitext has on a side, or 1 where it has none.
 * @param {"sources" | "targets"} side
 */
const total = (side) => [...body.rows].reduce((sum, row) => sum + Number(row.dataset[side]), 0) || 1;

/**
 * @param {string | undefined} name
 * @param {Box} box
 */
const rect = (name, { x, y, width, height }) =>
  `<rect class="${name}" x="${x}" y="${y}" width="${width}" height="${Math.max(height, 2)}"/>`;

/**
 * @param {HTMLTableRowElement} row
 * @param {Box} box
 */
const bead = (row, box) => rect(row.dataset.band, { ...box, width: Math.max(box.width, 2) });

/**
 * @param {HTMLTableRowElement} row
 * @param {Box} box
 */
function edge(row, { y, height }) {
  const { band } = row.dataset;
  const marks = [];
  if (row.classList.contains("irregular")) marks.push(rect("irregular", { x: 206, y, width: 8, height }));
  if (band === "poor" || band === "fair") marks.push(rect(band, { x: 217, y, width: 8, height }));
  if ("accepted" in row.dataset) marks.push(rect("accepted", { x: 228, y, width: 8, height }));
  return marks;
}

/**
 * Marks the row of the cursor.
 * @param {HTMLTableRowElement} row
 */
export function mark(row) {
  const box = boxes.get(row);
  if (!box) return;
  here.setAttribute("y", String(box.y));
  here.setAttribute("height", String(Math.max(box.height, 3)));
}

/**
 * Returns the row whose middle is nearest to a point; at the edge only the height counts.
 * @param {MouseEvent} point
 */
export function nearest({ clientX, clientY }) {
  const frame = svg.getBoundingClientRect();
  const x = ((clientX - frame.left) / frame.width) * ALL;
  const y = ((clientY - frame.top) / frame.height) * HEIGHT;
  /** @type {HTMLTableRowElement | null} */
  let best = null;
  let least = Infinity;
  for (const [row, box] of boxes) {
    const far = Math.abs(box.y + box.height / 2 - y) / HEIGHT;
    const aside = x > WIDTH ? 0 : Math.abs(box.x + box.width / 2 - x) / WIDTH;
    if (far + aside < least) [best, least] = [row, far + aside];
  }
  return best;
}
