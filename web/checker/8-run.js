'use strict';
// All checks on one bundle, in an order in which each finds what it needs.

function checkManifest(book, files, manifest) {
  const extra = { public: [], owners: ['places.jsonl', 'voted.jsonl'], tellers: ['places.jsonl', 'voted.jsonl', 'book.jsonl'] }[manifest.tier];
  const due = ['announced.json', 'rules.json', 'result.json', 'meeting.json', 'roster.jsonl', 'leaves.jsonl', 'README.txt'].concat(extra), listed = Object.create(null);
  let before = '';
  manifest.files.forEach(e => {
    const bytes = files[e.name];
    if (before && byCode(before, e.name) >= 0) { book.fail(1, '清单里的文件名没有按顺序排列：' + e.name); } else if (!bytes) { book.fail(1, '缺少文件 ' + e.name); } else if (big(bytes.length) !== e.size) { book.fail(1, `${e.name} 应有 ${e.size} 字节，实有 ${bytes.length} 字节`); } else if (sum(bytes) !== e.sha256) { book.fail(1, e.name + ' 的内容被改过：校验值不符'); } else if (!due.includes(e.name) && !e.name.startsWith('checkpoints/')) { book.fail(1, e.name + ' 不属于这一种核对文件'); }
    listed[e.name] = true;
    before = e.name;
  });
  Object.keys(files).forEach(name => { if (!listed[name] && name !== 'manifest.json') { book.fail(1, name + ' 不在清单里'); } });
  due.forEach(name => { if (!listed[name]) { book.fail(1, '清单里缺少 ' + name); } });
  book.pass(1, `共 ${manifest.files.length} 个文件`);
}

function readManifest(files) {
  const m = files['manifest.json'] && parse(textOf(files['manifest.json']) || '');
  const ok = isObject(m) && m.format === 'gongjue.bundle/v1' && ['public', 'owners', 'tellers'].includes(m.tier) && TEXT(m.meeting) && Array.isArray(m.files) &&
    m.files.every(e => isObject(e) && Object.keys(e).length === 3 && TEXT(e.name) && isNumber(e.size) && isHash(e.sha256)) && (m.copy === undefined || isNumber(m.copy));
  if (!ok) { throw new Malformed('这个文件不是核对文件。'); }
  return m;
}

function checkPrinted(book, run, checkpoints, text) {
  const plain = text.toLowerCase().replace(/[-\s\u00a0]/g, ''), cut = plain.indexOf('/'), size = cut < 0 ? null : plain.slice(0, cut), digits = plain.slice(cut + 1), open = run.leaves[0];
  const all = [[open.roster_root, '', '名册指纹'], [open.agenda, '', '会议通知的核验码']]
    .concat(run.history.results.map(i => [run.leaves[i].result, '', '结果的核验码']), checkpoints.map(c => [c.root, String(c.size), `投票记录前 ${c.size} 条的指纹`]));
  const found = all.find(c => digits.length >= 16 && c[0].startsWith(digits) && (size === null || size !== '' && c[1] === size));
  if (found) { book.pass(17, found[2]); } else { book.fail(17, '这里没有这个指纹'); }
}

// check is the whole page without its looks: the files of a bundle by name (or null), and {receipt, record, printed}, all
// optional. It throws Malformed for what is no bundle.
function check(files, more) {
  const book = new Book();
  if (!files) {
    if (more.receipt) { checkReceipt(book, more.receipt, null); }
    if (more.record) { checkOwn(book, more.record, null, more.receipt); }
    return { title: '', tier: '', findings: book.list().filter(f => f.number === 14 && more.receipt || f.number === 25 && more.record) };
  }
  const manifest = readManifest(files), tier = manifest.tier;
  const absent = (n, name) => book.set(n, 'absent', '这一种核对文件里没有：' + name);
  if (tier !== 'tellers') { absent(11, 'book.jsonl'); absent(12, 'book.jsonl'); }
  if (tier === 'public') { absent(15, 'voted.jsonl'); absent(20, 'places.jsonl'); }
  checkManifest(book, files, manifest);
  const leaves = readLeaves(book, manifest.meeting, files['leaves.jsonl']), all = lines(files['leaves.jsonl']) || [];
  const checkpoints = checkTree(book, manifest.meeting, files, all.map(leafHash));
  const done = run => ({ title: at(run, 'notice', 'title') || '', tier, ballots: at(run, 'ballots'), leaves: leaves.length, findings: book.list() });
  if (book.failed(2)) { return done(null); }
  const run = { files, tier, meeting: manifest.meeting, leaves, history: null, notice: parse(textOf(files['announced.json'] || new Uint8Array(0)) || '') };
  checkSigned(book, checkpoints, leaves[0].log_key);
  run.history = readHistory(book, leaves);
  run.ballots = run.history.most;
  const copy = manifest.copy === undefined ? 0 : Number(manifest.copy);
  if (tier === 'public' ? copy !== 0 : !(copy > 0 && copy < leaves.length && leaves[copy].tier === tier)) { book.fail(1, '这一份的下载没有记入投票记录'); }
  if (more.receipt) { checkReceipt(book, more.receipt, run); } else { book.set(14, 'unasked', '没有给出回执文件'); }
  if (more.printed) { checkPrinted(book, run, checkpoints, more.printed); } else { book.set(17, 'unasked', '没有给出纸上的指纹'); }
  checkDocuments(book, run, manifest);
  if (!more.record) { book.set(25, 'unasked', '没有给出本户记录'); } else if (!book.failed(3) && !book.failed(5)) { checkOwn(book, more.record, run, more.receipt); }
  return done(run);
}

// checkDocuments is everything that rests on notice and roster.
function checkDocuments(book, run, manifest) {
  const { files, notice, tier } = run, roster = readRoster(book, files['roster.jsonl'] || new Uint8Array(0));
  const formed = isObject(notice) && notice.format === 'gongjue.notice/v1' && notice.meeting === manifest.meeting && isObject(notice.policies) && isNumber(notice.opens_at) && isNumber(notice.closes_at) &&
    Array.isArray(notice.matters) && notice.matters.every(m => isObject(m) && isObject(m.rule));
  if (!formed) { book.fail(5, '会议通知不合格式'); }
  if (book.failed(5)) { return; }
  run.units = roster.units;
  run.everybody = everybody(weigh(run.units));
  checkOpening(book, run.leaves[0], notice, files, roster);
  if (!run.history.results.length) { return; }
  checkSeal(book, run);
  run.law = lawAt(notice.opens_at);
  run.result = parse(textOf(files['result.json'] || new Uint8Array(0)) || '');
  run.ballots = checkFigures(book, run);
  if (tier === 'public' || !readHomes(book, at(notice, 'roster', 'id'), run.units, files['places.jsonl'])) { return; }
  run.voted = readRegister(book, run, files['voted.jsonl'] || new Uint8Array(0));
  compareRegister(book, run, run.voted);
  if (tier === 'tellers') { run.opened = openBook(book, run); }
  if (run.opened && isObject(run.result)) { recount(book, run); }
}
