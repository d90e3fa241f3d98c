'use strict';
const data = JSON.parse(document.getElementById('summary').textContent);
const pooled = data.pooled;
const COLOURS = ['#175a9e', '#b8541a', '#1d6b3c', '#7a3b8f', '#a3201d', '#0f7c86', '#8a6d00', '#4a5568', '#c2357b', '#5b7f1f'];
// The charts measure their texts themselves, so they need the font by name.
const FONT = getComputedStyle(document.body).fontFamily;
let lang = document.documentElement.lang.startsWith('zh') ? 0 : 1;
let drawn = [];

const t = key => TEXT[key][lang];
const names = Object.fromEntries(['towns', 'procedures', 'workplaces'].map(kind => [kind, Object.fromEntries(data.run.names[kind].map(n => [n.code, [n.zh, n.en]]))]));
const town = code => names.towns[code]?.[lang] ?? code;
const procedure = code => names.procedures[code]?.[lang] ?? code;
const workplace = code => names.workplaces[code]?.[lang] ?? code;
const several = data.run.replications > 1;
const townColour = code => COLOURS[pooled.towns.findIndex(f => f.town === code) % COLOURS.length];

const number = (value, digits = 0) => value == null ? '–' : value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const count = value => value == null ? '–' : value.toLocaleString('en-US', { maximumFractionDigits: several && value < 1000 ? 1 : 0 });
const share = value => value == null ? '–' : number(value * 100, 1) + '%';
const days = value => number(value, 2);
const moment = iso => iso.replace('T', ' ').replace(/:\d\d(\.\d+)?([+-])/, ' $2');

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    node.setAttribute(name, value);
  }

  node.append(...children.flat(Infinity).filter(c => c != null));
  return node;
}

function table(caption, columns, rows) {
  const head = el('tr', null, columns.map(c => el('th', { scope: 'col', class: c.text ? 'text' : '' }, c.title)));
  const body = rows.map(row => el('tr', { class: row.total ? 'total' : '' }, columns.map((c, i) =>
    el(i === 0 ? 'th' : 'td', i === 0 ? { scope: 'row' } : { class: c.words ? 'text words' : c.text ? 'text' : '' }, c.of(row)))));
  return el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption + t('scrolls') },
    el('table', null, el('caption', null, caption), el('thead', null, head), el('tbody', null, body)));
}

function section(id, ...children) {
  return el('section', { id, 'aria-labelledby': id + '-title' }, el('h2', { id: id + '-title' }, t(id)), children);
}

function chart(title, option, colour, height = 300) {
  const box = el('div', { class: 'chart', role: 'img', 'aria-label': title, style: `height:${height}px` });
  drawn.push({ box, option });
  return el('div', { class: 'card' }, el('h3', null, colour ? el('span', { class: 'dot', style: `background:${colour}` }) : null, title), box);
}

const flowColumns = () => [
  { title: t('opened'), of: f => count(f.flow.opened) },
  { title: t('decided'), of: f => count(f.flow.decided) },
  { title: t('withdrawn'), of: f => count(f.flow.withdrawn) },
  { title: t('transferred'), of: f => count(f.flow.transferred) },
  { title: t('open'), of: f => count(f.flow.open) },
  { title: t('overdue'), of: f => count(f.flow.openOverdue) },
  { title: t('onTime'), of: f => count(f.flow.onTime) },
  { title: t('onTimeShare'), of: f => share(f.flow.onTimeShare) },
  { title: t('p50'), of: f => days(f.flow.p50Days) },
  { title: t('p90'), of: f => days(f.flow.p90Days) },
  { title: t('p95'), of: f => days(f.flow.p95Days) },
  { title: t('visits'), of: f => days(f.flow.visitsPerCase) },
  { title: t('fines'), of: f => number(f.flow.finesYuan) },
];

