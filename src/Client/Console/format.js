// Formats numbers and times. Unknown values become an en dash, never a zero.
const two = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const money = v => v === null || v === undefined || !Number.isFinite(+v) ? '–' : two.format(+v);
export const signed = v => v === null || v === undefined ? '–' : (v > 0 ? '+' : '') + two.format(v);
export const fixed = (v, digits) => v === null || v === undefined ? '–' : (+v).toFixed(digits);
export const percent = v => v === null || v === undefined ? '–' : (100 * v).toFixed(2) + ' %';
export const tone = v => v > 0 ? 'good' : v < 0 ? 'bad' : '';
export const clock = iso => iso ? iso.slice(11, 19) : '–';

export function age(ms) {
  return ms < 1000 ? `${Math.max(0, Math.round(ms))} ms` : ms < 120000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 60000)} min`;
}

// Builds an element; children are elements or texts, so nothing from the server is ever read as markup.
export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'class') node.className = value; else if (value !== undefined && value !== null) node.setAttribute(key, value);
  }
  node.append(...children.map(c => c instanceof Node ? c : String(c)));
  return node;
}
