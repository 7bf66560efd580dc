'use strict';
// The findings, and the log: its leaves, its tree, its signatures and what was recorded when.

// CHECKS are the questions that this page asks, by the numbers of `gongjue verify`.
const CHECKS = [
  [1, '文件齐全，大小和校验值与清单一致，没有多余的文件'],
  [2, '投票记录逐条连续，格式正确，时间不倒退'],
  [3, '由全部记录重新算出的指纹，与每一次签名的指纹一致'],
  [4, '每一个指纹都有系统的签名'],
  [5, '开始投票时固定的通知、规定和名册，就是这里的通知、规定和名册'],
  [7, '每一张票都记录在投票时间以内，截止以后没有再添（市平台的票见“导入”）'],
  [8, '每一张纸质票编号不重复，由两个人分别录入'],
  [10, '截止时记下的票数，与记录里各种方式的票数一致'],
  [11, '打开的每一张票，都是当时封存的那一张，一张不多、一张不少'],
  [12, '从每一张票重新计票，得到的每个数字和结论都与公布的一致'],
  [14, '回执上的票在投票记录里，没有被改动或者取代'],
  [15, '哪一户投了票的名单，就是计票前固定的那一份，与记录的票数一致；不在名单上的没有票'],
  [17, '印在纸上的指纹或者校验值，与这里的一致'],
  [18, '公布的结果就是计票时固定的那一份，数字、比例和结论前后一致'],
  [20, '名册每一行对应的房屋，与锁定名册时一致'],
  [25, '本户记录上写的，就是记录和名单里有的：列出的票都在，没有列出的一张也没有'],
  [26, '由三方保管钥匙的，记下了截止以后是哪两方的开票卡打开的选票'],
];

// Book collects what was found: passed, failed, absent (not in this file), unasked, or blocked by another check.
function Book() { this.found = {}; }
Book.prototype.fail = function (n, why) { if (!this.failed(n)) { this.found[n] = { state: 'failed', detail: why }; } return false; };
Book.prototype.pass = function (n, what) { this.set(n, 'passed', what); };
Book.prototype.set = function (n, state, what) { if (!this.found[n]) { this.found[n] = { state, detail: what || '' }; } };
Book.prototype.failed = function (n) { return !!this.found[n] && this.found[n].state === 'failed'; };
Book.prototype.list = function () {
  return CHECKS.map(([number, asks]) => Object.assign({ number, asks, state: 'blocked', detail: '先要前面的项目通过' }, this.found[number]));
};

// FORMS are the members of each type of leaf.
const ROLE = isName, NUMBER = isNumber, HASH = isHash, MOMENT = v => moment(v) !== null, TEXT = v => typeof v === 'string';
const word = (...list) => v => list.includes(v);
const COMMON = { v: v => v === big(1), m: TEXT, i: NUMBER, t: TEXT, at: MOMENT, by: ROLE };
const FORMS = {
  open: { roster_root: HASH, units: NUMBER, heads: NUMBER, area_cm2: NUMBER, rules: HASH, agenda: HASH, opens: MOMENT, closes: MOMENT, log_key: TEXT, release: HASH,
    profile: word('A', 'B', 'C'), street_keys: v => v === undefined || Array.isArray(v) && v.every(TEXT) },
  ballot: { slot: HASH, c: HASH, ev: HASH, channel: word('online', 'onsite', 'proxy', 'imported'), revision: NUMBER, supersedes: NUMBER },
  paper: { slot: HASH, c: HASH, ev: HASH, revision: NUMBER, supersedes: NUMBER, serial: HASH, scan: HASH, first: ROLE, second: ROLE },
  close: { leaves: NUMBER, ballots: NUMBER, by_channel: v => isObject(v) && Object.keys(v).every(k => isNumber(v[k])) },
  import: { platform: HASH, file: HASH, ballots: v => isNumber(v) && v >= big(0), replaces: NUMBER, first: ROLE, second: ROLE },
  amend: { kind: word('roster', 'transfer', 'mandate'), change: HASH, old_root: HASH, new_root: HASH, heads: NUMBER, area_cm2: NUMBER, approved: MOMENT, first: ROLE, second: ROLE },
  result: { result: HASH, full_book: HASH, public_book: HASH },
  lot: { root: HASH, result: HASH, announcements: HASH, number: TEXT, announced: MOMENT, due: MOMENT, drawn: MOMENT, first: ROLE, second: ROLE },
  unseal: { key: HASH, first_card: NUMBER, second_card: NUMBER, entered: MOMENT, first: ROLE, second: ROLE },
  waive: { result: HASH, waiver: HASH },
  supervise: { act: word('correction_ordered', 'correction_reported', 'rectified', 'revoked', 'court_revoked'), document: HASH },
  objection: { act: word('recorded', 'withdrawn', 'upheld', 'dismissed'), document: HASH },
  sample: { act: word('announced', 'drawn', 'ended', 'withdrawn'), document: HASH },
  certify: { certificate: HASH },
  access: { tier: word('owners', 'tellers') },
};
const CHANNELS = ['online', 'paper', 'onsite', 'proxy', 'imported'];
const WAYS = { online: '线上', paper: '书面', onsite: '现场', proxy: '委托', imported: '市平台' };