function masthead() {
  const run = data.run;
  const button = el('button', { type: 'button', lang: lang === 0 ? 'en' : 'zh-CN' }, t('other'));
  button.addEventListener('click', () => { lang = 1 - lang; draw(); document.querySelector('header button').focus(); });
  const fact = (key, value) => el('div', null, el('dt', null, t(key)), el('dd', null, value));
  const links = ['overview', 'weekly', 'procedures', 'workplaces', 'refusals', 'people', ...(several ? ['runs'] : [])];
  return [
    el('div', { class: 'bar' }, el('div', null, el('h1', null, [run.scenarioZh, run.scenarioEn][lang]), el('p', { class: 'lead' }, t('title') + (lang === 0 ? '：' : ': ') + pooled.towns.map(f => town(f.town)).join(lang === 0 ? '、' : ', '))), button),
    el('dl', { class: 'facts' }, run.label ? fact('label', run.label) : null, fact('scenario', run.scenario), fact('seed', String(run.seed)), fact('replications', String(run.replications)), fact('span', moment(run.from) + ' – ' + moment(run.until)), run.overrides.map(o => el('div', null, el('dt', null, o.path), el('dd', null, `${o.was} → ${o.now}`)))),
    warnings(),
    answers(),
    verdict(),
    el('nav', { 'aria-label': t('overview') }, links.map(id => el('a', { href: '#' + id }, t(id)))),
  ];
}

function warnings() {
  return data.warnings.length === 0 ? null : el('div', { class: 'verdict bad' }, el('strong', null, t('warnings')), el('ul', null, data.warnings.map(w =>
    el('li', null, (several ? `${t('replication')} ${w.replication} · ` : '') + [w.zh, w.en][lang]))));
}

function answers() {
  return (data.verdicts ?? []).map(v => {
    const [first, ...rest] = lang === 0 ? v.zh : v.en;
    return el('div', { class: v.verdict === 'Carries' ? 'verdict' : 'verdict bad' }, el('strong', null, first), el('ul', null, rest.map(line => el('li', null, line))));
  }).concat((data.verdicts ?? []).length === 0 ? [] : el('p', { class: 'note' }, t('assumed')));
}

function verdict() {
  return data.breaches.length === 0
    ? el('div', { class: 'verdict' }, t('holds'))
    : el('div', { class: 'verdict bad' }, el('strong', null, t('breaches')), el('ul', null, data.breaches.map(b =>
      el('li', null, `${b.clause} · ${t('replication')} ${b.replication}${b.town ? ' · ' + town(b.town) : ''}: ${[b.zh, b.en][lang]}`))));
}

function overview() {
  const tile = (key, value, range, form) => el('div', null, el('dt', null, t(key)),
    el('dd', null, value, range ? el('small', null, `${form(range.min)} – ${form(range.max)}`) : null));
  const card = f => el('div', { class: 'card' },
    el('h3', null, el('span', { class: 'dot', style: `background:${townColour(f.town)}` }), town(f.town)),
    el('dl', { class: 'tiles' },
      tile('opened', count(f.flow.opened)),
      tile('decided', count(f.flow.decided)),
      tile('backlog', count(f.flow.open), f.flow.range?.backlog, count),
      tile('onTimeShare', share(f.flow.onTimeShare), f.flow.range?.onTimeShare, share),
      tile('p50', days(f.flow.p50Days), f.flow.range?.p50Days, days),
      tile('p90', days(f.flow.p90Days), f.flow.range?.p90Days, days),
      tile('visits', days(f.flow.visitsPerCase)),
      useTile('busiest', f.busiest),
      useTile('busiestCounty', f.busiestCounty)));
  const useTile = (key, use) => use == null ? null : el('div', null, el('dt', null, t(key)), el('dd', null, share(use.staffUse), el('small', null, workplace(use.workplace))));
  return section('overview', el('div', { class: 'two' }, pooled.towns.map(card)), el('div', { class: 'note', style: 'margin-top:12px' }, data.definitions.map(d => el('p', null, [d.zh, d.en][lang])), several ? el('p', null, t('meanNote')) : null));
}

const axisStyle = { axisLabel: { color: '#55606e' }, axisLine: { lineStyle: { color: '#aab3be' } }, splitLine: { lineStyle: { color: '#e6eaee' } } };

