// The Markdown that DingTalk's clients draw, built as elements; a single line break is not one, as there.

const INLINE = /!\[([^\]]*)\]\(([^)\s]+)\)|\[([^\]]+)\]\(([^)\s]+)\)|\*\*([^*]+)\*\*|\*([^*\n]+)\*/g;

export function element(name, text = "", kind = "") {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

export function drawMarkdown(text, onLink) {
  const drawn = document.createDocumentFragment();
  for (const block of text.split(/\n\s*\n/)) drawBlock(drawn, block.split("\n"), onLink);
  return drawn;
}

function drawBlock(target, lines, onLink) {
  let open = null;
  for (const line of lines) {
    const [kind, content] = kindOf(line);
    if (kind === "none") continue;
    if (kind === "title") open = add(target, content.level < 3 ? "h3" : "h4");
    else if (kind === "item") open = add(listFor(target, open, content.list), "li");
    else if (kind === "quote") open = open?.tagName === "BLOCKQUOTE" ? open : add(target, "blockquote");
    else if (!open || !["P", "LI", "BLOCKQUOTE"].includes(open.tagName)) open = add(target, "p");
    drawInline(open, content.text, onLink);
    open.append(line.endsWith("  ") ? element("br") : " ");
  }
}

function kindOf(line) {
  let found;
  if (!line.trim()) return ["none", {}];
  if ((found = line.match(/^(#{1,6})\s+(.*)/))) return ["title", { level: found[1].length, text: found[2] }];
  if ((found = line.match(/^\s*[-*+]\s+(.*)/))) return ["item", { list: "ul", text: found[1] }];
  if ((found = line.match(/^\s*\d+\.\s+(.*)/))) return ["item", { list: "ol", text: found[1] }];
  if ((found = line.match(/^\s*>\s?(.*)/))) return ["quote", { text: found[1] }];
  return ["text", { text: line.trim() }];
}

function listFor(target, open, list) {
  const last = open?.tagName === "LI" ? open.parentElement : target.lastElementChild;
  return last?.tagName === list.toUpperCase() ? last : add(target, list);
}

function add(target, name) {
  return target.appendChild(element(name));
}

function drawInline(target, text, onLink) {
  let end = 0;
  for (const found of text.matchAll(INLINE)) {
    target.append(text.slice(end, found.index));
    end = found.index + found[0].length;
    const [, alt, image, label, url, bold, italic] = found;
    if (image) target.append(`［图片 ${alt}］`);
    else if (url) target.append(link(label, url, onLink));
    else target.append(element(bold ? "strong" : "em", bold || italic));
  }
  target.append(text.slice(end));
}

function link(label, url, onLink) {
  const made = element("a", label, "say");
  if (/^https?:/.test(url)) Object.assign(made, { href: url, target: "_blank", rel: "noreferrer" });
  else Object.assign(made, { href: "#", onclick: (event) => (event.preventDefault(), onLink(label)) });
  return made;
}
