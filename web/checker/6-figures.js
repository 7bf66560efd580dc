'use strict';
// The published figures, in exact whole numbers: that they are those fixed at the count, that their parts add up, and that
// every comparison with a majority of the law is right. Places in an election are not redone here.

const at = (v, ...path) => path.reduce((x, key) => (x !== null && typeof x === 'object' && key in x ? x[key] : undefined), v);

function asWeight(v) {
  const ok = isObject(v) && Object.keys(v).length === 2 && isNumber(v.heads) && isNumber(v.area_cm2) && v.heads >= big(0) && v.area_cm2 >= big(0);
  return ok ? { heads: v.heads, area: v.area_cm2 } : null;
}

function totalsOf(outcome) {
  const c = at(outcome, 'counted'), found = {};
  for (const key of ['total', 'participants', 'voted', 'void', 'silent_delivered', 'abstain']) {
    if (!(found[key] = asWeight(at(c, key)))) { return null; }
  }
  return found;
}

const counted = (result, i) => totalsOf(at(result, 'matters', i, 'outcome'));

// lawAt are the majorities in force when voting began: participation, ordinary and special approval, and of what.
function lawAt(opens) {
  const t = (num, den, strict) => ({ num: big(num), den: big(den), strict });
  return opens >= big('1609430400000')
    ? { partake: t(2, 3, false), ordinary: t(1, 2, true), special: t(3, 4, false), items: [6, 7, 8], ofAll: false, partakeArticle: '民法典第278条第2款', article: '民法典第278条第2款' }
    : { partake: t(1, 2, true), ordinary: t(1, 2, true), special: t(2, 3, false), items: [5, 6], ofAll: true, partakeArticle: '物业管理条例第12条第1款', article: '物权法第76条第2款' };
}

// least is the smallest whole number from 1 on that reaches a share.
function least(t, whole) {
  const need = t.num * whole / t.den + (t.num * whole % t.den > big(0) || t.strict ? big(1) : big(0));
  return need > big(1) ? need : big(1);
}

function step(what, option, measure, part, whole, t, ofAll, law) {
  const key = measure === 'area' ? 'area' : 'heads', margin = part[key] - least(t, whole[key]);
  return { what, option, dimension: measure, part: part[key], whole: whole[key], of_total: ofAll, threshold: t, met: margin >= big(0), margin, law };
}

// graded: a poll of which one grade of a scale is marked; the first of them agree together.
const graded = rule => rule.kind === 'consult' && (rule.options || []).length > 0;
const yesNo = rule => rule.kind === 'motion' || rule.kind === 'consult' && !graded(rule);

// comparisons are all that a reading of a matter must print, from its published totals.
function comparisons(law, rule, t, options) {
  const steps = [], poll = rule.kind === 'consult';
  if (!poll) {
    for (const measure of ['heads', 'area']) { steps.push(step('participation', '', measure, t.participants, t.total, law.partake, true, law.partakeArticle)); }
    if (!steps.every(s => s.met)) { return { steps, formed: false }; }
  }
  const bar = poll ? rule.poll.threshold : law.items.includes(Number(rule.item)) ? law.special : law.ordinary;
  const ofAll = poll ? rule.poll.of_all : law.ofAll, whole = ofAll ? t.total : t.participants;
  const asked = rule.kind === 'motion' || poll ? ['yes'] : rule.options || [];
  if (graded(rule)) { options = { yes: rule.options.slice(0, Number(rule.poll.favour)).reduce((all, name) => plus(all, options[name]), NOBODY) }; }
  for (const name of asked) {
    for (const measure of ['heads', 'area']) {
      if (poll && !rule.poll.dimensions.includes(measure)) { continue; }
      steps.push(step('approval', name, measure, options[name], whole, bar, ofAll, poll ? '' : law.article));
    }
  }
  return { steps, formed: true, approved: steps.filter(s => s.what === 'approval').every(s => s.met) };
}

