'use strict';
// Counting every opened ballot again: who took part, and the heads and area of every option, in exact whole numbers. Places in
// an election, selections and lots are not redone here.

// quietOf is the silence policy in force for a matter.
const quietOf = (p, m) => ((p.first_meeting && !p.interim_covenant) || m.rule.kind === 'consult' || !p.silence ? 'not_participating' : p.silence);

// tooMany tells whether more names are marked than the ballot allows.
function tooMany(rule, names) {
  if (rule.method !== 'pick') { return false; }
  if (rule.kind === 'selection' || graded(rule)) { return names.length > 1; }
  const most = x => Number(x.max_choices || x.seats || 0), groups = rule.seat_groups || [];
  return groups.length ? groups.some(g => names.filter(n => g.options.includes(n)).length > most(g)) : names.length > most(rule);
}

// understand reads an answer: void, abstaining, following the majority, or for and against names; null where the ballot lets nobody answer so.
function understand(p, rule, v) {
  const known = ['mark', 'names', 'each', 'void'], keys = isObject(v) ? Object.keys(v) : ['?'];
  if (keys.length > 1 || !keys.every(k => known.includes(k))) { return null; }
  const names = v.names || [], each = v.each || {}, mark = v.mark || '', simple = yesNo(rule), options = simple ? ['yes', 'no'] : rule.options || [];
  const ok = v.void !== undefined ? TEXT(v.void) && v.void !== '' : Array.isArray(names) && names.every(n => rule.method === 'pick' && options.includes(n)) && new Set(names).size === names.length &&
    isObject(each) && Object.keys(each).every(n => rule.method === 'approval_each' && options.includes(n) && ['yes', 'no', 'abstain'].includes(each[n])) &&
    (mark === '' || mark === 'abstain' && rule.method !== 'approval_each' || (mark === 'yes' || mark === 'no') && simple || mark === 'follow_majority' && p.follow_majority && (rule.kind === 'motion' || rule.kind === 'selection' && rule.method === 'pick'));
  if (!ok) { return null; }
  const blank = keys.length === 0 || !mark && !names.length && !Object.keys(each).length && v.void === undefined;
  return { void: v.void !== undefined || tooMany(rule, names) || blank && p.blank === 'void', abstains: rule.method !== 'approval_each' && (blank || mark === 'abstain'), follows: mark === 'follow_majority',
    yes: names.concat(Object.keys(each).filter(n => each[n] === 'yes'), simple && (mark === 'yes' || mark === 'no') ? [mark] : []), no: Object.keys(each).filter(n => each[n] === 'no') };
}

// leader is the option with the most real votes by heads and by area, alone in both; null where there is none.
function leader(votes) {
  const first = key => Object.keys(votes).filter(n => Object.keys(votes).every(o => o === n || votes[o][key] < votes[n][key]));
  const heads = first('heads'), area = first('area');
  return heads.length === 1 && heads[0] === area[0] && !same(votes[heads[0]], NOBODY) ? heads[0] : null;
}

// pile puts everybody of a matter's scope where they belong; null where a ballot says what its matter does not offer.
function pile(run, m) {
  const p = run.notice.policies, simple = yesNo(m.rule), names = simple ? ['yes', 'no'] : m.rule.options || [], weights = weigh(run.units, m.rule.scope);
  const t = { total: everybody(weights), voted: NOBODY, void: NOBODY, silent_delivered: NOBODY, abstain: NOBODY, follow: NOBODY, options: Object.create(null), against: Object.create(null) }, known = Object.create(null), said = {};
  names.forEach(n => { t.options[n] = NOBODY; t.against[n] = NOBODY; });
  for (const o of run.opened.filter(o => !(o.leaf in run.history.gone))) {
    if (!(m.id in o.choices)) { continue; }
    const text = write(o.choices[m.id]), w = weights[o.slot], a = known[text] || (known[text] = understand(p, m.rule, o.choices[m.id]));
    if (!a || same(w, NOBODY)) { return null; }
    said[o.slot] = true;
    if (a.void) { t.void = plus(t.void, w); continue; }
    t.voted = plus(t.voted, w);
    if (a.follows) { t.follow = plus(t.follow, w); } else if (a.abstains) { t.abstain = plus(t.abstain, w); }
    a.yes.forEach(n => { t.options[n] = plus(t.options[n], w); });
    a.no.forEach(n => { t.against[n] = plus(t.against[n], w); });
  }
  weights.forEach((w, slot) => { if (!said[slot] && run.deliveries[slot] === 'delivered') { t.silent_delivered = plus(t.silent_delivered, w); } });
  return t;
}

