// Improves what already works without it: no double submission, a live count of names picked, the wait before
// another code, a print button. Old phones: plain ES5.
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

  all('[data-print]', function (button) {
    button.hidden = false;
    button.addEventListener('click', function () { window.print(); });
  });
  var summary = document.querySelector('.summary');
  if (summary) { summary.focus(); }
})();
