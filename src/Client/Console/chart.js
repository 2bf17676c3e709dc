// Draws one-second candles with the agent's fills and average entry price, and the equity line.
import { money } from './format.js';

const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function prepare(canvas) {
  const ratio = window.devicePixelRatio || 1;
  const { width, height } = canvas.getBoundingClientRect();
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) { canvas.width = w; canvas.height = h; }
  const context = canvas.getContext('2d');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.font = '11px system-ui, "DejaVu Sans", sans-serif';
  return { context, width, height };
}

function step(range, lines) {
  const raw = range / lines, power = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 5, 10].map(m => m * power).find(s => s >= raw);
}

export class PriceChart {
  constructor(canvas, onHover) {
    this.canvas = canvas;
    this.onHover = onHover;
    this.data = { bars: [], fills: [], average: null };
    canvas.addEventListener('pointermove', e => { this.at = e.offsetX; this.draw(); });
    canvas.addEventListener('pointerleave', () => { this.at = null; onHover(''); this.draw(); });
    new ResizeObserver(() => this.draw()).observe(canvas);
  }

  show(bars, fills, average) { this.data = { bars, fills, average }; this.draw(); }

  draw() {
    const { context: c, width, height } = prepare(this.canvas);
    const { bars, fills, average } = this.data;
    if (bars.length === 0) {
      c.fillStyle = css('--muted');
      c.fillText('waiting for trades…', 12, 24);
      return;
    }
    const right = 78, bottom = 20, w = width - right, h = height - bottom;
    let low = Math.min(...bars.map(b => b.low)), high = Math.max(...bars.map(b => b.high));
    const pad = Math.max((high - low) * .08, high * 1e-5);
    low -= pad; high += pad;
    const x = i => (i + .5) * w / bars.length, y = p => h * (high - p) / (high - low);
    c.lineWidth = 1;
    c.strokeStyle = css('--line');
    c.fillStyle = css('--muted');
    const s = step(high - low, 6);
    for (let p = Math.ceil(low / s) * s; p < high; p += s) {
      c.beginPath(); c.moveTo(0, y(p)); c.lineTo(w, y(p)); c.stroke();
      c.fillText(money(p), w + 8, y(p) + 4);
    }
    const every = Math.max(1, Math.round(bars.length * 90 / w));
    bars.forEach((b, i) => { if (i % every === 0 && x(i) < w - 40) c.fillText(b.time.slice(11, 19), x(i) - 2, height - 5); });
    const body = Math.max(1, w / bars.length * .65);
    bars.forEach((b, i) => {
      c.strokeStyle = c.fillStyle = css(b.close >= b.open ? '--up' : '--down');
      c.globalAlpha = b.empty ? .35 : 1;
      c.beginPath(); c.moveTo(x(i), y(b.high)); c.lineTo(x(i), y(b.low)); c.stroke();
      c.fillRect(x(i) - body / 2, Math.min(y(b.open), y(b.close)), body, Math.max(1, Math.abs(y(b.open) - y(b.close))));
    });
    c.globalAlpha = 1;
    if (average && average > low && average < high) {
      c.setLineDash([6, 4]); c.strokeStyle = css('--text');
      c.beginPath(); c.moveTo(0, y(average)); c.lineTo(w, y(average)); c.stroke(); c.setLineDash([]);
      c.fillStyle = css('--text'); c.fillText('entry', 4, y(average) - 4);
    }
    for (const f of fills) {
      const i = bars.findLastIndex(b => b.time <= f.time);
      if (i < 0) continue;
      const up = f.side === 'buy', tip = y(f.price), d = up ? 9 : -9;
      c.fillStyle = up ? css('--good') : css('--bad');
      c.beginPath(); c.moveTo(x(i), tip); c.lineTo(x(i) - 5, tip + d); c.lineTo(x(i) + 5, tip + d); c.fill();
    }
    const last = bars.at(-1).close;
    c.fillStyle = css('--up'); c.fillRect(w, y(last) - 8, right, 16);
    c.fillStyle = '#001018'; c.fillText(money(last), w + 8, y(last) + 4);
    if (this.at !== null && this.at !== undefined && this.at < w) {
      const b = bars[Math.min(bars.length - 1, Math.floor(this.at / w * bars.length))];
      c.strokeStyle = css('--muted'); c.beginPath(); c.moveTo(this.at, 0); c.lineTo(this.at, h); c.stroke();
      this.onHover(`${b.time.slice(11, 19)}  O ${money(b.open)}  H ${money(b.high)}  L ${money(b.low)}  C ${money(b.close)}  V ${b.volume}`);
    }
  }
}

