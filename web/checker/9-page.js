'use strict';
// What people see: choose files, press, read a list. Nothing is sent anywhere.

const $ = id => document.getElementById(id);
const MARKS = { passed: ['✓', '通过'], failed: ['✕', '不符'], absent: ['－', '没有核对'], unasked: ['－', '没有核对'], blocked: ['－', '没有核对'] };
const TIERS = { public: '公开的核对文件', owners: '业主查阅件', tellers: '完整核对件' };

function element(name, text, kind) {
  const e = document.createElement(name);
  e.textContent = text;
  if (kind) { e.className = kind; }
  return e;
}

function show(report) {
  const box = $('answer'), bad = report.findings.filter(f => f.state === 'failed'), good = report.findings.filter(f => f.state === 'passed');
  box.textContent = '';
  const verdict = element('div', '', bad.length ? 'verdict bad' : good.length ? 'verdict good' : 'verdict');
  verdict.appendChild(element('b', bad.length ? `不符：第 ${bad.map(f => f.number).join('、')} 项` : good.length ? `查到的 ${good.length} 项全部通过` : '没有能核对的项目'));
  if (report.title) { verdict.appendChild(element('p', `${report.title}（${TIERS[report.tier]}），投票记录 ${report.leaves} 条，有效票 ${report.ballots} 张`)); }
  box.appendChild(verdict);
  const list = element('ol', '');
  report.findings.forEach(f => {
    const item = element('li', '', f.state), head = element('p', '');
    head.appendChild(element('b', `${MARKS[f.state][0]} 第 ${f.number} 项 ${MARKS[f.state][1]}`));
    item.appendChild(head);
    item.appendChild(element('p', f.asks));
    if (f.detail) { item.appendChild(element('p', f.detail, 'soft')); }
    list.appendChild(item);
  });
  box.appendChild(list);
  box.appendChild(element('p', '“－”是这一次没有核对的项目，不算通过。', 'soft'));
  box.scrollIntoView();
}

function complain(text) {
  const box = $('answer');
  box.textContent = '';
  const verdict = element('div', '', 'verdict bad');
  verdict.appendChild(element('b', text));
  box.appendChild(verdict);
}

// read gives the bytes of a chosen file; null where none was chosen.
const read = input => new Promise((resolve, reject) => {
  const file = input.files && input.files[0];
  if (!file) { resolve(null); return; }
  const reader = new FileReader();
  reader.onload = () => resolve(new Uint8Array(reader.result));
  reader.onerror = () => reject(new Malformed('这个文件读不出来，请重新选。'));
  reader.readAsArrayBuffer(file);
});

// readBundle gives the files of a bundle; null where none was chosen.
const readBundle = bytes => new Promise(resolve => resolve(bytes ? filesOf(bytes) : null));

function start(event) {
  event.preventDefault();
  Promise.all([read($('bundle')), read($('receipt')), read($('record'))]).then(([bundle, receipt, record]) => {
    if (!bundle && !receipt && !record) { throw new Malformed('请先选一个文件。'); }
    return readBundle(bundle).then(files => show(check(files, { receipt, record, printed: $('printed').value.trim() })));
  }).catch(e => complain(e instanceof Malformed ? e.why : '这个文件不能识别：不是核对文件，或者已经损坏。'));
}

$('form').addEventListener('submit', start);
$('old').hidden = true;
window.gongjueCheck = (bytes, more) => readBundle(bytes).then(files => check(files, more));