function votesOf(names, v) {
  if (!isObject(v) || Object.keys(v).some(k => !names.includes(k))) { return null; }
  const found = Object.create(null);
  for (const name of names) { if (!(found[name] = asWeight(v[name]))) { return null; } }
  return found;
}

// checkReading looks at one reading of a matter.
function checkReading(wrong, run, m, outcome, silence, voidsIn) {
  const rule = m.rule, names = yesNo(rule) ? ['yes', 'no'] : rule.options || [];
  const t = totalsOf(outcome), options = votesOf(names, at(outcome, 'counted', 'options')), each = rule.method === 'approval_each';
  const against = each ? votesOf(names, at(outcome, 'counted', 'against')) : null;
  if (!t || !options || each && !against) { return wrong('数字不合格式'); }
  if (!(rule.scope || []).length && !same(t.total, run.everybody)) { wrong('总人数或者总面积不是名册的'); }
  if (!within(plus(plus(t.voted, t.void), t.silent_delivered), t.total)) { wrong('各类人数、面积之和超过了总数'); }
  const without = voidsIn ? plus(t.voted, t.void) : t.voted, withSilent = silence === 'not_participating' ? without : plus(without, t.silent_delivered);
  const mayStayOut = silence === 'join_majority_if_over_half_of_all' && !each && rule.kind !== 'election';
  if (!same(t.participants, withSilent) && !(mayStayOut && same(t.participants, without))) { wrong('参加表决的人数、面积不等于各部分之和'); }
  let most = t.voted, total = t.abstain;
  if (!same(t.participants, without) && silence.startsWith('join_majority')) { most = plus(most, t.silent_delivered); }
  for (const name of names) {
    const both = each ? plus(options[name], against[name]) : options[name];
    total = plus(total, options[name]);
    if (!within(both, most)) { wrong(`“${name}”的票超过了有效票`); }
  }
  const decided = ['passed', 'rejected', 'run_off_due'].includes(at(outcome, 'outcome'));
  const single = rule.kind === 'motion' || rule.kind === 'consult' || rule.kind === 'selection' && rule.method === 'pick';
  if (single && (decided && !same(total, most) || !within(total, most))) { wrong('各选项的票加起来不等于有效票'); }
  const redone = comparisons(run.law, rule, t, options);
  if (write(redone.steps) !== write(at(outcome, 'steps') || null)) { wrong('比例、差额或者是否达到，与公布的数字算出来的不同'); }
  const reason = at(outcome, 'reason'), told = at(outcome, 'outcome');
  if (redone.formed !== (told !== 'not_formed')) { wrong('参加表决的人数、面积是否够，结论不对'); }
  if (redone.formed && !reason && (rule.kind === 'motion' || rule.kind === 'consult') && told !== (redone.approved ? 'passed' : 'rejected')) { wrong('通过没有通过，结论不对'); }
}

