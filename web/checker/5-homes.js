'use strict';
// The roster, what the open leaf fixed, the homes behind the roster, and who voted.

// readUnit reads a line of the roster; null where it is not in its form.
function readUnit(value, line) {
  const form = { slot: NUMBER, unit: HASH, head: HASH, area_cm2: v => isNumber(v) && v >= big(0) && v <= big('999999999999'), head_group: NUMBER, owners: v => isNumber(v) && v >= big(0),
    counts_area: word(true, false), counts_heads: word(true, false) };
  if (!isObject(value) || Object.keys(value).length !== 8 || !Object.keys(form).every(k => form[k](value[k]))) { return null; }
  return { slot: Number(value.slot), unit: value.unit, head: value.head, area: value.area_cm2, group: Number(value.head_group), byArea: value.counts_area, byHead: value.counts_heads, hash: unitHash(line) };
}

function readRoster(book, bytes) {
  const all = lines(bytes), tree = new Tree();
  const units = (all || []).map((line, i) => {
    const u = readUnit(parse(line), line);
    tree.add(unitHash(line));
    return u && u.slot === i ? u : null;
  });
  if (!all || !all.length || units.includes(null)) { book.fail(5, '名册有不合格式的行'); return null; }
  if (units.some((u, i) => u.group < 0 || u.group > i || units[u.group].group !== u.group)) { book.fail(5, '名册里投票权人的编号不对'); return null; }
  return { units, root: tree.root() };
}

const NOBODY = { heads: big(0), area: big(0) };
const plus = (a, b) => ({ heads: a.heads + b.heads, area: a.area + b.area });
const same = (a, b) => a.heads === b.heads && a.area === b.area;
const within = (a, b) => a.heads <= b.heads && a.area <= b.area;

// weigh gives every head group its weight inside a scope.
function weigh(units, scope) {
  const weights = units.map(() => NOBODY);
  units.forEach(u => {
    if (scope && scope.length && !scope.some(p => u.place === p || (u.place || '').startsWith(p + '/'))) { return; }
    const w = weights[u.group];
    weights[u.group] = { heads: u.byHead ? big(1) : w.heads, area: u.byArea ? w.area + u.area : w.area };
  });
  return weights;
}

const everybody = weights => weights.reduce(plus, NOBODY);
const metres = area => { const t = area.toString().padStart(5, '0'); return t.slice(0, -4) + '.' + t.slice(-4); };

function checkOpening(book, open, notice, files, roster) {
  const total = everybody(weigh(roster.units)), list = isObject(notice.roster) ? notice.roster : {};
  const pairs = [
    [open.agenda === sum(files['announced.json']), '会议通知'],
    [open.rules === sum(files['rules.json']) && open.rules === notice.rules_sha256, '规定'],
    [open.roster_root === roster.root && open.roster_root === list.root, '名册指纹'],
    [open.units === big(roster.units.length) && open.units === list.units, '名册户数'],
    [open.heads === total.heads && open.heads === list.heads, '总人数'],
    [open.area_cm2 === total.area && open.area_cm2 === list.area_cm2, '总面积'],
    [big(moment(open.opens)) === notice.opens_at && big(moment(open.closes)) === notice.closes_at && notice.opens_at < notice.closes_at, '投票时间'],
  ];
  pairs.forEach(([holds, what]) => { if (!holds) { book.fail(5, what + '与开始时固定的不符'); } });
  book.pass(5, `${roster.units.length} 个专有部分，${total.heads} 人，${metres(total.area)} 平方米`);
}

// checkSeal: two cards of those that the notice names opened the ballots, after the close and directly before the count.
function checkSeal(book, run) {
  const { notice, leaves, history: h } = run, seal = notice.seal, at = h.unsealed[0], l = leaves[at];
  if (!isObject(seal)) {
    if (h.unsealed.length) { book.fail(26, '通知没有说由三方保管，记录里却有开票卡'); }
    book.set(26, 'unasked', '密钥由系统保管，没有开票卡');
    return;
  }
  if (!l) {
    if ((notice.logged || []).includes('unseal')) { book.fail(26, '没有记下是谁的卡打开的选票'); }
    book.set(26, 'unasked', '这是较早的记录，当时不记是谁的卡打开的');
    return;
  }
  const cards = Array.isArray(seal.cards) ? seal.cards : [], first = cards[Number(l.first_card) - 1], second = cards[Number(l.second_card) - 1], entered = moment(l.entered);
  const roles = { convener: '召集人', street: '街道', teller: '计票人' }, when = ms => new Date(ms + 8 * 3600000).toISOString().slice(0, 16).replace('T', ' ');
  if (h.unsealed.length > 1) { book.fail(26, '选票打开了不止一次'); } else if (h.closed < 0 || at < h.closed || h.results[0] !== at + 1) { book.fail(26, '打开选票没有记在截止以后、紧靠着结果以前'); } else if (l.key !== seal.key) { book.fail(26, '打开的不是通知公布的那一把密钥'); } else if (!first || !second || first === second) { book.fail(26, '打开选票的不是两张不同的开票卡'); } else if (l.first === l.second) { book.fail(26, '两张开票卡是同一个人录入的'); } else if (big(entered) < notice.closes_at || entered > l.ms) { book.fail(26, '第一张开票卡录入的时间不在截止以后、开票以前'); } else {
    book.pass(26, `${roles[first.role]}的卡（${l.first}）于 ${when(entered)}、${roles[second.role]}的卡（${l.second}）于 ${when(l.ms)} 录入`);
  }
}

