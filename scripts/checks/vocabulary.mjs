import { readFileSync } from "node:fs";
import { join } from "node:path";
import { listRepositoryFiles } from "./repository-files.mjs";

/** Words that must not be in the repository. "%" is taken out first, so that this file does not contain them itself. */
const forbidden = [
  { what: "a path of one machine", words: "(?<![\\w.-])/wo%rk/" },
  { what: "a path of one machine", words: "(?<![\\w.-])/tm%p/tz" },
  { what: "a path of one machine", words: "(?<![\\w.-])/(?:ho%me|Us%ers)/[a-z]+/" },
  { what: "a path outside the repository", words: "\\.\\./sha%red/(?:design|domain|data|hooks)/" },
  { what: "a package registry's address", words: "\\bregis%try\\.[a-z0-9-]+\\.[a-z]+" },
  { what: "a package registry's address", words: "\\b(?:npm%mirror\\.com|npm\\.tao%bao\\.org)" },
  { what: "a private key", words: "-----BEGIN (?:[A-Z]+ )?PRIV%ATE KEY-----" },
].map(({ what, words }) => ({ what, pattern: new RegExp(words.replaceAll("%", "")) }));

/** No committed text names this or that machine, a registry or a secret. */
export async function check({ root }) {
  const files = listRepositoryFiles(root);
  const findings = files.flatMap((path) => wordsIn(root, path));
  return {
    claims: [
      {
        claim: `no forbidden words in ${files.length} files`,
        findings: files.length === 0 ? ["no file found"] : findings,
      },
    ],
  };
}

function wordsIn(root, path) {
  const bytes = readFileSync(join(root, path));
  if (bytes.includes(0)) return []; // not text
  return bytes
    .toString("utf8")
    .split("\n")
    .flatMap((line, index) =>
      forbidden.flatMap(({ what, pattern }) => {
        const match = pattern.exec(line);
        return match === null ? [] : [`${path}:${index + 1} ${match[0]}: ${what}`];
      }),
    );
}
