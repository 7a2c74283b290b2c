import { drawMarkdown, element } from "/-/markdown.js";

const TROUBLES = {
  cut: "断开连接", disconnect: "请机器人重连", half_open: "连接假死", redeliver: "重发未确认的",
  end_sessions: "会话地址失效", end_token: "凭证失效", fail_session: "下一次回复出错", hang_session: "下一次回复卡住",
  control_flow: "单聊限流", fail_batch: "下一次单聊发送出错", ban: "封禁 5 分钟", mend: "全部恢复",
};
const STREAM_ONLY = new Set(["cut", "disconnect", "half_open", "redeliver"]);
const byId = (id) => document.getElementById(id);
let state = null, written = "", current = "";

async function post(path, body = {}) {
  byId("problem").textContent = "";
  const response = await fetch(path, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });
  const answer = response.ok ? await response.json() : { note: "没有成功，模拟平台出错了。" };
  byId("problem").textContent = answer.note || "";
  await refresh();
  return answer;
}

async function refresh() {
  const text = await fetch("/-/state").then((response) => response.text()).catch(() => "");
  if (!text) byId("status").textContent = "模拟平台没有开着";
  if (!text || text === written) return;
  written = text;
  state = JSON.parse(text);
  current ||= state.chats[0].id;
  draw();
}

function draw() {
  const stream = `Stream 方式，${state.connections} 个连接，${state.waiting} 条未确认`;
  byId("status").textContent = state.mode === "stream" ? stream : `HTTP 方式，机器人在 ${state.bot}`;
  byId("chats").replaceChildren(...state.chats.map(drawChat));
  const chat = state.chats.find((one) => one.id === current);
  byId("title").textContent = chat.group ? `群：${chat.title}（${chat.members.length} 人）` : `${chat.title} 与机器人的单聊`;
  drawPeople(chat);
  const list = byId("messages"), atEnd = list.scrollTop + list.clientHeight > list.scrollHeight - 60;
  list.replaceChildren(...chat.messages.map((message, index) => drawMessage(chat, message, index)));
  if (atEnd) list.scrollTop = list.scrollHeight;
  drawSide();
}

function drawChat(chat) {
  const button = element("button");
  const last = chat.messages.at(-1);
  button.append(chat.group ? `群 ${chat.title}` : chat.title, element("small", last ? last.title || last.text || "［卡片］" : "还没有消息"));
  button.setAttribute("aria-current", chat.id === current);
  button.onclick = () => { current = chat.id; draw(); byId("messages").scrollTop = 1e9; };
  return button;
}

function drawPeople(chat) {
  const select = byId("person"), chosen = select.value;
  const people = state.people.filter((person) => chat.members.includes(person.id));
  select.replaceChildren(...people.map((person) => new Option(person.nick + (person.outside ? "（外部）" : ""), person.id)));
  if (chat.members.includes(chosen)) select.value = chosen;
  byId("mention").hidden = !chat.group;
}

function drawMessage(chat, message, index) {
  const item = element("li", "", message.mine ? "mine" : "");
  const time = new Date(message.at).toLocaleTimeString("zh-CN");
  const mentions = message.mentions.length ? `，提醒了 ${message.mentions.join("、")}` : "";
  const bubble = element("div", "", "bubble");
  const only = message.only.length ? `，只有 ${message.only.join("、")} 看得到` : "";
  item.append(element("p", `${message.sender} ${time}${mentions}${only}`, "who"), bubble);
  const press = (label) => click(chat, index, message.buttons.indexOf(label));
  if (message.title) bubble.append(element("p", `通知：${message.title}`, "notice"));
  bubble.append(message.card ? drawCard(message.card) : drawText(message, press));
  bubble.append(drawButtons(message, (position) => click(chat, index, position)));
  return item;
}

function drawText(message, press) {
  const isMarkdown = /markdown|actionCard/i.test(message.kind);
  return isMarkdown ? drawMarkdown(message.text, press) : element("div", message.text, "plain");
}

function drawCard(values) {
  const list = element("dl");
  for (const [name, value] of Object.entries(values)) {
    if (value.startsWith("[")) continue;
    const shown = element("dd");
    shown.append(drawMarkdown(value, () => {}));
    list.append(element("dt", name), shown);
  }
  return list;
}

function drawButtons(message, press) {
  const row = element("div", "", "buttons");
  message.buttons.forEach((label, position) => {
    if (message.kind.toLowerCase().endsWith("markdown")) return;
    const button = element("button", label);
    button.onclick = () => press(position);
    row.append(button);
  });
  return row.children.length ? row : "";
}

async function click(chat, message, button) {
  const { opened } = await post("/-/click", { chat: chat.id, person: byId("person").value, message, button });
  if (opened) window.open(opened, "_blank", "noreferrer");
}

function drawSide() {
  for (const button of byId("troubles").children) button.hidden = state.mode !== "stream" && STREAM_ONLY.has(button.value);
  const count = byId("count");
  count.textContent = state.violations.length;
  count.className = state.violations.length ? "some" : "";
  byId("violations").replaceChildren(...state.violations.toReversed().map((one) => element("li", one)));
  byId("settings").textContent = Object.entries(state.settings).map(([name, value]) => `${name}=${value}`).join("\n");
  const open = new Set([...document.querySelectorAll("#calls details[open]")].map((one) => one.dataset.key));
  byId("calls").replaceChildren(...state.calls.toReversed().map((call) => drawCall(call, open)));
}

function drawCall(call, open) {
  const item = element("li"), details = element("details"), summary = element("summary");
  details.dataset.key = `${call.at}${call.path}`;
  details.open = open.has(details.dataset.key);
  summary.append(element("span", String(call.status || "断"), call.status && call.status < 400 ? "status" : "status bad"));
  summary.append(element("span", call.path, "path"), element("time", new Date(call.at).toLocaleTimeString("zh-CN")));
  details.append(summary, element("pre", call.request || "（空）"), element("pre", call.response || "（空）"));
  item.append(details);
  return item;
}

byId("troubles").append(...Object.entries(TROUBLES).map(([name, label]) => {
  const button = Object.assign(element("button", label), { value: name });
  button.onclick = () => post(`/-/trouble/${name}`);
  return button;
}));
byId("composer").onsubmit = (event) => {
  event.preventDefault();
  const text = byId("text").value, kind = byId("kind").value;
  if (!text.trim() && ["text", "audio", "file", "richText"].includes(kind)) return;
  byId("text").value = "";
  post("/-/say", { chat: current, person: byId("person").value, text, kind, mentioned: byId("mentioned").checked });
};
await refresh();
setInterval(refresh, 800);