// checkFigures gives the number of ballots that count.
function checkFigures(book, run) {
  const { result, notice, history: h, leaves, files } = run;
  const results = h.results, last = leaves[results[results.length - 1]].result, fixed = sum(files['result.json']);
  if (fixed !== last && !(run.tier === 'tellers' && fixed === leaves[results[0]].result)) { book.fail(18, '结果文件不是计票时固定的那一份'); }
  if (!isObject(result) || result.meeting !== notice.meeting || result.format !== 'gongjue.result/v1' || !Array.isArray(result.matters)) { book.fail(18, '结果文件不合格式'); return h.most; }
  if (!isNumber(result.ballots) || result.ballots < big(h.least) || result.ballots > big(h.most)) { book.fail(18, `结果写 ${result.ballots} 张票，记录里是 ${h.most} 张`); }
  if (result.matters.length !== notice.matters.length) { book.fail(18, `结果有 ${result.matters.length} 个事项，通知有 ${notice.matters.length} 个`); return h.most; }
  const p = notice.policies;
  notice.matters.forEach((m, i) => {
    const one = result.matters[i], wrong = what => book.fail(18, `事项 ${m.position}：${what}`);
    if (at(one, 'matter') !== m.id || at(one, 'title') !== m.title || at(one, 'position') !== m.position || write(at(one, 'rule') || null) !== write(m.rule)) { wrong('与会议通知的不同'); }
    const quiet = quietOf(p, m), voidsIn = p.void_participates !== false, outcome = at(one, 'outcome');
    checkReading(wrong, run, m, outcome, quiet, voidsIn);
    const variants = at(outcome, 'variants');
    Object.keys(isObject(variants) ? variants : {}).forEach(name => {
      if (name === 'without_silence') { checkReading(wrong, run, m, variants[name], 'not_participating', voidsIn); } else if (name === 'with_void' || name === 'without_void') { checkReading(wrong, run, m, variants[name], quiet, name === 'with_void'); } else { wrong('有一种不认识的算法'); }
    });
    const classes = at(one, 'delivery', 'classes');
    if (classes && Object.keys(classes).reduce((n, k) => n + (isNumber(at(classes, k, 'heads')) ? classes[k].heads : big(0)), big(0)) !== at(outcome, 'counted', 'total', 'heads')) { wrong('送达的各类人数加起来不等于总人数'); }
  });
  book.pass(18, `${notice.matters.length} 个事项`);
  return isNumber(result.ballots) ? Number(result.ballots) : h.most;
}

// openBook opens every ballot leaf with its line of the full book; it gives leaf and slot of each.
function openBook(book, run) {
  const { leaves, history: h, units, notice, files } = run, all = lines(files['book.jsonl']);
  if (sum(files['book.jsonl']) !== leaves[h.results[0]].full_book) { book.fail(11, '逐张票不是计票时固定的那一份'); }
  if (!all) { book.fail(11, '逐张票不完整'); return null; }
  const cast = all.filter(line => !line.startsWith('{"delivery":')), due = leaves.filter(l => l.ballot && !(l.imported && l.index in h.gone));
  if (cast.length !== due.length) { book.fail(11, `记录里有 ${due.length} 张票，打开的有 ${cast.length} 张`); return null; }
  const opened = cast.map((line, i) => {
    const v = parse(line), leaf = due[i], slot = isObject(v) && isNumber(v.slot) ? Number(v.slot) : -1;
    const ok = isObject(v) && v.leaf === big(leaf.index) && isHash(v.salt) && isNumber(v.revision) && slot >= 0 && slot < units.length && units[slot].group === slot &&
      v.revision === leaf.revision && opensBallot(leaf, unhex(v.salt), notice.meeting, slot, units[slot].voter, write(v.choices));
    if (!ok) { book.fail(11, `第 ${leaf.index} 条：打开的票不是当时封存的那一张`); }
    return { leaf: leaf.index, slot, choices: ok ? v.choices : null };
  });
  run.deliveries = {};
  all.filter(line => line.startsWith('{"delivery":')).forEach(line => {
    const v = parse(line);
    if (!isObject(v) || !isNumber(v.slot) || !TEXT(v.delivery)) { book.fail(11, '送达登记有一行不合格式'); } else { run.deliveries[Number(v.slot)] = v.delivery; }
  });
  const seen = {};
  opened.filter(o => !(o.leaf in h.gone)).forEach(o => {
    const way = o.slot + (leaves[o.leaf].imported ? '+' : '');
    if (seen[way]) { book.fail(11, `第 ${o.leaf} 条：同一投票权人有两张有效票`); }
    seen[way] = true;
  });
  book.pass(11, `打开 ${cast.length} 张`);
  return book.failed(11) ? null : opened;
}

function opensBallot(leaf, salt, meeting, slot, voter, choices) {
  const turn = leaf.revision.toString(), head = String(slot), person = sha256(lengths('gongjue.voter/v1\0', meeting, voter));
  return hex(commit(commit(salt, 'gongjue.slot-salt/v1\0'), 'gongjue.slot/v1\0', meeting, head, turn)) === leaf.slot &&
    hex(commit(salt, 'gongjue.ballot/v1\0', meeting, head, turn, choices, person)) === leaf.c;
}
