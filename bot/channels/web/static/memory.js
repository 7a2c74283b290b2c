// What the page keeps: the session for all tabs, the transcript for this tab only.

const SESSION = "policybot.session";
const TRANSCRIPT = "policybot.transcript";
const MOST = 400;

function read(name, key) {
  try {
    return window[name].getItem(key);
  } catch {
    return null;
  }
}

function write(name, key, value) {
  try {
    window[name].setItem(key, value);
  } catch {
    // Storage is off or full: the page works on without it.
  }
}

/** An id that nobody can guess. */
export function makeId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The session that every tab of this browser shares. */
export function loadSession() {
  const known = read("localStorage", SESSION);
  if (known && /^[A-Za-z0-9_-]{8,64}$/.test(known)) return known;
  return makeSession();
}

/** A new session in place of the one before. */
export function makeSession() {
  const made = makeId();
  write("localStorage", SESSION, made);
  return made;
}

/** Tell when another tab takes a new session. */
export function onNewSession(listener) {
  window.addEventListener("storage", (event) => {
    if (event.key === SESSION && event.newValue && event.oldValue) listener();
  });
}

/** What this tab has shown of the session, oldest first. */
export function loadTranscript(session) {
  try {
    const kept = JSON.parse(read("sessionStorage", TRANSCRIPT) ?? "{}");
    return kept.session === session && Array.isArray(kept.entries) ? kept.entries : [];
  } catch {
    return [];
  }
}

/** Keep what this tab has shown of the session, and nothing of others. */
export function saveTranscript(session, entries) {
  write("sessionStorage", TRANSCRIPT, JSON.stringify({ session, entries: entries.slice(-MOST) }));
}
