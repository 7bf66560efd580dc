'use strict';
// The two files that a voter keeps: the receipt, and the record of the own home.

const unixLines = bytes => { const text = textOf(bytes); return text === null ? '' : text.replace(/\r\n/g, '\n'); };

// readReceipt reads a receipt file; null where it is not in its form. Without a proof, proof is null.
function readReceipt(bytes) {
  const all = ('\n' + unixLines(bytes)).split('\ngongjue.receipt/v1\n');
  const p = all.length > 1 && /^meeting (.+)\nleaf (-?\d{1,13})\nhash ([0-9a-f]{64})(?:\n([^]*))?$/.exec(all[1]);
  if (!p) { return null; }
  const r = { meeting: p[1], index: Number(p[2]), hash: p[3], proof: null };
  const q = /^body (.*)\nproof((?: [0-9a-f]{64})*)\nkey (.*)\n\n([^]*)$/.exec(p[4] || '');
  if ((p[4] || '').startsWith('body ')) {
    const checkpoint = q && readCheckpoint(q[4]);
    r.proof = checkpoint ? { line: q[1], hashes: q[2].split(' ').filter(x => x), key: q[3], checkpoint } : 'malformed';
  }
  return r;
}

// checkReceipt asks a receipt of the log here; run is null where there is only the receipt.
function checkReceipt(book, bytes, run) {
  const r = readReceipt(bytes), p = r && r.proof;
  if (!r) { return book.fail(14, '回执文件不合格式'); }
  if (run) {
    const leaf = run.leaves[r.index];
    if (r.meeting !== run.meeting) { book.fail(14, '回执是另一次会议的'); } else if (r.index < 1 || !leaf || !leaf.ballot) { book.fail(14, `记录里没有第 ${r.index} 条票`); } else if (hex(leaf.hash) !== r.hash) { book.fail(14, `第 ${r.index} 条不是回执上的那张票：被换过`); }
    if (r.index in run.history.gone) { book.fail(14, `回执上的票被第 ${run.history.gone[r.index]} 条取代了`); }
  } else if (!p) { return book.set(14, 'absent', '这张回执里没有证明，要和核对文件一起核对'); }
  if (p === 'malformed') { return book.fail(14, '回执文件里的证明不合格式'); }
  if (p) {
    const c = p.checkpoint, key = run ? run.leaves[0].log_key : p.key;
    if (hex(leafHash(p.line)) !== r.hash || !included(p.hashes, c.size, c.root, r.index, unhex(r.hash))) { book.fail(14, '回执上的证明不成立：这张票不在签名的记录里'); } else if (p.key !== key || key.split('+')[0] !== c.origin || !c.origin.endsWith('/m/' + r.meeting) || openNote(c.text, key) === null) { book.fail(14, '回执上的指纹没有系统的有效签名'); }
    if (run && c.size <= run.leaves.length && rootAt(run.leaves, c.size) !== c.root) { book.fail(14, `回执上签名的前 ${c.size} 条与这里的不同：给过两套记录`); }
    const leaf = run || readLeaf(parse(p.line), p.line, r.meeting, r.index);
    if (!leaf || !run && !leaf.ballot) { book.fail(14, `第 ${r.index} 条不是一张票`); }
  }
  book.pass(14, run ? `第 ${r.index} 条` : `第 ${r.index} 条在签名的前 ${p.checkpoint.size} 条里；签名的指纹：${p.checkpoint.root}；公钥取自这个文件，请与公布的公钥和指纹比较`);
}

function rootAt(leaves, size) {
  const tree = new Tree();
  leaves.slice(0, size).forEach(l => tree.add(l.hash));
  return tree.root();
}

function provenLeaf(v, meeting) {
  const line = isObject(v) && isObject(v.leaf) && isNumber(v.leaf.i) ? write(v.leaf) : null;
  const leaf = line && readLeaf(v.leaf, line, meeting, Number(v.leaf.i));
  return leaf && Array.isArray(v.proof) ? Object.assign(leaf, { proof: v.proof }) : null;
}