// readLeaf reads a leaf of a meeting; null where it is not in its form.
function readLeaf(value, line, meeting, index) {
  const form = isObject(value) && Object.prototype.hasOwnProperty.call(FORMS, value.t) && Object.assign({}, COMMON, FORMS[value.t]);
  if (!form || !Object.keys(value).every(k => k in form) || !Object.keys(form).every(k => form[k](value[k])) || value.m !== meeting || value.i !== big(index)) { return null; }
  const leaf = Object.assign(Object.create(null), value, { index, ms: moment(value.at), hash: leafHash(line) });
  if (value.t === 'paper') { leaf.channel = 'paper'; }
  leaf.ballot = value.t === 'ballot' || value.t === 'paper';
  leaf.imported = value.t === 'ballot' && value.channel === 'imported';
  return leaf;
}

function readLeaves(book, meeting, bytes) {
  const all = lines(bytes), leaves = [];
  if (!all || !all.length) { book.fail(2, '投票记录不完整'); return leaves; }
  all.forEach((line, i) => {
    const leaf = readLeaf(parse(line), line, meeting, i);
    if (!leaf) { book.fail(2, `第 ${i} 条不合格式`); } else if ((leaf.t === 'open') !== (i === 0)) { book.fail(2, `第 ${i} 条：开始记录只能是第 0 条`); } else if (i && leaves[i - 1] && leaf.ms < leaves[i - 1].ms) { book.fail(2, `第 ${i} 条的时间早于前一条`); }
    leaves.push(leaf);
  });
  book.pass(2, `共 ${leaves.length} 条`);
  return leaves;
}

function checkTree(book, meeting, files, hashes) {
  const found = [];
  Object.keys(files).filter(name => name.startsWith('checkpoints/')).forEach(name => {
    const c = readCheckpoint(textOf(files[name]) || '');
    if (!c || name !== `checkpoints/${c.size}.txt` || !c.origin.endsWith('/m/' + meeting)) { book.fail(3, `${name} 不是这次会议的签名指纹`); } else { found.push(c); }
  });
  found.sort((a, b) => a.size - b.size);
  if (!found.length) { book.fail(3, '没有签名的指纹'); return found; }
  const tree = new Tree();
  let next = 0;
  hashes.forEach(hash => {
    tree.add(hash);
    for (; next < found.length && found[next].size === tree.size; next++) {
      if (tree.root() !== found[next].root) { book.fail(3, `前 ${tree.size} 条的指纹与签名的不符：记录被改过`); }
    }
  });
  if (next < found.length) { book.fail(3, `签名的记录有 ${found[found.length - 1].size} 条，这里只有 ${hashes.length} 条`); } else if (found[next - 1].size < hashes.length) { book.fail(3, '最后的签名之后还有记录'); }
  book.pass(3, `${found.length} 次签名`);
  return found;
}

function checkSigned(book, checkpoints, key) {
  checkpoints.forEach(c => {
    if (key.split('+')[0] !== c.origin || openNote(c.text, key) === null) { book.fail(4, `第 ${c.size} 条处的指纹没有有效的签名`); }
  });
  book.pass(4, `公钥取自投票记录本身，请与公布的公钥比较：${key}`);
}

