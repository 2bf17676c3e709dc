// The provenance of one decision, in a drawer.
import { clock, el, fixed, money } from './format.js';

export async function openDecision(id) {
  const detail = document.getElementById('detail');
  detail.replaceChildren(el('p', { class: 'muted' }, 'reading the journal…'));
  document.getElementById('drawer').showModal();
  const answer = await fetch(`/api/v1/decisions/${id}`);
  if (!answer.ok) {
    detail.replaceChildren(el('p', { class: 'bad' }, `decision ${id} cannot be read (${answer.status})`));
    return;
  }
  const { decision: d, features, order } = await answer.json();
  const row = (...cells) => el('tr', {}, ...cells.map(c => el('td', {}, c)));
  const refusals = d.signal.refusals.map(r => `${r.code}: ${r.detail}`);
  detail.replaceChildren(
    el('h2', {}, `Decision ${d.id.text}`),
    el('p', {}, `${clock(d.sample.eventTime)} UTC · ${d.sample.instrument} · log offset ${d.sample.lastSequence} · ${d.risk.summary}`),
    el('h3', {}, 'Signal'),
    el('p', {}, `${d.signal.modelId}: ${d.signal.direction}, score ${fixed(d.signal.score, 3)}, confidence ${fixed(d.signal.confidence, 2)}`),
    ...refusals.map(r => el('p', { class: 'down' }, r)),
    el('h3', {}, 'Risk'),
    el('p', {}, `position ${d.risk.currentPosition} → ${d.risk.targetPosition}; breaker ${d.risk.breaker.mode}: ${d.risk.breaker.reason}`),
    el('table', {}, el('tbody', {}, ...d.risk.checks.map(c =>
      row(el('span', { class: c.passed ? 'good' : 'bad' }, (c.passed ? '✓ ' : '✗ ') + c.code), fixed(c.value, 4), fixed(c.limit, 4), c.detail ?? '')))),
    el('h3', {}, 'Order'),
    el('p', {}, order
      ? `${order.intent.clientOrderId}: ${order.intent.side} ${order.intent.quantity}, ${order.status}, filled ${order.filledQuantity} at ${money(order.averageFillPrice)} ${order.reason ?? ''}`
      : 'none'),
    el('h3', {}, `Features, schema ${d.sample.schemaHash}`),
    el('div', { class: 'features' }, ...features.map(f => el('div', { title: f.unit }, el('span', { class: 'muted' }, f.name), el('span', {}, fixed(f.value, 4))))));
}