// Shares begin at nothing, or near their lowest where small differences matter.
function lines(series, percent) {
  const form = percent ? share : v => number(v, Number.isInteger(v) ? 0 : 2);
  return {
    color: COLOURS,
    textStyle: { fontFamily: FONT },
    animation: false,
    grid: { left: 8, right: 14, top: 12, bottom: 54, containLabel: true },
    legend: { type: series.length > 5 ? 'scroll' : 'plain', bottom: 0, left: 0, right: 0, itemWidth: 30, itemHeight: 7, itemGap: 14, textStyle: { color: '#1b2430' }, data: series.filter(s => !s.silent).map(s => s.name), selected: Object.fromEntries(series.filter(s => s.off).map(s => [s.name, false])) },
    tooltip: { trigger: 'axis', confine: true, valueFormatter: form },
    xAxis: { type: 'category', boundaryGap: false, data: pooled.weekly.weeks.map(w => w.slice(5)), ...axisStyle },
    yAxis: { type: 'value', min: percent === 'near' ? v => Math.max(0, Math.floor((v.min - 0.02) * 10) / 10) : 0, max: percent === 'near' ? 1 : null, ...axisStyle, axisLabel: { color: '#55606e', formatter: percent ? v => Math.round(v * 100) + '%' : v => number(v) } },
    series,
  };
}

const line = (name, values, colour, more) => ({ type: 'line', name, data: values, symbol: 'circle', symbolSize: 5, showSymbol: false, lineStyle: { width: 2, color: colour }, itemStyle: { color: colour }, ...more });

// Lowest and highest backlog of the replications, as an invisible line with an area on top.
function band(code) {
  const all = data.replications.map(r => r.figures.weekly.towns.find(w => w.town === code)?.backlog).filter(b => b);
  if (all.length < 2) {
    return [];
  }

  const low = all[0].map((_, i) => Math.min(...all.map(b => b[i])));
  const spread = all[0].map((_, i) => Math.max(...all.map(b => b[i])) - low[i]);
  const hidden = { symbol: 'none', stack: 'band-' + code, silent: true, lineStyle: { opacity: 0 }, tooltip: { show: false } };
  return [
    line('', low, townColour(code), hidden),
    line('', spread, townColour(code), { ...hidden, areaStyle: { color: townColour(code), opacity: .14 } }),
  ];
}

function weekly() {
  const towns = pooled.weekly.towns;
  const use = pooled.towns.map(f => {
    // The most work first; offices of two or three people jump from week to week, so they are there to be switched on.
    const here = pooled.weekly.workplaces.filter(w => w.town === f.town && w.staffUse.some(u => u > 0)).sort((a, b) => minutesOf(b.workplace) - minutesOf(a.workplace));
    return here.length === 0 ? null : chart(t('chartUse') + town(f.town), lines(here.map((w, i) => ({ ...line(workplace(w.workplace), w.staffUse, COLOURS[i % COLOURS.length]), off: i >= 4 })), true), townColour(f.town), 330);
  });
  const cards = [
    chart(t('chartBacklog') + (several ? ` · ${t('band')}` : ''), lines([...towns.flatMap(w => band(w.town)), ...towns.map(w => line(town(w.town), w.backlog, townColour(w.town)))])),
    chart(t('chartOnTime'), lines(towns.map(w => line(town(w.town), w.onTimeShare, townColour(w.town))), 'near')),
    chart(t('chartCycle'), lines(towns.flatMap(w => [line(town(w.town) + ' P50', w.p50Days, townColour(w.town)), line(town(w.town) + ' P90', w.p90Days, townColour(w.town), { lineStyle: { width: 2, type: 'dashed', color: townColour(w.town) } })]))),
    chart(t('chartFlow'), lines(towns.flatMap(w => [line(`${town(w.town)} ${t('opened')}`, w.opened, townColour(w.town)), line(`${town(w.town)} ${t('ended')}`, w.ended, townColour(w.town), { lineStyle: { width: 2, type: 'dashed', color: townColour(w.town) } })]))),
    ...use,
  ];
  return section('weekly', el('div', { class: 'two', style: 'margin-bottom:16px' }, cards), towns.map(weekTable), pooled.towns.map(f => useTable(f.town)));
}

const minutesOf = key => pooled.workplaces.find(w => w.workplace === key)?.busyMinutes ?? 0;

function weekTable(weeks) {
  const rows = pooled.weekly.weeks.map((week, i) => ({ week, i }));
  const columns = [
    { title: t('week'), of: r => r.week },
    { title: t('opened'), of: r => count(weeks.opened[r.i]) },
    { title: t('ended'), of: r => count(weeks.ended[r.i]) },
    { title: t('open'), of: r => count(weeks.backlog[r.i]) },
    { title: t('overdue'), of: r => count(weeks.openOverdue[r.i]) },
    { title: t('onTimeShare'), of: r => share(weeks.onTimeShare[r.i]) },
    { title: t('p50'), of: r => days(weeks.p50Days[r.i]) },
    { title: t('p90'), of: r => days(weeks.p90Days[r.i]) },
  ];
  return folded(`${t('weekTable')}: ${town(weeks.town)}`, columns, rows);
}

