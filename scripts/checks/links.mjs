import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { listRepositoryFiles } from "./repository-files.mjs";

/** Every relative link and image of every Markdown file leads to a file, and every #anchor to a heading. One claim a file. */
export async function check({ root }) {
  const documents = listRepositoryFiles(root).filter((path) => path.endsWith(".md"));
  return { claims: documents.map((path) => ({ claim: path, findings: deadLinks(root, path) })) };
}

function deadLinks(root, document) {
  const text = readFileSync(join(root, document), "utf8");
  return linksOf(text).flatMap(({ target, line }) => {
    const reason = whyDead(root, document, target);
    return reason === undefined ? [] : [`${document}:${line} ${target}: ${reason}`];
  });
}

function whyDead(root, document, target) {
  if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(target)) return undefined; // another site: not ours to check
  const [rawPath = "", rawAnchor] = target.split("#", 2);
  let path;
  let anchor;
  try {
    path = decodeURIComponent(rawPath.split("?", 1)[0]);
    anchor = rawAnchor === undefined ? undefined : decodeURIComponent(rawAnchor);
  } catch {
    return "badly encoded";
  }
  if (path.startsWith("/")) return "absolute: it means something else on every site";
  const file = path === "" ? document : normalize(join(dirname(document), path));
  if (file.startsWith("..")) return "leaves the repository";
  if (!existsSync(join(root, file))) return "no such file";
  if (anchor === undefined || anchor === "") return undefined;
  if (statSync(join(root, file)).isDirectory() || !file.endsWith(".md")) {
    return /^L\d+(-L\d+)?$/.test(anchor) ? undefined : "anchor in a file that has no headings";
  }
  return anchorsOf(readFileSync(join(root, file), "utf8")).has(anchor)
    ? undefined
    : `no heading #${anchor} in ${file}`;
}

/** The text with code taken out, line by line: what stands in code is no link and no heading. */
function proseLines(text) {
  let fence;
  return text.split("\n").map((line) => {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === undefined && mark !== undefined) {
      fence = mark;
      return "";
    }
    if (fence !== undefined) {
      if (mark !== undefined && mark[0] === fence[0] && mark.length >= fence.length) fence = undefined;
      return "";
    }
    return line;
  });
}

export function linksOf(text) {
  const found = [];
  for (const [index, prose] of proseLines(text).entries()) {
    const line = prose.replace(/(`+)(?:(?!\1).)+\1/g, "");
    const patterns = [
      /\]\(\s*<([^>]+)>[^)]*\)/g, // [text](<path with blanks>)
      /\]\(\s*([^)\s<]+(?:\([^)\s]*\)[^)\s]*)?)(?:\s+["'(][^)]*)?\)/g, // [text](path "title"), ![image](path)
      /^ {0,3}\[[^\]]+\]:\s*<?([^\s>]+)>?/g, // [name]: path
      /<(?:a|img|source)\b[^>]*?\b(?:href|src|srcset)="([^"]+)"/gi,
    ];
    for (const pattern of patterns) {
      for (const [, target] of line.matchAll(pattern)) found.push({ target, line: index + 1 });
    }
  }
  return found;
}

/** Anchors as GitHub makes them: lower case, punctuation gone, blanks to hyphens, repeats numbered; and explicit ids. */
export function anchorsOf(text) {
  const anchors = new Set();
  const lines = proseLines(text);
  for (const [index, line] of lines.entries()) {
    for (const [, id] of line.matchAll(/<[a-z]+\b[^>]*?\b(?:id|name)="([^"]+)"/gi)) anchors.add(id);
    const next = lines[index + 1] ?? "";
    const isUnderlined = /^ {0,3}(=+|-{2,})\s*$/.test(next) && line.trim() !== "";
    const heading =
      /^ {0,3}#{1,6}\s+(.*?)\s*#*\s*$/.exec(line)?.[1] ?? (isUnderlined ? line.trim() : undefined);
    if (heading === undefined) continue;
    const slug = slugOf(heading);
    let unique = slug;
    for (let repeat = 1; anchors.has(unique); repeat++) unique = `${slug}-${repeat}`;
    anchors.add(unique);
  }
  return anchors;
}

function slugOf(heading) {
  return heading
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/<[^>]+>/g, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "")
    .trim()
    .replaceAll(" ", "-");
}
