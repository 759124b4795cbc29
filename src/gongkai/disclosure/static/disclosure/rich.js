// A text field becomes a page to write on and to paste Word into; without script it stays a field of HTML.
// The server cleans whatever arrives; nothing here is a rule.
for (const field of document.querySelectorAll("textarea[data-rich]")) {
  const page = document.createElement("div");
  page.className = "office-rich";
  page.contentEditable = "true";
  page.setAttribute("role", "textbox");
  page.setAttribute("aria-multiline", "true");
  page.setAttribute("aria-labelledby", `${field.id}-label`);
  const show = () => { page.innerHTML = new DOMParser().parseFromString(field.value, "text/html").body.innerHTML; };
  show();
  field.addEventListener("restored", show);
  const label = document.querySelector(`label[for="${field.id}"]`);
  if (label) {
    label.id = `${field.id}-label`;
    label.addEventListener("click", () => page.focus());
  }
  const bar = document.createElement("p");
  bar.className = "office-actions";
  for (const [text, command, value] of [
    ["标题", "formatBlock", "h2"], ["正文", "formatBlock", "p"], ["加粗", "bold"],
    ["编号", "insertOrderedList"], ["项目", "insertUnorderedList"], ["清除格式", "removeFormat"],
  ]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small button-secondary";
    button.textContent = text;
    button.addEventListener("click", () => {
      page.focus();
      document.execCommand(command, false, value);
    });
    bar.append(button);
  }
  field.hidden = true;
  field.before(bar, page);
  const keep = () => { field.value = page.innerHTML; };
  page.addEventListener("input", keep);
  field.form.addEventListener("submit", keep);
}
