// The experiments panel: challengers against the champion, the confidence band of the difference, and the operator's decisions.
import { bandChart } from './chart.js';
import { askOperator } from './controls.js';
import { el, fixed, percent, tone } from './format.js';

const stages = { shadow: 'up', canary: 'up', champion: 'good', ended: 'muted' };
const shownMax = 6;

export function showExperiments(experiments, done) {
  const body = document.getElementById('experiments');
  const focused = body.contains(document.activeElement) ? document.activeElement.getAttribute('aria-label') : null;
  document.getElementById('experimentsPanel').hidden = experiments.length === 0;
  body.replaceChildren(...experiments.slice(0, shownMax).map(e => row(e, done)));
  for (const canvas of body.querySelectorAll('canvas')) bandChart(canvas, experiments.find(e => e.id === canvas.dataset.id).looks);
  if (focused) body.querySelector(`[aria-label="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function row(e, done) {
  const stage = e.stage === 'ended' ? e.outcome : e.stage, look = e.looks.at(-1);
  const band = look?.low !== null && look?.low !== undefined
    ? `${fixed(1e4 * look.low, 2)} to ${fixed(1e4 * look.high, 2)} bp a day` : 'no look yet';
  const buttons = e.stage === 'ended' ? [] : [
    ...(e.awaitsConfirmation ? [decide(e, 'confirm', 'Promote', `${e.challenger} becomes champion and trades from the next sample on.`, done)] : []),
    decide(e, 'stop', 'Stop', `${e.challenger} is retired; if it is champion already, the former one takes its place again.`, done),
  ];
  return el('tr', { title: e.moves.at(-1)?.text },
    el('td', {}, e.id), el('td', { class: stages[e.stage] }, stage), el('td', {}, e.challenger, el('br'), el('span', { class: 'muted' }, `against ${e.champion}`)),
    el('td', { class: 'n' }, e.days), el('td', { class: `n ${tone(e.totalDifference)}` }, percent(e.totalDifference)),
    el('td', {}, el('canvas', { class: 'band', 'data-id': e.id, role: 'img', 'aria-label': `band of the daily difference of ${e.id}: ${band}` }), el('span', { class: 'muted' }, band)),
    el('td', {}, ...(e.problem ? [el('p', { class: 'bad' }, e.problem)] : []), el('p', {}, e.next), el('div', { class: 'moves' }, ...buttons)));
}

function decide(e, step, label, text, done) {
  const button = el('button', { type: 'button', 'aria-label': `${step} ${e.id}` }, label);
  button.addEventListener('click', () => askOperator({
    title: `${label} ${e.id}`, text, go: label, sure: step === 'confirm' ? 'I want this model to trade' : null,
    path: `experiments/${encodeURIComponent(e.id)}/${step}`, body: {},
  }, done));
  return button;
}