// readOwn reads the record of a home; null where it is not in its form.
function readOwn(bytes) {
  const text = unixLines(bytes), parts = ('\n' + text).split('\ngongjue.record/v1\n'), v = parts.length > 1 ? parse(parts[1].split('\n')[0]) : null;
  if (!isObject(v) || ![v.meeting, v.roster, v.voter].every(TEXT) || !isNumber(v.size) || !isNumber(v.at) || !isHash(v.root) || !Array.isArray(v.units) || !Array.isArray(v.ballots)) { return null; }
  const known = ['at', 'ballots', 'meeting', 'opening', 'register', 'result', 'root', 'roster', 'size', 'units', 'voter'];
  const o = { text, meeting: v.meeting, roster: v.roster, voter: v.voter, size: Number(v.size), root: v.root, opening: provenLeaf(v.opening, v.meeting), result: null, register: null };
  o.units = v.units.map(u => {
    const line = isObject(u) && isObject(u.line) ? write(u.line) : null, unit = line && readUnit(u.line, line);
    return unit && Object.keys(u).length === 5 && isHash(u.salt) && TEXT(u.place) && TEXT(u.unit) && Array.isArray(u.proof) ? Object.assign(unit, { place: u.place, id: u.unit, salt: unhex(u.salt), proof: u.proof }) : null;
  });
  o.ballots = v.ballots.map(b => {
    const leaf = provenLeaf(b, v.meeting), open = isObject(b) && 'choices' in b, bound = isObject(b) && 'slot_salt' in b;
    return leaf && Object.keys(b).length === (open ? 4 : bound ? 3 : 2) && (!open || isHash(b.salt)) && (!bound || isHash(b.slot_salt))
      ? Object.assign(leaf, { choices: open ? write(b.choices) : null, salt: open ? unhex(b.salt) : null, slotSalt: bound ? unhex(b.slot_salt) : null }) : null;
  });
  if ('result' in v) { o.result = provenLeaf(v.result, v.meeting); o.register = v.register; }
  const ok = Object.keys(v).every(k => known.includes(k)) && o.opening && !o.units.includes(null) && !o.ballots.includes(null) && ('result' in v ? o.result && TEXT(o.register) : !('register' in v));
  return ok ? o : null;
}

// ownItself checks what a record shows by itself.
function ownItself(book, o, known) {
  const open = o.opening, key = known || open.log_key, body = openNote(o.text, key), no = why => book.fail(25, why);
  if (body === null || !key.split('+')[0].endsWith('/m/' + o.meeting) || !('\n' + body).includes('\ngongjue.record/v1\n')) { return no('本户记录没有系统的有效签名'); }
  if (open.t !== 'open' || !included(open.proof, o.size, o.root, 0, open.hash)) { return no('本户记录里的开始记录不在签名的记录里'); }
  const first = o.units[0];
  const homes = first && first.slot === first.group && o.units.every((u, i) => (i === 0 || u.slot > o.units[i - 1].slot) && u.group === first.group &&
    included(u.proof, Number(open.units), open.roster_root, u.slot, u.hash) && opensUnit(u, u.salt, o.roster, u.id, u.place, o.voter));
  if (!homes) { return no('本户记录里的房屋不在锁定的名册里，或者不是同一个投票权人'); }
  let last = 0;
  for (const b of o.ballots) {
    if (!b.ballot || b.index <= last || !included(b.proof, o.size, o.root, b.index, b.hash)) { return no(`本户记录里第 ${b.index} 条票不在签名的记录里`); }
    if (b.choices !== null && !opensBallot(b, b.salt, o.meeting, first.group, o.voter, b.choices)) { return no(`第 ${b.index} 条：打开的选择不是当时封存的那一张`); }
    if (b.slotSalt && hex(commit(b.slotSalt, 'gongjue.slot/v1\0', o.meeting, String(first.group), b.revision.toString())) !== b.slot) { return no(`第 ${b.index} 条不是这一户的票`); }
    last = b.index;
  }
  if (!o.result) { return true; }
  if (o.result.t !== 'result' || !included(o.result.proof, o.size, o.root, o.result.index, o.result.hash) || sum(utf8(o.register)) !== o.result.public_book) { return no('本户记录里的名单不是计票时固定的那一份'); }
  const way = registered(o.register, first.group);
  return way === null ? no('本户记录里的名单不合格式') : ownAgrees(book, o, way, b => b.imported);
}

// registered finds one head in the register: by which way it voted, empty for not at all; null where the text is none.
function registered(text, slot) {
  const all = lines(utf8(text));
  let way = '', last = -1;
  for (const line of all || []) {
    const v = parse(line);
    if (!isObject(v) || Object.keys(v).length !== 2 || !isNumber(v.slot) || !CHANNELS.includes(v.channel) || Number(v.slot) <= last) { return null; }
    last = Number(v.slot);
    if (last === slot) { way = v.channel; }
  }
  return all ? way : null;
}

