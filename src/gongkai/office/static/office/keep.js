// What is typed stays in this browser until the server has it: a session that ends, a closed window, a lost connection
// cost nothing. By person and address; gone once saved, on signing out (Clear-Site-Data), or after a week. Passwords and files
// are not kept.
const PERSON = document.querySelector("meta[name=office-person]").content;
const ALL = "gongkai.kept.";
const BEFORE = `${ALL}${PERSON}.`;
const SENT = "gongkai.sent";
const HERE = location.pathname + location.search;
const WEEK = 7 * 24 * 3600 * 1000;
const SKIPPED = ["csrfmiddlewaretoken", "digest", "seen"];

const read = (key) => {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
};
const write = (key, value) => {
  try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden: the page works without */ }
};
const keys = (before = BEFORE) => {
  try { return Object.keys(localStorage).filter((key) => key.startsWith(before)); } catch { return []; }
};

const fields = (form) => [...form.elements].filter(
  (one) => one.name && !SKIPPED.includes(one.name) && !["password", "file", "submit", "button"].includes(one.type),
);
const values = (form) => fields(form).map((one) => [
  one.name, ["checkbox", "radio"].includes(one.type) ? [one.value, one.checked] : one.multiple ? [...one.selectedOptions].map((o) => o.value) : one.value,
]);
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

function restore(form, kept) {
  const left = [...kept];
  for (const one of fields(form)) {
    const at = left.findIndex(([name, value]) => name === one.name
      && (!["checkbox", "radio"].includes(one.type) || value[0] === one.value));
    if (at < 0) continue;
    const [, value] = left.splice(at, 1)[0];
    if (["checkbox", "radio"].includes(one.type)) one.checked = value[1];
    else if (one.multiple) for (const option of one.options) option.selected = value.includes(option.value);
    else one.value = value;
    one.dispatchEvent(new Event("restored"));
  }
}

function said(text, ...actions) {
  const notice = document.createElement("p");
  notice.className = "office-notice";
  notice.setAttribute("role", "status");
  notice.append(text);
  for (const action of actions) notice.append(" ", action);
  return notice;
}
function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button-small button-secondary";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}
const when = (at) => new Date(at).toLocaleString("zh-CN", { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" });

for (const key of keys(ALL)) {
  const kept = read(key);
  if (!kept || Date.now() - kept.at > WEEK) localStorage.removeItem(key);
}
// What was sent is forgotten when the next page says that it was done, and only that.
if (document.querySelector(".messages .success")) localStorage.removeItem(sessionStorage.getItem(SENT) ?? "");
sessionStorage.removeItem(SENT);

const form = document.querySelector("form[data-keep]");
if (form) {
  const key = BEFORE + HERE;
  const shown = values(form);
  const kept = read(key);
  let leaving = false;
  if (kept && !same(kept.values, shown)) {
    const notice = said(
      `您在${when(kept.at)}填写的内容没有保存。`,
      button("恢复", () => {
        restore(form, kept.values);
        // Typed against what stood there then: the server says what has changed since.
        if (form.elements.seen && kept.seen) form.elements.seen.value = kept.seen;
        notice.remove();
      }),
      button("不要了", () => { localStorage.removeItem(key); notice.remove(); }),
    );
    form.before(notice);
  }
  const keep = () => {
    const now = values(form);
    if (same(now, shown)) return;
    write(key, { at: Date.now(), title: document.querySelector("h1").textContent, values: now, seen: form.elements.seen?.value });
  };
  let waiting;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(keep, 400); });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    keep();
    leaving = true;
    sessionStorage.setItem(SENT, key);
  });
  addEventListener("pagehide", () => { if (!leaving) { clearTimeout(waiting); keep(); } });
} else {
  for (const key of keys()) {
    const kept = read(key);
    const link = document.createElement("a");
    link.href = key.slice(BEFORE.length);
    link.textContent = "继续填写";
    const notice = said(
      `“${kept.title}”在${when(kept.at)}填写的内容没有保存。`, link,
      button("不要了", () => { localStorage.removeItem(key); notice.remove(); }),
    );
    document.querySelector(".office > h1")?.after(notice);
  }
}