// readHomes opens every line of the roster with its home.
function readHomes(book, roster, units, bytes) {
  const all = lines(bytes);
  if (!all || all.length !== units.length) { return book.fail(20, `房屋有 ${all ? all.length : 0} 行，名册有 ${units.length} 行`); }
  const groups = Object.create(null);
  all.forEach((line, i) => {
    const v = parse(line), u = units[i];
    const ok = isObject(v) && Object.keys(v).length === 5 && v.slot === big(i) && [v.place, v.unit, v.voter].every(TEXT) && isHash(v.salt) && opensUnit(u, unhex(v.salt), roster, v.unit, v.place, v.voter);
    if (!ok) { book.fail(20, '有房屋与锁定的名册不符'); return; }
    u.place = v.place;
    u.voter = v.voter;
    if (v.voter in groups ? groups[v.voter] !== u.group : u.group !== i) { book.fail(20, `名册第 ${i} 行：一个投票权人被分成两个，或者两个被合成一个`); }
    groups[v.voter] = u.group;
  });
  book.pass(20, `${units.length} 户`);
  return !book.failed(20);
}

const opensUnit = (u, salt, roster, id, place, voter) => hex(commit(salt, 'gongjue.unit/v1\0', roster, id, place)) === u.unit && hex(commit(salt, 'gongjue.head/v1\0', roster, voter)) === u.head;

// mayStandBack tells whether a ballot of this way may not count because the same head's other one does.
function mayStandBack(notice, way) {
  if (!notice.platform) { return false; }
  return way === 'imported' || notice.channel_conflict !== 'identical_else_void' && !(notice.channel_conflict === 'paper_wins' && way === 'paper');
}

// readRegister reads who voted; null where it is not the register fixed at the count, or does not agree with the log.
function readRegister(book, run, bytes) {
  const { leaves, history: h, units, notice } = run, all = lines(bytes), voted = units.map(() => ''), counted = {};
  if (sum(bytes) !== leaves[h.results[0]].public_book) { book.fail(15, '名单不是计票时固定的那一份'); }
  let last = -1;
  (all || []).forEach((line, i) => {
    const v = parse(line), slot = isObject(v) && isNumber(v.slot) ? Number(v.slot) : -1;
    if (!isObject(v) || Object.keys(v).length !== 2 || !CHANNELS.includes(v.channel) || slot <= last || slot >= units.length || units[slot].group !== slot) { book.fail(15, `名单第 ${i + 1} 行不合格式，或者不是投票权人`); return; }
    voted[slot] = v.channel;
    last = slot;
    counted[v.channel] = (counted[v.channel] || 0) + 1;
  });
  if (!all) { book.fail(15, '名单不完整'); return voted; }
  CHANNELS.forEach(way => {
    const here = counted[way] || 0, log = h.ways[way] || 0;
    if (here !== log && !(here < log && mayStandBack(notice, way))) { book.fail(15, `名单上${WAYS[way]}的票有 ${here} 张，记录里有 ${log} 张`); }
  });
  if (all.length < h.least) { book.fail(15, `名单上有 ${all.length} 人，记录里至少有 ${h.least} 人投了票`); }
  book.pass(15, `${all.length} 人投了票`);
  return voted;
}

// compareRegister adds up, on every matter, who voted.
function compareRegister(book, run, voted) {
  const { notice, result, units, history } = run;
  if (!isObject(result)) { return; } // check 18 says so
  notice.matters.forEach((m, i) => {
    const weights = weigh(units, m.rule.scope), total = everybody(weights), cast = everybody(weights.filter((w, slot) => voted[slot]));
    const c = counted(result, i), mine = c && plus(c.voted, c.void);
    if (!c || !same(mine, cast) && !((history.ways.imported || 0) > 0 && within(mine, cast))) { book.fail(15, `事项 ${m.position}：名单上投了票的共 ${cast.heads} 人、${metres(cast.area)} 平方米，公布的是另一个数`); }
    if (c && !same(c.total, total)) { book.fail(18, `事项 ${m.position}：范围内共 ${total.heads} 人、${metres(total.area)} 平方米，公布的是另一个数`); }
  });
}
