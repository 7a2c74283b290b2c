// Sends one message and waits for the reply; the same id may be sent again and is answered only once. Asks for reports.

const PATIENCE = 20_000;
const LOST = "没有发出去，请检查网络后重试。";
const SLOW = "等得太久，没有收到答复，请重试。";
const BROKEN = "服务暂时出了点问题，请稍后重试。";

/** A message that got no reply: a sentence for the user, and whether sending it again can help. */
export class Refusal extends Error {
  constructor(sentence, canRetry) {
    super(sentence);
    this.canRetry = canRetry;
  }
}

/** What answers the text: messages, state and perhaps forgotten; throws Refusal. `question` goes with an option. */
export async function send(session, { id, text, question }) {
  const response = await request("api/chat", { session, text, message_id: id, question });
  const answer = await parse(response);
  if (response.ok && Array.isArray(answer?.messages)) return answer;
  const canRetry = response.status >= 500 || response.status === 408 || response.status === 429;
  throw new Refusal(answer?.error ?? BROKEN, canRetry || !answer?.error);
}

/** All that the session came to, to be printed: day, text and proofs, or nothing yet; throws Refusal. */
export async function fetchReport(session) {
  const response = await request("api/report", { session });
  const answer = await parse(response);
  if (response.ok && answer) return answer;
  throw new Refusal(answer?.error ?? BROKEN, true);
}

async function request(address, message) {
  try {
    return await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(message),
      credentials: "same-origin",
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch (error) {
    throw new Refusal(error.name === "TimeoutError" ? SLOW : LOST, true);
  }
}

async function parse(response) {
  try {
    return await response.json();
  } catch {
    return null;
  }
}
