// Builds the elements of the conversation. Text only ever enters as text, never as HTML.

const PHONE = /(?<![\d.,-])(?:12345|0\d{2,3}-\d{7,8})(?![\d.,-]|\s*[万亿元%])/g;
const ITEM = /^\s*(?:\d+[.、．)）]|[-•·▪✓✔✗○●]|[（(]\d+[)）])/;
const HEADING = /^(?:【.+】.*|[一二三四五六七八九十]+、.*)$/;
const INDENT = /^[ \u3000]{2,}\S/;
const SUMMARY = "【政策申领小结】";
const LONG_LINES = 6;
const MANY_OPTIONS = 6;

/** An element with a class, attributes and children. */
export function make(tag, className = "", attributes = {}, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** What the user said. */
export function makeUserRow(text) {
  return make("div", "row user", {}, make("span", "sr", {}, "您说："), make("div", "bubble", {}, text));
}

/** What the bot said, with its options when it has any. */
export function makeBotRow(message, onChoose) {
  const row = make("div", "row bot", {}, make("span", "sr", {}, "政策小助手说："));
  if (!message.file?.endsWith(".json")) row.append(makeBubble(message.text));
  if (message.file) row.append(makeDownload(message));
  else if (isResult(message.text)) row.append(makeTools(message.text));
  if (message.options?.length) row.append(makeOptions(message.options, onChoose));
  return row;
}

/** Why a message was not answered; `onRetry` null when sending it again can't help. */
export function makeFailure(sentence, onRetry) {
  const row = make("div", "failure", { role: "alert" }, make("span", "", {}, sentence));
  if (onRetry) {
    const button = make("button", "retry", { type: "button" }, "重试");
    button.addEventListener("click", onRetry);
    row.append(button);
  }
  return row;
}

/** Make a message's options history; `chosen` is the label that was taken, if one was. */
export function closeOptions(group, chosen) {
  const buttons = group.querySelectorAll("button");
  group.classList.add("closed");
  group.classList.toggle("many", buttons.length > MANY_OPTIONS);
  for (const button of buttons) {
    button.disabled = true;
    if (button.dataset.label === chosen) button.classList.add("chosen");
  }
}

function makeBubble(text) {
  return make("div", "bubble", {}, ...makeLines(text));
}

/** The lines of a text, each set as what it is. */
export function makeLines(text) {
  return text.split("\n").map(makeLine);
}

function makeLine(line, index, lines) {
  if (!line.trim()) return make("span", "line blank", {}, "\n");
  const kind = nameLine(line, lines[index + 1] ?? "");
  return make("span", `line ${kind}`, {}, ...linkPhones(kind === "plain-line" ? line : line.trimStart()));
}

// How a line is set: its own form decides, and whether indented lines hang below it.
function nameLine(line, next) {
  if (HEADING.test(line)) return line.startsWith("【") ? "heading bracketed" : "heading";
  if (ITEM.test(line)) return INDENT.test(next) && !ITEM.test(next) ? "item lead" : "item";
  return INDENT.test(line) ? "detail" : "plain-line";
}

function linkPhones(line) {
  const parts = [];
  let end = 0;
  for (const found of line.matchAll(PHONE)) {
    parts.push(line.slice(end, found.index));
    parts.push(make("a", "", { href: `tel:${found[0].replaceAll("-", "")}` }, found[0]));
    end = found.index + found[0].length;
  }
  return [...parts, line.slice(end)];
}

function makeOptions(options, onChoose) {
  const group = make("div", "options", { role: "group", "aria-label": "可选答案" });
  options.forEach((option, index) => {
    const number = make("span", "number", { "aria-hidden": "true" }, String(index + 1));
    // A single option has no number: a number typed then means an item of the result.
    const shown = options.length > 1 ? [number] : [];
    const button = make("button", "option", { type: "button" }, ...shown, make("span", "", {}, option.label));
    button.dataset.label = option.label;
    button.addEventListener("click", () => onChoose(option.label));
    group.append(button);
  });
  return group;
}

// A long list is worth keeping; a long greeting or question is not.
function isResult(text) {
  const lines = text.split("\n");
  return lines.length >= LONG_LINES && lines.some((line) => HEADING.test(line) || /^1[.、．]/.test(line));
}

// A summary is to be passed on: beside copying it, there is all of it to print.
function makeTools(text) {
  const tools = make("div", "tools", {}, makeCopyButton(text));
  if (text.startsWith(SUMMARY)) {
    tools.append(make("a", "copy", { href: "print", target: "_blank", rel: "noopener" }, "打印全部"));
  }
  return tools;
}

// What was sent is saved as it is: nothing is asked of the server for it, and no address has any of it.
function makeDownload({ file, text }) {
  const button = make("button", "copy", { type: "button" }, `下载 ${file}`);
  button.addEventListener("click", () => {
    const address = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
    make("a", "", { href: address, download: file }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  });
  return make("div", "tools", {}, button);
}

function makeCopyButton(text) {
  const button = make("button", "copy", { type: "button" }, "复制");
  button.addEventListener("click", async () => {
    button.textContent = (await copy(text)) ? "已复制" : "复制不了，请手动选取";
    setTimeout(() => (button.textContent = "复制"), 2000);
  });
  return button;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

// A page that is not served over HTTPS has no clipboard of its own.
function copyBySelection(text) {
  const area = make("textarea", "sr");
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}
