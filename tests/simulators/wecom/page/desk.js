const TITLES = { app: "自建应用", single: "智能机器人 · 单聊", group: "智能机器人 · 群聊", kf: "微信客服" };
const ACTIONS = {
  app: { enters: "进入应用", image: "发图片", voice: "发语音", location: "发位置" },
  single: { enters: "进入会话", image: "发图片", voice: "发语音" },
  group: {},
  kf: { enters: "点链接进入", image: "发图片", voice: "发语音", location: "发位置",
    agent_takes: "客服：接入", agent_says: "客服：说话", agent_ends: "客服：结束" },
};
const BOT_NAME = "@政策小助手 ";
const $ = (id) => document.getElementById(id);
let door = "app";
let drawn = "";
const opened = new Set();

function make(tag, text = "", className = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  element.className = className;
  return element;
}

function who() {
  return $("who").value.trim() || "zhangsan";
}

function send(action, more = {}) {
  const order = { door, who: who(), action, ...more };
  return fetch("/ui/do", { method: "POST", body: JSON.stringify(order) }).then(refresh);
}

const INLINE = /\*\*(.+?)\*\*|\[([^\]]+)\]\((\S+?)\)|<a href="([^"]+)">(.*?)<\/a>|<font color="(\w+)">(.*?)<\/font>|`([^`]+)`/g;

function inline(line, into) {
  let from = 0;
  for (const found of line.matchAll(INLINE)) {
    into.append(line.slice(from, found.index));
    const [, bold, label, url, href, name, color, coloured, code] = found;
    if (bold) into.append(make("b", bold));
    else if (code) into.append(make("code", code));
    else if (color) into.append(make("span", coloured, color));
    else {
      const link = make("a", label ?? name);
      const address = url ?? href;
      if (/^https?:/.test(address)) link.href = address;
      link.target = "_blank";
      link.rel = "noopener";
      into.append(link);
    }
    from = found.index + found[0].length;
  }
  into.append(line.slice(from));
  return into;
}

function rich(text) {
  return text.split("\n").map((line) => {
    const title = line.match(/^#{1,6} (.*)/);
    if (title) return inline(title[1], make("p", "", "title"));
    return line.startsWith("> ") ? inline(line.slice(2), make("p", "", "quote")) : inline(line, make("p"));
  });
}

function choicesOf(item) {
  const box = make("div", "", "choices");
  for (const selector of item.selectors) {
    const label = make("label", selector.title ?? "");
    label.dataset.key = selector.question_key;
    if ("mode" in selector || selector.option_list.some((option) => "is_checked" in option)) {
      for (const option of selector.option_list) {
        const tick = make("input");
        tick.type = selector.mode === 1 ? "checkbox" : "radio";
        tick.name = selector.question_key;
        tick.value = option.id;
        tick.checked = Boolean(option.is_checked);
        const wrap = make("label");
        wrap.append(tick, option.text);
        label.append(wrap);
      }
    } else {
      const select = make("select");
      for (const option of selector.option_list) {
        const entry = make("option", option.text);
        entry.value = option.id;
        entry.selected = option.id === selector.selected_id;
        select.append(entry);
      }
      label.append(select);
    }
    box.append(label);
  }
  return box;
}

function chosenIn(box) {
  const chosen = {};
  for (const label of box.querySelectorAll("label[data-key]")) {
    const select = label.querySelector("select");
    chosen[label.dataset.key] = select ? [select.value] : [...label.querySelectorAll("input:checked")].map((tick) => tick.value);
  }
  return chosen;
}

function draw(item, index) {
  const row = make("li", "", item.kind === "user" ? (item.who === who() ? "mine" : "") : item.kind === "system" ? "system" : "");
  if (item.kind === "user") {
    if (item.who !== who()) row.append(make("span", item.who, "kind"));
    row.append(...item.text.split("\n").map((line) => make("p", line)));
    return row;
  }
  const kinds = { human: "客服人员", template_card: "卡片", msgmenu: "菜单", stream: item.finished ? "" : "正在输入……", system: "" };
  if (kinds[item.kind]) row.append(make("span", kinds[item.kind], "kind"));
  if (item.kind === "template_card") row.classList.add("card");
  row.append(...rich(item.text));
  const choices = choicesOf(item);
  if (item.selectors.length && !item.replaced) row.append(choices);
  const buttons = make("div", "", "buttons");
  for (const label of item.labels) {
    const button = make("button", label);
    button.addEventListener("click", () => send("clicks", { index, label, choices: chosenIn(choices) }));
    buttons.append(button);
  }
  if (item.replaced) {
    const grey = make("button", item.replaced);
    grey.disabled = true;
    buttons.append(grey);
  }
  for (const link of item.links) buttons.append(make("span", `${link} ›`));
  if (buttons.childElementCount) row.append(buttons);
  return row;
}

function entry(line) {
  const [summary, ...rest] = line.split("\n");
  const row = make("li");
  if (!rest.length) row.textContent = summary;
  else {
    const details = make("details");
    details.append(make("summary", summary), make("pre", rest.join("\n")));
    details.open = opened.has(line);
    details.addEventListener("toggle", () => (details.open ? opened.add(line) : opened.delete(line)));
    row.append(details);
  }
  return row;
}

function fill(list, lines) {
  list.replaceChildren(...lines.map(entry));
}

async function refresh() {
  const state = await (await fetch(`/ui/state?door=${door}&who=${encodeURIComponent(who())}`)).json();
  const key = JSON.stringify([door, who(), state]);
  if (key === drawn) return;
  drawn = key;
  $("bot").textContent = [`机器人：${state.bot}`, state.connection].filter(Boolean).join("\n");
  $("note").textContent = state.note;
  $("chat").replaceChildren(...state.items.map(draw));
  $("chat").scrollTop = $("chat").scrollHeight;
  fill($("violations"), state.violations);
  fill($("log"), state.log.toReversed());
  $("count").textContent = state.violations.length;
  $("count").classList.toggle("bad", state.violations.length > 0);
}

function enter(name) {
  door = name;
  $("title").textContent = TITLES[door];
  $("mention").hidden = door !== "group";
  for (const button of document.querySelectorAll("[data-door]")) {
    button.setAttribute("aria-pressed", String(button.dataset.door === door));
  }
  $("actions").replaceChildren(...Object.entries(ACTIONS[door]).map(([action, label]) => {
    const button = make("button", label);
    button.addEventListener("click", () => {
      const text = $("text").value.trim();
      if (action !== "enters") $("text").value = "";
      return send(action, { text });
    });
    return button;
  }));
  return refresh();
}

for (const button of document.querySelectorAll("[data-door]")) {
  button.addEventListener("click", () => enter(button.dataset.door));
}
$("verify").addEventListener("click", () => send("verify"));
$("who").addEventListener("change", refresh);
$("say").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = $("text").value.trim();
  if (!text) return;
  $("text").value = "";
  const mention = door === "group" && $("mention").querySelector("input").checked ? BOT_NAME : "";
  send("says", { text: mention + text });
});
enter("app");
setInterval(refresh, 700);