export function sparkline(canvas, points) {
  const { context: c, width, height } = prepare(canvas);
  if (points.length < 2) return;
  const low = Math.min(...points), high = Math.max(...points), range = high - low || 1;
  c.strokeStyle = css(points.at(-1) >= points[0] ? '--good' : '--bad');
  c.lineWidth = 1.5;
  c.beginPath();
  points.forEach((p, i) => c.lineTo(i * width / (points.length - 1), 3 + (height - 6) * (high - p) / range));
  c.stroke();
}

// The confidence band of a mean over the looks of a test, around a line at zero.
export function bandChart(canvas, looks) {
  const { context: c, width, height } = prepare(canvas);
  const known = looks.filter(l => l.low !== null && l.high !== null);
  if (known.length === 0) return;
  const low = Math.min(0, ...known.map(l => l.low)), high = Math.max(0, ...known.map(l => l.high)), range = high - low || 1;
  const x = i => known.length === 1 ? width / 2 : 2 + i * (width - 4) / (known.length - 1), y = v => 2 + (height - 4) * (high - v) / range;
  c.fillStyle = '#56b4e933';
  c.beginPath();
  known.forEach((l, i) => c.lineTo(x(i), y(l.high)));
  [...known.keys()].reverse().forEach(i => c.lineTo(x(i), y(known[i].low)));
  c.fill();
  c.strokeStyle = css('--muted'); c.setLineDash([3, 3]);
  c.beginPath(); c.moveTo(0, y(0)); c.lineTo(width, y(0)); c.stroke(); c.setLineDash([]);
  c.strokeStyle = c.fillStyle = css(known.at(-1).estimate.mean >= 0 ? '--good' : '--bad'); c.lineWidth = 1.5;
  c.beginPath();
  known.forEach((l, i) => c.lineTo(x(i), y(l.estimate.mean)));
  c.stroke();
  c.fillRect(x(known.length - 1) - 2, y(known.at(-1).estimate.mean) - 2, 4, 4);
}

// The tone of posts, −1…1, over the price: a dot for each tally, a line for the mean that halves in two minutes.
export function toneChart(canvas, prices, points, spanMs) {
  const { context: c, width, height } = prepare(canvas);
  const end = Math.max(prices.at(-1)?.at ?? 0, points.at(-1)?.at ?? 0), first = Math.min(prices[0]?.at ?? end, points[0]?.at ?? end);
  const from = Math.min(Math.max(end - spanMs, first), end - 120000), right = 78, left = 30, w = width - right - left;
  const shown = points.filter(p => p.at >= from && p.tone !== null), seen = prices.filter(p => p.at >= from);
  const x = at => left + w * (at - from) / (end - from), y = t => 6 + (height - 26) * (1 - t) / 2;
  c.fillStyle = css('--muted');
  for (const t of [-1, 0, 1]) {
    c.strokeStyle = css('--line'); c.setLineDash(t === 0 ? [3, 3] : []);
    c.beginPath(); c.moveTo(left, y(t)); c.lineTo(left + w, y(t)); c.stroke();
    c.fillText(t > 0 ? '+1' : `${t}`.replace('-', '−'), 4, y(t) + 4);
  }
  c.setLineDash([]);
  for (let m = Math.ceil(from / 120000) * 120000; end > 0 && m <= end; m += 120000) if (x(m) < left + w - 40) c.fillText(new Date(m).toISOString().slice(11, 16), x(m), height - 5);
  if (seen.length > 1) {
    const low = Math.min(...seen.map(p => p.price)), high = Math.max(...seen.map(p => p.price)), at = p => 6 + (height - 26) * (high - p) / (high - low || 1);
    c.strokeStyle = css('--muted'); c.globalAlpha = .7; c.lineWidth = 1;
    c.beginPath(); seen.forEach(p => c.lineTo(x(p.at), at(p.price))); c.stroke(); c.globalAlpha = 1;
    c.fillText(money(high), left + w + 8, 12); c.fillText(money(low), left + w + 8, height - 20);
  }
  for (const p of shown) {
    c.fillStyle = css(p.tone > .05 ? '--good' : p.tone < -.05 ? '--bad' : '--muted'); c.globalAlpha = .6;
    c.beginPath(); c.arc(x(p.at), y(p.tone), 1.5 + 2.5 * Math.min(1, Math.sqrt(p.weight)), 0, 7); c.fill();
  }
  c.globalAlpha = 1; c.lineWidth = 2; c.strokeStyle = css('--up');
  let weight = 0, sum = 0, last = null;
  c.beginPath();
  for (const p of points) {
    const decay = last === null ? 0 : 2 ** ((last - p.at) / 120000);
    weight = weight * decay + p.weight; sum = sum * decay + (p.tone ?? 0) * p.weight; last = p.at;
    if (p.at >= from && weight > 0) c.lineTo(x(p.at), y(sum / weight));
  }
  c.stroke();
}
