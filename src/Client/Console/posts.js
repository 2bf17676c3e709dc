// The posts panel: the tone of what people write over the price, the last posts with the reasons for their weights, sources and budget.
import { toneChart } from './chart.js';
import { clock, el, fixed, percent, tone } from './format.js';

const byId = id => document.getElementById(id);
const classes = { positive: 'good', negative: 'bad', neutral: 'muted' };
const phases = { streaming: 'good', counting: 'up', connecting: 'muted', waiting: 'bad', outOfBudget: 'bad', stopped: 'bad', offered: 'muted' };
const levels = { stream: 'good', sampled: 'up', counts: 'down', off: 'bad' };
const removed = { deleted: 'deleted at its source', withheld: 'withheld by its source', replaced: 'replaced by its author', expired: 'older than a day' };
const shownMax = 30, spanMs = 600000;
let points = [], prices = [];

// The number after which tallies are asked for.
export const lastTally = () => points.at(-1)?.number ?? 0;

// Closes of the one-second bars, by time; kept for the span of the chart.
export function keepPrices(bars) {
  const since = bars[0]?.openTime;
  if (since === undefined) return;
  prices = [...prices.filter(p => p.time < since), ...bars.map(b => ({ time: b.openTime, at: Date.parse(b.openTime), price: +b.close }))];
  prices = prices.filter(p => p.at >= prices.at(-1).at - spanMs);
}

export function dropPrices() { prices = []; }

export function showPosts(sentiment, posts, sources, budget) {
  points = [...points, ...sentiment.points.filter(p => p.number > lastTally())].slice(-600);
  const panel = byId('postsPanel');
  panel.hidden = !sources.isRead && posts.length === 0;
  if (panel.hidden) return;
  byId('tone').textContent = sentiment.tone === null ? '–' : (sentiment.tone > 0 ? '+' : '') + fixed(sentiment.tone, 2);
  byId('tone').className = `big ${sentiment.isAlive ? tone(Math.abs(sentiment.tone) < .05 ? 0 : sentiment.tone) : 'muted'}`;
  byId('toneOf').textContent = `${sentiment.posts} posts in ${sentiment.minutes} min · ${percent(sentiment.extremeShare)} extreme${sentiment.scorer ? ` · ${sentiment.scorer}` : ''}`;
  byId('sources').replaceChildren(...sourceLines(sources));
  byId('postBudget').replaceChildren(...budgetLine(budget.budget));
  toneChart(byId('toneChart'), prices, points.map(p => ({ ...p, at: Date.parse(p.at) })), spanMs);
  byId('posts').replaceChildren(...(posts.length > 0 ? posts.slice(0, shownMax).map(row) : [el('tr', {}, el('td', { colspan: 4, class: 'muted' }, 'no post yet'))]));
}

function sourceLines({ isRead, reportedAt, sources }) {
  if (!isRead) return [el('p', { class: 'bad' }, `No process reads posts${reportedAt ? ` since ${clock(reportedAt)}` : ''}.`)];
  if (sources.length === 0) return [el('p', { class: 'muted' }, 'No source: Social:Source is None, and nobody has offered a post.')];
  return sources.map(s => el('p', {},
    el('strong', {}, s.source), ' ', el('span', { class: phases[s.phase] ?? 'muted' }, s.phase === 'outOfBudget' ? 'out of budget' : s.phase),
    el('span', { class: 'muted' }, ` · ${s.accepted} posts${s.lastPostAt ? `, last ${clock(s.lastPostAt)}` : ''}${s.removed ? `, ${s.removed} removed` : ''}${s.refused ? `, ${s.refused} refused` : ''}${s.counted ? `, ${s.counted} only counted` : ''}`),
    ...(s.isAlive || s.phase === 'offered' ? [] : [el('span', { class: 'bad' }, ` · ${s.reason}${s.waitSeconds > 0 ? ` (waits ${fixed(s.waitSeconds, 0)} s)` : ''}`)])));
}

function budgetLine(b) {
  if (!b) return [el('p', { class: 'muted' }, 'No source charges.')];
  const dollars = v => `$${v >= 1 ? v.toFixed(2) : +v.toFixed(4)}`;
  return [
    el('p', {}, 'Budget ', el('progress', { max: 1, value: Math.min(1, b.spentShare), 'aria-label': 'used share of the tightest limit' }), ' ',
      el('span', { class: levels[b.level] }, b.level), el('span', { class: 'muted' }, ` · ${b.reason}`)),
    el('p', { class: 'muted' }, `today ${b.day.reads} of ${b.day.readsMax} posts, ${dollars(b.day.dollars)} of ${dollars(b.day.dollarsMax)}${b.isSimulated ? '; simulated: nobody pays' : ''}`),
  ];
}

function row(post) {
  const terms = post.terms.map(t => `${t.term} ${fixed(t.value, 1)}${t.rule ? ` (${t.rule})` : ''}`).join(', ');
  const low = post.factors.filter(f => f.value < .995).sort((a, b) => a.value - b.value);
  const why = low.slice(0, 3).map(f => `${f.name} ${fixed(f.value, 2)}`).join(' · ') || 'full weight';
  return el('tr', {},
    el('td', {}, clock(post.receivedAt), el('br'), el('span', { class: 'muted' }, post.source)),
    el('td', { class: `n ${classes[post.class]}`, title: terms }, fixed(post.tone, 2), el('br'), post.class),
    el('td', { class: 'n' }, fixed(post.weight, 3)),
    el('td', {}, post.text === null ? el('span', { class: 'muted' }, `(${removed[post.removed] ?? 'removed'})`) : el('bdi', { class: 'post', dir: 'auto' }, post.text),
      el('div', { class: 'why muted', title: low.map(f => `${f.name} ${fixed(f.value, 2)}: ${f.reason}`).join('\n') }, why)));
}
