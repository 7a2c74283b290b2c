// The page to print: asks for what this browser's session came to, and sets it on paper.

import { loadSession } from "./memory.js";
import { fetchReport } from "./transport.js";
import { make, makeLines } from "./view.js";

const NOTHING = "还没有可以打印的结果。先回到对话，答几个问题，再打开这一页。";
const [sheet, state, button] = ["sheet", "state", "print"].map((id) => document.getElementById(id));

function show({ day, text, proofs }) {
  if (!text) {
    state.textContent = NOTHING;
    return;
  }
  state.textContent = `截至 ${day}`;
  document.title = `政策申领结果 ${day}`;
  sheet.append(make("section", "text", {}, ...makeLines(text)));
  const articles = proofs.map((proof) => make("article", "text proof", {}, ...makeLines(proof)));
  sheet.append(make("section", "proofs", {}, make("h2", "", {}, "逐项依据"), ...articles));
  button.disabled = false;
}

button.addEventListener("click", () => window.print());
try {
  show(await fetchReport(loadSession()));
} catch (refusal) {
  state.textContent = refusal.message;
} finally {
  sheet.setAttribute("aria-busy", "false");
}
