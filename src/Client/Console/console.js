// Polls the agent once a second and shows its answers. Unknown values are marked, and old numbers are greyed out.
import { PriceChart, sparkline } from './chart.js';
import { wireControls } from './controls.js';
import { openDecision } from './decision.js';
import { showExperiments } from './experiments.js';
import { showModels } from './models.js';
import { dropPrices, keepPrices, lastTally, showPosts } from './posts.js';
import { age, clock, el, fixed, money, percent, signed, tone } from './format.js';
import { showTrainings } from './trainings.js';

const byId = id => document.getElementById(id);
const chart = new PriceChart(byId('chart'), text => { byId('cross').textContent = text; });
const state = { lostSince: null, instrument: null, portfolio: null, portfolios: [], modelsAt: 0, experimentsAt: 0, trainingsAt: 0, postsAt: 0, bars: [], equityAt: 0 };
const modelsEveryMs = 5000, equityEveryMs = 10000, barsShown = 180, barsAgain = 10;

async function get(path) {
  const answer = await fetch(`/api/v1/${path}`, { headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(4000) });
  if (answer.status === 401) { location.reload(); }
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

const reasonOf = (breakers, mode) => {
  const [portfolio, breaker] = Object.entries(breakers).find(([, b]) => b.mode === mode);
  return Object.keys(breakers).length > 1 ? `${portfolio}: ${breaker.reason}` : breaker.reason;
};

function showHeader(status) {
  const breakers = Object.values(status.breakers);
  const worst = ['halted', 'reducing', 'active'].find(m => breakers.some(b => b.mode === m)) ?? 'unknown';
  const badge = byId('state');
  badge.textContent = status.pending ? 'HALT PENDING' : worst.toUpperCase();
  badge.className = `badge ${status.pending ? 'halted' : worst}`;
  byId('reason').textContent = status.pending ?? (worst === 'active' || worst === 'unknown' ? '' : reasonOf(status.breakers, worst));
  byId('reason').title = byId('reason').textContent;
  byId('resume').hidden = worst === 'active' && !status.pending;
  byId('halt').hidden = breakers.length > 0 && breakers.every(b => b.mode === 'halted');
  byId('mode').textContent = status.mode.toUpperCase();
  byId('venue').textContent = `${status.venue} · v${status.version} · up ${age(status.uptimeSeconds * 1000)}`;
  const feed = status.feeds[state.instrument];
  byId('feed').textContent = feed ? (feed.isConnected ? `feed ${age(feed.ageMs)} old` : 'feed interrupted') : '';
  byId('feed').className = feed && feed.isConnected && feed.ageMs < 3000 ? 'muted' : 'bad';
  byId('latency').replaceChildren(...status.latency.map(l => el('tr', {},
    el('td', {}, l.stage.replace('To', ' → ').toLowerCase()), ...[l.p50Ms, l.p99Ms].map(v => el('td', { class: 'n' }, l.count ? fixed(v, 2) : '–')),
    el('td', { class: 'n' }, l.count))));
}

// Keeps the bars of earlier answers: a full set is fetched only at the start and after a gap of more than a few bars.
function keepBars(newest) {
  const since = newest[0]?.openTime;
  const kept = state.bars.filter(b => b.openTime < since);
  const joins = newest.length >= barsShown || state.bars.some(b => b.openTime === since);
  state.bars = joins ? [...kept, ...newest].slice(-barsShown) : [];
  return joins ? state.bars : newest;
}

function showMarket({ market, book }, position, orders) {
  const { bid, ask } = market.quote;
  if (byId('instruments').hidden) byId('instrument').textContent = market.instrument;
  byId('price').textContent = money(market.lastPrice);
  byId('price').className = `big ${market.lastAggressor === 'buy' ? 'up' : 'down'}`;
  byId('quote').textContent = +bid && +ask ? `${money(bid)} / ${money(ask)} · spread ${fixed(2e4 * (ask - bid) / (+ask + +bid), 3)} bps` : 'no quote yet';
  document.title = `${money(market.lastPrice)} · BtcAgent`;
  const bars = keepBars(market.bars).map(b => ({ time: b.openTime, open: +b.open, high: +b.high, low: +b.low, close: +b.close, volume: b.volume, empty: b.isEmpty }));
  const fills = orders.filter(o => o.averageFillPrice).map(o => ({ time: o.updatedAt, side: o.intent.side, price: o.averageFillPrice }));
  chart.show(bars, fills, position?.averagePrice ?? null);
  byId('sync').textContent = book.inSync ? '' : 'waiting for a snapshot';
  const most = Math.max(...[...book.bids, ...book.asks].map(l => +l.quantity), 1e-9);
  const line = (level, side) => {
    const share = Math.round(100 * level.quantity / most), hue = side === 'up' ? '#56b4e922' : '#e69f0022';
    const tr = el('tr', {}, el('td', { class: `n ${side}` }, money(level.price)), el('td', { class: 'n' }, fixed(level.quantity, 5)));
    tr.style.background = `linear-gradient(to left, ${hue} ${share}%, transparent ${share}%)`;
    return tr;
  };
  const mid = el('tr', { class: 'mid' }, el('td', { colspan: 2 }, book.bids.length && book.asks.length ? `spread ${money(book.asks[0].price - book.bids[0].price)}` : 'no book'));
  byId('book').replaceChildren(...book.asks.slice(0, 6).reverse().map(l => line(l, 'down')), mid, ...book.bids.slice(0, 6).map(l => line(l, 'up')));
}

function showPortfolio({ portfolio: p, equityCurve }) {
  const position = p.positions.find(x => x.instrument === state.instrument);
  const total = p.equity - p.initialEquity;
  byId('equity').textContent = `${money(p.equity)} ${p.quoteAsset}`;
  byId('total').replaceChildren(el('span', { class: tone(total) }, signed(total)), ' since start');
  if (equityCurve) {
    state.equityAt = Date.now();
    sparkline(byId('spark'), equityCurve.slice(-600).map(e => e.equity));
  }
  const rows = [
    ['position', position && position.quantity ? `${position.quantity}` : 'flat'],
    ['entry', money(position?.averagePrice)], ['cash', money(p.cash)],
    ['realised gross', signed(p.grossRealizedPnl), p.grossRealizedPnl], ['fees', money(p.fees)],
    ['realised net', signed(p.netRealizedPnl), p.netRealizedPnl], ['unrealised', signed(p.unrealizedPnl), p.unrealizedPnl],
    ['today', signed(p.dayPnl), p.dayPnl], ['fills', p.fillCount],
    ['drawdown', percent(p.drawdown)], ['high-water mark', money(p.highWaterMark)],
  ];
  for (const fee of p.feeAssets.filter(f => f.uncounted > 0)) rows.push(['fees not valued', `${fee.uncounted} ${fee.asset}`, -1]);
  const outside = Object.entries(p.outside?.balances ?? {}).filter(([, amount]) => amount !== 0);
  if (outside.length) rows.push(['outside', outside.map(([asset, amount]) => `${amount} ${asset}`).join(', ')]);
  byId('money').replaceChildren(...rows.flatMap(([name, value, t]) => [el('dt', {}, name), el('dd', { class: t === undefined ? '' : tone(t) }, value)]));
  return position;
}

function showDecisions(decisions) {
  const focused = document.activeElement?.dataset?.decision;
  if (decisions.length === 0) {
    byId('decisions').replaceChildren(el('tr', {}, el('td', { colspan: 6, class: 'muted' }, 'none yet: the first comes within a second of market data')));
    return;
  }
  byId('decisions').replaceChildren(...decisions.map(d => {
    const outcome = { approved: 'good', rejected: 'bad', hold: 'muted' }[d.outcome];
    const tr = el('tr', { tabindex: 0, 'data-decision': d.id, 'aria-label': `decision ${d.id}` },
      el('td', {}, clock(d.eventTime)), el('td', { class: { long: 'up', short: 'down', flat: 'muted' }[d.direction] }, d.direction),
      el('td', { class: 'n' }, fixed(d.score, 3)), el('td', { class: 'n' }, fixed(d.confidence, 2)), el('td', { class: outcome }, d.outcome), el('td', {}, d.why));
    tr.addEventListener('click', () => openDecision(d.id));
    tr.addEventListener('keydown', e => { if (e.key === 'Enter') openDecision(d.id); });
    return tr;
  }));
  if (focused) byId('decisions').querySelector(`[data-decision="${focused}"]`)?.focus({ preventScroll: true });
}

function showOrders(orders) {
  if (orders.length === 0) {
    byId('orders').replaceChildren(el('tr', {}, el('td', { colspan: 5, class: 'muted' }, 'none yet')));
    return;
  }
  byId('orders').replaceChildren(...orders.slice(0, 60).map(o => el('tr', { title: o.reason ?? '' },
    el('td', {}, clock(o.intent.eventTime)), el('td', { class: o.intent.side === 'buy' ? 'up' : 'down' }, o.intent.side),
    el('td', { class: 'n' }, o.intent.quantity), el('td', { class: 'n' }, money(o.averageFillPrice)), el('td', {}, o.status + (o.reason ? ` (${o.reason.split(':')[0]})` : '')))));
}

// With several portfolios, each has a button with its breaker and equity; the selected one fills the page.
function showPortfolios(all, breakers) {
  state.portfolios = all.map(p => p.portfolio);
  byId('portfolios').hidden = all.length < 2;
  if (all.length < 2) return;
  const focused = document.activeElement?.dataset?.portfolio;
  byId('portfolios').replaceChildren(...all.map(p => {
    const mode = breakers[p.portfolio]?.mode ?? 'unknown', total = p.equity - p.initialEquity;
    const button = el('button', { type: 'button', 'data-portfolio': p.portfolio, 'aria-pressed': p.portfolio === state.portfolio },
      el('span', {}, p.portfolio), el('span', { class: `badge ${mode}` }, mode.toUpperCase()), el('span', { class: tone(total) }, signed(total)));
    button.addEventListener('click', () => { state.portfolio = p.portfolio; state.equityAt = 0; refresh(); });
    return button;
  }));
  if (focused) byId('portfolios').querySelector(`[data-portfolio="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function offerInstruments(all) {
  const names = all.map(i => i.instrument), pick = byId('instruments');
  pick.hidden = names.length < 2;
  byId('instrument').hidden = names.length >= 2;
  pick.replaceChildren(...names.map(name => new Option(name, name)));
  pick.addEventListener('change', () => { state.instrument = pick.value; state.bars = []; state.postsAt = 0; dropPrices(); refresh(); });
  return names[0];
}

async function refresh() {
  try {
    if (!state.instrument) {
      state.portfolio = (await get('portfolios'))[0].portfolio;
      state.instrument = offerInstruments(await get('instruments'));
    }
    const one = encodeURIComponent(state.portfolio);
    const [status, view, portfolio, orders, decisions] = await Promise.all([
      get('status'), get(`instruments/${state.instrument}?bars=${state.bars.length ? barsAgain : barsShown}&depth=6`),
      get(`portfolios/${one}?equity=${Date.now() - state.equityAt > equityEveryMs}`),
      get(`orders?limit=100&portfolio=${one}`), get(`decisions/summaries?limit=40&portfolio=${one}&onlyWithOrders=${byId('onlyOrders').checked}`),
    ]);
    showHeader(status);
    showPortfolios(state.portfolios.length === 1 ? [portfolio.portfolio] : await get('portfolios'), status.breakers);
    showMarket(view, showPortfolio(portfolio), orders);
    showOrders(orders);
    showDecisions(decisions);
    await refreshModels();
    await refreshExperiments();
    await refreshTrainings();
    refreshPosts(view.market.bars); // Beside prices and halts, which wait for no post.
    state.lostSince = null;
  } catch (e) {
    state.lostSince ??= new Date();
    byId('lost').textContent = `No answer from the agent since ${state.lostSince.toLocaleTimeString()} (${e.message}). The numbers shown are old.`;
  }
  byId('lost').hidden = state.lostSince === null;
  document.body.classList.toggle('stale', state.lostSince !== null);
}

async function refreshModels(now = false) {
  if (!now && Date.now() - state.modelsAt < modelsEveryMs) return;
  state.modelsAt = Date.now();
  try {
    showModels(await get('models'), () => refreshModels(true));
    byId('modelsLost').textContent = '';
  } catch (e) {
    byId('modelsLost').textContent = `no answer about models (${e.message}): the rows shown are old`;
  }
}

async function refreshExperiments() {
  if (Date.now() - state.experimentsAt < modelsEveryMs) return;
  state.experimentsAt = Date.now();
  try {
    showExperiments(await get('experiments'), () => { state.experimentsAt = 0; return refreshExperiments(); });
    byId('experimentsLost').textContent = '';
  } catch (e) {
    byId('experimentsLost').textContent = `no answer about experiments (${e.message}): the rows shown are old`;
  }
}

async function refreshTrainings() {
  if (Date.now() - state.trainingsAt < modelsEveryMs) return;
  state.trainingsAt = Date.now();
  try {
    showTrainings(await get('optimizer'), () => { state.trainingsAt = 0; return refreshTrainings(); });
    byId('trainingsLost').textContent = '';
  } catch (e) {
    byId('trainingsLost').textContent = `no answer about training (${e.message}): the rows shown are old`;
  }
}

async function refreshPosts(bars) {
  keepPrices(bars);
  if (state.postsAsked || Date.now() - state.postsAt < modelsEveryMs) return;
  state.postsAsked = true;
  try {
    if (state.postsAt === 0) keepPrices((await get(`instruments/${state.instrument}?bars=600&depth=1`)).market.bars);
    state.postsAt = Date.now();
    showPosts(...await Promise.all([get(`social/sentiment?after=${lastTally()}`), get('social/posts?limit=30'), get('social/sources'), get('social/budget')]));
    byId('postsLost').textContent = '';
  } catch (e) {
    state.postsAt = Date.now();
    byId('postsLost').textContent = `no answer about posts (${e.message}): the rows shown are old`;
  } finally {
    state.postsAsked = false;
  }
}

async function loop() {
  await refresh();
  setTimeout(loop, document.hidden ? 5000 : 1000);
}

wireControls(refresh, () => state.portfolios);
byId('onlyOrders').addEventListener('change', refresh);
loop();
