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
  const made = makeId();
  write("localStorage", SESSION, made);
  return made;
}

/** What this tab has shown, oldest first. */
export function loadTranscript() {
  try {
    const kept = JSON.parse(read("sessionStorage", TRANSCRIPT) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

/** Keep what this tab has shown. */
export function saveTranscript(entries) {
  write("sessionStorage", TRANSCRIPT, JSON.stringify(entries.slice(-MOST)));
}