function useTable(code) {
  const here = pooled.weekly.workplaces.filter(w => w.town === code && w.staffUse.some(u => u > 0));
  const rows = pooled.weekly.weeks.map((week, i) => ({ week, i }));
  return here.length === 0 ? null : folded(`${t('useTable')}: ${town(code)}`, [{ title: t('week'), of: r => r.week }, ...here.map(w => ({ title: workplace(w.workplace), of: r => share(w.staffUse[r.i]) }))], rows);
}

const folded = (title, columns, rows) => el('details', null, el('summary', null, title), table(title, columns, rows));

function bars(of, percent) {
  const codes = [...new Set(pooled.procedures.filter(p => !p.internal).map(p => p.procedure))].filter(code => pooled.procedures.some(p => p.procedure === code && of(p.flow) != null)).reverse();
  return {
    color: COLOURS,
    textStyle: { fontFamily: FONT },
    animation: false,
    grid: { left: 26, right: 18, top: 8, bottom: 40, containLabel: true },
    legend: { bottom: 0, textStyle: { color: '#1b2430' } },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, confine: true, valueFormatter: percent ? share : days },
    xAxis: { type: 'value', ...axisStyle, axisLabel: { color: '#55606e', formatter: percent ? v => Math.round(v * 100) + '%' : v => number(v) } },
    yAxis: { type: 'category', data: codes.map(procedure), ...axisStyle, axisLabel: { color: '#1b2430', width: 130, overflow: 'break' } },
    series: pooled.towns.map(f => ({ type: 'bar', name: town(f.town), itemStyle: { color: townColour(f.town) }, data: codes.map(code => { const p = pooled.procedures.find(q => q.town === f.town && q.procedure === code); return p ? of(p.flow) : null; }) })),
  };
}

function procedures() {
  const height = 80 + 44 * new Set(pooled.procedures.filter(p => !p.internal).map(p => p.procedure)).size;
  return section('procedures',
    el('div', { class: 'two', style: 'margin-bottom:16px' }, chart(t('chartProcDays'), bars(f => f.p90Days), null, height), chart(t('chartProcOnTime'), bars(f => f.onTimeShare, true), null, height)),
    pooled.towns.map(f => table(town(f.town), [{ title: t('procedure'), text: true, of: r => r.total ? t('total') : procedure(r.procedure) }, ...flowColumns()],
      [...pooled.procedures.filter(p => p.town === f.town && !p.internal), { ...f, total: true }])),
    internal());
}

function internal() {
  const rows = pooled.procedures.filter(p => p.internal);
  return rows.length === 0 ? null : table(t('internal'), [
    { title: t('town'), text: true, of: r => town(r.town) },
    { title: t('procedure'), text: true, of: r => procedure(r.procedure) },
    { title: t('opened'), of: r => count(r.flow.opened) },
    { title: t('decided'), of: r => count(r.flow.decided) },
    { title: t('withdrawn'), of: r => count(r.flow.withdrawn) },
    { title: t('open'), of: r => count(r.flow.open) },
    { title: t('durationP50'), of: r => days(r.flow.p50Days) },
    { title: t('durationP90'), of: r => days(r.flow.p90Days) },
  ], rows);
}

function workplaces() {
  return section('workplaces', pooled.towns.map(f => {
    const rows = pooled.workplaces.filter(w => w.town === f.town).sort((a, b) => b.busyMinutes - a.busyMinutes);
    const idle = rows.filter(w => w.busyMinutes === 0);
    const columns = [
      { title: t('workplace'), text: true, of: w => workplace(w.workplace) },
      { title: t('staff'), of: w => count(w.people) },
      { title: t('absent'), of: w => share(w.absentShare) },
      { title: t('present'), of: w => number(w.presentMinutes / 60) },
      { title: t('busy'), of: w => number(w.busyMinutes / 60) },
      { title: t('staffUse'), of: w => share(w.staffUse) },
      { title: t('meanQueue'), of: w => days(w.meanQueue) },
      { title: t('maxQueue'), of: w => number(w.maxQueue) },
      { title: t('tasks'), of: w => count(w.tasks) },
    ];
    return rows.length === 0 ? null : [
      table(town(f.town), columns, rows.filter(w => w.busyMinutes > 0)),
      idle.length === 0 ? null : folded(`${t('idle')}: ${town(f.town)} (${idle.length})`, columns, idle),
    ];
  }));
}