function ownAgrees(book, o, way, gone) {
  if (way && !o.ballots.some(b => b.channel === way)) { return book.fail(25, `名单上这一户投了票（${WAYS[way]}），本户记录里没有这张票`); }
  if (!way && o.ballots.some(b => !gone(b))) { return book.fail(25, '本户记录里有票，名单上这一户没有投票'); }
  return true;
}

// ownReceipt: the ballot of a receipt that was given beside the record stands in it.
function ownReceipt(book, o, bytes) {
  const r = bytes && !book.failed(14) && readReceipt(bytes);
  if (!r || r.meeting !== o.meeting || r.index >= o.size || o.ballots.some(b => b.index === r.index && hex(b.hash) === r.hash)) { return; }
  book.fail(25, `回执上的票（第 ${r.index} 条）不在这份本户记录里：或者回执是别人的，或者记录漏了您的票`);
}

// ownUnbound is a ballot of a record from after the count that nothing shows to be one of its head.
const ownUnbound = o => {
  const bound = b => b.choices !== null || b.slotSalt;
  return o.result ? o.ballots.find(b => !bound(b) && !(b.imported && o.ballots.some(bound))) : undefined;
};

// checkOwn asks the record of a home of the log here; run is null where there is only the record.
function checkOwn(book, bytes, run, receipt) {
  const o = readOwn(bytes);
  if (!o) { return book.fail(25, '本户记录不合格式'); }
  if (run && (o.meeting !== run.meeting || o.roster !== at(run.notice, 'roster', 'id'))) { return book.fail(25, '本户记录是另一次会议的'); }
  if (!ownItself(book, o, run && run.leaves[0].log_key)) { return; }
  let shown = !!o.result;
  if (run) {
    const { leaves, history: h, units } = run, slot = o.units[0].group, gone = b => b.index in h.gone;
    if (o.size > leaves.length) { return book.fail(25, `本户记录比核对文件新：写的是前 ${o.size} 条，这里只有 ${leaves.length} 条；请重新下载核对文件`); }
    if (rootAt(leaves, o.size) !== o.root) { return book.fail(25, `本户记录上签名的前 ${o.size} 条与这里的不同：给过两套记录`); }
    const held = units.filter(u => u.group === slot).length;
    if (held !== o.units.length) { return book.fail(25, `这个投票权人有 ${held} 个专有部分，本户记录里有 ${o.units.length} 个`); }
    if (shown) {
      if (!h.results.length || o.result.index !== h.results[0]) { return book.fail(25, '本户记录里的名单不是计票时固定的那一份'); }
      const voted = readRegister(book, run, utf8(o.register));
      if (book.failed(15)) { return book.fail(25, '名单与记录的票数不符，见第 15 项'); }
      if (!ownAgrees(book, o, voted[slot], gone)) { return; }
    } else if (run.voted) {
      const way = run.voted[slot], closed = h.closed >= 0 && o.size > h.closed && way !== 'paper' && way !== 'imported', after = h.results.length && o.size > h.results[0];
      if (!(way && !o.ballots.length && !closed && !after)) {
        shown = true;
        if (!ownAgrees(book, o, way, gone)) { return; }
      }
    }
    if (run.opened) {
      shown = true;
      const listed = o.ballots.map(b => b.index);
      for (const one of run.opened) {
        if (one.slot === slot && one.leaf < o.size && !listed.includes(one.leaf)) { return book.fail(25, `第 ${one.leaf} 条是这一户的票，签了名的本户记录里没有`); }
        if (one.slot !== slot && listed.includes(one.leaf)) { return book.fail(25, `第 ${one.leaf} 条不是这一户的票`); }
      }
    }
  }
  ownReceipt(book, o, receipt);
  const loose = ownUnbound(o);
  const place = o.units.map(u => u.place.replace(/\//g, ' ')).join('、'), last = o.ballots[o.ballots.length - 1];
  if (loose && !(run && run.opened)) { book.set(25, 'absent', `${place}：第 ${loose.index} 条是不是这一户的票，这份记录没有证明；请重新下载一份本户记录`); }
  if (last) { book.pass(25, `${place}：${o.ballots.length} 张，最后一张是第 ${last.index} 条（${WAYS[last.channel]}）`); } else if (shown) { book.pass(25, `${place}：没有任何票`); } else { book.set(25, 'absent', `${place}：系统签名声明，到前 ${o.size} 条为止没有任何票；有没有，要用计票以后的本户记录、业主查阅件或完整核对件核对`); }
}
