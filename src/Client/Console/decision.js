// The provenance of one decision, in a drawer.
import { clock, el, fixed, money } from './format.js';

const shown = 12;

// Bars to the right raised the score, bars to the left lowered it; the longest fills its half.
function explain(explanation, reason) {
  if (!explanation) return [el('p', { class: 'muted' }, reason)];
  const sorted = [...explanation.contributions].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const top = sorted.slice(0, shown), rest = sorted.slice(shown).reduce((sum, c) => sum + c.contribution, 0);
  const most = Math.max(...top.map(c => Math.abs(c.contribution)), 1e-12);
  const signed = v => (v > 0 ? '+' : '') + fixed(v, 4);
  return [
    el('p', {}, `baseline ${fixed(explanation.baseline, 4)} + features = raw score ${fixed(explanation.rawScore, 4)}`),
    el('div', { class: 'shap' }, ...top.flatMap(c => {
      const bar = el('span', { class: `bar ${c.contribution < 0 ? 'less' : 'more'}` }), width = 50 * Math.abs(c.contribution) / most;
      bar.style.width = `${width}%`;
      bar.style.left = `${c.contribution < 0 ? 50 - width : 50}%`;
      return [el('span', { class: 'muted' }, c.name), el('span', { class: 'n' }, fixed(c.value, 4)),
        el('span', { class: 'track', role: 'img', 'aria-label': `${c.name} adds ${signed(c.contribution)}` }, bar), el('span', { class: 'n' }, signed(c.contribution))];
    })),
    ...(sorted.length > shown ? [el('p', { class: 'muted' }, `${sorted.length - shown} more features together ${signed(rest)}`)] : []),
  ];
}

export async function openDecision(id) {
  const detail = document.getElementById('detail');
  detail.replaceChildren(el('p', { class: 'muted' }, 'reading the journal…'));
  document.getElementById('drawer').showModal();
  const answer = await fetch(`/api/v1/decisions/${id}`);
  if (!answer.ok) {
    detail.replaceChildren(el('p', { class: 'bad' }, `decision ${id} cannot be read (${answer.status})`));
    return;
  }
  const { decision: d, features, order, explanation, noExplanation } = await answer.json();
  const row = (...cells) => el('tr', {}, ...cells.map(c => el('td', {}, c)));
  const refusals = d.signal.refusals.map(r => `${r.code}: ${r.detail}`);
  detail.replaceChildren(
    el('h2', {}, `Decision ${d.id.text}`),
    el('p', {}, `${clock(d.sample.eventTime)} UTC · ${d.sample.instrument} · log offset ${d.sample.lastSequence} · ${d.risk.summary}`),
    el('h3', {}, 'Signal'),
    el('p', {}, `${d.signal.modelId}: ${d.signal.direction}, score ${fixed(d.signal.score, 3)}, confidence ${fixed(d.signal.confidence, 2)}`),
    ...refusals.map(r => el('p', { class: 'down' }, r)),
    el('h3', {}, 'Why this score'),
    ...explain(explanation, noExplanation),
    el('h3', {}, 'Risk'),
    el('p', {}, `position ${d.risk.currentPosition} → ${d.risk.targetPosition}; breaker ${d.risk.breaker.mode}: ${d.risk.breaker.reason}`),
    el('table', {}, el('tbody', {}, ...d.risk.checks.map(c =>
      row(el('span', { class: c.passed ? 'good' : 'bad' }, (c.passed ? '✓ ' : '✗ ') + c.code), fixed(c.value, 4), fixed(c.limit, 4), c.detail ?? '')))),
    el('h3', {}, 'Order'),
    el('p', {}, order
      ? `${order.intent.clientOrderId}: ${order.intent.side} ${order.intent.quantity}, ${order.status}, filled ${order.filledQuantity} at ${money(order.averageFillPrice)} ${order.reason ?? ''}`
      : 'none'),
    el('h3', {}, `Features, schema ${d.sample.schemaHash}`),
    ...d.sample.scorer ? [el('p', { class: 'muted' }, `Tones of posts by ${d.sample.scorer.id}, hash ${d.sample.scorer.hash}`)] : [],
    el('div', { class: 'features' }, ...features.map(f => el('div', { title: f.unit }, el('span', { class: 'muted' }, f.name), el('span', {}, fixed(f.value, 4))))));
}
