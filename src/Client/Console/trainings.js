// The training panel: what runs and how far it is, what the last jobs found, and when each strategy is trained again.
import { askOperator } from './controls.js';
import { clock, el, fixed } from './format.js';

const tones = { succeeded: 'good', running: 'up', failed: 'bad' };
const words = { nothingFound: 'found nothing' };
const shownMax = 5;

export function showTrainings(optimizer, done) {
  const jobs = optimizer.jobs, body = document.getElementById('trainings'), plans = document.getElementById('trainingPlans');
  const focused = document.activeElement?.closest('#trainingPanel') ? document.activeElement.getAttribute('aria-label') : null;
  document.getElementById('trainingPanel').hidden = !optimizer.isEnabled || (jobs.length === 0 && optimizer.strategies.length === 0);
  plans.replaceChildren(...optimizer.strategies.map(s => plan(s, jobs.some(j => j.request.strategy === s.strategy && !ended(j)), done)));
  body.replaceChildren(...(jobs.length > 0 ? jobs.slice(0, shownMax).map(j => row(j, done)) : [el('tr', {}, el('td', { colspan: 5, class: 'muted' }, 'no job yet'))]));
  if (focused) document.querySelector(`#trainingPanel [aria-label="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

const ended = job => ['succeeded', 'failed', 'cancelled', 'nothingFound'].includes(job.state);

function plan(s, isBusy, done) {
  const next = [s.nextByMarket && `${clock(s.nextByMarket)} of market time`, s.nextByCron && clock(s.nextByCron)].filter(Boolean);
  const cooling = s.cooling.map(c => `${c.trigger} cools down until ${clock(c.until)}`);
  const button = el('button', { type: 'button', 'aria-label': `train ${s.strategy}`, disabled: isBusy ? '' : null }, 'Train now');
  button.addEventListener('click', () => askOperator({
    title: `Train ${s.strategy}`, text: 'A process beside trading trains a model on this agent’s history. The model is registered and does not trade by itself.', go: 'Train',
    path: 'optimizer/run', body: { strategy: s.strategy },
  }, done));
  return el('p', {}, `${s.strategy}: ${s.modelAgeHours === null ? 'no model yet' : `newest model’s data ${fixed(s.modelAgeHours, 1)} h old`}; next run ${next.join(' or ') || 'by alarm or by hand'}${cooling.length > 0 ? `; ${cooling.join(', ')}` : ''} `, button);
}

function row(job, done) {
  const at = ended(job) ? job.endedAt : job.startedAt ?? job.queuedAt, found = job.outcome?.modelId;
  const reason = job.cancelledBy && !ended(job) ? `ends: ${job.cancelledBy}` : ended(job) ? job.outcome.reason : job.request.reason;
  return el('tr', { title: job.request.reason },
    el('td', {}, job.id, el('br'), el('span', { class: 'muted' }, clock(at))),
    el('td', {}, job.request.strategy, el('br'), el('span', { class: 'muted' }, `${job.request.trigger} · ${job.request.by}`)),
    el('td', { class: tones[job.state] ?? 'muted' }, words[job.state] ?? job.state),
    job.state === 'running' ? el('td', {}, ...progress(job, done)) : el('td', {}, found ?? '–'),
    el('td', {}, el('p', {}, reason), ...(!ended(job) && job.state !== 'running' ? [cancel(job, done)] : [])));
}

function progress(job, done) {
  const share = job.progress?.share ?? 0, step = job.progress?.step ?? 'starting';
  return [
    el('progress', { max: 1, value: share, 'aria-label': `progress of ${job.id}` }), ` ${Math.round(100 * share)} %`, el('br'), el('span', { class: 'muted' }, step), el('br'), cancel(job, done),
  ];
}

function cancel(job, done) {
  const button = el('button', { type: 'button', 'aria-label': `cancel ${job.id}` }, 'Cancel');
  button.addEventListener('click', () => askOperator({
    title: `Cancel ${job.id}`, text: 'The training ends without a model. Trading does not notice.', go: 'Cancel the job',
    path: `optimizer/jobs/${encodeURIComponent(job.id)}/cancel`, body: {},
  }, done));
  return el('div', { class: 'moves' }, button);
}
