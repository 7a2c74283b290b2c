// The conversation: what was said, what is on its way, and what the keys do.

import { loadSession, loadTranscript, makeId, makeSession, onNewSession, saveTranscript } from "./memory.js";
import { send } from "./transport.js";
import { closeOptions, makeBotRow, makeFailure, makeUserRow } from "./view.js";

const LIMIT = 2000;
const NEAR_LIMIT = 1800;
const [scroll, log, typing, composer, input, sendButton, counter] = [
  "scroll", "log", "typing", "composer", "input", "send", "counter",
].map((id) => document.getElementById(id));
const hasMouse = window.matchMedia("(hover: hover) and (pointer: fine)");
const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)");

let session = loadSession();
// Entries: {who: "user", text, id, question, state: "sending" | "sent" | "failed"} and
// {who: "bot", text, options, question, chosen}; `question` is what was asked when the options were shown.
let transcript = loadTranscript(session);
let isBusy = false;
let openOptions = null;

function show(node) {
  log.append(node);
  return node;
}

function showBot(entry) {
  const row = show(makeBotRow(entry, (label) => say(label, { isChoice: true, question: entry.question })));
  const group = row.querySelector(".options");
  closeOpen(null);
  openOptions = group ? { group, entry } : null;
  return row;
}

function closeOpen(chosen) {
  if (!openOptions) return;
  if (chosen) openOptions.entry.chosen = chosen;
  closeOptions(openOptions.group, openOptions.entry.chosen);
  openOptions = null;
}

function setBusy(value) {
  isBusy = value;
  typing.hidden = !value;
  for (const button of document.querySelectorAll(".actions button, .option")) {
    button.setAttribute("aria-disabled", String(value));
  }
  measureInput();
}

/** Say the text; does nothing while an answer is on its way. */
function say(text, { isChoice = false, question } = {}) {
  if (isBusy) return false;
  closeOpen(isChoice ? text : null);
  for (const old of log.querySelectorAll(".failure")) old.remove();
  const entry = { who: "user", text, id: makeId(), question, state: "sending" };
  transcript.push(entry);
  if (text) show(makeUserRow(text));
  void deliver(entry, isChoice);
  return true;
}

async function deliver(entry, isChoice = false) {
  entry.state = "sending";
  saveTranscript(session, transcript);
  setBusy(true);
  scrollTo(scroll.scrollHeight);
  try {
    receive(entry, await send(session, entry));
    if (isChoice) focusNext();
  } catch (refusal) {
    fail(entry, refusal);
  } finally {
    setBusy(false);
    saveTranscript(session, transcript);
  }
}

function receive(entry, { messages, state, forgotten }) {
  entry.state = "sent";
  typing.hidden = true;
  if (forgotten) forget();
  const rows = joinFiles(messages).map(({ text, options, file }) => {
    const answer = { who: "bot", text, options, file, question: state?.pending ?? "" };
    transcript.push(answer);
    return showBot(answer);
  });
  if (rows.length) scrollTo(rows[0].offsetTop - log.offsetTop - 12);
}

// A long file comes in several messages.
function joinFiles(messages) {
  const whole = [];
  for (const message of messages) {
    const last = whole.at(-1);
    if (message.file && last?.file === message.file) last.text += `\n${message.text}`;
    else whole.push({ ...message });
  }
  return whole;
}

// What the server has removed, the page removes as well.
function forget() {
  log.replaceChildren();
  openOptions = null;
  transcript = [];
  session = makeSession();
}

function fail(entry, refusal) {
  entry.state = "failed";
  entry.error = refusal.message;
  entry.canRetry = refusal.canRetry ?? true;
  typing.hidden = true;
  showFailure(entry);
  scrollTo(scroll.scrollHeight);
}

function showFailure(entry) {
  const row = show(makeFailure(entry.error, entry.canRetry ? () => retry(entry, row) : null));
}

function retry(entry, row) {
  if (isBusy) return;
  row.remove();
  void deliver(entry);
}

// Whoever answers by keys goes on with the keys: the next options, or the input when there are none.
function focusNext() {
  const next = openOptions?.group.querySelector("button");
  if (next) next.focus({ preventScroll: true });
  else if (hasMouse.matches) input.focus({ preventScroll: true });
}

function scrollTo(top) {
  scroll.scrollTo({ top, behavior: isCalm.matches ? "auto" : "smooth" });
}

function measureInput() {
  const length = input.value.length;
  input.style.height = "auto";
  input.style.height = `${Math.min(input.scrollHeight, 160)}px`;
  sendButton.disabled = isBusy || !input.value.trim();
  counter.textContent = length >= NEAR_LIMIT ? `${length} / ${LIMIT}` : "";
}

function submit() {
  const text = input.value.trim();
  if (!text || !say(text)) return;
  input.value = "";
  measureInput();
}

function onInputKey(event) {
  const isComposing = event.isComposing || event.keyCode === 229;
  if (event.key !== "Enter" || event.shiftKey || isComposing) return;
  event.preventDefault();
  submit();
}

// Away from the input a digit takes an option, and other characters go on in the input.
function onPageKey(event) {
  if (event.key === "Escape") return input.focus();
  const isTyping = event.key.length === 1 && !(event.ctrlKey || event.metaKey || event.altKey) && event.key !== " ";
  if (!isTyping || event.target === input) return;
  const buttons = openOptions?.group.querySelectorAll("button") ?? [];
  const option = input.value || buttons.length < 2 ? null : buttons[Number(event.key) - 1];
  if (!option) return input.focus();
  event.preventDefault();
  option.click();
}

function restore() {
  log.setAttribute("aria-busy", "true");
  for (const entry of transcript) {
    if (entry.who === "bot") showBot(entry);
    else if (entry.text) {
      closeOpen(null);
      show(makeUserRow(entry.text));
    }
  }
  log.setAttribute("aria-busy", "false");
  scroll.scrollTo({ top: scroll.scrollHeight });
}

// A message that was on its way when the page was reloaded is sent again; its id makes sure that it counts once.
function resume() {
  const last = transcript.findLast((entry) => entry.who === "user");
  if (!last) say("");
  else if (last.state === "sending") void deliver(last);
  else if (last.state === "failed") showFailure(last);
}

function fitKeyboard() {
  document.documentElement.style.setProperty("--height", `${window.visualViewport.height}px`);
}

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
input.addEventListener("input", measureInput);
input.addEventListener("keydown", onInputKey);
document.addEventListener("keydown", onPageKey);
document.querySelector(".actions").addEventListener("click", (event) => {
  const text = event.target.closest("button")?.dataset.text;
  if (text) say(text);
});
window.visualViewport?.addEventListener("resize", fitKeyboard);

// Another tab had everything deleted: nothing of it stays here either.
onNewSession(() => {
  saveTranscript("", []);
  location.reload();
});
restore();
resume();
if (hasMouse.matches) input.focus();
