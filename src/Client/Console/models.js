// The models panel: the registered models, the counters of champion and shadows, and the operator's moves.
import { askOperator } from './controls.js';
import { el, fixed, percent } from './format.js';

const effects = {
  candidate: 'It is stored but not scored.',
  shadow: 'It is scored on every sample beside the champion and never trades.',
  canary: 'It is scored like a shadow and marked as the next champion; it trades in the canary portfolio of its strategy only, if there is one.',
  champion: 'It trades from the next sample on. The former champion becomes a shadow.',
  retired: 'It is neither scored nor trading. If it is the champion, its strategy stops opening positions.',
};
const day = iso => iso ? iso.slice(0, 10) : '–';
const stages = { champion: 'good', canary: 'up', shadow: 'up', candidate: '', retired: 'muted' };

export function showModels(models, done) {
  const body = document.getElementById('models');
  const focused = body.contains(document.activeElement) ? document.activeElement.getAttribute('aria-label') : null;
  if (models.length === 0) {
    body.replaceChildren(el('tr', {}, el('td', { colspan: 9, class: 'muted' }, 'none registered: strategies trade by rules')));
    return;
  }
  const order = ['champion', 'canary', 'shadow', 'candidate', 'retired'];
  body.replaceChildren(...[...models].sort((a, b) => order.indexOf(a.model.stage) - order.indexOf(b.model.stage)).map(m => row(m, done)));
  if (focused) body.querySelector(`[aria-label="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function row({ model, verdict, canBecome, runs, refusals }, done) {
  const d = model.description, last = model.moves.at(-1);
  const sum = name => runs.reduce((total, r) => total + r.counters[name], 0);
  const share = (part, whole) => sum(whole) ? `${percent(sum(part) / sum(whole))} of ${sum(whole)}` : '–';
  const note = [...(verdict.survives ? [] : [`verdict: ${verdict.reasons[0].text}`]), ...refusals, ...runs.map(r => r.counters.lastFailure).filter(Boolean)].join('; ');
  const agreement = model.stage === 'champion' ? '–' : share('agreed', 'compared');
  return el('tr', { title: last ? `${last.operator}: ${last.reason}` : 'never moved' },
    el('td', {}, d.id), el('td', { class: stages[model.stage] }, model.stage), el('td', {}, model.strategy),
    el('td', { class: 'n' }, d.trees), el('td', { class: 'n' }, fixed(d.metrics.auc, 3)), el('td', {}, `${day(d.trainedFrom)} … ${day(d.trainedTo)}`),
    el('td', { class: 'n' }, agreement), el('td', { class: 'n' }, share('hits', 'judged')),
    el('td', {}, ...(note ? [el('p', { class: 'bad' }, note)] : []), el('div', { class: 'moves' }, ...canBecome.map(to => moveButton(d.id, model.stage, to, done)))));
}

function moveButton(id, from, to, done) {
  const button = el('button', { type: 'button', 'aria-label': `move ${id} to ${to}` }, to);
  button.addEventListener('click', () => askOperator({
    title: `${from} → ${to}`, text: `${id}. ${effects[to]}`, go: `Make it ${to}`,
    sure: to === 'champion' ? 'I want this model to trade' : null,
    path: `models/${encodeURIComponent(id)}/stage`, body: { stage: to },
  }, done));
  return button;
}
