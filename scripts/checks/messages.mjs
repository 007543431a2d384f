import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { listRepositoryFiles } from "./repository-files.mjs";

const folder = "src/web/i18n";

/** Parts that come with their pages instead of with the shell. */
const withTheirPages = ["returns", "return-forms"];

/** Interface text: both languages have the same keys with text and the same placeholders, and none is dead. */
export async function check({ root }) {
  const [chinese, english] = await Promise.all([load(root, "zh-CN"), load(root, "en-US")]);
  if (chinese.error ?? english.error) {
    return { claims: [{ claim: "message files", findings: [chinese.error, english.error].filter(Boolean) }] };
  }
  return {
    claims: [
      { claim: "same keys in both languages", findings: differentKeys(chinese.texts, english.texts) },
      {
        claim: "no empty text",
        findings: [...empty("zh-CN", chinese.texts), ...empty("en-US", english.texts)],
      },
      { claim: "same placeholders", findings: differentPlaceholders(chinese.texts, english.texts) },
      { claim: "English is English", findings: chineseInEnglish(english.texts) },
      { claim: "every text is used", findings: unusedKeys(root, chinese.texts) },
    ],
  };
}

async function load(root, language) {
  const parts = withTheirPages.map((part) => `${folder}/${language}/${part}.ts`);
  const paths = [`${folder}/${language}.ts`, ...parts.filter((path) => existsSync(join(root, path)))];
  const texts = new Map();
  for (const path of paths) {
    if (!existsSync(join(root, path))) return { error: `${path} does not exist` };
    const module = await import(pathToFileURL(join(root, path)).href);
    const messages = Object.entries(module).filter(
      ([, value]) => typeof value === "object" && value !== null,
    );
    if (messages.length !== 1)
      return { error: `${path} should export one object of messages, it exports ${messages.length}` };
    const [[name, part]] = messages;
    for (const [key, text] of flatten(part, path === paths[0] ? "" : name)) texts.set(key, text);
  }
  return texts.size === 0 ? { error: `${paths[0]} has no messages` } : { texts };
}

function flatten(value, prefix) {
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = prefix === "" ? key : `${prefix}.${key}`;
    return typeof inner === "object" && inner !== null ? flatten(inner, path) : [[path, inner]];
  });
}

function differentKeys(chinese, english) {
  return [
    ...[...chinese.keys()].filter((key) => !english.has(key)).map((key) => `en-US lacks ${key}`),
    ...[...english.keys()].filter((key) => !chinese.has(key)).map((key) => `zh-CN lacks ${key}`),
  ];
}

function empty(language, texts) {
  return [...texts]
    .filter(([, text]) => typeof text !== "function" && (typeof text !== "string" || text.trim() === ""))
    .map(([key]) => `${language}: ${key} has no text`);
}

function differentPlaceholders(chinese, english) {
  const of = (text) => {
    if (typeof text === "function") return `a function of ${text.length}`;
    return [...new Set([...String(text).matchAll(/\{\{?\s*(\w+)/g)].map((match) => match[1]))]
      .toSorted()
      .join(", ");
  };
  return [...chinese]
    .filter(([key, text]) => english.has(key) && of(text) !== of(english.get(key)))
    .map(([key, text]) => `${key}: zh-CN has {${of(text)}}, en-US {${of(english.get(key))}}`);
}

/** A language is named in its own script; everything else in Chinese has been left untranslated. */
function chineseInEnglish(english) {
  return [...english]
    .filter(
      ([, text]) => typeof text === "string" && /\p{Script=Han}/u.test(text) && !/^(简体)?中文$/.test(text),
    )
    .map(([key, text]) => `${key}: ${text}`);
}

/**
 * That a key used exists is the compiler's business (`t.nav.overview`); that a text is used at all is ours. Lenient: its
 * last name occurs somewhere, or a group above it is indexed (`t.status[code]`) or passed on whole.
 */
function unusedKeys(root, texts) {
  const sources = listRepositoryFiles(root)
    .filter((path) => /^src\/web\/.*\.tsx?$/.test(path) && !/\/i18n\/[a-z]{2}-[A-Z]{2}[./]/.test(path))
    .map((path) => readFileSync(join(root, path), "utf8"))
    .join("\n");
  const isMentioned = (name) => new RegExp(`\\b${name}\\b`).test(sources);
  const isIndexed = (name) => new RegExp(`\\.${name}(\\[|[,;)\\s}])`).test(sources);
  return [...texts.keys()].filter((key) => {
    const names = key.split(".");
    return !isMentioned(names.at(-1)) && !names.slice(0, -1).some(isIndexed);
  });
}
