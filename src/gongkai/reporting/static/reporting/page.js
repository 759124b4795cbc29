// What the page does better with a script: drop files, watch progress, light up cells, show the source in place.
document.documentElement.classList.add("script");

const drop = document.getElementById("drop");
if (drop) {
  const form = document.getElementById("upload");
  const input = document.getElementById("files");
  const chosen = document.getElementById("chosen");
  const send = document.getElementById("send");
  const tell = () => {
    const files = [...input.files];
    const mb = files.reduce((sum, f) => sum + f.size, 0) / 1e6;
    chosen.textContent = files.length
      ? `已选 ${files.length} 个文件，共 ${mb.toFixed(1)} MB：${files.slice(0, 5).map((f) => f.name).join("、")}${files.length > 5 ? " 等" : ""}`
      : "";
  };
  input.addEventListener("change", tell);
  for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (e) => { e.preventDefault(); drop.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, (e) => { e.preventDefault(); drop.classList.remove("over"); });
  drop.addEventListener("drop", (e) => { input.files = e.dataTransfer.files; tell(); });
  // A double click must not upload twice; coming back by the back button must find a live button.
  form.addEventListener("submit", () => { send.disabled = true; send.textContent = "正在上传…"; });
  addEventListener("pageshow", () => { send.disabled = false; send.textContent = "开始核校"; });
}

const watch = document.querySelector("#watch[data-rows]");
if (watch) {
  const started = Date.now();
  const bar = watch.querySelector("progress");
  const first = bar.value;
  const look = async () => {
    try {
      const answer = await fetch(watch.dataset.rows, { headers: { Accept: "text/html" } });
      if (!answer.ok) return location.reload();
      document.getElementById("rows").innerHTML = await answer.text();
      const [finished, total] = answer.headers.get("X-Finished").split("/").map(Number);
      bar.value = finished;
      document.getElementById("count").textContent = `已读取 ${finished} / ${total} 份`;
      const done = finished - first;
      const seconds = done > 0 ? Math.ceil(((Date.now() - started) / 1000 / done) * (total - finished)) : 0;
      document.getElementById("left").textContent = seconds ? `约剩 ${seconds < 60 ? seconds + " 秒" : Math.ceil(seconds / 60) + " 分钟"}` : "";
      if (answer.headers.get("X-Pending") === "0") return location.reload();
    } catch { /* the server is away for a moment; ask again */ }
    setTimeout(look, 1000);
  };
  setTimeout(look, 700);
}

const report = document.querySelector("article.report[data-source]");
if (report) {
  const pane = document.getElementById("source");
  const cell = (path) => document.getElementById(path.replaceAll(".", "-"));
  const lit = (note, on) => {
    for (const path of note.dataset.cells.split(" ").filter(Boolean)) cell(path)?.classList.toggle("lit", on);
    for (const mark of report.querySelectorAll(`mark[data-note="${note.dataset.note}"]`)) mark.classList.toggle("lit", on);
  };
  for (const note of document.querySelectorAll(".note")) {
    for (const [name, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]])
      note.addEventListener(name, () => lit(note, on));
  }
  const show = async (at) => {
    const answer = await fetch(`${report.dataset.source}?at=${encodeURIComponent(at)}`);
    if (!answer.ok) return;
    pane.innerHTML = await answer.text();
    pane.classList.add("docked");
    const close = document.createElement("button");
    close.className = "close";
    close.textContent = "关闭";
    close.addEventListener("click", () => { pane.classList.remove("docked"); pane.replaceChildren(); });
    pane.prepend(close);
    const here = pane.querySelector("#here");
    const reveal = () => {
      const frame = pane.querySelector(".paper, .source-lines");
      const target = here?.matches("svg") ? here.querySelector("rect") : here;
      if (!frame || !target) return;
      frame.scrollTop += target.getBoundingClientRect().top - frame.getBoundingClientRect().top - frame.clientHeight / 3;
    };
    pane.querySelector("img")?.addEventListener("load", reveal);
    reveal();
  };
  for (const td of report.querySelectorAll("td[data-path]")) {
    td.tabIndex = 0;
    td.addEventListener("click", () => show(td.dataset.path));
    td.addEventListener("keydown", (e) => { if (e.key === "Enter") show(td.dataset.path); });
  }
  for (const link of document.querySelectorAll(".note a.show"))
    link.addEventListener("click", (e) => { e.preventDefault(); show(new URL(link.href).searchParams.get("at")); });
  addEventListener("keydown", (e) => { if (e.key === "Escape") pane.querySelector(".close")?.click(); });
}
