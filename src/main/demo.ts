/** The demonstration: its pack, its sign-ins, and the password that all of them share on this machine. */
import { randomInt } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readPackPeople } from "../../packs/pack-schema.ts";
import type { Pack } from "../../packs/pack-schema.ts";

export const demoPack = fileURLToPath(new URL("../../packs/yuanping-2016/", import.meta.url));

export type DemoAccount = { username: string; titleZh: string; titleEn: string };

/** One line for each person: the first post is the one that sign-in opens. */
function listDemoAccounts(pack: Pick<Pack, "people" | "posts">): DemoAccount[] {
  return pack.people.flatMap((person) => {
    const post = pack.posts.find((candidate) => candidate.username === person.username);
    return post ? [{ username: person.username, titleZh: post.titleZh, titleEn: post.titleEn }] : [];
  });
}

/** The sign-ins of the installed pack, when that is the demonstration's. */
export function readDemoAccounts(packCode: string | null): DemoAccount[] | undefined {
  const pack = readPackPeople(demoPack);
  return pack.code === packCode ? listDemoAccounts(pack) : undefined;
}

/** The demonstration's password: made once, kept beside the data, so that no password stands in the program. */
export async function demoPassword(dataDir: string): Promise<string> {
  const file = join(dataDir, "secrets", "demo-password");
  try {
    return (await readFile(file, "utf8")).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const letters = "abcdefghjkmnpqrstuvwxyz";
  const word = Array.from({ length: 6 }, () => letters[randomInt(letters.length)]).join("");
  const password = `Demo-${word}-${randomInt(1000, 9999)}`;
  await mkdir(join(dataDir, "secrets"), { recursive: true, mode: 0o700 });
  await writeFile(file, `${password}\n`, { mode: 0o600, flag: "wx" });
  return password;
}
