'use strict';
// Reading: canonical JSON, in which every number is a BigInt, and zip files: stored ones as they are, packed ones where the
// browser can unpack them.

function Malformed(why) { this.why = why; }

// byCode orders texts as UTF-8 bytes do.
function byCode(a, b) {
  const x = Array.from(a), y = Array.from(b);
  for (let i = 0; i < x.length && i < y.length; i++) {
    if (x[i] !== y[i]) { return x[i].codePointAt(0) - y[i].codePointAt(0); }
  }
  return x.length - y.length;
}

// write is the one text of a value.
function write(v) {
  if (v === null || typeof v === 'boolean') { return String(v); }
  if (typeof v === 'bigint' || typeof v === 'number') { return v.toString(); }
  if (typeof v === 'string') {
    const short = { '"': '\\"', '\\': '\\\\', '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r' };
    return '"' + v.replace(/["\\\u0000-\u001f]/g, c => short[c] || '\\u00' + hex([c.charCodeAt(0)])) + '"';
  }
  if (Array.isArray(v)) { return '[' + v.map(write).join(',') + ']'; }
  return '{' + Object.keys(v).sort(byCode).map(k => write(k) + ':' + write(v[k])).join(',') + '}';
}

// parse reads a text that must be canonical: written again it is the same. Null where it is not.
function parse(text) {
  let at = 0;
  const bad = () => { throw new Malformed('JSON'); };
  const value = depth => {
    const c = text[at];
    if (c === '"') { return string(); }
    if (c === '{' || c === '[') {
      if (depth === 0) { bad(); }
      at++;
      const end = c === '{' ? '}' : ']', found = c === '{' ? Object.create(null) : [];
      if (text[at] === end) { at++; return found; }
      for (;;) {
        if (c === '{') {
          const key = string();
          if (text[at++] !== ':' || key in found) { bad(); }
          found[key] = value(depth - 1);
        } else { found.push(value(depth - 1)); }
        const next = text[at++];
        if (next === end) { return found; }
        if (next !== ',') { bad(); }
      }
    }
    for (const [word, v] of [['true', true], ['false', false], ['null', null]]) {
      if (text.startsWith(word, at)) { at += word.length; return v; }
    }
    const digits = /-?\d{1,19}/y;
    digits.lastIndex = at;
    const n = digits.exec(text);
    if (!n) { bad(); }
    at += n[0].length;
    const v = big(n[0]), most = big(1) << big(63);
    if (v >= most || v < -most) { bad(); }
    return v;
  };
  const string = () => {
    const whole = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\bfnrt]|u00[01][0-9a-f]))*"/y;
    whole.lastIndex = at;
    const s = whole.exec(text);
    if (!s) { bad(); }
    at += s[0].length;
    return JSON.parse(s[0]);
  };
  try {
    const v = value(16);
    return at === text.length && write(v) === text ? v : null;
  } catch (e) {
    if (e instanceof Malformed) { return null; }
    throw e;
  }
}

const isObject = v => v !== null && typeof v === 'object' && !Array.isArray(v);
const isHash = v => typeof v === 'string' && /^[0-9a-f]{64}$/.test(v);
const isName = v => typeof v === 'string' && /^[a-z0-9-]{1,64}$/.test(v);
const isNumber = v => typeof v === 'bigint';

// moment reads a moment of a leaf in Unix ms; null for anything else.
function moment(v) {
  const p = typeof v === 'string' && /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.(\d{3})\+08:00$/.exec(v);
  if (!p) { return null; }
  const ms = Date.UTC(p[1], p[2] - 1, p[3], p[4], p[5], p[6], p[7]);
  return new Date(ms).toISOString().slice(0, 23) === v.slice(0, 23) ? ms - 8 * 3600000 : null;
}

// lines cuts a text into its lines; null where the last does not end or the bytes are no text.
function lines(bytes) {
  const text = bytes && textOf(bytes);
  if (text === null || text === undefined || text !== '' && !text.endsWith('\n')) { return null; }
  return text === '' ? [] : text.slice(0, -1).split('\n');
}

// Packed is a file of a zip before it is unpacked.
function Packed(bytes, size) { this.bytes = bytes; this.size = size; }

// The bounds of a zip: a hostile one must not fill the memory.
const MOST_BYTES = 2147483648, MOST_RATIO = 200;

// unzip gives the files of a zip by name, those that are compressed as they are. It throws Malformed for what is none.
function unzip(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length), files = Object.create(null);
  let total = 0;
  const no = why => { throw new Malformed(why); };
  let end = bytes.length - 22;
  while (end >= 0 && end > bytes.length - 66000 && view.getUint32(end, true) !== 0x06054b50) { end--; }
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50) { no('这个文件不是核对文件，或者没有下载完整。'); }
  let at = view.getUint32(end + 16, true);
  const count = view.getUint16(end + 10, true);
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) { no('这个文件已经损坏。'); }
    const method = view.getUint16(at + 10, true), packed = view.getUint32(at + 20, true), size = view.getUint32(at + 24, true), from = view.getUint32(at + 42, true);
    const nameSize = view.getUint16(at + 28, true), name = textOf(bytes.subarray(at + 46, at + 46 + nameSize));
    at += 46 + nameSize + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (name === null || name.endsWith('/')) { continue; }
    total += size;
    if (method === 0 && packed !== size) { no('这个文件已经损坏。'); }
    if (name in files || from + 30 > bytes.length || view.getUint32(from, true) !== 0x04034b50) { no('这个文件已经损坏。'); }
    const start = from + 30 + view.getUint16(from + 26, true) + view.getUint16(from + 28, true);
    if (start + packed > bytes.length) { no('这个文件没有下载完整。'); }
    if (method !== 0 && method !== 8) { no('这个压缩包的压缩方式不认识。请用原来下载的那个文件。'); }
    if (total > MOST_BYTES || size > MOST_RATIO * (packed + 1)) { no('这个文件太大，不是核对文件。'); }
    const content = bytes.subarray(start, start + packed);
    files[name] = method === 0 ? content : new Packed(content, size);
  }
  return files;
}

const PACKED_AGAIN = '这个压缩包被重新压缩过，这个浏览器解不开。请用原来下载的那个文件；没有的话，换 2023 年以后的 Chrome、Edge、Safari 或者 Firefox 再试。';

// unpack gives a file of a zip as it was before it was compressed. It fails with Malformed where the browser cannot, and for
// what is not as long as the zip says.
function unpack(file) {
  const broken = () => { throw new Malformed('这个文件已经损坏。'); };
  let stream;
  try { stream = new DecompressionStream('deflate-raw'); } catch (e) { return Promise.reject(new Malformed(PACKED_AGAIN)); }
  const whole = new Uint8Array(file.size), reader = new Blob([file.bytes]).stream().pipeThrough(stream).getReader();
  let at = 0;
  const next = () => reader.read().then(part => {
    if (part.done) { return at === whole.length ? whole : broken(); }
    if (at + part.value.length > whole.length) { reader.cancel(); broken(); }
    whole.set(part.value, at);
    at += part.value.length;
    return next();
  });
  return next().catch(broken);
}

// filesOf gives the files of a zip by name, all unpacked, one after the other.
function filesOf(bytes) {
  const files = unzip(bytes);
  return Object.keys(files).filter(name => files[name] instanceof Packed)
    .reduce((done, name) => done.then(() => unpack(files[name])).then(whole => { files[name] = whole; }), Promise.resolve()).then(() => files);
}
