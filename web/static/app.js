// Improves what already works without it: no double submission, how far a file has been sent, a live count of names
// picked, the wait before another code, a print button. Old phones: plain ES5.
(function () {
  'use strict';
  function all(selector, act) { Array.prototype.forEach.call(document.querySelectorAll(selector), act); }

  // The server refuses doubles by itself; this spares the person the doubt whether the tap was heard.
  all('form[method=post]', function (form) {
    form.addEventListener('submit', function (event) {
      if (form.getAttribute('data-sent')) { event.preventDefault(); return; }
      form.setAttribute('data-sent', '1');
      setTimeout(function () {
        Array.prototype.forEach.call(form.querySelectorAll('button'), function (b) { b.disabled = true; });
      }, 0);
    });
  });
  // Coming back by the back button shows the page as it was left: wake the buttons again.
  window.addEventListener('pageshow', function () {
    all('form[data-sent]', function (form) {
      form.removeAttribute('data-sent');
      Array.prototype.forEach.call(form.querySelectorAll('button'), function (b) { b.disabled = false; });
    });
  });

  // A file takes minutes on a slow line: says how much of it has gone, and that it is being checked. Without the
  // request that can tell, or without a file, the form goes its ordinary way.
  all('form[data-sending]', function (form) {
    var box = form.querySelector('[role=status]'), bar = form.querySelector('progress'), note = box && box.querySelector('span');
    if (!box || !bar || !window.FormData || !window.XMLHttpRequest || !('upload' in new XMLHttpRequest())) { return; }
    function mb(bytes) { return (bytes / 1048576).toFixed(1) + ' MB'; }
    function say(text, share) {
      box.hidden = false;
      note.textContent = text;
      bar.hidden = share === null;
      if (share >= 0) { bar.value = share; } else { bar.removeAttribute('value'); }
    }
    function wake(text) {
      say(text, null);
      form.removeAttribute('data-sent');
      Array.prototype.forEach.call(form.querySelectorAll('button'), function (b) { b.disabled = false; });
    }
    form.addEventListener('submit', function (event) {
      var file = form.querySelector('input[type=file]');
      if (event.defaultPrevented || !file || !file.files || !file.files.length) { return; }
      event.preventDefault();
      var request = new XMLHttpRequest(), told = -1;
      request.upload.addEventListener('progress', function (e) {
        if (!e.lengthComputable) { return; }
        var share = Math.floor(100 * e.loaded / e.total);
        if (share !== told) { told = share; say('正在上传：' + share + '%，共 ' + mb(e.total), share); }
      });
      request.upload.addEventListener('load', function () { say('已经传完，正在检查，请不要关闭这一页。', -1); });
      request.addEventListener('error', function () { wake('没有传上去。请看网络是否通畅、文件是否太大，然后再试一次。'); });
      request.addEventListener('abort', function () { wake('没有传完，请再试一次。'); });
      request.addEventListener('load', function () {
        // A redirect was followed: go where it led. Anything else is the page with what is wrong.
        if (request.status < 400 && request.responseURL) { location.assign(request.responseURL); return; }
        document.open(); document.write(request.responseText); document.close();
      });
      request.open('POST', form.action);
      request.send(new FormData(form));
      say('正在上传…', 0);
    });
  });

  all('[data-limit]', function (box) {
    var limit = Number(box.getAttribute('data-limit'));
    var note = box.querySelector('[data-count]');
    var inputs = box.querySelectorAll('input[type=checkbox]');
    function isName(input) { return /^\d+$/.test(input.value); }
    function show(event) {
      var changed = event && event.target;
      Array.prototype.forEach.call(inputs, function (input) {
        if (changed && changed.checked && input !== changed && isName(input) !== isName(changed)) { input.checked = false; }
      });
      var names = Array.prototype.filter.call(inputs, function (i) { return i.checked && isName(i); }).length;
      note.textContent = '已选 ' + names + ' 位，最多 ' + limit + ' 位。' + (names > limit ? '已经超过上限，请减少。' : '');
    }
    box.addEventListener('change', show);
    show();
  });

  all('[data-wait]', function (button) {
    var left = Number(button.getAttribute('data-wait')), label = button.textContent;
    (function tick() {
      button.disabled = left > 0;
      button.textContent = left > 0 ? label + '（' + left + ' 秒后）' : label;
      left -= 1;
      if (left >= 0) { setTimeout(tick, 1000); }
    })();
  });

  // The QR of a receipt carries its code behind the #, where no server sees it.
  var code = document.querySelector('form[action="/receipts"] input[name=code]');
  if (code && !code.value && /^#[0-9A-Z-]{16,24}$/.test(location.hash)) { code.value = location.hash.slice(1); }

  all('[data-print]', function (button) {
    button.hidden = false;
    button.addEventListener('click', function () { window.print(); });
  });
  var summary = document.querySelector('.summary');
  if (summary) { summary.focus(); }
})();