// settle says who takes part, and where those go who follow the majority or were silent.
function settle(run, m, t) {
  const p = run.notice.policies, quiet = quietOf(p, m), rule = m.rule, silent = t.silent_delivered, someSilent = !same(silent, NOBODY);
  let silentIn = quiet !== 'not_participating';
  if (rule.method === 'approval_each') {
    if (someSilent && quiet === 'join_majority') {
      for (const n of Object.keys(t.options)) {
        const first = leader({ yes: t.options[n], no: t.against[n] });
        if (first === 'yes') { t.options[n] = plus(t.options[n], silent); } else if (first === 'no') { t.against[n] = plus(t.against[n], silent); }
      }
    }
  } else if (!(rule.kind === 'election' && rule.method === 'pick')) {
    const first = leader(t.options), half = (part, whole) => big(2) * part > whole;
    let joining = t.follow;
    if (quiet === 'join_majority') { joining = plus(joining, silent); }
    if (quiet === 'join_majority_if_over_half_of_all') {
      silentIn = first !== null && half(t.options[first].heads, t.total.heads) && half(t.options[first].area, t.total.area);
      if (silentIn) { joining = plus(joining, silent); }
    }
    if (first !== null) { t.options[first] = plus(t.options[first], joining); }
  }
  const real = p.void_participates === false ? t.voted : plus(t.voted, t.void);
  t.participants = silentIn ? plus(real, silent) : real;
}

// recount compares every published figure of every matter with the ballots. It passes where nothing but figures and motions is
// to be decided: places are not redone here.
function recount(book, run) {
  const { notice, result } = run, text = w => write({ heads: w.heads, area_cm2: w.area });
  if (notice.platform) { return book.set(12, 'absent', '有市平台导入的票，这一页不重新计票'); }
  notice.matters.forEach((m, i) => {
    const t = pile(run, m), c = at(result, 'matters', i, 'outcome', 'counted') || {}, wrong = what => book.fail(12, `事项 ${m.position}：${what}`);
    if (!t) { wrong('票上有表决票没有提供的选择'); return; }
    settle(run, m, t);
    const words = { total: '总数', participants: '参加表决', voted: '有效', void: '废票', silent_delivered: '送达没有表态', abstain: '弃权' };
    Object.keys(words).forEach(k => { if (write(c[k] || null) !== text(t[k])) { wrong(`${words[k]}重新数是 ${t[k].heads} 人、${metres(t[k].area)} 平方米，公布的是另一个数`); } });
    const lists = m.rule.method === 'approval_each' ? ['options', 'against'] : ['options'];
    lists.forEach(k => Object.keys(t[k]).forEach(n => { if (write(at(c, k, n) || null) !== text(t[k][n])) { wrong(`“${n}”重新数是 ${t[k][n].heads} 人、${metres(t[k][n].area)} 平方米，公布的是另一个数`); } }));
  });
  if (book.failed(18)) { book.set(12, 'blocked', '先要第 18 项通过'); }
  const counted = run.opened.filter(o => !(o.leaf in run.history.gone)).length;
  if (notice.matters.every(m => m.rule.kind === 'motion' || m.rule.kind === 'consult')) { book.pass(12, `${notice.matters.length} 个事项，${counted} 张票`); }
  book.set(12, 'absent', `${counted} 张票重新数过，每个选项的人数和面积都与公布的一致；当选和选聘的名次没有重算，要用 gongjue verify 程序`);
}