// readHistory walks over the log once.
function readHistory(book, leaves) {
  const h = { closed: -1, results: [], gone: {}, counting: [], taken: 0, lots: 0, unsealed: [] }, open = leaves[0], opens = moment(open.opens), closes = moment(open.closes), serials = {};
  const effective = () => h.counting.filter(i => !(i in h.gone));
  const supersede = (l, i) => {
    h.counting.push(i);
    if (l.supersedes === big(0) && l.revision === big(1)) { return; }
    const older = Number(l.supersedes), before = leaves[older];
    if (older < 1 || older >= i || !before.ballot || before.imported || before.revision + big(1) !== l.revision) { book.fail(7, `第 ${i} 条：取代的不是同一户的上一张票`); return; }
    if (older in h.gone) { book.fail(7, `第 ${h.gone[older]} 条和第 ${i} 条取代了同一张票`); }
    h.gone[older] = i;
  };
  leaves.forEach((l, i) => {
    if (l.imported) { h.counting.push(i); return; }
    if (l.t === 'ballot') {
      if (h.closed >= 0) { book.fail(7, `第 ${i} 条：截止以后又记了一张票`); } else if (l.ms < opens) { book.fail(7, `第 ${i} 条：投票开始以前就有票`); } else if (l.ms >= closes && l.ms > leaves[i - 1].ms) { book.fail(7, `第 ${i} 条：票的时间在截止时间以后`); }
      supersede(l, i);
    } else if (l.t === 'paper') {
      if (l.serial in serials) { book.fail(8, `第 ${serials[l.serial]} 条与第 ${i} 条是同一张纸质票`); } else if (l.first === l.second) { book.fail(8, `第 ${i} 条：两次录入是同一个人`); } else if (/^0+$/.test(l.serial)) { book.fail(8, `第 ${i} 条：纸质票没有编号`); } else if (h.results.length) { book.fail(8, `第 ${i} 条：计票以后又录入了纸质票`); }
      serials[l.serial] = i;
      if (l.ms < opens) { book.fail(7, `第 ${i} 条：投票开始以前就有票`); }
      supersede(l, i);
    } else if (l.t === 'import') {
      effective().forEach(at => { if (leaves[at].imported) { h.gone[at] = i; } });
      h.taken = i;
    } else if (l.t === 'close') {
      const counted = countWays(leaves, effective()), total = effective().length, told = l.by_channel;
      const same = Object.keys(counted).length === Object.keys(told).length && Object.keys(told).every(k => CHANNELS.includes(k) && told[k] === big(counted[k] || 0));
      if (h.closed >= 0) { book.fail(10, `第 ${i} 条：截止了两次`); } else if (l.leaves !== big(i)) { book.fail(10, `截止时写的记录条数是 ${l.leaves}，实际是 ${i}`); } else if (l.ballots !== big(total) || !same) { book.fail(10, `截止时写的票数是 ${l.ballots}，记录里是 ${total}，或者各种方式的票数不符`); } else if (l.ms < closes) { book.fail(10, '截止早于公布的时间'); }
      h.closed = i;
      book.pass(10, `截止时 ${l.ballots} 张`);
    } else if (l.t === 'lot') { h.lots++; } else if (l.t === 'unseal') { h.unsealed.push(i); } else if (l.t === 'result') {
      h.results.push(i);
      if (h.closed < 0) { book.fail(10, `第 ${i} 条结果记在截止以前`); }
    }
  });
  h.counting = effective();
  if (h.closed < 0 || !h.results.length) { book.fail(10, '记录里没有截止或者没有结果'); }
  book.pass(7, `${h.counting.length} 张有效`);
  book.pass(8, `${Object.keys(serials).length} 张纸质票`);
  h.ways = countWays(leaves, h.counting);
  const all = h.counting.length, imported = h.ways.imported || 0;
  h.most = all;
  h.least = Math.max(imported, all - imported);
  return h;
}

function countWays(leaves, list) {
  const counted = {};
  list.forEach(i => { counted[leaves[i].channel] = (counted[leaves[i].channel] || 0) + 1; });
  return counted;
}