function refusals() {
  return section('refusals', pooled.refusals.length === 0 ? el('p', null, t('noRefusals')) : table(t('refusals'), [
    { title: t('clause'), text: true, of: r => r.clause },
    { title: t('code'), text: true, of: r => `${r.code} ${r.name}` },
    { title: t('count'), of: r => count(r.count) },
    ...pooled.towns.map(f => ({ title: town(f.town), of: r => count(r.towns.find(x => x.town === f.town)?.count ?? 0) })),
    { title: t('caseNo'), text: true, of: r => r.example.case ?? '–' },
    { title: t('example'), text: true, words: true, of: r => [r.example.zh, r.example.en][lang] },
  ], pooled.refusals));
}

function people() {
  const words = c => `${c.clause} (${c.code}) × ${count(c.count)}: ${[c.zh, c.en][lang]} [${c.exampleCase}]`;
  return section('people',
    table(t('secondments'), [
      { title: t('town'), text: true, of: s => town(s.town) },
      { title: t('requested'), of: s => count(s.requested) },
      { title: t('approved'), of: s => count(s.approved) },
      { title: t('declined'), of: s => count(s.declined) },
      { title: t('refused'), of: s => count(s.refused) },
      { title: t('refusedBy'), text: true, words: true, of: s => s.byClause.length === 0 ? t('none') : s.byClause.map(c => el('div', null, words(c))) },
    ], pooled.secondments),
    table(t('assessment'), [
      { title: t('town'), text: true, of: a => town(a.town) },
      { title: t('year'), of: a => String(a.year) },
      { title: t('group'), text: true, of: a => t(a.group) },
      { title: t('graded'), of: a => count(a.graded) },
      { title: t('notGraded'), of: a => count(a.notGraded) },
      { title: t('cap'), of: a => count(a.excellentCap) },
      { title: t('excellent'), of: a => count(a.excellent) },
      { title: t('competent'), of: a => count(a.competent) },
      { title: t('basic'), of: a => count(a.basicallyCompetent) },
      { title: t('notCompetent'), of: a => count(a.notCompetent) },
    ], pooled.assessments));
}

function runs() {
  const rows = data.replications.flatMap(r => r.figures.towns.map(f => ({ ...f, replication: r.replication })));
  return several ? section('runs', table(t('runs'), [
    { title: t('replication'), of: r => String(r.replication) },
    { title: t('town'), text: true, of: r => town(r.town) },
    ...flowColumns(),
    { title: t('busiest'), of: r => share(r.busiest?.staffUse) },
    { title: t('busiestCounty'), of: r => share(r.busiestCounty?.staffUse) },
  ], rows)) : null;
}

function draw() {
  drawn.forEach(d => d.chart?.dispose());
  drawn = [];
  document.documentElement.lang = lang === 0 ? 'zh-CN' : 'en';
  document.title = `${[data.run.scenarioZh, data.run.scenarioEn][lang]} – TownReform`;
  document.getElementById('skip').textContent = t('skip');
  document.getElementById('top').replaceChildren(...masthead());
  document.getElementById('main').replaceChildren(...[overview(), weekly(), procedures(), workplaces(), refusals(), people(), runs()].filter(s => s));
  document.getElementById('foot').replaceChildren(t('made'));
  for (const d of drawn) {
    d.chart = echarts.init(d.box, null, { renderer: 'svg' });
    d.chart.setOption(d.option);
    frame(d);
  }
}

// With a view box a drawing shrinks to the paper, where no script can lay it out again in time.
function frame(d) {
  d.box.querySelector('svg')?.setAttribute('viewBox', `0 0 ${d.chart.getWidth()} ${d.chart.getHeight()}`);
}

window.addEventListener('resize', () => drawn.forEach(d => { d.chart.resize(); frame(d); }));
draw();
